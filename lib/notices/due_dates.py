"""A person's own due dates, and the calendar file made of them."""

from datetime import date, datetime, timedelta

import pandas as pd
from sqlalchemy import String, cast, literal, select, union_all
from sqlmodel import Session

from lib.access import Viewer
from lib.notices.phrases import link
from lib.settings import settings
from lib.store.database import read_frame
from lib.store.doors import audit, command, query
from lib.store.models import Account, Assignment, Promise, Renewal, Task
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts
from lib.words import has, say

COLUMNS = ["kind", "row_id", "account_id", "account", "day", "what"]
MOST = 2000
PAGES = {
    "promise": ("negotiation", "account"), "task": ("negotiation", "account"),
    "notice_date": ("renewals", "id"),
}  # fmt: skip


@query("notices.due_dates", permission="today.read")
def due_dates(viewer: Viewer) -> pd.DataFrame:
    """COLUMNS: the viewer's open promises and tasks, and the notice dates of open renewals of accounts
    assigned to them; by day, at most MOST. what: the code of a task's kind."""
    p, t, r = Promise, Task, Renewal
    mine = select(Assignment.account_id).where(
        Assignment.person_id == viewer.person_id, Assignment.until.is_(None)
    )
    found = union_all(
        select(
            literal("promise").label("kind"),
            p.id.label("row_id"),
            p.account_id,
            p.due_on.label("day"),
            literal("").label("what"),
        )
        .where(p.owner_id == viewer.person_id, p.status == "open")
        .where(of_visible_accounts(viewer, p.account_id)),
        select(literal("task"), t.id, t.account_id, t.due_on, cast(t.kind, String))
        .where(t.owner_id == viewer.person_id, t.status == "open")
        .where(t.account_id.is_(None) | of_visible_accounts(viewer, t.account_id)),
        select(literal("notice_date"), r.id, r.account_id, r.notice_on, literal(""))
        .where(r.account_id.in_(mine), r.closed_on.is_(None), r.notice_on.is_not(None))
        .where(of_visible_accounts(viewer, r.account_id)),
    ).subquery()
    frame = read_frame(
        select(found.c.kind, found.c.row_id, found.c.account_id,
               spoken_name(viewer, Account).label("account"), found.c.day, found.c.what)
        .outerjoin(Account, Account.id == found.c.account_id)
        .where(found.c.day >= viewer.today - timedelta(days=365))
        .order_by(found.c.day, found.c.kind, found.c.row_id)
        .limit(MOST)
    )  # fmt: skip
    return frame[COLUMNS]


def calendar_file(frame: pd.DataFrame, stamp: datetime, host: str, language: str) -> bytes:
    """The dates as all-day events of an iCalendar file (RFC 5545). The same date keeps its UID, so that a
    calendar that takes the file again moves the event instead of doubling it; a day stays that day in every
    zone."""
    from icalendar import Calendar, Event  # late: a page that makes no file does not pay for it

    book = Calendar()
    book.add("prodid", "-//VIP Desk//Due dates//EN")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", say(language, "notices-calendar"))
    for row in frame.itertuples():
        event, day = Event(), _day(row.day)
        event.add("uid", f"{row.kind}-{int(row.row_id)}@{host}")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", summary(row.kind, row.what, row.account, language))
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        if address := _address(row):
            event.add("url", address)
        book.add_component(event)
    return book.to_ical()


@command("notices.record_calendar", permission="today.read")
def record_calendar(session: Session, viewer: Viewer, rows: int, sha256: str) -> None:
    """A person took the file of their own due dates."""
    audit(session, viewer, "export", None,
          new={"what": "due_dates", "rows": rows, "format": "ics", "sha256": sha256})  # fmt: skip


def summary(kind: str, what: str, account: object, language: str) -> str:
    """What is due and for whom; what was promised and what a task says stay in the desk."""
    known = f"notices-due-task-{what.replace('_', '-')}"
    due = say(language, known) if kind == "task" and has(language, known) else say(
        language, f"notices-due-{kind.replace('_', '-')}"
    )  # fmt: skip
    return f"{due} · {account}" if isinstance(account, str) and account else due


def _address(row) -> str:  # noqa: ANN001 - a row of the frame
    page, name = PAGES[row.kind]
    target = row.account_id if name == "account" else row.row_id
    return link(settings().public_url, page, **({} if pd.isna(target) else {name: int(target)}))


def _day(value: object) -> date:
    return value.date() if isinstance(value, datetime) else value


def host() -> str:
    """What makes the UIDs this desk's own."""
    return (settings().public_url or "").partition("://")[2].partition(":")[0] or "vip-desk.local"

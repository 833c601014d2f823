"""Reads the promo calendar: windows, one window's queue, what an account is offered now, rivals."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import func, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import NotFound
from lib.offers import rules, seasons
from lib.offers.rules import Customer, Phase, Window
from lib.store import policy, promos
from lib.store.database import engine, read_frame, reading
from lib.store.doors import query
from lib.store.models import Account, Person, PromoClaim, PromoWindow, RivalPromo
from lib.store.naming import spoken_name
from lib.store.scope import load, of_visible_accounts

COLUMNS = ("id", "version", "code", "kind", "name_en", "name_zh", "phase", "zone", "apply_from", "opens_at",
           "closes_at", "markets", "segments", "tiers", "items", "rate", "gift", "free_months",
           "budget_minor", "spent_minor", "currency", "slots", "taken", "queued", "reason",
           "status")  # fmt: skip
VIEWS = ("now", "coming", "past", "all")
PEAKS = ("quarter_end", "anniversary")
PAST = (Phase.CLOSED, Phase.WITHDRAWN)


@dataclass(frozen=True)
class Offered:
    """A window an account is offered now, with its place in the queue where it applied."""

    window: Window
    place: int | None


@query("offers.calendar", permission="quote.read")
def calendar(viewer: Viewer, view: str = "all") -> pd.DataFrame:
    """The columns of COLUMNS, the next to open first, what is over last. Drafts are for those who keep the
    calendar; `queued` counts the viewer's own accounts.

    view: now (announced or open), coming, past (closed or withdrawn), all.
    """
    keeps = viewer.may("offer.keep")
    with reading() as connection:
        rows = promos.windows(connection, viewer.now, published=False)
        c = PromoClaim
        mine = of_visible_accounts(viewer, c.account_id)
        waiting = select(c.window_id, func.count()).where(c.status == "queued", mine).group_by(c.window_id)
        queued = dict(tuple(row) for row in connection.execute(waiting))
    made = []
    for row in rows:
        phase = rules.phase(rules.window_of(row), viewer.now)
        if (phase is Phase.DRAFT and not keeps) or not _in_view(phase, view):
            continue
        made.append(row._asdict() | {"phase": str(phase), "queued": queued.get(row.id, 0)})
    frame = pd.DataFrame(made, columns=list(COLUMNS), dtype="object")
    if view == "past":
        return frame.iloc[::-1].reset_index(drop=True)
    return frame.sort_values("phase", key=lambda phases: phases.isin(PAST), kind="stable", ignore_index=True)


def _in_view(phase: Phase, view: str) -> bool:
    if view == "past":
        return phase in PAST
    if view == "now":
        return phase in (Phase.APPLYING, Phase.OPEN, Phase.FULL, Phase.SPENT)
    return phase in (Phase.DRAFT, Phase.ANNOUNCED, Phase.APPLYING) if view == "coming" else True


@query("offers.queue", permission="quote.read")
def queue(viewer: Viewer, window_id: int) -> pd.DataFrame:
    """id, version, place, account_id, account, status, applied_at, taken_at, quote_id, given_minor, currency
    of the accounts in a window: slots taken first, then the queue. Places count everybody, rows are the
    viewer's own accounts."""
    c, w = PromoClaim, PromoWindow
    frame = read_frame(
        select(c.id, c.version, c.account_id, spoken_name(viewer, Account).label("account"), c.status,
               c.applied_at, c.taken_at, c.quote_id, c.given_minor, w.currency,
               of_visible_accounts(viewer, c.account_id).label("mine"))
        .join(w, w.id == c.window_id)
        .join(Account, Account.id == c.account_id)
        .where(c.window_id == window_id, c.status != "withdrawn")
        .order_by(c.status.desc(), c.taken_at, c.applied_at, c.id)
    )  # fmt: skip
    frame["place"] = frame.groupby("status").cumcount() + 1
    return frame[frame["mine"].astype(bool)].drop(columns="mine").reset_index(drop=True)


@query("offers.of_account", permission="quote.read", subject="account")
def of_account(viewer: Viewer, account_id: int, currency: str | None = None) -> list[Offered]:
    """The windows an account is offered at this moment; `currency`: of the quote. Raises NotFound."""
    with Session(engine()) as session:
        load(session, viewer, Account, account_id)
        held = promos.standing(session, account_id) or {}
        windows = [rules.window_of(row) for row in promos.windows(session, viewer.now)]
    open_now = rules.offered(windows, Customer(**held), viewer.now, currency)
    places = {w.id: queue(viewer, w.id) for w in open_now}
    return [Offered(w, _place(places[w.id], account_id)) for w in open_now]


def _place(frame: pd.DataFrame, account_id: int) -> int | None:
    mine = frame[(frame["account_id"] == account_id) & (frame["status"] == "queued")]
    return None if mine.empty else int(mine["place"].iloc[0])


@query("offers.applicants", permission="quote.write")
def applicants(viewer: Viewer, window_id: int, most: int = 500) -> dict[int, str]:
    """The viewer's accounts that a window is for and that are not in it yet: id -> name."""
    with Session(engine()) as session:
        found = [row for row in promos.windows(session, viewer.now) if row.id == window_id]
        if not found:
            raise NotFound()
        window = rules.window_of(found[0])
        inside = select(PromoClaim.account_id).where(
            PromoClaim.window_id == window_id, PromoClaim.status != "withdrawn"
        )
        rows = session.execute(
            select(Account.id, spoken_name(viewer, Account).label("name"))
            .where(of_visible_accounts(viewer, Account.id), Account.status != "churned",
                   Account.id.not_in(inside))
            .order_by(Account.name).limit(most)
        ).all()  # fmt: skip
        return {
            row.id: row.name for row in rows
            if rules.is_for(window, Customer(**(promos.standing(session, row.id) or {})))
        }  # fmt: skip


@query("offers.rivals", permission="note.read")
def rivals(viewer: Viewer) -> pd.DataFrame:
    """id, version, rival, what, starts_on, ends_on, response, window, status, source, by, noted_at; running
    ones first."""
    r = RivalPromo
    name = PromoWindow.name_zh if viewer.language == "zh-CN" else PromoWindow.name_en
    return read_frame(
        select(r.id, r.version, r.rival, r.what, r.starts_on, r.ends_on, r.response, name.label("window"),
               r.status, r.source, spoken_name(viewer, Person).label("by"), r.noted_at)
        .outerjoin(PromoWindow, PromoWindow.id == r.window_id)
        .join(Person, Person.id == r.noted_by)
        .order_by(r.status == "over", r.starts_on.desc(), r.id.desc())
    )  # fmt: skip


@query("offers.defaults", permission="quote.read")
def defaults(viewer: Viewer) -> dict[str, int]:
    """What a new window starts with, and the short validity: slots, urgent_days."""
    held = policy.values("offers", viewer.today)
    return {"slots": int(held["slots"]["first"]), "urgent_days": int(held["limited"]["days"])}


@query("offers.peaks", permission="quote.read")
def peaks(viewer: Viewer) -> list[date]:
    """Ends of fiscal quarters and the anniversary ahead: days around which requests peak."""
    season, offers = (policy.values(name, viewer.today) for name in ("season", "offers"))
    ahead = seasons.windows_ahead(season, offers, viewer.today, viewer.zone)
    last = (row["closes"].date() - timedelta(days=1) for row in ahead if row["kind"] in PEAKS)
    return sorted(last)

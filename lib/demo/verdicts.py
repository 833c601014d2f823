"""What the demo's account managers found behind alerts they closed: the cause, and whether it was real."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from lib.activity.rules import OPEN
from lib.demo.cast import customers, material
from lib.flows.close_alert import log_outreach_and_close
from lib.people.identity import viewer_of
from lib.store.database import read_frame
from lib.store.models import Account, Assignment, ChurnAlert

# By what happened at the customer: cause and verdict; who still fades keeps the alert.
FOUND = {
    "recovered": (("people_left", "real"), ("product_fault", "real"), ("integration", "known")),
    "lost": (("competitor", "real"),),
    "returned": (("price", "real"),),
    "promotion": (("season", "false"),),
    "steady": (("season", "false"), ("measurement", "false")),
}
FADES = {"decline": (("people_left", "real"), ("product_fault", "known"))}  # judged early, by the later look
NOT_LONGER = timedelta(days=45)


def judge(at: datetime, today: date, late: bool = False) -> int:
    """Close the open alerts about a fading team whose reason is known at that time; how many. `late`: also
    two of those that still fade, early in their fall."""
    a, d = ChurnAlert, Assignment
    rows = read_frame(
        select(a.id, a.version, a.account_id, a.opened_on, Account.language, d.person_id.label("owner"))
        .join(Account, Account.id == a.account_id)
        .join(d, (d.account_id == a.account_id) & (d.duty == "owner") & d.until.is_(None))
        .where(a.kind == "activity", a.status.in_(OPEN))
        .order_by(a.id)
    )
    cast, texts, told = customers(today), material("texts")["verdicts"], {}
    for place, row in enumerate(rows.itertuples()):
        story = cast[row.account_id - 1].story.code
        choices = FOUND.get(story, ())
        if late and story in FADES and at.date() - row.opened_on <= NOT_LONGER and told.get(story, 0) < 2:
            choices = FADES[story]
        viewer = viewer_of(int(row.owner), at + timedelta(minutes=25 * place))
        if not choices or viewer is None:
            continue
        cause, verdict = choices[told.get(story, 0) % len(choices)]
        told[story] = told.get(story, 0) + 1
        summary = texts[cause][row.language == "zh-CN"]
        log_outreach_and_close(
            viewer, int(row.id), int(row.version), "call", summary, cause=cause, verdict=verdict
        )
    return sum(told.values())

"""What happens at the demo's customers on days after the demo was made, besides their activity.

Content customers renew when a term ends, fading ones do not; tickets come in and people keep in touch.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from lib.access import Viewer
from lib.contracts.commands import rejoin
from lib.contracts.rules import add_months
from lib.demo import service
from lib.demo.care import RHYTHM
from lib.demo.cast import Customer, dice, material
from lib.demo.commerce import UPLIFTS, drawn, instant
from lib.demo.writing import marked_rows, put
from lib.money import round_to
from lib.store import models as m

_RENEWED, _DAY = 60, 61
TERM_MONTHS = {"annual": 12, "half_year": 6, "multi_year": 24}
EARLY_DAYS = 40  # a period that starts so close to an end is its renewal
LEAVES = ("decline", "alone", "stalled", "lost")


def live_on(session: Session, viewer: Viewer, cast: list[Customer], first: date, last: date) -> None:
    """Write the days first … last: renewed terms, tickets, contacts."""
    renewed = _renew(session, cast, first, last, viewer.now)
    if renewed:
        rejoin(session, viewer, renewed)
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    owners = dict(_owners(session))
    put(session, m.Case, [row for day in days for row in _cases(cast, day)])
    put(session, m.Touch, [row for day in days for row in _touches(cast, owners, day)])
    known = {tuple(row) for row in session.execute(select(m.MarkedEvent.code, m.MarkedEvent.starts_on))}
    marks = marked_rows(first, last)
    put(session, m.MarkedEvent, [mark for mark in marks if (mark["code"], mark["starts_on"]) not in known])


def _renew(session: Session, cast: list[Customer], first: date, last: date, now: datetime) -> list[int]:
    """Follow terms that ended in the range with the next one; the accounts that renewed."""
    by_id = {c.number + 1: c for c in cast}
    rows, limit = _ended(session, first, last), last
    made = []
    for row in rows:
        customer = by_id.get(row.account_id)
        if customer is None or customer.story.code in LEAVES:
            continue
        months, starts_on, count = TERM_MONTHS[row.billing], row.ends_on, 0
        while count == 0 or add_months(starts_on, months * count) <= limit:
            made.append(_next_term(row, add_months(starts_on, months * count), months, now))
            count += 1
    put(session, m.Subscription, made)
    return sorted({row["account_id"] for row in made})


def _ended(session: Session, first: date, last: date) -> list[Row]:
    """Terms of the demo that ended in the range and that nothing of the same line follows."""
    s = m.Subscription.__table__
    ended = select(s).where(
        s.c.source == "demo", s.c.churned.is_(False), s.c.billing.in_(TERM_MONTHS),
        s.c.ends_on >= first, s.c.ends_on <= last,
    )  # fmt: skip
    starts: dict[tuple[int, str], date] = {}
    for row in session.execute(select(s.c.account_id, s.c.product_line, s.c.starts_on)):
        key = (row.account_id, row.product_line)
        starts[key] = max(row.starts_on, starts.get(key, row.starts_on))
    rows = session.execute(ended.order_by(s.c.id)).fetchall()
    return [r for r in rows if starts[r.account_id, r.product_line] < r.ends_on - timedelta(days=EARLY_DAYS)]


def _next_term(row: Row, starts_on: date, months: int, now: datetime) -> dict[str, Any]:
    factor = Decimal(drawn(UPLIFTS, dice(_RENEWED, row.account_id, starts_on.toordinal())))
    mrr_minor = int(round_to(row.mrr_minor * factor / 100, 0)) * 100
    values = dict(row._mapping)
    del values["id"]
    return values | {
        "external_id": f"{row.external_id}-{starts_on:%Y%m}", "contract_id": None, "starts_on": starts_on,
        "ends_on": add_months(starts_on, months), "mrr_minor": mrr_minor, "upgraded": False,
        "arr_minor": int(round_to(12 * mrr_minor * (1 - row.discount), 0)), "downgraded": False,
        "recorded_at": min(now, instant(starts_on)), "version": 1,
    }  # fmt: skip


def _owners(session: Session) -> list[tuple[int, int]]:
    a = m.Assignment
    found = session.execute(select(a.account_id, a.person_id).where(a.duty == "owner", a.until.is_(None)))
    return [(row.account_id, row.person_id) for row in found]


def _cases(cast: list[Customer], day: date) -> list[dict[str, Any]]:
    rows = []
    for customer in cast:
        rng = dice(_DAY, 0, customer.number, day.toordinal())
        if customer.left_on is None and rng.random() < 3.5 / 365:
            row = service.case(customer, day, 1, 1, rng)
            open_still = {"closed_at": None, "resolution_hours": None, "satisfaction": None}
            rows.append(row | open_still | {"external_id": f"CASE-{day:%Y%m%d}-{customer.number + 1}"})
    return rows


def _touches(cast: list[Customer], owners: dict[int, int], day: date) -> list[dict[str, Any]]:
    texts, rows = material("texts")["touches"], []
    for customer in cast:
        rng = dice(_DAY, 1, customer.number, day.toordinal())
        if customer.left_on is None and rng.random() < 1 / RHYTHM[customer.tier]:
            at = instant(day, 9 + int(rng.integers(0, 9)), int(rng.integers(0, 60)))
            rows.append({
                "external_id": f"TOUCH-{day:%Y%m%d}-{customer.number + 1}", "account_id": customer.number + 1,
                "contact_id": None, "person_id": owners.get(customer.number + 1), "channel": "call",
                "happened_at": at, "summary": texts[rng.integers(len(texts))][customer.speaks],
                "two_way": True, "created_at": at,
            })  # fmt: skip
    return rows

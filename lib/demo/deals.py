"""What the demo's people do: alerts answered, renewals on their way, quotes in every state.

They act through the same commands as people do, each in their own name and at their own time.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import select

from lib.access import Viewer
from lib.activity import commands as alerts
from lib.demo import offers
from lib.demo.cast import dice, material
from lib.flows.accept_quote import accept_quote
from lib.flows.close_alert import log_outreach_and_close
from lib.people.identity import technical_viewer, viewer_of
from lib.quotes import commands as quotes
from lib.quotes import requests
from lib.quotes.account_rules import set_account_rules
from lib.quotes.issuing import issue_quote
from lib.quotes.proving import tell_step
from lib.renewals.commands import move_stage, open_due
from lib.renewals.rules import OPEN
from lib.store.database import read_frame, read_one, transaction
from lib.store.models import Account, Assignment, ChurnAlert, Person, PersonRole, Quote, Renewal

_STAGES = 50
AHEAD_DAYS = 75  # renewals due within these days have been worked on
# The furthest stage a renewal has reached, by days left: (up to, stages it went through).
ROADS = (
    (20, ("informed", "proposal", "intent_confirmed", "terms_confirmed")),
    (35, ("informed", "proposal", "intent_confirmed")),
    (50, ("informed", "proposal")),
    (AHEAD_DAYS, ("informed",)),
)


@dataclass(frozen=True)
class Deal:
    """One scripted quote: the state it ends in, days ago it began, term, discretionary discount, items, and
    what makes it a matter of compliance (flags, tender)."""

    state: str
    ago: int
    months: int
    discount: str
    item: str
    seats: int
    extra: str | None = None
    about: str | None = None


DEALS = (
    Deal("draft", 1, 12, "0.05", "professional", 20, "analytics"),
    Deal("draft", 3, 24, "0", "enterprise", 40),
    Deal("draft", 6, 12, "0.12", "professional", 10),
    Deal("pending_approval", 1, 12, "0.27", "enterprise", 60, "api"),
    Deal("pending_approval", 2, 36, "0.18", "enterprise", 120, "analytics", about="flags"),
    Deal("pending_approval", 4, 12, "0.30", "professional", 25),
    Deal("approved", 3, 12, "0.26", "enterprise", 35),
    Deal("approved", 2, 12, "0.04", "professional", 15, "api", about="tender"),
    Deal("rejected", 5, 12, "0.45", "professional", 30),
    Deal("sent", 4, 12, "0.06", "enterprise", 45, "analytics"),
    Deal("sent", 6, 24, "0.05", "professional", 22),
    Deal("sent", 8, 12, "0.08", "professional", 18, "api"),
    Deal("sent", 10, 36, "0.02", "enterprise", 80),
    Deal("sent", 12, 12, "0.17", "enterprise", 50),
    Deal("accepted", 9, 12, "0.05", "professional", 16),
    Deal("accepted", 13, 24, "0.04", "enterprise", 55, "analytics"),
    Deal("declined", 20, 12, "0.03", "professional", 12),
)
TITLE = {"en": "Renewal {year}", "zh-CN": "{year} 年续约"}
WHY = {
    "en": "Rival offer at hand; the customer adds seats and signs before the end of the quarter.",
    "zh-CN": "客户已收到竞品报价；客户增加席位，并承诺在季度末前签约。",
}
SIGNER = "Purchasing"
NEEDS = {
    "en": {"cost": "Wants to replace two tools by one.", "efficiency": "Orders are checked by hand today."},
    "zh-CN": {"cost": "希望用一套系统替代两套工具。", "efficiency": "目前订单需人工核对。"},
}


def work_alerts(at: datetime) -> int:
    """At an earlier time: most open alerts are answered and stay open, one is snoozed; how many."""
    statement = (
        select(ChurnAlert.id, ChurnAlert.version, ChurnAlert.account_id, Account.language,
               Assignment.person_id.label("owner"))
        .join(Account, Account.id == ChurnAlert.account_id)
        .join(Assignment, Assignment.account_id == Account.id)
        .where(ChurnAlert.status == "new", ChurnAlert.kind == "activity",
               Assignment.duty == "owner", Assignment.until.is_(None))
        .order_by(ChurnAlert.id)
    )  # fmt: skip
    texts, rows = material("texts")["outreach"], read_frame(statement)
    for place, row in enumerate(rows.itertuples()):
        viewer = _viewer(row.owner, at + timedelta(minutes=35 * place))
        summary = texts[place % len(texts)][row.language == "zh-CN"]
        if place == 4:
            alerts.snooze_alert(viewer, int(row.id), row.version, viewer.today + timedelta(days=40), summary)
        elif place % 3 < 2:
            log_outreach_and_close(viewer, int(row.id), row.version, "call", summary, keep_open=True)
    return len(rows)


def work_renewals(now: datetime, today: date) -> int:
    """Open what is due and move part of it along its road; how many steps were taken."""
    earlier = technical_viewer(now - timedelta(days=45), acting_as="demo generator")
    with transaction() as session:
        session.info["command"] = "renewals.open_due"
        open_due(session, earlier, today)
    steps = 0
    rows = _open_renewals(today)
    for row in rows[rows["stage"] == "to_contact"].itertuples():
        luck = dice(_STAGES, int(row.account_id)).random()
        road = next(stages for limit, stages in ROADS if (row.due_on - today).days <= limit)
        taken = road[: max(0, len(road) - int(luck * 3))]
        version = row.version
        for place, stage in enumerate(taken):
            at = now - timedelta(days=3 + 6 * (len(taken) - place), minutes=int(luck * 600))
            version = move_stage(_viewer(row.owner, at), int(row.id), version, stage)
            steps += 1
    return steps


def _open_renewals(today: date) -> pd.DataFrame:
    """Open renewals due soon with their owner, the nearest first."""
    statement = (
        select(Renewal.id, Renewal.version, Renewal.due_on, Renewal.stage, Renewal.account_id,
               Assignment.person_id.label("owner"), Account.language, Account.currency)
        .join(Account, Account.id == Renewal.account_id)
        .join(Assignment, Assignment.account_id == Renewal.account_id)
        .where(Renewal.stage.in_(OPEN), Renewal.due_on <= today + timedelta(days=AHEAD_DAYS),
               Assignment.duty == "owner", Assignment.until.is_(None))
        .order_by(Renewal.due_on, Renewal.id)
    )  # fmt: skip
    return read_frame(statement)


def write_quotes(now: datetime, today: date) -> int:
    """The scripted quotes, on renewals that are under way; how many. None where quotes are already."""
    if read_one(select(Quote.id).limit(1)):
        return 0
    rows = _open_renewals(today)
    chosen = rows[rows["stage"] != "to_contact"]
    chosen = chosen.iloc[:: max(1, len(chosen) // len(DEALS))]
    pairs = sorted(zip(DEALS, chosen.itertuples(), strict=False), key=lambda pair: -pair[0].ago)
    for deal, row in pairs:  # the oldest first, so that numbers follow the calendar
        _quote(deal, row, now, DEALS.index(deal))
    return len(pairs)


def _quote(deal: Deal, row: Any, now: datetime, place: int) -> None:
    began = now - timedelta(days=deal.ago)
    author = _viewer(row.owner, began)
    title = TITLE[row.language].format(year=row.due_on.year)
    quote_id = quotes.create_quote(author, int(row.account_id), renewal_id=int(row.id), title=title)
    lines = [{"item_code": deal.item, "quantity": 1}, {"item_code": "seats", "quantity": deal.seats}]
    lines += [{"item_code": deal.extra, "quantity": 1}] if deal.extra else []
    values = {
        "title": title, "language": "bilingual" if row.language == "zh-CN" else "en",
        "starts_on": row.due_on, "term_months": deal.months, "prepaid": False,
        "discount": Decimal(deal.discount), "justification": WHY[row.language],
        "valid_until": author.today + timedelta(days=deal.ago + 20), "discovery": NEEDS[row.language],
    }  # fmt: skip
    quotes.save_draft(author, quote_id, _version(quote_id), values=values, lines=lines)
    offers.give(author, quote_id, place, row.currency)
    if deal.about == "flags":
        requests.set_flags(author, quote_id, 0, false_urgency=True, threat=True)
    elif deal.about == "tender":
        set_account_rules(author, int(row.account_id), 0, tender_required=True)
    if deal.state == "draft":
        return
    state = quotes.submit_quote(author, quote_id, _version(quote_id))
    if state == "pending_approval" and deal.state != state:
        _decide(deal, quote_id, began + timedelta(hours=3))
    if deal.state in ("sent", "accepted", "declined"):
        _send(deal, quote_id, row.owner, now)


def _decide(deal: Deal, quote_id: int, at: datetime) -> None:
    leader = _viewer(_leader(), at)
    if deal.state == "rejected":
        reason = "Below our floor for one year. Offer three years instead."
        quotes.reject_quote(leader, quote_id, _version(quote_id), reason=reason)
        return
    quotes.approve_quote(leader, quote_id, _version(quote_id), reason="Seats make up for it.")


def _send(deal: Deal, quote_id: int, owner: int, now: datetime) -> None:
    """Issue a day after it began; what the customer said came two days ago."""
    issue_quote(_viewer(owner, now - timedelta(days=deal.ago - 1)), quote_id, _version(quote_id))
    later = _viewer(owner, now - timedelta(days=2))
    if deal.seats % 2 == 0:  # some customers are known to have looked at it
        seen = _viewer(owner, now - timedelta(days=min(deal.ago - 1, 5) or 1) + timedelta(hours=2))
        tell_step(seen, quote_id, kind="viewed")
    if deal.state == "accepted":
        proof = {"kind": "order_number", "signer": SIGNER, "signed_on": later.today,
                 "reference": f"PO-{later.today.year}-{quote_id:04d}"}  # fmt: skip
        accept_quote(later, quote_id, _version(quote_id), evidence=proof)
    elif deal.state == "declined":
        quotes.decline_quote(later, quote_id, _version(quote_id), reason="They stay with the rival for now.")


def _version(quote_id: int) -> int:
    return read_one(select(Quote.version).where(Quote.id == quote_id))[0]


def _leader() -> int:
    statement = select(Person.id).join(PersonRole, PersonRole.person_id == Person.id)
    return read_one(statement.where(PersonRole.role == "leadership").order_by(Person.id))[0]


def _viewer(person_id: int, at: datetime) -> Viewer:
    found = viewer_of(int(person_id), at)
    if found is None:
        raise LookupError(f"no person {person_id}")
    return found

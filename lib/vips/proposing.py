"""The morning's proposals: rules over every account at once, what is new, what holds no more."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.store import policy
from lib.store.bulk import insert_dicts
from lib.store.doors import audit
from lib.store.models import Account, Contact, Subscription, VipMembership, VipProfile, VipProposal
from lib.store.worth import running
from lib.vips import rules
from lib.vips.rules import Facts, Proposal

HELD = ("refused", "accepted")  # a decided proposal is not said again until its mark changes


def propose(session: Session, viewer: Viewer, day: date) -> int:
    """Bring the open proposals to what the rules say on a morning; how many are new.

    Done again it changes nothing. Called by the daily run inside its transaction.
    """
    limits = limits_on(session, day)
    found = {
        account_id: rules.proposals(facts, limits) for account_id, facts in _facts(session.connection(), day)
    }
    rows = session.execute(select(VipProposal).order_by(VipProposal.id)).scalars().all()
    new, lapsed = _settle(rows, found, day)
    insert_dicts(session, VipProposal.__table__, new)
    if new or lapsed:
        audit(session, viewer, "vip_proposal", None, new={"raised": len(new), "lapsed": lapsed, "day": day})
    return len(new)


def limits_on(source: Session | Connection, day: date) -> rules.Limits:
    return rules.limits_of(policy.values("vip", day, source), policy.values("segments", day, source)["rates"])


def _settle(
    rows: Iterable[VipProposal], found: dict[int, list[Proposal]], day: date
) -> tuple[list[dict[str, Any]], int]:
    """The rows to add, and how many open ones hold no more; rows that stay are brought up to date."""
    said: dict[tuple[int, str], VipProposal] = {}
    for row in rows:
        said[row.account_id, row.rule] = row
    new, lapsed = [], 0
    for account_id, holding in found.items():
        for one in holding:
            row = said.pop((account_id, str(one.rule)), None)
            if row is None or _again(row, one, day):
                new.append(_row(account_id, one, day))
            elif row.status == "open" and (row.mark, row.evidence) != (one.mark, one.evidence):
                row.mark, row.evidence, row.version = one.mark, one.evidence, row.version + 1
    for row in said.values():
        if row.status == "open" and row.rule != rules.Rule.HAND:
            row.status, row.version, lapsed = "lapsed", row.version + 1, lapsed + 1
    return new, lapsed


def _again(row: VipProposal, one: Proposal, day: date) -> bool:
    """Is a proposal said anew after an earlier one of the same rule?"""
    if row.status == "later":
        return row.mark != one.mark or (row.again_on is not None and row.again_on <= day)
    return row.status == "lapsed" or (row.status in HELD and row.mark != one.mark)


def _row(account_id: int, one: Proposal, day: date) -> dict[str, Any]:
    return {"account_id": account_id, "rule": str(one.rule), "mark": one.mark, "evidence": one.evidence,
            "proposed_on": day, "status": "open", "version": 1}  # fmt: skip


def _facts(connection: Connection, day: date) -> Iterable[tuple[int, Facts]]:
    """What the rules look at for every account that is not in the programme and has not left."""
    a, p = Account.__table__.c, VipProfile.__table__.c
    paid = (
        select(Subscription.account_id, Subscription.currency, func.sum(Subscription.arr_minor).label("arr"))
        .where(running(day))
        .group_by(Subscription.account_id, Subscription.currency)
        .subquery()
    )
    mail = (
        select(Contact.account_id, func.min(Contact.email).label("email"))
        .where(Contact.email.is_not(None), Contact.active)
        .group_by(Contact.account_id)
        .subquery()
    )
    inside = select(VipMembership.account_id).where(VipMembership.ended_at.is_(None))
    rows = connection.execute(
        select(a.id, a.plan, func.coalesce(paid.c.arr, a.stated_arr_minor).label("arr"), a.currency,
               a.following, a.funding_minor, a.funding_currency, a.funding_source,
               func.coalesce(a.domain, mail.c.email).label("domain"), p.big_name, p.big_name_reason)
        .select_from(Account)
        .outerjoin(paid, (paid.c.account_id == a.id) & (paid.c.currency == a.currency))
        .outerjoin(mail, mail.c.account_id == a.id)
        .outerjoin(VipProfile, p.account_id == a.id)
        .where(a.status != "churned", a.id.not_in(inside))
        .order_by(a.id)
    )  # fmt: skip
    for r in rows:
        arr = None if r.arr is None else int(r.arr)
        yield r.id, Facts(r.plan, arr, r.currency, bool(r.big_name), r.big_name_reason, r.following,
                          r.funding_minor, r.funding_currency, r.funding_source, r.domain)  # fmt: skip

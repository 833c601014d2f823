"""Writes the benefits of a deal with the instructions that bring them, inside the transaction of the act."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from lib import format as fmt
from lib.access import Viewer
from lib.fulfilment import rules
from lib.fulfilment.adapter import Target, instruction, target
from lib.fulfilment.rules import Clocks, Promised, State
from lib.pricing.quotas import quota_name
from lib.store import policy
from lib.store.doors import audit
from lib.store.models import ArrMovement, Benefit, Entitlement, FulfilmentAction


@dataclass(frozen=True)
class Order:
    """The closed deal benefits belong to; `number` is what a customer names on the telephone."""

    account_id: int
    number: str
    currency: str
    contract_id: int | None = None
    renewal_id: int | None = None
    quote_version_id: int | None = None


def clocks_of(viewer: Viewer, session: Session | None = None) -> Clocks:
    return Clocks.of(policy.values("fulfilment", viewer.today, session))


def open_benefits(session: Session, viewer: Viewer, order: Order, found: Sequence[Promised]) -> int:
    """One line for each promised benefit, with its instruction; how many are new.

    The same order a second time writes nothing. Where the desk itself is the target, what needs no person
    is in force at once.
    """
    clocks, where = clocks_of(viewer, session), target()
    known = set(
        session.execute(
            select(Benefit.dedupe_key).where(Benefit.account_id == order.account_id,
                                             Benefit.order_number == order.number)
        ).scalars()
    )  # fmt: skip
    made = [one for one in found if f"{order.number}:{one.key}" not in known]
    for one in made:
        _open(session, viewer, order, one, clocks, where)
    if made:
        new = {"order": order.number, "benefits": len(made)}
        audit(session, viewer, "benefit", None, account_id=order.account_id, new=new)
    return len(made)


def _open(
    session: Session, viewer: Viewer, order: Order, one: Promised, clocks: Clocks, where: Target
) -> None:
    benefit = Benefit(
        account_id=order.account_id, order_number=order.number, contract_id=order.contract_id,
        renewal_id=order.renewal_id, quote_version_id=order.quote_version_id, line=one.line, kind=one.kind,
        code=one.code, title_en=_title(one, "en"), title_zh=_title(one, "zh-CN"), unit=one.unit,
        granted=one.granted, share=one.share,
        applies_to=[dict(name) for name in one.applies_to] or None, currency=order.currency,
        value_minor=one.value_minor, starts_on=one.starts_on, expires_on=one.expires_on,
        automatic=not one.by_hand, state=State.CHECKING if one.by_hand else State.WAITING,
        promised_at=viewer.now, due_at=rules.due_at(one, viewer.now, order.currency, clocks),
        dedupe_key=f"{order.number}:{one.key}",
    )  # fmt: skip
    session.add(benefit)
    session.flush()
    if one.by_hand:
        return
    action = FulfilmentAction(
        benefit_id=benefit.id, account_id=order.account_id, target=where, payload=instruction(benefit),
        idempotency_key=rules.action_key(benefit.dedupe_key), due_at=viewer.now, created_at=viewer.now,
    )  # fmt: skip
    session.add(action)
    if where == Target.DESK:
        action.attempts, action.state, action.outcome, action.done_at = 1, "done", "recorded", viewer.now
        give(session, viewer, benefit, clocks)


def _title(one: Promised, language: str) -> str:
    """The words of a benefit on the account's page; of a quota its item and what is counted."""
    named = one.en if language == "en" else one.zh
    if one.kind == rules.Kind.QUOTA:
        named = fmt.labelled(named, quota_name(one.code, language), language)
    return named[: rules.TITLE_MAX]


def give(session: Session, viewer: Viewer, benefit: Benefit, clocks: Clocks) -> None:
    """The product has it: what is provisioned now, the right on the account's page, and whether it waits
    for a look."""
    looked_at = needs_a_look(benefit, clocks)
    benefit.state = rules.after_delivery(benefit.state, delivered=True, looked_at=looked_at)
    benefit.provisioned, benefit.in_force_at = benefit.granted, viewer.now
    if benefit.kind in (rules.Kind.QUOTA, rules.Kind.EXTRA) and benefit.entitlement_id is None:
        benefit.entitlement_id = _right(session, viewer, benefit)


def needs_a_look(benefit: Benefit, clocks: Clocks) -> bool:
    as_signed = Promised(
        benefit.dedupe_key, benefit.line, rules.Kind(benefit.kind), benefit.code, benefit.title_en,
        benefit.title_zh, benefit.starts_on, benefit.expires_on, value_minor=benefit.value_minor,
        by_hand=not benefit.automatic,
    )  # fmt: skip
    return rules.needs_a_look(as_signed, benefit.currency, clocks)


def _right(session: Session, viewer: Viewer, benefit: Benefit) -> int:
    """The entitlement of the account's page, whose use files report."""
    row = Entitlement(
        external_id=f"order-{benefit.dedupe_key}"[:255], account_id=benefit.account_id,
        item=benefit.title_en[:255], unit=benefit.unit, included=benefit.granted,
        starts_on=benefit.starts_on, expires_on=benefit.expires_on, source="order", created_at=viewer.now,
        updated_at=viewer.now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    new = {"item": row.item, "included": row.included, "expires_on": row.expires_on}
    audit(session, viewer, "entitlement", row.id, account_id=benefit.account_id, new=new)
    return row.id


def note_movement(
    session: Session, viewer: Viewer, *, account_id: int, contract_id: int, quote_id: int, currency: str,
    before: int, after: int, renews: bool, effective_on: object, key: str,
) -> None:  # fmt: skip
    """The movement of ARR a deal brought, on its own ledger."""
    row = ArrMovement(
        account_id=account_id, contract_id=contract_id, quote_id=quote_id,
        kind=rules.movement(before, after, renews=renews), currency=currency, before_minor=before,
        after_minor=after, effective_on=effective_on, recorded_at=viewer.now, person_id=viewer.person_id,
        dedupe_key=key,
    )  # fmt: skip
    session.add(row)
    session.flush()
    new = {"kind": row.kind, "before_minor": before, "after_minor": after, "effective_on": effective_on}
    audit(session, viewer, "arr_movement", row.id, account_id=account_id, new=new)

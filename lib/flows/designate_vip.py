"""Joining and leaving the VIP programme: the decision, the account's own mark, and the plays it starts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.accounts import manual
from lib.accounts.fields import Field, check
from lib.errors import Conflict, Invalid
from lib.money import CURRENCIES
from lib.playbooks.running import start_plays
from lib.store.doors import audit, command
from lib.store.models import Account, VipMembership, VipProposal
from lib.store.scope import load
from lib.vips import rules
from lib.vips.commands import close, current, enter, open_proposal

FACTS = (
    Field("monthly_sales_minor", "money"),
    Field("funding_minor", "money"),
    Field("funding_currency", "choice", choices=CURRENCIES),
    Field("funding_source"),
    Field("funding_on", "day"),
    Field("following", "whole"),
)


@command("vips.designate", permission="account.write", subject="vip_proposal")
def designate(
    session: Session, viewer: Viewer, proposal_id: int, seen_version: int, reason: str, *, mode: str = "",
    level: str | None = None, answers: Mapping[str, Any] | None = None, override: str | None = None,
) -> int:  # fmt: skip
    """Accept a proposal: the account is a VIP from today on; the membership's id.

    A contractual SLA needs the five answers, a service level and room for one more; over capacity it is
    refused with the figure, or a lead goes over it with a reason. Everything else proposed for the account is
    settled with it. Raises NotFound, Conflict, Invalid, NotAllowed.
    """
    said = rules.why(reason)
    row = open_proposal(session, viewer, proposal_id, seen_version)
    if current(session, row.account_id) is not None:
        raise Conflict("vip_inside")
    member = enter(session, viewer, row, mode=mode, reason=said, level=level, answers=answers or {},
                   override=override)  # fmt: skip
    close(session, viewer, row, "accepted", said)
    others = select(VipProposal).where(VipProposal.account_id == row.account_id, VipProposal.status == "open")
    for other in session.execute(others.with_for_update()).scalars():
        close(session, viewer, other, "accepted", said)
    _mark(session, viewer, row.account_id, is_vip=True)
    start_plays(session, viewer, row.account_id, "vip_designated", viewer.today)
    return member.id


@command("vips.withdraw", permission="account.write", subject="vip_membership")
def withdraw(session: Session, viewer: Viewer, membership_id: int, seen_version: int, reason: str) -> None:
    """End a membership today, with a reason; it stays in the history. Raises NotFound, Conflict, Invalid."""
    said = rules.why(reason)
    row = load(session, viewer, VipMembership, membership_id, seen_version)
    if row.ended_at is not None:
        raise Conflict("vip_ended")
    row.ended_at, row.ended_by, row.end_reason = viewer.now, viewer.person_id, said
    row.version += 1
    audit(session, viewer, "vip_membership", row.id, account_id=row.account_id, old={"mode": row.mode},
          new={"ended": True}, reason=said)  # fmt: skip
    _mark(session, viewer, row.account_id, is_vip=False)


@command("vips.reinstate", permission="account.write", subject="vip_membership")
def reinstate(session: Session, viewer: Viewer, membership_id: int, seen_version: int) -> None:
    """Take a withdrawal back on the day it was made. Raises NotFound, Conflict when the day is over or the
    account is in the programme again."""
    row = load(session, viewer, VipMembership, membership_id, seen_version)
    today = row.ended_at is not None and (viewer.now - row.ended_at).days < 1
    if not today or current(session, row.account_id) is not None:
        raise Conflict("vip_nothing_to_undo")
    old = {"ended": True, "reason": row.end_reason}
    row.ended_at = row.ended_by = row.end_reason = None
    row.version += 1
    audit(session, viewer, "vip_membership", row.id, account_id=row.account_id, old=old, new={"ended": False})
    _mark(session, viewer, row.account_id, is_vip=True)


@command("vips.set_facts", permission="account.write", subject="account")
def set_facts(
    session: Session, viewer: Viewer, account_id: int, seen_version: int, values: Mapping[str, Any]
) -> int:
    """Funding with its currency, source and date, following and monthly sales of an account; its new version.

    Values set by hand outlive the next import. An amount of funding needs its currency, source and date.
    Raises NotFound, Conflict, Invalid.
    """
    known = {field.name: field for field in FACTS}
    if strangers := sorted(set(values) - set(known)):
        raise Invalid("field_not_open", field=strangers[0])
    row = load(session, viewer, Account, account_id, seen_version)
    clean = {name: check(known[name], value) for name, value in values.items()}
    held = {name: getattr(row, name) for name in known} | clean
    if held["funding_minor"] is not None:
        for name in ("funding_currency", "funding_source", "funding_on"):
            if held[name] is None:
                raise Invalid("field_missing", field=name)
    if held["funding_on"] is not None and held["funding_on"] > viewer.today:
        raise Invalid("vip_funding_ahead")
    _change(session, viewer, row, {n: v for n, v in clean.items() if v != getattr(row, n)})
    return row.version


def _mark(session: Session, viewer: Viewer, account_id: int, *, is_vip: bool) -> None:
    row = session.get(Account, account_id, with_for_update=True)
    if row.is_vip != is_vip:
        _change(session, viewer, row, {"is_vip": is_vip})


def _change(session: Session, viewer: Viewer, row: Account, values: dict[str, Any]) -> None:
    """Set values of an account by hand: marked against the next import, and on record."""
    if not values:
        return
    old = {name: getattr(row, name) for name in values}
    if row.source != "hand":
        manual.mark(session, viewer, "account", row.id, old=old, new=values)
    for name, value in values.items():
        setattr(row, name, value)
    row.version, row.updated_at = row.version + 1, viewer.now
    audit(session, viewer, "account", row.id, account_id=row.id, old=old, new=values)

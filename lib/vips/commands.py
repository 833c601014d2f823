"""Decisions about proposals, and what people know of a name; flows.designate_vip lets accounts in and out."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from lib.access import Viewer
from lib.contracts.rules import add_months
from lib.errors import Conflict, Invalid, NotFound
from lib.store import policy
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, Assignment, Contact, VipMembership, VipProfile, VipProposal
from lib.store.scope import load
from lib.vips import rules
from lib.vips.rules import Advocacy, Mode, Rule

LEADS = "book.delegate"  # who hands out work in a team may go over capacity


@command("vips.propose", permission="account.write", subject="account")
def propose(
    session: Session, viewer: Viewer, account_id: int, reason: str, form_key: str | None = None
) -> int:
    """Propose an account by hand, with a reason; the proposal's id. Raises NotFound, Invalid, Conflict when
    the account is in the programme or proposed by hand already."""
    said = rules.why(reason)
    content = {"account": account_id, "reason": said}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    account = load(session, viewer, Account, account_id)
    if account.status == "churned":
        raise Conflict("vip_left")
    if current(session, account_id) is not None:
        raise Conflict("vip_inside")
    held = select(VipProposal.id).where(VipProposal.account_id == account_id, VipProposal.status == "open")
    if session.execute(held.where(VipProposal.rule == Rule.HAND)).first():
        raise Conflict("vip_proposed")
    row = VipProposal(account_id=account_id, rule=Rule.HAND, mark=said[:255], proposed_on=viewer.today,
                      evidence={"reason": said, "by": viewer.name})  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "vip_proposal", row.id, account_id=account_id, new={"rule": "hand"}, reason=said)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("vips.refuse", permission="account.write", subject="vip_proposal")
def refuse(session: Session, viewer: Viewer, proposal_id: int, seen_version: int, reason: str) -> None:
    """Refuse a proposal with a reason: the rule stays silent until its evidence changes. Raises NotFound,
    Conflict, Invalid."""
    _decide(session, viewer, proposal_id, seen_version, "refused", rules.why(reason), None)


@command("vips.put_off", permission="account.write", subject="vip_proposal")
def put_off(session: Session, viewer: Viewer, proposal_id: int, seen_version: int, reason: str) -> date:
    """Not ready yet: keep the proposal for later, with a reason; the day it is asked again."""
    days = policy.values("vip", viewer.today, session)["later"]["days"]
    again = viewer.today + timedelta(days=days)
    _decide(session, viewer, proposal_id, seen_version, "later", rules.why(reason), again)
    return again


def _decide(
    session: Session, viewer: Viewer, proposal_id: int, seen: int, status: str, reason: str,
    again: date | None,
) -> VipProposal:  # fmt: skip
    row = open_proposal(session, viewer, proposal_id, seen)
    close(session, viewer, row, status, reason)
    row.again_on = again
    return row


def open_proposal(session: Session, viewer: Viewer, proposal_id: int, seen: int) -> VipProposal:
    """The proposal through the scope. Raises NotFound, Conflict when it was decided meanwhile."""
    row = load(session, viewer, VipProposal, proposal_id, seen)
    if row.status != "open":
        raise Conflict("vip_decided")
    return row


def close(session: Session, viewer: Viewer, row: VipProposal, status: str, reason: str) -> None:
    """Write who decided what and why, with its record."""
    old = {"status": row.status}
    row.status, row.reason, row.version = status, reason, row.version + 1
    row.decided_by, row.decided_at = viewer.person_id, viewer.now
    audit(session, viewer, "vip_proposal", row.id, account_id=row.account_id, old=old,
          new={"status": status, "rule": row.rule}, reason=reason)  # fmt: skip


@command("vips.undo", permission="account.write", subject="vip_proposal")
def undo(session: Session, viewer: Viewer, proposal_id: int, seen_version: int) -> None:
    """Take a refusal back, or ask anew what was put off. Raises NotFound, Conflict when the account is in the
    programme by now or the rule has spoken again."""
    row = load(session, viewer, VipProposal, proposal_id, seen_version)
    if row.status not in ("refused", "later"):
        raise Conflict("vip_nothing_to_undo")
    newer = select(VipProposal.id).where(
        VipProposal.account_id == row.account_id, VipProposal.rule == row.rule, VipProposal.status == "open"
    )
    if current(session, row.account_id) is not None or session.execute(newer).first():
        raise Conflict("vip_nothing_to_undo")
    old = {"status": row.status, "reason": row.reason}
    row.status, row.reason, row.version = "open", None, row.version + 1
    row.decided_by = row.decided_at = row.again_on = None
    audit(session, viewer, "vip_proposal", row.id, account_id=row.account_id, old=old, new={"status": "open"})


def enter(
    session: Session, viewer: Viewer, row: VipProposal, *, mode: str, reason: str, level: str | None,
    answers: Mapping[str, Any], override: str | None,
) -> VipMembership:  # fmt: skip
    """A new membership from a proposal, checked as its mode asks. Raises Invalid, Conflict, NotAllowed."""
    body = policy.values("vip", viewer.today, session)
    until = made = over = None
    if mode == Mode.CONTRACT:
        made = rules.answers_of(answers)
        over = _room(session, viewer, body, row.account_id, level, override)
        until = add_months(viewer.today, made["months"])
    elif mode == Mode.INTERNAL:
        level = None
    else:
        raise Invalid("vip_mode")
    member = VipMembership(
        account_id=row.account_id, proposal_id=row.id, rule=row.rule, mode=mode, level=level, answers=made,
        since=viewer.today, until=until, reason=reason, override_reason=over, accepted_by=viewer.person_id,
        accepted_at=viewer.now,
    )  # fmt: skip
    session.add(member)
    session.flush()
    audit(
        session,
        viewer,
        "vip_membership",
        member.id,
        account_id=row.account_id,
        reason=reason,
        new={"rule": row.rule, "mode": mode, "level": level, "until": until, "over_capacity": bool(over)},
    )
    return member


def _room(
    session: Session, viewer: Viewer, body: Mapping[str, Any], account_id: int, level: str | None,
    override: str | None,
) -> str | None:  # fmt: skip
    """The reason for going over capacity; None where the manager and the service level have room."""
    levels = {row["code"]: row["capacity"] for row in body["levels"]}
    if level not in levels:
        raise Invalid("vip_level")
    owner = session.execute(
        select(Assignment.person_id).where(
            Assignment.account_id == account_id, Assignment.duty == "owner", Assignment.until.is_(None)
        )
    ).scalar()
    may = body["capacity"]["lead_may_exceed"] and viewer.may(LEADS)
    of_owner = carried(session, owner=owner or viewer.person_id)
    first = rules.check_room(of_owner, body["capacity"]["per_manager"], whose="manager", may_exceed=may,
                             override=override)  # fmt: skip
    of_level = carried(session, level=level)
    second = rules.check_room(of_level, levels[level], whose="level", may_exceed=may, override=override)
    return first or second


def carried(session: Session, *, owner: int | None = None, level: str | None = None) -> int:
    """Running contractual SLAs of one account manager, or of one service level."""
    m = VipMembership
    wanted = select(func.count()).select_from(m).where(m.ended_at.is_(None), m.mode == Mode.CONTRACT)
    if level is not None:
        wanted = wanted.where(m.level == level)
    if owner is not None:
        theirs = select(Assignment.account_id).where(
            Assignment.person_id == owner, Assignment.duty == "owner", Assignment.until.is_(None)
        )
        wanted = wanted.where(m.account_id.in_(theirs))
    return session.execute(wanted).scalar_one()


def current(session: Session, account_id: int) -> VipMembership | None:
    """The membership that holds, locked."""
    wanted = select(VipMembership).where(
        VipMembership.account_id == account_id, VipMembership.ended_at.is_(None)
    )
    return session.execute(wanted.with_for_update()).scalars().first()


@command("vips.set_profile", permission="account.write", subject="account")
def set_profile(
    session: Session, viewer: Viewer, account_id: int, seen: int | None = None, *, big_name: bool = False,
    big_name_reason: str | None = None, champion_id: int | None = None, advocacy: Sequence[str] = (),
    advocacy_note: str | None = None,
) -> int:  # fmt: skip
    """What people know of a name; the new version. `seen` is the version the person saw, None for none.

    A big name needs its reason; the champion is a contact of the account. Raises NotFound, Conflict, Invalid.
    """
    load(session, viewer, Account, account_id)
    chosen = sorted({str(code) for code in advocacy})
    if set(chosen) - set(map(str, Advocacy)):
        raise Invalid("vip_advocacy")
    said = rules.why(big_name_reason, "big_name_reason") if big_name else _text(big_name_reason)
    if champion_id is not None:
        known = select(Contact.id).where(Contact.id == champion_id, Contact.account_id == account_id)
        if session.execute(known).first() is None:
            raise NotFound()
    values = {"big_name": bool(big_name), "big_name_reason": said, "champion_id": champion_id,
              "advocacy": chosen, "advocacy_note": _text(advocacy_note)}  # fmt: skip
    row = session.execute(
        select(VipProfile).where(VipProfile.account_id == account_id).with_for_update()
    ).scalars().first()  # fmt: skip
    now = row.version if row else None
    if now != seen:
        raise Conflict("changed_meanwhile", seen=seen or 0, now=now or 0)
    if row is None:
        row = VipProfile(account_id=account_id, version=0)
        session.add(row)
    old = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    session.flush()
    audit(session, viewer, "vip_profile", row.id, account_id=account_id, old=old, new=values)
    return row.version


def _text(text: str | None) -> str | None:
    return rules.why(text, "note") if (text or "").strip() else None

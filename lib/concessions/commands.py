"""Settles what customers give for concessions, and writes down the volumes they commit to."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from lib.access import Viewer
from lib.concessions import rules, volume
from lib.errors import Invalid
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, QuoteConcession, VolumeDeal
from lib.store.scope import load


@command("concessions.receive", permission="promise.write", subject="quote_concession")
def receive(
    session: Session, viewer: Viewer, quote_concession_id: int, seen_version: int, evidence: str
) -> None:
    """What the customer gives has come, with its proof. Raises Conflict, Invalid, NotFound."""
    _settle(session, viewer, quote_concession_id, seen_version, "received", evidence)


@command("concessions.waive", permission="offer.keep", subject="quote_concession")
def waive(session: Session, viewer: Viewer, quote_concession_id: int, seen_version: int, reason: str) -> None:
    """The return is no longer asked for, with the reason. Raises Conflict, Invalid, NotFound."""
    _settle(session, viewer, quote_concession_id, seen_version, "waived", reason)


@command("concessions.commit", permission="promise.write", subject="account")
def commit(
    session: Session, viewer: Viewer, account_id: int, values: Mapping[str, Any], form_key: str | None = None
) -> int:
    """Write down a volume the customer commits to (see volume.check), in the account's currency; its id.
    Raises Invalid, Conflict, NotFound."""
    content = {"account": account_id} | dict(values)
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    account = load(session, viewer, Account, account_id)
    new = volume.check(values)
    row = VolumeDeal(account_id=account_id, owner_id=viewer.person_id, currency=account.currency,
                     created_by=viewer.person_id, created_at=viewer.now, **new)  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "volume_deal", row.id, account_id=account_id, new=new)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("concessions.end_deal", permission="promise.write", subject="volume_deal")
def end_deal(session: Session, viewer: Viewer, volume_deal_id: int, seen_version: int, reason: str) -> None:
    """End a volume deal before its time, with the reason. Raises Conflict, Invalid, NotFound."""
    told = " ".join(reason.split())[: rules.TEXT_MAX]
    if not told:
        raise Invalid("concession_proof")
    row = load(session, viewer, VolumeDeal, volume_deal_id, seen_version)
    old, row.status = {"status": row.status}, volume.end(row.status)
    row.reason, row.version = told, row.version + 1
    audit(session, viewer, "volume_deal", row.id, account_id=row.account_id, old=old,
          new={"status": row.status}, reason=told)  # fmt: skip


def _settle(session: Session, viewer: Viewer, row_id: int, seen: int, target: str, said: str) -> None:
    told = " ".join(said.split())[: rules.TEXT_MAX]
    if not told:
        raise Invalid("concession_proof")
    row = load(session, viewer, QuoteConcession, row_id, seen)
    old = {"give_status": row.give_status}
    row.give_status = rules.settle(row.status, row.give_status, target)
    row.settled_on, row.evidence, row.version = viewer.today, told, row.version + 1
    audit(session, viewer, "quote_concession", row.id, account_id=row.account_id, old=old,
          new={"give_status": target, "evidence": told}, reason=told)  # fmt: skip

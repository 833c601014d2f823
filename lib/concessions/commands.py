"""Settles what customers give for concessions: it came, or is no longer asked for."""

from sqlmodel import Session

from lib.access import Viewer
from lib.concessions import rules
from lib.errors import Invalid
from lib.store.doors import audit, command
from lib.store.models import QuoteConcession
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

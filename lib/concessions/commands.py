"""Writes concessions onto quotes, and settles what the customer gives for them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.concessions import rules
from lib.errors import Conflict, Invalid
from lib.store import policy
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Quote, QuoteApproval, QuoteConcession, QuoteVersion
from lib.store.scope import load


@command("concessions.add", permission="quote.write", subject="quote")
def add(
    session: Session, viewer: Viewer, quote_id: int, code: str, values: Mapping[str, Any],
    form_key: str | None = None,
) -> int:  # fmt: skip
    """Put a concession of the library onto a draft quote (see rules.check); its id. One without a return is
    kept and flagged. Raises Invalid, Conflict once the quote was approved or handed in, NotFound."""
    content = {"quote": quote_id, "code": code} | dict(values)
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    quote = _draft(session, viewer, quote_id)
    library = rules.read_library(policy.values("concessions", viewer.today, session))
    if code not in library:
        raise Invalid("concession_unknown")
    version = session.execute(
        select(QuoteVersion).where(QuoteVersion.quote_id == quote_id).order_by(QuoteVersion.revision.desc())
    ).scalars().first()  # fmt: skip
    cap = Decimal(policy.values("value", viewer.today, session)["partner"]["rebate_cap"])
    new = rules.check(library[code], values, version.currency, version.net_minor, cap)
    row = QuoteConcession(
        account_id=quote.account_id, quote_id=quote_id, code=code, currency=version.currency,
        owner_id=viewer.person_id, created_by=viewer.person_id, created_at=viewer.now, **new,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "quote_concession", row.id, account_id=quote.account_id, new={"code": code} | new)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("concessions.remove", permission="quote.write", subject="quote_concession")
def remove(session: Session, viewer: Viewer, quote_concession_id: int, seen_version: int) -> None:
    """Take a concession off a draft. Raises Conflict, NotFound."""
    row = load(session, viewer, QuoteConcession, quote_concession_id, seen_version)
    _draft(session, viewer, row.quote_id)
    old = {"code": row.code, "cost_minor": row.cost_minor, "list_minor": row.list_minor}
    audit(session, viewer, "quote_concession", row.id, account_id=row.account_id, old=old)
    session.delete(row)


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


def _draft(session: Session, viewer: Viewer, quote_id: int) -> Quote:
    """The quote while nobody has approved anything of it: what is given is part of what they decide on."""
    quote = load(session, viewer, Quote, quote_id)
    approved = select(QuoteApproval.id).where(
        QuoteApproval.quote_id == quote_id, QuoteApproval.state == "approved"
    )
    if quote.status != "draft" or session.execute(approved).first() is not None:
        raise Conflict("concession_not_draft")
    return quote

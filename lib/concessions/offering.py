"""A concession becomes part of a quote, or leaves it, inside the transaction that judges the quote anew."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from lib.access import Viewer
from lib.concessions import rules
from lib.errors import Invalid
from lib.store import policy
from lib.store.doors import audit
from lib.store.models import Quote, QuoteConcession, QuoteVersion


def put(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, code: str,
    values: Mapping[str, Any],
) -> int:  # fmt: skip
    """The id of the new row. Raises Invalid (see rules.check)."""
    library = rules.read_library(policy.values("concessions", viewer.today, session))
    if code not in library:
        raise Invalid("concession_unknown")
    cap = Decimal(policy.values("value", viewer.today, session)["partner"]["rebate_cap"])
    new = rules.check(library[code], values, version.currency, version.net_minor, cap)
    row = QuoteConcession(
        account_id=quote.account_id, quote_id=quote.id, code=code, currency=version.currency,
        owner_id=viewer.person_id, created_by=viewer.person_id, created_at=viewer.now, **new,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "quote_concession", row.id, account_id=quote.account_id, new={"code": code} | new)
    return row.id


def take_off(session: Session, viewer: Viewer, row: QuoteConcession) -> None:
    old = {"code": row.code, "cost_minor": row.cost_minor, "list_minor": row.list_minor}
    audit(session, viewer, "quote_concession", row.id, account_id=row.account_id, old=old)
    session.delete(row)
    session.flush()

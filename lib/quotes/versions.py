"""Reads the versions of a quote: what each says, and two of them side by side."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import NotFound
from lib.quotes.comparing import Comparison, compare
from lib.quotes.issuing import draft_snapshot
from lib.quotes.loading import seen_quote
from lib.store.database import engine
from lib.store.doors import query
from lib.store.models import Quote, QuoteVersion


@query("quotes.snapshot", permission="quote.read", subject="quote")
def snapshot_of(viewer: Viewer, quote_id: int, revision: int | None = None) -> dict[str, Any]:
    """What a revision says (the newest, unless one is named): as it was frozen, or as it stands now.

    Raises NotFound.
    """
    with Session(engine()) as session:
        return _snapshot(session, viewer, seen_quote(session, viewer, quote_id), revision)


@query("quotes.compare", permission="quote.read", subject="quote")
def compared(viewer: Viewer, quote_id: int, old: int = 1, new: int = 1) -> Comparison:
    """Two revisions of one quote, side by side. Raises NotFound."""
    with Session(engine()) as session:
        quote = seen_quote(session, viewer, quote_id)
        return compare(_snapshot(session, viewer, quote, old), _snapshot(session, viewer, quote, new))


def _snapshot(session: Session, viewer: Viewer, quote: Quote, revision: int | None) -> dict[str, Any]:
    versions = select(QuoteVersion).where(QuoteVersion.quote_id == quote.id)
    if revision is not None:
        versions = versions.where(QuoteVersion.revision == revision)
    version = session.execute(versions.order_by(QuoteVersion.revision.desc()).limit(1)).scalars().first()
    if version is None:
        raise NotFound()
    return version.snapshot or draft_snapshot(session, viewer, quote, version)

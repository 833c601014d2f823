"""The history of an account and of a quote, ready to be shown: who changed what, field by field, and why."""

from typing import Any

from lib.access import Viewer
from lib.audit import phrases, queries


def of_account(viewer: Viewer, account_id: int, limit: int) -> list[dict[str, Any]]:
    """The newest entries about an account and what hangs on it, as phrases.history_cards gives them. Raises
    NotFound."""
    found = queries.of_account(viewer, account_id, limit)
    return phrases.history_cards(found, viewer.language, viewer.clock_zone)


def of_quote(viewer: Viewer, quote_id: int, limit: int) -> list[dict[str, Any]]:
    """The same about a quote."""
    found = queries.of_quote(viewer, quote_id, limit)
    return phrases.history_cards(found, viewer.language, viewer.clock_zone)

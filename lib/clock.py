"""The one place below the roof where real time enters; everything else takes it as an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, aware, UTC."""
    return datetime.now(UTC)

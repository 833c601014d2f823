"""What follows for a run when one of its steps changes."""

from collections.abc import Iterable

from sqlmodel import Session

from lib.access import Viewer


def settle(session: Session, viewer: Viewer, run_ids: Iterable[int | None]) -> None:
    """A run whose last step is closed is done; one with an open step again is running."""

"""The acts on tasks for flows, which have their own transaction: the bodies of the commands."""

from collections.abc import Sequence
from inspect import unwrap

from sqlmodel import Session

from lib.access import Viewer
from lib.playbooks import commands
from lib.playbooks.commands import Pairs, write_tasks

Seen = Sequence[tuple[int, int]]
__all__ = ["Pairs", "Seen", "assign", "drop", "finish", "take_back", "write_tasks"]


def finish(session: Session, viewer: Viewer, seen: Seen, note: str | None) -> Pairs:
    """Done, all of them or none."""
    return unwrap(commands.finish_tasks)(session, viewer, seen, note)


def assign(session: Session, viewer: Viewer, seen: Seen, person_id: int, reason: str | None) -> Pairs:
    """Given to one colleague who sees their accounts."""
    return unwrap(commands.assign_tasks)(session, viewer, seen, person_id, reason)


def drop(session: Session, viewer: Viewer, task: tuple[int, int], reason: str) -> Pairs:
    """Left out, with the reason."""
    return unwrap(commands.skip_task)(session, viewer, *task, reason)


def take_back(session: Session, viewer: Viewer, seen: Seen) -> int:
    """The last act of the viewer on these tasks, taken back."""
    return unwrap(commands.undo_tasks)(session, viewer, seen)

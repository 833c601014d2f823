"""A file into the store: one transaction for the good rows, and what follows from them in other wings."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlmodel import Session

from lib.access import Viewer
from lib.activity.rollup import roll_up
from lib.activity.rules import thresholds
from lib.contracts.commands import rejoin
from lib.errors import Invalid
from lib.imports import presets
from lib.imports.judge import Judged
from lib.imports.kinds import Kind
from lib.imports.mapping import Plan, plan_from, propose
from lib.imports.queries import kind_of, preview
from lib.imports.reader import read_file, stream_of
from lib.imports.results import ImportResult
from lib.imports.running import Progress, Touched, record, sha256_of, walk
from lib.imports.source import COMMAND, PAGE, Limits, Reading
from lib.imports.writing import write
from lib.store import policy
from lib.store.bulk import refresh_statistics
from lib.store.database import reading
from lib.store.doors import command
from lib.store.models import AccountDay, Subscription, User, UserDay

MANY_ROWS = 10_000  # from here on a store plans anew before it goes on


class StrictRefusal(Invalid):
    """A strict import met rows it could not take; `result` says which. Nothing was saved."""

    def __init__(self, result: ImportResult) -> None:
        super().__init__("import_strict", file=result.file_name, rows=result.reported)
        self.result = result


@command("imports.run", permission="import.run")
def run_import(
    session: Session,
    viewer: Viewer,
    kind: str,
    content: bytes | Path,
    name: str,
    mapping: dict[str, Any],
    *,
    preset: str | None = None,
    strict: bool = False,
    limits: Limits = PAGE,
    progress: Progress | None = None,
) -> ImportResult:
    """Store the good rows of a file; the others are reported in the result and kept with the run.

    Subscriptions are joined into contracts, activity is rolled up, in the same transaction. Raises Invalid
    for a file or mapping that cannot be used, StrictRefusal, Conflict when another import was faster.
    """
    chosen = kind_of(kind)
    plan = plan_from(chosen, mapping)
    touched = Touched()

    def take(judged: Judged) -> None:
        write(session, viewer, judged)
        if "account_id" in judged.batch.store:
            touched.note(judged)

    connection = session.connection()
    result = walk(connection, viewer, chosen, content, name, plan, limits, take=take, progress=progress)
    if strict and result.reported:
        raise StrictRefusal(result)
    _follow(session, viewer, chosen, plan, touched)
    record(session, viewer, result, sha256_of(content, name), preset)
    return result


def _join(session: Session, viewer: Viewer, _plan: Plan, touched: Touched) -> None:
    if touched.rows >= MANY_ROWS:
        refresh_statistics(session, Subscription.__table__)
    rejoin(session, viewer, sorted(touched.account_ids))


def _roll_up(session: Session, viewer: Viewer, plan: Plan, touched: Touched) -> None:
    """Account-level files are account-days already; a user of another kind changes every day they were in."""
    if touched.first_day is not None and "user" not in plan.mapped:
        return
    if touched.rows >= MANY_ROWS:
        refresh_statistics(session, User.__table__, UserDay.__table__, AccountDay.__table__)
    limits = thresholds(policy.values("activity", viewer.today, session))
    roll_up(session, sorted(touched.account_ids), touched.first_day, limits)


_AFTER: dict[str, Callable[[Session, Viewer, Plan, Touched], None]] = {
    "contracts": _join,
    "subscriptions": _join,
    "users": _roll_up,
    "activity": _roll_up,
}


def _follow(session: Session, viewer: Viewer, kind: Kind, plan: Plan, touched: Touched) -> None:
    after = _AFTER.get(kind.name)
    if after and touched.account_ids:
        session.flush()
        after(session, viewer, plan, touched)


def import_path(
    viewer: Viewer,
    kind: str,
    path: Path,
    preset: str | None = None,
    dry_run: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """The command line's import: any size, streamed. Without a preset the columns' own names decide.

    A dry run writes nothing; a strict one takes all rows or none (`refused`). Raises Invalid, NotAllowed.
    """
    chosen = kind_of(kind)
    plan = _plan_for(chosen, path, preset)
    if dry_run:
        return preview(viewer, kind, path, path.name, plan.to_dict(), COMMAND)
    try:
        return run_import(viewer, kind, path, path.name, plan.to_dict(), preset=preset, strict=strict,
                          limits=COMMAND, progress=progress)  # fmt: skip
    except StrictRefusal as refusal:
        refusal.result.refused = True
        return refusal.result


def _plan_for(kind: Kind, path: Path, preset: str | None) -> Plan:
    if preset is not None:
        with reading() as connection:
            return presets.named(connection, kind, preset)
    with stream_of(path, path.name) as stream:
        return propose(kind, read_file(stream, path.name, Reading(), COMMAND).header)

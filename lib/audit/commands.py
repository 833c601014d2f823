"""What goes on record beside changes: seals, backups, files that leave the desk."""

import hashlib
from datetime import date

from sqlmodel import Session

from lib.access import Viewer
from lib.store import seals
from lib.store.database import reading
from lib.store.doors import audit, command
from lib.store.models import Quote
from lib.store.scope import load
from lib.store.seals import Seal


@command("audit.seal", permission="day.run")
def _seal(session: Session, viewer: Viewer) -> Seal:
    made = seals.seal(session, viewer.now, viewer.today)
    audit(session, viewer, "audit_seal", made.number,
          new={"digest": made.digest, "streams": made.streams})  # fmt: skip
    return made


def seal(viewer: Viewer) -> Seal:
    """Seal what is on record so far; the seal is told to the log once it is stored.

    Raises NotAllowed, and Conflict when another process seals at this moment.
    """
    made = _seal(viewer)
    seals.tell(made)
    return made


def seal_day(viewer: Viewer, day: date) -> int:
    """The seal of a day, made once, also on a day without any change; how many were made."""
    before = newest_seal()
    if before is not None and before.sealed_on >= max(day, viewer.today):
        return 0
    seal(viewer)
    return 1


def newest_seal() -> Seal | None:
    with reading() as connection:
        return seals.latest(connection)


@command("audit.record_backup", permission="store.backup")
def record_backup(session: Session, viewer: Viewer, file: str, rows: int, head: str) -> None:
    """A backup was written: its file's name, how many rows, and the seal it carries."""
    audit(session, viewer, "backup", None, new={"file": file, "rows": rows, "head": head})


@command("audit.record_export", permission="today.read")
def record_export(
    session: Session, viewer: Viewer, what: str, rows: int, file_format: str, sha256: str
) -> None:
    """A list left the desk as a file: which, how many rows, in which format, and the file's digest."""
    audit(session, viewer, "export", None,
          new={"what": what, "rows": rows, "format": file_format, "sha256": sha256})  # fmt: skip


def leave(viewer: Viewer, what: str, rows: int, file_format: str, content: bytes) -> None:
    """Put a list on record that leaves as a file. Raises DeskError when that cannot be done: then the file
    does not leave."""
    record_export(viewer, what, rows, file_format, hashlib.sha256(content).hexdigest())


@command("audit.record_paper", permission="quote.read", subject="quote")
def record_paper(session: Session, viewer: Viewer, quote_id: int, revision: int | None, sha256: str) -> None:
    """A quote's paper was downloaded. Raises NotFound for a quote that is not the viewer's."""
    quote = load(session, viewer, Quote, quote_id)
    audit(session, viewer, "quote", quote.id, account_id=quote.account_id,
          new={"paper": sha256, "revision": revision})  # fmt: skip

"""Backups and their way back, each on record: the backup carries a fresh seal, the restored store says so."""

import getpass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Role, Viewer, require
from lib.audit.commands import record_backup, seal
from lib.people.identity import TECHNICAL
from lib.settings import settings
from lib.store import outfile
from lib.store.backup import Progress, read_backup, write_backup
from lib.store.doors import audit
from lib.store.models import Person
from lib.store.seals import Seal


def back_up(viewer: Viewer, path: Path, progress: Progress | None = None) -> tuple[dict[str, int], Seal]:
    """Seal the record, write the whole store into a new file; rows per table and the seal it carries.

    Raises like write_backup; NotAllowed.
    """
    require(viewer, "store.backup")
    outfile.must_be_new(path)
    made = seal(viewer)
    written = write_backup(path, viewer.now, progress)
    record_backup(viewer, path.name, sum(written.values()), made.head)
    return written, made


def restore(
    path: Path,
    now: datetime,
    *,
    replace: bool = False,
    broken_audit: bool = False,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Fill the store in use from a backup; rows per table. The restored store's record says when, from which
    file and by which operating-system user. Raises like read_backup."""

    def record(session: Session, head: str | None) -> None:
        person_id = session.execute(select(Person.id).where(Person.external_id == TECHNICAL)).scalar()
        viewer = Viewer(person_id=person_id, name=TECHNICAL, roles=frozenset({Role.TECHNICAL}), now=now,
                        zone=settings().zone, acting_as=getpass.getuser())  # fmt: skip
        session.info["command"] = "store.restore"
        audit(session, viewer, "backup", None,
              new={"file": path.name, "head": head, "broken_audit": broken_audit or None})  # fmt: skip

    return read_backup(path, replace=replace, progress=progress, record=record, broken_audit=broken_audit)

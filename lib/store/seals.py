"""Daily seals: the heads of every stream that grew, in a chain of their own.

Whoever knows one seal (from the log, or from a backup) can tell whether anything before it was rewritten.
"""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.store.chain import DESK, START, canonical
from lib.store.models import AuditHead, AuditSeal

log = logging.getLogger("vip_desk.audit")


@dataclass(frozen=True)
class Seal:
    """A seal as the log and backups mention it: `head` is what `check --since` takes."""

    number: int
    digest: str
    sealed_on: date
    streams: int

    @property
    def head(self) -> str:
        return f"{self.number}:{self.digest}"


def seal_digest(values: Mapping[str, Any]) -> str:
    """SHA-256 over a seal's number, day, heads and the digest of the seal before."""
    covered = [values["number"], values["sealed_on"].isoformat(), values["heads"], values["previous"]]
    return hashlib.sha256(canonical(covered).encode()).hexdigest()


def latest(connection: Connection | Session) -> Seal | None:
    """The newest seal; None before the first."""
    table = AuditSeal.__table__
    row = connection.execute(select(table).order_by(table.c.number.desc()).limit(1)).first()
    return row and Seal(row.number, row.digest, row.sealed_on, len(row.heads))


def seal(session: Session, now: Any, today: date) -> Seal:
    """Seal every head that grew since the last seal, in the caller's transaction.

    Two at once: one of them breaks the key, and is refused like any second row of the same key.
    """
    before = latest(session)
    table = AuditHead.__table__
    grown = select(table.c.stream, table.c.position, table.c.digest).where(table.c.position > table.c.sealed)
    heads = [list(row) for row in session.execute(grown.order_by(table.c.stream))]
    values: dict[str, Any] = {
        "number": before.number + 1 if before else 1, "sealed_on": today, "sealed_at": now, "heads": heads,
        "previous": before.digest if before else START,
    }  # fmt: skip
    values["digest"] = seal_digest(values)
    session.add(AuditSeal(**values))
    session.flush()
    # Heads are taken in the order entries take them, the desk's own last: nobody waits in a ring.
    order = sorted(heads, key=lambda head: (head[0] == DESK, head[0]))
    if order:
        reached = update(table).where(table.c.stream == bindparam("its")).values(sealed=bindparam("to"))
        session.connection().execute(
            reached, [{"its": stream, "to": position} for stream, position, _ in order]
        )
    return Seal(values["number"], values["digest"], today, len(heads))


def tell(made: Seal) -> None:
    """One line for the log, once the seal is stored: `check --since` takes its head."""
    log.info("seal head=%s day=%s streams=%s", made.head, made.sealed_on, made.streams)

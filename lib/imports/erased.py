"""Contacts who were erased at their request do not come back with the next file."""

from dataclasses import replace

from sqlalchemy import Connection, or_, select

from lib.imports.batch import Batch
from lib.store.database import parts
from lib.store.models import ErasedContact
from lib.store.personal import key_digest


def refuse(connection: Connection, batch: Batch) -> None:
    """Report the rows of erased contacts, known by their key or e-mail address, without keeping a word of
    them: their other faults lose their excerpts too."""
    if connection.execute(select(ErasedContact.contact_id).limit(1)).first() is None:
        return
    digests = {
        name: [None if text is None else key_digest(text) for text in batch.column(name)]
        for name in ("key", "email")
    }
    known = _known(connection, {d for found in digests.values() for d in found if d is not None})
    refused = [i for i in range(batch.size) if any(found[i] in known for found in digests.values())]
    lines = {batch.lines[i] for i in refused}
    batch.faults = [replace(f, value=None) if f.line in lines else f for f in batch.faults]
    for position in refused:
        batch.report(position, "contact_erased", None)


def _known(connection: Connection, digests: set[str]) -> set[str]:
    found: set[str] = set()
    for wanted in parts(digests):
        statement = select(ErasedContact.key_digest, ErasedContact.email_digest).where(
            or_(ErasedContact.key_digest.in_(wanted), ErasedContact.email_digest.in_(wanted))
        )
        found |= {digest for row in connection.execute(statement) for digest in row if digest is not None}
    return found

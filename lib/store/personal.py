"""What names a contact is on record by reference: an audit entry keeps a token, the text lies beside it.

The token is the SHA-256 of a random salt and the text, so that a changed text shows; emptying salt and text
erases the person for good, and the entry, its digest and every chain stay as they were.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.store.models import PersonalValue

PERSONAL = frozenset(("name", "email", "phone", "title", "external_id"))
REFERENCE = "personal"
ERASED = {"erased": True}  # what readers of the record get in place of an erased text
_SIDES = ("old", "new")
_AT_ONCE = 5_000
_SALTS_AT_ONCE = 64


def token_of(salt: str, text: str) -> str:
    return hashlib.sha256((salt + text).encode()).hexdigest()


def key_digest(text: str) -> str:
    """What an erased contact's key or e-mail address is still recognised by."""
    return hashlib.sha256(f"vip-desk contact {text.strip().casefold()}".encode()).hexdigest()


def by_reference(entries: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Audit entries with what names contacts replaced by tokens, and the rows to keep for these."""
    kept: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    salts = _salts()
    for entry in entries:
        if entry["table_name"] == "contact" and entry["row_id"] is not None:
            sides = {side: _referred(entry[side], entry["row_id"], values, salts) for side in _SIDES}
            entry = entry | sides
        kept.append(entry)
    values.sort(key=lambda row: row["token"])  # in the order of the key a store takes many rows faster
    return kept, values


def _salts() -> Iterator[str]:
    """Random salts, drawn many at once: an import of contacts needs tens of thousands."""
    while True:
        drawn = secrets.token_hex(16 * _SALTS_AT_ONCE)
        yield from (drawn[at : at + 32] for at in range(0, len(drawn), 32))


def _referred(
    held: dict | None, contact_id: int, values: list[dict[str, Any]], salts: Iterator[str]
) -> dict | None:
    if not held:
        return held
    told = dict(held)
    for name in PERSONAL & told.keys():
        text = told[name]
        if isinstance(text, str) and text:
            salt = next(salts)
            token = token_of(salt, text)
            values.append({"token": token, "contact_id": contact_id, "salt": salt, "text": text})
            told[name] = {REFERENCE: token}
    return told


def token_in(value: Any) -> str | None:
    """The token of a value that is a reference, else None."""
    return value.get(REFERENCE) if isinstance(value, dict) and value.keys() == {REFERENCE} else None


def texts(connection: Connection | Session, held: Iterable[dict | None]) -> dict[str, str | None]:
    """The texts behind every reference in these values; None for an erased one."""
    tokens = sorted({t for values in held if values for v in values.values() if (t := token_in(v))})
    found: dict[str, str | None] = dict.fromkeys(tokens)
    table = PersonalValue.__table__
    for start in range(0, len(tokens), _AT_ONCE):
        wanted = select(table.c.token, table.c.text).where(
            table.c.token.in_(tokens[start : start + _AT_ONCE])
        )
        found |= {row.token: row.text for row in connection.execute(wanted)}
    return found


def resolved(connection: Connection | Session, values: dict[str, Any]) -> dict[str, Any]:
    """One side of an entry with its texts in place; an erased one is None."""
    known = texts(connection, [values])
    return {n: known[t] if (t := token_in(v)) else v for n, v in values.items()}

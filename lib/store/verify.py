"""Walks the audit's chains and seals, and names the first record of each stream that is not what it was.

A stream is sound when every entry gives its digest, follows the one before, and the last one is the stream's
head. Seals tell the same of their days; a HEAD that somebody kept elsewhere (`NUMBER:DIGEST` from the log, or
a backup) tells it even of a store whose entries, heads and seals were all computed anew.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.engine import Connection

from lib.store.chain import COVERED, START, digest_of
from lib.store.models import AuditEntry, AuditHead, AuditSeal, PersonalValue
from lib.store.personal import token_of
from lib.store.seals import seal_digest

BATCH = 5_000
_JSON = ("old", "new")


@dataclass(frozen=True)
class Fault:
    """What is wrong with the audit; words under `check-fault-CODE`. `stream`, `position` and `id` name the
    entry (None where there is none), `number` the seal, `what` the columns that differ."""

    code: str
    stream: int | None = None
    position: int | None = None
    id: int | None = None
    number: int | None = None
    what: str = ""


@dataclass
class _Stream:
    """One stream on the walk: where it stands, and whether a fault was named already."""

    number: int
    position: int = 0
    digest: str = START
    faults: list[Fault] = field(default_factory=list)


Sealed = dict[int, list[tuple[int, str, int]]]  # stream: position, digest, number of the seal


def faults(connection: Connection, since: str | None = None) -> Iterator[Fault]:
    """Every fault, the first one of each stream; nothing for a sound store. `since` is `NUMBER:DIGEST`."""
    loose = AuditEntry.stream.is_(None) | AuditEntry.position.is_(None) | AuditEntry.digest.is_(None)
    for row_id in connection.execute(
        select(AuditEntry.id).where(loose).order_by(AuditEntry.id).limit(1)
    ).scalars():
        yield Fault("unchained", id=row_id)
    seals = list(connection.execute(select(*AuditSeal.__table__.c).order_by(AuditSeal.number)))
    yield from _seal_faults(connection, seals)
    if since is not None:
        yield from _since(seals, since)
    sealed: Sealed = {}
    for seal in seals:
        for stream, position, digest in seal.heads:
            sealed.setdefault(stream, []).append((position, digest, seal.number))
    yield from _streams(connection, sealed)
    yield from _personal(connection)


def read_head(since: str) -> tuple[int, str] | None:
    """Number and digest of a HEAD as the log writes it; None when it is not written like one."""
    number, _, digest = since.strip().partition(":")
    sound = (
        number.isascii() and number.isdigit() and len(digest) == 64 and set(digest) <= set("0123456789abcdef")
    )
    return (int(number), digest) if sound else None


def _streams(connection: Connection, sealed: Sealed) -> Iterator[Fault]:
    """Each stream's entries in order, beside its head and what seals say of it."""
    heads = {row.stream: row for row in connection.execute(select(*AuditHead.__table__.c))}
    walked: set[int] = set()
    current: _Stream | None = None
    for row in entries(connection):
        if current is None or row["stream"] != current.number:
            if current is not None:
                yield from _closed(current, heads.get(current.number), sealed.get(current.number, []))
            current = _Stream(row["stream"])
            walked.add(current.number)
        if not current.faults:
            _look(current, row, sealed.get(current.number, []))
    if current is not None:
        yield from _closed(current, heads.get(current.number), sealed.get(current.number, []))
    for stream in sorted((heads.keys() | sealed.keys()) - walked):
        yield from _closed(_Stream(stream), heads.get(stream), sealed.get(stream, []))


def _look(stream: _Stream, row: dict[str, Any], seals: list[tuple[int, str, int]]) -> None:
    """Moves the stream on by one entry, or keeps the first fault."""
    named = {"stream": stream.number, "position": row["position"], "id": row["id"]}
    if row["position"] != stream.position + 1:
        stream.faults.append(Fault("gap", what=str(stream.position), **named))
    elif digest_of(row) != row["digest"]:
        stream.faults.append(Fault("altered", **named))
    elif row["previous"] != stream.digest:
        stream.faults.append(Fault("unlinked", **named))
    elif (row["account_id"] or 0) != stream.number:
        stream.faults.append(Fault("misplaced", **named))
    stream.position, stream.digest = row["position"], row["digest"]
    while seals and seals[0][0] <= stream.position and not stream.faults:
        position, digest, number = seals.pop(0)
        if (position, digest) != (stream.position, stream.digest):
            stream.faults.append(Fault("rewritten", number=number, **named))


def _closed(stream: _Stream, head: Any, seals: list[tuple[int, str, int]]) -> Iterator[Fault]:
    """The stream's end beside its head; what seals know beyond it was cut."""
    if stream.faults:
        yield stream.faults[0]
        return
    at = {"stream": stream.number, "position": stream.position}
    if seals:
        yield Fault(
            "cut_sealed", stream.number, stream.position + 1, number=seals[-1][2], what=str(seals[-1][0])
        )
    elif head is None:
        yield Fault("headless", **at)
    elif head.position > stream.position:
        yield Fault("cut", stream.number, stream.position + 1, what=str(head.position))
    elif head.position < stream.position:
        yield Fault("beyond", stream.number, head.position + 1)
    elif head.digest != stream.digest:
        yield Fault("head", **at)


def entries(connection: Connection, first: int | None = None) -> Iterator[dict[str, Any]]:
    """Every chained entry by stream and position, streamed, with the values as a digest covers them."""
    table, text = AuditEntry.__table__, connection.dialect.name == "sqlite"
    columns = [
        type_coerce(table.c[n], String).label(n) if text and n in ("happened_at", *_JSON) else table.c[n]
        for n in ("id", *COVERED, "digest")
    ]
    wanted = select(*columns).where(table.c.stream.is_not(None)).order_by(table.c.stream, table.c.position)
    if first is not None:
        wanted = wanted.where(table.c.stream == first)
    result = connection.execute(wanted, execution_options={"stream_results": True, "max_row_buffer": BATCH})
    names = list(result.keys())
    while rows := result.fetchmany(BATCH):
        for row in rows:
            entry = dict(zip(names, row, strict=True))
            if text:
                entry["happened_at"] = _moment(entry["happened_at"])
                for name in _JSON:
                    entry[name] = None if entry[name] is None else json.loads(entry[name])
            yield entry


def _moment(stored: str) -> datetime | str:
    """SQLite's text as the digest writes it; parsing it into an instant would take most of the walk."""
    if len(stored) == 26:
        return f"{stored[:10]}T{stored[11:]}+00:00"
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


def _seal_faults(connection: Connection, seals: list[Any]) -> Iterator[Fault]:
    """Seals without a gap, each following the one before; those on record are there."""
    previous, expected, reach = START, 1, {}
    for seal in seals:
        if seal.number != expected:
            yield Fault("seal_gap", number=expected)
            return
        if seal.previous != previous or seal.digest != seal_digest(seal._mapping):
            yield Fault("seal_altered", number=seal.number)
            return
        reach |= {stream: position for stream, position, _ in seal.heads}
        previous, expected = seal.digest, expected + 1
    e = AuditEntry
    told = select(e.row_id, e.new, e.stream, e.position, e.id).where(
        e.command == "audit.seal", e.table_name == "audit_seal"
    )
    known = {seal.number: seal.digest for seal in seals}
    for row in connection.execute(told.order_by(e.row_id)):
        if known.get(row.row_id) != (row.new or {}).get("digest"):
            yield Fault("seal_missing", row.stream, row.position, row.id, row.row_id)
            return
    for head in connection.execute(select(AuditHead.stream, AuditHead.sealed).order_by(AuditHead.stream)):
        if head.sealed != reach.get(head.stream, 0):
            yield Fault("seal_reach", head.stream, head.sealed)
            return


def _since(seals: list[Any], since: str) -> Iterator[Fault]:
    """A HEAD somebody kept: its seal must be there, with that digest."""
    number, digest = read_head(since) or (0, "")
    found = next((seal for seal in seals if seal.number == number), None)
    if found is None:
        yield Fault("since_cut", number=number, what=str(seals[-1].number if seals else 0))
    elif found.digest != digest:
        yield Fault("since_rewritten", number=number, what=str(found.sealed_on))


def _personal(connection: Connection) -> Iterator[Fault]:
    """Texts that no longer give their token."""
    table = PersonalValue.__table__
    kept = select(table.c.token, table.c.salt, table.c.text, table.c.contact_id).where(
        table.c.text.is_not(None)
    )
    for row in connection.execute(kept, execution_options={"stream_results": True, "max_row_buffer": BATCH}):
        if token_of(row.salt or "", row.text) != row.token:
            yield Fault("personal", id=row.contact_id, what=row.token[:12])
            return


def differing(connection: Connection, kept: Iterable[dict[str, Any]]) -> Iterator[Fault]:
    """Entries that somebody kept (a backup's) beside the store's: those that are gone or differ.

    `kept` are dicts of COVERED, `id` and `digest`, `happened_at` as ISO text, chained ones only.
    """
    table = AuditEntry.__table__
    part: list[dict[str, Any]] = []

    def compare() -> Iterator[Fault]:
        wanted = select(table.c.id, *(table.c[n] for n in COVERED), table.c.digest).where(
            table.c.id.in_([row["id"] for row in part])
        )
        there = {row.id: dict(row._mapping) for row in connection.execute(wanted)}
        for row in part:
            named = {"stream": row["stream"], "position": row["position"], "id": row["id"]}
            found = there.get(row["id"])
            if found is None:
                yield Fault("kept_gone", **named)
                continue
            found["happened_at"] = found["happened_at"].isoformat(timespec="microseconds")
            if other := [n for n in (*COVERED, "digest") if found[n] != row[n]]:
                yield Fault("kept_differs", what=", ".join(other), **named)

    for row in kept:
        part.append(row)
        if len(part) == BATCH:
            yield from compare()
            part.clear()
    yield from compare()


def counts(connection: Connection) -> tuple[int, int]:
    """Entries and seals of the store."""
    total = connection.execute(select(func.count()).select_from(AuditEntry)).scalar_one()
    return total, connection.execute(select(func.count()).select_from(AuditSeal)).scalar_one()

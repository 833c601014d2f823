"""Chains the audit entries of stores that were made before entries were chained.

Each entry gets its stream, position, digest and the digest before it, in the order it was written; what names
a contact moves into personal_value, and the entry keeps the token. The guards of the table are set aside for
this inside the transaction, and armed again. Nothing of the desk is imported: this is what it was then.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import UTC
from itertools import product

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

AT_ONCE = 5_000
START = "0" * 64
PERSONAL = ("name", "email", "phone", "title", "external_id")
COVERED = (
    "stream", "position", "previous", "happened_at", "person_id", "acting_as", "address", "command",
    "table_name", "row_id", "account_id", "old", "new", "reason",
)  # fmt: skip
MOMENT = sa.DateTime().with_variant(sa.DateTime(timezone=True), "postgresql")
ENTRY = sa.table(
    "audit_entry", sa.column("id", sa.Integer), sa.column("happened_at", MOMENT),
    *(sa.column(name, sa.Integer) for name in ("person_id", "row_id", "account_id", "stream", "position")),
    *(sa.column(name, sa.String) for name in
      ("acting_as", "address", "command", "table_name", "reason", "previous", "digest")),
    sa.column("old", sa.JSON), sa.column("new", sa.JSON),
)  # fmt: skip
HEAD = sa.table(
    "audit_head", sa.column("stream", sa.Integer), sa.column("position", sa.Integer),
    sa.column("digest", sa.String), sa.column("sealed", sa.Integer),
)  # fmt: skip
VALUE = sa.table(
    "personal_value", sa.column("token", sa.String), sa.column("contact_id", sa.Integer),
    sa.column("salt", sa.String), sa.column("text", sa.String),
)  # fmt: skip
ACTS = ("UPDATE", "DELETE")


def upgrade() -> None:
    connection = op.get_bind()
    _disarm(connection, "audit_entry")
    heads = {row.stream: (row.position, row.digest) for row in connection.execute(sa.select(HEAD))}
    known = set(heads)
    for rows in _unchained(connection):
        _chain(connection, rows, heads)
    new = [{"stream": s, "position": p, "digest": d, "sealed": 0} for s, (p, d) in heads.items()]
    for start in range(0, len(new), AT_ONCE):
        part = new[start : start + AT_ONCE]
        if there := [row for row in part if row["stream"] in known]:
            connection.execute(
                sa.update(HEAD).where(HEAD.c.stream == sa.bindparam("its"))
                .values(position=sa.bindparam("p"), digest=sa.bindparam("d")),
                [{"its": row["stream"], "p": row["position"], "d": row["digest"]} for row in there],
            )  # fmt: skip
        if fresh := [row for row in part if row["stream"] not in known]:
            connection.execute(sa.insert(HEAD), fresh)
    _arm(connection, "audit_entry")


def downgrade() -> None:
    """Takes the chains off again: names return into their entries; heads and seals would say nothing more."""
    connection = op.get_bind()
    _disarm(connection, "audit_entry", "audit_seal")
    texts = {row.token: row.text for row in connection.execute(sa.select(VALUE.c.token, VALUE.c.text))}
    last = -1
    told = sa.select(ENTRY).where(ENTRY.c.table_name == "contact").order_by(ENTRY.c.id).limit(AT_ONCE)
    while rows := connection.execute(told.where(ENTRY.c.id > last)).fetchall():
        last = rows[-1].id
        back = [{"its": r.id, "o": _named(r.old, texts), "w": _named(r.new, texts)} for r in rows]
        connection.execute(
            sa.update(ENTRY).where(ENTRY.c.id == sa.bindparam("its")).values(
                old=sa.bindparam("o", type_=sa.JSON), new=sa.bindparam("w", type_=sa.JSON)
            ),
            back,
        )  # fmt: skip
    connection.execute(sa.update(ENTRY).values(stream=None, position=None, previous=None, digest=None))
    for table in ("audit_head", "audit_seal", "personal_value"):
        connection.exec_driver_sql(f"DELETE FROM {table}")
    _arm(connection, "audit_entry", "audit_seal")


def _named(held: dict | None, texts: dict[str, str | None]) -> dict | None:
    """References as the texts they stand for; None for an erased one."""
    if not held:
        return held
    return {n: texts.get(v["personal"]) if isinstance(v, dict) and "personal" in v else v for n, v in held.items()}


def _unchained(connection: sa.Connection) -> Iterator[list[sa.Row]]:
    last = -1
    wanted = sa.select(ENTRY).where(ENTRY.c.stream.is_(None)).order_by(ENTRY.c.id).limit(AT_ONCE)
    while rows := connection.execute(wanted.where(ENTRY.c.id > last)).fetchall():
        last = rows[-1].id
        yield rows


def _chain(connection: sa.Connection, rows: list[sa.Row], heads: dict[int, tuple[int, str]]) -> None:
    values: list[dict] = []
    chained: list[dict] = []
    for row in rows:
        entry = dict(row._mapping)
        stream = entry["account_id"] or 0
        position, previous = heads.get(stream, (0, START))
        entry |= {"stream": stream, "position": position + 1, "previous": previous}
        if entry["table_name"] == "contact" and entry["row_id"] is not None:
            for side in ("old", "new"):
                entry[side] = _referred(entry[side], entry["row_id"], values)
        digest = _digest(entry)
        heads[stream] = (position + 1, digest)
        chained.append(
            {"its": entry["id"], "n": entry["position"], "s": stream, "p": previous, "d": digest,
             "o": entry["old"], "w": entry["new"]}
        )  # fmt: skip
    if values:
        connection.execute(sa.insert(VALUE), values)
    connection.execute(
        sa.update(ENTRY).where(ENTRY.c.id == sa.bindparam("its")).values(
            stream=sa.bindparam("s"), position=sa.bindparam("n"), previous=sa.bindparam("p"),
            digest=sa.bindparam("d"), old=sa.bindparam("o", type_=sa.JSON), new=sa.bindparam("w", type_=sa.JSON),
        ),
        chained,
    )  # fmt: skip


def _referred(held: dict | None, contact_id: int, values: list[dict]) -> dict | None:
    told = dict(held) if held else held
    for name in PERSONAL:
        text = (held or {}).get(name)
        if isinstance(text, str) and text:
            salt = secrets.token_hex(16)
            token = hashlib.sha256((salt + text).encode()).hexdigest()
            values.append({"token": token, "contact_id": contact_id, "salt": salt, "text": text})
            told[name] = {"personal": token}
    return told


def _digest(entry: dict) -> str:
    at = entry["happened_at"]
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    values = [entry[n] if n != "happened_at" else at.isoformat(timespec="microseconds") for n in COVERED]
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _disarm(connection: sa.Connection, *tables: str) -> None:
    for table, act in product(tables, ACTS):
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
        else:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_{act}")


def _arm(connection: sa.Connection, *tables: str) -> None:
    for table, act in product(tables, ACTS):
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}\n"
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        else:
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_{act}")

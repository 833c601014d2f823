"""What a row says about other rows by key: parent, owner, backup, seller, manager, role. Compared as keys,
written after the rows themselves, because a file may name what it brings further down."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from lib.imports.batch import Batch
from lib.imports.existing import Row
from lib.imports.kinds import Kind
from lib.imports.lookups import Lookups
from lib.store.database import parts
from lib.store.models import Account, Assignment, AuditEntry, Contract, Person, PersonRole

_NAMES = {"accounts": ("parent", "owner", "backup", "sales"), "people": ("manager", "role")}
SELF = {"accounts": "parent", "people": "manager"}
DUTIES = ("owner", "backup", "sales")
Current = dict[int, dict[str, set[str]]]


def names(kind: Kind) -> tuple[str, ...]:
    return _NAMES.get(kind.name, ())


@dataclass
class Linked:
    """Per field the wanted key of each row (None: nothing to write), which rows differ, whom to add."""

    wanted: dict[str, list[str | None]] = field(default_factory=dict)
    differs: dict[int, set[str]] = field(default_factory=dict)
    create: dict[str, set[str]] = field(default_factory=dict)
    current: Current = field(default_factory=dict)


def compare(
    connection: Connection,
    batch: Batch,
    keys: list[Hashable],
    known: dict[Hashable, Row],
    fates: list[str],
    lookups: Lookups,
) -> Linked:
    """The links of every good row; a row whose link alone differs becomes a changed one."""
    found = Linked()
    for name in names(batch.kind):
        if name in batch.values:
            found.wanted[name] = _known(batch, name, keys, lookups, found)
    _one_person_one_duty(batch, found)
    stored = {i: known[keys[i]].id for i in batch.good() if keys[i] in known}
    found.current = _current(connection, batch.kind, list(stored.values()))
    for position, row_id in stored.items():
        now = found.current.get(row_id, {})
        different = {n for n, w in found.wanted.items() if _differs(n, w[position], now.get(n, set()))}
        if different:
            found.differs[position] = different
    _keep_hand_made(connection, batch, stored, found)
    for position in found.differs:
        fates[position] = "changed"
    return found


def _differs(name: str, wanted: str | None, now: set[str]) -> bool:
    """An empty cell ends no duty and takes no role; it does clear a parent or a manager."""
    if wanted is None:
        return name in SELF.values() and bool(now)
    return wanted not in now


def _known(
    batch: Batch, name: str, keys: list[Hashable], lookups: Lookups, found: Linked
) -> list[str | None]:
    """The wanted keys, without those that exist neither in the store nor among the good rows of the file."""
    wanted = list(batch.values[name])
    item = batch.kind.field(name)
    if not item.refers:
        return wanted
    own = {keys[i] for i in batch.good()} if item.refers == batch.kind.name else set()
    for position, (key, info) in enumerate(zip(wanted, lookups.infos(item.refers, wanted), strict=True)):
        if key is None or info is not None or key in own:
            continue
        if name in batch.plan.create:
            found.create.setdefault(name, set()).add(key)
        else:
            batch.remark(position, "unknown_reference", name, refers=item.refers)
            wanted[position] = None
    return wanted


def _one_person_one_duty(batch: Batch, found: Linked) -> None:
    pairs = zip(found.wanted.get("owner", []), found.wanted.get("backup", []), strict=False)
    for position, (owner, backup) in enumerate(pairs):
        if owner is not None and owner == backup:
            batch.remark(position, "backup_is_owner", "backup")
            found.wanted["backup"][position] = None


def _current(connection: Connection, kind: Kind, ids: list[int]) -> Current:
    held: Current = {}
    for wanted in parts(ids):
        for row_id, name, key in _read_current(connection, kind, wanted):
            held.setdefault(row_id, {}).setdefault(name, set()).add(key)
    return held


def _read_current(connection: Connection, kind: Kind, ids: list[int]) -> list[tuple[int, str, str]]:
    model = Account if kind.name == "accounts" else Person
    above, name = aliased(model), SELF[kind.name]
    link = model.parent_id if kind.name == "accounts" else model.manager_id
    up = select(model.id, above.external_id).join(above, above.id == link).where(model.id.in_(ids))
    rows = [(i, name, key) for i, key in connection.execute(up)]
    if kind.name == "accounts":
        duties = (
            select(Assignment.account_id, Assignment.duty, Person.external_id)
            .join(Person, Person.id == Assignment.person_id)
            .where(Assignment.account_id.in_(ids), Assignment.until.is_(None))
        )
        return rows + [tuple(row) for row in connection.execute(duties)]
    roles = select(PersonRole.person_id, PersonRole.role).where(PersonRole.person_id.in_(ids))
    return rows + [(i, "role", role) for i, role in connection.execute(roles)]


def _keep_hand_made(connection: Connection, batch: Batch, stored: dict[int, int], found: Linked) -> None:
    """A duty that a person handed over stays with whom they gave it to; the file's name is listed."""
    mine = {stored[i]: i for i, different in found.differs.items() if different & {"owner", "backup"}}
    for wanted in parts(mine):
        handed = select(AuditEntry.account_id, AuditEntry.new).where(
            AuditEntry.command == "accounts.set_owner", AuditEntry.account_id.in_(wanted)
        )
        for account_id, new in connection.execute(handed):
            position, duty = mine[account_id], (new or {}).get("duty")
            if duty in found.differs.get(position, set()):
                now = ", ".join(sorted(found.current.get(account_id, {}).get(duty, set())))
                batch.remark(position, "manual_kept", duty, kept=now)
                found.wanted[duty][position] = None
                found.differs[position].discard(duty)
                if not found.differs[position]:
                    del found.differs[position]


def contract_starts(connection: Connection, account_ids: set[Any]) -> set[tuple]:
    """(account, product line, currency, start) of every contract of these accounts."""
    found: set[tuple] = set()
    for wanted in parts(i for i in account_ids if i is not None):
        statement = select(
            Contract.account_id, Contract.product_line, Contract.currency, Contract.starts_on
        ).where(Contract.account_id.in_(wanted))
        found |= {tuple(row) for row in connection.execute(statement)}
    return found

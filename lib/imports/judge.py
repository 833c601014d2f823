"""Decides the fate of every row of a chunk against the store, and writes nothing."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table

from lib.access import Viewer
from lib.imports import erased, links
from lib.imports.batch import Batch
from lib.imports.checks import to_store
from lib.imports.existing import Row, manual_fields, read_existing
from lib.imports.intake import type_column
from lib.imports.kinds import Kind
from lib.imports.likeness import LookAlikes
from lib.imports.links import Linked
from lib.imports.lookups import Lookups
from lib.imports.mapping import Plan, cells
from lib.imports.source import Chunk, Fault
from lib.store.models import metadata

NOT_COMPARED = frozenset(("can_leave_on",))  # follows from the day of the import, not from the file
_ROOTED = frozenset(("users", "contracts", "subscriptions"))
NEW, CHANGED, UNCHANGED, REPORTED = "new", "changed", "unchanged", "reported"


@dataclass(frozen=True)
class Change:
    """One row that differs: what it holds and what it is to hold, by store column."""

    position: int
    row: Row
    old: dict[str, Any]
    new: dict[str, Any]


@dataclass
class Judged:
    """A chunk with its verdicts. `fates` has one entry a row of the batch."""

    batch: Batch
    table: Table
    key: tuple[str, ...]
    fates: list[str] = field(default_factory=list)
    inserts: list[int] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    kept: list[tuple[Row, str, Any]] = field(default_factory=list)  # a value a person holds, and the file's
    links: Linked | None = None
    counts: Counter = field(default_factory=Counter)

    @property
    def faults(self) -> list[Fault]:
        return self.batch.faults


class Judge:
    """Judges chunk after chunk of one file; knows the keys it has seen."""

    def __init__(self, connection: Connection, viewer: Viewer, kind: Kind, plan: Plan) -> None:
        self.connection, self.viewer, self.kind, self.plan = connection, viewer, kind, plan
        self.lookups = Lookups(connection, viewer)
        self._seen: set[Hashable] = set()
        self._likeness = LookAlikes(connection, viewer) if kind.name == "accounts" else None
        by_account = kind.name == "activity" and "user" not in plan.mapped
        self.table = metadata.tables["account_day" if by_account else kind.table]
        self.key = ("account_id", "day") if by_account else kind.key

    def judge(self, chunk: Chunk) -> Judged:
        """The chunk typed, resolved, checked and compared with what the store holds now."""
        batch = self._typed(chunk)
        self._refer(batch)
        if self.kind.name == "contacts":
            erased.refuse(self.connection, batch)
        to_store(batch)
        self._take_defaults(batch)
        keys = self._keys(batch)
        if self._likeness:
            self._likeness.flag(batch)
        judged = Judged(batch, self.table, self.key)
        self._compare(judged, keys)
        self._count(judged, chunk)
        return judged

    def _typed(self, chunk: Chunk) -> Batch:
        batch = Batch(self.kind, self.plan, chunk.lines, self.viewer.today, self.viewer.now)
        formats = self.plan.formats(self.viewer.zone)
        batch.texts = dict(cells(self.kind, self.plan, chunk))
        self._report_cells(batch, chunk)
        for name, texts in batch.texts.items():
            item = self.kind.field(name)
            values, bad, other_style = type_column(item, texts, formats)
            batch.values[name] = values
            batch.report_bad(name, bad)
            if other_style is not None:
                batch.remark(other_style, "mixed_date_styles", name)
            if item.required and None in values:
                gaps = (i for i, v in enumerate(values) if v is None and i not in bad)
                for position in [i for i in gaps if i not in batch.errors]:
                    batch.report(position, "missing", name)
        return batch

    def _report_cells(self, batch: Batch, chunk: Chunk) -> None:
        """Formula and error cells keep the row out where their column is read; elsewhere they are named."""
        used = self.plan.used_columns()
        positions = {line: i for i, line in enumerate(batch.lines)} if chunk.cells else {}
        for fault in chunk.cells:
            matters = fault.column in used
            batch.faults.append(
                Fault(fault.line, fault.code, fault.column, fault.value, "error" if matters else "warning")
            )
            if matters and fault.line in positions:
                batch.errors.add(positions[fault.line])

    def _refer(self, batch: Batch) -> None:
        for item in self.kind.fields:
            if not item.refers or item.name not in batch.values or item.name in links.names(self.kind):
                continue
            keys = batch.values[item.name]
            infos = self.lookups.infos(item.refers, keys)
            batch.infos[item.name] = infos
            if None not in infos:
                continue
            for position, (wanted, info) in enumerate(zip(keys, infos, strict=True)):
                if wanted is not None and info is None:
                    severity = "error" if item.firm else "warning"
                    batch.report(position, "unknown_reference", item.name, severity, refers=item.refers)

    def _take_defaults(self, batch: Batch) -> None:
        """Empty cells of columns that must hold something get what the table gives new rows."""
        for name in [n for n in batch.store if n not in self.table.c]:
            del batch.store[name]
        if self.kind.name == "notes":
            authors = batch.store.get("author_id") or [None] * batch.size
            batch.store["author_id"] = [a or self.viewer.person_id for a in authors]
        for name, values in batch.store.items():
            column = self.table.c[name]
            if not column.nullable and column.default is not None and None in values:
                batch.store[name] = [column.default.arg if v is None else v for v in values]

    def _keys(self, batch: Batch) -> list[Hashable]:
        """The identity of each row; a second row of the same identity in this file is reported."""
        columns = [batch.store[name] for name in self.key]
        keys = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
        name = "key" if "key" in batch.texts else "day"
        fresh = set(keys)
        if len(fresh) == len(keys) and not fresh & self._seen and not batch.errors:
            self._seen |= fresh
            return keys
        for position, identity in enumerate(keys):
            if position in batch.errors:
                continue
            if identity in self._seen:
                batch.report(position, "twice_in_file", name)
            self._seen.add(identity)
        return keys

    def _compare(self, judged: Judged, keys: list[Hashable]) -> None:
        batch = judged.batch
        compared = [n for n in batch.store if n not in judged.key and n not in NOT_COMPARED]
        good = list(batch.good())
        known = read_existing(self.connection, self.viewer, self.table, judged.key,
                              [keys[i] for i in good], compared)  # fmt: skip
        judged.fates = [REPORTED] * batch.size
        rows = list(zip(*(batch.store[n] for n in compared), strict=True)) or [()] * batch.size
        differing = []
        for position in good:
            row = known.get(keys[position])
            if row is None:
                judged.fates[position] = NEW
            elif row.values == rows[position]:
                judged.fates[position] = UNCHANGED
            else:
                differing.append((position, row))
        self._explain(judged, differing, compared, rows)
        if links.names(self.kind):
            judged.links = links.compare(self.connection, batch, keys, known, judged.fates, self.lookups)
        judged.inserts = [i for i in good if judged.fates[i] == NEW]
        if self.table.name == "contract" and judged.inserts:
            self._refuse_clashes(judged)

    def _explain(
        self, judged: Judged, differing: list[tuple[int, Row]], compared: list[str], rows: list[tuple]
    ) -> None:
        """What differs field by field; values a person holds stay and are listed with the file's own."""
        held = manual_fields(self.connection, self.table.name, [r.id for _, r in differing if r.id])
        batch = judged.batch
        for position, row in differing:
            pairs = zip(compared, row.values, rows[position], strict=True)
            changes = {n: (old, new) for n, old, new in pairs if old != new}
            for name in held.get(row.id, ()) & changes.keys():
                old, new = changes.pop(name)
                judged.kept.append((row, name, new))
                shown = name if name in batch.texts else name.removesuffix("_minor")
                batch.remark(position, "manual_kept", shown, kept=str(old))
            if changes and (refusal := self._cannot_change(row, changes)):
                batch.report(position, *refusal)
                continue
            judged.fates[position] = CHANGED if changes else UNCHANGED
            if changes:
                old, new = ({n: pair[k] for n, pair in changes.items()} for k in (0, 1))
                judged.changes.append(Change(position, row, old, new))

    def _cannot_change(self, row: Row, changes: dict[str, tuple]) -> tuple[str, str] | None:
        """Code and field of what stays as it is: records, days known by user, and the account of a row on
        which activity, contracts or renewals hang."""
        if self.kind.append_only:
            return "append_only", "key"
        if row.locked:
            return "day_has_users", "day"
        if self.kind.name in _ROOTED and "account_id" in changes:
            return "account_moved", "account"
        return None

    def _refuse_clashes(self, judged: Judged) -> None:
        """A second contract of one account, product line, currency and start."""
        batch = judged.batch
        parts = ("account_id", "product_line", "currency", "starts_on")
        columns = [batch.store.get(p) or ["USD"] * batch.size for p in parts]
        taken = links.contract_starts(self.connection, {columns[0][i] for i in judged.inserts})
        for position in list(judged.inserts):
            start = tuple(column[position] for column in columns)
            if start in taken:
                batch.report(position, "contract_clash", "starts_on")
                judged.fates[position] = REPORTED
                judged.inserts.remove(position)
            taken.add(start)

    def _count(self, judged: Judged, chunk: Chunk) -> None:
        judged.batch.faults += chunk.ragged
        judged.counts = Counter(judged.fates)
        judged.counts[REPORTED] += len(chunk.ragged)
        judged.counts["blank"] = chunk.blank
        judged.counts["read"] = chunk.read

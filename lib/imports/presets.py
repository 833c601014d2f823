"""Named mappings: those that ship with the desk (data/presets) and those people saved, which win."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from lib.errors import Invalid
from lib.imports.kinds import KINDS, Kind
from lib.imports.mapping import Plan, fitted, plan_from, propose
from lib.settings import ROOT
from lib.store.models import ImportPreset

FOLDER = ROOT / "data" / "presets"


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Mapping[str, Any]]:
    """Preset name to kind to body, as the files say."""
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))
    }


def saved(connection: Connection, kind: str) -> dict[str, dict[str, Any]]:
    """Mappings people saved for a kind, by name."""
    rows = connection.execute(
        select(ImportPreset.name, ImportPreset.mapping).where(ImportPreset.kind == kind)
    )
    return {row.name: row.mapping for row in rows}


def for_kind(connection: Connection, kind: Kind) -> dict[str, Plan]:
    """Every preset of a kind by name, saved ones before shipped ones of the same name."""
    bodies = {name: kinds[kind.name] for name, kinds in shipped().items() if kind.name in kinds}
    return {name: plan_from(kind, body) for name, body in {**bodies, **saved(connection, kind.name)}.items()}


def named(connection: Connection, kind: Kind, name: str) -> Plan:
    """Raises Invalid("import_preset_unknown"), which names those there are."""
    known = for_kind(connection, kind)
    if name not in known:
        raise Invalid("import_preset_unknown", name=name, kind=kind.name, names=", ".join(sorted(known)))
    return known[name]


def best_fit(connection: Connection, kind: Kind, header: Sequence[str]) -> str | None:
    """The preset whose columns are all in the file and are the most; None when none fits."""
    there, found = set(header), None
    for name, plan in sorted(for_kind(connection, kind).items()):
        used = plan.used_columns()
        if used <= there and (found is None or len(used) > found[0]):
            found = (len(used), name)
    return found[1] if found else None


def likely_kinds(connection: Connection, header: Sequence[str]) -> list[str]:
    """Kinds whose required fields the header can fill, the best first: by a preset, else by names."""
    scored = []
    for order, kind in enumerate(KINDS.values()):
        preset = best_fit(connection, kind, header)
        plan = named(connection, kind, preset) if preset else propose(kind, header)
        try:
            fitted(kind, plan, header)
        except Invalid:
            continue
        scored.append((preset is None, -len(plan.used_columns()), order, kind.name))
    return [row[-1] for row in sorted(scored)]

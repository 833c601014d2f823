"""What can be chosen for one field of a mapping, as codes a page can show and a mapping can take. Pure.

A code is empty (not imported), "col:NAME" (a column), "fix:VALUE" (one value for every row) or "own" (the
template, rules or constant the mapping came with).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lib.imports.fields import Field, Type
from lib.imports.kinds import KINDS
from lib.imports.mapping import Plan, plan_from

NOTHING, OWN = "", "own"


@dataclass(frozen=True)
class Box:
    """One field of a mapping: what can be chosen, what holds, and what it is computed from otherwise."""

    name: str
    required: bool
    options: list[str]
    current: str
    computed: str | None


def boxes(kind: str, mapping: Mapping[str, Any], header: Sequence[str]) -> list[Box]:
    """A box for every field of the kind, in order."""
    plan = plan_from(KINDS[kind], mapping)
    return [
        Box(
            f.name, f.required, options(plan, f, header), chosen(plan, f.name, header), computed(plan, f.name)
        )
        for f in KINDS[kind].fields
    ]


def applied(
    kind: str, mapping: Mapping[str, Any], header: Sequence[str], codes: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """The mapping with every field as its code says, and the columns nothing reads."""
    plan = plan_from(KINDS[kind], mapping)
    for name, code in codes.items():
        plan = with_choice(plan, name, code)
    return plan.to_dict(), [c for c in header if c not in plan.used_columns()]


def computed(plan: Plan, name: str) -> str | None:
    """What a mapping fills a field with, other than a column."""
    if name in plan.templates:
        return plan.templates[name]
    if name in plan.constants:
        return plan.constants[name]
    return " / ".join(rule["value"] for rule in plan.choose[name]) if name in plan.choose else None


def chosen(plan: Plan, name: str, header: Sequence[str]) -> str:
    """The code that says what the mapping does now."""
    if plan.columns.get(name) in header:
        return f"col:{plan.columns[name]}"
    return OWN if computed(plan, name) is not None else NOTHING


def options(plan: Plan, item: Field, header: Sequence[str]) -> list[str]:
    fixed = [f"fix:{value}" for value in item.choices]
    fixed += ["fix:true", "fix:false"] if item.type is Type.BOOL else []
    own = [OWN] if computed(plan, item.name) is not None else []
    return [NOTHING, *own, *(f"col:{column}" for column in header), *fixed]


def with_choice(plan: Plan, name: str, code: str) -> Plan:
    """The mapping with this field filled as the code says, whatever filled it before."""
    if code == OWN:
        return plan
    without = {part: {k: v for k, v in getattr(plan, part).items() if k != name}
               for part in ("columns", "templates", "constants", "choose")}  # fmt: skip
    how, _, value = code.partition(":")
    if how == "col":
        without["columns"][name] = value
    elif how == "fix":
        without["constants"][name] = value
    return replace(plan, **without)

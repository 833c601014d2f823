"""The published standard in words: clauses of the library, what each tier holds, the seasons. Pure.

Texts of the policy name figures in braces, `{quotes.limits[24].approve_above}`; whoever shows them fills them
from the values that hold, so that a clause never says another figure than the rule.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lib.policy.rules import filled

LIBRARY = ("library_discount", "library_season", "library_custom")
Figure = Callable[[str, str], str]


@dataclass(frozen=True)
class Clause:
    """One clause of a document of the library, figures filled in, in one language."""

    document: str
    number: str
    title: str
    text: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Tier:
    """One published tier with everything it holds, the rights of lower tiers included, lowest first."""

    code: str
    name: str
    fits: str
    rights: tuple[str, ...]


def clauses(document: str, body: Mapping[str, Any], language: str, figure: Figure) -> list[Clause]:
    """The clauses of one document of LIBRARY, in order."""
    end = "zh" if language == "zh-CN" else "en"
    return [
        Clause(document, row["number"], row[f"title_{end}"], filled(row[f"text_{end}"], figure),
               tuple(row.get("rules", ())))
        for row in body["clauses"]
    ]  # fmt: skip


def clause_for(rule: str, level: str, body: Mapping[str, Any], kind: str = "discount") -> str | None:
    """The number of the clause a guardrail's message links, from the document "library_discount".

    `rule` is the guardrail's name on the quote: D-20, D-30, D-30/24 for long terms, M-15; `level` what it
    asks for: free, justify, approve or stop; `kind` the measure. None where no clause speaks of it.
    """
    letter, _, rest = rule.partition("-")
    wanted = "margin" if letter == "M" else "long_term" if "/" in rest else f"discount_{level}"
    if kind not in ("discount", "once", "margin"):
        wanted = kind
    if level == "stop":
        wanted = "stop"
    known = (row["number"] for row in body["clauses"] if wanted in row.get("rules", ()))
    return next(known, None)


def tiers(body: Mapping[str, Any], language: str, figure: Figure) -> list[Tier]:
    """The published tiers, lowest first, from the document "tiers"."""
    end = "zh" if language == "zh-CN" else "en"
    order = [row["code"] for row in body["tiers"]]
    return [
        Tier(row["code"], row[f"name_{end}"], filled(row[f"fits_{end}"], figure),
             tuple(right["code"] for right in body["rights"] if order.index(right["from_tier"]) <= place))
        for place, row in enumerate(body["tiers"])
    ]  # fmt: skip


def rights(body: Mapping[str, Any], language: str, figure: Figure) -> dict[str, str]:
    """Every right by its code, in words, in the order of the tiers that bring it."""
    end = "zh" if language == "zh-CN" else "en"
    order = [row["code"] for row in body["tiers"]]
    rows = sorted(body["rights"], key=lambda row: order.index(row["from_tier"]))
    return {row["code"]: filled(row[f"name_{end}"], figure) for row in rows}


@dataclass(frozen=True)
class Level:
    """A loyalty level: from which growth value, points as a multiple, share off, priority lane."""

    name: str
    growth_from: int
    multiplier: Decimal
    discount: Decimal
    priority: bool


def loyalty(body: Mapping[str, Any], language: str) -> list[Level]:
    end = "zh" if language == "zh-CN" else "en"
    return [
        Level(row[f"name_{end}"], row["growth_from"], Decimal(row["points_multiplier"]),
              Decimal(row["discount"]), row["priority_lane"])
        for row in body["loyalty"]
    ]  # fmt: skip


def categories(body: Mapping[str, Any], language: str, figure: Figure) -> dict[str, list[tuple[str, str]]]:
    """The lists of the document "categories": name and help of each entry, by list."""
    end = "zh" if language == "zh-CN" else "en"
    tables: Sequence[tuple[str, Any]] = [
        (name, rows) for name, rows in body.items() if isinstance(rows, list)
    ]
    return {
        name: [(row[f"name_{end}"], filled(row[f"help_{end}"], figure)) for row in rows]
        for name, rows in tables
    }

"""What lies on the table at a review of the policy: figures by code, kept as they were. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.words import has, say

KEYED = frozenset({"arr", "nrr", "grr", "logo", "renewal", "risk"})  # figures of one currency each


@dataclass(frozen=True)
class Input:
    """One figure. `code`: arr nrr grr logo renewal risk (of a currency), nps csat cases, lost (of a reason),
    decided (of a verdict); `of` what it belongs to. `kind`: money (minor units), share, score, count; `value`
    is text, None where there is nothing to figure; `count`: answers behind a score."""

    code: str
    of: str
    kind: str
    value: str | None
    count: int = 0


def as_stored(inputs: Sequence[Input]) -> dict[str, Any]:
    return {"inputs": [asdict(one) for one in inputs]}


def from_stored(held: dict[str, Any]) -> list[Input]:
    return [Input(**one) for one in held.get("inputs", [])]


def input_words(one: Input, language: str) -> tuple[str, str]:
    """The name of a figure and its value, as text."""
    if one.code == "lost":
        name = say(language, "policy-input-lost", reason=_word(f"renewals-reason-{one.of}", one.of, language))
    elif one.code == "decided":
        name = say(language, "policy-input-decided",
                   verdict=_word(f"policy-verdict-{one.of}", one.of, language))  # fmt: skip
    else:
        name = say(language, f"policy-input-{one.code}")
    return name, _value(one, language)


def _word(message: str, code: str, language: str) -> str:
    """The word for a code of the store; the code itself where an imported one has none."""
    message = message.replace("_", "-")
    return say(language, message) if has(language, message) else code


def _value(one: Input, language: str) -> str:
    if one.value is None:
        return fmt.MISSING
    if one.kind == "money":
        return fmt.money(int(one.value), one.of, language, compact=True)
    if one.kind == "share":
        return fmt.percent(Decimal(one.value), language)
    if one.kind == "score":
        value = fmt.number(Decimal(one.value), language, 1)
        return say(language, "policy-input-answers", value=value, count=one.count)
    return fmt.number(int(one.value), language)


def input_tables(inputs: Sequence[Input], language: str) -> list[pd.DataFrame]:
    """The figures as text, columns named in the language: the key figures with a column per currency, then
    what was said and decided. Empty tables are left out."""
    keyed = [one for one in inputs if one.code in KEYED]
    currencies = list(dict.fromkeys(one.of for one in keyed))
    named = say(language, "policy-input-name")
    rows: dict[str, dict[str, str]] = {}
    for one in keyed:
        name, value = input_words(one, language)
        rows.setdefault(name, {named: name})[one.of] = value
    others = [input_words(one, language) for one in inputs if one.code not in KEYED]
    tables = [
        pd.DataFrame(list(rows.values()), columns=[named, *currencies]),
        pd.DataFrame(others, columns=[named, say(language, "policy-input-now")]),
    ]
    return [table.fillna(fmt.MISSING) for table in tables if len(table)]

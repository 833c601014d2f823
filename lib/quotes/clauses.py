"""Clauses a quote may carry beside those of every paper: their standard words, and which are others. Pure."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from lib.words import say

CLAUSES = ("upgrade", "downgrade", "exit", "topup")  # rights a customer may ask for, each a clause of its own


def clause_of(code: str) -> dict[str, str]:
    """A right of the customer in its standard wording, as it is stored and printed."""
    return {"code": code} | {
        f"{part}_{short}": say(spoken, f"builder-clause-{code}" + ("-text" if part == "text" else ""))
        for part in ("title", "text") for short, spoken in (("en", "en"), ("zh", "zh-CN"))
    }  # fmt: skip


def not_standard(held: Sequence[Mapping[str, Any]], standard: Collection[str]) -> int:
    """How many clauses are not standard ones: of another kind than the policy names, or in other words."""
    return sum(
        clause.get("code") not in standard
        or clause["code"] not in CLAUSES
        or dict(clause) != clause_of(clause["code"])
        for clause in held
    )


def fewer(old: str, new: str) -> bool:
    """Whether the clauses of a content are among those of another one, word for word: giving up a right is
    better for us, and any other word is another clause. Both as they were hashed."""
    before = _each(old)
    return all(clause in before for clause in _each(new))


def _each(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return [text]
    return found if isinstance(found, list) else [found]

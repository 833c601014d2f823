"""What each step of a price says in plain words. Pure."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from lib import format as fmt
from lib.pricing.walk import Step
from lib.pricing.waterfall import PricedLine
from lib.words import say

# Rules that carry a detail behind their name, and the variable it fills.
_DETAIL = {"volume": "from", "term": "months", "multi-year": "months", "bundle": "name", "offer": "name",
           "free-months": "months"}  # fmt: skip
SILENT = ("list", "net", "rounding")  # nothing a paper explains
# What takes the place of the list price: discounts start from it.
REBASED = ("contracted", "worked-out", "price-lock")
Name = Callable[[str], str]


def split(rule: str) -> tuple[str, str]:
    """The name of a rule and its detail: volume-50 is ("volume", "50")."""
    for name in _DETAIL:
        if rule.startswith(name + "-"):
            return name, rule.removeprefix(name + "-")
    return rule, ""


def sentence(rule: str, rate: Decimal | None, language: str, names: Mapping[str, str]) -> str:
    """One step as part of a sentence; `names`: what bundles and offers are called, by code."""
    name, detail = split(rule)
    more = "-more" if rate is not None and rate < 0 and name not in (*REBASED, "follows-lines") else ""
    values: dict[str, Any] = {"rate": fmt.percent(abs(rate or Decimal(0)), language)}
    if detail:
        values[_DETAIL[name]] = names.get(detail, detail)
    return say(language, f"document-explain-{name}{more}", **values)


def explain(line: PricedLine, currency: str, names: Mapping[str, str], language: str) -> list[str]:
    """The whole way from list to net, a sentence a step, with what went in and what came out."""
    return [_told(step, currency, names, language) for step in line.steps]


def _told(step: Step, currency: str, names: Mapping[str, str], language: str) -> str:
    what = sentence(step.rule, step.rate, language, names)
    what = what[0].upper() + what[1:]
    after = _money(step.after, currency, language)
    if step.before == step.after:
        return say(language, "quotes-step-start", what=what, after=after)
    return say(
        language, "quotes-step-line", what=what, before=_money(step.before, currency, language), after=after
    )


def _money(amount: Decimal, currency: str, language: str) -> str:
    """An amount before rounding: as many places as it has, at most four."""
    places = max(2, min(4, -int(amount.normalize().as_tuple().exponent)))
    return f"{currency} {fmt.number(amount, language, places)}"

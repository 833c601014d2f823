"""The approval matrix: rules over what a quote asks for, and the chains of approvers they lead to. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Any

from lib.money import from_minor, parse_decimal
from lib.pricing.waterfall import Priced
from lib.quotes.findings import Finding, Level
from lib.words import parts

BELOW = frozenset({"margin"})  # measures that speak below their limit, all others above it
MONEY = frozenset({"acv", "credit"})  # measures in whole units of a currency
# Steps of a price that are no offer: what follows from list, contract or term, and what is given by hand.
NOT_OFFERED = frozenset({"list", "net", "rounding", "volume", "line", "quote", "follows", "contracted",
                         "gift", "ramp", "multi", "value", "all", "own", "worked", "price"})  # fmt: skip


class Mode(StrEnum):
    ANY = "any"  # one of them
    COUNT = "count"  # as many as needed
    ALL = "all"  # everybody who holds the level


@dataclass(frozen=True)
class Rule:
    """One row of the matrix. `tier` and `currency` narrow it; `from_months` is the shortest term."""

    code: str
    measure: str
    limit: Decimal
    result: Level
    chain: str = ""
    from_months: int = 1
    currency: str = ""
    tier: str = ""


@dataclass(frozen=True)
class ChainStep:
    """One step of a chain: who is asked, how many of them, and when it is escalated to whom."""

    place: int
    level: int
    mode: Mode = Mode.ANY
    need: int = 1
    hours: int = 48
    escalate: int = 3


@dataclass(frozen=True)
class Facts:
    """What the rules look at beside the price."""

    tier: str | None = None
    tender: bool = False
    flags: int = 0
    net_days: int = 0  # net days after the invoice
    clauses: int = 0  # that are not the standard ones
    owed_minor: int | None = None  # open invoices in the quote's currency; None: no invoices are known
    given: tuple[tuple[str, ...], ...] = ()  # concessions, as circumstances.given_beside tells them


NO_FACTS = Facts()


@dataclass(frozen=True)
class Matrix:
    rules: tuple[Rule, ...] = ()
    chains: Mapping[str, tuple[ChainStep, ...]] | None = None
    desk_hours: int = 48
    standard: tuple[str, ...] = ()  # codes of the clauses that are standard

    def steps(self, chain: str) -> tuple[ChainStep, ...]:
        return (self.chains or {}).get(chain, ())


def read_matrix(policy: Mapping[str, Any]) -> Matrix:
    """The policy document "approvals" as values; rules that are switched off are left out."""
    chains: dict[str, list[ChainStep]] = {}
    for row in policy["steps"]:
        step = ChainStep(row["place"], row["level"], Mode(row["mode"]), row["need"], row["hours"],
                         row["escalate"])  # fmt: skip
        chains.setdefault(row["chain"], []).append(step)
    rules = tuple(
        Rule(row["code"], row["measure"], parse_decimal(row["limit"]), Level(row["result"]),
             row.get("chain", ""), row.get("from_months", 1), row.get("currency", ""), row.get("tier", ""))
        for row in policy["rules"] if row["active"]
    )  # fmt: skip
    ordered = {code: tuple(sorted(steps, key=lambda s: (s.place, s.level))) for code, steps in chains.items()}
    standard = tuple(parts(policy.get("clauses", {}).get("standard", "")))
    return Matrix(rules, ordered, policy["desk"]["hours"], standard)


def stacked_offers(priced: Priced) -> int:
    """How many kinds of offer lie on top of each other on the line that has most of them: term, prepayment,
    bundle, window; what somebody gives by hand is no offer."""

    def offers(line: Any) -> set[str]:
        kinds = {step.rule.split("-")[0] for step in line.steps if step.after != step.before}
        return {"offer" if kind == "free" else kind for kind in kinds} - NOT_OFFERED

    return max((len(offers(line)) for line in priced.lines), default=0)


def _discount(priced: Priced, *, recurring: bool) -> Decimal | None:
    at_list, net = priced.exact(recurring=recurring)
    with localcontext(prec=100):  # exactly at a limit passes
        return 1 - net / at_list if at_list else None


def _credit(priced: Priced, facts: Facts) -> Decimal | None:
    if facts.owed_minor is None:
        return None
    return from_minor(facts.owed_minor + priced.net_minor, priced.currency)


# What each measure of the catalogue reads; None where there is nothing to hold against a limit.
MEASURES: dict[str, Callable[[Priced, Facts], Decimal | None]] = {
    "discount": lambda priced, _facts: _discount(priced, recurring=True),
    "once": lambda priced, _facts: _discount(priced, recurring=False),
    "margin": lambda priced, _facts: priced.margin,
    "acv": lambda priced, _facts: from_minor(priced.arr_minor, priced.currency),
    "term": lambda priced, _facts: Decimal(priced.months),
    "net_days": lambda _priced, facts: Decimal(facts.net_days),
    "credit": lambda priced, facts: _credit(priced, facts),
    "clauses": lambda _priced, facts: Decimal(facts.clauses),
    "offers": lambda priced, _facts: Decimal(stacked_offers(priced)),
    "tender": lambda _priced, facts: Decimal(facts.tender),
    "flags": lambda _priced, facts: Decimal(facts.flags),
}


def weigh(priced: Priced, facts: Facts, matrix: Matrix) -> tuple[Finding, ...]:
    """The rules of the matrix this quote goes beyond, each with its value and limit."""
    found = []
    for rule in matrix.rules:
        value = MEASURES[rule.measure](priced, facts) if _speaks_of(rule, priced, facts) else None
        if value is None or (value >= rule.limit if rule.measure in BELOW else value <= rule.limit):
            continue
        asked = rule.result is Level.APPROVE
        level = max((step.level for step in matrix.steps(rule.chain)), default=3) if asked else 0
        currency = priced.currency if rule.measure in MONEY else ""
        found.append(Finding(rule.code, rule.measure, rule.result, value, rule.limit, level,
                             rule.chain if asked else "", currency))  # fmt: skip
    return tuple(found)


def _speaks_of(rule: Rule, priced: Priced, facts: Facts) -> bool:
    """Whether the rule is about a quote of this term, currency and customer; a sum needs a currency."""
    if rule.measure in MONEY and not rule.currency:
        return False
    return (
        priced.months >= rule.from_months
        and rule.currency in ("", priced.currency)
        and rule.tier.casefold() in ("", (facts.tier or "").casefold())
    )

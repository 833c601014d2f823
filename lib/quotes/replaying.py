"""What an approval matrix would have asked of quotes that were issued, beside the one that holds. Pure.

The money says what those quotes would have brought more had their discount ended at the limit from which
somebody is asked: the most a stricter rule could win, and the most a looser one could cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from lib.pricing.waterfall import Priced
from lib.quotes.approvals import Guardrails, decide
from lib.quotes.chains import chain_of
from lib.quotes.findings import ORDER, Decision, Level
from lib.quotes.matrix import Facts


@dataclass(frozen=True)
class Case:
    """One revision that was issued, as it was priced."""

    quote_id: int
    number: str
    account: str
    issued_on: date
    priced: Priced
    facts: Facts


@dataclass(frozen=True)
class Verdict:
    """What one matrix asks of a case: level, rules, highest approver level, steps, and the money in minor
    units between its net amount and the limit."""

    level: Level
    rules: tuple[str, ...]
    approver: int
    steps: int
    over_minor: int


@dataclass(frozen=True)
class Replayed:
    case: Case
    now: Verdict
    draft: Verdict

    @property
    def differs(self) -> bool:
        return (self.now.level, self.now.approver, self.now.steps) != (
            self.draft.level, self.draft.approver, self.draft.steps,
        )  # fmt: skip


@dataclass(frozen=True)
class Summary:
    """How many cases each matrix leaves free, asks a reason for, sends to whom, and stops; the money by
    currency that the draft brings under a limit (above zero) or lets out of one (below)."""

    now: dict[str, int]
    draft: dict[str, int]
    stricter: int
    looser: int
    margin: dict[str, int]


def verdict(case: Case, rails: Guardrails) -> Verdict:
    decision = decide(case.priced, rails, case.facts)
    return Verdict(decision.level, tuple(f.rule for f in decision.reasons), decision.approver,
                   len(chain_of(decision, rails.matrix)), _over(case.priced, rails, decision))  # fmt: skip


def _over(priced: Priced, rails: Guardrails, decision: Decision) -> int:
    """What is missing to the price at which nobody would have been asked about the discount."""
    if ORDER.index(decision.level) < ORDER.index(Level.APPROVE):
        return 0
    at_list, net = priced.exact(recurring=True)
    limit = rails.for_term(priced.months).approve_above
    with localcontext(prec=100):
        short = at_list * (1 - limit) - net
        share = short / net if net else Decimal(0)
        return max(int((priced.net_minor * share).quantize(Decimal(1), ROUND_HALF_UP)), 0)


def replay(cases: Sequence[Case], now: Guardrails, draft: Guardrails) -> list[Replayed]:
    return [Replayed(case, verdict(case, now), verdict(case, draft)) for case in cases]


def summary(found: Sequence[Replayed]) -> Summary:
    margin: dict[str, int] = {}
    for one in found:
        money = one.case.priced.currency
        margin[money] = margin.get(money, 0) + one.draft.over_minor - one.now.over_minor
    return Summary(
        _counts([one.now for one in found]), _counts([one.draft for one in found]),
        sum(_strictness(one.draft) > _strictness(one.now) for one in found),
        sum(_strictness(one.draft) < _strictness(one.now) for one in found), margin,
    )  # fmt: skip


def _strictness(one: Verdict) -> tuple[int, int, int]:
    return ORDER.index(one.level), one.approver, one.steps


def _counts(found: Sequence[Verdict]) -> dict[str, int]:
    """free, justify, level_1 to level_3, stop."""
    names = ["free", "justify", "level_1", "level_2", "level_3", "stop"]
    held = [f"level_{one.approver}" if one.level is Level.APPROVE else str(one.level) for one in found]
    return {name: held.count(name) for name in names}

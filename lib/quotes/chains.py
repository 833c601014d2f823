"""Chains of approval: the steps a quote's findings ask for, who may decide each, and what an approval that
was given still covers. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from lib.money import exact_text, parse_decimal
from lib.quotes.approvals import HIGHEST, Holder, may_decide
from lib.quotes.clauses import fewer
from lib.quotes.findings import Decision, Level
from lib.quotes.matrix import BELOW, ChainStep, Matrix, Mode

STRICTNESS = (Mode.ANY, Mode.COUNT, Mode.ALL)
# Parts of a quote's content where one direction is better for us: the others may not change at all.
_HIGHER = frozenset({"net", "arr"})
_LINE_DISCOUNT, _LINE_NET = 2, -1  # their places in a line of the content
_RETURN = 6  # the place of what comes back in a concession of the content


@dataclass(frozen=True)
class Step:
    """One step of a quote's own chain, with the rules that ask for it."""

    place: int
    level: int
    mode: Mode
    need: int
    hours: int
    escalate: int
    rules: tuple[str, ...]


def chain_of(decision: Decision, matrix: Matrix) -> tuple[Step, ...]:
    """The steps the findings ask for together, in order.

    A finding about the price asks one approver of the level that reaches so far, unless a chain asks somebody
    of that level anyway. Steps of one place that ask anybody of a level are one step, of the highest of them;
    a step asked for twice keeps the larger need and the shorter time.
    """
    asked: dict[tuple[int, Mode, int], Step] = {}
    speaking = [finding for finding in decision.findings if finding.level is Level.APPROVE]
    for finding in sorted(speaking, key=lambda f: not f.chain):  # chains first: they may ask anyway
        for one in _steps_for(finding.chain, finding.approver, matrix):
            key = (one.place, one.mode, 0 if one.mode is Mode.ANY else one.level)
            if not finding.chain and key not in asked:
                key = next((k for k, s in asked.items() if s.level >= one.level), key)
            new = Step(one.place, one.level, one.mode, one.need, one.hours, one.escalate, (finding.rule,))
            asked[key] = _merged(asked[key], new) if key in asked else new
    return tuple(sorted(asked.values(), key=lambda s: (s.place, s.level, STRICTNESS.index(s.mode))))


def _steps_for(chain: str, approver: int, matrix: Matrix) -> Sequence[ChainStep]:
    found = matrix.steps(chain) if chain else ()
    level = approver or HIGHEST
    return found or (ChainStep(1, level, hours=matrix.desk_hours, escalate=min(level + 1, HIGHEST)),)


def _merged(one: Step, other: Step) -> Step:
    return Step(one.place, max(one.level, other.level), one.mode, max(one.need, other.need),
                min(one.hours, other.hours), max(one.escalate, other.escalate),
                tuple(dict.fromkeys((*one.rules, *other.rules))))  # fmt: skip


@dataclass(frozen=True)
class Vote:
    """Somebody agreed to a step, at the level they then had."""

    person_id: int
    level: int


@dataclass(frozen=True)
class Standing:
    """Where one step stands: who may still decide it, how many more are needed, whether its time is over.
    `lacking`: nobody is left for this many of the people it needs."""

    able: tuple[Holder, ...]
    missing: int
    escalated: bool
    lacking: int

    @property
    def done(self) -> bool:
        return self.missing == 0


def standing(
    step: Step, votes: Sequence[Vote], elsewhere: Collection[int], holders: Sequence[Holder],
    editors: Sequence[int], now: datetime, opened_at: datetime | None,
) -> Standing:  # fmt: skip
    """How a step stands now. `elsewhere` decided another step of the same request: nobody decides two.

    "All" means everybody whose level it is and who is there; who is away is replaced by a stand-in who holds
    the level. Once the time is over one person of the level it is escalated to decides it alone.
    """
    over = opened_at is not None and now >= due(step, opened_at)
    gone = {vote.person_id for vote in votes} | set(elsewhere)
    fit = [h for h in holders if h.level >= step.level and may_decide(h.id, editors, h.stands_in_for)]
    able = tuple(h for h in fit if h.id not in gone)
    missing = max(_needed(step, fit, set(elsewhere)) - len(votes), 0)
    if over and any(vote.level >= step.escalate for vote in votes):
        missing = 0
    lacking = max(missing - len(able), 0)
    if lacking and over and any(h.level >= step.escalate for h in able):
        lacking = 0
    return Standing(able, missing, over, lacking)


def _needed(step: Step, fit: Sequence[Holder], elsewhere: set[int]) -> int:
    if step.mode is Mode.ANY:
        return 1
    if step.mode is Mode.COUNT:
        return step.need
    asked = [h for h in fit if h.own_level == step.level and not h.away and h.id not in elsewhere]
    return max(len(asked), 1)


def due(step: Step, opened_at: datetime) -> datetime:
    return opened_at + timedelta(hours=step.hours)


@dataclass(frozen=True)
class Done:
    """A step that was decided, with who agreed to it."""

    step: Step
    votes: tuple[Vote, ...]


def uncovered(asked: Sequence[Step], done: Sequence[Done]) -> list[Step]:
    """The steps asked for that no decided step answers, each answered by another one, the hardest first.

    A decided step answers one that is no stricter: everybody's agreement that of some, and a person of a
    higher level one of a lower.
    """
    left, missing = list(done), []
    for step in sorted(asked, key=lambda s: (-s.level, -STRICTNESS.index(s.mode), -s.need)):
        found = next((one for one in left if _answers(one, step)), None)
        if found is None:
            missing.append(step)
        else:
            left.remove(found)
    return sorted(missing, key=lambda s: (s.place, s.level))


def _answers(done: Done, step: Step) -> bool:
    if done.step.level >= step.level and STRICTNESS.index(done.step.mode) >= STRICTNESS.index(step.mode):
        return step.mode is not Mode.COUNT or done.step.mode is Mode.ALL or done.step.need >= step.need
    high = {vote.person_id for vote in done.votes if vote.level >= step.level}
    if step.mode is Mode.ANY:
        return bool(high)
    return step.mode is Mode.COUNT and len(high) >= step.need


def tested_values(decision: Decision) -> dict[str, str]:
    """What every rule was tested on, as stored beside an approval: rule -> exact value."""
    return {f"{f.kind}:{f.rule}": exact_text(f.found) for f in decision.findings if f.found is not None}


def no_worse(
    approved: Mapping[str, Any], now: Mapping[str, Any], tested: Mapping[str, str], decision: Decision
) -> bool:
    """Whether a quote that was changed is at least as good for us on everything that was tested.

    The same customer, book, currency, start, term, lines and quantities; a net amount and ARR that are not
    lower, in total and by line; discounts that are not higher, payment that is not later, no further clause
    or concession, and none less that brings something back;
    no rule that did not speak before, and on none of them a worse value.
    """
    fine = all(_part_no_worse(n, approved.get(n), now.get(n)) for n in approved.keys() | now.keys())
    return fine and _tests_no_worse(tested, decision)


def _part_no_worse(name: str, old: Any, new: Any) -> bool:
    if name == "lines":
        return len(old) == len(new) and all(map(_line_no_worse, old, new))
    if name == "more":  # days to pay and clauses, among what must stay as it is
        before, after = dict(old or ()), dict(new or ())
        held = "clauses" not in after or fewer(before.get("clauses", "[]"), after["clauses"])
        sooner = int(after.pop("net_days", 0)) <= int(before.pop("net_days", 0))
        return held and sooner and before | {"clauses": ""} == after | {"clauses": ""}
    if name == "given":  # fewer concessions, as long as no return goes with them
        before, after = (Counter(map(tuple, held or ())) for held in (old, new))
        return not after - before and not any(entry[_RETURN] for entry in before - after)
    if name in _HIGHER:
        return new >= old
    return parse_decimal(new) <= parse_decimal(old) if name == "discount" else old == new


def _line_no_worse(old: Sequence[Any], new: Sequence[Any]) -> bool:
    same = [x for place, x in enumerate(old[:_LINE_NET]) if place != _LINE_DISCOUNT]
    still = [x for place, x in enumerate(new[:_LINE_NET]) if place != _LINE_DISCOUNT]
    lower = parse_decimal(str(new[_LINE_DISCOUNT])) <= parse_decimal(str(old[_LINE_DISCOUNT]))
    return same == still and lower and new[_LINE_NET] >= old[_LINE_NET]


def _tests_no_worse(tested: Mapping[str, str], decision: Decision) -> bool:
    """Whether the findings that ask for somebody asked before, with values that were no better."""
    before = {}
    for name, value in tested.items():
        before.setdefault(name.partition(":")[0], Decimal(value))
    for finding in decision.reasons:
        if finding.found is None:
            continue
        old = before.get(finding.kind)
        if old is None or (finding.found < old if finding.kind in BELOW else finding.found > old):
            return False
    return True


def short_of(stands: Iterable[tuple[Step, Standing]]) -> list[tuple[Step, int]]:
    """The steps nobody is left for, with how many people they lack."""
    return [(step, stand.lacking) for step, stand in stands if stand.lacking]


def escalated(step: Step) -> Step:
    """The step as it is asked for once its time is over: one person of the level above."""
    return replace(step, level=step.escalate, mode=Mode.ANY, need=1)

"""The order of Today: ARR at stake × urgency × chance to influence × advocacy ÷ effort, each factor by
itself; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lib.money import from_minor

ONE = Decimal(1)
AHEAD = frozenset({"due", "notice", "renews", "expires"})  # clocks that run towards their day


@dataclass(frozen=True)
class Scales:
    """The numbers of policy "today" behind the factors. `severity`: urgency by status word; `chance` by what
    a reason comes from; `minutes` by the act; `advocacy` by what a VIP says of us elsewhere."""

    severity: Mapping[str, Decimal]
    horizon_days: int
    far: Decimal
    chance: Mapping[str, Decimal]
    minutes: Mapping[str, int]
    advocacy: Mapping[str, Decimal]

    @classmethod
    def of(cls, policy: Mapping[str, Any]) -> "Scales":
        urgency = dict(policy["urgency"])
        horizon, far = int(urgency.pop("horizon_days")), Decimal(urgency.pop("far"))
        severity = {word: Decimal(value) for word, value in urgency.items()}
        chance = {code: Decimal(value) for code, value in policy["chance"].items()}
        minutes = {act: int(n) for act, n in policy["effort"].items()}
        advocacy = {code: Decimal(value) for code, value in policy["advocacy"].items()}
        return cls(severity, horizon, far, chance, minutes, advocacy)


@dataclass(frozen=True)
class Priority:
    """The factors of one card: ARR in units of its own currency (None: not known) and weighed against those
    of other currencies, urgency and influence from 0 to 1, effort in minutes, advocacy from 1 upwards."""

    arr: Decimal | None
    weighed: Decimal
    urgency: Decimal
    influence: Decimal
    minutes: int
    advocacy: Decimal = ONE

    @property
    def value(self) -> Decimal:
        """What orders the cards: weighed ARR × urgency × influence × advocacy ÷ minutes."""
        return self.weighed * self.push

    @property
    def push(self) -> Decimal:
        """The same without the money: what orders cards that are worth the same, or nothing known."""
        return self.urgency * self.influence * self.advocacy / self.minutes

    @property
    def shown(self) -> Decimal | None:
        """The result in the account's own currency: ARR a minute of work moves."""
        return None if self.arr is None else self.arr * self.push


def urgency(severity: str, clock: str, when: date | None, today: date, scales: Scales) -> Decimal:
    """That of the status word, whole for what is late, due or running; what lies ahead keeps less of it, in a
    straight line down to the policy's share at its horizon."""
    whole = scales.severity[severity]
    ahead = (when - today).days if when is not None and clock in AHEAD else 0
    share = Decimal(min(max(ahead, 0), scales.horizon_days)) / scales.horizon_days
    return whole * (ONE - (ONE - scales.far) * share)


def most_urgent(found: Iterable[Decimal]) -> Decimal:
    """A card is as urgent as its most urgent reason."""
    return max(found)


def chance(source: str, real: Decimal, scales: Scales) -> Decimal:
    """How often an act changes the outcome: by what the reason comes from, times the share of such reasons
    that prove real (1 where nothing has to be found out)."""
    return scales.chance[source] * real


def together(chances: Mapping[str, Iterable[Decimal]]) -> Decimal:
    """Several reasons of one account: the best chance of each kind, then 1 − Π(1 − x) over the kinds, so that
    every further kind of reason adds something and five tasks do not count as five levers."""
    missed = ONE
    for of_kind in chances.values():
        missed *= ONE - max(of_kind)
    return ONE - missed


def effort(action: str, scales: Scales) -> int:
    """Minutes of the act a card offers."""
    return scales.minutes[action]


def advocacy(marks: Iterable[str], scales: Scales) -> Decimal:
    """The largest multiple of what a VIP says of us elsewhere, or could say; 1 where nothing is known."""
    return max((scales.advocacy.get(mark, ONE) for mark in marks), default=ONE)


def weighed(minor: int, currency: str, weights: Mapping[str, Decimal]) -> Decimal:
    """ARR as a number that can be compared across currencies, for the order alone; an unknown one is 1."""
    return from_minor(minor, currency) * weights.get(currency, ONE)

"""Customer lifetime value by discounted survival: contracts end visibly, and the longer a customer renewed,
the more likely it renews again. Pure.

CLV = sum over k of margin x S(n + k) / S(n) / (1 + d)^k with n renewals so far, S(n) = B(alpha, beta + n) /
B(alpha, beta). Both parameters are fitted on renewals and losses of a segment by maximum likelihood.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

PERIODS = 400  # beyond them nothing is left of a discounted year
_FARTHEST = 12.0  # logarithm of the largest parameter; beyond it the shape no longer changes


@dataclass(frozen=True)
class Life:
    """A customer as its renewal dates show it: how often it had renewed when we began to look, how often it
    has by now, and whether it was lost at the date after that."""

    entered: int
    renewals: int
    lost: bool


@dataclass(frozen=True)
class Survival:
    """The fitted shape; `losses` and `dates` (renewal dates seen) say what it was fitted on."""

    alpha: float
    beta: float
    losses: int
    dates: int

    def survives(self, periods: int) -> float:
        """The share of new customers that is left after so many renewal dates."""
        return math.exp(_log_beta(self.alpha, self.beta + periods) - _log_beta(self.alpha, self.beta))

    def renews(self, renewals: int) -> float:
        """The probability of the next renewal of a customer that renewed so often."""
        return (self.beta + renewals) / (self.alpha + self.beta + renewals)

    def value(self, margin: float, renewals: int = 0, discount: float = 0.10) -> float:
        """What a customer is worth today that pays `margin` at the start of each period."""
        total, alive = 0.0, 1.0
        for k in range(PERIODS):
            total += alive / (1 + discount) ** k
            alive *= self.renews(renewals + k)
        return margin * total


def fit(lives: Mapping[Life, int]) -> Survival | None:
    """The shape that makes what was seen most likely; `lives` with how many customers lived each of them.

    None without a loss or without a renewal: there is nothing to learn from.
    """
    losses = sum(n for life, n in lives.items() if life.lost)
    renewed = sum(n * (life.renewals - life.entered) for life, n in lives.items())
    if not losses or not renewed:
        return None
    a = b = 0.0  # logarithms, so that both stay positive
    step, best = 1.0, _likelihood(0.0, 0.0, lives)
    while step > 1e-6:
        moves = [(a + da * step, b + db * step) for da in (-1, 0, 1) for db in (-1, 0, 1)]
        found = max((_likelihood(x, y, lives), x, y) for x, y in moves if max(x, y) < _FARTHEST)
        if found[0] > best + 1e-12:
            best, a, b = found
        else:
            step /= 2
    return Survival(math.exp(a), math.exp(b), losses, losses + renewed)


def fitted(
    own: Mapping[Life, int], parent: Mapping[Life, int], least_losses: int = 30
) -> tuple[Survival | None, bool]:
    """The shape of a segment, and whether it is its own: with too few losses that of its parent."""
    if sum(n for life, n in own.items() if life.lost) >= least_losses:
        return fit(own), True
    return fit(parent), False


def lives_of(survivors: Mapping[int, int]) -> Counter[Life]:
    """The lives behind a survival table: customers left after each renewal date, from 0 on."""
    last = max(survivors)
    found = Counter({Life(0, t - 1, True): survivors[t - 1] - survivors[t] for t in range(1, last + 1)})
    found[Life(0, last, False)] = survivors[last]
    return found


def _likelihood(a: float, b: float, lives: Mapping[Life, int]) -> float:
    """Lost at date t: B(alpha + 1, beta + t - 1); still here after n: B(alpha, beta + n); each given that the
    customer was there when we began to look."""
    alpha, beta = math.exp(a), math.exp(b)
    total = 0.0
    for life, n in lives.items():
        now = _log_beta(alpha + life.lost, beta + life.renewals)
        total += n * (now - _log_beta(alpha, beta + life.entered))
    return total


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

"""What happens when the busiest user of a healthy team of four or more is gone from a day on.

python -m tests.activity.departures
"""

import dataclasses
from dataclasses import dataclass

import numpy as np

from lib.activity.rules import Thresholds, thresholds
from lib.store import policy
from tests.activity.inprocess import run
from tests.activity.simulator import START, World, simulate

LEAST_TEAM = 4
WATCHED_DAYS = 90


@dataclass(frozen=True)
class Outcome:
    """Healthy teams tried, those without a new alert, and the accounts that rang."""

    teams: int
    calm: int
    rang: tuple[tuple[int, int], ...]


def without_the_busiest(
    limits: Thresholds, seeds: tuple[int, ...] = (101, 102, 103), accounts: int = 300, days: int = 560
) -> Outcome:
    """New: an activity alert in the 90 days after the departure that does not ring without it."""
    teams, rang = 0, []
    for seed in seeds:
        world = simulate(accounts, days, seed)
        cut = START + days - WATCHED_DAYS - 30
        before, _ = run(world, limits)
        chosen = _busiest(world, cut, {a.account for a in before if a.day > cut - 60})
        gone = np.zeros(len(world.users) + 1, bool)
        gone[list(chosen.values())] = True
        rows = world.rows[~(gone[world.rows[:, 1]] & (world.rows[:, 2] >= cut))]
        after, _ = run(dataclasses.replace(world, rows=rows), limits)
        new = {a.account for a in after if a.kind == "activity" and cut < a.day <= cut + WATCHED_DAYS}
        teams += len(chosen)
        rang += [(seed, account) for account in sorted(new & set(chosen))]
    return Outcome(teams, teams - len(rang), tuple(rang))


def _busiest(world: World, cut: int, ringing: set[int]) -> dict[int, int]:
    """Account -> busiest human user in the 119 days before the cut, of healthy teams of four or more."""
    recent = world.rows[(world.rows[:, 2] >= cut - 119) & (world.rows[:, 2] < cut)]
    kinds = np.array([kind == "human" for _, _, kind, _ in world.users])
    recent = recent[kinds[recent[:, 1] - 1]]
    users, days = np.unique(recent[:, 1], return_counts=True)
    owner = {n: account for n, account, _, _ in world.users}
    teams: dict[int, list[tuple[int, int]]] = {}
    for user, count in zip(users.tolist(), days.tolist(), strict=True):
        if 119 / 14 <= count < 100:  # about two days a month make a regular user; more than 100 a script
            teams.setdefault(owner[user], []).append((count, user))
    healthy = set(teams) - ringing - set(world.gone) - world.stalls
    return {a: max(teams[a])[1] for a in sorted(healthy) if len(teams[a]) >= LEAST_TEAM}


def main() -> None:
    found = without_the_busiest(thresholds(policy.shipped()["activity"]))
    print(f"{found.teams} healthy teams lost their busiest user: {found.calm} stayed calm "
          f"({found.calm / found.teams:.1%}); rang (seed, account): {list(found.rang)}")  # fmt: skip


if __name__ == "__main__":
    main()

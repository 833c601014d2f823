"""Runs the detector on a made-up world without a store, and the simple rules beside it."""

from dataclasses import dataclass

import numpy as np

from lib.activity import facts as f
from lib.activity.automation import automated_since
from lib.activity.detector import breaches, candidates, lonely, read_history
from lib.activity.evidence import collect
from lib.activity.history import History
from lib.activity.lifecycle import walk
from lib.activity.loading import build_team
from lib.activity.rules import AlertKind, Thresholds
from tests.activity.simulator import START, World


@dataclass(frozen=True)
class Rung:
    """An alert as the export writes it: account id, morning, kind, severity, end, user ids worst first."""

    account: int
    day: int
    kind: str
    severity: float
    closes: int | None
    who: tuple[int, ...]


def facts_of(world: World, limits: Thresholds, last: int | None = None) -> tuple[f.Facts, np.ndarray]:
    """The facts up to `last` (a day number) and the humans with the day each was found to be a script."""
    last = START + world.days - 1 if last is None else last
    kinds = np.array([kind == "human" for _, _, kind, _ in world.users])
    rows = world.rows[(world.rows[:, 2] <= last)]
    known = np.unique(rows[:, 2])
    rows = rows[kinds[rows[:, 1] - 1]]
    order = np.lexsort((rows[:, 2], rows[:, 1]))
    scripts, since = automated_since(rows[order, 1], rows[order, 2], known, limits)
    flag = np.full(len(world.users), f.NEVER)
    flag[scripts - 1] = since
    script = flag[rows[:, 1] - 1] < f.NEVER
    daily = np.zeros((last - START + 1, len(world.accounts)), np.int32)
    np.add.at(daily, (rows[~script, 2] - START, rows[~script, 0] - 1), 1)
    bots = rows[script]
    automation = f.Automation(bots[:, 0] - 1, bots[:, 2] - START, flag[bots[:, 1] - 1])
    humans = np.stack([np.arange(1, len(world.users) + 1), flag], axis=1)[kinds]
    return f.Facts(START, accounts_of(world), daily, automation, int(known.min())), humans


def accounts_of(world: World) -> f.Accounts:
    """The accounts as the files tell them: nobody says when a contract ends."""
    made = world.accounts
    pairs, segment = np.unique(np.array([a["segment"] for a in made]), axis=0, return_inverse=True)
    born = np.array([a["born"] for a in made])
    return f.Accounts(
        ids=np.arange(1, len(made) + 1), segment=segment.reshape(-1), region_of=pairs[:, 0], born=born,
        signed_up=born.copy(), left=np.full(len(made), f.NEVER), seats=np.array([a["seats"] for a in made]),
        named=np.ones(len(made), bool),
    )  # fmt: skip


def run(world: World, limits: Thresholds, last: int | None = None) -> tuple[list[Rung], History]:
    """All alerts and watch entries of a world, with data up to `last` (a day number) only."""
    found, humans = facts_of(world, limits, last)
    made = read_history(found, limits)
    days, accounts = candidates(made, 1, limits)
    wanted = np.zeros(len(found.accounts) + 1, bool)
    alone = lonely(made, 1, limits)
    wanted[accounts + 1] = wanted[alone[1] + 1] = True
    team = build_team(found, world.rows[wanted[world.rows[:, 0]] & (world.rows[:, 2] <= found.last)], humans)
    holds, _ = breaches(made, team, days, accounts, limits, alone)
    openings, _ = walk(made, holds, [], START + 2, found.last + 1, limits)
    ringing = [o for o in openings if o.kind == AlertKind.ACTIVITY]
    at = [o.day - 1 - START for o in ringing]
    told = iter(collect(made, team, at, [o.account for o in ringing], limits))
    rung = []
    for o in openings:
        numbers = next(told) if o.kind == AlertKind.ACTIVITY else {"severity": 0.0, "users": []}
        who = tuple(u["user_id"] for u in numbers["users"] if u["down"])
        rung.append(Rung(o.account + 1, o.day, o.kind, numbers["severity"], o.closes, who))
    return rung, made


def rivals(world: World, limits: Thresholds) -> dict[str, list[Rung]]:
    """The simple rules on the same sums: declared service users and found scripts are left out for them too.

    Each rings once and again only when its condition has been gone for a day and 28 days are over.
    """
    found, _ = facts_of(world, limits)
    daily = found.daily.astype(float)
    sums = np.concatenate([np.zeros((1, daily.shape[1])), np.cumsum(daily, axis=0)])

    def last(days: int, back: int = 0) -> np.ndarray:
        """Sum of `days` days ending `back` days ago, per day; 0 where there are none."""
        made = np.zeros_like(daily)
        first = days + back - 1
        stop = len(sums) - 1 - back
        made[first:] = sums[days : stop + 1] - sums[: stop + 1 - days]
        return made

    month, week = last(28), last(7)
    smooth = _smoothed(week, 0.2)
    spread = np.sqrt(_smoothed((week - _shifted(smooth, 7)) ** 2, 0.2) * 0.2 / 1.8)
    age = START + np.arange(len(daily))[:, None] - found.accounts.born
    rules = {
        "28 days against 28": (month <= 0.7 * last(28, 28)) & (last(28, 28) >= 6) & (age >= 56),
        "week over week": (week <= 0.7 * last(7, 7)) & (last(7, 7) >= 4) & (age >= 28),
        "EWMA": (smooth <= _shifted(smooth, 28) - 3 * np.maximum(_shifted(spread, 28), 0.5)) & (age >= 56),
    }
    return {name: _rings(holds) for name, holds in rules.items()}


def _smoothed(weekly: np.ndarray, share: float) -> np.ndarray:
    """Exponentially weighted over the weeks t, t−7, …, per day."""
    made = weekly.copy()
    for day in range(7, len(made)):
        made[day] = share * weekly[day] + (1 - share) * made[day - 7]
    return made


def _shifted(values: np.ndarray, days: int) -> np.ndarray:
    made = np.zeros_like(values)
    made[days:] = values[:-days]
    return made


def _rings(holds: np.ndarray) -> list[Rung]:
    rung = []
    for account in range(holds.shape[1]):
        starts = np.flatnonzero(holds[:, account] & ~np.concatenate([[False], holds[:-1, account]]))
        quiet = -1
        for day in starts.tolist():
            if day >= quiet:
                rung.append(Rung(account + 1, START + day + 1, AlertKind.ACTIVITY, 0.0, None, ()))
                quiet = day + 28
    return rung

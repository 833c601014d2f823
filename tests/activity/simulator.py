"""A made-up customer base with known declines, and a scorer: python -m tests.activity.simulator.

Teams with weekdays, seasons, promotions, holidays, outages, bots, leavers and their replacements. Prints
how many declines were found, how early, and how often a healthy account rang.
"""

import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from lib.activity import facts as f
from lib.activity.automation import automated_since
from lib.activity.detector import breaches, candidates, read_history
from lib.activity.lifecycle import Opening, walk
from lib.activity.loading import build_team
from lib.activity.rules import Thresholds, thresholds
from lib.store import policy

START = date(2024, 1, 1).toordinal()
SINGLE, BOT_STOP, HOLIDAY = "single departure", "bot stops", "team holiday"


@dataclass(frozen=True)
class World:
    """rows: account id, user id, day number; declines: account id -> (onset, contract end)."""

    accounts: f.Accounts
    rows: np.ndarray
    users: int
    declines: dict[int, tuple[int, int]]
    incidents: dict[int, list[tuple[str, int]]]
    days: int


def simulate(accounts: int = 1000, days: int = 730, seed: int = 1, decline_share: float = 0.12) -> World:
    """A world of `accounts` accounts over `days` days; the same seed gives the same world."""
    rng = np.random.default_rng(seed)
    region, industry = rng.integers(0, 4, accounts), rng.integers(0, 4, accounts)
    shape = _seasons(rng, days)
    rows, declines, incidents = [], {}, {}
    born, left, seats = (np.full(accounts, v) for v in (START - 400, f.NEVER, 1))
    users = 0
    for account in range(accounts):
        size = int(np.clip(rng.lognormal(1.7, 0.8), 1, 60))
        seats[account] = max(int(size * rng.uniform(1, 1.6)), 1)
        chance = np.tile(shape[region[account]], (size, 1)) * rng.beta(2.2, 2, (size, 1))
        begin = int(rng.integers(0, days - 150)) if rng.random() < 0.2 else 0
        born[account] = START + begin if begin else START - int(rng.integers(0, 900))
        chance[:, :begin] = 0
        incidents[account + 1] = _turmoil(rng, chance, begin, days)
        if rng.random() < decline_share and days - begin > 380:
            onset = begin + int(rng.integers(200, days - begin - 120))
            length, floor = int(rng.integers(7, 60)), rng.uniform(0.0, 0.35)
            fade = np.clip(1 - (np.arange(days) - onset) / length * (1 - floor), floor, 1)
            fade[:onset] = 1
            chance *= fade
            end = onset + int(rng.integers(75, 180))
            declines[account + 1] = (START + onset, START + end)
            left[account] = START + end
            chance[:, min(end, days):] = 0  # fmt: skip
        seen = rng.random(chance.shape) < chance
        who, day = np.nonzero(seen)
        rows.append(np.stack([np.full(len(who), account + 1), users + who + 1, START + day], axis=1))
        users += size
    pairs, segment = np.unique(np.stack([region, industry], axis=1), axis=0, return_inverse=True)
    made = f.Accounts(np.arange(1, accounts + 1), segment.reshape(-1), pairs[:, 0], born, born.copy(), left,
                      seats, np.ones(accounts, bool))  # fmt: skip
    return World(made, np.concatenate(rows), users, declines, incidents, days)


def _seasons(rng: np.random.Generator, days: int) -> np.ndarray:
    """Per region the share of usual activity a day: weekdays, year, new year, outages, promotions."""
    at = np.arange(days)
    weekday = np.where((START + at - 1) % 7 < 5, 1.0, 0.25)
    result = []
    for region in range(4):
        season = weekday * (1 + 0.12 * np.sin(2 * np.pi * (at + 60 * region) / 365))
        new_year = (at % 365 >= 38) & (at % 365 < 48)
        season = np.where(new_year & (region < 2), season * 0.12, season)
        promotion = (at % 365 >= 300) & (at % 365 < 330)
        season = np.where(promotion, season * 1.25, season)
        season[rng.integers(0, days, 3)] = 0
        result.append(np.clip(season, 0, 1))
    return np.array(result)


def _turmoil(rng: np.random.Generator, chance: np.ndarray, begin: int, days: int) -> list[tuple[str, int]]:
    """What healthy accounts go through, written into `chance`; returns what happened when."""
    happened = []
    for user in range(len(chance)):
        if rng.random() < 0.35 and days - begin > 60:
            leaves = begin + int(rng.integers(30, days - begin))
            back = min(leaves + int(rng.integers(3, 45)), days)
            chance[user, leaves:back] = 0
            if rng.random() > 0.85:
                chance[user, leaves:] = 0
            happened.append((SINGLE, START + leaves))
    for _ in range(rng.poisson(1.5 * (days - begin) / 365)):
        week = begin + int(rng.integers(0, max(days - begin - 8, 1)))
        chance[:, week : week + int(rng.integers(4, 9))] *= 0.1
        happened.append((HOLIDAY, START + week))
    if len(chance) > 2 and rng.random() < 0.06:
        stop = begin + int(rng.integers(120, max(days - begin, 121)))
        chance[0, begin:stop] = 1.0
        chance[0, stop:] = 0
        happened.append((BOT_STOP, START + stop))
    return happened


def run(world: World, limits: Thresholds, last: int | None = None) -> tuple[list[Opening], f.Facts]:
    """All alerts of a world, with data up to `last` (a day number) only."""
    last = START + world.days - 1 if last is None else last
    rows = world.rows[world.rows[:, 2] <= last]
    order = np.lexsort((rows[:, 2], rows[:, 1]))
    known = np.unique(rows[:, 2])
    scripts, since = automated_since(rows[order, 1], rows[order, 2], known, limits)
    humans = np.stack([np.arange(1, world.users + 1), np.full(world.users, f.NEVER)], axis=1)
    humans[scripts - 1, 1] = since
    flagged = humans[rows[:, 1] - 1, 1] < f.NEVER
    daily = np.zeros((last - START + 1, len(world.accounts)), np.int32)
    np.add.at(daily, (rows[~flagged, 2] - START, rows[~flagged, 0] - 1), 1)
    bots = rows[flagged]
    automation = f.Automation(bots[:, 0] - 1, bots[:, 2] - START, humans[bots[:, 1] - 1, 1])
    found = f.Facts(START, world.accounts, daily, automation, START)
    made = read_history(found, limits)
    days, accounts = candidates(made, 1, limits)
    team = build_team(found, rows[np.isin(rows[:, 0] - 1, accounts)], humans)
    holds, _ = breaches(made, team, days, accounts, limits)
    openings, _ = walk(made, holds, [], START + 2, last + 1, limits)
    return openings, found


def score(world: World, openings: list[Opening]) -> dict[str, float]:
    """Shares of declines found, days from onset to alert, false alerts of healthy account-years."""
    rung: dict[int, list[int]] = {}
    for alert in openings:
        if alert.kind == "activity":
            rung.setdefault(int(world.accounts.ids[alert.account]), []).append(alert.day)
    found, early, lead, false = 0, 0, [], 0
    for account, (onset, end) in world.declines.items():
        hits = [d for d in rung.get(account, []) if onset <= d <= end]
        found += bool(hits)
        early += bool(hits) and hits[0] <= end - 30
        lead += [hits[0] - onset] if hits else []
    last = START + world.days
    years = 0.0
    for account in world.accounts.ids.tolist():
        until = world.declines.get(account, (last, last))[0]
        years += (until - max(START, int(world.accounts.born[account - 1]))) / 365
        false += sum(d < until for d in rung.get(account, []))
    return {
        "declines": len(world.declines),
        "recall": found / max(len(world.declines), 1),
        "recall 30 days ahead": early / max(len(world.declines), 1),
        "median days from onset": float(np.median(lead)) if lead else float("nan"),
        "false alerts per account-year": false / years,
        "alerts per account": sum(map(len, rung.values())) / len(world.accounts),
        "onboarding alerts": sum(a.kind == "onboarding" for a in openings),
        "watch entries": sum(a.kind == "watch" for a in openings),
    }


def main() -> None:
    accounts = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    limits = thresholds(policy.shipped(Path(policy.FOLDER))["activity"])
    for seed in (1, 2, 3):
        world = simulate(accounts, seed=seed)
        began = time.perf_counter()
        openings, _ = run(world, limits)
        took = time.perf_counter() - began
        print(f"seed {seed}: {len(world.rows):,} user-days, {took:.1f} s")
        for name, value in score(world, openings).items():
            print(f"  {name}: {value:.3g}")


if __name__ == "__main__":
    main()

"""The numbers that justify an alert, as a plain record that is stored with it and never recomputed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from lib.activity.detector import baseline, noise, weeks_low
from lib.activity.facts import Team
from lib.activity.history import History
from lib.activity.rules import AlertKind, Numbers, Thresholds, level_of, severity_of
from lib.activity.teams import People, read_people, read_teams

SPARK_WEEKS = 7
MOST_USERS = 200


def collect(
    made: History, team: Team, days: Sequence[int], positions: Sequence[int], limits: Thresholds
) -> list[dict[str, Any]]:
    """One record per (day index, account position) of activity and watch alerts.

    observed, expected: active user-days in 28 days; ratio, ratio_7, rest: shares (1 is as expected);
    through: last day of data used; users: regular ones and droppers, worst first.
    """
    if not len(days):
        return []
    at, accounts = np.asarray(days), np.asarray(positions)
    start, length = baseline(made.facts, at, accounts, limits)
    numbers = read_teams(made, team, at, accounts, start, length, limits)
    people = read_people(made, team, at, accounts, start, length, limits)
    low, sigma = weeks_low(made, at, accounts, limits), noise(made, at, accounts, limits)
    expected_7 = made.expected_7(at, accounts)
    seen_7 = np.rint(made.ratio_7[at, accounts] * (expected_7 + 2) - 2)
    observed = made.observed(at, accounts)
    segment = made.facts.accounts.segment[accounts]
    users = _users(made, team, people, at)
    records = []
    for n, (day, account) in enumerate(zip(at.tolist(), accounts.tolist(), strict=True)):
        before = made.ratio_7[day - 14, account] if day >= 14 else np.nan
        rest, regular = float(numbers.rest[n]), int(numbers.regular[n])
        records.append({
            "through": date.fromordinal(made.facts.first + day).isoformat(),
            "observed": int(observed[n]) if observed[n] == observed[n] else None,
            "expected": _round(made.expected_28[day, account]),
            "ratio": _round(made.ratio_28[day, account]),
            "ratio_7": _round(made.ratio_7[day, account]),
            "expected_7": _round(expected_7[n]),
            "weeks_low": int(low[n]),
            "rest": _round(rest),
            "regular": regular,
            "down": int(numbers.down[n]),
            "sigma": _round(sigma[n]),
            "mood_28": _round(made.mood_28[day, segment[n]]),
            "mood_7": _round(made.mood_7[day, segment[n]]),
            "baseline_days": int(length[n]),
            "named": bool(made.facts.accounts.named[account]),
            "severity": severity_of(regular, rest, float(made.ratio_7[day, account]), float(before)),
            "level": str(level_of(rest, regular, seen_7[n] <= 0, float(expected_7[n]), limits)),
            "users": users[n],
        })  # fmt: skip
    return records


def collect_newcomer(made: History, day: int, account: int) -> dict[str, Any]:
    """The record of an onboarding alert: q, the rate per seat and the usual one, people seen."""
    new = made.newcomers.get(day)
    at = np.flatnonzero(new.account == account) if new is not None else []
    through = date.fromordinal(made.facts.first + day).isoformat()
    if not len(at):
        return {"through": through, "level": "medium", "severity": 0.0, "users": []}
    seats = int(made.facts.accounts.seats[account])
    q, rate, usual = float(new.q[at[0]]), float(new.rate[at[0]]), float(new.usual[at[0]])
    return {
        "through": through,
        "q": _round(q),
        "observed": round(rate * seats),
        "expected": _round(usual * seats),
        "ratio": _round(q),
        "seats": seats,
        "day_of_life": int(made.facts.first + day + 1 - made.facts.accounts.signed_up[account]),
        "severity": round(30 + 40 * max(1 - q, 0), 2),
        "level": "medium",
        "users": [],
    }


def of_kind(kind: str, record: dict[str, Any]) -> dict[str, Any]:
    """A watch entry never rings: it stays on the lowest level."""
    return record | {"level": "medium"} if kind == AlertKind.WATCH else record


def _users(made: History, team: Team, people: People, days: Numbers) -> list[list[dict[str, Any]]]:
    """Per entry its regular users and droppers, worst first: all looked up together, then told apart."""
    rows = np.flatnonzero(people.regular | (people.expected > people.observed))
    gap = people.expected[rows] - people.observed[rows]
    rows = rows[np.lexsort((people.pairs[rows], -gap, people.which[rows]))]
    pairs, at = people.pairs[rows], days[people.which[rows]]
    seen = team.last_seen(pairs, at)
    weeks = np.stack([
        team.count(pairs, at - 7 * w - 6, at - 7 * w) for w in range(SPARK_WEEKS - 1, -1, -1)
    ], axis=1)  # fmt: skip
    told: list[list[dict[str, Any]]] = [[] for _ in range(len(days))]
    columns = (
        people.which[rows], team.user[pairs], people.observed[rows], np.round(people.expected[rows], 4),
        people.regular[rows], people.down[rows], seen,
    )  # fmt: skip
    lists = (column.tolist() for column in (*columns, weeks))
    for which, user, observed, expected, regular, down, last, spark in zip(*lists, strict=True):
        if len(told[which]) < MOST_USERS:
            day = date.fromordinal(made.facts.first + last).isoformat() if last >= 0 else None
            told[which].append({
                "user_id": user, "observed": observed, "expected": expected, "regular": regular,
                "down": down, "last_seen": day, "weeks": spark,
            })  # fmt: skip
    return told


def _round(value: float) -> float | None:
    return None if value != value else round(float(value), 4)

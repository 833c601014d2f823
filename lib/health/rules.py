"""The health score: six parts from 0 to 100, their weighted sum, what caps it, and its status word. Pure.

H = Σ w·s / Σ w over the parts with data; a part without data drops out with its weight, it is never 0 or
100. A part contributes w·(s − 70)/Σ w, so that the contributions add up to H − 70. Both are shown with one
decimal; `contributions` splits the tenths by largest remainder, so that the shown parts add up exactly.

One word per account. The score alone gives a band; the account's standing (`lib/accounts`) is the worse of
this band and of its urgent signs (open alert, overdue promise, notice date without a talk, contract that is
over), and is the only status word on a screen: the score stands beside it as a number. An open critical
alert, a cancelled contract and one that is over cap the score at 40, which is Critical, as is the standing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

import numpy as np

from lib.errors import Invalid

Numbers = np.ndarray
TENTHS = 10


class Part(StrEnum):
    """The six components, in the order they are shown."""

    ACTIVITY = "activity"
    BREADTH = "breadth"
    SENTIMENT = "sentiment"
    COMMERCIAL = "commercial"
    SUPPORT = "support"
    RELATIONSHIP = "relationship"


PARTS = tuple(Part)


class Cap(StrEnum):
    """Why the score is capped, strongest first."""

    ALERT = "alert"
    CANCELLED = "cancelled"
    ENDED = "ended"


class Band(StrEnum):
    CRITICAL = "critical"
    WATCH = "watch"
    HEALTHY = "healthy"
    NO_DATA = "no_data"


class Opinion(StrEnum):
    """What the account manager thinks of an account."""

    GOOD = "good"
    MIXED = "mixed"
    POOR = "poor"


@dataclass(frozen=True)
class Limits:
    """The policy document "health" as typed numbers; `rhythm` days by tier, `features` names by plan, both by
    their names in small letters."""

    weights: dict[str, float]
    neutral: int
    healthy_from: int
    watch_from: int
    least_coverage: float
    cap: int
    nothing_at: float
    full_at: float
    least_expected: int
    breadth_days: int
    feature_days: int
    cohort_least: int
    half_after_days: int
    gone_after_days: int
    per_day_overdue: int
    downgrade: int
    downgrade_days: int
    no_quote: int
    no_quote_days: int
    quote_days: int
    urgent: int
    open: int
    reopened: int
    reopened_days: int
    seats: int
    rhythm_days: int
    zero_at_times: int
    sponsor_left: int
    rhythm: dict[str, int]
    features: dict[str, tuple[str, ...]]


def limits_of(policy: Mapping[str, Any]) -> Limits:
    """The stored document as typed numbers. Raises KeyError for a missing value."""
    bands, act, wide = policy["bands"], policy["activity"], policy["breadth"]
    mood, money, help_, bond = (
        policy[name] for name in ("sentiment", "commercial", "support", "relationship")
    )
    weights = policy["weights"]
    return Limits(
        weights={
            "activity": weights["activity"], "breadth": weights["breadth"],
            "sentiment": weights["sentiment"], "commercial": weights["commercial"],
            "support": weights["support"], "relationship": weights["relationship"],
        },
        neutral=bands["neutral"], healthy_from=bands["healthy_from"], watch_from=bands["watch_from"],
        least_coverage=float(bands["least_coverage"]), cap=bands["cap"],
        nothing_at=float(act["nothing_at"]), full_at=float(act["full_at"]),
        least_expected=act["least_expected"],
        breadth_days=wide["days"], feature_days=wide["feature_days"], cohort_least=wide["cohort_least"],
        half_after_days=mood["half_after_days"], gone_after_days=mood["gone_after_days"],
        per_day_overdue=money["per_day_overdue"], downgrade=money["downgrade"],
        downgrade_days=money["downgrade_days"], no_quote=money["no_quote"],
        no_quote_days=money["no_quote_days"], quote_days=money["quote_days"],
        urgent=help_["urgent"], open=help_["open"], reopened=help_["reopened"],
        reopened_days=help_["reopened_days"], seats=help_["seats"], rhythm_days=bond["rhythm_days"],
        zero_at_times=bond["zero_at_times"], sponsor_left=bond["sponsor_left"],
        rhythm={row["code"]: row["days"] for row in policy["rhythm"]},
        features={row["code"]: _listed(row["names"]) for row in policy["features"]},
    )  # fmt: skip


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


# The parts. Each takes numbers or arrays of them; NaN is "no data" and stays NaN.


def activity(ratio: Numbers | float, expected: Numbers | float, limits: Limits) -> Numbers:
    """`ratio`: active user-days of 28 days against what is expected (R_28). Where hardly anything is expected
    the ratio says nothing: nobody instead of nobody would be "as expected"."""
    ratio = np.where(np.asarray(expected, float) < limits.least_expected, np.nan, ratio)
    return 100 * np.clip((np.asarray(ratio, float) - limits.nothing_at) / _span(limits), 0, 1)


def _span(limits: Limits) -> float:
    return max(limits.full_at - limits.nothing_at, 1e-9)


def breadth(people: Numbers | float, features: Numbers | float) -> Numbers:
    """Half people, half key features, each a share of its cohort's median, at most 1; one without data leaves
    the other alone."""
    halves = np.clip(np.stack([np.asarray(people, float), np.asarray(features, float)]), 0, 1)
    there = ~np.isnan(halves)
    total = np.where(there, halves, 0).sum(axis=0)
    return np.where(there.any(axis=0), 100 * total / np.maximum(there.sum(axis=0), 1), np.nan)


def commercial(
    overdue_days: Numbers | float, downgraded: Numbers | bool, unquoted: Numbers | bool, limits: Limits
) -> Numbers:
    """From 100 down: for each day the oldest unpaid invoice is overdue, a downgrade, a near renewal nobody
    quoted for."""
    lost = limits.per_day_overdue * np.asarray(overdue_days, float)
    lost = lost + limits.downgrade * np.asarray(downgraded, float)
    return np.clip(100 - lost - limits.no_quote * np.asarray(unquoted, float), 0, 100)


def case_scale(seats: Numbers | float, limits: Limits) -> Numbers:
    """Large accounts open more cases: above `limits.seats` the points shrink in proportion."""
    return limits.seats / np.maximum(np.nan_to_num(np.asarray(seats, float)), limits.seats)


def support(
    urgent: Numbers | float, others: Numbers | float, reopened: Numbers | float, seats: Numbers | float,
    limits: Limits,
) -> Numbers:  # fmt: skip
    points = limits.urgent * np.asarray(urgent, float) + limits.open * np.asarray(others, float)
    points = points + limits.reopened * np.asarray(reopened, float)
    return np.clip(100 - points * case_scale(seats, limits), 0, 100)


def relationship(
    days: Numbers | float, rhythm: Numbers | float, sponsor_left: Numbers | bool, limits: Limits
) -> Numbers:
    """100 within the rhythm, falling evenly to 0 at so many times of it; less when the sponsor has left."""
    rhythm = np.asarray(rhythm, float)
    late = (np.asarray(days, float) - rhythm) / (rhythm * (limits.zero_at_times - 1))
    kept = 100 * (1 - np.clip(late, 0, 1))
    return np.clip(kept - limits.sponsor_left * np.asarray(sponsor_left, float), 0, 100)


def answer_weight(age_days: Numbers, limits: Limits) -> Numbers:
    """1, half after some time, 0 once an answer is too old."""
    half = np.where(age_days > limits.half_after_days, 0.5, 1.0)
    return np.where(age_days > limits.gone_after_days, 0.0, half)


# The sum.


def weighted(parts: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """H with one decimal (NaN without any data) and the sum of weights with data, for rows of six parts."""
    there = ~np.isnan(parts)
    used = np.where(there, weights, 0.0)
    total = used.sum(axis=1)
    summed = (used * np.where(there, parts, 0.0)).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.floor(summed / total * TENTHS + 0.5 + 1e-9) / TENTHS, total


def in_tenths(value: float) -> int:
    """A shown number with one decimal as whole tenths."""
    return round(value * TENTHS)


def contributions(
    parts: Mapping[str, float | None], weights: Mapping[str, float], raw: float, neutral: int
) -> dict[str, float]:
    """What each part with data adds or takes, with one decimal; together exactly `raw` − neutral.

    Split by largest remainder, exact fractions throughout. `raw` is the shown sum H.
    """
    shown = [name for name in PARTS if parts.get(name) is not None and weights.get(name)]
    total = sum(Fraction(str(weights[name])) for name in shown)
    if not shown:
        return {}
    exact = {
        name: Fraction(str(weights[name])) * (Fraction(str(parts[name])) - neutral) * TENTHS / total
        for name in shown
    }
    floors = {name: value.numerator // value.denominator for name, value in exact.items()}
    left = in_tenths(raw) - neutral * TENTHS - sum(floors.values())
    order = sorted(shown, key=lambda name: (floors[name] - exact[name], PARTS.index(name)))
    for place in range(abs(left)):  # at most one more than there are parts: H itself was rounded
        name = order[place % len(order)] if left > 0 else order[-1 - place % len(order)]
        floors[name] += 1 if left > 0 else -1
    return {name: floors[name] / TENTHS for name in shown}


def capped(raw: float | None, cap: str | None, limits: Limits) -> float | None:
    """The shown score: the sum, or the cap where one holds and the sum is higher."""
    if raw is None or cap is None:
        return raw
    return min(raw, float(limits.cap))


def band(score: float | None, limits: Limits) -> Band:
    """The word of a score. Its lower end belongs to a band."""
    if score is None or score != score:
        return Band.NO_DATA
    if score >= limits.healthy_from:
        return Band.HEALTHY
    return Band.WATCH if score >= limits.watch_from else Band.CRITICAL


def coverage(parts: Mapping[str, float | None], limits: Limits) -> float:
    """The share of the policy's weights whose part has data."""
    whole = sum(limits.weights.values())
    known = sum(w for name, w in limits.weights.items() if parts.get(name) is not None)
    return known / whole if whole else 0.0


# From one day to another.


@dataclass(frozen=True)
class Step:
    """One line of a change: the part (or "cap"), and by how much it moved the shown score."""

    name: str
    points: float


def change(before: Mapping[str, Any], after: Mapping[str, Any], neutral: int) -> tuple[float, list[Step]]:
    """How the shown score moved between two stored days, and what each part did; the steps add up exactly.

    A part that was missing on one of the days moves by its whole contribution. Both need a score.
    """
    if before["score"] is None or after["score"] is None:
        raise Invalid("health_no_score")
    one, two = (
        contributions({p: day[p] for p in PARTS}, day["weights"], day["raw"], neutral)
        for day in (before, after)
    )
    moved = {name: in_tenths(two.get(name, 0.0)) - in_tenths(one.get(name, 0.0)) for name in PARTS}
    caps = [in_tenths(day["score"]) - in_tenths(day["raw"]) for day in (before, after)]
    moved["cap"] = caps[1] - caps[0]
    steps = [Step(str(name), tenths / TENTHS) for name, tenths in moved.items() if tenths]
    steps.sort(key=lambda step: -abs(step.points))
    total = in_tenths(after["score"]) - in_tenths(before["score"])
    return total / TENTHS, steps


def check_opinion(value: str, note: str, set_on: date, today: date) -> str:
    """The trimmed note of a hand-set opinion. Raises Invalid."""
    if value not in set(Opinion):
        raise Invalid("health_opinion_unknown")
    if not note.strip():
        raise Invalid("health_opinion_note")
    if set_on > today:
        raise Invalid("health_opinion_future")
    return note.strip()[:1000]

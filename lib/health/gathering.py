"""The six parts and the score of every account on one morning, from arrays read before. Reads no store.

A morning D counts what is dated before D. Seats, plan, tier and region are those of today: nobody keeps their
past, and a reopened case is known by its opening day alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from lib.activity.cohort import group_medians
from lib.health import rules
from lib.health.reading import NEVER, Rows
from lib.health.rules import PARTS, Cap, Limits, Numbers
from lib.health.world import World

Ratios = Mapping[int, tuple[float, float, float]]  # account id -> observed, expected, ratio (R_28)
Facts = dict[str, Numbers]


@dataclass(frozen=True)
class Morning:
    """The day number and what every part needs to know."""

    world: World
    day: int
    limits: Limits

    @property
    def size(self) -> int:
        return len(self.world.ids)

    def count(self, rows: Rows, where: Numbers, weights: Numbers | None = None) -> Numbers:
        given = None if weights is None else weights[where]
        return np.bincount(rows["at"][where], weights=given, minlength=self.size).astype(float)

    def latest(self, rows: Rows, where: Numbers, column: str = "day") -> Numbers:
        """The newest day number by account, NaN where there is none."""
        found = np.full(self.size, -np.inf)
        np.maximum.at(found, rows["at"][where], rows[column][where].astype(float))
        return np.where(np.isinf(found), np.nan, found)

    def oldest(self, rows: Rows, where: Numbers, column: str) -> Numbers:
        found = np.full(self.size, np.inf)
        np.minimum.at(found, rows["at"][where], rows[column][where].astype(float))
        return np.where(np.isinf(found), np.nan, found)


def rows_of(
    world: World, day: date, ratios: Ratios, limits: Limits, only: set[int] | None = None
) -> list[dict[str, Any]]:
    """One row for each customer of that morning, as `HealthDay` keeps it (without `recorded_at`); of the
    accounts `only` when they are given."""
    now = Morning(world, day.toordinal(), limits)
    facts: Facts = {}
    parts = np.full((now.size, len(PARTS)), np.nan)
    for place, part in enumerate((_activity, _breadth, _sentiment, _commercial, _support, _relationship)):
        values, told = part(now, ratios) if part is _activity else part(now)
        parts[:, place] = np.round(values, 2)
        facts |= told
    weights = np.tile([float(limits.weights[p]) for p in PARTS], (now.size, 1))
    weights[:, PARTS.index("sentiment")] *= np.nan_to_num(facts["answer_weight"], nan=1.0)
    raw, _ = rules.weighted(parts, weights)
    held = np.array([limits.weights[p] for p in PARTS], float)
    covered = np.where(np.isnan(parts), 0.0, held).sum(axis=1) / max(held.sum(), 1e-9)
    raw = np.where(covered + 1e-9 >= limits.least_coverage, raw, np.nan)
    a = world.accounts
    use = a["scored"] & (a["began"] <= now.day) & (a["left"] > now.day)
    if only is not None:
        use &= np.isin(world.ids, list(only))
    reasons = caps(world, now.day, now.day)
    return [_row(now, n, day, parts, weights, raw, covered, facts, reasons) for n in np.flatnonzero(use)]


def _row(
    now: Morning, n: int, day: date, parts: Numbers, weights: Numbers, raw: Numbers, covered: Numbers,
    facts: Facts, reasons: dict[int, str],
) -> dict[str, Any]:  # fmt: skip
    summed, cap = _none(raw[n]), reasons.get(n)
    told = {name: plain for name, column in facts.items() if (plain := _told(column[n])) is not None}
    return {
        "account_id": int(now.world.ids[n]), "day": day, "score": rules.capped(summed, cap, now.limits),
        "raw": summed, "cap": cap, "coverage": round(float(covered[n]), 4),
        **{str(p): _none(parts[n, i]) for i, p in enumerate(PARTS)},
        "weights": {str(p): float(weights[n, i]) for i, p in enumerate(PARTS)}, "facts": told,
    }  # fmt: skip


def _none(value: float) -> float | None:
    return None if value != value else float(value)


def _told(value: Any) -> float | int | bool | None:
    """A fact as JSON keeps it; what is missing or does not hold is left out."""
    if isinstance(value, bool | np.bool_):
        return True if value else None
    if value != value:
        return None
    return int(value) if float(value).is_integer() else round(float(value), 4)


def caps(world: World, day: int, before: int) -> dict[int, str]:
    """Why scores are capped, by account position. What happened before the day `before` counts: the morning
    itself for a stored row, the next day for a look at this moment."""
    found: dict[int, str] = {}
    r, c, a = world.renewals, world.contracts, world.alerts
    over = (r["due"] <= day) & (r["closed"] > day)  # settled on its last day is settled
    found |= dict.fromkeys(r["at"][over].tolist(), str(Cap.ENDED))
    gone = r["contract"][r["lost"] & (r["closed"] < before) & (r["due"] > day)]
    alive = (c["starts"] <= day) & (c["ends"] > day)
    lost = alive & np.isin(c["id"], gone)
    size = len(world.ids)
    left = np.bincount(c["at"][alive], minlength=size) - np.bincount(c["at"][lost], minlength=size)
    cancelled = np.flatnonzero((np.bincount(c["at"][lost], minlength=size) > 0) & (left == 0))
    found |= dict.fromkeys(cancelled.tolist(), str(Cap.CANCELLED))
    critical = np.where(a["through"] < day, a["now"], a["first"])
    critical = np.where(a["through"] == -NEVER, a["first"], critical)
    asleep = (a["snoozed"] < before) & (a["wakes"] > day)
    rings = critical & (a["opened"] <= day) & (a["resolved"] > day) & ~asleep
    return found | dict.fromkeys(a["at"][rings].tolist(), str(Cap.ALERT))


def _activity(now: Morning, ratios: Ratios) -> tuple[Numbers, Facts]:
    nothing = (np.nan, np.nan, np.nan)
    held = np.array([ratios.get(i, nothing) for i in now.world.ids.tolist()], float).reshape(-1, 3)
    facts = dict(zip(("observed", "expected", "ratio"), held.T, strict=True))
    return rules.activity(held[:, 2], held[:, 1], now.limits), facts


def _breadth(now: Morning) -> tuple[Numbers, Facts]:
    p, limits, seats = now.world.people, now.limits, now.world.accounts["seats"]
    inside = (p["day"] >= now.day - limits.breadth_days) & (p["day"] < now.day) & (p["script"] > now.day)
    _, first = np.unique(p["user"][inside], return_index=True)  # nobody sits in two accounts
    people = np.bincount(p["at"][inside][first], minlength=now.size).astype(float)
    # Where the source names nobody, nobody seen says nothing.
    known = now.world.accounts["named"] & (now.world.since["people"] < now.day)
    people = np.where(known & (seats > 0), people, np.nan)
    share, median = _against_cohort(now, people / np.where(seats > 0, seats, np.nan))
    used, of = _features(now)
    feature_share, _ = _against_cohort(now, used / of)
    return rules.breadth(share, feature_share), {
        "people": people, "seats": seats, "people_median": median, "people_share": share,
        "features": used, "features_of": of, "feature_share": feature_share,
    }  # fmt: skip


def _against_cohort(now: Morning, values: Numbers) -> tuple[Numbers, Numbers]:
    """Each value as a share of its cohort's median (at most 1), and that median: region and industry, widened
    to the region and to everybody where too few accounts have a value. A median of 0 asks for nothing."""
    a, least = now.world.accounts, now.limits.cohort_least
    here = np.flatnonzero(~np.isnan(values) & a["scored"] & (a["left"] > now.day) & (a["began"] <= now.day))
    if not len(here):
        return values, np.full(now.size, np.nan)
    kept, regions = values[here], a["region_of"][a["segment"]]
    own, sizes = group_medians(kept, a["segment"][here], len(a["region_of"]))
    wide, wide_sizes = group_medians(kept, regions[here], int(regions.max()) + 1)
    median = np.where(wide_sizes[regions] >= least, wide[regions], np.median(kept))
    median = np.where(sizes[a["segment"]] >= least, own[a["segment"]], median)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(median > 0, values / median, np.where(np.isnan(values), np.nan, 1.0))
    return np.clip(share, 0, 1), median


def _features(now: Morning) -> tuple[Numbers, Numbers]:
    """Key features used, and how many there are: those the policy names for the plan, else what accounts of
    the plan used lately. NaN where the source knows no features."""
    f, limits, plan = now.world.features, now.limits, now.world.accounts["plan"]
    nothing = np.full(now.size, np.nan)
    known = (f["day"] < now.day) & (f["day"] >= now.day - limits.feature_days)
    if not known.any():
        return nothing, nothing
    recent = known & (f["day"] >= now.day - limits.breadth_days)
    seen = set(f["feature"][known])
    at, names = f["at"], f["feature"]
    wanted: dict[str, set[str]] = {}
    for code in set(plan.tolist()):
        named = {name.lower() for name in limits.features.get(code, ())}
        mine = known & (plan[at] == code)
        wanted[code] = named if named & seen else set(names[mine])
    used = np.zeros(now.size)
    pairs = {(a, n) for a, n in zip(at[recent].tolist(), names[recent].tolist(), strict=True)}
    for account, name in pairs:
        used[account] += name in wanted[plan[account]]
    of = np.array([len(wanted[code]) for code in plan], float)
    of = np.where(of > 0, of, np.nan)
    return np.where(np.isnan(of), np.nan, used), of


def _sentiment(now: Morning) -> tuple[Numbers, Facts]:
    a = now.world.answers
    told = a["day"] < now.day
    weight = np.where(told, rules.answer_weight(now.day - a["day"], now.limits), 0.0)
    counts = weight > 0
    total = now.count(a, counts, weight)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = now.count(a, counts, weight * a["value"]) / total
    newest = now.day - now.latest(a, counts)
    best = np.zeros(now.size)
    np.maximum.at(best, a["at"][counts], weight[counts])
    answers = now.count(a, counts)
    return mean, {
        "answers": np.where(answers > 0, answers, np.nan), "answer_days": newest, "answer_value": mean,
        "answer_weight": np.where(best > 0, best, np.nan),
    }  # fmt: skip


def _commercial(now: Morning) -> tuple[Numbers, Facts]:
    w, limits = now.world, now.limits
    due = (w.invoices["due"] < now.day) & (w.invoices["paid"] >= now.day)
    overdue = np.nan_to_num(now.day - now.oldest(w.invoices, due, "due"))
    fell = (w.downgrades["day"] < now.day) & (w.downgrades["day"] >= now.day - limits.downgrade_days)
    downgraded = now.count(w.downgrades, fell) > 0
    r = w.renewals
    near = (r["closed"] >= now.day) & (r["due"] >= now.day) & (r["due"] <= now.day + limits.no_quote_days)
    due_on = now.oldest(r, near, "due")
    quoted = now.latest(w.quotes, w.quotes["day"] < now.day)
    fresh = quoted >= due_on - limits.quote_days
    unquoted = ~np.isnan(due_on) & ~fresh & (w.since["quotes"] < now.day)
    score = rules.commercial(overdue, downgraded, unquoted, limits)
    known = w.accounts["billed_from"] < now.day
    return np.where(known, score, np.nan), {
        "overdue": np.where(overdue > 0, overdue, np.nan), "downgraded": downgraded,
        "unquoted_days": np.where(unquoted, due_on - now.day, np.nan),
    }  # fmt: skip


def _support(now: Morning) -> tuple[Numbers, Facts]:
    c, limits, seats = now.world.cases, now.limits, now.world.accounts["seats"]
    still = (c["opened"] < now.day) & (c["closed"] >= now.day)
    lately = (c["opened"] < now.day) & (c["opened"] >= now.day - limits.reopened_days)
    urgent, others = now.count(c, still & c["urgent"]), now.count(c, still & ~c["urgent"])
    again = now.count(c, lately, np.nan_to_num(c["reopened"]))
    score = rules.support(urgent, others, again, seats, limits)
    known = now.world.since["cases"] < now.day
    return np.where(known, score, np.nan), {
        "urgent": urgent, "others": others, "reopened": again, "scale": rules.case_scale(seats, limits),
    }  # fmt: skip


def _relationship(now: Morning) -> tuple[Numbers, Facts]:
    w, limits = now.world, now.limits
    last = now.latest(w.talks, w.talks["day"] < now.day)
    start = max(w.since["talks"], -NEVER)
    never = np.isnan(last)
    days = now.day - np.where(never, np.maximum(w.accounts["began"], start), last)
    rhythm = np.array([limits.rhythm.get(t, limits.rhythm_days) for t in w.accounts["tier"]], float)
    s = w.sponsors
    here = now.count(s, s["gone"] >= now.day) > 0
    left = (now.count(s, s["gone"] < now.day) > 0) & ~here
    score = rules.relationship(days, rhythm, left, limits)
    known = w.since["talks"] < now.day
    return np.where(known, score, np.nan), {
        "talk_days": np.where(known & ~never, days, np.nan), "never_talked": never & known,
        "rhythm": rhythm, "sponsor_left": left,
    }  # fmt: skip

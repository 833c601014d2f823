"""Holds past alerts against what became of the customers: what was found, how early, how often in vain. Pure.

An alert is *right* when a loss of its account followed within `look_back_days` of its opening, or while it
was still open; it is *false* when that time went by without one. Before that time is over it is *early* and
counts for no precision, also when a loss came already (*early_right*): else the quick ones alone would count.
A loss is *found* by a rule when a right alert of it stood before. A loss without activity to judge by, or of
a time whose mornings were never evaluated, is *out of sight* and no miss of the rule. Nothing here looks past
the day of a loss to decide what was known before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from lib.activity.rules import AlertKind

RULES = (str(AlertKind.ACTIVITY), str(AlertKind.ONBOARDING), str(AlertKind.WATCH))
BELLS = RULES[:2]  # the watch list is looked at, it never rings
RIGHT = ("right", "early_right")
IN_SIGHT = ("found", "miss")
YEAR = 365.25
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """The policy document "evidence", and from "activity" how old an account must be before a rule can see it
    (baseline) and until when the rule for new customers looks (newcomer)."""

    look_back_days: int
    ahead_days: int
    onset_ratio: float
    least_verdicts: int
    least_losses: int
    aim: Mapping[str, float]
    baseline_days: int
    newcomer_from: int
    newcomer_to: int


def limits_of(held: Mapping[str, Any], activity: Mapping[str, Any]) -> Limits:
    """The stored documents as typed numbers. Raises KeyError for a missing value."""
    aim = held["aim"]
    base, young = activity["baseline"], activity["onboarding"]
    return Limits(
        look_back_days=held["look_back_days"], ahead_days=held["ahead_days"],
        onset_ratio=float(held["onset_ratio"]), least_verdicts=held["least_verdicts"],
        least_losses=held["least_losses"],
        aim={"recall": float(aim["recall"]), "ahead": float(aim["ahead"]),
             "precision": float(aim["precision"]), "lead": float(aim["lead_days"]),
             "delay": float(aim["delay_days"]), "false_a_year": float(aim["false_a_year"])},
        baseline_days=base["settling_days"] + base["least_days"] + base["gap_days"],
        newcomer_from=young["first_day"], newcomer_to=young["last_day"],
    )  # fmt: skip


@dataclass(frozen=True)
class Share:
    """A share with what it is a share of; `value` is None of nothing."""

    part: int
    of: int

    @property
    def value(self) -> float | None:
        return self.part / self.of if self.of else None


@dataclass(frozen=True)
class Verdicts:
    """What account managers said of alerts. Right is what was real, known before or not."""

    real: int
    known: int
    false: int

    @property
    def count(self) -> int:
        return self.real + self.known + self.false

    @property
    def precision(self) -> float | None:
        return (self.real + self.known) / self.count if self.count else None


@dataclass(frozen=True)
class Figures:
    """One rule over a period. `lead`: median days from alert to loss among those found; `delay`: median days
    from the first low week to the alert, among right alerts; `years`: account-years looked at."""

    rule: str
    recall: Share
    ahead: Share
    out_of_sight: int
    alerts: int
    precision: Share
    early: int
    lead: float | None
    delay: float | None
    years: float
    verdicts: Verdicts

    @property
    def false_a_year(self) -> float | None:
        wrong = self.precision.of - self.precision.part
        return wrong / self.years if self.years > 0 else None


def judged(alerts: pd.DataFrame, losses: pd.DataFrame, today: date, limits: Limits) -> pd.DataFrame:
    """The alerts (id, account_id, kind, opened_on, resolved_on …) with outcome (right false early
    early_right), lost_on
    (the first loss that proves it) and lead (days)."""
    gone: dict[int, list[date]] = {}
    for account, day in sorted(zip(losses["account_id"], losses["day"], strict=True)):
        gone.setdefault(account, []).append(day)
    span = timedelta(days=limits.look_back_days)
    outcomes, lost = [], []
    for row in alerts.itertuples():
        stands = row.resolved_on if isinstance(row.resolved_on, date) else today
        until = max(row.opened_on + span, stands)
        hit = next((d for d in gone.get(row.account_id, ()) if row.opened_on < d <= until), None)
        over = row.opened_on + span < today
        outcomes.append(("right" if hit else "false") if over else "early_right" if hit else "early")
        lost.append(hit)
    found = alerts.assign(outcome=pd.Series(outcomes, index=alerts.index, dtype="object"),
                          lost_on=pd.Series(lost, index=alerts.index, dtype="object"))  # fmt: skip
    lead = [(d - o).days if d else None for d, o in zip(lost, found["opened_on"], strict=True)]
    return found.assign(lead=pd.Series(lead, index=alerts.index, dtype="Int64"))


def seen(
    losses: pd.DataFrame, alerts: pd.DataFrame, rule: str, looked_from: date | None, limits: Limits
) -> pd.DataFrame:
    """The losses (account_id, day, began: the account's first day, active_from: its first activity …) as one
    rule had to find them: state (found, miss, or why it could not: not_looked no_activity other_age),
    alert_id, opened_on and lead of its first right alert. `rule` is a kind, or "bells" for the two that ring;
    `looked_from` the first morning that was ever evaluated."""
    kinds = BELLS if rule == "bells" else (rule,)
    right = alerts[alerts["outcome"].isin(RIGHT) & alerts["kind"].isin(kinds)].sort_values("opened_on")
    first = {(row.account_id, row.lost_on): row for row in right[::-1].itertuples()}
    rows = [
        first.get((account, day)) for account, day in zip(losses["account_id"], losses["day"], strict=True)
    ]
    state = [
        "found" if hit is not None else _sight(row, rule, looked_from, limits)
        for hit, row in zip(rows, losses.itertuples(), strict=True)
    ]
    columns = {"state": state, "alert_id": [hit and hit.id for hit in rows],
               "opened_on": [hit and hit.opened_on for hit in rows]}  # fmt: skip
    made = {n: pd.Series(v, index=losses.index, dtype="object") for n, v in columns.items()}
    lead = [None if hit is None else int(hit.lead) for hit in rows]
    return losses.assign(**made, lead=pd.Series(lead, index=losses.index, dtype="Int64"))


def _sight(loss: Any, rule: str, looked_from: date | None, limits: Limits) -> str:
    """miss, or why the rule could not see it: nobody looked, no activity long enough, not at that age."""
    if looked_from is None or loss.day - timedelta(days=limits.ahead_days) < looked_from:
        return "not_looked"
    if not isinstance(loss.active_from, date) or loss.active_from >= loss.day:
        return "no_activity"
    began = loss.began if isinstance(loss.began, date) else loss.active_from
    watched = (loss.day - loss.active_from).days >= limits.baseline_days
    young = limits.newcomer_from <= (loss.day - began).days <= limits.newcomer_to + limits.look_back_days
    if rule == AlertKind.ONBOARDING:
        return "miss" if young else "other_age"
    if watched or (rule == "bells" and young):
        return "miss"
    return "no_activity"


def figures(rule: str, losses: pd.DataFrame, alerts: pd.DataFrame, years: float, limits: Limits) -> Figures:
    """`losses` of the period as `seen` for this rule, `alerts` of the period as `judged`, of every kind, with
    delay (days or missing)."""
    mine = alerts[alerts["kind"].isin(BELLS if rule == "bells" else (rule,))]
    sight, found = losses[losses["state"].isin(IN_SIGHT)], losses[losses["state"] == "found"]
    right, wrong = (int((mine["outcome"] == word).sum()) for word in ("right", "false"))
    said = mine["verdict"].value_counts()
    return Figures(
        rule=rule,
        recall=Share(len(found), len(sight)),
        ahead=Share(int((found["lead"] >= limits.ahead_days).sum()), len(sight)),
        out_of_sight=len(losses) - len(sight),
        alerts=len(mine), precision=Share(right, right + wrong),
        early=len(mine) - right - wrong,
        lead=_median(found["lead"]), delay=_median(mine.loc[mine["outcome"].isin(RIGHT), "delay"]),
        years=years,
        verdicts=Verdicts(*(int(said.get(word, 0)) for word in ("real", "known", "false"))),
    )  # fmt: skip


def _median(values: pd.Series) -> float | None:
    known = values.dropna()
    return None if known.empty else float(np.median(known.astype(float)))


def onset(
    daily: Mapping[date, int], opened_on: date, expected: float, ratio: float, most: int = 17
) -> int | None:
    """Days between the beginning of the fall and the alert: how many weeks in a row, counted back from the
    day before it, stayed below `ratio` of the expected week. `expected` are active user-days in 28 days; None
    when the last week was not low."""
    weeks = 0
    while weeks < most:
        last = opened_on - DAY - timedelta(days=7 * weeks)
        total = sum(daily.get(last - timedelta(days=back), 0) for back in range(7))
        if total > ratio * expected / 4:
            break
        weeks += 1
    return 7 * weeks or None


def account_years(spans: pd.DataFrame, first: date, last: date) -> float:
    """Account-years between two days: `spans` has starts_on and ends_on (missing: still a customer)."""
    total = 0
    for begins, ends in zip(spans["starts_on"], spans["ends_on"], strict=True):
        if isinstance(begins, date):
            until = min(last, ends) if isinstance(ends, date) else last
            total += max((until - max(first, begins)).days, 0)
    return total / YEAR

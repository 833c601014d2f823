"""The activity rules as values: thresholds, ratios, levels, severity, states and quiet times."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import numpy as np

from lib.errors import Conflict, Invalid

Numbers = np.ndarray


class AlertKind(StrEnum):
    ACTIVITY = "activity"
    ONBOARDING = "onboarding"
    WATCH = "watch"  # one person runs the account: listed, never rung
    # Signs beside activity (lib.signals): on the same desk, closed by the same rules, judged by others.
    CASE = "case"
    INTERVAL = "interval"
    REJECTION = "rejection"
    RIVALS = "rivals"
    ACTIVATION = "activation"
    DOWNGRADE = "downgrade"


class AlertStatus(StrEnum):
    NEW = "new"
    CONTACTED = "contacted"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"
    LOST = "lost"


class Level(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"


OF_ACTIVITY = (AlertKind.ACTIVITY, AlertKind.ONBOARDING, AlertKind.WATCH)
BELLS = OF_ACTIVITY[:2]
SLUMP = 0.8  # at this share of its usual week a whole region is said to be quiet
FALLEN_REST = 0.65  # from here down the depth of a fall adds to its ranking number
OPEN = (AlertStatus.NEW, AlertStatus.CONTACTED, AlertStatus.SNOOZED)
VERDICTS = ("real", "false", "known")
CAUSES = ("product_fault", "integration", "people_left", "season", "price", "competitor", "company_trouble",
          "moved_to_api", "measurement", "other")  # fmt: skip
DISMISSALS = ("moved_to_api", "season", "measurement", "company_trouble", "other")
# The steps an account manager takes, with the days after opening by which each is due.
PLAYS: dict[AlertKind, tuple[tuple[str, int], ...]] = {
    AlertKind.ACTIVITY: (("incidents", 0), ("cases", 0), ("sponsor", 2), ("date", 5), ("confirm", 14)),
    AlertKind.ONBOARDING: (("seats", 0), ("sponsor", 2), ("training", 7), ("first_action", 14)),
    AlertKind.WATCH: (("sponsor", 7), ("second_person", 14)),
    AlertKind.CASE: (("answer", 0), ("inform_lead", 0), ("apology", 1), ("confirm_answer", 3)),
    AlertKind.INTERVAL: (("reasons", 1), ("welcome_back", 2), ("one_to_one", 5), ("confirm_purchase", 30)),
    AlertKind.REJECTION: (("explain", 1), ("rival_check", 2), ("trade", 5), ("next_step", 7)),
    AlertKind.RIVALS: (("rival_check", 3), ("value_review", 7), ("trade", 14)),
    AlertKind.DOWNGRADE: (("value_review", 2), ("trade", 3), ("next_step", 5)),
    AlertKind.ACTIVATION: (("note", 1), ("demo", 5), ("confirm_use", 14)),
}
# Of alerts that opened with such a rest-of-team ratio, how many were real two weeks later.
REAL_SHARE: dict[Level, tuple[int, int]] = {Level.CRITICAL: (4, 5), Level.HIGH: (1, 2), Level.MEDIUM: (1, 3)}
STATUS_WORD: dict[Level, str] = {Level.CRITICAL: "critical", Level.HIGH: "watch", Level.MEDIUM: "watch"}


@dataclass(frozen=True)
class Thresholds:
    """The policy document "activity" as numbers; the field names are section_key."""

    baseline_days: int
    baseline_gap_days: int
    baseline_least_days: int
    baseline_settling_days: int
    cohort_least_accounts: int
    cohort_shrink: int
    automation_share: float
    automation_days: int
    automation_least_days: int
    opening_ratio: float
    opening_least_expected: float
    opening_week_ratio: float
    opening_weeks_low: int
    opening_weeks: int
    opening_noise: float
    opening_rest_ratio: float
    opening_rest_least_expected: float
    opening_cohort_away: float
    opening_evaluations: int
    opening_unnamed_ratio: float
    opening_regular_expected: float
    opening_down_share: float
    opening_silent_source_days: int
    weighing_least: float
    weighing_base: float
    weighing_lost: float
    weighing_rest: float
    weighing_third_week: float
    weighing_size: float
    weighing_gap: float
    weighing_spread: float
    weighing_spread_usual: float
    weighing_past: float
    weighing_past_days: int
    weighing_past_least_days: int
    weighing_past_unknown: float
    watch_ratio: float
    watch_evaluations: int
    noise_prior: float
    noise_prior_weight: float
    noise_first_day: int
    noise_last_day: int
    noise_least_expected: float
    closing_calm_ratio: float
    closing_calm_week_ratio: float
    closing_calm_days: int
    closing_cool_down_days: int
    closing_snooze_days: int
    closing_snooze_longest_days: int
    closing_early_return: float
    closing_expected_days: int
    risk_silence_points: float
    risk_silence_scale: float
    risk_silence_full: float
    risk_level_points: float
    risk_weeks: int
    risk_recent_weeks: int
    risk_fall_points: float
    risk_fall_cushion: float
    risk_watch: float
    risk_watch_evaluations: int
    risk_calm_evaluations: int
    level_critical_rest: float
    level_critical_regular: int
    level_critical_expected_week: float
    level_high_rest: float
    onboarding_first_day: int
    onboarding_last_day: int
    onboarding_ratio: float
    onboarding_evaluations: int
    onboarding_days: int
    onboarding_peer_age_days: int
    onboarding_calm_ratio: float


def thresholds(policy: dict[str, dict[str, Any]]) -> Thresholds:
    """The stored policy document as typed numbers. Raises KeyError for a missing value."""
    found = {}
    for field in fields(Thresholds):
        section, _, key = field.name.partition("_")
        found[field.name] = field.type(policy[section][key])
    return Thresholds(**found)


def ratio(observed: Numbers | float, expected: Numbers | float, cushion: float = 2.0) -> Numbers | float:
    """(O + c) / (E + c): 1 as expected, 0.5 half; the cushion keeps small accounts calm."""
    return (observed + cushion) / (expected + cushion)


def level_of(rest: float, regular: int, silent_week: bool, expected_week: float, limits: Thresholds) -> Level:
    """Critical: a broad team fell to about a third, or nobody came for a week where people were expected."""
    if rest <= limits.level_critical_rest and regular >= limits.level_critical_regular:
        return Level.CRITICAL
    if silent_week and expected_week >= limits.level_critical_expected_week:
        return Level.CRITICAL
    return Level.HIGH if rest <= limits.level_high_rest else Level.MEDIUM


def severity_of(regular: int, rest: float, week_ratio: float, week_ratio_before: float) -> float:
    """The ranking number at opening, higher is worse: broad teams first, then depth, then speed.

    `week_ratio_before` is the weekly ratio two weeks earlier; NaN counts as no change.
    """
    breadth = 12 * np.log2(np.clip(regular, 1, 16))
    depth = 40 * max(FALLEN_REST - rest, 0) / FALLEN_REST
    speed = np.log(week_ratio_before / week_ratio) if week_ratio_before == week_ratio_before else 0.0
    return round(float(30 + breadth + depth + 10 * np.clip(speed, -1, 1)), 2)


def check_closing(status: str, touch_id: int | None, cause: str | None, verdict: str | None) -> None:
    """An alert closes only from an open state, with a logged outreach, a cause and a verdict."""
    if status not in OPEN:
        raise Conflict("alert_not_open")
    if touch_id is None:
        raise Invalid("alert_needs_outreach")
    if cause not in CAUSES:
        raise Invalid("alert_needs_cause")
    if verdict not in VERDICTS:
        raise Invalid("alert_needs_verdict")


def check_snooze(status: str, until: date, today: date, reason: str, limits: Thresholds) -> None:
    """A snooze ends after today and within the longest time the policy allows, and says why."""
    if status not in OPEN:
        raise Conflict("alert_not_open")
    if not reason.strip():
        raise Invalid("alert_needs_reason")
    last = today + timedelta(days=limits.closing_snooze_longest_days)
    if not today < until <= last:
        raise Invalid("alert_snooze_range", days=limits.closing_snooze_longest_days)


def quiet_until(status: AlertStatus, closed_on: date, limits: Thresholds) -> date | None:
    """Before which day no new alert of this kind opens: cool-down, or longer when it was expected."""
    days = {
        AlertStatus.RESOLVED: limits.closing_cool_down_days,
        AlertStatus.DISMISSED: limits.closing_expected_days,
    }.get(status)
    return None if days is None else closed_on + timedelta(days=days)

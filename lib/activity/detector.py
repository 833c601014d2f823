"""Account by account, day by day: expected against observed, and on which days the opening rules hold.

The formulas are those of the method note: baseline of 84 days behind a gap of 35, scaled by the mood of
the cohort; nothing on a day uses a later day.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lib.activity.cohort import mood
from lib.activity.facts import Facts, Team
from lib.activity.history import MONTH, WEEK, History, Newcomers, Surroundings
from lib.activity.presence import Presence
from lib.activity.risk import risk, weeks_with_activity
from lib.activity.rules import Numbers, Thresholds, ratio
from lib.activity.sureness import spread_of, sureness
from lib.activity.teams import TeamNumbers, read_alone, read_teams

CHUNK = 4000


@dataclass(frozen=True)
class Breaches:
    """Per day index and account: do the rules hold on this day (before "in a row" and cool-down)? `watch`
    has been held long enough already."""

    activity: Numbers
    watch: Numbers
    onboarding: Numbers
    calm: Numbers
    calm_start: Numbers
    calm_watch: Numbers


def baseline(facts: Facts, day_index: Numbers | int, accounts: Numbers, limits: Thresholds) -> tuple:
    """First day index of the baseline and its length in days L (may be below the least allowed)."""
    day = facts.first + day_index
    start = day - limits.baseline_gap_days - limits.baseline_days + 1
    start = np.maximum(start, facts.accounts.born[accounts] + limits.baseline_settling_days)
    start = np.maximum(start, facts.data_start)
    return start - facts.first, day - limits.baseline_gap_days - start + 1


def read_history(
    facts: Facts, limits: Thresholds, details_from: int = 0, tell: Callable[[float], None] | None = None
) -> History:
    """Walk over the days once. Days whose baseline would begin before the loaded facts stay empty; risk
    levels and surroundings are kept from the day index `details_from` on. `tell` hears the share walked."""
    days, count = facts.daily.shape
    shape = (days, count)
    segments = len(facts.accounts.region_of)
    made = History(
        facts,
        *(np.full(shape, np.nan, dtype=np.float32) for _ in range(3)),
        *(np.zeros((days, max(segments, 1))) for _ in range(2)),
        silent=_silent_days(facts, limits),
    )
    sums = _with_automation(facts)
    there = Presence(sums)
    flags = np.unique(facts.automation.since)
    reach = limits.baseline_days + limits.baseline_gap_days - 1
    begin = 0 if facts.first <= facts.data_start else reach
    for index in range(days):
        if facts.first + index in flags:
            there.renew(sums, _drop_automation(facts, sums, facts.first + index))
        if index >= begin and count:
            _read_day(made, sums, index, limits, there if index >= details_from else None)
        if tell and index % WEEK == 0:
            tell(index / days)
    return made


def _read_day(made: History, sums: Numbers, index: int, limits: Thresholds, there: Presence | None) -> None:
    facts, accounts = made.facts, made.facts.accounts
    everyone = np.arange(len(accounts))
    start, length = baseline(facts, index, everyone, limits)
    live = (accounts.left > facts.first + index + 1) & (accounts.born <= facts.first + index)
    known = live & (length >= limits.baseline_least_days)
    stop = max(index - limits.baseline_gap_days + 1, 0)
    start = np.clip(start, 0, stop)
    past = np.where(known, sums[stop] - sums[start, everyone], 0)
    length = np.maximum(length, 1)
    if there is not None:
        usual = np.where(known, past * (MONTH / length), np.nan)
        made.silence[index] = there.silent_days(index)
        _read_risk(made, sums, index, live, usual, limits)
    if known.any():
        _read_ratios(made, sums, index, known, past, length, limits)
    if there is not None:
        _read_surroundings(made, sums, index, live, there, limits)
    _read_newcomers(made, sums, index, live, limits)


def _read_ratios(
    made: History, sums: Numbers, index: int, known: Numbers, past: Numbers, length: Numbers,
    limits: Thresholds,
) -> None:  # fmt: skip
    accounts = made.facts.accounts
    for window, ratios, moods in ((MONTH, made.ratio_28, made.mood_28), (WEEK, made.ratio_7, made.mood_7)):
        usual = past * (window / length)
        seen = sums[index + 1] - sums[max(index + 1 - window, 0)]
        eligible = known & (usual >= window) & (seen > 0)
        logs = np.log((seen + 2) / (usual + 2))
        moods[index] = mood(logs, eligible, accounts.segment, accounts.region_of, limits)
        expected = usual * np.exp(moods[index][accounts.segment])
        ratios[index, known] = ratio(seen, expected)[known]
        if window == MONTH:
            made.expected_28[index, known] = expected[known]


def _read_risk(
    made: History, sums: Numbers, index: int, live: Numbers, usual: Numbers, limits: Thresholds
) -> None:
    weeks = weeks_with_activity(sums, index, limits.risk_weeks)
    seen = sums[index + 1] - sums[max(index + 1 - MONTH, 0)]
    recent = weeks[: limits.risk_recent_weeks].sum(axis=0)
    level = risk(made.silence[index], weeks.sum(axis=0), recent, seen, usual, limits)
    made.risks[index] = level.only(live)


def _read_surroundings(
    made: History, sums: Numbers, index: int, live: Numbers, there: Presence, limits: Thresholds
) -> None:
    facts, accounts = made.facts, made.facts.accounts
    stop = max(index - limits.baseline_gap_days - limits.baseline_days + 1, 0)
    start = np.maximum(accounts.born + limits.baseline_settling_days, facts.data_start) - facts.first
    start = np.clip(start, max(stop - limits.weighing_past_days, 0), stop)
    known = live & (stop - start >= limits.weighing_past_least_days)
    usual = (sums[stop] - sums[start, np.arange(len(start))]) * (MONTH / np.maximum(stop - start, 1))
    seen = sums[index + 1] - sums[max(index + 1 - MONTH, 0)]
    logs = np.log((seen + 2) / (usual + 2))
    moods = mood(logs, known & (usual >= MONTH) & (seen > 0), accounts.segment, accounts.region_of, limits)
    past = np.full(len(accounts), np.nan, np.float32)
    past[known] = np.log(ratio(seen, usual * np.exp(moods[accounts.segment])))[known]
    gap = np.zeros(len(accounts), np.int8)
    low = np.flatnonzero(made.ratio_28[index] <= limits.opening_ratio)
    gap[low] = there.longest_gap(index, low)
    spread = spread_of(made.ratio_28[index], made.expected_28[index], limits)
    made.surroundings[index] = Surroundings(past, gap, spread)


def _read_newcomers(made: History, sums: Numbers, index: int, live: Numbers, limits: Thresholds) -> None:
    accounts, morning = made.facts.accounts, made.facts.first + index + 1
    age = morning - accounts.signed_up
    seated = live & (accounts.seats > 0)
    last = limits.baseline_gap_days + limits.baseline_least_days + limits.baseline_settling_days
    new = np.flatnonzero(seated & (age >= limits.onboarding_first_day) & (age < last))
    if len(new) == 0:
        return
    days = limits.onboarding_days
    rates = (sums[index + 1] - sums[max(index + 1 - days, 0)]) / np.maximum(accounts.seats, 1)
    grown = seated & (morning - accounts.born > limits.onboarding_peer_age_days)
    regions = accounts.region_of[accounts.segment]
    for region in np.unique(regions[new]):
        peers = grown & (regions == region)
        peers = peers if peers.sum() >= limits.cohort_least_accounts else grown
        usual = float(np.median(rates[peers])) if peers.any() else 0.0
        mine = new[regions[new] == region]
        if usual > 0:
            entry = (mine, rates[mine] / usual, rates[mine], np.full(len(mine), usual))
            parts = [entry, *([made.newcomers[index].parts] if index in made.newcomers else [])]
            made.newcomers[index] = Newcomers(*(np.concatenate(p) for p in zip(*parts, strict=True)))


def _silent_days(facts: Facts, limits: Thresholds) -> Numbers:
    """Days that end a stretch without one row from anybody: the source is dead, or nobody told us."""
    rows = facts.daily.sum(axis=1) > 0
    rows[facts.automation.day] = True
    heard = np.concatenate([[0], np.cumsum(rows)])
    index = np.arange(len(rows))
    start = np.maximum(index + 1 - limits.opening_silent_source_days, 0)
    return heard[index + 1] - heard[start] == 0


def _with_automation(facts: Facts) -> Numbers:
    """Running sums per account, scripts still counted: nobody knew about them yet."""
    daily = facts.daily
    known_later = facts.automation.since >= facts.first
    if known_later.any():
        daily = daily.astype(np.int32)
        np.add.at(daily, (facts.automation.day[known_later], facts.automation.account[known_later]), 1)
    sums = np.zeros((len(daily) + 1, daily.shape[1]), np.int32)
    np.cumsum(daily, axis=0, dtype=np.int32, out=sums[1:])
    return sums


def _drop_automation(facts: Facts, sums: Numbers, today: int) -> Numbers:
    """Takes scripts found today out of their whole past; the accounts they belong to."""
    rows = facts.automation.since == today
    touched, column = np.unique(facts.automation.account[rows], return_inverse=True)
    fewer = np.zeros((len(sums), len(touched)), np.int32)
    np.add.at(fewer, (facts.automation.day[rows] + 1, column), 1)
    sums[:, touched] -= np.cumsum(fewer, axis=0, dtype=np.int32)
    return touched


def noise(made: History, days: Numbers, accounts: Numbers, limits: Thresholds) -> Numbers:
    """σ, this account's own noise: spread of ln R_28 over its past, pulled towards the prior."""
    if len(days) and (days == days[0]).all():
        at = slice(max(days[0] - limits.noise_first_day, 0), max(days[0] - limits.noise_last_day + 1, 0))
        everybody = len(accounts) == made.ratio_28.shape[1]
        mine = slice(None) if everybody else accounts
        return _spread(made.ratio_28[at, mine], made.expected_28[at, mine], True, limits)
    back = np.arange(limits.noise_first_day, limits.noise_last_day - 1, -1)
    result = np.empty(len(days))
    for at in range(0, len(days), CHUNK):
        rows = days[None, at : at + CHUNK] - back[:, None]
        columns = np.broadcast_to(accounts[None, at : at + CHUNK], rows.shape)
        past = np.maximum(rows, 0)
        ratios, expected = made.ratio_28[past, columns], made.expected_28[past, columns]
        result[at : at + CHUNK] = _spread(ratios, expected, rows >= 0, limits)
    return result


def _spread(ratios: Numbers, expected: Numbers, there: Numbers | bool, limits: Thresholds) -> Numbers:
    """σ per column from its rows of days; few days are pulled towards the prior."""
    used = there & (expected >= limits.noise_least_expected)
    squares = np.zeros(used.shape)  # always summed in the same order
    squares[used] = np.log(ratios[used].astype(float)) ** 2
    months = used.sum(axis=0) / MONTH
    prior = limits.noise_prior_weight * limits.noise_prior**2
    return np.sqrt((squares.sum(axis=0) / MONTH + prior) / (months + limits.noise_prior_weight))


def weeks_low(made: History, days: Numbers, accounts: Numbers, limits: Thresholds) -> Numbers:
    """In how many of the last weeks (t, t−7, …) the weekly ratio was low, for each (day, account)."""
    back = days - WEEK * np.arange(limits.opening_weeks)[:, None]
    low = made.ratio_7[np.maximum(back, 0), accounts] <= limits.opening_week_ratio
    return (low & (back >= 0)).sum(axis=0)


def candidates(made: History, first: int, limits: Thresholds) -> tuple[Numbers, Numbers]:
    """Day indexes (from `first` on) and accounts on which rules 1, 2, 3 and 5 hold: few per cent of all."""
    segment = made.facts.accounts.segment
    if not len(segment):
        return np.zeros(0, int), np.zeros(0, int)
    first = max(first, 0)
    holds = (made.ratio_28[first:] <= limits.opening_ratio) & ~made.silent[first:, None]
    holds &= made.expected_28[first:] >= limits.opening_least_expected
    holds &= made.ratio_7[first:] <= limits.opening_week_ratio
    holds &= (made.mood_7[first:] >= np.log(limits.opening_cohort_away))[:, segment]
    days, accounts = np.nonzero(holds)
    days += first
    often = weeks_low(made, days, accounts, limits) >= limits.opening_weeks_low
    days, accounts = days[often], accounts[often]
    falls = -np.log(made.ratio_28[days, accounts].astype(float))
    unusual = falls >= limits.opening_noise * noise(made, days, accounts, limits)
    return days[unusual], accounts[unusual]


def lonely(made: History, first: int, limits: Thresholds) -> tuple[Numbers, Numbers]:
    """Day indexes (from `first` on) and accounts whose risk level is high and whose past fits one person."""
    one = MONTH + limits.opening_rest_least_expected  # more user-days a month nobody makes alone
    with np.errstate(invalid="ignore"):
        found = [
            (index, np.flatnonzero(
                (level.total >= limits.risk_watch) & ~(made.expected_28[index] > one)
                & (made.silence[index] <= limits.risk_silence_full)
            ))
            for index, level in made.risks.items() if index >= first and not made.silent[index]
        ]  # fmt: skip
    days = np.repeat([index for index, _ in found], [len(accounts) for _, accounts in found])
    accounts = np.concatenate([np.zeros(0, int), *(accounts for _, accounts in found)])
    return days.astype(int), accounts.astype(int)


def breaches(
    made: History, team: Team, days: Numbers, accounts: Numbers, limits: Thresholds,
    alone: tuple[Numbers, Numbers] | None = None,
) -> tuple[Breaches, TeamNumbers]:  # fmt: skip
    """Rule 4 and the weighing on the candidates, newcomers, and calm days. `alone` are the days and accounts
    of `lonely`; `team` must hold the users of both."""
    shape = made.ratio_28.shape
    start, length = baseline(made.facts, days, accounts, limits)
    numbers = read_teams(made, team, days, accounts, start, length, limits)
    named = made.facts.accounts.named[accounts]
    fallen = ~numbers.solo & np.where(
        named,
        (numbers.rest <= limits.opening_rest_ratio) & (numbers.down >= numbers.down_needed),
        made.ratio_28[days, accounts] <= limits.opening_unnamed_ratio,
    )
    fallen &= sureness(made, days, accounts, numbers, limits) >= limits.weighing_least
    single = numbers.solo & (made.ratio_28[days, accounts] <= limits.watch_ratio)
    activity, watch, stalled, risky = (np.zeros(shape, bool) for _ in range(4))
    activity[days[fallen], accounts[fallen]] = True
    watch[days[single], accounts[single]] = True
    if alone is not None and len(alone[0]):
        lone = read_alone(made, team, *alone, *baseline(made.facts, *alone, limits), limits)
        risky[alone[0][lone], alone[1][lone]] = True
    watched = in_a_row(watch, limits.watch_evaluations) | in_a_row(risky, limits.risk_watch_evaluations)
    for index, new in made.newcomers.items():
        morning = made.facts.first + index + 1
        age = morning - made.facts.accounts.signed_up[new.account]
        rings = (new.q <= limits.onboarding_ratio) & (age <= limits.onboarding_last_day)
        stalled[index, new.account[rings & ~made.silent[index]]] = True
    calm, started = _calm(made, limits)
    return Breaches(activity, watched, stalled, calm, started, _calm_alone(made, limits)), numbers


def _calm_alone(made: History, limits: Thresholds) -> Numbers:
    """On which days a watched account of one person is calm again: neither at risk nor far down."""
    calm = ~(made.ratio_28 <= limits.watch_ratio) & ~made.silent[:, None]
    for index, level in made.risks.items():
        calm[index] &= level.total < limits.risk_watch
    return calm


def _calm(made: History, limits: Thresholds) -> tuple[Numbers, Numbers]:
    """On which days an open activity alert would be calm, and an onboarding alert."""
    with np.errstate(invalid="ignore"):
        weekly = np.full_like(made.ratio_7, np.nan)
        weekly[WEEK:] = np.sqrt(made.ratio_7[WEEK:] * made.ratio_7[:-WEEK])
        calm = (made.ratio_28 > limits.closing_calm_ratio) | (weekly > limits.closing_calm_week_ratio)
    calm &= ~made.silent[:, None]
    calm &= made.ratio_28 * (made.expected_28 + 2) > 2.5  # nobody at all is not calm, whatever was expected
    started = calm.copy()
    for index, new in made.newcomers.items():
        started[index, new.account[new.q > limits.onboarding_calm_ratio]] = True
    return calm, started


def in_a_row(holds: Numbers, times: int) -> Numbers:
    """Per day and account: does it hold on this day and on the `times`-1 days before?"""
    result = holds.copy()
    for back in range(1, times):
        result[back:] &= holds[:-back] if back < len(holds) else False
        result[:back] = False
    return result


def run_length(holds: Numbers) -> Numbers:
    """For how many days up to the last one it has held, per account."""
    broken = ~holds[::-1]
    return np.where(broken.any(axis=0), broken.argmax(axis=0), len(holds))

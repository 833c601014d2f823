"""The people of an account: who is regular, who fell, and how the team does without its biggest dropper."""

from dataclasses import dataclass

import numpy as np

from lib.activity.facts import Team
from lib.activity.history import History
from lib.activity.rules import Numbers, Thresholds


@dataclass(frozen=True)
class TeamNumbers:
    """One entry per asked (day, account).

    `rest` is (O−O_u*+1)/(E−E_u*+1); where no users are known it is R_28. `solo`: without the biggest
    dropper less than two active user-days a month are expected, there is no rest of the team. `lost`: the
    share of what its people usually do that none of them does any more, 1 − Σ min(O_u, E_u) / ΣE_u.
    """

    rest: Numbers
    regular: Numbers
    down: Numbers
    down_needed: Numbers
    solo: Numbers
    lost: Numbers


@dataclass(frozen=True)
class People:
    """The users of the asked (day, account): `which` says to which entry each belongs."""

    which: Numbers
    pairs: Numbers
    expected: Numbers
    observed: Numbers
    regular: Numbers
    down: Numbers


def read_people(
    made: History, team: Team, days: Numbers, accounts: Numbers, start: Numbers, length: Numbers,
    limits: Thresholds,
) -> People:  # fmt: skip
    """E_u and O_u of every human of the accounts, in the windows of their account."""
    low = np.searchsorted(team.account, accounts)
    sizes = np.searchsorted(team.account, accounts, side="right") - low
    which = np.repeat(np.arange(len(accounts)), sizes)
    pairs = np.repeat(low - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    at = days[which]
    human = team.flagged[pairs] > made.facts.first + at
    past = team.count(pairs, start[which], at - limits.baseline_gap_days) * human
    seen = team.count(pairs, at - 27, at) * human
    moods = made.mood_28[days, made.facts.accounts.segment[accounts]]
    expected = past * (28 / np.maximum(length, 1) * np.exp(moods))[which]
    regular = expected >= limits.opening_regular_expected
    return People(
        which, pairs, expected, seen, regular, regular & (seen <= limits.opening_down_share * expected)
    )


def read_teams(
    made: History, team: Team, days: Numbers, accounts: Numbers, start: Numbers, length: Numbers,
    limits: Thresholds,
) -> TeamNumbers:  # fmt: skip
    """Rule 4's numbers for each (day, account)."""
    people = read_people(made, team, days, accounts, start, length, limits)
    count = len(accounts)

    def per_account(values: Numbers) -> Numbers:
        return np.bincount(people.which, weights=values, minlength=count)

    whole_e, whole_o = per_account(people.expected), per_account(people.observed)
    drop_e, drop_o = np.zeros(count), np.zeros(count)
    order = np.lexsort((people.expected - people.observed, people.which))
    if len(order):
        ends = np.flatnonzero(np.diff(people.which[order], append=-1))
        worst = order[ends]
        drop_e[people.which[worst]] = people.expected[worst]
        drop_o[people.which[worst]] = people.observed[worst]
    named = made.facts.accounts.named[accounts]
    rest = (whole_o - drop_o + 1) / (whole_e - drop_e + 1)
    ratios = made.ratio_28[days, accounts]
    kept = per_account(np.minimum(people.observed, people.expected))
    regular = per_account(people.regular).astype(int)
    solo = whole_e - drop_e < limits.opening_rest_least_expected
    if not named.all():
        part = (days[~named], accounts[~named], start[~named], limits.baseline_gap_days)
        solo[~named] = _one_a_day(made, *part)
    return TeamNumbers(
        rest=np.where(named, rest, ratios),
        regular=regular,
        down=per_account(people.down).astype(int),
        down_needed=np.where(regular == 1, 1, 2),
        solo=solo,
        lost=np.where(named, 1 - kept / np.maximum(whole_e, 1e-9), np.maximum(1 - ratios, 0)),
    )  # fmt: skip


def read_alone(
    made: History, team: Team, days: Numbers, accounts: Numbers, start: Numbers, length: Numbers,
    limits: Thresholds,
) -> Numbers:  # fmt: skip
    """For each (day, account): is it run by one person? Without a baseline or names: never two on a day."""
    known = made.facts.accounts.named[accounts] & (length >= limits.baseline_least_days)
    reach = limits.baseline_days + limits.baseline_gap_days - 1
    alone = _one_a_day(made, days, accounts, days - reach, 0)
    if known.any():
        part = (days[known], accounts[known], start[known], length[known])
        alone[known] = read_teams(made, team, *part, limits).solo
    return alone


def _one_a_day(made: History, days: Numbers, accounts: Numbers, start: Numbers, gap: int) -> Numbers:
    """Without names: never more than one active person a day in the baseline is taken for one person."""
    stop = days - gap + 1
    daily = made.facts.daily
    return np.array(
        [bool(daily[max(a, 0) : max(b, 0), c].max(initial=0) <= 1)
         for a, b, c in zip(start, stop, accounts, strict=True)],
        dtype=bool,
    )  # fmt: skip

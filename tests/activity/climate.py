"""What a made-up world is like: its taste, and what everybody of a region or an industry goes through."""

from dataclasses import dataclass

import numpy as np

YEAR = 365


@dataclass(frozen=True)
class Taste:
    """How a world differs from the next. Rates are per year, shares of all accounts or users."""

    team: float  # median size of a team
    team_spread: float
    keenness: tuple[float, float]  # beta of a person's chance to be there on a working day
    user_noise: float
    account_noise: float
    turnover: float
    replaced: float
    vacations: float
    long_leave: float
    team_holidays: float
    longest_holiday: float
    projects: float
    own_seasons: float
    scripts: float
    new_share: float
    stalls: float
    declines: float
    sudden: float


def taste(rng: np.random.Generator) -> Taste:
    """Ranges under which "28 days against 28, minus 30 %" rings two to three times a healthy account
    and year. The method's orientation figure is about two: these worlds are on the rough side."""
    return Taste(
        team=rng.uniform(5, 11),
        team_spread=rng.uniform(0.55, 0.85),
        keenness=(rng.uniform(1.6, 3.0), rng.uniform(1.4, 3.0)),
        user_noise=rng.uniform(0.1, 0.35),
        account_noise=rng.uniform(0.04, 0.12),
        turnover=rng.uniform(0.1, 0.3),
        replaced=rng.uniform(0.6, 0.9),
        vacations=rng.uniform(1.0, 2.5),
        long_leave=rng.uniform(0.02, 0.08),
        team_holidays=rng.uniform(0.2, 0.7),
        longest_holiday=rng.uniform(7, 13),
        projects=rng.uniform(0.05, 0.3),
        own_seasons=rng.uniform(0.0, 0.05),
        scripts=rng.uniform(0.04, 0.1),
        new_share=rng.uniform(0.15, 0.3),
        stalls=rng.uniform(0.12, 0.25),
        declines=rng.uniform(0.26, 0.38),
        sudden=rng.uniform(0.03, 0.08),
    )


@dataclass(frozen=True)
class Climate:
    """Share of usual activity per day, by region and by industry."""

    region_weights: np.ndarray
    verticals: int
    regions: np.ndarray
    industries: np.ndarray

    def of(self, region: int, vertical: int) -> np.ndarray:
        return self.regions[region] * self.industries[vertical]


def climate(rng: np.random.Generator, look: Taste, start: int, days: int) -> Climate:  # noqa: ARG001
    regions, verticals = int(rng.integers(2, 6)), int(rng.integers(3, 7))
    weights = rng.dirichlet(np.full(regions, 4.0))
    everywhere = _outages(rng, days, 2) * _tracking(rng, days, 0.6)
    wide = np.array([_region(rng, n, days) for n in range(regions)]) * everywhere
    return Climate(weights, verticals, wide, np.array([_industry(rng, days) for _ in range(verticals)]))


def _region(rng: np.random.Generator, number: int, days: int) -> np.ndarray:
    """The year, the New Year (a lunar one in the first region), public holidays, outages of a region."""
    at = np.arange(days)
    made = 1 + rng.uniform(0.02, 0.15) * np.sin(2 * np.pi * (at + rng.uniform(0, YEAR)) / YEAR)
    for year in range(-1, days // YEAR + 1):
        day = (int(rng.integers(22, 50)) if number == 0 else -9) + YEAR * year
        length = int(rng.integers(8, 13)) if number == 0 else int(rng.integers(9, 14))
        _dip(made, day - 5, day, 0.7)
        _dip(made, day, day + length, rng.uniform(0.05, 0.25))
        _dip(made, day + length, day + length + 7, 0.8)
        for _ in range(int(rng.integers(3, 8))):
            free = YEAR * year + int(rng.integers(0, YEAR))
            _dip(made, free, free + int(rng.integers(1, 4)), 0.15)
        if number and rng.random() < 0.7:
            summer = YEAR * year + int(rng.integers(195, 215))
            _dip(made, summer, summer + int(rng.integers(20, 40)), rng.uniform(0.65, 0.9))
        elif not number:
            golden = YEAR * year + 274
            _dip(made, golden, golden + 7, 0.12)
    return made * _outages(rng, days, 1)


def _industry(rng: np.random.Generator, days: int) -> np.ndarray:
    """Seasons and promotions with the hangover after them, and now and then another way of counting."""
    at = np.arange(days)
    made = 1 + rng.uniform(0.0, 0.2) * np.sin(2 * np.pi * (at + rng.uniform(0, YEAR)) / YEAR)
    for _ in range(int(rng.integers(1, 5))):
        day, length = int(rng.integers(0, YEAR)), int(rng.integers(8, 28))
        lift, after = rng.uniform(1.1, 1.5), rng.uniform(0.8, 1)
        for year in range(-1, days // YEAR + 1):
            _dip(made, day + YEAR * year, day + YEAR * year + length, lift)
            _dip(made, day + YEAR * year + length, day + YEAR * year + length + 10, after)
    return made * _tracking(rng, days, 0.25)


def _dip(made: np.ndarray, first: int, stop: int, share: float) -> None:
    made[max(first, 0) : max(stop, 0)] *= share


def _outages(rng: np.random.Generator, days: int, rate: float) -> np.ndarray:
    made = np.ones(days)
    for _ in range(rng.poisson(rate * days / YEAR)):
        day = int(rng.integers(0, days))
        made[day : day + int(rng.integers(1, 4))] = rng.choice([0.0, 0.3])
    return made


def _tracking(rng: np.random.Generator, days: int, chance: float) -> np.ndarray:
    """From a day on more or fewer things count as activity."""
    made = np.ones(days)
    if rng.random() < chance:
        made[int(rng.integers(100, max(days - 60, 101))) :] *= rng.uniform(0.75, 1.25)
    return made

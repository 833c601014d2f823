"""A second kind of made-up customer bases, built by other means than `simulator`: eight families of hardship.

Here a person comes in stints and stays away between them, works on own days of the week, and everything that
is not a decline is meant to look like one. Each family turns one hardship up: see `FAMILIES`.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from tests.activity import simulator as s
from tests.activity.fades import Decline

YEAR = 365
REGIONS = ("CN", "EMEA", "AMER", "APAC")
SHAPES = ("gradual", "abrupt", "partial", "cascade")


@dataclass(frozen=True)
class Family:
    """How hard a base is, in what. Rates are a year and account (or person), shares of accounts."""

    team: float = 8  # median size
    spread: float = 0.7
    keen: tuple[float, float] = (0.25, 0.75)  # chance to be there on a working day of a stint
    stint: float = 45  # mean days of a stint, and of the time between two
    pause: float = 5
    own_days: float = 0.25  # share of people with two to four fixed days a week
    weekends: float = 0.35  # share of teams that also work on weekends
    swing: float = 0.10  # week by week, of the whole account
    seasons: float = 0.15  # how far a vertical's year swings
    promos: float = 1.0  # of an account, on its own dates
    tracking: float = 0.15  # share of accounts whose counting changes one day
    holidays: float = 0.5
    dips: float = 0.04  # three to six weeks at two thirds, then back
    leaving: float = 0.2
    replaced: float = 0.75
    growth: float = 0.1
    scripts: float = 0.07
    cleanups: float = 0.15
    outages: float = 2.0
    declines: float = 0.3
    sudden: float = 0.05
    new: float = 0.2
    stalls: float = 0.18
    shapes: tuple[float, ...] = (0.4, 0.15, 0.15, 0.3)
    floor: tuple[float, float] = (0.0, 0.35)
    ahead: tuple[int, int] = (75, 170)


FAMILIES: dict[str, Family] = {
    "plain": Family(),
    "small teams": Family(team=3.5, spread=0.6, keen=(0.35, 0.85)),
    "weekdays only": Family(weekends=0.0, own_days=0.6, keen=(0.2, 0.6)),
    "seasons": Family(seasons=0.45, promos=3.0, tracking=0.35, outages=4.0),
    "restless": Family(leaving=0.5, replaced=0.85, growth=0.35, scripts=0.2, cleanups=0.4),
    "noisy": Family(swing=0.18, stint=25, pause=8, holidays=1.0, dips=0.10, promos=2.0),
    "faint": Family(shapes=(0.4, 0.05, 0.4, 0.15), floor=(0.15, 0.45), ahead=(65, 150)),
    "calm": Family(
        team=6,
        spread=0.9,
        stint=90,
        pause=3,
        swing=0.05,
        seasons=0.08,
        promos=0.4,
        tracking=0.1,
        holidays=0.35,
        dips=0.01,
        floor=(0.15, 0.55),
        ahead=(60, 140),
    ),
}


ANY = "any"


def _any(rng: np.random.Generator) -> Family:
    """Every hardship somewhere between the least and the most of all families."""
    drawn = {}
    for one in fields(Family):
        values = np.array([getattr(family, one.name) for family in FAMILIES.values()], float)
        low, high = values.min(axis=0), values.max(axis=0)
        made = low + (high - low) * rng.random(np.shape(low))
        if one.name == "shapes":
            made = made / made.sum()
        drawn[one.name] = (
            float(made) if not made.shape
            else tuple(made.astype(int).tolist() if one.name == "ahead" else made.tolist())
        )  # fmt: skip
    return Family(**drawn)


def rough(name: str, accounts: int = 300, days: int = 730, seed: int = 1) -> s.World:
    """A world of the family; the same seed gives the same world."""
    rng = np.random.default_rng([seed, [*FAMILIES, ANY].index(name)])
    family = FAMILIES.get(name) or _any(rng)
    world, sky, rows = s.World(seed, days, family), _Sky(rng, family, days), []
    for number in range(1, accounts + 1):
        rows.append(_Life(world, sky, family, rng, number).lived())
    world.rows = np.concatenate(rows)
    return world


class _Sky:
    """What everybody of a region and of a vertical lives through, as shares of the usual per day."""

    def __init__(self, rng: np.random.Generator, family: Family, days: int) -> None:
        self.days = days
        everywhere = np.ones(days)
        for _ in range(rng.poisson(family.outages * days / YEAR)):
            at = int(rng.integers(0, days))
            everywhere[at : at + int(rng.integers(1, 3))] = rng.uniform(0, 0.4)
        self.regions = [self._region(rng, n) * everywhere for n in range(len(REGIONS))]
        self.verticals = [self._vertical(rng, family.seasons) for _ in range(4)]

    def _region(self, rng: np.random.Generator, number: int) -> np.ndarray:
        level = np.ones(self.days)
        for year in range(self.days // YEAR + 2):
            new_year = YEAR * year + (int(rng.integers(25, 48)) if number == 0 else -8)
            self._lower(level, new_year, int(rng.integers(7, 15)), rng.uniform(0.02, 0.2))
            self._lower(level, new_year - 4, 4, 0.75)
            for _ in range(6):
                self._lower(level, YEAR * year + int(rng.integers(0, YEAR)), int(rng.integers(1, 3)), 0.1)
            if number:
                self._lower(level, YEAR * year + 200, int(rng.integers(25, 45)), rng.uniform(0.7, 0.9))
        return level

    def _vertical(self, rng: np.random.Generator, depth: float) -> np.ndarray:
        """A year of high and low seasons with short slopes between them, each year a little shifted."""
        edges = np.sort(rng.integers(0, YEAR, 4))
        heights = 1 + depth * rng.uniform(-1, 1, 4)
        year = heights[np.searchsorted(edges, np.arange(YEAR)) % 4]
        slope = np.convolve(np.tile(year, 3), np.ones(14) / 14, "same")[YEAR : 2 * YEAR]
        return np.concatenate([np.roll(slope, int(rng.integers(-6, 7)))
                               for _ in range(self.days // YEAR + 1)])[: self.days]  # fmt: skip

    def _lower(self, level: np.ndarray, first: int, length: int, share: float) -> None:
        level[max(first, 0) : max(first + length, 0)] *= share


class _Life:
    """One account: people as rows of chances, then what happens to all of them, then its fate."""

    def __init__(
        self, world: s.World, sky: _Sky, family: Family, rng: np.random.Generator, number: int
    ) -> None:
        self.world, self.family, self.rng, self.id, self.days = world, family, rng, number, world.days
        self.region, self.vertical = int(rng.integers(0, 4)), int(rng.integers(0, 4))
        self.sky = sky.regions[self.region] * sky.verticals[self.vertical]
        self.begin = int(rng.integers(15, world.days - 70)) if rng.random() < family.new else 0
        self.born = self.begin or -int(rng.integers(0, 900))
        self.size = int(np.clip(np.rint(np.exp(rng.normal(np.log(family.team), family.spread))), 1, 70))
        self.weekends = rng.random() < family.weekends
        self.people: list[np.ndarray] = []
        self.kinds: list[str] = []
        self.since: list[int] = []
        self.scripts: list[int] = []
        self.gone: set[int] = set()

    def lived(self) -> np.ndarray:
        for _ in range(self.size):
            self._add(self.begin)
        self._staff()
        level = self._level()
        self._robots()
        fallen = self._fate(level)
        chance = np.array(self.people)
        human = np.setdiff1d(np.arange(len(chance)), self.scripts)
        chance[human] = np.minimum(chance[human] * self.sky * level, 0.96)
        if (end := self.world.gone.get(self.id)) is not None:
            chance[:, end:] = 0
        who, day = np.nonzero(self.rng.random(chance.shape) < chance)
        first = len(self.world.users) + 1
        self.world.users += [
            (first + n, self.id, kind, s.START + since)
            for n, (kind, since) in enumerate(zip(self.kinds, self.since, strict=True))
        ]
        self.world.accounts.append({
            "id": self.id, "region": REGIONS[self.region], "vertical": f"vertical-{self.vertical}",
            "segment": (self.region, self.vertical), "seats": int(self.size * self.rng.uniform(1, 1.5)) or 1,
            "born": s.START + self.born, "size": self.size,
        })  # fmt: skip
        self.world.fallen[self.id] = {first + n for n in fallen | self.gone}
        return np.stack([np.full(len(who), self.id), first + who, s.START + day], axis=1)

    def _tell(self, kind: str, day: int) -> None:
        self.world.events.append(s.Event(kind, self.id, s.START + day))

    def _often(self, rate: float) -> int:
        return int(self.rng.poisson(rate * (self.days - self.begin) / YEAR))

    def _some_day(self) -> int:
        return self.begin + int(self.rng.integers(0, max(self.days - self.begin, 1)))

    def _add(self, start: int, keen: float | None = None) -> int:
        """A person in stints; some come on fixed days of the week only."""
        rng, family = self.rng, self.family
        chance = np.zeros(self.days)
        at = start + (0 if start > self.begin else -int(rng.exponential(family.stint)))
        keen = rng.uniform(*family.keen) if keen is None else keen
        while at < self.days:
            length = 1 + int(rng.exponential(family.stint))
            chance[max(at, start) : max(at + length, 0)] = keen * rng.uniform(0.75, 1.25)
            at += length + 1 + int(rng.exponential(family.pause))
        week = np.ones(7)
        if rng.random() < family.own_days:
            week[rng.permutation(7)[: int(rng.integers(1, 4))]] = 0
        week[[6, 0]] *= rng.uniform(0.3, 0.9) if self.weekends else 0.01
        self.people.append(chance * week[(s.START + np.arange(self.days)) % 7])
        self.kinds.append("human")
        self.since.append(start or self.born)
        return len(self.people) - 1

    def _staff(self) -> None:
        rng, family = self.rng, self.family
        for person in range(self.size):
            if rng.random() < 1 - np.exp(-family.leaving * (self.days - self.begin) / YEAR):
                self._leaves(person, self._some_day())
        if self.begin == 0 and self._often(family.growth):
            day = self._some_day()
            for _ in range(1 + int(self.size * rng.uniform(0.1, 0.8))):
                self._add(day + int(rng.integers(0, 30)))
            self._tell(s.GROWTH, day)
        if rng.random() < family.cleanups:
            sleepers = [self._add(self.begin, rng.uniform(0.005, 0.05)) for _ in range(1 + self.size // 3)]
            day = self._some_day()
            for person in sleepers:
                self.people[person][day:] = 0
            self.gone |= set(sleepers)
            self._tell(s.CLEANUP, day)

    def _leaves(self, person: int, day: int) -> None:
        usual = [float(one[max(day - 90, 0) : day].sum()) for one in self.people]
        keen = usual[person] / 90 * 1.6
        self.people[person][day:] = 0
        self.gone.add(person)
        if self.size >= 3 and day - self.begin > 60:
            self._tell(s.BUSIEST if self.size >= 4 and usual[person] == max(usual) else s.SINGLE, day)
        start = day + int(self.rng.integers(-10, 60))
        if self.rng.random() < self.family.replaced and self.begin <= start < self.days:
            self._add(start, min(keen, 0.95))

    def _level(self) -> np.ndarray:
        rng, family, days = self.rng, self.family, self.days
        weekly = np.cumsum(rng.normal(0, 1, days // 7 + 2))
        smooth = weekly - np.convolve(weekly, np.ones(9) / 9, "same")
        swing = family.swing * rng.uniform(0.5, 1.5) / (smooth.std() + 1e-9)
        level = np.repeat(np.exp(swing * smooth), 7)[:days]
        for _ in range(self._often(family.promos)):
            day, length = self._some_day(), int(rng.integers(7, 22))
            level[day : day + length] *= rng.uniform(1.2, 1.7)
            level[day + length : day + length + 12] *= rng.uniform(0.7, 0.95)
            self._tell(s.SPIKE, day + length)
        for kind, rate, least, most, low, high in (
            (s.HOLIDAY, family.holidays, 4, 13, 0.0, 0.2),
            (s.GAP, 0.3, 1, 5, 0.0, 0.0),
            (s.SEASON, family.dips, 20, 42, 0.6, 0.75),
        ):
            for _ in range(self._often(rate)):
                day = self._some_day()
                level[day : day + int(rng.integers(least, most))] *= rng.uniform(low, high)
                self._tell(kind, day)
        if rng.random() < family.tracking:
            level[self._some_day() :] *= rng.uniform(0.75, 1.3)
        return level

    def _robots(self) -> None:
        rng = self.rng
        for kind, share in (("service", 0.1), ("human", self.family.scripts)):
            if rng.random() < share:
                chance = np.full(self.days, rng.uniform(0.95, 1))
                chance[: self.begin] = 0
                if rng.random() < 0.6 and self.begin + 90 < self.days:
                    stop = int(rng.integers(self.begin + 90, self.days))
                    chance[stop:] = 0
                    self._tell(s.BOT_STOP, stop)
                self.scripts.append(len(self.people))
                self.gone.add(len(self.people))
                self.people.append(chance)
                self.kinds.append(kind)
                self.since.append(self.begin or self.born)

    def _fate(self, level: np.ndarray) -> set[int]:
        rng, family, at = self.rng, self.family, np.arange(self.days)
        if self.begin:
            if rng.random() < family.stalls:
                self.world.stalls.add(self.id)
                level *= np.where(at < self.begin + int(rng.integers(0, 12)), 0.5, rng.uniform(0, 0.12))
                return set()
            self.world.newcomers.add(self.id)
            level *= np.clip((at - self.begin + 3) / rng.integers(6, 45), 0.05, 1)
        ends = [d for d in range(self.born + YEAR, self.days + 90, YEAR) if d > self.begin + 170]
        draw = rng.random()
        if not ends or draw > family.declines + family.sudden:
            return set()
        end = int(rng.choice(ends))
        self.world.gone[self.id] = end
        return set() if draw > family.declines else self._fades(end)

    def _fades(self, end: int) -> set[int]:
        rng, family = self.rng, self.family
        onset = max(end - int(rng.integers(*family.ahead)), 20)
        shape = str(rng.choice(SHAPES, p=family.shapes))
        humans = [n for n, one in enumerate(self.people)
                  if n not in self.scripts and one[max(onset - 60, 0) : onset].sum() > 1]  # fmt: skip
        rng.shuffle(humans)
        if shape == "partial":
            humans = humans[: int(np.ceil(len(humans) * rng.uniform(0.6, 0.85)))]
        floor, at = rng.uniform(*family.floor), np.arange(self.days) - onset
        room = max(end - onset - 25, 20)
        for place, person in enumerate(humans):
            self.people[person] = self.people[person] * _SHARES[shape](
                at, room * rng.uniform(0.3, 0.9), floor, place / len(humans)
            )
        self.world.declines[self.id] = Decline(onset, end, shape, float(floor), tuple(humans)).moved(s.START)
        return set(humans)


def _slope(at: np.ndarray, length: float, floor: float, _turn: float) -> np.ndarray:
    return np.clip(1 - (1 - floor) * at / length, floor, 1)


def _turns(at: np.ndarray, length: float, floor: float, turn: float) -> np.ndarray:
    return np.where(at >= turn * length, floor / 3, 1.0)


_SHARES: dict[str, Callable[[np.ndarray, float, float, float], np.ndarray]] = {
    "gradual": _slope,
    "abrupt": lambda at, _length, floor, _turn: _slope(at, 4.0, floor, 0),
    "partial": lambda at, length, _floor, turn: _turns(at, length, 0.0, turn),
    "cascade": _turns,
}

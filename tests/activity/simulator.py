"""Made-up customer bases with a known truth. Each seed is another world: see `Taste`.

Teams with weekdays, seasons, promotions, New Year, holidays, outages, scripts, leavers and their
replacements, clean-ups, growth, tracking changes, newcomers and stalls; and accounts that really fade.
`tests.activity.bars` measures the alerts on them.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from tests.activity import fades
from tests.activity.climate import Climate, Taste, climate, taste

START = date(2024, 1, 1).toordinal()
SINGLE, BUSIEST, BOT_STOP, HOLIDAY = "single departure", "busiest leaves", "bot stops", "team holiday"
CLEANUP, GROWTH, SPIKE, SEASON, GAP = "clean-up", "seat growth", "project ends", "own season", "gap"
MOST_DAILY = 0.97  # nobody is there more surely than that on a working day


@dataclass(frozen=True)
class Event:
    """Something a healthy account goes through; `day` is when activity falls (a day number)."""

    kind: str
    account: int
    day: int


@dataclass
class World:
    """What the files hold (accounts, users, rows) and what really happened (the rest).

    accounts: one record each, with id 1 … n; users: (user id, account id, kind, created day);
    rows: account id, user id, day number, ascending by user and day; gone: account id -> last contract day
    passed; stalls and newcomers: account ids; fallen: account id -> users who really left or faded.
    """

    seed: int
    days: int
    taste: Taste
    accounts: list[dict] = field(default_factory=list)
    users: list[tuple[int, int, str, int]] = field(default_factory=list)
    rows: np.ndarray = field(default_factory=lambda: np.zeros((0, 3), np.int64))
    declines: dict[int, fades.Decline] = field(default_factory=dict)
    gone: dict[int, int] = field(default_factory=dict)
    fallen: dict[int, set[int]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    stalls: set[int] = field(default_factory=set)
    newcomers: set[int] = field(default_factory=set)


def simulate(accounts: int = 1000, days: int = 730, seed: int = 1) -> World:
    """A world of `accounts` accounts over `days` days; the same seed gives the same world."""
    rng = np.random.default_rng(seed)
    look = taste(rng)
    sky = climate(rng, look, START, days)
    made, rows = World(seed, days, look), []
    for account_id in range(1, accounts + 1):
        rows.append(_Account(made, sky, rng, account_id).live())
    made.rows = np.concatenate(rows)
    return made


class _Account:
    """One account's life: chances per user and day, written down as rows in the end."""

    def __init__(self, world: World, sky: Climate, rng: np.random.Generator, account_id: int) -> None:
        self.world, self.rng, self.id, self.look, self.days = world, rng, account_id, world.taste, world.days
        self.region = int(rng.choice(len(sky.region_weights), p=sky.region_weights))
        self.vertical = int(rng.integers(0, sky.verticals))
        size = rng.lognormal(np.log(self.look.team), self.look.team_spread)
        self.size = int(np.clip(np.rint(size), 1, 80))
        self.begin = int(rng.integers(20, world.days - 70)) if rng.random() < self.look.new_share else 0
        self.born = self.begin - (0 if self.begin else int(rng.integers(0, 1000)))
        self.chance: list[np.ndarray] = []
        self.kinds: list[str] = []
        self.since: list[int] = []
        self.away: set[int] = set()
        self.fixed: list[int] = []  # scripts: no season, no holiday
        self.weekday = self._weekday()
        self.sky = sky.of(self.region, self.vertical)

    def live(self) -> np.ndarray:
        for _ in range(self.size):
            self._join(self._base(), self.begin)
        self._turnover()
        self._growth()
        self._cleanup()
        level = self._own_level()
        self._scripts()
        fallen = self._fate(level)
        chance = np.array(self.chance)
        human = np.setdiff1d(np.arange(len(chance)), self.fixed)
        chance[human] *= self.weekday * self.sky * level
        end = self.world.gone.get(self.id)
        if end is not None:
            chance[:, max(end, 0) :] = 0
        seen = self.rng.random(chance.shape) < np.minimum(chance, np.where(self._is_fixed(), 1, MOST_DAILY))
        return self._write(seen, fallen)

    def _is_fixed(self) -> np.ndarray:
        return np.isin(np.arange(len(self.chance)), self.fixed)[:, None]

    def _write(self, seen: np.ndarray, fallen: set[int]) -> np.ndarray:
        world, first = self.world, len(self.world.users) + 1
        region, vertical = ("CN", "EMEA", "AMER", "APAC", "LATAM")[self.region], f"vertical-{self.vertical}"
        world.accounts.append({
            "id": self.id, "region": region, "vertical": vertical, "segment": (self.region, self.vertical),
            "seats": max(int(self.size * self.rng.uniform(1, 1.6)), 1), "born": START + self.born,
            "size": self.size,
        })  # fmt: skip
        for kind, since in zip(self.kinds, self.since, strict=True):
            world.users.append((len(world.users) + 1, self.id, kind, START + since))
        world.fallen[self.id] = {first + n for n in fallen | self.away}
        who, day = np.nonzero(seen)
        return np.stack([np.full(len(who), self.id), first + who, START + day], axis=1)

    def _happened(self, kind: str, day: int) -> None:
        self.world.events.append(Event(kind, self.id, START + day))

    def _weekday(self) -> np.ndarray:
        rng, at = self.rng, (START + np.arange(self.days)) % 7  # 1 is Monday, 6 and 0 the weekend
        week = np.ones(7) * rng.uniform(0.9, 1.05, 7)
        week[6] = rng.choice([0.03, 0.15, 0.7], p=[0.55, 0.33, 0.12])
        week[0] = week[6] * rng.uniform(0.3, 0.9)
        return week[at]

    def _base(self) -> float:
        return float(self.rng.beta(*self.look.keenness))

    def _join(self, base: float, start: int, stop: int | None = None, ramp: int = 0) -> int:
        """A person with own ups and downs and holidays; the user's number within the account."""
        rng, days = self.rng, self.days
        weeks = days // 7 + 2
        steps = rng.normal(0, self.look.user_noise, weeks)
        for n in range(1, weeks):
            steps[n] = 0.7 * steps[n - 1] + 0.71 * steps[n]
        mine = base * np.repeat(np.exp(steps - self.look.user_noise**2 / 2), 7)[:days]
        for _ in range(rng.poisson(self.look.vacations * days / 365)):
            gone = int(rng.integers(0, days))
            mine[gone : gone + int(rng.integers(3, 17))] = 0
        if rng.random() < self.look.long_leave * days / 365:
            gone = int(rng.integers(0, days))
            mine[gone : gone + int(rng.integers(30, 110))] = 0
        if ramp:
            mine[start : start + ramp] *= np.linspace(0.2, 1, len(mine[start : start + ramp]))
        mine[:start] = 0
        if stop is not None:
            mine[stop:] = 0
        self.chance.append(mine)
        self.kinds.append("human")
        self.since.append(start if start else self.born)
        return len(self.chance) - 1

    def _turnover(self) -> None:
        """People leave, most are replaced after a while; now and then the busiest one goes."""
        rng = self.rng
        for user in range(self.size):
            if rng.random() < 1 - np.exp(-self.look.turnover * (self.days - self.begin) / 365):
                self._leave(user, self.begin + int(rng.integers(20, max(self.days - self.begin, 21))), SINGLE)
        if self.size >= 4 and rng.random() < 0.06 * self.days / 365:
            day = self.begin + int(rng.integers(20, max(self.days - self.begin, 21)))
            busiest = int(np.argmax([c[max(day - 90, 0) : day].sum() for c in self.chance]))
            self._leave(busiest, day, BUSIEST)

    def _leave(self, user: int, day: int, kind: str) -> None:
        base = float(self.chance[user][max(day - 60, 0) : day].mean()) if day > 0 else 0.0
        self.chance[user][day:] = 0
        self.away.add(user)
        if self.size >= 3:
            self._happened(kind, day)
        if self.rng.random() < self.look.replaced and base > 0:
            start = day + int(self.rng.integers(-5, 50))
            if self.begin <= start < self.days:
                self._join(base, start, ramp=int(self.rng.integers(5, 25)))

    def _growth(self) -> None:
        if self.rng.random() < 0.12 * self.days / 365 and self.begin == 0:
            day = int(self.rng.integers(30, self.days))
            for _ in range(max(1, int(self.size * self.rng.uniform(0.2, 0.9)))):
                self._join(self._base(), day, ramp=20)
            self._happened(GROWTH, day)

    def _cleanup(self) -> None:
        """Sleepers hold seats until somebody tidies up."""
        if self.rng.random() < 0.5:
            until = int(self.rng.integers(150, self.days)) if self.rng.random() < 0.35 else None
            for _ in range(max(1, int(self.size * self.rng.uniform(0.1, 0.6)))):
                user = self._join(float(self.rng.uniform(0.002, 0.04)), self.begin, until)
                if until is not None:
                    self.away.add(user)
            if until is not None:
                self._happened(CLEANUP, until)

    def _own_level(self) -> np.ndarray:
        """What the whole account goes through: ups and downs, holidays, gaps, projects, its own season."""
        rng, days = self.rng, self.days
        weeks = days // 7 + 2
        steps = rng.normal(0, 1, weeks)
        for n in range(1, weeks):
            steps[n] = 0.8 * steps[n - 1] + 0.6 * steps[n]
        noise = self.look.account_noise * rng.uniform(0.3, 1.7)
        level = np.repeat(np.exp(noise * steps), 7)[:days]
        span = max(days - self.begin, 30)
        for _ in range(rng.poisson(self.look.team_holidays * span / 365)):
            day = self.begin + int(rng.integers(0, span))
            level[day : day + int(rng.integers(4, self.look.longest_holiday + 1))] *= rng.uniform(0, 0.2)
            self._happened(HOLIDAY, day)
        for _ in range(rng.poisson(0.3 * span / 365)):
            day = self.begin + int(rng.integers(0, span))
            level[day : day + int(rng.integers(1, 5))] = 0
            self._happened(GAP, day)
        for _ in range(rng.poisson(self.look.projects * span / 365)):
            day, length = self.begin + int(rng.integers(0, span)), int(rng.integers(25, 90))
            level[day : day + length] *= rng.uniform(1.2, 1.7)
            self._happened(SPIKE, day + length)
        if rng.random() < self.look.own_seasons:
            quiet, length, depth = int(rng.integers(0, 365)), int(rng.integers(30, 75)), rng.uniform(0.4, 0.7)
            for year in range(-1, days // 365 + 1):
                low = max(quiet + 365 * year, 0)
                level[low : max(quiet + 365 * year + length, 0)] *= depth
                if self.begin <= low < days and quiet + 365 * year >= 0:
                    self._happened(SEASON, low)
        return level

    def _scripts(self) -> None:
        """Declared service users, and scripts that run under a person's name; some of them stop."""
        rng = self.rng
        for kind, share in (("service", 0.1), ("human", self.look.scripts)):
            if rng.random() < share:
                user = self._join(1.0, self.begin)
                self.fixed.append(user)
                self.kinds[user] = kind
                self.chance[user][:] = rng.uniform(0.96, 1.0)
                self.chance[user][: self.begin] = 0
                if rng.random() < 0.6:
                    stop = self.begin + int(rng.integers(90, max(self.days - self.begin, 91)))
                    self.chance[user][stop:] = 0
                    self.away.add(user)
                    if stop < self.days:
                        self._happened(BOT_STOP, stop)

    def _fate(self, level: np.ndarray) -> set[int]:
        """Newcomers take up the product or stall; some accounts fade, a few end without a sign."""
        rng = self.rng
        if self.begin and self._started(level):
            return set()
        room = (self.begin + 160, self.days)
        draw = rng.random()
        if room[0] >= room[1] or draw > self.look.declines + self.look.sudden:
            return set()
        end = fades.contract_end(rng, self.born, *room)
        if end is None:
            return set()
        self.world.gone[self.id] = end
        if draw > self.look.declines:
            return set()
        decline, shares = fades.decline(rng, self.chance, self.fixed, end, self.days)
        self.world.declines[self.id] = decline.moved(START)
        for user, share in shares.items():
            self.chance[user] = self.chance[user] * share
        return set(decline.users)

    def _started(self, level: np.ndarray) -> bool:
        """Whether the newcomer stalls; writes the take-up into the level."""
        rng, at = self.rng, np.arange(self.days) - self.begin
        if rng.random() < self.look.stalls:
            self.world.stalls.add(self.id)
            floor, tried = rng.uniform(0, 0.12), int(rng.integers(0, 14))
            level *= np.where(at < tried, rng.uniform(0.2, 0.8), floor)
            return True
        self.world.newcomers.add(self.id)
        ramp = int(rng.integers(40, 75)) if rng.random() < 0.15 else int(rng.integers(5, 35))
        level *= np.clip(0.1 + 0.9 * at / ramp, 0, 1)
        return False

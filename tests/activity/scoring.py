"""Compares alerts with what really happened in a made-up world: every figure the alerts are judged by."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.activity import simulator as s
from tests.activity.inprocess import Rung

AHEAD = 30
AFTER = {s.SINGLE: 60, s.BUSIEST: 60, s.BOT_STOP: 60, s.HOLIDAY: 35, s.CLEANUP: 60}
BLAMED = (s.HOLIDAY, s.BUSIEST, s.SINGLE, s.CLEANUP, s.BOT_STOP, s.SPIKE, s.SEASON, s.GROWTH, s.GAP)


@dataclass
class Tally:
    """Counts that add up over worlds; `figures` makes shares of them."""

    declines: int = 0
    found: int = 0
    ahead: int = 0
    leads: list[int] = field(default_factory=list)
    delays: list[int] = field(default_factory=list)
    true: int = 0
    false: int = 0
    years: float = 0.0
    rang: Counter = field(default_factory=Counter)
    events: Counter = field(default_factory=Counter)
    stalls: int = 0
    stalls_found: int = 0
    newcomers: int = 0
    newcomers_rung: int = 0
    named: int = 0
    named_right: int = 0
    watch: int = 0
    missed: Counter = field(default_factory=Counter)
    of_shape: Counter = field(default_factory=Counter)
    blamed: Counter = field(default_factory=Counter)
    severities: list[tuple[float, bool]] = field(default_factory=list)
    repeats: int = 0

    def add(self, other: "Tally") -> "Tally":
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)
        return self

    def figures(self) -> dict[str, float]:
        share = {kind: self.rang[kind] / max(self.events[kind], 1) for kind in AFTER}
        return {
            "recall": self.found / max(self.declines, 1),
            "found 30 days ahead": self.ahead / max(self.declines, 1),
            "false per account-year": self.false / max(self.years, 1e-9),
            "precision": self.true / max(self.true + self.false, 1),
            "median lead": float(np.median(self.leads)) if self.leads else float("nan"),
            "median delay": float(np.median(self.delays)) if self.delays else float("nan"),
            "single departures": share[s.SINGLE],
            "busiest leaves": share[s.BUSIEST],
            "stopped bots": share[s.BOT_STOP],
            "team holidays": share[s.HOLIDAY],
            "seat clean-ups": share[s.CLEANUP],
            "stalls found": self.stalls_found / max(self.stalls, 1),
            "stalls false": self.newcomers_rung / max(self.newcomers, 1),
            "users named right": self.named_right / max(self.named, 1),
            "repeats per false": self.repeats / max(self.false, 1),
        }


def score(world: s.World, alerts: Iterable[Rung]) -> Tally:
    """The tally of one world. A decline counts when its contract ends within the data; alerts of other
    declines, and after a contract's end, count neither way."""
    made = Tally()
    rung: dict[int, list[Rung]] = defaultdict(list)
    started = set()
    for alert in alerts:
        if alert.kind == "activity":
            rung[alert.account].append(alert)
        elif alert.kind == "onboarding":
            started.add(alert.account)
        else:
            made.watch += 1
    last = s.START + world.days
    events = defaultdict(list)
    for event in world.events:
        events[event.account].append(event)
    for account in world.accounts:
        _score_account(made, world, account, rung[account["id"]], events[account["id"]], last)
    made.stalls, made.stalls_found = len(world.stalls), len(world.stalls & started)
    made.newcomers, made.newcomers_rung = len(world.newcomers), len(world.newcomers & started)
    return made


def _score_account(
    made: Tally, world: s.World, account: dict, rung: Sequence[Rung], events: Sequence[s.Event], last: int
) -> None:
    decline = world.declines.get(account["id"])
    end = world.gone.get(account["id"], 10**9) + s.START
    healthy = min(decline.onset if decline else end, end, last)
    made.years += max(healthy - max(s.START, account["born"]), 0) / 365
    wrong = [a for a in rung if a.day <= healthy] if healthy < last else list(rung)
    made.false += len(wrong)
    made.repeats += max(len(wrong) - 1, 0)
    made.severities += [(a.severity, False) for a in wrong]
    for alert in wrong:
        made.blamed[_reason(alert.day, events)] += 1
    for event in events:
        if event.kind in AFTER and event.day + AFTER[event.kind] <= healthy:
            made.events[event.kind] += 1
            made.rang[event.kind] += any(event.day < a.day <= event.day + AFTER[event.kind] for a in rung)
    if decline and decline.end <= last:
        _score_decline(
            made, world, account, decline, [a for a in rung if decline.onset < a.day <= decline.end]
        )


def _score_decline(made: Tally, world: s.World, account: dict, decline, hits: Sequence[Rung]) -> None:  # noqa: ANN001
    kind = f"{decline.shape}, {_team(account['size'])}"
    made.declines += 1
    made.of_shape[kind] += 1
    made.true += len(hits)
    made.severities += [(a.severity, True) for a in hits]
    if not hits:
        made.missed[kind] += 1
        return
    made.found += 1
    made.leads.append(decline.end - hits[0].day)
    made.delays.append(hits[0].day - decline.onset)
    made.ahead += decline.end - hits[0].day >= AHEAD
    made.named += len(hits[0].who)
    made.named_right += sum(u in world.fallen[account["id"]] for u in hits[0].who)


def _team(size: int) -> str:
    return "one or two" if size <= 2 else "three to five" if size <= 5 else "six or more"


def _reason(day: int, events: Sequence[s.Event]) -> str:
    """The nearest thing before a false alert that may have caused it."""
    near = [e for e in events if e.day < day <= e.day + 60 and e.kind in BLAMED]
    leavers = [e for e in near if e.kind in (s.SINGLE, s.BUSIEST)]
    if len(leavers) > 1:
        return "several departures"
    return max(near, key=lambda e: e.day).kind if near else "nothing known"

"""What one person can look after: weights, loads, levels and how long things take, from values alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lib.errors import Conflict, Invalid

LEVELS = ("junior", "intermediate", "senior")
BASES = ("annual", "project", "other")  # on what a level was decided
WIN = "win"
ASKS = ("request", "suggestion")
RECORDS = ("certificate", "course", "exchange")
GOAL_STATES = ("open", "met", "missed", "dropped")
DEPARTMENTS = ("legal", "finance", "engineering", "product", "marketing", "delivery", "other")
REQUEST_STATES = ("open", "working", "answered", "closed")
_MOVES = {"open": ("working", "answered", "closed"), "working": ("answered", "closed"),
          "answered": ("open", "closed"), "closed": ()}  # fmt: skip
DAYS = tuple(map(str, range(7)))  # "0" is Monday
NEAR = Decimal("0.9")  # from this share of the capacity a book is nearly full


@dataclass(frozen=True)
class Limits:
    """The numbers of the policy `team`, and the capacity of a book from `vip`."""

    capacity: Decimal
    backup_share: Decimal
    other_weight: Decimal
    plain_share: Decimal
    weights: Mapping[str, Decimal]
    named: tuple[str, ...]
    parts: Mapping[str, float]
    vip_least: str
    review_months: int
    start: int
    end: int
    least_overlap: int
    csat_days: int
    least_answers: int
    due_days: int
    slow_days: int
    auto: bool


@dataclass(frozen=True)
class Load:
    """What one person carries; `share` is of the capacity (1 is full)."""

    owned: int
    backed_up: int
    points: Decimal
    share: Decimal

    @property
    def state(self) -> str:
        """over, near or room; exactly full is not over."""
        return "over" if self.share > 1 else "near" if self.share >= NEAR else "room"


NOBODY = Load(0, 0, Decimal(0), Decimal(0))


def limits(team: Mapping[str, Any], vip: Mapping[str, Any]) -> Limits:
    load, hours, levels = team["load"], team["hours"], team["levels"]
    tiers = team["tiers"]
    return Limits(
        capacity=Decimal(vip["book"]["capacity"]), backup_share=Decimal(load["backup_share"]),
        other_weight=Decimal(load["other_weight"]), plain_share=Decimal(load["plain_share"]),
        weights={t["code"]: Decimal(t["weight"]) for t in tiers},
        named=tuple(t["code"] for t in tiers if t["named_owner"]),
        parts={name: float(value) for name, value in team["proposal"].items()},
        vip_least=levels["vip_least"], review_months=int(levels["review_months"]),
        start=int(hours["start"]), end=int(hours["end"]), least_overlap=int(hours["least_overlap"]),
        csat_days=int(team["csat"]["days"]), least_answers=int(team["csat"]["least_answers"]),
        due_days=int(team["requests"]["due_days"]), slow_days=int(team["requests"]["slow_days"]),
        auto=bool(team["auto"]["assign"]),
    )  # fmt: skip


def weight_of(tier: str | None, is_vip: bool, by: Limits) -> Decimal:
    """What an account adds to its owner's book."""
    weight = by.weights.get((tier or "").strip().lower(), by.other_weight)
    return weight if is_vip else weight * by.plain_share


def loads(held: Iterable[tuple[int, str, str | None, bool, int]], by: Limits) -> dict[int, Load]:
    """person -> Load, from (person, duty, tier, is VIP, number of accounts)."""
    owned: dict[int, int] = {}
    backed: dict[int, int] = {}
    points: dict[int, Decimal] = {}
    for person_id, duty, tier, is_vip, count in held:
        share = by.backup_share if duty == "backup" else Decimal(1)
        into = backed if duty == "backup" else owned
        into[person_id] = into.get(person_id, 0) + count
        points[person_id] = points.get(person_id, Decimal(0)) + share * weight_of(tier, is_vip, by) * count
    return {
        i: Load(owned.get(i, 0), backed.get(i, 0), total, total / by.capacity) for i, total in points.items()
    }


def beyond(book: Iterable[tuple[int, Decimal, int]], carried: Decimal, by: Limits) -> list[int]:
    """The accounts of an over-full book that could be cared for by automated templates: (account, weight,
    worth), the lightest first, then the least worth, until the rest fits."""
    left, chosen = carried, []
    for account_id, weight, _worth in sorted(book, key=lambda one: (one[1], one[2], one[0])):
        if left <= by.capacity:
            break
        left -= weight
        chosen.append(account_id)
    return chosen


def check_level(level: str, basis: str) -> None:
    if level not in LEVELS:
        raise Invalid("team_level_unknown", level=str(level)[:40])
    if basis not in BASES:
        raise Invalid("team_basis_unknown")


def is_below(level: str | None, least: str) -> bool:
    """Whether a level that somebody decided is under the least one; nothing said is not below."""
    return level in LEVELS and LEVELS.index(level) < LEVELS.index(least)


def check_hours(hours: Mapping[str, Any]) -> dict[str, list[int]]:
    """Weekday -> [first, last] minute of the day; days off are left out. Raises Invalid."""
    made: dict[str, list[int]] = {}
    for day, span in hours.items():
        if day not in DAYS or not isinstance(span, list | tuple) or len(span) != 2:
            raise Invalid("team_hours")
        first, last = span
        if type(first) is not int or type(last) is not int or not 0 <= first < last <= 1440:
            raise Invalid("team_hours")
        made[day] = [first, last]
    return made


def check_move(state: str, target: str) -> None:
    """Raises Conflict where an internal request cannot go from one state to the other."""
    if target not in _MOVES.get(state, ()):
        raise Conflict("request_cannot_move", state=state, target=target)


def moves_from(state: str) -> tuple[str, ...]:
    return _MOVES.get(state, ())


def is_late(state: str, due_on: date, today: date) -> bool:
    """Overdue: nobody answered, and the day is over."""
    return state in ("open", "working") and due_on < today


def ages(steps: Iterable[tuple[int, str, datetime]], now: datetime) -> dict[str, list[float]]:
    """state -> days each request spent there, from (request, state, when) in order of time.

    The present step counts until now; a closed request has no age any more.
    """
    by_request: dict[int, list[tuple[str, datetime]]] = {}
    for request_id, state, at in steps:
        by_request.setdefault(request_id, []).append((state, at))
    spent: dict[str, list[float]] = {}
    for path in by_request.values():
        ends = [at for _, at in path[1:]] + [now]
        for (state, at), end in zip(path, ends, strict=True):
            if state != "closed":
                spent.setdefault(state, []).append((end - at).total_seconds() / 86_400)
    return spent


def middle(values: Iterable[float]) -> float | None:
    """The median."""
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def peaks(moments: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Seven rows (Monday first) of 24 hours: how many of (weekday, hour) fell there."""
    grid = [[0] * 24 for _ in range(7)]
    for weekday, hour in moments:
        grid[weekday][hour] += 1
    return grid

"""Who could take an account that lacks an owner or a backup: a score from four parts, ties told. Pure.

score = 100 × (free × F + level × L + language × S + hours × H) ÷ (F + L + S + H), weights from the policy.
free: what is left of the book once the account is in it (−1 to 1); level: 1 for senior, 0.5, 0; language: 1
when they speak the account's; hours: working hours in common ÷ the account's week, 0.5 where its zone is
unknown. Each proposal counts the ones above it as accepted, so that nobody is filled by all at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lib.teams.rules import LEVELS, Limits, is_below, weight_of
from lib.teams.zones import Week, office, overlap

UNKNOWN = 0.5  # what hours count where the account's zone is not known


@dataclass(frozen=True)
class Candidate:
    """Somebody active whose role fits, as they are before the first proposal."""

    id: int
    name: str
    points: Decimal
    level: str | None
    speaks: frozenset[str]
    zone: str
    week: Week


@dataclass(frozen=True)
class Need:
    """An account of the list. `owner` and `backup` are those who hold the duty and fit, by id."""

    id: int
    name: str
    tier: str | None
    is_vip: bool
    language: str
    zone: str | None
    worth: int
    owner: int | None
    backup: int | None


@dataclass(frozen=True)
class Pick:
    """One proposed person with what the score was made of. `tied` names those with the same score; `flags`:
    over (above capacity with it), below (under the least level), unrated (no level yet)."""

    id: int
    name: str
    score: float
    share: float
    level: str | None
    speaks: bool
    hours: float | None
    tied: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    need: Need
    owner: Pick | None
    backup: Pick | None


@dataclass
class _Room:
    """The books while proposals are made."""

    by: Limits
    monday: date
    points: dict[int, Decimal] = field(default_factory=dict)


def propose(needs: Sequence[Need], people: Sequence[Candidate], by: Limits, monday: date) -> list[Proposal]:
    """A proposal for each account, in their order. The same values give the same proposals."""
    room = _Room(by, monday, {one.id: one.points for one in people})
    made = []
    for need in needs:
        owner = backup = None
        holder = need.owner
        if need.owner is None:
            others = [one for one in people if one.id != need.backup]
            owner = _best(need, others, room, "owner")
            holder = owner.id if owner else None
        if need.backup is None and need.is_vip:
            backup = _best(need, [one for one in people if one.id != holder], room, "backup")
        made.append(Proposal(need, owner, backup))
    return made


def _best(need: Need, people: Sequence[Candidate], room: _Room, duty: str) -> Pick | None:
    """The best of them; those under the least level only when there is nobody else."""
    by = room.by
    weight = weight_of(need.tier, need.is_vip, by) * (by.backup_share if duty == "backup" else 1)
    skilled = [one for one in people if not (need.is_vip and is_below(one.level, by.vip_least))]
    picks = [_scored(need, one, room, weight) for one in skilled or people]
    if not picks:
        return None
    order = sorted(picks, key=lambda p: (-p.score, room.points[p.id], p.name, p.id))
    best = order[0]
    room.points[best.id] += weight
    tied = tuple(p.name for p in order[1:] if p.score == best.score)
    return Pick(**{**best.__dict__, "tied": tied})


def _scored(need: Need, one: Candidate, room: _Room, weight: Decimal) -> Pick:
    by = room.by
    after = (room.points[one.id] + weight) / by.capacity
    usual = office(by.start, by.end)
    whole = 5 * (by.end - by.start)
    hours = overlap(one.week, one.zone, usual, need.zone, room.monday) if need.zone else None
    speaks = need.language in one.speaks
    parts = {
        "free": max(-1.0, float(1 - after)),
        "level": LEVELS.index(one.level) / (len(LEVELS) - 1) if one.level in LEVELS else 0.0,
        "language": float(speaks),
        "hours": UNKNOWN if hours is None else min(1.0, hours / whole if whole else 0.0),
    }
    total = sum(by.parts.values()) or 1.0
    score = round(100 * sum(by.parts[name] * value for name, value in parts.items()) / total, 1)
    flags = (
        *(("over",) if after > 1 else ()),
        *(("below",) if need.is_vip and is_below(one.level, by.vip_least) else ()),
        *(("unrated",) if need.is_vip and one.level is None else ()),
    )
    return Pick(one.id, one.name, score, float(after), one.level, speaks, hours, flags=flags)

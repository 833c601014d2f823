"""The nearest way to a better word: the smallest change of one part, or of two, that reaches it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from lib.health.rules import PARTS, Band, Limits, Part


@dataclass(frozen=True)
class Move:
    """A part that has to come from `now` to `to` (0 to 100); `aim` is what that means in the part's own
    numbers: the ratio of activity, how many people, cases or points (see `phrases`)."""

    part: str
    now: float
    to: float
    aim: float | None = None


@dataclass(frozen=True)
class Way:
    """The moves that reach `band`; none when it is reached already."""

    band: Band
    moves: tuple[Move, ...]


def nearest(parts: Mapping[str, float | None], weights: Mapping[str, float], facts: Mapping[str, Any],
            raw: float, limits: Limits) -> Way | None:  # fmt: skip
    """The smallest change (in points of a part) that makes the sum healthy, else one that at least reaches
    Watch; one part before two. None when two parts are not enough.

    The cap is no part of it: what caps a score has to end first.
    """
    if raw >= limits.healthy_from:
        return None
    targets = [(Band.HEALTHY, limits.healthy_from)]
    if raw < limits.watch_from:
        targets.append((Band.WATCH, limits.watch_from))
    total = sum(weights[p] for p in PARTS if parts.get(p) is not None)
    for word, least in targets:
        moves = _smallest(parts, weights, (least - raw + 0.05) * total, facts, limits)
        if moves:
            return Way(word, moves)
    return None


def _smallest(parts: Mapping[str, float | None], weights: Mapping[str, float], lacking: float,
              facts: Mapping[str, Any], limits: Limits) -> tuple[Move, ...]:  # fmt: skip
    """`lacking`: weight times points that must be gained."""
    known = [p for p in PARTS if parts.get(p) is not None and weights.get(p)]
    tops = {p: _top(p, parts[p], facts, limits) for p in known}
    single = [
        (need, p) for p in known if 0 < (need := lacking / weights[p]) <= tops[p] - parts[p]
    ]  # fmt: skip
    if single:
        need, part = min(single)
        return (_move(part, parts[part], parts[part] + need, facts, limits),)
    pairs = []
    for one, two in combinations(known, 2):
        first, second = sorted((one, two), key=lambda p: -weights[p])
        most = tops[first] - parts[first]
        rest = (lacking - most * weights[first]) / weights[second]
        if most > 0 and 0 < rest <= tops[second] - parts[second]:
            pairs.append((most + rest, first, second, most, rest))
    if not pairs:
        return ()
    _, first, second, most, rest = min(pairs)
    return (
        _move(first, parts[first], parts[first] + most, facts, limits),
        _move(second, parts[second], parts[second] + rest, facts, limits),
    )


def _top(part: str, now: float, facts: Mapping[str, Any], limits: Limits) -> float:
    """The most a part can reach: the half of breadth that people fill, a sponsor who is gone stays gone."""
    if part == Part.BREADTH:
        people, features = facts.get("people_share"), facts.get("feature_share")
        if people is None:
            return now
        return 100.0 if features is None else 50 * (1 + min(features, 1.0))
    if part == Part.RELATIONSHIP and facts.get("sponsor_left"):
        return 100.0 - limits.sponsor_left
    if part == Part.COMMERCIAL and facts.get("downgraded"):
        return 100.0 - limits.downgrade
    return 100.0


def _move(part: str, now: float, to: float, facts: Mapping[str, Any], limits: Limits) -> Move:
    to = min(to, 100.0)
    aim: float | None = None
    if part == Part.ACTIVITY:
        aim = limits.nothing_at + (limits.full_at - limits.nothing_at) * to / 100
    elif part == Part.BREADTH:
        features = facts.get("feature_share")
        share = to / 100 if features is None else 2 * to / 100 - min(features, 1.0)
        aim = share * facts["people_median"] * facts["seats"]
    elif part == Part.RELATIONSHIP:
        aim = facts.get("rhythm")
    elif part == Part.SUPPORT:
        aim = float(facts.get("urgent", 0) + facts.get("others", 0))
    return Move(str(part), now, to, aim)

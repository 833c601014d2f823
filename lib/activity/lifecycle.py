"""The life of alerts over a range of days: when one opens, when it ends by itself, when a new one may come.

A day here is the morning on which the desk looks (a day number); it uses facts up to the day before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lib.activity.detector import Breaches, in_a_row
from lib.activity.facts import NEVER
from lib.activity.history import History
from lib.activity.rules import AlertKind, AlertStatus, Numbers, Thresholds


@dataclass(frozen=True)
class Known:
    """A stored alert: it holds its place, whatever the walk finds. `account` is a position."""

    id: int
    account: int
    kind: str
    opened: int
    resolved: int | None
    quiet_until: int | None


@dataclass(frozen=True)
class Opening:
    account: int
    kind: str
    day: int
    closes: int | None = None
    closes_as: str | None = None


@dataclass(frozen=True)
class Ending:
    """A stored open alert that ends by itself."""

    id: int
    day: int
    status: str


@dataclass(frozen=True)
class Track:
    """What one account's walk needs: mornings on which the rules ring, and on which an open alert is calm."""

    rings: Numbers
    calm: Numbers
    left: int
    cool_down: int
    once: bool


def walk(
    made: History, found: Breaches, known: Sequence[Known], first: int, last: int, limits: Thresholds
) -> tuple[list[Opening], list[Ending]]:
    """Openings and endings on the mornings first … last. Two stored alerts never overlap with a new one."""
    offset = made.facts.first + 1
    calm = in_a_row(found.calm, limits.closing_calm_days)
    started = in_a_row(found.calm_start, limits.closing_calm_days)
    kinds = (
        (AlertKind.ACTIVITY, in_a_row(found.activity, limits.opening_evaluations), calm),
        (AlertKind.ONBOARDING, in_a_row(found.onboarding, limits.onboarding_evaluations), started),
        (AlertKind.WATCH, found.watch, in_a_row(found.calm_watch, limits.risk_calm_evaluations)),
    )
    openings: list[Opening] = []
    endings: list[Ending] = []
    span = slice(first - offset, last - offset + 1)
    for kind, rings, quiet in kinds:
        mine: dict[int, list[Known]] = {}
        for alert in sorted((k for k in known if k.kind == kind), key=lambda k: k.opened):
            mine.setdefault(alert.account, []).append(alert)
        waiting = {account for account, alerts in mine.items() if any(k.resolved is None for k in alerts)}
        ringing = np.flatnonzero(rings[span].any(axis=0)).tolist()
        looked_at = np.array(sorted({*ringing, *waiting}), dtype=int)
        rung, stayed = (holds[span, looked_at].T.copy() for holds in (rings, quiet))
        for n, account in enumerate(looked_at.tolist()):
            track = Track(
                rings=np.flatnonzero(rung[n]) + first,
                calm=np.flatnonzero(stayed[n]) + first,
                left=int(made.facts.accounts.left[account]),
                # A list rings no bell: who falls silent again stands on it again.
                cool_down=0 if kind == AlertKind.WATCH else limits.closing_cool_down_days,
                once=kind == AlertKind.ONBOARDING,
            )
            opened, ended = walk_account(track, mine.get(account, []), first, last)
            openings += [Opening(account, str(kind), *step) for step in opened]
            endings += ended
    return openings, endings


def walk_account(
    track: Track, stored: Sequence[Known], first: int, last: int
) -> tuple[list[tuple[int, int | None, str | None]], list[Ending]]:
    """One account and kind: [(day opened, day closed, status)], and endings of stored alerts."""
    openings: list[tuple[int, int | None, str | None]] = []
    endings: list[Ending] = []
    day = first
    for alert in stored:
        if alert.resolved is None:
            closes, status = _end(track, max(day, alert.opened + 1), last)
            if closes is not None:
                endings.append(Ending(alert.id, closes, status))
    if track.once and stored:
        return openings, endings
    ended = {e.id: e.day for e in endings}
    busy = [(k.opened, _free_again(k, ended.get(k.id), track)) for k in stored]
    while (opens := _next_ring(track, busy, day)) is not None:
        closes, status = _end(track, opens + 1, last)
        following = min((start for start, _ in busy if start > opens), default=NEVER)
        if following <= (NEVER - 1 if closes is None else closes):
            day = following  # the stored alert tells the rest of this fall already
            continue
        openings.append((opens, closes, status))
        if closes is None or track.once:
            break
        day = closes + track.cool_down
    return openings, endings


def _free_again(alert: Known, ended: int | None, track: Track) -> int:
    """The first day on which another alert may open after this stored one."""
    resolved = alert.resolved if alert.resolved is not None else ended
    if resolved is None:
        return NEVER
    return max(resolved + 1, alert.quiet_until or 0, resolved + track.cool_down if ended else 0)


def _next_ring(track: Track, busy: Sequence[tuple[int, int]], day: int) -> int | None:
    for ring in track.rings[track.rings >= day].tolist():
        if not any(start <= ring < free for start, free in busy):
            return ring
    return None


def _end(track: Track, day: int, last: int) -> tuple[int | None, str | None]:
    """The first morning from `day` on that ends an open alert: the customer left, or stayed calm."""
    calm = track.calm[track.calm >= day]
    resolves = int(calm[0]) if len(calm) else NEVER
    leaves = max(track.left, day)
    if leaves <= min(resolves, last):
        return leaves, str(AlertStatus.LOST)
    return (resolves, str(AlertStatus.RESOLVED)) if resolves <= last else (None, None)

"""What may be sent when: kinds, quiet hours, the morning digest, waits between attempts; pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from lib.errors import Invalid

TEST = "test"
HOURS = range(24)
DEFAULT_DIGEST_HOUR = 8
SATURDAY = 5


class Kind(StrEnum):
    """What a person may want to hear of."""

    DIGEST = "digest"  # each morning: what needs somebody today
    ALERT = "alert"  # an alert became critical
    PROMISE = "promise"  # a promise of theirs is overdue
    APPROVAL = "approval"  # a quote waits for their decision
    HANDOVER = "handover"  # accounts were handed over to them
    NOTICE_DATE = "notice_date"  # the last day to give notice is near
    TASK = "task"  # a task was given to them
    WINDOW = "window"  # a window of offers for their customers was published
    POLICY = "policy"  # a rule or standard that touches their customers was published


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"  # nothing left to say, or nobody to say it to


SCOPES = ("mine", "team", "all")
# What the other end may answer, and whether another attempt can help.
PASSING = frozenset({"unreachable", "slow", "refused"})
LASTING = frozenset({"not_public", "redirected", "not_trusted", "rejected", "unusable", "channel_gone",
                     "no_address"})  # fmt: skip
# Why a message is not sent at all: it has nothing to say any more, or nobody to say it to.
NOTHING = frozenset({"nothing_left", "person_gone", "not_chosen", "too_late"})


@dataclass(frozen=True)
class Limits:
    """Policy "notices"."""

    names_in_mail: bool
    names_in_rooms: bool
    most_lines: int
    fresh_hours: int
    digest_hours: int
    digest_weekends: bool
    attempts: int
    first_wait_minutes: int
    longest_wait_minutes: int
    taken_up_minutes: int

    @classmethod
    def of(cls, policy: Mapping[str, Any]) -> "Limits":
        return cls(**{name: policy[name] for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Wishes:
    """When and about which accounts a person wants to hear; hours of their own zone."""

    scope: str = "mine"
    digest_hour: int = DEFAULT_DIGEST_HOUR
    quiet_from: int | None = None
    quiet_until: int | None = None


def check_wishes(wishes: Wishes, sees_all: bool) -> None:
    """Raises Invalid for hours that are none, half a quiet time, or a scope that is not the person's."""
    hours = (wishes.digest_hour, wishes.quiet_from, wishes.quiet_until)
    if any(hour is not None and (type(hour) is not int or hour not in HOURS) for hour in hours):
        raise Invalid("notice_hour")
    if wishes.digest_hour is None or (wishes.quiet_from is None) != (wishes.quiet_until is None):
        raise Invalid("notice_hour")
    if wishes.scope not in (SCOPES if sees_all else SCOPES[:2]):
        raise Invalid("notice_scope")


def speaks_at(now: datetime, wishes: Wishes, zone: str) -> datetime:
    """The instant from which the person may be disturbed: now, or the end of the quiet time that runs."""
    start, end = wishes.quiet_from, wishes.quiet_until
    if start is None or end is None or start == end:
        return now
    here = now.astimezone(ZoneInfo(zone))
    inside = start <= here.hour < end if start < end else here.hour >= start or here.hour < end
    if not inside:
        return now
    day = here.date() + timedelta(days=1) if here.hour >= end else here.date()
    return _instant(day, end, zone)


def digest_due(now: datetime, wishes: Wishes, zone: str, limits: Limits) -> date | None:
    """The day whose digest is to be sent now; None before its hour, long after it, and on a free day."""
    here = now.astimezone(ZoneInfo(zone))
    day = here.date()
    if not limits.digest_weekends and day.weekday() >= SATURDAY:
        return None
    begins = _instant(day, wishes.digest_hour, zone)
    return day if begins <= now < begins + timedelta(hours=limits.digest_hours) else None


def _instant(day: date, hour: int, zone: str) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


def is_fresh(created_at: datetime, now: datetime, limits: Limits) -> bool:
    return created_at > now - timedelta(hours=limits.fresh_hours)


def next_attempt(now: datetime, attempts: int, outcome: str, limits: Limits) -> datetime | None:
    """When to try again after so many attempts; None when trying again is over or of no use."""
    if outcome in LASTING or attempts >= limits.attempts:
        return None
    wait = min(limits.first_wait_minutes * 2 ** (attempts - 1), limits.longest_wait_minutes)
    return now + timedelta(minutes=wait)


def digest_key(person_id: int, channel: str, day: date) -> str:
    """The one digest of a day on a channel, whichever process makes it. Tells a receiver nothing."""
    return message_key(f"digest:{person_id}:{channel}:{day.isoformat()}")


def message_key(seed: str) -> str:
    return hashlib.sha256(f"vip-desk:{seed}".encode()).hexdigest()[:40]

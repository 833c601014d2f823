"""What a tier switches in one place: clocks, check-in rhythm, approver, alert thresholds. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

VIP = "vip"
_EMERGENCIES = frozenset(("urgent", "critical", "emergency", "p0", "紧急"))
_HIGH = frozenset(("high", "p1", "高"))


class Clock(StrEnum):
    WITHIN = "within"
    BREACHED = "breached"
    RUNNING = "running"
    UNKNOWN = "unknown"  # answered, but nobody wrote down when


@dataclass(frozen=True)
class Terms:
    """What holds for accounts of a tier. Minutes to the first response: urgent and normal questions, and in
    the peak season P0 and P1 where the tier has clocks of its own then."""

    code: str
    urgent: int
    normal: int
    peak_p0: int | None
    peak_p1: int | None
    checkin_quarters: int | None  # None: the usual rhythm
    checkin_days: int
    approver_level: int
    alert_scale: Decimal


def tier_terms(tier: str | None, tiers: Mapping[str, Any], service: Mapping[str, Any]) -> Terms:
    """The terms of a tier, a plan by its name, or "vip", from the documents "tiers" and "service".

    A name nobody listed holds the terms of the first row.
    """
    row = _row(tier, tiers) or tiers["terms"][0]
    clocks = {(c["tier"], c["season"], c["severity"]): c["response_minutes"] for c in service["clocks"]}
    own = row["clock"]
    lasting = own if (own, "any", "normal") in clocks else "paid"  # VIP has own clocks in the peak season
    if own == "standard":
        lasting = "standard"
    normal = clocks[lasting, "any", "normal"]
    return Terms(
        row["code"], clocks.get((lasting, "any", "urgent"), normal), normal,
        clocks.get((own, "peak", "p0")), clocks.get((own, "peak", "p1")), check_in_quarters(tier, tiers),
        row["checkin_days"], row["approver_level"], Decimal(row["alert_scale"]),
    )  # fmt: skip


def check_in_quarters(tier: str | None, tiers: Mapping[str, Any]) -> int | None:
    """Quarters between two check-ins of a tier, a plan by its name, or "vip"; None where none is set."""
    row = _row(tier, tiers)
    return next((one["quarters"] for one in tiers["rhythm"] if row and one["code"] == row["code"]), None)


def _row(tier: str | None, tiers: Mapping[str, Any]) -> Mapping[str, Any] | None:
    name = (tier or "").strip().casefold()
    return next((r for r in tiers["terms"] if name == r["code"] or name in _names(r["plans"])), None)


def every_tier(tiers: Mapping[str, Any], service: Mapping[str, Any]) -> list[Terms]:
    return [tier_terms(row["code"], tiers, service) for row in tiers["terms"]]


def _names(text: str) -> list[str]:
    return [part.strip().casefold() for part in text.split(",") if part.strip()]


def is_emergency(priority: str | None, escalated: bool) -> bool:
    return escalated or (priority or "").strip().casefold() in _EMERGENCIES


def target(terms: Terms, priority: str | None, *, peak: bool) -> int:
    """Minutes to the first response of a case."""
    said = (priority or "").strip().casefold()
    if said in _EMERGENCIES:
        return terms.peak_p0 if peak and terms.peak_p0 is not None else terms.urgent
    if said in _HIGH and peak and terms.peak_p1 is not None:
        return terms.peak_p1
    return terms.normal


def state(
    opened_at: datetime, minutes: int, *, response: int | None, closed_at: datetime | None, now: datetime
) -> Clock:
    """Where the first-response clock of a case stands; it runs around the clock.

    A case that was closed within its target was answered within it; one closed later without a noted
    response says nothing.
    """
    due = opened_at + timedelta(minutes=minutes)
    if response is not None:
        return Clock.WITHIN if response <= minutes else Clock.BREACHED
    if closed_at is not None:
        return Clock.WITHIN if closed_at <= due else Clock.UNKNOWN
    return Clock.RUNNING if now <= due else Clock.BREACHED

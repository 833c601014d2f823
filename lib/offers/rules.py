"""When a window of the promo calendar is open, for whom, on which terms, and what a form may say. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from lib.errors import Conflict, Invalid
from lib.pricing.choices import Offer

KINDS = ("double_eleven", "black_friday", "quarter_end", "anniversary", "season", "custom")
RIVAL_STATES = ("watching", "answered", "over")
NAME_MAX, TEXT_MAX, CODE = 120, 1000, re.compile(r"[a-z0-9][a-z0-9_]{0,47}")
FREE_MONTHS_MAX, SLOTS_MAX = 12, 100_000
QUARTER_MONTHS = 3


class Phase(StrEnum):
    """Where a window stands at a moment."""

    DRAFT = "draft"
    ANNOUNCED = "announced"  # published; accounts cannot apply yet
    APPLYING = "applying"  # the early-application date has come, the window has not opened
    OPEN = "open"
    FULL = "full"  # its last slot is taken
    SPENT = "spent"  # its budget is used up
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Window:
    """A window as stored, with how many slots are taken and how much of its budget is given by now."""

    id: int
    code: str
    name_en: str
    name_zh: str
    zone: str
    apply_from: date
    opens_at: datetime
    closes_at: datetime
    status: str = "published"
    markets: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    rate: Decimal = Decimal(0)
    items: tuple[str, ...] = ()
    gift: str | None = None
    free_months: int = 0
    budget_minor: int | None = None
    currency: str = "USD"
    slots: int | None = None
    taken: int = 0
    spent_minor: int = 0

    @property
    def slots_left(self) -> int | None:
        return None if self.slots is None else max(self.slots - self.taken, 0)

    @property
    def budget_left(self) -> int | None:
        return None if self.budget_minor is None else max(self.budget_minor - self.spent_minor, 0)


@dataclass(frozen=True)
class Customer:
    """What decides whether a window is for an account; segments as "axis:value"."""

    country: str | None = None
    region: str | None = None
    tier: str | None = None
    plan: str | None = None
    segments: tuple[str, ...] = ()


def window_of(row: Any) -> Window:
    """A stored row (see store.promos.windows) as a value."""
    return Window(
        row.id, row.code, row.name_en, row.name_zh, row.zone, row.apply_from, row.opens_at, row.closes_at,
        row.status, *(tuple(held or ()) for held in (row.markets, row.segments, row.tiers)), row.rate,
        tuple(row.items or ()), row.gift, row.free_months, row.budget_minor, row.currency, row.slots,
        int(row.taken), int(row.spent_minor),
    )  # fmt: skip


def phase(window: Window, now: datetime) -> Phase:
    """The window is open from its first instant up to its end, which no longer belongs to it."""
    if window.status != "published":
        return Phase(window.status)
    if now >= window.closes_at:
        return Phase.CLOSED
    if now < window.opens_at:
        early = now.astimezone(ZoneInfo(window.zone)).date() >= window.apply_from
        return Phase.APPLYING if early else Phase.ANNOUNCED
    if window.slots_left == 0:
        return Phase.FULL
    return Phase.SPENT if window.budget_left == 0 else Phase.OPEN


def is_for(window: Window, customer: Customer) -> bool:
    """Market, segment and tier all fit; a list that is empty holds for everybody."""
    wanted = (
        (window.markets, (customer.country, customer.region)),
        (window.segments, customer.segments),
        (window.tiers, (customer.tier, customer.plan)),
    )
    return all(
        not named or {n.casefold() for n in named} & {h.casefold() for h in held if h}
        for named, held in wanted
    )


def offered(
    windows: Iterable[Window], customer: Customer, now: datetime, currency: str | None = None
) -> list[Window]:
    """The windows whose terms an account is offered at this moment. A window with a budget holds for quotes
    in the currency of the budget alone: nothing is converted."""
    return [
        w for w in windows
        if phase(w, now) is Phase.OPEN and is_for(w, customer)
        and (w.budget_minor is None or currency is None or w.currency == currency)
    ]  # fmt: skip


def as_offer(window: Window, gift: str | None = None) -> Offer:
    """The window as the waterfall of a quote takes it; `gift`: the item its gift names."""
    return Offer(window.code, window.name_en, window.name_zh, window.rate, window.items, window.free_months,
                 gift)  # fmt: skip


def given_by(code: str, lines: Iterable[Mapping[str, Any]]) -> Decimal:
    """What an offer gave on the lines that name it ({"offer", "steps": [{"rule", "before", "after"}]}): its
    share, its months, and its gifts at list value."""
    given = Decimal(0)
    for step in (step for line in lines if line.get("offer") == code for step in line["steps"]):
        if step["rule"] in (f"offer-{code}", "gift") or step["rule"].startswith("free-months-"):
            given += Decimal(step["before"]) - Decimal(step["after"])
    return given


def take_slot(window: Window, now: datetime) -> None:
    """An acceptance takes a slot. What is on a paper that still holds is kept after the end of the window;
    a slot that is gone is not there for anybody.

    Raises Conflict.
    """
    if window.slots_left == 0:
        raise Conflict("offer_full", offer=window.name_en, slots=window.slots)
    if now < window.opens_at:
        raise Conflict("offer_not_open", offer=window.name_en)


def give(window: Window, given_minor: int) -> None:
    """What an acceptance takes from the budget of a window. Raises Conflict where it does not reach."""
    if window.budget_left is not None and given_minor > window.budget_left:
        raise Conflict("offer_spent", offer=window.name_en)


def may_apply(window: Window, customer: Customer, now: datetime) -> None:
    """Raises Conflict outside the time to apply, Invalid for an account the window is not for."""
    if phase(window, now) not in (Phase.APPLYING, Phase.OPEN):
        raise Conflict("offer_no_application", offer=window.name_en)
    if not is_for(window, customer):
        raise Invalid("offer_not_eligible", offer=window.name_en)


def valid_days(price_class: str | None, usual: int, urgent: int) -> int:
    """Days a quote or offer holds by default: customers who react to urgency get the short one."""
    return min(urgent, usual) if price_class == "urgency" else usual


def check_window(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a window from a form: `opens` and `closes` are clock times in `zone`, the latter the
    first moment out of it. Raises Invalid naming the field."""
    code = _text(values, "code", 48).lower()
    if not CODE.fullmatch(code):
        raise Invalid("offer_code")
    kind, zone = values.get("kind"), str(values.get("zone") or "")
    if kind not in KINDS:
        raise Invalid("offer_value", field="kind")
    if zone not in available_timezones():
        raise Invalid("offer_value", field="zone")
    opens, closes = (_instant(values.get(name), zone, name) for name in ("opens", "closes"))
    apply_from = values.get("apply_from") or values["opens"].date()
    if closes <= opens:
        raise Invalid("offer_ends_first")
    if apply_from > values["opens"].date():
        raise Invalid("offer_applies_late")
    rate, months, gift = _rate(values.get("rate")), values.get("free_months") or 0, values.get("gift")
    gift = (gift or "").strip()[:255] or None
    if not (rate or months or gift):
        raise Invalid("offer_no_terms")
    if not 0 <= months <= FREE_MONTHS_MAX:
        raise Invalid("offer_value", field="free_months")
    slots, budget = values.get("slots"), values.get("budget_minor")
    if slots is not None and not 1 <= slots <= SLOTS_MAX:
        raise Invalid("offer_value", field="slots")
    if budget is not None and budget < 0:
        raise Invalid("offer_value", field="budget")
    return {
        "code": code, "kind": kind, "zone": zone, "apply_from": apply_from, "opens_at": opens,
        "closes_at": closes, "name_en": _text(values, "name_en", NAME_MAX),
        "name_zh": _text(values, "name_zh", NAME_MAX), "rate": rate, "free_months": months, "gift": gift,
        "slots": slots, "budget_minor": budget, "currency": str(values.get("currency") or "USD"),
        **{name: _names(values.get(name)) for name in ("markets", "segments", "tiers", "items")},
    }  # fmt: skip


def check_rival(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a rival's promotion. Raises Invalid."""
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if not isinstance(starts, date):
        raise Invalid("offer_value", field="starts_on")
    if ends is not None and ends < starts:
        raise Invalid("offer_ends_first")
    response = (values.get("response") or "").strip()[:TEXT_MAX] or None
    return {
        "rival": _text(values, "rival", NAME_MAX), "what": _text(values, "what", TEXT_MAX),
        "starts_on": starts, "ends_on": ends, "response": response,
        "source": (values.get("source") or "").strip()[:255] or None, "window_id": values.get("window_id"),
    }  # fmt: skip


def quarter_ends(day: date, first_month: int) -> list[date]:
    """The last days of the next four quarters of a fiscal year that begins with a month, this one first."""
    found, at = [], day.replace(day=1)
    while len(found) < 4:
        after = (at.replace(day=28) + timedelta(days=4)).replace(day=1)
        if (after.month - first_month) % QUARTER_MONTHS == 0:
            found.append(after - timedelta(days=1))
        at = after
    return found


def next_day_of_year(day: date, month: int, of_month: int) -> date:
    """The next such day from `day` on; a day the month lacks is its last."""
    for year in (day.year, day.year + 1):
        first = date(year, month, 1)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        found = min(date(year, month, min(of_month, 28)) + timedelta(days=max(of_month - 28, 0)), last)
        if found >= day:
            return found
    raise AssertionError("a year has every month")


def _instant(value: Any, zone: str, name: str) -> datetime:
    if not isinstance(value, datetime):
        raise Invalid("offer_value", field=name)
    return value.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def midnight(day: date) -> datetime:
    """The first moment of a day, as a form tells it."""
    return datetime.combine(day, time())


def _text(values: Mapping[str, Any], name: str, longest: int) -> str:
    told = " ".join(str(values.get(name) or "").split())
    if not told or len(told) > longest:
        raise Invalid("offer_value", field=name)
    return told


def _rate(value: Any) -> Decimal:
    rate = Decimal(value or 0)
    if not rate.is_finite() or not 0 <= rate < 1:
        raise Invalid("offer_value", field="rate")
    return rate


def _names(value: Sequence[str] | None) -> list[str] | None:
    return sorted({str(one).strip() for one in value or () if str(one).strip()}) or None

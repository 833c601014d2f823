"""What an account's portrait says by rule: how far an entitlement is used, how hard the customer is to leave,
which systems are connected, how large they are, who their sponsor is. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from lib.errors import Invalid

MAIN_SYSTEMS = ("payment", "logistics", "marketing", "analytics")
TAG_MAX, TAGS_MAX = 32, 20
# A long run of letters and digits without a blank is a key, not a name.
_SECRET = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])[A-Za-z0-9_\-+/=.]{24,}")


class Use(StrEnum):
    """How an entitlement stands today."""

    PLANNED = "planned"
    RUNNING = "running"
    NEARLY = "nearly"
    USED_UP = "used_up"
    ENDED = "ended"


@dataclass(frozen=True)
class Limits:
    """The numbers of policy "portrait" and their neighbours."""

    nearly: float
    small_below: int
    large_from: int
    interest_days: int
    products_from: int
    logins: int
    coverage: float
    referral_from: int


def limits(portrait: Mapping[str, Any], segments: Mapping[str, Any], targets: Mapping[str, Any]) -> Limits:
    return Limits(
        nearly=float(portrait["entitlements"]["nearly"]), small_below=portrait["size"]["small_below"],
        large_from=portrait["size"]["large_from"], interest_days=portrait["interest"]["days"],
        products_from=segments["cross_product"]["classes_from"], logins=segments["engagement"]["logins"],
        coverage=float(targets["integration"]["coverage"]),
        referral_from=segments["referral"]["products_from"],
    )  # fmt: skip


def use_of(
    included: int | None, consumed: int | None, starts_on: date | None, expires_on: date | None,
    today: date, nearly: float,
) -> Use:  # fmt: skip
    """The dates first: what has ended cannot run out. More consumed than included is used up as well."""
    if expires_on is not None and expires_on < today:
        return Use.ENDED
    if starts_on is not None and starts_on > today:
        return Use.PLANNED
    if included is None or consumed is None:
        return Use.RUNNING
    if consumed >= included:
        return Use.USED_UP
    return Use.NEARLY if consumed >= nearly * included else Use.RUNNING


def remaining(included: int | None, consumed: int | None) -> int | None:
    """What is left; nothing is left of what was overdrawn, nobody knows where nothing is counted."""
    return None if included is None or consumed is None else max(0, included - consumed)


def check_entitlement(values: Mapping[str, Any]) -> None:
    """Raises Invalid when the last day lies before the first."""
    starts_on, expires_on = values.get("starts_on"), values.get("expires_on")
    if starts_on is not None and expires_on is not None and expires_on < starts_on:
        raise Invalid("entitlement_ends_first")


def check_no_secret(values: Mapping[str, Any]) -> None:
    """Keys and tokens are never kept here. Raises Invalid naming the field that looks like one."""
    for name in ("name", "keeper"):
        if isinstance(values.get(name), str) and _SECRET.search(values[name]):
            raise Invalid("integration_secret", field=name)


def tags_of(text: str) -> list[str]:
    """The tags in a line: parted by commas, small letters, each once, in order. Raises Invalid."""
    parts = re.split(r"[,，、;；\n]", unicodedata.normalize("NFKC", text))
    found = list(dict.fromkeys(tag for part in parts if (tag := " ".join(part.casefold().split()))))
    if any(len(tag) > TAG_MAX for tag in found):
        raise Invalid("tag_too_long", limit=TAG_MAX)
    if len(found) > TAGS_MAX:
        raise Invalid("tags_too_many", limit=TAGS_MAX)
    return found


def terms_of(text: str | None) -> list[str]:
    """Bespoke terms, one a line."""
    return [line for part in (text or "").splitlines() if (line := part.strip())]


@dataclass(frozen=True)
class Stickiness:
    """What would have to be done anew elsewhere, counted; the total is the sum of its parts."""

    integrations: int
    terms: int
    modules: int
    years: int

    @property
    def total(self) -> int:
        return self.integrations + self.terms + self.modules + self.years


def full_years(since: date | None, today: date) -> int:
    if since is None or since > today:
        return 0
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))


def coverage(categories: Iterable[str]) -> float:
    """The share of the main systems that is connected."""
    return len(set(categories) & set(MAIN_SYSTEMS)) / len(MAIN_SYSTEMS)


def size_band(by_hand: str | None, employees: int | None, found: Limits) -> str | None:
    if by_hand or employees is None:
        return by_hand
    if employees < found.small_below:
        return "small"
    return "large" if employees >= found.large_from else "medium"


class Sponsor(StrEnum):
    """Who speaks for us at the customer."""

    THERE = "there"
    QUIET = "quiet"  # nobody spoke with them for a while
    LOST = "lost"  # contacts are known, and no sponsor is still there
    UNKNOWN = "unknown"  # no contact is known at all


def sponsor_of(
    people: Iterable[tuple[bool, bool, date | None]], today: date, quiet_days: int
) -> tuple[Sponsor, int]:
    """The state by (is sponsor, still there, last spoken on) of each contact, and for a quiet one the days
    since the last talk (0 when there was none)."""
    rows = list(people)
    if not rows:
        return Sponsor.UNKNOWN, 0
    talked = [last for is_sponsor, active, last in rows if is_sponsor and active]
    if not talked:
        return Sponsor.LOST, 0
    days = [(today - last).days for last in talked if last is not None]
    if days and min(days) <= quiet_days:
        return Sponsor.THERE, min(days)
    return Sponsor.QUIET, min(days, default=0)


@dataclass(frozen=True)
class Sold:
    """One running subscription, as far as the portrait looks at it. `ends_on` is the first day after it."""

    product: str | None
    product_line: str | None
    plan: str | None
    seats: int | None
    starts_on: date
    ends_on: date | None

    @property
    def product_class(self) -> str:
        return self.product_line or self.product or ""


def derived(
    sold: Iterable[Sold], seats: int | None, people_seen: int, plan: str | None, quota: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Entitlements nobody wrote down: the seats of what is paid for, and what policy "plans" gives the plan.

    Seats are those of the account, else the largest of a subscription; people seen in 28 days use them.
    """
    paid = list(sold)
    if not paid:
        return []
    ends = [one.ends_on for one in paid]
    last = None if None in ends else date.fromordinal(max(ends).toordinal() - 1)
    span = {"starts_on": min(one.starts_on for one in paid), "expires_on": last}
    found = []
    held = seats if seats is not None else max((one.seats or 0 for one in paid), default=0)
    if held:
        found.append({"item": "seats", "unit": "seats", "included": held, "consumed": people_seen, **span})
    for name in ("api_calls", "storage"):
        included = quota.get(f"{(plan or '').casefold()}_{name}")
        if included is not None:
            found.append({"item": name, "unit": name, "included": included, "consumed": None, **span})
    return found

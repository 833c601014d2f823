"""What an accepted quote promises line by line, who looks at it, its clocks, how a benefit moves. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lib.contracts.rules import add_months
from lib.errors import Conflict, Invalid
from lib.money import exact_text, from_minor


class Kind(StrEnum):
    """The parts of a statement: what runs for the period, what is counted, what is cheaper, what is extra."""

    SUBSCRIPTION = "subscription"
    QUOTA = "quota"
    DISCOUNT = "discount"
    EXTRA = "extra"


class State(StrEnum):
    WAITING = "waiting"  # the instruction is on its way
    CHECKING = "checking"  # somebody compares what was signed with what is there
    IN_FORCE = "in_force"
    FAILED = "failed"  # the product refused it


OPEN = (State.WAITING, State.CHECKING, State.FAILED)
# Root causes of an exception, from the contract to the customer's own side.
CAUSES = (
    "wrong_contract_data", "catalogue_mapping", "product_fault", "delivery_delay", "manual_step_missed",
    "customer_side",
)  # fmt: skip
NOT_DISCOUNTS = frozenset({"list", "gift", "follows-lines", "rounding", "net"})
SERVICES = frozenset({"service", "services"})
TEXT_MAX, TITLE_MAX = 1_000, 255
REFERENCE_REACH = Decimal("0.97")  # S1-85
TRIES = 8  # the last one comes an hour after the first
BACK_OFF_SECONDS = (0, 15, 30, 60, 120, 300, 900, 2_100)
CLAIM_MINUTES = 2


@dataclass(frozen=True)
class Clocks:
    """The times promised to a customer, of policy "fulfilment"."""

    automatic: timedelta
    review: timedelta
    review_from: Decimal
    problem: timedelta
    notice_days: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Clocks":
        return cls(
            timedelta(seconds=int(values["auto"]["seconds"])),
            timedelta(hours=int(values["review"]["hours"])),
            Decimal(values["review"]["value_from"]), timedelta(minutes=int(values["exception"]["minutes"])),
            int(values["notice"]["days"]),
        )  # fmt: skip


@dataclass(frozen=True)
class Promised:
    """One benefit as it was signed. `line` counts the lines of the paper from 1; None: of the whole order."""

    key: str
    line: int | None
    kind: Kind
    code: str
    en: str
    zh: str
    starts_on: date
    expires_on: date | None
    granted: int | None = None
    unit: str | None = None
    value_minor: int = 0
    share: str | None = None
    applies_to: tuple[Mapping[str, str], ...] = ()
    by_hand: bool = False


def promised(snapshot: Mapping[str, Any], quotas: Mapping[str, Mapping[str, Any]]) -> list[Promised]:
    """Every benefit an issued paper promises, each once: lines, their quotas, discounts, extras.

    `quotas` tells by item code what the item holds; a quota is named by its item, and its code says what
    is counted.
    """
    first, last = date.fromisoformat(snapshot["starts_on"]), date.fromisoformat(snapshot["ends_on"])
    found: list[Promised] = []
    for place, line in enumerate(snapshot["lines"], 1):
        found.append(_of_line(place, line, first, last))
        found += _quotas(place, line, quotas.get(line["code"]) or {}, first, last)
    found += _discounts(snapshot, first, last)
    for place, words in enumerate(snapshot.get("promises") or (), 1):
        due = date.fromisoformat(words["due_on"])
        found.append(
            Promised(f"promise:{place}", None, Kind.EXTRA, "promise", words["en"][:TITLE_MAX],
                     words["zh-CN"][:TITLE_MAX], min(first, due), due, by_hand=True)
        )  # fmt: skip
    return found


def _of_line(place: int, line: Mapping[str, Any], first: date, last: date) -> Promised:
    """The line itself: running for the period, or an extra when it is given once, free or as a right."""
    own = line.get("period") or {}
    begins = date.fromisoformat(own["starts_on"]) if own.get("starts_on") else first
    ends = date.fromisoformat(own["ends_on"]) if own.get("ends_on") else last
    runs = line["recurring"] and not line.get("gift")
    quantity = Decimal(line["quantity"])
    return Promised(
        f"line:{place}", place, Kind.SUBSCRIPTION if runs else Kind.EXTRA, line["code"],
        line["en"][:TITLE_MAX], line["zh-CN"][:TITLE_MAX], begins, ends,
        int(quantity) if quantity == int(quantity) else None, line["unit"],
        int(line.get("gift_minor") or 0) if line.get("gift") else int(line["net_minor"]),
        by_hand=line.get("kind") in SERVICES or (not runs and not line.get("gift")),
    )  # fmt: skip


def _quotas(
    place: int, line: Mapping[str, Any], held: Mapping[str, Any], first: date, last: date
) -> Iterable[Promised]:
    for unit, amount in held.items():
        if isinstance(amount, int) and not isinstance(amount, bool):
            yield Promised(
                f"quota:{place}:{unit}", place, Kind.QUOTA, unit[:64], line["en"][:TITLE_MAX],
                line["zh-CN"][:TITLE_MAX], first, last, amount, unit[:32],
            )  # fmt: skip


def visits(starts_on: date, expires_on: date, each_year: int) -> list[date]:
    """The last day of each equal part of a year, up to the end of the service: four inspections a year
    (S1-54) fall on the last day of each quarter counted from its first day."""
    months = (expires_on.year - starts_on.year + 1) * 12
    ends = (add_months(starts_on, 12 * place // each_year) - timedelta(days=1)
            for place in range(1, months * each_year // 12 + 1))  # fmt: skip
    return sorted({day for day in ends if day <= expires_on})


def _discounts(snapshot: Mapping[str, Any], first: date, last: date) -> Iterable[Promised]:
    """One for each rate of a rule, with the lines it is on; and the price lock."""
    held: dict[tuple[str, str], list[tuple[int, Mapping[str, str]]]] = {}
    for place, line in enumerate(snapshot["lines"], 1):
        for step in line["steps"]:
            if step["rule"] in NOT_DISCOUNTS or line.get("gift") or step["rate"] is None:
                continue
            if Decimal(step["rate"]) > 0:
                name = {"en": line["en"], "zh-CN": line["zh-CN"]}
                held.setdefault((step["rule"], step["rate"]), []).append((place, name))
    for (rule, rate), lines in held.items():
        alone = lines[0][0] if len(lines) == 1 else None
        yield Promised(
            f"discount:{rule}:{rate}", alone, Kind.DISCOUNT, rule[:64], rule, rule, first, last,
            share=exact_text(Decimal(rate)), applies_to=tuple(name for _place, name in lines),
        )  # fmt: skip
    lock = (snapshot.get("priced") or {}).get("price_lock_until")
    if lock:
        yield Promised("price_lock", None, Kind.DISCOUNT, "price_lock", "price_lock", "price_lock", first,
                       date.fromisoformat(lock))  # fmt: skip


def needs_a_look(one: Promised, currency: str, clocks: Clocks) -> bool:
    """Complex (brought by people) or worth the limit and more, counted in the order's own currency."""
    return one.by_hand or from_minor(one.value_minor, currency) >= clocks.review_from


def due_at(one: Promised, now: datetime, currency: str, clocks: Clocks) -> datetime:
    return now + (clocks.review if needs_a_look(one, currency, clocks) else clocks.automatic)


def after_delivery(state: str, *, delivered: bool, looked_at: bool) -> State:
    """Where a benefit stands once the product answered; one that needs a look waits for it."""
    if state == State.IN_FORCE:
        return State.IN_FORCE
    if not delivered:
        return State.FAILED
    return State.CHECKING if looked_at else State.IN_FORCE


def differences(signed: int | None, provisioned: int | None, used: int | None) -> list[str]:
    """What the line-by-line compare finds: nothing, "short", "more", "over_used"."""
    found = []
    if signed is not None and provisioned is not None and provisioned != signed:
        found.append("short" if provisioned < signed else "more")
    if signed is not None and used is not None and used > signed:
        found.append("over_used")
    return found


def check_confirmable(state: str, signed: int | None, provisioned: int | None) -> None:
    """Raises Conflict for a benefit that is settled, Invalid while signed and provisioned differ."""
    if state == State.IN_FORCE:
        raise Conflict("benefit_is_settled")
    if differences(signed, provisioned, None):
        raise Invalid("benefit_differs", signed=signed, provisioned=provisioned)


def movement(before: int, after: int, *, renews: bool) -> str:
    """The kind of an ARR movement: new business, or what a renewal or amendment made of it."""
    if not renews:
        return "new"
    if after == before:
        return "renewal"
    return "expansion" if after > before else "contraction"


def next_try(now: datetime, attempts: int) -> datetime | None:
    """When an instruction that did not get through is tried again; None: no more."""
    if attempts >= TRIES:
        return None
    return now + timedelta(seconds=BACK_OFF_SECONDS[min(attempts, len(BACK_OFF_SECONDS) - 1)])


def action_key(dedupe_key: str) -> str:
    """The same for every attempt of the same instruction."""
    return hashlib.sha256(f"fulfilment:{dedupe_key}".encode()).hexdigest()[:40]


def clean(text: str, longest: int = TEXT_MAX) -> str:
    """A text somebody typed. Raises Invalid when it is empty or too long."""
    said = " ".join(text.split())
    if not said:
        raise Invalid("benefit_needs_text")
    if len(said) > longest:
        raise Invalid("benefit_text_too_long", limit=longest)
    return said


def exception_rates(months: Sequence[date], promised_at: Sequence[date], opened_at: Sequence[date]) -> list[
    tuple[date, int, int]
]:  # fmt: skip
    """(month, benefits promised, exceptions opened) for each month given by its first day."""

    def count(days: Sequence[date], month: date) -> int:
        return sum((day.year, day.month) == (month.year, month.month) for day in days)

    return [(month, count(promised_at, month), count(opened_at, month)) for month in months]


def reach(told: int, due: int) -> Decimal | None:
    """Share of benefits whose customer was told in time."""
    return Decimal(told) / due if due else None

"""How a quote and its lines are priced beyond item and quantity: what somebody chose, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from lib.money import exact_text, parse_decimal
from lib.pricing.tiers import Tier

STANDARD_TERMS = "standard"


@dataclass(frozen=True)
class Names:
    """The lines a share is taken of: items by code and whole groups. Empty: all other lines."""

    items: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def hold(self, item_code: str, group: str) -> bool:
        return not (self.items or self.groups) or item_code in self.items or group in self.groups


@dataclass(frozen=True)
class RampYear:
    """One year of a line that changes by year, counted from 1; `price`: its own price per unit."""

    year: int
    quantity: Decimal
    price: Decimal | None = None


@dataclass(frozen=True)
class Cut:
    """What a window offer does to a line: a share off, and months of it without charge."""

    code: str
    rate: Decimal
    free_months: int = 0


@dataclass(frozen=True)
class Offer:
    """An open window: a share off and months free for some items (none named: every recurring one), and an
    item as a gift, by its code."""

    code: str
    name_en: str
    name_zh: str
    rate: Decimal
    items: tuple[str, ...] = ()
    free_months: int = 0
    gift: str | None = None

    def name(self, language: str) -> str:
        return self.name_zh if language == "zh-CN" else self.name_en

    def fits(self, item_code: str, *, recurring: bool, gift: bool) -> bool:
        """Whether a line can take it."""
        if gift:
            return item_code == self.gift
        named = item_code in self.items if self.items else recurring
        return named and bool(self.rate or self.free_months)


@dataclass(frozen=True)
class Contracted:
    """The price an account pays by contract; it takes the place of list price and volume steps."""

    price: Decimal
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True)
class Span:
    """A period of a line in months as a fraction, with the convention that made it; both days count."""

    convention: str
    numerator: int
    denominator: int
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def factor(self) -> Decimal:
        """Months; as exact as the arithmetic around it."""
        return Decimal(self.numerator) / self.denominator


@dataclass(frozen=True)
class Choices:
    """What is chosen for the whole quote beside term, prepayment and discount.

    table: which term table holds. annual_preset: pay ten months of twelve instead of the table's discount.
    prepay_rate: within the band of the policy; prepay_service: a free service instead, by item code.
    all_in: premium of one price without further lines. coupon_minor: taken off at once; cashback_minor: paid
    back later, a cost. proration: convention of periods that are not whole.
    """

    table: str = STANDARD_TERMS
    annual_preset: bool = False
    prepay_rate: Decimal | None = None
    prepay_service: str | None = None
    all_in: Decimal | None = None
    coupon_minor: int = 0
    cashback_minor: int = 0
    proration: str = "actual"


_SHARES = ("prepay_rate", "all_in")


def choices_to_row(choices: Choices) -> dict[str, Any] | None:
    """What differs from the default, JSON-ready; None when nothing does."""
    plain = Choices()
    row = {f.name: getattr(choices, f.name) for f in fields(Choices)
           if getattr(choices, f.name) != getattr(plain, f.name)}  # fmt: skip
    return {name: exact_text(value) if name in _SHARES else value for name, value in row.items()} or None


def choices_from_row(row: Mapping[str, Any] | None) -> Choices:
    return Choices(**{name: parse_decimal(v) if name in _SHARES else v for name, v in (row or {}).items()})


def names_from_row(row: Mapping[str, Sequence[str]] | None) -> Names | None:
    """The stored form {"items": […], "groups": […]}; None stays None."""
    return None if row is None else Names(tuple(row.get("items", ())), tuple(row.get("groups", ())))


def names_to_row(names: Names | None) -> dict[str, list[str]] | None:
    return None if names is None else {"items": list(names.items), "groups": list(names.groups)}


def ramp_from_rows(rows: Sequence[Mapping[str, Any]] | None) -> tuple[RampYear, ...]:
    """The stored form [{"year": 1, "quantity": "10", "price": "12"}], by year."""
    years = (
        RampYear(row["year"], parse_decimal(row["quantity"]),
                 None if row.get("price") is None else parse_decimal(row["price"]))
        for row in rows or ()
    )  # fmt: skip
    return tuple(sorted(years, key=lambda entry: entry.year))


def ramp_to_rows(ramp: Sequence[RampYear]) -> list[dict[str, Any]] | None:
    return [
        {"year": entry.year, "quantity": exact_text(entry.quantity)}
        | ({} if entry.price is None else {"price": exact_text(entry.price)})
        for entry in ramp
    ] or None

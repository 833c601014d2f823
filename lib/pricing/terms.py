"""What a longer term, prepayment or a bundle is worth: the table of terms and honest comparisons."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lib.errors import Invalid
from lib.money import parse_decimal, round_to


@dataclass(frozen=True)
class TermRate:
    """Shares off for committing to `months`: a base, and an extra that multiplies on what is left."""

    months: int
    discount: Decimal
    extra: Decimal = Decimal(0)

    @property
    def combined(self) -> Decimal:
        """1 − (1 − discount)(1 − extra): the extra comes off the discounted price, it is never added."""
        return 1 - (1 - self.discount) * (1 - self.extra)


@dataclass(frozen=True)
class TermPolicy:
    """The terms on offer, shortest first, and the prepayment rule."""

    terms: tuple[TermRate, ...]
    prepay: Decimal
    prepay_from: int  # months

    @property
    def months(self) -> tuple[int, ...]:
        return tuple(rate.months for rate in self.terms)

    def rates(self, months: int, *, prepaid: bool) -> list[tuple[str, Decimal]]:
        """(rule code, share off) of the term and prepay steps. Raises Invalid for an unknown term."""
        found = next((rate for rate in self.terms if rate.months == months), None)
        if found is None:
            raise Invalid("term_unknown", months=months)
        steps = [(f"term-{months}", found.combined)]
        if prepaid and months >= self.prepay_from:
            steps.append(("prepay", self.prepay))
        return steps


def read_terms(policy: Mapping[str, Any]) -> TermPolicy:
    """The policy document "pricing" as values."""
    rates = tuple(
        TermRate(entry["months"], parse_decimal(entry["discount"]), parse_decimal(entry.get("extra", "0")))
        for entry in policy["terms"]
    )
    prepay = policy["prepay"]
    return TermPolicy(tuple(sorted(rates, key=lambda rate: rate.months)),
                      parse_decimal(prepay["discount"]), prepay["from_months"])  # fmt: skip


@dataclass(frozen=True)
class Saving:
    """Two ways to pay for the same thing. `share` is the saving over the dearer way, 0 to 1."""

    apart: Decimal
    together: Decimal
    saved: Decimal
    share: Decimal


def saving(apart: Decimal, together: Decimal) -> Saving:
    """What `together` saves against `apart`; four places of share, so that 25.25% stays 25.25%."""
    saved = apart - together
    return Saving(apart, together, saved, round_to(saved / apart, 4) if apart else Decimal(0))


def compare_terms(monthly: Decimal, yearly: Decimal) -> Saving:
    """Twelve monthly payments against one yearly price."""
    return saving(monthly * 12, yearly)


def annual_preset(monthly: Decimal, *, paid: int = 10) -> Decimal:
    """The yearly price of the preset: pay `paid` months, use twelve."""
    return monthly * paid


def compare_bundle(parts: list[Decimal], bundle: Decimal) -> Saving:
    """The parts bought apart against the bundle's price."""
    return saving(sum(parts, Decimal(0)), bundle)

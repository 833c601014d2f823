"""Totals of a priced document with charges, allowances and several tax rates; pure.

Line = quantity × price ÷ base quantity − allowances + charges, rounded once. Tax is computed per rate on
the rounded base of that rate, never per line.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lib.money import round_to

TaxKey = tuple[str, Decimal]  # category and percent


@dataclass(frozen=True)
class Adjustment:
    """A charge (adds) or an allowance (takes off) on a line or on the whole document."""

    amount: Decimal
    is_charge: bool
    tax: TaxKey | None = None

    @property
    def signed(self) -> Decimal:
        return self.amount if self.is_charge else -self.amount


@dataclass(frozen=True)
class TaxedLine:
    quantity: Decimal
    unit_price: Decimal
    tax: TaxKey
    base_quantity: Decimal = Decimal(1)
    adjustments: Sequence[Adjustment] = ()

    def amount(self, places: int = 2) -> Decimal:
        gross = self.quantity * self.unit_price / self.base_quantity
        return round_to(gross + sum((a.signed for a in self.adjustments), Decimal(0)), places)


@dataclass(frozen=True)
class Totals:
    lines: Decimal
    allowances: Decimal
    charges: Decimal
    without_tax: Decimal
    taxes: dict[TaxKey, tuple[Decimal, Decimal]]  # base, tax
    prepaid: Decimal
    rounding: Decimal

    @property
    def tax(self) -> Decimal:
        return sum((tax for _base, tax in self.taxes.values()), Decimal(0))

    @property
    def with_tax(self) -> Decimal:
        return self.without_tax + self.tax

    @property
    def payable(self) -> Decimal:
        return self.with_tax - self.prepaid + self.rounding


def total(
    lines: Sequence[TaxedLine], adjustments: Sequence[Adjustment] = (), *,
    prepaid: Decimal = Decimal(0), rounding: Decimal = Decimal(0), places: int = 2,
) -> Totals:  # fmt: skip
    """All totals of a document; an adjustment without a tax key joins the first line's rate."""
    bases: dict[TaxKey, Decimal] = defaultdict(Decimal)
    for line in lines:
        bases[line.tax] += line.amount(places)
    for adjustment in adjustments:
        bases[adjustment.tax or lines[0].tax] += adjustment.signed
    taxes = {key: (base, round_to(base * key[1] / 100, places)) for key, base in bases.items()}
    allowances = sum((a.amount for a in adjustments if not a.is_charge), Decimal(0))
    charges = sum((a.amount for a in adjustments if a.is_charge), Decimal(0))
    amount = sum((line.amount(places) for line in lines), Decimal(0))
    return Totals(amount, allowances, charges, amount - allowances + charges, taxes, prepaid, rounding)

"""Tax on a priced quote: category and rate per line, rounded once per rate on the discounted net. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lib.countries import code_of
from lib.money import from_minor, parse_decimal, to_minor
from lib.pricing.price_book import STANDARD_TAX
from lib.pricing.waterfall import Priced

ADDED, EXCLUDED = "added", "excluded"
EXEMPT = "exempt"


@dataclass(frozen=True)
class TaxTable:
    """Rates by country and category, and by currency where a country has none."""

    rates: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    by_currency: Mapping[str, Decimal] = field(default_factory=dict)

    def rate(self, country: str | None, category: str, currency: str) -> Decimal | None:
        """The rate of a line; a category without its own follows the standard one. None: not known."""
        if (country or "", STANDARD_TAX) not in self.rates:
            known = self.by_currency.get(currency)
            return Decimal(0) if category == EXEMPT and known is not None else known
        if category == EXEMPT:
            return Decimal(0)
        return self.rates.get((country, category), self.rates[country, STANDARD_TAX])


@dataclass(frozen=True)
class TaxPart:
    """All lines of one category and rate: their net and the tax on it."""

    category: str
    rate: Decimal
    base_minor: int
    tax_minor: int


@dataclass(frozen=True)
class Tax:
    """The tax of a quote. Where no rate is known nothing is added, and the paper says so.

    unread: the country as it is written, where it is none that is known.
    """

    by_line: tuple[Decimal | None, ...] = ()
    parts: tuple[TaxPart, ...] = ()
    unread: str | None = None

    @property
    def mode(self) -> str:
        return ADDED if self.parts else EXCLUDED

    @property
    def tax_minor(self) -> int:
        return sum(part.tax_minor for part in self.parts)

    @property
    def single_rate(self) -> Decimal | None:
        """The one rate of all lines; None where there are several or none."""
        rates = {part.rate for part in self.parts}
        return rates.pop() if len(rates) == 1 else None


def read_tax(rates: Sequence[Mapping[str, Any]], by_currency: Mapping[str, str]) -> TaxTable:
    """The tables of the policy document "quotes" as values."""
    return TaxTable(
        {(row["country"], row["category"]): parse_decimal(row["rate"]) for row in rates},
        {currency: parse_decimal(rate) for currency, rate in by_currency.items()},
    )


def tax_of(priced: Priced, table: TaxTable, country: str | None) -> Tax:
    """Rounded once per category and rate, half away from zero, on the net after every discount.

    A country by its code or its name; none that is known has no rate, whatever the currency.
    """
    currency, code = priced.currency, code_of(country)
    if country and code is None:
        return Tax((None,) * len(priced.lines), unread=country)
    categories = [line.request.item.tax_category for line in priced.lines]
    rates = tuple(table.rate(code, category, currency) for category in categories)
    bases: dict[tuple[str, Decimal], int] = defaultdict(int)
    for line, category, rate in zip(priced.lines, categories, rates, strict=True):
        if rate is not None:
            bases[category, rate] += line.net_minor
    parts = tuple(
        TaxPart(category, rate, base, to_minor(from_minor(base, currency) * rate, currency))
        for (category, rate), base in sorted(bases.items())
    )
    return Tax(rates, parts)

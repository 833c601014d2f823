"""What a longer term, prepayment or a bundle is worth: the table of terms and honest comparisons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lib.errors import Invalid
from lib.money import exact_text, parse_decimal, round_to
from lib.pricing.choices import STANDARD_TERMS, Choices

RENEWAL_TERMS = "renewal"
PLAIN = Choices()
MULTI_YEAR = 24  # months from which a term counts as several years


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
class Band:
    """A share that may be chosen, from `low` to `high`."""

    low: Decimal
    high: Decimal

    def check(self, share: Decimal, code: str) -> Decimal:
        """The share. Raises Invalid(code) outside the band."""
        if share not in self:
            raise Invalid(code, low=exact_text(self.low * 100), high=exact_text(self.high * 100))
        return share

    def __contains__(self, share: Decimal) -> bool:
        return self.low <= share <= self.high


ANY_SHARE = Band(Decimal(0), Decimal(1))


@dataclass(frozen=True)
class TermPolicy:
    """The terms on offer, shortest first, the prepayment rule, and what else may be chosen.

    tables: other tables of terms by name. preset: months paid of months used. all_in_band, premium_band: what
    an all-in price and a value premium may add.
    """

    terms: tuple[TermRate, ...]
    prepay: Decimal
    prepay_from: int  # months
    prepay_band: Band = ANY_SHARE
    tables: Mapping[str, tuple[TermRate, ...]] = field(default_factory=dict)
    preset: tuple[int, int] = (10, 12)
    all_in_band: Band = ANY_SHARE
    premium_band: Band = ANY_SHARE
    bundle_band: Band = ANY_SHARE
    security_from: Decimal = Decimal(0)  # the least premium of a high-security system

    @property
    def months(self) -> tuple[int, ...]:
        return tuple(rate.months for rate in self.terms)

    def rate(self, months: int, table: str = STANDARD_TERMS) -> TermRate:
        """The row of a term. Raises Invalid for an unknown table, or a term shorter than its first."""
        rows = self.terms if table == STANDARD_TERMS else self.tables.get(table)
        if rows is None:
            raise Invalid("term_table_unknown", table=table)
        found = next((rate for rate in rows if rate.months == months), None)
        if found is None:
            raise Invalid("term_unknown", months=months)
        return found

    def reached(self, months: int, table: str = STANDARD_TERMS) -> TermRate:
        """The longest term of the table that fits into `months`: what an odd period earns."""
        rows = self.terms if table == STANDARD_TERMS else self.tables.get(table, ())
        return next((rate for rate in reversed(rows) if rate.months <= months), TermRate(1, Decimal(0)))

    def table_rate(self, months: int, choices: Choices = PLAIN) -> Decimal:
        """The share off a table gives by itself for several years: approved in advance; else 0."""
        return self.reached(months, choices.table).combined if months >= MULTI_YEAR else Decimal(0)

    def cuts(
        self, months: int, *, prepaid: bool, choices: Choices = PLAIN, odd: bool = False
    ) -> list[tuple[str, Decimal, Decimal]]:
        """The term and prepay steps: rule, and what is left as numerator and denominator. Raises Invalid for
        an unknown term or a share outside its band; an `odd` period earns the longest term it holds."""
        found = self.reached(months, choices.table) if odd else self.rate(months, choices.table)
        one = Decimal(1)
        if choices.annual_preset:
            if months < self.preset[1]:
                raise Invalid("preset_needs_year", months=self.preset[1])
            steps = [("annual-preset", Decimal(self.preset[0]), Decimal(self.preset[1]))]
            if found.extra:
                steps.append((f"multi-year-{found.months}", one - found.extra, one))
        else:
            steps = [(f"term-{found.months}", one - found.combined, one)]
        if choices.prepay_service and choices.prepay_rate is not None:
            raise Invalid("prepay_one_only")
        if prepaid and months >= self.prepay_from and not choices.prepay_service:
            chosen = choices.prepay_rate
            rate = self.prepay if chosen is None else self.prepay_band.check(chosen, "prepay_band")
            steps.append(("prepay", one - rate, one))
        return steps

    def premium(self, share: Decimal) -> Decimal:
        return self.premium_band.check(share, "premium_band")

    def all_in(self, share: Decimal) -> Decimal:
        return self.all_in_band.check(share, "all_in_band")


def read_terms(
    policy: Mapping[str, Any], offers: Mapping[str, Any] | None = None, value: Mapping[str, Any] | None = None
) -> TermPolicy:
    """The policy document "pricing" as values; with "offers" and "value" also what may be chosen."""
    prepay, preset, bundle = policy["prepay"], policy["annual_preset"], policy["bundle"]
    terms = _rates(policy["terms"])
    more: dict[str, Any] = {}
    if offers is not None:
        band = offers["prepay"]
        more["prepay_band"] = _band(band["extra_from"], band["extra_to"])
        more["tables"] = {RENEWAL_TERMS: _renewal_terms(terms, offers["second_year"]["discount"])}
    if value is not None:
        all_in = value["all_in"]
        more["all_in_band"] = _band(all_in["premium_from"], all_in["premium_to"])
        more["premium_band"] = _band("0", value["premium"]["security_to"])
        more["security_from"] = parse_decimal(value["premium"]["security_from"])
    return TermPolicy(terms, parse_decimal(prepay["discount"]), prepay["from_months"],
                      preset=(preset["paid"], preset["of"]),
                      bundle_band=_band(bundle["saving_from"], bundle["saving_to"]), **more)  # fmt: skip


def _band(low: str, high: str) -> Band:
    return Band(parse_decimal(low), parse_decimal(high))


def _renewal_terms(terms: Sequence[TermRate], second_year: str) -> tuple[TermRate, ...]:
    """The table of renewals: terms below two years as usual, from two years on the second year's discount."""
    long = parse_decimal(second_year)
    return tuple(rate if rate.months < MULTI_YEAR else TermRate(rate.months, long) for rate in terms)


def _rates(rows: Sequence[Mapping[str, Any]]) -> tuple[TermRate, ...]:
    rates = (
        TermRate(row["months"], parse_decimal(row["discount"]), parse_decimal(row.get("extra", "0")))
        for row in rows
    )
    return tuple(sorted(rates, key=lambda rate: rate.months))


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

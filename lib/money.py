"""Money is exact: whole minor units in the store, Decimal in between, one rounding rule.

Rounding is half away from zero, once per published field, so that a credit mirrors its charge.
Minor digits follow ISO 4217 (JPY 0, USD 2, KWD 3).
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache

from lib.errors import Invalid

MINOR_DIGITS = {
    "USD": 2,
    "CNY": 2,
    "EUR": 2,
    "GBP": 2,
    "HKD": 2,
    "SGD": 2,
    "TWD": 2,
    "JPY": 0,
    "KRW": 0,
    "KWD": 3,
}
CURRENCIES = tuple(MINOR_DIGITS)
MINOR_MAX = 10**15  # ten trillion in cents; anything larger is a typing error, and still fits a BIGINT


def preferred(currencies: Iterable[str], own: str | None) -> list[str]:
    """The currencies in their order, the reader's own first where it is among them."""
    return sorted(currencies, key=lambda currency: currency != own)


def minor_digits(currency: str) -> int:
    """Decimal places of a currency; raises Invalid for one the desk does not know."""
    try:
        return MINOR_DIGITS[currency]
    except KeyError:
        raise Invalid("currency_unknown", currency=currency) from None


def round_to(amount: Decimal, places: int) -> Decimal:
    """Half away from zero; `Decimal.quantize` with ROUND_HALF_UP is symmetric around zero."""
    return amount.quantize(_quantum(places), rounding=ROUND_HALF_UP)


@cache
def _quantum(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def to_minor(amount: Decimal, currency: str) -> int:
    """1234.565 USD -> 123457. Rounds once, here, half away from zero."""
    if not amount.is_finite():
        raise Invalid("amount_not_finite")
    minor = int(round_to(amount.scaleb(minor_digits(currency)), 0))
    if abs(minor) > MINOR_MAX:
        raise Invalid("amount_too_large")
    return minor


def from_minor(minor: int, currency: str) -> Decimal:
    """123457 USD -> Decimal('1234.57')."""
    return Decimal(int(minor)).scaleb(-minor_digits(currency))


def parse_decimal(text: str) -> Decimal:
    """A plain decimal number: optional sign, digits, one dot. No grouping, exponent, NaN or infinity.

    `1,234` and `1.234,5` are questions, not guesses: they raise Invalid("number_format").
    """
    cleaned = text.strip().replace("−", "-")
    if not cleaned or not set(cleaned).issubset("+-.0123456789"):
        raise Invalid("number_format", value=text[:40])
    try:
        return Decimal(cleaned)
    except InvalidOperation:
        raise Invalid("number_format", value=text[:40]) from None


def exact_text(value: Decimal) -> str:
    """The shortest text `parse_decimal` reads back: "0.2", "100"; never an exponent."""
    return format(value.normalize(), "f")


def spread(total_minor: int, weights: Sequence[Decimal | int]) -> list[int]:
    """Split whole minor units by weight so that the parts re-add exactly (largest remainder).

    Ties go to the earlier part. Zero weights everywhere: everything lands on the first part.
    """
    if not weights:
        raise Invalid("nothing_to_spread_over")
    whole = sum(Decimal(w) for w in weights)
    if whole == 0:
        return [total_minor] + [0] * (len(weights) - 1)
    if total_minor < 0:
        return [-part for part in spread(-total_minor, weights)]
    exact = [total_minor * Decimal(w) / whole for w in weights]
    parts = [int(e) for e in exact]
    left = total_minor - sum(parts)
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[:left]:
        parts[i] += 1
    return parts

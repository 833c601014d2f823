"""Numbers, money, dates and spans as text, in English and Chinese; pure, by Babel.

Minus is −, missing is –, and zero is never used for missing.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_compact_currency, format_currency, format_decimal

from lib.money import from_minor, minor_digits
from lib.words import say

MISSING = "–"
_LOCALES = {"en": Locale.parse("en"), "zh-CN": Locale.parse("zh_Hans_CN")}
_DAY = {"en": "d MMM y", "zh-CN": "y年M月d日"}
_SHORT_DAY = {"en": "d MMM", "zh-CN": "M月d日"}
_MONTH = {"en": "MMM y", "zh-CN": "y年M月"}


def _signed(text: str) -> str:
    return text.replace("-", "−")


def _is_missing(value: object) -> bool:
    return value is None or value != value  # NaN, NaT and pandas.NA never equal themselves


def number(value: Decimal | int | float | None, language: str, digits: int = 0) -> str:
    """12,345.6 with a fixed number of decimals."""
    if value is None or value != value:
        return MISSING
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return _signed(format_decimal(value, format=pattern, locale=_LOCALES[language]))


def money(
    minor: int | None, currency: str, language: str, *, compact: bool = False, whole: bool = False
) -> str:
    """Minor units with the currency's sign: $1,240,000.00; whole $1,240,000; compact $1.24M / US$124 万."""
    if minor is None or minor != minor:
        return MISSING
    amount = from_minor(int(minor), currency)
    locale = _LOCALES[language]
    if compact:
        digits = 0 if abs(amount) < 1000 else 2
        text = format_compact_currency(amount, currency, locale=locale, fraction_digits=digits)
        return _signed(re.sub(r"\s?([万亿])", r" \1", text))
    digits = 0 if whole else minor_digits(currency)
    pattern = "¤#,##0" + ("." + "0" * digits if digits else "")
    return _signed(format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False))


def amount(minor: int | None, currency: str, language: str) -> str:
    """The bare figure with the currency's own decimals, for columns and papers that name the currency."""
    if minor is None or minor != minor:
        return MISSING
    return number(from_minor(int(minor), currency), language, minor_digits(currency))


def percent(share: Decimal | float | None, language: str, digits: int = 1) -> str:
    """0.185 -> 18.5%."""
    if share is None or share != share:
        return MISSING
    return number(Decimal(str(share)) * 100, language, digits) + "%"


def points(change: Decimal | float | None, language: str) -> str:
    """A change of a rate in percentage points: +1.8 pp / +1.8 个百分点."""
    if change is None or change != change:
        return MISSING
    value = Decimal(str(change)) * 100
    sign = "+" if value > 0 else ""
    return say(language, "format-points", value=sign + number(value, language, 1))


def signed_percent(share: Decimal | float | None, language: str, digits: int = 1) -> str:
    if share is None or share != share:
        return MISSING
    return ("+" if share > 0 else "") + percent(share, language, digits)


def day(value: date | None, language: str) -> str:
    """31 Jan 2026 / 2026年1月31日. A date is a calendar day: no time zone ever moves it."""
    if _is_missing(value):
        return MISSING
    return format_date(value, format=_DAY[language], locale=_LOCALES[language])


def short_day(value: date | None, language: str) -> str:
    if _is_missing(value):
        return MISSING
    return format_date(value, format=_SHORT_DAY[language], locale=_LOCALES[language])


def month(value: date | None, language: str) -> str:
    if _is_missing(value):
        return MISSING
    return format_date(value, format=_MONTH[language], locale=_LOCALES[language])


def moment(value: datetime | None, language: str, zone: str) -> str:
    """A UTC instant in the reader's zone: 31 Jan 2026, 14:02 / 2026年1月31日 14:02."""
    if _is_missing(value):
        return MISSING
    pattern = {"en": "d MMM y, HH:mm", "zh-CN": "y年M月d日 HH:mm"}[language]
    return format_datetime(value, format=pattern, tzinfo=ZoneInfo(zone), locale=_LOCALES[language])


def place(zone: str | None, language: str) -> str:
    """The city a time zone is named after: Chicago / 芝加哥."""
    if not zone:
        return MISSING
    return get_timezone_location(zone, locale=_LOCALES[language], return_city=True)


def labelled(label: str, value: str, language: str) -> str:
    """What it is and what it says: Award: R&D / 表彰：研发部."""
    return say(language, "format-labelled", label=label, value=value)


def in_days(value: date | None, today: date, language: str) -> str:
    """in 12 days / today / 3 days ago, as words."""
    if _is_missing(value):
        return MISSING
    count = (value - today).days
    if count == 0:
        return say(language, "format-today")
    return say(language, "format-in-days" if count > 0 else "format-days-ago", count=abs(count))


def names(items: list[str], language: str) -> str:
    """A list of names: a, b, and c / a、b和c."""
    return format_list(items, locale=_LOCALES[language]) if items else MISSING

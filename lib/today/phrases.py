"""Says a reason, a clock or a piece of news in words of the reader's language; pure."""

from datetime import date
from decimal import Decimal
from typing import Any

from lib import format
from lib.today.rules import Reason, Row
from lib.words import say


def sentence(reason: Reason, language: str) -> str:
    """Why the account needs somebody, in one sentence. May hold a person's own words: show it as text."""
    values = {name: _spoken(name, value, language) for name, value in reason.values}
    return say(language, f"today-reason-{reason.code}", **values)


def _spoken(name: str, value: object, language: str) -> Any:
    if isinstance(value, date):
        return format.short_day(value, language)
    if isinstance(value, Decimal):
        return format.percent(value, language, 0 if name == "drop" else 1)
    return value


def clock(row: Row, today: date, language: str) -> str:
    """The row's clock as words: notice in 12 days, overdue 2 days. A dash when there is no date."""
    if row.when is None:
        return format.MISSING
    days = abs((row.when - today).days)
    return say(language, f"today-clock-{row.clock}", count=days)


def action(reason: Reason, language: str) -> str:
    return say(language, f"today-act-{reason.action}")


def arr(row: Row, language: str) -> str:
    """The account's ARR in whole units of its currency, or a dash."""
    if row.worth is None:
        return format.MISSING
    return format.money(row.worth.minor, row.worth.currency, language, whole=True)

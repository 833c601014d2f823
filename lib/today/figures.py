"""The four figures above the queue, each with its comparison, as words; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lib import format
from lib.money import preferred
from lib.today.rules import Row, Severity, at_stake
from lib.words import say


@dataclass(frozen=True)
class Figures:
    """What is counted for a scope on a day. Promises are open ones due up to Sunday; notice dates those of
    the next and of the last 30 days; `book` is ARR per currency in minor units; `newest_activity` says how
    fresh the feed is, `feed_stopped` that it is older than the policy allows."""

    accounts: int
    promises_week: int
    promises_overdue: int
    oldest_overdue: date | None
    notices_ahead: int
    notices_before: int
    book: dict[str, int]
    newest_activity: date | None
    feed_stopped: bool


@dataclass(frozen=True)
class Said:
    """One figure in words: value, comparison, its tone (off, red), and what exactly is counted."""

    label: str
    value: str
    delta: str
    tone: str
    help: str


def said(rows: Sequence[Row], figures: Figures, language: str, own: str | None = None) -> list[Said]:
    """Need you today, ARR at stake (in the currency `own` first), promises due this week, notice dates in 30
    days."""
    return [
        _need(rows, language), _stake(rows, figures, language, own), _promises(figures, language),
        _notices(figures, language),
    ]  # fmt: skip


def _need(rows: Sequence[Row], language: str) -> Said:
    critical = sum(row.severity is Severity.CRITICAL for row in rows)
    return Said(
        say(language, "today-tile-need"), format.number(len(rows), language),
        say(language, "today-tile-need-critical", count=critical), "red" if critical else "off",
        say(language, "today-tile-need-help"),
    )  # fmt: skip


def _stake(rows: Sequence[Row], figures: Figures, language: str, own: str | None) -> Said:
    """The reader's own currency leads, else the largest; others stand beside it, never added. Alone, it
    shows its share."""
    sums = at_stake(rows)
    sums = {currency: sums[currency] for currency in preferred(sums, own)}
    told = [format.money(minor, currency, language, compact=True) for currency, minor in sums.items()]
    delta = say(language, "today-tile-stake-none")
    if len(told) > 1:
        delta = say(language, "today-tile-stake-more", others=" · ".join(told[1:]))
    elif told:
        ((currency, minor),) = sums.items()
        whole = figures.book.get(currency)
        share = format.percent(Decimal(minor) / whole, language) if whole else format.MISSING
        delta = say(language, "today-tile-stake-share", share=share)
    return Said(
        say(language, "today-tile-stake"), told[0] if told else format.MISSING, delta, "off",
        say(language, "today-tile-stake-help"),
    )  # fmt: skip


def _promises(figures: Figures, language: str) -> Said:
    late = figures.promises_overdue
    since = format.day(figures.oldest_overdue, language)
    delta = say(language, "today-tile-promises-none")
    if late:
        delta = say(language, "today-tile-promises-overdue", count=late, day=since)
    return Said(
        say(language, "today-tile-promises"), format.number(figures.promises_week, language), delta,
        "red" if late else "off", say(language, "today-tile-promises-help"),
    )  # fmt: skip


def _notices(figures: Figures, language: str) -> Said:
    return Said(
        say(language, "today-tile-notices"), format.number(figures.notices_ahead, language),
        say(language, "today-tile-notices-before", count=figures.notices_before), "off",
        say(language, "today-tile-notices-help"),
    )  # fmt: skip

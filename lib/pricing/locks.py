"""Prices an accepted quote holds until a day, and which of them a newer book would raise. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lib.pricing.price_book import Item
from lib.pricing.proration import add_months
from lib.pricing.tiers import tier_reached


@dataclass(frozen=True)
class Lock:
    """What the prices of a book version are held by: an accepted quote, until its last day."""

    account_id: int
    quote: str | None
    book_id: int
    book_number: int
    until: date


def lock_of(row: Any) -> Lock:
    """From an accepted version: the day it names, else the last day of its term, as its paper says."""
    term_ends = row.ends_on or add_months(row.starts_on, row.term_months) - timedelta(days=1)
    return Lock(row.account_id, row.quote, row.book_id, row.book_number, row.price_lock_until or term_ends)


def running(rows: Iterable[Any], day: date, *, before: int | None = None) -> list[Lock]:
    """The locks that hold on a day, in the order of the rows; with `before` only on earlier versions."""
    locks = (lock_of(row) for row in rows if before is None or row.book_number < before)
    return [lock for lock in locks if lock.until >= day]


def raised(old: Mapping[str, Item], new: Mapping[str, Item]) -> dict[str, Item]:
    """The items as they were whose price rose at any quantity, without their costs: those of today count. A
    share of other lines follows those."""
    return {code: item.without_cost() for code, item in old.items()
            if code in new and not item.rule.share and _dearer(item, new[code])}  # fmt: skip


def _dearer(old: Item, new: Item) -> bool:
    firsts = {Decimal(1), *(tier.first for tier in (*old.tiers, *new.tiers))}
    return any(_unit(new, first) > _unit(old, first) for first in firsts)


def _unit(item: Item, quantity: Decimal) -> Decimal:
    return tier_reached(item.tiers, quantity).unit if item.tiers else item.list_price

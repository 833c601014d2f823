"""Reads price books for screens and exports."""

import pandas as pd
from sqlalchemy import func, select

from lib.access import Viewer
from lib.store.costs import on_record
from lib.store.database import read_frame
from lib.store.doors import query
from lib.store.models import PriceBook, PriceItem


@query("pricing.current_books", permission="quote.read")
def current_books(viewer: Viewer) -> pd.DataFrame:
    """The version of each book that holds today: id, code, currency, number, name_en, name_zh, valid_from."""
    newest = (
        select(PriceBook.code, PriceBook.currency, func.max(PriceBook.number).label("number"))
        .where(PriceBook.valid_from <= viewer.today)
        .group_by(PriceBook.code, PriceBook.currency)
        .subquery()
    )
    return read_frame(
        select(PriceBook.id, PriceBook.code, PriceBook.currency, PriceBook.number, PriceBook.name_en,
               PriceBook.name_zh, PriceBook.valid_from)
        .join(newest, (PriceBook.code == newest.c.code) & (PriceBook.currency == newest.c.currency)
              & (PriceBook.number == newest.c.number))
        .order_by(PriceBook.code, PriceBook.currency.desc())
    )  # fmt: skip


@query("pricing.book_items", permission="quote.read")
def book_items(viewer: Viewer, book_id: int) -> pd.DataFrame:
    """code, group_code, name_en, name_zh, unit, recurring, list_price (Decimal, per unit), tiers; and
    unit_cost only for viewers who may see costs."""
    columns = [PriceItem.code, PriceItem.group_code, PriceItem.name_en, PriceItem.name_zh, PriceItem.unit,
               PriceItem.recurring, PriceItem.list_price, PriceItem.tiers]  # fmt: skip
    if viewer.may("cost.read") and on_record(viewer, PriceBook, [book_id]):
        columns.append(PriceItem.unit_cost)
    return read_frame(select(*columns).where(PriceItem.book_id == book_id).order_by(PriceItem.position))

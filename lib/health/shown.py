"""Everything the health cards of an account's page show, read once and put into words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pandas as pd

from lib.access import Viewer
from lib.accounts.fields import Sheet
from lib.health import commands, forms, phrases, queries


@dataclass(frozen=True)
class Shown:
    """The cards in words. `past` holds day and score; `opinion` is the form's sheet and `undo` the act that
    takes the newest opinion back, both None for who may not write. `compare` says what moved between two
    days; `span` is the earliest day to choose, and the days a comparison starts with."""

    story: phrases.Story
    parts: pd.DataFrame
    past: pd.DataFrame
    past_title: str
    past_caption: str
    past_alt: str
    past_rows: pd.DataFrame
    ends: tuple[int, int]
    steps: list[tuple[str, str]]
    said: tuple[str, str]
    opinion: Sheet | None
    undo: Callable[[], None] | None
    chinese: bool
    compare: Callable[[date, date], tuple[str, list[tuple[str, str]]]]
    span: tuple[date, date, date]


def shown(viewer: Viewer, account_id: int, standing: str, language: str) -> Shown:
    """The health of an account for its page; `standing` is its status word. Raises NotFound."""
    card = queries.card(viewer, account_id)
    past = queries.history(viewer, account_id)
    told = phrases.story(card, str(standing), language)
    writes, held = viewer.may("account.write"), card.opinion
    return Shown(
        story=told, parts=phrases.table(told, language), past=past,
        past_title=phrases.change_title(card.change, language),
        past_caption=phrases.history_caption(card.limits, language),
        past_alt=phrases.history_alt(past, language), past_rows=phrases.history_table(past, language),
        ends=(card.limits.watch_from, card.limits.healthy_from),
        steps=phrases.changes(card.change, card.limits, language), said=phrases.opinion(card, language),
        opinion=forms.opinion(viewer, account_id, card) if writes else None,
        undo=partial(commands.undo_opinion, viewer, account_id, held.id) if writes and held else None,
        chinese=language == "zh-CN", compare=partial(_compared, viewer, account_id, language),
        span=_span(past, viewer.today),
    )  # fmt: skip


def _span(past: pd.DataFrame, today: date) -> tuple[date, date, date]:
    """The earliest day to choose, and the two days a comparison starts with: a month ago and today."""
    earliest = min(past["day"], default=today)
    return min(earliest, today), max(earliest, today - timedelta(days=queries.COMPARED_DAYS)), today


def _compared(
    viewer: Viewer, account_id: int, language: str, first: date, last: date
) -> tuple[str, list[tuple[str, str]]]:
    """What moved the score between any two days, in words: the sum, and every part with its numbers."""
    found = queries.change(viewer, account_id, min(first, last), max(first, last))
    limits = queries.limits_today(viewer)
    return phrases.compared_title(found, language), phrases.changes(found, limits, language)

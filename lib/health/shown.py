"""Everything the health cards of an account's page show, read once and put into words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from lib.access import Viewer
from lib.accounts.fields import Sheet
from lib.health import commands, forms, phrases, queries


@dataclass(frozen=True)
class Shown:
    """The cards in words. `past` holds day and score; `opinion` is the form's sheet and `undo` the act that
    takes the newest opinion back, both None for who may not write."""

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
        chinese=language == "zh-CN",
    )  # fmt: skip

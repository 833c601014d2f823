"""What every part of an account's page stands on: the account at a glance, who looks, drawers and undo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.accounts import blocks, overview, phrases, tables
from lib.accounts.overview import Head
from lib.errors import NotFound
from lib.ui import forms, frame, story
from lib.ui.i18n import t
from lib.ui.story import Act
from lib.ui.widgets import attempt


@dataclass(frozen=True)
class Place:
    """One account's page while it is drawn. `fresh`: when each block last changed."""

    viewer: Viewer
    head: Head
    language: str
    people: pd.DataFrame
    alerts: pd.DataFrame
    fresh: dict[str, datetime | None]

    @property
    def writes(self) -> bool:
        """May the viewer change what stands on the account."""
        return self.viewer.may("account.write")

    def ask(self, sheet: forms.Sheet) -> None:
        """A drawer with the form of the sheet."""
        forms.ask(sheet, forms.Spoken(*phrases.labels(self.language), t("accounts-no-choice")))

    def undo(self, act: Callable[..., object], *args: int) -> None:
        attempt("account-undone", act, self.viewer, *args)
        st.rerun()

    def updated(self, name: str) -> str:
        """When the block last changed, in words."""
        return phrases.updated(name, self.fresh, self.language, self.viewer.clock_zone)

    def block(self, name: str, rows: pd.DataFrame, *acts: Act) -> None:
        """A list with when it last changed, its own empty state, and acts on its rows."""
        said = {"frame": tables.said(name, rows, self.language), "rows": rows}
        words = {"empty": t(f"account-{name.replace('_', '-')}-none"), "caption": self.updated(name)}
        story.block(**said, columns=tables.COLUMNS[name], key=name, acts=acts, **words)


def opened(viewer: Viewer, account_id: int | None, language: str) -> Place:
    """The page of that account; ends the run with the one answer for "not yours" and "not there"."""
    try:
        head = overview.account_head(viewer, account_id)
    except NotFound:
        frame.no_permission()
    read = partial(_read, viewer, head.id)
    return Place(viewer, head, language, *map(read, (blocks.contacts, blocks.alerts, blocks.freshness)))


def _read(viewer: Viewer, account_id: int, query: Callable[[Viewer, int], object]) -> object:
    return query(viewer, account_id)

"""Volume deals on the page of concessions: what was committed, what came of it, and how one is added."""

from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.concessions import commands, phrases, queries
from lib.errors import Invalid
from lib.money import parse_decimal, to_minor
from lib.ui import frame, sending, widgets
from lib.ui.drawer import Field, drawer, facts, form
from lib.ui.i18n import t
from lib.ui.widgets import Col, plain

WIDTHS = {"account": 150, "committed": 130, "attained": 130, "share": 80, "expected": 100, "benefit": 240,
          "from": 104, "until": 104, "state": 90}  # fmt: skip


def volumes(viewer: Viewer, found: pd.DataFrame, rows: pd.DataFrame, language: str) -> None:
    """The deals; a picked row opens its drawer."""
    if viewer.may("promise.write"):
        _add(viewer)
    columns = {name: Col(t(f"concessions-col-{name}"), "text", width) for name, width in WIDTHS.items()}
    place = widgets.table(rows, columns, key="volumes", select=True, empty=t("concessions-empty-volume"))
    picked = None if place is None else int(found["id"].iloc[place])
    if picked != st.session_state.get("_volume-picked"):
        st.session_state["_volume-picked"] = picked
        if picked is not None:
            row = next(r for r in found.itertuples(index=False) if r.id == picked)
            drawer(plain(row.account), partial(_about, viewer, language), row)


def _about(viewer: Viewer, language: str, row: Any) -> None:
    frame.link("account", label=f"**{plain(row.account)}**", id=row.account_id)
    facts(phrases.volume_facts(row, viewer.today, language))
    if row.status == "running" and viewer.may("promise.write"):
        form(f"end-deal-{row.id}", [Field("reason", t("concessions-reason"), long=True, limit=1000)],
             t("concessions-volume-end"), lambda v: widgets.attempt(
                 "concessions-volume-was-ended", commands.end_deal, viewer, int(row.id), int(row.version),
                 v["reason"]))  # fmt: skip


def _add(viewer: Viewer) -> None:
    accounts = queries.deal_accounts(viewer)
    names = {account: f"{name} ({currency})" for account, (name, currency) in accounts.items()}

    def add(account: int | None = None, committed: str = "", rate: str = "", benefit: str = "",
            starts: Any = None, ends: Any = None, form_key: str | None = None) -> int:  # fmt: skip
        if account is None:
            raise Invalid("volume_value", field=t("concessions-col-account"))
        amount = (committed or "").strip()
        values = {
            "committed_minor": to_minor(parse_decimal(amount), accounts[account][1]) if amount else 0,
            "rate": parse_decimal((rate or "0").strip().rstrip("%％")) / 100, "benefit": benefit,
            "starts_on": starts, "ends_on": ends,
        }  # fmt: skip
        return commands.commit(viewer, account, values, form_key=form_key)

    usual = format((queries.usual_rate(viewer) * Decimal(100)).normalize(), "f")
    fields = [
        ("account", "select", t("concessions-col-account"), names),
        ("committed", "text", t("concessions-volume-committed")),
        ("rate", "text", t("concessions-volume-rate"), None, usual),
        ("benefit", "text", t("concessions-col-benefit")),
        ("starts", "day", t("concessions-col-from"), None, viewer.today),
        ("ends", "day", t("concessions-volume-ends")),
    ]
    words = t("concessions-volume-add")
    sending.form("volume", words, "concessions-volume-added", add, fields=fields, owner=0, behind=words,
                 icon=":material/add:", stacked=True)  # fmt: skip

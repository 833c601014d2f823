"""The concession ledger: what was given beside the price, what customers give for it, and what is due."""

from typing import Any

import streamlit as st

from lib.concessions import commands, phrases, queries
from lib.screens import concessions_volume
from lib.ui import address, frame, widgets
from lib.ui.drawer import Field, drawer, facts, form
from lib.ui.i18n import language, t
from lib.ui.widgets import Col

viewer = frame.open_page("concessions")
lang, library = language(), queries.library(viewer)
WIDTHS = {"account": 150, "quote": 110, "concession": 160, "value": 110, "cost": 110, "gets": 240, "due": 104,
          "return": 110, "granted": 104, "lapses": 104, "owner": 110}  # fmt: skip
VIEWS = (*queries.VIEWS, "volume", "library")


def settle(row: Any) -> None:
    frame.link("account", label=f"**{widgets.plain(row.account)}**", id=row.account_id)
    facts(phrases.facts(row, library, lang))
    seen = (viewer, int(row.id), int(row.version))
    if row.status == "granted" and row.give_status == "open" and viewer.may("promise.write"):
        form(f"receive-{row.id}", [Field("evidence", t("concessions-evidence"), long=True, limit=1000)],
             t("concessions-receive"), lambda v: widgets.attempt(
                 "concessions-received", commands.receive, *seen, v["evidence"]))  # fmt: skip
    if row.status == "granted" and row.give_status in ("open", "missing") and viewer.may("offer.keep"):
        form(f"waive-{row.id}", [Field("reason", t("concessions-reason"), long=True, limit=1000)],
             t("concessions-waive"), lambda v: widgets.attempt(
                 "concessions-waived", commands.waive, *seen, v["reason"]))  # fmt: skip


every = queries.ledger(viewer)
bare = int((every["give_status"] == "missing").sum())
with frame.head(t("concessions-title"), t("concessions-caption", count=len(every), bare=bare)):
    view = address.choice(
        st.selectbox, t("concessions-view"), VIEWS, key="view", default="all", width=200,
        label_visibility="collapsed", format_func=lambda code: t(f"concessions-view-{code}"),
    )  # fmt: skip
    if view == "volume":
        rows = queries.volumes(viewer)
        told = phrases.volume_rows(rows, viewer.today, lang)
    else:
        rows = queries.ledger(viewer, view) if view != "library" else every
        listed = view != "library"
        told = phrases.listed(rows, library, lang) if listed else phrases.library_rows(library, lang)
    if viewer.may("export.run"):
        widgets.export_menu(f"concessions-{view}", lambda: told, rows=len(told))
if view == "volume":
    concessions_volume.volumes(viewer, rows, told, lang)
    st.stop()
columns = {name: Col(t(f"concessions-col-{name}"), "text", WIDTHS.get(name, 150)) for name in told}
place = widgets.table(told, columns, key=f"concessions-{view}", select=view != "library",
                      empty=t(f"concessions-empty-{view}"))  # fmt: skip
picked = None if place is None or view == "library" else int(rows["id"].iloc[place])
if picked != st.session_state.get("_concession-picked"):
    st.session_state["_concession-picked"] = picked
    if picked is not None:
        row = next(r for r in rows.itertuples(index=False) if r.id == picked)
        drawer(widgets.plain(phrases.name(row.code, library, lang)), settle, row)

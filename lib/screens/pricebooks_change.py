"""The next version of a price book: edit prices or bring a file, see what it changes and touches, publish."""

from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.imports.results import problem_frame
from lib.money import exact_text
from lib.pricing import books, publishing, texts
from lib.screens import agreed_prices
from lib.screens.pricebooks_versions import changes_table
from lib.ui import importing, undo, widgets
from lib.ui.i18n import t
from lib.ui.theme import steady
from lib.ui.widgets import Col

PRICES, WAYS = ("list_price", "unit_cost"), ("edit", "file", "shipped")
TEXT_MAX = publishing.TEXT_MAX
PROBLEMS = {"line": ("number", 60), "column": ("text", 130), "value": ("text", 150), "reason": ("text", 420)}


def change(viewer: Viewer, rows: pd.DataFrame, language: str) -> None:
    """Always from the newest version, whichever one is shown elsewhere."""
    newest = next(rows.itertuples())
    key = f"book-{newest.id}"
    way = st.segmented_control(
        t("pricebooks-way"), WAYS, default="edit", required=True, key=f"{key}-way",
        format_func=lambda code: steady(t(f"pricebooks-way-{code}")), label_visibility="collapsed",
    )  # fmt: skip
    left, right = st.columns([3, 2], gap="xsmall")
    with left:
        look, given = {"edit": _edited, "file": _uploaded, "shipped": _shipped}[way](
            viewer, newest, key, language
        )
    with right:
        _publish(viewer, newest, key, look, given, language)


def _edited(viewer: Viewer, newest: Any, key: str, language: str) -> tuple[books.Look | None, dict]:
    """Prices and costs in place; steps of an item move with its price."""
    found = books.contents(viewer, int(newest.id))
    with widgets.card(t("pricebooks-edit-title"), found.currency):
        st.caption(t("pricebooks-edit-hint"))
        frame = pd.DataFrame([
            {"code": item.code, "name": item.name(language), "list_price": exact_text(item.list_price),
             "unit_cost": exact_text(item.unit_cost)} for item in found.items
        ])  # fmt: skip
        cc = st.column_config
        typed = st.data_editor(
            frame, key=f"{key}-editor", hide_index=True, num_rows="fixed", row_height=33, height=430,
            disabled=["code", "name"],
            column_config={
                "code": cc.TextColumn(texts.field_name("code", language), width=120),
                "name": cc.TextColumn(t("pricebooks-col-name"), width=260),
                **{name: cc.TextColumn(texts.field_name(name, language), width=100, max_chars=20)
                   for name in PRICES},
            },
        )  # fmt: skip
    rows = [
        (place + 1, {"code": now["code"], **{n: str(now[n] or "") for n in PRICES if now[n] != was[n]}})
        for place, (was, now) in enumerate(
            zip(frame.to_dict("records"), typed.to_dict("records"), strict=True)
        )
    ]
    rows = [(place, cells) for place, cells in rows if len(cells) > 1]
    look = importing.tried(books.preview_rows, viewer, int(newest.id), rows)
    return look, {"rows": rows}


def _uploaded(viewer: Viewer, newest: Any, key: str, language: str) -> tuple[books.Look | None, dict]:
    """A CSV or XLSX file, tried before it is taken: every faulty row with its reason."""
    with widgets.card(t("pricebooks-file-title")):
        st.caption(t("pricebooks-file-hint"))
        file = st.file_uploader(t("pricebooks-file"), type=["csv", "xlsx"], key=f"{key}-file")
        drop = st.checkbox(t("pricebooks-file-drop"), key=f"{key}-drop")
        if file is None:
            return None, {}
        preview = partial(books.preview_file, drop_absent=drop)
        look = importing.tried(preview, viewer, int(newest.id), file.getvalue(), file.name)
        if look is None:
            return None, {}
        st.markdown(t("pricebooks-file-read", read=look.read, faulty=look.faulty))
        if look.unread:
            st.caption(t("imports-map-ignored", names=widgets.plain(", ".join(look.unread))))
        if look.faults:
            frame = problem_frame(look.faults, language)
            columns = {name: Col(t(f"imports-col-{name}"), kind, width)
                       for name, (kind, width) in PROBLEMS.items()}  # fmt: skip
            widgets.table(
                frame, columns, key=f"{key}-faults", empty="", height=min(331, 34 + 33 * len(frame))
            )
            widgets.export_menu("price-book-problems", lambda: frame, rows=len(frame))
    return look, {"rows": list(look.rows), "drop_absent": drop, "skip_faulty": bool(look.faults)}


def _shipped(viewer: Viewer, newest: Any, *_: str) -> tuple[books.Look | None, dict]:
    """What the desk ships by now, against the newest version: taken by a person, never by an update."""
    with widgets.card(t("pricebooks-shipped-title")):
        st.caption(t("pricebooks-shipped-hint"))
    look = importing.tried(publishing.preview_shipped, viewer, int(newest.id))
    return look, {"shipped": True}


def _publish(
    viewer: Viewer, newest: Any, key: str, look: books.Look | None, given: dict, language: str
) -> None:
    """The difference, what stands on the book, and the confirmation."""
    with widgets.card(t("pricebooks-diff-title")):
        if look is None or not look.changes:
            widgets.line(t("pricebooks-same"))
            return
        changes_table(look.changes, f"{key}-diff", language)
        st.markdown(texts.effect_line(look.effect, language))
        if look.effect.locked and viewer.may("quote.read"):
            agreed_prices.locked(viewer, newest.code, newest.currency, language)
        earliest = max(viewer.today, newest.valid_from)
        st.date_input(t("policy-from"), earliest, min_value=earliest, format="YYYY-MM-DD", key=f"{key}-from")
        for name in ("reason", "feedback"):
            st.text_area(t(f"policy-{name}"), key=f"{key}-{name}", max_chars=TEXT_MAX, height=76,
                         placeholder=t(f"policy-{name}-hint"))  # fmt: skip
        if look.faulty and "rows" in given:
            st.checkbox(t("pricebooks-take-good", faulty=look.faulty), key=f"{key}-good")
        agreed = not look.faulty or st.session_state.get(f"{key}-good", False)
        st.button(
            t("pricebooks-publish", number=int(newest.number) + 1, changes=len(look.changes)), type="primary",
            key=f"{key}-publish", on_click=_run, args=(viewer, int(newest.id), key, given),
            disabled=not agreed,
        )  # fmt: skip


def _run(viewer: Viewer, book_id: int, key: str, given: dict) -> None:
    valid_from, reason, feedback = (st.session_state[f"{key}-{n}"] for n in ("from", "reason", "feedback"))
    asked = {"valid_from": valid_from, "reason": reason, "feedback": feedback}
    if given.pop("shipped", False):
        made = widgets.attempt("pricebooks-published", publishing.publish_shipped, viewer, book_id, **asked)
    else:
        made = widgets.attempt("pricebooks-published", publishing.publish_version, viewer, book_id, **given,
                               **asked)  # fmt: skip
    if made is not None:
        _offer_back(viewer, made, valid_from)


def _offer_back(viewer: Viewer, made: int, valid_from: date) -> None:
    """A version that does not hold yet can be taken back at once."""
    if valid_from > viewer.today:
        undo.offer(
            t("pricebooks-published"), "pricebooks-withdrawn", publishing.withdraw_version, viewer, made
        )

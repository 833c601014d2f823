"""The tab Alerts of the page Evidence: five figures, how early, rule by rule, verdicts, misses, the truth."""

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.evidence import phrases, queries
from lib.evidence.queries import Past
from lib.evidence.rules import Verdicts
from lib.screens import evidence_rows
from lib.ui import charts, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Col, Tile, plain

MOST_MISSES = 12


def draw(viewer: Viewer, past: Past) -> None:
    """Everything below the head of the page."""
    lang = language()
    widgets.tiles([Tile(**one) for one in phrases.tiles(past, lang)], narrowest=150)
    left, right = st.columns([1, 1.1], gap="xsmall")
    with left:
        _early(past)
    with right:
        _verdicts(*queries.verdicts(viewer))
    _rules(past)
    left, right = st.columns([1, 1.1], gap="xsmall")
    with left:
        _misses(past)
    with right, widgets.card(t("evidence-truth-title"), height="stretch"):
        for sentence in phrases.truth(past, lang):
            st.markdown(widgets.small(plain(sentence), "gray"))


def rows_of(past: Past, figure: str) -> None:
    """The dialog with the rows behind one figure."""
    found, lang = past.rows(figure), language()
    if figure in ("losses", "found", "misses", "out_of_sight"):
        evidence_rows.show(figure, phrases.losses(found, lang), phrases.LOSS_COLUMNS, phrases.DATES)
    else:
        evidence_rows.show(figure, phrases.alerts(found, lang), phrases.ALERT_COLUMNS, phrases.DATES)


def _early(past: Past) -> None:
    lang = language()
    rows = phrases.early_bars(past, lang)
    with widgets.card(plain(phrases.title(past, lang)), height="stretch"):
        st.markdown(widgets.small(t("evidence-early-caption"), "gray"))
        if rows.empty:
            widgets.line(t("evidence-early-none"))
            return
        told = fmt.names([f"{r['name']} {r['label']}" for r in rows.to_dict("records")], lang)
        charts.draw(
            charts.bars(rows, name="name", value="amount", label="label"),
            alt_text=t("evidence-early-alt", parts=told), table=charts.pairs(rows["name"], rows["label"]),
            height=16 + 33 * len(rows), key="early",
        )  # fmt: skip


def _rules(past: Past) -> None:
    days = past.limits.ahead_days
    widths = dict.fromkeys(("recall", "ahead", "precision", "early", "lead", "delay", "false"), 118)
    columns = {"rule": Col(t("evidence-rule"), width=140)} | {
        name: Col(t(f"evidence-col-{name}", days=days), "figure", width) for name, width in widths.items()
    }
    with widgets.card(t("evidence-rules-title"), t("evidence-rules-caption")):
        told = phrases.table(past, language())
        widgets.table(told, columns, key="evidence-rules", empty=t("evidence-rows-none"))


def _verdicts(found: dict[str, Verdicts], least: int) -> None:
    told = phrases.said(found.items(), least, language())
    names = {"rule": "evidence-rule", "real": "evidence-col-real", "known": "evidence-col-known",
             "false": "evidence-col-wrong", "precision": "evidence-col-verdict-precision"}  # fmt: skip
    with widgets.card(t("evidence-verdicts-title"), t("evidence-verdicts-caption"), height="stretch"):
        shown = told.rename(columns={name: t(key) for name, key in names.items()})
        st.table(shown.map(plain), border="horizontal", hide_index=True)
        st.markdown(widgets.small(t("evidence-verdicts-note", least=least), "gray"))


def _misses(past: Past) -> None:
    told = phrases.miss_lines(past, language())
    with widgets.card(t("evidence-misses-title"), t("evidence-misses-caption", count=len(told)),
                      height="stretch"):  # fmt: skip
        if not told:
            widgets.line(t("evidence-misses-none"))
        for account_id, name, what in told[:MOST_MISSES]:
            with st.container(horizontal=True, horizontal_alignment="distribute", gap="small"):
                frame.link("account", label=plain(name), id=account_id)
                st.markdown(widgets.small(plain(what), "gray"), width="content")
        if len(told) > MOST_MISSES:
            widgets.line(t("evidence-misses-more", count=len(told) - MOST_MISSES))

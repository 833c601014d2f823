"""Growth: what accounts should buy more of, less of, or differently, and how such proposals were taken."""

import streamlit as st

from lib.growth import phrases, queries
from lib.growth.rules import Kind
from lib.screens.growth_decision import chosen, decide
from lib.ui import address, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.paging import page_of, pager
from lib.ui.widgets import Col, Tile

viewer = frame.open_page("growth")
lang, PAGE, top = language(), 50, st.container()
KINDS = ("all", *map(str, Kind))


def draw_hits(found: queries.Graded) -> None:
    columns = {
        "kind": Col(t("growth-col-kind"), width=150),
        **{name: Col(t(f"growth-col-{name}"), "number", 80) for name in ("open", "accepted", "dismissed")},
        "rate": Col(t("growth-col-rate"), "figure", 140, help=t("growth-rate-help")),
        "benchmark": Col(t("growth-col-benchmark"), "figure", 110, help=t("growth-rate-help")),
    }  # fmt: skip
    table = phrases.hits_table(found, lang)
    with widgets.card(t("growth-hits-title"), t("growth-hits-caption")):
        if viewer.may("export.run"):
            widgets.export_menu("growth-hits", lambda: table, rows=len(table))
        widgets.table(table, columns, key="growth-hits", empty="")


with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
    view = address.choice(
        st.segmented_control, t("growth-view-label"), queries.VIEWS, key="view", default="open",
        label_visibility="collapsed", format_func=lambda code: t(f"growth-view-{code}"),
    )  # fmt: skip
    kind = address.choice(
        st.selectbox, t("growth-kind-label"), KINDS, key="kind", default="all", width=170,
        label_visibility="collapsed",
        format_func=lambda k: t("growth-kind-all") if k == "all" else phrases.kind_word(k, lang),
    )  # fmt: skip
    whole = viewer.may("account.all")
    scope = address.choice(
        st.segmented_control, t("growth-scope-label"), ("mine", "all"), key="scope",
        default="all" if whole else "mine", label_visibility="collapsed",
        format_func=lambda code: t(f"growth-scope-{code}"),
    ) if whole else "all"  # fmt: skip
rows = queries.suggestions(viewer, view, None if kind == "all" else kind, scope)
graded = queries.graded(viewer)
with top, frame.head(t("growth-title"), t("growth-caption", count=graded.all.open)):
    if viewer.may("export.run") and len(rows):
        made = phrases.listed(rows, lang)[phrases.EXPORTED]
        widgets.export_menu("growth", lambda: made, rows=len(rows))
with top:
    widgets.tiles([Tile(**one) for one in phrases.figures(graded, lang)])
first = (page_of("growth-page", len(rows), PAGE) - 1) * PAGE
shown = rows.iloc[first : first + PAGE].reset_index(drop=True)
columns = {
    "account": Col(t("growth-col-account"), width=130), "kind": Col(t("growth-col-kind"), width=96),
    "finding": Col(t("growth-col-finding"), width=530), "change": Col(t("growth-col-change"), "figure", 86),
    **({"ends_on": Col(t("growth-col-ends"), "date", 96)} if view in ("open", "held") else
       {"reason": Col(t("growth-col-reason"), width=120),
        "decided_by": Col(t("growth-col-decided"), width=90)}),
}  # fmt: skip
none = "match" if kind != "all" else "view" if view != "open" or graded.all.decided else "first"
key = f"growth-{view}-{kind}-{scope}"
place = widgets.table(
    phrases.listed(shown, lang), columns, key=key, empty=t(f"growth-empty-{none}"), select=True
)
pager(len(rows), PAGE, key="growth-page", hint=t("growth-open-hint"))
draw_hits(graded)
if row := chosen(shown, place, key):
    decide(viewer, row, lang)

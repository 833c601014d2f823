"""The key figures: recurring revenue, retention, the bridge, what is at risk and what comes due."""

import streamlit as st

from lib.kpi import phrases, queries
from lib.kpi.rules import Grain
from lib.ui import address, charts, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Col, Tile, plain
from lib.words import term

viewer = frame.open_page("kpi")
lang, ALL, SHOWN = language(), "all", 200
HIDDEN = {"label_visibility": "collapsed"}
COLUMNS = {
    "account": ("text", 200), "step": ("text", 110), "cause": ("text", 130), "stage": ("text", 130),
    "ends_on": ("date", 110), "opening_minor": ("money", 130), "closing_minor": ("money", 130),
    "kept_minor": ("money", 130), "change_minor": ("money", 130), "arr_minor": ("money", 130),
    "base_minor": ("money", 130), "expected_minor": ("money", 130),
}  # fmt: skip


def rows_of(metric: str):  # noqa: ANN201 - a frame
    found = queries.rows(viewer, metric, currency=currency, grain=grain, region=region)
    return phrases.in_words(found, lang)


def open_rows(metric: str) -> None:
    """The rows behind a figure, over the page; the file holds them all."""

    @st.dialog(t("kpi-rows-title", figure=t(f"kpi-metric-{metric.replace('_', '-')}")), width="large")
    def opened() -> None:
        rows = rows_of(metric)
        st.caption(t(f"kpi-metric-{metric.replace('_', '-')}-help"))
        columns = {name: Col(t(f"kpi-column-{name.removesuffix('_minor').replace('_', '-')}"), kind, width)
                   for name, (kind, width) in COLUMNS.items() if name in rows}  # fmt: skip
        height = 430 if len(rows) > 12 else None
        widgets.table(
            rows.head(SHOWN), columns, key=f"rows-{metric}", empty=t("kpi-rows-none"), height=height
        )
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            units = ", ".join(sorted(rows["currency"].dropna().unique())) or "–"
            st.caption(t("kpi-rows-count", shown=min(SHOWN, len(rows)), count=len(rows), currency=units))
            widgets.export_menu(f"kpi-{metric}", lambda: rows, rows=len(rows))

    opened()


def ask_rows(key: str) -> None:
    st.session_state["kpi-rows"] = st.session_state[key]


def card(words: tuple[str, str], metric: str, chart, table, height: int = 212, note: str = "") -> None:  # noqa: ANN001 - a chart and its frame
    """A finding with its chart, what it says as text, its table, and the way down to its rows."""

    def below() -> None:
        if note:
            st.markdown(f":gray[:small[{plain(note)}]]", width="content")
        st.button(t("kpi-open-rows"), key=f"open-{metric}", type="tertiary", icon=":material/table_rows:",
                  on_click=lambda: st.session_state.update({"kpi-rows": metric}))  # fmt: skip

    with widgets.card(*map(plain, words), height="stretch"):
        if table.empty:
            widgets.nothing(t("kpi-rows-none"))
            return
        said = phrases.spoken(*words, table, lang)
        charts.draw(chart, alt_text=said, table=table, height=height, beside=below)


def bars(words: tuple[str, str], metric: str, rows, note: str = "") -> None:  # noqa: ANN001 - a frame
    chart = charts.bars(rows, name="name", value="amount", label="label", highlight=phrases.largest(rows))
    card(words, metric, chart, charts.pairs(rows["name"], rows["label"]), 16 + 33 * len(rows), note)


known, places = queries.currencies(viewer), queries.regions(viewer)
if not known:
    widgets.only_nothing(t("kpi-title"), t("kpi-none-yet"))
regions = {ALL: t("kpi-region-all")} | {name: term(lang, "region", name) for name in places}
grain = address.asked("period", list(Grain), str(Grain.QUARTER))
currency = address.asked("currency", known, known[0])
asked_region = address.asked("region", list(regions), ALL)
region = None if asked_region == ALL else asked_region
found = queries.figures(viewer, currency=currency, grain=grain, region=region)

with frame.head(t("kpi-title"), phrases.caption(found, grain, lang)):
    address.choice(st.segmented_control, t("kpi-period"), [str(g) for g in Grain], key="period",
                   default=str(Grain.QUARTER), format_func=lambda code: t(f"kpi-period-{code}"),
                   **HIDDEN)  # fmt: skip
    if places:
        address.choice(st.selectbox, t("kpi-region"), list(regions), key="region", default=ALL,
                       format_func=regions.get, width=150, **HIDDEN)  # fmt: skip
    if len(known) > 1:
        address.choice(st.selectbox, t("kpi-currency"), known, key="currency", default=known[0],
                       format_func=str, width=90, **HIDDEN)  # fmt: skip
    st.menu_button(t("kpi-open-rows"), list(queries.METRICS), key="kpi-metric", icon=":material/table_rows:",
                   format_func=lambda m: t(f"kpi-metric-{m.replace('_', '-')}"), type="tertiary",
                   on_click=ask_rows, args=("kpi-metric",))  # fmt: skip

widgets.tiles([Tile(**tile) for tile in phrases.tiles(found, grain, lang)], narrowest=200)
left, right = st.columns(2, gap="xsmall")
steps, months = phrases.bridge_rows(found, lang), phrases.trend_rows(found, lang)
with left:
    bridge = charts.waterfall(steps, name="name", amount="amount", total="total", label="label", status=True)
    levels = charts.pairs(steps["name"], steps["label"])
    card(phrases.bridge_words(found, grain, lang), "bridge", bridge, levels)
with right:
    line = charts.trend(months, x="month", y="arr", order=list(months.month), unit_format=",.2~f")
    card(phrases.trend_words(found, lang), "arr", line, phrases.trend_table(found, lang))
left, right = st.columns(2, gap="xsmall")
with left:
    bars(phrases.risk_words(found, lang), "risk", phrases.risk_rows(found, lang))
with right:
    rate = phrases.rate_words(found, grain, lang)
    bars(phrases.due_words(found, lang), "due", phrases.due_rows(found, lang), rate)
frame.link("evidence", label=t("health-grade-show"), icon="fact_check", tab="health")
if metric := st.session_state.pop("kpi-rows", None):
    open_rows(metric)

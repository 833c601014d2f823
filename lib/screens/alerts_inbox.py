"""The inbox of the page Alerts: figures, filters, the list, and how often each rule was right."""

from datetime import timedelta
from functools import partial

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.activity import levels, phrases, queries
from lib.evidence import phrases as evidence
from lib.evidence.queries import verdicts
from lib.ui import casework, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.paging import pager
from lib.ui.widgets import Tile, plain

LEVELS, SILENT_DAYS, PAGE = ("all", "critical", "watch"), timedelta(days=5), 50


def draw(viewer: Viewer) -> None:
    """The whole page; picking a row opens its alert."""
    lang, counts, top = language(), queries.alert_counts(viewer), st.container()
    filters = st.container(horizontal=True, vertical_alignment="center")
    through = fmt.day(counts.data_through, lang)
    with filters:
        find = casework.search(t("alerts-search"))
        view = casework.choice(st.segmented_control, "view", tuple(str(v) for v in queries.View))
        level = casework.choice(st.selectbox, "level", LEVELS, width=150)
    wanted, place = (view, find, level), f"page-{view}-{find}-{level}"
    rows, total = queries.open_alerts(viewer, *wanted, page=st.session_state.get(place, 1), size=PAGE)
    with top:
        fresh = t("today-activity-through", day=through) if counts.data_through else t("today-activity-none")
        with frame.head(t("alerts-title"), t("alerts-caption", accounts=counts.accounts, activity=fresh)):
            if viewer.may("export.run"):
                listed = partial(queries.alert_rows, viewer, *wanted)
                widgets.export_menu("alerts", lambda: phrases.exported(listed(), lang), rows=total)
        if counts.data_through and counts.data_through < viewer.today - SILENT_DAYS:
            st.warning(t("alerts-source-missing", day=through), icon=":material/warning:")
        if quiet := phrases.quiet(levels.slumps(viewer), lang):
            st.info(plain(quiet), icon=":material/groups:")
        widgets.tiles([Tile(**one) for one in phrases.figures(counts, lang)])
    narrowed = "match" if find or level != "all" else view
    nothing = t(f"alerts-empty-{narrowed if counts.data_through else 'first'}")
    picked = casework.inbox(phrases.listed(rows, lang), key=f"alerts-{view}", none=nothing)
    pager(total, PAGE, key=place, hint=t("alerts-open-hint"))
    _precision(viewer)
    if picked is not None:
        st.query_params["id"] = str(rows["id"].iloc[picked])
        st.rerun()


def _precision(viewer: Viewer) -> None:
    """How often each rule was right, said openly under the list."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(plain(evidence.verdict_line(*verdicts(viewer), language())), width="content")
        if viewer.may("kpi.read"):
            frame.link("evidence", label=t("evidence-line-open"), icon="fact_check")

"""The tab Health score of the page Evidence: how past scores ranked the renewals that were lost."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from lib.access import Viewer
from lib.health.graded import graded, rows
from lib.health.grading import AHEAD
from lib.screens import evidence_rows
from lib.ui import address, frame, grades, widgets
from lib.ui.i18n import language, t

HORIZONS, COLUMNS = (
    tuple(str(days) for days in AHEAD),
    ("account", "due_on", "source", "score", "band", "result"),
)


def page(viewer: Viewer, choose_tab: Callable[[], None]) -> None:
    """The whole tab with its head; the horizon is kept in the address."""
    lang = language()
    ahead = int(address.asked("ahead", HORIZONS, "90"))
    told = graded(viewer, lang, ahead)
    made = partial(rows, viewer, lang, ahead)
    with frame.head(t("evidence-title"), told.caption):
        choose_tab()
        address.choice(
            st.selectbox, t("evidence-horizon-label"), HORIZONS, key="ahead", default="90", width=170,
            format_func=lambda days: t("evidence-horizon", days=int(days)), label_visibility="collapsed",
        )  # fmt: skip
        evidence_rows.menu(["graded"])
        if viewer.may("export.run"):
            widgets.export_menu("evidence-health", lambda: evidence_rows.exported(made(), COLUMNS))
    grades.section(told)
    dates = frozenset({"due_on"})
    evidence_rows.asked(lambda figure: evidence_rows.show(figure, made(), COLUMNS, dates))

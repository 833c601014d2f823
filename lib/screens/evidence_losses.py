"""The tab Losses of the page Evidence: what lost customers answered, counted and as a list."""

from collections.abc import Callable

from lib.access import Viewer
from lib.signals import survey
from lib.ui import frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Col

LOOK = {"account": ("text", 170), "lost_on": ("date", 100), "reason": ("text", 150), "kept_by": ("text", 170),
        "returns": ("text", 110), "rating": ("text", 90), "went_to": ("text", 150), "comment": ("text", 260),
        "person": ("text", 100)}  # fmt: skip


def page(viewer: Viewer, choose_tab: Callable[[], None]) -> None:
    """The whole tab with its head; a picked row opens the account."""
    lang = language()
    rows = survey.loss_survey(viewer)
    told = survey.worded(rows, lang)
    with frame.head(t("evidence-title"), t("signals-survey-caption", count=len(rows))):
        choose_tab()
        if viewer.may("export.run"):
            names = {name: t(f"signals-survey-{name.replace('_', '-')}") for name in survey.COLUMNS}
            shown = told[list(survey.COLUMNS)].rename(columns=names)
            widgets.export_menu("losses", lambda: shown, rows=len(shown))
    with widgets.card(t("signals-survey-reasons")):
        for line in survey.counted(rows, lang):
            widgets.line(widgets.plain(line))
        if rows.empty:
            widgets.nothing(t("signals-survey-none"))
    columns = {
        name: Col(t(f"signals-survey-{name.replace('_', '-')}"), kind, width)
        for name, (kind, width) in LOOK.items()
    }
    picked = widgets.table(told, columns, key="losses", empty=t("signals-survey-none"), select=True)
    if picked is not None:
        frame.go("account", id=int(rows["account_id"].iloc[picked]))

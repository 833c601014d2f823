"""The lists of the page Fulfilment: what waits, problems, orders, and benefits that end unused."""

from functools import partial

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.fulfilment import commands, phrases, queries, rules
from lib.ui import sending, widgets
from lib.ui.i18n import language, t
from lib.ui.paging import page_of, pager
from lib.ui.widgets import Col, plain

PAGE_ROWS = 50
QUEUE = {
    "account": ("text", 150), "title": ("text", 220), "state_said": ("text", 110), "clock": ("text", 110),
    "arr_minor": ("sum", 110), "order_number": ("text", 130),
}  # fmt: skip
PROBLEMS = {
    "account": ("text", 150), "what": ("text", 280), "clock": ("text", 120), "order_number": ("text", 130),
    "opened": ("text", 130), "opener": ("text", 100),
}  # fmt: skip
UNUSED = {
    "account": ("text", 160), "title": ("text", 240), "left": ("text", 150), "expires_on": ("date", 120),
    "order_number": ("text", 130),
}  # fmt: skip
ORDERS = {
    "account": ("text", 170), "order_number": ("text", 140), "state": ("text", 160),
    "arr_minor": ("sum", 110), "promised": ("text", 140), "told": ("text", 140),
}  # fmt: skip


def columns(looks: dict[str, tuple[str, int]]) -> dict[str, Col]:
    return {
        name: Col(t(f"fulfilment-col-{name.removesuffix('_minor').replace('_', '-')}"), kind, width)
        for name, (kind, width) in looks.items()
    }


def _open(benefit_id: int) -> None:
    st.query_params["id"] = str(benefit_id)
    st.rerun()


def queue(viewer: Viewer) -> None:
    """What is not settled, those past their time first; a row opens its order."""
    lang, count = language(), queries.counts(viewer).waiting
    page = page_of("fulfilment-page", count, PAGE_ROWS)
    found = queries.queue(viewer, limit=PAGE_ROWS, offset=PAGE_ROWS * (page - 1))
    rows = phrases.queue_rows(found, viewer.now, lang)
    place = widgets.table(rows, columns(QUEUE), key=f"fulfilment-queue-{page}",
                          empty=t("fulfilment-queue-none"), select=True)  # fmt: skip
    pager(count, PAGE_ROWS, key="fulfilment-page", hint=t("fulfilment-open-hint"))
    if count:
        widgets.export_menu("fulfilment", lambda: phrases.queue_rows(
            queries.queue(viewer, limit=None), viewer.now, lang), rows=count)  # fmt: skip
    if place is not None:
        _open(int(found["id"].iloc[place]))


def problems(viewer: Viewer) -> None:
    """Open exceptions by their clock; the ticked one is answered below."""
    lang, zone = language(), viewer.clock_zone
    found = queries.problems(viewer)
    rows = phrases.problem_rows(found, viewer.now, lang, zone)
    place = widgets.table(rows, columns(PROBLEMS), key="fulfilment-problems",
                          empty=t("fulfilment-problems-none"), select=True)  # fmt: skip
    widgets.export_menu("benefit-problems", lambda: rows, rows=len(rows))
    if place is None or not viewer.may("account.write"):
        return
    row = found.iloc[place]
    with widgets.card(t("fulfilment-mend-title"), plain(str(row["what"]))):
        sending.form(
            "mend", t("fulfilment-mend-send"), "fulfilment-mended", partial(_close, int(row["version"])),
            viewer, int(row["id"]), owner=int(row["id"]), primary=True, stacked=True,
            fields=[("cause", "select", t("fulfilment-cause"), phrases.cause_words(lang), rules.CAUSES[0]),
                    ("mended", "text", t("fulfilment-mended-label")),
                    ("corrective", "text", t("fulfilment-corrective-label"))],
        )  # fmt: skip


def _close(
    seen_version: int, viewer: Viewer, problem_id: int, *, form_key: str, **typed: str  # noqa: ARG001
) -> int:  # fmt: skip
    return commands.close_problem(viewer, problem_id, seen_version, **typed)


def orders(viewer: Viewer) -> None:
    """Every order with how far it is, and whether its customer was told."""
    lang, zone = language(), viewer.clock_zone
    found = queries.orders(viewer)
    rows = found.assign(
        state=[t("fulfilment-progress", done=int(r.in_force), all=int(r.lines)) for r in found.itertuples()],
        promised=[fmt.moment(at, lang, zone) for at in found["promised_at"]],
        told=[t("fulfilment-not-told") if at is None or at != at else fmt.moment(at, lang, zone)
              for at in found["told_at"]],
    )  # fmt: skip
    place = widgets.table(rows, columns(ORDERS), key="fulfilment-orders", empty=t("fulfilment-orders-none"),
                          select=True)  # fmt: skip
    widgets.export_menu("orders", lambda: rows[[*ORDERS, "currency"]], rows=len(rows))
    if place is not None:
        row = found.iloc[place]
        of_order = queries.lines(viewer, int(row["account_id"]), str(row["order_number"]))
        _open(int(of_order["id"].iloc[0]))


def unused(viewer: Viewer) -> None:
    """Benefits that end soon and of which something is left: to be offered before they lapse."""
    lang = language()
    found = queries.unused(viewer)
    rows = phrases.unused_rows(found, lang)
    st.caption(t("fulfilment-unused-caption"))
    place = widgets.table(rows, columns(UNUSED), key="fulfilment-unused", empty=t("fulfilment-unused-none"),
                          select=True)  # fmt: skip
    widgets.export_menu("unused-benefits", lambda: rows, rows=len(rows))
    if place is not None:
        _open(int(found["id"].iloc[place]))

"""The list of runs with its filters in the address, and what is overdue by owner."""

from functools import partial

import streamlit as st

from lib.access import Viewer
from lib.playbooks import phrases, queries, register
from lib.playbooks.register import Filters
from lib.playbooks.rules import Only, Scope
from lib.ui import address, frame, widgets
from lib.ui.i18n import t
from lib.ui.paging import page_of, pager
from lib.ui.widgets import Col, Tile, plain

SIZE = 50


def figures(found: queries.Figures) -> None:
    late = "red" if found.overdue else "off"
    widgets.tiles([
        Tile(t("playbooks-tile-running"), str(found.running), help=t("figure-playbooks-running")),
        Tile(t("playbooks-tile-overdue"), str(found.overdue), t("playbooks-tile-overdue-note"), late,
             help=t("figure-playbooks-overdue")),
        Tile(t("playbooks-tile-week"), str(found.week), t("playbooks-tile-week-note"),
             help=t("figure-playbooks-week")),
        Tile(t("playbooks-tile-template"), str(found.by_template), help=t("playbooks-tile-template-help")),
    ])  # fmt: skip


def runs(viewer: Viewer, scope: Scope, lang: str) -> None:
    """Runs under way first; a picked row opens the run."""
    names = {"all": t("playbooks-book-all")} | dict(phrases.names(queries.books(viewer), lang))
    hidden = {"label_visibility": "collapsed"}
    with st.container(horizontal=True, vertical_alignment="center"):
        text = address.text(t("playbooks-search"), key="q", width=190)
        code = address.choice(st.selectbox, t("playbooks-book"), list(names), key="book", default="all",
                              format_func=names.get, width=210, **hidden)  # fmt: skip
        states = ["running", "done", "cancelled", "all"]
        status = address.choice(
            st.selectbox, t("playbooks-status"), states, key="status", default="running", width=150,
            format_func=lambda one: t(f"playbooks-status-{one}"), **hidden,
        )  # fmt: skip
        wanted = (viewer, scope, None if status == "all" else status, None if code == "all" else code)
        total = queries.run_count(*wanted, text=text)
        if viewer.may("export.run"):
            listed = partial(queries.runs, *wanted, text=text, size=10**5)
            widgets.export_menu("playbook-runs", lambda: phrases.exported(listed(), lang), rows=total)
    place = f"runs-{scope}-{status}-{code}-{text}"
    rows = queries.runs(*wanted, text=text, page=page_of(place, total, SIZE), size=SIZE)
    narrowed = text or code != "all" or status != "running"
    picked = widgets.table(
        phrases.listed(rows, viewer.today, lang), {
            "account": Col(t("playbooks-col-account"), width=150),
            "stands": Col(t("playbooks-col-state"), width=100),
            "playbook": Col(t("playbooks-col-playbook"), width=160),
            "next_step": Col(t("playbooks-col-next"), width=280),
            "next_on": Col(t("playbooks-col-next-on"), "date", 92),
            "progress": Col(t("playbooks-col-progress"), "figure", 70),
            "owner": Col(t("playbooks-col-owner"), width=96),
        },
        key=f"table-{scope}-{status}-{code}", select=True,
        empty=t("playbooks-empty-filtered" if narrowed else "playbooks-empty-runs"),
    )  # fmt: skip
    pager(total, SIZE, key=place, hint=t("playbooks-open-hint"))
    if picked is not None:
        st.query_params["run"] = str(rows["id"].iloc[picked])
        st.rerun()


def overdue(viewer: Viewer, scope: Scope) -> None:
    """Owners with what is overdue, most first; below it the tasks of the picked one."""
    if scope is Scope.MINE and not viewer.may("account.all"):
        scope = Scope.ALL  # the tasks of one's accounts, whoever's they are
    owners = register.overdue_per_owner(viewer, scope)
    owners["owner"] = owners["owner"].fillna(t("playbooks-nobody"))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if viewer.may("export.run"):
            listed = partial(register.tasks, viewer, scope, Only.OVERDUE, size=10**5)
            widgets.export_menu("overdue-tasks", lambda: listed()[
                ["owner", "account", "title", "due_on", "kind", "state"]],
                rows=0 if owners.empty else None)  # fmt: skip
    picked = widgets.table(
        owners, {
            "owner": Col(t("playbooks-col-owner"), width=190),
            "overdue": Col(t("playbooks-col-overdue"), "number", 90),
            "oldest": Col(t("playbooks-col-oldest"), "date", 110),
            "accounts": Col(t("playbooks-col-accounts"), "number", 90),
        },
        key=f"owners-{scope}", empty=t("playbooks-empty-overdue"), select=True,
    )  # fmt: skip
    if picked is None:
        if not owners.empty:
            st.caption(t("playbooks-owner-hint"))
        return
    owner = owners["owner_id"].iloc[picked]
    known = owner == owner and owner is not None
    rows = register.tasks(
        viewer, scope, Only.OVERDUE, Filters(owner_id=int(owner) if known else None), size=200
    )
    with widgets.card(plain(owners["owner"].iloc[picked])):
        opened = widgets.table(
            rows, {
                "account": Col(t("playbooks-col-account"), width=160),
                "title": Col(t("playbooks-col-task"), width=420),
                "due_on": Col(t("playbooks-col-next-on"), "date", 110),
            },
            key=f"overdue-{owner}", empty=t("playbooks-empty-overdue"), select=True,
        )  # fmt: skip
    if opened is not None:
        _open(rows.iloc[opened])


def _open(row) -> None:  # noqa: ANN001 - a row of tasks
    if row["run_id"] == row["run_id"] and row["run_id"] is not None:
        st.query_params["run"] = str(int(row["run_id"]))
        st.rerun()
    elif row["account_id"] == row["account_id"] and row["account_id"] is not None:
        frame.go("account", id=int(row["account_id"]))

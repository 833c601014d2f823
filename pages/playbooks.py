"""Playbooks: what runs on which account, what is overdue by owner, and what each playbook says."""

import streamlit as st

from lib.errors import NotFound
from lib.playbooks import portrait, queries
from lib.playbooks.rules import Scope
from lib.screens import account_plays, plays_books, plays_list, plays_run, plays_staying
from lib.ui import address, frame
from lib.ui.i18n import language, t
from lib.ui.widgets import plain

viewer = frame.open_page("playbooks")
VIEWS, hidden = ("runs", "overdue", "books", "staying"), {"label_visibility": "collapsed"}
lang, run_id, account_id = language(), frame.asked_id("run"), frame.asked_id("account")

try:
    found = queries.run_of(viewer, run_id) if run_id else None
    account = portrait.account_portrait(viewer, account_id) if account_id and not found else None
except NotFound:
    frame.no_permission()
if found is not None:
    plays_run.run(viewer, found, lang)
    st.stop()
if account is not None:
    with frame.head(plain(account.account), t("playbooks-to-plays")):
        st.button(t("playbooks-back"), icon=":material/arrow_back:", type="tertiary",
                  on_click=st.query_params.clear)  # fmt: skip
        frame.link("account", label=t("playbooks-to-account"), icon="apartment", id=account_id)
    account_plays.plays(viewer, account_id, lang, here=True)
    account_plays.beside(viewer, account_id, lang, abreast=True)
    st.stop()
if (edited := st.query_params.get("edit")) and viewer.may("playbook.write"):
    plays_books.edit(viewer, edited[:48], lang)
    st.stop()

scopes = list(Scope)
usual = Scope.MINE if viewer.may("alert.work") and not viewer.may("account.all") else Scope.ALL
scope = Scope(address.asked("scope", scopes, usual))
figures = queries.play_figures(viewer, scope)
with frame.head(t("playbooks-title"), t("playbooks-caption", scope=scope, running=figures.running)):
    address.choice(st.segmented_control, t("playbooks-scope"), scopes, key="scope", default=usual,
                   format_func=lambda code: t(f"playbooks-scope-{code}"), **hidden)  # fmt: skip
plays_list.figures(figures)
view = address.choice(st.segmented_control, t("playbooks-view"), list(VIEWS), key="view", default="runs",
                      format_func=lambda code: t(f"playbooks-view-{code}"), **hidden)  # fmt: skip
if view == "runs":
    plays_list.runs(viewer, scope, lang)
elif view == "overdue":
    plays_list.overdue(viewer, scope)
elif view == "staying":
    plays_staying.draw(viewer, lang)
else:
    plays_books.books(viewer, lang)

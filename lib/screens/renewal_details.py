"""The drawer of one renewal: facts, the seats its quote would start with, forecast, loss, its steps."""

from functools import partial
from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.flows import deal_benefits, renewal_quote
from lib.growth import phrases as growth
from lib.growth import queries as growing
from lib.money import parse_decimal, to_minor
from lib.renewals import commands, phrases, queries, rules
from lib.ui import forms, frame, widgets
from lib.ui.drawer import Field, facts, form, history
from lib.ui.i18n import language, t
from lib.ui.widgets import plain


def details(viewer: Viewer, renewal_id: int) -> None:
    if "renewals-quoted" in st.session_state:
        st.rerun()  # the page leads on to the quote
    lang, zone = language(), viewer.clock_zone
    for row in queries.one_renewal(viewer, renewal_id).itertuples():
        frame.link("account", label=f"**{plain(row.account)}**", id=row.account_id)
        stage = widgets.badge(phrases.stage_name(row.stage, lang))
        st.markdown(f"{widgets.status_badge(row.status)} {stage}")
        facts(phrases.facts(row, viewer.today, zone, lang))
        is_open = row.stage in rules.OPEN
        if row.stage == rules.Stage.SIGNED and viewer.may("renewal.move"):
            st.button(t("renewals-mark-paid"), icon=":material/payments:", key=f"paid-{row.id}",
                      on_click=_paid, args=(viewer, int(row.id), int(row.version)))  # fmt: skip
        if is_open and viewer.may("quote.write"):
            _quote(viewer, row, lang)
        for key, fields, button in phrases.forms(row, lang) if viewer.may("renewal.move") and is_open else ():
            form(key, [Field(**field) for field in fields], button, partial(_save, viewer, row))
    history(t("renewals-history"), phrases.history(queries.moves(viewer, renewal_id), zone, lang))


def _quote(viewer: Viewer, row: Any, lang: str) -> None:
    """The seats in use as the default of the quote, and the quote itself."""
    if plan := growing.seat_plan(viewer, int(row.account_id)):
        facts([(t("renewals-seats"), growth.seats_told(plan, lang))])
    st.button(t("renewals-new-quote"), icon=":material/request_quote:", key=f"renewal-quote-{row.id}",
              on_click=_start, args=(viewer, int(row.account_id), int(row.id)))  # fmt: skip


def _start(viewer: Viewer, account_id: int, renewal_id: int) -> None:
    """Make the quote and remember it, so that the run opens it."""
    made = forms.once("quote", "account-quoted", renewal_quote.start_quote, viewer, account_id,
                      renewal_id=renewal_id)  # fmt: skip
    if made:
        st.session_state["renewals-quoted"] = made


def _paid(viewer: Viewer, renewal_id: int, seen_version: int) -> None:
    """Every benefit the renewal promised becomes a line of the fulfilment desk."""
    forms.once(f"paid-{renewal_id}", "renewals-paid", deal_benefits.mark_paid, viewer, renewal_id,
               seen_version, paid_on=viewer.today)  # fmt: skip


def _save(viewer: Viewer, row: Any, values: dict) -> None:
    """What a form of the drawer says: a loss when it names a reason, else the forecast."""
    renewal, version = int(row.id), int(row.version)
    if "reason" in values:
        widgets.attempt("renewals-closed-lost", commands.move_stage, viewer, renewal, version, "lost",
                        lost_reason=values["reason"], comment=values["comment"])  # fmt: skip
    else:
        widgets.attempt("renewals-saved", lambda: commands.set_forecast(
            viewer, renewal, version, category=values["category"],
            expected_minor=to_minor(parse_decimal(values["amount"]), row.currency)))  # fmt: skip

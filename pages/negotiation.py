"""One account's negotiation: notes with their amendments, promises, contacts, the closing confirmation."""

import streamlit as st

from lib.errors import NotFound
from lib.negotiation import commands, ledger, phrases, queries
from lib.quotes import account_rules, compliance_texts
from lib.screens import negotiation_touches
from lib.ui import address, compliance, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.sending import form
from lib.ui.thread import closable, older, thread
from lib.ui.widgets import Col, plain

viewer = frame.open_page("negotiation")
VIEWS, hidden = {"all": None, "internal": False, "shared": True}, {"label_visibility": "collapsed"}
lang, zone, account_id = language(), viewer.clock_zone, frame.asked_id("account")


def choose_account() -> None:
    words = {"label": t("negotiation-account"), "search": t("negotiation-search-account")}
    address.record(lambda typed: phrases.names(queries.accounts(viewer, typed).itertuples(), lang),
                   key="account", **words)  # fmt: skip


def amend(note_id: int) -> None:
    form("amend", t("negotiation-save-amendment"), "negotiation-amended", commands.amend_note, viewer,
         note_id, fields=phrases.amendment_fields(lang), owner=note_id,
         behind=t("negotiation-amend"))  # fmt: skip


def draw_notes() -> None:
    if viewer.may("note.write"):
        form("note", t("negotiation-save-note"), "negotiation-note-saved", commands.write_note, viewer,
             account_id, fields=phrases.note_fields(lang), owner=account_id, primary=True)  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        view = address.choice(
            st.segmented_control, t("negotiation-view"), list(VIEWS), key="view", default="all",
            format_func=lambda code: t(f"negotiation-view-{code}"), **hidden,
        )  # fmt: skip
        search = address.text(t("negotiation-search"), key="q", width=200)
        widgets.export_menu("notes", lambda: queries.notes(viewer, account_id, search, VIEWS[view], 10**5))
    limit = st.session_state.get(f"notes-{account_id}", queries.PAGE)
    parts = queries.notes(viewer, account_id, search, VIEWS[view], limit)
    thread(phrases.writings(parts.itertuples(), zone, lang), amend if viewer.may("note.write") else None)
    older(queries.note_count(viewer, account_id, search, VIEWS[view]) - limit, f"notes-{account_id}", limit)
    if parts.empty:
        widgets.nothing(t(f"negotiation-notes-{'filtered' if search or view != 'all' else 'empty'}"))


def draw_promises() -> None:
    acts = ((t("negotiation-keep"), "negotiation-kept", commands.keep_promise, "proof"),
            (t("negotiation-drop"), "negotiation-dropped", commands.drop_promise, "reason"))  # fmt: skip
    allow = (t("compliance-promise-allow"), "compliance-promise-allowed", commands.approve_promise, "text")
    for one in promises.itertuples():
        detail, colour = phrases.promised(one, viewer.today, lang)
        loose = one.standing == "free" and viewer.may("compliance.review")
        offered = (*acts, allow) if loose else acts
        closable(one.what, detail, colour, key=f"promise-{one.id}", label=t("negotiation-close"),
                 ask=t("negotiation-close-text"), seen=(viewer, int(one.id), int(one.version)),
                 acts=offered if one.status == "open" and viewer.may("promise.write") else ())  # fmt: skip
    if promises.empty:
        widgets.nothing(t("negotiation-promises-empty"))


if account_id is None:
    with frame.head(t("negotiation-title"), t("negotiation-caption-choose")):
        choose_account()
    widgets.nothing(t("negotiation-choose"))
    st.stop()
try:
    account = queries.account(viewer, account_id)
except NotFound:
    frame.no_permission()
promises, touches = ledger.promises(viewer, account_id), queries.touches(viewer, account_id)
running, late = int((promises.status == "open").sum()), int((promises.state == "overdue").sum())
(name,) = phrases.names([account], lang).values()
caption = phrases.standing(queries.note_count(viewer, account_id), running, touches, zone, lang)
with frame.head(plain(t("negotiation-title-account", account=name)), caption):
    choose_account()
    frame.link("account", label=t("negotiation-open-account"), id=account_id)
wide, narrow = st.columns([1.6, 1], gap="small")
with wide, widgets.card(t("negotiation-notes")):
    draw_notes()
with narrow:
    with widgets.card(t("negotiation-promises"), t("negotiation-promises-count", open=running, overdue=late)):
        draw_promises()
        with st.container(horizontal=True, gap="xsmall"):
            if viewer.may("promise.write"):
                owners = ledger.promise_owners(viewer, account_id).itertuples()
                asked = phrases.promise_fields(owners, ledger.promise_catalogue(viewer), viewer.today, lang)
                form("promise", t("negotiation-save-promise"), "negotiation-promise-saved",
                     commands.make_promise, viewer, account_id, fields=asked, owner=account_id,
                     behind=t("negotiation-new-promise"), icon=":material/add:")  # fmt: skip
            if ((promises.status == "open") & (promises.standing != "free")).any():
                draft = ledger.closing_draft(viewer, account_id)
                with st.popover(t("negotiation-closing-button"), help=t("negotiation-closing-help")):
                    st.code(f"{draft.subject}\n\n{draft.body}", None, wrap_lines=True, width=520)
            widgets.export_menu("promises", lambda: ledger.promises(viewer, account_id, limit=10**5))
    with widgets.card(t("negotiation-touches")):
        negotiation_touches.draw(viewer, account_id, touches, lang)
    with widgets.card(t("compliance-account")):
        held = account_rules.account_rules(viewer, account_id)
        compliance.rules(compliance_texts.rules_rows(held, lang))
        asks = compliance_texts.account_forms(held, viewer, lang)
        compliance.forms(asks, account_rules.BY_FORM, viewer, account_id, held.version, owner=account_id)
    with widgets.card(t("negotiation-quotes")):
        widgets.table(queries.latest_quotes(viewer, account_id), {
            "label": Col(t("negotiation-quote")), "status": Col(t("negotiation-status"), "status"),
            "net_minor": Col(t("negotiation-net"), "money"), "currency": Col(t("negotiation-currency")),
        }, key="quotes", empty=t("negotiation-quotes-empty"))  # fmt: skip

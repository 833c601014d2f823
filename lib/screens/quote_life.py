"""What follows once a quote is out: the customer's yes with its proof, the way there, and the files kept."""

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.flows import fulfilling, recorded
from lib.flows.accept_quote import accept_late, accept_quote
from lib.quotes import life_texts, proving
from lib.quotes.evidence import FILE_MAX, Kind
from lib.quotes.rules import ISSUED, WITH_EVIDENCE, QuoteStatus, holds_at, steps_for
from lib.screens.quote_mail import mail
from lib.ui import sending, widgets
from lib.ui.acts import attempt, plain, refused
from lib.ui.forms import form_key
from lib.ui.i18n import t

COMMANDS: dict[str, Callable[..., Any]] = {"accept": accept_quote, "accept_late": accept_late}


def accept_buttons(viewer: Viewer, quote: Any, language: str) -> None:
    """The form of the customer's yes, for whoever may record it in the state the quote is in."""
    late = quote.status == QuoteStatus.EXPIRED or not holds_at(
        quote.form.valid_until, quote.zone or viewer.zone, viewer.now
    )
    for step in steps_for(quote.status, viewer.permissions):
        if step in WITH_EVIDENCE and (step == "accept_late") == late:
            _form(step, viewer, quote, language)


def _form(step: str, viewer: Viewer, quote: Any, language: str) -> None:
    """Kind of proof, the file or the reference, who signed and when; a reason where it comes late."""
    word = step.replace("_", "-")
    with st.popover(t(f"quotes-{word}"), type="primary", icon=":material/task_alt:"):
        _fields(f"{step}-{quote.id}", viewer, language)
        if step == "accept_late":
            st.text_area(t("quotes-late-reason"), key=f"{step}-{quote.id}-reason", max_chars=1000, height=76)
        st.button(t(f"quotes-{word}-send"), key=f"quotes-{step}", type="primary", width="stretch",
                  on_click=_send, args=(step, viewer, quote.id, quote.version))  # fmt: skip


def _fields(key: str, viewer: Viewer, language: str) -> None:
    kinds = life_texts.kinds(language)
    kind = st.selectbox(t("quotes-proof-kind"), list(kinds), format_func=kinds.get, key=f"{key}-kind")
    if kind == Kind.FILE:
        st.file_uploader(t("quotes-proof-file", limit=FILE_MAX // 2**20), type=["pdf", "png", "jpg", "jpeg"],
                         key=f"{key}-file")  # fmt: skip
    else:
        st.text_input(t(f"quotes-proof-{kind.replace('_', '-')}"), key=f"{key}-reference", max_chars=255)
    st.text_input(t("quotes-proof-signer"), key=f"{key}-signer", max_chars=255)
    st.date_input(t("quotes-proof-day"), viewer.today, max_value=viewer.today, format="YYYY-MM-DD",
                  key=f"{key}-day")  # fmt: skip


def _evidence(key: str) -> dict[str, Any]:
    """What the fields hold when the button is pressed."""
    held = {
        name: st.session_state.get(f"{key}-{name}") for name in ("kind", "reference", "signer", "file", "day")
    }
    file = held["file"]
    return {
        "kind": held["kind"], "reference": held["reference"] or "", "signer": held["signer"] or "",
        "signed_on": held["day"], "file_name": file.name if file else "",
        "content": file.getvalue() if file else None,
    }  # fmt: skip


def _send(step: str, viewer: Viewer, quote_id: int, seen_version: int) -> None:
    key = f"{step}-{quote_id}"
    words = {"reason": st.session_state.get(f"{key}-reason") or ""} if step == "accept_late" else {}
    attempt("quotes-accept-done", COMMANDS[step], viewer, quote_id, seen_version, evidence=_evidence(key),
            form_key=form_key(key), **words)  # fmt: skip
    if not refused():
        st.session_state.pop(f"_form-{key}", None)
        fulfilling.nudge()


def life_card(viewer: Viewer, quote: Any, language: str) -> None:
    """The way to the customer with its times, what was told of it, and the proofs with their files."""
    if quote.status not in ISSUED:
        return
    found, zone = proving.life(viewer, quote.id), viewer.clock_zone
    with widgets.card(t("quotes-way-title"), t("quotes-way-caption")):
        if quote.status == QuoteStatus.SENT and viewer.may("quote.issue"):
            mail(viewer, quote)
        for label, at in life_texts.way_rows(found.events, quote.revision, zone, language):
            widgets.line(plain(label), plain(at))
        if viewer.may("quote.write"):
            _tell(viewer, quote.id)
        for said in life_texts.event_lines(found.events, zone, language):
            st.caption(plain(said))
    if len(found.proofs):
        with widgets.card(t("quotes-proofs"), t("quotes-proofs-caption", revision=quote.revision)):
            _proofs(viewer, quote, found, language)


def _tell(viewer: Viewer, quote_id: int) -> None:
    steps = {kind: t(f"quotes-step-{kind}") for kind in ("opened", "viewed")}
    sending.form("tell-step", t("quotes-tell-save"), "quotes-tell-done", proving.tell_step, viewer, quote_id,
                 fields=[("kind", "select", t("quotes-tell-kind"), steps, "viewed"),
                         ("note", "text", t("quotes-tell-note"))],
                 owner=quote_id, behind=t("quotes-tell"), icon=":material/visibility:",
                 stacked=True)  # fmt: skip


def _proofs(viewer: Viewer, quote: Any, found: proving.Life, language: str) -> None:
    for said in life_texts.proof_lines(found.proofs, viewer.clock_zone, language):
        st.markdown(plain(said))
    for row in found.proofs.dropna(subset="sha256").itertuples():
        # Bytes of a stranger: handed over as a file to keep, under a type no browser opens.
        st.download_button(
            t("quotes-proof-download", hash=row.sha256[:12]), key=f"proof-{row.id}", on_click="ignore",
            data=partial(recorded.proof, viewer, quote.id, int(row.id)), mime="application/octet-stream",
            file_name=proving.proof_name(row.sha256, row.media_type, secrets.token_hex(6)),
        )  # fmt: skip
    if viewer.may("quote.issue") and quote.status == QuoteStatus.ACCEPTED:
        with st.popover(t("quotes-proof-add"), icon=":material/attach_file:"):
            _fields(f"more-{quote.id}", viewer, language)
            st.button(t("quotes-proof-add-send"), key="quotes-proof-add", on_click=_add,
                      args=(viewer, quote.id, quote.version))  # fmt: skip


def _add(viewer: Viewer, quote_id: int, seen_version: int) -> None:
    key = f"more-{quote_id}"
    attempt("quotes-proof-added", proving.add_evidence, viewer, quote_id, seen_version,
            evidence=_evidence(key), form_key=form_key(key))  # fmt: skip
    if not refused():
        st.session_state.pop(f"_form-{key}", None)

"""The e-mail of an issued quote: whom it reaches and what it says, as a file or over the mail server."""

import secrets
from functools import partial
from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.errors import DeskError
from lib.flows import recorded, send_quote
from lib.quotes import mailing
from lib.ui.acts import plain_sentence
from lib.ui.forms import once
from lib.ui.i18n import t

LOOK_SECONDS = 3
ICONS = {"waiting": "schedule_send", "sending": "schedule_send", "sent": "mark_email_read",
         "failed": "error"}  # fmt: skip


def mail(viewer: Viewer, quote: Any) -> None:
    """Behind a button: recipient, subject and text as they would go out now, with both ways out; below it,
    how the last letter fares."""
    with st.popover(t("quotes-mail"), icon=":material/mail:"):
        try:
            ready = mailing.letter(viewer, quote.id)
        except DeskError as error:
            st.warning(plain_sentence(error.message_id, error.values))
            return
        if ready is None:
            st.caption(t("quotes-mail-over"))
            return
        st.text(f"{t('quotes-mail-to')} {ready.letter.to}")
        st.text(ready.letter.subject)
        st.text(ready.letter.text)
        st.download_button(
            t("quotes-mail-file"), data=partial(recorded.letter, viewer, quote.id), key="quotes-mail-file",
            file_name=f"{quote.number}-{secrets.token_hex(6)}.eml", mime="application/octet-stream",
            on_click="ignore",
        )  # fmt: skip
        going = ready.state in (mailing.WAITING, mailing.SENDING)
        if send_quote.may_send():
            word = "quotes-mail-again" if ready.state == mailing.FAILED else "quotes-mail-send"
            st.button(t(word), key="quotes-mail-send", type="primary", on_click=_send,
                      args=(viewer, quote.id, quote.version),
                      disabled=going)  # fmt: skip
    if ready.state:
        st.fragment(_state, run_every=LOOK_SECONDS if going else None)(viewer, quote.id, ready.state)


def _send(viewer: Viewer, quote_id: int, seen_version: int) -> None:
    """One form key until the letter is planned; the next letter is another one."""
    name = f"mail-{quote_id}"
    once(name, "quotes-mail-planned", send_quote.send, viewer, quote_id, seen_version)


def _state(viewer: Viewer, quote_id: int, drawn: str) -> None:
    """Where the last letter is. Looked at again by itself; the page is drawn anew once that has changed."""
    state = mailing.mail_state(viewer, quote_id)
    if state != drawn:
        st.rerun()
    st.caption(f":material/{ICONS[state]}: {t(f'quotes-mail-{state}')}")

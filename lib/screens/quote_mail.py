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


def mail(viewer: Viewer, quote: Any) -> None:
    """Behind a button: recipient, subject and text as they would go out now, with both ways out."""
    with st.popover(t("quotes-mail"), icon=":material/mail:"):
        try:
            ready = mailing.letter(viewer, quote.id)
        except DeskError as error:
            st.warning(plain_sentence(error.message_id, error.values))
            return
        if ready is None:
            st.caption(t("quotes-mail-over"))
            return
        if ready.state:
            st.caption(t(f"quotes-mail-{ready.state}"))
        st.text(f"{t('quotes-mail-to')} {ready.letter.to}")
        st.text(ready.letter.subject)
        st.text(ready.letter.text)
        st.download_button(
            t("quotes-mail-file"), data=partial(recorded.letter, viewer, quote.id), key="quotes-mail-file",
            file_name=f"{quote.number}-{secrets.token_hex(6)}.eml", mime="application/octet-stream",
            on_click="ignore",
        )  # fmt: skip
        if send_quote.may_send():
            st.button(t("quotes-mail-send"), key="quotes-mail-send", type="primary", on_click=once,
                      args=(f"mail-{quote.id}-{quote.version}", "quotes-mail-sent", send_quote.send, viewer,
                            quote.id, quote.version))  # fmt: skip

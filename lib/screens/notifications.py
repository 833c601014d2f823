"""A person's own notifications, in a drawer over any page: which kinds, on which channels, when, and the
calendar file of their due dates."""

import hashlib
import secrets
from functools import partial

import streamlit as st

from lib.access import Viewer
from lib.notices import choices, due_dates, phrases
from lib.notices.choices import Chosen
from lib.notices.rules import Wishes
from lib.ui.acts import attempt, plain, refused, show_refusal
from lib.ui.drawer import WIDTH
from lib.ui.i18n import language, t
from lib.ui.theme import steady

NEVER = -1  # no quiet time
KEY = "notify"


def ask(viewer: Viewer) -> None:
    """The drawer with the viewer's choices; it closes unless the act was refused."""
    found = choices.chosen(viewer)

    @st.dialog(t("notices-mine"), position="right", width=WIDTH)
    def opened() -> None:
        show_refusal()
        if st.session_state.pop(f"_{KEY}-done", False):
            st.rerun()
        _channels(found)
        if found.channels:
            _hours(found)
            st.button(t("notices-save"), type="primary", key=f"{KEY}-save", on_click=_save,
                      args=(viewer, found))  # fmt: skip
        _calendar(viewer)

    opened()


def _channels(found: Chosen) -> None:
    """A line of channels for each kind of thing."""
    lang = language()
    if found.address:
        st.caption(t("notices-address", address=plain(found.address)))
    elif found.channels:
        st.caption(t("notices-no-address"))
    if not found.channels:
        st.markdown(t("notices-no-channels"))
        return
    words = {name: phrases.channel_words(name, service, lang) for name, service in found.channels.items()}
    for kind in found.kinds:
        st.pills(phrases.kind_words(kind, lang), list(words), selection_mode="multi",
                 default=list(found.picked.get(kind, ())), format_func=lambda name: steady(words[name]),
                 key=f"{KEY}-{kind}",
                 help=t(f"notices-help-{kind.replace('_', '-')}"))  # fmt: skip


def _hours(found: Chosen) -> None:
    hours = {hour: f"{hour:02d}:00" for hour in range(24)}
    quiet = {NEVER: t("notices-quiet-never")} | hours
    if len(found.scopes) > 1:
        st.segmented_control(
            t("notices-scope"), found.scopes, default=found.wishes.scope, required=True, key=f"{KEY}-scope",
            format_func=lambda code: steady(t(f"notices-scope-{code}")),
        )  # fmt: skip
    _select("digest_hour", t("notices-digest-hour"), hours, found.wishes.digest_hour)
    left, right = st.columns(2, gap="xsmall")
    with left:
        _select("quiet_from", t("notices-quiet-from"), quiet, found.wishes.quiet_from)
    with right:
        _select("quiet_until", t("notices-quiet-until"), quiet, found.wishes.quiet_until)
    st.caption(t("notices-hours-text"))


def _select(name: str, label: str, hours: dict[int, str], held: int | None) -> None:
    codes = list(hours)
    at = codes.index(NEVER if held is None else held)
    st.selectbox(label, codes, index=at, format_func=hours.get, key=f"{KEY}-{name}")


def _save(viewer: Viewer, found: Chosen) -> None:
    state = st.session_state
    hour = {name: state[f"{KEY}-{name}"] for name in ("digest_hour", "quiet_from", "quiet_until")}
    wishes = Wishes(state.get(f"{KEY}-scope", found.wishes.scope),
                    **{name: None if value == NEVER else value for name, value in hour.items()})  # fmt: skip
    picked = {kind: tuple(state.get(f"{KEY}-{kind}") or ()) for kind in found.kinds}
    attempt("notices-saved", choices.choose, viewer, wishes, picked, found.version)
    state[f"_{KEY}-done"] = not refused()


def _calendar(viewer: Viewer) -> None:
    st.markdown(f"**{t('notices-calendar-title')}**")
    st.caption(t("notices-calendar-text"))
    st.download_button(
        t("notices-calendar-get"), data=partial(_file, viewer, language()),
        file_name=f"vip-desk-{secrets.token_hex(6)}.ics", mime="text/calendar", key=f"{KEY}-calendar",
        icon=":material/event:", on_click="ignore",
    )  # fmt: skip


def _file(viewer: Viewer, lang: str) -> bytes:
    """The file as of the click; it goes on record before it leaves."""
    found = due_dates.due_dates(viewer)
    content = due_dates.calendar_file(found, viewer.now, due_dates.host(), lang)
    due_dates.record_calendar(viewer, len(found), hashlib.sha256(content).hexdigest())
    return content

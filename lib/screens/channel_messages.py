"""The parts of the page of channels: a card a channel, the last messages, and how to set one up."""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.notices import phrases
from lib.notices.queries import Way
from lib.settings import CHANNEL
from lib.ui import widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Col, plain

PATTERNS = ("mail", "slack", "teams", "feishu", "lark", "dingtalk", "wecom", "hook")
WIDTHS = {"when": 140, "kind": 170, "person": 150, "channel": 170, "outcome": 300, "attempts": 90}


def none_yet() -> None:
    """Which variable sets a channel up, with an address of each service as its pattern."""
    with widgets.card(t("channels-none-title")):
        st.markdown(t("channels-none", variable=plain(f"{CHANNEL}MAIL")))
        st.code("\n".join(t(f"channels-pattern-{name}") for name in PATTERNS), language=None)
        st.markdown(f":gray[:small[{t('channels-secret')}]]")


def ways(found: Sequence[Way], viewer: Viewer, try_one: Callable[[str], None]) -> None:
    """A card a channel: what it is, whether it works, how many chose it, and the button that tries it."""
    grid = st.grid(min(3, max(2, len(found))), min_column_width=260, gap="xsmall")
    for way in found:
        with grid.cell(), widgets.card(plain(way.name), phrases.service_words(way.service, language()),
                                       height="stretch"):  # fmt: skip
            _state(way, viewer)
            st.button(t("channels-test"), key=f"test-{way.name}", icon=":material/send:",
                      disabled=not way.usable, on_click=partial(try_one, way.name))  # fmt: skip


def _state(way: Way, viewer: Viewer) -> None:
    if not way.usable:
        variable = plain(CHANNEL + way.name.upper())
        service = phrases.service_words(way.service, language())
        st.markdown(f":material/error: {t('channels-unusable', variable=variable, service=service)}")
        return
    lang = language()
    last = fmt.moment(way.last_sent, lang, viewer.clock_zone) if way.last_sent else t("channels-never")
    widgets.line(t("channels-people"), fmt.number(way.people, lang))
    widgets.line(t("channels-last"), last)
    widgets.line(t("channels-month"), t("channels-counts", sent=fmt.number(way.sent, lang),
                                        waiting=fmt.number(way.waiting, lang),
                                        failed=fmt.number(way.failed, lang)))  # fmt: skip


def table(shown: pd.DataFrame, key: str) -> int | None:
    columns = {name: Col(t(f"channels-col-{name}"), width=width) for name, width in WIDTHS.items()}
    return widgets.table(shown, columns, key=key, select=True, empty=t("channels-no-messages"))


__all__ = ["none_yet", "table", "ways"]

"""The entitlement statement of an order: gathered in the reader's language, put on record, handed out."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.accounts import overview
from lib.accounts import phrases as accounts
from lib.fulfilment import phrases, queries, rules, statement
from lib.fulfilment.statement import Part, Statement
from lib.settings import settings
from lib.ui import acts
from lib.ui.i18n import t
from lib.words import say

LANGUAGES = {"en": "English", "zh-CN": "中文"}
PARTS = (
    ("rights", (rules.Kind.SUBSCRIPTION, rules.Kind.QUOTA)), ("discounts", (rules.Kind.DISCOUNT,)),
    ("extras", (rules.Kind.EXTRA,)),
)  # fmt: skip


def papers(viewer: Viewer, account_id: int, order: str) -> None:
    """The statement in either language, made on the click."""
    with st.popover(t("fulfilment-statement"), icon=":material/print:"):
        for spoken, name in LANGUAGES.items():
            st.download_button(
                name, data=partial(_file, viewer, account_id, order, spoken, acts.recorder()),
                file_name=f"entitlements-{secrets.token_hex(6)}.pdf", mime="application/pdf",
                key=f"statement-{spoken}", on_click="ignore", width="stretch",
            )  # fmt: skip


def _file(
    viewer: Viewer, account_id: int, order: str, spoken: str,
    record: Callable[[str, int, str, bytes], None],
) -> bytes:  # fmt: skip
    content = statement.render(gather(viewer, account_id, order, spoken))
    record("entitlement-statement", 1, "pdf", content)
    return content


def gather(viewer: Viewer, account_id: int, order: str, spoken: str) -> Statement:
    """Everything the paper says, in words of that language. Raises NotFound."""
    reader, word = replace(viewer, language=spoken), partial(say, spoken)
    head = overview.account_head(reader, account_id)
    found = queries.lines(reader, account_id, order)
    name, company = accounts.title(head, spoken), settings()
    first, last = found["starts_on"].min(), found["expires_on"].dropna().max()
    moment = fmt.moment(viewer.now, spoken, viewer.clock_zone)
    period = word("fulfilment-period", first=fmt.day(first, spoken), last=fmt.day(last, spoken))
    facts = [(word("fulfilment-col-account"), name), (word("fulfilment-col-order-number"), order),
             (word("fulfilment-fact-period"), period),
             (word("fulfilment-col-state-said"), phrases.order_state(found, spoken))]  # fmt: skip
    return Statement(
        "zh" if spoken == "zh-CN" else "en", viewer.today.isoformat(),
        company.company_zh if spoken == "zh-CN" else company.company_en, word("fulfilment-statement"),
        word("fulfilment-statement-subject", account=name), facts,
        [_part(found, code, kinds, reader, word) for code, kinds in PARTS],
        word("fulfilment-statement-ask"), word("fulfilment-statement-help", order=order),
        word("fulfilment-statement-foot", order=order, moment=moment),
        word("document-page", page="@p", pages="@n"),
    )  # fmt: skip


def _part(
    found: pd.DataFrame, code: str, kinds: tuple[str, ...], viewer: Viewer, word: Callable[..., str]
) -> Part:
    mine = found[found["kind"].isin(kinds)]
    spoken, zone = viewer.language, viewer.clock_zone
    columns = ("title", "rate", "applies", "until") if code == "discounts" else (
        "title", "used-of", "since", "until")  # fmt: skip
    rows = [_row(row, code, spoken, zone, word) for row in mine.itertuples()]
    shares = [None if code == "discounts" else _share(row) for row in mine.itertuples()]
    return Part(word(f"fulfilment-part-{code}"), [word(f"fulfilment-col-{c}") for c in columns], rows, shares)


def _row(row: Any, code: str, spoken: str, zone: str, word: Callable[..., str]) -> list[str]:
    until = word("fulfilment-no-end") if pd.isna(row.expires_on) else fmt.day(row.expires_on, spoken)
    title = phrases.title(row, spoken)
    if code == "discounts":
        rate = phrases.signed(row, spoken) if isinstance(row.share, str) else fmt.MISSING
        lines = [one[spoken] for one in row.applies_to] if isinstance(row.applies_to, list) else []
        return [title, rate, fmt.names(lines, spoken) if lines else word("fulfilment-all-lines"), until]
    there = not pd.isna(row.in_force_at)
    since = fmt.moment(row.in_force_at, spoken, zone) if there else phrases.state_word(row.state, spoken)
    return [title, _used(row, spoken, word), since, until]


def _used(row: Any, spoken: str, word: Callable[..., str]) -> str:
    if pd.isna(row.granted):
        return word("fulfilment-uncounted")
    granted = fmt.number(int(row.granted), spoken)
    used = fmt.MISSING if pd.isna(row.used) else fmt.number(int(row.used), spoken)
    return word("fulfilment-progress", done=used, all=granted)


def _share(row: Any) -> float | None:
    if pd.isna(row.granted) or pd.isna(row.used) or not row.granted:
        return None
    return float(row.used) / float(row.granted)


def cards(viewer: Viewer, account_id: int, language: str) -> None:
    """My entitlements of an account: each order with its benefits, what is left, the expiry, the paper."""
    found = queries.lines(viewer, account_id)
    if found.empty:
        return
    st.markdown(f"**{t('fulfilment-mine')}**")
    order = str(found["order_number"].iloc[0])
    mine = found[(found["order_number"] == order) & (found["kind"] != rules.Kind.DISCOUNT)]
    grid = st.grid(3, min_column_width=220, gap="xsmall", border=True)
    for row in mine.itertuples():
        with grid.cell():
            st.markdown(f"**{acts.plain(phrases.title(row, language))}**")
            told = f"{phrases.state_word(row.state, language)} · {_used(row, language, t)}"
            st.markdown(f":gray[:small[{acts.plain(told)}]]")
            if (share := _share(row)) is not None:
                st.progress(min(1.0, share))
            day = t("fulfilment-no-end") if pd.isna(row.expires_on) else fmt.day(row.expires_on, language)
            st.caption(fmt.labelled(t("fulfilment-col-until"), day, language))
    papers(viewer, account_id, order)

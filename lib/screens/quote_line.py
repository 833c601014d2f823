"""More about one line: a price of its own, hours and their worth, premium, ramp, gift, window offer."""

from decimal import Decimal
from typing import Any

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.pricing.price_book import Item
from lib.pricing.services import hour_rate
from lib.quotes import builder
from lib.quotes.forms import PRICE_PLACES
from lib.quotes.rules import LineForm
from lib.screens import quote_draft
from lib.screens.quote_draft import Draft
from lib.ui.i18n import language, t

RAMP_YEARS = (1, 2, 3)


def more_form(viewer: Viewer, draft: Draft) -> None:
    """Choose a line and what is special about it; nothing without lines."""
    lines = draft.base.lines
    if not lines:
        return
    items, lang = draft.basis.items, language()
    names = {n: f"{n + 1} · {items[line.item_code].name(lang) if line.item_code in items else line.item_code}"
             for n, line in enumerate(lines)}  # fmt: skip
    with st.popover(t("builder-line-more"), icon=":material/tune:", type="tertiary"):
        chosen = st.selectbox(t("builder-line-which"), list(names), format_func=names.get,
                              key=draft.key + "more-line")  # fmt: skip
        line, key = lines[chosen], f"{draft.key}more-{chosen}-"
        more, options = line.more, _offers(draft, line)
        st.checkbox(t("builder-line-gift"), more.gift, key=key + "gift")
        price = None if more.price is None else float(more.price)
        st.number_input(t("builder-line-price"), 0.0, value=price, key=key + "price",
                        placeholder=t("builder-line-price-list"))  # fmt: skip
        _hours(key, items.get(line.item_code))
        with st.container(horizontal=True, gap="xsmall"):
            st.number_input(t("builder-line-premium"), 0.0, 100.0, float(more.premium * 100), 5.0,
                            key=key + "premium", width=110)  # fmt: skip
            st.text_input(t("builder-line-premium-reason"), more.premium_reason or "", max_chars=255,
                          key=key + "reason")  # fmt: skip
        _security(key, draft)
        if options:
            st.selectbox(t("builder-line-offer"), [None, *options], key=key + "offer",
                         index=([None, *options]).index(more.offer_code) if more.offer_code in options else 0,
                         format_func=lambda code: draft.basis.offers[code].name(lang) if code
                         else t("builder-none"))  # fmt: skip
        st.text_input(t("builder-line-label"), more.label or "", max_chars=255, key=key + "label",
                      help=t("builder-line-label-help"))  # fmt: skip
        st.caption(t("builder-line-ramp"))
        held = {year.year: float(year.quantity) for year in more.ramp}
        with st.container(horizontal=True, gap="xsmall"):
            for year in RAMP_YEARS:
                st.number_input(t("builder-line-year", year=year), 0.0, value=held.get(year, 0.0), step=1.0,
                                key=f"{key}ramp{year}", width=104)  # fmt: skip
        st.button(t("builder-line-apply"), key=key + "apply", type="primary", width="stretch",
                  on_click=_apply, args=(viewer, draft, chosen))  # fmt: skip


def _security(key: str, draft: Draft) -> None:
    """What a high-security system carries by policy, and a press that fills it in with its reason (S1-47)."""
    terms, lang = draft.basis.terms, language()
    low, high = (fmt.percent(share, lang, 0) for share in (terms.security_from, terms.premium_band.high))
    st.caption(t("builder-line-premium-note", low=low, high=high))
    st.button(t("builder-line-premium-use", share=low), key=key + "security", type="tertiary",
              on_click=_take_security, args=(key, float(terms.security_from * 100)))  # fmt: skip


def _take_security(key: str, percent: float) -> None:
    st.session_state[key + "premium"] = percent
    st.session_state[key + "reason"] = t("builder-line-premium-security")


def _offers(draft: Draft, line: LineForm) -> list[str]:
    """The codes of the open windows this line can take."""
    item = draft.basis.items.get(line.item_code)
    return [] if item is None else [
        code for code, offer in draft.basis.offers.items()
        if offer.fits(item.code, recurring=item.recurring, gift=line.more.gift)
    ]  # fmt: skip


def _hours(key: str, item: Item | None) -> None:
    """What an hour saved is worth: 3,000 for 100 hours are 30 an hour."""
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
        st.number_input(t("builder-line-hours"), 0.0, value=0.0, step=10.0, key=key + "hours", width=130)
        st.number_input(t("builder-line-worth"), 0.0, value=0.0, step=100.0, key=key + "worth", width=130)
    rate = _rate(key)
    if rate is not None and item is not None:
        st.caption(t("builder-line-rate", rate=builder.price_text(round(rate, 2), item.unit, language())))


def _rate(key: str) -> Decimal | None:
    """The worth of one hour as typed; None until both figures are there."""
    hours, worth = (Decimal(str(st.session_state.get(key + name) or 0)) for name in ("hours", "worth"))
    return hour_rate(worth, hours) if hours and worth else None


def _apply(viewer: Viewer, draft: Draft, position: int) -> None:
    key, held = f"{draft.key}more-{position}-", st.session_state
    row, rows = draft.base.lines[position], draft.rows()
    years = [held.get(f"{key}ramp{year}") or 0 for year in RAMP_YEARS]
    while years and not years[-1]:
        years.pop()
    more: dict[str, Any] = {
        "gift": held[key + "gift"],
        "price": None if held[key + "price"] is None else Decimal(str(held[key + "price"])),
        "premium": builder.share_of_percent(held[key + "premium"]),
        "premium_reason": held[key + "reason"],
        "label": held[key + "label"],
        "offer_code": held.get(key + "offer", row.more.offer_code),
        "ramp": [{"year": n, "quantity": Decimal(str(quantity))} for n, quantity in enumerate(years, 1)],
    }
    rate, item = _rate(key), draft.basis.items.get(row.item_code)
    if rate is not None:
        monthly = item is not None and item.rule.monthly  # a year's worth is charged month by month
        more["quantity"] = Decimal(str(held[key + "hours"]))
        more["price"] = round(rate / 12 if monthly else rate, PRICE_PLACES)
    quote_draft.rewrite(viewer, draft, builder.with_line(rows, position, **more))

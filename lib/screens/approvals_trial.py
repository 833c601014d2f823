"""What a quote would be with another discount, tried by whoever decides: nothing is written, so that trying
makes nobody an author."""

from decimal import Decimal

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.errors import DeskError
from lib.quotes import builder, phrases, queries
from lib.quotes.findings import Level
from lib.ui.acts import plain_sentence
from lib.ui.i18n import t
from lib.ui.widgets import plain


def trial(viewer: Viewer, quote: queries.QuoteView, lang: str) -> None:
    """Behind a button: one number, and what price and rules would make of it."""
    held = float(quote.form.discount * 100)
    with st.popover(t("approvals-try"), icon=":material/calculate:"):
        typed = st.number_input(t("approvals-try-discount"), 0.0, 100.0, held, 0.5, format="%.2f",
                                key=f"try-{quote.id}")  # fmt: skip
        st.caption(t("approvals-try-note"))
        if typed == held:
            return
        values = builder.stored_values(quote.form) | {"discount": Decimal(str(round(typed, 2))) / 100}
        lines = [builder.stored_line(line) for line in quote.form.lines]
        try:
            found = queries.live_price(viewer, quote.id, values, lines)
        except DeskError as error:
            st.warning(plain_sentence(error.message_id, error.values))
            return
        for label, value in _figures(found, lang):
            st.markdown(f":gray[{plain(label)}] **{plain(value)}**")
        asking = [f for f in found.decision.reasons if f.level is not Level.FREE]
        for finding in asking:
            st.caption(plain(phrases.finding_text(finding, lang)))
        if not asking:
            st.caption(t("approvals-try-free"))


def _figures(found: queries.LivePrice, lang: str) -> list[tuple[str, str]]:
    """Effective discount and net amount; the margin for whoever may see it."""
    priced = found.priced
    rows = [("discount", fmt.percent(priced.effective_discount, lang)),
            ("net", fmt.money(priced.net_minor, priced.currency, lang))]  # fmt: skip
    if found.shows_cost and priced.margin is not None:
        rows.append(("margin", fmt.percent(priced.margin, lang)))
    return [(t(f"approvals-{name}"), value) for name, value in rows]

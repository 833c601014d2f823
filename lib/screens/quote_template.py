"""A quote without lines begins with a template of the customer's industry; what the book lacks is named."""

from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.quotes import templates
from lib.screens import quote_draft
from lib.screens.quote_draft import Draft
from lib.ui import widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import plain


def first_lines(viewer: Viewer, draft: Draft) -> None:
    """Choose an industry, and its usual lines are priced from the book of the quote."""
    lang, held = language(), templates.shipped()
    names = {code: one.names[lang] for code, one in held.items()}
    likely = templates.fitting(draft.base.more.industry)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        st.selectbox(t("builder-template"), list(names), format_func=names.get, key=f"{draft.key}template",
                     index=list(names).index(likely) if likely else 0, width=400)  # fmt: skip
        st.button(t("builder-template-use"), key="quotes-template", icon=":material/post_add:",
                  on_click=_use, args=(viewer, draft))  # fmt: skip


def _use(viewer: Viewer, draft: Draft) -> None:
    chosen = templates.shipped()[st.session_state[f"{draft.key}template"]]
    industry = draft.values()["industry"] or chosen.industry[language()]
    quote_draft.rewrite(viewer, draft, chosen.rows(draft.basis), template_code=chosen.code,
                        industry=industry)  # fmt: skip


def left_out(quote: Any) -> None:
    """Says which lines of the template the price book of the quote does not have."""
    chosen = templates.shipped().get(quote.form.more.template_code or "")
    unknown = chosen.unknown(quote.basis) if chosen and quote.may_edit else []
    if unknown:
        widgets.line(f":gray[{plain(t('builder-template-unknown', codes=', '.join(unknown)))}]")

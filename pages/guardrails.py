"""The approval matrix: rules and chains, a draft of them, and what it would have asked of past quotes."""

import streamlit as st

from lib.quotes import matrix_texts as said
from lib.quotes import simulation
from lib.screens import guardrails_draft
from lib.ui import address, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Col, Tile, plain

viewer = frame.open_page("guardrails")
lang, PERIODS = language(), (3, 6, 12, 24)


def table(rows, key: str, empty: str) -> None:
    columns = {name: Col(name, "text") for name in rows}
    widgets.table(rows, columns, key=key, empty=empty)


with frame.head(t("guardrails-title"), t("guardrails-caption")):
    view = address.choice(
        st.segmented_control, t("guardrails-view"), ["matrix", "simulation"], key="view", default="matrix",
        label_visibility="collapsed", format_func=lambda code: t(f"guardrails-{code}"),
    )  # fmt: skip
    months = st.session_state.get("guardrails-months", 12)
    found = simulation.simulate(viewer, months)
    if viewer.may("export.run"):
        source = (lambda: said.case_rows(found, lang)) if view == "simulation" else (
            lambda: said.rule_rows(found.drafts, lang, invoices=found.invoices))  # fmt: skip
        widgets.export_menu("guardrails", source)
if view == "matrix":
    with widgets.card(t("guardrails-rules"), t("guardrails-rules-note")):
        table(said.rule_rows(found.drafts, lang, invoices=found.invoices), "rules", t("guardrails-no-rules"))
    with widgets.card(t("guardrails-chains"), t("guardrails-chains-note")):
        table(said.chain_rows(found.drafts, lang), "chains", t("guardrails-no-rules"))
    guardrails_draft.draw(viewer, found.drafts, lang)
else:
    st.selectbox(t("guardrails-months"), PERIODS, index=PERIODS.index(months), key="guardrails-months",
                 format_func=lambda n: t("guardrails-last-months", count=n), width=220)  # fmt: skip
    st.markdown(plain(said.headline(found, lang)))
    widgets.tiles([Tile(**one) for one in said.tiles(found, lang)])
    with widgets.card(t("guardrails-cases"), t("guardrails-cases-note")):
        table(said.case_rows(found, lang), "cases", t("guardrails-no-cases"))
    frame.link("guardrails", label=t("guardrails-to-draft"), icon="edit", view="matrix")

"""The published standards: what each tier holds, the clauses every quote is held to, and their review."""

import streamlit as st

from lib import format as fmt
from lib.flows import policy_review
from lib.policy import inputs, log, phrases, reviews, wording
from lib.policy import standards as published
from lib.ui import address, frame, widgets
from lib.ui import standards as drawn
from lib.ui.i18n import language, t

viewer = frame.open_page("standards")
lang, VIEWS = language(), ("tiers", "library", "review")


def draw_tiers() -> None:
    found = published.standard(viewer)
    drawn.tiers(found.tiers, found.rights, wording.edition_words(*found.edition, lang))
    left, right = st.columns([1, 1], gap="xsmall")
    with left:
        drawn.plain_tables(
            t("standards-loyalty"), t("policy-source-own"), wording.loyalty(found.loyalty, lang)
        )
    with right:
        title, rows = wording.seasons(found.season, found.windows, viewer.today, lang)
        drawn.plain_tables(title, t("policy-source-own"), rows)
    changes = wording.change_lines(log.log(viewer, "tiers"), lang)
    drawn.lines(t("standards-changes"), changes, t("standards-changes-none"))
    drawn.groups(t("standards-categories"), "", wording.category_groups(found.categories, lang))


def draw_library() -> None:
    find = address.text(t("standards-find"), key="find", limit=100, width=360).strip().casefold()
    asked, shown = st.query_params.get("clause", ""), 0
    for name, (edition, clauses) in published.shelf(viewer).items():
        kept = [one for one in clauses if find in f"{one.number} {one.title} {one.text}".casefold()]
        kept.sort(key=lambda one: one.number != asked)  # the one a message links stands first
        shown += len(kept)
        if kept:
            title = phrases.document_name(name, lang)
            with widgets.card(title, wording.edition_words(*edition, lang)):
                for one in kept:
                    drawn.clause(one, wording.rule_words(one.rules, lang), chosen=one.number == asked)
    if not shown:
        widgets.nothing(t("standards-library-none"))


def sign() -> None:
    widgets.attempt("policy-review-done", policy_review.sign, viewer, st.session_state["review-note"])


def draw_review() -> None:
    state, past = reviews.review_state(viewer), reviews.reviews(viewer)
    st.markdown(f"**{wording.state_words(state, viewer.clock_zone, lang)}**")
    left, right = st.columns([1, 1], gap="xsmall")
    with left:
        table = policy_review.inputs(viewer)
        caption = t("policy-review-as-of", day=fmt.day(viewer.today, lang))
        if table:
            drawn.plain_tables(t("policy-review-inputs"), caption, *inputs.input_tables(table, lang))
        else:
            drawn.lines(t("policy-review-inputs"), [], t("policy-review-hidden"))
    with right:
        since = past[0].signed_at if past else None
        made = log.log(viewer)
        recent = made if since is None else made[made.recorded_at > since]
        drawn.lines(t("policy-review-changes"), wording.change_lines(recent, lang),
                    t("policy-review-no-changes"))  # fmt: skip
        if not viewer.may("policy.write"):
            st.caption(t("policy-review-nobody"))
        elif not state.is_signed:
            drawn.review_form(state.quarter, "review", sign)
    st.markdown(f"**{t('policy-review-history')}**")
    for one in past:
        drawn.signed(wording.signed_words(one, viewer.clock_zone, lang), one.note, one.changes,
                     inputs.input_tables(one.inputs, lang))  # fmt: skip
    if not past:
        widgets.nothing(t("policy-review-none"))


with frame.head(t("standards-title"), t("standards-caption")):
    view = address.choice(st.segmented_control, t("policy-view"), VIEWS, key="view", default="tiers",
                          label_visibility="collapsed",
                          format_func=lambda v: t(f"standards-view-{v}"))  # fmt: skip
{"tiers": draw_tiers, "library": draw_library, "review": draw_review}[view]()

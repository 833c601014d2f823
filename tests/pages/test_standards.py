"""The page of standards: one standard for everybody, clauses with links, the quarterly review."""

from dataclasses import replace

import pytest

from lib.access import Viewer
from lib.policy import commands, reviews
from tests import make, screen
from tests.screen import said


def opened(viewer: Viewer, language: str = "en", **params: object):  # noqa: ANN201 - an AppTest
    return screen.opened("standards", replace(viewer, language=language), **params)


@pytest.mark.parametrize(
    ("language", "title", "right"),
    [("en", "Standards", "Availability of 99.5% a month"), ("zh-CN", "标准", "月度可用性 99.5%")],
)
def test_every_tier_shows_its_rights_to_all_staff(manager, seller, leader, language, title, right):
    for viewer in (manager, seller, leader):
        at = opened(viewer, language)
        assert not at.exception
        assert at.title[0].value == title
        table = at.get("table")[0].value
        assert right in [cell.replace("\\", "") for cell in table.iloc[:, 0]]
        assert len(table.columns) == 5


def test_a_change_of_a_tier_is_told_with_its_feedback(admin, manager):
    right = {"code": "webinar", "from_tier": "premium", "name_en": "A webinar", "name_zh": "线上讲座"}
    commands.add_row(admin, "tiers", 1, "rights.0.code", right, make.TODAY, "Agreed", "Fourteen asked for it")

    page = said(opened(manager))

    assert "Root Admin · Right: nothing → A webinar · Agreed · Feedback: Fourteen asked for it" in page
    assert "Version 2" in page


def test_a_linked_clause_stands_first_and_a_search_finds_clauses(manager):
    linked = said(opened(manager, view="library", clause="1.6"))
    assert linked.index("Margin floor") < linked.index("Free zone")
    assert "Linked" in linked

    found = said(opened(manager, view="library", find="gold escort"))
    assert "Gold escort service" in found and "Margin floor" not in found
    assert "No clause matches" in said(opened(manager, view="library", find="no such thing"))


def test_an_admin_signs_the_review_with_the_figures_in_sight(admin, manager):
    make.subscription(make.account(owner=manager.person_id))
    at = opened(admin, view="review")
    assert "2026Q4" in said(at) and at.get("table")[0].value.iloc[0].tolist() == ["ARR", "\\$12K"]

    at.text_area(key="review-note").set_value("All limits stay")
    at.button(key="FormSubmitter:review-Sign off 2026Q4").click().run()

    assert not at.exception and not at.error
    assert reviews.reviews(admin)[0].note == "All limits stay"
    assert "All limits stay" in said(at) and not at.text_area


def test_a_review_without_a_note_is_refused_in_words(admin):
    at = opened(admin, view="review")

    at.button(key="FormSubmitter:review-Sign off 2026Q4").click().run()

    assert "Write down what was looked at" in said(at)


def test_who_may_not_sign_reads_who_did_and_sees_no_company_figures(admin, manager):
    make.subscription(make.account(owner=manager.person_id))
    at = opened(admin, view="review")
    at.text_area(key="review-note").set_value("All limits stay")
    at.button(key="FormSubmitter:review-Sign off 2026Q4").click().run()

    page = opened(manager, view="review")

    assert "All limits stay" in said(page) and "An admin signs off the review" in said(page)
    assert not page.get("table") and not page.text_area


@pytest.mark.parametrize("view", ["tiers", "library", "review"])
def test_every_view_opens_in_chinese(admin, view):
    assert not opened(admin, "zh-CN", view=view).exception

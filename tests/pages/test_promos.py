"""The promo calendar as a person meets it: the list, a window's drawer, rivals, in both languages."""

from dataclasses import replace

import pytest

from lib.offers import queries
from tests import make, screen
from tests.screen import said


def opened(viewer, language="en", **params):  # noqa: ANN001, ANN201 - an AppTest
    return screen.opened("promos", replace(viewer, language=language), **params)


@pytest.mark.parametrize(
    ("language", "title", "slots", "terms"),
    [("en", "Promo calendar", "100 of 100 left, 0 of yours queued", "10.0% off"),
     ("zh-CN", "优惠日历", "剩余 100／100，您的客户排队 0", "优惠 10.0%")],
)  # fmt: skip
def test_each_window_says_its_terms_and_slots(embedded, manager, language, title, slots, terms):
    make.window("november", manager.person_id, slots=100)

    at = opened(manager, language)

    assert not at.exception
    assert at.title[0].value == title
    row = at.dataframe[0].value.iloc[0]
    assert (row.slots, row.terms) == (slots, terms)
    assert row.apply_from in ("20 Oct 2026", "2026年10月20日")


def test_an_empty_calendar_says_how_to_fill_it(embedded, leader):
    at = opened(leader)
    assert "Draft the year" in said(at)

    at.button(key="promos-prepare").click().run()

    assert not at.exception
    assert len(queries.calendar(leader)) >= 8


def test_a_link_opens_the_window_and_who_keeps_the_calendar_publishes_it(embedded, leader, manager):
    window = make.window("november", leader.person_id, status="draft", published_at=None)
    assert "Nothing" in said(opened(manager, view="coming"))

    at = opened(leader, id=window)
    assert not at.exception
    at.button(key=f"publish-{window}-yes").click().run()

    assert queries.calendar(manager).iloc[0].phase == "open"


def test_rivals_promotions_are_listed_with_their_answer(embedded, manager):
    at = opened(manager, view="rivals")
    assert "No competitor" in said(at)
    assert not at.exception

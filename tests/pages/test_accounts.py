"""The list of accounts as a person sees it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from lib.accounts import queries
from lib.accounts.listing import Filters
from lib.store import models as m
from lib.store.database import reading
from tests import make, screen
from tests.make import TODAY
from tests.screen import words

opened = partial(screen.opened, "accounts")
HOSTILE = "<img src=x onerror=alert(1)> **b** [x](http://x) $a$ =1+1"


def shown(at: AppTest) -> list[str]:
    return at.dataframe[0].value["account"].tolist() if at.dataframe else []


def press(at: AppTest, label: str) -> AppTest:
    return next(b for b in at.button if b.label == label).click().run()


@pytest.fixture
def book(embedded, manager):
    """A critical account, a late one and a quiet one, worst first by name."""
    for name, zh in (("Alpha", "阿尔法"), ("Beta", None), ("Gamma", None)):
        made = make.account(
            owner=manager.person_id, name=name, name_zh=zh, tier="gold" if name != "Beta" else None
        )
        make.insert(m.AccountDay(account_id=made, day=TODAY - timedelta(days=1), active_users=4, events=9))
        if name == "Alpha":
            make.subscription(made)
            make.alert(made, level="critical")
        if name == "Beta":
            make.promise(made, manager.person_id, due_on=TODAY - timedelta(days=2))


def test_nobody_gets_in_without_a_viewer(embedded):
    at = opened(None)

    assert not at.dataframe
    assert len(at.error) == 1


def test_the_worst_stands_first_with_its_reason_in_a_sentence(book, manager):
    at = opened(manager)

    assert not at.exception
    table = at.dataframe[0].value
    assert shown(at) == ["Alpha", "Beta", "Gamma"]
    assert table["standing"].tolist() == [["◆ Critical"], ["▲ Watch"], ["● Healthy"]]
    assert table["why"].tolist() == [
        "An alert is open", "Promise overdue since 18 Nov", "Inside its range",
    ]  # fmt: skip
    assert table["arr_minor"].tolist() == ["12,000.00", "–", "–"]
    assert at.caption[0].value == "3 accounts · $12K ARR · activity through 19 Nov 2026"
    assert at.caption[1].value == "Rows 1–3 of 3"


def test_a_link_with_filters_opens_the_same_view(book, manager):
    assert shown(opened(manager, status="watch")) == ["Beta"]
    assert shown(opened(manager, tier="gold", search="a")) == ["Alpha", "Gamma"]
    assert shown(opened(manager, search="尔法")) == ["Alpha"]
    assert shown(opened(manager, status="nonsense", tier="<b>", sort="name")) == ["Alpha", "Beta", "Gamma"]


def test_nothing_found_offers_the_way_back(book, manager):
    at = opened(manager, search="nothing like it", tier="gold")

    assert not at.dataframe
    assert any("No accounts match" in m.value for m in at.markdown)
    assert shown(press(at, "Clear filters")) == ["Alpha", "Beta", "Gamma"]


def test_an_empty_desk_says_how_to_begin(embedded, manager):
    at = opened(manager)

    assert not at.exception
    assert any("No accounts yet" in m.value for m in at.markdown)


def test_chinese_readers_see_chinese_names_and_words(book, manager):
    at = opened(replace(manager, language="zh-CN"))

    assert not at.exception
    assert shown(at)[0] == "阿尔法"
    assert at.dataframe[0].value["why"].tolist()[1] == "1 项承诺自 11月18日起逾期"


def test_an_account_is_added_in_the_drawer_and_listed(book, manager):
    at = press(opened(manager), "Add account")
    at.text_input(key="accounts-add-name").input(HOSTILE)
    at.text_input(key="accounts-add-stated_arr_minor").input("1234.50")
    at = at.button[-1].click().run()

    assert not at.exception
    assert HOSTILE in shown(opened(manager))


def test_a_refused_form_names_the_field_and_stores_nothing(book, manager):
    at = press(opened(manager), "Add account")
    at.text_input(key="accounts-add-name").input("Delta")
    at.text_input(key="accounts-add-domain").input("not a domain")
    at = at.button[-1].click().run()

    assert [e.value for e in at.error] == ["Not saved: Domain is not in a form the desk can keep. Check it."]
    assert "Delta" not in shown(opened(manager))


def test_who_may_not_write_sees_no_button_for_it(book, leader):
    at = opened(leader)

    assert [b.label for b in at.button] == ["Select several"]  # leadership may create tasks
    assert [b.label for b in press(at, "Select several").button] == ["Select one", "Create task"]
    at = opened(leader)
    assert shown(at) == ["Alpha", "Beta", "Gamma"]


def test_foreign_accounts_are_not_listed_nor_counted(book, other_manager):
    at = opened(other_manager, search="Alpha")

    assert not at.dataframe


def test_a_tag_narrows_the_list(book, manager):
    first = rows_of(m.Account)[0].id
    make.insert(m.AccountTag(account_id=first, tag="peak season"))
    at = opened(manager, tag="peak season")

    assert shown(at) == [rows_of(m.Account)[0].name]
    assert shown(opened(manager, tag="nonsense")) == ["Alpha", "Beta", "Gamma"]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_segment_of_the_address_narrows_the_list_and_its_export(book, manager, language):
    first, second = (row.id for row in rows_of(m.Account)[:2])
    for account_id, value in ((first, "at_risk"), (second, "mature")):
        make.insert(m.AccountSegment(account_id=account_id, axis="stage", value=value, reason={"code": "x"},
                                     since=TODAY, computed_on=TODAY))  # fmt: skip
    viewer = replace(manager, language=language)
    at = opened(viewer, segment="stage:at_risk")

    assert len(shown(at)) == 1
    said = {"en": "Stage: At risk", "zh-CN": "生命周期阶段：有风险"}[language]
    assert said in at.selectbox(key="_segment").options
    rows = queries.account_rows(viewer, Filters(segment="stage:at_risk"))
    assert rows["id"].tolist() == [first]
    assert len(shown(opened(viewer, segment="stage:nonsense"))) == 3


def test_filters_behind_the_button_are_counted_on_it_and_cleared(book, manager):
    at = opened(manager, health="critical", segment="stage:lapsed")

    assert "_segment" in {one.key for one in at.selectbox}
    assert [one.proto.popover.label for one in popovers(at)].count("More filters (2)") == 1
    assert shown(press(at, "Clear filters")) == ["Alpha", "Beta", "Gamma"]


def popovers(at: AppTest) -> list:
    return [one for one in at.get("popover") if one.proto.popover.label.startswith("More filters")]


def rows_of(model):
    with reading() as connection:
        return connection.execute(select(*model.__table__.columns).order_by(model.id)).fetchall()


def several(viewer, *ticked: int) -> AppTest:
    """The list with these rows ticked: a click on a canvas is not simulated, its stored outcome is."""
    at = press(opened(viewer), "Select several")
    at.session_state["accounts-several-0"] = {"selection": {"rows": list(ticked), "columns": [], "cells": []}}
    return at.run()


def test_three_accounts_get_a_task_by_one_form_that_names_them_and_one_undo_takes_it_back(book, manager):
    at = several(manager, 0, 1, 2)
    at = press(at, "Create task")
    assert "Alpha, Beta, and Gamma" in words(at)
    at.text_input(key="accounts-bulk-task-do-task_title").input("Ask about the peak season")
    at = press(at, "Create a task for 3 accounts")

    assert not at.exception
    assert not at.error
    assert [row.title for row in rows_of(m.Task)] == ["Ask about the peak season"] * 3
    assert "3 changed, none refused." in words(at)
    at = press(at, "Undo the whole batch")
    assert {row.status for row in rows_of(m.Task)} == {"dropped"}
    assert "Undo the whole batch" not in [b.label for b in at.button]


def test_who_was_refused_is_named_with_the_reason(book, manager):
    at = press(several(manager, 0, 1), "Snooze alerts")
    at.text_area(key="accounts-bulk-snooze-do-reason").input("They are on holiday")
    at = press(at, "Snooze the alerts of 2 accounts")

    seen = words(at)
    assert "1 changed, 1 refused:" in seen
    assert "**Beta**: Not snoozed: no alert is open and awake" in seen.replace("\\", "")

"""The page of growth proposals: what a person sees, decides and takes back, in both languages."""

from dataclasses import replace

import pytest

from lib.growth import queries
from tests import make, screen
from tests.make import TODAY
from tests.screen import said


def opened(viewer, language="en", **params):  # noqa: ANN001, ANN201 - an AppTest
    return screen.opened("growth", replace(viewer, language=language), **params)


@pytest.fixture
def proposal(embedded, manager) -> int:
    account = make.account(owner=manager.person_id, seats=20)
    return make.suggestion(account)


@pytest.mark.parametrize(
    ("language", "title", "why"),
    [
        ("en", "Growth", "8 seats fit better: 6 of 20 seats (30%) were used in the last 30 days."),
        ("zh-CN", "增长", "8 个席位更合适：最近 30 天仅使用 20 个席位中的 6 个（30%）。"),
    ],
)
def test_each_proposal_says_its_numbers(proposal, manager, language, title, why):
    at = opened(manager, language)

    assert not at.exception
    assert at.title[0].value == title
    assert at.dataframe[0].value["finding"].tolist() == [why]


def test_nothing_proposed_says_when_there_will_be(embedded, manager):
    assert "They come with the next morning" in said(opened(manager))
    assert "No proposal matches" in said(opened(manager, kind="referral"))
    assert "Nothing here" in said(opened(manager, view="dismissed"))


def test_the_hit_rate_says_when_there_are_too_few_decisions(embedded, manager):
    account = make.account(owner=manager.person_id)
    for n in range(4):
        make.suggestion(account, kind="near_full", status="accepted", decided_at=make.NOW, target=str(n))
    rate = opened(manager).dataframe[-1].value.set_index("kind")["rate"]
    assert rate["More seats"] == "4 of 5 decisions"

    make.suggestion(account, kind="near_full", status="dismissed", decided_at=make.NOW, reason="not_now")
    rate = opened(manager).dataframe[-1].value.set_index("kind")["rate"]
    assert rate["More seats"] == "80%" and rate["All kinds"] == "80%"


def test_a_proposal_is_accepted_in_its_drawer(proposal, manager):
    at = opened(manager)
    at.session_state["growth-open-all-all"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    at.run()
    if not at.button(key=f"growth-{proposal}-accept"):
        pytest.fail("the drawer did not open")
    at.button(key=f"growth-{proposal}-accept").click().run()

    assert not at.exception
    assert queries.graded(manager).all.accepted == 1


def test_the_gain_is_summed_per_currency(embedded, manager):
    account = make.account(owner=manager.person_id)
    make.suggestion(account, change_minor=120_000, kind="near_full", target="22",
                    evidence={"active": 19, "seats": 20, "days": 30, "before": None})  # fmt: skip
    make.suggestion(account, ends_on=TODAY)

    metrics = {one.label: one.value for one in opened(manager).metric}

    assert metrics["ARR to be gained"] == "−$6K"


def test_a_proposal_without_a_sum_stands_beside_one_with_it(embedded, manager):
    account = make.account(owner=manager.person_id)
    make.suggestion(account)
    make.suggestion(account, kind="referral", target="", change_minor=None,
                    evidence={"products": 2, "health": 80})  # fmt: skip

    at = opened(manager)

    assert not at.exception
    change = at.dataframe[0].value["change"]
    assert change[0] == "−$7,200" and change.isna().tolist() == [False, True]

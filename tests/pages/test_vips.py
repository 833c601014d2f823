"""The VIP page as a person meets it: proposals with their evidence, members, clocks, segments, terms."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lib.flows import designate_vip
from lib.flows.daily import _segments, _vips
from lib.vips import phrases, queries
from lib.words import say
from tests import make
from tests.make import NOW, TODAY
from tests.screen import opened, said

FUNDED = {"funding_minor": 50_000_000, "funding_currency": "USD", "funding_source": "Crunchbase",
          "funding_on": TODAY, "domain": "lumora.example"}  # fmt: skip


@pytest.fixture
def proposed(embedded, manager, technical) -> int:
    """An account of the manager that this morning proposed."""
    account = make.account(owner=manager.person_id, stated_arr_minor=12_000_000, **FUNDED)
    make.case(account, priority="urgent", opened_at=NOW - timedelta(minutes=10))
    _segments(technical, TODAY)
    _vips(technical, TODAY)
    return account


def accept(viewer) -> None:
    one = next(queries.proposals(viewer).itertuples())
    designate_vip.designate(viewer, int(one.id), 1, "Strategic", mode="internal")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("view", ["proposals", "members", "clocks", "segments", "terms"])
def test_each_view_opens_in_both_languages(proposed, manager, view, language):
    viewer = replace(manager, language=language)
    accept(viewer)
    at = opened("vips", viewer, view=view)

    assert not at.exception
    assert at.title[0].value == say(language, "vips-title")


@pytest.mark.parametrize("view", ["proposals", "members", "clocks", "segments"])
def test_an_empty_desk_says_so_on_each_view(embedded, manager, view):
    message = {"proposals": "vips-none-proposed", "members": "vips-none-inside",
               "clocks": "vips-none-cases", "segments": "segments-none"}[view]  # fmt: skip
    at = opened("vips", manager, view=view)

    assert say("en", message) in said(at)


@pytest.mark.acceptance("C02")
def test_a_proposal_shows_its_rule_and_its_numbers(proposed, manager):
    table = opened("vips", manager).dataframe[0].value

    assert list(table["rule"]) == ["Spend", "Funding"]
    assert table["evidence"].iloc[1] == (
        "Total funding $500,000, business domain lumora.example, source: Crunchbase."
    )


def test_the_caption_counts_members_proposals_and_late_answers(proposed, manager):
    before = said(opened("vips", manager))
    accept(manager)
    after = said(opened("vips", manager))

    assert "0 VIPs, 0 with a contractual SLA · 2 proposals wait" in before
    assert "1 VIP, 0 with a contractual SLA · 0 proposals wait" in after


def test_the_lane_shows_an_emergency_with_its_clock(proposed, manager):
    accept(manager)
    row = opened("vips", manager, view="clocks").dataframe[0].value.iloc[0]

    assert (row["lane"], row["target"], row["clock"]) == ("VIP · emergency", "30 min", "due in 20 min")


@pytest.mark.acceptance("C03")
def test_segments_name_value_reason_and_day(proposed, manager):
    row = opened("vips", manager, view="segments", axis="value").dataframe[0].value.iloc[0]

    assert (row["value"], row["since"]) == ("High", "20 Nov 2026")
    assert row["reason"] == "ARR of $120,000 is above the middle band."


def test_terms_show_the_clocks_of_every_tier(embedded, manager):
    told = opened("vips", manager, view="terms").dataframe[0].value

    assert list(told["Tier"]) == ["Free", "Basic", "Premium", "Enterprise", "VIP"]
    assert list(told["Urgent"]) == ["1 h", "30 min", "30 min", "30 min", "30 min"]


def test_another_book_is_not_seen(proposed, other_manager):
    assert say("en", "vips-none-proposed") in said(opened("vips", other_manager, view="proposals"))


def test_white_glove_care_names_no_service_level(proposed, manager):
    """A table's missing level is no word."""
    accept(manager)
    rows = queries.members(manager)

    assert phrases.mode_name("internal", float("nan"), {}, "en") == "Internal white-glove"
    assert list(phrases.inside(rows, {}, "en")["mode"]) == ["Internal white-glove"]


def test_the_claimed_share_that_leaves_after_a_delay_stands_beside_the_clocks(embedded, manager):
    at = opened("vips", manager, view="clocks")

    assert not at.exception
    assert "68% of users leave when an answer is delayed over two hours (claimed, unverified)" in said(at)

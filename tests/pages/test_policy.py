"""The policy page as a person sees it: found, read, changed from a day on, taken back, carried as a file."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Viewer
from lib.policy import commands, queries
from lib.quotes import queries as quotes
from lib.store import policy
from tests import make, screen
from tests.screen import said as words

KEY = "policy-quotes-validity.days-1"


def opened(viewer: Viewer, language: str = "en", **params: object) -> AppTest:
    return screen.opened("policy", replace(viewer, language=language), **params)


def picked(at: AppTest, path: str) -> AppTest:
    """The drawer of a value, open in this run; each further run of the whole page closes it."""
    at.session_state["policy-drawer"] = f"quotes/{path}"
    return at.run()


def days(day=make.TODAY) -> int:
    return policy.values("quotes", day)["validity"]["days"]


@pytest.mark.parametrize(
    ("language", "title", "meaning"),
    [("en", "Policy", "Discount above which another person approves · from 1 month"),
     ("zh-CN", "规则参数", "超过此优惠幅度须另一人审批 · 1 个月起")],
)  # fmt: skip
def test_every_value_is_listed_with_its_meaning_in_both_languages(admin, language, title, meaning):
    at = opened(admin, language)

    assert not at.exception
    assert at.title[0].value == title
    shown = at.dataframe[0].value
    assert len(shown) == len(queries.values(admin))
    row = shown.set_index("path").loc["limits[1].approve_above"]
    assert (row.description, row.value, row.source) == (meaning, "30.0%", "S0-35")


def test_a_search_finds_by_meaning_and_says_when_nothing_fits(manager):
    assert opened(manager, find="margin below which").dataframe[0].value.path.tolist() == [
        "margin.approve_below"
    ]

    at = opened(manager, find="no such thing")
    assert not at.dataframe
    assert "No value matches" in words(at)


def test_a_value_is_changed_with_the_difference_in_sight(admin):
    at = picked(opened(admin, area="quotes"), "validity.days")
    assert at.button(key=f"{KEY}-save").disabled

    at.text_input(key=f"{KEY}-value").set_value("21")
    picked(at, "validity.days")
    assert "validity.days: 14 → 21" in words(at)
    at.text_area(key=f"{KEY}-reason").set_value("Agreed in the price round")
    at.button(key=f"{KEY}-save").click().run()

    assert not at.exception and not at.error
    assert days() == 21


def test_a_change_without_a_reason_is_refused_and_nothing_is_stored(admin):
    at = picked(opened(admin, area="quotes"), "validity.days")
    at.text_input(key=f"{KEY}-value").set_value("21")
    picked(at, "validity.days")

    at.button(key=f"{KEY}-save").click().run()

    assert "Write the reason first" in words(at)
    assert days() == 14


def test_a_value_out_of_bounds_says_so_before_it_can_be_saved(admin):
    at = picked(opened(admin, "zh-CN", area="quotes"), "validity.days")

    at.text_input(key=f"{KEY}-value").set_value("9999")
    picked(at, "validity.days")

    assert "允许范围为 1 至 365" in words(at)
    assert at.button(key=f"{KEY}-save").disabled


def test_who_may_only_read_finds_no_form(manager):
    at = picked(opened(manager, area="quotes"), "validity.days")

    assert "an admin changes it" in words(at)
    assert not at.text_area


def test_the_history_brings_earlier_values_back(admin, manager):
    later = make.TODAY + timedelta(days=3)
    commands.change(admin, "quotes", 1, {"validity.days": "21"}, later, "Agreed in the price round")
    assert not opened(manager, view="history", area="quotes").button

    at = opened(admin, view="history", area="quotes")
    assert "Version 1 · as shipped" in words(at)
    assert "Agreed in the price round" in words(at) and "validity.days: 14 → 21" in words(at)
    at.text_area(key="revert-1").set_value("Too early")
    at.button(key="revert-1-yes").click().run()

    assert not at.exception and not at.error
    assert days(later) == 14


def test_a_file_is_shown_before_it_is_taken(admin):
    held = json.loads(queries.export_file(admin))
    held["documents"]["quotes"]["validity"]["days"] = 21
    at = opened(admin, view="file")

    at.file_uploader(key="policy-file").upload("p.json", json.dumps(held).encode(), "application/json").run()
    assert at.dataframe[0].value.values.tolist() == [["Quotes and limits", "validity.days", "14", "21"]]
    assert days() == 14
    at.text_area(key="policy-file-reason").set_value("Yearly review")
    at.button(key="policy-file-run").click().run()

    assert not at.exception and not at.error
    assert days() == 21
    assert "There is nothing to take" in words(at)


def test_a_file_of_something_else_is_refused_in_words(admin, leader):
    at = opened(admin, view="file")
    at.file_uploader(key="policy-file").upload("p.json", b"{}", "application/json").run()

    assert "not a policy file" in words(at)
    assert not opened(leader, view="file").file_uploader


def test_a_changed_limit_judges_the_next_quote_at_the_next_run_without_a_restart(admin, manager):
    """The value is set on the page; the same process then judges a quote by it."""
    quote_id = make.quote(make.account(owner=manager.person_id), manager.person_id)
    before = evaluated(manager, quote_id)
    key = "policy-quotes-limits[1].justify_above-1"
    at = picked(opened(admin, area="quotes"), "limits[1].justify_above")
    at.text_input(key=f"{key}-value").set_value("1%")
    picked(at, "limits[1].justify_above")
    at.text_area(key=f"{key}-reason").set_value("A strict month")
    at.button(key=f"{key}-save").click().run()

    assert not at.exception and not at.error
    assert (before, evaluated(manager, quote_id)) == ("D-20", "D-1")


def evaluated(viewer: Viewer, quote_id: int) -> str:
    found = quotes.live_price(viewer, quote_id, values=make.quote_form(term_months=1, prepaid=False),
                              lines=[make.quote_line()])  # fmt: skip
    return found.decision.findings[0].rule


def test_a_row_is_added_in_the_drawer_with_its_difference_in_sight(admin):
    key = "policy-quotes-limits[24].approve_above-1"
    at = opened(admin, area="quotes")
    at.session_state[f"{key}-todo"] = "add"
    picked(at, "limits[24].approve_above")
    for name, text in (("from_months", "36"), ("justify_above", "30%"), ("approve_above", "35%")):
        at.text_input(key=f"{key}-add-{name}").set_value(text)
    at.text_area(key=f"{key}-add-reason").set_value("Three years differ")
    picked(at, "limits[24].approve_above")
    assert "limits[36].approve_above: nothing → 0.35" in words(at)

    at.button(key=f"{key}-add-save").click().run()

    assert not at.exception and not at.error
    assert [row["from_months"] for row in policy.values("quotes", make.TODAY)["limits"]] == [1, 24, 36]


def test_a_row_is_removed_in_the_drawer(admin):
    key = "policy-quotes-limits[24].approve_above-1"
    at = opened(admin, area="quotes")
    at.session_state[f"{key}-todo"] = "remove"
    picked(at, "limits[24].approve_above")
    assert "limits[24].approve_above: 0.30 → nothing" in words(at)

    at.text_area(key=f"{key}-drop-reason").set_value("One limit for all")
    at.button(key=f"{key}-drop-save").click().run()

    assert not at.error
    assert len(policy.values("quotes", make.TODAY)["limits"]) == 1


def test_the_drawer_tells_the_past_of_a_value_and_whether_a_rule_reads_it(admin, manager):
    commands.change(admin, "quotes", 1, {"validity.days": "21"}, make.TODAY, "They read slowly")

    at = picked(opened(manager, area="quotes"), "validity.days")

    assert "Root Admin: 14 → 21 · They read slowly" in words(at)
    assert "Read by a rule or a page" in words(at)
    idle = opened(manager, area="monitoring")
    assert "Not read yet" in set(idle.dataframe[0].value.state)


def test_the_change_log_of_every_area_is_open_to_all_staff(admin, seller):
    assert "Nothing was changed yet" in words(opened(seller, view="history"))
    commands.change(admin, "vip", 1, {"book.capacity": "35"}, make.TODAY, "Missed visits", "October's books")

    row = opened(seller, view="history").dataframe[0].value.iloc[0]

    assert (row.what, row.old, row.new, row.author) == (
        "Accounts one account manager can look after", "40", "35", "Root Admin",
    )  # fmt: skip
    assert (row.reason, row.feedback) == ("Missed visits", "October's books")

"""The page Renewals as a person sees it."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from lib.store.database import read_frame
from lib.store.models import QuoteLine, Renewal, UserDay
from tests import make, screen
from tests.screen import words

QUARTER = "2026-Q4"
opened = partial(screen.opened, "renewals", quarter=QUARTER)


@pytest.fixture
def renewal_id(embedded, manager) -> int:
    account = make.account(owner=manager.person_id, name="Lumora Home", name_zh="流明家居")
    return make.renewal(account, make.contract(account), base_minor=41_200_000, expected_minor=41_200_000)


def test_nobody_gets_in_without_a_viewer(embedded):
    at = opened(None)

    assert not at.title
    assert len(at.error) == 1


def test_the_board_shows_the_renewal_with_its_sums(manager, renewal_id):
    at = opened(manager)

    assert not at.exception
    seen = words(at)
    for part in ("Lumora Home", "1 contract ends in Q4 2026", "$412,000", "contact overdue", "To contact"):
        assert part in seen.replace("\\", "")


def test_the_head_counts_overdue_contacts_of_every_quarter(manager, renewal_id):
    make.touch(make.account(owner=manager.person_id), manager.person_id)

    assert "without contact at the lead date, any quarter: 1" in words(opened(manager, quarter="2027-Q1"))


def test_chinese_speaks_chinese(manager, renewal_id):
    at = opened(replace(manager, language="zh-CN"))

    assert not at.exception
    seen = words(at)
    for part in ("续约", "流明家居", "待联系", "联系已逾期", "2026 年第 4 季度"):
        assert part in seen


def test_the_list_shows_amounts_in_full(manager, renewal_id):
    at = opened(manager, view="list")

    assert not at.exception
    shown = at.dataframe[0].value
    assert shown["account"].tolist() == ["Lumora Home"]
    assert shown["base_minor"].tolist() == ["412,000.00"]
    assert shown["stage"].tolist() == ["To contact"]


def test_how_long_ago_the_last_contact_was_stands_on_every_card_and_row(manager, renewal_id):
    assert "no contact yet" in words(opened(manager))
    (account,) = read_frame(select(Renewal.account_id))["account_id"]
    make.touch(account, manager.person_id, happened_at=make.NOW - timedelta(days=12))

    assert "contact 12 days ago" in words(opened(manager))
    assert "12 天前联系过" in words(opened(replace(manager, language="zh-CN")))
    assert opened(manager, view="list").dataframe[0].value["touch"].tolist() == ["12 days ago"]


def test_a_renewal_s_drawer_starts_its_quote_with_the_seats_in_use(manager, renewal_id):
    (account,) = read_frame(select(Renewal.account_id))["account_id"]
    for _ in range(5):
        day = make.TODAY - timedelta(days=3)
        make.insert(UserDay(user_id=make.user(account), day=day, account_id=account))
    at = opened(manager, id=renewal_id)
    assert "12 seats: 5 people active in 30 days, 0 a quarter earlier, 20% kept free" in words(at).replace(
        "\\", ""
    )

    at.button(key=f"renewal-quote-{renewal_id}").click().run()

    line = read_frame(select(QuoteLine.item_code, QuoteLine.quantity)).iloc[0]
    assert (line["item_code"], int(line["quantity"])) == ("seats", 12)


def test_filters_that_leave_nothing_say_so(manager, renewal_id):
    at = opened(manager, view="list", stage="lost")

    assert "No renewals match these filters" in words(at).replace("\\", "")


def test_somebody_elses_renewals_are_not_there(other_manager, renewal_id):
    at = opened(other_manager)

    assert not at.exception
    assert "Lumora" not in words(at)
    assert "Nothing comes due in this quarter" in words(at).replace("\\", "")


def test_the_drawer_shows_facts_and_saves_a_forecast(manager, renewal_id):
    at = opened(manager)
    at.session_state["renewals-drawer"] = renewal_id
    at.run()
    assert "Lead date" in words(at)

    at.text_input(key="forecast-amount").set_value("400000.00")
    at.selectbox(key="forecast-category").set_value("commit")
    next(b for b in at.button if b.label == "Save forecast").click()
    at.run()

    assert not at.exception
    row = read_frame(select(Renewal.category, Renewal.expected_minor)).iloc[0]
    assert (row.category, row.expected_minor) == ("commit", 40_000_000)


def test_a_loss_without_a_reason_is_refused_beside_the_form(manager, renewal_id):
    at = opened(manager)
    at.session_state["renewals-drawer"] = renewal_id
    at.run()

    next(b for b in at.button if b.label == "Mark as lost").click()
    at.run()

    assert "Choose why the renewal was lost" in words(at).replace("\\", "")
    assert read_frame(select(Renewal.stage)).stage[0] == "to_contact"


def test_an_address_with_nonsense_shows_the_default(manager, renewal_id):
    at = opened(manager, quarter="1999-Q9", view="pie", currency="ZZZ")

    assert not at.exception
    assert "Q1 2027" in words(at)


def test_an_empty_quarter_of_an_empty_book_is_no_error(manager):
    at = opened(manager, view="list")

    assert not at.exception
    assert date(2026, 11, 20) == manager.today

"""One account's page as a person sees it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from lib.accounts import commands
from lib.store import models as m
from lib.store.database import reading
from lib.ui.acts import plain
from tests import make, screen
from tests.make import NOW, TODAY
from tests.screen import words

HOSTILE = "<img src=x onerror=alert(1)> **b** [x](http://x) $a$ :red[x] =1+1"


def opened(viewer, account_id: int | str | None) -> AppTest:
    return screen.opened("account", viewer, id=account_id)


def press(at: AppTest, label: str, nth: int = 0) -> AppTest:
    return [b for b in at.button if b.label == label][nth].click().run()


def stored(model, row_id: int):
    with reading() as connection:
        return connection.execute(select(*model.__table__.columns).where(model.id == row_id)).one()


@pytest.fixture
def account_id(embedded, manager, other_manager) -> int:
    made = make.account(
        owner=manager.person_id, backup=other_manager.person_id, name="Lumora Home", name_zh="麓木家居",
        tier="Diamond", plan="Pro", city="Guangzhou", seats=120, source="ravenstack",
    )  # fmt: skip
    contract = make.contract(made)
    make.subscription(made, contract_id=contract, product="Seller desk")
    make.renewal(made, contract)
    for back in range(1, 200):
        users = 3 if back < 8 else 9
        day = TODAY - timedelta(days=back)
        make.insert(m.AccountDay(account_id=made, day=day, active_users=users, events=9))
    make.alert(made, level="critical")
    make.promise(made, manager.person_id, due_on=TODAY - timedelta(days=2))
    make.touch(made, manager.person_id, summary="Asked when sync returns")
    make.contact(made, source="hubspot")
    make.case(made, subject="Listing sync stopped")
    return made


def test_nobody_gets_in_without_a_viewer(embedded):
    at = opened(None, None)

    assert len(at.error) == 1


def test_one_page_shows_contract_renewal_people_promises_cases_and_the_story(account_id, manager):
    at = opened(manager, account_id)

    assert not at.exception
    assert at.title[0].value == "Lumora Home"
    assert [metric.value for metric in at.metric] == ["$12,000", "Critical", "1 Jan 2027", "2 Dec 2026", "1"]
    seen = words(at)
    for part in (
        "Owner Lin Wei, backup Zhao Min", "Guangzhou", "0 of 120 seats active", plain("19 Nov 2026"),
        plain("Activity 48% below its own range"), "31 active user", "Promise overdue since 18 Nov",
        "Daily active users below their range since 13 Nov", "**Call**", "Asked when sync returns",
        "updated 20 Nov 2026, 09:00", "Last contact", plain("20 Nov 2026, call"), plain("1, 1 urgent"),
    ):  # fmt: skip
        assert part in seen, part
    tables = "\n".join(table.value.to_string() for table in [*at.table, *at.dataframe])
    for part in (
        "Send the security answers",
        "Fixed term",
        "31 Dec 2026",
        "Seller desk",
        "Wang Tao",
        "Listing sync",
    ):
        assert part in tables, part


BLOCKS = (
    "entitlement", "integration", "customer_goal", "roadmap_request", "referral", "team_role", "department",
)  # fmt: skip


@pytest.mark.acceptance("C01")
def test_one_page_shows_all_that_is_known_of_a_vip_each_block_with_when_it_changed(account_id, manager):
    make.change(m.Account, account_id, is_vip=True)
    own = {"account_id": account_id, "updated_at": NOW}
    make.insert(m.Entitlement(external_id="E-1", item="Support hours", unit="hours", included=20, consumed=15,
                              created_at=NOW, **own))  # fmt: skip
    make.insert(m.Integration(name="Stripe", category="payment", auth="oauth", rotates=True, **own))
    make.insert(m.CustomerGoal(what="List faster", measure="hours", target="24", due_on=TODAY, **own))
    make.insert(m.RoadmapRequest(what="Forecast", state="promised", due_on=TODAY, **own))
    make.insert(m.Referral(name="Velora", referred_on=TODAY, state="won", points=50, **own))
    make.insert(m.TeamRole(person_id=manager.person_id, role="trainer", **own))
    make.insert(m.Department(name="Design", seats=4, **own))
    make.insert(
        m.AccountProfile(preferred_channel="visit", competitor="Rival", market_risk="logistics", **own)
    )
    make.insert(m.AccountTag(account_id=account_id, tag="peak season"))
    at = opened(manager, account_id)

    assert not at.exception
    seen = words(at)
    for part in (
        "Owner Lin Wei, backup Zhao Min", "Pro", "1 Jan 2027", "2 Dec 2026",
        plain("15 of 20 hours used, 5 left"), plain("0 of 120 seats used, 120 left"), "Visit", "Rival",
        "Logistics", "peak season", plain("integrations 1 + bespoke terms 0 + modules 1"),
        "25% of payment, logistics, marketing and analytics connected",
        plain("Critical: Activity 48% below its own range; notice date 2 Dec 2026, in 12 days"),
    ):  # fmt: skip
        assert part in seen, part
    tables = "\n".join(table.value.to_string() for table in [*at.table, *at.dataframe])
    for part in ("Fixed term", "31 Dec 2026", "Send the security answers", "Listing sync", "Stripe",
                 "List faster", "Forecast", "Lin Wei", "Trainer", "Design"):  # fmt: skip
        assert part in tables, part
    assert seen.count(plain("updated 20 Nov 2026, 09:00")) + seen.count("updated 20 Nov 2026, 09:00") >= len(
        BLOCKS
    )


def test_a_row_is_added_corrected_and_removed_in_place(account_id, manager):
    at = press(opened(manager, account_id), "Add entitlement")
    at.text_input(key="account-add-entitlement-item").input("Support hours")
    at.number_input(key="account-add-entitlement-included").set_value(20)
    at = press(at, "Add entitlement", nth=-1)
    assert not at.error
    assert "Support hours" in words(at)

    at = press(opened(manager, account_id), "Edit profile and tags")
    at.text_input(key="account-profile-edit-tags").input("peak season, board")
    at = press(at, "Edit profile and tags", nth=-1)
    assert "peak season · board" in words(at).replace("\\", "")


def test_a_lost_sponsor_stands_in_what_matters_now(account_id, manager):
    assert "no sponsor is left at the customer" in words(opened(manager, account_id))


def test_the_timeline_is_narrowed_by_the_address(account_id, manager):
    seen = words(screen.opened("account", manager, id=account_id, story="alerts"))

    assert "Asked when sync returns" not in seen
    assert "Nothing of this kind" in words(screen.opened("account", manager, id=account_id, story="deals"))


def test_a_note_is_written_in_place(account_id, manager):
    at = press(opened(manager, account_id), "Add note")
    at.text_area(key="account-add-note-text").input("They plan a second warehouse")
    at = press(at, "Add note", nth=-1)

    assert not at.error
    assert "They plan a second warehouse" in words(at)


def test_chinese_speaks_chinese(account_id, manager):
    at = opened(replace(manager, language="zh-CN"), account_id)

    assert not at.exception
    assert at.title[0].value == "麓木家居"
    assert "每日活跃用户低于自身范围" in words(at)


@pytest.mark.parametrize("wanted", [None, "999999", "x", "-1", "1 OR 1=1"])
def test_what_is_not_there_gets_the_words_of_what_is_not_yours(account_id, manager, other_manager, wanted):
    stranger = replace(manager, person_id=make.person(roles=["account_manager"]))

    nowhere, foreign = opened(manager, wanted), opened(stranger, account_id)
    assert words(nowhere) == words(foreign)
    assert not nowhere.metric and not foreign.metric


def test_an_account_with_nothing_on_it_says_so_block_by_block(embedded, manager):
    at = opened(manager, make.account(owner=manager.person_id))

    assert not at.exception
    seen = words(at)
    for part in (
        "No activity ever received",
        "No open promises",
        "No quotes yet",
        "No contract yet",
        "No contacts",
    ):
        assert part in seen, part


def test_text_from_people_is_shown_as_it_is(embedded, manager):
    made = make.account(owner=manager.person_id, name=HOSTILE, city=HOSTILE, tier=HOSTILE[:40])
    make.touch(made, manager.person_id, summary=HOSTILE)
    make.contact(made, name=HOSTILE)

    at = opened(manager, made)
    assert not at.exception
    assert at.title[0].value == plain(HOSTILE)
    drawn = [str(e.value) for e in [*at.markdown, *at.caption]]
    assert not [text for text in drawn if HOSTILE in text or "<img" in text.replace("\\<", "")]
    assert any(HOSTILE in table.value.to_string() for table in at.dataframe)


def test_an_outreach_is_logged_in_the_drawer(account_id, manager):
    at = press(opened(manager, account_id), "Log outreach")
    at.text_area(key="account-log-summary").input("They agreed\nto three years")
    at = press(at, "Log outreach", nth=-1)

    assert not at.exception
    assert not at.error
    with reading() as connection:
        touches = connection.execute(select(m.Touch.summary, m.Touch.channel).order_by(m.Touch.id)).fetchall()
    assert tuple(touches[-1]) == ("They agreed\nto three years", "call")


def test_a_value_held_by_hand_stands_beside_what_the_import_says(account_id, manager):
    commands.correct_account(manager, account_id, 1, {"city": "Shenzhen"})
    at = opened(manager, account_id)

    held = next(t.value for t in at.dataframe if "imported" in t.value.columns)
    assert held[["field", "now", "imported", "person"]].values.tolist() == [
        ["City", "Shenzhen", "Guangzhou", "Lin Wei"]
    ]
    assert stored(m.Account, account_id).city == "Shenzhen"


def test_a_new_quote_is_drafted_once_for_the_open_renewal(account_id, manager):
    at = press(opened(manager, account_id), "New quote")

    assert not at.exception
    with reading() as connection:
        quotes = connection.execute(select(m.Quote.account_id, m.Quote.renewal_id)).fetchall()
    assert len(quotes) == 1
    assert quotes[0].account_id == account_id


def test_leadership_reads_and_changes_nothing(account_id, leader):
    at = opened(leader, account_id)

    assert not at.exception
    assert [b.label for b in at.button] == [
        "Start playbook",
        "Agree on a price",
        "Add note",
    ]  # fmt: skip - what leadership may


def test_more_of_the_story_is_read_on_demand(account_id, manager):
    for hours in range(12):
        make.touch(
            account_id, manager.person_id, happened_at=NOW - timedelta(hours=hours), summary=f"call {hours}"
        )

    at = opened(manager, account_id)
    assert "call 11" not in words(at)
    assert "call 11" in words(press(at, "Show more"))

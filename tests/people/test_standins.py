"""Stand-ins: set by oneself or a lead, within bounds, in effect at once, and never wider than they say."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lib.access import Role, Viewer
from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.people import identity, phrases, standins
from lib.policy import commands as policy_commands
from lib.store import models as m
from lib.store.database import reading, transaction
from lib.store.scope import visible_ids
from tests import make
from tests.make import NOW, TODAY

LATER = TODAY + timedelta(days=5)


def seen(viewer: Viewer) -> set[int]:
    with reading() as connection:
        return set(connection.execute(visible_ids(viewer)).scalars())


def again(viewer: Viewer, days: int = 0) -> Viewer:
    """The same person at a later click."""
    return identity.viewer_of(viewer.person_id, NOW + timedelta(days=days))


def test_a_lent_book_opens_at_the_next_click_and_closes_after_its_last_day(database, manager, other_manager):
    account = make.account(owner=manager.person_id)
    assert seen(again(other_manager)) == set()

    standins.lend_own(manager, other_manager.person_id, TODAY, LATER, "Holiday")

    assert seen(again(other_manager)) == {account}
    assert seen(again(other_manager, days=4)) == {account}
    assert seen(again(other_manager, days=5)) == set()


def test_a_lent_book_that_begins_later_opens_later(database, manager, other_manager):
    account = make.account(owner=manager.person_id)

    standins.lend_own(manager, other_manager.person_id, TODAY + timedelta(days=2), LATER)

    assert seen(again(other_manager)) == set()
    assert seen(again(other_manager, days=2)) == {account}


def test_taking_it_back_closes_it_at_once_and_either_of_the_two_may(
    database, manager, other_manager, seller, admin
):
    make.account(owner=manager.person_id)
    for who in (manager, other_manager, admin):
        made = standins.lend_own(manager, other_manager.person_id, TODAY, LATER)
        with pytest.raises(NotFound):
            standins.take_back(seller, made, 1)
        assert standins.take_back(who, made, 1) == 2
        assert seen(again(other_manager)) == set()
        with pytest.raises(Conflict, match="stand_in_over"):
            standins.take_back(who, made, 2)


def test_a_foreign_stand_in_reads_like_none(embedded, manager, other_manager, seller):
    made = standins.lend_own(manager, other_manager.person_id, TODAY, LATER)

    for which in (made, 987_654):
        with pytest.raises(NotFound):
            standins.take_back(seller, which, 1)


def test_several_stand_ins_hold_beside_each_other(embedded, manager, other_manager, seller):
    make.account(owner=manager.person_id)

    standins.lend_own(manager, other_manager.person_id, TODAY, LATER)
    standins.lend_own(manager, seller.person_id, TODAY, LATER)
    standins.lend_own(manager, seller.person_id, TODAY, LATER + timedelta(days=3))

    assert seen(again(other_manager)) == seen(again(seller)) != set()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "code"),
    [
        (TODAY - timedelta(days=1), LATER, "stand_in_past"),
        (TODAY, TODAY, "stand_in_past"),
        (LATER, LATER, "stand_in_days"),
        (LATER, TODAY + timedelta(days=1), "stand_in_days"),
        (TODAY, TODAY + timedelta(days=93), "stand_in_too_long"),
        (None, LATER, "stand_in_days"),
        (TODAY, None, "stand_in_days"),
    ],
)
def test_days_that_make_no_sense_are_refused(embedded, manager, other_manager, starts_on, ends_on, code):
    with pytest.raises(Invalid) as refused:
        standins.lend_own(manager, other_manager.person_id, starts_on, ends_on)

    assert refused.value.code == code


def test_the_longest_time_is_a_policy_value(embedded, manager, other_manager, admin):
    with pytest.raises(Invalid, match="stand_in_too_long"):
        standins.lend_own(manager, other_manager.person_id, TODAY, TODAY + timedelta(days=93))

    policy_commands.change(admin, "people", 1, {"longest_stand_in_days": "100"}, TODAY, "A long leave")

    assert standins.lend_own(manager, other_manager.person_id, TODAY, TODAY + timedelta(days=93))


def test_nobody_stands_in_for_themselves_and_only_who_works_with_accounts(embedded, manager, leader):
    off = make.person(roles=[Role.SALES], active=False)
    no_role = make.person()

    with pytest.raises(Invalid, match="stand_in_self"):
        standins.lend_own(manager, manager.person_id, TODAY, LATER)
    for unfit in (off, no_role, leader.person_id, 987_654):
        with pytest.raises(Invalid, match="stand_in_unfit"):
            standins.lend_own(manager, unfit, TODAY, LATER)


def test_a_lead_lends_for_the_own_team_and_an_admin_for_anybody(database, manager, other_manager, admin):
    lead_id = make.person(name="Lead", roles=[Role.TEAM_LEAD])
    make.change(m.Person, manager.person_id, manager_id=lead_id)
    lead = identity.viewer_of(lead_id, NOW)

    assert standins.lend_for(lead, manager.person_id, other_manager.person_id, TODAY, LATER)
    with pytest.raises(NotFound):
        standins.lend_for(lead, other_manager.person_id, manager.person_id, TODAY, LATER)
    assert standins.lend_for(admin, other_manager.person_id, manager.person_id, TODAY, LATER)
    with pytest.raises(NotAllowed):
        standins.lend_for(manager, other_manager.person_id, lead_id, TODAY, LATER)


def test_a_form_sent_twice_sets_one_stand_in(embedded, manager, other_manager):
    sent = (other_manager.person_id, TODAY, LATER, "Holiday", "form-1")

    assert standins.lend_own(manager, *sent) == standins.lend_own(manager, *sent)
    assert len(standins.own(manager)) == 1


@pytest.mark.parametrize(
    ("language", "giver", "taker"),
    [
        ("en", "Zhao Min stands in for you until 24 Nov", "You stand in for Lin Wei until 24 Nov"),
        ("zh-CN", "Zhao Min 代管您的客户，至 11月24日", "您代管 Lin Wei 的客户，至 11月24日"),
    ],
)
def test_both_read_who_stands_in_until_when(embedded, manager, other_manager, language, giver, taker):
    standins.lend_own(manager, other_manager.person_id, TODAY, LATER)

    for who, told in ((manager, giver), (other_manager, taker)):
        viewer = identity.viewer_of(who.person_id, NOW, language)
        assert phrases.stand_in_lines(standins.own(viewer), viewer) == [told]


def test_the_scope_never_shows_more_than_own_lent_and_team(embedded):
    """Random desks: whoever looks sees what is theirs, lent to them today, or of who reports to them."""
    dice = random.Random(20_111)
    roles = [Role.ACCOUNT_MANAGER, Role.TEAM_LEAD, Role.SALES]
    people = {make.person(roles=[role := dice.choice(roles)]): role for _ in range(12)}
    ids = list(people)
    leads = {i: dice.choice([None, *ids]) for i in ids}
    with transaction() as session:
        for i, lead in leads.items():
            session.get(m.Person, i).manager_id = None if lead == i else lead
    for _ in range(40):
        owner, backup = dice.sample(ids, 2)
        make.account(owner=owner, backup=backup, sales=dice.choice(ids))
    lent: list[tuple[int, int, date, date]] = []
    for _ in range(15):
        giver, taker = dice.sample(ids, 2)
        start = TODAY + timedelta(days=dice.randint(-10, 5))
        end = start + timedelta(days=dice.randint(1, 10))
        make.delegation(giver, taker, starts_on=start, ends_on=end)
        lent.append((giver, taker, start, end))
    held = select(m.Assignment.person_id, m.Assignment.account_id, m.Assignment.duty)
    with reading() as connection:
        rows = connection.execute(held).all()

    for person, role in people.items():
        duties = {"sales"} if role is Role.SALES else {"owner", "backup"}
        own = {row.account_id for row in rows if row.person_id == person and row.duty in duties}
        others = {giver for giver, taker, start, end in lent if taker == person and start <= TODAY < end}
        if role is Role.TEAM_LEAD:
            others |= {i for i, lead in leads.items() if lead == person and i != person}
        expected = own | {row.account_id for row in rows if row.person_id in others}

        assert seen(identity.viewer_of(person, NOW)) == expected

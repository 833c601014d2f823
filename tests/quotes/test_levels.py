"""Who may decide how far: levels from policy, four eyes widened to stand-ins, and what the page is told."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lib.access import Role, Viewer
from lib.errors import NotAllowed
from lib.pricing.price_book import Item
from lib.pricing.waterfall import LineRequest, Terms, price
from lib.quotes import commands, compliance_texts, issuing, queries
from lib.quotes.approvals import (
    HIGHEST,
    Guardrails,
    Holder,
    Level,
    Limits,
    Reach,
    decide,
    deciding_role,
    level_of,
    may_decide,
    people_text,
    read_guardrails,
    seats,
)
from lib.quotes.matrix import Matrix
from lib.store import models as m
from lib.store.database import reading
from tests import make
from tests.quotes.test_approvals import POLICY, shares

WHY = "They sign for three shops and give a public reference."
RAILS = Guardrails(
    (Limits(1, Decimal("0.20"), Decimal("0.30")),), Decimal("0.15"), 20,
    (Reach(Decimal("0.30"), Decimal("0.10")), Reach(Decimal("0.30"), Decimal(0))),
)  # fmt: skip


def needed(discount: str, cost: str) -> int:
    item = Item("plan", "platform", "Plan", "版本", "month", True, Decimal(1000), Decimal(cost))
    priced = price([LineRequest(item, Decimal(1))], Terms(1, discount=Decimal(discount)), POLICY, "USD")
    return decide(priced, RAILS).approver


@pytest.mark.parametrize(
    ("discount", "cost", "level"),
    [
        ("0", "100", 0), ("0.30", "100", 0), ("0.3001", "100", 3), ("0", "850", 0), ("0", "850.01", 1),
        ("0", "900", 1), ("0", "900.01", 2), ("0", "1000", 2), ("0", "1000.01", 3), ("0.35", "600", 3),
    ],
)  # fmt: skip
def test_the_level_follows_discount_and_margin_and_each_edge_belongs_below(discount, cost, level) -> None:
    assert needed(discount, cost) == level


@given(shares, shares, st.integers(0, 1500))
def test_more_discount_never_needs_a_lower_level(one, other, cost) -> None:
    low, high = sorted([one, other])

    assert needed(str(low), str(cost)) <= needed(str(high), str(cost))


@given(shares, st.integers(0, 1500))
def test_a_level_is_asked_exactly_when_an_approval_is(discount, cost) -> None:
    item = Item("plan", "platform", "Plan", "版本", "month", True, Decimal(1000), Decimal(cost))
    priced = price([LineRequest(item, Decimal(1))], Terms(1, discount=discount), POLICY, "USD")
    found = decide(priced, RAILS)

    assert (found.approver > 0) == (found.level is Level.APPROVE)


people = st.integers(1, 6)


@given(
    st.lists(st.tuples(people, st.integers(1, 3), st.sets(people)), unique_by=lambda one: one[0]),
    st.lists(people), st.integers(1, 3),
)  # fmt: skip
def test_nobody_with_a_hand_in_it_nor_their_stand_in_is_ever_seated(held, editors, level) -> None:
    holders = [Holder(n, f"P{n}", reach, frozenset(away - {n})) for n, reach, away in held]

    desk = seats(level, holders, editors)

    for one in desk.able:
        assert one.id not in editors and not one.stands_in_for & set(editors) and one.level >= level
    assert {h.id for h in (*desk.able, *desk.barred)} == {h.id for h in holders if h.level >= level}


def test_leadership_reaches_as_far_as_the_highest_level() -> None:
    assert level_of([Role.LEADERSHIP]) == level_of([Role.APPROVER_3]) == HIGHEST
    assert level_of([Role.ACCOUNT_MANAGER, Role.APPROVER_2, Role.APPROVER_1]) == 2
    assert level_of([Role.ACCOUNT_MANAGER]) == 0
    assert not may_decide(7, [1], {1}) and may_decide(7, [1], {2})


def approver(level: int, name: str = "Wu Fang") -> Viewer:
    role = Role(f"approver_{level}")
    person_id = make.person(name=name, roles=[role])
    return Viewer(person_id=person_id, name=name, roles=frozenset({role}), now=make.NOW)


def pending(manager, draft, seen, discount: str = "0.3") -> int:
    """A quote of the manager over 30% off, which level 3 decides on."""
    quote_id = draft(discount=Decimal(discount), justification=WHY)
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    return quote_id


@pytest.mark.acceptance("C36")
@pytest.mark.acceptance("C15")
def test_a_lower_level_is_refused_with_the_level_needed_and_who_holds_it(
    database, manager, leader, draft, seen
) -> None:
    quote_id, low = pending(manager, draft, seen), approver(2)

    with pytest.raises(NotAllowed) as refusal:
        commands.approve_quote(low, quote_id, seen(low, quote_id))

    assert refusal.value.code == "quote_approver_level"
    assert refusal.value.values == {"level": 3, "people": "Ada Berg"}
    high = approver(3, "Sun Li")
    commands.approve_quote(high, quote_id, seen(high, quote_id))
    assert issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    assert queries.quote(high, quote_id).decisions.role.tolist() == ["approver_3"]


def stand_in(away: Viewer, here: Viewer, **over) -> int:
    values = {"starts_on": make.TODAY - timedelta(days=1), "ends_on": make.TODAY + timedelta(days=5),
              "created_by": here.person_id, "created_at": make.NOW} | over  # fmt: skip
    return make.insert(m.Delegation(from_id=away.person_id, to_id=here.person_id, **values))


@pytest.mark.acceptance("C36")
def test_whoever_stands_in_for_the_author_may_not_approve(database, manager, leader, draft, seen) -> None:
    quote_id = pending(manager, draft, seen)
    stand_in(manager, leader)

    with pytest.raises(NotAllowed) as refusal:
        commands.approve_quote(leader, quote_id, seen(leader, quote_id))

    assert refusal.value.code == "quote_four_eyes_stand_in"
    assert queries.quote(leader, quote_id).bar == "stand_in"


@pytest.mark.parametrize(
    "over",
    [
        {"ends_on": make.TODAY}, {"starts_on": make.TODAY + timedelta(days=1)}, {"ended_at": make.NOW},
    ],
)  # fmt: skip
def test_a_stand_in_who_is_none_today_may_approve(embedded, manager, leader, draft, seen, over) -> None:
    quote_id = pending(manager, draft, seen)
    stand_in(manager, leader, **over)

    commands.approve_quote(leader, quote_id, seen(leader, quote_id))

    assert queries.quote(leader, quote_id).status == "approved"


def test_an_author_cannot_approve_by_way_of_the_one_they_stand_in_for(
    embedded, manager, leader, draft, seen
) -> None:
    """The manager works for the leader these days and holds an approver role as well."""
    both = replace(manager, roles=frozenset({Role.ACCOUNT_MANAGER, Role.APPROVER_3}))
    make.insert(m.PersonRole(person_id=manager.person_id, role="approver_3"))
    quote_id = pending(manager, draft, seen)
    stand_in(leader, manager)

    with pytest.raises(NotAllowed) as refusal:
        commands.approve_quote(both, quote_id, seen(both, quote_id))

    assert refusal.value.code == "quote_four_eyes"


def test_when_nobody_is_left_the_quote_says_so_and_who_can_appoint(
    embedded, manager, leader, admin, draft, seen
) -> None:
    quote_id = pending(manager, draft, seen)
    stand_in(manager, leader)

    found = queries.quote(manager, quote_id)

    assert not found.desk.able and [h.name for h in found.desk.barred] == ["Ada Berg"]
    said = compliance_texts.desk_text(found.desk, "en")
    assert said.startswith("Nobody is left who may decide. Ada Berg reach level 3")
    assert "Root Admin can appoint another approver of level 3" in said


@pytest.mark.parametrize(("role", "covers"), [("approver_1", False), ("approver_3", True)])
def test_a_yes_from_before_requests_were_kept_covers_as_far_as_its_level_reaches(
    embedded, manager, admin, draft, seen, role, covers
) -> None:
    quote_id, high = pending(manager, draft, seen), approver(3)
    version = _version(quote_id)
    make.insert(
        m.QuoteDecision(quote_version_id=version.id, person_id=high.person_id, role=role,
                        decision="approved", content_hash=version.content_hash, decided_at=make.NOW)
    )  # fmt: skip
    make.change(m.QuoteVersion, version.id, status="approved")

    if covers:
        assert issuing.issue_quote(manager, quote_id, seen(manager, quote_id)) == "QT-2026-0001"
        return
    with pytest.raises(NotAllowed) as refusal:
        issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    assert refusal.value.code == "quote_needs_approval"


def _version(quote_id: int) -> m.QuoteVersion:
    with reading() as connection:
        columns = select(m.QuoteVersion.id, m.QuoteVersion.content_hash)
        return connection.execute(columns.where(m.QuoteVersion.quote_id == quote_id)).one()


def test_a_decision_stands_under_the_role_that_reaches_furthest() -> None:
    assert deciding_role([Role.APPROVER_1, Role.APPROVER_3, Role.ACCOUNT_MANAGER]) == Role.APPROVER_3
    assert deciding_role([Role.ACCOUNT_MANAGER]) == Role.ACCOUNT_MANAGER
    assert (people_text(["Wu", "Lin"], "en"), people_text(["Wu", "Lin"], "zh-CN")) == ("Wu, Lin", "Wu、Lin")


def test_only_a_holder_of_the_level_without_a_hand_in_it_is_seated() -> None:
    wu, lin, ann = Holder(1, "Wu", 2), Holder(2, "Lin", 1), Holder(3, "Ann", 3, frozenset({9}))
    desk = seats(2, [wu, lin, ann], editors=[9], admins=["Root"])

    assert (desk.level, desk.able, desk.barred, desk.admins) == (2, (wu,), (ann,), ("Root",))
    assert (wu.own_level, wu.away) == (0, False)


def test_each_approver_role_has_its_level_and_goes_before_a_role_without_one() -> None:
    levels = [level_of(roles) for roles in ([Role.APPROVER_1], [Role.APPROVER_2], [Role.APPROVER_3], [])]

    assert levels == [1, 2, 3, 0]
    assert deciding_role([Role.ACCOUNT_MANAGER, Role.APPROVER_1]) == Role.APPROVER_1


@pytest.mark.parametrize(
    ("discount", "level"), [("0.36", 1), ("0.3601", 2), ("0.42", 2), ("0.4201", 3)]
)  # fmt: skip
@pytest.mark.parametrize("unit", ["month", "once"])
def test_a_level_decides_up_to_its_largest_discount(discount, level, unit) -> None:
    item = Item("plan", "platform", "Plan", "版本", unit, unit == "month", Decimal(1000), Decimal(0))
    priced = price([LineRequest(item, Decimal(1))], Terms(1, discount=Decimal(discount)), POLICY, "USD")
    far = replace(RAILS, approvers=(Reach(Decimal("0.36"), Decimal(0)), Reach(Decimal("0.42"), Decimal(0))))

    assert decide(priced, far).approver == level


def test_policy_is_read_shortest_term_first_and_no_level_reaches_less_far_than_the_one_below() -> None:
    found = read_guardrails({
        "limits": [{"from_months": 24, "justify_above": "0.3", "approve_above": "0.3"},
                   {"from_months": 1, "justify_above": "0.2", "approve_above": "0.3"}],
        "margin": {"approve_below": "0.15"}, "justification": {"least_characters": 20},
        "approvers": {"level_2": {"most_discount": "0.3", "least_margin": "0.1"},
                      "level_1": {"most_discount": "0.4", "least_margin": "0.05"}},
    })  # fmt: skip

    assert [entry.from_months for entry in found.limits] == [1, 24]
    assert found.approvers == (Reach(Decimal("0.4"), Decimal("0.05")),) * 2
    assert found.matrix == Matrix()

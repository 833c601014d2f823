"""A chain walked by real people: steps in order, nobody twice, questions and answers, time that runs out."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.access import Role, Viewer
from lib.errors import Conflict, DeskError, Invalid, NotAllowed
from lib.flows.daily import run_day
from lib.quotes import commands, issuing, queries, questions
from lib.store import models as m
from lib.store import policy
from lib.store.database import read_frame, transaction
from tests import make

WHY = "They sign for three shops and give a public reference."


def viewer(name: str, *roles: Role) -> Viewer:
    return Viewer(make.person(name, list(roles)), name, frozenset(roles), make.NOW)


@pytest.fixture
def chain(database):
    """Set the chain every discount above 30% walks: `chain(dict(place=1, level=1), …)`."""

    def put(*steps: dict, result: str = "approve") -> None:
        base = {"chain": "desk", "place": 1, "level": 1, "mode": "any", "need": 1, "hours": 48, "escalate": 3}
        body = policy.shipped()["approvals"]
        body["rules"] = [{"code": "DEEP", "measure": "discount", "limit": "0.30", "result": result,
                          "chain": "desk", "active": True}]  # fmt: skip
        body["chains"].append({"code": "desk", "name_en": "Desk", "name_zh": "审批"})
        body["steps"] = [base | step | {"code": f"desk_{n}"} for n, step in enumerate(steps)]
        with transaction() as session:
            session.add(m.PolicyVersion(name="approvals", number=2, body=body, valid_from=make.TODAY,
                                        recorded_at=make.NOW))  # fmt: skip

    return put


@pytest.fixture
def people(database) -> list[Viewer]:
    return [viewer("Ann", Role.APPROVER_1), viewer("Bob", Role.APPROVER_2), viewer("Cee", Role.APPROVER_3),
            viewer("Dan", Role.APPROVER_3)]  # fmt: skip


@pytest.fixture
def waiting(manager, draft, seen):
    def make_one(discount: str = "0.3") -> int:
        quote_id = draft(discount=Decimal(discount), justification=WHY)
        commands.submit_quote(manager, quote_id, seen(manager, quote_id))
        return quote_id

    return make_one


def yes(person: Viewer, quote_id: int, seen) -> str:
    commands.approve_quote(person, quote_id, seen(person, quote_id))
    return queries.quote(person, quote_id).status


def test_steps_follow_each_other_and_each_is_another_persons(chain, people, waiting, manager, seen):
    chain({"place": 1, "level": 3}, {"place": 2, "level": 3})
    _ann, _bob, cee, dan = people
    quote_id = waiting()

    assert yes(cee, quote_id, seen) == "pending_approval"
    with pytest.raises(Conflict) as again:
        yes(cee, quote_id, seen)
    assert again.value.code == "approval_yours_is_given"
    with pytest.raises(Conflict):
        issuing.issue_quote(manager, quote_id, seen(manager, quote_id))

    assert yes(dan, quote_id, seen) == "approved"
    assert issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    assert len(read_frame(select(m.QuoteVote.id))) == 2


def test_as_many_as_the_step_needs(chain, people, waiting, seen):
    chain({"level": 3, "mode": "count", "need": 2})
    ann, _bob, cee, dan = people
    quote_id = waiting()

    with pytest.raises(NotAllowed):
        yes(ann, quote_id, seen)
    assert [yes(p, quote_id, seen) for p in (cee, dan)] == ["pending_approval", "approved"]


def test_everybody_of_a_level_but_whoever_wrote_in_it(chain, people, waiting, seen, manager):
    chain({"level": 3, "mode": "all"})
    _ann, _bob, cee, dan = people
    quote_id = waiting()
    make.role(dan.person_id, Role.SALES)
    make.assignment(queries.quote(manager, quote_id).account_id, dan.person_id, "sales")
    hand = replace(dan, roles=frozenset({Role.APPROVER_3, Role.SALES}))
    form = make.quote_form(discount=Decimal("0.31"), justification=WHY)
    commands.save_draft(hand, quote_id, seen(hand, quote_id), values=form, lines=[make.quote_line()])
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))

    with pytest.raises(NotAllowed):
        yes(hand, quote_id, seen)
    assert yes(cee, quote_id, seen) == "approved"


def test_a_stop_is_no_approval(chain, people, draft, seen, manager):
    chain({"level": 1}, result="stop")
    quote_id = draft(discount=Decimal("0.3"), justification=WHY)

    with pytest.raises(NotAllowed) as refusal:
        commands.submit_quote(manager, quote_id, seen(manager, quote_id))

    assert refusal.value.code == "quote_hard_stop"
    assert refusal.value.values == {"rule": "DEEP"}
    assert queries.quote(manager, quote_id).saved.decision.stop.limit == Decimal("0.30")


def test_a_rule_that_becomes_stricter_asks_for_the_rest_only(chain, people, waiting, seen, manager):
    ann, bob, cee, _dan = people
    quote_id = waiting("0.23")
    assert queries.quote(manager, quote_id).desk.level == 3  # 0.9 × 0.77: over 30%
    yes(cee, quote_id, seen)
    chain({"place": 1, "level": 2}, {"place": 2, "level": 2})

    with pytest.raises(NotAllowed) as refusal:
        issuing.issue_quote(manager, quote_id, seen(manager, quote_id))

    assert refusal.value.code == "quote_needs_approval"


def test_while_it_waits_a_stricter_rule_adds_its_step(chain, people, waiting, seen):
    _ann, bob, cee, dan = people
    quote_id = waiting()
    chain({"place": 1, "level": 3}, {"place": 2, "level": 2})

    assert yes(cee, quote_id, seen) == "pending_approval"
    assert yes(bob, quote_id, seen) == "approved"


def test_a_better_quote_keeps_its_approval_and_a_worse_one_does_not(people, waiting, seen, manager):
    cee = people[2]
    quote_id = waiting()
    yes(cee, quote_id, seen)

    def save(**values) -> str:
        form = make.quote_form(**{"justification": WHY, "discount": Decimal("0.3")} | values)
        commands.save_draft(
            manager, quote_id, seen(manager, quote_id), values=form, lines=[make.quote_line()]
        )
        return queries.quote(manager, quote_id).status

    assert save(discount=Decimal("0.28")) == "approved"
    assert save(discount=Decimal("0.28"), title="Another subject") == "approved"
    assert save(discount=Decimal("0.301")) == "draft"
    assert save(discount=Decimal("0.29")) == "draft"
    assert commands.submit_quote(manager, quote_id, seen(manager, quote_id)) == "approved"
    assert issuing.issue_quote(manager, quote_id, seen(manager, quote_id))


def test_a_question_holds_the_quote_until_it_is_answered(people, waiting, seen, manager):
    cee, dan = people[2:]
    quote_id = waiting()
    with pytest.raises(Invalid):
        questions.ask_back(cee, quote_id, seen(cee, quote_id), text="  ")
    questions.ask_back(cee, quote_id, seen(cee, quote_id), text="Which reference?")
    task = read_frame(select(m.Task.owner_id, m.Task.status, m.Task.kind))
    assert task.values.tolist() == [[manager.person_id, "open", "approval_question"]]

    for act, code in (
        (lambda: yes(dan, quote_id, seen), "approval_question_open"),
        (lambda: questions.ask_back(dan, quote_id, seen(dan, quote_id), text="And?"),
         "approval_question_open"),
    ):  # fmt: skip
        with pytest.raises(DeskError) as refusal:
            act()
        assert refusal.value.code == code
    questions.answer_question(manager, quote_id, seen(manager, quote_id), text="The shop in Shenzhen")

    assert yes(dan, quote_id, seen) == "approved"
    assert read_frame(select(m.Task.status)).status.tolist() == ["done"]
    assert read_frame(select(m.QuoteQuestion.text)).text.tolist() == [
        "Which reference?", "The shop in Shenzhen",
    ]  # fmt: skip
    with pytest.raises(Conflict):
        questions.answer_question(manager, quote_id, seen(manager, quote_id), text="Again")


def test_whoever_wrote_in_it_asks_nothing_back(people, waiting, seen, manager):
    make.role(manager.person_id, Role.APPROVER_3)
    both = replace(manager, roles=frozenset({Role.ACCOUNT_MANAGER, Role.APPROVER_3}))
    quote_id = waiting()

    with pytest.raises(NotAllowed):
        questions.ask_back(both, quote_id, seen(both, quote_id), text="Me?")


def test_a_change_or_a_refusal_takes_the_question_off_the_list(people, waiting, seen, manager):
    cee = people[2]
    first, second = waiting(), waiting()
    for quote_id in (first, second):
        questions.ask_back(cee, quote_id, seen(cee, quote_id), text="Why?")
    commands.withdraw_quote(manager, first, seen(manager, first))
    commands.reject_quote(cee, second, seen(cee, second), reason="No", code="price",
                          alternative="Three years")  # fmt: skip

    assert set(read_frame(select(m.Task.status)).status) == {"dropped"}
    assert set(read_frame(select(m.QuoteApproval.state)).state) == {"void", "rejected"}
    assert read_frame(select(m.QuoteRefusal.code, m.QuoteRefusal.alternative)).values.tolist() == [
        ["price", "Three years"]
    ]


@pytest.mark.parametrize(
    "words",
    [{"code": "price"}, {"code": "none", "alternative": "Three years"}, {"alternative": "x" * 5000},
     {"code": "price", "alternative": " "}],
)  # fmt: skip
def test_a_refusal_with_a_code_names_an_alternative(people, waiting, seen, words):
    cee = people[2]
    quote_id = waiting()

    with pytest.raises(Invalid):
        commands.reject_quote(cee, quote_id, seen(cee, quote_id), reason="No", **words)


def test_the_daily_run_escalates_once_what_is_over_its_time(chain, people, waiting, seen, admin):
    chain({"level": 3, "mode": "count", "need": 2, "hours": 24})
    ann, _bob, cee, _dan = people
    quote_id = waiting()
    later = replace(admin, now=make.NOW + timedelta(hours=25))

    for _twice in range(2):
        run_day(later, later.today)

    steps = read_frame(select(m.QuoteApprovalStep.escalated_at))
    assert steps.escalated_at.notna().tolist() == [True]
    notices = read_frame(select(m.Notice.dedupe_key).where(m.Notice.kind == "approval"))
    assert sum(":late:" in key for key in notices.dedupe_key) == 1
    assert yes(replace(cee, now=later.now), quote_id, seen) == "approved"  # alone


def test_a_stand_in_of_an_approver_decides_at_their_level(people, waiting, seen):
    ann, _bob, cee, dan = people
    quote_id = waiting()
    make.delegation(cee.person_id, ann.person_id)

    assert yes(ann, quote_id, seen) == "approved"


def test_two_open_requests_of_one_quote_cannot_be(people, waiting, seen):
    quote_id = waiting()
    with transaction() as session:
        one = session.execute(select(m.QuoteApproval)).scalars().one()
        copy = m.QuoteApproval(**(one.model_dump(exclude={"id"})))
        session.add(copy)
        with pytest.raises(Exception, match="(?i)unique"):
            session.flush()
        session.rollback()
    assert seen(people[0], quote_id)

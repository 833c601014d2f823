"""The quarterly review: asked for on Today, signed with the figures of its day, never changed afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotAllowed
from lib.flows import daily, policy_review
from lib.playbooks import commands as tasks
from lib.playbooks import register
from lib.playbooks.rules import Only
from lib.policy import commands, reviews
from lib.policy import log as changes
from lib.policy.review import raise_review_task
from lib.policy.rules import Change, quarter_start
from lib.store import policy
from lib.store.database import reading, transaction
from lib.store.models import AuditEntry, Task
from tests import make

NEXT_QUARTER = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)


def raised(technical: Viewer, day: date) -> int:
    with transaction() as session:
        return raise_review_task(session, technical, day)


def seen_on_today(viewer: Viewer) -> list[str]:
    return register.tasks(viewer, only=Only.OPEN).kind.tolist()


@pytest.mark.acceptance("C37")
def test_changing_a_threshold_changes_behaviour_keeps_the_old_version_and_a_review_is_asked_each_quarter(
    embedded, admin, technical
):
    """The time an admin has for the review stands for any threshold that code reads."""
    later = replace(admin, now=NEXT_QUARTER)
    daily.run_day(technical, make.TODAY)
    assert seen_on_today(admin) == ["policy_review"]
    commands.change(admin, "governance", 1, {"review.days": "30"}, make.TODAY, "Two weeks are too short")

    policy_review.sign(admin, "Limits and tiers stay; the review gets a month")
    daily.run_day(replace(technical, now=NEXT_QUARTER), later.today)

    assert seen_on_today(later) == ["policy_review"]
    with reading() as connection:
        due = connection.execute(select(Task.due_on).where(Task.status == "open")).scalar_one()
    assert due == later.today + timedelta(days=30)
    assert policy.values("governance", make.TODAY - timedelta(days=1))["review"]["days"] == 14
    newest, first = changes.versions(later, "governance").itertuples()
    assert (newest.author, newest.valid_from) == ("Root Admin", make.TODAY)
    assert first.number == 1 and newest.changes == [Change("review.days", 14, 30)]


def test_the_task_ends_with_its_sign_off_and_with_nothing_else(database, admin, technical):
    raised(technical, make.TODAY)
    task = register.tasks(admin, only=Only.OPEN).iloc[0]

    with pytest.raises(Conflict):
        tasks.finish_task(admin, int(task["id"]), int(task["version"]))
    policy_review.sign(admin, "All stays")

    assert register.tasks(admin, only=Only.OPEN).empty
    assert raised(technical, make.TODAY + timedelta(days=1)) == 0


def test_a_sign_off_keeps_figures_changes_and_the_next_day(database, admin, manager):
    account_id = make.account(owner=manager.person_id)
    make.subscription(account_id)
    make.survey(account_id, kind="nps", score=Decimal(10))
    commands.change(admin, "quotes", 1, {"validity.days": "20"}, make.TODAY, "Agreed", "They read slowly")

    policy_review.sign(replace(admin, now=make.NOW + timedelta(minutes=5)), "Validity goes to 20 days")

    signed = reviews.reviews(admin)[0]
    held = {(one.code, one.of): one.value for one in signed.inputs}
    assert (signed.quarter, signed.next_on, signed.changes) == ("2026Q4", date(2027, 1, 1), 1)
    assert signed.person == "Root Admin" and signed.note == "Validity goes to 20 days"
    assert held["arr", "USD"] == "1200000"
    assert held["nps", ""] == "100"
    with reading() as connection:
        entry = connection.execute(
            select(AuditEntry.new).where(AuditEntry.command == "policy.sign_review")
        ).scalar_one()
    assert entry["quarter"] == "2026Q4"


def test_a_quarter_is_signed_once_and_not_without_a_note(database, admin):
    with pytest.raises(Invalid):
        policy_review.sign(admin, "  ")
    policy_review.sign(admin, "All stays")

    with pytest.raises(Conflict) as refusal:
        policy_review.sign(admin, "Again")
    assert refusal.value.values["quarter"] == "2026Q4"
    assert len(reviews.reviews(admin)) == 1


def test_only_an_admin_signs_and_company_figures_stay_with_whom_they_are_open(
    database, admin, manager, leader
):
    make.subscription(make.account(owner=manager.person_id))
    policy_review.sign(admin, "All stays")

    for viewer in (manager, leader):
        with pytest.raises(NotAllowed):
            policy_review.sign(viewer, "Mine")
    assert reviews.reviews(manager)[0].inputs == [] and policy_review.inputs(manager) == []
    assert reviews.reviews(leader)[0].inputs != []


def test_the_policy_says_how_many_quarters_lie_between_two_reviews(database, admin, technical):
    commands.change(admin, "governance", 1, {"review.every_quarters": "2"}, make.TODAY, "Twice a year")
    days = [make.TODAY, date(2027, 1, 4), date(2027, 4, 1)]

    assert [raised(technical, day) for day in days] == [1, 0, 1]


def test_before_the_first_review_the_state_names_quarter_and_task(database, admin, technical):
    assert (reviews.review_state(admin).due_on, reviews.review_state(admin).last) == (None, None)
    raised(technical, make.TODAY)

    state = reviews.review_state(admin)
    assert (state.quarter, state.due_on, state.is_signed) == ("2026Q4", date(2026, 12, 4), False)


@pytest.mark.parametrize(
    ("day", "later", "first"),
    [(date(2026, 11, 20), 0, date(2026, 10, 1)), (date(2026, 11, 20), 1, date(2027, 1, 1)),
     (date(2026, 3, 31), 2, date(2026, 7, 1))],
)  # fmt: skip
def test_a_quarter_begins_on_its_first_day(day, later, first):
    assert quarter_start(day, later) == first

"""The parts from stored rows, on both kinds of store: what counts, what is missing, what came later."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.flows import daily
from lib.health import rules
from lib.health.recording import graded_on, mornings, record_day
from lib.store import models as m
from lib.store import policy
from lib.store.database import read_frame, reading, transaction
from tests import make
from tests.make import NOW, TODAY

DAY = timedelta(days=1)
LIMITS = rules.limits_of(policy.shipped()["health"])


def scored(technical, day: date = TODAY) -> dict[int, dict]:
    """The rows of a morning by account."""
    with transaction() as session:
        session.info["command"] = "test"
        record_day(session, technical, day)
    found = read_frame(select(m.HealthDay.__table__).where(m.HealthDay.day == day))
    return {int(row["account_id"]): row for row in found.astype(object).to_dict("records")}


def ago(days: int):  # noqa: ANN201 - a moment
    return NOW - timedelta(days=days)


@pytest.fixture
def account_id(database, manager) -> int:
    """A customer with enough data for a score: activity, periods, cases and talks."""
    account_id = make.account(tier="Gold", seats=10, signed_up_on=date(2024, 1, 1))
    make.subscription(account_id)
    make.touch(account_id, manager.person_id, happened_at=ago(10))
    make.case(account_id, opened_at=ago(200), closed_at=ago(199))
    make.insert(
        m.ActivityScore(account_id=account_id, day=TODAY - DAY, observed_28=36.0, expected_28=60.0,
                        ratio_28=0.6, recorded_at=NOW)
    )  # fmt: skip
    return account_id


def test_parts_come_from_the_rows_and_missing_ones_drop_out(account_id, technical):
    row = scored(technical)[account_id]

    assert (row["activity"], row["commercial"], row["support"], row["relationship"]) == (50, 100, 100, 100)
    assert row["breadth"] is None or row["breadth"] != row["breadth"]
    assert row["coverage"] == 0.65
    assert row["raw"] == row["score"] == pytest.approx((30 * 50 + 35 * 100) / 65, abs=0.05)
    assert row["facts"]["ratio"] == 0.6


def test_open_cases_take_points_and_closed_ones_do_not(account_id, technical):
    make.case(account_id, opened_at=ago(3))
    make.case(account_id, opened_at=ago(5), priority="normal")
    make.case(account_id, opened_at=ago(9), closed_at=ago(1), reopened=1)

    row = scored(technical)[account_id]

    assert row["support"] == 100 - 15 - 5 - 10
    assert (row["facts"]["urgent"], row["facts"]["others"], row["facts"]["reopened"]) == (1, 1, 1)


def test_an_unpaid_invoice_takes_two_points_a_day_until_it_is_paid(account_id, technical):
    make.invoice(account_id, due_on=TODAY - 12 * DAY)
    paid = make.invoice(account_id, due_on=TODAY - 30 * DAY)
    make.insert(m.Payment(external_id="P", invoice_id=paid, paid_on=TODAY - 5 * DAY, amount_minor=1_200_000))

    assert scored(technical)[account_id]["commercial"] == 100 - 24
    assert scored(technical, TODAY - 7 * DAY)[account_id]["commercial"] == 100 - 46


def test_a_near_renewal_without_a_quote_and_a_downgrade_take_their_points(account_id, technical, manager):
    make.renewal(account_id, make.contract(account_id), due_on=TODAY + 40 * DAY)
    make.subscription(account_id, starts_on=TODAY - 20 * DAY, downgraded=True)
    other = make.account()

    make.quote(other, manager.person_id)
    make.change(m.Quote, 1, created_at=ago(3))

    row = scored(technical)[account_id]
    assert row["commercial"] == 100 - 30 - 20
    assert row["facts"]["unquoted_days"] == 40


def test_answers_weigh_half_after_ninety_days_and_are_gone_after_a_year(account_id, technical):
    make.survey(account_id, answered_at=ago(100))
    half = scored(technical)[account_id]
    make.survey(account_id, kind="csat", score=Decimal(3), answered_at=ago(10))
    whole = scored(technical)[account_id]

    assert half["sentiment"] == 90 and half["weights"]["sentiment"] == 7.5
    assert whole["sentiment"] == pytest.approx((0.5 * 90 + 50) / 1.5, abs=0.01)
    assert whole["weights"]["sentiment"] == 15


def test_breadth_is_a_share_of_the_usual_one_and_scripts_do_not_count(account_id, technical):
    make.change(m.Account, account_id, seats=4)
    users = [make.user(account_id) for _ in range(2)]
    script = make.user(account_id, automated_since=date(2026, 1, 1))
    for user_id in (*users, script):
        make.insert(m.UserDay(user_id=user_id, day=TODAY - 3 * DAY, account_id=account_id))
    usual = make.account(seats=2)
    for user_id in (make.user(usual), make.user(usual)):
        make.insert(m.UserDay(user_id=user_id, day=TODAY - 3 * DAY, account_id=usual))

    row = scored(technical)[account_id]

    assert (row["facts"]["people"], row["facts"]["people_median"]) == (2, 0.75)
    assert row["breadth"] == pytest.approx(100 * 0.5 / 0.75, abs=0.01)


def test_a_named_key_feature_that_no_source_knows_is_set_aside(account_id, technical):
    make.change(m.Account, account_id, plan="enterprise")
    other = make.account(plan="enterprise")
    for who, name in ((account_id, "feature_1"), (other, "feature_1"), (other, "feature_2")):
        key = f"F{who}{name}"
        make.insert(m.FeatureDay(external_id=key, account_id=who, day=TODAY - DAY, feature=name, uses=2))

    row = scored(technical)[account_id]

    assert (row["facts"]["features"], row["facts"]["features_of"]) == (1, 2)


def test_a_sponsor_who_left_and_a_late_talk_cost_points(account_id, technical):
    make.contact(account_id, is_sponsor=True, active=False, created_at=ago(50))
    make.change(m.Account, account_id, tier="Diamond")  # spoken to every 30 days

    assert scored(technical)[account_id]["relationship"] == 60
    assert scored(technical, TODAY + 35 * DAY)[account_id]["relationship"] == 100 - 25 - 40


@pytest.mark.parametrize(
    ("cap", "level", "snoozed"),
    [("alert", "critical", None), (None, "high", None), (None, "critical", TODAY + 5 * DAY)],
)
def test_only_an_open_critical_alert_that_rings_caps(account_id, technical, cap, level, snoozed):
    numbers = {"status": "snoozed", "snoozed_until": snoozed} if snoozed else {}
    alert = make.alert(account_id, level=level, **numbers)
    if snoozed:
        make.insert(m.AlertEvent(alert_id=alert, happened_at=ago(2), what="snoozed"))

    row = scored(technical)[account_id]

    assert row["cap"] == cap
    assert row["score"] == (40 if cap else row["raw"])


def test_a_cancelled_contract_caps_unless_another_one_runs_on(account_id, technical):
    contract = make.contract(account_id)
    make.renewal(account_id, contract, stage="lost", closed_on=TODAY - 4 * DAY)

    assert scored(technical)[account_id]["cap"] == "cancelled"
    make.contract(account_id, product_line="ads")
    assert scored(technical)[account_id]["cap"] is None


def test_what_comes_later_changes_no_earlier_morning(account_id, technical):
    before = scored(technical)
    make.case(account_id, opened_at=NOW)
    make.survey(account_id, answered_at=NOW)
    make.touch(account_id, 1, happened_at=NOW)
    make.invoice(account_id, due_on=TODAY)
    make.alert(account_id, level="critical", opened_on=TODAY + DAY)

    assert scored(technical) == before


def test_a_customer_who_left_is_scored_up_to_that_day(account_id, technical):
    make.change(m.Account, account_id, status="churned")
    make.insert(m.ChurnEvent(external_id="C", account_id=account_id, happened_on=TODAY - 3 * DAY))

    assert account_id not in scored(technical)
    assert account_id in scored(technical, TODAY - 4 * DAY)


def test_the_daily_run_records_once_and_the_walk_heals_the_past(account_id, technical):
    daily.run_day(technical, TODAY)
    daily.past_health(technical, TODAY - 20 * DAY, TODAY - DAY)
    first = read_frame(select(m.HealthDay.__table__).order_by(m.HealthDay.day))
    assert len(first) >= 9
    assert daily.past_health(technical, TODAY - 20 * DAY, TODAY - DAY) == 0

    make.case(account_id, opened_at=ago(4))  # comes late

    assert daily.past_health(technical, TODAY - 20 * DAY, TODAY - DAY) == 3
    healed = read_frame(select(m.HealthDay.day, m.HealthDay.support).order_by(m.HealthDay.day))
    assert healed[healed["support"] < 100]["day"].tolist() == [TODAY - 3 * DAY, TODAY - 2 * DAY, TODAY - DAY]


def test_an_account_without_any_activity_has_no_points_for_it(account_id, technical):
    make.change(m.ActivityScore, (account_id, TODAY - DAY), observed_28=0, expected_28=0, ratio_28=1.0)

    row = scored(technical)[account_id]

    assert row["activity"] != 100
    assert row["coverage"] == 0.35
    assert row["score"] is None or row["score"] != row["score"]


def test_far_back_only_what_a_renewal_grades_is_walked(account_id):
    due = TODAY - 120 * DAY
    make.renewal(account_id, make.contract(account_id), due_on=due, closed_on=due, stage="signed")
    with reading() as connection:
        wanted = mornings(connection, TODAY - 400 * DAY, TODAY - DAY)

    old = {day: who for day, who in wanted.items() if day < TODAY - 100 * DAY}
    assert old == {graded_on(due, ahead): {account_id} for ahead in (60, 90, 180)}
    assert all(who is None for day, who in wanted.items() if day >= TODAY - 90 * DAY)

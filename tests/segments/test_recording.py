"""Segments on a real store: computed each morning, kept with their past, read by who may see the account."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.access import Viewer
from lib.flows.daily import _segments
from lib.segments import queries
from lib.segments.worth import lifetimes
from lib.store import models as m
from lib.store.database import read_frame
from tests import make
from tests.make import NOW, TODAY

OLD = date(2023, 1, 1)


def judge(technical: Viewer, day: date = TODAY) -> int:
    return _segments(replace(technical, now=NOW + (day - TODAY)), day)


def values(viewer: Viewer, account: int) -> dict[str, str]:
    return {one.axis: one.value for one in queries.of_account(viewer, account).segments}


def pay(account: int, *days: date) -> None:
    for number, day in enumerate(days):
        invoice = make.invoice(account, issued_on=day, status="paid")
        make.insert(m.Payment(external_id=f"PAY-{account}-{day}-{number}", invoice_id=invoice, paid_on=day,
                              amount_minor=1_000))  # fmt: skip


def before(*ages: int) -> list[date]:
    return [TODAY - timedelta(days=age) for age in ages]


@pytest.mark.acceptance("C03")
def test_five_payments_in_a_quarter_four_and_none_in_half_a_year(database, manager, technical):
    made = [make.account(owner=manager.person_id, signed_up_on=OLD) for _ in range(3)]
    pay(made[0], *before(1, 20, 40, 60, 80))
    pay(made[1], *before(1, 20, 40, 60, 100))
    pay(made[2], *before(200, 400))
    judge(technical)

    assert [values(manager, one)["activity"] for one in made] == ["high_active", "regular", "dormant"]


@pytest.mark.acceptance("C03")
def test_a_change_on_one_axis_moves_no_other(embedded, manager, technical):
    account = make.account(owner=manager.person_id, signed_up_on=OLD, monthly_sales_minor=500_000,
                           stated_arr_minor=1_000_000)  # fmt: skip
    pay(account, *before(1, 20, 40, 60))
    judge(technical)
    start = values(manager, account)
    steps = (
        ("activity", lambda: pay(account, *before(5))),
        ("value", lambda: make.change(m.Account, account, stated_arr_minor=50_000_000)),
        ("plan", lambda: make.change(m.Account, account, monthly_sales_minor=50_000_000)),
        ("stage", lambda: make.alert(account)),
        ("loyalty", lambda: [make.touch(account, manager.person_id, happened_at=NOW - timedelta(days=n + 2))
                             for n in range(40)]),
        ("price", lambda: make.quote(account, manager.person_id, "accepted",
                                     effective_discount=Decimal("0.3"),
                                     accepted_at=NOW - timedelta(days=30))),
    )  # fmt: skip
    for later, (axis, change) in enumerate(steps, 1):
        change()
        judge(technical, TODAY + timedelta(days=later))
        now = values(manager, account)
        assert {a for a in now if now[a] != start[a]} == {axis}
        start = now


def test_a_change_is_kept_with_its_day_and_the_rest_keeps_its_since(embedded, manager, technical):
    account = make.account(owner=manager.person_id, signed_up_on=OLD, stated_arr_minor=1_000_000)
    judge(technical, TODAY - timedelta(days=3))
    make.change(m.Account, account, stated_arr_minor=5_000_000)
    judge(technical)
    found = queries.of_account(manager, account)
    since = {one.axis: one.since for one in found.segments}

    assert [(c.axis, c.old, c.new, c.changed_on) for c in found.changes] == [("value", "low", "mid", TODAY)]
    assert (since["value"], since["plan"]) == (TODAY, TODAY - timedelta(days=3))
    assert {one.computed_on for one in found.segments} == {TODAY}


def test_a_morning_done_again_changes_nothing_and_an_earlier_one_either(embedded, manager, technical):
    account = make.account(owner=manager.person_id, signed_up_on=OLD)
    pay(account, *before(200))
    judge(technical)
    held = read_frame(select(*m.AccountSegment.__table__.c))
    tasks = read_frame(select(m.Task.title))
    judge(technical)
    judge(technical, TODAY - timedelta(days=1))

    assert read_frame(select(*m.AccountSegment.__table__.c)).equals(held)
    assert read_frame(select(m.Task.title)).equals(tasks)


def test_a_dormant_account_gets_one_wake_up_task_however_often_it_is_judged(embedded, manager, technical):
    account = make.account(owner=manager.person_id, signed_up_on=OLD)
    gone = make.account(owner=manager.person_id, signed_up_on=OLD, status="churned")
    for one in (account, gone):
        pay(one, *before(300))
    for later in range(3):
        judge(technical, TODAY + timedelta(days=later))

    rows = read_frame(select(m.Task.account_id, m.Task.kind, m.Task.owner_id))
    assert rows.to_dict("records") == [
        {"account_id": account, "kind": "wake_up", "owner_id": manager.person_id}
    ]


def test_a_desk_without_purchases_and_use_wakes_nobody(embedded, manager, technical):
    account = make.account(owner=manager.person_id, signed_up_on=OLD)
    judge(technical)

    assert values(manager, account)["activity"] == "unknown"
    assert read_frame(select(m.Task.id)).empty


def test_what_is_dated_on_the_morning_or_later_does_not_count(embedded, manager, technical):
    account = make.account(owner=manager.person_id, signed_up_on=OLD)
    pay(account, *before(0, -1, 10, 20, 30, 40))
    judge(technical)

    assert values(manager, account)["activity"] == "regular"


def test_lifetime_value_follows_from_past_renewals(embedded, manager, technical):
    """Forty customers at their first date: thirty-two lost, eight renewed; then two of the eight lost."""
    first, second = date(2025, 11, 1), date(2026, 11, 1)
    for n in range(40):
        status = "churned" if n >= 8 or n < 2 else "active"
        account = make.account(owner=manager.person_id, signed_up_on=date(2024, 11, 1), name=f"C{n}",
                               stated_arr_minor=1_000_000, status=status)  # fmt: skip
        contract = make.contract(account)
        stage = "lost" if n >= 8 else "signed"
        make.renewal(account, contract, stage=stage, due_on=first, closed_on=first)
        if n < 8:
            stage = "lost" if n < 2 else "signed"
            make.renewal(account, contract, stage=stage, due_on=second, closed_on=second)
    judge(technical)
    row = lifetimes(manager, "value").iloc[0]
    (band,) = (s for s in queries.of_account(manager, account - 35).segments if s.axis == "value")
    here = band.reason["worth"]

    assert tuple(row[["value", "accounts", "losses", "dates", "own"]]) == ("low", 6, 34, 48, True)
    assert row["next"] == pytest.approx(0.2, abs=0.01)
    assert here["renewals"] == 2
    assert here["next"] > 0.75, "who renewed before is likelier to do so again"

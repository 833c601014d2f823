"""A service that holds inspections brings one task a quarter, in words a customer would use."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from lib.flows import daily
from lib.fulfilment import queries
from lib.fulfilment.rules import visits
from lib.store.database import read_frame
from lib.store.models import Task
from tests import make
from tests.fulfilment.test_fulfilling import accept


def test_visits_fall_on_the_last_day_of_each_part_of_a_year_within_the_service() -> None:
    assert visits(date(2026, 1, 31), date(2027, 1, 30), 4) == [
        date(2026, 4, 29), date(2026, 7, 30), date(2026, 10, 30), date(2027, 1, 30)
    ]  # fmt: skip
    assert visits(date(2026, 1, 1), date(2026, 5, 1), 4) == [date(2026, 3, 31)]
    assert len(visits(date(2024, 2, 29), date(2027, 2, 28), 4)) == 12
    assert visits(date(2026, 1, 1), date(2026, 12, 31), 1) == [date(2026, 12, 31)]
    assert visits(date(2026, 1, 1), date(2026, 1, 1), 4) == []


def test_an_inspection_is_a_task_of_the_owner_two_weeks_before_and_once(embedded, manager, technical) -> None:
    account_id = make.account(owner=manager.person_id)
    accept(manager, account_id, lines=[make.quote_line("enterprise"), make.quote_line("gold_escort")])
    held = queries.lines(manager, account_id)
    inspections = held[held.code == "inspections"].iloc[0]

    first = visits(inspections.starts_on, inspections.expires_on, 4)[0]
    wanted = select(Task.title, Task.owner_id, Task.due_on).where(Task.kind == "inspection_visit")
    for before in (15, 14, 13, 0, -1):
        day = first - timedelta(days=before)
        daily._quotes(replace(technical, now=technical.now + (day - technical.today)), day)  # noqa: SLF001
        tasks = read_frame(wanted)
        assert len(tasks) == (before < 15)

    assert tasks.title.tolist() == [
        "Carry out the inspection the customer paid for: "
        "Gold escort service, share of the other lines: Inspections a year"
    ]
    assert (tasks.owner_id.tolist(), tasks.due_on.tolist()) == ([manager.person_id], [first])
    assert inspections.title_zh == "金牌护航计划（按其他行金额的比例）：每年巡检次数"

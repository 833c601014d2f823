"""Volumes customers commit to: what came beside what the calendar lets expect, and what becomes of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.concessions import commands, phrases, queries, recording, volume
from lib.errors import Conflict, Invalid, NotFound
from lib.store.database import read_frame, transaction
from lib.store.models import Task
from tests import make
from tests.make import TODAY

FIRST, AFTER = date(2026, 1, 1), date(2027, 1, 1)
DEAL = {"committed_minor": 1_000_000, "rate": Decimal("0.2"), "benefit": "20% off", "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=100)}  # fmt: skip


@pytest.mark.parametrize(
    ("came", "day", "told"),
    [
        (0, FIRST, "on_track"), (0, FIRST - timedelta(days=9), "on_track"),
        (0, FIRST + timedelta(days=1), "behind"), (500, FIRST + timedelta(days=182), "on_track"),
        (498, FIRST + timedelta(days=182), "behind"), (1000, FIRST, "met"), (999, AFTER, "behind"),
    ],
)  # fmt: skip
def test_a_deal_is_behind_when_less_came_than_its_days_let_expect(came, day, told):
    assert volume.state("running", volume.attainment(1000, came, FIRST, AFTER, day)) == told
    assert volume.state("missed", volume.attainment(1000, came, FIRST, AFTER, day)) == "missed"


@pytest.mark.parametrize(
    "changed",
    [{"committed_minor": 0}, {"rate": Decimal(1)}, {"rate": Decimal(-1)}, {"benefit": " "},
     {"ends_on": TODAY}, {"ends_on": None}],
)  # fmt: skip
def test_a_deal_with_a_fault_is_refused(changed):
    with pytest.raises(Invalid):
        volume.check(DEAL | changed)


def test_invoices_of_its_time_and_currency_count_and_a_missed_volume_is_a_task(
    database, manager, other_manager, technical
):
    account = make.account(owner=manager.person_id, currency="USD")
    for day, amount, more in (
        (TODAY, 300_000, {}), (TODAY - timedelta(days=1), 900_000, {}), (TODAY, 900_000, {"currency": "EUR"}),
        (TODAY, 900_000, {"status": "void"}), (DEAL["ends_on"], 900_000, {}),
    ):  # fmt: skip
        make.insert(
            make.m.Invoice(external_id=f"{day}{amount}{more}", account_id=account, issued_on=day,
                           amount_minor=amount, recorded_at=make.NOW, **more)
        )  # fmt: skip
    deal = commands.commit(manager, account, DEAL, "k1")
    assert commands.commit(manager, account, DEAL, "k1") == deal
    found = queries.volumes(manager)
    assert found["attained_minor"].tolist() == [300_000]
    assert queries.volumes(other_manager).empty
    told = phrases.volume_rows(found, TODAY + timedelta(days=50), "en").iloc[0]
    assert (told["share"], told["expected"], told["state"]) == ("30%", "50%", "behind")

    for day in (DEAL["ends_on"] - timedelta(days=1), DEAL["ends_on"], DEAL["ends_on"]):
        with transaction() as session:
            session.info["command"] = "daily.run"
            recording.keep_day(session, technical, day)

    assert queries.volumes(manager)["status"].tolist() == ["missed"]
    tasks = read_frame(select(Task.title, Task.owner_id).where(Task.kind == "volume_missed"))
    assert tasks["title"].tolist() == ["Talk about the committed volume: $3,000 of $10,000 came"]
    with pytest.raises(Conflict):
        commands.end_deal(manager, deal, 2, "Too late")
    with pytest.raises(NotFound):
        commands.end_deal(other_manager, deal, 2, "Not theirs")


def test_a_deal_that_is_ended_early_keeps_the_reason(embedded, manager):
    deal = commands.commit(manager, make.account(owner=manager.person_id), DEAL)
    with pytest.raises(Invalid):
        commands.end_deal(manager, deal, 1, " ")

    commands.end_deal(manager, deal, 1, "They were taken over")

    row = queries.volumes(manager).iloc[0]
    assert (row.status, row.reason) == ("ended", "They were taken over")

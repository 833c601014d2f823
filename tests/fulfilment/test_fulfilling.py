"""What acceptance sets going: benefits with clocks, instructions sent once, and nothing half-written."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lib.access import Viewer
from lib.flows import daily, deal_benefits, fulfilling
from lib.flows.accept_quote import accept_quote
from lib.fulfilment import adapter, commands, queries, sending
from lib.fulfilment.rules import State
from lib.quotes import queries as quotes
from lib.renewals import queries as renewals
from lib.settings import settings
from lib.store.database import read_frame, reading
from lib.store.models import ArrMovement, Benefit, Contract, Entitlement, FulfilmentAction, Renewal, Task
from tests import make
from tests.flows.test_accept_quote import issued


@pytest.fixture
def account_id(manager) -> int:
    return make.account(owner=manager.person_id)


def accept(viewer: Viewer, account_id: int, **over: object) -> int:
    quote_id = issued(viewer, account_id, **over)
    accept_quote(viewer, quote_id, quotes.quote(viewer, quote_id).version, evidence=make.evidence())
    return quote_id


@pytest.mark.acceptance("C10")
def test_a_paid_renewal_has_a_line_for_each_benefit_automatic_ones_in_time_large_ones_to_check(
    database, manager, account_id
) -> None:
    contract_id = make.contract(account_id)
    renewal_id = make.renewal(account_id, contract_id)
    accept(manager, account_id, renewal_id=renewal_id)
    version = int(renewals.one_renewal(manager, renewal_id).version.iloc[0])

    made = deal_benefits.mark_paid(manager, renewal_id, version, paid_on=manager.today)
    lines = queries.lines(manager, account_id)

    assert made == 0  # acceptance wrote them; paying doubles none
    assert set(lines["kind"]) >= {"subscription", "extra", "discount"}
    settled = lines[(lines["state"] == State.IN_FORCE) & lines["automatic"].astype(bool)]
    assert len(settled)
    assert all(at - manager.now <= timedelta(seconds=60) for at in settled["in_force_at"])
    checked = lines[lines["state"] == State.CHECKING]
    assert len(checked)
    assert all(at == manager.now + timedelta(hours=1) for at in checked["due_at"])
    assert lines["expires_on"].notna().all()

    order = lines["order_number"].iloc[0]
    problem = commands.report(manager, account_id, order_number=order, what="Seats are missing")
    found = queries.problems(manager).set_index("id").loc[problem]
    assert (found["order_number"], found["due_at"]) == (order, manager.now + timedelta(minutes=30))


def test_acceptance_moves_arr_and_opens_the_next_renewal(database, manager, account_id) -> None:
    quote_id = accept(manager, account_id)

    moved = read_frame(select(ArrMovement.kind, ArrMovement.before_minor, ArrMovement.after_minor))
    contract = read_frame(select(Contract.id, Contract.arr_minor, Contract.ends_on))
    coming = read_frame(select(Renewal.contract_id, Renewal.due_on, Renewal.base_minor))
    assert moved.values.tolist() == [["new", 0, contract.arr_minor.iloc[0]]]
    assert coming.values.tolist() == [
        [contract.id.iloc[0], contract.ends_on.iloc[0], contract.arr_minor.iloc[0]]
    ]
    assert quotes.quote(manager, quote_id).status == "accepted"


@pytest.mark.parametrize("place", ["note_movement", "open_benefits", "open_for"])
def test_a_failure_anywhere_in_acceptance_leaves_nothing(
    database, manager, account_id, monkeypatch, place
) -> None:
    quote_id = issued(manager, account_id)
    version = quotes.quote(manager, quote_id).version
    real = getattr(deal_benefits, place)

    def broken(*args: object, **values: object) -> None:
        real(*args, **values)
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr(deal_benefits, place, broken)
    with pytest.raises(RuntimeError):
        accept_quote(manager, quote_id, version, evidence=make.evidence())

    with reading() as connection:
        for table in (Contract, ArrMovement, Benefit, FulfilmentAction, Entitlement, Renewal):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0
    assert quotes.quote(manager, quote_id).status == "sent"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    place = tmp_path / "instructions"
    place.mkdir()
    monkeypatch.setattr(settings(), "fulfilment_folder", place)
    return place


def test_instructions_survive_a_restart_and_are_handed_over_once(
    embedded, manager, technical, account_id, folder
) -> None:
    accept(manager, account_id)
    waiting = queries.lines(manager, account_id)
    first = sending.claim(technical)  # a sender takes one and dies
    later = replace(technical, now=technical.now + timedelta(minutes=3))

    counted = fulfilling.deliver_waiting(later, lambda: later.now)
    again = fulfilling.deliver_waiting(later, lambda: later.now)

    files = sorted(folder.iterdir())
    automatic = waiting[waiting["automatic"].astype(bool)]
    assert first is not None
    assert set(automatic["state"]) == {State.WAITING}
    assert (counted, again) == ({"done": len(automatic)}, {})
    assert len(files) == len(automatic)
    assert all(set(json.loads(f.read_text())) >= {"id", "verb", "code", "quantity"} for f in files)
    assert sending.finish(later, first.id, first.claim, "sent") == "lost"


def test_an_instruction_that_never_gets_through_is_given_up_and_shown(
    embedded, manager, technical, account_id, folder
) -> None:
    accept(manager, account_id)
    folder.rmdir()
    now = technical.now
    for _turn in range(20):
        now += timedelta(hours=1)
        moment = now
        fulfilling.deliver_waiting(technical, lambda at=moment: at)

    states = set(queries.lines(manager, account_id).query("automatic")["state"])
    assert states == {State.FAILED}


def test_a_name_from_outside_reaches_no_file(tmp_path) -> None:
    assert adapter.Files(tmp_path).deliver("../evil", {}) == "rejected"
    assert not list(tmp_path.iterdir())


def test_what_differs_cannot_be_confirmed(embedded, manager, account_id) -> None:
    accept(manager, account_id)
    line = queries.lines(manager, account_id).query("state == 'checking' and granted > 1").iloc[0]
    version = commands.correct(manager, int(line["id"]), int(line["version"]), provisioned=1)

    with pytest.raises(Exception, match="benefit_differs"):
        commands.confirm(manager, int(line["id"]), version)
    version = commands.correct(manager, int(line["id"]), version, provisioned=int(line["granted"]))
    commands.confirm(manager, int(line["id"]), version)

    found = queries.lines(manager, account_id).set_index("id")
    assert found.loc[line["id"], "state"] == State.IN_FORCE


@pytest.mark.acceptance("C10")
def test_a_customer_who_was_not_told_by_the_next_day_is_somebodys_task_once(
    embedded, manager, technical, account_id
) -> None:
    accept(manager, account_id)
    next_day = replace(technical, now=technical.now + timedelta(days=1, minutes=1))

    for _turn in range(2):
        daily._quotes(next_day, next_day.today)  # noqa: SLF001 - the step alone
    told = read_frame(select(Task.title, Task.owner_id).where(Task.kind == "tell_benefits"))

    assert told["title"].tolist() == [
        "Send the entitlement statement of order QT-2026-0001-1 to the customer"
    ]
    assert told["owner_id"].tolist() == [manager.person_id]

"""Give and get on a quote: cost, owner, return, the flag without one, entitlements at acceptance."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.concessions import commands, queries, rules
from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.flows import concede, daily
from lib.quotes import commands as quotes
from lib.quotes import issuing
from lib.quotes import queries as quoted
from lib.store import policy
from lib.store.database import reading
from lib.store.models import Entitlement, Task
from tests import make
from tests.make import TODAY
from tests.offers.test_windows import accept, customer, issued, saved

GIVE = {"cost_minor": 150_000, "list_minor": 400_000, "give_code": "reference",
        "give_text": "A public reference", "give_due_on": TODAY + timedelta(days=30)}  # fmt: skip
BARE = {"cost_minor": 60_000, "list_minor": 180_000, "competitor": "Rival"}


@pytest.fixture
def quote(embedded, manager) -> int:
    make.window("november", manager.person_id)
    return saved(manager, customer(manager), "november")


@pytest.mark.acceptance("C19")
def test_a_concession_carries_cost_owner_and_return_and_one_without_is_flagged(quote, manager, seller):
    concede.add(manager, quote, "co_marketing", GIVE)
    concede.add(manager, quote, "free_training", BARE)

    found = queries.of_quote(manager, quote)
    assert found["give_status"].tolist() == ["open", "missing"]
    assert found["owner"].tolist() == ["Lin Wei", "Lin Wei"]
    assert "cost_minor" not in found, "a manager does not see costs"
    total = rules.total(
        row for row in found.assign(cost_minor=[150_000, 60_000]).itertuples(index=False)
    )  # fmt: skip
    assert (total.cost_minor, total.list_minor, total.bare) == (210_000, 580_000, 1)
    assert queries.ledger(manager, "bare")["code"].tolist() == ["free_training"]


@pytest.mark.acceptance("C19")
def test_granted_concessions_become_entitlements_and_their_return_falls_due(embedded, manager, leader):
    make.window("november", manager.person_id)
    account = customer(manager)
    quote = issued(
        manager, account, "november", lambda q: (concede.add(manager, q, "co_marketing", GIVE),
                                                 concede.add(manager, q, "price_lock", {})),
    )  # fmt: skip
    accept(manager, quote)

    found = queries.ledger(manager, "all")
    assert found["status"].tolist() == ["granted", "granted"]
    assert found["lapses_on"].tolist() == [date(2028, 1, 1)] * 2
    with reading() as connection:
        e = Entitlement
        mine = (e.account_id == account, e.source == "concession")
        kept = connection.execute(select(e.item, e.expires_on).where(*mine)).all()
    assert sorted(tuple(row) for row in kept) == [("Co-marketing", date(2027, 12, 31)),
                                                  ("Price lock", date(2027, 12, 31))]  # fmt: skip
    due, bare = queries.ledger(manager, "open").iloc[0], queries.ledger(manager, "bare").iloc[0]
    commands.receive(manager, int(due.id), int(due.version), "Reference call held")
    with pytest.raises(NotAllowed):
        commands.waive(manager, int(bare.id), int(bare.version), "Small")
    commands.waive(leader, int(bare.id), int(bare.version), "Small")
    assert set(queries.ledger(manager, "settled")["give_status"]) == {"received", "waived"}
    with pytest.raises(Conflict):
        commands.receive(manager, int(due.id), int(due.version) + 1, "Twice")


def test_conditions_and_caps_of_the_library_hold(quote, manager):
    for code, values in (
        ("free_training", {}), ("migration_subsidy", {"competitor": "Rival", "cost_minor": 500_001}),
        ("migration_assistance", {"quantity": 11}), ("co_marketing", {"give_code": "reference"}),
        ("reseller_rebate", {"cost_minor": 10_000_000}), ("nothing", {}),
        ("co_marketing", {"cost_minor": -1}),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            concede.add(manager, quote, code, values)


def test_a_rebate_for_resellers_ends_at_fifteen_percent():
    entry = rules.read_library(policy.shipped()["concessions"])["reseller_rebate"]
    cap = Decimal(policy.shipped()["value"]["partner"]["rebate_cap"])

    assert rules.check(entry, {"cost_minor": 15_000}, "USD", 100_000, cap)["cost_minor"] == 15_000
    with pytest.raises(Invalid):
        rules.check(entry, {"cost_minor": 15_001}, "USD", 100_000, cap)


def test_what_is_given_is_fixed_once_the_quote_is_out(quote, manager, other_manager):
    first = concede.add(manager, quote, "co_marketing", GIVE, "k1")
    assert concede.add(manager, quote, "co_marketing", GIVE, "k1") == first
    with pytest.raises(NotFound):
        concede.remove(other_manager, first, 1)
    concede.remove(manager, first, 1)
    quotes.submit_quote(manager, quote, quoted.quote(manager, quote).version)
    issuing.issue_quote(manager, quote, quoted.quote(manager, quote).version)
    with pytest.raises(Conflict):
        concede.add(manager, quote, "co_marketing", GIVE)


@pytest.mark.acceptance("C19")
def test_a_return_that_is_due_becomes_one_task_and_lapses_with_the_contract(embedded, manager, technical):
    account = make.account(owner=manager.person_id)
    row = make.insert(
        make.m.QuoteConcession(
            account_id=account, quote_id=make.quote(account, manager.person_id), code="co_marketing",
            currency="USD", owner_id=manager.person_id, created_by=manager.person_id, created_at=make.NOW,
            give_code="reference", give_text="A public reference", give_due_on=TODAY, give_status="open",
            status="granted", granted_on=TODAY, lapses_on=TODAY + timedelta(days=60),
        )
    )  # fmt: skip

    def morning(day: date) -> list[str]:
        daily._tasks(technical, day)
        with reading() as connection:
            wanted = select(Task.title).where(Task.kind == "concession_return")
            return list(connection.execute(wanted).scalars())

    assert morning(TODAY - timedelta(days=1)) == []
    once = ["Ask for the return for “Co-marketing”: Reference: A public reference"]
    assert morning(TODAY) == once == morning(TODAY)
    morning(TODAY + timedelta(days=60))
    over = queries.ledger(manager, "settled").set_index("id").loc[row]
    assert (over["status"], over["give_status"]) == ("ended", "lapsed")

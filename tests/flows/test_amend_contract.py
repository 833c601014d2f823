"""A quote that amends a running contract: its periods, proration, and movements that add up to the ARR."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from lib.errors import Conflict, Invalid
from lib.flows import deal_contract, renewal_quote
from lib.flows.accept_quote import accept_quote
from lib.quotes import commands, issuing, queries
from lib.renewals.commands import open_due
from lib.store.database import read_frame, reading, transaction
from lib.store.models import ArrMovement, Contract, Renewal, Subscription, SubscriptionChange
from tests import make
from tests.flows.test_accept_quote import issued, seen

FIRST, MID = date(2027, 1, 1), date(2027, 7, 1)


@pytest.fixture
def account_id(manager) -> int:
    return make.account(owner=manager.person_id)


def accepted(viewer, quote_id: int) -> int:
    return accept_quote(viewer, quote_id, seen(viewer, quote_id), evidence=make.evidence())


def amending(viewer, account_id: int, contract_id: int, lines: list, **over: object) -> int:
    """An issued quote from the middle of 2027 that changes a contract and ends with it."""
    quote_id = commands.create_quote(viewer, account_id)
    form = make.quote_form(
        **{"starts_on": MID, "term_months": 12, "amends_contract_id": contract_id,
           "co_term_contract_id": contract_id} | over
    )  # fmt: skip
    version = commands.save_draft(viewer, quote_id, 1, values=form, lines=lines)
    commands.submit_quote(viewer, quote_id, version)
    issuing.issue_quote(viewer, quote_id, version + 1)
    return quote_id


def arr_on(account_id: int, day: date) -> int:
    s = Subscription
    running = select(func.coalesce(func.sum(s.arr_minor), 0)).where(
        s.account_id == account_id, s.starts_on <= day, (s.ends_on > day) | s.ends_on.is_(None)
    )
    with reading() as connection:
        return int(connection.execute(running).scalar())


def moved() -> list[tuple]:
    a = ArrMovement
    rows = read_frame(select(a.kind, a.before_minor, a.after_minor, a.effective_on).order_by(a.id))
    return [tuple(row) for row in rows.itertuples(index=False)]


@pytest.mark.parametrize(("seats", "kind"), [(80, "expansion"), (40, "contraction")])
def test_an_amendment_changes_the_running_contract_and_movements_add_up(
    database, manager, account_id, seats, kind
) -> None:
    contract_id = accepted(manager, issued(manager, account_id))  # 61 seats and a plan for two years
    before = arr_on(account_id, MID)

    same = accepted(manager, amending(manager, account_id, contract_id, [make.quote_line("seats", seats)]))

    after, (first, second) = arr_on(account_id, MID), moved()
    assert same == contract_id
    assert (first[0], second[0], second[3]) == ("new", kind, MID)
    assert second[1:3] == (before, after)
    assert sum(m[2] - m[1] for m in (first, second)) == after
    with transaction() as session:
        contract = session.get(Contract, contract_id)
        change = session.execute(select(SubscriptionChange)).scalars().one()
        renewal = session.execute(select(Renewal)).scalars().one()
    assert (contract.arr_minor, contract.seats) == (after, seats)
    assert contract.ends_on == date(2029, 1, 1)
    assert (renewal.base_minor, renewal.due_on) == (after, contract.ends_on)
    assert change.new_arr_minor - change.old_arr_minor == after - before
    if kind == "expansion":
        assert (change.numerator, change.denominator) == (184, 365)  # July to December
        assert change.due_minor == change.credit_minor + change.charge_minor > 0
    else:
        assert change.due_minor == 0  # nothing paid comes back
    periods = read_frame(
        select(Subscription.product, Subscription.starts_on, Subscription.ends_on)
        .where(Subscription.seats.is_not(None))
        .order_by(Subscription.id)
    )
    assert periods["ends_on"].tolist() == [MID, date(2029, 1, 1)]
    assert arr_on(account_id, date(2029, 1, 1)) == 0


def test_an_added_module_ends_with_its_contract_and_leaves_the_rest_running(
    database, manager, account_id
) -> None:
    contract_id = accepted(manager, issued(manager, account_id))
    before = arr_on(account_id, MID)

    quote_id = amending(manager, account_id, contract_id, [make.quote_line("analytics")])
    arr = queries.quote(manager, quote_id).saved.priced.arr_minor
    accepted(manager, quote_id)

    assert arr_on(account_id, MID) == before + arr
    assert moved()[1][1:3] == (before, before + arr)
    added = read_frame(select(Subscription.starts_on, Subscription.ends_on, Subscription.contract_id)
                       .where(Subscription.starts_on == MID))  # fmt: skip
    assert [tuple(r) for r in added.itertuples(index=False)] == [(MID, date(2029, 1, 1), contract_id)]


def test_an_amended_contract_of_imported_periods_keeps_its_other_periods(
    database, manager, technical, account_id
) -> None:
    contract_id = make.contract(account_id, product_line="Platform", starts_on=FIRST,
                                ends_on=date(2028, 1, 1), arr_minor=700_000)  # fmt: skip
    for plan, product, arr in (("team", None, 600_000), (None, "Archive", 100_000)):
        make.subscription(account_id, contract_id=contract_id, product_line="Platform", starts_on=FIRST,
                          ends_on=date(2028, 1, 1), plan=plan, product=product, arr_minor=arr)  # fmt: skip

    accepted(manager, amending(manager, account_id, contract_id, [make.quote_line("professional")]))

    new = arr_on(account_id, MID)
    assert moved() == [("expansion" if new > 700_000 else "contraction", 700_000, new, MID)]
    assert arr_on(account_id, date(2027, 6, 30)) == 700_000
    kept = read_frame(select(Subscription.ends_on).where(Subscription.product == "Archive"))
    assert kept["ends_on"].tolist() == [date(2028, 1, 1)]


def test_a_contract_that_is_over_by_then_is_not_amended(embedded, manager, account_id) -> None:
    over = make.contract(account_id, ends_on=date(2027, 3, 1))
    with pytest.raises(Invalid, match="quote_amends"):
        amending(manager, account_id, over, [make.quote_line("seats", 5)], co_term_contract_id=None)
    running = make.contract(account_id, product_line="B", ends_on=date(2028, 3, 1))
    quote_id = amending(manager, account_id, running, [make.quote_line("seats", 5)])
    make.change(Contract, running, ends_on=date(2027, 2, 1))

    with pytest.raises(Conflict, match="quote_amends"):
        accepted(manager, quote_id)
    assert queries.quote(manager, quote_id).status == "sent"


@pytest.mark.parametrize("place", ["amend_periods", "settle_contract"])
def test_a_failure_in_the_middle_of_an_amendment_leaves_the_contract_as_it_was(
    database, manager, account_id, monkeypatch, place
) -> None:
    contract_id = accepted(manager, issued(manager, account_id))
    quote_id = amending(manager, account_id, contract_id, [make.quote_line("seats", 90)])
    before, real = arr_on(account_id, MID), getattr(deal_contract, place)

    def broken(*args: object, **values: object) -> None:
        real(*args, **values)
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr(deal_contract, place, broken)
    with pytest.raises(RuntimeError):
        accepted(manager, quote_id)

    assert arr_on(account_id, MID) == before
    assert len(moved()) == 1
    assert read_frame(select(SubscriptionChange.id)).empty
    assert queries.quote(manager, quote_id).status == "sent"


def test_a_renewal_signed_early_moves_arr_once_and_its_old_contract_never_comes_due_again(
    database, manager, technical, account_id
) -> None:
    old_id = make.contract(account_id, product_line="Platform", starts_on=date(2026, 2, 1),
                           ends_on=date(2027, 2, 1), arr_minor=500_000)  # fmt: skip
    period = make.subscription(account_id, contract_id=old_id, product_line="Platform", arr_minor=500_000,
                               starts_on=date(2026, 2, 1), ends_on=date(2027, 2, 1))  # fmt: skip
    renewal_id = make.renewal(account_id, old_id, due_on=date(2027, 2, 1), base_minor=450_000)

    new_id = accepted(manager, issued(manager, account_id, renewal_id=renewal_id))
    with transaction() as session:
        session.info["command"] = "renewals.open_due"
        open_due(session, technical, technical.today)

    arr = arr_on(account_id, FIRST)
    assert moved() == [("expansion" if arr > 500_000 else "contraction", 500_000, arr, FIRST)]
    assert arr_on(account_id, date(2026, 12, 31)) == 500_000
    held = read_frame(select(Subscription.ends_on).where(Subscription.id == period))
    assert held["ends_on"].tolist() == [FIRST]
    renewals = read_frame(select(Renewal.contract_id, Renewal.stage).order_by(Renewal.id))
    assert renewals.values.tolist() == [[old_id, "signed"], [new_id, "to_contact"]]


def test_a_quote_that_ends_with_a_running_contract_writes_a_contract_with_that_end(
    database, manager, account_id
) -> None:
    other = make.contract(account_id, product_line="Platform", ends_on=date(2028, 1, 1))
    quote_id = amending(manager, account_id, other, [make.quote_line("seats", 7)], amends_contract_id=None)
    arr = queries.quote(manager, quote_id).saved.priced.arr_minor

    made = accepted(manager, quote_id)

    with transaction() as session:
        contract = session.get(Contract, made)
        period = session.execute(select(Subscription).where(Subscription.contract_id == made)).scalars().one()
    assert (contract.starts_on, contract.ends_on) == (MID, date(2028, 1, 1))
    assert (period.arr_minor, contract.arr_minor, period.ends_on) == (arr, arr, contract.ends_on)
    assert period.discount == Decimal(0)
    assert moved() == [("new", 0, arr, MID)]


def test_a_change_is_quoted_from_today_and_ends_with_its_contract(embedded, manager, account_id) -> None:
    contract_id = make.contract(account_id, product_line="Platform", ends_on=date(2027, 9, 1))
    period = make.subscription(account_id, contract_id=contract_id, ends_on=date(2027, 9, 1))
    endless = make.subscription(account_id)

    quote_id = renewal_quote.start_amendment(manager, period, form_key="k")
    again = renewal_quote.start_amendment(manager, period, form_key="k")

    more = queries.quote(manager, quote_id).form.more
    assert again == quote_id
    assert more.amends_contract_id == more.co_term_contract_id == contract_id
    assert queries.quote(manager, quote_id).form.term_months == 12
    with pytest.raises(Invalid, match="quote_amends"):
        renewal_quote.start_amendment(manager, endless)

"""Opening, moving and closing renewals, on both stores."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from lib.contracts import commands as contracts
from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.renewals import commands, queries, rules
from lib.renewals.rules import lead_date
from lib.store.database import read_frame, transaction
from lib.store.models import Contract, Renewal, RenewalMove
from tests import make


def day(viewer, today: date) -> int:
    """What a new day does: contracts roll, renewals open and settle."""
    then = replace(viewer, now=datetime(today.year, today.month, today.day, 1, tzinfo=UTC))
    with transaction() as session:
        contracts.roll(session, then, today)
        return commands.open_due(session, then, today)


def rows(account_id: int):
    return read_frame(select(Renewal.__table__).where(Renewal.account_id == account_id).order_by(Renewal.id))


@pytest.mark.acceptance("C08")
@pytest.mark.parametrize("end", [date(2027, 4, 1), date(2027, 3, 2), date(2027, 1, 31), date(2028, 3, 1)])
def test_every_contract_has_its_opportunity_by_the_lead_date(database, technical, end):
    account = make.account()
    make.contract(account, ends_on=end)

    opened = day(technical, lead_date(end))

    assert opened == 1
    row = rows(account).iloc[0]
    assert (row.due_on, row.opens_on, row.stage) == (end, lead_date(end), "to_contact")
    assert row.base_minor == row.expected_minor == 1_200_000


def test_a_contract_far_from_its_end_has_none_yet_and_later_one(database, technical, today):
    account = make.account()
    make.contract(account, ends_on=date(2027, 8, 1))

    assert day(technical, today) == 0
    assert day(technical, date(2027, 1, 25)) == 1
    assert day(technical, date(2027, 1, 26)) == 0


@pytest.mark.parametrize("kind", ["month_to_month", "ended", "trial", "void"])
def test_other_kinds_have_no_renewal(database, technical, today, kind):
    account = make.account()
    make.contract(account, kind=kind, ends_on=date(2027, 1, 1) if kind != "month_to_month" else None)

    assert day(technical, today) == 0


@pytest.mark.acceptance("C08")
def test_a_lead_date_without_logged_contact_shows_as_overdue(database, manager, technical, today):
    account = make.account(owner=manager.person_id)
    make.contract(account, ends_on=date(2026, 12, 20))
    day(technical, today)

    assert list(queries.overdue(manager).account_id) == [account]
    assert queries.count_overdue(manager) == 1
    make.touch(account, manager.person_id)
    assert queries.overdue(manager).empty
    assert queries.count_overdue(manager) == 0
    assert not queries.renewals_of_account(manager, account).overdue.any()


def test_an_old_contact_does_not_count(database, manager, technical, today):
    account = make.account(owner=manager.person_id)
    make.contract(account, ends_on=date(2026, 12, 20))
    make.touch(account, manager.person_id, happened_at=manager.now - timedelta(days=90))
    day(technical, today)

    assert len(queries.overdue(manager)) == queries.count_overdue(manager) == 1


@pytest.mark.acceptance("C08")
def test_moves_keep_their_history(database, manager, technical, today):
    account = make.account(owner=manager.person_id)
    make.contract(account)
    day(technical, today)
    renewal = int(rows(account).id[0])

    version = commands.move_stage(manager, renewal, 1, "proposal", comment="Sent three options.")
    commands.move_stage(manager, renewal, version, "terms_confirmed")

    steps = queries.moves(manager, renewal)
    assert list(steps.to_stage) == ["terms_confirmed", "proposal", "to_contact"]
    assert steps.comment[1] == "Sent three options."
    assert rows(account).category[0] == "commit"


def test_a_loss_needs_a_reason_and_leaves_the_forecast(database, manager):
    account = make.account(owner=manager.person_id)
    renewal = make.renewal(account, make.contract(account))

    with pytest.raises(Invalid):
        commands.move_stage(manager, renewal, 1, "lost")
    commands.move_stage(manager, renewal, 1, "lost", lost_reason="price")

    row = rows(account).iloc[0]
    assert (row.stage, row.category, row.expected_minor, row.closed_on) == (
        "lost", "omitted", 0, manager.today,
    )  # fmt: skip


def test_a_lost_one_that_comes_back_expects_its_base_again(database, manager):
    account = make.account(owner=manager.person_id)
    renewal = make.renewal(account, make.contract(account))
    version = commands.move_stage(manager, renewal, 1, "lost", lost_reason="price")

    commands.move_stage(manager, renewal, version, "to_contact")

    row = rows(account).iloc[0]
    assert (row.category, row.expected_minor, row.closed_on) == ("pipeline", 1_200_000, None)


def test_a_person_gives_an_amount_and_a_category(database, manager):
    account = make.account(owner=manager.person_id)
    renewal = make.renewal(account, make.contract(account))

    version = commands.set_forecast(manager, renewal, 1, category="commit", expected_minor=900_000)
    commands.move_stage(manager, renewal, version, "informed")

    row = rows(account).iloc[0]
    assert (row.category, row.expected_minor) == ("commit", 900_000)
    for bad in ({"category": "closed", "expected_minor": 1}, {"category": "commit", "expected_minor": -1}):
        with pytest.raises(Invalid):
            commands.set_forecast(manager, renewal, int(row.version), **bad)


def test_an_accepted_quote_closes_it_once(database, manager):
    account = make.account(owner=manager.person_id)
    renewal = make.renewal(account, make.contract(account))

    with transaction() as session:
        commands.close_as_renewed(session, manager, renewal, 1_300_000)

    row = rows(account).iloc[0]
    assert (row.stage, row.category, row.expected_minor) == ("signed", "closed", 1_300_000)
    with pytest.raises(Conflict), transaction() as session:
        commands.close_as_renewed(session, manager, renewal, 1)


def test_not_yours_not_allowed_and_stale_are_refused(database, manager, other_manager, technical):
    account = make.account(owner=manager.person_id)
    renewal = make.renewal(account, make.contract(account))

    with pytest.raises(NotFound):
        commands.move_stage(other_manager, renewal, 1, "informed")
    with pytest.raises(NotAllowed):
        commands.move_stage(technical, renewal, 1, "informed")
    with pytest.raises(Conflict):
        commands.move_stage(manager, renewal, 7, "informed")
    with pytest.raises(Conflict):
        commands.move_stage(manager, renewal, 1, "signed")
    assert queries.renewals(other_manager).empty
    assert queries.moves(other_manager, renewal).empty
    assert queries.one_renewal(other_manager, renewal).empty


def test_an_anniversary_that_passes_is_renewed_and_the_next_one_opens_later(database, technical):
    account = make.account()
    make.contract(account, kind="evergreen", starts_on=date(2025, 12, 1), ends_on=date(2026, 12, 1))
    day(technical, date(2026, 11, 20))

    assert day(technical, date(2026, 12, 1)) == 0

    row = rows(account).iloc[0]
    assert (row.stage, row.closed_on, row.expected_minor) == ("signed", date(2026, 12, 1), 1_200_000)
    assert day(technical, date(2027, 6, 1)) == 1


def test_a_following_period_in_the_source_renews_early(database, technical, today):
    account = make.account()
    make.subscription(account)
    with transaction() as session:
        contracts.rejoin(session, technical, [account])
    day(technical, today)
    make.subscription(account, starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1), arr_minor=1_500_000)
    with transaction() as session:
        contracts.rejoin(session, technical, [account])

    day(technical, date(2026, 11, 21))

    assert list(rows(account).stage) == ["signed"]


def test_a_corrected_end_moves_the_open_renewal(database, manager, technical, today):
    account = make.account(owner=manager.person_id)
    contract = make.contract(account)
    day(technical, today)
    contracts.correct_contract(manager, contract, 1, ends_on=date(2027, 2, 1), arr_minor=1_000_000)

    assert day(technical, date(2026, 11, 21)) == 0

    row = rows(account).iloc[0]
    assert (row.due_on, row.opens_on, row.notice_on) == (
        date(2027, 2, 1),
        date(2026, 12, 31),
        date(2027, 1, 1),
    )
    assert (row.base_minor, row.expected_minor) == (1_000_000, 1_000_000)


def test_a_contract_nobody_renewed_is_late_and_then_lost(database, technical, today):
    account = make.account()
    make.contract(account, ends_on=date(2026, 12, 1))
    day(technical, today)
    day(technical, date(2026, 12, 30))
    assert rows(account).stage[0] == "to_contact"

    day(technical, date(2026, 12, 31))

    assert (rows(account).stage[0], rows(account).lost_reason[0]) == ("lost", "lapsed")
    assert read_frame(select(Contract.kind)).kind[0] == "ended"


@pytest.mark.acceptance("C08")
def test_strip_board_and_list_tell_the_same_sums(database, manager):
    account = make.account(owner=manager.person_id)
    stages = ["to_contact", "informed", "paperwork", "signed", "lost"]
    for i, stage in enumerate(stages):
        contract = make.contract(account, product_line=f"L{i}")
        make.renewal(account, contract, stage=stage, category=_category(stage), base_minor=100 + i,
                     expected_minor=90 + i)  # fmt: skip
    other = make.contract(account, product_line="CNY", currency="CNY")
    make.renewal(account, other, currency="CNY", base_minor=7, expected_minor=7)
    start, end = rules.quarter_of(date(2026, 12, 31))

    sums = queries.summary(manager, start=start, end=end)
    usd = sums[sums.currency == "USD"]
    total = rules.forecast(
        usd[["stage", "category", "count", "base_minor", "expected_minor"]].itertuples(index=False)
    )
    listed = queries.renewals(manager, start=start, end=end, currency="USD")
    cards = queries.board(manager, start=start, end=end, currency="USD")

    assert total.base == listed.base_minor.sum() == 510
    assert total.open == listed[listed.stage.isin(rules.OPEN)].expected_minor.sum() == 273
    assert list(cards.place) == ["to_contact", "informed", "agreed", "signed"]
    assert queries.count_renewals(manager, start=start, end=end) == 6


def _category(stage: str) -> str:
    return {"paperwork": "commit", "signed": "closed", "lost": "omitted"}.get(stage, "pipeline")


def test_the_last_day_decides_the_quarter(database, manager):
    account = make.account(owner=manager.person_id)
    make.renewal(account, make.contract(account), due_on=date(2027, 1, 1))

    fourth = queries.renewals(manager, start=date(2026, 10, 1), end=date(2027, 1, 1))
    first = queries.renewals(manager, start=date(2027, 1, 1), end=date(2027, 4, 1))

    assert (len(fourth), len(first)) == (1, 0)
    assert fourth.ends_on[0] == date(2026, 12, 31)


def test_the_list_filters_sorts_and_pages_in_the_store(database, manager):
    for i, name in enumerate(["Beta", "Alpha", "Gamma"]):
        account = make.account(owner=manager.person_id, name=name, name_zh="锦绣家居" if i == 0 else None)
        make.renewal(account, make.contract(account), base_minor=i)
    make.alert(account, level="critical")

    assert list(queries.renewals(manager, sort="account").account) == ["Alpha", "Beta", "Gamma"]
    assert list(queries.renewals(manager, sort="base_minor", descending=True, limit=1).account) == ["Gamma"]
    assert list(queries.renewals(manager, find="alph").account) == ["Alpha"]
    assert list(queries.renewals(manager, find="锦绣").account) == ["Beta"]
    assert list(queries.renewals(manager, find="gamma").status) == ["critical"]
    assert list(queries.renewals(manager, find="nobody").columns) == list(queries.renewals(manager).columns)


def test_openings_are_steps_too(database, technical, today):
    account = make.account()
    make.contract(account)
    day(technical, today)

    steps = read_frame(select(RenewalMove.__table__))
    assert (steps.to_stage[0], steps.details[0]) == ("to_contact", {"how": "opened"})


def test_a_merged_contract_leaves_no_renewal_behind(database, manager, technical, today):
    account = make.account(owner=manager.person_id)
    make.subscription(account, starts_on=date(2025, 1, 1), ends_on=date(2025, 11, 1))
    make.subscription(account)
    with transaction() as session:
        contracts.rejoin(session, technical, [account])
    day(technical, today)
    make.subscription(account, starts_on=date(2025, 11, 1), ends_on=date(2026, 1, 1))
    with transaction() as session:
        contracts.rejoin(session, technical, [account])

    day(technical, date(2026, 11, 21))

    shown = queries.renewals_of_account(manager, account)
    assert list(shown.stage) == ["to_contact"]
    assert queries.summary(manager)["count"].sum() == 1

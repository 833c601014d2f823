"""Key figures out of the store: scope, currencies, trials, stated ARR, and rows that re-add."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from lib.errors import NotAllowed, NotFound
from lib.kpi import queries
from tests import make


@pytest.fixture
def book(manager):
    """Three accounts of the manager: one grew, one left, one is new; amounts in cents."""
    grew, left, new = (make.account(owner=manager.person_id, region="APAC") for _ in range(3))
    make.subscription(grew, starts_on=date(2025, 1, 1), ends_on=date(2026, 10, 15), arr_minor=1_000_00)
    make.subscription(grew, starts_on=date(2026, 10, 15), ends_on=None, arr_minor=1_500_00)
    make.subscription(left, starts_on=date(2025, 1, 1), ends_on=date(2026, 11, 1), arr_minor=700_00)
    make.subscription(new, starts_on=date(2026, 11, 5), ends_on=None, arr_minor=300_00, billing="monthly")
    return grew, left, new


def test_figures_are_those_computed_by_hand(database, manager, book):
    found = queries.figures(manager)

    assert (found.arr[-1], found.arr_before, found.customers) == (1_800_00, 1_700_00, 2)
    assert found.nrr[-1].value == Decimal(1_500_00) / 1_700_00
    assert found.grr[-1].value == Decimal(1_000_00) / 1_700_00
    assert (found.logo.part, found.logo.whole) == (1, 2)
    b = found.bridge
    assert (b.opening, b.new, b.expansion, b.churn, b.closing) == (1_700_00, 300_00, 500_00, 700_00, 1_800_00)
    assert found.days[-2:] == [date(2026, 10, 31), date(2026, 11, 20)]
    assert found.arr[-2] == 2_200_00


def test_trials_and_other_currencies_stay_out(database, manager, book):
    make.subscription(book[0], is_trial=True, arr_minor=5_000_00)
    make.subscription(book[0], currency="CNY", arr_minor=9_000_00, ends_on=None)

    assert queries.currencies(manager) == ["USD", "CNY"]
    assert queries.figures(manager).arr[-1] == 1_800_00
    assert queries.figures(manager, currency="CNY").arr[-1] == 9_000_00


def test_stated_arr_counts_only_without_subscriptions(database, manager, book):
    make.account(owner=manager.person_id, stated_arr_minor=40_00, signed_up_on=date(2026, 11, 1))
    make.account(owner=manager.person_id, stated_arr_minor=40_00, status="churned")
    with_both = make.account(owner=manager.person_id, stated_arr_minor=40_00)
    make.subscription(with_both, starts_on=date(2026, 11, 1), ends_on=None, arr_minor=1_00)

    found = queries.figures(manager)

    assert found.arr[-1] == 1_800_00 + 40_00 + 1_00
    assert found.arr_before == 1_700_00


def test_nobody_elses_revenue_is_counted(database, manager, other_manager, leader, book):
    assert queries.figures(other_manager).arr[-1] == 0
    assert queries.rows(other_manager, "arr").empty
    assert queries.currencies(other_manager) == []
    assert queries.figures(leader).arr[-1] == 1_800_00


def test_a_region_narrows_every_figure(database, manager, book):
    make.subscription(make.account(owner=manager.person_id, region="EMEA"), ends_on=None, arr_minor=50_00)

    assert queries.regions(manager) == ["APAC", "EMEA"]
    assert queries.figures(manager, region="EMEA").arr[-1] == 50_00
    assert queries.figures(manager).arr[-1] == 1_850_00
    assert len(queries.rows(manager, "arr", region="EMEA")) == 1


def test_the_rows_behind_each_figure_add_up_to_it(database, manager, book):
    make.alert(book[0], level="critical", opened_on=date(2026, 11, 10))
    contract = make.contract(book[0])
    make.renewal(book[0], contract, base_minor=1_000_00, expected_minor=900_00)
    past = make.contract(book[1], ends_on=date(2026, 11, 1))
    make.renewal(book[1], past, due_on=date(2026, 11, 1), stage="lost", base_minor=700_00, expected_minor=0)
    found = queries.figures(manager)

    rows = {metric: queries.rows(manager, metric) for metric in queries.METRICS}

    assert rows["arr"].arr_minor.sum() == found.arr[-1]
    assert rows["nrr"].closing_minor.sum() == found.nrr[-1].part
    assert rows["nrr"].opening_minor.sum() == found.nrr[-1].whole
    assert rows["grr"].kept_minor.sum() == found.grr[-1].part
    assert (rows["logo"].closing_minor > 0).sum() == found.logo.part
    assert rows["bridge"].change_minor.sum() == found.bridge.change
    assert rows["risk"].arr_minor.sum() == found.at_risk[-1] == found.risk.arr_minor.sum() == 1_800_00
    assert rows["due"].base_minor.sum() == found.due.base_minor.sum() == 1_000_00
    assert rows["renewal_rate"].base_minor.sum() == found.renewed.due == 700_00
    assert all(list(frame.columns[:3]) == ["account_id", "account", "currency"] for frame in rows.values())


def test_an_alert_counts_for_the_days_it_was_open(database, manager, book):
    make.alert(book[0], opened_on=date(2026, 9, 15), resolved_on=date(2026, 10, 10))

    found = queries.figures(manager)

    assert (found.at_risk_before, found.at_risk[-1]) == (1_000_00, 300_00)


def test_an_empty_desk_has_figures_without_values(database, manager):
    found = queries.figures(manager)

    assert (found.arr[-1], found.nrr[-1].value, found.bridge.change) == (0, None, 0)
    assert found.risk.empty
    assert found.due.empty
    assert all(queries.rows(manager, metric).empty for metric in queries.METRICS)


def test_the_day_asked_for_decides(database, manager, book):
    earlier = replace(manager, now=datetime(2026, 10, 20, 1, tzinfo=UTC))

    assert queries.figures(earlier).arr[-1] == 2_200_00


def test_an_unknown_figure_is_not_there(database, manager):
    with pytest.raises(NotFound):
        queries.rows(manager, "profit")


def test_a_role_without_the_permission_is_refused(database, manager):
    with pytest.raises(NotAllowed):
        queries.figures(replace(manager, roles=frozenset()))

"""Contracts and key figures on third-party subscriptions: published totals, and a bridge that closes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from lib.contracts import commands as contracts
from lib.contracts.rules import add_months
from lib.flows.import_file import import_path
from lib.kpi import queries, rules
from lib.renewals import commands as renewals
from lib.store import database
from lib.store.database import read_frame, read_one, transaction
from lib.store.models import Contract, Renewal, Subscription

pytestmark = pytest.mark.datasets
LAST_DAY = datetime(2024, 12, 31, 1, tzinfo=UTC)


@pytest.fixture
def ravenstack(database, admin, datasets):
    viewer = replace(admin, now=LAST_DAY)
    folder = datasets / "ravenstack"
    import_path(viewer, "accounts", folder / "ravenstack_accounts.csv", preset="ravenstack")
    import_path(viewer, "subscriptions", folder / "ravenstack_subscriptions.csv", preset="ravenstack")
    return viewer


def test_published_totals_and_a_bridge_that_closes_every_month(ravenstack):
    s = Subscription
    mrr, arr, rows = read_one(select(func.sum(s.mrr_minor), func.sum(s.arr_minor), func.count()))
    churned = read_one(select(func.sum(s.mrr_minor), func.count()).where(s.churned))

    assert (rows, mrr, arr) == (5_000, 11_338_747_00, 136_064_964_00)
    assert tuple(churned) == (1_179_139_00, 486)
    with database.reading() as connection:
        ledger = queries._ledger(ravenstack, connection, "USD", None)
    for month in range(24):
        opening, closing = (add_months(date(2022, 12, 31), month + step) for step in (0, 1))
        found = rules.arr_bridge(rules.movements(ledger, opening, closing))

        steps = found.new + found.expansion + found.reactivation - found.contraction - found.churn
        assert found.opening + steps == found.closing == rules.arr(ledger, closing)


def test_every_period_is_in_one_contract_and_every_contract_in_sight_has_its_renewal(ravenstack):
    loose = read_one(select(func.count()).where(Subscription.contract_id.is_(None)))[0]
    with transaction() as session:
        assert contracts.rejoin(session, ravenstack, range(1, 501)) == 0
        renewals.open_due(session, ravenstack, ravenstack.today)
    lead = read_frame(
        select(Contract.id, Renewal.id.label("renewal_id"), Renewal.base_minor, Contract.arr_minor)
        .outerjoin(Renewal, Renewal.contract_id == Contract.id)
        .where(Contract.kind.in_(("fixed", "evergreen")), Contract.ends_on <= date(2025, 1, 31))
    )

    assert loose == 0
    assert len(lead) > 20
    assert lead.renewal_id.notna().all()
    assert (lead.base_minor == lead.arr_minor).all()


def test_figures_of_the_last_day_add_up_from_their_rows(ravenstack):
    found = queries.figures(ravenstack, grain="year")

    assert found.arr[-1] == queries.rows(ravenstack, "arr", grain="year").arr_minor.sum()
    assert found.bridge.change == queries.rows(ravenstack, "bridge", grain="year").change_minor.sum()
    assert found.grr[-1].part <= found.grr[-1].whole

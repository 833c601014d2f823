"""The customer most tests of playbooks are about."""

from datetime import timedelta

import pytest

from tests import make
from tests.make import TODAY
from tests.playbooks.playing import day


@pytest.fixture
def account_id(database, manager, other_manager) -> int:
    """A customer whose trial begins today and who buys in two weeks."""
    account_id = make.account(
        owner=manager.person_id, backup=other_manager.person_id, name="Nordwave Audio", seats=10,
        status="trial", signed_up_on=TODAY - timedelta(days=90),
    )  # fmt: skip
    make.subscription(account_id, is_trial=True, starts_on=TODAY, ends_on=day(14), mrr_minor=0, arr_minor=0)
    make.contract(account_id, starts_on=day(14), ends_on=day(379))
    return account_id

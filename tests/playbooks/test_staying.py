"""Early milestones beside staying, by hand-counted accounts."""

from datetime import timedelta

from lib.playbooks.staying import staying
from lib.store import models as m
from tests import make
from tests.make import TODAY

SIGNED = TODAY - timedelta(days=200)


def customer(owner: int, *, people: int, events: int, status: str = "active", after: int = 5) -> int:
    account_id = make.account(owner=owner, seats=10, signed_up_on=SIGNED, status=status)
    day = SIGNED + timedelta(days=after)
    for _ in range(people):
        user = make.user(account_id)
        make.insert(m.UserDay(user_id=user, day=day, account_id=account_id, events=1))
    if people:
        make.insert(m.AccountDay(account_id=account_id, day=day, active_users=people, events=events))
        make.insert(m.FeatureDay(external_id=f"F{account_id}", account_id=account_id, day=day,
                                 feature="listing", uses=1))  # fmt: skip
    return account_id


def test_accounts_stand_in_the_band_of_what_they_reached_early(manager, database):
    make.insert(m.AccountDay(account_id=make.account(), day=SIGNED - timedelta(days=1)))
    full = customer(manager.person_id, people=3, events=20)
    make.contract(full)
    customer(manager.person_id, people=3, events=20, status="churned")
    customer(manager.person_id, people=1, events=3)
    customer(manager.person_id, people=0, events=0, status="churned")
    customer(manager.person_id, people=3, events=20, after=31)

    rows = staying(manager)

    assert rows.values.tolist() == [[0, 1, 2, 0, 1], [2, 3, 1, 0, 1], [4, 5, 2, 1, 1]]

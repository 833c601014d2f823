"""An account's days beside its own past with what happened meanwhile, on both stores."""

from datetime import timedelta

import pytest

from lib.activity import charting
from lib.activity.phrases import marks
from lib.errors import NotFound
from lib.store import models as m
from tests import make
from tests.make import TODAY


@pytest.fixture
def seen(database, manager):
    """Makes an account of the manager with activity yesterday."""

    def made(name: str, *, active: bool = True) -> int:
        account_id = make.account(owner=manager.person_id, name=name)
        if active:
            day = TODAY - timedelta(days=1)
            make.insert(m.AccountDay(account_id=account_id, day=day, active_users=4, events=9))
        return account_id

    return made


def test_activity_is_drawn_against_the_accounts_own_past_with_marked_events(seen, manager):
    made = seen("drawn")
    for back in range(2, 220):
        if back != 5:
            day = TODAY - timedelta(days=back)
            make.insert(m.AccountDay(account_id=made, day=day, active_users=10, events=1))
    make.insert(m.MarkedEvent(code="double_11", kind="promo", starts_on=TODAY - timedelta(days=30),
                              ends_on=TODAY - timedelta(days=9)))  # fmt: skip
    make.alert(made, opened_on=TODAY - timedelta(days=6))

    days, events = charting.series(manager, made)
    assert len(days) == 84
    assert days["value"].isna().tolist()[-6:] == [False, True, False, False, False, False]
    assert days["expected"].iloc[-1] == 10.0
    assert list(zip(events["kind"], events["code"], strict=True)) == [
        ("marked", "double_11"),
        ("alert", "activity"),
    ]
    assert events["day"].tolist() == [TODAY - timedelta(days=9), TODAY - timedelta(days=6)]
    assert marks(events, "en")["label"].tolist() == ["Double 11", "Alert"]


def test_a_day_only_others_were_active_counts_as_nobody(seen, manager):
    made, other = seen("one"), seen("two")
    for account_id, back in ((made, 3), (other, 2)):
        day = TODAY - timedelta(days=back)
        make.insert(m.AccountDay(account_id=account_id, day=day, active_users=7, events=1))

    days, _ = charting.series(manager, made, days=3)
    assert days["value"].tolist() == [7.0, 0.0, 4.0]


def test_a_line_of_somebody_elses_account_does_not_exist(seen, other_manager):
    with pytest.raises(NotFound):
        charting.series(other_manager, seen("theirs"))


def test_two_years_are_read_as_well_as_two_days(seen, manager):
    made = seen("long", active=False)
    first = TODAY - timedelta(days=730)
    make.insert(m.AccountDay(account_id=made, day=first, active_users=7, events=1))

    days, _ = charting.series(manager, made, days=730)

    assert len(days) == 730


def test_an_account_without_activity_has_no_line(seen, manager):
    days, events = charting.series(manager, seen("none", active=False))

    assert days.empty and events.empty

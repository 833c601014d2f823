"""The past as stored: losses from events, renewals and periods, and who may see them."""

from datetime import date, timedelta

from lib.evidence import queries
from lib.store import models as m
from lib.store.database import reading
from lib.store.outcomes import outcomes
from tests import make
from tests.make import NOW, TODAY


def looked_since(first: date) -> None:
    make.insert(
        m.DayRun(day=first, status="done", started_at=NOW, heartbeat_at=NOW, finished_at=NOW, runner="x")
    )


def active(account_id: int, since: date) -> None:
    make.insert(m.AccountDay(account_id=account_id, day=since, active_users=3, events=9))


def told(viewer) -> list[tuple]:  # noqa: ANN001 - a Viewer
    with reading() as connection:
        found = outcomes(connection, viewer, viewer.today)
    return [(r.account_id, r.day, bool(r.lost), r.source) for r in found.itertuples()]


def test_an_event_and_the_end_of_the_contract_are_one_loss(database, manager):
    account = make.account(owner=manager.person_id)
    make.subscription(account, starts_on=date(2025, 1, 1), ends_on=date(2026, 8, 1))
    make.insert(
        m.ChurnEvent(external_id="C-1", account_id=account, happened_on=date(2026, 7, 1), reason="price")
    )

    assert told(manager) == [(account, date(2026, 7, 1), True, "event")]


def test_a_period_that_another_one_follows_was_kept(database, manager):
    account = make.account(owner=manager.person_id)
    make.subscription(account, starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 1))
    make.subscription(account, starts_on=date(2025, 1, 20), ends_on=date(2026, 1, 20))

    assert told(manager) == [
        (account, date(2025, 1, 1), False, "period"), (account, date(2026, 1, 20), True, "period"),
    ]  # fmt: skip


def test_what_lies_ahead_is_not_known_yet(database, manager):
    """A period that ends tomorrow, one whose pause is not over, and an event dated today decide nothing."""
    account, other = (make.account(owner=manager.person_id) for _ in range(2))
    make.subscription(account, starts_on=date(2026, 1, 1), ends_on=TODAY + timedelta(days=1))
    make.subscription(other, starts_on=date(2025, 1, 1), ends_on=TODAY - timedelta(days=30))
    make.insert(m.ChurnEvent(external_id="C-2", account_id=account, happened_on=TODAY))

    assert told(manager) == []


def test_a_return_is_no_loss_and_a_merged_renewal_says_nothing(database, manager):
    account = make.account(owner=manager.person_id)
    make.insert(m.ChurnEvent(external_id="C-3", account_id=account, happened_on=date(2026, 5, 1),
                             is_reactivation=True))  # fmt: skip
    day = date(2026, 6, 1)
    make.renewal(
        account, make.contract(account), due_on=day, closed_on=day, stage="lost", lost_reason="merged"
    )

    assert told(manager) == []


def test_recall_misses_and_false_alerts_of_a_book(database, manager, other_manager):
    looked_since(date(2025, 6, 1))
    found, missed, calm = (
        make.account(owner=manager.person_id, name=name) for name in ("Found", "Missed", "Calm")
    )
    for account in (found, missed, calm):
        active(account, date(2025, 1, 1))
    for account in (found, missed):
        make.insert(
            m.ChurnEvent(external_id=f"C-{account}", account_id=account, happened_on=date(2026, 9, 1))
        )
    make.alert(found, opened_on=date(2026, 6, 1), resolved_on=date(2026, 9, 1), status="lost", verdict="real")
    make.alert(
        calm, opened_on=date(2026, 3, 1), resolved_on=date(2026, 4, 1), status="resolved", verdict="false"
    )

    past = queries.past(manager, "year")
    bells = past.rules["bells"]

    assert (bells.recall.part, bells.recall.of, bells.lead) == (1, 2, 92.0)
    assert past.rows("misses")["account"].tolist() == ["Missed"]
    assert past.rows("false")["account"].tolist() == ["Calm"]
    assert (bells.verdicts.real, bells.verdicts.false) == (1, 1)
    assert 2.9 < bells.years < 3.1
    theirs = queries.past(other_manager, "year")
    assert (theirs.accounts, len(theirs.alerts), theirs.rules["bells"].recall.of) == (0, 0, 0)
    assert queries.verdicts(other_manager)[0]["activity"].count == 0


def test_other_kinds_of_alerts_do_not_count(database, manager):
    looked_since(date(2025, 6, 1))
    account = make.account(owner=manager.person_id)
    make.alert(account, kind="case", opened_on=date(2026, 3, 1))

    assert queries.past(manager).alerts.empty

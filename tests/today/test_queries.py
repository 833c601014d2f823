"""What Today reads, on both stores."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest

from lib.access import Role
from lib.accounts.queries import account_page
from lib.flows import talking
from lib.negotiation import commands
from lib.store import models as m
from lib.store.database import transaction
from lib.store.models import AccountDay
from lib.today import queries
from lib.today.phrases import formula, sentence
from lib.today.rules import Kind, Severity, Worth
from tests import make


def codes(queue) -> dict[int, str]:
    return {row.account_id: row.lead.code for row in queue.rows()}


def activity(account_id: int, last: date, days: int = 3) -> None:
    with transaction() as session:
        for back in range(days):
            day = last - timedelta(days=back)
            session.add(AccountDay(account_id=account_id, day=day, active_users=4, events=40))


@pytest.mark.acceptance("C21")
def test_an_overdue_promise_stands_on_its_owners_today(database, manager, other_manager, today):
    account_id = make.account(owner=manager.person_id, name="Kestrel Digital")
    make.promise(account_id, manager.person_id, due_on=today - timedelta(days=2))

    (row,) = queries.queue(manager).rows()
    assert (row.account_id, row.severity, row.clock) == (account_id, Severity.WATCH, "overdue")
    assert sentence(row.lead, manager.today, "en") == "Promise overdue: Send the security answers"
    assert queries.queue(other_manager).rows() == []


def test_critical_means_the_same_on_today_and_in_the_list_of_accounts(database, manager, today):
    """Each edge from both sides: what one page calls critical the other does too, and nothing else."""

    def near(account_id: int, days: int, spoken: int | None = None, **over) -> None:
        dates = {"notice_on": today + timedelta(days=days), "due_on": today + timedelta(days=days + 30)}
        make.renewal(account_id, make.contract(account_id), **dates)
        if spoken is not None:
            happened_at = manager.now - timedelta(days=spoken)
            make.touch(account_id, manager.person_id, happened_at=happened_at, **over)

    mine = (make.account(owner=manager.person_id, name=str(n)) for n in count())
    for level in ("critical", "high"):
        make.alert(next(mine), level=level)
    make.alert(next(mine), level="critical", status="snoozed", snoozed_until=today + timedelta(days=3))
    for days in (0, 1, 7, 8, 60):
        make.promise(next(mine), manager.person_id, due_on=today - timedelta(days=days))
    for days in (-30, -29, -1, 0, 7, 8, 30):
        near(next(mine), days)
    near(next(mine), 5, spoken=29)
    near(next(mine), 5, spoken=31)
    near(next(mine), 5, spoken=1, two_way=False)

    listed = account_page(manager, status="critical")[0]["id"].tolist()
    rows = queries.queue(manager).rows()
    assert {row.account_id for row in rows if row.severity is Severity.CRITICAL} == set(listed)
    assert len(listed) == 8


def test_everything_about_one_account_is_one_row(database, manager, today):
    account_id = make.account(owner=manager.person_id)
    make.subscription(account_id)
    make.alert(account_id, level="critical")
    make.promise(account_id, manager.person_id, due_on=today)
    make.renewal(account_id, make.contract(account_id))
    make.task(account_id, manager.person_id)

    (row,) = queries.queue(manager).rows()
    assert row.lead.kind is Kind.ALERT
    assert sentence(row.lead, manager.today, "en") == "Activity 48% below its own range."
    assert {other.kind for other in row.others} == {Kind.PROMISE, Kind.RENEWAL, Kind.TASK}
    assert row.worth == Worth(1_200_000, "USD")
    assert (row.clock, row.when) == ("notice", date(2026, 12, 2))
    assert queries.queue(manager).rows(Kind.PROMISE)[0].lead.kind is Kind.PROMISE


def test_alerts_that_sleep_or_are_closed_do_not_show(database, manager, today):
    for over in (
        {"status": "snoozed", "snoozed_until": today + timedelta(days=1)},
        {"status": "resolved", "resolved_on": today},
    ):
        make.alert(make.account(owner=manager.person_id), **over)
    awake = make.account(owner=manager.person_id)
    make.alert(awake, status="snoozed", snoozed_until=today)

    assert list(codes(queries.queue(manager))) == [awake]


def test_a_logged_contact_calms_a_renewal(database, manager):
    account_id = make.account(owner=manager.person_id)
    make.renewal(account_id, make.contract(account_id), notice_on=date(2027, 2, 1), due_on=date(2027, 3, 1))
    assert codes(queries.queue(manager)) == {account_id: "renewal-silent"}

    talking.log_touch(manager, account_id, "call", "Spoke.", manager.now - timedelta(hours=1))
    assert codes(queries.queue(manager)) == {}


def test_a_contact_before_the_renewal_opened_does_not_count(database, manager):
    account_id = make.account(owner=manager.person_id)
    make.renewal(account_id, make.contract(account_id))
    make.touch(account_id, manager.person_id, happened_at=manager.now - timedelta(days=90))

    assert codes(queries.queue(manager)) == {account_id: "renewal-notice-silent"}


def test_quotes_wait_for_their_owner_and_decisions_for_others(database, manager, leader, today):
    account_id = make.account(owner=manager.person_id)
    make.quote(account_id, manager.person_id, "sent", valid_until=today + timedelta(days=4))
    asked = make.account(owner=manager.person_id)
    make.quote(asked, manager.person_id, "pending_approval", effective_discount=Decimal("0.27"), revisions=2)

    assert codes(queries.queue(manager)) == {account_id: "quote-expiring"}
    assert codes(queries.queue(leader, "mine")) == {asked: "approval"}
    assert queries.waiting(manager)["kind"].tolist() == ["approval"]


def test_nobody_is_asked_to_decide_about_their_own_quote(database, manager, leader):
    account_id = make.account(owner=manager.person_id)
    make.quote(account_id, leader.person_id, "pending_approval")
    make.quote(account_id, manager.person_id, "pending_approval", edited_by=leader.person_id)

    assert queries.queue(leader, "mine").reasons == ()


def test_an_account_far_behind_the_others_has_no_data(database, manager, admin, today):
    fresh, silent, never = (make.account(owner=manager.person_id) for _ in range(3))
    activity(fresh, today - timedelta(days=1))
    activity(silent, today - timedelta(days=16))

    (row,) = queries.queue(manager).rows()
    assert (row.account_id, row.severity, row.lead.page) == (silent, Severity.NO_DATA, "account")
    assert queries.queue(admin, "all").rows()[0].lead.page == "imports"
    assert not queries.figures(manager).feed_stopped
    assert queries.figures(manager).newest_activity == today - timedelta(days=1)


def test_when_the_whole_feed_stops_one_sentence_says_it(database, manager, today):
    activity(make.account(owner=manager.person_id), today - timedelta(days=30))

    assert queries.queue(manager).rows() == []
    assert queries.figures(manager).feed_stopped


def test_scopes_mine_team_all(database, leader, manager, other_manager):
    boss = replace(leader, roles=frozenset({Role.LEADERSHIP, Role.ACCOUNT_MANAGER}))
    report = make.person(name="Report", roles=[Role.ACCOUNT_MANAGER], manager_id=boss.person_id)
    own, team, far = (
        make.account(owner=person) for person in (boss.person_id, report, other_manager.person_id)
    )
    for account_id in (own, team, far):
        make.alert(account_id)

    assert set(codes(queries.queue(boss, "mine"))) == {own}
    assert set(codes(queries.queue(boss, "team"))) == {own, team}
    assert set(codes(queries.queue(boss, "all"))) == {own, team, far}
    assert set(codes(queries.queue(other_manager, "all"))) == {far}
    assert queries.figures(boss, "team").accounts == 2


def test_arr_is_what_runs_today_in_the_currency_the_account_bills_in(database, manager, today):
    account_id = make.account(owner=manager.person_id, currency="CNY", stated_arr_minor=5)
    stated = make.account(owner=manager.person_id, stated_arr_minor=777)
    make.subscription(account_id, currency="CNY", arr_minor=100)
    make.subscription(account_id, currency="CNY", arr_minor=50, ends_on=None)
    make.subscription(account_id, currency="USD", arr_minor=900)
    make.subscription(account_id, currency="CNY", arr_minor=7, ends_on=today)
    make.subscription(account_id, currency="CNY", arr_minor=7, is_trial=True)
    for one in (account_id, stated):
        make.alert(one)

    assert queries.queue(manager).worth == {account_id: Worth(150, "CNY"), stated: Worth(777, "USD")}
    assert queries.figures(manager).book == {"CNY": 150, "USD": 900}


def test_figures_count_promises_to_sunday_and_notice_dates_of_a_month(database, manager, today):
    account_id = make.account(owner=manager.person_id)
    for days in (-2, 0, 2, 3):  # today is a Friday: Sunday is in two days
        make.promise(account_id, manager.person_id, due_on=today + timedelta(days=days))
    for number, days in enumerate((-31, -30, -1, 0, 30, 31)):
        contract = make.contract(account_id, product_line=str(number))
        make.renewal(account_id, contract, notice_on=today + timedelta(days=days), due_on=date(2027, 2, 1))

    figures = queries.figures(manager)
    assert (figures.promises_week, figures.promises_overdue) == (3, 1)
    assert figures.oldest_overdue == today - timedelta(days=2)
    assert (figures.notices_ahead, figures.notices_before) == (2, 2)


def test_promises_of_others_to_my_accounts_are_what_i_wait_for(database, manager, leader, today):
    account_id = make.account(owner=manager.person_id)
    make.promise(account_id, leader.person_id, due_on=today - timedelta(days=2), what="ERP connector")
    make.promise(account_id, manager.person_id)

    waiting = queries.waiting(manager)
    assert waiting[["kind", "label", "who"]].values.tolist() == [["promise", "ERP connector", "Ada Berg"]]
    assert queries.waiting(leader).empty


def test_news_tells_what_others_did_since_yesterday(database, manager, leader, other_manager):
    account_id = make.account(owner=manager.person_id, name="Tidewell Pets")
    commands.write_note(leader, account_id, "Looks good.")
    commands.write_note(manager, account_id, "My own.")
    make.note(account_id, leader.person_id, written_at=manager.now - timedelta(days=3))
    make.alert(account_id, status="resolved", resolved_on=manager.today, closed_by=None,
               closed_at=manager.now - timedelta(hours=5))  # fmt: skip

    told = queries.news(manager)
    assert told["kind"].tolist() == ["note", "alert_closed"]
    assert told["who"].tolist()[0] == "Ada Berg"
    assert queries.news(other_manager).empty


def test_an_empty_store_has_an_empty_today(database, manager):
    figures = queries.figures(manager)

    assert (figures.accounts, figures.newest_activity, figures.book) == (0, None, {})
    assert queries.queue(manager).rows() == []
    assert queries.waiting(manager).empty
    assert list(queries.news(manager).columns) == [
        "kind",
        "account_id",
        "account",
        "who",
        "code",
        "happened_at",
    ]


def test_a_seller_waits_for_the_decision_on_their_own_quote(database, manager, seller, other_manager):
    """The scope of sales looks at quotes itself; the query's own join must not get in its way."""
    account_id = make.account(owner=manager.person_id, name="Velora")
    make.quote(account_id, seller.person_id, "pending_approval")
    make.quote(make.account(owner=other_manager.person_id), other_manager.person_id, "pending_approval")

    assert queries.waiting(seller)["account_id"].tolist() == [account_id]


def proposal(account_id: int, today: date) -> int:
    return make.insert(
        m.VipProposal(account_id=account_id, rule="funding", mark="600000", evidence={}, proposed_on=today)
    )


def test_a_vip_proposal_joins_a_card_and_makes_none_of_its_own(database, manager, seller, today):
    account_id, quiet = (make.account(owner=manager.person_id, sales=seller.person_id) for _ in range(2))
    make.alert(account_id)
    for one in (account_id, quiet):
        proposal(one, today)

    (row,) = queries.queue(manager).rows()
    assert row.account_id == account_id
    assert [sentence(one, today, "en") for one in row.others] == ["Proposed as VIP: funding."]
    assert [row.others for row in queries.queue(seller).rows()] == [()], "who does not decide is not asked"


def test_a_critical_health_score_stands_on_today_with_the_day_it_fell(database, manager, today):
    fallen, low, fine = (make.account(owner=manager.person_id) for _ in range(3))
    for back in (0, 1, 5):
        day = today - timedelta(days=back)
        make.health(fallen, day=day, raw=60.0 if back == 5 else 40.0)
        make.health(low, day=day, raw=30.0)
        make.health(fine, day=day, raw=50.0)

    told = {row.account_id: sentence(row.lead, today, "en") for row in queries.queue(manager).rows()}
    assert told == {
        fallen: "Health 40, critical since 16 Nov.", low: "Health 30, critical for over 4 weeks.",
    }  # fmt: skip
    assert {row.severity for row in queries.queue(manager).rows()} == {Severity.CRITICAL}


@pytest.mark.parametrize(
    "over", [{"snoozed_until": date(2026, 11, 21)}, {"blocked_reason": "Legal"}, {"status": "done"}]
)
def test_a_task_that_sleeps_waits_or_is_done_is_not_on_today(database, manager, over):
    account_id = make.account(owner=manager.person_id)
    make.task(account_id, manager.person_id, **over)

    assert queries.queue(manager).rows() == []


def test_what_a_vip_says_of_us_elsewhere_weighs_in_the_order_and_stands_in_the_formula(manager, database):
    ids = [make.account(owner=manager.person_id, name=name) for name in ("Quiet", "Loud")]
    for one in ids:
        make.subscription(one)
        make.promise(one, manager.person_id, due_on=manager.today)
    assert [row.account_id for row in queries.queue(manager).rows()] == ids

    make.insert(m.VipProfile(account_id=ids[1], advocacy=["reference", "at_risk"]))
    rows = queries.queue(manager).rows()
    assert [row.account_id for row in rows] == ids[::-1]
    assert rows[0].priority.value == rows[1].priority.value * Decimal("1.25")
    assert "× advocacy 1.25 ÷" in formula(rows[0], "en")
    assert "× 口碑 1.25 ÷" in formula(rows[0], "zh-CN")
    assert "advocacy" not in formula(rows[1], "en")

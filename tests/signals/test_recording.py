"""Signs beside activity in the store: raised once, ended by themselves, closed by people, not exported."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from lib.activity import commands as alerts
from lib.activity.queries import alerts_export
from lib.errors import Conflict, Invalid, NotFound
from lib.evidence.queries import past
from lib.flows import change_subscription, daily
from lib.signals import commands, rules, survey, wording
from lib.signals.gathering import findings
from lib.signals.queries import rivals
from lib.signals.recording import limits_on
from lib.store import models as m
from lib.store.database import read_frame, reading, transaction
from tests import make
from tests.make import NOW, TODAY


def run(viewer, day: date = TODAY) -> int:  # noqa: ANN001 - a Viewer
    return daily._signals(viewer, day)


def stored(kind: str) -> list[tuple]:
    a = m.ChurnAlert
    rows = read_frame(
        select(a.account_id, a.status, a.level, a.opened_on).where(a.kind == kind).order_by(a.id)
    )
    return [tuple(row) for row in rows.itertuples(index=False)]


def tasks(kind: str) -> list[tuple]:
    t = m.Task
    rows = read_frame(select(t.account_id, t.owner_id, t.title, t.title_zh, t.status).where(t.kind == kind))
    return [tuple(row) for row in rows.itertuples(index=False)]


@pytest.mark.acceptance("C04")
def test_a_vip_case_unanswered_for_two_hours_raises_one_alert_until_it_is_answered(
    database, technical, manager
):
    account = make.account(owner=manager.person_id)
    plain = make.account(is_vip=False)
    case = make.case(account, subject="Sync stands still", opened_at=NOW - timedelta(hours=3))
    make.case(plain, opened_at=NOW - timedelta(hours=3))
    make.case(account, opened_at=NOW - timedelta(hours=1))

    assert (run(technical), run(technical)) == (1, 0)
    assert stored("case") == [(account, "new", "high", TODAY)]

    make.change(m.Case, case, first_response_minutes=170)
    later = replace(technical, now=NOW + timedelta(minutes=30))
    assert daily.watch_cases(later) == 1
    assert [row[1] for row in stored("case")] == ["resolved"]


def test_a_closed_case_alert_does_not_ring_again_for_the_same_case(database, technical, manager):
    account = make.account(owner=manager.person_id)
    make.case(account, opened_at=NOW - timedelta(hours=5))
    run(technical)
    touch = make.touch(account, manager.person_id)
    alert = read_frame(select(m.ChurnAlert.id, m.ChurnAlert.version)).iloc[0]
    with pytest.raises(Invalid, match="alert_needs_outreach"):
        alerts.close_alert(manager, int(alert["id"]), int(alert["version"]), None, "product_fault", "real")
    alerts.close_alert(manager, int(alert["id"]), int(alert["version"]), touch, "product_fault", "real")

    tomorrow = replace(technical, now=NOW + timedelta(days=1))
    assert run(tomorrow, TODAY + timedelta(days=1)) == 0


@pytest.mark.acceptance("C04")
def test_longer_purchase_intervals_open_a_save_play(database, technical):
    account, steady = make.account(), make.account()
    for n in range(8):
        make.invoice(account, issued_on=TODAY - timedelta(days=60 + 30 * n))
        make.invoice(steady, issued_on=TODAY - timedelta(days=10 + 30 * n))

    assert run(technical) == 1
    assert stored("interval") == [(account, "new", "medium", TODAY)]

    make.invoice(account, issued_on=TODAY)
    make.invoice(account, issued_on=TODAY + timedelta(days=30))
    later = replace(technical, now=NOW + timedelta(days=60))
    run(later, TODAY + timedelta(days=60))
    assert stored("interval")[0][:2] == (account, "resolved")


def refused(account: int, person: int, days_ago: int = 3) -> int:
    quote = make.quote(account, person, "rejected")
    with reading() as connection:
        version = connection.execute(
            select(m.QuoteVersion.id).where(m.QuoteVersion.quote_id == quote)
        ).scalar_one()
    make.insert(m.QuoteDecision(quote_version_id=version, person_id=person, role="approver_1",
                                decision="rejected", content_hash="0" * 64,
                                decided_at=NOW - timedelta(days=days_ago)))  # fmt: skip
    return quote


@pytest.mark.acceptance("C04")
def test_a_rejected_request_raises_the_risk_and_a_competitor_watch(database, technical, manager):
    account = make.account(owner=manager.person_id)
    refused(account, manager.person_id)

    assert (run(technical), run(technical)) == (1, 0)
    assert stored("rejection") == [(account, "new", "medium", TODAY)]
    (found,) = tasks("competitor_watch")
    assert found[:2] == (account, manager.person_id)
    assert "Three-year renewal was rejected on 17 Nov 2026" in found[2]
    assert found[3].startswith("跟进竞争对手")


def test_rivals_in_play_make_the_rejection_weigh_more_and_the_renewal_ring(database, technical, manager):
    account = make.account(owner=manager.person_id)
    make.renewal(account, make.contract(account))
    commands.note_suppliers(manager, account, 0, 2, "Alpha, Beta")
    refused(account, manager.person_id)

    run(technical)

    assert stored("rejection")[0][2] == "high"
    assert stored("rivals") == [(account, "new", "medium", TODAY)]
    commands.note_suppliers(manager, account, 1, 1, "Alpha")
    tomorrow = replace(technical, now=NOW + timedelta(days=1))
    run(tomorrow, TODAY + timedelta(days=1))
    assert stored("rivals")[0][1] == "resolved"


def test_an_accepted_quote_ends_the_risk_of_a_rejection(database, technical, manager):
    account = make.account(owner=manager.person_id)
    refused(account, manager.person_id)
    run(technical)
    make.quote(account, manager.person_id, "accepted", accepted_at=NOW)

    tomorrow = replace(technical, now=NOW + timedelta(days=1))
    run(tomorrow, TODAY + timedelta(days=1))

    assert stored("rejection")[0][1] == "resolved"


def use(account: int, *features: str) -> None:
    for feature in features:
        make.insert(m.FeatureDay(external_id=f"F-{account}-{feature}", account_id=account, feature=feature,
                                 day=TODAY - timedelta(days=5), uses=3))  # fmt: skip


@pytest.mark.acceptance("C04")
def test_activation_behind_plan_names_the_most_neglected_key_feature(database, technical):
    for number in range(4):
        peer = make.account(plan="pro", signed_up_on=date(2024, 1, 1))
        use(peer, "listing", "reports", *(["sync"] if number else []))
    young = make.account(plan="pro", signed_up_on=TODAY - timedelta(days=40))
    use(young, "reports")
    done = make.account(plan="pro", signed_up_on=TODAY - timedelta(days=40))
    use(done, "reports", "listing")

    assert run(technical) == 1
    assert stored("activation") == [(young, "new", "medium", TODAY)]
    evidence = read_frame(select(m.ChurnAlert.evidence))["evidence"].iloc[0]
    assert (evidence["feature"], evidence["taken"], evidence["of"]) == ("listing", 1, 3)


def test_where_no_source_tells_of_features_nobody_is_behind(database, technical):
    make.account(plan="enterprise", signed_up_on=TODAY - timedelta(days=40))

    assert run(technical) == 0


def test_these_kinds_stay_out_of_the_file_for_judging_and_of_the_evidence(database, technical):
    account = make.account()
    make.case(account, opened_at=NOW - timedelta(hours=3))
    run(technical)

    assert alerts_export(technical).empty
    assert past(technical).alerts.empty


def test_a_replay_of_the_activity_rules_leaves_these_alerts_alone(database, technical):
    account = make.account()
    make.case(account, opened_at=NOW - timedelta(hours=3))
    run(technical)

    daily.replay(technical, TODAY - timedelta(days=30), TODAY)
    daily.run_day(technical, TODAY)

    assert [row[1] for row in stored("case")] == ["new"]


def test_an_earlier_morning_run_again_changes_nothing(database, technical):
    account = make.account()
    make.case(account, opened_at=NOW - timedelta(hours=3))
    run(technical)

    assert run(technical, TODAY - timedelta(days=3)) == 0
    assert [row[1] for row in stored("case")] == ["new"]


def test_a_loss_without_a_reason_becomes_a_task_that_its_reason_closes(database, technical, manager):
    account = make.account(owner=manager.person_id)
    told = make.account(owner=manager.person_id)
    lost_on = TODAY - timedelta(days=10)
    make.insert(m.ChurnEvent(external_id="C-1", account_id=account, happened_on=lost_on))
    make.insert(m.ChurnEvent(external_id="C-2", account_id=told, happened_on=lost_on, reason="price"))
    run(technical)
    run(technical)

    assert [(row[0], row[4]) for row in tasks("loss_reason")] == [(account, "open")]
    with pytest.raises(Invalid, match="loss_reason_unknown"):
        commands.give_reason(manager, account, lost_on)
    commands.give_reason(manager, account, lost_on, "rival", "They went to Alpha")

    assert tasks("loss_reason")[0][4] == "done"
    assert rivals(manager, account).loss.reason == "rival"
    with pytest.raises(Conflict, match="changed_meanwhile"):
        commands.give_reason(manager, account, lost_on, "price")


def test_suppliers_are_the_books_own(database, manager, other_manager):
    account = make.account(owner=manager.person_id)
    commands.note_suppliers(manager, account, 0, 2, " Alpha,  Beta ")

    assert (rivals(manager, account).suppliers.count, rivals(manager, account).suppliers.names) == (
        2,
        "Alpha, Beta",
    )
    with pytest.raises(NotFound):
        rivals(other_manager, account)
    with pytest.raises(NotFound):
        commands.note_suppliers(other_manager, account, 1, 1, "")
    with pytest.raises(Conflict):
        commands.note_suppliers(manager, account, 0, 3, "")


def test_a_snoozed_sign_comes_back_on_its_day(database, technical, manager):
    account = make.account(owner=manager.person_id)
    refused(account, manager.person_id)
    run(technical)
    row = read_frame(select(m.ChurnAlert.id, m.ChurnAlert.version)).iloc[0]
    alerts.snooze_alert(manager, int(row["id"]), int(row["version"]), TODAY + timedelta(days=2), "Trade fair")

    for days in (1, 2):
        run(replace(technical, now=NOW + timedelta(days=days)), TODAY + timedelta(days=days))
        assert stored("rejection")[0][1] == ("snoozed" if days == 1 else "new")


def test_many_signs_take_no_more_statements_than_one(embedded, technical):
    counts = []
    for number in (1, 6):
        for _ in range(number):
            make.case(make.account(), opened_at=NOW - timedelta(hours=3))
        seen: list[str] = []
        event.listen(embedded, "before_cursor_execute", lambda *args, seen=seen: seen.append(args[2]))
        with transaction() as session:
            list(findings(session.connection(), TODAY, NOW, technical.zone, limits_on(session, TODAY)))
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_the_survey_after_a_loss_keeps_structured_answers_that_a_file_holds(manager, other_manager, database):
    account = make.account(owner=manager.person_id, name="Velora")
    given = {"kept_by": "lower_price", "returns": "maybe", "rating": "3", "went_to": "Rival Ltd"}
    with pytest.raises(Invalid, match="loss_answer_unknown"):
        commands.give_reason(manager, account, TODAY, "price", answers={"returns": "never"})
    version = commands.give_reason(manager, account, TODAY, "price", answers=given)

    rows = survey.loss_survey(manager)
    assert rows[[*given]].iloc[0].to_dict() == given
    assert survey.loss_survey(other_manager).empty
    told = survey.worded(rows, "zh-CN").iloc[0]
    assert (told["kept_by"], told["returns"], told["rating"]) == ("价格更低", "也许", "3")
    assert survey.counted(rows, "en") == ["Price: 1"]

    commands.give_reason(manager, account, TODAY, "price", seen=version, answers={"rating": "4"})
    assert survey.loss_survey(manager)["rating"].tolist() == ["4"]


@pytest.mark.acceptance("C11")
def test_a_downgrade_asked_for_is_a_sign_until_it_is_taken_back(database, technical, manager):
    account = make.account(owner=manager.person_id)
    contract = make.contract(account)
    period = make.subscription(account, contract_id=contract, starts_on=TODAY - timedelta(days=40),
                               ends_on=TODAY + timedelta(days=325), arr_minor=1_000_000)  # fmt: skip
    change = change_subscription.plan_downgrade(manager, period, 1, 600_000)

    assert (run(technical), run(technical)) == (1, 0)
    assert stored("downgrade") == [(account, "new", "medium", TODAY)]

    change_subscription.cancel_change(manager, change, 1)
    run(replace(technical, now=NOW + timedelta(days=1)), TODAY + timedelta(days=1))
    assert stored("downgrade")[0][1] == "resolved"


def test_the_sentence_of_a_downgrade_says_how_much_and_when():
    found = rules.downgrade(7, [(3, "Seats", TODAY, date(2027, 1, 1), 1000, 600)])

    assert wording.short("en", "downgrade", found.numbers) == "Seats: 40% less from 1 Jan 2027"
    assert "自 2027年1月1日起减少 40%" in wording.short("zh-CN", "downgrade", found.numbers)

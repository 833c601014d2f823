"""The sender from the act to the other end: to whom, when, and what becomes of it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.access import Role
from lib.accounts import commands as accounts
from lib.errors import Conflict, NotFound
from lib.flows import daily, handover
from lib.flows import notices as flow
from lib.notices import choices, commands, queries
from lib.notices.message import SENT
from lib.notices.rules import Kind, Wishes
from lib.people.identity import viewer_of
from lib.playbooks import commands as tasks
from lib.quotes import commands as quotes
from lib.quotes import queries as quoted
from lib.store import models as m
from lib.store.database import reading
from tests import make
from tests.make import NOW, TODAY
from tests.notices.conftest import at, choose, critical, happened, policy, reachable, rows

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_a_critical_alert_of_the_morning_reaches_whoever_looks_after_the_account(
    database, ann, technical, mail, look, other_manager
):
    critical(make.account(owner=ann.person_id))
    critical(make.account(owner=other_manager.person_id))
    choose(ann, "mail", Kind.ALERT)

    daily.run_day(technical, TODAY)
    daily.run_day(technical, TODAY)

    assert look() == {"sent": 1}
    assert look() == {}
    assert mail.recipients == [["ann@harbourline.test"]]
    assert mail.mails[0]["Subject"] == "VIP Desk: a new critical alert"


def test_an_alert_that_is_not_critical_or_of_a_past_morning_is_no_news(embedded, ann, technical, mail, look):
    make.alert(make.account(owner=ann.person_id), level="high")
    choose(ann, "mail", Kind.ALERT)
    daily.run_day(technical, TODAY)
    critical(make.account(owner=ann.person_id))
    daily.run_day(technical, TODAY - timedelta(days=1))

    assert look() == {}


def test_a_message_names_no_account_and_holds_no_words_of_people(embedded, ann, technical, mail, look):
    account = make.account(owner=ann.person_id, name="Kestrel Toys")
    make.promise(account, ann.person_id, what="A secret rebate of 12%", due_on=TODAY - timedelta(days=3))
    choose(ann, "mail", Kind.PROMISE)
    daily.run_day(technical, TODAY)

    look()

    body = mail.mails[0].get_content()
    assert "Promise overdue" in body
    assert "Kestrel" not in body
    assert "secret" not in body


def test_policy_lets_the_account_be_named_in_mail_and_its_markup_is_inert(
    embedded, admin, ann, technical, mail, look
):
    policy(admin, names_in_mail="true")
    account = make.account(owner=ann.person_id, name="<!channel> *Kestrel* [x](http://evil.test)")
    make.promise(account, ann.person_id, due_on=TODAY - timedelta(days=3))
    choose(ann, "mail", Kind.PROMISE)
    daily.run_day(technical, TODAY)

    look()

    body = mail.mails[0].get_content()
    assert "‹!channel› ∗Kestrel∗ (x)(http: evil.test)" in body


def test_links_hold_ids_alone_and_the_language_is_the_persons(
    embedded, ann, technical, mail, look, environment
):
    environment(
        PUBLIC_URL="https://desk.harbourline.test",
        OIDC_METADATA_URL="https://login.harbourline.test/.well-known/openid-configuration",
        OIDC_CLIENT_ID="desk", OIDC_CLIENT_SECRET="q8Zr5Tn2Wv",
        OIDC_COOKIE_SECRET="Hk4vB7nQ2xZ8mLp9RtY6wDc3Jf5Ga1Se0",
    )  # fmt: skip
    make.change(m.Person, ann.person_id, language="zh-CN")
    alert = critical(make.account(owner=ann.person_id))
    choose(ann, "mail", Kind.ALERT)
    daily.run_day(technical, TODAY)

    look()

    assert mail.mails[0]["Subject"] == "VIP Desk：1 个新的严重预警"
    assert (
        mail.mails[0].get_content().strip()
        == f"新的严重预警 · https://desk.harbourline.test/alerts?id={alert}"
    )


def test_a_quote_that_waits_reaches_those_alone_who_may_decide(database, admin, leader, seller, mail, look):
    low = make.person(name="Low", roles=[Role.APPROVER_1])
    for person_id, name in ((leader.person_id, "ada"), (low, "low"), (seller.person_id, "chen")):
        reachable(person_id, name)
    choose(viewer_of(leader.person_id, NOW), "mail", Kind.APPROVAL)
    choose(viewer_of(low, NOW), "mail", Kind.APPROVAL)
    account = make.account(sales=seller.person_id)
    quote = make.quote(account, seller.person_id, "pending_approval", approver_level=3)
    happened(seller, "approval", f"{quote}", account_id=account, row_id=quote)

    assert look() == {"sent": 1}
    assert mail.recipients == [["ada@harbourline.test"]]


def test_handing_in_a_quote_that_waits_writes_its_row_in_the_same_transaction(embedded, manager):
    account = make.account(owner=manager.person_id)
    waiting, free = (quotes.create_quote(manager, account) for _ in range(2))
    for quote, discount in ((waiting, "0.4"), (free, "0")):
        form = make.quote_form(discount=Decimal(discount), justification="They asked for three years. " * 3)
        seen = quoted.quote(manager, quote).version
        quotes.save_draft(manager, quote, seen, values=form, lines=[make.quote_line()])
        quotes.submit_quote(manager, quote, quoted.quote(manager, quote).version)

    with reading() as connection:
        told = connection.execute(select(m.Notice.kind, m.Notice.row_id, m.Notice.account_id)).fetchall()
    assert [tuple(row) for row in told] == [("approval", waiting, account)]


def test_a_handover_reaches_the_receiver_and_one_taken_back_reaches_nobody(
    embedded, admin, manager, ann, mail, look
):
    choose(ann, "mail", Kind.HANDOVER)
    first, second = (make.account(owner=manager.person_id) for _ in range(2))
    handover.hand_over_book(admin, manager.person_id, ann.person_id, [first], "form-1")
    handover.hand_over_book(admin, manager.person_id, ann.person_id, [second], "form-2")
    handover.undo_handover(admin, "form-1")

    assert look() == {"sent": 1}
    assert mail.mails[0]["Subject"] == "VIP Desk: accounts were handed over to you"
    accounts.set_owner(admin, first, 3, ann.person_id)
    assert look() == {"sent": 1}


def test_a_notice_date_that_is_near_and_a_task_are_told_together(embedded, ann, technical, mail, look):
    account = make.account(owner=ann.person_id)
    make.renewal(account, make.contract(account), notice_on=TODAY + timedelta(days=3))
    make.task(account, ann.person_id, due_on=TODAY)
    choose(ann, "mail", Kind.NOTICE_DATE, Kind.TASK)
    daily.run_day(technical, TODAY)

    assert look() == {"sent": 1}
    body = mail.mails[0].get_content()
    assert "Notice date near" in body
    assert "Task for you" in body


def test_who_lost_the_account_or_was_switched_off_by_then_gets_nothing(
    embedded, admin, ann, manager, mail, look
):
    choose(ann, "mail", Kind.ALERT)
    account = make.account(owner=ann.person_id)
    alert = critical(account)
    happened(admin, "alert", f"{alert}", account_id=account, row_id=alert)
    flow.take_up(replace(admin, now=NOW))
    accounts.set_owner(admin, account, 1, manager.person_id)

    assert look() == {"dropped": 1}

    alert = critical(make.account(owner=ann.person_id, name="Second"))
    with reading() as connection:
        account = connection.execute(select(m.ChurnAlert.account_id).where(m.ChurnAlert.id == alert)).scalar()
    happened(admin, "alert", f"{alert}", account_id=account, row_id=alert)
    flow.take_up(replace(admin, now=NOW))
    make.change(m.Person, ann.person_id, active=False)

    assert look() == {"dropped": 1}
    assert mail.taken == []
    assert [row.outcome for row in rows()] == ["nothing_left", "person_gone"]


def test_mail_goes_to_the_address_the_provider_vouches_for_and_to_no_other(embedded, admin, ann, mail, look):
    choose(ann, "mail", Kind.HANDOVER)
    make.change(m.Person, ann.person_id, email="typed@elsewhere.test")
    happened(admin, "handover", "1", person_id=ann.person_id)
    assert look() == {"sent": 1}
    assert mail.recipients == [["ann@harbourline.test"]]

    make.change(m.Person, ann.person_id, verified_email="ann@harbourline.test,boss@elsewhere.test")
    happened(admin, "handover", "2", person_id=ann.person_id)
    look()

    assert len(mail.taken) == 1
    assert rows(state="failed")[0].outcome == "no_address"


def test_in_the_quiet_time_messages_wait_and_leave_as_one_when_it_ends(database, admin, ann, mail, look):
    make.change(m.Person, ann.person_id, zone="Europe/Berlin")  # two in the morning there
    ann = viewer_of(ann.person_id, NOW)
    choose(ann, "mail", Kind.HANDOVER, quiet_from=20, quiet_until=7)
    for key in ("1", "2"):
        happened(admin, "handover", key, person_id=ann.person_id)
        assert look() == {}

    assert look(4 * HOUR + 59 * MINUTE) == {}
    assert look(5 * HOUR) == {"sent": 1}
    assert mail.mails[0]["Subject"] == "VIP Desk: 2 handovers to you"


def test_a_quiet_time_chosen_after_the_message_was_made_holds_too(embedded, admin, ann, mail, look):
    choose(ann, "mail", Kind.HANDOVER)
    happened(admin, "handover", "1", person_id=ann.person_id)
    flow.take_up(replace(admin, now=NOW))
    choose(ann, "mail", Kind.HANDOVER, quiet_from=8, quiet_until=10)

    assert look() == {"waiting": 1}
    assert look(HOUR) == {"sent": 1}
    assert rows()[0].attempts == 1


def test_the_morning_digest_comes_once_a_day_at_the_persons_hour(embedded, ann, technical, mail, look):
    account = make.account(owner=ann.person_id)
    make.promise(account, ann.person_id, due_on=TODAY - timedelta(days=3))
    choose(ann, "mail", Kind.DIGEST, digest_hour=9)

    assert look(-1 * MINUTE) == {}
    assert look() == {"sent": 1}
    assert look(10 * MINUTE) == {}
    assert "one account needs somebody" in mail.mails[0]["Subject"]
    assert "Promises: 1" in mail.mails[0].get_content()
    assert look(timedelta(days=1)) == {}, "on Saturday there is none"
    assert look(timedelta(days=3)) == {"sent": 1}


def test_a_digest_with_nothing_to_say_is_not_sent(embedded, ann, mail, look):
    choose(ann, "mail", Kind.DIGEST, digest_hour=9)

    assert look() == {"dropped": 1}
    assert mail.taken == []


def test_the_scope_mine_of_a_lead_leaves_out_what_their_team_holds(embedded, admin, technical, mail, look):
    lead = make.person(name="Lead", roles=[Role.TEAM_LEAD])
    report = make.person(name="Report", roles=[Role.ACCOUNT_MANAGER], manager_id=lead)
    reachable(lead, "lead")
    critical(make.account(owner=report))
    viewer = viewer_of(lead, NOW)
    choose(viewer, "mail", Kind.ALERT, Kind.DIGEST, digest_hour=9)
    daily.run_day(technical, TODAY)
    assert look() == {"dropped": 1}, "the digest alone, and it is empty"

    choose(viewer, "mail", Kind.ALERT, scope="team")
    critical(make.account(owner=report))
    daily.run_day(technical, TODAY)
    assert look() == {"sent": 1}


def test_what_happened_long_ago_is_taken_up_without_a_message(embedded, admin, ann, mail, look):
    choose(ann, "mail", Kind.HANDOVER)
    happened(admin, "handover", "1", person_id=ann.person_id)

    assert look(25 * HOUR) == {}
    assert rows() == []


def test_a_provider_that_is_down_is_tried_again_with_growing_waits_and_then_given_up(
    database, admin, ann, mail, look
):
    choose(ann, "mail", Kind.HANDOVER)
    happened(admin, "handover", "1", person_id=ann.person_id)
    mail.refuse = True

    assert look() == {"waiting": 1}
    assert look(MINUTE / 2) == {}
    waited, later = [], timedelta(0)
    while rows()[0].state == "waiting":
        waited.append((rows()[0].due_at - NOW - later) / MINUTE)
        later = rows()[0].due_at - NOW
        look(later)

    assert waited == [1, 2, 4, 8, 16]
    assert (rows()[0].state, rows()[0].outcome, rows()[0].attempts) == ("failed", "refused", 6)


def test_a_failed_message_is_sent_again_by_an_admin_with_its_key(embedded, admin, ann, mail, look):
    choose(ann, "mail", Kind.HANDOVER)
    policy(admin, attempts="1")
    happened(admin, "handover", "1", person_id=ann.person_id)
    mail.refuse = True
    assert look() == {"failed": 1}
    failed = queries.messages(admin, failed=True)
    assert failed[["kind", "person", "channel", "outcome"]].values.tolist() == [
        ["notices", "Ann Bell", "mail", "refused"]
    ]

    mail.refuse = False
    commands.retry(admin, int(failed.id[0]), int(failed.version[0]))

    assert look() == {"sent": 1}
    assert mail.mails[0]["X-VIP-Desk-Message"] == rows()[0].message_key
    with pytest.raises(Conflict):
        commands.retry(admin, int(failed.id[0]), int(failed.version[0]))
    with pytest.raises(NotFound):
        commands.retry(admin, 987_654, 1)


def test_a_channel_that_is_gone_and_a_sender_that_breaks_leave_a_message_that_failed(
    embedded, admin, ann, mail, look, caplog
):
    choose(ann, "mail", Kind.HANDOVER)
    happened(admin, "handover", "1", person_id=ann.person_id)

    def breaks(*_):
        raise RuntimeError("mailto://user:secret@host")

    assert look(send=breaks) == {"waiting": 1}
    assert "secret" not in caplog.text


def test_a_test_message_says_so_at_once_even_at_night(embedded, admin, mail, environment):
    reachable(admin.person_id, "root")
    admin = viewer_of(admin.person_id, at(23))
    choices.choose(admin, Wishes("mine", 8, 20, 7), {}, 0)

    assert flow.send_test(admin, "mail", lambda: at(23)) == ("mail", SENT)
    assert mail.mails[0].get_content().strip() == "The channel “mail” works."
    with pytest.raises(NotFound):
        flow.send_test(admin, "elsewhere", lambda: NOW)


@pytest.mark.acceptance("C33")
def test_a_task_a_colleague_hands_over_reaches_the_receiver_at_once_and_once(
    embedded, manager, ann, technical, mail, look
):
    choose(ann, "mail", Kind.TASK)
    account = make.account(owner=manager.person_id, backup=ann.person_id)
    task = make.task(account, manager.person_id, due_on=TODAY)
    tasks.hand_over_task(manager, task, 1, ann.person_id)

    assert look() == {"sent": 1}
    daily.run_day(technical, TODAY)
    assert look() == {}, "the morning does not say it again"
    assert mail.mails[0]["Subject"] == "VIP Desk: a task for you"

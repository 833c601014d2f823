"""The e-mail of a quote: the customer's language, the very paper, one recipient, nothing sent twice."""

import email
from dataclasses import replace
from datetime import datetime, timedelta
from email.policy import default

import pytest
from sqlalchemy import select

from lib.access import Viewer
from lib.errors import Conflict, DeskError, Invalid, NotFound
from lib.flows import recorded, send_quote
from lib.people.identity import technical_viewer
from lib.quotes import commands, issuing, mailing, posting, proving, queries
from lib.store.database import read_frame
from lib.store.models import QuoteMail
from tests import make


@pytest.fixture
def contact_id(account_id) -> int:
    return make.contact(account_id, name="Wang Tao", email="wang.tao@lumora.example", language="zh-CN")


@pytest.fixture
def issued(manager, draft, seen, contact_id) -> int:
    quote_id = draft(language="bilingual")
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    return quote_id


def parsed(content: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(content, policy=default)


def test_the_letter_is_in_the_customers_language_with_the_very_paper(database, manager, issued):
    read = parsed(recorded.letter(manager, issued))

    assert read["To"] == "wang.tao@lumora.example"
    text = read.get_body(("plain",)).get_content()
    assert "尊敬的" in text and "北京时间，UTC+8" in text and "Dear" not in text
    attached = next(read.iter_attachments())
    assert attached.get_content() == queries.paper(manager, issued)
    assert attached.get_filename() == "QT-2026-0001-1.pdf"
    assert "http" not in text and not read.get_body(("html",)), "no link and no picture tells who opened it"


def test_a_title_with_a_line_break_begins_no_header(database, manager, draft, seen, contact_id):
    quote_id = draft(title="Renewal\nBcc: everybody@rival.example")
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))

    read = parsed(recorded.letter(manager, quote_id))

    assert read["Bcc"] is None
    assert "Renewal Bcc: everybody@rival.example" in read["Subject"]


@pytest.mark.parametrize("address", ["a@b.example, c@d.example", "nobody", "a@b.example\nBcc: x@y.example"])
def test_one_plain_address_or_none(database, manager, issued, contact_id, address):
    make.change(make.m.Contact, contact_id, email=address)

    with pytest.raises(Invalid):
        recorded.letter(manager, issued)


def test_nothing_is_mailed_that_is_not_with_the_customer(
    database, manager, other_manager, draft, issued, seen
):
    assert mailing.letter(manager, draft()) is None
    with pytest.raises(NotFound):
        mailing.letter(other_manager, issued)
    late = replace(manager, now=manager.now.replace(month=12, day=20))
    assert mailing.letter(late, issued) is None
    commands.withdraw_quote(manager, issued, seen(manager, issued))
    assert mailing.letter(manager, issued) is None
    with pytest.raises(Conflict):
        mailing.plan_mail(manager, issued, seen(manager, issued))


@pytest.fixture
def sender(database) -> Viewer:
    return technical_viewer(make.NOW, acting_as="desk")


@pytest.fixture
def plan(manager, issued, seen):
    """Ask for the letter, as a click does."""
    return lambda key=None: mailing.plan_mail(manager, issued, seen(manager, issued), form_key=key)


def clock() -> datetime:
    return make.NOW


def states() -> list[str]:
    return read_frame(select(QuoteMail.state).order_by(QuoteMail.id)).state.tolist()


def test_a_click_sends_nothing_by_itself_and_a_second_one_plans_nothing(database, plan, manager, issued):
    for key in ("k", "k", "another tab"):
        plan(key)

    assert states() == ["waiting"]
    assert mailing.mail_state(manager, issued) == "waiting"
    assert proving.life(manager, issued).events.kind.tolist() == ["sent"]


def test_the_sender_hands_the_very_letter_over_once(database, plan, sender, manager, issued):
    plan()
    went: list[tuple[bytes, str]] = []

    def hand(content: bytes, to: str) -> str:
        went.append((content, to))
        return "sent"

    assert send_quote.deliver_waiting(sender, clock, hand) == {"sent": 1}
    assert send_quote.deliver_waiting(sender, clock, hand) == {}
    assert [to for _content, to in went] == ["wang.tao@lumora.example"]
    assert parsed(went[0][0])["From"].addresses[0].display_name == manager.name
    events = proving.life(manager, issued).events
    assert events.kind.tolist() == ["sent", "sent"] and set(events.person) == {manager.name}


def test_a_sender_that_died_is_taken_over_with_the_same_message(database, plan, sender):
    plan()
    first = posting.claim(sender)
    assert posting.claim(sender) is None, "somebody has it"

    later = replace(sender, now=make.NOW + timedelta(minutes=posting.TAKEN_UP_MINUTES))
    second = posting.claim(later)

    assert (second.key, second.content) == (first.key, first.content)
    assert f"<{first.key}@vip-desk.invalid>" == parsed(second.content)["Message-ID"]
    assert posting.finish(later, first.id, first.claim, "sent") == "lost"
    assert posting.finish(later, second.id, second.claim, "sent") == "sent"


def test_a_refusal_of_the_mail_server_is_kept_and_tried_again_as_the_same_message(
    database, plan, sender, manager, issued
):
    plan()
    assert send_quote.deliver_waiting(sender, clock, lambda *_: "slow") == {"failed": 1}
    assert mailing.letter(manager, issued).state == "failed"
    assert proving.life(manager, issued).events.kind.tolist() == ["sent"]

    def broken(*_: object) -> str:
        raise OSError("wang.tao@lumora.example")

    plan()
    assert send_quote.deliver_waiting(sender, clock, broken) == {"failed": 1}
    plan()

    assert send_quote.deliver_waiting(sender, clock, lambda *_: "sent") == {"sent": 1}
    assert states() == ["sent"]


def test_a_quote_withdrawn_meanwhile_is_not_sent(database, plan, sender, manager, issued, seen):
    plan()
    commands.withdraw_quote(manager, issued, seen(manager, issued))

    assert send_quote.deliver_waiting(sender, clock, lambda *_: "sent") == {}
    assert read_frame(select(QuoteMail.state, QuoteMail.outcome)).values.tolist() == [
        ["failed", "quote_not_out"]
    ]


def test_without_a_mail_server_nothing_is_planned(database, manager, issued, seen):
    with pytest.raises(DeskError) as refusal:
        send_quote.send(manager, issued, seen(manager, issued))

    assert refusal.value.code == "quote_mail_unset"
    assert read_frame(select(QuoteMail.id)).empty

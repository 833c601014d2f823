"""The e-mail of a quote: the customer's language, the very paper, one recipient, nothing sent twice."""

import email
from dataclasses import replace
from email.policy import default

import pytest
from sqlalchemy import select

from lib.errors import Conflict, DeskError, Invalid, NotFound
from lib.flows import recorded, send_quote
from lib.quotes import commands, issuing, mailing, proving, queries
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


def test_a_second_click_sends_nothing(database, manager, issued, seen):
    went: list[tuple[bytes, str]] = []

    def hand(content: bytes, to: str) -> str:
        went.append((content, to))
        return "sent"

    for _click in range(2):
        assert send_quote.send(manager, issued, seen(manager, issued), hand, form_key="k") == "sent"

    assert [to for _content, to in went] == ["wang.tao@lumora.example"]
    assert read_frame(select(QuoteMail.state)).state.tolist() == ["sent"]
    assert proving.life(manager, issued).events.kind.tolist() == ["sent", "sent"]


def test_a_refusal_of_the_mail_server_is_told_and_kept(database, manager, issued, seen):
    with pytest.raises(DeskError) as refusal:
        send_quote.send(manager, issued, seen(manager, issued), lambda *_: "slow")

    assert refusal.value.code == "quote_mail_failed"
    assert mailing.letter(manager, issued).state == "failed"
    assert proving.life(manager, issued).events.kind.tolist() == ["sent"]


def test_without_a_mail_server_nothing_is_planned(database, manager, issued, seen):
    with pytest.raises(DeskError) as refusal:
        send_quote.send(manager, issued, seen(manager, issued))

    assert refusal.value.code == "quote_mail_unset"
    assert read_frame(select(QuoteMail.id)).empty

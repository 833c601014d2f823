"""The quote's page on what happens beside it: a letter on its way, and rules that changed meanwhile."""

from decimal import Decimal

import pytest

from lib.flows import send_quote
from lib.people.identity import technical_viewer
from lib.quotes import commands, issuing, queries
from lib.store import policy
from lib.store.database import transaction
from lib.store.models import PolicyVersion
from tests import make
from tests.notices.conftest import environment  # noqa: F401 - a fixture
from tests.screen import opened, words

WHY = "They sign for three shops and give a public reference."


@pytest.fixture
def account_id(embedded, manager) -> int:
    return make.account(owner=manager.person_id, name="Nordwave Audio")


def written(viewer, account_id: int, discount: str = "0") -> int:
    made = commands.create_quote(viewer, account_id)
    form = make.quote_form(discount=Decimal(discount), justification=WHY)
    version = commands.save_draft(viewer, made, 1, values=form, lines=[make.quote_line()])
    commands.submit_quote(viewer, made, version)
    return made


def test_a_letter_is_on_its_way_then_failed_and_tried_again(environment, manager, account_id):  # noqa: F811
    environment(QUOTE_SMTP="smtps://mail.harbourline.test")
    make.contact(account_id, name="Wang Tao", email="wang.tao@nordwave.example", language="en")
    quote_id = written(manager, account_id)
    issuing.issue_quote(manager, quote_id, queries.quote(manager, quote_id).version)
    technical = technical_viewer(make.NOW, acting_as="desk")
    at = opened("quote", manager, id=quote_id)

    for outcome, said in (("slow", "was not sent"), ("sent", "is sent")):
        at.button(key="quotes-mail-send").click().run()
        assert not at.exception and "Sending the e-mail" in words(at)
        assert at.button(key="quotes-mail-send").disabled
        send_quote.deliver_waiting(technical, lambda: make.NOW, lambda *_, end=outcome: end)
        at = opened("quote", manager, id=quote_id)
        assert said in words(at)
        assert at.button(key="quotes-mail-send").label == ("Try again" if outcome == "slow" else "Send now")


def test_rules_that_changed_meanwhile_are_said_and_the_quote_is_handed_in_as_it_is(manager, account_id):
    quote_id = written(manager, account_id, "0.3")
    body = policy.shipped()["quotes"]
    body["limits"] = [row | {"justify_above": "0.5", "approve_above": "0.6"} for row in body["limits"]]
    with transaction() as session:
        session.add(PolicyVersion(name="quotes", number=2, body=body, valid_from=make.TODAY,
                                  recorded_at=make.NOW))  # fmt: skip
    at = opened("quote", manager, id=quote_id)
    assert "The rules changed since this quote was handed in" in words(at)

    at.button(key="quotes-submit").click().run()

    assert not at.exception and queries.quote(manager, quote_id).status == "approved"
    assert "The rules changed" not in words(at)

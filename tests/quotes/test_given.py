"""What is given beside the price is part of what was approved: a change of it asks anew."""

from datetime import timedelta
from decimal import Decimal

import pytest

from lib.errors import Conflict, NotAllowed
from lib.flows import concede
from lib.flows.accept_quote import accept_quote
from lib.quotes import commands, inbox, inbox_texts, issuing, queries
from lib.store import models as m
from tests import make
from tests.quotes.conftest import version_of

WHY = "They sign for three shops and give a public reference."
GIFT = {"list_minor": 100_000, "cost_minor": 20_000}
DEAL = GIFT | {"give_code": "reference", "give_text": "A public reference",
               "give_due_on": make.TODAY + timedelta(days=30)}  # fmt: skip


@pytest.fixture
def asking(draft) -> int:
    """A draft whose discount somebody has to approve."""
    return draft(discount=Decimal("0.3"), justification=WHY)


def approve(manager, leader, quote: int) -> None:
    commands.submit_quote(manager, quote, version_of(manager, quote))
    commands.approve_quote(leader, quote, version_of(leader, quote))


def state(viewer, quote: int) -> str:
    return queries.quote(viewer, quote).status


def test_a_concession_voids_the_approval_and_the_next_request_names_it(database, manager, leader, asking):
    approve(manager, leader, asking)

    concede.add(manager, asking, "beta_access", GIFT)

    assert state(manager, asking) == "draft"
    with pytest.raises(Conflict):
        issuing.issue_quote(manager, asking, version_of(manager, asking))
    commands.submit_quote(manager, asking, version_of(manager, asking))
    changes = inbox.request_view(leader, asking).earlier.changes
    assert [(c.kind, c.name, c.old) for c in changes] == [("given", "beta_access", None)]
    told = inbox_texts.change_rows(changes, {"beta_access": "Beta access"}, "USD", "en")
    assert told.iloc[0].tolist() == ["Concession: Beta access", "–", "$1,000", "–"]


def test_a_gift_that_is_taken_off_keeps_the_approval_a_deal_does_not(embedded, manager, leader, asking):
    gift = concede.add(manager, asking, "beta_access", GIFT)
    deal = concede.add(manager, asking, "co_marketing", DEAL)
    approve(manager, leader, asking)

    concede.remove(manager, gift, 1)
    assert state(manager, asking) == "approved"
    concede.remove(manager, deal, 1)
    assert state(manager, asking) == "draft"


def test_a_row_slipped_in_beside_the_desk_is_noticed_before_the_quote_leaves(
    database, manager, leader, asking
):
    approve(manager, leader, asking)
    account = queries.quote(manager, asking).account_id
    make.insert(
        m.QuoteConcession(account_id=account, quote_id=asking, code="beta_access", currency="USD",
                          owner_id=manager.person_id, created_by=manager.person_id, created_at=make.NOW)
    )  # fmt: skip

    with pytest.raises((Conflict, NotAllowed)):
        issuing.issue_quote(manager, asking, version_of(manager, asking))


def test_an_approved_quote_with_concessions_is_sent_revised_and_accepted(embedded, manager, leader, asking):
    concede.add(manager, asking, "co_marketing", DEAL)
    approve(manager, leader, asking)
    issuing.issue_quote(manager, asking, version_of(manager, asking))
    issuing.revise_quote(manager, asking, version_of(manager, asking))
    approve(manager, leader, asking)
    issuing.issue_quote(manager, asking, version_of(manager, asking))

    assert accept_quote(manager, asking, version_of(manager, asking), evidence=make.evidence())
    with pytest.raises(Conflict):
        concede.add(manager, asking, "beta_access", GIFT)

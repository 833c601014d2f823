"""A customer set to gone by hand: why they left is asked in the same act, and not again by a task."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lib.accounts import commands, overview
from lib.errors import Conflict, Invalid, NotFound
from lib.flows import leaving
from lib.signals.queries import rivals
from lib.signals.recording import raise_day
from lib.store import models as m
from lib.store.database import read_frame, transaction
from tests import make
from tests.make import TODAY


def tasks() -> int:
    return len(read_frame(select(m.Task.id).where(m.Task.kind == "loss_reason")))


@pytest.fixture
def account(database, manager):
    return make.account(owner=manager.person_id)


def test_who_says_a_customer_is_gone_says_why_in_the_same_act(manager, account):
    with pytest.raises(Invalid, match="loss_reason_unknown"):
        leaving.set_status(manager, account, 1, "churned")
    with pytest.raises(Invalid, match="loss_comment_missing"):
        leaving.set_status(manager, account, 1, "churned", loss_reason="other")
    assert overview.account_head(manager, account).values["status"] == "active"

    leaving.set_status(manager, account, 1, "churned", loss_reason="price", loss_comment="Twice the rival's")

    told = rivals(manager, account).loss
    assert (told.lost_on, told.source, told.reason, told.comment) == (
        TODAY, "person", "price", "Twice the rival's",
    )  # fmt: skip


def test_a_reason_given_with_the_state_is_not_asked_for_again_when_the_contract_ends(
    manager, technical, account
):
    asked = make.account(owner=manager.person_id)
    leaving.set_status(manager, account, 1, "churned", loss_reason="rival")
    for number, one in enumerate((account, asked)):
        make.insert(m.ChurnEvent(external_id=f"C-{number}", account_id=one,
                                 happened_on=TODAY - timedelta(days=20)))  # fmt: skip

    with transaction() as session:
        raise_day(session, technical, TODAY)

    assert tasks() == 1  # of the customer whose state nobody set by hand
    assert rivals(manager, account).loss.reason == "rival"


def test_taking_the_state_back_takes_the_loss_off_the_page(manager, account):
    leaving.set_status(manager, account, 1, "churned", loss_reason="price")

    commands.undo_last(manager, overview.account_head(manager, account).undo_id)

    assert overview.account_head(manager, account).values["status"] == "active"
    assert rivals(manager, account).loss is None
    leaving.set_status(manager, account, 3, "churned", loss_reason="low_use")
    assert rivals(manager, account).loss.reason == "low_use"


def test_a_foreign_or_changed_account_is_refused_and_nothing_is_noted(manager, other_manager, account):
    with pytest.raises(NotFound):
        leaving.set_status(other_manager, account, 1, "churned", loss_reason="price")
    with pytest.raises(Conflict):
        leaving.set_status(manager, account, 9, "churned", loss_reason="price")

    assert read_frame(select(m.LossReason.id)).empty

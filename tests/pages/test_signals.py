"""Signs beside activity as a person meets them: the alert with its sentence and play, the account's block."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from lib.flows import daily
from lib.signals.queries import rivals
from lib.store import models as m
from tests import make, screen
from tests.make import NOW, TODAY
from tests.screen import said

alerts, account_page = partial(screen.opened, "alerts"), partial(screen.opened, "account")


@pytest.fixture
def account(embedded, manager) -> int:
    account = make.account(owner=manager.person_id, name="Lumora Home", name_zh="流明家居")
    make.contact(account, name="Wang Tao", is_sponsor=True)
    return account


def neglecting(account: int) -> None:
    """A new account that uses one of three key features of its plan."""
    make.change(m.Account, account, plan="pro", signed_up_on=TODAY - timedelta(days=40))
    for place, features in enumerate([("listing", "reports", "sync")] * 3 + [("reports",)]):
        owner = account if place == 3 else make.account(plan="pro")
        for feature in features:
            make.insert(m.FeatureDay(external_id=f"F-{owner}-{feature}", account_id=owner, feature=feature,
                                     day=TODAY - timedelta(days=3), uses=2))  # fmt: skip


@pytest.mark.parametrize(
    ("language", "sentence", "play"),
    [
        ("en", "The case “Sync stands still” has had no answer for 3 hours.", "Play: unanswered case"),
        ("zh-CN", "工单“Sync stands still”已有 3 小时无人回复。", "应对方案：工单未回复"),
    ],
)
def test_an_unanswered_case_is_told_with_its_play(account, manager, technical, language, sentence, play):
    make.case(account, subject="Sync stands still", opened_at=NOW - timedelta(hours=3))
    daily._signals(technical, TODAY)
    at = alerts(replace(manager, language=language), id="1")

    assert not at.exception
    assert sentence in said(at)
    assert play in said(at)
    assert len(at.checkbox) == 4


@pytest.mark.acceptance("C04")
def test_a_neglected_feature_comes_with_a_filled_note(account, manager, technical):
    neglecting(account)
    daily._signals(technical, TODAY)
    at = alerts(manager, id="1")

    assert not at.exception
    assert "uses 1 of 3 key features of its plan. Most neglected: listings" in said(at)
    note = at.text_area(key="note-1").value
    assert note.startswith("Hello Wang Tao,")
    assert "listing" in note and "75%" in note and note.endswith("Lin Wei")


def test_the_list_names_other_signs_by_what_they_are(account, manager, technical):
    neglecting(account)
    daily._signals(technical, TODAY)

    row = alerts(manager).dataframe[0].value.iloc[0]
    assert row["finding"] == "1 of 3 key features in use on day 40; most neglected: listings"
    assert "Activation behind plan" in said(account_page(manager, id=account))


def test_suppliers_are_noted_on_the_account(account, manager):
    at = account_page(manager, id=account)
    assert "Nobody noted other suppliers yet." in said(at)
    at.button(key="suppliers").click().run()
    at.number_input(key="signals-suppliers-set-suppliers").set_value(2)
    at.text_area(key="signals-suppliers-set-supplier_names").set_value("Alpha, Beta")
    next(b for b in at.button if b.label == "Note suppliers" and b.key != "suppliers").click().run()

    assert not at.exception
    assert rivals(manager, account).suppliers.count == 2
    assert "2 other suppliers in play" in said(account_page(manager, id=account))


def test_a_loss_asks_why_on_the_account(account, manager):
    make.insert(m.ChurnEvent(external_id="C-9", account_id=account, happened_on=TODAY - timedelta(days=4)))
    at = account_page(manager, id=account)
    assert "Lost on 16 Nov 2026" in said(at)
    at.button(key="loss-reason").click().run()
    at.selectbox(key="signals-loss-set-loss_reason").set_value("rival")
    next(b for b in at.button if b.label == "Write down why" and b.key != "loss-reason").click().run()

    assert not at.exception
    assert rivals(manager, account).loss.reason == "rival"


def test_leadership_reads_the_block_and_writes_nothing(account, leader):
    at = account_page(leader, id=account)

    assert not at.exception
    assert "Nobody noted other suppliers yet." in said(at)
    with pytest.raises(KeyError):
        at.button(key="suppliers")

"""A logged talk closes the steps it answers at once, as the next morning would, and nothing else."""

from datetime import timedelta

import pytest

from lib.flows import card, close_alert, meeting, talking
from lib.playbooks.rules import read_evidence
from tests import make
from tests.make import NOW
from tests.playbooks.conftest import account_id  # noqa: F401 - the customer of the playbooks' tests
from tests.playbooks.playing import designate, morning, steps

WAYS = {
    "page": lambda viewer, account: talking.log_touch(viewer, account, "call", "Welcome call.", viewer.now),
    "card": lambda viewer, account: card.log_touch(viewer, account),
    "meeting": lambda viewer, account: meeting.record_meeting(
        viewer, account, viewer.today, "meeting", "Kick-off."
    ),
    "alert": lambda viewer, account: close_alert.log_outreach_and_close(
        viewer, make.alert(account), 1, "call", "Asked why.", cause="integration", verdict="real"
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_talk_closes_its_step_in_the_moment_it_is_logged(manager, account_id, way):  # noqa: F811
    designate(manager, account_id)
    WAYS[way](manager, account_id)

    step = steps(account_id)["welcome"]
    assert step.status == "done"
    assert read_evidence(step.evidence)[0] == "touch"
    before = {key: row.status for key, row in steps(account_id).items()}
    morning()
    assert {key: row.status for key, row in steps(account_id).items()} == before, "nothing left to close"


def test_a_call_nobody_answered_closes_no_step(manager, account_id):  # noqa: F811
    designate(manager, account_id)
    card.log_touch(manager, account_id, outcome="no_answer")
    talking.log_touch(manager, account_id, "email", "Sent the agenda.", NOW, two_way=False)

    assert steps(account_id)["welcome"].status == "open"


def test_a_talk_of_before_the_play_began_closes_no_step(manager, account_id):  # noqa: F811
    designate(manager, account_id)
    talking.log_touch(manager, account_id, "call", "Long ago.", NOW - timedelta(days=40))

    assert steps(account_id)["welcome"].status == "open"

"""The counts beside the page links tell what the pages list, of the viewer's book alone."""

from lib.activity.queries import alert_counts
from lib.quotes.queries import pending_approval
from lib.today.marks import Marks, marks
from tests import make


def test_an_empty_store_counts_nothing(database, manager, leader):
    assert marks(manager) == marks(leader) == Marks()


def test_alerts_are_counted_as_the_inbox_lists_them(database, manager, other_manager):
    mine = [make.account(owner=manager.person_id) for _ in range(4)]
    make.alert(mine[0])
    make.alert(mine[1], status="contacted", level="critical")
    make.alert(mine[2], status="snoozed")
    make.alert(mine[3], kind="watch")
    make.alert(make.account(owner=other_manager.person_id))
    listed = alert_counts(manager)

    assert marks(manager).alerts == listed.critical + listed.watch == 2


def test_approvals_are_counted_for_whoever_may_decide(database, manager, leader):
    account = make.account(owner=manager.person_id)
    make.quote(account, manager.person_id, status="pending_approval", revisions=2)
    make.quote(account, leader.person_id, status="pending_approval")
    make.quote(account, manager.person_id, status="sent")

    assert marks(leader).approvals == 1 == len(pending_approval(leader)) - 1
    assert marks(manager).approvals == 0

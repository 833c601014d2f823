"""Steps of one account closed as soon as something happens there, by the rule the daily run goes by."""

from sqlmodel import Session

from lib.access import Viewer
from lib.playbooks.proof import close_by_evidence
from lib.playbooks.running import desk, read_runs
from lib.playbooks.settling import settle
from lib.store.doors import audit
from lib.store.models import PlaybookRun


def close_steps(session: Session, viewer: Viewer, account_id: int) -> int:
    """Close the open steps of an account that are done by what the desk sees now, for a flow with its own
    transaction; how many runs changed. The next morning finds nothing left to close."""
    session.flush()
    running = read_runs(session, PlaybookRun.account_id == account_id, PlaybookRun.status == "running")
    if not running:
        return 0
    changed = close_by_evidence(session, viewer, desk(session, viewer.today), running, viewer.today)
    settle(session, viewer, changed)
    for run_id in sorted(changed):
        audit(session, viewer, "playbook_run", run_id, account_id=account_id, new={"closed": 1})
    return len(changed)

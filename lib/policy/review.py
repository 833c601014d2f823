"""Once a quarter an admin is asked to look through the policy, and signs what was looked at and decided."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.errors import Conflict
from lib.policy import rules
from lib.policy.inputs import Input, as_stored
from lib.policy.rules import REVIEW_TASK, quarter_number, quarter_of
from lib.store import policy
from lib.store.doors import audit, command
from lib.store.models import Person, PersonRole, PolicyReview, PolicyVersion, Task
from lib.words import LANGUAGES, say

_KEY = "policy-review-"


def raise_review_task(session: Session, viewer: Viewer, today: date) -> int:
    """One task a quarter for the longest-serving active admin, in their language; 1 when it is new.

    Called by the daily run inside its transaction; the task's key holds the quarter. The policy "governance"
    says how many quarters lie between two reviews; a quarter that was signed off already asks for none.
    """
    quarter, held = quarter_of(today), policy.values("governance", today, session)["review"]
    asked = session.execute(select(func.max(Task.dedupe_key)).where(Task.kind == REVIEW_TASK)).scalar()
    signed = session.execute(select(func.max(PolicyReview.quarter))).scalar()
    latest = max((asked or "").removeprefix(_KEY), signed or "")
    if latest and quarter_number(quarter) - quarter_number(latest) < held["every_quarters"]:
        return 0
    admins = (
        select(Person.id)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(PersonRole.role == Role.ADMIN, Person.active)
        .order_by(Person.id)
    )
    admin = session.execute(admins.limit(1)).first()
    if admin is None:
        return 0
    title, title_zh = (say(language, "policy-review-task", quarter=quarter) for language in LANGUAGES)
    key = _KEY + quarter
    task = Task(owner_id=admin.id, kind=REVIEW_TASK, title=title, title_zh=title_zh, dedupe_key=key,
                due_on=today + timedelta(held["days"]), created_at=viewer.now)  # fmt: skip
    session.add(task)
    session.flush()
    audit(session, viewer, "task", task.id, new={"kind": REVIEW_TASK, "key": key})
    return 1


@command("policy.sign_review", permission="policy.write")
def sign_review(session: Session, viewer: Viewer, note: str, inputs: Sequence[Input]) -> str:
    """Sign the review of the running quarter with the figures that lay on the table; the quarter.

    What is signed never changes. The open task ends with it. Raises Conflict when the quarter was signed
    already, Invalid without a note.
    """
    said, quarter = rules.check_note(note), quarter_of(viewer.today)
    taken = select(PolicyReview.id).where(PolicyReview.quarter == quarter)
    if session.execute(taken).first():
        raise Conflict("policy_review_signed", quarter=quarter)
    every = policy.values("governance", viewer.today, session)["review"]["every_quarters"]
    before = session.execute(select(func.max(PolicyReview.signed_at))).scalar()
    review = PolicyReview(
        quarter=quarter, person_id=viewer.person_id, signed_at=viewer.now, note=said,
        next_on=rules.quarter_start(viewer.today, every), figures=as_stored(inputs),
        changes=_changes(session, viewer, before),
    )  # fmt: skip
    session.add(review)
    session.flush()
    asked = Task.kind == REVIEW_TASK, Task.status == "open", Task.dedupe_key <= _KEY + quarter
    for task in session.execute(select(Task).where(*asked).with_for_update()).scalars():
        task.status, task.closed_at, task.version = "done", viewer.now, task.version + 1
    audit(session, viewer, "policy_review", review.id,
          new={"quarter": quarter, "next_on": review.next_on}, reason=said[: rules.REASON_MAX])  # fmt: skip
    return quarter


def _changes(session: Session, viewer: Viewer, since: object) -> list[list]:
    """Document and number of every version a person made since an instant; all of them without one."""
    made = PolicyVersion.number > 1, PolicyVersion.recorded_at <= viewer.now
    statement = select(PolicyVersion.name, PolicyVersion.number).where(*made)
    if since is not None:
        statement = statement.where(PolicyVersion.recorded_at > since)
    ordered = statement.order_by(PolicyVersion.recorded_at, PolicyVersion.name, PolicyVersion.number)
    return [[row.name, row.number] for row in session.execute(ordered)]

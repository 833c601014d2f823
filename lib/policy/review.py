"""Once a quarter an admin is asked to look through the policy."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.policy.rules import quarter_of
from lib.store.doors import audit
from lib.store.models import Person, PersonRole, Task
from lib.words import say

KIND = "policy_review"
TIME_TO_REVIEW = timedelta(days=14)


def raise_review_task(session: Session, viewer: Viewer, today: date) -> int:
    """One task a quarter for the longest-serving active admin, in their language; 1 when it is new.

    Called by the daily run inside its transaction; the task's key holds the quarter.
    """
    quarter = quarter_of(today)
    key = f"policy-review-{quarter}"
    if session.execute(select(Task.id).where(Task.dedupe_key == key)).first():
        return 0
    admins = (
        select(Person.id, Person.language)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(PersonRole.role == Role.ADMIN, Person.active)
        .order_by(Person.id)
    )
    admin = session.execute(admins.limit(1)).first()
    if admin is None:
        return 0
    title = say(admin.language, "policy-review-task", quarter=quarter)
    task = Task(owner_id=admin.id, kind=KIND, title=title, due_on=today + TIME_TO_REVIEW,
                dedupe_key=key, created_at=viewer.now)  # fmt: skip
    session.add(task)
    session.flush()
    audit(session, viewer, "task", task.id, new={"kind": KIND, "key": key})
    return 1

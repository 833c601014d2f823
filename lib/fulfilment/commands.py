"""What people do at the fulfilment desk: confirm, correct, send again, tell the customer, report and close a
problem, and finish what keeps it from coming back."""

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid
from lib.fulfilment import rules
from lib.fulfilment.adapter import Target, instruction, target
from lib.fulfilment.opening import clocks_of, give
from lib.fulfilment.rules import State
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, Benefit, BenefitProblem, Entitlement, FulfilmentAction
from lib.store.scope import load


@command("fulfilment.confirm", permission="account.write", subject="benefit")
def confirm(session: Session, viewer: Viewer, benefit_id: int, seen_version: int) -> int:
    """What was signed is there: the benefit is in force and its clock stops; the new version.

    A benefit that people bring is provisioned by this. Raises NotFound, Conflict, Invalid while signed and
    provisioned differ.
    """
    row = load(session, viewer, Benefit, benefit_id, seen_version)
    rules.check_confirmable(row.state, row.granted, row.provisioned)
    old = {"state": row.state}
    if row.provisioned is None:
        give(session, viewer, row, clocks_of(viewer, session))
    row.state, row.checked_at, row.checked_by = State.IN_FORCE, viewer.now, viewer.person_id
    return _kept(session, viewer, row, old, {"state": row.state})


@command("fulfilment.correct", permission="account.write", subject="benefit")
def correct(session: Session, viewer: Viewer, benefit_id: int, seen_version: int, *, provisioned: int) -> int:
    """What the product really gives, as somebody saw it; the right on the account's page follows."""
    row = load(session, viewer, Benefit, benefit_id, seen_version)
    if isinstance(provisioned, bool) or not isinstance(provisioned, int) or provisioned < 0:
        raise Invalid("benefit_amount")
    old = {"provisioned": row.provisioned, "state": row.state}
    row.provisioned = provisioned
    row.in_force_at = row.in_force_at or viewer.now
    if rules.differences(row.granted, provisioned, None):
        row.state = State.CHECKING
    if row.entitlement_id is not None:
        right = session.get(Entitlement, row.entitlement_id)
        right.included, right.version, right.updated_at = provisioned, right.version + 1, viewer.now
        audit(session, viewer, "entitlement", right.id, account_id=row.account_id,
              old={"included": old["provisioned"]}, new={"included": provisioned})  # fmt: skip
    return _kept(session, viewer, row, old, {"provisioned": provisioned, "state": row.state})


@command("fulfilment.send_again", permission="account.write", subject="benefit")
def send_again(session: Session, viewer: Viewer, benefit_id: int, seen_version: int) -> int:
    """A new instruction for a benefit that is not there or is there wrongly; the clock begins anew."""
    row = load(session, viewer, Benefit, benefit_id, seen_version)
    if row.state in (State.IN_FORCE, State.WAITING) or not row.automatic:
        raise Conflict("benefit_not_sendable")
    clocks, where, old = clocks_of(viewer, session), target(), {"state": row.state}
    action = FulfilmentAction(
        benefit_id=row.id, account_id=row.account_id, target=where, payload=instruction(row),
        idempotency_key=rules.action_key(f"{row.dedupe_key}:{row.version}"), due_at=viewer.now,
        created_at=viewer.now,
    )  # fmt: skip
    session.add(action)
    row.state, row.due_at = State.WAITING, viewer.now + clocks.automatic
    if where == Target.DESK:
        action.attempts, action.state, action.outcome, action.done_at = 1, "done", "recorded", viewer.now
        give(session, viewer, row, clocks)
    return _kept(session, viewer, row, old, {"state": row.state})


@command("fulfilment.tell", permission="touch.write", subject="account")
def tell(session: Session, viewer: Viewer, account_id: int, order_number: str) -> int:
    """The customer got the statement of an order: every benefit not told of yet is; how many."""
    load(session, viewer, Account, account_id)
    found = select(Benefit).where(
        Benefit.account_id == account_id, Benefit.order_number == order_number, Benefit.told_at.is_(None)
    )
    rows = session.execute(found.order_by(Benefit.id).with_for_update()).scalars().all()
    if not rows:
        raise Conflict("benefits_are_told")
    for row in rows:
        row.told_at, row.told_by, row.version = viewer.now, viewer.person_id, row.version + 1
    audit(session, viewer, "benefit", None, account_id=account_id,
          new={"order": order_number, "told": len(rows)})  # fmt: skip
    return len(rows)


@command("fulfilment.report", permission="note.write", subject="account")
def report(
    session: Session, viewer: Viewer, account_id: int, *, order_number: str, what: str,
    benefit_id: int | None = None, form_key: str | None = None,
) -> int:  # fmt: skip
    """Something is wrong with a benefit: highest priority, and its clock begins; the problem's id."""
    content = {"account": account_id, "order": order_number, "what": what, "benefit": benefit_id}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    load(session, viewer, Account, account_id)
    if benefit_id is not None and load(session, viewer, Benefit, benefit_id).account_id != account_id:
        raise Invalid("benefit_of_another_account")
    row = BenefitProblem(
        account_id=account_id, benefit_id=benefit_id, order_number=rules.clean(order_number, 64),
        what=rules.clean(what), opened_by=viewer.person_id, opened_at=viewer.now,
        due_at=viewer.now + clocks_of(viewer, session).problem,
    )  # fmt: skip
    session.add(row)
    session.flush()
    new = {"order": row.order_number, "what": row.what, "due_at": row.due_at, "priority": row.priority}
    audit(session, viewer, "benefit_problem", row.id, account_id=account_id, new=new)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("fulfilment.close_problem", permission="account.write", subject="benefit_problem")
def close_problem(
    session: Session, viewer: Viewer, problem_id: int, seen_version: int, *, cause: str, mended: str,
    corrective: str = "",
) -> int:  # fmt: skip
    """Mended: with its root cause, and if there is one, what keeps it from happening again."""
    row = load(session, viewer, BenefitProblem, problem_id, seen_version)
    if row.closed_at is not None:
        raise Conflict("problem_is_closed")
    if cause not in rules.CAUSES:
        raise Invalid("problem_cause")
    row.cause, row.mended = cause, rules.clean(mended)
    row.action = rules.clean(corrective) if corrective.strip() else None
    row.closed_at, row.closed_by, row.version = viewer.now, viewer.person_id, row.version + 1
    audit(session, viewer, "benefit_problem", row.id, account_id=row.account_id, old={"closed_at": None},
          new={"cause": cause, "mended": row.mended, "action": row.action,
               "closed_at": viewer.now})  # fmt: skip
    return row.version


@command("fulfilment.finish_corrective", permission="account.write", subject="benefit_problem")
def finish_corrective(session: Session, viewer: Viewer, problem_id: int, seen_version: int) -> int:
    """What was to keep a problem from happening again is done."""
    row = load(session, viewer, BenefitProblem, problem_id, seen_version)
    if row.action is None or row.action_done_at is not None:
        raise Conflict("corrective_is_done")
    row.action_done_at, row.version = viewer.now, row.version + 1
    audit(session, viewer, "benefit_problem", row.id, account_id=row.account_id,
          old={"action_done_at": None}, new={"action_done_at": viewer.now})  # fmt: skip
    return row.version


def _kept(session: Session, viewer: Viewer, row: Benefit, old: dict, new: dict) -> int:
    row.version += 1
    audit(session, viewer, "benefit", row.id, account_id=row.account_id, old=old, new=new)
    session.flush()
    return row.version

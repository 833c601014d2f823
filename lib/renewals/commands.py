"""Changes to renewals: moving through stages, the forecast a person gives, and closing after a quote."""

from typing import Any

from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid
from lib.money import MINOR_MAX
from lib.renewals.opening import open_due
from lib.renewals.rules import OPEN, OPEN_CATEGORIES, Stage, category_after, move
from lib.store import policy
from lib.store.doors import audit, command
from lib.store.models import Renewal, RenewalMove
from lib.store.scope import load

__all__ = ["close_as_renewed", "move_stage", "open_due", "set_forecast"]

COMMENT_MAX = 2_000


@command("renewals.move", permission="renewal.move", subject="renewal")
def move_stage(
    session: Session, viewer: Viewer, renewal_id: int, seen_version: int, target: str, *,
    comment: str = "", lost_reason: str | None = None,
) -> int:  # fmt: skip
    """Move a renewal to another stage and keep the step; the new version.

    A loss needs a reason of lib.renewals.rules.LOST_REASONS. Raises NotFound, Conflict, Invalid.
    """
    if len(comment) > COMMENT_MAX:
        raise Invalid("renewal_comment_too_long", limit=COMMENT_MAX)
    row = load(session, viewer, Renewal, renewal_id, seen_version)
    stage = move(row.stage, target, lost_reason)
    defaults = policy.values("renewals", viewer.today, session)["category"]
    _write(
        session, viewer, row, comment=comment.strip() or None,
        stage=str(stage), category=category_after(row.stage, row.category, stage, defaults),
        lost_reason=lost_reason if stage == Stage.LOST else None,
        closed_on=None if stage in OPEN else viewer.today,
        expected_minor=_expected(row, stage),
    )  # fmt: skip
    return row.version


def _expected(row: Renewal, target: Stage) -> int:
    if target == Stage.LOST:
        return 0
    return row.base_minor if row.stage == Stage.LOST else row.expected_minor


@command("renewals.forecast", permission="renewal.move", subject="renewal")
def set_forecast(
    session: Session, viewer: Viewer, renewal_id: int, seen_version: int, *,
    category: str, expected_minor: int,
) -> int:  # fmt: skip
    """A person's own view of an open renewal: its category and the ARR expected; the new version.

    Raises NotFound, Conflict when it is closed or changed meanwhile, Invalid.
    """
    row = load(session, viewer, Renewal, renewal_id, seen_version)
    if row.stage not in OPEN:
        raise Conflict("renewal_is_closed")
    if category not in OPEN_CATEGORIES:
        raise Invalid("renewal_category")
    if not isinstance(expected_minor, int) or not 0 <= expected_minor <= MINOR_MAX:
        raise Invalid("renewal_amount")
    _write(session, viewer, row, category=str(category), expected_minor=expected_minor)
    return row.version


def close_as_renewed(session: Session, viewer: Viewer, renewal_id: int, final_minor: int) -> None:
    """Close an open renewal as signed with its final ARR, as an accepted quote does.

    `final_minor` in the renewal's currency. Raises NotFound, and Conflict when it is closed already.
    """
    row = load(session, viewer, Renewal, renewal_id)
    if row.stage not in OPEN:
        raise Conflict("renewal_is_closed")
    _write(
        session, viewer, row, details={"how": "quote"}, stage=str(Stage.SIGNED), category="closed",
        expected_minor=final_minor, closed_on=viewer.today,
    )  # fmt: skip


def _write(
    session: Session, viewer: Viewer, row: Renewal, *, comment: str | None = None,
    details: dict[str, Any] | None = None, **values: Any,
) -> None:  # fmt: skip
    """Change the row, keep the step and its record."""
    old = {field: getattr(row, field) for field in values}
    new = {field: value for field, value in values.items() if value != old[field]}
    for field, value in new.items():
        setattr(row, field, value)
    row.version += 1
    row.recorded_at = viewer.now
    changed = {"old": {f: old[f] for f in new if f != "closed_on"},
               "new": {f: new[f] for f in new if f != "closed_on"}}  # fmt: skip
    session.add(
        RenewalMove(renewal_id=row.id, from_stage=old.get("stage", row.stage), to_stage=row.stage,
                    person_id=viewer.person_id, moved_at=viewer.now, comment=comment,
                    details=changed | (details or {}))
    )  # fmt: skip
    audit(session, viewer, "renewal", row.id, account_id=row.account_id,
          old={f: old[f] for f in new}, new=new, reason=comment)  # fmt: skip
    session.flush()

"""Steps whose time is over: the level above is told, once; and steps that need nobody any more."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.quotes.chains import due
from lib.quotes.requesting import step_of
from lib.quotes.rules import QuoteStatus
from lib.store import outbox
from lib.store.doors import audit
from lib.store.models import Quote, QuoteApproval, QuoteApprovalStep


def escalate_due(session: Session, viewer: Viewer, day: date) -> int:
    """Note every open step that is over its time and tell whoever may now decide it alone; how many are new.

    Called by the daily run inside its transaction; a step is noted once, so that a second run adds nothing.
    A past morning that is walked again is no news.
    """
    if day < viewer.today:
        return 0
    waiting = session.execute(
        select(QuoteApprovalStep, Quote)
        .join(QuoteApproval, QuoteApproval.id == QuoteApprovalStep.approval_id)
        .join(Quote, Quote.id == QuoteApproval.quote_id)
        .where(QuoteApproval.state == "open", QuoteApprovalStep.state == "open")
        .where(QuoteApprovalStep.escalated_at.is_(None), Quote.status == QuoteStatus.PENDING)
        .order_by(QuoteApprovalStep.id)
    )
    raised = 0
    for step, quote in waiting.all():
        if viewer.now < due(step_of(step), step.opened_at):
            continue
        step.escalated_at = viewer.now
        outbox.put(session, viewer, "approval", f"{quote.id}:late:{step.id}", account_id=quote.account_id,
                   row_id=quote.id)  # fmt: skip
        raised += 1
    if raised:
        audit(session, viewer, "quote", None, new={"escalated": raised})
    return raised

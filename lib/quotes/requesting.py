"""Requests for approval in the store: asked, voted on, closed; and what an approval that was given covers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict
from lib.quotes.approvals import Holder, level_of, may_decide
from lib.quotes.chains import (
    Done,
    Standing,
    Step,
    Vote,
    chain_of,
    no_worse,
    short_of,
    standing,
    tested_values,
    uncovered,
)
from lib.quotes.deciders import hands_of, holders_of, reach_of, require_level
from lib.quotes.evaluation import Basis, Evaluation
from lib.quotes.findings import Level
from lib.quotes.matrix import Mode
from lib.quotes.rules import QuoteStatus
from lib.store.models import (
    Quote,
    QuoteApproval,
    QuoteApprovalStep,
    QuoteDecision,
    QuoteQuestion,
    QuoteVersion,
    QuoteVote,
    Task,
)

Source = Session | Connection
QUESTION = "approval_question"  # the kind of the author's task
OPEN = ("open", "asked")  # a request that waits: for a decision, or for the author's answer


@dataclass(frozen=True)
class Place:
    """One step of a request as it stands today. `id` is that of its row."""

    id: int
    step: Step
    state: str  # waiting open done void
    opened_at: object
    votes: tuple[Vote, ...]
    standing: Standing


def open_request(session: Session, quote_id: int) -> QuoteApproval | None:
    """The request of a quote that waits; at most one does."""
    found = select(QuoteApproval).where(QuoteApproval.quote_id == quote_id, QuoteApproval.state.in_(OPEN))
    return session.execute(found).scalars().first()


def ask(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, result: Evaluation, basis: Basis
) -> QuoteApproval:
    """A new request for exactly this content, with its chain; an earlier one that waits is void."""
    close(session, viewer, quote.id)
    request = QuoteApproval(
        quote_id=quote.id, quote_version_id=version.id, content_hash=result.hash, content=result.content,
        tested=tested_values(result.decision), asked_by=viewer.person_id, asked_at=viewer.now,
        findings=[[f.rule, f.kind, str(f.level), str(f.limit)] for f in result.decision.reasons],
    )  # fmt: skip
    session.add(request)
    session.flush()
    _add_steps(session, request, chain_of(result.decision, basis.rails.matrix))
    _advance(session, viewer, request, version)
    return request


def _add_steps(session: Session, request: QuoteApproval, steps: Sequence[Step], after: int = 0) -> None:
    for step in steps:
        session.add(
            QuoteApprovalStep(approval_id=request.id, place=after + step.place, level=step.level,
                              mode=str(step.mode), need=step.need, hours=step.hours, escalate=step.escalate,
                              rules=list(step.rules))
        )  # fmt: skip
    session.flush()


def close(session: Session, viewer: Viewer, quote_id: int, state: str = "void") -> None:
    """Nobody decides about the request of this quote any more."""
    request = open_request(session, quote_id)
    if request is None:
        return
    request.state, request.closed_at, request.version = state, viewer.now, request.version + 1
    for row in _rows(session, request.id):
        if row.state in ("waiting", "open"):
            row.state, row.closed_at = "void", viewer.now
    drop_tasks(session, viewer, request.id)
    session.flush()


def restart_clock(session: Session, viewer: Viewer, request: QuoteApproval) -> None:
    """The open steps have their whole time again."""
    for row in _rows(session, request.id):
        if row.state == "open":
            row.opened_at, row.escalated_at = viewer.now, None
    session.flush()


def drop_tasks(session: Session, viewer: Viewer, approval_id: int, status: str = "dropped") -> None:
    """Questions of this request are on nobody's list any more."""
    asked = select(QuoteQuestion.id).where(QuoteQuestion.approval_id == approval_id)
    keys = [f"{QUESTION}:{row}" for row in session.execute(asked).scalars()]
    found = select(Task).where(Task.dedupe_key.in_(keys), Task.status == "open")
    for task in session.execute(found).scalars():
        task.status, task.closed_at, task.version = status, viewer.now, task.version + 1


def _rows(source: Source, approval_id: int) -> list[QuoteApprovalStep]:
    s = QuoteApprovalStep
    found = select(s).where(s.approval_id == approval_id).order_by(s.place, s.level, s.id)
    return list(source.execute(found).scalars())


def votes_of(source: Source, approval_id: int) -> dict[int, list[Vote]]:
    """Step -> who agreed to it."""
    v, s = QuoteVote, QuoteApprovalStep
    rows = source.execute(
        select(v.step_id, v.person_id, v.level)
        .join(s, s.id == v.step_id)
        .join(QuoteDecision, QuoteDecision.id == v.decision_id)
        .where(s.approval_id == approval_id, QuoteDecision.decision == "approved")
        .order_by(v.id)
    )
    found: dict[int, list[Vote]] = {}
    for row in rows:
        found.setdefault(row.step_id, []).append(Vote(row.person_id, row.level))
    return found


def step_of(row: QuoteApprovalStep) -> Step:
    return Step(
        row.place, row.level, Mode(row.mode), row.need, row.hours, row.escalate, tuple(row.rules or ())
    )


def places(
    source: Session, viewer: Viewer, quote: Quote, request: QuoteApproval, holders: Sequence[Holder]
) -> list[Place]:
    """The steps of a request in order, each as it stands now."""
    votes, found = votes_of(source, request.id), []
    for row in _rows(source, request.id):
        own = tuple(votes.get(row.id, ()))
        others = {v.person_id for step_id, given in votes.items() if step_id != row.id for v in given}
        opened = row.opened_at if row.state == "open" else None
        stand = standing(step_of(row), own, others, holders, hands_of(quote), viewer.now, opened)
        found.append(Place(row.id, step_of(row), row.state, row.opened_at, own, stand))
    return found


def vote(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, result: Evaluation, basis: Basis,
    decision: QuoteDecision,
) -> bool:  # fmt: skip
    """Count the viewer's yes for the step that waits for it; whether nobody else is asked now.

    Raises Conflict where the author still owes an answer to somebody else's question, or the viewer agreed
    already; NotAllowed for a level that does not reach so far.
    """
    request = open_request(session, quote.id) or ask(session, viewer, quote, version, result, basis)
    if request.content_hash != result.hash:
        raise Conflict("quote_content_changed")
    if request.state == "asked":
        raise Conflict("approval_question_open")
    holders, _admins = holders_of(session, viewer)
    mine = _place_for(session, viewer, quote, places(session, viewer, quote, request, holders))
    session.add(decision)
    session.flush()
    session.add(QuoteVote(step_id=mine.id, decision_id=decision.id, person_id=viewer.person_id,
                          level=max(reach_of(session, viewer), level_of(viewer.roles))))  # fmt: skip
    session.flush()
    settle(session, viewer, quote, request, holders)
    request.version += 1
    return _advance(session, viewer, request, version, result, basis)


def _place_for(session: Session, viewer: Viewer, quote: Quote, found: Sequence[Place]) -> Place:
    """The open step the viewer may decide."""
    waiting = [place for place in found if place.state == "open"]
    for place in waiting:
        if any(holder.id == viewer.person_id for holder in place.standing.able):
            return place
    if any(vote.person_id == viewer.person_id for place in found for vote in place.votes):
        raise Conflict("approval_yours_is_given")
    require_level(session, viewer, quote, min(place.step.level for place in waiting))
    raise Conflict("approval_nothing_open")


def settle(
    session: Session, viewer: Viewer, quote: Quote, request: QuoteApproval, holders: Sequence[Holder]
) -> None:
    """Close every open step that has what it needs."""
    rows = {row.id: row for row in _rows(session, request.id)}
    for place in places(session, viewer, quote, request, holders):
        if place.state == "open" and place.votes and place.standing.done:
            rows[place.id].state, rows[place.id].closed_at = "done", viewer.now
    session.flush()


def _advance(
    session: Session, viewer: Viewer, request: QuoteApproval, version: QuoteVersion,
    result: Evaluation | None = None, basis: Basis | None = None,
) -> bool:  # fmt: skip
    """Open the next place once everything before it is done; whether the request is approved.

    What today's rules ask for beyond the chain of the day it was asked is added as further steps.
    """
    rows = _rows(session, request.id)
    if all(row.state == "done" for row in rows) and result is not None and basis is not None:
        asked = chain_of(result.decision, basis.rails.matrix)
        more = uncovered(asked, _done(session, request.id))
        if not more:
            request.state, request.closed_at = "approved", viewer.now
            session.flush()
            return True
        _add_steps(session, request, more, after=max((row.place for row in rows), default=0))
        rows = _rows(session, request.id)
    left = [row for row in rows if row.state != "done"]
    first = min((row.place for row in left), default=None)
    for row in left:
        if row.place == first and row.state == "waiting":
            row.state, row.opened_at = "open", viewer.now
    version.approver_level = min((row.level for row in left if row.place == first), default=None)
    session.flush()
    return False


def _done(source: Source, approval_id: int, barred: Sequence[int] = ()) -> list[Done]:
    """The decided steps of a request; none that somebody of `barred` had a voice in."""
    votes = votes_of(source, approval_id)
    return [
        Done(step_of(row), tuple(votes[row.id])) for row in _rows(source, approval_id)
        if row.state == "done" and row.id in votes
        and all(may_decide(vote.person_id, barred) for vote in votes[row.id])
    ]  # fmt: skip


def covering(
    session: Session, quote: Quote, version: QuoteVersion, result: Evaluation, basis: Basis,
    *, strict: bool = True,
) -> QuoteApproval | None:  # fmt: skip
    """The approval that covers what the quote says now: for this content, or for one that was no better for
    us, by everybody today's rules ask. With `strict` nobody counts who has had a hand in the quote since.
    """
    asked = chain_of(result.decision, basis.rails.matrix)
    requests = select(QuoteApproval).where(QuoteApproval.quote_version_id == version.id)
    closed = requests.where(QuoteApproval.state.in_(["approved", "rejected"]))
    for request in session.execute(closed.order_by(QuoteApproval.id.desc())).scalars():
        if request.state == "rejected":
            return None
        same = request.content_hash == result.hash or no_worse(
            request.content, result.content, request.tested, result.decision
        )
        barred = hands_of(quote) if strict else ()
        if same and not uncovered(asked, _done(session, request.id, barred)):
            return request
    return None


def covers(
    session: Session, quote: Quote, version: QuoteVersion, result: Evaluation, basis: Basis,
    *, strict: bool = True,
) -> bool:  # fmt: skip
    """Whether everybody who must agree to what the quote says now has agreed. A stop nobody covers."""
    if result.decision.stop is not None:
        return False
    if result.decision.level is not Level.APPROVE:
        return True
    if covering(session, quote, version, result, basis, strict=strict) is not None:
        return True
    return _earlier_yes(session, quote, version, result, basis, strict)


def asks_anew(
    session: Session, quote: Quote, version: QuoteVersion, result: Evaluation, basis: Basis
) -> bool:
    """Whether today's rules ask for others than the approval of this quote was given by, or than its open
    request asks: then it is handed in again as it is."""
    if version.status == QuoteStatus.APPROVED:
        return not covers(session, quote, version, result, basis)
    if version.status != QuoteStatus.PENDING or (request := open_request(session, quote.id)) is None:
        return False
    asked = [(row.level, row.mode, row.need) for row in _rows(session, request.id)]
    wanted = chain_of(result.decision, basis.rails.matrix)
    return sorted(asked) != sorted((step.level, str(step.mode), step.need) for step in wanted)


def stays_approved(
    session: Session, quote: Quote, version: QuoteVersion, result: Evaluation, basis: Basis
) -> bool:
    """Whether a changed quote keeps the approval it was given; one that never asked for any has none to
    keep."""
    return result.decision.level is Level.APPROVE and covers(session, quote, version, result, basis)


def _earlier_yes(
    session: Session, quote: Quote, version: QuoteVersion, result: Evaluation, basis: Basis, strict: bool
) -> bool:
    """A decision from before requests were kept: the last one of this revision, for this very content."""
    decisions = (
        select(QuoteDecision, QuoteVote.id)
        .outerjoin(QuoteVote, QuoteVote.decision_id == QuoteDecision.id)
        .where(QuoteDecision.quote_version_id == version.id)
    )
    last = session.execute(decisions.order_by(QuoteDecision.id.desc()).limit(1)).first()
    if last is None or last[1] is not None:
        return False
    given = last[0]
    if given.decision != "approved" or given.content_hash != result.hash:
        return False
    level = level_of([given.role])
    done = Done(Step(1, level, Mode.ANY, 1, 0, level, ()), (Vote(given.person_id, level),))
    if strict and not may_decide(given.person_id, hands_of(quote)):
        return False
    return not uncovered(chain_of(result.decision, basis.rails.matrix), [done])


def nobody_for(found: Sequence[Place]) -> list[tuple[Step, int]]:
    """The open or waiting steps nobody is left for, with how many people they lack."""
    return short_of((place.step, place.standing) for place in found if place.state in ("open", "waiting"))

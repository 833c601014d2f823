"""Asking back before deciding: an approver's question to the author, the answer, and the clock between."""

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid
from lib.quotes.deciders import require_free_eyes
from lib.quotes.loading import open_quote
from lib.quotes.requesting import QUESTION, drop_tasks, open_request, restart_clock
from lib.quotes.rules import TEXT_MAX, QuoteStatus
from lib.quotes.writing import record, touch
from lib.store.doors import command
from lib.store.models import Person, Quote, QuoteApproval, QuoteQuestion, QuoteVersion, Task
from lib.words import say


@command("quotes.ask_back", permission="quote.approve", subject="quote")
def ask_back(session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, text: str) -> int:
    """Ask the author something before deciding; the question's id. Nobody approves until it is answered.

    Raises NotAllowed for whoever had a hand in the quote, Conflict where nothing waits or a question is open,
    Invalid without words.
    """
    quote, version, request = _waiting(session, viewer, quote_id, seen_version)
    require_free_eyes(session, viewer, quote)
    if request.state == "asked":
        raise Conflict("approval_question_open")
    row = _say(session, viewer, request, text)
    request.state, request.version = "asked", request.version + 1
    touch(quote, viewer)
    author = session.get(Person, request.asked_by)
    title = say(author.language, "approvals-task-question", title=quote.title)
    task = Task(account_id=quote.account_id, owner_id=author.id, kind=QUESTION, title=title[:255],
                due_on=viewer.today, dedupe_key=f"{QUESTION}:{row.id}", created_at=viewer.now)  # fmt: skip
    session.add(task)
    record(session, viewer, quote, version, question=row.text)
    return row.id


@command("quotes.answer_question", permission="quote.write", subject="quote")
def answer_question(session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, text: str) -> int:
    """Answer the open question; the quote waits for a decision again and its clock starts anew.

    Raises Conflict where no question is open, Invalid without words.
    """
    quote, version, request = _waiting(session, viewer, quote_id, seen_version)
    if request.state != "asked":
        raise Conflict("approval_no_question")
    asked = select(QuoteQuestion).where(
        QuoteQuestion.approval_id == request.id, QuoteQuestion.answers.is_(None)
    )
    question = session.execute(asked.order_by(QuoteQuestion.id.desc()).limit(1)).scalars().one()
    row = _say(session, viewer, request, text, answers=question.id)
    request.state, request.version = "open", request.version + 1
    restart_clock(session, viewer, request)
    touch(quote, viewer)
    drop_tasks(session, viewer, request.id, "done")
    record(session, viewer, quote, version, answer=row.text)
    return row.id


def _waiting(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int
) -> tuple[Quote, QuoteVersion, QuoteApproval]:
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    request = open_request(session, quote.id)
    if version.status != QuoteStatus.PENDING or request is None:
        raise Conflict("approval_nothing_open")
    return quote, version, request


def _say(
    session: Session, viewer: Viewer, request: QuoteApproval, text: str, *, answers: int | None = None
) -> QuoteQuestion:
    said = text.strip() if isinstance(text, str) else ""
    if not said or len(said) > TEXT_MAX:
        raise Invalid("approval_words", limit=TEXT_MAX)
    row = QuoteQuestion(approval_id=request.id, answers=answers, person_id=viewer.person_id, text=said,
                        said_at=viewer.now)  # fmt: skip
    session.add(row)
    session.flush()
    return row

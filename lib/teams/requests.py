"""Internal requests to other fields, each with an owner, a due date and steps; records of review meetings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Invalid, NotFound
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import (
    Account,
    Assignment,
    Case,
    InternalRequest,
    Person,
    Quote,
    RequestStep,
    Task,
    TeamMeeting,
)
from lib.store.scope import load, of_visible_accounts
from lib.teams import fields, loading, rules
from lib.words import say

TASK = "internal_request"


def seen(viewer: Viewer) -> ColumnElement[bool]:
    """True for the requests a viewer sees: raised or owned by them or by those they lead, or about an account
    they see."""
    people = select(Person.id).where(loading.team(viewer))
    theirs = or_(InternalRequest.raised_by.in_(people), InternalRequest.owner_id.in_(people))
    about = and_(
        InternalRequest.account_id.is_not(None), of_visible_accounts(viewer, InternalRequest.account_id)
    )
    return or_(theirs, about)


@command("teams.raise_request", permission="request.write")
def raise_request(
    session: Session, viewer: Viewer, form_key: str, values: Mapping[str, Any], owner: int,
    account: int | None = None, quote: int | None = None, case: int | None = None,
) -> int:  # fmt: skip
    """Ask a colleague of another field for something, with a task on their Today; the id.

    `values`: fields.REQUEST. An account, quote or case it comes from is one the viewer sees. The same form
    sent twice asks once. Raises NotFound, Invalid.
    """
    content = {"values": dict(values), "owner": owner, "account": account, "quote": quote, "case": case}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    asked = {"department": None, "title": None, "due_on": None, "ask": "request"}
    clean = fields.clean(asked | dict(values), fields.REQUEST)
    clean["kind"] = clean.pop("ask")
    if clean["due_on"] < viewer.today:
        raise Invalid("request_due_past")
    account = _source(session, viewer, account, quote, case)
    taker = _taker(session, owner)
    row = InternalRequest(account_id=account, quote_id=quote, case_id=case, raised_by=viewer.person_id,
                          owner_id=taker.id, raised_at=viewer.now, since=viewer.now, **clean)  # fmt: skip
    session.add(row)
    session.flush()
    _step(session, viewer, row, None)
    session.add(
        Task(account_id=account if _holds(session, taker.id, account) else None, owner_id=taker.id, kind=TASK,
             title=_title("en", row), title_zh=_title("zh-CN", row), due_on=row.due_on,
             dedupe_key=key_of(row.id), created_at=viewer.now)
    )  # fmt: skip
    new = clean | {"owner_id": taker.id, "quote_id": quote, "case_id": case}
    audit(session, viewer, "internal_request", row.id, account_id=account, new=new)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("teams.move_request", permission="request.write", subject="internal_request")
def move_request(
    session: Session, viewer: Viewer, internal_request_id: int, seen_version: int, target: str,
    comment: str | None = None,
) -> int:  # fmt: skip
    """Take a request on, answer it, send it back or close it; its new version.

    Whoever owns it and their lead work on it; whoever raised it sends it back or closes it. An answer says
    something. Raises NotFound, Conflict, Invalid.
    """
    row = _load(session, viewer, internal_request_id, seen_version)
    said = fields.clean({"comment": comment}, fields.ANSWER)["comment"]
    rules.check_move(row.state, target)
    _check_hand(session, viewer, row, target)
    if target == "answered" and not said:
        raise Invalid("request_answer_missing")
    old = {"state": row.state}
    row.state, row.since, row.version = target, viewer.now, row.version + 1
    if target == "answered":
        row.answer = str(said)
    row.closed_at = viewer.now if target == "closed" else None
    _step(session, viewer, row, said)
    task = {"open": "open", "working": "open"}.get(target, "done")
    session.execute(
        update(Task)
        .where(Task.dedupe_key == key_of(row.id), Task.status != task)
        .values(status=task, closed_at=viewer.now if task == "done" else None, version=Task.version + 1)
    )
    new = {"state": target, "comment": said, "_version": row.version}
    audit(session, viewer, "internal_request", row.id, account_id=row.account_id, old=old, new=new)
    return row.version


@command("teams.reassign_request", permission="request.write", subject="internal_request")
def reassign_request(
    session: Session, viewer: Viewer, internal_request_id: int, seen_version: int, owner: int | None = None,
    due_on: date | None = None,
) -> int:  # fmt: skip
    """Give a waiting request to somebody else, or another due date; the new version. Raises as above."""
    row = _load(session, viewer, internal_request_id, seen_version)
    if row.state not in ("open", "working"):
        raise Invalid("request_not_waiting")
    taker = _taker(session, owner or row.owner_id)
    due = due_on or row.due_on
    if due_on is not None and due_on < viewer.today:
        raise Invalid("request_due_past")
    old = {"owner_id": row.owner_id, "due_on": row.due_on}
    if (taker.id, due) == (row.owner_id, row.due_on):
        return row.version
    row.owner_id, row.due_on, row.version = taker.id, due, row.version + 1
    at = row.account_id if _holds(session, taker.id, row.account_id) else None
    values = {"owner_id": taker.id, "due_on": due, "account_id": at, "version": Task.version + 1}
    session.execute(update(Task).where(Task.dedupe_key == key_of(row.id)).values(**values))
    new = {"owner_id": taker.id, "due_on": due, "_version": row.version}
    audit(session, viewer, "internal_request", row.id, account_id=row.account_id, old=old, new=new)
    return row.version


@command("teams.write_meeting", permission="team.keep")
def write_meeting(session: Session, viewer: Viewer, form_key: str, values: Mapping[str, Any]) -> int:
    """The record of a review across departments, which stays as it was written; the id.

    `values`: fields.MEETING. Raises Invalid.
    """
    content = {"values": dict(values)}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    asked = {"title": None, "held_on": None, "attendees": None, "decisions": None}
    clean = fields.clean(asked | dict(values), fields.MEETING)
    if clean["held_on"] > viewer.today:
        raise Invalid("team_day_future")
    row = TeamMeeting(written_by=viewer.person_id, written_at=viewer.now, **clean)
    session.add(row)
    session.flush()
    audit(session, viewer, "team_meeting", row.id, new=clean)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


def key_of(request_id: int) -> str:
    return f"{TASK}:{request_id}"


def _load(session: Session, viewer: Viewer, request_id: int, seen_version: int) -> InternalRequest:
    found = select(InternalRequest).where(InternalRequest.id == request_id, seen(viewer)).with_for_update()
    row = session.execute(found).scalars().first() if isinstance(request_id, int) else None
    if row is None:
        raise NotFound()
    loading.check_version(row, seen_version)
    return row


def _check_hand(session: Session, viewer: Viewer, row: InternalRequest, target: str) -> None:
    """Work is the owner's and their lead's; sending back and closing also theirs who asked."""
    led = select(Person.id).where(Person.id == row.owner_id, loading.team(viewer))
    if row.owner_id == viewer.person_id or session.execute(led).first() is not None:
        return
    if row.raised_by != viewer.person_id or target not in ("open", "closed"):
        raise Invalid("request_of_another")


def _source(
    session: Session, viewer: Viewer, account: int | None, quote: int | None, case: int | None
) -> int | None:
    """The account a request is about, through the scope; that of its quote or case where one is named."""
    named = {account} - {None}
    for model, row_id in ((Quote, quote), (Case, case)):
        if row_id is not None:
            named.add(load(session, viewer, model, row_id).account_id)
    if len(named) > 1:
        raise Invalid("request_two_accounts")
    for one in named:
        load(session, viewer, Account, one)
        return one
    return None


def _taker(session: Session, owner: int) -> Person:
    found = select(Person).where(Person.id == owner, Person.active, loading.staff())
    row = session.execute(found).scalars().first() if isinstance(owner, int) else None
    if row is None:
        raise Invalid("request_owner_unfit")
    return row


def _holds(session: Session, person_id: int, account: int | None) -> bool:
    """Whether the account stands on this person's Today anyway."""
    held = select(Assignment.id).where(
        Assignment.account_id == account, Assignment.person_id == person_id, Assignment.until.is_(None)
    )
    return account is not None and session.execute(held).first() is not None


def _step(session: Session, viewer: Viewer, row: InternalRequest, comment: object) -> None:
    session.add(
        RequestStep(request_id=row.id, state=row.state, person_id=viewer.person_id, happened_at=viewer.now,
                    comment=comment)
    )  # fmt: skip


def _title(language: str, row: InternalRequest) -> str:
    place = say(language, f"team-department-{row.department}")
    words = "team-suggestion-task" if row.kind == "suggestion" else "team-request-task"
    return say(language, words, department=place, title=row.title)

"""Writes touches, notes, amendments and promises. Notes and touches are never altered."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Role, Viewer, at_utc
from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.negotiation import rules
from lib.negotiation.rules import PromiseStatus
from lib.negotiation.tasks import close_due_tasks
from lib.store import policy
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import (
    Account,
    Contact,
    Note,
    NoteAmendment,
    Promise,
    Renewal,
    Touch,
)
from lib.store.scope import load, visible_accounts
from lib.store.standing import standing_of


def write_touch(
    session: Session,
    viewer: Viewer,
    account_id: int,
    channel: str,
    summary: str,
    happened_at: datetime,
    contact_id: int | None = None,
    two_way: bool = True,
) -> int:
    """A contact that took place, for a flow that has its own transaction; its id. `happened_at` is aware;
    `two_way` says somebody answered."""
    _visible(session, viewer, account_id)
    if contact_id is not None:
        _same_account(session, Contact, contact_id, account_id)
    moment = at_utc(happened_at)
    rules.check_happened(moment, viewer.now)
    touch = Touch(
        account_id=account_id, contact_id=contact_id, person_id=viewer.person_id,
        channel=rules.channel(channel), happened_at=moment, two_way=two_way, created_at=viewer.now,
        summary=rules.clean_text(summary, "summary", rules.SUMMARY_LIMIT, lines=True),
    )  # fmt: skip
    session.add(touch)
    session.flush()
    new = {"channel": touch.channel, "happened_at": moment, "two_way": two_way, "contact_id": contact_id}
    audit(session, viewer, "touch", touch.id, account_id=account_id, new=new)
    return touch.id


@command("negotiation.write_note", permission="note.write", subject="account")
def write_note(
    session: Session,
    viewer: Viewer,
    account_id: int,
    text: str,
    shared: bool = False,
    renewal_id: int | None = None,
    form_key: str | None = None,
    tag: str | None = None,
) -> int:
    """Write a note; its id. `shared` marks it fit for the customer, `tag` is a buyer script's code.

    The same form key and content give the first note again. Raises Invalid, NotFound, Conflict.
    """
    content = {"account": account_id, "text": text, "shared": shared, "renewal": renewal_id, "tag": tag}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    _visible(session, viewer, account_id)
    if renewal_id is not None:
        _same_account(session, Renewal, renewal_id, account_id)
    note = Note(
        account_id=account_id, renewal_id=renewal_id, author_id=viewer.person_id, written_at=viewer.now,
        text=rules.clean_text(text, "note", rules.NOTE_LIMIT, lines=True), shared=shared,
        tag=rules.script(tag),
    )  # fmt: skip
    session.add(note)
    session.flush()
    # The text itself is not repeated: the note cannot change, so its row is the record.
    audit(session, viewer, "note", note.id, account_id=account_id, new={"shared": shared, "tag": note.tag})
    remember(session, viewer, form_key, content, {"id": note.id})
    return note.id


@command("negotiation.amend_note", permission="note.write", subject="note")
def amend_note(session: Session, viewer: Viewer, note_id: int, text: str, form_key: str | None = None) -> int:
    """Add an amendment under a note, by anybody who sees it; its id. The note stays as it was."""
    content = {"note": note_id, "text": text}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    found = session.execute(
        select(Note.account_id)
        .join(Account, Account.id == Note.account_id)
        .where(Note.id == note_id, visible_accounts(viewer))
    ).first()
    if found is None:
        raise NotFound()
    amendment = NoteAmendment(
        note_id=note_id, author_id=viewer.person_id, written_at=viewer.now,
        text=rules.clean_text(text, "amendment", rules.NOTE_LIMIT, lines=True),
    )  # fmt: skip
    session.add(amendment)
    session.flush()
    audit(session, viewer, "note_amendment", amendment.id, account_id=found.account_id, new={"note": note_id})
    remember(session, viewer, form_key, content, {"id": amendment.id})
    return amendment.id


@command("negotiation.make_promise", permission="promise.write", subject="account")
def make_promise(
    session: Session,
    viewer: Viewer,
    account_id: int,
    what: str,
    owner_id: int,
    due_on: date,
    note_id: int | None = None,
    form_key: str | None = None,
    code: str | None = None,
) -> int:
    """Record a promise to the customer; its id. The owner must be able to see the account.

    `code` names an entry of the catalogue, which brings its words; `what` then stays empty. A promise in own
    words is not printed before somebody approved it. Raises Invalid (text, date in the past, owner without
    access, unknown code), NotFound.
    """
    content = {"account": account_id, "what": what, "owner": owner_id, "due": due_on, "note": note_id,
               "code": code}  # fmt: skip
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    made = write_promise(session, viewer, account_id, what, owner_id, due_on, note_id, code)
    remember(session, viewer, form_key, content, {"id": made})
    return made


def write_promise(
    session: Session,
    viewer: Viewer,
    account_id: int,
    what: str,
    owner_id: int,
    due_on: date,
    note_id: int | None = None,
    code: str | None = None,
) -> int:
    """The promise of `make_promise`, for a flow that has its own transaction (a meeting)."""
    _visible(session, viewer, account_id)
    if note_id is not None:
        _same_account(session, Note, note_id, account_id)
    rules.check_due(due_on, viewer.today)
    _check_owner(session, viewer, owner_id, account_id)
    told = _of_catalogue(session, viewer, account_id, code, what) if code else what
    promise = Promise(
        account_id=account_id, note_id=note_id, owner_id=owner_id, due_on=due_on, created_at=viewer.now,
        what=rules.clean_text(told, "promise", rules.PROMISE_LIMIT), code=code,
    )  # fmt: skip
    session.add(promise)
    session.flush()
    new = {"what": promise.what, "owner_id": owner_id, "due_on": due_on, "code": code}
    audit(session, viewer, "promise", promise.id, account_id=account_id, new=new)
    return promise.id


def _of_catalogue(session: Session, viewer: Viewer, account_id: int, code: str, typed: str) -> str:
    """The words of a catalogue entry in the account's language."""
    entry = policy.values("compliance", viewer.today, session)["promises"].get(code)
    if entry is None:
        raise Invalid("negotiation_promise_code")
    if typed.strip():
        raise Invalid("negotiation_promise_both")
    spoken = session.execute(select(Account.language).where(Account.id == account_id)).scalar_one()
    return entry["zh" if spoken == "zh-CN" else "en"]


@command("negotiation.approve_promise", permission="compliance.review", subject="promise")
def approve_promise(session: Session, viewer: Viewer, promise_id: int, seen_version: int, text: str) -> None:
    """Allow a promise in own words to be printed and sent; `text` says why.

    Raises NotAllowed for whoever answers for it, Conflict when it needs no approval, Invalid without a
    reason, NotFound.
    """
    told = rules.clean_text(text, "reason", rules.PROOF_LIMIT)
    promise = load(session, viewer, Promise, promise_id, seen_version)
    if promise.owner_id == viewer.person_id:
        raise NotAllowed("negotiation_promise_own")
    if promise.code or promise.approved_at or promise.status != PromiseStatus.OPEN:
        raise Conflict("negotiation_promise_settled")
    promise.approved_by, promise.approved_at = viewer.person_id, viewer.now
    promise.version += 1
    new = {"approved_by": viewer.person_id}
    audit(session, viewer, "promise", promise_id, account_id=promise.account_id, new=new, reason=told)


@command("negotiation.keep_promise", permission="promise.write", subject="promise")
def keep_promise(session: Session, viewer: Viewer, promise_id: int, seen_version: int, proof: str) -> None:
    """Close a promise as kept, with its proof. Raises Conflict, Invalid, NotFound."""
    told = rules.clean_text(proof, "proof", rules.PROOF_LIMIT)
    _close(session, viewer, promise_id, seen_version, PromiseStatus.KEPT, told)


@command("negotiation.drop_promise", permission="promise.write", subject="promise")
def drop_promise(session: Session, viewer: Viewer, promise_id: int, seen_version: int, reason: str) -> None:
    """Close a promise that will not be kept, with the reason. Raises Conflict, Invalid, NotFound."""
    told = rules.clean_text(reason, "reason", rules.PROOF_LIMIT)
    _close(session, viewer, promise_id, seen_version, PromiseStatus.DROPPED, told)


def _close(
    session: Session, viewer: Viewer, promise_id: int, seen_version: int, target: PromiseStatus, told: str
) -> None:
    promise = load(session, viewer, Promise, promise_id, seen_version)
    old = {"status": promise.status}
    promise.status = rules.close_promise(promise.status, target)
    promise.proof = told
    promise.closed_at = viewer.now
    promise.version += 1
    close_due_tasks(session, viewer, promise_id)
    new = {"status": promise.status, "proof": told}
    account_id = promise.account_id
    audit(session, viewer, "promise", promise_id, account_id=account_id, old=old, new=new, reason=told)


def _visible(session: Session, viewer: Viewer, account_id: int) -> None:
    """Raises NotFound unless the account is the viewer's."""
    wanted = select(Account.id).where(Account.id == account_id, visible_accounts(viewer))
    if not isinstance(account_id, int) or session.execute(wanted).first() is None:
        raise NotFound()


def _same_account(
    session: Session, model: type[Contact] | type[Renewal] | type[Note], row_id: int, account_id: int
) -> None:
    """Raises NotFound unless the row belongs to the account."""
    wanted = select(model.id).where(model.id == row_id, model.account_id == account_id)
    if session.execute(wanted).first() is None:
        raise NotFound()


def _check_owner(session: Session, viewer: Viewer, owner_id: int, account_id: int) -> None:
    """A promise nobody sees is a promise nobody keeps: its owner needs the account in their book."""
    found = standing_of(session, owner_id, viewer.now)
    if found is None or not found.roles - {Role.TECHNICAL}:
        raise Invalid("negotiation_owner")
    owner = replace(viewer, person_id=owner_id, roles=found.roles, books=found.books)
    try:
        _visible(session, owner, account_id)
    except NotFound:
        raise Invalid("negotiation_owner") from None

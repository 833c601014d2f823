"""Reads what was promised: the ledger of promises, who may answer for one, tasks, the closing draft."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, case, or_, select

from lib.access import Viewer
from lib.errors import Invalid, NotFound
from lib.negotiation.draft import Agreed, Draft, closing_confirmation
from lib.negotiation.rules import PromiseStatus, promise_state
from lib.settings import settings
from lib.store import policy
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, Assignment, Contact, Person, PersonRole, Promise
from lib.store.naming import spoken_name
from lib.store.scope import visible_accounts


@query("negotiation.promises", permission="note.read", subject="account")
def promises(
    viewer: Viewer,
    account_id: int | None = None,
    *,
    mine: bool = False,
    status: str | None = None,
    overdue: bool = False,
    limit: int = 200,
) -> pd.DataFrame:
    """id, version, account_id, account, what, owner_id, owner, due_on, status, state, proof, closed_at, code,
    standing (catalogue, approved or free; free ones are never printed).

    `state` is kept, dropped, overdue, today or open on the viewer's day. Open ones first, by date.
    `mine` keeps those the viewer owns, `overdue` open ones due before today.
    """
    statement = (
        select(
            Promise.id, Promise.version, Promise.account_id, spoken_name(viewer, Account).label("account"),
            Promise.what, Promise.owner_id, spoken_name(viewer, Person).label("owner"), Promise.due_on,
            Promise.status, Promise.proof, Promise.closed_at, Promise.code, _standing().label("standing"),
        )
        .join(Account, Account.id == Promise.account_id)
        .join(Person, Person.id == Promise.owner_id)
        .where(visible_accounts(viewer))
    )  # fmt: skip
    if account_id is not None:
        statement = statement.where(Promise.account_id == account_id)
    if mine:
        statement = statement.where(Promise.owner_id == viewer.person_id)
    if overdue:
        statement = statement.where(Promise.status == PromiseStatus.OPEN, Promise.due_on < viewer.today)
    if status is not None:
        statement = statement.where(Promise.status == status)
    closed = case((Promise.status == PromiseStatus.OPEN, 0), else_=1)
    frame = read_frame(statement.order_by(closed, Promise.due_on, Promise.id).limit(limit))
    pairs = zip(frame["status"], frame["due_on"], strict=True)
    states = [promise_state(status, due_on, viewer.today) for status, due_on in pairs]
    frame.insert(frame.columns.get_loc("status") + 1, "state", pd.Series(states, dtype="object"))
    return frame


def _standing() -> ColumnElement[str]:
    """Where the words of a promise come from."""
    return case((Promise.code.is_not(None), "catalogue"), (Promise.approved_at.is_not(None), "approved"),
                else_="free")  # fmt: skip


@query("negotiation.promise_catalogue", permission="note.read")
def promise_catalogue(viewer: Viewer) -> dict[str, str]:
    """What may be promised without asking anybody: code -> words in the viewer's language."""
    key = "zh" if viewer.language == "zh-CN" else "en"
    held = policy.values("compliance", viewer.today)["promises"]
    return {code: entry[key] for code, entry in held.items()}


@query("negotiation.promise_owners", permission="note.read", subject="account")
def promise_owners(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """id, name: who may answer for a promise to this account, the viewer first, then by name.

    Those assigned to the account, and the roles that see every account.
    """
    current = (Assignment.account_id == account_id, Assignment.until.is_(None))
    assigned = select(Assignment.person_id).where(*current)
    leading = select(PersonRole.person_id).where(PersonRole.role.in_(["leadership", "admin"]))
    myself = Person.id == viewer.person_id
    return read_frame(
        select(Person.id, spoken_name(viewer, Person).label("name"))
        .where(Person.active, or_(Person.id.in_(assigned), Person.id.in_(leading), myself))
        .where(select(Account.id).where(Account.id == account_id, visible_accounts(viewer)).exists())
        .order_by(case((myself, 0), else_=1), Person.name, Person.id)
    )


@query("negotiation.closing_draft", permission="note.read", subject="account")
def closing_draft(viewer: Viewer, account_id: int, contact_id: int | None = None) -> Draft:
    """The confirmation of open promises to the account: in the language of the contact it is addressed to
    (`contact_id`, else the sponsor), where one is known, else in the account's.

    Each line holds what, when and our contact. Promises in own words that nobody approved are left out.
    Raises NotFound, and Invalid("negotiation_nothing_promised") when there is nothing to confirm.
    """
    with reading() as connection:
        customer = read_one(
            select(Account.name, Account.name_zh, Account.language)
            .where(Account.id == account_id, visible_accounts(viewer)),
            connection,
        )  # fmt: skip
        if customer is None:
            raise NotFound()
        name, spoken = _addressee(connection, account_id, contact_id)
        zh = (spoken or customer.language) == "zh-CN"
        texts = policy.values("compliance", viewer.today, connection)["promises"]
        agreed = [
            Agreed(
                texts.get(row.code, {}).get("zh" if zh else "en", row.what),
                row.due_on,
                (row.name_zh or row.name) if zh else row.name,
                row.email,
            )
            for row in connection.execute(
                select(Promise.what, Promise.code, Promise.due_on, Person.name, Person.name_zh, Person.email)
                .join(Person, Person.id == Promise.owner_id)
                .where(Promise.account_id == account_id, Promise.status == PromiseStatus.OPEN)
                .where(or_(Promise.code.is_not(None), Promise.approved_at.is_not(None)))
            )
        ]
        if not agreed:
            raise Invalid("negotiation_nothing_promised")
        own_name = select(Person.name, Person.name_zh).where(Person.id == viewer.person_id)
        sender = read_one(own_name, connection)
    desk = settings()
    return closing_confirmation(
        "zh-CN" if zh else "en", account=(customer.name_zh or customer.name) if zh else customer.name,
        addressee=name, agreed=agreed, sender=(sender.name_zh or sender.name) if zh else sender.name,
        company=desk.company_zh if zh else desk.company_en,
    )  # fmt: skip


def _addressee(connection: Any, account_id: int, contact_id: int | None) -> tuple[str | None, str | None]:
    """Name and preferred language of whom the draft is for."""
    chosen = select(Contact.name, Contact.language).where(Contact.account_id == account_id, Contact.active)
    chosen = chosen.where(Contact.is_sponsor if contact_id is None else Contact.id == contact_id)
    row = read_one(chosen.order_by(Contact.id), connection)
    return (row.name, row.language) if row else (None, None)

"""Reads the short lists of an account's page: contacts, alerts, renewals, cases, corrected values."""

from datetime import datetime

import pandas as pd
from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.accounts.item_commands import MODELS
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import (
    AccountProfile,
    Case,
    ChurnAlert,
    Contact,
    Contract,
    ManualValue,
    Meeting,
    Note,
    Person,
    Promise,
    Quote,
    Renewal,
    Subscription,
    Survey,
    Touch,
)
from lib.store.scope import admit


@query("accounts.contacts", permission="account.read", subject="account")
def contacts(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """id, version, name, title, email, phone, language, is_sponsor, active, source, created_at,
    kind (partner: of a partner firm), held (a person corrected a value), touched_at (UTC, the last contact
    that took place with them, meetings included); active ones first, sponsors before the others. Raises
    NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        c = Contact
        held = exists().where(ManualValue.table_name == "contact", ManualValue.row_id == c.id)
        found = read_frame(
            select(
                c.id, c.version, c.name, c.title, c.email, c.phone, c.language, c.is_sponsor, c.active,
                c.source, c.created_at, c.kind, held.label("held"),
            )
            .where(c.account_id == account_id)
            .order_by(c.active.desc(), c.is_sponsor.desc(), c.name, c.id),
            connection,
        )  # fmt: skip
        last = _touched(account_id, connection)
        return found.assign(
            touched_at=pd.Series([last.get(int(i)) for i in found["id"]], index=found.index, dtype="object")
        )


def _touched(account_id: int, connection: Connection) -> dict[int, datetime]:
    """When each contact was last spoken with: in a touch of their own, or in a meeting they were in."""
    spoken = (
        select(Touch.contact_id, func.max(Touch.happened_at))
        .where(Touch.account_id == account_id, Touch.contact_id.is_not(None), Touch.two_way)
        .group_by(Touch.contact_id)
    )
    last: dict[int, datetime] = dict(connection.execute(spoken).all())
    met = select(Meeting.contacts, Touch.happened_at).join(Touch, Touch.id == Meeting.touch_id)
    for there, moment in connection.execute(met.where(Meeting.account_id == account_id)):
        for contact_id in there:
            last[contact_id] = max(last.get(contact_id, moment), moment)
    return last


@query("accounts.held_values", permission="account.read", subject="account")
def held_values(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """table_name, row_id, row (the contact's name), field, imported (what the last import holds), person,
    set_at: values of the account and its contacts that a person corrected; newest first."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        mine = select(Contact.id).where(Contact.account_id == account_id)
        v = ManualValue
        return read_frame(
            select(
                v.table_name, v.row_id, Contact.name.label("row"), v.field, v.imported_text.label("imported"),
                Person.name.label("person"), v.set_at,
            )
            .join(Person, Person.id == v.person_id)
            .outerjoin(Contact, and_(v.table_name == "contact", Contact.id == v.row_id))
            .where(
                or_(
                    and_(v.table_name == "account", v.row_id == account_id),
                    and_(v.table_name == "contact", v.row_id.in_(mine)),
                )
            )
            .order_by(v.set_at.desc(), v.id.desc()),
            connection,
        )  # fmt: skip


@query("accounts.alerts", permission="alert.read", subject="account")
def alerts(viewer: Viewer, account_id: int, limit: int = 20) -> pd.DataFrame:
    """id, kind, level, status, opened_on, resolved_on, snoozed_until, observed and expected (active user-days
    in 28 days), ratio (1 is as expected), cause, verdict; open ones first, then the latest. Raises NotFound.
    """
    with reading() as connection:
        admit(viewer, account_id, connection)
        a = ChurnAlert
        numbers = [
            func.coalesce(a.current[name].as_float(), a.evidence[name].as_float()).label(name)
            for name in ("observed", "expected", "ratio")
        ]
        return read_frame(
            select(
                a.id, a.kind, a.level, a.status, a.opened_on, a.resolved_on, a.snoozed_until, *numbers,
                a.cause, a.verdict,
            )
            .where(a.account_id == account_id)
            .order_by(case((a.resolved_on.is_(None), 0), else_=1), a.opened_on.desc(), a.id.desc())
            .limit(limit),
            connection,
        )  # fmt: skip


@query("accounts.renewals", permission="renewal.read", subject="account")
def renewals(viewer: Viewer, account_id: int, limit: int = 20) -> pd.DataFrame:
    """id, due_on, notice_on, stage, category, currency, base_minor, expected_minor, closed_on; open ones
    first, the nearest first. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        r = Renewal
        return read_frame(
            select(
                r.id, r.due_on, r.notice_on, r.stage, r.category, r.currency, r.base_minor, r.expected_minor,
                r.closed_on,
            )
            .where(r.account_id == account_id)
            .order_by(case((r.closed_on.is_(None), 0), else_=1), r.due_on, r.id)
            .limit(limit),
            connection,
        )  # fmt: skip


@query("accounts.cases", permission="account.read", subject="account")
def cases(viewer: Viewer, account_id: int, limit: int = 50) -> pd.DataFrame:
    """id, key, subject, category, priority, channel, opened_at, closed_at, first_response_minutes, escalated;
    open ones first, then the latest. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        c = Case
        return read_frame(
            select(
                c.id, c.external_id.label("key"), c.subject, c.category, c.priority, c.channel, c.opened_at,
                c.closed_at, c.first_response_minutes, c.escalated,
            )
            .where(c.account_id == account_id)
            .order_by(case((c.closed_at.is_(None), 0), else_=1), c.opened_at.desc(), c.id.desc())
            .limit(limit),
            connection,
        )  # fmt: skip


@query("accounts.freshness", permission="account.read", subject="account")
def freshness(viewer: Viewer, account_id: int) -> dict[str, datetime | None]:
    """When each block of the page last changed (UTC), by name; None while it is empty. Raises NotFound."""
    blocks: dict[str, tuple[type, tuple[ColumnElement, ...]]] = {
        "contract": (Contract, (Contract.recorded_at,)),
        "periods": (Subscription, (Subscription.recorded_at,)),
        "contacts": (Contact, (Contact.created_at,)),
        "alerts": (ChurnAlert, (ChurnAlert.recorded_at,)),
        "renewals": (Renewal, (Renewal.recorded_at,)),
        "promises": (Promise, (Promise.created_at, Promise.closed_at)),
        "quotes": (Quote, (Quote.updated_at,)),
        "notes": (Note, (Note.written_at,)),
        "touches": (Touch, (Touch.created_at,)),
        "cases": (Case, (Case.opened_at, Case.closed_at)),
        "surveys": (Survey, (Survey.answered_at,)),
        "profile": (AccountProfile, (AccountProfile.updated_at,)),
        "meetings": (Meeting, (Meeting.recorded_at,)),
    } | {name: (model, (model.updated_at,)) for name, model in MODELS.items()}
    with reading() as connection:
        admit(viewer, account_id, connection)
        wanted = [
            select(func.max(column))
            .where(model.account_id == account_id)
            .scalar_subquery()
            .label(f"{name}_{n}")
            for name, (model, columns) in blocks.items()
            for n, column in enumerate(columns)
        ]
        row = connection.execute(select(*wanted)).mappings().one()
    found: dict[str, datetime | None] = {}
    for label, moment in row.items():
        name = label.rsplit("_", 1)[0]
        found[name] = max((m for m in (found.get(name), moment) if m is not None), default=None)
    return found

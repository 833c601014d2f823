"""Reads where accounts stand on the six axes, and how that changed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.errors import NotFound
from lib.segments.rules import Axis
from lib.store import policy
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, AccountSegment, Assignment, Person, SegmentChange
from lib.store.naming import spoken_name
from lib.store.scope import visible_accounts
from lib.store.worth import arr


@dataclass(frozen=True)
class Segment:
    """One axis of an account: its value, why, since when, and the morning it was last confirmed."""

    axis: str
    value: str
    reason: dict[str, Any]
    since: date
    computed_on: date


@dataclass(frozen=True)
class Change:
    axis: str
    old: str
    new: str
    changed_on: date


@dataclass(frozen=True)
class OfAccount:
    """Where an account stands on each axis, in the order of the axes; empty before the first morning. The
    newest changes first. `names`: names of the loyalty levels (English, Chinese) by code."""

    segments: list[Segment]
    changes: list[Change]
    names: dict[str, tuple[str, str]]


@query("segments.of_account", permission="account.read", subject="account")
def of_account(viewer: Viewer, account_id: int, changes: int = 10) -> OfAccount:
    """Where an account stands on the six axes, with its last changes. Raises NotFound."""
    with reading() as connection:
        inside = select(Account.id).where(Account.id == account_id, visible_accounts(viewer))
        if read_one(inside, connection) is None:
            raise NotFound()
        s, c = AccountSegment, SegmentChange
        rows = connection.execute(
            select(s.axis, s.value, s.reason, s.since, s.computed_on).where(s.account_id == account_id)
        ).all()
        moved = connection.execute(
            select(c.axis, c.old, c.new, c.changed_on)
            .where(c.account_id == account_id)
            .order_by(c.changed_on.desc(), c.id.desc())
            .limit(changes)
        ).all()
        levels = _levels(viewer, connection)
    order = [str(axis) for axis in Axis]
    found = sorted((Segment(*row) for row in rows), key=lambda one: order.index(one.axis))
    return OfAccount(found, [Change(*row) for row in moved], levels)


def _levels(viewer: Viewer, connection: Connection) -> dict[str, tuple[str, str]]:
    rows = policy.values("tiers", viewer.today, connection)["loyalty"]
    return {row["code"]: (row["name_en"], row["name_zh"]) for row in rows}


@query("segments.levels", permission="account.read")
def levels(viewer: Viewer) -> dict[str, tuple[str, str]]:
    """Names of the loyalty levels (English, Chinese) by code."""
    with reading() as connection:
        return _levels(viewer, connection)


@query("segments.counts", permission="account.read")
def counts(viewer: Viewer) -> pd.DataFrame:
    """axis, value, accounts: how the viewer's accounts that have not left spread over each axis."""
    s = AccountSegment
    return read_frame(
        select(s.axis, s.value, func.count().label("accounts"))
        .join(Account, Account.id == s.account_id)
        .where(visible_accounts(viewer), Account.status != "churned")
        .group_by(s.axis, s.value)
        .order_by(s.axis, s.value)
    )


@query("segments.listed", permission="account.read")
def listed(
    viewer: Viewer, axis: str = "activity", value: str = "", *, limit: int | None = 50, offset: int = 0
) -> pd.DataFrame:  # fmt: skip
    """account_id, account, value, reason, since, computed_on, arr_minor, currency, owner: the viewer's
    accounts on one axis, of one value where one is given, the newest change first."""
    s = AccountSegment
    holds = (Assignment.account_id == Account.id) & Assignment.until.is_(None) & (Assignment.duty == "owner")
    statement = (
        select(s.account_id, spoken_name(viewer, Account).label("account"), s.value, s.reason, s.since,
               s.computed_on, arr(viewer.today).label("arr_minor"), Account.currency,
               spoken_name(viewer, Person).label("owner"))
        .join(Account, Account.id == s.account_id)
        .outerjoin(Assignment, holds)
        .outerjoin(Person, Person.id == Assignment.person_id)
        .where(visible_accounts(viewer), s.axis == axis, Account.status != "churned")
        .order_by(s.since.desc(), s.account_id)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return read_frame(statement.where(s.value == value) if value else statement)

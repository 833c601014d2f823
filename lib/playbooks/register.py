"""Reads the register of tasks: whose, in which state, for which account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from lib.access import Role, Viewer
from lib.playbooks.rules import Only, Scope, State, state_of
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, Assignment, Person, PersonRole, Task
from lib.store.naming import spoken_name
from lib.store.scope import admit, count_rows, of_visible_accounts

PROMISE_OVERDUE = "promise_overdue"
PAGE = 50
_OVERSEES = (Role.LEADERSHIP, Role.ADMIN)


def seen_tasks(viewer: Viewer) -> ColumnElement[bool]:
    """Tasks of visible accounts, and the viewer's own without an account."""
    own = and_(Task.account_id.is_(None), Task.owner_id == viewer.person_id)
    return or_(own, and_(Task.account_id.is_not(None), of_visible_accounts(viewer, Task.account_id)))


def of_scope(viewer: Viewer, scope: Scope) -> ColumnElement[bool]:
    """The tasks of a scope, always inside what the viewer may see. team: owned by the viewer, by somebody
    who reports to them or whose book they see."""
    if scope is Scope.ALL:
        return seen_tasks(viewer)
    if scope is Scope.MINE:
        return and_(seen_tasks(viewer), Task.owner_id == viewer.person_id)
    reports = select(Person.id).where(Person.manager_id == viewer.person_id)
    people = or_(Task.owner_id.in_({viewer.person_id, *viewer.books}), Task.owner_id.in_(reports))
    return and_(seen_tasks(viewer), people)


def of_state(viewer: Viewer, only: Only) -> ColumnElement[bool]:
    today = viewer.today
    closed = {Only.DONE: "done", Only.DROPPED: "dropped"}
    if only in closed:
        return Task.status == closed[only]
    is_open = Task.status == "open"
    if only is Only.OPEN:
        return is_open
    if only is Only.BLOCKED:
        return and_(is_open, Task.blocked_reason.is_not(None))
    asleep = and_(Task.snoozed_until.is_not(None), Task.snoozed_until > today)
    if only is Only.SNOOZED:
        return and_(is_open, Task.blocked_reason.is_(None), asleep)
    awake = and_(is_open, Task.blocked_reason.is_(None),
                 or_(Task.snoozed_until.is_(None), Task.snoozed_until <= today))  # fmt: skip
    if only is Only.OVERDUE:
        return and_(awake, Task.due_on < today)
    until = today if only is Only.DUE else today + timedelta(days=6)
    return and_(awake, Task.due_on <= until)


@dataclass(frozen=True)
class Filters:
    """Which of a scope's tasks: of an account, an owner or a kind, with `text` in title or account; without
    `promises`, tasks of overdue promises are left out."""

    account_id: int | None = None
    owner_id: int | None = None
    text: str = ""
    kind: str | None = None
    promises: bool = True


EVERY = Filters()


def _wanted(viewer: Viewer, scope: Scope, only: Only, by: Filters) -> Select:
    owner, title = aliased(Person), Task.title
    if viewer.language == "zh-CN":
        title = func.coalesce(Task.title_zh, Task.title)
    statement = (
        select(
            Task.id, Task.version, Task.account_id, spoken_name(viewer, Account).label("account"),
            Task.owner_id, spoken_name(viewer, owner).label("owner"), Task.kind,
            func.coalesce(title, "").label("title"), Task.due_on, Task.status, Task.snoozed_until,
            Task.blocked_reason, Task.reason, Task.note, Task.evidence, Task.run_id, Task.step, Task.origin,
            Task.mode, Task.created_at, Task.closed_at,
        )
        .outerjoin(Account, Account.id == Task.account_id)
        .outerjoin(owner, owner.id == Task.owner_id)
        .where(of_scope(viewer, scope), of_state(viewer, only))
    )  # fmt: skip
    if by.account_id is not None:
        statement = statement.where(Task.account_id == by.account_id)
    if by.owner_id is not None:
        statement = statement.where(Task.owner_id == by.owner_id)
    if by.kind is not None:
        statement = statement.where(Task.kind == by.kind)
    if not by.promises:
        statement = statement.where(Task.kind != PROMISE_OVERDUE)
    if sought := by.text.strip():
        named = (Task.title, Task.title_zh, Account.name, Account.name_zh)
        statement = statement.where(or_(*(name.icontains(sought, autoescape=True) for name in named)))
    return statement


@query("playbooks.tasks", permission="today.read")
def tasks(
    viewer: Viewer,
    scope: Scope = Scope.MINE,
    only: Only = Only.DUE,
    by: Filters = EVERY,
    *,
    page: int = 1,
    size: int = PAGE,
) -> pd.DataFrame:
    """id, version, account_id, account, owner_id, owner, kind, title (in the viewer's language, empty where
    the rule gave none), due_on, status, state (playbooks.rules.State), snoozed_until, blocked_reason, reason,
    note, evidence (read with rules.read_evidence), run_id, step, origin, mode, created_at, closed_at.

    Open ones by date, closed ones newest first.
    """
    statement = _wanted(viewer, scope, only, by)
    order = (
        (Task.due_on, Task.id) if only not in (Only.DONE, Only.DROPPED) else (Task.closed_at.desc(), Task.id)
    )
    frame = read_frame(statement.order_by(*order).limit(size).offset((page - 1) * size))
    return with_state(frame, viewer)


def with_state(frame: pd.DataFrame, viewer: Viewer) -> pd.DataFrame:
    """The frame with the column `state` behind `status`."""
    rows = zip(frame["status"], frame["due_on"], frame["snoozed_until"], frame["blocked_reason"], strict=True)
    states = [str(state_of(s, d, _none(z), _none(b), viewer.today)) for s, d, z, b in rows]
    frame.insert(frame.columns.get_loc("status") + 1, "state", pd.Series(states, frame.index, "object"))
    return frame


def _none(value):  # noqa: ANN001, ANN202 - pandas' several kinds of missing
    return None if value is None or value is pd.NaT or value != value else value


@query("playbooks.task_count", permission="today.read")
def task_count(viewer: Viewer, scope: Scope = Scope.MINE, only: Only = Only.DUE, by: Filters = EVERY) -> int:
    """How many rows `tasks` would give in all."""
    statement = _wanted(viewer, scope, only, by)
    return int(read_one(count_rows(statement))[0])


@query("playbooks.task_states", permission="today.read")
def task_states(viewer: Viewer, scope: Scope = Scope.MINE) -> Mapping[State, int]:
    """Open tasks of the scope by their state today, and those done in the last seven days."""
    recent = viewer.now - timedelta(days=7)
    shown = (Task.status, Task.due_on, Task.snoozed_until, Task.blocked_reason)
    counted: dict[State, int] = dict.fromkeys(State, 0)
    with reading() as connection:
        is_open = of_state(viewer, Only.OPEN)
        grouped = select(*shown, func.count()).where(of_scope(viewer, scope), is_open).group_by(*shown)
        for status, due_on, snoozed, blocked, count in connection.execute(grouped):
            counted[state_of(status, due_on, snoozed, blocked, viewer.today)] += count
        closed = select(Task.status, func.count()).where(of_scope(viewer, scope), Task.status != "open")
        for status, count in connection.execute(closed.where(Task.closed_at >= recent).group_by(Task.status)):
            counted[State.DONE if status == "done" else State.DROPPED] += count
    return counted


@query("playbooks.overdue_per_owner", permission="today.read")
def overdue_per_owner(viewer: Viewer, scope: Scope = Scope.ALL) -> pd.DataFrame:
    """owner_id, owner (missing: nobody's), overdue, oldest (date), accounts: open tasks due before today and
    neither snoozed nor blocked, most first."""
    count = func.count(Task.id)
    return read_frame(
        select(
            Task.owner_id, func.max(spoken_name(viewer, Person)).label("owner"), count.label("overdue"),
            func.min(Task.due_on).label("oldest"),
            func.count(func.distinct(Task.account_id)).label("accounts"),
        )
        .outerjoin(Person, Person.id == Task.owner_id)
        .where(of_scope(viewer, scope), of_state(viewer, Only.OVERDUE))
        .group_by(Task.owner_id)
        .order_by(count.desc(), func.min(Task.due_on), Task.owner_id)
    )  # fmt: skip


@query("playbooks.receivers", permission="today.read", subject="account")
def receivers(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """id, name: who may be given a task of this account, those assigned to it first. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        name = spoken_name(viewer, Person)
        return read_frame(
            select(Person.id, name.label("name"))
            .where(Person.active, may_receive(account_id, Person.id))
            .order_by(name, Person.id),
            connection,
        )


def may_receive(account_id: int | ColumnElement[int], person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Who sees the account for sure: those assigned to it, their leads, and the roles that see every one."""
    current = select(Assignment.person_id).where(
        Assignment.account_id == account_id, Assignment.until.is_(None)
    )
    leading = select(PersonRole.person_id).where(PersonRole.role == Role.TEAM_LEAD)
    leads = select(Person.manager_id).where(Person.id.in_(current), Person.manager_id.in_(leading))
    oversee = select(PersonRole.person_id).where(PersonRole.role.in_(_OVERSEES))
    return or_(person_id.in_(current), person_id.in_(leads), person_id.in_(oversee))

"""Reads runs of playbooks, their steps with the texts to send, and what the versions say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from lib.access import Viewer
from lib.errors import NotFound
from lib.playbooks.definitions import Versions, current, figures
from lib.playbooks.milestones import neglected
from lib.playbooks.plan import Playbook, filled
from lib.playbooks.register import PAGE, of_state, with_state
from lib.playbooks.rules import Only, Scope
from lib.playbooks.running import step_of
from lib.settings import settings
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, Assignment, Contact, Person, PlaybookRun, PlaybookVersion, Task
from lib.store.naming import spoken_name
from lib.store.scope import count_rows, of_visible_accounts, visible_accounts
from lib.words import say

RUN_STATES = ("running", "done", "cancelled")


def in_scope(viewer: Viewer, scope: Scope, account_id: ColumnElement[int]) -> ColumnElement[bool]:
    """mine: accounts assigned to the viewer; team: also to their reports; all: every visible one."""
    visible = of_visible_accounts(viewer, account_id)
    if scope is Scope.ALL:
        return visible
    reports = select(Person.id).where(Person.manager_id == viewer.person_id)
    who = Assignment.person_id == viewer.person_id
    if scope is Scope.TEAM:
        who = or_(
            Assignment.person_id.in_({viewer.person_id, *viewer.books}), Assignment.person_id.in_(reports)
        )
    return and_(visible, account_id.in_(select(Assignment.account_id).where(Assignment.until.is_(None), who)))


def _runs(
    viewer: Viewer, scope: Scope, status: str | None, code: str | None, account_id: int | None, text: str
) -> Select:
    owner = (
        select(spoken_name(viewer, Person))
        .join(Assignment, Assignment.person_id == Person.id)
        .where(Assignment.account_id == PlaybookRun.account_id, Assignment.duty == "owner",
               Assignment.until.is_(None))
        .limit(1)
    )  # fmt: skip
    of_run = Task.run_id == PlaybookRun.id
    counted = {
        "done": select(func.count()).where(of_run, Task.status == "done"),
        "steps": select(func.count()).where(of_run, Task.status != "dropped"),
        "overdue": select(func.count()).where(of_run, of_state(viewer, Only.OVERDUE)),
        "next_on": select(func.min(Task.due_on)).where(of_run, Task.status == "open"),
    }
    statement = (
        select(
            PlaybookRun.id, PlaybookRun.version, PlaybookRun.account_id,
            spoken_name(viewer, Account).label("account"), PlaybookRun.code, PlaybookRun.number,
            PlaybookRun.trigger, PlaybookRun.status, PlaybookRun.started_on, PlaybookRun.closed_at,
            PlaybookRun.reason, owner.scalar_subquery().label("owner"),
            *(found.scalar_subquery().label(name) for name, found in counted.items()),
        )
        .join(Account, Account.id == PlaybookRun.account_id)
        .where(in_scope(viewer, scope, PlaybookRun.account_id))
    )  # fmt: skip
    if status is not None:
        statement = statement.where(PlaybookRun.status == status)
    if code is not None:
        statement = statement.where(PlaybookRun.code == code)
    if account_id is not None:
        statement = statement.where(PlaybookRun.account_id == account_id)
    if text.strip():
        like = (column.icontains(text.strip(), autoescape=True) for column in (Account.name, Account.name_zh))
        statement = statement.where(or_(*like))
    return statement


@query("playbooks.runs", permission="account.read")
def runs(
    viewer: Viewer,
    scope: Scope = Scope.ALL,
    status: str | None = None,
    code: str | None = None,
    *,
    account_id: int | None = None,
    text: str = "",
    page: int = 1,
    size: int = PAGE,
) -> pd.DataFrame:
    """id, version, account_id, account, code, playbook (its name), number, trigger, status, started_on,
    closed_at, reason, owner, done, steps, overdue, next_on, next_step: running ones first, by the next date.
    """
    late = case((PlaybookRun.status == "running", 0), else_=1)
    due = select(func.min(Task.due_on)).where(Task.run_id == PlaybookRun.id, Task.status == "open")
    due = due.scalar_subquery()
    order = (late, due.is_(None), due, PlaybookRun.started_on.desc(), PlaybookRun.id)
    with reading() as connection:
        statement = _runs(viewer, scope, status, code, account_id, text).order_by(*order)
        frame = read_frame(statement.limit(size).offset((page - 1) * size), connection)
        versions = Versions(connection, figures(viewer.today, connection))
        books = [versions.get(row.code, row.number) for row in frame.itertuples()]
        titles = _next_titles(viewer, connection, [int(i) for i in frame["id"]])
    names = [book.name(viewer.language) for book in books]
    frame.insert(frame.columns.get_loc("code") + 1, "playbook", pd.Series(names, frame.index, "object"))
    frame["next_step"] = pd.Series([titles.get(int(i), "") for i in frame["id"]], frame.index, "object")
    return frame


def _next_titles(viewer: Viewer, connection: Any, run_ids: Sequence[int]) -> dict[int, str]:
    title = func.coalesce(Task.title_zh, Task.title) if viewer.language == "zh-CN" else Task.title
    rows = select(Task.run_id, title.label("title")).where(Task.run_id.in_(run_ids), Task.status == "open")
    found = connection.execute(rows.order_by(Task.due_on.desc(), Task.id.desc()))
    return {row.run_id: row.title for row in found}


@query("playbooks.run_count", permission="account.read")
def run_count(
    viewer: Viewer, scope: Scope = Scope.ALL, status: str | None = None, code: str | None = None,
    *, account_id: int | None = None, text: str = "",
) -> int:  # fmt: skip
    """How many rows `runs` would give in all."""
    return int(read_one(count_rows(_runs(viewer, scope, status, code, account_id, text)))[0])


@dataclass(frozen=True)
class Run:
    """One run as its page shows it; `book` is the version it began with."""

    id: int
    version: int
    account_id: int
    account: str
    status: str
    trigger: str
    number: int
    started_on: date
    reason: str | None
    book: Playbook
    can_resume: bool


@query("playbooks.run", permission="account.read", subject="play")
def run_of(viewer: Viewer, run_id: int) -> Run:
    """One run. Raises NotFound."""
    r = PlaybookRun
    statement = (
        select(r, spoken_name(viewer, Account).label("account"))
        .join(Account, Account.id == r.account_id)
        .where(r.id == run_id, visible_accounts(viewer))
    )
    with reading() as connection:
        row = read_one(statement, connection)
        if row is None:
            raise NotFound()
        book = Versions(connection, figures(viewer.today, connection)).get(row.code, row.number)
    return Run(row.id, row.version, row.account_id, row.account, row.status, row.trigger, row.number,
               row.started_on, row.reason, book, row.before is not None)  # fmt: skip


@query("playbooks.run_steps", permission="account.read", subject="play")
def run_steps(viewer: Viewer, run_id: int) -> pd.DataFrame:
    """id, version, title, owner, due_on, status, state, snoozed_until, blocked_reason, reason, note,
    evidence, step, mode, closed_at, text (to copy, in the customer's language; empty where the step has
    none): by date. Raises NotFound."""
    run = run_of(viewer, run_id)
    title = func.coalesce(Task.title_zh, Task.title) if viewer.language == "zh-CN" else Task.title
    with reading() as connection:
        frame = read_frame(
            select(
                Task.id, Task.version, title.label("title"), spoken_name(viewer, Person).label("owner"),
                Task.due_on, Task.status, Task.snoozed_until, Task.blocked_reason, Task.reason, Task.note,
                Task.evidence, Task.step, Task.mode, Task.closed_at,
            )
            .outerjoin(Person, Person.id == Task.owner_id)
            .where(Task.run_id == run_id)
            .order_by(Task.due_on, Task.id),
            connection,
        )  # fmt: skip
        language, values = _addressed(connection, run.account_id, viewer)
    steps = [step_of(run.book, key) for key in frame["step"]]
    texts = [filled(step.text(language), values) if step else "" for step in steps]
    frame["text"] = pd.Series(texts, frame.index, "object")
    return with_state(frame, viewer)


def _addressed(connection: Any, account_id: int, viewer: Viewer) -> tuple[str, dict[str, str]]:
    """The customer's language, and what fills the holes of a template in it."""
    who = select(Contact.name, Contact.language).where(Contact.account_id == account_id, Contact.active)
    contact = read_one(who.order_by(Contact.is_sponsor.desc(), Contact.id), connection)
    account = read_one(
        select(Account.name, Account.name_zh, Account.language).where(Account.id == account_id), connection
    )
    held = select(Person.name, Person.name_zh).join(Assignment, Assignment.person_id == Person.id)
    held = held.where(Assignment.account_id == account_id, Assignment.until.is_(None))
    owner = read_one(held.where(Assignment.duty == "owner"), connection)
    zh = ((contact.language if contact else None) or account.language) == "zh-CN"
    desk = settings()
    called = (account.name_zh or account.name) if zh else account.name
    mine = ((owner.name_zh or owner.name) if zh else owner.name) if owner else viewer.name
    feature = neglected(connection, account_id, viewer.today)
    language = "zh-CN" if zh else "en"
    values = {
        "account": called, "contact": contact.name if contact else called, "owner": mine,
        "company": desk.company_zh if zh else desk.company_en,
        "feature": f"“{feature}”" if feature else say(language, "playbooks-some-feature"),
    }  # fmt: skip
    return language, values


@dataclass(frozen=True)
class Held:
    """A playbook as it holds now."""

    number: int
    book: Playbook
    body: dict[str, Any]


@query("playbooks.books", permission="account.read")
def books(viewer: Viewer) -> list[Held]:
    """Every playbook in its newest version, by name."""
    with reading() as connection:
        held = current(connection, figures(viewer.today, connection))
        bodies = {
            (row.code, row.number): row.body
            for row in connection.execute(
                select(PlaybookVersion.code, PlaybookVersion.number, PlaybookVersion.body)
            )
        }
    found = [Held(number, book, bodies[code, number]) for code, (number, book) in held.items()]
    return sorted(found, key=lambda one: (not one.book.active, one.book.name(viewer.language)))


@query("playbooks.versions", permission="account.read")
def versions(viewer: Viewer, code: str) -> pd.DataFrame:
    """number, published_at, author (missing: shipped), reason, running (runs under way): newest first."""
    v = PlaybookVersion
    under_way = select(func.count()).where(
        PlaybookRun.code == v.code, PlaybookRun.number == v.number, PlaybookRun.status == "running",
        of_visible_accounts(viewer, PlaybookRun.account_id),
    )  # fmt: skip
    return read_frame(
        select(v.number, v.published_at, spoken_name(viewer, Person).label("author"), v.reason,
               under_way.scalar_subquery().label("running"))
        .outerjoin(Person, Person.id == v.author_id)
        .where(v.code == code)
        .order_by(v.number.desc())
    )  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Runs under way, steps overdue, due within a week, done in the last 30 days, of a scope."""

    running: int
    overdue: int
    week: int
    by_template: int


@query("playbooks.figures", permission="account.read")
def play_figures(viewer: Viewer, scope: Scope = Scope.ALL) -> Figures:
    mine = in_scope(viewer, scope, Task.account_id)
    runs_ = select(func.count()).select_from(PlaybookRun).where(
        PlaybookRun.status == "running", in_scope(viewer, scope, PlaybookRun.account_id)
    )  # fmt: skip
    steps = select(func.count()).select_from(Task).where(Task.run_id.is_not(None), mine)
    templates = steps.where(of_state(viewer, Only.WEEK), Task.mode == "template")
    wanted = (runs_, steps.where(of_state(viewer, Only.OVERDUE)), steps.where(of_state(viewer, Only.WEEK)),
              templates)  # fmt: skip
    with reading() as connection:
        return Figures(*(int(connection.execute(one).scalar()) for one in wanted))

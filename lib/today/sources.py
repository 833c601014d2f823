"""The selects behind Today: each source of reasons read once, scoped, without hydrating rows."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import aliased

from lib.access import Role, Viewer
from lib.accounts.rules import low
from lib.errors import NotFound
from lib.quotes.approvals import level_of, may_decide
from lib.renewals.rules import OPEN
from lib.store.models import (
    Account,
    AccountDay,
    Assignment,
    ChurnAlert,
    HealthDay,
    Person,
    Promise,
    Quote,
    QuoteVersion,
    Renewal,
    Task,
    Touch,
    VipProposal,
)
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts
from lib.store.stand_ins import stood_in_for
from lib.today import reasons
from lib.today.reasons import Limits
from lib.today.rules import Reason, Scope

_RAISED_BY_PROMISE = "promise_overdue"
Book = Callable[[ColumnElement[int]], ColumnElement[bool]]
FALL_DAYS = 28  # so far back it is looked for when a score fell


def in_book(
    viewer: Viewer, scope: Scope, account_id: ColumnElement[int], whose: int | None = None
) -> ColumnElement[bool]:
    """The accounts of a scope, always inside what the viewer may see; with `whose` those one person holds.

    mine: assigned to the viewer, for those who see only their book all of it; for a lead without what is
    theirs through those who report to them. team: owned by somebody of the viewer's team or by somebody who
    reports to the viewer, for a lead all they see. all: everything visible.
    """
    visible = of_visible_accounts(viewer, account_id)
    held = select(Assignment.account_id).where(Assignment.until.is_(None))
    if whose is not None:
        return and_(visible, account_id.in_(held.where(Assignment.person_id == whose)))
    if scope is Scope.MINE and leads(viewer):
        reports = select(Person.id).where(Person.manager_id == viewer.person_id)
        own = Assignment.person_id.in_([viewer.person_id, *viewer.books])
        return and_(visible, account_id.in_(held.where(own, Assignment.person_id.not_in(reports))))
    if scope is Scope.ALL or not viewer.may("account.all"):
        return visible
    if scope is Scope.MINE:
        return and_(visible, account_id.in_(held.where(Assignment.person_id == viewer.person_id)))
    own_team = select(Person.team).where(Person.id == viewer.person_id).scalar_subquery()
    people = select(Person.id).where(
        or_(Person.manager_id == viewer.person_id, Person.id == viewer.person_id, Person.team == own_team)
    )
    owners = held.where(Assignment.duty == "owner", Assignment.person_id.in_(people))
    return and_(visible, account_id.in_(owners))


def leads(viewer: Viewer) -> bool:
    """Whether the viewer sees a team's books through their role, and not every account."""
    return Role.TEAM_LEAD in viewer.roles and bool(viewer.books) and not viewer.may("account.all")


def members(viewer: Viewer, scope: Scope) -> Select:
    """The ids of the people of a scope: the viewer, with "team" whoever reports to them or is of their team,
    with "all" everybody who holds an account; nobody whose book the viewer may not see."""
    held = select(Assignment.person_id).where(Assignment.until.is_(None))
    if scope is Scope.MINE:
        return select(Person.id).where(Person.id == viewer.person_id)
    if not viewer.may("account.all"):
        return select(Person.id).where(Person.active, Person.id.in_([viewer.person_id, *viewer.books]))
    if scope is Scope.ALL:
        return select(Person.id).where(Person.active, Person.id.in_(held))
    own_team = select(Person.team).where(Person.id == viewer.person_id).scalar_subquery()
    near = or_(Person.manager_id == viewer.person_id, Person.id == viewer.person_id, Person.team == own_team)
    return select(Person.id).where(Person.active, near)


def person_of(connection: Connection, viewer: Viewer, person_id: int) -> str:
    """The name of somebody whose whole book the viewer sees. Raises NotFound for anybody else."""
    seen = viewer.may("account.all") or person_id in {viewer.person_id, *viewer.books}
    found = select(spoken_name(viewer, Person)).where(Person.id == person_id, Person.active)
    name = connection.execute(found).scalar() if seen and isinstance(person_id, int) else None
    if name is None:
        raise NotFound()
    return name


def of_visible_or_none(viewer: Viewer, account_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The row filter for things that may stand without an account."""
    return or_(account_id.is_(None), of_visible_accounts(viewer, account_id))


def day_start(day: date, zone: str) -> datetime:
    """The instant a company day begins."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def all_reasons(
    connection: Connection, viewer: Viewer, scope: Scope, limits: Limits, whose: int | None = None
) -> Iterator[Reason]:
    """Every reason of the scope, in no particular order; with `whose` those of one person's book, without the
    decisions that wait for them."""
    book = partial(in_book, viewer, scope, whose=whose)
    yield from _alerts(connection, viewer, book)
    yield from _promises(connection, viewer, scope, limits, whose)
    yield from _renewals(connection, viewer, book, limits)
    yield from _quotes(connection, viewer, book, limits)
    if whose is None:
        yield from _approvals(connection, viewer)
    yield from _tasks(connection, viewer, whose or viewer.person_id)
    yield from _low_health(connection, viewer, book, limits)
    yield from _proposals(connection, viewer, book)
    yield from _stale(connection, viewer, book, limits)


def _alerts(connection: Connection, viewer: Viewer, book: Book) -> Iterator[Reason]:
    ratio = func.coalesce(
        ChurnAlert.current["ratio"].as_float(), ChurnAlert.evidence["ratio"].as_float()
    ).label("ratio")  # fmt: skip
    rows = connection.execute(
        select(
            ChurnAlert.account_id, ChurnAlert.id, ChurnAlert.kind, ChurnAlert.level, ChurnAlert.status,
            ChurnAlert.opened_on, ratio,
        )
        .where(ChurnAlert.resolved_on.is_(None), ChurnAlert.status.in_(["new", "contacted", "snoozed"]))
        .where(or_(ChurnAlert.snoozed_until.is_(None), ChurnAlert.snoozed_until <= viewer.today))
        .where(book(ChurnAlert.account_id))
    )  # fmt: skip
    for row in rows:
        yield reasons.alert_reason(
            row.account_id, row.id, kind=row.kind, level=row.level, status=row.status, ratio=row.ratio,
            opened_on=row.opened_on,
        )  # fmt: skip


def _promises(
    connection: Connection, viewer: Viewer, scope: Scope, limits: Limits, whose: int | None
) -> list[Reason]:
    """In the scope "mine" the promises the viewer answers for; else those of the scope's accounts."""
    until = viewer.today + timedelta(days=limits.promise_ahead_days)
    statement = select(Promise.account_id, Promise.id, Promise.what, Promise.due_on).where(
        Promise.status == "open", Promise.due_on <= until
    )
    if scope is Scope.MINE or whose is not None:
        statement = statement.where(
            Promise.owner_id == (whose or viewer.person_id), of_visible_accounts(viewer, Promise.account_id)
        )
    else:
        statement = statement.where(in_book(viewer, scope, Promise.account_id))
    found = (tuple(row) for row in connection.execute(statement))
    return reasons.promise_reasons(found, viewer.today, limits)


def _renewals(connection: Connection, viewer: Viewer, book: Book, limits: Limits) -> Iterator[Reason]:
    last = select(func.max(Touch.happened_at)).where(Touch.account_id == Renewal.account_id)
    near = viewer.today + timedelta(days=limits.spans.notice_window_days)
    recent = viewer.now - timedelta(days=limits.spans.contact_days)
    rows = connection.execute(
        select(
            Renewal.account_id, Renewal.id, Renewal.opens_on, Renewal.notice_on, Renewal.due_on,
            last.scalar_subquery().label("touched_at"),
            last.where(Touch.two_way).scalar_subquery().label("spoken_at"),
        )
        .where(Renewal.closed_on.is_(None), Renewal.stage.in_(OPEN))
        .where(or_(Renewal.opens_on <= viewer.today, Renewal.notice_on <= near))
        .where(book(Renewal.account_id))
    )  # fmt: skip
    zone = ZoneInfo(viewer.zone)
    for row in rows:
        touched = row.touched_at
        reason = reasons.renewal_reason(
            row.account_id, row.id, opens_on=row.opens_on, notice_on=row.notice_on, due_on=row.due_on,
            contacted=touched is not None and touched.astimezone(zone).date() >= row.opens_on,
            spoken=row.spoken_at is not None and row.spoken_at >= recent,
            today=viewer.today, limits=limits,
        )  # fmt: skip
        if reason is not None:
            yield reason


def _quotes(connection: Connection, viewer: Viewer, book: Book, limits: Limits) -> Iterator[Reason]:
    """Quotes the viewer wrote or, for whoever looks after the account, all of its quotes."""
    rows = connection.execute(
        _newest_versions()
        .where(Quote.status.in_(["sent", "approved", "rejected"]), QuoteVersion.valid_until >= viewer.today)
        .where(book(Quote.account_id))
    )
    for row in rows:
        reason = reasons.quote_reason(
            row.account_id, row.id, label=row.number or row.title, status=row.status,
            valid_until=row.valid_until, today=viewer.today, limits=limits,
        )  # fmt: skip
        if reason is not None:
            yield reason


def _approvals(connection: Connection, viewer: Viewer) -> Iterator[Reason]:
    """Quotes that wait for this viewer, whatever the scope: within their approver level, and nobody decides
    about their own or that of somebody they stand in for."""
    if not viewer.may("quote.approve"):
        return
    rows = connection.execute(
        _newest_versions()
        .where(Quote.status == "pending_approval", QuoteVersion.submitted_at.is_not(None))
        .where(func.coalesce(QuoteVersion.approver_level, 1) <= level_of(viewer.roles))
        .where(of_visible_accounts(viewer, Quote.account_id))
    )
    zone = ZoneInfo(viewer.zone)
    away = stood_in_for(connection, [viewer.person_id], viewer.today).get(viewer.person_id, ())
    for row in rows:
        if not may_decide(viewer.person_id, [row.created_by, row.edited_by, *(row.editors or ())], away):
            continue
        yield reasons.approval_reason(
            row.account_id, row.id, discount=row.effective_discount,
            submitted_on=row.submitted_at.astimezone(zone).date(),
        )  # fmt: skip


def _newest_versions():  # noqa: ANN202 - a select
    of_quote = QuoteVersion.quote_id == Quote.id
    newest = select(func.max(QuoteVersion.revision)).where(of_quote).correlate(Quote).scalar_subquery()
    return select(
        Quote.account_id, Quote.id, Quote.number, Quote.title, Quote.status, QuoteVersion.valid_until,
        QuoteVersion.effective_discount, QuoteVersion.submitted_at, Quote.editors,
        Quote.created_by, QuoteVersion.edited_by,
    ).join(QuoteVersion, and_(of_quote, QuoteVersion.revision == newest))  # fmt: skip


def _tasks(connection: Connection, viewer: Viewer, owner_id: int) -> Iterator[Reason]:
    """A person's own due tasks, but for those that sleep or are blocked. Those made from overdue promises
    speak through the promise."""
    title = func.coalesce(Task.title_zh, Task.title) if viewer.language == "zh-CN" else Task.title
    rows = connection.execute(
        select(Task.account_id, Task.id, Task.version, Task.kind, title.label("title"), Task.due_on)
        .where(Task.owner_id == owner_id, Task.status == "open", Task.due_on <= viewer.today)
        .where(Task.account_id.is_not(None), Task.kind != _RAISED_BY_PROMISE)
        .where(Task.blocked_reason.is_(None))
        .where(or_(Task.snoozed_until.is_(None), Task.snoozed_until <= viewer.today))
        .where(of_visible_accounts(viewer, Task.account_id))
    )
    for row in rows:
        yield reasons.task_reason(
            row.account_id, row.id, row.version, kind=row.kind, title=row.title, due_on=row.due_on,
            today=viewer.today,
        )  # fmt: skip


def _proposals(connection: Connection, viewer: Viewer, book: Book) -> Iterator[Reason]:
    """Accounts proposed for the VIP programme, for whoever decides about them."""
    if not viewer.may("account.write"):
        return
    rows = connection.execute(
        select(VipProposal.account_id, VipProposal.id, VipProposal.rule, VipProposal.proposed_on)
        .where(VipProposal.status == "open", book(VipProposal.account_id))
        .order_by(VipProposal.id)
    )
    for row in rows:
        yield reasons.vip_reason(row.account_id, row.id, rule=row.rule, proposed_on=row.proposed_on)


def _low_health(connection: Connection, viewer: Viewer, book: Book, limits: Limits) -> Iterator[Reason]:
    """Accounts whose score of the newest morning is critical by itself, with the day it fell there."""
    day = select(func.max(HealthDay.day)).where(HealthDay.day <= viewer.today)
    newest = connection.execute(day).scalar()
    if newest is None:
        return
    critical = low(HealthDay.raw, limits.spans.watch_from)
    before = aliased(HealthDay)
    fine = (
        select(func.max(before.day))
        .where(before.account_id == HealthDay.account_id, before.day < newest)
        .where(before.day >= newest - timedelta(days=FALL_DAYS))
        .where(before.raw >= limits.spans.watch_from)
    )
    rows = connection.execute(
        select(HealthDay.account_id, HealthDay.raw, fine.scalar_subquery().label("fine_on"))
        .join(Account, Account.id == HealthDay.account_id)
        .where(HealthDay.day == newest, critical, Account.status != "churned", book(HealthDay.account_id))
    )
    for row in rows:
        since = row.fine_on and row.fine_on + timedelta(days=1)
        yield reasons.health_reason(row.account_id, row.raw, since)


def newest_activity(connection: Connection) -> date | None:
    """The newest day any account has activity for, seen or not: it says how fresh the feed is."""
    return connection.execute(select(func.max(AccountDay.day))).scalar()


def _stale(connection: Connection, viewer: Viewer, book: Book, limits: Limits) -> Iterator[Reason]:
    """Active accounts whose activity stopped arriving long before that of the others."""
    newest = newest_activity(connection)
    if newest is None:
        return
    last = select(func.max(AccountDay.day)).where(AccountDay.account_id == Account.id).scalar_subquery()
    rows = connection.execute(
        select(Account.id, last.label("last_day"))
        .where(Account.status == "active", book(Account.id))
        .where(last < newest - timedelta(days=limits.stale_days))
    )
    for row in rows:
        yield reasons.stale_reason(row.id, row.last_day, may_import=viewer.may("import.read"))

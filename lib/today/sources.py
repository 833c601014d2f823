"""The selects behind Today: each source of reasons read once, scoped, without hydrating rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.quotes.approvals import level_of, may_decide
from lib.renewals.rules import OPEN
from lib.store.database import parts
from lib.store.models import (
    Account,
    AccountDay,
    Assignment,
    ChurnAlert,
    Person,
    Promise,
    Quote,
    QuoteVersion,
    Renewal,
    Subscription,
    Task,
    Touch,
)
from lib.store.scope import of_visible_accounts
from lib.store.stand_ins import stood_in_for
from lib.store.worth import running
from lib.today import reasons
from lib.today.reasons import Limits
from lib.today.rules import Reason, Scope, Worth

_RAISED_BY_PROMISE = "promise_overdue"


def in_book(viewer: Viewer, scope: Scope, account_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The accounts of a scope, always inside what the viewer may see.

    mine: assigned to the viewer (for those who see only their book: all of it). team: owned by somebody
    of the viewer's team or by somebody who reports to the viewer. all: everything visible.
    """
    visible = of_visible_accounts(viewer, account_id)
    if scope is Scope.ALL or not viewer.may("account.all"):
        return visible
    held = select(Assignment.account_id).where(Assignment.until.is_(None))
    if scope is Scope.MINE:
        return and_(visible, account_id.in_(held.where(Assignment.person_id == viewer.person_id)))
    own_team = select(Person.team).where(Person.id == viewer.person_id).scalar_subquery()
    people = select(Person.id).where(
        or_(Person.manager_id == viewer.person_id, Person.id == viewer.person_id, Person.team == own_team)
    )
    owners = held.where(Assignment.duty == "owner", Assignment.person_id.in_(people))
    return and_(visible, account_id.in_(owners))


def day_start(day: date, zone: str) -> datetime:
    """The instant a company day begins."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def all_reasons(connection: Connection, viewer: Viewer, scope: Scope, limits: Limits) -> Iterator[Reason]:
    """Every reason of the scope, in no particular order."""
    yield from _alerts(connection, viewer, scope)
    yield from _promises(connection, viewer, scope, limits)
    yield from _renewals(connection, viewer, scope, limits)
    yield from _quotes(connection, viewer, scope, limits)
    yield from _approvals(connection, viewer)
    yield from _tasks(connection, viewer)
    yield from _stale(connection, viewer, scope, limits)


def _alerts(connection: Connection, viewer: Viewer, scope: Scope) -> Iterator[Reason]:
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
        .where(in_book(viewer, scope, ChurnAlert.account_id))
    )  # fmt: skip
    for row in rows:
        yield reasons.alert_reason(
            row.account_id, row.id, kind=row.kind, level=row.level, status=row.status, ratio=row.ratio,
            opened_on=row.opened_on,
        )  # fmt: skip


def _promises(connection: Connection, viewer: Viewer, scope: Scope, limits: Limits) -> list[Reason]:
    """In the scope "mine" the promises the viewer answers for; else those of the scope's accounts."""
    until = viewer.today + timedelta(days=limits.promise_ahead_days)
    statement = select(Promise.account_id, Promise.what, Promise.due_on).where(
        Promise.status == "open", Promise.due_on <= until
    )
    if scope is Scope.MINE:
        statement = statement.where(
            Promise.owner_id == viewer.person_id, of_visible_accounts(viewer, Promise.account_id)
        )
    else:
        statement = statement.where(in_book(viewer, scope, Promise.account_id))
    found = (tuple(row) for row in connection.execute(statement))
    return reasons.promise_reasons(found, viewer.today, limits)


def _renewals(connection: Connection, viewer: Viewer, scope: Scope, limits: Limits) -> Iterator[Reason]:
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
        .where(in_book(viewer, scope, Renewal.account_id))
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


def _quotes(connection: Connection, viewer: Viewer, scope: Scope, limits: Limits) -> Iterator[Reason]:
    """Quotes the viewer wrote or, for whoever looks after the account, all of its quotes."""
    rows = connection.execute(
        _newest_versions()
        .where(Quote.status.in_(["sent", "approved", "rejected"]), QuoteVersion.valid_until >= viewer.today)
        .where(in_book(viewer, scope, Quote.account_id))
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


def _tasks(connection: Connection, viewer: Viewer) -> Iterator[Reason]:
    """The viewer's own due tasks. Those made from overdue promises speak through the promise."""
    rows = connection.execute(
        select(Task.account_id, Task.id, Task.kind, Task.title, Task.due_on)
        .where(Task.owner_id == viewer.person_id, Task.status == "open", Task.due_on <= viewer.today)
        .where(Task.account_id.is_not(None), Task.kind != _RAISED_BY_PROMISE)
        .where(of_visible_accounts(viewer, Task.account_id))
    )
    for row in rows:
        yield reasons.task_reason(
            row.account_id, row.id, kind=row.kind, title=row.title, due_on=row.due_on, today=viewer.today
        )


def newest_activity(connection: Connection) -> date | None:
    """The newest day any account has activity for, seen or not: it says how fresh the feed is."""
    return connection.execute(select(func.max(AccountDay.day))).scalar()


def _stale(connection: Connection, viewer: Viewer, scope: Scope, limits: Limits) -> Iterator[Reason]:
    """Active accounts whose activity stopped arriving long before that of the others."""
    newest = newest_activity(connection)
    if newest is None:
        return
    last = select(func.max(AccountDay.day)).where(AccountDay.account_id == Account.id).scalar_subquery()
    rows = connection.execute(
        select(Account.id, last.label("last_day"))
        .where(Account.status == "active", in_book(viewer, scope, Account.id))
        .where(last < newest - timedelta(days=limits.stale_days))
    )
    for row in rows:
        yield reasons.stale_reason(row.id, row.last_day, may_import=viewer.may("import.read"))


@dataclass(frozen=True)
class Known:
    """What a row shows of its account, beside the reasons."""

    name: str
    name_zh: str | None
    worth: Worth | None


def accounts_of(connection: Connection, account_ids: set[int], today: date) -> dict[int, Known]:
    """Names and today's ARR of accounts the caller has scoped already.

    ARR: running subscriptions without trials, else what the source states. An account with several
    currencies shows the one it bills in, else the largest figure.
    """
    found: dict[int, Known] = {}
    wanted = select(Account.id, Account.name, Account.name_zh, Account.currency, Account.stated_arr_minor)
    for chunk in parts(sorted(account_ids)):
        sums = _running(today).add_columns(Subscription.account_id).where(Subscription.account_id.in_(chunk))
        sums_of: dict[int, list[Worth]] = {}
        for row in connection.execute(sums.group_by(Subscription.account_id, Subscription.currency)):
            sums_of.setdefault(row.account_id, []).append(Worth(int(row.arr), row.currency))
        for row in connection.execute(wanted.where(Account.id.in_(chunk))):
            stated = None if row.stated_arr_minor is None else Worth(row.stated_arr_minor, row.currency)
            own = (row.currency, sums_of.get(row.id, []))
            found[row.id] = Known(row.name, row.name_zh, _shown(*own) or stated)
    return found


def _shown(billed: str, sums: list[Worth]) -> Worth | None:
    return max(sums, key=lambda w: (w.currency == billed, w.minor, w.currency), default=None)


def _running(today: date):  # noqa: ANN202 - a select
    return select(Subscription.currency, func.sum(Subscription.arr_minor).label("arr")).where(running(today))


def book_worth(connection: Connection, viewer: Viewer, scope: Scope) -> dict[str, int]:
    """ARR of running subscriptions of the whole scope per currency, minor units."""
    sums = _running(viewer.today).where(in_book(viewer, scope, Subscription.account_id))
    return {row.currency: int(row.arr) for row in connection.execute(sums.group_by(Subscription.currency))}

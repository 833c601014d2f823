"""Reads what is due on the days of a week, done or open, and what comes next; set-based, in one scope."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, or_, select

from lib.access import Viewer
from lib.renewals.rules import OPEN
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import Account, Assignment, Person, Promise, Quote, QuoteVersion, Renewal, Task
from lib.store.naming import spoken_name
from lib.today import sources
from lib.today.rules import Scope
from lib.today.week import Due

COLUMNS = ("kind", "day", "account_id", "account", "label", "owner_id", "owner", "state", "record")
LOOK_AHEAD = timedelta(days=60)
_BY_PROMISE = "promise_overdue"


@dataclass(frozen=True)
class Reach:
    """Whose things are meant: a scope of the viewer's, or one person's."""

    viewer: Viewer
    scope: Scope
    whose: int | None = None

    def book(self, account_id: ColumnElement[int]) -> ColumnElement[bool]:
        return sources.in_book(self.viewer, self.scope, account_id, self.whose)

    def owned(self, owner: ColumnElement[int], account_id: ColumnElement[int]) -> ColumnElement[bool]:
        """What has an owner of its own: theirs in a personal scope, that of the scope's people otherwise."""
        seen = sources.of_visible_or_none(self.viewer, account_id)
        if self.whose is not None or self.scope is Scope.MINE:
            return and_(seen, owner == (self.whose or self.viewer.person_id))
        members = and_(account_id.is_(None), owner.in_(sources.members(self.viewer, self.scope)))
        return and_(seen, or_(members, and_(account_id.is_not(None), self.book(account_id))))


@query("today.coming", permission="today.read")
def coming(
    viewer: Viewer, first: date, last: date, scope: str = Scope.MINE, whose: int | None = None,
    limit: int = 5_000,
) -> pd.DataFrame:  # fmt: skip
    """kind (task, step, check_in, promise, notice, renewal, quote), day, account_id, account, label (a
    person's own words or a rule's title, may be empty), owner_id, owner, state (open, blocked, done), record
    (the id of the row behind it): what is due in a span of days, by day. Raises NotFound as the queue does.
    """
    with reading() as connection:
        if whose is not None:
            sources.person_of(connection, viewer, whose)
        reach = Reach(viewer, Scope(scope), whose)
        frames = [
            read_frame(found.limit(limit), connection).astype("object")
            for found in _parts(reach, first, last)
        ]
    whole = pd.concat(frames, ignore_index=True).reindex(columns=list(COLUMNS))
    whole = whole.where(whole.notna(), None)
    return whole.sort_values(["day", "kind", "record"], kind="stable").head(limit).reset_index(drop=True)


def _parts(reach: Reach, first: date, last: date) -> Iterator[Select]:
    yield _tasks(reach, first, last)
    yield _promises(reach, first, last)
    yield from _renewals(reach, first, last)
    yield _quotes(reach, first, last)


def _named(viewer: Viewer, kind: ColumnElement[str], *columns: ColumnElement) -> Select:
    names = ("day", "label", "owner_id", "state", "record")
    told = [column.label(name) for column, name in zip(columns, names, strict=True)]
    account = (Account.id.label("account_id"), spoken_name(viewer, Account).label("account"))
    return select(kind.label("kind"), *account, *told, spoken_name(viewer, Person).label("owner"))


def _tasks(reach: Reach, first: date, last: date) -> Select:
    """Tasks that were dropped, and those of overdue promises, are left out."""
    viewer = reach.viewer
    title = func.coalesce(Task.title_zh, Task.title) if viewer.language == "zh-CN" else Task.title
    kind = case((Task.kind == "check_in", "check_in"), (Task.run_id.is_not(None), "step"), else_="task")
    blocked = and_(Task.status == "open", Task.blocked_reason.is_not(None))
    state = case((blocked, "blocked"), else_=Task.status)
    return (
        _named(viewer, kind, Task.due_on, title, Task.owner_id, state, Task.id)
        .select_from(Task)
        .outerjoin(Account, Account.id == Task.account_id)
        .outerjoin(Person, Person.id == Task.owner_id)
        .where(Task.due_on.between(first, last), Task.status != "dropped", Task.kind != _BY_PROMISE)
        .where(reach.owned(Task.owner_id, Task.account_id))
    )


def _promises(reach: Reach, first: date, last: date) -> Select:
    state = case((Promise.status == "open", "open"), else_="done")
    return (
        _named(reach.viewer, literal("promise"), Promise.due_on, Promise.what, Promise.owner_id, state,
               Promise.id)
        .select_from(Promise)
        .join(Account, Account.id == Promise.account_id)
        .join(Person, Person.id == Promise.owner_id)
        .where(Promise.due_on.between(first, last), Promise.status != "dropped")
        .where(reach.owned(Promise.owner_id, Promise.account_id))
    )  # fmt: skip


def _renewals(reach: Reach, first: date, last: date) -> Iterator[Select]:
    """Notice dates and ends of contracts, each owned by whoever owns the account."""
    for kind, day in (("notice", Renewal.notice_on), ("renewal", Renewal.due_on)):
        state = case((and_(Renewal.closed_on.is_(None), Renewal.stage.in_(OPEN)), "open"), else_="done")
        yield (
            _named(reach.viewer, literal(kind), day, null(), Assignment.person_id, state, Renewal.id)
            .select_from(Renewal)
            .join(Account, Account.id == Renewal.account_id)
            .outerjoin(Assignment, _owns(Renewal.account_id))
            .outerjoin(Person, Person.id == Assignment.person_id)
            .where(day.between(first, last), reach.book(Renewal.account_id))
        )


def _quotes(reach: Reach, first: date, last: date) -> Select:
    """Quotes the customer has, on the last day they hold; an accepted one is done."""
    state = case((Quote.status == "accepted", "done"), else_="open")
    return (
        _named(reach.viewer, literal("quote"), QuoteVersion.valid_until,
               func.coalesce(Quote.number, Quote.title), Quote.created_by, state, Quote.id)
        .select_from(Quote)
        .join(QuoteVersion, QuoteVersion.quote_id == Quote.id)
        .join(Account, Account.id == Quote.account_id)
        .join(Person, Person.id == Quote.created_by)
        .where(QuoteVersion.valid_until.between(first, last), QuoteVersion.status == Quote.status)
        .where(Quote.status.in_(["sent", "accepted"]), reach.book(Quote.account_id))
    )  # fmt: skip


def _owns(account_id: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(Assignment.account_id == account_id, Assignment.duty == "owner", Assignment.until.is_(None))


@query("today.following", permission="today.read")
def following(viewer: Viewer, scope: str = Scope.MINE, whose: int | None = None) -> Due | None:
    """The next thing that comes up after today, for an empty queue to name; None when nothing does."""
    start = viewer.today + timedelta(days=1)
    found = coming(viewer, start, start + LOOK_AHEAD, scope, whose)
    rest = found[found["state"] == "open"]
    return None if rest.empty else Due(*(rest.iloc[0][name] for name in ("kind", "day", "account", "label")))

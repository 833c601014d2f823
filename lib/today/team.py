"""Reads the team view: what each person of a lead's scope has on their hands this week."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.store.database import reading
from lib.store.doors import query
from lib.store.models import Account, Assignment, Person, Promise, StaffProfile, Task
from lib.store.naming import spoken_name
from lib.today import sources, week
from lib.today.coming import coming
from lib.today.queries import limits_of, queue
from lib.today.rules import Scope, Severity

COLUMNS = ("person_id", "person", "accounts", "need", "critical", "overdue", "due", "done", "blocked",
           "hours", "available")  # fmt: skip


@query("today.team", permission="today.read")
def team(viewer: Viewer, first: date, last: date, scope: str = Scope.TEAM) -> pd.DataFrame:
    """One row a person of the scope, the fullest first: person_id, person, accounts (owned), need and
    critical (of these, by the queue of Today), overdue (open tasks and promises), then of the span due, done,
    blocked, hours (open and blocked work) and available (their coverage hours, else the policy's).

    People whose book the viewer does not see are left out.
    """
    wanted = Scope(scope)
    found, items = queue(viewer, wanted), coming(viewer, first, last, wanted)
    with reading() as connection:
        people = _people(connection, viewer, wanted)
        owners = _owners(connection, viewer, wanted)
        late = _overdue(connection, viewer)
        covered = _covered(connection)
    held = Counter(owners.values())
    need, critical = Counter[int](), Counter[int]()
    for row in found.rows():
        owner = owners.get(row.account_id)
        need[owner] += 1
        critical[owner] += row.severity is Severity.CRITICAL
    limits = found.limits
    loads = week.loads(items, people, limits.scales.minutes, covered, limits.week_hours)
    rows = [
        (one.person_id, one.name, held[one.person_id], need[one.person_id], critical[one.person_id],
         late.get(one.person_id, 0), one.due, one.done, one.blocked, one.hours, one.available)
        for one in loads
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _people(connection: Connection, viewer: Viewer, scope: Scope) -> dict[int, str]:
    found = select(Person.id, spoken_name(viewer, Person)).where(
        Person.id.in_(sources.members(viewer, scope))
    )
    return dict(connection.execute(found.order_by(Person.id)).all())


def _owners(connection: Connection, viewer: Viewer, scope: Scope) -> dict[int, int]:
    """Account -> owner, of the scope's accounts that are still customers."""
    found = (
        select(Assignment.account_id, Assignment.person_id)
        .join(Account, Account.id == Assignment.account_id)
        .where(Assignment.duty == "owner", Assignment.until.is_(None), Account.status != "churned")
        .where(sources.in_book(viewer, scope, Assignment.account_id))
    )
    return dict(connection.execute(found).all())


def _overdue(connection: Connection, viewer: Viewer) -> Mapping[int, int]:
    """Open promises and tasks due before today, by owner; tasks of overdue promises count once."""
    sums: Counter[int] = Counter()
    for model, more in ((Promise, ()), (Task, (Task.kind != "promise_overdue",))):
        found = (
            select(model.owner_id, func.count())
            .where(model.status == "open", model.due_on < viewer.today, *more)
            .where(sources.of_visible_or_none(viewer, model.account_id))
            .group_by(model.owner_id)
        )
        sums.update(dict(connection.execute(found).all()))
    return sums


def _covered(connection: Connection) -> dict[int, float]:
    """The weekly hours of everybody who gave their coverage hours."""
    rows = connection.execute(select(StaffProfile.person_id, StaffProfile.hours))
    worked = {row.person_id: week.worked(row.hours) for row in rows}
    return {person_id: hours for person_id, hours in worked.items() if hours}


@query("today.means", permission="today.read")
def means(viewer: Viewer) -> tuple[dict[str, int], float]:
    """The minutes of each act, and the hours a week the viewer has for what is due."""
    with reading() as connection:
        limits = limits_of(viewer, connection)
        own = _covered(connection).get(viewer.person_id, float(limits.week_hours))
    return dict(limits.scales.minutes), own

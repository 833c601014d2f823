"""Small customer bases in the store: teams that work on weekdays, and what becomes of them."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import insert, select

from lib.store.database import read_frame, transaction
from lib.store.models import AccountDay, User, UserDay
from tests import make
from tests.activity.simulator import World

LAST = date(2026, 11, 19)  # the last day with data before tests' today
FIRST = LAST - timedelta(days=250)
FALL = LAST - timedelta(days=45)


def weekdays(first: date, last: date) -> list[date]:
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if day.weekday() < 5]


def work(account_id: int, user_id: int, days: Sequence[date]) -> None:
    """Store a user's active days."""
    rows = [{"user_id": user_id, "account_id": account_id, "day": day, "events": 5} for day in days]
    if rows:
        with transaction() as session:
            session.execute(insert(UserDay), rows)


def team(
    account_id: int, size: int, *, silent: int = 0, since: date = FALL, first: date = FIRST, last: date = LAST
) -> list[int]:
    """A team of `size` people working every weekday; `silent` of them stop on `since`. Their user ids."""
    users = []
    for number in range(size):
        user_id = make.user(account_id, name=f"Person {number}")
        until = since - timedelta(days=1) if number < silent else last
        work(account_id, user_id, weekdays(first, until))
        users.append(user_id)
    return users


def neighbours(count: int = 9, *, silent: int = 0, since: date = FALL) -> list[int]:
    """Steady accounts of the same region, so that there is a cohort; `silent` of their 3 people stop."""
    made = []
    for _ in range(count):
        account_id = make.account(region="CN", industry="fashion", signed_up_on=date(2024, 1, 1))
        team(account_id, 3, silent=silent, since=since)
        made.append(account_id)
    return made


def subject(size: int = 10, **over: object) -> int:
    """The account a test is about, with its team."""
    owner = over.pop("owner", None)
    account_id = make.account(
        owner=owner, name="Lumora Home", region="CN", industry="fashion", signed_up_on=date(2024, 1, 1)
    )
    team(account_id, size, **over)
    return account_id


def counted(account_id: int, per_day: int, first: date, last: date) -> None:
    """Account-level activity: a source that knows no users."""
    rows = [
        {"account_id": account_id, "day": day, "active_users": per_day, "events": per_day, "named": False}
        for day in weekdays(first, last)
    ]
    with transaction() as session:
        session.execute(insert(AccountDay), rows)


def people_of(account_id: int) -> list[int]:
    return read_frame(select(User.id).where(User.account_id == account_id).order_by(User.id))["id"].tolist()


def keep(world: World) -> None:
    """Store a simulated world: accounts, users and their days, as its files would bring them."""
    accounts = {
        a["id"]: make.account(
            external_id=f"A-{a['id']:05}", name=f"Account {a['id']}", region=a["region"],
            industry=a["vertical"], seats=a["seats"], signed_up_on=date.fromordinal(a["born"]),
        )
        for a in world.accounts
    }  # fmt: skip
    with transaction() as session:
        session.execute(insert(User), [
            {"id": n, "external_id": f"U-{n:06}", "account_id": accounts[account], "kind": kind, "version": 1}
            for n, account, kind, _ in world.users
        ])  # fmt: skip
        session.execute(insert(UserDay), [
            {"user_id": u, "account_id": accounts[a], "day": date.fromordinal(d), "events": 3}
            for a, u, d in world.rows.tolist()
        ])  # fmt: skip

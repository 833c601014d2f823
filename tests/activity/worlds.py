"""Small customer bases in the store: teams that work on weekdays, and what becomes of them."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import insert

from lib.store.database import transaction
from lib.store.models import AccountDay, UserDay
from tests import make

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

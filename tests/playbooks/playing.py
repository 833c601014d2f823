"""What tests of playbooks share: days, mornings, a designation, what stands on an account afterwards."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from lib.access import Role, Viewer
from lib.playbooks.daily import play_day
from lib.playbooks.potential import propose_gifts
from lib.playbooks.running import start_plays
from lib.store import models as m
from lib.store.database import read_one, reading, transaction
from tests import make
from tests.make import TODAY


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def at(ahead: int) -> datetime:
    return datetime.combine(day(ahead), time(1), UTC)


def morning(ahead: int = 0) -> int:
    """The daily step of a day, by the technical person's rights."""
    viewer = Viewer(1, "Desk", frozenset({Role.TECHNICAL}), at(ahead))
    with transaction() as session:
        session.info["command"] = "daily.playbooks"
        return play_day(session, viewer, day(ahead))


def designate(viewer: Viewer, account_id: int) -> list[int]:
    with transaction() as session:
        session.info["command"] = "accounts.designate"
        return start_plays(session, viewer, account_id, "vip_designated", viewer.today)


def steps(account_id: int) -> dict[str, m.Task]:
    with transaction() as session:
        rows = session.execute(select(m.Task).where(m.Task.account_id == account_id)).scalars().all()
        return {row.step: row for row in rows if row.step}


def dues(account_id: int) -> dict[str, date]:
    return {key: row.due_on for key, row in steps(account_id).items()}


def runs(account_id: int) -> dict[str, tuple[int, int, str]]:
    r = m.PlaybookRun
    with reading() as connection:
        rows = connection.execute(
            select(r.code, r.id, r.version, r.status).where(r.account_id == account_id).order_by(r.id)
        )
        return {row.code: (row.id, row.version, row.status) for row in rows}


def use(account_id: int, people: int, ahead: int, events: int = 3) -> None:
    for n in range(people):
        user = read_one(select(m.User.id).where(m.User.external_id == f"U{account_id}-{n}"))
        user_id = user.id if user else make.user(account_id, external_id=f"U{account_id}-{n}")
        make.insert(m.UserDay(user_id=user_id, day=day(ahead), account_id=account_id, events=events))
    make.insert(m.AccountDay(account_id=account_id, day=day(ahead), active_users=people,
                             events=people * events))  # fmt: skip


def reached(account_id: int) -> dict[str, date]:
    a = m.AccountMilestone
    with reading() as connection:
        return dict(
            list(row) for row in connection.execute(
                select(a.code, a.reached_on).where(a.account_id == account_id)
            )
        )  # fmt: skip


def gifts(ahead: int) -> int:
    """The part of the daily step that proposes care gifts."""
    viewer = Viewer(1, "Desk", frozenset({Role.TECHNICAL}), at(ahead))
    with transaction() as session:
        session.info["command"] = "daily.playbooks"
        return propose_gifts(session, viewer, day(ahead))

"""Made-up customers in the store, morning by morning: as a replay sees them, and when data comes late."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, insert, select

from lib.activity.rollup import roll_up
from lib.flows import daily
from lib.store.database import read_frame, transaction
from lib.store.models import AlertEvent, ChurnAlert, UserDay
from tests.activity import worlds
from tests.activity.rough import rough
from tests.activity.simulator import START

DAY = timedelta(days=1)
MORNINGS = 40


def told() -> list[tuple]:
    """What each alert says, whatever its number in the store; of open falls also the newest numbers."""
    table = ChurnAlert.__table__
    columns = (table.c.account_id, table.c.kind, table.c.opened_on, table.c.resolved_on, table.c.status,
               table.c.severity, table.c.level, table.c.evidence, table.c.current)  # fmt: skip
    rows = read_frame(select(*columns).order_by(*columns[:3]))
    told = [tuple(None if value != value else value for value in row) for row in rows.values.tolist()]
    return [
        row if row[3] is None and row[1] != "onboarding" else (*row[:6], None, row[7], None) for row in told
    ]


def forget_alerts() -> None:
    with transaction() as session:
        session.execute(delete(AlertEvent))
        session.execute(delete(ChurnAlert))


@pytest.mark.acceptance("C04")
def test_forty_mornings_one_by_one_bring_what_one_replay_over_them_brings(embedded, technical):
    world = rough("restless", accounts=60, days=330, seed=441)
    worlds.keep(world)
    last = date.fromordinal(START + world.days)
    first = last - timedelta(days=MORNINGS - 1)
    daily.replay(technical, first - timedelta(days=60), first - DAY, health=False)
    before = told()
    for ahead in range(MORNINGS):
        daily.run_day(technical, first + timedelta(days=ahead))
    single = told()
    forget_alerts()

    daily.replay(technical, first - timedelta(days=60), first - DAY, health=False)
    shares: list[float] = []
    daily.replay(technical, first, last, lambda _, share: shares.append(share), health=False)

    assert shares == sorted(shares) and len(set(shares)) > 20, "somebody who waits sees it move"
    assert len(single) > len(before) + 2
    assert any(row[3] and row[3] >= first for row in single)
    assert told() == single


@pytest.mark.acceptance("C04")
def test_rows_that_come_late_heal_the_past_and_invent_no_alert(embedded, technical, today):
    worlds.neighbours()
    account_id = worlds.subject(silent=8)
    others = len(told())
    daily.run_day(technical, today - 20 * DAY)
    mistaken = told()
    people = worlds.people_of(account_id)[:8]
    missing = worlds.weekdays(worlds.FALL, worlds.LAST)
    with transaction() as session:
        session.execute(insert(UserDay), [
            {"user_id": user, "account_id": account_id, "day": day, "events": 5}
            for user in people for day in missing
        ])  # fmt: skip
        roll_up(session, [account_id], worlds.FALL)

    for back in range(19, -1, -1):
        daily.run_day(technical, today - back * DAY)

    assert (others, len(mistaken)) == (0, 1)
    (healed,) = told()
    assert healed[:3] == mistaken[0][:3] and healed[7] == mistaken[0][7], "what was told then stays told"
    assert healed[4] == "resolved"

    daily.replay(technical, today - 40 * DAY, today, health=False)
    assert told() == []

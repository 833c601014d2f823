"""Fills an empty store with a believable vendor, keeps it up to date, and makes room for the real one.

The same first day gives the same rows. Everything is dated relative to that day; a demo opened later adds
the days it missed from the same seeds.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib import clock
from lib.access import Viewer
from lib.activity.rollup import roll_up
from lib.contracts.commands import rejoin
from lib.demo import activity, care, commerce, deals, later, portrait, rollup, writing
from lib.demo.approvals import think_over
from lib.demo.cast import customers
from lib.demo.changes import change_subscriptions
from lib.demo.features import WEEKS, write_features
from lib.demo.growth import decide_proposals
from lib.demo.messages import keep_messages
from lib.demo.offers import keep_calendar, keep_company
from lib.demo.playbooks import begin_plays
from lib.demo.prices import keep_prices
from lib.demo.signs import show_signs
from lib.demo.standards import keep_standards
from lib.demo.team import keep_team
from lib.demo.verdicts import judge
from lib.demo.vips import know_names, run_programme
from lib.errors import Conflict
from lib.flows import daily
from lib.flows.prepare import prepare
from lib.people.identity import technical_viewer
from lib.settings import settings
from lib.store import backup
from lib.store.database import engine, read_one, transaction
from lib.store.marks import DEMO
from lib.store.models import DeskState

log = logging.getLogger("vip_desk.demo")
Progress = Callable[[str, float], None]
STATE = DEMO
HISTORY_DAYS = 300  # mornings before today whose alerts are found when the demo is made
JUDGED_AGO = 70  # days ago people closed what they had cleared up by then
ANSWERED_AGO = 24  # days ago people answered the alerts of that time
PERSON = "demo generator"


def fill(progress: Progress, now: datetime) -> None:
    """Make the demo in a prepared store without accounts: rows first, then what the desk makes of them.

    Steps reported: customers, activity, contracts, alerts, renewals, quotes, today, health. Raises
    Conflict("store_not_empty") when there are accounts. A fill that was cut off after its rows were stored
    is finished by `add_missing_days`.
    """
    today = _today(now)
    with transaction() as session:
        if not writing.is_store_empty(session):
            raise Conflict("store_not_empty")
        session.info["command"] = "demo.fill"
        _write(session, progress, now, today)
    _evaluate(progress, now, today)


def _write(session: Session, progress: Progress, now: datetime, today: date) -> None:
    progress("customers", 0.01)
    cast = customers(today)
    people = writing.write_people(session, today - timedelta(days=activity.PAST_DAYS))
    managers, sellers = (writing.of_role(people, role) for role in ("account_manager", "sales"))
    duties = care.book(cast, managers, sellers)
    contacts = writing.write_customers(session, cast, duties, today)
    progress("activity", 0.04)
    who = activity.users(cast, today)
    writing.write_users(session, who, cast, today)
    days = activity.generate(who, cast, today, -activity.PAST_DAYS, -1)
    progress("activity", 0.07)
    writing.write_days(session, who, days, today)
    progress("activity", 0.25)
    rollup.write_account_days(session, who, days, today)
    write_features(session, cast, today, -7 * WEEKS, -1)
    progress("contracts", 0.35)
    made = commerce.books(cast, today, now)
    writing.write_books(session, made)
    rejoin(session, _runner(now), [c.number + 1 for c in cast])
    writing.write_past_renewals(session, made, today, lambda account: duties.owner[account - 1])
    know_names(session, cast, today)
    writing.write_care(session, cast, duties, contacts, made, today)
    portrait.write(session, cast, managers + sellers, today)
    session.add(
        DeskState(name=STATE, set_at=now, value={"founded_on": today.isoformat(), "steps": 0,
                                                 "through": (today - timedelta(days=1)).isoformat()})
    )  # fmt: skip


def _evaluate(progress: Progress, now: datetime, today: date) -> None:
    """What the desk and its people make of the rows. Each step is noted when it is done, so that a start
    that was cut off goes on where it stopped."""
    for place, (step, share, act) in enumerate(STEPS):
        if place >= _state()["steps"]:
            progress(step, share)
            act(now, today)
            _note(now, steps=place + 1)
    progress(STEPS[-1][0], 1.0)


def _early_alerts(now: datetime, today: date) -> None:
    """The daily sums are those the rows were written with; what acts like a script is found here."""
    with transaction() as session:
        session.info["command"] = "demo.fill"
        roll_up(session, None, today - timedelta(days=ANSWERED_AGO + daily.LATE_DAYS))
    _alerts_between(now, today, HISTORY_DAYS, JUDGED_AGO)


def _verdicts(now: datetime, today: date) -> None:
    judge(now - timedelta(days=JUDGED_AGO), today)


def _middle_alerts(now: datetime, today: date) -> None:
    _alerts_between(now, today, JUDGED_AGO - 1, ANSWERED_AGO)


def _answers(now: datetime, today: date) -> None:
    judge(now - timedelta(days=ANSWERED_AGO), today, late=True)
    deals.work_alerts(now - timedelta(days=ANSWERED_AGO))


def _late_alerts(now: datetime, today: date) -> None:
    _alerts_between(now, today, ANSWERED_AGO - 1, 1)


def _alerts_between(now: datetime, today: date, first_ago: int, last_ago: int) -> None:
    first, last = today - timedelta(days=first_ago), today - timedelta(days=last_ago)
    daily.replay(_runner(now - timedelta(days=last_ago)), first, last, health=False, sums=False)


def _past_health(now: datetime, today: date) -> None:
    first = today - timedelta(days=activity.PAST_DAYS)
    daily.past_health(_runner(now), first, today - timedelta(days=1))


def _this_morning(now: datetime, today: date) -> None:
    daily.run_missing_days(_runner(now), today)


STEPS: tuple[tuple[str, float, Callable[[datetime, date], object]], ...] = (
    ("alerts", 0.42, _early_alerts),
    ("alerts", 0.55, _verdicts),
    ("alerts", 0.56, _middle_alerts),
    ("alerts", 0.60, _answers),
    ("alerts", 0.62, _late_alerts),
    ("renewals", 0.82, deals.work_renewals),
    ("quotes", 0.84, deals.write_quotes),
    ("quotes", 0.86, keep_calendar),
    ("quotes", 0.86, keep_company),
    ("quotes", 0.86, think_over),
    ("quotes", 0.87, keep_standards),
    ("quotes", 0.87, keep_prices),
    ("today", 0.87, begin_plays),
    ("today", 0.88, show_signs),
    ("today", 0.88, keep_team),
    ("today", 0.88, _this_morning),
    ("today", 0.91, run_programme),
    ("today", 0.91, decide_proposals),
    ("today", 0.91, change_subscriptions),
    ("today", 0.92, keep_messages),
    ("health", 0.92, _past_health),
)


def add_missing_days(now: datetime) -> int:
    """Generate the days since the demo was last open, up to yesterday; how many. The daily run evaluates
    them like any others. A fill that was cut off is finished first."""
    state = _state() if is_demo() else None
    if state is None:
        return 0
    founded_on = date.fromisoformat(state["founded_on"])
    if state["steps"] < len(STEPS):
        _evaluate(_unseen, now, founded_on)
    with transaction() as session:
        session.info["command"] = "demo.add_missing_days"
        row = session.execute(select(DeskState).where(DeskState.name == STATE).with_for_update()).scalar_one()
        first = date.fromisoformat(row.value["through"]) + timedelta(days=1)
        last = _today(now) - timedelta(days=1)
        if last < first:
            return 0
        cast = customers(founded_on)
        who = activity.users(cast, founded_on)
        days = activity.generate(who, cast, founded_on, (first - founded_on).days, (last - founded_on).days)
        writing.write_days(session, who, days, founded_on)
        roll_up(session, None, first)
        write_features(session, cast, founded_on, (first - founded_on).days, (last - founded_on).days)
        later.live_on(session, _runner(now), cast, first, last)
        row.value, row.set_at = row.value | {"through": last.isoformat()}, now
    return (last - first).days + 1


def _unseen(step: str, share: float) -> None:
    log.info("demo: %s %.0f %%", step, 100 * share)


def is_demo() -> bool:
    """Does the store in use hold the demo?"""
    return read_one(select(DeskState.name).where(DeskState.name == STATE)) is not None


def start_empty(language: str = "en") -> None:
    """Replace the demo by an empty store, ready for a first import, with one local person per role, who
    speak `language`.

    Everything in the demo goes. Raises Conflict("not_a_demo") for a store that holds anything else.
    """
    with transaction() as session:
        if session.get(DeskState, STATE) is None:
            raise Conflict("not_a_demo")
        backup.clear(session)
    prepare(clock.now(), local_people=True, language=language)
    if settings().is_embedded:
        _give_back_space()


def _give_back_space() -> None:
    try:
        with engine().connect() as connection:
            connection.connection.driver_connection.execute("VACUUM")
    except Exception:  # another process reads: the space is used again later
        log.info("the emptied store keeps its size for now", exc_info=True)


def _state() -> dict[str, Any]:
    return read_one(select(DeskState.value).where(DeskState.name == STATE))[0]


def _note(now: datetime, **values: object) -> None:
    with transaction() as session:
        state = session.get(DeskState, STATE)
        state.value, state.set_at = state.value | values, now


def _runner(now: datetime) -> Viewer:
    return technical_viewer(now, acting_as=PERSON)


def _today(now: datetime) -> date:
    return now.astimezone(settings().zone_info).date()


__all__ = ["add_missing_days", "fill", "is_demo", "start_empty"]

"""What is done with a card of Today across the wings: a contact logged, the card handed to a colleague."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.activity.commands import write_contact, write_reopening
from lib.activity.rules import AlertStatus
from lib.flows import finishing
from lib.negotiation.commands import write_touch
from lib.playbooks import acts as tasks
from lib.playbooks.at_once import close_steps
from lib.store import policy
from lib.store.doors import command
from lib.store.forms import earlier_result, remember
from lib.store.models import ChurnAlert
from lib.today.commands import see, write_snooze, write_waking
from lib.today.rules import Outcome
from lib.words import say

Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Logged:
    """A contact and what it moved: alerts now contacted and tasks now done, each as (id, version); and how
    many plays it brought forward."""

    touch: int
    alerts: tuple[tuple[int, int], ...] = ()
    tasks: tuple[tuple[int, int], ...] = ()
    plays: int = 0


@dataclass(frozen=True)
class Handed:
    """A card given away: the colleague's new task, tasks that went along, and the sleep of the own card."""

    task: tuple[int, int]
    moved: tuple[tuple[int, int], ...]
    snooze: int


@command("today.log_touch", permission="touch.write", subject="account")
def log_touch(
    session: Session, viewer: Viewer, account_id: int, channel: str = "call", outcome: str = Outcome.SPOKE,
    summary: str = "", closing: Pairs = (), form_key: str | None = None,
) -> Logged:  # fmt: skip
    """Log a contact that just took place. Without a summary the outcome's own words stand for it.

    A talk or a message marks the account's new alerts as contacted, for whoever may work them; a talk also
    closes the tasks named in `closing` and the steps of plays that ask for a talk. A call nobody answered
    moves nothing. The same form key and content give the first result again. Raises NotFound, Conflict,
    Invalid; in each case nothing was saved.
    """
    content = {"account": account_id, "channel": channel, "outcome": outcome, "summary": summary}
    if earlier := earlier_result(session, viewer, form_key, content):
        return _logged(earlier)
    came = Outcome(outcome) if outcome in list(Outcome) else Outcome.NO_ANSWER
    words = summary.strip() or say(viewer.language, "today-outcome-" + came.replace("_", "-"))
    touch = write_touch(
        session, viewer, account_id, channel, words, viewer.now, two_way=came is Outcome.SPOKE
    )
    moved: list[tuple[int, int]] = []
    if came is not Outcome.NO_ANSWER and viewer.may("alert.work"):
        new = select(ChurnAlert.id, ChurnAlert.version).where(
            ChurnAlert.account_id == account_id, ChurnAlert.status == AlertStatus.NEW
        )
        for alert in session.execute(new.order_by(ChurnAlert.id)).all():
            moved.append((alert.id, write_contact(session, viewer, alert.id, alert.version, touch)))
    spoke = came is Outcome.SPOKE
    closed = finishing.finish(session, viewer, closing, words) if closing and spoke else []
    plays = close_steps(session, viewer, account_id) if spoke else 0
    result = Logged(touch, tuple(moved), tuple(closed), plays)
    remember(session, viewer, form_key, content, asdict(result))
    return result


@command("today.take_back_touch", permission="touch.write", subject="account")
def take_back_touch(
    session: Session, viewer: Viewer, account_id: int, alerts: Pairs = (), closed: Pairs = ()
) -> None:
    """Undo what a logged contact moved: its alerts are new again, its tasks open. The contact itself stays
    on record, as every contact does, and with it the steps of plays it proves. Raises NotFound, Conflict
    when somebody went on since."""
    see(session, viewer, account_id)
    for alert_id, version in alerts:
        write_reopening(session, viewer, alert_id, version)
    if closed:
        finishing.take_back(session, viewer, closed)


@command("today.hand_over_card", permission="task.write", subject="account")
def hand_over_card(
    session: Session, viewer: Viewer, account_id: int, to_id: int, title: str, due_on: date,
    note: str | None = None, mine: Pairs = (), seen: Mapping[str, str] | None = None,
    form_key: str | None = None,
) -> Handed:  # fmt: skip
    """Ask a colleague to take an account's card: a task for them with a note, the viewer's own due tasks of
    the account (`mine`) with it; the card leaves the viewer's Today until the day it is due.

    Raises NotFound, Invalid (colleague who does not see the account, day, text), Conflict.
    """
    content = {"account": account_id, "to": to_id, "title": title, "due": due_on, "note": note}
    if earlier := earlier_result(session, viewer, form_key, content):
        return Handed(tuple(earlier["task"]), _pairs(earlier["moved"]), earlier["snooze"])
    (task,) = tasks.write_tasks(session, viewer, [account_id], title, due_on, to_id, note)
    moved = tasks.assign(session, viewer, mine, to_id, note) if mine else []
    longest = int(policy.values("today", viewer.today, session)["snooze"]["longest_days"])
    until = min(max(due_on, viewer.today + timedelta(days=1)), viewer.today + timedelta(days=longest))
    words = say(viewer.language, "today-handed-reason")
    asleep = write_snooze(session, viewer, account_id, until, words, seen or {})
    result = Handed(task, tuple(moved), asleep)
    remember(session, viewer, form_key, content, asdict(result))
    return result


@command("today.take_back_card", permission="task.write", subject="account")
def take_back_card(
    session: Session, viewer: Viewer, account_id: int, task: tuple[int, int] = (0, 0), moved: Pairs = (),
    snooze: int = 0,
) -> None:  # fmt: skip
    """Undo a handing over: the colleague's task is dropped, the viewer's tasks and card come back. Raises
    NotFound, Conflict when the colleague went on since."""
    see(session, viewer, account_id)
    if moved:
        tasks.take_back(session, viewer, moved)
    write_waking(session, viewer, account_id, snooze)
    tasks.drop(session, viewer, task, say(viewer.language, "today-handed-back"))


def _logged(kept: Mapping[str, Any]) -> Logged:
    return Logged(kept["touch"], _pairs(kept["alerts"]), _pairs(kept["tasks"]), kept["plays"])


def _pairs(kept: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((one[0], one[1]) for one in kept)

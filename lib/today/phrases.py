"""Says a reason, a clock or a piece of news in words of the reader's language; pure."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format
from lib.money import to_minor
from lib.today.reasons import short
from lib.today.rules import Kind, Reason, Row, counts
from lib.today.week import Due
from lib.words import say


def sentence(reason: Reason, today: date, language: str) -> str:
    """Why the account needs somebody, in one sentence. May hold a person's own words: show it as text."""
    values = {name: _spoken(name, value, today, language) for name, value in reason.values}
    return say(language, f"today-reason-{reason.code}", **values)


def _spoken(name: str, value: object, today: date, language: str) -> Any:
    if isinstance(value, date):  # without its year a day is read as the nearest one of that name
        near = abs((value - today).days) < 183
        return format.short_day(value, language) if near else format.day(value, language)
    if isinstance(value, Decimal):
        return format.percent(value, language, 0 if name == "drop" else 1)
    return value


def clock(row: Row, today: date, language: str) -> str:
    """The row's clock as words: notice in 12 days, overdue 2 days. A dash when there is no date."""
    if row.when is None:
        return format.MISSING
    days = abs((row.when - today).days)
    return say(language, f"today-clock-{row.clock}", count=days)


def action(reason: Reason, language: str) -> str:
    return say(language, f"today-act-{reason.action}")


def arr(row: Row, language: str) -> str:
    """The account's ARR in whole units of its currency, or a dash."""
    if row.worth is None:
        return format.MISSING
    return format.money(row.worth.minor, row.worth.currency, language, whole=True)


def formula(row: Row, language: str) -> str:
    """Why the card stands here: the factors with their numbers, and what they make."""
    made = row.priority
    values = {
        "urgency": format.number(made.urgency, language, 2),
        "influence": format.number(made.influence, language, 2), "minutes": made.minutes,
        "advocacy": format.number(made.advocacy, language, 2) if made.advocacy != 1 else "no",
    }  # fmt: skip
    if row.worth is None or made.shown is None:
        return say(language, "today-formula-unknown", **values)
    minute = to_minor(made.shown, row.worth.currency)
    result = format.money(minute, row.worth.currency, language, whole=made.shown >= 100)
    return say(language, "today-formula", arr=arr(row, language), result=result, **values)


CHIPS = (
    Kind.ALERT,
    Kind.PROMISE,
    Kind.RENEWAL,
    Kind.QUOTE,
    Kind.APPROVAL,
    Kind.TASK,
    Kind.HEALTH,
    Kind.DATA,
)
_NEWS_ICONS = {
    "note": "edit_note", "alert_closed": "check_circle", "decision": "approval", "renewal_moved": "autorenew",
}  # fmt: skip


def chips(reasons: Iterable[Reason], asked: str | None, language: str) -> dict[str, str]:
    """Filter code -> label with count. Kinds without a row are left out, unless the address asks for one."""
    found = list(reasons)
    of_kind = counts(found)
    whole = len({reason.account_id for reason in found})
    shown = [kind for kind in CHIPS if of_kind[kind] or kind == asked]
    return {"all": say(language, "today-kind-all", count=whole)} | {
        kind.value: say(language, f"today-kind-{kind}", count=of_kind[kind]) for kind in shown
    }


def asleep(until: date, words: str, language: str) -> str:
    """Until when a card sleeps, and why. Holds a person's own words: show it as text."""
    return say(language, "today-asleep-until", day=format.short_day(until, language), reason=short(words, 60))


def following(due: Due | None, today: date, language: str) -> str:
    """What comes up next, and when. Holds a person's own words: show it as text."""
    if due is None:
        return say(language, "today-next-none")
    what = due_words(due.kind, due.label, language)
    who = due.account or say(language, "today-no-customer")
    when = format.in_days(due.day, today, language)
    return say(language, "today-next", what=what, account=who, day=format.day(due.day, language), when=when)


def due_words(kind: str, label: str | None, language: str) -> str:
    """What is due, in few words: its kind, and its own words where it has them."""
    told = say(language, f"week-kind-{kind.replace('_', '-')}")
    return say(language, "week-what", kind=told, label=short(label, 60)) if label else told


def week_rows(items: pd.DataFrame, language: str) -> pd.DataFrame:
    """The things of a week for a file: day, account, kind, what, owner, state, in words."""

    def word(ends: str) -> str:
        return say(language, f"week-{ends.replace('_', '-')}")

    return pd.DataFrame({
        "day": items["day"], "account": items["account"], "kind": [word(f"kind-{k}") for k in items["kind"]],
        "what": items["label"], "owner": items["owner"],
        "state": [word(f"state-{s}") for s in items["state"]],
    })  # fmt: skip


def logged(alerts: int, tasks: int, plays: int, language: str) -> str:
    """What a logged contact moved."""
    return say(language, "today-done-touch", alerts=alerts, tasks=tasks, plays=plays)


def waits(kind: str, label: str, who: str, language: str) -> str:
    """What somebody else owes the viewer. Holds a person's own words: show it as text."""
    if kind == "approval":
        return say(language, "today-waiting-approval", label=short(label, 24))
    return say(language, "today-waiting-promise", what=short(label, 22), who=who)


def waited(
    since: datetime | None, due_on: date | None, now: datetime, today: date, language: str
) -> tuple[str, bool]:
    """How long it has been waited for, or when it is due; and whether that is late."""
    if since is not None:
        hours = int((now - since).total_seconds() // 3600)
        unit, count = ("hours", hours) if hours < 48 else ("days", hours // 24)
        return say(language, f"today-waiting-{unit}", count=count), False
    late = (today - due_on).days if due_on else 0
    if late > 0:
        return say(language, "today-waiting-late", count=late), True
    return say(language, "today-waiting-due", day=format.short_day(due_on, language)), False


def told(kind: str, code: str, who: str | None, language: str) -> tuple[str, str]:
    """Icon and words of a piece of news; the account's name follows them."""
    ends = f"{kind}-{code}" if kind == "decision" else kind
    person = who or say(language, "today-somebody")
    return _NEWS_ICONS[kind], say(language, f"today-news-{ends.replace('_', '-')}", who=person)

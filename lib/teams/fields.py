"""What may be typed about staff, internal requests and meetings; checked like every other form. Pure."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from lib.accounts.fields import Field, check
from lib.errors import Invalid
from lib.teams.rules import ASKS, BASES, DAYS, DEPARTMENTS, GOAL_STATES, LEVELS, RECORDS, REQUEST_STATES

LANGUAGES = ("en", "zh-CN", "en,zh-CN")
LEVEL = (
    Field("level", "choice", required=True, choices=LEVELS),
    Field("basis", "choice", required=True, choices=BASES),
    Field("review_on", "day"),
    Field("reason", "paragraph", longest=1000, required=True),
)
RECORD = (
    Field("kind", "choice", required=True, choices=RECORDS),
    Field("title", required=True),
    Field("on_day", "day", required=True),
    Field("expires_on", "day"),
    Field("hours", "whole"),
)
WIN = (
    Field("title", required=True),
    Field("on_day", "day", required=True),
    Field("reason", "paragraph", longest=1000, required=True),
)
GOAL = (
    Field("title", required=True),
    Field("measure"),
    Field("due_on", "day", required=True),
)
STATE = Field("state", "choice", required=True, choices=GOAL_STATES)
REQUEST = (
    Field("ask", "choice", required=True, choices=ASKS),
    Field("department", "choice", required=True, choices=DEPARTMENTS),
    Field("title", required=True),
    Field("detail", "paragraph", longest=2000),
    Field("due_on", "day", required=True),
)
ANSWER = (
    Field("target", "choice", required=True, choices=REQUEST_STATES),
    Field("comment", "paragraph", longest=2000),
)
MEETING = (
    Field("title", required=True),
    Field("held_on", "day", required=True),
    Field("departments"),
    Field("attendees", "paragraph", longest=1000, required=True),
    Field("decisions", "paragraph", longest=4000, required=True),
    Field("award"),
    Field("next_on", "day"),
)
WEEK = tuple(Field(f"day_{day}", longest=13) for day in DAYS)
_SPAN = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?\s*[-–~～]\s*([0-9]{1,2})(?::([0-9]{2}))?")


def clean(values: Mapping[str, object], known: tuple[Field, ...]) -> dict[str, object]:
    """The values as they may be stored. Raises Invalid naming the field; a stranger raises too."""
    by_name = {field.name: field for field in known}
    strangers = sorted(set(values) - set(by_name))
    if strangers:
        raise Invalid("field_not_open", field=strangers[0])
    return {name: check(by_name[name], value) for name, value in values.items()}


def hours_of(raw: Mapping[str, object]) -> dict[str, list[int]]:
    """Typed days ("9:00-18:00", empty for a day off) as weekday -> minutes. Raises Invalid."""
    made: dict[str, list[int]] = {}
    for day in DAYS:
        text = str(raw.get(f"day_{day}") or "").strip()
        if not text:
            continue
        found = _SPAN.fullmatch(text)
        if found is None:
            raise Invalid("team_hours_text", text=text[:20])
        from_hour, from_minute, to_hour, to_minute = (int(found[n] or 0) for n in range(1, 5))
        if from_minute > 59 or to_minute > 59:
            raise Invalid("team_hours_text", text=text[:20])
        made[day] = [from_hour * 60 + from_minute, to_hour * 60 + to_minute]
    return made


def as_text(span: object) -> str:
    """[540, 1080] as "9:00-18:00"."""
    if not isinstance(span, list | tuple):
        return ""
    return "-".join(f"{minute // 60}:{minute % 60:02d}" for minute in span)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or that month's last."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month, min(day.day, last))

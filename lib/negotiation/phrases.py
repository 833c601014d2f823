"""Says notes, promises and where a negotiation stands in the reader's language; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from lib import format
from lib.negotiation.rules import LONGEST_PROMISE, Channel, PromiseStatus, Script
from lib.words import say


@dataclass(frozen=True)
class Writing:
    """A note or amendment ready to be shown. `marks`: (text, badge colour, icon). The text is as typed."""

    note_id: int
    author: str
    moment: str
    text: str
    marks: tuple[tuple[str, str, str], ...] = ()
    head: str | None = None


def writings(parts: Iterable[Any], zone: str, language: str) -> Iterable[Writing]:
    """The rows of queries.notes as writings, in their order."""
    for part in parts:
        when = format.moment(part.written_at, language, zone)
        if part.part == "amendment":
            head = say(language, "negotiation-amendment-by", author=part.author, moment=when)
            yield Writing(int(part.note_id), part.author, when, part.text, head=head)
            continue
        mark = (say(language, "negotiation-internal"), "gray", "lock")
        if part.shared:
            mark = (say(language, "negotiation-shared"), "violet", "visibility")
        tag = ((say(language, f"negotiation-tag-{part.tag}"), "gray", "sell"),) if _text(part.tag) else ()
        yield Writing(int(part.note_id), part.author, when, part.text, (mark, *tag))


def _text(value: object) -> str | None:
    """A frame's missing text is a NaN, which counts as true."""
    return value if isinstance(value, str) and value else None


# What a form asks for, as plain rows: argument, kind of input, label, options, start, earliest, latest.
Asked = tuple[Any, ...]


def note_fields(language: str) -> list[Asked]:
    scripts = {script.value: say(language, f"negotiation-tag-{script}") for script in Script}
    return [
        ("text", "area", say(language, "negotiation-note-hint")),
        ("tag", "select", say(language, "negotiation-note-tag"),
         {None: say(language, "negotiation-tag-none")} | scripts),
        ("shared", "tick", say(language, "negotiation-note-shared")),
    ]  # fmt: skip


def amendment_fields(language: str) -> list[Asked]:
    return [("text", "area", say(language, "negotiation-amend-text"))]


def promise_fields(owners: Any, catalogue: dict[str, str], today: date, language: str) -> list[Asked]:
    """`owners`: rows with id and name, the likeliest first; `catalogue`: code -> words of what needs nobody's
    approval."""
    own = {None: say(language, "compliance-promise-own-words")}
    return [
        ("code", "select", say(language, "compliance-promise-catalogue"), own | catalogue),
        ("what", "area", say(language, "negotiation-promise-hint")),
        ("owner_id", "select", say(language, "negotiation-owner"), {int(o.id): o.name for o in owners}),
        ("due_on", "day", say(language, "negotiation-due"), None, today, today, today + LONGEST_PROMISE),
    ]


def touch_fields(contacts: Any, now: datetime, zone: str, language: str) -> list[Asked]:
    """`contacts`: rows with id and name. Day and time begin with this minute in the reader's zone."""
    here = now.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0)
    channels = {channel.value: say(language, f"negotiation-channel-{channel}") for channel in Channel}
    people = {None: say(language, "negotiation-nobody")} | {int(c.id): c.name for c in contacts}
    return [
        ("summary", "area", say(language, "negotiation-touch-hint")),
        ("channel", "select", say(language, "negotiation-channel"), channels),
        ("contact_id", "select", say(language, "negotiation-contact"), people),
        ("day", "day", say(language, "negotiation-touch-day"), None, here.date(), None, here.date()),
        ("clock", "time", say(language, "negotiation-touch-time"), None, here.time()),
        ("two_way", "tick", say(language, "negotiation-touch-two-way"), None, True),
    ]


def touched(one: Any, zone: str, language: str) -> str:
    """Channel, time and people of a contact in one line. Holds names: show it as text."""
    channel = say(language, f"negotiation-channel-{one.channel}")
    when = format.moment(one.happened_at, language, zone)
    return " · ".join([channel, when, *(name for name in (one.contact, one.person) if _text(name))])


def names(rows: Any, language: str) -> dict[int, str]:
    """id -> the name in the reader's language, in the order of the rows."""
    chinese = language == "zh-CN"
    return {int(row.id): (chinese and _text(row.name_zh)) or row.name for row in rows}


def standing(notes: int, promises: int, touches: Any, zone: str, language: str) -> str:
    """Notes, open promises and the last contact (first of `touches`), for the line under the title."""
    last = say(language, "negotiation-no-touch")
    if len(touches):
        day = touches["happened_at"].iloc[0].astimezone(ZoneInfo(zone)).date()
        last = say(language, "negotiation-last-touch", day=format.day(day, language))
    return say(language, "negotiation-caption", notes=notes, promises=promises, touch=last)


def promised(one: Any, today: date, language: str) -> tuple[str, str]:
    """Owner and day of an open promise with a word where it may not be printed yet, and the colour of its
    urgency. Holds a name: show it as text."""
    if one.status != PromiseStatus.OPEN:
        state = say(language, f"negotiation-state-{one.state}")
        return f"{state} · {one.owner} · {_text(one.proof) or format.MISSING}", "gray"
    when = f"{format.day(one.due_on, language)} · {format.in_days(one.due_on, today, language)}"
    words = [one.owner, when]
    words += [say(language, "compliance-free-words")] if one.standing == "free" else []
    return " · ".join(words), "red" if one.due_on < today else "gray"

"""What the inbox says of a request: its steps, the talk, what changed, what was given before. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.money import parse_decimal
from lib.quotes.approvals import people_text
from lib.quotes.chains import due
from lib.quotes.changes import Change
from lib.quotes.refusals import Reason
from lib.words import say


def step_lines(view: Any, now: datetime, language: str) -> list[tuple[str, str]]:
    """(state, sentence) of every step: who is asked, who agreed, how much time is left, what is lacking."""
    return [(_state_of(place), _step(place, len(view.places), now, language)) for place in view.places]


def _state_of(place: Any) -> str:
    return "late" if place.state == "open" and place.standing.escalated else place.state


def _step(place: Any, count: int, now: datetime, language: str) -> str:
    step, stand = place.step, place.standing
    who = say(language, f"approvals-step-{step.mode}", level=step.level, need=step.need)
    words = [say(language, "approvals-step", place=step.place, count=count, who=who,
                 rules=people_text(step.rules, language))]  # fmt: skip
    if place.votes:
        words.append(say(language, "approvals-step-agreed", count=len(place.votes)))
    if place.state == "open":
        names = people_text([holder.name for holder in stand.able], language)
        if names:
            words.append(say(language, "approvals-step-able", people=names))
        words.append(_time(step, place.opened_at, stand.escalated, now, language))
    if stand.lacking and place.state in ("open", "waiting"):
        words.append(say(language, "approvals-step-lacking", count=stand.lacking, level=step.level))
    return ("" if language == "zh-CN" else " ").join(words)


def _time(step: Any, opened_at: datetime, over: bool, now: datetime, language: str) -> str:
    if over:
        return say(language, "approvals-step-late", level=step.escalate)
    hours = max(int((due(step, opened_at) - now).total_seconds() // 3600), 0)
    return say(language, "approvals-step-hours", hours=hours)


def appoint_text(view: Any, language: str) -> str:
    """Whom to appoint where nobody is left for a step; empty where somebody is."""
    if not view.lacking:
        return ""
    level, count = view.lacking[0]
    admins = people_text(view.admins, language)
    return say(language, "approvals-appoint", level=level, count=count, admins=admins)


def talk_lines(talk: pd.DataFrame, language: str, zone: str) -> list[tuple[str, str]]:
    """(who and when, words) of every question and answer, the first one first."""
    return [
        (say(language, "approvals-answered" if row.answers == row.answers and row.answers is not None
             else "approvals-questioned", person=row.person, when=fmt.moment(row.said_at, language, zone)),
         row.text)
        for row in talk.itertuples()
    ]  # fmt: skip


def changes_title(view: Any, language: str, zone: str) -> str:
    """What the table of changes is held against."""
    if view.earlier is None:
        return say(language, "approvals-first-time")
    if not view.earlier.changes:
        return say(language, "approvals-unchanged")
    when = fmt.moment(view.earlier.closed_at, language, zone)
    return say(language, "approvals-changed-since", revision=view.earlier.revision, when=when)


def change_rows(
    found: Sequence[Change], names: Mapping[str, str], currency: str, language: str
) -> pd.DataFrame:
    """The changes as a table in the reader's words: what, before, now, effect on the net amount."""
    heads = [say(language, f"approvals-col-{name}") for name in ("what", "before", "now", "effect")]
    rows = [
        (_named(change, names, language), _side(change, change.old, currency, language),
         _side(change, change.new, currency, language),
         fmt.money(change.effect, currency, language, whole=True) if change.effect else fmt.MISSING)
        for change in found
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=heads)


def _named(change: Change, names: Mapping[str, str], language: str) -> str:
    if change.kind in ("line", "quantity", "price", "given"):
        return say(language, f"approvals-change-{change.kind}", name=names.get(change.name, change.name))
    if change.kind == "more":
        return say(language, "approvals-change-more", name=change.name.replace("_", " "))
    return say(language, f"approvals-change-{change.kind.replace('_', '-')}")


def _side(change: Change, value: Any, currency: str, language: str) -> str:
    """One side of a change, as its kind is worded."""
    if value is None:
        return fmt.MISSING
    if change.kind in ("discount", "line"):
        return fmt.percent(parse_decimal(str(value)), language)
    if change.kind == "price":
        return fmt.money(value, currency, language, whole=True)
    if change.kind == "given":
        return fmt.money(int(value[1]), currency, language, whole=True)
    if change.kind == "prepaid":
        return say(language, "approvals-yes" if value else "approvals-no")
    if change.kind == "quantity":
        return fmt.number(parse_decimal(str(value)), language)
    return str(value)


def tile_deltas(view: Any, priced: Any, language: str) -> dict[str, str | None]:
    """What is said under the figures of a decision, against the last approval."""
    if view.earlier is None:
        return {}
    points = fmt.points(priced.effective_discount - view.earlier.discount, language)
    less = priced.net_minor - view.earlier.net_minor
    money = fmt.money(less, priced.currency, language, whole=True)
    return {
        "discount": say(language, "approvals-against", change=points),
        "net": say(language, "approvals-against", change=money),
    }


def past_rows(past: pd.DataFrame, language: str, zone: str) -> pd.DataFrame:
    """What this customer got before, in the reader's words."""
    heads = [say(language, f"approvals-col-{name}") for name in ("number", "off", "net", "issued", "state")]
    rows = [
        (row.number, fmt.percent(row.effective_discount, language),
         fmt.money(int(row.net_minor), row.currency, language, whole=True),
         fmt.moment(row.issued_at, language, zone), say(language, f"status-{row.status.replace('_', '-')}"))
        for row in past.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=heads)


def suggestion_text(found: Any, limit: Decimal, language: str) -> str:
    """The smallest discount that won comparable deals beside the largest nobody is asked about."""
    most = fmt.percent(limit, language)
    if found.share is None:
        return say(language, "approvals-suggested-none", most=most)
    return say(language, "approvals-suggested", share=fmt.percent(found.share, language), count=found.won,
               months=found.months, most=most)  # fmt: skip


def reason_names(language: str) -> dict[str, str]:
    return {str(code): say(language, f"approvals-reason-{code.replace('_', '-')}") for code in Reason}

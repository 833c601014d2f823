"""The fulfilment desk in words: kinds, states, clocks, the lines of an order, problems, rates. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from lib import format as fmt
from lib.fulfilment import rules
from lib.money import parse_decimal
from lib.quotes import steps
from lib.words import has, say

QUEUE = ("account", "title", "state_said", "clock", "arr_minor", "order_number")
LINES = ("title", "kind_said", "signed", "provisioned_said", "used_said", "difference", "state_said", "until")
EXPORTED = ("order_number", *LINES, "since")


def title(row: Any, language: str) -> str:
    """What a benefit is called; a discount by its rule, with its rate."""
    if row.kind != rules.Kind.DISCOUNT:
        return str(row.title_zh if language == "zh-CN" else row.title_en)
    if has(language, f"fulfilment-discount-{row.code}"):
        return say(language, f"fulfilment-discount-{row.code}")
    share = None if _none(row.share) is None else parse_decimal(row.share)
    told = steps.sentence(row.code, share, language, {})
    return told[:1].upper() + told[1:]


def kind_word(kind: str, language: str) -> str:
    return say(language, f"fulfilment-kind-{kind}")


def state_word(state: str, language: str) -> str:
    return say(language, f"fulfilment-state-{state.replace('_', '-')}")


def cause_words(language: str) -> dict[str, str]:
    return {code: say(language, f"fulfilment-cause-{code.replace('_', '-')}") for code in rules.CAUSES}


def clock(due_at: datetime, now: datetime, language: str) -> str:
    """How long is left, or how long it is late: minutes up to two hours, hours up to two days, then days."""
    seconds = (due_at - now).total_seconds()
    word = "late" if seconds < 0 else "left"
    minutes = int(abs(seconds) // 60)
    unit, count = ("minutes", minutes) if minutes < 120 else ("hours", minutes // 60)
    if unit == "hours" and count >= 48:
        unit, count = "days", count // 24
    return say(language, f"fulfilment-clock-{word}-{unit}", count=count)


def queue_rows(found: pd.DataFrame, now: datetime, language: str) -> pd.DataFrame:
    rows = [
        (r.account, title(r, language), state_word(r.state, language), clock(r.due_at, now, language),
         r.arr_minor, r.order_number, r.currency)
        for r in found.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[*QUEUE, "currency"])


def line_rows(found: pd.DataFrame, language: str, zone: str) -> pd.DataFrame:
    """The compare: signed, provisioned and used beside each other, and what differs."""
    rows = [
        (title(r, language), kind_word(r.kind, language), signed(r, language),
         _count(r.provisioned, language) if _none(r.granted) is not None else _there(r, language),
         _count(r.used, language), difference(r, language), state_word(r.state, language),
         _day(r.expires_on, language), r.order_number, fmt.moment(_none(r.in_force_at), language, zone))
        for r in found.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[*LINES, "order_number", "since"])


def signed(row: Any, language: str) -> str:
    if _none(row.share) is not None and row.kind == rules.Kind.DISCOUNT:
        return fmt.percent(parse_decimal(row.share), language)
    if _none(row.granted) is None:
        return say(language, "fulfilment-uncounted")
    return fmt.number(int(row.granted), language)


def _there(row: Any, language: str) -> str:
    there = _none(row.in_force_at) is not None
    return say(language, "fulfilment-there" if there else "fulfilment-not-there")


def difference(row: Any, language: str) -> str:
    counted = [None if _none(v) is None else int(v) for v in (row.granted, row.provisioned, row.used)]
    found = rules.differences(*counted)
    told = [say(language, f"fulfilment-difference-{code.replace('_', '-')}") for code in found]
    return fmt.names(told, language) if told else ""


def order_state(found: pd.DataFrame, language: str) -> str:
    """How many were promised and where they stand."""
    counts = found["state"].value_counts()
    parts = [
        say(language, f"fulfilment-count-{state.replace('_', '-')}", count=int(counts[state]))
        for state in rules.State
        if counts.get(state)
    ]
    return say(language, "fulfilment-promised", count=len(found), parts=fmt.names(parts, language))


def problem_rows(found: pd.DataFrame, now: datetime, language: str, zone: str) -> pd.DataFrame:
    """account, order_number, what, clock (open ones) or cause, opened, opener, mended, action, done."""
    words = cause_words(language)
    rows = [
        (r.account, r.order_number, r.what,
         clock(r.due_at, now, language) if _none(r.closed_at) is None else words.get(r.cause, ""),
         fmt.moment(r.opened_at, language, zone), _none(r.opener) or "", _none(r.mended) or "",
         _none(r.action) or "", _done(r, language, zone))
        for r in found.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["account", "order_number", "what", "clock", "opened", "opener",
                                       "mended", "action", "done"])  # fmt: skip


def _done(row: Any, language: str, zone: str) -> str:
    if _none(row.action) is None:
        return ""
    at = _none(row.action_done_at)
    return say(language, "fulfilment-action-open") if at is None else fmt.moment(at, language, zone)


def cause_bars(closed: pd.DataFrame, language: str) -> pd.DataFrame:
    """name, value, label of each root cause that occurred, the most frequent first."""
    counts, words = closed["cause"].value_counts(), cause_words(language)
    rows = [(words.get(code, code), int(n), fmt.number(int(n), language)) for code, n in counts.items()]
    return pd.DataFrame(rows, columns=["name", "value", "label"])


def rate_rows(found: pd.DataFrame, today: date, language: str, zone: str, months: int = 6) -> pd.DataFrame:
    """name (the month), value (exceptions on 100 benefits), label of the last months, the oldest first."""
    spans = [_month(today, back) for back in reversed(range(months))]
    days = {
        what: [at.astimezone(ZoneInfo(zone)).date() for at in found.loc[found["what"] == what, "happened_at"]]
        for what in ("benefit", "problem")
    }
    rows = []
    for month, promised, opened in rules.exception_rates(spans, days["benefit"], days["problem"]):
        share = opened / promised if promised else 0.0
        told = say(language, "fulfilment-rate", rate=fmt.percent(share, language), opened=opened,
                   promised=promised)  # fmt: skip
        rows.append((fmt.month(month, language), share * 100, told))
    return pd.DataFrame(rows, columns=["name", "value", "label"])


def _month(today: date, back: int) -> date:
    place = today.year * 12 + today.month - 1 - back
    return date(place // 12, place % 12 + 1, 1)


def reach(found: pd.DataFrame, language: str) -> str:
    """Share of customers told in time; a dash while none was due."""
    due = found.loc[(found["what"] == "benefit") & found["in_time"].notna(), "in_time"]
    return fmt.percent(rules.reach(int(due.astype(bool).sum()), len(due)), language)


def unused_rows(found: pd.DataFrame, language: str) -> pd.DataFrame:
    """account, title, left, expires_on, order_number."""
    rows = []
    for r in found.itertuples():
        used = 0 if _none(r.used) is None else int(r.used)
        left = say(language, "fulfilment-left", left=fmt.number(int(r.granted) - used, language),
                   granted=fmt.number(int(r.granted), language))  # fmt: skip
        name = r.title_zh if language == "zh-CN" else r.title_en
        rows.append((r.account, name, left, r.expires_on, r.order_number))
    return pd.DataFrame(rows, columns=["account", "title", "left", "expires_on", "order_number"])


def figures(counts: Any, reached: str, language: str) -> list[dict[str, Any]]:
    """The tiles above the lists."""
    word = partial(say, language)
    number = partial(fmt.number, language=language)

    def tile(code: str, value: str, late: int | None = None) -> dict[str, Any]:
        more: Mapping[str, Any] = {}
        if late:
            more = {"delta": word("fulfilment-late", count=late), "tone": "red"}
        return {"label": word(f"fulfilment-figure-{code}"), "value": value,
                "help": word(f"fulfilment-figure-{code}-help"), **more}  # fmt: skip

    return [
        tile("waiting", number(counts.waiting), counts.late),
        tile("problems", number(counts.problems), counts.problems_late),
        tile("untold", number(counts.untold)),
        tile("reach", reached),
    ]


def _count(value: Any, language: str) -> str:
    return fmt.MISSING if _none(value) is None else fmt.number(int(value), language)


def _day(value: Any, language: str) -> str:
    return say(language, "fulfilment-no-end") if _none(value) is None else fmt.day(value, language)


def _none(value: Any) -> Any:
    return None if value is None or value is pd.NaT or value is pd.NA or value != value else value

"""Shapes alerts for the screen: list rows, who fell, captions, figures, what happened; pure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.activity.rules import PLAYS, REAL_SHARE, STATUS_WORD, AlertKind, Level
from lib.activity.wording import change, short
from lib.words import has, say, term

LIST_COLUMNS = ("level", "account", "finding", "kind", "arr_minor", "currency", "opened", "status", "owner")


def word(code: str | None) -> str:
    return (code or "").replace("_", "-")


def spoken_name(row: Any, language: str) -> str:
    """The account's name in the reader's language, where it has one."""
    return _in_language(row.account, row.account_zh, language)


def _in_language(name: Any, name_zh: Any, language: str) -> Any:
    """A missing text in a frame may be None or NaN."""
    if language == "zh-CN" and isinstance(name_zh, str):
        return name_zh
    return name if isinstance(name, str) else None


def listed(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """The inbox's rows in words: id, level (critical or watch), account, finding, kind, arr_minor, currency,
    opened (date), status, owner."""
    told = [
        (row.id, STATUS_WORD[Level(row.level)], spoken_name(row, language),
         short(language, row.kind, row.numbers), say(language, f"activity-kind-{row.kind}"),
         row.arr_minor, row.currency, row.opened_on,
         say(language, f"activity-status-{row.status}"),
         _in_language(row.owner, row.owner_zh, language))
        for row in rows.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(told, columns=["id", *LIST_COLUMNS]).astype({"arr_minor": "Int64"})


def exported(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """The list as a file: the level by its word, everything else as shown."""
    shown = listed(rows, language).drop(columns="id")
    shown["level"] = [say(language, f"status-{level}") for level in shown["level"]]
    return shown


def people(numbers: dict[str, Any], language: str) -> pd.DataFrame:
    """Who fell, worst first: user, role, weeks (active days in each of 7 weeks, oldest first),
    last_seen and change (text)."""
    rows = [
        (user["name"], user.get("role"), user.get("weeks"),
         fmt.short_day(date.fromisoformat(user["last_seen"]), language) if user.get("last_seen") else None,
         change(language, user["observed"], user["expected"]))
        for user in numbers.get("users", [])
        if user.get("down")
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["user", "role", "weeks", "last_seen", "change"])


def caption(alert: Any, today: date, language: str) -> str:
    """Number, kind, opening day and age, ARR at stake, notice date."""
    parts = [
        say(language, "alerts-number", number=str(alert.id)),
        say(language, f"activity-kind-{alert.kind}"),
        say(language, "alerts-opened-on", day=fmt.day(alert.opened_on, language),
            ago=fmt.in_days(alert.opened_on, today, language)),
    ]  # fmt: skip
    if alert.arr_minor is not None:
        arr = fmt.money(alert.arr_minor, alert.currency, language, whole=True)
        parts.append(say(language, "alerts-arr", arr=arr))
    if alert.notice_on is not None:
        parts.append(say(language, "alerts-notice", when=fmt.in_days(alert.notice_on, today, language)))
    return " · ".join(parts)


def odds(level: str, language: str) -> str:
    """How often an alert of this level turned out to be real."""
    real, of = REAL_SHARE[Level(level)]
    return say(language, "alerts-odds", real=real, of=of)


def steps(kind: str, opened_on: date, done: Iterable[str], language: str) -> list[tuple[str, str, bool]]:
    """The play of an alert: (code, label with due day, ticked)."""
    ticked = set(done)
    told = []
    for code, days in PLAYS[AlertKind(kind)]:
        due = date.fromordinal(opened_on.toordinal() + days)
        label = say(language, f"alerts-step-{word(code)}", day=fmt.short_day(due, language))
        told.append((code, label, code in ticked))
    return told


def happened(events: pd.DataFrame, language: str, zone: str) -> list[tuple[str, str]]:
    """What happened to an alert, newest first: (what, by whom and when)."""
    told = []
    for row in events.iloc[::-1].itertuples():
        who = row.person if isinstance(row.person, str) else say(language, "alerts-by-desk")
        # The desk's own findings belong to the morning they speak of, whenever they were worked out.
        morning = (row.details or {}).get("on")
        when = (
            fmt.day(date.fromisoformat(morning), language)
            if morning
            else fmt.moment(row.happened_at, language, zone)
        )
        told.append(
            (
                say(language, f"activity-event-{row.what}"),
                say(language, "alerts-who-when", who=who, when=when),
            )
        )
    return told


def earlier(history: pd.DataFrame, this_id: int, language: str) -> list[tuple[str, str]]:
    """The account's other alerts, newest first: (day and kind, how it ended)."""
    told = []
    for row in history[history["id"] != this_id].itertuples():
        day, status = fmt.day(row.opened_on, language), say(language, f"activity-status-{row.status}")
        closed = isinstance(row.resolved_on, date)
        days = (row.resolved_on - row.opened_on).days if closed else 0
        end = say(language, "alerts-earlier-closed", status=status, days=days) if closed else status
        told.append((f"{day} · " + say(language, f"activity-kind-{row.kind}"), end))
    return told


def closing(alert: Any, language: str) -> list[tuple[str, str]]:
    """How an alert ended: (label, value)."""
    rows = [("closed-on", fmt.day(alert.resolved_on, language)),
            ("closed-by", alert.closer or say(language, "alerts-by-desk"))]  # fmt: skip
    if alert.cause:
        rows.append(("cause", say(language, f"activity-cause-{word(alert.cause)}")))
    if alert.verdict:
        rows.append(("verdict", say(language, f"activity-verdict-{alert.verdict}")))
    return [(say(language, f"alerts-{code}"), value) for code, value in rows]


def who_scope(numbers: dict[str, Any], language: str) -> str:
    """How many regular users are down; empty where the source knows no users."""
    if not numbers.get("named"):
        return ""
    return say(language, "alerts-who-count", down=numbers.get("down", 0), regular=numbers.get("regular", 0))


def quiet(slumps: Iterable[Any], language: str) -> str | None:
    """What is said once above the inbox when whole regions are quiet; None when none is."""
    told = []
    for one in slumps:
        region = term(language, "region", one.region) if one.region else say(language, "alerts-quiet-rest")
        message = "alerts-quiet-away" if one.away else "alerts-quiet-slump"
        below = fmt.percent(1 - one.share, language, 0)
        told.append(say(language, message, region=region, below=below, accounts=one.accounts))
    return ("" if language == "zh-CN" else " ").join(told) or None


def risk(level: Any, language: str) -> str | None:
    """The risk level with its parts; None where there is none yet."""
    if level is None:
        return None
    silence, quiet_weeks, total = (
        fmt.number(part, language) for part in (level.silence, level.level, level.total)
    )
    fall = fmt.MISSING if level.fall is None else fmt.number(level.fall, language)
    return say(language, "alerts-risk", total=total, silence=silence, level=quiet_weeks, fall=fall)


def marks(events: pd.DataFrame, language: str) -> pd.DataFrame:
    """day and label of what a chart marks: its own label, else the catalogue's, else its code."""
    rows = [(row.day, _mark_label(row, language)) for row in events.itertuples()]
    return pd.DataFrame(rows, columns=["day", "label"])


def _mark_label(row: Any, language: str) -> str:
    if row.kind == "alert":
        return say(language, "activity-mark-alert")
    if isinstance(row.label, str) and row.label:
        return row.label
    known = f"activity-mark-{word(row.code)}"
    return say(language, known) if has(language, known) else row.code


def figures(counts: Any, language: str) -> list[dict[str, Any]]:
    """The tiles above the inbox, as the arguments of a tile."""
    value, others = money_tile(counts.at_stake_minor, language)
    fresh = say(language, "alerts-tile-new", count=counts.new_this_week)
    alone = say(language, "alerts-tile-alone", count=counts.watch_list)
    told = [
        {"value": str(counts.critical), "delta": fresh, "tone": "red" if counts.critical else "off"},
        {"value": str(counts.watch)},
        {"value": value, "note": others},
        {"value": str(counts.snoozed), "note": alone},
    ]
    meant = (
        "figure-alerts-critical",
        "figure-alerts-watch",
        "alerts-tile-stake-help",
        "figure-alerts-snoozed",
    )
    codes = ("critical", "watch", "stake", "snoozed")
    return [
        {"label": say(language, f"alerts-tile-{code}"), "help": say(language, help_id)} | one
        for code, help_id, one in zip(codes, meant, told, strict=True)
    ]


def money_tile(at_stake: dict[str, int], language: str) -> tuple[str, str | None]:
    """The largest sum compact, and the other currencies as a note: currencies are never added."""
    if not at_stake:
        return fmt.MISSING, None
    ranked = sorted(at_stake.items(), key=lambda pair: (-pair[1], pair[0]))
    texts = [fmt.money(amount, currency, language, compact=True) for currency, amount in ranked]
    return texts[0], " + ".join(texts[1:]) or None

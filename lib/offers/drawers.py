"""What each form of the promo calendar asks for, and the command that takes the answer; nothing is drawn."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from lib.access import Viewer
from lib.accounts.fields import Field, Sheet
from lib.errors import Invalid
from lib.money import CURRENCIES, parse_decimal, to_minor
from lib.offers import commands, phrases, queries, rules
from lib.words import say

Raw = dict[str, Any]
_DAY = timedelta(days=1)
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Europe/London",
         "Asia/Tokyo", "Asia/Singapore", "Asia/Ho_Chi_Minh", "UTC")  # fmt: skip
SEGMENTS = ("plan:basic", "plan:premium", "plan:enterprise", "value:high", "value:mid", "value:low",
            "loyalty:platinum", "loyalty:gold", "loyalty:silver", "price:discount", "price:value",
            "price:urgency", "stage:trial", "stage:onboarding", "stage:adoption", "stage:mature",
            "stage:at_risk", "stage:lapsed")  # fmt: skip
WINDOW = (
    Field("code", longest=48, required=True),
    Field("kind", "choice", required=True, choices=rules.KINDS),
    Field("name_en", longest=120, required=True),
    Field("name_zh", longest=120, required=True),
    Field("zone", "choice", required=True, choices=ZONES),
    Field("apply_from", "day"),
    Field("opens_on", "day", required=True),
    Field("opens_time", longest=5),
    Field("closes_on", "day", required=True),
    Field("closes_time", longest=5),
    Field("rate", longest=12),
    Field("free_months", "whole"),
    Field("gift"),
    Field("markets"),
    Field("segments", "many", choices=SEGMENTS),
    Field("tiers"),
    Field("items"),
    Field("slots", "whole"),
    Field("budget_minor", "money"),
    Field("currency", "choice", required=True, choices=CURRENCIES),
)
RIVAL = (
    Field("rival", longest=120, required=True),
    Field("what", "paragraph", longest=1000, required=True),
    Field("starts_on", "day", required=True),
    Field("ends_on", "day"),
    Field("response", "paragraph", longest=1000),
    Field("source"),
    Field("window_id", "choice"),
)
ANSWER = (Field("status", "choice", required=True, choices=rules.RIVAL_STATES),
          Field("response", "paragraph", longest=1000))  # fmt: skip
WHY = (Field("reason", "paragraph", longest=1000, required=True),)


def window(viewer: Viewer, key: str, row: Any = None) -> Sheet:
    """A new window, or a draft to change. `row`: of queries.calendar."""
    language = viewer.language
    names = {kind: phrases.kind_word(kind, language) for kind in rules.KINDS}
    names |= {one: phrases.segment_word(one, language) for one in SEGMENTS}
    if row is None:
        start = {"kind": "custom", "zone": viewer.zone, "slots": queries.defaults(viewer)["slots"],
                 "apply_from": viewer.today, "currency": "USD", "opens_time": "00:00",
                 "closes_time": "24:00"}  # fmt: skip
        return Sheet("promos-add", "promos-added", WINDOW, start, partial(_add, viewer, key), names,
                     intro=say(language, "promos-add-intro"))  # fmt: skip
    return Sheet("promos-change", "promos-changed", WINDOW, _held(row), partial(_change, viewer, row), names,
                 intro=say(language, "promos-add-intro"))  # fmt: skip


def _add(viewer: Viewer, key: str, raw: Raw) -> int:
    return commands.add_window(viewer, values(raw), key)


def _change(viewer: Viewer, row: Any, raw: Raw) -> int:
    return commands.change_window(viewer, int(row.id), int(row.version), values(raw))


def _held(row: Any) -> dict[str, Any]:
    """A stored window as the form shows it; an end at midnight is 24:00 of the day before."""
    zone = ZoneInfo(row.zone)
    opens, closes = (at.astimezone(zone) for at in (row.opens_at, row.closes_at))
    whole = closes.time() == time()
    day, clock = (closes.date() - _DAY, "24:00") if whole else (closes.date(), f"{closes:%H:%M}")
    names = {name: ", ".join(getattr(row, name) or ()) for name in ("markets", "tiers", "items")}
    return {
        **{name: getattr(row, name) for name in ("code", "kind", "name_en", "name_zh", "zone", "apply_from",
                                                 "free_months", "gift", "currency", "budget_minor")},
        "slots": None if row.slots is None else int(row.slots), "segments": list(row.segments or ()),
        "opens_on": opens.date(), "opens_time": f"{opens:%H:%M}", "closes_on": day, "closes_time": clock,
        "rate": format((row.rate * 100).normalize(), "f"), **names,
    }  # fmt: skip


def values(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as rules.check_window takes it: percent as a share, clock times, lists by commas.
    Raises Invalid."""
    budget = (raw.get("budget_minor") or "").strip()
    names = {name: _list(raw.get(name)) for name in ("markets", "tiers", "items")}
    return {
        **{name: raw.get(name) for name in ("code", "kind", "name_en", "name_zh", "zone", "apply_from",
                                            "free_months", "gift", "slots", "currency")},
        **names, "segments": list(raw.get("segments") or ()), "rate": _share(raw.get("rate")),
        "budget_minor": to_minor(parse_decimal(budget), raw["currency"]) if budget else None,
        "opens": _at(raw.get("opens_on"), raw.get("opens_time"), "opens"),
        "closes": _at(raw.get("closes_on"), raw.get("closes_time") or "24:00", "closes"),
    }  # fmt: skip


def _share(typed: Any) -> Decimal:
    text = str(typed or "0").strip().rstrip("%％")
    return parse_decimal(text or "0") / 100


def _at(day: Any, clock: Any, name: str) -> datetime | None:
    """A day and a clock time; 24:00 is the midnight after it."""
    if day is None:
        return None
    text = (clock or "00:00").strip().replace("：", ":")
    try:
        if text == "24:00":
            return datetime.combine(day, time()) + _DAY
        return datetime.combine(day, time.fromisoformat(text.zfill(5)))
    except ValueError:
        raise Invalid("offer_value", field=name) from None


def _list(typed: Any) -> list[str]:
    return [one.strip() for one in str(typed or "").replace("，", ",").replace("、", ",").split(",")]


def withdraw(viewer: Viewer, row: Any) -> Sheet:
    def act(raw: Raw) -> int:
        return commands.withdraw_window(viewer, int(row.id), int(row.version), raw["reason"] or "")

    intro = say(viewer.language, "promos-withdraw-intro", name=phrases.name(row, viewer.language))
    return Sheet("promos-withdraw", "promos-withdrawn", WHY, {}, act, intro=intro)


def note_rival(viewer: Viewer, key: str, windows: Mapping[str, str]) -> Sheet:
    def act(raw: Raw) -> int:
        chosen = raw.get("window_id")
        return commands.note_rival(viewer, raw | {"window_id": int(chosen) if chosen else None}, key)

    fields = tuple(Field("window_id", "choice", choices=tuple(windows)) if f.name == "window_id" else f
                   for f in RIVAL)  # fmt: skip
    return Sheet("promos-note-rival", "promos-rival-noted", fields, {"starts_on": viewer.today}, act, windows)


def answer_rival(viewer: Viewer, row: Any) -> Sheet:
    def act(raw: Raw) -> None:
        commands.answer_rival(viewer, int(row.id), int(row.version), raw["status"], raw["response"] or "")

    names = {code: say(viewer.language, f"promos-rival-{code}") for code in rules.RIVAL_STATES}
    held = {"status": row.status, "response": row.response or ""}
    return Sheet("promos-answer-rival", "promos-rival-updated", ANSWER, held, act, names)

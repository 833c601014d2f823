"""The sentences of the signs beside activity, built from their stored numbers; pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lib import format as fmt
from lib.words import say, term


def sentence(language: str, kind: str, numbers: Mapping[str, Any]) -> str:
    """The whole finding."""
    return say(language, f"signals-{kind}-sentence", **_values(language, kind, numbers))


def short(language: str, kind: str, numbers: Mapping[str, Any]) -> str:
    """One line for a list."""
    return say(language, f"signals-{kind}-short", **_values(language, kind, numbers))


def title(language: str, kind: str, account: str) -> str:
    """The finding as a page title."""
    return say(language, f"signals-{kind}-title", account=account)


def task_title(kind: str, numbers: Mapping[str, Any], language: str) -> str:
    """The title of a task a sign raises."""
    values = {"quote": numbers.get("quote") or "", "day": _day(numbers.get("on"), language)}
    return say(language, f"signals-task-{kind.replace('_', '-')}", **values)


def note(language: str, numbers: Mapping[str, Any], contact: str | None, sender: str) -> str:
    """The note about one neglected feature, filled: why it is worth it, how to begin, an offer to show it."""
    values = _values(language, "activation", numbers)
    return say(language, "signals-note", contact=contact or say(language, "signals-note-nobody"),
               sender=sender, feature=values["feature"], peers=values["peers"])  # fmt: skip


def _values(language: str, kind: str, numbers: Mapping[str, Any]) -> dict[str, Any]:
    return _TOLD[kind](language, numbers)


def _case(language: str, numbers: Mapping[str, Any]) -> dict[str, Any]:
    subject = numbers.get("subject") or numbers.get("case") or fmt.MISSING
    hours = fmt.number(numbers.get("hours", 0), language)
    return {"cases": numbers.get("cases", 1), "hours": hours, "subject": subject}


def _interval(language: str, numbers: Mapping[str, Any]) -> dict[str, Any]:
    return {"days": numbers.get("days", 0), "usual": fmt.number(numbers.get("usual"), language),
            "day": _day(numbers.get("last_on"), language), "intervals": numbers.get("intervals", 0),
            "running": "yes" if numbers.get("running") else "no"}  # fmt: skip


def _rejection(language: str, numbers: Mapping[str, Any]) -> dict[str, Any]:
    return {"quote": numbers.get("quote") or fmt.MISSING, "day": _day(numbers.get("on"), language),
            "by": numbers.get("by", "us"), "count": numbers.get("count", 1),
            "suppliers": numbers.get("suppliers", 0)}  # fmt: skip


def _rivals(language: str, numbers: Mapping[str, Any]) -> dict[str, Any]:
    return {"suppliers": numbers.get("suppliers", 0), "names": numbers.get("names") or fmt.MISSING,
            "day": _day(numbers.get("due_on"), language)}  # fmt: skip


def _downgrade(language: str, numbers: Mapping[str, Any]) -> dict[str, Any]:
    return {"product": numbers.get("product") or fmt.MISSING, "count": numbers.get("count", 1),
            "day": _day(numbers.get("effective_on"), language), "asked": _day(numbers.get("on"), language),
            "less": fmt.percent(numbers.get("less"), language, 0)}  # fmt: skip


def _activation(language: str, numbers: Mapping[str, Any]) -> dict[str, Any]:
    feature = numbers.get("feature")
    return {"feature": term(language, "feature", feature) if feature else fmt.MISSING,
            "taken": numbers.get("taken", 0), "of": numbers.get("of", 0),
            "day": numbers.get("day_of_life", 0),
            "peers": fmt.percent(numbers.get("peers"), language, 0)}  # fmt: skip


_TOLD = {"case": _case, "interval": _interval, "rejection": _rejection, "rivals": _rivals,
         "downgrade": _downgrade, "activation": _activation}  # fmt: skip


def _day(text: Any, language: str) -> str:
    return fmt.day(date.fromisoformat(text), language) if isinstance(text, str) and text else fmt.MISSING

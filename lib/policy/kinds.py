"""What one policy value is, and how typed text becomes it: kinds, bounds, refusals. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lib.errors import Invalid

TEXT_MAX, PROSE_MAX = 120, 2000
DECIMALS = frozenset({"share", "ratio", "amount"})
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,12})?")


@dataclass(frozen=True)
class Entry:
    """What one value is. `low` and `high` are included; `source` is a requirements row or "own", `row` the
    requirement behind a default of ours; `idle`: no rule reads it yet."""

    kind: str  # whole share ratio amount flag choice choices code slug number text prose day
    unit: str
    source: str
    words: Mapping[str, str]
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()
    optional: bool = False
    row: str = ""
    idle: bool = False


def as_text(value: Any) -> str:
    """A value as a person types it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def read_value(entry: Entry, path: str, text: str) -> Any:
    """Typed text as the document keeps it. A share may be written 0.25 or 25%. Raises Invalid."""
    text = text.strip() if isinstance(text, str) else ""
    if entry.kind == "whole" and re.fullmatch(r"-?[0-9]{1,9}", text):
        value: Any = int(text)
    elif entry.kind in DECIMALS:
        value = _decimal_text(entry, path, text)
    elif entry.kind == "flag" and text in ("true", "false"):
        value = text == "true"
    elif entry.kind == "choices":
        value = [part.strip() for part in text.split(",") if part.strip()]
    else:
        value = text
    check_value(entry, path, value)
    return value


def _decimal_text(entry: Entry, path: str, text: str) -> str:
    percent = entry.kind == "share" and text.endswith("%")
    number = text[:-1].strip() if percent else text
    if not _DECIMAL.fullmatch(number):
        raise Invalid("policy_value_format", path=path, value=text[:60])
    return format(Decimal(number) / 100 if percent else Decimal(number), "f")


def check_value(entry: Entry, path: str, value: Any) -> None:
    """Raises Invalid where a stored value has another kind than its description, or is out of bounds."""
    if not _KINDS[entry.kind](entry, value):
        raise Invalid("policy_value_format", path=path, value=as_text(value)[:60])
    if entry.low is not None and not entry.low <= Decimal(value) <= entry.high:
        raise Invalid("policy_value_bounds", path=path, value=as_text(value),
                      low=format(entry.low, "f"), high=format(entry.high, "f"))  # fmt: skip


def _is_decimal(_entry: Entry, value: Any) -> bool:
    return isinstance(value, str) and bool(_DECIMAL.fullmatch(value))


def _is_choices(entry: Entry, value: Any) -> bool:
    known = isinstance(value, list) and all(v in entry.choices for v in value)
    return known and (entry.optional or bool(value)) and len(set(value)) == len(value)


_KINDS: dict[str, Callable[[Entry, Any], bool]] = {
    "whole": lambda _entry, value: type(value) is int,
    "share": _is_decimal,
    "ratio": _is_decimal,
    "amount": lambda entry, value: _is_decimal(entry, value) and Decimal(value) >= 0,
    "flag": lambda _entry, value: type(value) is bool,
    "choice": lambda entry, value: isinstance(value, str) and value in entry.choices,
    "choices": _is_choices,
    "code": lambda _entry, value: isinstance(value, str) and bool(re.fullmatch(r"[A-Z0-9]{1,8}", value)),
    "slug": lambda _entry, value: isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9_]{1,40}", value)),
    "number": lambda _entry, value: isinstance(value, str) and bool(re.fullmatch(r"[0-9.]{1,12}", value)),
    "prose": lambda _entry, value: _is_prose(value),
    "text": lambda entry, value: _is_text(entry, value),
    "day": lambda entry, value: _is_day(entry, value),
}


def _is_text(entry: Entry, value: Any) -> bool:
    """One printable line; empty only where the value may be left out."""
    return isinstance(value, str) and len(value) <= TEXT_MAX and value.isprintable() and (
        entry.optional or bool(value)
    )  # fmt: skip


def _is_prose(value: Any) -> bool:
    """Some lines of printable text, never empty."""
    return isinstance(value, str) and 0 < len(value) <= PROSE_MAX and value.replace("\n", "").isprintable()


def _is_day(entry: Entry, value: Any) -> bool:
    """2027-06-30; empty only where the value may be left out."""
    if value == "":
        return entry.optional
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        return date.fromisoformat(value).year >= 2000
    except ValueError:
        return False

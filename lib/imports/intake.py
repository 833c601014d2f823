"""Text to values, by type and chosen format; what does not fit is a fault with its reason. Pure.

Nothing is guessed: `1,234` is a question until a number format is chosen, `03/04/2026` until a date format
is; "NULL", "N/A" and "007" are texts like any other.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from lib.imports.fields import Field, Type
from lib.imports.source import Typed
from lib.sheet import restored

NUMBER_FORMATS = ("1234.5", "1,234.5", "1.234,5")
DATE_FORMATS = ("yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy", "yyyymmdd")
FIRST_YEAR, LAST_YEAR = 1800, 2200

_PLAIN = re.compile(r"[+-]?\d{1,24}(\.\d{1,18})?")
_GROUPED = {
    "1,234.5": re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d{1,24})(\.\d{1,18})?"),
    "1.234,5": re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d{1,24})(,\d{1,18})?"),
}
_UNCLEAR = re.compile(r"[+-]?[\d.,]*,[\d.,]*|[+-]?[1-9]\d{0,2}(\.\d{3})+")
_DAY = {
    "yyyy-mm-dd": re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"),
    "dd.mm.yyyy": re.compile(r"(?P<d>\d{1,2})[.-](?P<m>\d{1,2})[.-](?P<y>\d{4})"),
    "dd/mm/yyyy": re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"),
    "mm/dd/yyyy": re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"),
    "yyyymmdd": re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
}
_CLOCK = re.compile(
    r"(?P<h>\d{1,2}):(?P<min>\d{2})(:(?P<s>\d{2})(\.(?P<f>\d{1,9}))?)?\s*"
    r"(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_YES = frozenset(("true", "t", "yes", "y", "1", "是", "真"))
_NO = frozenset(("false", "f", "no", "n", "0", "否", "假"))
_DIRECTION = frozenset(map(chr, (0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))))
_INVISIBLE = dict.fromkeys((0x200B, 0xFEFF))


@dataclass(frozen=True)
class Bad:
    """Why a cell is no value of its field; `code` ends the message id imports-problem-<code>."""

    code: str
    details: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Formats:
    """What a person chose for a file. Empty formats accept what can be read one way only."""

    number: str | None = None
    day: str | None = None
    zone: str = "UTC"


def type_column(
    field: Field, cells: Sequence[str], formats: Formats
) -> tuple[list[Any], dict[int, Bad], int | None]:
    """Values (None where empty or bad), the bad ones by position, and where a second style of dates begins.

    Each distinct text is read once: files repeat themselves.
    """
    plain = _memo(field, {c for c in cells if type(c) is not Typed}, formats)
    typed = _memo(field, {c for c in cells if type(c) is Typed}, Formats("1234.5", None, formats.zone))
    if typed:
        values = [(typed if type(c) is Typed else plain)[c] for c in cells]
    else:
        values = [plain[c] for c in cells]
    bad: dict[int, Bad] = {}
    if any(type(v) is Bad for memo in (plain, typed) for v in memo.values()):
        bad = {i: v for i, v in enumerate(values) if type(v) is Bad}
        values = [None if type(v) is Bad else v for v in values]
    other = _second_style(cells) if field.type in (Type.DATE, Type.INSTANT) and not typed else None
    return values, bad, other


def _memo(field: Field, cells: set[str], formats: Formats) -> dict[str, Any]:
    parse = _PARSERS[field.type]
    return {cell: _checked(field, parse(field, cell, formats)) for cell in cells}


def _checked(field: Field, value: Any) -> Any:
    if value is None or type(value) is Bad or (field.least is None and field.most is None):
        return value
    if field.least is not None and value < field.least:
        return Bad("negative") if field.least == 0 else Bad("too_small", (("limit", field.least),))
    if field.most is not None and value > field.most:
        return Bad("too_large", (("limit", field.most),))
    return value


def _text(field: Field, cell: str, _formats: Formats) -> str | Bad | None:
    if cell.isascii() and cell.isprintable() and cell[:1] != "'":
        value = cell.strip()
    else:
        value = unicodedata.normalize("NFC", restored(cell)).translate(_INVISIBLE).strip()
        lines = "\n\t" if field.type is Type.LONG else ""
        value = value.replace("\r\n", "\n") if lines else value
        if any(_is_refused(c) and c not in lines for c in value):
            return Bad("characters")
    if len(value) > field.longest:
        return Bad("too_long", (("limit", field.longest),))
    return value or None


def _is_refused(character: str) -> bool:
    return character in _DIRECTION or unicodedata.category(character) in ("Cc", "Cs")


def _decimal(_field: Field, cell: str, formats: Formats) -> Decimal | Bad | None:
    value = cell.strip().replace("\N{MINUS SIGN}", "-")
    if not value:
        return None
    grouped = _GROUPED.get(formats.number or "")
    if grouped is not None and grouped.fullmatch(value):
        group, point = (",", ".") if formats.number == "1,234.5" else (".", ",")
        return Decimal(value.replace(group, "").replace(point, "."))
    if formats.number is None and _UNCLEAR.fullmatch(value):
        return Bad("number_format")
    if grouped is None and value.isascii() and _PLAIN.fullmatch(value):
        return Decimal(value)
    return Bad("not_a_number")


def _integer(field: Field, cell: str, formats: Formats) -> int | Bad | None:
    value = _decimal(field, cell, formats)
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else Bad("not_whole")


def _day(_field: Field, cell: str, formats: Formats) -> date | Bad | None:
    value = cell.strip()
    if not value:
        return None
    first, _, rest = value.replace("T", " ", 1).partition(" ")
    if rest and not _CLOCK.fullmatch(rest.strip()):
        return Bad("not_a_date")
    return _date_of(first, formats.day)


def _date_of(value: str, chosen: str | None) -> date | Bad:
    if len(value) > 16 or not value.isascii() and not re.search("[年月]", value):
        return Bad("not_a_date")
    if found := _DAY["yyyy-mm-dd"].fullmatch(value):  # year first reads one way only
        return _calendar(found)
    if chosen is not None:
        found = _DAY[chosen].fullmatch(value)
        return _calendar(found) if found else Bad("not_this_date_format", (("format", chosen),))
    if found := _DAY["dd.mm.yyyy"].fullmatch(value):
        return _calendar(found)
    ways = {w for name in ("dd/mm/yyyy", "mm/dd/yyyy") if (f := _DAY[name].fullmatch(value))
            if not isinstance(w := _calendar(f), Bad)}  # fmt: skip
    if len(ways) > 1:
        return Bad("date_format")
    return ways.pop() if ways else Bad("not_a_date")


def _calendar(found: re.Match[str]) -> date | Bad:
    try:
        value = date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return Bad("not_a_date")
    return value if FIRST_YEAR <= value.year <= LAST_YEAR else Bad("date_range")


def _instant(_field: Field, cell: str, formats: Formats) -> datetime | Bad | None:
    value = cell.strip()
    if not value:
        return None
    first, _, rest = value.replace("T", " ", 1).partition(" ")
    day = _date_of(first, formats.day)
    if isinstance(day, Bad):
        return day
    clock = _CLOCK.fullmatch(rest.strip()) if rest.strip() else None
    if rest.strip() and clock is None:
        return Bad("not_a_time")
    return _at(day, clock, formats.zone)


def _at(day: date, clock: re.Match[str] | None, zone: str) -> datetime | Bad:
    """The instant; a local time that clocks skip or show twice is no instant."""
    parts = clock.groupdict() if clock else {}
    micro = int((parts.get("f") or "0")[:6].ljust(6, "0"))
    try:
        local = datetime(
            day.year, day.month, day.day, int(parts.get("h") or 0), int(parts.get("min") or 0),
            int(parts.get("s") or 0), micro,
        )  # fmt: skip
    except ValueError:
        return Bad("not_a_time")
    if mark := parts.get("zone"):
        return local.replace(tzinfo=_offset(mark)).astimezone(UTC)
    there, again = (local.replace(tzinfo=ZoneInfo(zone), fold=f).astimezone(UTC) for f in (0, 1))
    if there.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        return Bad("time_skipped", (("zone", zone),))
    return there if there == again else Bad("time_twice", (("zone", zone),))


def _offset(mark: str) -> timezone:
    if mark.upper() in ("Z", "UTC"):
        return UTC
    sign = -1 if mark[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(mark[1:3]), minutes=int(mark[-2:])))


def _bool(_field: Field, cell: str, _formats: Formats) -> bool | Bad | None:
    value = cell.strip().casefold()
    if not value:
        return None
    return True if value in _YES else False if value in _NO else Bad("not_yes_or_no")


def _choice(field: Field, cell: str, _formats: Formats) -> str | Bad | None:
    value = cell.strip().casefold()
    if not value:
        return None
    known = {c.casefold(): c for c in field.choices} | {w.casefold(): c for w, c in field.words}
    return known.get(value, Bad("not_a_choice", (("choices", ", ".join(field.choices)),)))


def _second_style(cells: Sequence[str]) -> int | None:
    """The first position whose dates are written in another way than the column's first ones."""
    styles = {c: re.sub(r"\d+", "9", c.strip()) for c in set(cells) if c.strip()}
    if len(set(styles.values())) < 2:
        return None
    first = next(styles[c] for c in cells if c in styles)
    return next(i for i, c in enumerate(cells) if styles.get(c, first) != first)


_PARSERS: dict[Type, Callable[[Field, str, Formats], Any]] = {
    Type.TEXT: _text, Type.LONG: _text, Type.INTEGER: _integer, Type.DECIMAL: _decimal, Type.MONEY: _decimal,
    Type.DATE: _day, Type.INSTANT: _instant, Type.BOOL: _bool, Type.CHOICE: _choice,
}  # fmt: skip

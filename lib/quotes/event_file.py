"""A file of what a tool tells of quotes: every row is an event, or is reported with its line. Pure."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lib.errors import DeskError, Invalid
from lib.quotes.funnel import read_event

FILE_MAX, ROWS_MAX = 1024 * 1024, 10_000
_COLUMNS = {
    "id": ("id", "event_id", "event", "事件编号"),
    "number": ("number", "quote", "quote_number", "报价单编号"),
    "kind": ("kind", "type", "status", "类型", "状态"), "revision": ("revision", "version", "版本"),
    "happened_at": ("happened_at", "at", "time", "timestamp", "时间"), "note": ("note", "comment", "备注"),
}  # fmt: skip
_NEEDED = ("id", "number", "kind", "happened_at")


@dataclass(frozen=True)
class Row:
    """One row: the values as they stand, and what is wrong with it (None: nothing)."""

    line: int
    values: Mapping[str, str]
    fault: DeskError | None = None


def read_events(content: bytes, now: datetime) -> list[Row]:
    """Every row of the file that is not blank. Raises Invalid for a file that is too large, no text in UTF-8,
    or without the columns."""
    if len(content) > FILE_MAX:
        raise Invalid("events_file_size", limit=FILE_MAX // 1024)
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        lines = [(reader.line_num, cells) for cells in reader]
    except (UnicodeDecodeError, csv.Error):
        raise Invalid("events_file_text") from None
    places = _places(lines[0][1] if lines else [])
    body = [(line, cells) for line, cells in lines[1:] if any(cell.strip() for cell in cells)]
    if len(body) > ROWS_MAX:
        raise Invalid("events_file_rows", limit=ROWS_MAX)
    return [_row(line, cells, places, now) for line, cells in body]


def _places(header: list[str]) -> dict[str, int]:
    names = [name.strip().lower() for name in header]
    found = {
        field: next(names.index(word) for word in words if word in names)
        for field, words in _COLUMNS.items()
        if any(word in names for word in words)
    }
    if any(field not in found for field in _NEEDED):
        raise Invalid("events_file_header")
    return found


def _row(line: int, cells: list[str], places: Mapping[str, int], now: datetime) -> Row:
    values = {field: cells[at].strip() if at < len(cells) else "" for field, at in places.items()}
    try:
        read_event(values, now)
    except DeskError as fault:
        return Row(line, values, fault)
    return Row(line, values)

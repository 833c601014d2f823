"""A DataFrame as the bytes of a CSV, XLSX, JSON or Parquet file that is safe to open and exact, pure.

Text that a spreadsheet would run as a formula is neutralised with an apostrophe; numbers stay numbers.
Columns `x_minor` beside a `currency` column leave as amounts in a column `x`. Instants are written in UTC.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from lib.errors import Invalid
from lib.money import from_minor

CELL_MAX = 32_767  # characters a cell of a workbook holds; a longer text would be dropped without a word
SHEET_ROWS_MAX = 1_048_575
_EXACT_IN_A_DOUBLE = 2**53

# Blanks before the sign do not protect: spreadsheets trim them. Full-width signs count as their ASCII twins.
_ARMED = re.compile(r"^[\s\u200b\ufeff\x00]*[=+\-@＝＋－＠−]|^[\t\r]")  # noqa: RUF001 - these are the point
_DISARMED = re.compile(r"^'(?=[\s\u200b\ufeff\x00]*[=+\-@＝＋－＠−]|[\t\r])")  # noqa: RUF001 - as above
_SHEET_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


def neutralised(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would take it for a formula."""
    return "'" + text if _ARMED.match(text) else text


def restored(text: str) -> str:
    """What `neutralised` was given: so that an exported file comes back as it left."""
    return _DISARMED.sub("", text, count=1)


def with_amounts(frame: pd.DataFrame) -> pd.DataFrame:
    """`x_minor` as the exact amount `x` where a `currency` column says the unit; the rest as it is."""
    if "currency" not in frame.columns:
        return frame
    made = {
        name: _amounts(frame[name], frame["currency"])
        for name in frame.columns
        if isinstance(name, str) and name.endswith("_minor")
    }
    return frame.assign(**made).rename(columns={name: name.removesuffix("_minor") for name in made})


def _amounts(minors: pd.Series, currencies: pd.Series) -> pd.Series:
    values = [
        None if pd.isna(m) or pd.isna(c) else from_minor(int(m), c)
        for m, c in zip(minors, currencies, strict=True)
    ]
    return pd.Series(values, index=minors.index, dtype="object")


def _plain(value: Any) -> Any:
    """A cell as None, bool, int, Decimal, float, date, aware-UTC text or text."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, datetime):
        return _instant(value)
    if hasattr(value, "item") and not isinstance(value, str):  # numpy's own scalars
        return value.item()
    if isinstance(value, str | bool | int | Decimal | float | date):
        return str(value) if isinstance(value, str) else value
    return str(value)


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        return value.isoformat(sep=" ")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _columns(frame: pd.DataFrame) -> tuple[list[str], list[list[Any]]]:
    shown = with_amounts(frame)
    names = [str(name) for name in shown.columns]
    return names, [[_plain(v) for v in shown.iloc[:, i].tolist()] for i in range(len(names))]


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralised(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """For people: `plain_csv_bytes` behind a byte-order mark, so that Excel shows Chinese."""
    return codecs.BOM_UTF8 + plain_csv_bytes(frame)


def plain_csv_bytes(frame: pd.DataFrame) -> bytes:
    """For programs, which would take a byte-order mark for a part of the first name: UTF-8; comma, CRLF."""
    names, columns = _columns(frame)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([neutralised(name) for name in names])
    writer.writerows(zip(*[[_csv_cell(v) for v in column] for column in columns], strict=True))
    return out.getvalue().encode("utf-8", errors="replace")


def xlsx_bytes(frame: pd.DataFrame, sheet: str = "Sheet1") -> bytes:
    """One sheet with a frozen, bold first row; no formula, no link, dates as dates, amounts as numbers.

    Raises Invalid("export_cell_too_long") or Invalid("export_too_long") instead of cutting anything off.
    """
    return workbook_bytes({sheet: frame})


def workbook_bytes(sheets: Mapping[str, pd.DataFrame], made_on: datetime | None = None) -> bytes:
    """Several such sheets by name, in their order; with `made_on` the same sheets give the same bytes."""
    import xlsxwriter  # late: a page that exports nothing does not pay for it

    out = io.BytesIO()
    options = {"in_memory": True, "constant_memory": False, "strings_to_formulas": False,
               "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        if made_on is not None:
            book.set_properties({"created": made_on.replace(tzinfo=None)})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet, frame in sheets.items():
            page = book.add_worksheet(_SHEET_NAME.sub(" ", sheet)[:31].strip() or "Sheet1")
            _write_sheet(page, frame, bold, day)
    return out.getvalue()


def _write_sheet(page: Any, frame: pd.DataFrame, bold: Any, day: Any) -> None:
    names, columns = _columns(frame)
    if len(frame) > SHEET_ROWS_MAX:
        raise Invalid("export_too_long", rows=len(frame), limit=SHEET_ROWS_MAX)
    for position, (name, column) in enumerate(zip(names, columns, strict=True)):
        page.write_string(0, position, neutralised(name), bold)
        _write_column(page, position, column, day)
    page.freeze_panes(1, 0)


def _write_column(page: Any, position: int, column: list[Any], day: Any) -> None:
    for row, value in enumerate(column, start=1):
        if value is None:
            continue
        if isinstance(value, bool):
            page.write_boolean(row, position, value)
        elif isinstance(value, int | float | Decimal) and _fits_a_double(value):
            page.write_number(row, position, float(value))
        elif isinstance(value, date):
            page.write_datetime(row, position, value, day)
        else:
            text = neutralised(value) if isinstance(value, str) else str(value)
            if len(text) > CELL_MAX:
                raise Invalid("export_cell_too_long", length=len(text), limit=CELL_MAX)
            page.write_string(row, position, text)


def _fits_a_double(value: int | float | Decimal) -> bool:
    """Whether a workbook, which holds doubles, keeps every digit."""
    if isinstance(value, int):
        return abs(value) <= _EXACT_IN_A_DOUBLE
    if isinstance(value, Decimal):
        return len(value.as_tuple().digits) <= 15
    return abs(value) != float("inf")


def json_bytes(frame: pd.DataFrame) -> bytes:
    """A list of objects; exact decimals and dates as text, missing as null."""
    names, columns = _columns(frame)
    cells = [[_json_cell(v) for v in column] for column in columns]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8", errors="replace")


def _json_cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Typed columns; amounts as decimals, dates as dates, instants as ISO text in UTC."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names, columns = _columns(frame)
    arrays = []
    for column in columns:
        array = pa.array(column, from_pandas=False)
        arrays.append(array.cast(pa.string()) if pa.types.is_null(array.type) else array)
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, names=names), out, compression="zstd")
    return out.getvalue()


FORMATS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": csv_bytes,
    "xlsx": xlsx_bytes,
    "json": json_bytes,
    "parquet": parquet_bytes,
}
FOR_PROGRAMS = {**FORMATS, "csv": plain_csv_bytes}

"""XLSX: looked into before it is read; values only, formulas and error cells reported, dates exact."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse
from python_calamine import CalamineError, CalamineWorkbook

from lib.errors import Invalid
from lib.imports.source import Chunk, Fault, Limits, Opened, Reading, Typed
from lib.imports.text_file import named_header

PARTS_MAX = 2_000
RATIO_MAX = 200  # unpacked to packed; real workbooks stay far below
_RATIO_FROM = 2**20  # small parts may well be repetitive
_DECLARATIONS = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_WATCHED = re.compile(rb"<(\w+:)?f[\s/>]|\bt=[\"']e[\"']")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def open_workbook(name: str, stream: BinaryIO, reading: Reading, limits: Limits) -> Opened:
    """Raises Invalid; with several sheets and none named, Invalid("import_several_sheets") lists them."""
    content = stream.read()
    suspicious = inspect(name, content, limits)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = tuple(book.sheet_names)
        sheet = _chosen(name, book, reading.sheet)
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except CalamineError:
        raise Invalid("import_damaged", file=name) from None
    first = next((i for i, row in enumerate(rows) if any(_cell(v).strip() for v in row)), None)
    if first is None:
        raise Invalid("import_empty", file=name)
    if limits.rows is not None and len(rows) - first - 1 > limits.rows:
        raise Invalid("import_too_many_rows", file=name, limit=limits.rows)
    if len(rows) == first + 1:
        raise Invalid("import_no_rows", file=name)
    header = named_header(name, [_cell(v) for v in rows[first]])
    watched = _watched_cells(name, content, sheet, header) if suspicious else []
    return Opened(
        name, "xlsx", header, lambda size: _chunks(header, rows, first, watched, size),
        sheet=sheet, sheets=sheets,
    )  # fmt: skip


def inspect(name: str, content: bytes, limits: Limits) -> bool:
    """Whether any sheet holds formulas or error cells. Raises Invalid for a bomb, damage, or declarations
    that XML of a workbook never needs."""
    suspicious = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > PARTS_MAX or unpacked > limits.unpacked or any(map(_is_bomb, parts)):
                raise Invalid("import_zip_bomb", file=name, limit=limits.unpacked // 2**20)
            for part in parts:
                data = archive.read(part)
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _refuse_declarations(name, data)
                    suspicious |= bool(_WATCHED.search(data)) and "worksheets/" in part.filename
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, KeyError, ValueError):
        raise Invalid("import_damaged", file=name) from None
    return suspicious


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _RATIO_FROM and part.file_size > RATIO_MAX * max(1, part.compress_size)


def _refuse_declarations(name: str, data: bytes) -> None:
    encoded = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00"))  # another way to hide one
    if encoded or _DECLARATIONS.search(data):
        raise Invalid("import_xml_declarations", file=name)


def _chosen(name: str, book: CalamineWorkbook, wanted: str | None) -> str:
    """The sheet asked for, or the only visible one that has cells."""
    if wanted is not None:
        if wanted not in book.sheet_names:
            raise Invalid("import_sheet_unknown", file=name, sheet=wanted, sheets=", ".join(book.sheet_names))
        return wanted
    filled = [s for s in book.sheet_names if book.get_sheet_by_name(s).start is not None]
    if not filled:
        raise Invalid("import_empty", file=name)
    if len(filled) > 1:
        raise Invalid("import_several_sheets", file=name, sheets=", ".join(filled), names=filled)
    return filled[0]


def _cell(value: Any) -> str:
    """A cell as text. Excel keeps 15 significant digits; what lies behind them is noise of the double."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return Typed("true" if value else "false")
    if isinstance(value, float):
        whole = int(value) if value == value and abs(value) < 1e15 and value == int(value) else None
        return Typed(str(whole) if whole is not None else format(Decimal(format(value, ".15g")), "f"))
    if isinstance(value, datetime):
        return Typed(value.isoformat(sep=" "))
    if isinstance(value, date | time):
        return Typed(value.isoformat())
    if isinstance(value, timedelta):
        return Typed(str(value))
    return "" if value is None else Typed(str(value))


def _watched_cells(name: str, content: bytes, sheet: str, header: list[str]) -> list[Fault]:
    """Cells of the sheet that hold a formula, or an error such as #N/A that a reader would show as blank."""
    faults: list[Fault] = []
    row = column = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            path = _part_of(archive, sheet)
            for event, node in iterparse(archive.open(path), events=("start", "end"), forbid_dtd=True):
                tag = node.tag.rsplit("}", 1)[-1]
                if event == "start" and tag == "row":
                    row, column = int(node.get("r", row + 1)), 0
                elif event == "start" and tag == "c":
                    column += 1
                    if placed := _CELL.fullmatch(node.get("r", "")):
                        column, row = _number(placed[1]), int(placed[2])
                elif event == "end" and tag == "c":
                    formula = next((c for c in node if c.tag.rsplit("}", 1)[-1] == "f"), None)
                    if formula is not None or node.get("t") == "e":
                        faults.append(_fault(row, column, header, node, formula))
                elif event == "end" and tag == "row":
                    node.clear()
    except (ParseError, DefusedXmlException, KeyError, ValueError):
        raise Invalid("import_damaged", file=name) from None
    return faults


def _fault(row: int, column: int, header: list[str], node: Any, formula: Any) -> Fault:
    named = header[column - 1] if column <= len(header) and header[column - 1] else None
    if formula is not None:
        return Fault(row, "formula", named, "=" + (formula.text or ""))
    shown = next((c.text for c in node if c.tag.rsplit("}", 1)[-1] == "v"), None)
    return Fault(row, "error_cell", named, shown)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part that holds a sheet, through the workbook's relations."""
    book = fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    for node in book.iter():
        if node.tag.rsplit("}", 1)[-1] == "sheet" and node.get("name") == sheet:
            key = next(v for k, v in node.attrib.items() if k.endswith("}id"))
            target = targets[key]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _chunks(
    header: list[str], rows: list[list[Any]], first: int, watched: list[Fault], size: int
) -> Iterator[Chunk]:
    width = len(header)
    by_line: dict[int, list[Fault]] = {}
    for fault in watched:
        by_line.setdefault(fault.line, []).append(fault)
    for start in range(first + 1, len(rows), size):
        chunk = Chunk([], {n: [] for n in header if n})
        for position, row in enumerate(rows[start : start + size], start=start):
            cells = [_cell(v) for v in row]
            line, held = position + 1, by_line.get(position + 1, [])
            if not "".join(cells).strip() and not held:
                chunk.blank += 1
            elif "".join(cells[width:]).strip():
                chunk.ragged.append(Fault(line, "ragged", details={"found": len(cells), "expected": width}))
            else:
                chunk.lines.append(line)
                chunk.cells += held
                for name, cell in zip(header, cells + [""] * (width - len(cells)), strict=False):
                    if name:
                        chunk.columns[name].append(cell)
        yield chunk

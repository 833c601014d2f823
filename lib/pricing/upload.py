"""An uploaded price book as rows of text with their lines: CSV or XLSX, read as every other import. Pure."""

import io

from lib.errors import Invalid
from lib.imports.reader import read_file
from lib.imports.source import PAGE, Fault, Limits, Reading
from lib.pricing.exchange import COLUMNS
from lib.sheet import restored

ROWS_MAX = 5_000
LIMITS = Limits(PAGE.bytes, ROWS_MAX, PAGE.unpacked)
Rows = list[tuple[int, dict[str, str]]]


def read_upload(content: bytes, name: str) -> tuple[Rows, list[Fault], list[str]]:
    """Rows that can be read, faults of those that cannot (formulas, ragged rows), columns nobody reads.

    Raises Invalid for a file that is no table, or one without the column `code`.
    """
    opened = read_file(io.BytesIO(content), name, Reading(), LIMITS)
    if "code" not in opened.header:
        raise Invalid("book_file_code", file=name)
    unread = [c for c in opened.header if c and c not in COLUMNS]
    rows: Rows = []
    faults: list[Fault] = []
    for chunk in opened.chunks(ROWS_MAX):
        faults += [*chunk.ragged, *chunk.cells]
        spoilt = {fault.line for fault in chunk.cells}
        columns = {c: chunk.columns[c] for c in COLUMNS if c in chunk.columns}
        for place, line in enumerate(chunk.lines):
            if line not in spoilt:
                rows.append((line, {c: restored(cells[place]) for c, cells in columns.items()}))
    return rows, faults, unread

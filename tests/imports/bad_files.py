"""Files nobody can import as they are, each with the code of the one sentence it gets."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

HEADER = "key,name,seats\n"


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed or added."""
    source, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
        target.writestr(name, change(source.read(name) if name in source.namelist() else b""))
    return out.getvalue()


def bomb() -> bytes:
    return with_part(_ONE, "xl/media/x.xml", lambda _: b" " * (60 * 2**20))


def entities() -> bytes:
    return with_part(_ONE, "xl/worksheets/sheet1.xml",
                     lambda part: b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + part)  # fmt: skip


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("notes.txt", "key,name")
    return out.getvalue()


def parquet(rows: int) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"key": [f"A-{i}" for i in range(rows)], "name": ["x"] * rows}), out)
    return out.getvalue()


_ONE = workbook(("one", [["key", "name"], ["A-1", "Lumora"]]))

BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "import_empty"),
    "blanks": (b" \r\n\r\n \t", "import_empty"),
    "mark only": (b"\xef\xbb\xbf", "import_empty"),
    "header only": (HEADER.encode(), "import_no_rows"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "import_wrong_type"),
    "pdf": (b"%PDF-1.7 ...", "import_wrong_type"),
    "html": (b"<html><body>key,name</body></html>", "import_wrong_type"),
    "json": (b'[{"key": "A-1"}]', "import_wrong_type"),
    "noise": (bytes(range(256)) * 8, "import_wrong_type"),
    "archive": (archive(), "import_wrong_type"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "import_old_workbook"),
    "cut workbook": (_ONE[: len(_ONE) // 2], "import_damaged"),
    "cut parquet": (parquet(10)[:200], "import_damaged"),
    "no parquet": (b"PAR1 and then nothing of the sort", "import_damaged"),
    "bomb": (bomb(), "import_zip_bomb"),
    "entities": (entities(), "import_xml_declarations"),
    "empty workbook": (workbook(("one", [])), "import_empty"),
    "header workbook": (workbook(("one", [["key", "name"]])), "import_no_rows"),
    "several sheets": (
        workbook(("a", [["key", "name"], ["1", "x"]]), ("b", [["key", "name"], ["2", "y"]])),
        "import_several_sheets",
    ),
    "open quote": (HEADER.encode() + b'A-1,"Lumora,5\nA-2,x,6\n', "import_csv_broken"),
    "twice a column": (b"key,name,name\n1,a,b\n", "import_header_twice"),
    "western letters": ("key,name\n1,Müller\n2,Société\n".encode("cp1252"), "import_encoding_unclear"),
    "missing column": (b"key,colour\n1,red\n", "import_missing_columns"),
    "too many rows": (b"key,name\n" + b"1,x\n" * 100_001, "import_too_many_rows"),
    "too many in parquet": (parquet(100_001), "import_too_many_rows"),
    "too large": (b"key,name\n" + b"1,x\n" + b"#" * (20 * 2**20), "import_too_large"),
}  # fmt: skip

"""Reading: encodings, delimiters, sheets and types are found out, or asked for."""

import io
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.errors import Invalid
from lib.imports.reader import read_file
from lib.imports.source import PAGE, Reading, Typed
from tests.imports.bad_files import workbook

SIMPLIFIED = "编号,名称\n1,杭州蓝海电子商务有限公司\n2,深圳跨境通科技\n"
TRADITIONAL = "編號,名稱\n1,台灣水泥股份有限公司\n2,統一企業\n"


def read(content: bytes, **said: str):
    opened = read_file(io.BytesIO(content), "x", Reading(**said), PAGE)
    chunks = list(opened.chunks(1000))
    columns = {n: [v for c in chunks for v in c.columns[n]] for n in chunks[0].columns}
    return opened, columns, [line for c in chunks for line in c.lines]


@pytest.mark.parametrize(
    ("encoding", "text", "found"),
    [("utf-8", SIMPLIFIED, "utf-8"), ("utf-8-sig", SIMPLIFIED, "utf-8-sig"), ("utf-16", SIMPLIFIED, "utf-16"),
     ("utf-16-le", "key,name\n1,海\n", "utf-16-le"), ("gb18030", SIMPLIFIED, "gb18030"),
     ("big5", TRADITIONAL, "big5")],
)  # fmt: skip
def test_the_encoding_is_found_out(encoding, text, found):
    opened, columns, _ = read(text.encode(encoding))

    assert opened.encoding == found
    assert next(reversed(columns.values()))[0] in text


def test_an_encoding_that_was_chosen_is_used():
    _, columns, _ = read("key,name\n1,Müller\n".encode("cp1252"), encoding="cp1252")

    assert columns["name"] == ["Müller"]


def test_a_wrong_choice_is_told():
    with pytest.raises(Invalid, match="import_encoding_wrong"):
        read("key,name\n1,Müller\n".encode("cp1252"), encoding="utf-8")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter):
    text = f'a{delimiter}b\n1{delimiter}"x,y;z"\n2{delimiter}w\n'

    opened, columns, _ = read(text.encode())

    assert opened.delimiter == delimiter
    assert columns == {"a": ["1", "2"], "b": ["x,y;z", "w"]}


def test_lines_are_those_of_the_file_also_after_line_breaks_in_cells():
    _, columns, lines = read(b'\n\na,b\n1,"two\nlines"\n3,4\n')

    assert lines == [4, 6]
    assert columns["b"][0] == "two\nlines"


def test_workbook_cells_keep_their_types_as_exact_text():
    content = workbook(("x", [["n", "d", "t", "b", "s"],
                              [1234.565, date(2026, 1, 31), datetime(2026, 1, 31, 12, 30), True, "007"],
                              [0.1 + 0.2, None, None, False, "1.234,5"]]))  # fmt: skip

    _, columns, lines = read(content)

    assert columns["n"] == ["1234.565", "0.3"] and type(columns["n"][0]) is Typed
    assert columns["d"] == ["2026-01-31", ""]
    assert columns["t"][0] == "2026-01-31 12:30:00"
    assert columns["b"] == ["true", "false"]
    assert columns["s"] == ["007", "1.234,5"] and type(columns["s"][0]) is str
    assert lines == [2, 3]


def test_a_sheet_that_was_chosen_is_read_and_the_others_are_known():
    content = workbook(("a", [["k"], ["1"]]), ("b", [["k"], ["2"]]), ("empty", []))

    opened, columns, _ = read(content, sheet="b")

    assert columns == {"k": ["2"]}
    assert opened.sheets == ("a", "b", "empty")


def test_an_empty_second_sheet_is_no_question():
    _, columns, _ = read(workbook(("a", [["k"], ["1"]]), ("b", [])))

    assert columns == {"k": ["1"]}


def test_parquet_columns_keep_their_types_and_nested_ones_are_named():
    table = pa.table({"key": ["a", None], "n": [1, 2], "d": [date(2026, 1, 31), None],
                      "m": [Decimal("12.50"), Decimal("0.10")], "l": [[1], [2]]})  # fmt: skip
    out = io.BytesIO()
    pq.write_table(table, out)

    opened, columns, _ = read(out.getvalue())

    assert columns == {"key": ["a", ""], "n": ["1", "2"], "d": ["2026-01-31", ""], "m": ["12.50", "0.10"]}
    assert opened.skipped == ("l",)

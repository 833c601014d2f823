"""Files out: exact, readable by other programs, and never a formula."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import sheet
from lib.errors import Invalid

ARMED = ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "  =1", "＝1", "\u200b=1", "＋1", "−1", " \n=1"]  # noqa: RUF001


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", ARMED)
def test_text_that_would_run_as_a_formula_is_neutralised_in_both_formats(text):
    frame = pd.DataFrame({"note": [text]})

    assert rows_of(sheet.csv_bytes(frame))[1] == ["'" + text]
    cell = openpyxl.load_workbook(io.BytesIO(sheet.xlsx_bytes(frame))).active["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


def test_headers_are_neutralised_too():
    frame = pd.DataFrame({"=cmd()": ["x"]})

    assert rows_of(sheet.csv_bytes(frame))[0] == ["'=cmd()"]


@given(st.text(max_size=40))
def test_neutralised_text_comes_back_as_it_left(text):
    if sheet.restored(text) != text:
        return  # the text itself looks like an export; it is read as one
    assert sheet.restored(sheet.neutralised(text)) == text


def test_money_leaves_as_an_exact_amount_of_its_currency():
    frame = pd.DataFrame({"arr_minor": pd.array([123457, 500, None], dtype="Int64"),
                          "currency": ["USD", "JPY", "USD"]})  # fmt: skip

    assert rows_of(sheet.csv_bytes(frame)) == [
        ["arr", "currency"], ["1234.57", "USD"], ["500", "JPY"], ["", "USD"]
    ]  # fmt: skip
    assert json.loads(sheet.json_bytes(frame))[0] == {"arr": "1234.57", "currency": "USD"}


def test_types_survive_in_every_format():
    moment = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    frame = pd.DataFrame({"name": ["NULL"], "on": [date(2026, 1, 31)], "at": [moment], "n": [-3],
                          "rate": [Decimal("0.125")], "open": [True], "gap": [None]})  # fmt: skip

    assert rows_of(sheet.csv_bytes(frame))[1] == [
        "NULL", "2026-01-31", "2026-11-20T01:00:00Z", "-3", "0.125", "true", "",
    ]  # fmt: skip
    page = openpyxl.load_workbook(io.BytesIO(sheet.xlsx_bytes(frame))).active
    assert [c.value for c in page[2]][:2] == ["NULL", datetime(2026, 1, 31)]
    assert page["D2"].value == -3 and page["F2"].value is True
    table = pq.read_table(io.BytesIO(sheet.parquet_bytes(frame))).to_pylist()[0]
    assert table["on"] == date(2026, 1, 31) and table["rate"] == Decimal("0.125") and table["gap"] is None


def test_digits_a_workbook_cannot_hold_are_written_as_text():
    frame = pd.DataFrame({"n": [Decimal("12345678901234567.89")]})

    assert openpyxl.load_workbook(io.BytesIO(sheet.xlsx_bytes(frame))).active["A2"].value == (
        "12345678901234567.89"
    )


def test_a_text_longer_than_a_cell_is_refused_and_not_cut():
    with pytest.raises(Invalid, match="export_cell_too_long"):
        sheet.xlsx_bytes(pd.DataFrame({"note": ["x" * 40_000]}))


def test_a_csv_for_people_opens_in_excel_and_one_for_programs_starts_with_its_first_name():
    frame = pd.DataFrame({"名称": ["鹿桥"]})

    assert sheet.FORMATS["csv"](frame) == b"\xef\xbb\xbf" + sheet.FOR_PROGRAMS["csv"](frame)
    assert sheet.FOR_PROGRAMS["csv"](frame).decode("utf-8") == "名称\r\n鹿桥\r\n"


@pytest.mark.parametrize("maker", sheet.FORMATS.values(), ids=sheet.FORMATS)
def test_an_empty_frame_keeps_its_columns(maker):
    content = maker(pd.DataFrame({"name": [], "currency": [], "arr_minor": []}))

    assert content

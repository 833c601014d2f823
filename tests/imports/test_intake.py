"""Text to values: exact, and never guessed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.imports import fields
from lib.imports.intake import Bad, Formats, type_column
from lib.imports.source import Typed

MONEY, DAY, MOMENT, FLAG, TEXT, NOTE = (
    fields.money("m", signed=True), fields.day("d"), fields.instant("i"), fields.flag("b"), fields.text("t"),
    fields.long("l"),
)  # fmt: skip


def one(field, cell: str, **formats):
    values, bad, _ = type_column(field, [cell], Formats(**formats))
    return bad[0].code if bad else values[0]


@pytest.mark.parametrize(
    ("cell", "chosen", "value"),
    [
        ("1234.5", None, Decimal("1234.5")), ("-12", None, Decimal(-12)), ("−12", None, Decimal(-12)),
        ("0.125", None, Decimal("0.125")), ("1.234", None, "number_format"), ("1,234", None, "number_format"),
        ("1.234,5", None, "number_format"), ("1,234.5", None, "number_format"),
        ("12,5", None, "number_format"),
        ("1.234", "1234.5", Decimal("1.234")), ("1,234", "1234.5", "not_a_number"),
        ("1,234.5", "1,234.5", Decimal("1234.5")), ("12,34.5", "1,234.5", "not_a_number"),
        ("1.234,5", "1.234,5", Decimal("1234.5")), ("1234,5", "1.234,5", Decimal("1234.5")),
        ("1.5", "1.234,5", "not_a_number"), ("1e5", None, "not_a_number"), ("nan", None, "not_a_number"),
        ("$5", None, "not_a_number"), ("１２", None, "not_a_number"), ("", None, None),
        ("  7 ", None, Decimal(7)),
    ],
)  # fmt: skip
def test_numbers_are_read_one_way_or_not_at_all(cell, chosen, value):
    assert one(MONEY, cell, number=chosen) == value


@pytest.mark.parametrize(
    ("cell", "chosen", "value"),
    [
        ("2026-01-31", None, date(2026, 1, 31)), ("1962/02/09", None, date(1962, 2, 9)),
        ("2026年1月31日", None, date(2026, 1, 31)), ("31.01.2026", None, date(2026, 1, 31)),
        ("31.02.2026", None, "not_a_date"), ("25/12/2026", None, date(2026, 12, 25)),
        ("12/25/2026", None, date(2026, 12, 25)), ("03/04/2026", None, "date_format"),
        ("03/03/2026", None, date(2026, 3, 3)), ("03/04/2026", "dd/mm/yyyy", date(2026, 4, 3)),
        ("03/04/2026", "mm/dd/yyyy", date(2026, 3, 4)), ("20260131", None, "not_a_date"),
        ("20260131", "yyyymmdd", date(2026, 1, 31)), ("2024-02-29", None, date(2024, 2, 29)),
        ("2023-02-29", None, "not_a_date"), ("0026-01-01", None, "date_range"),
        ("2019-07-05 20:35:26", None, date(2019, 7, 5)), ("2019-07-05 later", None, "not_a_date"),
        ("31.01.2026", "mm/dd/yyyy", "not_this_date_format"), ("", None, None),
    ],
)  # fmt: skip
def test_dates_are_read_one_way_or_not_at_all(cell, chosen, value):
    assert one(DAY, cell, day=chosen) == value


@pytest.mark.parametrize(
    ("cell", "zone", "value"),
    [
        ("2026-01-31 08:00", "Asia/Shanghai", datetime(2026, 1, 31, tzinfo=UTC)),
        ("2026-01-31T00:00:00Z", "Asia/Shanghai", datetime(2026, 1, 31, tzinfo=UTC)),
        ("2026-01-31 01:00:00+0100", "Asia/Shanghai", datetime(2026, 1, 31, tzinfo=UTC)),
        ("2020-12-30 3:15:52.048", "UTC", datetime(2020, 12, 30, 3, 15, 52, 48000, tzinfo=UTC)),
        ("2026-01-31", "UTC", datetime(2026, 1, 31, tzinfo=UTC)),
        ("2026-03-29 02:30", "Europe/Berlin", "time_skipped"),
        ("2026-10-25 02:30", "Europe/Berlin", "time_twice"),
        ("2026-01-31 25:00", "UTC", "not_a_time"), ("2026-01-31 noon", "UTC", "not_a_time"),
    ],
)  # fmt: skip
def test_instants_are_utc_and_impossible_local_times_are_told(cell, zone, value):
    assert one(MOMENT, cell, zone=zone) == value


@pytest.mark.parametrize(
    ("cell", "value"), [("TRUE", True), ("no", False), ("是", True), ("0", False), ("2", "not_yes_or_no")]
)
def test_yes_and_no(cell, value):
    assert one(FLAG, cell) == value


@pytest.mark.parametrize("cell", ["NULL", "N/A", "007", "None", "nan", "-", "=1+1"])
def test_texts_are_what_they_are(cell):
    assert one(TEXT, cell) == cell


def test_texts_are_composed_and_trimmed():
    assert one(TEXT, " Cafe\u0301\ufeff ") == "Café"


@pytest.mark.parametrize("cell", ["a\x00b", "a\x1bb", "a\nb", "a\u202eb", "a\u2067b", "\ud800"])
def test_control_and_direction_characters_are_refused(cell):
    assert one(TEXT, cell) == "characters"


def test_a_note_may_have_lines():
    assert one(NOTE, "one\r\ntwo\tthree 🙂") == "one\ntwo\tthree 🙂"


def test_typed_cells_do_not_follow_the_chosen_formats():
    values, bad, _ = type_column(MONEY, [Typed("1.234"), "1.234"], Formats(number="1.234,5"))

    assert values == [Decimal("1.234"), Decimal(1234)] and not bad


def test_a_second_style_of_dates_is_found():
    _, _, other = type_column(DAY, ["2026-01-31", "", "2026-02-01", "2026/02/02"], Formats())

    assert other == 3


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_every_format_reads_what_it_writes(value):
    plain = format(value, "f")
    comma = f"{value:,.4f}"
    point = comma.translate(str.maketrans(",.", ".,"))

    assert one(MONEY, plain, number="1234.5") == value
    assert one(MONEY, comma, number="1,234.5") == value
    assert one(MONEY, point, number="1.234,5") == value


@given(st.text(max_size=30))
def test_no_cell_makes_any_type_fall_over(cell):
    for field in (MONEY, DAY, MOMENT, FLAG, TEXT, NOTE):
        values, bad, _ = type_column(field, [cell], Formats())
        assert len(values) == 1 and all(isinstance(b, Bad) for b in bad.values())

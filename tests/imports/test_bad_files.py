"""Bad input: each file gets one sentence in both languages, and the store is unchanged."""

import pytest
from sqlalchemy import func, select

from lib.errors import Invalid
from lib.flows.import_file import import_path, run_import
from lib.imports.kinds import KINDS
from lib.imports.mapping import propose
from lib.imports.queries import preview
from lib.imports.results import problem_frame
from lib.imports.source import PAGE
from lib.store import database
from lib.store.models import Account, ImportRun, metadata
from lib.words import LANGUAGES, say
from tests.imports.bad_files import BAD, workbook

ACCOUNTS = propose(KINDS["accounts"], ["key", "name", "seats"]).to_dict()
# What one bad cell of an otherwise good file is told: column, cell, code.
CELLS = [
    ("signed_up_on", "31.02.2026", "not_a_date"),
    ("signed_up_on", "03/04/2026", "date_format"),
    ("signed_up_on", "tomorrow", "not_a_date"),
    ("signed_up_on", "2026-13-01", "not_a_date"),
    ("annual_revenue", '"1.234,5"', "number_format"),
    ("annual_revenue", '"1,234"', "number_format"),
    ("annual_revenue", "1.234", "number_format"),
    ("annual_revenue", "1e9", "not_a_number"),
    ("annual_revenue", "NaN", "not_a_number"),
    ("annual_revenue", "Infinity", "not_a_number"),
    ("annual_revenue", "10.0055", "too_precise"),
    ("annual_revenue", "99999999999999999", "amount_too_large"),
    ("annual_revenue", "-5", "negative"),
    ("seats", "-3", "negative"),
    ("seats", "2.5", "not_whole"),
    ("seats", "N/A", "not_a_number"),
    ("seats", "99999999", "too_large"),
    ("status", "sleeping", "not_a_choice"),
    ("is_vip", "perhaps", "not_yes_or_no"),
    ("city", "a\u202eb", "characters"),
    ("city", "a\x07b", "characters"),
    ("city", "x" * 256, "too_long"),
    ("parent", "A-1", "own_parent"),
]


def sizes() -> dict[str, int]:
    with database.reading() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar()
            for name, table in metadata.tables.items()
        }


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_gets_its_sentence_and_changes_nothing(technical, name):
    content, code = BAD[name]
    before = sizes()

    with pytest.raises(Invalid) as refused:
        run_import(technical, "accounts", content, f"{name}.csv", ACCOUNTS)
    assert refused.value.code == code
    with pytest.raises(Invalid, match=code):
        preview(technical, "accounts", content, f"{name}.csv", ACCOUNTS, PAGE)

    sentences = {say(language, refused.value.message_id, **refused.value.values) for language in LANGUAGES}
    assert len(sentences) == 2
    assert all(name in sentence for sentence in sentences if code != "import_missing_columns")
    assert sizes() == before


@pytest.mark.parametrize(("column", "cell", "code"), CELLS)
def test_a_bad_cell_keeps_its_row_out_and_says_why(technical, column, cell, code):
    content = f"key,name,currency,{column}\nA-1,Lumora,USD,{cell}\nA-2,Second,USD,\n".encode()
    mapping = propose(KINDS["accounts"], ["key", "name", "currency", column]).to_dict()

    result = run_import(technical, "accounts", content, "x.csv", mapping)

    fault = result.problems[0]
    assert (fault.line, fault.column, fault.code, fault.severity) == (2, column, code, "error")
    assert (result.read, result.stored, result.reported) == (2, 1, 1)
    assert fault.value and len(fault.value) <= 81
    assert all(problem_frame(result.problems, language).reason[0] for language in LANGUAGES)


def test_a_file_over_the_pages_rows_goes_through_the_command_line(technical, tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("key,name\n" + "".join(f"A-{i},Company {i}\n" for i in range(100_001)), encoding="utf-8")

    result = import_path(technical, "accounts", path)

    assert (result.read, result.stored) == (100_001, 100_001)


def test_formulas_are_reported_and_not_taken(technical):
    content = workbook(("one", [["key", "name", "city", "spare"], ["A-1", "=1+1", "Ulm", "x"],
                                ["A-2", "Second", "Ulm", "=NOW()"],
                                ["A-3", "Third", "#N/A", "x"]]))  # fmt: skip
    mapping = propose(KINDS["accounts"], ["key", "name", "city"]).to_dict()

    result = run_import(technical, "accounts", content, "x.xlsx", mapping)

    found = [(f.line, f.column, f.code, f.severity) for f in sorted(result.problems, key=lambda f: f.line)]
    assert _keys() == ["A-2"]
    assert found[:2] == [(2, "name", "formula", "error"), (3, "spare", "formula", "warning")]
    assert (4, "city", "error_cell", "error") in found
    assert result.read == result.stored + result.reported


def _keys() -> list[str]:
    with database.reading() as connection:
        return list(connection.execute(select(Account.external_id).order_by(Account.id)).scalars())


def test_ragged_rows_and_blank_ones_are_counted(technical):
    content = b"key,name\nA-1,One\nA-2\n\nA-3,Three,more\n , \nA-4,Four,,\n"

    result = run_import(
        technical, "accounts", content, "x.csv", ACCOUNTS | {"columns": {"key": "key", "name": "name"}}
    )

    assert (result.read, result.stored, result.reported, result.blank) == (6, 2, 2, 2)
    assert [(f.line, f.code) for f in result.problems] == [(3, "ragged"), (5, "ragged")]


def test_texts_that_look_like_nothing_stay_texts(technical):
    content = b"key,name,tier\n007,NULL,N/A\n008,'=1+1,None\n"
    mapping = propose(KINDS["accounts"], ["key", "name", "tier"]).to_dict()

    run_import(technical, "accounts", content, "x.csv", mapping)

    with database.reading() as connection:
        rows = connection.execute(
            select(Account.external_id, Account.name, Account.tier).order_by(Account.id)
        )
        assert [tuple(r) for r in rows] == [("007", "NULL", "N/A"), ("008", "=1+1", "None")]


def test_a_strict_import_takes_all_rows_or_none(technical, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"key,name,seats\nA-1,One,1\nA-2,Two,-1\n")
    before = sizes()

    result = import_path(technical, "accounts", path, strict=True)

    assert result.refused and result.reported == 1
    assert sizes() == before


def test_a_dry_run_writes_nothing(technical, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"key,name,seats\nA-1,One,1\n")
    before = sizes()

    result = import_path(technical, "accounts", path, dry_run=True)

    assert (result.stored, sizes()) == (1, before)


def test_what_breaks_in_the_middle_leaves_nothing_behind(technical, monkeypatch):
    """The last step fails: the good rows written before it must go as well."""
    before = sizes()

    def fail(*_args, **_values):
        raise RuntimeError("power cut")

    monkeypatch.setattr("lib.flows.import_file.record", fail)
    with pytest.raises(RuntimeError):
        run_import(technical, "accounts", b"key,name,seats\nA-1,One,1\n", "x.csv", ACCOUNTS)

    assert sizes() == before


def test_a_file_name_is_a_label_and_never_a_path(technical):
    run_import(technical, "accounts", b"key,name,seats\nA-1,One,1\n", "../../etc/passwd", ACCOUNTS)

    with database.reading() as connection:
        assert connection.execute(select(ImportRun.file_name)).scalar() == "passwd"

"""Exports from the command line: the file, its format, its checksum, and the way back in."""

import csv
import hashlib
import json

import pytest
from typer.testing import CliRunner

from lib import __main__ as command_line
from tests import make


def run(*arguments: str):
    return CliRunner().invoke(command_line.app, list(arguments))


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet"])
def test_export_names_rows_and_checksum_of_the_file_it_wrote(embedded, tmp_path, form):
    make.account(name="=cmd|x")
    out = tmp_path / "accounts.out"

    result = run("export", "accounts", "--format", form, "--out", str(out))

    assert result.exit_code == 0
    assert "1 rows" in result.stdout
    assert hashlib.sha256(out.read_bytes()).hexdigest() in result.stdout


@pytest.mark.parametrize(("kind", "first"), [("alerts", "account_id"), ("accounts", "key")])
def test_a_program_finds_the_first_column_of_an_exported_csv_by_its_name(embedded, tmp_path, kind, first):
    make.alert(make.account(external_id="鹿桥-1"))
    run("export", kind, "--format", "csv", "--out", str(tmp_path / "out.csv"))

    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)

    assert row[first] == "鹿桥-1"


def test_the_name_of_the_file_decides_the_format_and_an_existing_one_is_kept(embedded, tmp_path):
    out = tmp_path / "alerts.json"

    first, second = (run("export", "alerts", "--out", str(out)) for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert json.loads(out.read_text(encoding="utf-8")) == []


def test_what_was_exported_imports_again_and_changes_nothing(embedded, tmp_path):
    (tmp_path / "in.csv").write_text("account_id,name,region\nA-1,Lumora,CN\nA-2,Brightport,EU\n", "utf-8")
    run("import", "accounts", str(tmp_path / "in.csv"))
    run("export", "accounts", "--out", str(tmp_path / "out.csv"))

    again = run("import", "accounts", str(tmp_path / "out.csv"))

    assert again.exit_code == 0
    assert "Unchanged: 2" in again.stdout

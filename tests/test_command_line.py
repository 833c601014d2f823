"""The command line: what it prints, where, and the exit codes that scripts rely on."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from lib import __main__ as command_line
from lib import clock
from lib.errors import Conflict
from lib.flows import daily as days
from lib.store import database
from lib.store import models as m
from lib.store.database import read_one, transaction
from tests import make

ROOT = Path(__file__).resolve().parent.parent
ACCOUNTS = "account_id,name,region\nA-1,Lumora Home,CN East\nA-2,Brightport,Europe\n"


def run(*arguments: str):
    return CliRunner().invoke(command_line.app, list(arguments))


def count(model, *where) -> int:
    return read_one(select(func.count()).select_from(model).where(*where))[0]


@pytest.fixture
def empty_store(tmp_path):
    """The address of a SQLite file that does not exist yet, in use."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with database.use(url):
        yield tmp_path / "new.db"
    database.forget(url)


@pytest.fixture
def accounts_file(tmp_path) -> Path:
    path = tmp_path / "accounts.csv"
    path.write_text(ACCOUNTS, encoding="utf-8")
    return path


def test_migrate_makes_an_empty_store_and_changes_nothing_the_second_time(empty_store):
    first, second = run("migrate"), run("migrate")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "ready" in first.stdout
    assert "Nothing was changed" in second.stdout
    assert count(m.Account) == 0
    assert count(m.Person) == 1


def test_a_store_without_schema_is_refused_with_one_sentence(empty_store):
    result = run("daily")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "python -m lib migrate" in result.stderr


def test_messages_come_in_chinese_when_asked(embedded):
    result = run("--lang", "zh-CN", "migrate")

    assert "未做任何更改" in result.stdout


NOT_UNDERSTOOD = (
    ("fly",),
    ("daily", "--as-of", "31.02.2026"),
    ("replay", "--from", "2026-01-01"),
    ("import", "planets", "x.csv"),
    ("import", "accounts", "no-such-file.csv"),
    ("export", "accounts"),
    ("--lang", "fr", "check"),
    ("backup",),
)


@pytest.mark.parametrize("arguments", NOT_UNDERSTOOD)
def test_what_is_not_understood_ends_with_code_2(embedded, arguments):
    result = run(*arguments)

    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_the_help_names_every_command_and_the_exit_codes():
    result = run("--help")

    assert result.exit_code == 0
    for name in (
        "migrate",
        "demo",
        "import",
        "daily",
        "replay",
        "export",
        "backup",
        "restore",
        "check",
        "Exit codes",
    ):
        assert name in result.stdout


def test_import_takes_the_good_rows_and_says_so(database, accounts_file):
    result = run("import", "accounts", str(accounts_file))
    again = run("import", "accounts", str(accounts_file))

    assert (result.exit_code, again.exit_code) == (0, 0)
    assert "New: 2" in result.stdout
    assert "Unchanged: 2" in again.stdout
    assert count(m.Account) == 2


def test_import_keeps_the_operating_system_user_in_the_audit(embedded, accounts_file, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "night-job")

    run("import", "accounts", str(accounts_file))

    assert count(m.AuditEntry, m.AuditEntry.acting_as == "night-job") >= 1


def test_a_dry_run_writes_nothing(embedded, accounts_file):
    result = run("import", "accounts", str(accounts_file), "--dry-run")

    assert result.exit_code == 0
    assert "dry run" in result.stdout
    assert count(m.Account) == 0


@pytest.fixture
def faulty_file(tmp_path) -> Path:
    path = tmp_path / "faulty.csv"
    path.write_text(ACCOUNTS + ",Without a key,CN East\n", encoding="utf-8")
    return path


def test_problems_end_with_a_code_of_their_own_and_go_into_a_file(embedded, faulty_file, tmp_path):
    report = tmp_path / "problems.csv"

    result = run("import", "accounts", str(faulty_file), "--problems", str(report))

    assert result.exit_code == 3
    assert "Left out: 1" in result.stdout
    assert count(m.Account) == 2
    lines = report.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "line,severity,column,value,reason"
    assert lines[1].startswith("4,error,")


def test_problems_without_a_file_are_shown_on_the_error_output(embedded, faulty_file):
    result = run("import", "accounts", str(faulty_file))

    assert result.exit_code == 3
    assert "Line 4" in result.stderr


def test_strict_takes_all_or_nothing(embedded, faulty_file):
    result = run("import", "accounts", str(faulty_file), "--strict")

    assert result.exit_code == 1
    assert count(m.Account) == 0


def test_a_problem_file_that_exists_stops_the_import_before_it_begins(embedded, faulty_file, tmp_path):
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")

    result = run("import", "accounts", str(faulty_file), "--problems", str(tmp_path / "mine.csv"))

    assert result.exit_code == 1
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == "mine"
    assert count(m.Account) == 0


def test_daily_runs_missing_mornings_once(database):
    make.account()

    first, second = run("daily"), run("daily")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "Mornings run: 1" in first.stdout
    assert "Mornings run: 0" in second.stdout


def test_daily_for_a_given_morning_names_what_each_step_did(embedded):
    result = run("daily", "--as-of", "2026-01-05")

    assert result.exit_code == 0
    assert "Renewals opened: 0" in result.stdout
    assert str(days.latest_day()) == "2026-01-05"


def test_a_morning_that_another_process_runs_is_refused(embedded, monkeypatch):
    def taken(*_args, **_values):
        raise Conflict("day_is_running")

    monkeypatch.setattr(days, "run_day", taken)

    assert run("daily", "--as-of", "2026-01-05").exit_code == 1


def test_replay_refuses_ranges_that_make_no_sense(embedded):
    backwards = run("replay", "--from", "2026-02-01", "--to", "2026-01-01")
    ahead = run("replay", "--from", "2026-02-01", "--to", "2199-01-01")

    assert (backwards.exit_code, ahead.exit_code) == (1, 1)
    assert "after the last" in backwards.stderr


def test_replay_walks_past_mornings(database):
    result = run("replay", "--from", "2026-01-01", "--to", "2026-01-31")

    assert result.exit_code == 0
    assert "Alerts opened: 0" in result.stdout


def test_backup_and_restore_bring_a_store_back(database, tmp_path):
    make.account(name="Kept")
    backed = run("backup", str(tmp_path / "desk.zip"))
    make.account(name="Later")

    refused = run("restore", str(tmp_path / "desk.zip"))
    restored = run("restore", str(tmp_path / "desk.zip"), "--replace")

    assert (backed.exit_code, refused.exit_code, restored.exit_code) == (0, 1, 0)
    assert count(m.Account) == 1
    assert (
        json.loads(zipfile.ZipFile(tmp_path / "desk.zip").read("manifest.json"))["tables"]["account"]["rows"]
        == 1
    )


def test_a_backup_into_a_folder_that_is_not_there_is_refused(embedded, tmp_path):
    result = run("backup", str(tmp_path / "nowhere" / "desk.zip"))

    assert result.exit_code == 1
    assert "nowhere" in result.stderr


def test_check_finds_a_sound_store_sound_and_counts_its_rows(database):
    make.account()

    result = run("check")

    assert result.exit_code == 0
    assert "  account: 1\n" in result.stdout
    assert "faults" not in result.stdout


def test_check_ends_with_code_4_when_a_guard_is_missing(embedded):
    with transaction() as session:
        session.connection().exec_driver_sql("DROP TRIGGER note_no_UPDATE")

    result = run("check")

    assert result.exit_code == 4
    assert "note_no_UPDATE" in result.stdout


def test_demo_refuses_a_store_with_accounts(embedded):
    make.account()

    result = run("demo")

    assert result.exit_code == 1
    assert count(m.Account) == 1


def test_a_store_that_is_away_is_refused_without_a_traceback(tmp_path):
    folder = tmp_path / "is-a-folder.db"
    folder.mkdir()

    with database.use(f"sqlite:///{folder}"):
        result = run("daily")

    assert result.exit_code == 1
    assert "does not accept changes" in result.stderr


def test_it_runs_as_a_program_with_results_on_standard_output_only(tmp_path, prepared_sqlite):
    path = tmp_path / "desk.db"
    shutil.copy(prepared_sqlite, path)
    environment = os.environ | {"VIP_DESK_DATABASE_URL": f"sqlite:///{path}", "PYTHONPATH": ""}

    done = subprocess.run(
        [sys.executable, "-m", "lib", "check"], cwd=ROOT, env=environment, capture_output=True, text=True,
        timeout=120,
    )  # fmt: skip

    assert done.returncode == 0
    assert done.stdout.startswith("Schema: in order")
    assert done.stderr == ""


def test_the_clock_is_asked_once_the_command_runs(embedded, monkeypatch):
    """The day is the company's: late in the evening UTC it is the next morning in Shanghai."""
    late = clock.now().replace(year=2026, month=3, day=1, hour=20)
    monkeypatch.setattr(command_line.clock, "now", lambda: late)

    result = run("daily")

    assert "2026-03-02" in result.stdout


def test_notices_send_says_that_no_channel_is_set_up(embedded):
    result = run("notices", "send")

    assert result.exit_code == 0
    assert "VIP_DESK_CHANNEL_MAIL" in result.stdout

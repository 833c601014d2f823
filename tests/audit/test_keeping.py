"""Backups carry a fresh seal and leave a record; restoring verifies, says so, and goes on with the chain."""

import pytest
from sqlalchemy import select, text
from typer.testing import CliRunner

from lib import __main__ as command_line
from lib.accounts import commands as accounts
from lib.errors import DeskError
from lib.flows import keeping
from lib.store import backup, verify
from lib.store.database import read_frame, read_one, reading, transaction
from lib.store.models import AuditEntry
from tests import make


def run(*arguments: str):
    return CliRunner().invoke(command_line.app, list(arguments))


def faults(since: str | None = None) -> list[verify.Fault]:
    with reading() as connection:
        return list(verify.faults(connection, since))


def commands() -> list[str]:
    return read_frame(select(AuditEntry.command).order_by(AuditEntry.id)).command.tolist()


@pytest.fixture
def worked(store, manager) -> int:
    account = make.account(owner=manager.person_id, name="Lumora Home")
    accounts.correct_account(manager, account, 1, {"seats": 12})
    return account


def test_a_backup_is_sealed_recorded_and_verified_when_it_comes_back(database, worked, technical, tmp_path):
    written, made = keeping.back_up(technical, tmp_path / "desk.zip")
    assert commands() == ["accounts.correct_account", "audit.seal", "audit.record_backup"]
    told = read_one(select(AuditEntry.new).order_by(AuditEntry.id.desc()))[0]
    assert told == {"file": "desk.zip", "rows": sum(written.values()), "head": made.head}
    assert backup.kept_entries(tmp_path / "desk.zip")[0] == made.head

    keeping.restore(tmp_path / "desk.zip", make.NOW, replace=True)

    assert commands() == ["accounts.correct_account", "audit.seal", "store.restore"]
    assert read_one(select(AuditEntry.acting_as).order_by(AuditEntry.id.desc()))[0]
    assert faults(made.head) == []


def test_the_chain_goes_on_after_a_restore(database, worked, manager, technical, tmp_path):
    keeping.back_up(technical, tmp_path / "desk.zip")
    keeping.restore(tmp_path / "desk.zip", make.NOW, replace=True)

    accounts.correct_account(manager, worked, 2, {"seats": 13})

    assert faults() == []


def test_a_backup_of_a_broken_record_is_refused_unless_that_is_said(database, worked, technical, tmp_path):
    with transaction() as session:
        lite = session.connection().dialect.name == "sqlite"
        off = "DROP TRIGGER audit_entry_no_UPDATE" + ("" if lite else " ON audit_entry")
        session.execute(text(off))
        session.execute(text("UPDATE audit_entry SET command = 'accounts.other'"))
    backup.write_backup(tmp_path / "desk.zip", make.NOW)

    with pytest.raises(DeskError) as refusal:
        keeping.restore(tmp_path / "desk.zip", make.NOW, replace=True)
    assert (refusal.value.code, refusal.value.values["fault"]) == ("backup_audit_broken", "altered")
    assert commands() == ["accounts.other"]

    keeping.restore(tmp_path / "desk.zip", make.NOW, replace=True, broken_audit=True)
    told = read_one(select(AuditEntry.new).order_by(AuditEntry.id.desc()))[0]
    assert told["broken_audit"] is True


def test_the_command_line_seals_and_checks_against_a_head_it_is_given(embedded, worked, tmp_path):
    sealed = run("seal")
    head = sealed.stdout.split("HEAD ")[1].strip()
    saved = run("backup", str(tmp_path / "desk.zip"))

    assert (sealed.exit_code, saved.exit_code) == (0, 0)
    assert "HEAD 2:" in saved.stdout
    assert run("check", "--since", head).exit_code == 0
    assert run("check", "--since", str(tmp_path / "desk.zip")).exit_code == 0
    other = run("check", "--since", f"1:{'0' * 64}")
    assert other.exit_code == 4
    assert "the record up to it was rewritten" in other.stdout
    assert run("check", "--since", "nonsense").exit_code == 1


def test_a_check_names_the_broken_record_in_words_of_both_languages(embedded, worked):
    with transaction() as session:
        session.execute(text("DROP TRIGGER audit_entry_no_UPDATE"))
        session.execute(text("UPDATE audit_entry SET new = '{}'"))

    english, chinese = run("check"), run("--lang", "zh-CN", "check")

    assert (english.exit_code, chinese.exit_code) == (4, 4)
    assert (
        f"Stream {worked}, position 1 (entry 1): the values do not give the entry's digest." in english.stdout
    )
    assert f"流 {worked}，位置 1（记录 1）：内容与其摘要不符。" in chinese.stdout


def test_an_export_of_the_command_line_goes_on_record(embedded, worked, tmp_path):
    assert run("export", "accounts", "--out", str(tmp_path / "a.csv")).exit_code == 0

    told = read_one(select(AuditEntry.command, AuditEntry.new).order_by(AuditEntry.id.desc()))
    assert told.command == "audit.record_export"
    assert (told.new["what"], told.new["rows"], told.new["format"]) == ("accounts", 1, "csv")

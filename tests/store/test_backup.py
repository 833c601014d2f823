"""A backup restores row for row into either kind of store, and a damaged one leaves the store as it was."""

import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from lib.access import Viewer
from lib.errors import Conflict, Invalid
from lib.store import backup, check, database, migrate
from lib.store import models as m
from lib.store.database import read_one, reading, transaction
from lib.store.doors import audit
from lib.store.models import metadata
from tests import make

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def _work(viewer: Viewer) -> None:
    """Rows that exercise every kind of value: exact, Chinese, JSON, bytes, instants, self references."""
    person_id = viewer.person_id
    parent = make.account(name='Chén & "Söhne"\n陈氏', name_zh="海岸线,有限公司", owner=person_id)
    account = make.account(parent_id=parent)
    subscription = make.subscription(account, discount=Decimal("0.123456789012"))
    make.contract(account)
    make.note(account, person_id, text="=1+1; {'x'} \\ 😀")
    touch = make.touch(account, person_id)
    make.alert(account, evidence={"z": 1.1, "a": [1, None]}, closing_touch_id=touch)
    make.survey(account, answered_at=datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC))
    user = make.user(account)
    with transaction() as session:
        session.add(m.UserDay(user_id=user, day=date(2026, 11, 1), account_id=account, events=3))
        score = {"day": date(2026, 11, 1), "ratio_28": 1 / 3, "recorded_at": NOW}
        session.add(m.ActivityScore(account_id=account, **score))
        audit(session, viewer, "account", account, account_id=account, old={"n": 1.5}, new={"城市": "杭州"})
        session.add(_issued_quote(session, account, person_id))
        found = session.get(m.Subscription, subscription)
        found.seats, found.recorded_at = 7, datetime(2026, 11, 21, tzinfo=UTC)


def _issued_quote(session, account_id: int, person_id: int) -> m.QuoteVersion:
    book = m.PriceBook(code="t", number=1, currency="USD", name_en="t", name_zh="价目表",
                       valid_from=date(2026, 1, 1), published_at=NOW)  # fmt: skip
    quote = m.Quote(account_id=account_id, title="t", created_by=person_id, created_at=NOW, updated_at=NOW)
    session.add_all([book, quote])
    session.flush()
    return m.QuoteVersion(
        quote_id=quote.id, book_id=book.id, currency="USD", edited_by=person_id, pdf=bytes(range(256)),
        starts_on=date(2026, 1, 1), valid_until=date(2026, 2, 1), snapshot={"名": "1.10", "n": None},
    )  # fmt: skip


def _digests() -> dict[str, tuple[int, str]]:
    with reading() as connection:
        return {table.name: backup.digest_of(connection, table) for table in metadata.sorted_tables}


@pytest.fixture
def filled(database, manager):
    _work(manager)
    return _digests()


@pytest.fixture(params=["sqlite", "postgresql"])
def other_store(request, tmp_path):
    """The address of a store that holds no table yet."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'other.db'}"
        yield url
        database.forget(url)
        return
    server = request.getfixturevalue("postgres_server")
    url = server.create(server.fresh_name())
    yield url
    database.forget(url)
    server.drop(url)


def test_a_backup_restores_row_for_row_into_either_store(filled, other_store, tmp_path):
    written = backup.write_backup(tmp_path / "desk.zip", NOW)

    with database.use(other_store):
        restored = backup.read_backup(tmp_path / "desk.zip")
        found = _digests()

    assert restored == written
    assert found == filled
    assert written["subscription_history"] == 1


def test_a_restored_store_is_sound_guarded_and_goes_on_counting(filled, other_store, tmp_path):
    backup.write_backup(tmp_path / "desk.zip", NOW)

    with database.use(other_store):
        backup.read_backup(tmp_path / "desk.zip")
        highest = read_one(select(func.max(m.Account.id)))[0]
        fresh = make.account()
        findings = check.examine()
        with pytest.raises(DBAPIError), transaction() as session:
            session.execute(text("DELETE FROM note"))

    assert fresh == highest + 1
    assert [f for f in findings if not f.ok] == []


def test_a_store_with_work_is_not_overwritten_unless_asked(filled, tmp_path):
    backup.write_backup(tmp_path / "desk.zip", NOW)
    make.account(name="Later")

    with pytest.raises(Conflict) as refusal:
        backup.read_backup(tmp_path / "desk.zip")
    kept = _digests()
    backup.read_backup(tmp_path / "desk.zip", replace=True)

    assert refusal.value.code == "store_not_empty"
    assert kept["account"][0] == filled["account"][0] + 1
    assert _digests() == filled


def test_an_existing_file_is_never_overwritten(embedded, tmp_path):
    path = tmp_path / "desk.zip"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(Conflict):
        backup.write_backup(path, NOW)

    assert path.read_text(encoding="utf-8") == "mine"


def _rewritten(source, target, change):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def _one_digit_off(name, content):
    return content.replace(b"1200000", b"1200001") if name == "tables/contract.jsonl" else content


def _one_row_less(name, content):
    return b"" if name == "tables/note.jsonl" else content


def _older_schema(name, content):
    if name != "manifest.json":
        return content
    return json.dumps(json.loads(content) | {"schema": "0000"}).encode()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_one_digit_off, "backup_differs"),
        (_one_row_less, "backup_differs"),
        (_older_schema, "backup_of_other_version"),
    ],
)
def test_a_changed_backup_is_refused_and_nothing_is_restored(database, manager, tmp_path, change, code):
    _work(manager)
    backup.write_backup(tmp_path / "desk.zip", NOW)
    changed = _rewritten(tmp_path / "desk.zip", tmp_path / "changed.zip", change)
    make.account(name="Later")
    before = _digests()

    with pytest.raises(Exception) as refusal:
        backup.read_backup(changed, replace=True)

    assert refusal.value.code == code
    assert _digests() == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"id,name\n1,x\n"])
def test_a_file_that_is_no_backup_is_refused(embedded, tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)

    with pytest.raises(Invalid) as refusal:
        backup.read_backup(tmp_path / "x.zip")

    assert refusal.value.code == "backup_unreadable"


def test_a_backup_is_one_moment_while_others_write(filled, tmp_path):
    """A row that arrives while the backup runs is in none of its tables."""
    seen = []

    def write_meanwhile(table: str, _share: float) -> None:
        if table == "account" and not seen:
            seen.append(make.account(name="Meanwhile"))

    written = backup.write_backup(tmp_path / "desk.zip", NOW, write_meanwhile)

    assert written["account"] == filled["account"][0]


def test_a_check_finds_a_missing_guard_and_lines_that_do_not_add_up(embedded):
    account = make.account()
    with transaction() as session:
        session.execute(text("DROP TRIGGER note_no_UPDATE"))
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        version = _issued_quote(session, account, 1)
        version.list_minor = 5
        session.add(version)

    broken = {finding.code: finding.detail for finding in check.examine() if not finding.ok}

    assert broken == {"triggers": "note_no_UPDATE", "quote-sums": "1"}


def test_a_store_without_tables_is_reported_as_such(tmp_path):
    with database.use(f"sqlite:///{tmp_path / 'none.db'}"):
        findings = check.examine()

    assert [(f.code, f.ok) for f in findings] == [("schema", False)]
    assert migrate.newest()

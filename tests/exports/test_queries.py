"""What leaves can come back: every kind exports its viewer's rows, and imports them to the same store."""

import pytest

from lib.errors import Invalid, NotAllowed
from lib.exports.queries import EXPORTS, export
from lib.flows.import_file import import_path
from lib.sheet import csv_bytes, parquet_bytes, xlsx_bytes
from lib.store import database
from tests import make
from tests.imports import samples
from tests.imports.filling import fill


@pytest.mark.parametrize("kind", EXPORTS)
def test_every_kind_exports_with_its_columns_also_when_empty(technical, kind):
    frame = export(technical, kind)

    assert len(frame.columns) >= 4


def test_an_export_holds_the_viewers_rows_alone(database, manager, other_manager):
    make.contact(make.account(owner=manager.person_id, name="Mine"), name="Wang Tao")
    make.contact(make.account(owner=other_manager.person_id, name="Canary"), name="Canary")

    for kind in ("accounts", "contacts"):
        assert "Canary" not in export(manager, kind).to_string()
        assert len(export(manager, kind)) == 1


def test_whole_numbers_stay_whole_beside_missing_ones(database, technical):
    make.account(external_id="A", seats=12)
    make.account(external_id="B", seats=None)

    frame = export(technical, "accounts")

    assert frame["seats"].dtype == "Int64"
    assert b"12.0" not in csv_bytes(frame[["key", "seats"]])


def test_export_needs_its_permission(database, admin):
    with pytest.raises(NotAllowed):
        export(admin.__class__(person_id=1, name="x", roles=frozenset(), now=admin.now), "accounts")


def test_an_unknown_kind_is_refused_with_the_ones_there_are(technical):
    with pytest.raises(Invalid, match="export_kind_unknown"):
        export(technical, "passwords")


@pytest.mark.parametrize(
    ("maker", "suffix"), [(csv_bytes, "csv"), (xlsx_bytes, "xlsx"), (parquet_bytes, "parquet")]
)
def test_what_was_exported_imports_again_and_changes_nothing(technical, tmp_path, maker, suffix):
    fill(technical, samples.write(tmp_path / "in"))

    for kind in ("people", "accounts", "subscriptions", "users", "activity", "tickets", "opportunities",
                 "churn_events", "feature_usage"):  # fmt: skip
        frame = export(technical, kind)
        path = tmp_path / f"{kind}.{suffix}"
        path.write_bytes(maker(frame))
        again = import_path(technical, kind, path)

        assert (again.read, again.unchanged) == (len(frame), len(frame)), (kind, again.problems[:3])


def test_what_was_exported_fills_an_empty_store_with_the_same_rows(technical, tmp_path, prepared_sqlite):
    fill(technical, samples.write(tmp_path / "in"))
    kinds = ("people", "accounts", "subscriptions", "users", "activity", "feature_usage", "tickets")
    files = {kind: tmp_path / f"{kind}.csv" for kind in kinds}
    for kind, path in files.items():
        path.write_bytes(csv_bytes(export(technical, kind)))
    copy = tmp_path / "other.db"
    copy.write_bytes(prepared_sqlite.read_bytes())

    with database.use(f"sqlite:///{copy}"):
        for kind, path in files.items():
            import_path(technical, kind, path)
            assert csv_bytes(export(technical, kind)) == path.read_bytes(), kind
    database.forget(f"sqlite:///{copy}")

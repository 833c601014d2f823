"""Import rows per second beside what the bare store takes of the same rows by executemany.

The ceiling is the driver alone: the rows lie ready in memory, typed, and go into the real table with its real
indexes in one transaction. The import reads, types, judges, reports, writes, audits and follows up.
"""

import csv
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from lib.flows.import_file import import_path
from lib.flows.prepare import prepare
from lib.people.identity import technical_viewer
from lib.store import database

ACCOUNTS, USERS, ACTIVE, DAYS = 10_000, 20_000, 2_000, 100
Row = Sequence[object]


def imports(_store_url: str) -> None:
    print("\nImport by the command's way, beside executemany into the same table in the same run")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        accounts = _csv(folder / "accounts.csv", _account_header(), _accounts())
        users = _csv(folder / "users.csv", ["user_id", "account_id", "created_on"], _users())
        activity = _csv(folder / "activity.csv", ["user_id", "account_id", "date", "events"], _activity())
        bare, desk = folder / "bare.db", folder / "desk.db"
        for path in (bare, desk):
            with database.use(f"sqlite:///{path}"):
                prepare(datetime.now(UTC))
        with database.use(f"sqlite:///{desk}"):
            for kind, path, ceiling in (
                ("accounts", accounts, _bare_accounts),
                ("users", users, None),
                ("activity", activity, _bare_activity),
            ):
                _compare(kind, path, ceiling, bare)


def _compare(kind: str, path: Path, ceiling: Callable[[Path], tuple[int, float]] | None, bare: Path) -> None:
    viewer = technical_viewer(datetime.now(UTC), acting_as="bench")
    began = time.perf_counter()
    result = import_path(viewer, kind, path)
    took = time.perf_counter() - began
    if result.reported or not result.stored:
        raise RuntimeError(f"{kind}: {result.reported} reported, {result.stored} stored")
    beside = ""
    if ceiling:
        rows, seconds = ceiling(bare)
        share = (result.stored / took) / (rows / seconds)
        beside = f"bare store {rows / seconds:,.0f} rows/s, the import reaches {share:.0%}"
    print(f"{kind:<34}{result.stored / took:>15,.0f} rows/s   {beside}", flush=True)


def _csv(path: Path, header: Sequence[str], rows: Sequence[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def _account_header() -> list[str]:
    return ["account_id", "name", "name_zh", "status", "tier", "plan", "region", "country", "city",
            "industry", "seats", "signup_date"]  # fmt: skip


def _accounts() -> list[Row]:
    return [
        (f"B-{i:06d}", f"Lumora Trading {i}", f"海岸线贸易 {i}", "active", "gold", "pro", "CN", "China",
         "Shenzhen", "fashion", 5 + i % 90, date(2023, 1, 1) + timedelta(days=i % 900))
        for i in range(ACCOUNTS)
    ]  # fmt: skip


def _users() -> list[Row]:
    return [(f"U-{i}", f"B-{i % 400:06d}", "2023-01-01") for i in range(USERS)]


def _activity() -> list[Row]:
    last = datetime.now(UTC).date() - timedelta(days=1)
    return [
        (f"U-{i}", f"B-{i % 400:06d}", last - timedelta(days=back), 1 + i % 20)
        for back in range(DAYS) for i in range(ACTIVE)
    ]  # fmt: skip


def _timed(path: Path, statement: str, rows: list[Row]) -> tuple[int, float]:
    store = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -65536"):
        store.execute(f"PRAGMA {pragma}")
    began = time.perf_counter()
    store.execute("BEGIN IMMEDIATE")
    store.executemany(statement, rows)
    store.execute("COMMIT")
    took = time.perf_counter() - began
    store.close()
    return len(rows), took


def _bare_accounts(path: Path) -> tuple[int, float]:
    now = datetime.now(UTC).isoformat(" ")
    rows = [(*map(str, row[:10]), row[10], str(row[11]), now, now) for row in _accounts()]
    return _timed(
        path,
        "INSERT INTO account (version, external_id, name, name_zh, status, tier, plan, region, country, city,"
        " industry, seats, signed_up_on, created_at, updated_at, is_vip, language, currency, source)"
        " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'en', 'USD', 'bench')",
        rows,
    )


def _bare_activity(path: Path) -> tuple[int, float]:
    seats = [(i + 1, f"U-{i}", 1 + i % 400) for i in range(ACTIVE)]
    _timed(path, "INSERT INTO seat_user (version, id, external_id, account_id, kind)"
           " VALUES (1, ?, ?, ?, 'human')", seats)  # fmt: skip
    last = datetime.now(UTC).date() - timedelta(days=1)
    rows = [
        (i + 1, str(last - timedelta(days=back)), 1 + i % 400, 1 + i % 20)
        for back in range(DAYS) for i in range(ACTIVE)
    ]  # fmt: skip
    return _timed(path, "INSERT INTO user_day (user_id, day, account_id, events) VALUES (?, ?, ?, ?)", rows)

"""A day's alerts of 100,000 accounts beside a bare scan of the same figures: python -m tests.bench.activity.

Makes a SQLite store with about 27 million user-days in its last 119 days (about 4 GB; --store keeps it), then
measures one morning as the daily run has it: the day that came since yesterday is packed, and the morning is
evaluated from the store (reading, deciding, evidence; nothing of it is written). Beside it DuckDB over the
same rows in its own file: per account and per user the sums the rules need. Each in its own process, so that
the memory is theirs. With --replay also 281 mornings of 10,000 accounts.
"""

import argparse
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
from sqlalchemy import delete

from lib.activity.evaluation import evaluate
from lib.activity.loading import pack_facts
from lib.activity.rules import thresholds
from lib.flows.prepare import prepare
from lib.store import database, policy
from lib.store.models import ActivitySheet

LAST = date(2026, 11, 19)
USERS_EACH, CHANCE, DAYS = 8, 0.284, 119
BARE = """
WITH users AS (
  SELECT account_id, user_id,
         sum(CASE WHEN day <= {gap} THEN 1 ELSE 0 END) AS past,
         sum(CASE WHEN day > {month} THEN 1 ELSE 0 END) AS month,
         sum(CASE WHEN day > {week} THEN 1 ELSE 0 END) AS week
  FROM user_day WHERE day > {first} GROUP BY account_id, user_id)
SELECT account_id, sum(past), sum(month), sum(week), max(past / 3.0 - month), count(*)
FROM users GROUP BY account_id
"""


def make(path: Path, accounts: int, days: int) -> int:
    """A prepared store with plain teams; every twentieth account lost two thirds of its people 30 days ago.
    How many user-days it holds."""
    url = f"sqlite:///{path}"
    with database.use(url):
        prepare(datetime.now(UTC))
    database.forget(url)
    rng, stamp = np.random.default_rng(5), "2026-11-19 00:00:00"
    store = sqlite3.connect(path)
    store.execute("PRAGMA journal_mode = OFF")
    store.execute("PRAGMA foreign_keys = OFF")
    store.execute("PRAGMA cache_size = -500000")
    regions, trades = ("CN", "EMEA", "AMER", "APAC"), ("fashion", "beauty", "food")
    _insert(store, "account", (
        {"id": i, "external_id": f"A-{i}", "name": f"Account {i}", "status": "active", "is_vip": 0,
         "region": regions[i % 4], "industry": trades[i % 3], "currency": "USD", "seats": 10,
         "language": "en", "source": "bench", "signed_up_on": "2024-01-01", "created_at": stamp,
         "updated_at": stamp, "version": 1} for i in range(1, accounts + 1)))  # fmt: skip
    count = accounts * USERS_EACH
    _insert(store, "seat_user", (
        {"id": u, "external_id": f"U-{u}", "account_id": (u - 1) // USERS_EACH + 1, "kind": "human",
         "version": 1} for u in range(1, count + 1)))  # fmt: skip
    total = 0
    keen = rng.beta(2.2, 5.5, count) * CHANCE / 0.2857
    owner = np.arange(count) // USERS_EACH + 1
    leaving = (owner % 20 == 0) & (np.arange(count) % USERS_EACH < 6)
    dates = [(LAST - timedelta(days=back)).isoformat() for back in range(days - 1, -1, -1)]
    week = np.array([0.3 if date.fromisoformat(d).weekday() >= 5 else 1.28 for d in dates])
    late = np.where(np.arange(days) >= days - 30, 0.05, 1.0)
    for begin in range(0, count, 16_000):  # in the order of the keys: several times faster
        part = slice(begin, min(begin + 16_000, count))
        chance = np.minimum(keen[part, None] * week, 0.95) * np.where(leaving[part, None], late, 1)
        who, when = np.nonzero(rng.random(chance.shape) < chance)
        total += len(who)
        user, account = who + begin + 1, owner[who + begin]
        store.executemany(
            "INSERT INTO user_day (user_id, day, account_id, events) VALUES (?, ?, ?, 5)",
            (
                (u, dates[d], a)
                for u, d, a in zip(user.tolist(), when.tolist(), account.tolist(), strict=True)
            ),
        )
        pairs, people = np.unique(account * days + when, return_counts=True)
        store.executemany(
            "INSERT INTO account_day (account_id, day, active_users, events, named) VALUES (?, ?, ?, 9, 1)",
            ((k // days, dates[k % days], n) for k, n in zip(pairs.tolist(), people.tolist(), strict=True)),
        )
    store.commit()
    store.close()
    return total


def _insert(store: sqlite3.Connection, table: str, rows) -> None:  # noqa: ANN001 - any iterable of dicts
    rows = iter(rows)
    first = next(rows)
    names = list(first)
    marks = ", ".join(f":{name}" for name in names)
    text = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - own names
    store.execute(text, first)
    store.executemany(text, rows)


def desk(path: Path, mornings: int) -> dict[str, float]:
    """Pack the newest day and evaluate the last mornings; seconds, alerts found, and the most memory this
    process ever held."""
    limits = thresholds(policy.shipped()["activity"])
    last = LAST + timedelta(days=1)
    first = last - timedelta(days=mornings - 1)
    span = (first - timedelta(days=1), LAST, limits)
    with database.use(f"sqlite:///{path}"):
        with database.transaction() as session:  # as yesterday's run left them
            pack_facts(session, *span)
            session.execute(delete(ActivitySheet).where(ActivitySheet.day == LAST))
        began = time.perf_counter()
        with database.transaction() as session:
            pack_facts(session, *span)
        with database.reading() as connection:
            found = evaluate(connection, first, last, limits)
        took = time.perf_counter() - began
    return {"seconds": took, "alerts": len(found.found), "mib": _memory()}


def bare(path: Path) -> dict[str, float]:
    """The same sums by DuckDB from its own file, both cores."""
    connection = duckdb.connect(str(path), read_only=True)
    days = {name: f"DATE '{LAST - timedelta(days=back)}'"
            for name, back in (("gap", 35), ("month", 28), ("week", 7), ("first", 119))}  # fmt: skip
    began = time.perf_counter()
    rows = connection.execute(BARE.format(**days)).fetchnumpy()
    return {"seconds": time.perf_counter() - began, "alerts": len(rows["account_id"]), "mib": _memory()}


def _memory() -> float:
    """The most memory this process ever held, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def copy_for_duckdb(store: Path, target: Path) -> None:
    reader = sqlite3.connect(store)
    connection = duckdb.connect(str(target))
    connection.execute("CREATE TABLE user_day (user_id INTEGER, account_id INTEGER, day DATE)")
    rows = reader.execute("SELECT user_id, account_id, julianday(day) - 1721424.5 FROM user_day ORDER BY day")
    while part := rows.fetchmany(2_000_000):
        columns = np.array(part)
        frame = {"u": columns[:, 0].astype(np.int32), "a": columns[:, 1].astype(np.int32),
                 "d": columns[:, 2].astype(np.int32) - date(1970, 1, 1).toordinal()}  # fmt: skip
        connection.execute("INSERT INTO user_day SELECT u, a, DATE '1970-01-01' + d FROM frame")
        del frame
    connection.close()


def apart(task: str, path: Path, mornings: int = 1) -> dict[str, float]:
    """The task in a process of its own."""
    asked = [sys.executable, "-m", "tests.bench.activity", "--task", task, "--store", str(path),
             "--mornings", str(mornings)]  # fmt: skip
    return json.loads(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)


def report(name: str, runs: list[dict[str, float]]) -> float:
    middle = statistics.median(run["seconds"] for run in runs)
    most = max(run["mib"] for run in runs)
    print(f"{name:<46}{middle:>8.2f} s{most:>8.0f} MiB   {runs[0]['alerts']:,.0f} found", flush=True)
    return middle


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--replay", action="store_true")
    parser.add_argument("--mornings", type=int, default=1)
    parser.add_argument("--task", choices=("desk", "bare"))
    chosen = parser.parse_args()
    if chosen.task:
        done = desk(chosen.store, chosen.mornings) if chosen.task == "desk" else bare(chosen.store)
        print(json.dumps(done))
        return
    with tempfile.TemporaryDirectory() as name:
        store = chosen.store or Path(name) / "bench.db"
        flat = store.with_suffix(".duckdb")
        if not store.exists():
            print(
                f"{chosen.accounts:,} accounts, {make(store, chosen.accounts, DAYS):,} user-days", flush=True
            )
        if not flat.exists():
            copy_for_duckdb(store, flat)
        ours, theirs = [], []
        for _ in range(chosen.times):  # by turns, so that a busy machine is busy for both
            theirs.append(apart("bare", flat))
            ours.append(apart("desk", store))
        scan = report("bare scan by DuckDB", theirs)
        day = report("one morning's alerts, from the store", ours)
        print(f"{'ratio':<46}{day / scan:>8.1f} x")
        if chosen.replay:
            small = Path(name) / "replay.db"
            print(f"10,000 accounts, {make(small, 10_000, 420):,} user-days", flush=True)
            report("replay of 281 mornings, 10,000 accounts", [apart("desk", small, 281)])


if __name__ == "__main__":
    main()

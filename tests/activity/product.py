"""A made-up world through the product's own way: files, import, replay and export of the command line."""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from lib.activity.rules import thresholds
from lib.store import policy
from tests.activity.inprocess import run
from tests.activity.simulator import START, World, simulate

ROOT = Path(__file__).resolve().parents[2]


def files(world: World, folder: Path, arrived_by: int | None = None) -> list[tuple[str, Path]]:
    """accounts.csv, users.csv and activity.csv of a world; kind and path. With `arrived_by` (a day number)
    the activity ends there."""
    rng = np.random.default_rng(world.seed)
    accounts = (
        (f"A-{a['id']:05}", a["region"], a["vertical"], "gold", a["seats"], a["seats"] * 600,
         date.fromordinal(a["born"]), f"M-{a['id'] % 7}")
        for a in world.accounts
    )  # fmt: skip
    users = (
        (f"U-{n:06}", f"A-{account:05}", "editor", kind, date.fromordinal(since))
        for n, account, kind, since in world.users
    )
    kept = world.rows if arrived_by is None else world.rows[world.rows[:, 2] <= arrived_by]
    events = 1 + rng.poisson(6, len(kept))
    activity = (
        (f"A-{a:05}", f"U-{u:06}", date.fromordinal(d), e)
        for (a, u, d), e in zip(kept.tolist(), events.tolist(), strict=True)
    )
    return [
        ("accounts", _csv(folder / "accounts.csv",
         "account_id,region,vertical,tier,seats,arr,signup_date,am_id", accounts)),
        ("users", _csv(folder / "users.csv", "user_id,account_id,role,kind,created_on", users)),
        ("activity", _csv(folder / "activity.csv", "account_id,user_id,day,events", activity)),
    ]  # fmt: skip


def _csv(path: Path, header: str, rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header.split(","))
        writer.writerows(rows)
    return path


def command(store: Path, *words: object) -> None:
    """python -m lib … on the store. Raises RuntimeError with what it said."""
    asked = [sys.executable, "-m", "lib", *map(str, words)]
    environment = os.environ | {"VIP_DESK_DATABASE_URL": f"sqlite:///{store}"}
    done = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}")


def through_the_product(world: World, folder: Path) -> set[tuple]:
    """(account, morning, kind, end, users worst first) of every alert the export holds."""
    store, out = folder / "desk.db", folder / "alerts.csv"
    command(store, "migrate")
    for kind, path in files(world, folder):
        command(store, "import", kind, path, "--preset", "activity-log")
    first, last = date.fromordinal(START + 2), date.fromordinal(START + world.days)
    command(store, "replay", "--from", first, "--to", last)
    command(store, "export", "alerts", "--format", "csv", "--out", out)
    with out.open(encoding="utf-8-sig", newline="") as read:
        return {
            (row["account_id"], row["alerted_on"], row["kind"], row["resolved_on"], row["who"],
             round(float(row["severity"]), 1) if row["kind"] == "activity" else None)
            for row in csv.DictReader(read)
        }  # fmt: skip


def in_process(world: World) -> set[tuple]:
    """The same of the detector alone."""
    rung, _ = run(world, thresholds(policy.shipped()["activity"]))
    return {
        (f"A-{a.account:05}", date.fromordinal(a.day).isoformat(), str(a.kind),
         date.fromordinal(a.closes).isoformat() if a.closes else "", ";".join(f"U-{u:06}" for u in a.who),
         round(a.severity, 1) if a.kind == "activity" else None)
        for a in rung if a.kind != "watch"
    }  # fmt: skip


def compare(accounts: int = 150, days: int = 500, seed: int = 101) -> None:
    world = simulate(accounts, days, seed)
    with tempfile.TemporaryDirectory() as name:
        product, detector = through_the_product(world, Path(name)), in_process(world)
    print(f"files, import, replay, export: {len(product)} alerts; detector: {len(detector)}; "
          f"different: {len(product ^ detector)}")  # fmt: skip

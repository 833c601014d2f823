"""Small files the walk adds to third-party data: twelve teams at work, one of which falls silent."""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

TEAM, PAST_DAYS, SILENT_DAYS = 6, 150, 34


def teams(folder: Path, account_keys: list[str], fading: str, last_day: date) -> tuple[Path, Path]:
    """users.csv and activity.csv for these accounts, up to `last_day`; the team of `fading` falls silent."""
    dice = Random(5)
    users = [(f"{account}-U{n}", account, f"User {n}", date(2024, 1, 1)) for account in account_keys
             for n in range(TEAM)]  # fmt: skip
    days = []
    for back in range(PAST_DAYS, -1, -1):
        day = last_day - timedelta(days=back)
        for user, account, _name, _created in users:
            share = 0.1 if account == fading and back < SILENT_DAYS else 0.8
            if dice.random() < (share if day.weekday() < 5 else share / 5):
                days.append((user, account, day, dice.randint(1, 20)))
    return (
        write(folder / "users.csv", ("user_id", "account_id", "name", "created_on"), users),
        write(folder / "activity.csv", ("user_id", "account_id", "date", "events"), days),
    )


def write(path: Path, header: tuple[str, ...], rows: list[tuple]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)
    return path

"""The risk level and the watch list on a public activity log: python -m tests.activity.real FOLDER.

FOLDER holds accounts.csv, daily_activity.csv and labels.csv: who was not active at all in the 91 days from a
date on. Only rows before that date are used: each figure is that of the walk on the day before.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from lib.activity import facts as f
from lib.activity.detector import breaches, lonely, read_history
from lib.activity.lifecycle import walk
from lib.activity.rules import AlertKind, Thresholds, thresholds
from lib.store import policy

SILENT = 30


@dataclass(frozen=True)
class Found:
    """One entry a snapshot: risk level, whether watched, days of silence, one person, and the truth."""

    risk: np.ndarray
    watched: np.ndarray
    silent: np.ndarray
    alone: np.ndarray
    gone: np.ndarray


def measure(folder: Path, limits: Thresholds) -> Found:
    accounts = pd.read_csv(folder / "accounts.csv")
    rows = pd.read_csv(folder / "daily_activity.csv", parse_dates=["date"])
    labels = pd.read_csv(folder / "labels.csv", parse_dates=["as_of"])
    place = {account: n for n, account in enumerate(accounts["account_id"])}
    days = np.array([d.toordinal() for d in rows["date"]])
    mornings = np.array([d.toordinal() for d in labels["as_of"]])
    first, last = int(days.min()), int(max(days.max(), mornings.max() - 1))
    daily = np.zeros((last - first + 1, len(accounts)), np.int32)
    daily[days - first, rows["account_id"].map(place)] = rows["active_users"]
    born = pd.to_datetime(accounts["first_active"]).map(pd.Timestamp.toordinal).to_numpy()
    none, count = np.zeros(0, int), len(accounts)
    made = read_history(
        f.Facts(
            first,
            f.Accounts(
                np.arange(count), np.zeros(count, int), np.zeros(1, int), born, np.full(count, -f.NEVER),
                np.full(count, f.NEVER), np.ones(count, int), np.zeros(count, bool),
            ),
            daily, f.Automation(none, none, none), first,
        ),
        limits,
    )  # fmt: skip
    empty = f.empty_team(first, len(daily))
    holds, _ = breaches(made, empty, none, none, limits, lonely(made, 0, limits))
    openings, _ = walk(made, holds, [], first + 2, last + 1, limits)
    at, which = mornings - 1 - first, labels["account_id"].map(place).to_numpy()
    watched = np.zeros((len(daily) + 2, count), bool)
    for entry in openings:
        if entry.kind == AlertKind.WATCH:
            watched[entry.day - first : (entry.closes or last + 2) - first, entry.account] = True
    return Found(
        risk=np.array([made.risks[d].total[a] for d, a in zip(at.tolist(), which.tolist(), strict=True)]),
        watched=watched[mornings - first, which],
        silent=np.array([made.silence[d][a] for d, a in zip(at.tolist(), which.tolist(), strict=True)]),
        alone=(accounts["users"].to_numpy() == 1)[which],
        gone=labels["churned_next_91d"].to_numpy().astype(bool),
    )


def auc(score: np.ndarray, truth: np.ndarray) -> float:
    """Share of (gone, stayed) pairs the score puts in the right order; a tie counts half."""
    ranks = pd.Series(score).rank().to_numpy()
    yes = int(truth.sum())
    return float((ranks[truth].sum() - yes * (yes + 1) / 2) / (yes * (len(truth) - yes)))


def precision_recall(flagged: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    return float(truth[flagged].mean()), float((truth & flagged).sum() / truth.sum())


def main() -> None:
    found = measure(Path(sys.argv[1]), thresholds(policy.shipped()["activity"]))
    half = np.arange(len(found.gone)) < len(found.gone) // 2
    print(f"{len(found.gone)} snapshots, {found.gone.mean():.1%} not active in the next 91 days")
    for name, part in (("all", half | ~half), ("earlier half", half), ("later half", ~half)):
        print(f"AUC of the risk level, {name}: {auc(found.risk[part], found.gone[part]):.3f}")
    print(f"AUC of days of silence: {auc(found.silent, found.gone):.3f}")
    for name, part in (
        ("one-person accounts", found.alone),
        ("all accounts", np.ones(len(found.gone), bool)),
    ):
        for rule, flagged in (("watch list", found.watched), ("silent for 30 days", found.silent >= SILENT)):
            precision, recall = precision_recall(flagged[part], found.gone[part])
            print(f"{name}, {rule}: precision {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main()

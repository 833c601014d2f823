"""Was the score right? Past renewals against the score some time before: deciles, AUC, bands. Pure.

A graded row is one renewal that had its end: the score and its parts at least so many days before the due
day, and whether the contract was lost. AUC is the chance that a lost one scored lower than a kept one
(ties half); its range is the 95% interval of Hanley and McNeil (1982).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd

from lib.health.rules import PARTS, Band, Limits, Numbers, band

LEAST_LOST, LEAST_KEPT = 10, 10  # fewer of either say nothing
AHEAD = (180, 90, 60)


@dataclass(frozen=True)
class Ranked:
    """An AUC with its 95% range; 0.5 is a coin."""

    auc: float
    low: float
    high: float


@dataclass(frozen=True)
class InBand:
    """A band's renewals: how many, how many were lost."""

    band: Band
    count: int
    lost: int


@dataclass(frozen=True)
class Grade:
    """One horizon. `verdict`: few (too few outcomes), none (no better than chance), part (a single part
    ranks better) or good. `deciles`: (lowest score, highest score, renewals, lost) from the lowest tenth up;
    `best`: the best single part and its AUC among the same renewals."""

    ahead: int
    count: int
    lost: int
    score: Ranked | None
    best: tuple[str, Ranked] | None
    deciles: list[tuple[float, float, int, int]]
    bands: list[InBand]
    verdict: str


def ranked(scores: Numbers, lost: Numbers) -> Ranked | None:
    """How well low scores find lost renewals; None without both outcomes."""
    good, bad = np.sort(scores[~lost]), scores[lost]
    if not len(good) or not len(bad):
        return None
    above = len(good) - np.searchsorted(good, bad, side="right")
    ties = np.searchsorted(good, bad, side="right") - np.searchsorted(good, bad, side="left")
    auc = float((above + ties / 2).sum() / (len(good) * len(bad)))
    one, two = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (len(bad) - 1) * (one - auc**2) + (len(good) - 1) * (two - auc**2)
    error = 1.96 * sqrt(max(spread, 0.0) / (len(good) * len(bad)))
    return Ranked(auc, max(auc - error, 0.0), min(auc + error, 1.0))


def grade(rows: pd.DataFrame, ahead: int, limits: Limits) -> Grade:
    """`rows`: score, lost (bool) and a column for each part (missing where it had no data)."""
    known = rows[rows["score"].notna()]
    scores, lost = known["score"].to_numpy(float), known["lost"].to_numpy(bool)
    whole = ranked(scores, lost)
    parts = [
        (str(p), found)
        for p in PARTS
        if (there := known[known[p].notna()]) is not None and 2 * len(there) >= len(known)
        if (found := ranked(there[p].to_numpy(float), there["lost"].to_numpy(bool))) is not None
    ]
    best = max(parts, key=lambda pair: pair[1].auc, default=None)
    return Grade(ahead, len(known), int(lost.sum()), whole, best, deciles(scores, lost),
                 _bands(scores, lost, limits), _verdict(whole, best, lost))  # fmt: skip


def deciles(scores: Numbers, lost: Numbers) -> list[tuple[float, float, int, int]]:
    """Tenths by rank, the lowest scores first; fewer than ten renewals make fewer groups."""
    order = np.argsort(scores, kind="stable")
    return [
        (float(scores[g].min()), float(scores[g].max()), len(g), int(lost[g].sum()))
        for g in np.array_split(order, 10)
        if len(g)
    ]


def _bands(scores: Numbers, lost: Numbers, limits: Limits) -> list[InBand]:
    words = np.array([str(band(s, limits)) for s in scores], dtype=object)
    return [
        InBand(b, int((words == b).sum()), int(lost[words == b].sum()))
        for b in (Band.CRITICAL, Band.WATCH, Band.HEALTHY)
    ]


def _verdict(whole: Ranked | None, best: tuple[str, Ranked] | None, lost: Numbers) -> str:
    if whole is None or lost.sum() < LEAST_LOST or (~lost).sum() < LEAST_KEPT:
        return "few"
    if whole.low <= 0.5:
        return "none"
    return "part" if best is not None and best[1].auc > whole.auc else "good"


def falls(found: Sequence[tuple[float, float, int, int]]) -> int:
    """How often the share of lost renewals rises from one tenth to the next better one; 0 is steady."""
    shares = [gone / count for _low, _high, count, gone in found]
    return sum(later > earlier for earlier, later in zip(shares, shares[1:], strict=False))

"""How a made-up account fades before its contract ends: when, how fast, how deep, and who."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

SHAPES = ("fade", "leavers", "cliff", "steps", "slow")
WEIGHTS = (0.35, 0.3, 0.12, 0.13, 0.1)
YEAR = 365


@dataclass(frozen=True)
class Decline:
    """From `onset` on the team fades; its contract ends on `end`. floor: what is left of those who fade."""

    onset: int
    end: int
    shape: str
    floor: float
    users: tuple[int, ...]

    def moved(self, days: int) -> "Decline":
        return replace(self, onset=self.onset + days, end=self.end + days)


def contract_end(rng: np.random.Generator, born: int, first: int, last: int) -> int | None:
    """A yearly date of the contract, from `first` + 60 on; it may lie a little after the last day."""
    ends = [d for d in range(born + YEAR, last + 120, YEAR) if d >= first + 60]
    return int(rng.choice(ends)) if ends else None


def decline(
    rng: np.random.Generator, chance: Sequence[np.ndarray], fixed: Sequence[int], end: int, days: int
) -> tuple[Decline, dict[int, np.ndarray]]:
    """The decline and, per user it takes, the share of usual activity on each day."""
    shape = str(rng.choice(SHAPES, p=WEIGHTS))
    ahead = int(rng.integers(130, 200)) if shape == "slow" else int(rng.integers(70, 170))
    onset = max(end - ahead, 30)
    floor = float(rng.uniform(0.0, 0.35))
    there = [n for n, c in enumerate(chance) if n not in fixed and c[max(onset - 60, 0) : onset].sum() > 0.5]
    kept = rng.random(len(there)) < rng.uniform(0, 0.2)
    taken = [u for u, stays in zip(there, kept, strict=True) if not stays] or there
    rng.shuffle(taken)
    length = _length(rng, shape, ahead)
    at = np.arange(days) - onset
    shares = {u: _share(rng, shape, at, length, floor, n / len(taken)) for n, u in enumerate(taken)}
    return Decline(onset, end, shape, floor, tuple(taken)), shares


def _length(rng: np.random.Generator, shape: str, ahead: int) -> int:
    if shape == "cliff":
        return int(rng.integers(2, 8))
    if shape == "slow":
        return int(rng.integers(90, ahead - 20))
    return int(rng.integers(14, max(min(90, ahead - 20), 20)))


def _share(
    rng: np.random.Generator, shape: str, at: np.ndarray, length: int, floor: float, turn: float
) -> np.ndarray:
    if shape == "leavers":  # one after the other
        mine = floor if rng.random() < 0.3 else 0.0
        return np.where(at >= turn * length, mine, 1.0)
    if shape == "steps":
        middle = (1 + floor) / 2
        return np.where(at < 0, 1.0, np.where(at < length, middle, floor))
    return np.clip(1 - np.maximum(at, 0) / length * (1 - floor), floor, 1)

"""Walks the health score over past mornings, their activity by the same formulas as the alerts."""

from datetime import date, timedelta

import numpy as np
from sqlmodel import Session

from lib.access import Viewer
from lib.activity.detector import read_history
from lib.activity.loading import load_facts
from lib.activity.rules import thresholds
from lib.health.gathering import Ratios
from lib.health.recording import mornings, record_past
from lib.store import policy


def walk_health(session: Session, viewer: Viewer, first: date, last: date) -> int:
    """Bring the stored health of the mornings first … last up to what is known now; how many rows changed."""
    wanted = list(mornings(session.connection(), first, last))
    if not wanted:
        return 0
    return record_past(session, viewer, first, last, _ratios(session, wanted))


def _ratios(session: Session, wanted: list[date]) -> dict[date, Ratios]:
    """Observed, expected and ratio (R_28) of every account on each morning, from data of the days before."""
    limits = thresholds(policy.values("activity", wanted[-1], session))
    day = timedelta(days=1)
    facts = load_facts(session.connection(), wanted[0] - day, wanted[-1] - day, limits)
    made = read_history(facts, limits, len(facts.daily))  # no risk levels: they are not needed here
    found: dict[date, Ratios] = {}
    for morning in wanted:
        at = morning.toordinal() - 1 - facts.first
        if not 0 <= at < len(facts.daily) or made.silent[at]:
            continue
        known = np.flatnonzero(~np.isnan(made.ratio_28[at]))
        columns = (made.observed(np.full(len(known), at), known), made.expected_28[at, known],
                   made.ratio_28[at, known])  # fmt: skip
        numbers = zip(*(np.round(c.astype(float), 4).tolist() for c in columns), strict=True)
        found[morning] = dict(zip(facts.accounts.ids[known].tolist(), numbers, strict=True))
    return found

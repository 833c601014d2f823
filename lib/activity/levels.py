"""Reads the daily figures beside the alerts: the risk level of an account, and where everybody is quiet."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import func, select

from lib.access import Viewer
from lib.activity.rules import SLUMP
from lib.errors import NotFound
from lib.store import policy
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, ActivityScore
from lib.store.scope import visible_accounts

LEAST_ACCOUNTS = 3  # of fewer one cannot say "everybody"


@dataclass(frozen=True)
class RiskLevel:
    """0 to 100 points on a day, and the parts that add up to it; `fall` is None without an own past."""

    day: date
    total: float
    silence: float
    level: float
    fall: float | None


@dataclass(frozen=True)
class Slump:
    """A region whose accounts are quiet together: share of the usual week, and whether alerts wait for it."""

    region: str | None
    share: float
    accounts: int
    away: bool


@query("activity.risk", permission="activity.read", subject="account")
def risk_level(viewer: Viewer, account_id: int) -> RiskLevel | None:
    """The newest risk level of an account; None before its first evaluated day. Raises NotFound."""
    score = ActivityScore
    with reading() as connection:
        known = select(Account.id).where(Account.id == account_id, visible_accounts(viewer))
        if read_one(known, connection) is None:
            raise NotFound()
        row = read_one(
            select(score.day, score.risk, score.risk_silence, score.risk_level, score.risk_fall)
            .where(score.account_id == account_id, score.risk.is_not(None), score.day < viewer.today)
            .order_by(score.day.desc())
            .limit(1),
            connection,
        )
    return RiskLevel(*row) if row else None


@query("activity.risks", permission="activity.read")
def risk_levels(viewer: Viewer) -> pd.DataFrame:
    """The risk level of every account of the viewer on the newest day, highest first: account_id, risk,
    risk_silence, risk_level, risk_fall (points; the last missing without an own past)."""
    score = ActivityScore
    newest = select(func.max(score.day)).where(score.day < viewer.today).scalar_subquery()
    return read_frame(
        select(score.account_id, score.risk, score.risk_silence, score.risk_level, score.risk_fall)
        .join(Account, Account.id == score.account_id)
        .where(score.day == newest, score.risk.is_not(None), visible_accounts(viewer))
        .order_by(score.risk.desc(), score.account_id)
    )


@query("activity.slumps", permission="alert.read")
def slumps(viewer: Viewer) -> list[Slump]:
    """The regions of the viewer's accounts in which the last week was quiet for everybody, worst first."""
    score = ActivityScore
    with reading() as connection:
        newest = select(func.max(score.day)).where(score.day < viewer.today).scalar_subquery()
        # A mood belongs to a cohort, so few differ: the store counts them, no row an account travels.
        rows = read_frame(
            select(Account.region, score.mood_7, func.count().label("accounts"))
            .join(Account, Account.id == score.account_id)
            .where(score.day == newest, score.mood_7.is_not(None), visible_accounts(viewer))
            .group_by(Account.region, score.mood_7),
            connection,
        )
        away = float(policy.values("activity", viewer.today, connection)["opening"]["cohort_away"])
    found = []
    for region, counted in rows.groupby("region", dropna=False):
        moods = np.repeat(counted["mood_7"].to_numpy(), counted["accounts"].to_numpy())
        share = float(np.exp(np.median(moods)))
        if share <= SLUMP and len(moods) >= LEAST_ACCOUNTS:
            found.append(Slump(region if isinstance(region, str) else None, share, len(moods), share < away))
    return sorted(found, key=lambda slump: slump.share)

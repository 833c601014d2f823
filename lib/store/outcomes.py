"""What became of customers in the past: the losses and the kept renewals every evaluation is held against.

A loss is, whichever comes first: a churn event a source reported, a renewal that was lost, or the end of the
last paid period that nothing followed within the days a contract may pause. Kept is a renewal that was
signed, or the end of a paid period that another one followed. Only what happened before the day asked about
counts.
"""

from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, and_, func, literal, or_, select, true
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.store import policy
from lib.store.database import read_frame
from lib.store.integers import numbered
from lib.store.models import ChurnEvent, Renewal, Subscription
from lib.store.scope import of_visible_accounts

SAME_DAYS = 90  # losses of an account so near each other are one: the event, and the end of its contract
NEAR_DAYS = 31  # a kept end so near another one, or a loss, is the same decision
COLUMNS = ["account_id", "day", "lost", "source", "reason"]


def outcomes(
    connection: Connection, viewer: Viewer | None, today: date, only: int | None = None
) -> pd.DataFrame:
    """account_id, day (date), lost (bool), source (event renewal period), reason (code or None) of the
    viewer's accounts (None: of all; `only`: of one), by account and day. A renewal counts for its contract, a
    period for the account."""
    gap = int(policy.values("contracts", today, connection)["max_gap_days"])
    found = pd.concat(
        [_events(connection, viewer, today, only), _renewals(connection, viewer, today, only),
         _periods(connection, viewer, today, gap, only)],
        ignore_index=True,
    )  # fmt: skip
    losses = _apart(found[found["lost"]], SAME_DAYS)
    kept = _apart(_away_from(found[~found["lost"]], losses, NEAR_DAYS), NEAR_DAYS)
    both = pd.concat([losses, kept], ignore_index=True).sort_values(["account_id", "day"], kind="stable")
    return both.reset_index(drop=True)[COLUMNS]


def _mine(viewer: Viewer | None, account_id: ColumnElement[int], only: int | None) -> ColumnElement[bool]:
    seen = true() if viewer is None else of_visible_accounts(viewer, account_id)
    return seen if only is None else and_(seen, account_id == only)


def _events(connection: Connection, viewer: Viewer | None, today: date, only: int | None) -> pd.DataFrame:
    e = ChurnEvent
    return _typed(read_frame(
        select(e.account_id, e.happened_on.label("day"), literal(True).label("lost"),
               literal("event").label("source"), e.reason)
        .where(e.is_reactivation.is_(False), e.happened_on < today, _mine(viewer, e.account_id, only))
        .order_by(e.account_id, e.happened_on, e.id),
        connection,
    ))  # fmt: skip


def _renewals(connection: Connection, viewer: Viewer | None, today: date, only: int | None) -> pd.DataFrame:
    """A renewal whose contract became part of another one says nothing of its own."""
    r = Renewal
    return _typed(read_frame(
        select(r.account_id, r.due_on.label("day"), (r.stage == "lost").label("lost"),
               literal("renewal").label("source"), r.lost_reason.label("reason"))
        .where(r.closed_on.is_not(None), r.due_on <= today, r.stage.in_(("signed", "lost")))
        .where(or_(r.lost_reason.is_(None), r.lost_reason != "merged"))
        .where(_mine(viewer, r.account_id, only))
        .order_by(r.account_id, r.due_on, r.id),
        connection,
    ))  # fmt: skip


def _periods(
    connection: Connection, viewer: Viewer | None, today: date, gap: int, only: int | None
) -> pd.DataFrame:
    """Ends of paid periods: inside a stretch of cover they were kept, the stretch's own end is a loss."""
    s = Subscription
    rows = read_frame(
        select(s.account_id, numbered(s.starts_on, connection).label("starts_on"),
               func.coalesce(numbered(s.ends_on, connection), date.max.toordinal()).label("ends_on"),
               s.billing)
        .where(s.is_trial.is_(False), s.starts_on <= today, _mine(viewer, s.account_id, only))
        .order_by(s.account_id, s.starts_on, s.id),
        connection,
    )  # fmt: skip
    if rows.empty:
        return _typed(pd.DataFrame(columns=COLUMNS))
    account = rows["account_id"].to_numpy(np.int64)
    starts, ends = (rows[name].to_numpy(np.int64) for name in ("starts_on", "ends_on"))
    reach = pd.Series(ends).groupby(account).cummax().to_numpy()
    fresh = np.ones(len(rows), dtype=bool)
    fresh[1:] = (account[1:] != account[:-1]) | (starts[1:] > reach[:-1] + gap)
    stretch = fresh.cumsum() - 1
    over = pd.Series(ends).groupby(stretch).transform("max").to_numpy()
    last = ends == over
    gone = last & (ends + gap < today.toordinal())
    # A period paid month by month decides nothing on its own: only its end without a follower does.
    stayed = ~last & (ends <= today.toordinal()) & (rows["billing"] != "monthly").to_numpy()
    made = pd.DataFrame({
        "account_id": account, "day": ends, "lost": gone, "source": "period", "reason": None,
    })[gone | stayed]  # fmt: skip
    made["day"] = [date.fromordinal(int(day)) for day in made["day"]]
    return _typed(made.drop_duplicates(["account_id", "day", "lost"]))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype({"account_id": "int64", "lost": bool, "source": object, "reason": object})


def _apart(rows: pd.DataFrame, days: int) -> pd.DataFrame:
    """The first of rows of an account that lie within `days` of the one before; on the same day an event says
    more than a renewal, and a renewal more than a period."""
    place = rows["source"].map({"event": 0, "renewal": 1, "period": 2})
    ordered = rows.assign(place=place).sort_values(
        ["account_id", "day", "place"], kind="stable", ignore_index=True
    )
    kept, last = [], {}
    for at, (account, day) in enumerate(zip(ordered["account_id"], _numbers(ordered), strict=True)):
        if account not in last or day - last[account] > days:
            kept.append(at)
            last[account] = day
    return ordered.iloc[kept]


def _away_from(rows: pd.DataFrame, losses: pd.DataFrame, days: int) -> pd.DataFrame:
    """Without the rows that have a loss of their account within `days` before or after them."""
    room = 2 * date.max.toordinal()  # more than any two days of one account are apart
    gone = np.sort(losses["account_id"].to_numpy() * room + _numbers(losses))
    mine = rows["account_id"].to_numpy() * room + _numbers(rows)
    first, after = (np.searchsorted(gone, mine + by, side) for by, side in ((-days, "left"), (days, "right")))
    return rows[first == after]


def _numbers(rows: pd.DataFrame) -> np.ndarray:
    return np.array([day.toordinal() for day in rows["day"]], dtype=np.int64)


__all__ = ["outcomes"]

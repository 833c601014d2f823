"""The VIP lane: imported tickets against their first-response targets, VIP cases first."""

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd
from sqlalchemy import select

from lib.access import Viewer
from lib.policy.season import season_on
from lib.store import policy
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import Account, Case, VipMembership
from lib.store.naming import spoken_name
from lib.store.scope import visible_accounts
from lib.vips import terms
from lib.vips.terms import VIP, Clock, Terms

PAST_DAYS = 90
COLUMNS = ("id", "key", "account_id", "account", "vip", "emergency", "subject", "priority", "opened_at",
           "closed_at", "tier", "target", "due_at", "response", "clock")  # fmt: skip
_ORDER = {Clock.BREACHED: 0, Clock.RUNNING: 1, Clock.UNKNOWN: 2, Clock.WITHIN: 3}


@dataclass(frozen=True)
class Lane:
    """`open`: open cases, VIP and emergencies first; `past`: VIP cases opened in the last 90 days, open ones
    included, to count clocks by; columns as in COLUMNS, targets in minutes."""

    open: pd.DataFrame
    past: pd.DataFrame
    peak: bool
    leaving: float  # the share others claim leaves after a delay over two hours

    def count(self, clock: Clock) -> int:
        return int((self.past["clock"] == str(clock)).sum())


@query("vips.lane", permission="account.read")
def lane(viewer: Viewer, limit: int = 300) -> Lane:
    """The cases of the viewer's accounts with their first-response clocks at this moment."""
    c, inside = Case, VipMembership.id.is_not(None)
    holds = (VipMembership.account_id == Account.id) & VipMembership.ended_at.is_(None)
    statement = (
        select(c.id, c.external_id.label("key"), c.account_id, spoken_name(viewer, Account).label("account"),
               inside.label("vip"), Account.plan, Account.tier.label("named"), c.subject, c.priority,
               c.escalated, c.opened_at, c.closed_at, c.first_response_minutes.label("response"))
        .join(Account, Account.id == c.account_id)
        .outerjoin(VipMembership, holds)
        .where(visible_accounts(viewer), c.opened_at <= viewer.now)
    )  # fmt: skip
    with reading() as connection:
        day = viewer.today
        tiers, service = (policy.values(name, day, connection) for name in ("tiers", "service"))
        peak_body = policy.values("season", day, connection)
        leaving = float(policy.values("targets", day, connection)["delay"]["leaving"])
        open_now = statement.where(c.closed_at.is_(None)).order_by(inside.desc(), c.opened_at, c.id)
        since = viewer.now - timedelta(days=PAST_DAYS)
        past = statement.where(inside, c.opened_at >= since).order_by(c.opened_at.desc(), c.id)
        found = [read_frame(one, connection) for one in (open_now.limit(limit), past)]
    by_name: dict[str, Terms] = {}

    def held(name: str | None) -> Terms:
        if (name or "") not in by_name:
            by_name[name or ""] = terms.tier_terms(name, tiers, service)
        return by_name[name or ""]

    season = season_on(peak_body, viewer.today).window is not None
    told = [_told(frame, held, viewer, peak_body) for frame in found]
    return Lane(_ordered(told[0]), told[1], season, leaving)


def _told(frame: pd.DataFrame, held, viewer: Viewer, peak_body: dict) -> pd.DataFrame:  # noqa: ANN001
    rows = []
    peaks: dict = {}
    for r in frame.itertuples(index=False):
        day = r.opened_at.date()
        if day not in peaks:
            peaks[day] = season_on(peak_body, day).window is not None
        known = held(VIP if r.vip else r.plan or r.named)
        minutes = terms.target(known, r.priority, peak=peaks[day])
        response = None if r.response is None or r.response != r.response else int(r.response)
        closed = None if r.closed_at is None or r.closed_at != r.closed_at else r.closed_at
        clock = terms.state(r.opened_at, minutes, response=response, closed_at=closed, now=viewer.now)
        rows.append((r.id, r.key, r.account_id, r.account, bool(r.vip),
                     terms.is_emergency(r.priority, bool(r.escalated)), r.subject, r.priority, r.opened_at,
                     closed, known.code, minutes, r.opened_at + timedelta(minutes=minutes), response,
                     str(clock)))  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """VIP cases first, emergencies among them first, then what is late, then what is due."""
    place = sorted(
        range(len(frame)),
        key=lambda n: (not frame["vip"].iat[n], not frame["emergency"].iat[n],
                       _ORDER[Clock(frame["clock"].iat[n])], frame["due_at"].iat[n]),
    )  # fmt: skip
    return frame.iloc[place].reset_index(drop=True)

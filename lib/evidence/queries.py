"""Reads the past for the page Evidence: alerts, losses and account-years of a period, and how they fit."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.errors import NotFound
from lib.evidence import rules
from lib.evidence.rules import RULES, Figures, Limits, Verdicts
from lib.store import policy
from lib.store.database import parts, read_frame, reading
from lib.store.doors import query
from lib.store.models import Account, AccountDay, AuditEntry, ChurnAlert, DayRun
from lib.store.naming import spoken_name
from lib.store.outcomes import outcomes
from lib.store.scope import visible_accounts

PERIODS: dict[str, int | None] = {"year": 365, "half": 183, "two": 731, "all": None}  # days back; None: all
FIGURES = ("losses", "found", "misses", "out_of_sight", "alerts", "right", "false", "early", "verdicts")
WEEKS = 17


@dataclass(frozen=True)
class Past:
    """A period held against the facts. `looked_from` is the first morning that was ever evaluated, by the day
    or by a replay; before it nobody looked. `rules` by rule, and "bells" for the two that ring; `losses`
    as the rules had to find them (by rule), `alerts` with their outcome."""

    first: date
    last: date
    accounts: int
    looked_from: date | None
    rules: dict[str, Figures]
    losses: dict[str, pd.DataFrame]
    alerts: pd.DataFrame
    limits: Limits

    def rows(self, figure: str, rule: str = "bells") -> pd.DataFrame:
        """The rows a figure of FIGURES is counted from. Raises NotFound."""
        if figure not in FIGURES or rule not in self.rules:
            raise NotFound()
        losses = self.losses[rule]
        alerts = self.alerts[self.alerts["kind"].isin(rules.BELLS if rule == "bells" else (rule,))]
        sight = losses["state"].isin(rules.IN_SIGHT)
        picked = {"losses": sight, "found": losses["state"] == "found", "misses": losses["state"] == "miss",
                  "out_of_sight": ~sight}  # fmt: skip
        if figure in picked:
            return losses[picked[figure]].reset_index(drop=True)
        if figure == "verdicts":
            return alerts[alerts["verdict"].notna()].reset_index(drop=True)
        if figure == "early":
            return alerts[alerts["outcome"].isin(("early", "early_right"))].reset_index(drop=True)
        return (alerts if figure == "alerts" else alerts[alerts["outcome"] == figure]).reset_index(drop=True)


@query("evidence.past", permission="kpi.read")
def past(viewer: Viewer, period: str = "year") -> Past:
    """The stored alerts of the last year, half year, two years or ever, and what became of the accounts.

    alerts: id, account_id, account, kind, level, opened_on, resolved_on, status, verdict, cause, outcome,
    lost_on, lead, delay. losses: account_id, account, day, source, reason, began, active_from, state,
    alert_id, opened_on, lead.
    """
    with reading() as connection:
        limits = rules.limits_of(
            *(policy.values(n, viewer.today, connection) for n in ("evidence", "activity"))
        )
        accounts = _accounts(viewer, connection)
        decided = outcomes(connection, viewer, viewer.today)
        alerts = _alerts(viewer, connection)
        losses = decided[decided["lost"]].merge(accounts, on="account_id")
        alerts = rules.judged(alerts.merge(accounts[["account_id", "account"]], on="account_id"), losses,
                              viewer.today, limits)  # fmt: skip
        first, looked_from = _first(viewer.today, period, accounts), _looked_from(connection)
        inside = alerts[(alerts["opened_on"] >= first) & (alerts["opened_on"] <= viewer.today)]
        inside = inside.assign(delay=_delays(connection, inside, limits))
    inside = inside.reset_index(drop=True)
    came = losses[(losses["day"] >= first) & (losses["day"] <= viewer.today)].reset_index(drop=True)
    spans = _spans(accounts, losses)
    years = 0.0
    if looked_from is not None:
        years = rules.account_years(spans, max(first, looked_from), viewer.today)
    seen = {rule: rules.seen(came, alerts, rule, looked_from, limits) for rule in ("bells", *RULES)}
    return Past(
        first, viewer.today, len(accounts), looked_from,
        {rule: rules.figures(rule, rows, inside, years, limits) for rule, rows in seen.items()},
        seen, inside, limits,
    )  # fmt: skip


@query("evidence.verdicts", permission="alert.read")
def verdicts(viewer: Viewer) -> tuple[dict[str, Verdicts], int]:
    """What account managers said of each rule's alerts, ever, over the viewer's accounts; and the fewest
    verdicts from which a precision is given."""
    alert = ChurnAlert
    with reading() as connection:
        rows = connection.execute(
            select(alert.kind, alert.verdict, func.count())
            .join(Account, Account.id == alert.account_id)
            .where(visible_accounts(viewer), alert.verdict.is_not(None))
            .group_by(alert.kind, alert.verdict)
        ).all()
        least = int(policy.values("evidence", viewer.today, connection)["least_verdicts"])
    counts = {(kind, word): count for kind, word, count in rows}
    kinds = sorted({kind for kind, _ in counts} | set(RULES), key=lambda k: (k not in RULES, k))
    said = {kind: Verdicts(*(counts.get((kind, word), 0) for word in ("real", "known", "false")))
            for kind in kinds}  # fmt: skip
    return said, least


def _first(today: date, period: str, accounts: pd.DataFrame) -> date:
    back = PERIODS.get(period, PERIODS["year"])
    if back is not None:
        return today - timedelta(days=back)
    known = [day for day in accounts["active_from"] if isinstance(day, date)]
    return min(known, default=today)


def _looked_from(connection: Connection) -> date | None:
    """The first morning that was evaluated: as a day of its own, or within a replay (its record says from
    when)."""
    entry = AuditEntry
    day = connection.execute(select(func.min(DayRun.day)).where(DayRun.status == "done")).scalar()
    began = connection.execute(
        select(func.min(entry.new["first"].as_string()))
        .where(entry.account_id.is_(None), entry.table_name == "day_run", entry.command == "daily.replay")
    ).scalar()  # fmt: skip
    known = [found for found in (day, began and date.fromisoformat(began)) if found]
    return min(known, default=None)


def _accounts(viewer: Viewer, connection: Connection) -> pd.DataFrame:
    """account_id, account, status, began (signed up), active_from (first day of activity)."""
    oldest = select(func.min(AccountDay.day)).where(AccountDay.account_id == Account.id).scalar_subquery()
    found = read_frame(
        select(Account.id.label("account_id"), spoken_name(viewer, Account).label("account"), Account.status,
               Account.signed_up_on.label("began"), oldest.label("active_from"))
        .where(visible_accounts(viewer))
        .order_by(Account.id),
        connection,
    )  # fmt: skip
    return found.astype({"account_id": "int64", "began": object, "active_from": object})


def _alerts(viewer: Viewer, connection: Connection) -> pd.DataFrame:
    alert = ChurnAlert
    found = read_frame(
        select(alert.id, alert.account_id, alert.kind, alert.level, alert.opened_on, alert.resolved_on,
               alert.status, alert.verdict, alert.cause,
               alert.evidence["expected"].as_float().label("expected"))
        .join(Account, Account.id == alert.account_id)
        .where(visible_accounts(viewer), alert.kind.in_(RULES), alert.opened_on <= viewer.today)
        .order_by(alert.opened_on, alert.id),
        connection,
    )  # fmt: skip
    return found.astype({"account_id": "int64", "id": "int64", "verdict": object, "resolved_on": object})


def _delays(connection: Connection, alerts: pd.DataFrame, limits: Limits) -> pd.Series:
    """Days from the first low week to the alert, for right alerts of the account-level rules."""
    found = pd.Series(pd.NA, index=alerts.index, dtype="Int64")
    right = alerts[alerts["outcome"].isin(rules.RIGHT) & (alerts["kind"] != "onboarding")]
    right = right[right["expected"].notna()]
    if right.empty:
        return found
    d = AccountDay
    begins = min(right["opened_on"]) - timedelta(days=7 * WEEKS)
    daily: dict[int, dict[date, int]] = {}
    for part in parts(sorted(set(right["account_id"]))):
        rows = select(d.account_id, d.day, d.active_users).where(d.account_id.in_(part), d.day >= begins)
        for account, day, people in connection.execute(rows):
            daily.setdefault(account, {})[day] = people
    for at, row in right.iterrows():
        known = daily.get(row["account_id"], {})
        found[at] = rules.onset(known, row["opened_on"], row["expected"], limits.onset_ratio, WEEKS)
    return found


def _spans(accounts: pd.DataFrame, losses: pd.DataFrame) -> pd.DataFrame:
    """From the first activity until the customer left; whoever is still one stays to the end."""
    last = losses.groupby("account_id")["day"].max().to_dict()
    left = [
        last.get(account) if status == "churned" else None
        for account, status in zip(accounts["account_id"], accounts["status"], strict=True)
    ]
    return pd.DataFrame({"starts_on": accounts["active_from"], "ends_on": pd.Series(left, dtype="object")})

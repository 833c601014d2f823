"""Reads the key figures of a viewer's accounts, and the rows behind each of them."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    Select,
    String,
    and_,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.contracts.rules import add_months
from lib.errors import NotFound
from lib.kpi import rules
from lib.kpi.figures import Figures
from lib.kpi.ledger import Ledger, make_ledger
from lib.kpi.rules import Span
from lib.money import preferred
from lib.store import policy
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import Account, ChurnAlert, Renewal, Subscription
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts, visible_accounts

METRICS = ("arr", "nrr", "grr", "logo", "bridge", "risk", "due", "renewal_rate")
_LONG_AGO = date(1990, 1, 1)


@query("kpi.currencies", permission="kpi.read")
def currencies(viewer: Viewer) -> list[str]:
    """Currencies the viewer's accounts pay in, the viewer's preferred one first, then the most used; never
    added to each other."""
    s = Subscription
    paid = select(s.currency).where(s.is_trial.is_(False), of_visible_accounts(viewer, s.account_id))
    stated = select(Account.currency).where(visible_accounts(viewer), _states_arr())
    both = union_all(paid, stated).subquery()
    count = func.count().label("uses")
    statement = select(both.c.currency, count).group_by(both.c.currency)
    used = read_frame(statement.order_by(count.desc(), both.c.currency)).currency
    return preferred(used, viewer.currency)


@query("kpi.regions", permission="kpi.read")
def regions(viewer: Viewer) -> list[str]:
    """Regions of the viewer's accounts, by name."""
    statement = select(Account.region).where(visible_accounts(viewer), Account.region.is_not(None))
    return list(read_frame(statement.distinct().order_by(Account.region)).region)


@query("kpi.figures", permission="kpi.read")
def figures(
    viewer: Viewer, *, currency: str = "USD", grain: str = "quarter", region: str | None = None
) -> Figures:
    """The key figures of the viewer's accounts as of their day; definitions in lib.kpi.rules."""
    span = rules.span_of(viewer.today, grain)
    with reading() as connection:
        held = policy.values("kpi", viewer.today, connection)
        ledger = _ledger(viewer, connection, currency, region)
        alerts = _alerts(viewer, connection, held)
        renewals = _renewals(viewer, connection, currency, region, span, int(held["due_months"]))
    back = -int(held["retention_months"])
    days = rules.month_ends(viewer.today, int(held["trend_months"]))
    both = [*days, span.opening]
    kept = {day: rules.retained(ledger, add_months(day, back), day) for day in both}
    risk = {day: rules.arr_at_risk(ledger, rules.levels_on(alerts, day), day) for day in both}
    return Figures(
        currency=currency, span=span, days=days,
        customers=int((ledger.by_account(span.last) > 0).sum()),
        arr=[rules.arr(ledger, day) for day in days],
        nrr=[rules.nrr(kept[day]) for day in days],
        grr=[rules.grr(kept[day]) for day in days],
        at_risk=[risk[day] for day in days],
        logo=rules.logo_retention(kept[span.last]),
        arr_before=rules.arr(ledger, span.opening),
        nrr_before=rules.nrr(kept[span.opening]),
        grr_before=rules.grr(kept[span.opening]),
        at_risk_before=risk[span.opening],
        bridge=rules.arr_bridge(rules.movements(ledger, span.opening, span.last)),
        risk=_by_cause(rules.at_risk(ledger, rules.levels_on(alerts, span.last), span.last)),
        due=_by_month(_ahead(renewals, viewer.today, int(held["due_months"]))),
        renewed=rules.renewal_rate(_came_due(renewals, span)),
    )  # fmt: skip


@query("kpi.rows", permission="kpi.read")
def rows(
    viewer: Viewer, metric: str, *, currency: str = "USD", grain: str = "quarter", region: str | None = None
) -> pd.DataFrame:
    """The rows behind one figure of METRICS; their amounts re-add to it. Largest amount first.

    Always account_id, account, currency. Then: arr: arr_minor · nrr, grr, logo: opening_minor,
    closing_minor, kept_minor, step · bridge: opening_minor, closing_minor, change_minor, step · risk: cause,
    arr_minor · due, renewal_rate: ends_on (last day), stage, base_minor, expected_minor.
    Raises NotFound for another metric.
    """
    if metric not in METRICS:
        raise NotFound()
    span = rules.span_of(viewer.today, grain)
    with reading() as connection:
        held = policy.values("kpi", viewer.today, connection)
        if metric in ("due", "renewal_rate"):
            months = int(held["due_months"])
            found = _renewals(viewer, connection, currency, region, span, months)
            ahead = metric == "due"
            frame = _ahead(found, viewer.today, months) if ahead else _due_frame(found, span)
            frame = frame.assign(ends_on=_days(frame).tolist())
        else:
            ledger = _ledger(viewer, connection, currency, region)
            alerts = _alerts(viewer, connection, held) if metric == "risk" else []
            frame = _account_rows(metric, ledger, alerts, held, span)
        named = frame.merge(_names(viewer, connection), on="account_id", how="left").assign(currency=currency)
    front = ["account_id", "account", "currency"]
    return named[front + [c for c in named if c not in front]]


def _account_rows(
    metric: str, ledger: Ledger, alerts: list[Any], held: dict[str, Any], span: Span
) -> pd.DataFrame:
    if metric == "risk":
        return _largest(rules.at_risk(ledger, rules.levels_on(alerts, span.last), span.last), "arr_minor")
    if metric == "arr":
        amounts = ledger.by_account(span.last)
        frame = pd.DataFrame({"account_id": ledger.accounts, "arr_minor": amounts})
        return _largest(frame[frame.arr_minor > 0], "arr_minor")
    if metric == "bridge":
        moves = rules.movements(ledger, span.opening, span.last)
        return _largest(moves[moves.step != rules.Step.SAME], "change_minor")
    year_ago = add_months(span.last, -int(held["retention_months"]))
    frame = rules.start_set(rules.movements(ledger, year_ago, span.last))
    return _largest(frame.drop(columns="change_minor"), "opening_minor")


def _largest(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    order = frame[column].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def _ledger(viewer: Viewer, connection: Connection, currency: str, region: str | None) -> Ledger:
    """Paid subscriptions of the viewer's accounts, and the stated ARR of those without any."""
    s = Subscription
    paid = (
        select(
            s.account_id,
            type_coerce(s.starts_on, String),
            type_coerce(s.ends_on, String),
            s.arr_minor,
            (s.billing == "monthly").label("monthly"),
        )
        .where(s.is_trial.is_(False), s.currency == currency, of_visible_accounts(viewer, s.account_id))
        .order_by(s.account_id)
    )
    since = type_coerce(func.coalesce(Account.signed_up_on, literal(_LONG_AGO)), String)
    stated = select(Account.id, since, null(), Account.stated_arr_minor, false()).where(
        Account.currency == currency, visible_accounts(viewer), _states_arr()
    )
    if region:
        inside = select(Account.id).where(Account.region == region)
        paid, stated = paid.where(s.account_id.in_(inside)), stated.where(Account.region == region)
    found = [connection.execute(statement).cursor.fetchall() for statement in (paid, stated)]
    return make_ledger(found[0] + found[1])  # as the driver gives them: nothing here needs SQLAlchemy's rows


def _states_arr() -> Any:
    has_any = exists().where(Subscription.account_id == Account.id, Subscription.is_trial.is_(False))
    return and_(Account.stated_arr_minor > 0, Account.status != "churned", ~has_any)


def _alerts(viewer: Viewer, connection: Connection, held: dict[str, Any]) -> list[Any]:
    a = ChurnAlert
    statement = select(a.account_id, a.level, a.opened_on, a.resolved_on).where(
        a.kind == "activity", a.level.in_(held["risk_levels"]), of_visible_accounts(viewer, a.account_id)
    )
    return connection.execute(statement).fetchall()


def _by_cause(risk: pd.DataFrame) -> pd.DataFrame:
    grouped = risk.groupby("cause").agg(count=("account_id", "size"), arr_minor=("arr_minor", "sum"))
    return grouped.reset_index().sort_values("arr_minor", ascending=False, ignore_index=True)


def _renewals(
    viewer: Viewer, connection: Connection, currency: str, region: str | None, span: Span, months: int
) -> pd.DataFrame:
    """Renewals whose last day (ends_on, datetime64) lies in the span's period or in the months ahead."""
    r = Renewal
    statement: Select = select(
        r.account_id, type_coerce(r.due_on, String), r.stage, r.base_minor, r.expected_minor
    ).where(
        or_(r.lost_reason.is_(None), r.lost_reason != "merged"),
        r.currency == currency,
        r.due_on > span.first,
        r.due_on <= _end_of_sight(span.last, months),
        of_visible_accounts(viewer, r.account_id),
    )  # fmt: skip
    if region:
        statement = statement.where(r.account_id.in_(select(Account.id).where(Account.region == region)))
    found = connection.execute(statement.order_by(r.due_on, r.id)).cursor.fetchall()
    accounts, due, stages, base, expected = list(zip(*found, strict=True)) or ((),) * 5
    whole = {"account_id": accounts, "base_minor": base, "expected_minor": expected}
    frame = pd.DataFrame({name: pd.array(np.array(v, dtype=np.int64)) for name, v in whole.items()})
    ends_on = np.array(due, dtype="datetime64[D]") - np.timedelta64(1, "D")
    return frame.assign(stage=pd.Series(stages, dtype="object"), ends_on=ends_on)


def _days(renewals: pd.DataFrame) -> np.ndarray:
    return renewals.ends_on.to_numpy().astype("datetime64[D]")


def _end_of_sight(today: date, months: int) -> date:
    return add_months(today.replace(day=1), months)


def _due_frame(renewals: pd.DataFrame, span: Span) -> pd.DataFrame:
    """What came due from the period's first day up to its last shown one."""
    days = _days(renewals)
    passed = (days >= np.datetime64(span.first)) & (days <= np.datetime64(span.last))
    return renewals[passed].reset_index(drop=True)


def _came_due(renewals: pd.DataFrame, span: Span) -> list[tuple[str, int, int]]:
    frame = _due_frame(renewals, span)
    return [
        (stage, int(base), int(final))
        for stage, base, final in zip(frame.stage, frame.base_minor, frame.expected_minor, strict=True)
    ]


def _ahead(renewals: pd.DataFrame, today: date, months: int) -> pd.DataFrame:
    """Open renewals that come due from today on, in this month and the following ones."""
    days, end = _days(renewals), np.datetime64(_end_of_sight(today, months))
    is_open = ~renewals.stage.isin(("signed", "lost")).to_numpy(dtype=bool)
    return renewals[(days >= np.datetime64(today)) & (days < end) & is_open].reset_index(drop=True)


def _by_month(ahead: pd.DataFrame) -> pd.DataFrame:
    month = _days(ahead).astype("datetime64[M]").astype("datetime64[s]")
    grouped = ahead.assign(month=month).groupby("month")
    sums = grouped.agg(count=("account_id", "size"), base_minor=("base_minor", "sum")).reset_index()
    return sums.assign(month=pd.Series([m.date() for m in sums.month], index=sums.index, dtype="object"))


def _names(viewer: Viewer, connection: Connection) -> pd.DataFrame:
    spoken = spoken_name(viewer, Account)
    statement = select(Account.id.label("account_id"), spoken.label("account"))
    return read_frame(statement.where(visible_accounts(viewer)), connection)

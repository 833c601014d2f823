"""Reads renewals: the list, the board, the forecast, one account's, and the steps of one."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from lib.access import Viewer
from lib.renewals.rules import BOARD, OPEN, is_overdue
from lib.store import policy
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    AccountDay,
    Assignment,
    ChurnAlert,
    Contract,
    Person,
    Renewal,
    RenewalMove,
    Touch,
)
from lib.store.naming import spoken_name
from lib.store.scope import count_rows, of_visible_accounts

SORTS: dict[str, ColumnElement] = {
    "due_on": Renewal.due_on,
    "base_minor": Renewal.base_minor,
    "expected_minor": Renewal.expected_minor,
    "account": Account.name,
    "stage": Renewal.stage,
    "opens_on": Renewal.opens_on,
}
# A renewal whose contract became part of another one says nothing of its own.
COUNTS = or_(Renewal.lost_reason.is_(None), Renewal.lost_reason != "merged")
_SEVERITY = case({"critical": 3, "high": 2, "medium": 1}, value=ChurnAlert.level, else_=0)
_LEVELS = {3: "critical", 2: "high", 1: "medium"}
_STATUS = {3: "critical", 2: "watch", 1: "watch"}


def within(start: date | None, end: date | None) -> ColumnElement[bool]:
    """Contracts whose last day (the day before `due_on`) lies in [start, end)."""
    limits = [Renewal.due_on > start] if start else []
    return and_(literal(True), *limits, *([Renewal.due_on <= end] if end else []))


def _columns(viewer: Viewer) -> list[Any]:
    r = Renewal
    shown = spoken_name(viewer, Account)
    owner = spoken_name(viewer, Person)
    open_alerts = and_(ChurnAlert.account_id == r.account_id, ChurnAlert.resolved_on.is_(None))
    last_touch = select(func.max(Touch.happened_at)).where(Touch.account_id == r.account_id)
    return [
        r.id, r.version, r.account_id, r.contract_id, shown.label("account"),
        select(func.max(_SEVERITY)).where(open_alerts).scalar_subquery().label("severity"),
        exists().where(AccountDay.account_id == r.account_id).label("has_activity"),
        r.stage, r.category, r.due_on, r.opens_on, r.notice_on, r.currency, r.base_minor, r.expected_minor,
        r.lost_reason, r.closed_on, Contract.product_line, Contract.kind, Contract.auto_renews,
        owner.label("owner"), last_touch.scalar_subquery().label("last_touch_at"),
    ]  # fmt: skip


def _rows(viewer: Viewer, columns: Sequence[Any] | None = None) -> Select:
    owner = and_(
        Assignment.account_id == Renewal.account_id,
        Assignment.duty == "owner",
        Assignment.until.is_(None),
    )
    return (
        select(*(columns if columns is not None else _columns(viewer)))
        .select_from(Renewal)
        .join(Account, Account.id == Renewal.account_id)
        .join(Contract, Contract.id == Renewal.contract_id)
        .outerjoin(Assignment, owner)
        .outerjoin(Person, Person.id == Assignment.person_id)
        .where(of_visible_accounts(viewer, Renewal.account_id), COUNTS)
    )


def _finish(viewer: Viewer, frame: pd.DataFrame, window: int) -> pd.DataFrame:
    """Adds level, status, ends_on, touched_on, overdue to rows and drops what they came from."""
    zone = ZoneInfo(viewer.zone)
    severity = [int(s) if pd.notna(s) else 0 for s in frame.pop("severity")]
    active = [bool(a) for a in frame.pop("has_activity")]
    touched = [None if pd.isna(at) else at.astimezone(zone).date() for at in frame["last_touch_at"]]
    frame["touched_on"] = pd.Series(touched, index=frame.index, dtype="object")
    frame["level"] = pd.Series([_LEVELS.get(s) for s in severity], index=frame.index, dtype="object")
    calm = ["healthy" if a else "no_data" for a in active]
    frame["status"] = [_STATUS.get(s, c) for s, c in zip(severity, calm, strict=True)]
    frame["ends_on"] = [due - timedelta(days=1) for due in frame["due_on"]]
    frame["overdue"] = [
        is_overdue(stage, opens, touch, viewer.today, window)
        for stage, opens, touch in zip(frame["stage"], frame["opens_on"], touched, strict=True)
    ]
    return frame.astype({"overdue": bool})


def _read(viewer: Viewer, statement: Select) -> pd.DataFrame:
    with reading() as connection:
        window = int(policy.values("renewals", viewer.today, connection)["contact_window_days"])
        return _finish(viewer, read_frame(statement, connection), window)


def _filters(
    start: date | None, end: date | None, stages: Sequence[str], currency: str | None, find: str
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [within(start, end)]
    if stages:
        found.append(Renewal.stage.in_(stages))
    if currency:
        found.append(Renewal.currency == currency)
    if find.strip():
        pattern = f"%{find.strip().lower()}%"
        found.append(or_(func.lower(Account.name).like(pattern), Account.name_zh.like(pattern)))
    return found


@query("renewals.list", permission="renewal.read")
def renewals(
    viewer: Viewer, *, start: date | None = None, end: date | None = None, stages: Sequence[str] = (),
    currency: str | None = None, find: str = "", sort: str = "due_on", descending: bool = False,
    limit: int | None = 50, offset: int = 0,
) -> pd.DataFrame:  # fmt: skip
    """Renewals whose contract's last day lies in [start, end), one page of them.

    id, version, account_id, contract_id, account, stage, category, due_on (first day after), opens_on
    (lead date), notice_on, currency, base_minor and expected_minor (ARR in minor units), lost_reason,
    closed_on, product_line, kind, auto_renews, owner, last_touch_at (UTC), touched_on (date), level (worst
    open alert, or missing), status, ends_on (last day), overdue (lead date reached without a logged contact).
    """
    order = SORTS[sort]
    statement = (
        _rows(viewer)
        .where(*_filters(start, end, stages, currency, find))
        .order_by(order.desc() if descending else order, Renewal.id)
        .limit(limit)
        .offset(offset)
    )
    return _read(viewer, statement)


@query("renewals.count", permission="renewal.read")
def count_renewals(
    viewer: Viewer, *, start: date | None = None, end: date | None = None, stages: Sequence[str] = (),
    currency: str | None = None, find: str = "",
) -> int:  # fmt: skip
    """How many rows `renewals` has with the same filters."""
    statement = _rows(viewer, [Renewal.id]).where(*_filters(start, end, stages, currency, find))
    return int(read_one(count_rows(statement))[0])


@query("renewals.board", permission="renewal.read")
def board(
    viewer: Viewer, *, start: date, end: date, currency: str, top: int = 4, whole: str | None = None
) -> pd.DataFrame:
    """The first `top` renewals of each column of the board by due day (all of column `whole`).

    Columns as in `renewals`, and `place`: the board's column.
    """
    places = {str(stage): name for name, stages in BOARD.items() for stage in stages}
    place = case(places, value=Renewal.stage, else_=None)
    rank = func.row_number().over(partition_by=place, order_by=(Renewal.due_on, Renewal.id))
    ranked = (
        select(Renewal.id, place.label("place"), rank.label("rank"))
        .where(
            of_visible_accounts(viewer, Renewal.account_id),
            within(start, end),
            Renewal.currency == currency,
            Renewal.stage.in_(places),
        )
        .subquery()
    )
    statement = (
        _rows(viewer, [*_columns(viewer), ranked.c.place])
        .join(ranked, ranked.c.id == Renewal.id)
        .where(or_(ranked.c.rank <= top, ranked.c.place == (whole or "")))
        .order_by(Renewal.due_on, Renewal.id)
    )
    return _read(viewer, statement)


@query("renewals.summary", permission="renewal.read")
def summary(viewer: Viewer, *, start: date | None = None, end: date | None = None) -> pd.DataFrame:
    """currency, stage, category, count, base_minor, expected_minor: the sums behind strip and board heads,
    of renewals whose contract's last day lies in [start, end)."""
    r = Renewal
    groups = (r.currency, r.stage, r.category)
    statement = (
        select(
            *groups, func.count().label("count"), func.sum(r.base_minor).label("base_minor"),
            func.sum(r.expected_minor).label("expected_minor"),
        )
        .where(of_visible_accounts(viewer, r.account_id), within(start, end), COUNTS)
        .group_by(*groups)
        .order_by(*groups)
    )  # fmt: skip
    return read_frame(statement)


@query("renewals.overdue", permission="renewal.read")
def overdue(viewer: Viewer) -> pd.DataFrame:
    """Open renewals whose lead date has come without a logged contact, the earliest end first.

    Columns as in `renewals`.
    """
    statement = (
        _rows(viewer)
        .where(Renewal.stage.in_(OPEN), Renewal.opens_on <= viewer.today)
        .order_by(Renewal.due_on, Renewal.id)
    )
    frame = _read(viewer, statement)
    return frame[frame.overdue].reset_index(drop=True)


@query("renewals.count_overdue", permission="renewal.read")
def count_overdue(viewer: Viewer) -> int:
    """How many rows `overdue` has: `rules.is_overdue` over whole columns, without what a list shows."""
    r = Renewal
    last_touch = select(func.max(Touch.happened_at)).where(Touch.account_id == r.account_id)
    touched = type_coerce(last_touch.scalar_subquery(), String)
    statement = select(type_coerce(r.opens_on, String), touched).where(
        of_visible_accounts(viewer, r.account_id), COUNTS, r.stage.in_(OPEN), r.opens_on <= viewer.today
    )
    with reading() as connection:
        window = int(policy.values("renewals", viewer.today, connection)["contact_window_days"])
        found = connection.execute(statement).fetchall()
    since = np.array([opens for opens, _ in found], dtype="datetime64[D]") - np.timedelta64(window, "D")
    at = pd.to_datetime(pd.Series([at for _, at in found], dtype="object"), utc=True, format="ISO8601")
    touched_on = at.dt.tz_convert(viewer.zone).dt.tz_localize(None).to_numpy().astype("datetime64[D]")
    return int((np.isnat(touched_on) | (touched_on < since)).sum())


@query("renewals.of_account", permission="renewal.read", subject="account")
def renewals_of_account(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """The renewals of one account, the latest end first; columns as in `renewals`. Empty when the account
    is not there or not the viewer's."""
    statement = _rows(viewer).where(Renewal.account_id == account_id)
    return _read(viewer, statement.order_by(Renewal.due_on.desc(), Renewal.id.desc()))


@query("renewals.one", permission="renewal.read", subject="renewal")
def one_renewal(viewer: Viewer, renewal_id: int) -> pd.DataFrame:
    """One renewal as a frame of one row, or of none; columns as in `renewals`."""
    return _read(viewer, _rows(viewer).where(Renewal.id == renewal_id))


@query("renewals.moves", permission="renewal.read", subject="renewal")
def moves(viewer: Viewer, renewal_id: int) -> pd.DataFrame:
    """moved_at (UTC), from_stage (missing for the opening), to_stage, person, comment, how (what the desk
    itself decided, or missing): the steps of one renewal, newest first."""
    m = RenewalMove
    person = spoken_name(viewer, Person)
    statement = (
        select(m.moved_at, m.from_stage, m.to_stage, person.label("person"), m.comment, m.details)
        .join(Renewal, Renewal.id == m.renewal_id)
        .outerjoin(Person, Person.id == m.person_id)
        .where(m.renewal_id == renewal_id, of_visible_accounts(viewer, Renewal.account_id))
        .order_by(m.id.desc())
    )
    frame = read_frame(statement)
    frame["how"] = [(d or {}).get("how") for d in frame.pop("details")]
    return frame

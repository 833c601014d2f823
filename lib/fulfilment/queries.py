"""Reads of the fulfilment desk: the queue with its clocks, an order line by line, problems, unused rights."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Select, and_, case, func, or_, select

from lib.access import Viewer
from lib.errors import NotFound
from lib.fulfilment import rules
from lib.fulfilment.opening import clocks_of
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, Benefit, BenefitProblem, Contract, Entitlement, Person
from lib.store.naming import spoken_name
from lib.store.scope import admit, of_visible_accounts

B, P = Benefit, BenefitProblem
MOST = 5_000


@dataclass(frozen=True)
class Counts:
    """Benefits that wait, those past their time; open problems, those past their time; orders not told."""

    waiting: int
    late: int
    problems: int
    problems_late: int
    untold: int


def _open(viewer: Viewer) -> Select:
    name = spoken_name(viewer, Account).label("account")
    return (
        select(B.id, B.version, B.account_id, name, B.order_number, B.kind, B.code, B.title_en, B.title_zh,
               B.state, B.due_at, B.promised_at, B.granted, B.provisioned, B.unit, B.share, B.currency,
               B.value_minor, Contract.arr_minor.label("arr_minor"))
        .join(Account, Account.id == B.account_id)
        .outerjoin(Contract, Contract.id == B.contract_id)
        .where(B.state.in_(rules.OPEN), of_visible_accounts(viewer, B.account_id))
    )  # fmt: skip


@query("fulfilment.queue", permission="account.read")
def queue(viewer: Viewer, *, limit: int | None = 50, offset: int = 0) -> pd.DataFrame:
    """id, version, account_id, account, order_number, kind, code, title_en, title_zh, state, due_at,
    promised_at, granted, provisioned, unit, share, currency, value_minor, arr_minor of every benefit that is
    not settled: those past their time first, then by ARR at stake."""
    late = case((B.due_at < viewer.now, 0), else_=1)
    ordered = _open(viewer).order_by(late, Contract.arr_minor.desc().nulls_last(), B.due_at, B.id)
    return read_frame(ordered.limit(limit or MOST).offset(offset))


@query("fulfilment.counts", permission="account.read")
def counts(viewer: Viewer) -> Counts:
    mine, theirs = of_visible_accounts(viewer, B.account_id), of_visible_accounts(viewer, P.account_id)
    ago = viewer.now - timedelta(days=clocks_of(viewer).notice_days)
    with reading() as connection:
        open_, late, untold = connection.execute(
            select(
                func.count().filter(B.state.in_(rules.OPEN)),
                func.count().filter(B.state.in_(rules.OPEN), B.due_at < viewer.now),
                func.count(B.order_number.distinct()).filter(B.told_at.is_(None), B.promised_at < ago),
            ).where(mine)
        ).one()
        problems, problems_late = connection.execute(
            select(func.count(), func.count().filter(P.due_at < viewer.now)).where(
                P.closed_at.is_(None), theirs
            )
        ).one()
    return Counts(open_, late, problems, problems_late, untold)


@query("fulfilment.lines", permission="account.read", subject="account")
def lines(viewer: Viewer, account_id: int, order_number: str | None = None) -> pd.DataFrame:
    """id, version, order_number, line, kind, code, title_en, title_zh, unit, granted, provisioned, used,
    share, applies_to, currency, value_minor, starts_on, expires_on, automatic, state, promised_at, due_at,
    in_force_at, checked_at, told_at of the benefits of an account, or of one order. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
    found = (
        select(B.id, B.version, B.order_number, B.line, B.kind, B.code, B.title_en, B.title_zh, B.unit,
               B.granted, B.provisioned, Entitlement.consumed.label("used"), B.share, B.applies_to,
               B.currency, B.value_minor, B.starts_on, B.expires_on, B.automatic, B.state, B.promised_at,
               B.due_at, B.in_force_at, B.checked_at, B.told_at)
        .outerjoin(Entitlement, Entitlement.id == B.entitlement_id)
        .where(B.account_id == account_id)
    )  # fmt: skip
    if order_number is not None:
        found = found.where(B.order_number == order_number)
    return read_frame(found.order_by(B.promised_at.desc(), B.order_number, B.id))


@query("fulfilment.benefit", permission="account.read", subject="benefit")
def benefit(viewer: Viewer, benefit_id: int) -> dict[str, Any]:
    """account_id and order_number of a benefit. Raises NotFound."""
    found = read_one(
        select(B.account_id, B.order_number).where(
            B.id == benefit_id, of_visible_accounts(viewer, B.account_id)
        )
    )
    if found is None:
        raise NotFound()
    return {"account_id": found[0], "order_number": found[1]}


@query("fulfilment.orders", permission="account.read")
def orders(viewer: Viewer, *, limit: int = 500) -> pd.DataFrame:
    """account_id, account, order_number, lines, in_force, told_at, promised_at, currency, arr_minor of each
    order, the newest first."""
    name = spoken_name(viewer, Account).label("account")
    done = func.sum(case((B.state == rules.State.IN_FORCE, 1), else_=0)).label("in_force")
    return read_frame(
        select(B.account_id, name, B.order_number, func.count().label("lines"), done,
               func.max(B.told_at).label("told_at"), func.min(B.promised_at).label("promised_at"),
               B.currency, func.max(Contract.arr_minor).label("arr_minor"))
        .join(Account, Account.id == B.account_id)
        .outerjoin(Contract, Contract.id == B.contract_id)
        .where(of_visible_accounts(viewer, B.account_id))
        .group_by(B.account_id, Account.name, Account.name_zh, B.order_number, B.currency)
        .order_by(func.min(B.promised_at).desc(), B.order_number)
        .limit(limit)
    )  # fmt: skip


@query("fulfilment.problems", permission="account.read")
def problems(viewer: Viewer, *, closed: bool = False, limit: int = 500) -> pd.DataFrame:
    """id, version, account_id, account, order_number, what, opened_at, due_at, opener, cause, mended, action,
    action_done_at, closed_at; open ones by their clock, closed ones newest first."""
    name = spoken_name(viewer, Account).label("account")
    found = (
        select(P.id, P.version, P.account_id, name, P.order_number, P.what, P.opened_at, P.due_at,
               Person.name.label("opener"), P.cause, P.mended, P.action, P.action_done_at, P.closed_at)
        .join(Account, Account.id == P.account_id)
        .outerjoin(Person, Person.id == P.opened_by)
        .where(of_visible_accounts(viewer, P.account_id))
    )  # fmt: skip
    if closed:
        return read_frame(
            found.where(P.closed_at.is_not(None)).order_by(P.closed_at.desc(), P.id).limit(limit)
        )
    return read_frame(found.where(P.closed_at.is_(None)).order_by(P.due_at, P.id).limit(limit))


@query("fulfilment.rates", permission="account.read")
def rates(viewer: Viewer, since: datetime) -> pd.DataFrame:
    """happened_at, what ("benefit" or "problem"), in_time (told by the day promised; empty for problems)
    of everything since an instant."""
    wait = timedelta(days=clocks_of(viewer).notice_days)
    promised = read_frame(
        select(B.promised_at.label("happened_at"), B.told_at).where(
            B.promised_at >= since, of_visible_accounts(viewer, B.account_id)
        )
    )
    opened = read_frame(
        select(P.opened_at.label("happened_at")).where(
            P.opened_at >= since, of_visible_accounts(viewer, P.account_id)
        )
    )
    in_time = [
        None if pd.isna(row.told_at) and row.happened_at + wait > viewer.now
        else (not pd.isna(row.told_at) and row.told_at <= row.happened_at + wait + timedelta(days=1))
        for row in promised.itertuples()
    ]  # fmt: skip
    first = pd.DataFrame({"happened_at": promised["happened_at"], "what": "benefit", "in_time": in_time})
    second = pd.DataFrame({"happened_at": opened["happened_at"], "what": "problem", "in_time": None})
    return pd.concat([f.astype(object) for f in (first, second)], ignore_index=True)


@query("fulfilment.unused", permission="account.read")
def unused(viewer: Viewer, *, within_days: int = 60, limit: int = 500) -> pd.DataFrame:
    """id, account_id, account, order_number, title_en, title_zh, unit, granted, used, expires_on of benefits
    in force of which something is left and whose last day is near."""
    name = spoken_name(viewer, Account).label("account")
    left = or_(Entitlement.consumed.is_(None), Entitlement.consumed < B.granted)
    return read_frame(
        select(B.id, B.account_id, name, B.order_number, B.title_en, B.title_zh, B.unit, B.granted,
               Entitlement.consumed.label("used"), B.expires_on)
        .join(Account, Account.id == B.account_id)
        .join(Entitlement, Entitlement.id == B.entitlement_id)
        .where(of_visible_accounts(viewer, B.account_id), B.state == rules.State.IN_FORCE,
               B.granted.is_not(None), left,
               and_(B.expires_on >= viewer.today,
                    B.expires_on <= viewer.today + timedelta(days=within_days)))
        .order_by(B.expires_on, B.id)
        .limit(limit)
    )  # fmt: skip

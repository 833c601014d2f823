"""Reads the facts of an evaluation from the store, in bulk, as arrays. For the daily run; not scoped."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Integer, and_, cast, func, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.activity.facts import NEVER, Accounts, Automation, Facts, Team, empty_team
from lib.activity.rules import Numbers, Thresholds
from lib.activity.sheets import pack, read_cells
from lib.store.database import parts
from lib.store.integers import among, integers, joined, numbered
from lib.store.models import Account, AccountDay, ChurnEvent, Contract, Subscription, User, UserDay

CHUNK = 400


def reach(limits: Thresholds) -> int:
    """How many days before the first evaluated one the facts must begin."""
    weeks = 7 * limits.opening_weeks + limits.watch_evaluations
    return limits.noise_first_day + limits.baseline_days + limits.baseline_gap_days + weeks


def team_reach(limits: Thresholds) -> int:
    """How many days before an evaluated one the days of single users are needed."""
    return limits.baseline_days + limits.baseline_gap_days


def begin_of(first: date, start: date | None, limits: Thresholds) -> int:
    """The day number from which on facts are needed to evaluate `first`, activity beginning on `start`."""
    begin = first.toordinal() - reach(limits)
    return begin if start is None else max(begin, min(start.toordinal(), first.toordinal() - 2))


def pack_facts(session: Session, first: date, last: date, limits: Thresholds) -> int:
    """Before an evaluation of the data days first … last: pack what it reads; how many sheets lacked."""
    start = session.execute(select(func.min(AccountDay.day))).scalar()
    return pack(session, begin_of(first, start, limits), last.toordinal()) if start else 0


def load_facts(connection: Connection, first: date, last: date, limits: Thresholds) -> Facts:
    """The facts needed to evaluate the data days first … last."""
    start = connection.execute(select(func.min(AccountDay.day))).scalar()
    begin, end = begin_of(first, start, limits), last.toordinal()
    accounts = load_accounts(connection)
    cells = read_cells(connection, begin, end)[:, accounts.ids]
    unnamed = (cells & 3 == 1).any(axis=0)
    cells >>= 2
    return Facts(
        first=begin,
        accounts=replace(accounts, named=~unnamed),
        daily=cells,
        automation=_automation(connection, accounts.ids, begin, last),
        data_start=start.toordinal() if start else begin,
    )


def load_accounts(connection: Connection) -> Accounts:
    """Every account that is or was a customer; trials and paused ones are not looked at."""
    signed = func.coalesce(numbered(Account.signed_up_on, connection), -NEVER)
    cursor = connection.execute(
        select(
            Account.id, cast(Account.status == "churned", Integer), signed, func.coalesce(Account.seats, 0),
            func.coalesce(Account.region, ""), func.coalesce(Account.industry, ""),
        )
        .where(Account.status.in_(("active", "churned")))
        .order_by(Account.id)
    ).cursor  # fmt: skip
    rows = cursor.fetchall()  # straight from the driver: a frame took longer than the walk over the days
    cursor.close()
    ids, churned, signed_up, seats = _columns([row[:4] for row in rows], 4)
    region, industry = (pd.factorize(np.array([row[n] for row in rows], object))[0] for n in (4, 5))
    pairs, segment = np.unique(
        np.stack([region, industry], axis=1).reshape(-1, 2), axis=0, return_inverse=True
    )
    return Accounts(
        ids=ids,
        segment=segment.reshape(-1).astype(np.int64),
        region_of=pairs[:, 0].astype(np.int64),
        born=_born(connection, ids, signed_up),
        signed_up=signed_up,
        left=_left(connection, ids, churned.astype(bool)),
        seats=seats,
        named=np.ones(len(ids), dtype=bool),
    )


def _columns(rows: Sequence[Sequence[int]], count: int) -> Numbers:
    return np.array(rows, np.int64).reshape(-1, count).T.copy()


def _born(connection: Connection, ids: Numbers, signed: Numbers) -> Numbers:
    """The sign-up day, or where nobody stated one the day of the first activity."""
    born = signed.copy()
    if (signed == -NEVER).any():
        first = select(AccountDay.account_id, func.min(numbered(AccountDay.day, connection))).group_by(
            AccountDay.account_id
        )
        rows = integers(connection, first, 2)
        at, kept = _positions(ids, rows[:, 0])
        seen = np.full(len(ids), NEVER)
        seen[at[kept]] = rows[kept, 1]
        born = np.where(signed == -NEVER, seen, signed)
    return born


def _left(connection: Connection, ids: Numbers, churned: Numbers) -> Numbers:
    """The first day as no customer. A churned account left on its last reported loss, else when its last
    contract or subscription ended; without any date it was never looked at. An active one left when all
    of its contracts are ended ones."""
    lost = _latest(connection, ChurnEvent.account_id, ChurnEvent.happened_on,
                   ChurnEvent.is_reactivation.is_(False))  # fmt: skip
    ended = _latest(connection, Contract.account_id, Contract.ends_on,
                    and_(Contract.ends_on.is_not(None), Contract.kind != "void"))  # fmt: skip
    stopped = _latest(
        connection, Subscription.account_id, Subscription.ends_on, Subscription.ends_on.is_not(None)
    )
    running = set(
        connection.execute(
            select(Contract.account_id).where(Contract.kind.not_in(("ended", "void"))).distinct()
        ).scalars()
    )
    left = np.full(len(ids), NEVER)
    for n, (account_id, gone) in enumerate(zip(ids.tolist(), churned.tolist(), strict=True)):
        if gone:
            known = [source[account_id] for source in (lost, ended, stopped) if account_id in source]
            left[n] = known[0] if known else -NEVER
        elif account_id in ended and account_id not in running:
            left[n] = ended[account_id]
    return left


def _latest(
    connection: Connection, account: ColumnElement[int], day: ColumnElement[date], where: ColumnElement[bool]
) -> dict[int, int]:
    rows = connection.execute(select(account, func.max(day)).where(where).group_by(account)).all()
    return {row[0]: row[1].toordinal() for row in rows}


def _automation(connection: Connection, ids: Numbers, begin: int, last: date) -> Automation:
    since = numbered(User.automated_since, connection)
    day = numbered(UserDay.day, connection)
    rows = integers(
        connection,
        select(UserDay.account_id, day, since)
        .join(User, User.id == UserDay.user_id)
        .where(
            User.kind == "human",
            User.automated_since.is_not(None),
            UserDay.day.between(date.fromordinal(begin), last),
        ),
        3,
    )
    at, kept = _positions(ids, rows[:, 0])
    return Automation(at[kept], rows[kept, 1] - begin, rows[kept, 2])


def load_team(connection: Connection, facts: Facts, positions: Numbers, first: int = 0) -> Team:
    """The human users of these accounts and their days, from the day index `first` to the last."""
    begin = date.fromordinal(facts.first + max(first, 0))
    span = UserDay.day.between(begin, date.fromordinal(facts.last))
    wanted = facts.accounts.ids[np.unique(positions)].tolist()
    columns = (UserDay.account_id, UserDay.user_id, numbered(UserDay.day, connection))
    found = [
        np.stack(joined(connection, columns, among(UserDay.account_id, part, connection), span), axis=1)
        for part in parts(wanted, CHUNK)
    ]
    rows = np.concatenate([np.zeros((0, 3), np.int64), *found])
    since = func.coalesce(numbered(User.automated_since, connection), NEVER)
    human = select(User.id, since).where(User.kind == "human")
    seen = among(User.id, np.unique(rows[:, 1]).tolist(), connection)
    return build_team(facts, rows, integers(connection, human.where(seen), 2))


def build_team(facts: Facts, rows: Numbers, humans: Numbers) -> Team:
    """`rows`: account id, user id, day number; `humans`: user id, day number of the automation flag."""
    width = len(facts.daily)
    humans = humans[np.argsort(humans[:, 0])]
    who, human = _positions(humans[:, 0], rows[:, 1])
    at, kept = _positions(facts.accounts.ids, rows[:, 0])
    use = human & kept
    if not use.any():
        return empty_team(facts.first, width)
    rows, at, who = rows[use], at[use], who[use]
    pair_key = at * len(humans) + who
    pairs, pair = np.unique(pair_key, return_inverse=True)
    return Team(
        first=facts.first,
        width=width,
        account=pairs // len(humans),
        user=humans[pairs % len(humans), 0],
        flagged=humans[pairs % len(humans), 1],
        keys=np.sort(pair.astype(np.int64) * width + (rows[:, 2] - facts.first)),
    )


def _positions(ids: Numbers, wanted: Numbers) -> tuple[Numbers, Numbers]:
    """Where each wanted id stands in the ascending ids, and whether it is there at all."""
    if not len(ids):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return at, ids[at] == wanted

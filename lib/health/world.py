"""What the health score of any morning of a range is computed from, read once for all accounts, as arrays.

Days are day numbers (`date.toordinal`) of the company's calendar; accounts are positions in `ids`. Every row
carries the day it is dated, so that a morning can leave out what came later. For the daily run; not scoped.
"""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection

from lib.health import deals, use
from lib.health.reading import NEVER, Asked, Rows, days, local_days, number
from lib.health.rules import Limits, Numbers
from lib.store.models import Account, AccountDay, Case, FeatureDay, Quote, Touch, User, UserDay


@dataclass(frozen=True)
class World:
    """One dict of equally long arrays a source; `at` is the account's position, everything else a day number,
    a number or a text. `since`: the oldest day of a source anywhere, NEVER where it has no row."""

    ids: Numbers
    accounts: Rows
    people: Rows
    features: Rows
    answers: Rows
    invoices: Rows
    downgrades: Rows
    renewals: Rows
    contracts: Rows
    quotes: Rows
    cases: Rows
    talks: Rows
    sponsors: Rows
    alerts: Rows
    since: dict[str, int]


def load(
    connection: Connection, first: date, last: date, zone: str, limits: Limits, only: int | None = None
) -> World:
    """Everything the mornings first … last need; with `only` of one account (then without its cohort)."""
    ask = Asked(connection, first, last, zone, only)
    frame = ask.frame(
        select(Account.id, Account.status, Account.seats, Account.tier, Account.plan, Account.region,
               Account.industry, Account.signed_up_on)
        .where(*ask.mine(Account.id))
        .order_by(Account.id)
    )  # fmt: skip
    ids = frame["id"].to_numpy(dtype=np.int64)
    contracts = deals.contracts(ask, ids)
    return World(
        ids=ids, accounts=_accounts(ask, frame, ids, contracts), people=use.people(ask, ids, limits),
        features=use.features(ask, ids, limits), answers=use.answers(ask, ids, limits),
        invoices=deals.invoices(ask, ids), downgrades=deals.downgrades(ask, ids),
        renewals=deals.renewals(ask, ids), contracts=contracts, quotes=deals.quotes(ask, ids),
        cases=use.cases(ask, ids, limits), talks=use.talks(ask, ids), sponsors=use.sponsors(ask, ids),
        alerts=deals.alerts(ask, ids), since=_since(ask),
    )  # fmt: skip


def caps_only(connection: Connection, today: date, zone: str, only: int | None = None) -> World:
    """Just what caps a score, for a look at this very moment."""
    ask = Asked(connection, today, today, zone, only)
    frame = ask.frame(select(Account.id).where(*ask.mine(Account.id)).order_by(Account.id))
    ids = frame["id"].to_numpy(dtype=np.int64)
    return World(
        ids, {}, {}, {}, {}, {}, {}, deals.renewals(ask, ids), deals.contracts(ask, ids), {}, {}, {}, {},
        deals.alerts(ask, ids), {},
    )  # fmt: skip


def _accounts(ask: Asked, frame: pd.DataFrame, ids: Numbers, contracts: Rows) -> Rows:
    region = pd.factorize(frame["region"].fillna(""))[0]
    trade = pd.factorize(frame["industry"].fillna(""))[0]
    segment, region_of = _segments(region, trade)
    lower = {name: frame[name].fillna("").str.lower().to_numpy(dtype=object) for name in ("tier", "plan")}
    began = np.where(days(frame["signed_up_on"]) == NEVER, -NEVER, days(frame["signed_up_on"]))
    return lower | {
        "segment": segment, "region_of": region_of, "began": began,
        "scored": frame["status"].isin(("active", "churned")).to_numpy(dtype=bool),
        "left": deals.left(ask, ids, (frame["status"] == "churned").to_numpy(dtype=bool), contracts),
        "seats": number(frame["seats"]), "billed_from": deals.billed_from(ask, ids),
        "named": np.isin(ids, _named(ask)),
    }  # fmt: skip


def _segments(region: Numbers, trade: Numbers) -> tuple[Numbers, Numbers]:
    if not len(region):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    pairs, segment = np.unique(np.stack([region, trade], axis=1), axis=0, return_inverse=True)
    return segment.reshape(-1), pairs[:, 0]


def _named(ask: Asked) -> list[int]:
    """The accounts whose people the source knows."""
    known = select(User.account_id).where(User.kind == "human", *ask.mine(User.account_id)).distinct()
    return list(ask.connection.execute(known).scalars())


def _since(ask: Asked) -> dict[str, int]:
    """The oldest day of each source, anywhere: before it nothing is known, and "none" means no data."""

    def oldest(column: ColumnElement) -> int:
        found = ask.connection.execute(select(func.min(column))).scalar()
        if found is None:
            return NEVER
        return int(local_days([found], ask.zone)[0]) if isinstance(found, datetime) else found.toordinal()

    return {
        "cases": oldest(Case.opened_at), "talks": oldest(Touch.happened_at),
        "quotes": oldest(Quote.created_at), "features": oldest(FeatureDay.day),
        "people": oldest(UserDay.day), "activity": oldest(AccountDay.day),
    }  # fmt: skip

"""Reads what is noted about rivals and losses of one account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import Row, select

from lib.access import Viewer
from lib.errors import NotFound
from lib.store.database import read_one, reading
from lib.store.doors import query
from lib.store.models import Account, Contact, LossReason, Person, RivalSuppliers
from lib.store.naming import spoken_name
from lib.store.outcomes import SAME_DAYS, outcomes
from lib.store.scope import admit, visible_accounts

SURVEY = ("kept_by", "returns", "rating", "went_to")


@dataclass(frozen=True)
class Suppliers:
    """Other suppliers in play; version 0 where nobody noted any."""

    version: int
    count: int
    names: str | None
    noted_on: date | None
    person: str | None


@dataclass(frozen=True)
class Loss:
    """The newest loss of the account and why it happened; `reason` is None while nobody said. source: as in
    store.outcomes, or "person" where only a person said that the customer is gone."""

    lost_on: date
    source: str
    given: str | None
    reason: str | None
    comment: str | None
    version: int
    person: str | None
    answers: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Rivals:
    suppliers: Suppliers
    loss: Loss | None


@query("signals.rivals", permission="account.read", subject="account")
def rivals(viewer: Viewer, account_id: int) -> Rivals:
    """Other suppliers in play, and the newest loss with its reason. Raises NotFound."""
    r, n, person = RivalSuppliers, LossReason, spoken_name(viewer, Person)
    with reading() as connection:
        admit(viewer, account_id, connection)
        row = read_one(
            select(r.version, r.suppliers, r.names, r.noted_on, person)
            .join(Person, Person.id == r.person_id)
            .where(r.account_id == account_id),
            connection,
        )
        past = outcomes(connection, viewer, viewer.today, account_id)
        said = read_one(
            select(
                n.lost_on,
                n.reason,
                n.comment,
                n.version,
                person,
                Account.status,
                *(getattr(n, name) for name in SURVEY),
            )  # fmt: skip
            .join(Person, Person.id == n.person_id)
            .join(Account, Account.id == n.account_id)
            .where(n.account_id == account_id)
            .order_by(n.lost_on.desc())
            .limit(1),
            connection,
        )
    return Rivals(Suppliers(*(row or (0, 0, None, None, None))), _newest(past[past["lost"]], said))


def _newest(losses: pd.DataFrame, said: Row | None) -> Loss | None:
    """The newest loss the data shows with what was said about it; a later word stands alone while the
    customer is gone by that word."""
    last = losses.iloc[-1] if len(losses) else None
    code = last["reason"] if last is not None and isinstance(last["reason"], str) else None
    near = last is not None and said is not None and abs(said.lost_on - last["day"]) <= timedelta(SAME_DAYS)
    if near:
        return Loss(said.lost_on, last["source"], code, *said[1:5], _survey(said))
    if said is not None and said.status == "churned" and (last is None or said.lost_on > last["day"]):
        return Loss(said.lost_on, "person", None, *said[1:5], _survey(said))
    return None if last is None else Loss(last["day"], last["source"], code, None, None, 0, None)


def _survey(said: Row) -> dict[str, str | None]:
    return {name: getattr(said, name) for name in SURVEY}


@query("signals.greeting", permission="account.read", subject="account")
def greeting(viewer: Viewer, account_id: int) -> tuple[str | None, str]:
    """Whom a note to the account is addressed to (the sponsor, else any contact), and in which language.
    Raises NotFound."""
    with reading() as connection:
        account = read_one(
            select(Account.language).where(Account.id == account_id, visible_accounts(viewer)), connection
        )
        if account is None:
            raise NotFound()
        row = read_one(
            select(Contact.name)
            .where(Contact.account_id == account_id, Contact.active)
            .order_by(Contact.is_sponsor.desc(), Contact.id)
            .limit(1),
            connection,
        )
    return row[0] if row else None, account[0]

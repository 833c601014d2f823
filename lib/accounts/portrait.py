"""Reads an account's portrait: entitlements, integrations, departments, goals, roadmap, team, profile, tags,
and what its subscriptions and its use say of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.accounts import portrait_rules as rules
from lib.accounts.item_commands import MODELS
from lib.accounts.portrait_rules import Limits, Sold, Stickiness
from lib.store import policy
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    AccountProfile,
    AccountTag,
    FeatureDay,
    Person,
    Subscription,
    UserDay,
)
from lib.store.naming import spoken_name
from lib.store.scope import admit, of_visible_accounts, visible_accounts
from lib.store.worth import running

SEEN_DAYS, MONTH_DAYS = 28, 30
INTERESTS = 3
_ORDER = {"entitlement": "item", "integration": "name", "department": "name",
          "referral": "referred_on"}  # fmt: skip  # the others by due date


@dataclass(frozen=True)
class Portrait:
    """An account's blocks and what follows from them.

    blocks: table of fields.ITEMS -> its rows with id, version and updated_at; entitlements carry `left`,
    `use` and `origin` (hand, import, seats or plan) too. profile: its fields, `version` (0 without one) and
    `updated_at`. sold: running subscriptions; classes_sold: how many product classes anybody holds.
    logins: active days a user and 30 days, None without known users. interest: (feature, uses, uses before)
    of the last days, the most used first.
    """

    blocks: dict[str, pd.DataFrame]
    profile: dict[str, Any]
    tags: list[str]
    size: str | None
    terms: list[str]
    stickiness: Stickiness
    coverage: float
    sold: list[Sold]
    classes: list[str]
    classes_sold: int
    logins: float | None
    interest: list[tuple[str, int, int]]
    limits: Limits


@query("accounts.portrait", permission="account.read", subject="account")
def portrait(viewer: Viewer, account_id: int) -> Portrait:
    """Everything the blocks below an account's status show. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        found = limits(viewer, connection)
        a = Account
        account = read_one(
            select(a.seats, a.plan, a.employees, a.signed_up_on).where(a.id == account_id), connection
        )
        blocks = {name: _rows(name, account_id, viewer, connection) for name in MODELS}
        sold = _sold(viewer, account_id, connection)
        people, logins = _logins(viewer, account_id, connection)
        quota = policy.values("plans", viewer.today, connection)["quota"]
        blocks["entitlement"] = _entitlements(
            blocks["entitlement"], rules.derived(sold, account.seats, people, account.plan, quota),
            viewer.today, found.nearly,
        )  # fmt: skip
        profile, tags = _profile(account_id, connection), _tags(account_id, connection)
        live = blocks["integration"][blocks["integration"]["live"].astype(bool)]
        terms = rules.terms_of(profile["bespoke"])
        classes = sorted({one.product_class for one in sold} - {""})
        return Portrait(
            blocks=blocks, profile=profile, tags=tags,
            size=rules.size_band(profile["size_band"], account.employees, found), terms=terms,
            stickiness=Stickiness(
                integrations=len(live), terms=len(terms),
                modules=len({one.product for one in sold if one.product}),
                years=rules.full_years(account.signed_up_on, viewer.today),
            ),
            coverage=rules.coverage(live["category"]), sold=sold, classes=classes,
            classes_sold=_classes_sold(viewer, connection), logins=logins,
            interest=_interest(viewer, account_id, found.interest_days, connection), limits=found,
        )  # fmt: skip


@query("accounts.colleagues", permission="account.read")
def colleagues(viewer: Viewer) -> pd.DataFrame:
    """id, name: who can work for an account or be in a meeting, the viewer first; no secret of a book."""
    first = case((Person.id == viewer.person_id, 0), else_=1)
    return read_frame(
        select(Person.id, spoken_name(viewer, Person).label("name"))
        .where(Person.active, Person.external_id != "technical")
        .order_by(first, Person.name, Person.id)
    )


@query("accounts.tags", permission="account.read")
def tags(viewer: Viewer) -> list[str]:
    """Every tag in the viewer's book, by name."""
    found = (
        select(AccountTag.tag)
        .join(Account, Account.id == AccountTag.account_id)
        .where(visible_accounts(viewer))
        .distinct()
        .order_by(AccountTag.tag)
    )
    with reading() as connection:
        return list(connection.execute(found).scalars())


def limits(viewer: Viewer, connection: Connection) -> Limits:
    """The numbers that hold today."""
    today = viewer.today
    return rules.limits(
        policy.values("portrait", today, connection), policy.values("segments", today, connection),
        policy.values("targets", today, connection),
    )  # fmt: skip


def _rows(block: str, account_id: int, viewer: Viewer, connection: Connection) -> pd.DataFrame:
    """The rows of a block that were not taken out; a team with the names of its people."""
    model = MODELS[block]
    skipped = {"account_id", "removed_at", "external_id", "created_at"}
    columns = [c for c in model.__table__.columns if c.name not in skipped]
    order = getattr(model, _ORDER.get(block, "due_on" if block != "team_role" else "role"))
    statement = select(*columns)
    if block == "team_role":
        person = spoken_name(viewer, Person).label("person")
        statement = select(*columns, person).join(Person, Person.id == TEAM.person_id)
    statement = statement.where(model.account_id == account_id, model.removed_at.is_(None))
    return read_frame(statement.order_by(order.is_(None), order, model.id), connection)


TEAM = MODELS["team_role"]


def _sold(viewer: Viewer, account_id: int, connection: Connection) -> list[Sold]:
    s = Subscription
    rows = connection.execute(
        select(s.product, s.product_line, s.plan, s.seats, s.starts_on, s.ends_on)
        .where(s.account_id == account_id, running(viewer.today))
        .order_by(s.id)
    )
    return [Sold(*row) for row in rows]


def _entitlements(
    stored: pd.DataFrame, more: list[dict[str, Any]], today: date, nearly: float
) -> pd.DataFrame:
    """What is written down, before what subscriptions and plan say of items that are not."""
    rows = [row | {"origin": row.pop("source")} for row in stored.to_dict("records")]
    known = {str(row["item"]).casefold() for row in rows}
    rows += [
        row | {"id": None, "version": None, "updated_at": None,
               "origin": "seats" if row["item"] == "seats" else "plan"}
        for row in more if row["item"] not in known
    ]  # fmt: skip
    for row in rows:
        row |= {name: None if pd.isna(row[name]) else row[name] for name in ("starts_on", "expires_on")}
        row |= {n: None if pd.isna(row[n]) else int(row[n]) for n in ("included", "consumed")}
        counted = (row["included"], row["consumed"])
        row["left"] = rules.remaining(*counted)
        row["use"] = str(rules.use_of(*counted, row["starts_on"], row["expires_on"], today, nearly))
    names = [
        "id", "version", "item", "unit", "included", "consumed", "left", "starts_on", "expires_on", "use",
        "origin", "updated_at",
    ]  # fmt: skip
    whole = dict.fromkeys(("id", "version", "included", "consumed", "left"), "Int64")
    return pd.DataFrame(rows, columns=names).astype(whole)


def _profile(account_id: int, connection: Connection) -> dict[str, Any]:
    p = AccountProfile
    names = ("preferred_channel", "size_band", "market_risk", "competitor", "journey_pain", "bespoke",
             "version", "updated_at")  # fmt: skip
    columns = [getattr(p, name) for name in names]
    row = read_one(select(*columns).where(p.account_id == account_id), connection)
    return dict(row._mapping) if row else dict.fromkeys(names) | {"version": 0}


def _tags(account_id: int, connection: Connection) -> list[str]:
    found = select(AccountTag.tag).where(AccountTag.account_id == account_id).order_by(AccountTag.id)
    return list(connection.execute(found).scalars())


def _logins(viewer: Viewer, account_id: int, connection: Connection) -> tuple[int, float | None]:
    """How many users were seen in 28 days, and on how many days of 30 the average one of them was."""
    since = viewer.today - timedelta(days=SEEN_DAYS)
    days, people = connection.execute(
        select(func.count(), func.count(UserDay.user_id.distinct())).where(
            UserDay.account_id == account_id, UserDay.day >= since
        )
    ).one()
    return people, days / people * MONTH_DAYS / SEEN_DAYS if people else None


def _classes_sold(viewer: Viewer, connection: Connection) -> int:
    """How many product classes there are in the viewer's book."""
    s = Subscription
    held = select(func.count(func.coalesce(s.product_line, s.product).distinct()))
    return connection.execute(held.where(of_visible_accounts(viewer, s.account_id))).scalar_one()


def _interest(
    viewer: Viewer, account_id: int, days: int, connection: Connection
) -> list[tuple[str, int, int]]:
    """The features used most in the last days, each with its uses in as many days before."""
    since = viewer.today - timedelta(days=days)
    f = FeatureDay
    now = func.sum(case((f.day >= since, f.uses), else_=0))
    rows = connection.execute(
        select(f.feature, now, func.sum(f.uses) - now)
        .where(f.account_id == account_id, f.day >= since - timedelta(days=days), f.day < viewer.today)
        .group_by(f.feature)
        .having(now > 0)
        .order_by(now.desc(), f.feature)
        .limit(INTERESTS)
    )
    return [(feature, int(uses), int(before)) for feature, uses, before in rows]


def newest(found: Portrait, block: str) -> datetime | None:
    """When a block's shown rows last changed; None while nobody wrote one down."""
    moments = found.blocks[block]["updated_at"].dropna()
    return None if moments.empty else moments.max()

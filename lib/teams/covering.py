"""The list of accounts that lack an owner or a backup, with a proposal for each."""

from datetime import timedelta

import pandas as pd
from sqlalchemy import Select, func, or_, select, true
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.store import cover, worth
from lib.store.database import reading
from lib.store.doors import query
from lib.store.models import Account
from lib.store.naming import spoken_name
from lib.store.scope import visible_accounts
from lib.teams import loading, proposals, zones
from lib.teams.proposals import Need, Proposal
from lib.teams.rules import Limits

MOST = 200  # accounts shown and accepted at once
COLUMNS = ["account_id", "account", "tier", "missing", "owner", "backup", "proposed_owner", "proposed_backup"]


def _lacking(viewer: Viewer, by: Limits, *, everybody: bool) -> Select:
    owner, backup = cover.fit("owner"), cover.fit("backup")
    reach = true() if everybody else or_(visible_accounts(viewer), cover.unheld())
    return (
        select(
            Account.id, spoken_name(viewer, Account).label("name"), Account.tier, Account.is_vip,
            Account.language, Account.zone, Account.country, Account.city,
            func.coalesce(worth.arr(viewer.today), 0).label("worth"), owner.c.person_id.label("owner"),
            backup.c.person_id.label("backup"), owner.c.name.label("owner_name"),
            owner.c.name_zh.label("owner_zh"), backup.c.name.label("backup_name"),
            backup.c.name_zh.label("backup_zh"),
        )
        .outerjoin(owner, owner.c.account_id == Account.id)
        .outerjoin(backup, backup.c.account_id == Account.id)
        .where(*cover.lacking(owner, backup, by.named), reach)
    )  # fmt: skip


def needs(
    connection: Connection | Session, viewer: Viewer, by: Limits, *, everybody: bool = False,
    limit: int = MOST,
) -> list:  # fmt: skip
    """The rows of `_lacking`: without an owner first, then the most valuable, then by id."""
    found = _lacking(viewer, by, everybody=everybody).subquery()
    no_owner = found.c.owner.is_not(None)
    order = select(found).order_by(no_owner, found.c.worth.desc(), found.c.id).limit(limit)
    return list(connection.execute(order))


def proposed(
    connection: Connection | Session, viewer: Viewer, by: Limits, rows: list, *, everybody: bool = False
) -> list[Proposal]:
    """A proposal for each of these rows."""
    carried = loading.loads(connection, by)
    people = loading.candidates(connection, viewer, by, carried, everybody=everybody)
    asked = [
        Need(id=r.id, name=r.name, tier=r.tier, is_vip=bool(r.is_vip), language=r.language,
             zone=zones.zone_of(r.zone, r.country, r.city), worth=int(r.worth), owner=r.owner,
             backup=r.backup)
        for r in rows
    ]  # fmt: skip
    monday = viewer.today - timedelta(days=viewer.today.weekday())
    return proposals.propose(asked, people, by, monday)


@query("teams.to_assign", permission="team.keep")
def to_assign(viewer: Viewer) -> list[tuple[Proposal, str | None, str | None]]:
    """The first MOST accounts that lack an owner or a backup, each with its proposal and the names of those
    who hold a duty and fit. Accounts nobody holds stand in every lead's list."""
    chinese = viewer.language == "zh-CN"
    with reading() as connection:
        by = loading.limits(viewer, connection)
        rows = needs(connection, viewer, by)
        made = proposed(connection, viewer, by, rows)

    def name(row: object, duty: str) -> str | None:
        plain = getattr(row, f"{duty}_name")
        return (getattr(row, f"{duty}_zh") or plain) if chinese else plain

    return [(one, name(row, "owner"), name(row, "backup")) for one, row in zip(made, rows, strict=True)]


@query("teams.to_assign_count", permission="team.keep")
def to_assign_count(viewer: Viewer) -> int:
    """How many accounts lack an owner or a backup, those beyond MOST included."""
    with reading() as connection:
        by = loading.limits(viewer, connection)
        found = _lacking(viewer, by, everybody=False).subquery()
        return connection.execute(select(func.count()).select_from(found)).scalar_one()


def missing_of(need: Need) -> str:
    """owner, backup or both."""
    if need.owner is None:
        return "both" if need.backup is None and need.is_vip else "owner"
    return "backup"


def picks_of(made: list[Proposal]) -> list[tuple[int, int | None, int | None]]:
    """account, owner, backup as `assign_many` takes them; nothing for those nobody fits."""
    return [
        (one.need.id, one.owner.id if one.owner else None, one.backup.id if one.backup else None)
        for one in made
        if one.owner or one.backup
    ]


def empty() -> pd.DataFrame:
    return pd.DataFrame(columns=COLUMNS)

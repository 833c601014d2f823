"""Reads the VIP programme: proposals, members, their history, and what is known of a name."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from lib.access import Viewer
from lib.errors import NotFound
from lib.store import policy
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    Assignment,
    Contact,
    Contract,
    Person,
    VipMembership,
    VipProfile,
    VipProposal,
)
from lib.store.naming import spoken_name
from lib.store.scope import admit, visible_accounts
from lib.store.worth import arr
from lib.vips.rules import Mode
from lib.vips.terms import Terms, every_tier

DECIDED = ("accepted", "refused", "later", "lapsed")


@dataclass(frozen=True)
class Level:
    """A service level of VIP SLAs: its names, how many accounts it carries, and how many it can."""

    code: str
    name_en: str
    name_zh: str
    held: int
    capacity: int


@dataclass(frozen=True)
class Standard:
    """The terms of every tier, the service levels, and what one account manager can carry."""

    terms: list[Terms]
    levels: list[Level]
    per_manager: int
    lead_may_exceed: bool
    months: int


@dataclass(frozen=True)
class Known:
    """What is known of a name; `version` of the profile is None where nothing was written down yet.

    `facts` are the account's own columns, `contacts` the possible champions by id.
    """

    account_id: int
    account: str
    account_version: int
    version: int | None
    big_name: bool
    big_name_reason: str | None
    champion_id: int | None
    champion: str | None
    advocacy: list[str]
    advocacy_note: str | None
    currency: str
    facts: dict[str, Any]
    contacts: dict[int, str]
    member_id: int | None
    member_version: int | None


@query("vips.proposals", permission="account.read")
def proposals(viewer: Viewer, *, decided: bool = False, limit: int | None = 500) -> pd.DataFrame:
    """id, version, account_id, account, rule, evidence, proposed_on, status, reason, decider, decided_at,
    again_on, arr_minor, currency, owner: open proposals, the largest ARR first within a currency; with
    `decided` those that were answered, the newest first."""
    owner, decider = aliased(Person), aliased(Person)
    p = VipProposal
    statement = (
        select(p.id, p.version, p.account_id, spoken_name(viewer, Account).label("account"), p.rule,
               p.evidence, p.proposed_on, p.status, p.reason, spoken_name(viewer, decider).label("decider"),
               p.decided_at, p.again_on, arr(viewer.today).label("arr_minor"), Account.currency,
               spoken_name(viewer, owner).label("owner"))
        .join(Account, Account.id == p.account_id)
        .outerjoin(decider, decider.id == p.decided_by)
        .where(visible_accounts(viewer))
        .limit(limit)
    )  # fmt: skip
    statement = _with_owner(statement, owner)
    if decided:
        found = statement.where(p.status.in_(DECIDED)).order_by(p.decided_at.desc().nulls_last(), p.id.desc())
        return read_frame(found)
    order = (Account.currency, arr(viewer.today).desc().nulls_last(), p.account_id, p.id)
    return read_frame(statement.where(p.status == "open").order_by(*order))


@query("vips.members", permission="account.read")
def members(viewer: Viewer) -> pd.DataFrame:
    """id, version, account_id, account, mode, level, rule, since, until, reason, override_reason,
    answers, acceptor, accepted_at, arr_minor, currency, owner, can_leave_on (of month-to-month contracts),
    month_to_month,
    advocacy, champion: who is in the programme, the largest ARR first within a currency."""
    owner, acceptor = aliased(Person), aliased(Person)
    v, p = VipMembership, VipProfile
    statement = (
        select(v.id, v.version, v.account_id, spoken_name(viewer, Account).label("account"), v.mode, v.level,
               v.rule, v.since, v.until, v.reason, v.override_reason, v.answers,
               spoken_name(viewer, acceptor).label("acceptor"), v.accepted_at,
               arr(viewer.today).label("arr_minor"), Account.currency,
               spoken_name(viewer, owner).label("owner"),
               _of_monthly(func.min(Contract.can_leave_on), "can_leave_on"),
               _of_monthly(func.count(), "month_to_month"), p.advocacy,
               Contact.name.label("champion"))
        .join(Account, Account.id == v.account_id)
        .join(acceptor, acceptor.id == v.accepted_by)
        .outerjoin(VipProfile, p.account_id == v.account_id)
        .outerjoin(Contact, Contact.id == p.champion_id)
        .where(visible_accounts(viewer), v.ended_at.is_(None))
        .order_by(Account.currency, arr(viewer.today).desc().nulls_last(), v.account_id)
    )  # fmt: skip
    return read_frame(_with_owner(statement, owner))


def _of_monthly(value: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    """A figure over the account's month-to-month contracts: it can leave at any time, renewal or not."""
    wanted = select(value).where(Contract.account_id == Account.id, Contract.kind == "month_to_month")
    return wanted.select_from(Contract).correlate(Account).scalar_subquery().label(name)


def _with_owner(statement: Select, owner: Any) -> Select:
    holds = (Assignment.account_id == Account.id) & Assignment.until.is_(None) & (Assignment.duty == "owner")
    return statement.outerjoin(Assignment, holds).outerjoin(owner, owner.id == Assignment.person_id)


@query("vips.counts", permission="account.read")
def counts(viewer: Viewer) -> dict[str, int]:
    """members (contract and internal together), contract, proposals; and named: accounts a source calls VIP
    without a decision of ours."""
    with reading() as connection:
        inside = select(VipMembership.account_id).where(VipMembership.ended_at.is_(None))
        v, p = VipMembership, VipProposal
        base = select(func.count()).select_from(v).join(Account, Account.id == v.account_id)
        now = base.where(visible_accounts(viewer), v.ended_at.is_(None))
        waiting = (
            select(func.count())
            .select_from(p)
            .join(Account, Account.id == p.account_id)
            .where(visible_accounts(viewer), p.status == "open")
        )
        named = (
            select(func.count())
            .select_from(Account)
            .where(visible_accounts(viewer), Account.is_vip, Account.status != "churned")
            .where(Account.id.not_in(inside))
        )
        wanted = {"members": now, "contract": now.where(v.mode == Mode.CONTRACT), "proposals": waiting,
                  "named": named}  # fmt: skip
        return {name: connection.execute(one).scalar_one() for name, one in wanted.items()}


@query("vips.history", permission="account.read", subject="account")
def history(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """what (joined, left, refused, later, accepted, proposed, lapsed), rule, mode, at (an instant, empty for
    a morning), day, person, reason: everything that happened between the account and the programme, the
    newest first. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        p, v = VipProposal, VipMembership
        told = read_frame(
            select(p.status, p.rule, p.proposed_on, p.decided_at, p.reason,
                   spoken_name(viewer, Person).label("person"))
            .outerjoin(Person, Person.id == p.decided_by)
            .where(p.account_id == account_id)
            .order_by(p.id),
            connection,
        )  # fmt: skip
        ender = aliased(Person)
        stays = read_frame(
            select(v.rule, v.mode, v.since, v.accepted_at, v.reason, v.ended_at, v.end_reason,
                   spoken_name(viewer, Person).label("person"), spoken_name(viewer, ender).label("ender"))
            .join(Person, Person.id == v.accepted_by)
            .outerjoin(ender, ender.id == v.ended_by)
            .where(v.account_id == account_id)
            .order_by(v.id),
            connection,
        )  # fmt: skip
    rows: list[tuple] = []
    for r in told.itertuples():
        rows.append(("proposed", r.rule, None, None, r.proposed_on, None, None))
        if r.status in ("refused", "later"):
            rows.append((r.status, r.rule, None, r.decided_at, r.decided_at.date(), r.person, r.reason))
    for r in stays.itertuples():
        rows.append(("joined", r.rule, r.mode, r.accepted_at, r.since, r.person, r.reason))
        if r.ended_at is not None and r.ended_at == r.ended_at:
            rows.append(("left", r.rule, r.mode, r.ended_at, r.ended_at.date(), r.ender, r.end_reason))
    rows.sort(key=lambda row: (row[4], row[3] is not None, str(row[3])))
    rows.reverse()  # of one instant, what was written last stands first
    return pd.DataFrame(rows, columns=["what", "rule", "mode", "at", "day", "person", "reason"])


@query("vips.known", permission="account.read", subject="account")
def known(viewer: Viewer, account_id: int) -> Known:
    """What is known of a name, and the membership that holds. Raises NotFound."""
    with reading() as connection:
        a = Account
        row = read_one(
            select(a.id, spoken_name(viewer, a).label("name"), a.version, a.currency, a.monthly_sales_minor,
                   a.funding_minor, a.funding_currency, a.funding_source, a.funding_on, a.following, a.domain,
                   a.plan)
            .where(a.id == account_id, visible_accounts(viewer)),
            connection,
        )  # fmt: skip
        if row is None:
            raise NotFound()
        p = VipProfile
        told = read_one(
            select(p.version, p.big_name, p.big_name_reason, p.champion_id, p.advocacy, p.advocacy_note)
            .where(p.account_id == account_id),
            connection,
        )  # fmt: skip
        people = connection.execute(
            select(Contact.id, Contact.name)
            .where(Contact.account_id == account_id, Contact.active, Contact.erased_at.is_(None))
            .order_by(Contact.name, Contact.id)
        ).all()
        v = VipMembership
        inside = select(v.id, v.version).where(v.account_id == account_id, v.ended_at.is_(None))
        member = read_one(inside, connection)
    contacts = {one.id: one.name for one in people}
    names = ("monthly_sales_minor", "funding_minor", "funding_currency", "funding_source", "funding_on",
             "following", "domain", "plan")  # fmt: skip
    champion = told.champion_id if told else None
    return Known(
        row.id, row.name, row.version, told.version if told else None, bool(told and told.big_name),
        told.big_name_reason if told else None, champion, contacts.get(champion) if champion else None,
        list(told.advocacy) if told else [], told.advocacy_note if told else None, row.currency,
        {name: getattr(row, name) for name in names}, contacts, member.id if member else None,
        member.version if member else None,
    )  # fmt: skip


@query("vips.last_day_of", permission="account.read", subject="vip_membership")
def ended_membership(viewer: Viewer, membership_id: int) -> tuple[int, datetime] | None:
    """Version and end of a membership that has ended; None while it runs. Raises NotFound."""
    v = VipMembership
    row = read_one(
        select(v.version, v.ended_at)
        .join(Account, Account.id == v.account_id)
        .where(v.id == membership_id, visible_accounts(viewer))
    )
    if row is None:
        raise NotFound()
    return None if row.ended_at is None else (row.version, row.ended_at)


@query("vips.standard", permission="account.read")
def standard(viewer: Viewer) -> Standard:
    """What each tier switches, and how much the programme can carry today."""
    with reading() as connection:
        day: date = viewer.today
        tiers, service, vip = (policy.values(n, day, connection) for n in ("tiers", "service", "vip"))
        v = VipMembership
        held = dict(
            connection.execute(
                select(v.level, func.count())
                .where(v.ended_at.is_(None), v.mode == Mode.CONTRACT)
                .group_by(v.level)
            ).all()
        )
    levels = [Level(r["code"], r["name_en"], r["name_zh"], held.get(r["code"], 0), r["capacity"])
              for r in vip["levels"]]  # fmt: skip
    room = vip["capacity"]
    return Standard(every_tier(tiers, service), levels, room["per_manager"], room["lead_may_exceed"],
                    vip["terms"]["months"])  # fmt: skip


@query("vips.find", permission="account.read")
def find(viewer: Viewer, text: str = "", limit: int = 10) -> dict[int, str]:
    """Accounts outside the programme whose name or key holds the text, id -> name; none for no text."""
    wanted = text.strip()[:100]
    if not wanted:
        return {}
    inside = select(VipMembership.account_id).where(VipMembership.ended_at.is_(None))
    named = [column.icontains(wanted, autoescape=True)
             for column in (Account.name, Account.name_zh, Account.external_id)]  # fmt: skip
    rows = read_frame(
        select(Account.id, spoken_name(viewer, Account).label("name"))
        .where(visible_accounts(viewer), Account.status != "churned", or_(*named))
        .where(Account.id.not_in(inside))
        .order_by(Account.name, Account.id)
        .limit(limit)
    )
    return {int(i): str(name) for i, name in zip(rows["id"], rows["name"], strict=True)}

"""What playbooks count their dates from and see their steps closed by, read for many accounts at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.playbooks.plan import conversion
from lib.store.database import parts
from lib.store.models import (
    Account,
    AccountDemo,
    AccountTrial,
    Assignment,
    ChurnAlert,
    Contract,
    Person,
    Quote,
    QuoteVersion,
    Renewal,
    Subscription,
    Touch,
)
from lib.vips.terms import VIP

Source = Connection | Session
PAID = ("fixed", "evergreen", "month_to_month", "ended")


@dataclass
class Dates:
    """The dates of an account that steps are counted from, None where there is none; and its tier, which
    says how often steps come again."""

    tier: str | None = None
    purchase: date | None = None
    trial_start: date | None = None
    trial_end: date | None = None
    converted_on: date | None = None
    renewal_due: date | None = None
    notice: date | None = None

    def in_trial(self, today: date) -> bool:
        """Whether a trial runs and nobody wrote down yet that the customer pays."""
        first, last = self.trial_start, self.trial_end
        runs = first is not None and first <= today and (last is None or today <= last)
        return runs and (self.converted_on is None or self.converted_on > today)

    def anchors(self, started_on: date) -> dict[str, date]:
        found = {
            "start": started_on, "purchase": self.purchase, "trial_start": self.trial_start,
            "trial_end": self.trial_end, "renewal_due": self.renewal_due, "notice": self.notice,
            "conversion": conversion(self.trial_start, self.converted_on, self.purchase),
        }  # fmt: skip
        return {name: day for name, day in found.items() if day is not None}


def dates_of(source: Source, account_ids: Iterable[int]) -> dict[int, Dates]:
    """The dates of many accounts; a written trial goes before what periods say."""
    ids = sorted(set(account_ids))
    found = {i: Dates() for i in ids}
    c, s, r, tr = Contract, Subscription, Renewal, AccountTrial
    for part in parts(ids):
        known = select(Account.id, Account.is_vip, Account.plan, Account.tier).where(Account.id.in_(part))
        for row in source.execute(known):
            found[row.id].tier = VIP if row.is_vip else row.plan or row.tier
        first = select(c.account_id, func.min(c.starts_on)).where(c.account_id.in_(part), c.kind.in_(PAID))
        for account_id, day in source.execute(first.group_by(c.account_id)):
            found[account_id].purchase = day
        tried = select(s.account_id, func.min(s.starts_on), func.max(s.ends_on)).where(
            s.account_id.in_(part), s.is_trial
        )
        for account_id, begin, end in source.execute(tried.group_by(s.account_id)):
            found[account_id].trial_start, found[account_id].trial_end = begin, end
        written = select(tr.account_id, tr.starts_on, tr.ends_on, tr.converted_on).where(
            tr.account_id.in_(part)
        )
        for account_id, begin, end, converted in source.execute(written.order_by(tr.starts_on, tr.id)):
            one = found[account_id]
            one.trial_start, one.trial_end, one.converted_on = begin, end, converted
        due = select(r.account_id, r.due_on, r.notice_on).where(r.account_id.in_(part), r.closed_on.is_(None))
        for account_id, day, notice in source.execute(due.order_by(r.due_on.desc(), r.id)):
            found[account_id].renewal_due, found[account_id].notice = day, notice
    return found


@dataclass(frozen=True)
class Duties:
    owner: int | None = None
    backup: int | None = None
    sales: int | None = None
    lead: int | None = None

    def of(self, role: str) -> int | None:
        """Who does a step; without a backup, lead or seller the owner does."""
        return getattr(self, role) or self.owner


def duties_of(source: Source, account_ids: Iterable[int]) -> dict[int, Duties]:
    """Who looks after each account; the lead is whom the owner reports to."""
    ids, held = sorted(set(account_ids)), {}
    for part in parts(ids):
        rows = source.execute(
            select(Assignment.account_id, Assignment.duty, Assignment.person_id, Person.manager_id)
            .join(Person, Person.id == Assignment.person_id)
            .where(Assignment.account_id.in_(part), Assignment.until.is_(None))
            .order_by(Assignment.id.desc())
        )
        for row in rows:
            one = held.setdefault(row.account_id, {})
            one[row.duty] = row.person_id
            if row.duty == "owner":
                one["lead"] = row.manager_id
    return {i: Duties(**held.get(i, {})) for i in ids}


def over_capacity(source: Source, capacity: int) -> set[int]:
    """People who own more VIP accounts than a book holds."""
    counted = (
        select(Assignment.person_id)
        .join(Account, Account.id == Assignment.account_id)
        .where(Assignment.duty == "owner", Assignment.until.is_(None), Account.is_vip,
               Account.status != "churned")
        .group_by(Assignment.person_id)
        .having(func.count() > capacity)
    )  # fmt: skip
    return set(source.execute(counted).scalars())


@dataclass(frozen=True)
class Talk:
    """A two-way talk: when, by which channel."""

    id: int
    day: date
    happened_at: datetime
    channel: str


@dataclass
class Seen:
    """What the desk sees of an account that may close a step."""

    talks: list[Talk] = field(default_factory=list)
    demos: list[tuple[str, date]] = field(default_factory=list)  # status, day offered or held
    trial: tuple[str, date] | None = None  # outcome once it is written down
    quotes: list[date] = field(default_factory=list)  # sent


def seen_of(source: Source, account_ids: Sequence[int], since: datetime, zone_day) -> dict[int, Seen]:  # noqa: ANN001
    """What happened since a moment, for many accounts; `zone_day` gives the company's day of an instant."""
    found = {i: Seen() for i in sorted(set(account_ids))}
    for part in parts(found):
        talked = select(Touch.account_id, Touch.id, Touch.happened_at, Touch.channel).where(
            Touch.account_id.in_(part), Touch.two_way, Touch.happened_at >= since
        )
        for row in source.execute(talked.order_by(Touch.happened_at, Touch.id)):
            talk = Talk(row.id, zone_day(row.happened_at), row.happened_at, row.channel)
            found[row.account_id].talks.append(talk)
        d = AccountDemo
        for row in source.execute(
            select(d.account_id, d.status, d.offered_on, d.held_on).where(d.account_id.in_(part))
        ):
            found[row.account_id].demos.append((row.status, row.held_on or row.offered_on))
        tr = AccountTrial
        closed = select(tr.account_id, tr.outcome, tr.ends_on).where(
            tr.account_id.in_(part), tr.outcome != "open"
        )
        for row in source.execute(closed.order_by(tr.id)):
            found[row.account_id].trial = (row.outcome, row.ends_on)
        sent = (
            select(Quote.account_id, QuoteVersion.issued_at)
            .join(QuoteVersion, QuoteVersion.quote_id == Quote.id)
            .where(Quote.account_id.in_(part), QuoteVersion.issued_at >= since)
        )
        for row in source.execute(sent.order_by(QuoteVersion.issued_at)):
            found[row.account_id].quotes.append(zone_day(row.issued_at))
    return found


def closed_subjects(
    source: Source, alerts: Sequence[int], renewals: Sequence[int]
) -> dict[tuple[str, int], date]:
    """When the alert or renewal that started a run was closed, by ("alert" or "renewal", id)."""
    found = {}
    for part in parts(alerts):
        done = select(ChurnAlert.id, ChurnAlert.resolved_on).where(
            ChurnAlert.id.in_(part), ChurnAlert.resolved_on.is_not(None)
        )
        found |= {("alert", row.id): row.resolved_on for row in source.execute(done)}
    for part in parts(renewals):
        done = select(Renewal.id, Renewal.closed_on).where(
            Renewal.id.in_(part), Renewal.closed_on.is_not(None)
        )
        found |= {("renewal", row.id): row.closed_on for row in source.execute(done)}
    return found

"""Reads for the cards around a quote: what has to be settled, its request, discounts of like accounts."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

import pandas as pd
from sqlalchemy import case, func, or_, select
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.pricing.proration import add_months
from lib.quotes.circumstances import Circumstances, circumstances_of, facts_of, printable_promises
from lib.quotes.clearance import Check, Request, Review, Rules, State, checks, lead_time, size_band
from lib.quotes.completeness import gaps
from lib.quotes.deciders import bar_of
from lib.quotes.document import missing_characters
from lib.quotes.evaluation import evaluate
from lib.quotes.findings import Level
from lib.quotes.issuing import describe
from lib.quotes.loading import basis_of, lines_of, newest, seen_quote, stored_form
from lib.quotes.rules import EDITABLE, QuoteStatus
from lib.quotes.window_offers import without_closed
from lib.store import policy
from lib.store.database import engine, read_frame
from lib.store.doors import query
from lib.store.models import (
    Account,
    Assignment,
    Contact,
    Person,
    PersonRole,
    Promise,
    Quote,
    QuoteRequest,
    QuoteVersion,
    Renewal,
)
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts

LIVE = (QuoteStatus.DRAFT, QuoteStatus.PENDING, QuoteStatus.APPROVED, QuoteStatus.REJECTED, QuoteStatus.SENT)
GIVEN = (QuoteStatus.SENT, QuoteStatus.ACCEPTED)


@dataclass(frozen=True)
class Surroundings:
    """What surrounds a quote. `checks` are empty once it is out. owners and promises: id -> words; contacts:
    id -> (name, language or None).

    duplicates: id, number, title, owner, channel, created_at: the account's other open requests.
    escalation: names from who answers for the request upwards. library: the policy document
    "library_discount", whose clauses the guardrails link.
    """

    account_id: int
    checks: tuple[Check, ...]
    request: Request
    rules: Rules
    review: Review | None
    rights: tuple[dict[str, str], ...]
    owners: dict[int, str]
    contacts: dict[int, tuple[str, str | None]]
    promises: dict[int, str]
    duplicates: pd.DataFrame
    escalation: tuple[str, ...]
    may_review: bool
    library: dict[str, Any]


@dataclass(frozen=True)
class Alike:
    """Discounts given to accounts like this one. seen: account, number, effective_discount, term_months,
    net_minor, currency, issued_on; the newest first, of accounts the viewer may see. `others` counts further
    accounts, `others_median` is their discount (share); None where they are too few to tell none apart."""

    band: str | None
    region: str | None
    tier: str | None
    months: int
    seen: pd.DataFrame
    others: int
    others_median: Any


@query("quotes.surroundings", permission="quote.read", subject="quote")
def surroundings(viewer: Viewer, quote_id: int) -> Surroundings:
    """What has to be settled before the quote leaves, and what is known of its request. NotFound."""
    with Session(engine()) as session:
        quote = seen_quote(session, viewer, quote_id)
        around = circumstances_of(session, viewer, quote)
        promises = _promises(session, quote, around, viewer)
        return Surroundings(
            quote.account_id, _checks(session, viewer, quote, around), around.request, around.rules,
            around.review, tuple(around.rights), _owners(session, viewer, quote),
            _contacts(session, quote), promises, _duplicates(session, viewer, quote, around),
            _escalation(session, viewer, quote, around.request),
            viewer.may("compliance.review") and bar_of(session, viewer, quote, 0) in (None, "level"),
            policy.values("library_discount", viewer.today, session),
        )  # fmt: skip


def _checks(session: Session, viewer: Viewer, quote: Quote, around: Circumstances) -> tuple[Check, ...]:
    """None once the quote is out: then nothing is settled any more."""
    if quote.status not in EDITABLE:
        return ()
    version = newest(session, quote.id)
    basis = basis_of(session, version.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    form = without_closed(stored_form(quote, version, lines_of(session, version.id)), basis.offers)
    result = evaluate(form, basis, quote.account_id, facts=facts_of(session, quote))
    said = describe(session, viewer, quote, version, basis, result, around)
    loose = session.execute(
        select(func.count()).select_from(Promise)
        .where(Promise.account_id == quote.account_id, Promise.status == "open")
        .where(Promise.code.is_(None), Promise.approved_at.is_(None))
    ).scalar_one()  # fmt: skip
    pack = around.pack({line.item_code for line in form.lines}, viewer.today)
    missing = gaps(said) if form.lines else []
    found = checks(around.rules, around.request, around.review, pack, missing, loose)
    if unknown := missing_characters(said):
        found.append(Check("characters", State.STOP, {"characters": unknown[:10]}))
    late = _lead_time(session, viewer, quote) if result.decision.level is Level.APPROVE else None
    return (*found, *((late,) if late else ()))


def _lead_time(session: Session, viewer: Viewer, quote: Quote) -> Check | None:
    due_on = select(Renewal.due_on).where(Renewal.id == quote.renewal_id)
    found = session.execute(due_on).scalar() if quote.renewal_id else None
    days = policy.values("requests", viewer.today, session)["approval"]["lead_days"]
    return lead_time(found, viewer.today, days) if found else None


def _promises(session: Session, quote: Quote, around: Circumstances, viewer: Viewer) -> dict[int, str]:
    texts, key = around.compliance["promises"], "zh" if viewer.language == "zh-CN" else "en"
    return {
        row.id: texts.get(row.code, {}).get(key, row.what)
        for row in printable_promises(session, quote.account_id)
    }


def _owners(session: Session, viewer: Viewer, quote: Quote) -> dict[int, str]:
    """Who may answer for the request: those assigned to the account, who made it, and the viewer."""
    assigned = select(Assignment.person_id).where(
        Assignment.account_id == quote.account_id, Assignment.until.is_(None)
    )
    held = select(QuoteRequest.owner_id).where(QuoteRequest.quote_id == quote.id)
    named = Person.id.in_([quote.created_by, viewer.person_id])
    rows = session.execute(
        select(Person.id, spoken_name(viewer, Person).label("name"))
        .where(Person.active, or_(Person.id.in_(assigned), Person.id.in_(held), named))
        .order_by(Person.name, Person.id)
    )
    return {row.id: row.name for row in rows}


def _contacts(session: Session, quote: Quote) -> dict[int, tuple[str, str | None]]:
    rows = session.execute(
        select(Contact.id, Contact.name, Contact.language)
        .where(Contact.account_id == quote.account_id, Contact.active)
        .order_by(Contact.is_sponsor.desc(), Contact.name, Contact.id)
    )
    return {row.id: (row.name, row.language) for row in rows}


def _duplicates(session: Session, viewer: Viewer, quote: Quote, around: Circumstances) -> pd.DataFrame:
    """The account's other open requests of somebody else, or that came another way."""
    since = viewer.now - timedelta(days=around.compliance["duplicates"]["days"])
    owner = func.coalesce(QuoteRequest.owner_id, Quote.created_by)
    channel = func.coalesce(QuoteRequest.channel, "")
    return read_frame(
        select(Quote.id, Quote.number, Quote.title, spoken_name(viewer, Person).label("owner"),
               QuoteRequest.channel, Quote.created_at)
        .outerjoin(QuoteRequest, QuoteRequest.quote_id == Quote.id)
        .join(Person, Person.id == owner)
        .where(Quote.account_id == quote.account_id, Quote.id != quote.id, Quote.status.in_(LIVE))
        .where(Quote.created_at >= since)
        .where(or_(owner != around.request.owner_id, channel != (around.request.channel or "")))
        .order_by(Quote.created_at, Quote.id),
        session.connection(),
    )  # fmt: skip


def _escalation(session: Session, viewer: Viewer, quote: Quote, request: Request) -> tuple[str, ...]:
    """From whoever answers for the request over the account's owner and their manager to leadership."""
    owner = select(Assignment.person_id).where(
        Assignment.account_id == quote.account_id, Assignment.duty == "owner", Assignment.until.is_(None)
    )
    manager = select(Person.manager_id).where(Person.id.in_(owner))
    leading = select(PersonRole.person_id).where(PersonRole.role == str(Role.LEADERSHIP))
    rank = case(
        (Person.id == request.owner_id, 0), (Person.id.in_(owner), 1), (Person.id.in_(manager), 2), else_=3
    )
    rows = session.execute(
        select(spoken_name(viewer, Person))
        .where(Person.active, or_(Person.id == request.owner_id, Person.id.in_(owner),
                                  Person.id.in_(manager), Person.id.in_(leading)))
        .order_by(rank, Person.name)
        .limit(4)
    )  # fmt: skip
    return tuple(rows.scalars())


@query("quotes.like_for_like", permission="quote.read", subject="quote")
def like_for_like(viewer: Viewer, quote_id: int) -> Alike:
    """Discounts of quotes that are out or accepted, to other accounts of the same tier, region and size.

    Accounts the viewer may not see come as a count and one middle figure, and only from several on.
    """
    with Session(engine()) as session:
        quote = seen_quote(session, viewer, quote_id)
        held = policy.values("compliance", viewer.today, session)["like_for_like"]
        own = session.execute(
            select(Account.tier, Account.region, Account.seats).where(Account.id == quote.account_id)
        ).one()
        rows = _given(session, viewer, quote, own, held["months"])
    band = size_band(own.seats, held)
    rows = rows[
        rows.seats.map(lambda n: size_band(None if pd.isna(n) else int(n), held) == band).astype(bool)
    ]
    seen = rows[rows.mine == 1].drop(columns=["mine", "seats"]).reset_index(drop=True)
    hidden = rows[rows.mine == 0]
    others = int(hidden.account_id.nunique())
    told = others >= held["least_accounts"]
    return Alike(band, own.region, own.tier, held["months"], seen, others if told else 0,
                 median(hidden.effective_discount) if told else None)  # fmt: skip


def _given(session: Session, viewer: Viewer, quote: Quote, own: Any, months: int) -> pd.DataFrame:
    """account_id, account, number, effective_discount, term_months, net_minor, currency, issued_at, seats,
    mine (1 for accounts the viewer may see); the newest first."""
    v = QuoteVersion
    latest = select(func.max(v.revision)).where(v.quote_id == Quote.id, v.issued_at.is_not(None))
    mine = case((of_visible_accounts(viewer, Quote.account_id), 1), else_=0)
    since = viewer.now - (viewer.today - add_months(viewer.today, -months))
    return read_frame(
        select(Quote.account_id, spoken_name(viewer, Account).label("account"), Quote.number,
               v.effective_discount, v.term_months, v.net_minor, v.currency, v.issued_at, Account.seats,
               mine.label("mine"))
        .join(v, v.quote_id == Quote.id)
        .join(Account, Account.id == Quote.account_id)
        .where(Quote.status.in_(GIVEN), v.revision == latest.correlate(Quote).scalar_subquery())
        .where(Quote.account_id != quote.account_id, v.issued_at >= since)
        .where(Account.tier.is_not_distinct_from(own.tier), Account.region.is_not_distinct_from(own.region))
        .order_by(v.issued_at.desc(), Quote.id.desc()),
        session.connection(),
    )  # fmt: skip

"""Reads what a decision turns on beside the price: the steps, the talk with the author, what changed since
the last approval, and what this customer got before."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pandas as pd
from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import NotFound
from lib.quotes.changes import Change, changes
from lib.quotes.circumstances import facts_of
from lib.quotes.deciders import holders_of
from lib.quotes.evaluation import evaluate
from lib.quotes.loading import basis_of, lines_of, newest, stored_form
from lib.quotes.requesting import Place, nobody_for, open_request, places
from lib.quotes.rules import ISSUED
from lib.quotes.window_offers import without_closed
from lib.store.database import engine, read_frame
from lib.store.doors import query
from lib.store.models import Person, Quote, QuoteApproval, QuoteQuestion, QuoteVersion
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts

PAST = 8  # so many earlier quotes of the account are shown


@dataclass(frozen=True)
class Earlier:
    """The last approval on this quote that today's content is held against."""

    revision: int
    closed_at: datetime
    net_minor: int
    discount: Decimal
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class RequestView:
    """The request of a quote as it stands. `mine` is the step the viewer may decide now, `lacking` the steps
    nobody is left for, with how many people they lack; both empty where nothing waits.

    talk: id, answers (the question a row answers, or nothing), person, text, said_at; the first one first.
    past: number, status, effective_discount, net_minor, currency, issued_at of this account's other quotes
    that were out; the newest first.
    """

    state: str | None
    asked_at: datetime | None
    places: tuple[Place, ...]
    mine: Place | None
    lacking: tuple[tuple[int, int], ...]
    admins: tuple[str, ...]
    talk: pd.DataFrame
    earlier: Earlier | None
    past: pd.DataFrame

    @property
    def question(self) -> str | None:
        """The question that waits for an answer."""
        return str(self.talk.iloc[-1].text) if self.state == "asked" and len(self.talk) else None


@query("quotes.request_view", permission="quote.read", subject="quote")
def request_view(viewer: Viewer, quote_id: int) -> RequestView:
    """What a decision about this quote turns on beside its price. NotFound."""
    with Session(engine()) as session:
        wanted = select(Quote).where(Quote.id == quote_id, of_visible_accounts(viewer, Quote.account_id))
        quote = session.execute(wanted).scalars().first() if type(quote_id) is int else None
        if quote is None:
            raise NotFound()
        request = open_request(session, quote.id)
        holders, admins = holders_of(session, viewer)
        found = places(session, viewer, quote, request, holders) if request else []
        mine = [p for p in found if p.state == "open" and viewer.may("quote.approve")
                and any(h.id == viewer.person_id for h in p.standing.able)]  # fmt: skip
        lacking = tuple((step.level, count) for step, count in nobody_for(found))
        return RequestView(
            request and request.state, request and request.asked_at, tuple(found), mine[0] if mine else None,
            lacking, tuple(admins), _talk(session, viewer, quote), _earlier(session, viewer, quote),
            _past(session, viewer, quote),
        )  # fmt: skip


def _talk(session: Session, viewer: Viewer, quote: Quote) -> pd.DataFrame:
    q = QuoteQuestion
    return read_frame(
        select(q.id, q.answers, spoken_name(viewer, Person).label("person"), q.text, q.said_at)
        .join(Person, Person.id == q.person_id)
        .join(QuoteApproval, QuoteApproval.id == q.approval_id)
        .where(QuoteApproval.quote_id == quote.id)
        .order_by(q.id),
        session.connection(),
    )


def _earlier(session: Session, viewer: Viewer, quote: Quote) -> Earlier | None:
    a = QuoteApproval
    last = session.execute(
        select(a, QuoteVersion.revision)
        .join(QuoteVersion, QuoteVersion.id == a.quote_version_id)
        .where(a.quote_id == quote.id, a.state == "approved")
        .order_by(a.id.desc())
        .limit(1)
    ).first()
    if last is None:
        return None
    request, revision = last
    version = newest(session, quote.id)
    basis = basis_of(session, version.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    form = without_closed(stored_form(quote, version, lines_of(session, version.id)), basis.offers)
    now = evaluate(form, basis, quote.account_id, facts=facts_of(session, quote))
    before = next((v for k, v in request.tested.items() if k.startswith("discount:")), "0")
    return Earlier(revision, request.closed_at, request.content["net"], Decimal(before),
                   tuple(changes(request.content, now.content)))  # fmt: skip


def _past(session: Session, viewer: Viewer, quote: Quote) -> pd.DataFrame:
    v = QuoteVersion
    return read_frame(
        select(Quote.number, v.status, v.effective_discount, v.net_minor, v.currency, v.issued_at)
        .join(v, v.quote_id == Quote.id)
        .where(Quote.account_id == quote.account_id, Quote.id != quote.id, v.status.in_(sorted(ISSUED)))
        .where(of_visible_accounts(viewer, Quote.account_id), v.issued_at.is_not(None))
        .order_by(v.issued_at.desc(), v.id.desc())
        .limit(PAST),
        session.connection(),
    )

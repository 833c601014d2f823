"""Reads past quotes for the simulation of an approval matrix, and the matrix with its draft."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import DeskError
from lib.policy import rules
from lib.quotes.approvals import read_guardrails
from lib.quotes.circumstances import facts_of
from lib.quotes.clauses import not_standard
from lib.quotes.evaluation import evaluate
from lib.quotes.loading import as_issued, basis_of, lines_of, stored_form
from lib.quotes.replaying import Case, Replayed, Summary, replay, summary
from lib.store import policy
from lib.store.database import engine
from lib.store.doors import query
from lib.store.models import Account, Invoice, PolicyDraft, PolicyVersion, Quote, QuoteVersion
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts

DOCUMENTS = ("quotes", "approvals")  # what a matrix is made of
MOST = 300  # so many of the newest quotes are replayed


@dataclass(frozen=True)
class Draft:
    """One document as it holds and as somebody drafted it. `version` is the draft's, 0 without one;
    `number` the newest version."""

    name: str
    number: int
    body: dict[str, Any]
    version: int
    drafted: dict[str, Any]
    changes: tuple[rules.Change, ...]


@dataclass(frozen=True)
class Simulation:
    drafts: tuple[Draft, ...]
    found: tuple[Replayed, ...]
    summary: Summary
    months: int
    invoices: bool = True


@query("quotes.simulate", permission="policy.read")
def simulate(viewer: Viewer, months: int = 12) -> Simulation:
    """Quotes the viewer sees that were issued in the last months, under the rules that hold and under the
    draft of them; without a draft both are the same. The newest MOST are taken. `invoices`: some are known,
    without which no credit can be weighed."""
    with Session(engine()) as session:
        drafts = tuple(_draft(session, viewer, name) for name in DOCUMENTS)
        cases = _cases(session, viewer, months)
        held = [policy.values(name, viewer.today, session) for name in DOCUMENTS]
        invoices = session.execute(select(Invoice.id).limit(1)).first() is not None
    found = replay(cases, read_guardrails(*held), read_guardrails(*(one.drafted for one in drafts)))
    said = summary(found)
    shown = (replace(o, case=replace(o.case, priced=o.case.priced.without_cost())) for o in found)
    return Simulation(drafts, tuple(shown), said, months, invoices)


def _draft(session: Session, viewer: Viewer, name: str) -> Draft:
    v = PolicyVersion
    newest = session.execute(
        select(v).where(v.name == name).order_by(v.number.desc()).limit(1)
    ).scalars().one()  # fmt: skip
    row = session.execute(select(PolicyDraft).where(PolicyDraft.name == name)).scalars().first()
    if row is None:
        held = policy.values(name, viewer.today, session)
        return Draft(name, newest.number, held, 0, newest.body, tuple(rules.diff(held, newest.body)))
    return Draft(name, newest.number, newest.body, row.version, row.body,
                 tuple(rules.diff(newest.body, row.body)))  # fmt: skip


def _cases(session: Session, viewer: Viewer, months: int) -> list[Case]:
    """Issued revisions, priced as they stand; one that can no longer be priced is left out."""
    v, since = QuoteVersion, viewer.now - timedelta(days=months * 30)
    rows = session.execute(
        select(Quote, v, spoken_name(viewer, Account))
        .join(v, v.quote_id == Quote.id)
        .join(Account, Account.id == Quote.account_id)
        .where(v.issued_at >= since, of_visible_accounts(viewer, Quote.account_id))
        .order_by(v.issued_at.desc(), v.id.desc())
        .limit(MOST)
    ).all()
    return [case for row in rows if (case := _case(session, viewer, *row)) is not None]


def _case(session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, account: str) -> Case | None:
    issued_on = version.issued_at.astimezone(ZoneInfo(viewer.zone)).date()
    try:
        basis = basis_of(session, version.book_id, issued_on, version.issued_at, account_id=quote.account_id)
        basis = as_issued(basis, version)
        form = stored_form(quote, version, lines_of(session, version.id))
        priced = evaluate(form, basis, quote.account_id).priced
    except DeskError:
        return None
    known = facts_of(session, quote)
    special = not_standard(form.more.clauses or (), basis.rails.matrix.standard)
    facts = replace(known, net_days=form.more.net_days or 0, clauses=special)
    name = f"{quote.number or quote.id}-{version.revision}"
    return Case(quote.id, name, account, issued_on, priced, facts)

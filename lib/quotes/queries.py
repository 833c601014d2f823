"""Reads quotes: the list, one quote with its lines, what waits for a decision, papers, live prices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import NotFound
from lib.pricing.services import Rebate
from lib.pricing.tax import Tax
from lib.pricing.waterfall import Priced
from lib.quotes import costs
from lib.quotes.approvals import Decision, Desk, Level, Way
from lib.quotes.circumstances import awaiting_review, facts_of
from lib.quotes.deciders import bar_of, desk_of
from lib.quotes.evaluation import Basis, Evaluation, evaluate
from lib.quotes.issuing import draft_paper
from lib.quotes.loading import as_issued, basis_of, lines_of, stored_form
from lib.quotes.requesting import asks_anew
from lib.quotes.rules import EDITABLE, QuoteForm, read_form
from lib.quotes.window_offers import without_closed
from lib.store.database import engine, read_frame, reading
from lib.store.doors import query
from lib.store.models import Account, Person, Quote, QuoteDecision, QuoteVersion
from lib.store.naming import spoken_name
from lib.store.scope import count_rows, of_visible_accounts

NO_REBATE = Rebate(0, Decimal(0), 0)
REVIEW = "review"  # beside the states: red flags nobody has reviewed yet
SORTS: dict[str, ColumnElement] = {
    "updated_at": Quote.updated_at, "account": Account.name, "status": Quote.status,
    "net_minor": QuoteVersion.net_minor, "valid_until": QuoteVersion.valid_until,
    "submitted_at": QuoteVersion.submitted_at,
}  # fmt: skip


def newest_version() -> ColumnElement[bool]:
    """Only the last revision of each quote in a select that joins the two."""
    latest = select(func.max(QuoteVersion.revision)).where(QuoteVersion.quote_id == Quote.id)
    return QuoteVersion.revision == latest.correlate(Quote).scalar_subquery()


def _list(viewer: Viewer) -> Select:
    v = QuoteVersion
    columns = [
        Quote.id, Quote.version, Quote.number, v.revision, Quote.account_id,
        spoken_name(viewer, Account).label("account"), Quote.title, Quote.status, v.currency, v.term_months,
        v.prepaid, v.effective_discount, v.list_minor, v.net_minor, v.arr_minor, v.valid_until,
        v.submitted_at, v.justification, Quote.updated_at, spoken_name(viewer, Person).label("by"),
        v.cost_minor, v.approver_level,
    ]  # fmt: skip
    return (
        select(*columns)
        .join(v, v.quote_id == Quote.id)
        .join(Account, Account.id == Quote.account_id)
        .join(Person, Person.id == Quote.created_by)
        .where(newest_version(), of_visible_accounts(viewer, Quote.account_id))
    )


def _filtered(viewer: Viewer, search: str, status: Sequence[str], account_id: int | None) -> Select:
    statement = _list(viewer)
    if REVIEW in status:
        with reading() as connection:
            statement = statement.where(Quote.id.in_(awaiting_review(connection)))
    elif status:
        statement = statement.where(Quote.status.in_(list(status)))
    if account_id is not None:
        statement = statement.where(Quote.account_id == account_id)
    if search.strip():
        found = [column.icontains(search.strip(), autoescape=True)
                 for column in (Account.name, Account.name_zh, Quote.title, Quote.number)]  # fmt: skip
        statement = statement.where(or_(*found))
    return statement


@query("quotes.list", permission="quote.read")
def quote_list(
    viewer: Viewer, *, search: str = "", status: Sequence[str] = (), account_id: int | None = None,
    sort: str = "updated_at", descending: bool = True, limit: int = 50, offset: int = 0,
) -> pd.DataFrame:  # fmt: skip
    """Quotes as their newest revision stands; the last changed first.

    id, version (of the quote, for commands), number, revision, account_id, account, title, status,
    currency, term_months, prepaid, effective_discount (Decimal share), list_minor, net_minor (whole term),
    arr_minor, valid_until, submitted_at, justification, updated_at, by, approver_level (the level asked for
    when it was handed in); cost_minor only for viewers who may see costs. `sort` is a key of SORTS; the
    status REVIEW asks for quotes whose red flags wait for a review.
    """
    order = SORTS[sort].desc() if descending else SORTS[sort].asc()
    statement = _filtered(viewer, search, status, account_id).order_by(order, Quote.id.desc())
    return costs.in_frame(viewer, read_frame(statement.limit(limit).offset(offset)))


@query("quotes.count", permission="quote.read")
def quote_count(
    viewer: Viewer, *, search: str = "", status: Sequence[str] = (), account_id: int | None = None
) -> int:
    """How many quotes the list with these filters has."""
    frame = read_frame(count_rows(_filtered(viewer, search, status, account_id)))
    return int(frame.iloc[0, 0])


@dataclass(frozen=True)
class LivePrice:
    """A form priced and judged. Cost and margin are None for viewers who may not see them."""

    priced: Priced
    decision: Decision
    ways: tuple[Way, ...]
    cost_minor: int | None
    shows_cost: bool
    tax: Tax = Tax()
    rebate: Rebate = NO_REBATE


@dataclass(frozen=True)
class QuoteView:
    """One quote as its newest revision stands. `form` is what the builder starts from.

    lines: position, item_code, name_en, name_zh, unit, quantity, discount, list_minor, net_minor, currency.
    `desk` says which approver level it needs and who may decide; `bar` why the viewer may not (four_eyes,
    stand_in, level). decisions: revision, decision, person, role, reason, decided_at. revisions: revision,
    status, net_minor, currency, effective_discount, issued_at.
    """

    id: int
    version: int
    account_id: int
    account: str
    number: str | None
    revision: int
    status: str
    form: QuoteForm
    basis: Basis
    saved: LivePrice
    may_edit: bool
    may_decide: bool
    bar: str | None
    desk: Desk
    zone: str | None
    submitted_at: Any
    asked_by: str
    lines: pd.DataFrame
    decisions: pd.DataFrame
    revisions: pd.DataFrame
    again: bool  # the rules ask for others than those who were asked

    @property
    def earlier(self) -> dict[int, str]:
        """The revisions before this one that have a paper, each with the stem of its file."""
        issued = self.revisions[1:].dropna(subset="issued_at")
        return {int(n): f"{self.number}-{int(n)}" for n in issued.revision}


@query("quotes.one", permission="quote.read", subject="quote")
def quote(viewer: Viewer, quote_id: int) -> QuoteView:
    """One quote; raises NotFound when it is not there or not the viewer's."""
    with Session(engine()) as session:
        row, version, account, asked_by = load_quote(session, viewer, quote_id)
        basis = basis_then(session, viewer, version, row.account_id)
        form = stored_form(row, version, lines_of(session, version.id))
        if version.issued_at is None:
            form = without_closed(form, basis.offers)
        result = evaluate(form, basis, row.account_id, facts=facts_of(session, row), with_ways=True)
        shows, level = costs.opens(viewer, [row.id]), result.decision.approver
        bar = bar_of(session, viewer, row, level)
        return QuoteView(
            row.id, row.version, row.account_id, account, row.number, version.revision, row.status, form,
            _public(basis, shows), _live(result, shows),
            may_edit=viewer.may("quote.write") and version.status in EDITABLE,
            may_decide=bar is None, bar=bar,
            zone=(version.snapshot or {}).get("zone"),
            desk=desk_of(session, viewer, row, level if row.status in EDITABLE else 0),
            submitted_at=version.submitted_at, asked_by=asked_by, lines=_lines_frame(result, basis),
            decisions=_decisions(session, viewer, row.id), revisions=_revisions(session, row.id),
            again=asks_anew(session, row, version, result, basis),
        )  # fmt: skip


def load_quote(session: Session, viewer: Viewer, quote_id: int) -> tuple[Quote, QuoteVersion, str, str]:
    """The quote, its newest revision, and the names of account and last editor. NotFound."""
    statement = (
        select(Quote, QuoteVersion, spoken_name(viewer, Account), spoken_name(viewer, Person))
        .join(QuoteVersion, QuoteVersion.quote_id == Quote.id)
        .join(Account, Account.id == Quote.account_id)
        .join(Person, Person.id == QuoteVersion.edited_by)
        .where(Quote.id == quote_id, newest_version(), of_visible_accounts(viewer, Quote.account_id))
    )
    found = session.execute(statement).first() if isinstance(quote_id, int) else None
    if found is None:
        raise NotFound()
    return tuple(found)


def basis_then(session: Session, viewer: Viewer, version: QuoteVersion, account_id: int) -> Basis:
    """What a revision is judged by: once issued, the rules of that moment; until then, those of today."""
    if version.issued_at is None:
        return basis_of(session, version.book_id, viewer.today, account_id=account_id, now=viewer.now)
    day = version.issued_at.astimezone(ZoneInfo(viewer.zone)).date()
    return as_issued(
        basis_of(session, version.book_id, day, version.issued_at, account_id=account_id), version
    )


def _public(basis: Basis, shows: bool) -> Basis:
    """The basis without unit costs for viewers who may not see them."""
    if shows:
        return basis
    items = {code: item.without_cost() for code, item in basis.items.items()}
    return Basis(**(basis.__dict__ | {"items": items}))


def _live(result: Evaluation, shows: bool) -> LivePrice:
    """Without the right a thin margin takes its way out along: so much less discount would tell the cost."""
    priced, decision, ways = result.priced, result.decision, result.ways
    if not shows:
        thin = any(f.kind == "margin" and f.level is Level.APPROVE for f in decision.findings)
        ways = tuple(way for way in ways if not (thin and way.kind == "discount"))
        priced, decision = priced.without_cost(), decision.without_margin()
    cost = result.priced.cost_minor if shows else None
    return LivePrice(priced, decision, ways, cost, shows, result.tax, result.rebate)


def _lines_frame(result: Evaluation, basis: Basis) -> pd.DataFrame:
    names = ["position", "item_code", "name_en", "name_zh", "unit", "quantity", "discount", "list_minor",
             "net_minor", "currency"]  # fmt: skip
    rows = [
        (n, line.request.item.code, line.request.item.name_en, line.request.item.name_zh,
         line.request.item.unit, line.request.quantity, line.request.discount, line.list_minor,
         line.net_minor, basis.currency)
        for n, line in enumerate(result.priced.lines, 1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def _decisions(session: Session, viewer: Viewer, quote_id: int) -> pd.DataFrame:
    d = QuoteDecision
    return read_frame(
        select(
            QuoteVersion.revision,
            d.decision,
            spoken_name(viewer, Person).label("person"),
            d.role,
            d.reason,
            d.decided_at,
        )
        .join(QuoteVersion, QuoteVersion.id == d.quote_version_id)
        .join(Person, Person.id == d.person_id)
        .where(QuoteVersion.quote_id == quote_id)
        .order_by(d.id.desc()),
        session.connection(),
    )


def _revisions(session: Session, quote_id: int) -> pd.DataFrame:
    v = QuoteVersion
    return read_frame(
        select(v.revision, v.status, v.net_minor, v.currency, v.effective_discount, v.issued_at)
        .where(v.quote_id == quote_id)
        .order_by(v.revision.desc()),
        session.connection(),
    )


@query("quotes.live_price", permission="quote.read", subject="quote")
def live_price(
    viewer: Viewer, quote_id: int, values: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]
) -> LivePrice:
    """What a form would cost and ask for if it were saved now; nothing is written. NotFound, Invalid."""
    with Session(engine()) as session:
        row, version, _account, _asked = load_quote(session, viewer, quote_id)
        basis = basis_of(session, version.book_id, viewer.today, account_id=row.account_id, now=viewer.now)
        facts = facts_of(session, row)
    form = read_form(values, lines, basis.items, months=basis.terms.months, today=viewer.today,
                     longest_days=basis.longest_days)  # fmt: skip
    result = evaluate(form, basis, row.account_id, facts=facts, with_ways=True)
    return _live(result, costs.opens(viewer, [quote_id]))


@query("quotes.pending", permission="quote.approve")
def pending_approval(viewer: Viewer) -> pd.DataFrame:
    """Quotes that wait for a decision, the longest waiting first; columns of quote_list."""
    waiting = _list(viewer).where(Quote.status == "pending_approval")
    return costs.in_frame(viewer, read_frame(waiting.order_by(QuoteVersion.submitted_at, Quote.id)))


@query("quotes.decided", permission="quote.approve")
def decided(viewer: Viewer, *, limit: int = 200) -> pd.DataFrame:
    """quote_id, account, number, revision, decision, person, reason, decided_at, currency, net_minor,
    effective_discount; the last decision first."""
    d, v = QuoteDecision, QuoteVersion
    return read_frame(
        select(Quote.id.label("quote_id"), spoken_name(viewer, Account).label("account"), Quote.number,
               v.revision, d.decision, spoken_name(viewer, Person).label("person"), d.reason, d.decided_at,
               v.currency, v.net_minor, v.effective_discount)
        .join(v, v.id == d.quote_version_id)
        .join(Quote, Quote.id == v.quote_id)
        .join(Account, Account.id == Quote.account_id)
        .join(Person, Person.id == d.person_id)
        .where(of_visible_accounts(viewer, Quote.account_id))
        .order_by(d.id.desc())
        .limit(limit)
    )  # fmt: skip


@query("quotes.paper", permission="quote.read", subject="quote")
def paper(viewer: Viewer, quote_id: int, revision: int | None = None) -> bytes:
    """The PDF of a revision, else of the newest: the stored bytes once it is issued, else a draft made now.

    Raises NotFound when quote or revision is not there.
    """
    with Session(engine()) as session:
        row, version, _account, _asked = load_quote(session, viewer, quote_id)
        if revision is not None and revision != version.revision:
            wanted = QuoteVersion.quote_id == quote_id, QuoteVersion.revision == revision
            stored = session.execute(select(QuoteVersion.pdf).where(*wanted)).scalar()
            if stored is None:
                raise NotFound()
            return stored
        return version.pdf or draft_paper(session, viewer, row, version)


@query("quotes.accounts_to_quote", permission="quote.write")
def accounts_to_quote(
    viewer: Viewer, search: str = "", *, account_id: int | None = None, limit: int = 50
) -> pd.DataFrame:
    """The viewer's accounts whose name matches, or the one asked for, by name: id, account, currency."""
    statement = select(Account.id, spoken_name(viewer, Account).label("account"), Account.currency).where(
        of_visible_accounts(viewer, Account.id)
    )
    if account_id is not None:
        statement = statement.where(Account.id == account_id)
    if search.strip():
        found = [
            column.icontains(search.strip(), autoescape=True) for column in (Account.name, Account.name_zh)
        ]
        statement = statement.where(or_(*found))
    return read_frame(statement.order_by(Account.name, Account.id).limit(limit))

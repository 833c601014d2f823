"""Three options on one paper: a quote and two drafts beside it, with other terms or plans (S2-15)."""

from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid
from lib.pricing.price_book import Item
from lib.quotes.circumstances import facts_of
from lib.quotes.copying import copy_of
from lib.quotes.evaluation import Basis, evaluate
from lib.quotes.loading import basis_of, lines_of, open_quote, seen_quote, stored_form
from lib.quotes.queries import newest_version
from lib.quotes.requesting import close
from lib.quotes.rules import TITLE_MAX, LineForm, QuoteForm, QuoteStatus, may_move
from lib.quotes.writing import add_editor, record, set_status, touch, write_form
from lib.store.database import engine, read_frame
from lib.store.doors import command, query
from lib.store.models import Quote, QuoteVersion
from lib.store.scope import of_visible_accounts
from lib.words import say

OPTIONS = 3
YEARS = (12, 24, 36)
KINDS = ("terms", "plans")


def by_term(form: QuoteForm, basis: Basis, language: str) -> list[tuple[str, QuoteForm]]:
    """The same lines for one, two or three years: name and form, the quote's own term first."""
    years = [months for months in YEARS if months in basis.terms.months and months != form.term_months]
    return [
        (say(language, "quotes-months", months=months), replace(form, term_months=months))
        for months in [form.term_months, *years][:OPTIONS]
    ]


def by_plan(form: QuoteForm, basis: Basis, language: str) -> list[tuple[str, QuoteForm]]:
    """The same quote with other plans of its book: its own first, then richer ones before plainer ones, one
    of each tier. Empty where no line is a plan."""
    plans = sorted((item for item in basis.items.values() if _is_plan(item, basis)), key=_price)
    own = next((i for line in form.lines for i in plans if i.code == line.item_code), None)
    if own is None:
        return []
    richer = [i for i in plans if i.list_price > own.list_price]
    plainer = [i for i in reversed(plans) if i.list_price <= own.list_price]
    tiers = {_tier(own): own}
    for item in (*richer, *plainer):
        tiers.setdefault(_tier(item), item)
    chosen = list(tiers.values())[:OPTIONS]
    return [(item.name(language), _with_plan(form, own.code, item.code)) for item in chosen]


def _is_plan(item: Item, basis: Basis) -> bool:
    return bool(item.kind == "plan" and item.list_price and item.sold_in(basis.customer.country))


def _tier(item: Item) -> str:
    """Plans of one tier differ in size only; a plan without one is a tier of its own."""
    return item.plan_tier or item.code


def _price(item: Item) -> Any:
    return item.list_price


def _with_plan(form: QuoteForm, old: str, new: str) -> QuoteForm:
    """Another plan in the place of one; a bundle the old one was part of is dissolved."""
    if old == new:
        return form
    split = {line.more.bundle_code for line in form.lines if line.item_code == old} - {None}

    def swapped(line: LineForm) -> LineForm:
        more = replace(line.more, bundle_code=None) if line.more.bundle_code in split else line.more
        return replace(line, item_code=new if line.item_code == old else line.item_code, more=more)

    return replace(form, lines=tuple(swapped(line) for line in form.lines))


_FORMS = {"terms": by_term, "plans": by_plan}


@command("quotes.offer_options", permission="quote.write", subject="quote")
def offer_options(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, kind: str
) -> list[int]:  # fmt: skip
    """Put two drafts beside a draft that differ in term or plan, all three on one paper; their ids.

    Raises Conflict where the quote is no draft or has its options already, Invalid where there is nothing to
    choose between.
    """
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if version.status != QuoteStatus.DRAFT:
        raise Conflict("quote_frozen", status=version.status)
    if version.scenario_set is not None:
        raise Conflict("quote_options_there")
    basis = basis_of(session, version.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    form = stored_form(quote, version, lines_of(session, version.id))
    spoken = "zh-CN" if version.language == "zh-CN" else "en"
    found = _FORMS[kind](form, basis, spoken) if kind in KINDS else []
    if len(found) < 2 or not form.lines:
        raise Invalid("quote_options_none")
    together = f"{quote.id}-{quote.version}"
    (own, _same), *others = [(name, _named(one, name, together)) for name, one in found]
    made = [copy_of(session, viewer, quote, version, form=one) for _name, one in others]
    form = _named(form, own, together)
    quote.title = form.title
    write_form(session, version, form, evaluate(form, basis, quote.account_id,
                                                facts=facts_of(session, quote)))  # fmt: skip
    version.edited_by = viewer.person_id
    add_editor(quote, viewer)
    touch(quote, viewer)
    record(session, viewer, quote, version, kind=kind, options=[one.title for one in made])
    return [one.id for one in made]


def _named(form: QuoteForm, name: str, together: str) -> QuoteForm:
    """The option says in its subject what it is: on the paper they stand below each other."""
    tail = f" · {name}"
    title = form.title.removesuffix(tail)[: TITLE_MAX - len(tail)] + tail
    return replace(form, title=title, more=replace(form.more, scenario_set=together))


@command("quotes.choose_option", permission="quote.write", subject="quote")
def choose_option(session: Session, viewer: Viewer, quote_id: int, seen_version: int) -> int:
    """The customer wants this one of the options: the others are withdrawn; how many were. Raises Conflict
    for a quote that is over itself or has no options."""
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if version.scenario_set is None or not may_move(version.status, QuoteStatus.WITHDRAWN):
        raise Conflict("quote_options_over")
    gone = withdraw_others(session, viewer, quote, version)
    touch(quote, viewer)
    record(session, viewer, quote, version, chosen=quote.title)
    return gone


def withdraw_others(session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion) -> int:
    """Take back what else was offered with a quote, as far as it is still open; how many."""
    if version.scenario_set is None:
        return 0
    v = QuoteVersion
    found = session.execute(
        select(Quote, v).join(v, v.quote_id == Quote.id)
        .where(Quote.account_id == quote.account_id, Quote.id != quote.id)
        .where(v.scenario_set == version.scenario_set, newest_version()).with_for_update(of=Quote)
    ).all()  # fmt: skip
    open_ones = [(one, held) for one, held in found if may_move(held.status, QuoteStatus.WITHDRAWN)]
    for one, held in open_ones:
        set_status(one, held, QuoteStatus.WITHDRAWN, viewer)
        close(session, viewer, one.id)
        record(session, viewer, one, held, chosen=quote.title)
    return len(open_ones)


@query("quotes.options", permission="quote.read", subject="quote")
def options_of(viewer: Viewer, quote_id: int) -> pd.DataFrame:
    """id, title, status, term_months, effective_discount, net_minor, currency of a quote and the options
    beside it, the richest first; empty for a quote that stands alone. NotFound."""
    v = QuoteVersion
    with Session(engine()) as session:
        quote = seen_quote(session, viewer, quote_id)
        own = select(v.scenario_set).where(v.quote_id == quote.id).order_by(v.revision.desc()).limit(1)
        together = session.execute(own).scalar()
        return read_frame(
            select(Quote.id, Quote.title, Quote.status, v.term_months, v.effective_discount, v.net_minor,
                   v.currency)
            .join(v, v.quote_id == Quote.id)
            .where(of_visible_accounts(viewer, Quote.account_id), Quote.account_id == quote.account_id)
            .where(newest_version(), v.scenario_set == (together or ""))
            .order_by(v.net_minor.desc(), Quote.id),
            session.connection(),
        )  # fmt: skip

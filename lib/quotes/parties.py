"""Who stands on a paper and what stands beside its lines: parties, zone, options, replaced characters."""

from typing import Any

from sqlalchemy import case, func, select
from sqlmodel import Session

from lib.access import Viewer
from lib.quotes.rules import ISSUED, QuoteStatus
from lib.settings import settings
from lib.store import policy
from lib.store.models import Account, Contact, Person, Quote, QuoteRequest, QuoteVersion
from lib.teams.zones import zone_of

OPTIONS_MAX = 3


def paper_zone(session: Session, viewer: Viewer, account_id: int) -> str:
    """Where the last day of the quote ends: where the customer is, else where we are."""
    there = select(Account.zone, Account.country, Account.city).where(Account.id == account_id)
    return zone_of(*session.execute(there).one()) or viewer.zone


def supplier(session: Session, viewer: Viewer, quote: Quote) -> dict[str, Any]:
    """We, as policy "papers" describes us, with whoever made the quote."""
    held = policy.values("papers", viewer.today, session)["supplier"]
    seller = session.get(Person, quote.created_by)
    return {
        "names": {"en": settings().company_en, "zh-CN": settings().company_zh},
        "address": {"en": held["address_en"], "zh-CN": held["address_zh"] or held["address_en"]},
        "tax_number": held["tax_number"], "bank": held["bank"], "bank_account": held["bank_account"],
        "contact": seller.name, "email": seller.email, "phone": held["phone"],
    }  # fmt: skip


def customer(session: Session, account_id: int, contact_id: int | None) -> dict[str, Any]:
    """The customer with the recipient, else with the sponsor."""
    account = session.get(Account, account_id)
    people = select(Contact).where(Contact.account_id == account_id, Contact.active)
    chosen = case((Contact.id == contact_id, 0), else_=1)
    contact = session.execute(
        people.order_by(chosen, Contact.is_sponsor.desc(), Contact.id).limit(1)
    ).scalars().first()  # fmt: skip
    name = account.legal_name or account.name
    return {
        "names": {"en": name, "zh-CN": account.name_zh or name},
        "place": ", ".join(part for part in (account.city, account.country) if part),
        "contact": ", ".join(part for part in (contact.name, contact.title) if part) if contact else "",
        "email": (contact.email or "") if contact else "",
        "phone": (contact.phone or "") if contact else "",
    }


def options(session: Session, quote: Quote, version: QuoteVersion) -> list[dict[str, Any]]:
    """The other scenarios of the set on this paper, at most three in all, the cheapest first; this one is
    marked. On an issued paper only those that have left the house themselves."""
    if version.scenario_set is None:
        return []
    v = QuoteVersion
    latest = select(func.max(v.revision)).where(v.quote_id == Quote.id).correlate(Quote).scalar_subquery()
    found = select(Quote, v).join(v, v.quote_id == Quote.id).where(
        Quote.account_id == quote.account_id, v.scenario_set == version.scenario_set, v.revision == latest,
        v.currency == version.currency, Quote.id != quote.id,
        v.status.not_in([QuoteStatus.WITHDRAWN, QuoteStatus.DECLINED, QuoteStatus.EXPIRED]),
    )  # fmt: skip
    if version.issued_at is not None:
        found = found.where(v.status.in_(ISSUED))
    others = session.execute(found.order_by(v.net_minor, Quote.id).limit(OPTIONS_MAX - 1)).all()
    rows = [(quote, version), *others]
    if len(rows) < 2:
        return []
    return [
        {"number": row.number if held.issued_at else None, "title": row.title, "months": held.term_months,
         "prepaid": held.prepaid, "list_minor": held.list_minor, "net_minor": held.net_minor,
         "tax_minor": held.tax_minor, "here": row.id == quote.id}
        for row, held in sorted(rows, key=lambda pair: (pair[1].net_minor, pair[0].id))
    ]  # fmt: skip


def substitutes_of(session: Session, quote_id: int) -> dict[str, str]:
    """Characters no font has, and what a person chose to print instead."""
    kept = select(QuoteRequest.substitutes).where(QuoteRequest.quote_id == quote_id)
    return session.execute(kept).scalar() or {}

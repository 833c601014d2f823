"""Plain writes shared by the commands of this wing: prices into rows, states, who had a hand in it."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select, text
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict
from lib.money import round_to
from lib.pricing.choices import choices_to_row, names_to_row, ramp_to_rows
from lib.pricing.waterfall import PricedLine
from lib.quotes.circumstances import facts_of
from lib.quotes.evaluation import Basis, Evaluation, evaluate
from lib.quotes.forms import LineMore
from lib.quotes.loading import lines_of, stored_form
from lib.quotes.rules import QuoteForm, QuoteStatus, holds_at, move
from lib.store.doors import audit
from lib.store.models import Quote, QuoteLine, QuoteVersion
from lib.store.types import PLACES


def write_form(session: Session, version: QuoteVersion, form: QuoteForm, result: Evaluation) -> None:
    """Everything a form says, with what it was priced to; lines are written anew."""
    version.language, version.starts_on, version.term_months = form.language, form.starts_on, form.term_months
    version.prepaid, version.discount = form.prepaid, form.discount
    version.justification, version.discovery = form.justification, dict(form.discovery)
    version.valid_until, version.contact_id = form.valid_until, form.contact_id
    priced = result.priced
    version.list_minor, version.net_minor = priced.list_minor, priced.net_minor
    version.arr_minor, version.cost_minor = priced.arr_minor, priced.cost_minor
    version.effective_discount = priced.effective_discount
    version.content_hash = result.hash
    _write_more(version, form, result)
    session.execute(delete(QuoteLine).where(QuoteLine.quote_version_id == version.id))
    rows = [
        {"quote_version_id": version.id, "position": position, "item_code": line.request.item.code,
         "quantity": line.request.quantity, "discount": line.request.discount, "list_minor": line.list_minor,
         "net_minor": line.net_minor, "steps": steps_to_rows(line), "gift_minor": line.gift_minor,
         "contracted": line.request.contracted is not None,
         "tax_category": line.request.item.tax_category, "tax_rate": rate,
         **_line_more(asked.more), **_proration(line)}
        for position, (line, asked, rate)
        in enumerate(zip(priced.lines, form.lines, result.tax.by_line, strict=True), 1)
    ]  # fmt: skip
    if rows:  # in one statement: objects made one by one would take longer than pricing them
        session.execute(insert(QuoteLine), rows)


def _write_more(version: QuoteVersion, form: QuoteForm, result: Evaluation) -> None:
    """What is chosen beyond term, prepayment and discount."""
    more = form.more
    version.choices = choices_to_row(more.choices)
    version.clauses = None if more.clauses is None else list(more.clauses)
    for name in _AS_THEY_ARE:
        setattr(version, name, getattr(more, name))
    version.gift_minor = result.priced.gift_minor
    version.tax_mode, version.tax_minor = result.tax.mode, result.tax.tax_minor


_AS_THEY_ARE = ("ends_on", "co_term_contract_id", "amends_contract_id", "price_lock_until", "net_days",
                "payment_terms", "industry", "size_band", "template_code", "scenario_set")  # fmt: skip


def _line_more(more: LineMore) -> dict[str, Any]:
    return {
        "gift": more.gift, "price": more.price, "premium": more.premium or None,
        "premium_reason": more.premium_reason, "bundle_code": more.bundle_code, "offer_code": more.offer_code,
        "named": names_to_row(more.named), "ramp": ramp_to_rows(more.ramp), "starts_on": more.starts_on,
        "ends_on": more.ends_on, "proration": more.proration, "label": more.label,
    }  # fmt: skip


def _proration(line: PricedLine) -> dict[str, Any]:
    """Numerator, denominator and factor of a line that is not charged for whole months; else none."""
    period = line.span
    odd = period.convention not in ("term", "once")
    return {
        "proration_numerator": period.numerator if odd else None,
        "proration_denominator": period.denominator if odd else None,
        "proration_factor": round_to(period.factor, PLACES) if odd else None,
    }


def steps_to_rows(line: PricedLine) -> list[dict[str, str | None]]:
    """Steps as stored: exact amounts as text, so that JSON loses no digit."""
    return [
        {"rule": step.rule, "before": format(step.before, "f"), "after": format(step.after, "f"),
         "rate": None if step.rate is None else format(step.rate, "f")}
        for step in line.steps
    ]  # fmt: skip


def judge_stored(session: Session, quote: Quote, version: QuoteVersion, basis: Basis) -> Evaluation:
    """Price and judge again what is stored. Raises Conflict when it no longer gives the stored content."""
    lines = lines_of(session, version.id)
    form = stored_form(quote, version, lines)
    result = evaluate(form, basis, quote.account_id, facts=facts_of(session, quote))
    if result.hash != version.content_hash:
        raise Conflict("quote_content_changed")
    return result


def set_status(quote: Quote, version: QuoteVersion, target: QuoteStatus, viewer: Viewer) -> None:
    """Both rows move together: a quote is where its newest revision is."""
    version.status = quote.status = str(move(version.status, target))
    touch(quote, viewer)


def touch(quote: Quote, viewer: Viewer) -> None:
    quote.version += 1
    quote.updated_at = viewer.now


def add_editor(quote: Quote, viewer: Viewer) -> None:
    if viewer.person_id not in quote.editors:
        quote.editors = [*quote.editors, viewer.person_id]


def record(session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, **new: Any) -> None:
    """The audit record of a step; `reason` goes into its own field."""
    reason = new.pop("reason", None)
    old = new.pop("old", None)
    audit(session, viewer, "quote", quote.id, account_id=quote.account_id, old=old,
          new={"revision": version.revision, "status": quote.status, **new}, reason=reason)  # fmt: skip


def draw_number(session: Session, prefix: str, year: int) -> str:
    """The next number of the year, drawn inside the transaction that issues: QT-2026-0042."""
    statement = text(
        "INSERT INTO number_series (name, last) VALUES (:name, 1) "
        "ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last"
    )
    drawn = session.execute(statement, {"name": f"quote/{year}"}).scalar_one()
    return f"{prefix}-{year}-{drawn:04d}"


def expire_due(session: Session, viewer: Viewer, today: date) -> int:
    """Expire issued quotes whose last day is over where their paper says; how many. Any other state is left
    as it is."""
    morning = datetime.combine(today, time(), tzinfo=ZoneInfo(viewer.zone))
    sent = select(QuoteVersion, Quote).join(Quote, Quote.id == QuoteVersion.quote_id)
    due = sent.where(QuoteVersion.status == QuoteStatus.SENT, QuoteVersion.valid_until < today)
    expired = 0
    for version, quote in session.execute(due.order_by(Quote.id)).all():
        zone = (version.snapshot or {}).get("zone", viewer.zone)
        if holds_at(version.valid_until, zone, max(morning, viewer.now)):
            continue
        set_status(quote, version, QuoteStatus.EXPIRED, viewer)
        record(session, viewer, quote, version, valid_until=version.valid_until, old={"status": "sent"})
        expired += 1
    return expired

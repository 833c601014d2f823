"""What somebody chooses comes back from the store as it was, prices the same, and can be handed in."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.errors import Invalid
from lib.quotes import commands, queries
from lib.store.database import reading
from lib.store.models import Contract, ContractedPrice, QuoteLine, QuoteVersion
from tests import make

START = date(2027, 1, 1)
CHOSEN = {
    "choices": {"annual_preset": True, "prepay_rate": "0.120", "cashback_minor": 500,
                "proration": "days_365"},
    "price_lock_until": date(2028, 12, 31), "net_days": 30, "payment_terms": {"instalments": 4},
    "clauses": [{"code": "exit"}], "industry": "retail", "size_band": "50-200", "term_months": 24,
    "prepaid": True, "justification": "A pilot that replaces two suppliers at once.",
}  # fmt: skip
LINES = [
    make.quote_line("enterprise") | {"premium": "0.20", "premium_reason": "High security"},
    make.quote_line("seats", 10) | {"label": "Design", "ramp": [
        {"year": 1, "quantity": 10}, {"year": 2, "quantity": 20, "price": "9.00"}]},
    make.quote_line("api") | {"starts_on": START, "ends_on": date(2027, 5, 14)},
    make.quote_line("analytics") | {"gift": True},
    make.quote_line("gold_escort") | {"named": {"items": ["enterprise"], "groups": []}},
]  # fmt: skip


def stored(model, **where):
    with reading() as connection:
        statement = select(*model.__table__.columns)
        for name, value in where.items():
            statement = statement.where(getattr(model, name) == value)
        return list(connection.execute(statement))


def test_everything_chosen_comes_back_and_prices_the_same(manager, draft, seen) -> None:
    quote_id = draft(lines=LINES, **CHOSEN)
    first = queries.quote(manager, quote_id)

    again = commands.save_draft(
        manager, quote_id, seen(manager, quote_id), values=make.quote_form(**CHOSEN), lines=LINES
    )

    assert again == first.version  # the same form changes nothing
    assert first.form.more.choices.prepay_rate == Decimal("0.12")
    assert first.form.lines[1].more.ramp[1].price == 9
    version = stored(QuoteVersion, quote_id=quote_id)[0]
    rows = sorted(stored(QuoteLine, quote_version_id=version.id), key=lambda row: row.position)
    assert (version.tax_mode, version.net_days, version.industry) == ("added", 30, "retail")
    assert (rows[3].gift, rows[3].gift_minor, rows[3].net_minor) == (True, 199 * 24 * 100, 0)
    assert version.gift_minor == rows[3].gift_minor
    assert (rows[2].proration_numerator, rows[2].proration_denominator) == (134 * 12, 365)
    assert rows[2].proration_factor == Decimal("4.405479452055")
    assert (rows[0].proration_factor, rows[1].label) == (None, "Design")
    assert sum(row.net_minor for row in rows) == version.net_minor
    assert commands.submit_quote(manager, quote_id, first.version) in ("approved", "pending_approval")


def test_a_contracted_price_of_the_account_is_taken_by_itself(manager, seller, draft, account_id) -> None:
    make.insert(ContractedPrice(
        account_id=account_id, book_code="saas", item_code="professional", currency="USD",
        price=Decimal(400), valid_from=date(2026, 1, 1), reason="Agreed at renewal",
        created_by=seller.person_id, created_at=manager.now,
    ))  # fmt: skip

    draft(term_months=1)
    version, line = stored(QuoteVersion)[0], stored(QuoteLine)[0]

    assert line.contracted and line.net_minor == 40_000
    assert version.effective_discount == 0


def test_a_quote_ends_only_with_a_contract_of_its_own_account(draft) -> None:
    other = make.account(name="Other", external_id="other")
    contract = make.insert(Contract(account_id=other, starts_on=date(2026, 1, 1), ends_on=date(2027, 7, 1),
                                    recorded_at=make.NOW))  # fmt: skip

    with pytest.raises(Invalid) as refusal:
        draft(co_term_contract_id=contract)

    assert refusal.value.code == "quote_co_term"

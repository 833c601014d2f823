"""Terms of a deal beside its discount: validity, departments, prepayment, tenure, seats and credit."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from lib.errors import Invalid
from lib.pricing.choices import Choices
from lib.quotes import builder, commands, phrases, queries
from lib.quotes.completeness import clauses_of
from lib.store.models import Account, AccountSegment, Quote, QuoteLine, QuoteVersion
from tests import make
from tests.pricing.test_terms import POLICY


def accepted(account_id: int, person: int, book: int, quantity: int, **over) -> int:
    """A quote for seats that the account has accepted and whose term runs."""
    quote_id = make.insert(Quote(account_id=account_id, title="Seats", status="accepted", created_by=person,
                                 created_at=make.NOW, updated_at=make.NOW))  # fmt: skip
    values = {"starts_on": date(2026, 6, 1), "term_months": 12, "accepted_at": make.NOW} | over
    version = make.insert(QuoteVersion(
        quote_id=quote_id, status="accepted", book_id=book, currency="USD", valid_until=date(2026, 6, 1),
        edited_by=person, **values,
    ))  # fmt: skip
    make.insert(QuoteLine(quote_version_id=version, position=1, item_code="seats",
                          quantity=Decimal(quantity)))  # fmt: skip
    return version


@pytest.mark.parametrize(("price_class", "last"), [("urgency", 23), ("discount", 34), (None, 34)])
def test_a_customer_who_reacts_to_urgency_gets_three_days(database, manager, account_id, price_class, last):
    if price_class:
        make.insert(AccountSegment(account_id=account_id, axis="price", value=price_class, reason={},
                                   since=make.TODAY, computed_on=make.TODAY))  # fmt: skip
    made = commands.create_quote(manager, account_id)

    until = queries.quote(manager, made).form.valid_until
    assert (until - date(2026, 10, 31)).days == last  # today is 20 November


def test_the_countdown_runs_to_the_end_of_the_last_day_in_the_stated_zone():
    def left(at: datetime, language: str = "en") -> str:
        return phrases.countdown(date(2026, 11, 23), "Asia/Shanghai", at, language)

    assert left(datetime(2026, 11, 20, 1, tzinfo=UTC)) == "3 days 15 h left, Asia/Shanghai"
    assert left(datetime(2026, 11, 23, 15, tzinfo=UTC)) == "1 h left, Asia/Shanghai"
    assert left(datetime(2026, 11, 23, 16, tzinfo=UTC)) == "validity over"
    assert left(datetime(2026, 11, 20, 1, tzinfo=UTC), "zh-CN") == "剩余 3 天 15 小时（Asia/Shanghai）"


def unit_of(manager, quote_id: int) -> Decimal:
    """What a seat costs a month before any discount."""
    line = queries.quote(manager, quote_id).saved.priced.lines[0]
    return next((s.after for s in line.steps if s.rule.startswith("volume")), line.steps[0].after)


def test_departments_on_one_quote_reach_their_volume_together(manager, draft):
    apart = queries.quote(manager, draft(lines=[make.quote_line("seats", 30)]))
    lines = [make.quote_line("seats", 30) | {"label": name} for name in ("Design", "Operations")]
    both = queries.quote(manager, draft(lines=lines))

    alone = apart.saved.priced.lines[0].net_minor
    assert [line.net_minor < alone for line in both.saved.priced.lines] == [True, True]
    assert [line.more.label for line in both.form.lines] == ["Design", "Operations"]


@pytest.mark.parametrize(
    ("relation", "counts"), [("sister", True), ("parent", True), ("stranger", False), ("over", False)]
)
def test_what_sister_accounts_hold_counts_for_the_volume_step(
    manager, seller, draft, account_id, relation, counts
):
    before = queries.quote(manager, draft(lines=[make.quote_line("seats", 30)]))
    parent = make.account(name="Lumora Group")
    make.change(Account, account_id, parent_id=parent)
    sister = make.account(name="Lumora Ads", parent_id=None if relation == "stranger" else parent)
    holder = parent if relation == "parent" else sister
    over = {"starts_on": date(2025, 1, 1)} if relation == "over" else {}
    accepted(holder, seller.person_id, before.basis.book_id, 400, **over)

    after = queries.quote(manager, draft(lines=[make.quote_line("seats", 30)]))

    assert (after.saved.priced.net_minor < before.saved.priced.net_minor) is counts
    assert (after.basis.beside == {"seats": 400}) is counts


def test_prepaying_brings_the_discount_or_the_free_service_never_both():
    both = Choices(prepay_rate=Decimal("0.1"), prepay_service="support")
    with pytest.raises(Invalid) as refusal:
        POLICY.cuts(12, prepaid=True, choices=both)
    assert refusal.value.code == "prepay_one_only"


def test_a_service_chosen_in_the_builder_takes_the_place_of_the_rate(manager, draft):
    lines = [make.quote_line(), make.quote_line("support") | {"gift": True}]
    found = queries.quote(manager, draft(lines=lines, prepaid=True, choices={"prepay_rate": "0.12"}))
    fields = builder.form_fields(found.form, found.basis, {None: "nobody"}, "en")
    held = {f["name"]: f["value"] for group in fields.values() for f in group}

    values = builder.form_values(found.form, held | {"prepay_service": "support"}, found.basis)

    assert values["choices"]["prepay_service"] == "support"
    assert values["choices"]["prepay_rate"] is None


def test_a_credit_limit_is_kept_beside_the_billing_and_printed(manager, draft, seen):
    found = queries.quote(manager, draft(payment_terms={"instalments": 4}))
    fields = builder.form_fields(found.form, found.basis, {None: "nobody"}, "en")
    held = {f["name"]: f["value"] for group in fields.values() for f in group}

    values = builder.form_values(
        found.form, held | {"credit_limit": 2500.5, "billing": "annual"}, found.basis
    )

    assert values["payment_terms"] == {"instalments": 4, "billing": "annual", "credit_limit_minor": 250_050}


def test_a_top_up_right_takes_the_place_of_the_general_word_on_seats():
    line = {"unit": "seat_month", "group": "seats"}
    assert "seats" in clauses_of({"lines": [line], "priced": {"clauses": []}})
    assert "seats" not in clauses_of({"lines": [line], "priced": {"clauses": [builder.clause_of("topup")]}})
    assert "unit price of this quote" in builder.clause_of("topup")["text_en"]


def test_the_tenure_rebate_stands_in_the_total_of_what_is_given(embedded, manager, draft, account_id):
    from tests.screen import opened, said

    make.change(Account, account_id, signed_up_on=date(2023, 1, 1))
    quote_id = draft()

    at = opened("quote", manager, id=quote_id)

    assert not at.exception
    rebate = queries.quote(manager, quote_id).saved.rebate
    assert (rebate.years, rebate.rate) == (4, Decimal("0.02")) and rebate.minor == 10_778
    assert "Tenure rebate for 4 years with us, 2.0%: $107.78" in said(at)
    assert "$107.78 at list value beside" in said(at)

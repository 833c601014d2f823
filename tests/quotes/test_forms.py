"""What somebody types about a line or a quote is taken exactly, or refused by name."""

from datetime import date
from decimal import Decimal

import pytest

from lib.errors import Invalid
from lib.pricing.choices import Choices, Names, RampYear
from lib.quotes.forms import LineMore, QuoteMore, read_line_more, read_more

START = date(2027, 1, 1)


def test_nothing_typed_is_nothing_chosen() -> None:
    assert read_line_more({}, 1) == LineMore()
    assert read_more({}, START) == QuoteMore()
    assert read_more({"choices": None, "payment_terms": {}, "clauses": []}, START) == QuoteMore()


def test_a_full_line_is_taken_as_typed() -> None:
    more = read_line_more({
        "price": 12.5, "premium": "0.2", "premium_reason": " Scarce   skill ", "gift": True,
        "label": "Design", "bundle_code": "pair", "offer_code": "q4",
        "named": {"items": ["api"], "groups": ["seats"]},
        "ramp": [{"year": 1, "quantity": 10}, {"year": 2, "quantity": "20.5", "price": "9"}],
        "starts_on": START, "ends_on": START, "proration": "days_365",
    }, 3)  # fmt: skip

    assert more == LineMore(
        Decimal("12.5"), Decimal("0.2"), "Scarce skill", True, "pair", "q4", Names(("api",), ("seats",)),
        (RampYear(1, Decimal(10)), RampYear(2, Decimal("20.5"), Decimal(9))), START, START, "days_365",
        "Design",
    )  # fmt: skip


def test_a_full_quote_is_taken_as_typed() -> None:
    more = read_more({
        "choices": {"table": "renewal", "annual_preset": True, "prepay_rate": "0.12",
                    "prepay_service": "support", "all_in": 0.1, "coupon_minor": 100,
                    "cashback_minor": 200, "proration": "whole_months"},
        "ends_on": START, "co_term_contract_id": 4, "amends_contract_id": 5, "price_lock_until": START,
        "net_days": 30, "payment_terms": {"billing": "annual"}, "clauses": [{"code": "exit"}],
        "industry": "retail", "size_band": "50-200", "template_code": "retail", "scenario_set": "s1",
    }, START)  # fmt: skip

    assert more == QuoteMore(
        Choices("renewal", True, Decimal("0.12"), "support", Decimal("0.1"), 100, 200, "whole_months"),
        START, 4, 5, START, 30, {"billing": "annual"}, ({"code": "exit"},), "retail", "50-200", "retail",
        "s1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"price": "-1"}, "quote_line_price"), ({"price": "NaN"}, "quote_line_price"),
        ({"price": "0.0000001"}, "quote_line_price"), ({"price": True}, "quote_line_price"),
        ({"price": "1e12"}, "quote_line_price"), ({"price": "abc"}, "quote_line_price"),
        ({"premium": "1.01", "premium_reason": "x"}, "quote_line_share"),
        ({"premium": "0.00001", "premium_reason": "x"}, "quote_line_share"),
        ({"premium": "0.1"}, "quote_line_premium"),
        ({"named": {"items": [5]}}, "quote_line_named"),
        ({"named": {"groups": ["x" * 65]}}, "quote_line_named"),
        ({"ramp": [{"year": 2, "quantity": 1}]}, "quote_line_ramp"),
        ({"ramp": [{"year": "1", "quantity": 1}]}, "quote_line_ramp"),
        ({"ramp": [{"year": 1, "quantity": -1}]}, "quote_line_ramp"),
        ({"ramp": [{"year": 1}]}, "quote_line_ramp"),
        ({"ramp": [{"year": 1, "quantity": "0.00001"}]}, "quote_line_ramp"),
        ({"starts_on": START}, "quote_line_period"), ({"ends_on": START}, "quote_line_period"),
        ({"starts_on": START, "ends_on": date(2026, 12, 31)}, "quote_line_period"),
        ({"starts_on": "2027-01-01", "ends_on": START}, "quote_field_word"),
        ({"starts_on": date(1999, 1, 1), "ends_on": START}, "quote_field_word"),
        ({"proration": "weekly"}, "quote_field_word"), ({"label": "a" * 256}, "quote_field_word"),
        ({"label": "a\u202eb"}, "quote_field_word"),
    ],
)  # fmt: skip
def test_a_line_is_refused_by_name(entry, code) -> None:
    with pytest.raises(Invalid) as refusal:
        read_line_more(entry, 3)

    assert refusal.value.code == code
    assert "field" in refusal.value.values or refusal.value.values["line"] == 3


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"choices": {"prepay_rate": "2"}}, "quote_choice_share"),
        ({"choices": {"all_in": "x"}}, "quote_choice_share"),
        ({"choices": {"coupon_minor": -1}}, "quote_field_word"),
        ({"choices": {"coupon_minor": 10**16}}, "quote_field_word"),
        ({"choices": {"coupon_minor": 1.5}}, "quote_field_word"),
        ({"choices": {"proration": "weekly"}}, "quote_field_word"),
        ({"ends_on": date(2026, 12, 31)}, "quote_field_ends_on"), ({"net_days": 366}, "quote_field_word"),
        ({"payment_terms": {"due": START}}, "quote_field_word"), ({"clauses": 5}, "quote_field_word"),
        ({"clauses": [{"text": "x" * 40_000}]}, "quote_field_word"),
        ({"payment_terms": {"share": float("nan")}}, "quote_field_word"),
        ({"co_term_contract_id": "4"}, "quote_field_word"), ({"industry": "x" * 65}, "quote_field_word"),
    ],
)  # fmt: skip
def test_a_quote_is_refused_by_name(values, code) -> None:
    with pytest.raises(Invalid) as refusal:
        read_more(values, START)

    assert refusal.value.code == code

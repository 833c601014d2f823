"""The traps of the sources that a price can fall into, each decided once."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lib.offers.rules import Customer, Window, offered
from lib.pricing.asked import Terms
from lib.pricing.choices import Choices, Contracted
from lib.pricing.commands import shipped_books
from lib.pricing.terms import read_terms, saving
from lib.pricing.waterfall import price
from lib.quotes.approvals import Level, decide, read_guardrails
from lib.store import policy
from tests.pricing.made import D, ask, item, priced

SHIPPED = policy.shipped()
HELD = read_terms(SHIPPED["pricing"], SHIPPED["offers"], SHIPPED["value"])
RAILS = read_guardrails(SHIPPED["quotes"])
TESTS = Path(__file__).resolve().parents[1]


def test_every_trap_of_a_quote_is_held_by_a_test_that_names_it() -> None:
    named = {trap for path in TESTS.rglob("test_*.py")
             for trap in re.findall(r'mark\.trap\("(T\d+)"\)', path.read_text("utf-8"))}  # fmt: skip

    assert named >= {"T1", "T2", "T3", "T10", "T13", "T14", "T15", "T16", "T17", "T19"}


@pytest.mark.trap("T1")
@pytest.mark.parametrize(("months", "paid"), [(12, "0.9"), (24, "0.7")])
def test_t1_a_share_is_always_what_comes_off_never_what_is_paid(months, paid) -> None:
    """9折 is 10% off, 7折 is 30% off."""
    found = priced(ask(), months=months, policy=HELD, choices=Choices(table="renewal"))

    assert D(found.net_minor) / found.list_minor == D(paid)
    assert found.effective_discount == 1 - D(paid)


@pytest.mark.trap("T2")
def test_t2_the_comparison_is_computed_never_copied() -> None:
    month, year = (D(SHIPPED["offers"]["pair"][name]) for name in ("month", "year"))
    found = saving(month * 12, year)

    assert (found.saved, found.share) == (300, D("0.2525"))
    assert found.share != D("0.24") and found.saved != 180


@pytest.mark.trap("T3")
def test_t3_the_table_alone_passes_and_anything_on_top_is_measured_with_it() -> None:
    dear = item(price="1000", unit_cost=D(100))
    alone = priced(ask(dear), months=24, policy=HELD, choices=Choices(table="renewal"))
    stacked = priced(ask(dear, discount=D("0.01")), months=24, policy=HELD, choices=Choices(table="renewal"))

    assert (alone.effective_discount, alone.table_rate) == (D("0.30"), D("0.30"))
    assert decide(alone, RAILS).level is Level.FREE
    assert decide(stacked, RAILS).level is Level.APPROVE


@pytest.mark.trap("T10")
def test_t10_the_enterprise_plan_serves_round_the_clock() -> None:
    """24小时响应 is a service of 24 hours a day, not an answer within a day; the paper prints it so."""
    assert SHIPPED["plans"]["saas"]["enterprise_service_hours"] == 24
    for book in (book for book in shipped_books() if book.code == "saas"):
        plan = next(item for item in book.items if item.code == "enterprise")
        assert plan.quota["service_hours"] == 24
        assert {"en": "Service 24 hours a day", "zh-CN": "全天 24 小时服务"} in plan.inclusions
        assert not any("within" in one["en"] or "内响应" in one["zh-CN"] for one in plan.inclusions)


@pytest.mark.trap("T14")
def test_t14_margin_and_discount_are_separate_tests_and_both_must_pass() -> None:
    thin = priced(ask(item(unit_cost=D(90))), policy=HELD)
    cheap = priced(ask(item(unit_cost=D(1)), discount=D("0.35")), policy=HELD)
    levels = [{f.kind: f.level for f in decide(found, RAILS).findings} for found in (thin, cheap)]

    assert (levels[0]["discount"], levels[0]["margin"]) == (Level.FREE, Level.APPROVE)
    assert (levels[1]["discount"], levels[1]["margin"]) == (Level.APPROVE, Level.FREE)


@pytest.mark.trap("T16")
def test_t16_nobody_gets_the_early_renewal_offer_by_default() -> None:
    found = priced(ask(), months=12, policy=HELD)

    assert [step.rule for step in found.lines[0].steps] == ["list", "term-12", "net"]


@pytest.mark.trap("T16")
@pytest.mark.parametrize(("segment", "offers"), [("price:discount", 1), ("price:value", 0), (None, 0)])
def test_t16_an_early_renewal_window_is_for_the_class_it_names(segment, offers) -> None:
    opens = datetime(2026, 11, 1, tzinfo=UTC)
    window = Window(1, "early", "Early renewal", "提前续约", "UTC", opens.date(), opens,
                    opens + timedelta(days=30), segments=("price:discount",),
                    rate=D(SHIPPED["offers"]["early_renewal"]["discount"]))  # fmt: skip
    customer = Customer("CN", segments=(segment,) if segment else ())

    assert len(offered([window], customer, opens)) == offers


@pytest.mark.trap("T17")
def test_t17_a_quote_never_leaves_its_currency() -> None:
    """Every shipped price is set in its currency; the same quote in another book is priced anew."""
    books = {b.currency: {i.code: i for i in b.items} for b in shipped_books() if b.code == "saas"}
    nets = {}
    for currency, items in books.items():
        found = price([ask(items["enterprise"])], Terms(12), HELD, currency)
        assert found.currency == currency
        nets[currency] = found.net_minor

    assert nets["USD"] == 1_618_920 and nets["CNY"] == 10_798_920


def test_a_contracted_price_is_no_discount_that_needs_anybody() -> None:
    found = priced(ask(item(unit_cost=D(10)), contracted=Contracted(D(50))), policy=HELD)

    assert decide(found, RAILS).level is Level.FREE

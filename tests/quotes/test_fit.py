"""Whether a quote fits its customer: each rule by its name, the lifetime value by hand, and the way up."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.pricing.queries import current_books
from lib.quotes import commands, fit, fitting, queries
from lib.quotes.fit import Limits, Standing
from lib.store.models import Account, AccountSegment, Assignment
from tests import make

LIMITS = Limits(*map(Decimal, ("10000", "100000", "0.01", "0.02")))


@pytest.fixture
def tools(embedded, manager, account_id):
    """A quote from the seller-tools book: `tools("enterprise_tools")` gives what the page reads."""

    def make_quote(code: str, discount: str = "0"):
        books = current_books(manager).set_index(["code", "currency"]).id
        made = commands.create_quote(manager, account_id, book_id=int(books["tools", "USD"]))
        commands.save_draft(manager, made, 1, values=make.quote_form(term_months=1, discount=discount),
                            lines=[make.quote_line(code)])  # fmt: skip
        return queries.quote(manager, made)

    return make_quote


def rules(quote, **standing) -> set[str]:
    found = fit.warnings(quote.saved.priced, quote.basis, Standing(**standing), LIMITS)
    return {one.rule for one in found}


def test_the_enterprise_level_below_its_start_price_is_named(tools):
    assert "ENT-1000" not in rules(tools("enterprise_tools"))
    assert "ENT-1000" in rules(tools("enterprise_tools", discount="0.01"))


def test_an_enterprise_customer_without_an_owner_is_named(tools, leader, account_id):
    quote = tools("enterprise_tools")
    assert "ENT-OWNER" in rules(quote, owner=False)
    assert "ENT-OWNER" not in rules(tools("premium_one_market"), owner=False)

    assert fitting.customer_fit(leader, quote.id)[0].owner
    make.change(Assignment, _assignment(account_id), duty="sales")
    assert not fitting.customer_fit(leader, quote.id)[0].owner


def _assignment(account_id: int) -> int:
    from lib.store.database import reading

    with reading() as connection:
        return connection.execute(select(Assignment.id).where(Assignment.account_id == account_id)).scalar()


@pytest.mark.parametrize(
    ("sales", "tier"),
    [("9999.99", "basic"), ("10000", "premium"), ("100000", "premium"), ("100000.01", "enterprise")],
)
def test_the_level_follows_from_monthly_sales(sales, tier):
    assert fit.tier_by_sales(Decimal(sales), LIMITS.basic_below, LIMITS.enterprise_above) == tier


def test_a_plan_for_another_size_of_seller_and_a_fee_out_of_proportion_are_named(tools):
    premium = tools("premium_one_market")
    monthly = premium.saved.priced.arr_minor // 12

    assert rules(premium, sales_minor=500_000) >= {"FIT-BASIC"}
    assert "AFFORD-2" in rules(premium, sales_minor=monthly * 49)
    assert rules(premium, sales_minor=monthly * 75) & {"AFFORD-1", "AFFORD-2"} == set()
    assert "AFFORD-1" in rules(premium, sales_minor=monthly * 101)
    assert rules(premium, sales_minor=500_000, currency="CNY") == set()  # nothing is converted


def test_the_effect_on_lifetime_value_is_the_change_of_arr_times_its_multiple(tools, manager, account_id):
    quote = tools("premium_one_market")
    make.subscription(account_id, mrr_minor=10_000, arr_minor=120_000)
    make.insert(AccountSegment(
        account_id=account_id, axis="value", value="high", since=make.TODAY, computed_on=make.TODAY,
        reason={"worth": {"times": 4.5}},
    ))  # fmt: skip
    standing, _limits = fitting.customer_fit(manager, quote.id)

    rows = dict(fit.lifetime_rows(quote.saved.priced, standing, "en"))

    quoted = round(quote.saved.priced.arr_minor * Decimal("4.5"))
    assert rows["Lifetime value today (4.50 × ARR)"] == "$5,400"
    assert rows["Effect on lifetime value"] == f"+${(quoted - 540_000) / 100:,.0f}"


def test_the_plan_leads_upwards_and_shows_what_can_be_added(tools):
    quote = tools("basic_one_shop")
    ways = [(way, item.code) for way, item, _more in fit.paths(quote.saved.priced, quote.basis)]

    assert ways[0] == ("up", "basic_three_shops")
    assert [code for way, code in ways if way == "up"][-1] == "enterprise_tools"
    assert ("add", "tool_seats") in ways and ("up", "free") not in ways
    more = next(more for _way, item, more in fit.paths(quote.saved.priced, quote.basis)
                if item.code == "basic_three_shops")  # fmt: skip
    listed = quote.basis.items
    assert more == listed["basic_three_shops"].list_price - listed["basic_one_shop"].list_price


def test_the_page_names_the_rule_and_shows_the_way_up(tools, manager, account_id):
    from tests.screen import opened, said

    make.change(Account, account_id, monthly_sales_minor=500_000)
    quote = tools("enterprise_tools", discount="0.05")

    at = opened("quote", manager, id=quote.id)

    assert not at.exception
    assert "ENT-1000" in said(at) and "below its start price of $1,000.00" in said(at)
    assert "FIT-BASIC" in said(at)

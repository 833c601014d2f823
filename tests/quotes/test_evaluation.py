"""A form priced with what is agreed with its account: contracted prices, offers, common ends, tax, rebate."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lib.errors import Invalid
from lib.pricing.choices import Choices, Contracted, Offer, RampYear
from lib.pricing.commands import shipped_books
from lib.pricing.price_book import Bundle
from lib.pricing.services import TenureStep
from lib.pricing.terms import read_terms
from lib.quotes import builder, snapshot
from lib.quotes.approvals import read_guardrails
from lib.quotes.evaluation import Agreed, Basis, Customer, evaluate, further_content
from lib.quotes.rules import QuoteForm, read_form
from lib.quotes.steps import explain, sentence
from lib.quotes.window_offers import without_closed
from lib.store import policy
from tests import make

SHIPPED = policy.shipped()
TODAY, START = date(2026, 11, 20), date(2027, 1, 1)
HEADING = snapshot.Heading(None, 1, None, None, "2026-11-20", "UTC", "", {}, {}, ())


def basis(currency: str = "USD", **over: object) -> Basis:
    book = next(b for b in shipped_books() if (b.code, b.currency) == ("saas", currency))
    rules = SHIPPED["quotes"]
    plain = Basis(
        1, book.code, 1, book.name_en, book.name_zh, currency, {i.code: i for i in book.items},
        read_terms(SHIPPED["pricing"], SHIPPED["offers"], SHIPPED["value"]), read_guardrails(rules), 180, 14,
        rules["tax"], "QT", tax_rates=rules["tax_rates"],
    )  # fmt: skip
    return replace(plain, **over)


def form(*lines: dict, held: Basis | None = None, **values: object) -> QuoteForm:
    known = held or basis()
    return read_form(make.quote_form(**values), list(lines) or [make.quote_line("enterprise")], known.items,
                     months=known.terms.months, today=TODAY, longest_days=180)  # fmt: skip


def line(code: str = "enterprise", quantity: object = 1, **more: object) -> dict:
    return make.quote_line(code, quantity) | more


def refused(asked: QuoteForm, held: Basis) -> str:
    with pytest.raises(Invalid) as refusal:
        evaluate(asked, held, 1)
    return refusal.value.code


@pytest.mark.acceptance("C13")
def test_a_quote_of_every_kind_of_line_totals_to_the_cent() -> None:
    """Plan, module, seats, 1,500 transactions for 5.00, days by cost, hours by value; cost and margin."""
    asked = form(
        line("enterprise"), line("api"), line("seats", 60), line("transactions", 1500),
        line("person_days", "12.5"), line("value_hours", 100), term_months=1,
    )  # fmt: skip

    priced = evaluate(asked, basis(), 1).priced

    assert [entry.net_minor for entry in priced.lines] == [149_900, 14_900, 64_800, 500, 81_250, 25_000]
    assert (priced.net_minor, priced.cost_minor) == (336_350, 42_000 + 3_500 + 18_600 + 180 + 62_500 + 7_500)
    assert priced.margin == Decimal(336_350 - 134_280) / 336_350


def test_a_contracted_price_is_taken_while_it_holds() -> None:
    agreed = (
        Agreed("enterprise", Contracted(Decimal(1200)), date(2026, 1, 1), None),
        Agreed("enterprise", Contracted(Decimal(1000)), date(2026, 6, 1), date(2027, 1, 1)),
        Agreed("api", Contracted(Decimal(99)), date(2027, 1, 2), None),
    )
    held = basis(customer=Customer(agreed=agreed))
    asked = form(line(), line("api"), term_months=1)

    nets = [entry.net_minor for entry in evaluate(asked, held, 1).priced.lines]
    later = [e.net_minor for e in evaluate(replace(asked, starts_on=date(2027, 1, 2)), held, 1).priced.lines]

    assert nets == [100_000, 14_900]
    assert later == [120_000, 9_900]


def test_an_offer_is_taken_only_while_its_window_is_open_and_for_its_items() -> None:
    window = Offer("q4", "Autumn", "秋季", Decimal("0.2"), ("api",))
    every = Offer("all", "All", "全部", Decimal("0.1"))
    held = basis(offers={"q4": window, "all": every})

    assert evaluate(form(line("api", offer_code="q4"), term_months=1), held, 1).priced.net_minor == 11_920
    assert evaluate(form(line("api", offer_code="all"), term_months=1), held, 1).priced.net_minor == 13_410
    assert refused(form(line(offer_code="q4")), held) == "offer_other_item"
    assert refused(form(line("onboarding", offer_code="all")), held) == "offer_other_item"
    assert refused(form(line("api", offer_code="gone")), held) == "offer_closed"


@pytest.mark.acceptance("C18")
def test_a_window_gives_months_and_a_gift_on_lines_of_the_quote() -> None:
    june = Offer("june", "June", "六月", Decimal(0), free_months=2, gift="onboarding")
    plain = Offer("bare", "Bare", "赠品", Decimal(0), gift="onboarding")
    held = basis(offers={"june": june, "bare": plain})
    present = line("onboarding", offer_code="june", gift=True)

    found = evaluate(form(line("api", offer_code="june"), present, term_months=12), held, 1).priced
    free, gift = found.lines

    assert free.net_minor == round(12 * 14_900 * Decimal("0.9") * 10 / 12)
    assert (gift.net_minor, gift.list_minor, gift.gift_minor) == (0, 0, found.gift_minor)
    assert found.gift_minor == 100 * held.items["onboarding"].list_price
    assert found.effective_discount == Decimal("0.25")
    assert explain(free, "USD", {}, "zh-CN")[2] == "免 2 个月：−16.7%。由 USD 1,609.20 变为 USD 1,341.00。"
    assert refused(form(line("api", offer_code="june", gift=True)), held) == "offer_other_item"
    assert refused(form(line("api", offer_code="bare")), held) == "offer_other_item"


def test_the_gift_of_a_window_is_one_of_the_things_to_add_and_goes_when_it_closes() -> None:
    held = basis(offers={"june": Offer("june", "June", "六月", Decimal(0), gift="onboarding")})
    code = next(code for code in builder.names_to_add(held, "en") if code.startswith(builder.WINDOW))
    drafted = form(line("api"), *builder.new_lines(code, 1, held), term_months=12)

    assert evaluate(drafted, held, 1).priced.gift_minor > 0
    assert [one.item_code for one in without_closed(drafted, {}).lines] == ["api"]
    assert without_closed(drafted, dict(held.offers)) is drafted


def test_a_quote_ends_with_a_running_contract_or_on_a_given_day() -> None:
    held = basis(customer=Customer(contract_ends={7: date(2027, 6, 30)}))

    together = evaluate(form(held=held, co_term_contract_id=7), held, 1).priced
    dated = evaluate(form(ends_on=date(2027, 3, 15)), held, 1).priced

    assert together.net_minor == 6 * 149_900
    assert together.period.ends_on == date(2027, 6, 30)
    assert dated.lines[0].list_minor == 149_900 * 2 + 72_532  # 15 of 31 days
    assert refused(form(co_term_contract_id=8), held) == "quote_co_term"


def test_a_line_counts_its_own_period_by_its_own_convention() -> None:
    asked = form(line(starts_on=START, ends_on=date(2027, 1, 15), proration="thirty_360"), line(
        starts_on=START, ends_on=date(2027, 1, 15)), term_months=1)  # fmt: skip

    spans = [entry.span for entry in evaluate(asked, basis(), 1).priced.lines]

    assert [(s.convention, s.numerator, s.denominator) for s in spans] == [
        ("thirty_360", 15, 30), ("actual", 15, 31),
    ]  # fmt: skip


def test_tax_follows_the_country_of_the_account() -> None:
    for country, currency, mode, tax in (
        ("DE", "USD", "added", 28_481), (None, "USD", "excluded", 0), ("US", "USD", "excluded", 0),
        (None, "CNY", "added", 59_994),
    ):  # fmt: skip
        held = basis(currency, customer=Customer(country))
        found = evaluate(form(term_months=1, held=held), held, 1)

        assert (found.tax.mode, found.tax.tax_minor) == (mode, tax)
        said = snapshot.build(form(term_months=1), found.priced, held, HEADING)
        assert (said["tax"]["mode"], said["total_minor"]) == (mode, found.priced.net_minor + tax)
        assert sum(part["amount_minor"] for part in said["payments"]) == said["total_minor"]


def test_years_of_cooperation_bring_a_rebate_beside_the_price() -> None:
    held = basis(customer=Customer(since=date(2023, 6, 1)), tenure=(TenureStep(3, Decimal("0.02")),))

    found = evaluate(form(term_months=1), held, 1)

    assert (found.rebate.years, found.rebate.rate, found.rebate.minor) == (3, Decimal("0.02"), 2_998)
    assert found.priced.net_minor == 149_900


def test_what_is_chosen_changes_the_content_and_what_is_not_leaves_it() -> None:
    plain = evaluate(form(), basis(), 1)

    assert further_content(form()) == {}
    for change in (
        {"choices": {"annual_preset": True}}, {"net_days": 60}, {"clauses": [{"code": "exit"}]},
        {"price_lock_until": date(2028, 1, 1)}, {"ends_on": date(2027, 12, 31)},
    ):  # fmt: skip
        assert evaluate(form(**change), basis(), 1).hash != plain.hash
    assert evaluate(form(line(gift=True)), basis(), 1).hash != plain.hash
    assert evaluate(form(line(label="Design")), basis(), 1).hash != plain.hash
    same = [form(line(premium=p, premium_reason="x"), choices={"all_in": a}) for p, a in
            (("0.20", "0.100"), ("0.2", "0.1"))]  # fmt: skip
    assert evaluate(same[0], basis(), 1).hash == evaluate(same[1], basis(), 1).hash
    assert evaluate(form(scenario_set="a", template_code="b"), basis(), 1).hash == plain.hash


def test_the_snapshot_shows_gifts_bundles_periods_and_choices() -> None:
    pair = Bundle("pair", "Pair", "套装", (("api", Decimal(1)), ("analytics", Decimal(1))), Decimal("0.25"))
    held = basis(bundles={"pair": pair}, offers={"q4": Offer("q4", "Autumn", "秋季", Decimal("0.2"))})
    asked = form(
        line("api", bundle_code="pair"), line("analytics", bundle_code="pair"), line("support", gift=True),
        line("seats", 10, ramp=[{"year": 1, "quantity": 10}, {"year": 2, "quantity": 20}], offer_code="q4"),
        line("enterprise", starts_on=START, ends_on=date(2027, 6, 30)),
        term_months=24, choices={"annual_preset": True}, net_days=30, payment_terms={"billing": "annual"},
    )  # fmt: skip

    said = snapshot.build(asked, evaluate(asked, held, 1).priced, held, HEADING)

    assert said["lines"][2] | {"gift": True, "gift_minor": 299 * 24 * 100, "net_minor": 0} == said["lines"][2]
    assert said["priced"]["bundles"][0]["share"] == "0.25"
    assert said["priced"]["offers"] == {"q4": {"en": "Autumn", "zh-CN": "秋季"}}
    assert said["priced"]["choices"] == {"annual_preset": True}
    assert (said["lines"][4]["period"]["numerator"], said["lines"][0]["period"]) == (6, None)
    assert [part["due_on"] for part in said["payments"]] == ["2027-01-31", "2028-01-31"]
    assert said["payments"][1]["net_minor"] > said["lines"][3]["net_minor"] // 2
    assert "cost" not in str(said) and "margin" not in str(said)


def test_a_share_of_several_lines_and_a_ramp_explain_themselves_in_both_languages() -> None:
    agreed = (Agreed("support", Contracted(Decimal(250)), date(2026, 1, 1), None),)
    held = basis(customer=Customer(agreed=agreed))
    asked = form(line("seats", 60), line("support", premium="0.2", premium_reason="On call"),
                 line("gold_escort"), term_months=12, prepaid=True, discount="0.05")  # fmt: skip
    priced = evaluate(asked, held, 1).priced

    seats, support, escort = (explain(entry, "USD", {}, "en") for entry in priced.lines)
    chinese = explain(priced.lines[1], "USD", {}, "zh-CN")

    assert seats[0] == "List price: USD 8,640.00."
    assert seats[1] == "Volume price from 50: −10.0%. USD 8,640.00 becomes USD 7,776.00."
    assert support[1].startswith("Price agreed by contract, in place of list price and volume steps.")
    assert support[2] == "Value premium: +20.0%. USD 3,000.00 becomes USD 3,600.00."
    assert escort[1].startswith("Follows the lines it is a share of.")
    assert chinese[2] == "价值溢价：+20.0%。由 USD 3,000.00 变为 USD 3,600.00。"
    assert len(chinese) == len(support) == len(priced.lines[1].steps)


@pytest.mark.parametrize(
    ("rule", "rate", "english"),
    [
        ("multi-year-24", "0.1", "several years (24 months), on top: −10.0%"),
        ("bundle-pair", "0.25", "in bundle Pair: −25.0%"),
        ("bundle-other", "-0.05", "in bundle other: +5.0%"),
        ("offer-q4", "0.2", "offer q4: −20.0%"),
        ("annual-preset", "0.1667", "a year for the price of ten months: −16.7%"),
        ("own-price", "-0.1", "price of its own: +10.0%"),
        ("coupon", "0.01", "coupon: −1.0%"),
        ("follows-lines", "-0.2", "follows the lines it is a share of"),
        ("gift", None, "a gift, shown at list value and charged at nothing"),
    ],
)
def test_each_rule_has_its_words(rule, rate, english) -> None:
    assert sentence(rule, rate and Decimal(rate), "en", {"pair": "Pair"}) == english


def test_a_typed_ramp_may_come_back_as_it_was_stored() -> None:
    ramp = (RampYear(1, Decimal(10)), RampYear(2, Decimal(20), Decimal(9)))

    assert form(line("seats", 10, ramp=ramp), choices=Choices(table="renewal")).lines[0].more.ramp == ramp

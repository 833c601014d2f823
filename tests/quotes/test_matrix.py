"""What counts as an offer on a line, and what is not measured at all."""

from decimal import Decimal

from lib.pricing.choices import Choices, Contracted, Cut
from lib.quotes.matrix import MEASURES, NO_FACTS, stacked_offers
from tests.pricing.made import SEATS, ask, item, priced


def test_offers_are_counted_on_the_line_that_stacks_most() -> None:
    plain = priced(ask(), months=1)
    stacked = priced(ask(offer=Cut("june", Decimal("0.1"))), ask(), months=12, prepaid=True)

    assert (stacked_offers(plain), stacked_offers(stacked), stacked_offers(priced())) == (0, 3, 0)


def test_what_somebody_sets_by_hand_is_no_offer() -> None:
    by_hand = ask(SEATS, "60", premium=Decimal("0.2"), discount=Decimal("0.1"))
    own = ask(price=Decimal(80))
    agreed = ask(contracted=Contracted(Decimal(90)))
    days = ask(item("days", "day", method="cost_plus"), price=Decimal(70))
    found = priced(
        by_hand, own, agreed, days, discount=Decimal("0.05"), choices=Choices(all_in=Decimal("0.1"))
    )

    assert stacked_offers(found) == 0


def test_without_lines_of_a_kind_there_is_no_discount_on_it() -> None:
    found = priced(ask(discount=Decimal("0.25")))

    assert MEASURES["once"](found, NO_FACTS) is None
    assert MEASURES["discount"](found, NO_FACTS) == Decimal("0.25")

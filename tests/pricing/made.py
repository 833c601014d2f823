"""Items, terms and prices for tests of the price engine."""

from decimal import Decimal

from lib.pricing.asked import LineRequest, Terms
from lib.pricing.price_book import Item
from lib.pricing.terms import Band, TermPolicy, TermRate
from lib.pricing.tiers import Tier
from lib.pricing.waterfall import Priced, price

D = Decimal
POLICY = TermPolicy(
    terms=(
        TermRate(1, D(0)), TermRate(3, D(0)), TermRate(12, D("0.10")), TermRate(24, D("0.10"), D("0.10")),
        TermRate(36, D("0.10"), D("0.15")),
    ),
    prepay=D("0.10"),
    prepay_from=12,
    prepay_band=Band(D("0.10"), D("0.15")),
    tables={"renewal": (TermRate(12, D("0.10")), TermRate(24, D("0.30")))},
    all_in_band=Band(D("0.10"), D("0.15")),
    premium_band=Band(D(0), D("0.40")),
    bundle_band=Band(D("0.20"), D("0.30")),
)  # fmt: skip


def item(code: str = "plan", unit: str = "month", price: str = "100", **over: object) -> Item:
    values = {"group": "platform", "name_en": code, "name_zh": code, "recurring": unit not in ("once", "day")}
    return Item(code=code, unit=unit, list_price=D(price), **(values | over))


SEATS = item(
    "seats", "seat_month", "12", group="seats", tiers=(Tier(D(1), D(12)), Tier(D(50), D("10.80")))
)  # fmt: skip
USAGE = item(
    "use", "usage_month", "0.01", group="usage", tiers=(Tier(D(1), D(0)), Tier(D(1001), D("0.01")))
)  # fmt: skip


def ask(what: Item | None = None, quantity: str = "1", **over: object) -> LineRequest:
    return LineRequest(what or item(), D(quantity), **over)


def priced(*requests: LineRequest, currency: str = "USD", policy: TermPolicy = POLICY, months: int = 1,
           **over: object) -> Priced:  # fmt: skip
    return price(list(requests), Terms(months, **over), policy, currency)


def told(found: Priced, line: int = 0) -> list[tuple[str, Decimal]]:
    """Rule and outcome of each step of a line."""
    return [(step.rule, step.after) for step in found.lines[line].steps]

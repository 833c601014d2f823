"""How fast quotes are priced: `python -m tests.bench.pricing [--lines 100] [--seconds 3]`.

Prices one quote again and again in pure rules: plans, seats with volume steps, usage, services, bundles,
gifts, contracted prices, ramps and a share of the rest, under a two-year prepaid term with a quote discount.
"""

import argparse
import time
from decimal import Decimal

from lib.pricing.asked import LineRequest, Terms
from lib.pricing.choices import Choices, Contracted, Cut, RampYear
from lib.pricing.commands import shipped_books
from lib.pricing.price_book import Bundle
from lib.pricing.terms import TermPolicy, read_terms
from lib.pricing.waterfall import price
from lib.store import policy

LEAST = 200  # quotes a second


def world(lines: int) -> tuple[list[LineRequest], Terms, TermPolicy]:
    book = next(book for book in shipped_books() if (book.code, book.currency) == ("saas", "USD"))
    items = {item.code: item for item in book.items}
    one = Decimal(1)
    pair = Bundle("pair", "Pair", "套装", (("api", one), ("analytics", one)), saving=Decimal("0.25"))
    ramp = (RampYear(1, Decimal(20)), RampYear(2, Decimal(40), Decimal("11.5")))
    kinds = [
        LineRequest(items["enterprise"], one, Decimal("0.05")),
        LineRequest(items["seats"], Decimal(120)),
        LineRequest(items["transactions"], Decimal(1500), offer=Cut("june", Decimal("0.1"))),
        LineRequest(items["api"], one, bundle="pair"),
        LineRequest(items["analytics"], one, bundle="pair"),
        LineRequest(items["support"], one, contracted=Contracted(Decimal(250))),
        LineRequest(items["seats"], Decimal(20), ramp=ramp),
        LineRequest(items["person_days"], Decimal("12.5")),
        LineRequest(items["region_rights"], one, gift=True),
        LineRequest(items["gold_escort"], one),
    ]
    shipped = policy.shipped()
    terms = Terms(24, True, Decimal("0.04"), Choices(prepay_rate=Decimal("0.12")), {"pair": pair})
    held = read_terms(shipped["pricing"], shipped["offers"], shipped["value"])
    return [kinds[n % len(kinds)] for n in range(lines)], terms, held


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=3)
    chosen = parser.parse_args()
    requests, terms, held = world(chosen.lines)
    count, began = 0, time.process_time()
    while (spent := time.process_time() - began) < chosen.seconds:
        price(requests, terms, held, "USD")
        count += 1
    print(f"{count / spent:.0f} quotes of {chosen.lines} lines a second of processor time (at least {LEAST})")
    return 0 if count / spent >= LEAST else 1


if __name__ == "__main__":
    raise SystemExit(main())

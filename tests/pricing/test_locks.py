"""A price lock: how long it runs, which prices it keeps, and what a locked line starts from."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from lib.pricing.locks import lock_of, raised, running
from lib.pricing.tiers import Tier
from tests.pricing.made import SEATS, USAGE, D, ask, item, priced, told

OLD, NEW = item(price="100", unit_cost=D(40)), item(price="120", unit_cost=D(45))


def row(**over: object) -> SimpleNamespace:
    values = {"account_id": 1, "quote": "Q-1", "book_id": 5, "book_number": 1, "starts_on": date(2026, 1, 1),
              "term_months": 12, "ends_on": None, "price_lock_until": None}  # fmt: skip
    return SimpleNamespace(**values | over)


@pytest.mark.parametrize(
    ("over", "until"),
    [
        ({}, date(2026, 12, 31)), ({"ends_on": date(2026, 11, 3)}, date(2026, 11, 3)),
        ({"price_lock_until": date(2028, 6, 30)}, date(2028, 6, 30)),
    ],
)  # fmt: skip
def test_a_lock_ends_on_the_day_it_names_or_with_the_term(over, until) -> None:
    locked = row(**over)

    assert lock_of(locked).until == until
    assert [len(running([locked], day)) for day in (until, until + timedelta(days=1))] == [1, 0]
    assert [len(running([locked], until, before=number)) for number in (1, 2)] == [0, 1]


def test_only_items_that_rose_keep_their_earlier_price() -> None:
    steps = replace(SEATS, tiers=(SEATS.tiers[0], Tier(D(50), D("11.50"))))
    share = item("escort", "share", "0.15")
    old = {"plan": OLD, "seats": SEATS, "use": USAGE, "escort": share, "gone": OLD, "flat": SEATS}
    new = {"plan": NEW, "seats": steps, "use": USAGE, "escort": replace(share, list_price=D("0.2")),
           "flat": replace(SEATS, tiers=())}  # fmt: skip

    assert set(raised(old, new)) == {"plan", "seats", "flat"}
    assert raised(old, new)["plan"] == replace(OLD, unit_cost=D(0))
    assert raised(new, old) == raised(old, old) == {}


def test_a_locked_line_starts_from_its_earlier_price_and_is_no_discount() -> None:
    found = priced(ask(NEW, locked=OLD), months=12, discount=D("0.1"))

    assert told(found)[:3] == [("list", D(1440)), ("price-lock", D(1200)), ("term-12", D(1080))]
    assert (found.list_minor, found.net_minor, found.effective_discount) == (120_000, 97_200, D("0.19"))


def test_volume_steps_of_a_locked_item_are_its_earlier_ones() -> None:
    dearer = replace(SEATS, list_price=D(15), tiers=(Tier(D(1), D(15)), Tier(D(50), D(14))))
    found = priced(ask(dearer, "50", locked=SEATS))

    assert told(found)[1:3] == [("price-lock", D(600)), ("volume-50", D(540))]
    metered = replace(USAGE, tiers=(Tier(D(1), D(0)), Tier(D(1001), D("0.02"))))
    assert priced(ask(metered, "1500", locked=USAGE)).net_minor == 500

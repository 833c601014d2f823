"""When a window is open and for whom, to the minute; what its form may say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from lib.errors import Conflict, Invalid
from lib.offers import drawers, phrases, rules
from lib.offers.rules import Customer, Phase, Window
from lib.offers.seasons import windows_ahead
from lib.store import policy
from tests import make

OPENS, CLOSES = datetime(2026, 10, 31, 16, tzinfo=UTC), datetime(2026, 11, 30, 16, tzinfo=UTC)
WINDOW = Window(1, "november", "November", "十一月", "Asia/Shanghai", date(2026, 10, 20), OPENS, CLOSES,
                rate=Decimal("0.1"))  # fmt: skip
CHINA = Customer("China", "APAC", "premium", "pro", ("price:urgency",))
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 10, 19, 15, 59, tzinfo=UTC), Phase.ANNOUNCED),
        (datetime(2026, 10, 19, 16, tzinfo=UTC), Phase.APPLYING),  # midnight in Shanghai
        (OPENS - MINUTE, Phase.APPLYING),
        (OPENS, Phase.OPEN),
        (CLOSES - MINUTE, Phase.OPEN),
        (CLOSES, Phase.CLOSED),
        (CLOSES + MINUTE, Phase.CLOSED),
    ],
)
def test_a_window_is_open_to_the_minute(now, told):
    assert rules.phase(WINDOW, now) is told


def test_slots_and_budget_close_an_open_window():
    assert rules.phase(replace(WINDOW, slots=100, taken=99), OPENS) is Phase.OPEN
    assert rules.phase(replace(WINDOW, slots=100, taken=100), OPENS) is Phase.FULL
    assert rules.phase(replace(WINDOW, budget_minor=500, spent_minor=499), OPENS) is Phase.OPEN
    assert rules.phase(replace(WINDOW, budget_minor=500, spent_minor=500), OPENS) is Phase.SPENT
    assert rules.phase(replace(WINDOW, status="withdrawn"), OPENS) is Phase.WITHDRAWN


@pytest.mark.parametrize(
    ("narrowed", "fits"),
    [
        ({}, True),
        ({"markets": ("china",)}, True),
        ({"markets": ("apac", "EMEA")}, True),
        ({"markets": ("Germany",)}, False),
        ({"tiers": ("Premium",)}, True),
        ({"tiers": ("enterprise",)}, False),
        ({"segments": ("price:urgency", "price:discount")}, True),
        ({"segments": ("value:high",)}, False),
        ({"markets": ("China",), "segments": ("value:high",)}, False),
    ],
)
def test_market_segment_and_tier_all_have_to_fit(narrowed, fits):
    assert rules.is_for(replace(WINDOW, **narrowed), CHINA) is fits


def test_a_window_with_a_budget_holds_in_its_own_currency():
    window = replace(WINDOW, budget_minor=100)

    assert rules.offered([window], CHINA, OPENS, "USD") == [window]
    assert rules.offered([window], CHINA, OPENS, "CNY") == []


def test_a_slot_beyond_the_last_is_refused_and_a_paper_outlives_the_window():
    rules.take_slot(replace(WINDOW, slots=1), CLOSES + MINUTE)

    with pytest.raises(Conflict) as full:
        rules.take_slot(replace(WINDOW, slots=1, taken=1), OPENS)
    assert full.value.code == "offer_full"
    with pytest.raises(Conflict):
        rules.take_slot(WINDOW, OPENS - MINUTE)


def test_accounts_apply_from_the_early_date_until_the_end():
    rules.may_apply(WINDOW, CHINA, OPENS - timedelta(days=3))
    for now in (OPENS - timedelta(days=30), CLOSES):
        with pytest.raises(Conflict):
            rules.may_apply(WINDOW, CHINA, now)
    with pytest.raises(Invalid):
        rules.may_apply(replace(WINDOW, markets=("Germany",)), CHINA, OPENS)


@pytest.mark.parametrize(("price_class", "days"), [("urgency", 3), ("discount", 14), (None, 14)])
def test_urgent_customers_get_three_days(price_class, days):
    assert rules.valid_days(price_class, usual=14, urgent=3) == days


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": "Ü"}, "offer_code"), ({"kind": "sale"}, "offer_value"), ({"zone": "Mars"}, "offer_value"),
        ({"closes": datetime(2026, 11, 1)}, "offer_ends_first"),
        ({"apply_from": date(2026, 11, 2)}, "offer_applies_late"), ({"rate": 0}, "offer_no_terms"),
        ({"rate": Decimal(1)}, "offer_value"), ({"slots": 0}, "offer_value"),
        ({"opens": None}, "offer_value"),
        ({"free_months": 13}, "offer_value"), ({"name_zh": " "}, "offer_value"),
        ({"budget_minor": -1}, "offer_value"),
    ],
)  # fmt: skip
def test_a_form_with_a_fault_is_refused(changed, code):
    with pytest.raises(Invalid) as error:
        rules.check_window(make.window_form(**changed))
    assert error.value.code == code


def test_clock_times_of_the_zone_become_instants():
    found = rules.check_window(make.window_form())

    assert (found["opens_at"], found["closes_at"]) == (OPENS, CLOSES)
    assert found["markets"] is None


def test_typed_values_reach_the_window_as_meant():
    raw = {"code": "x", "kind": "custom", "name_en": "X", "name_zh": "X", "zone": "UTC", "rate": "12.5%",
           "opens_on": date(2026, 11, 1), "opens_time": "9:30", "closes_on": date(2026, 11, 3),
           "closes_time": "24:00", "markets": "China， Vietnam", "currency": "USD",
           "budget_minor": "1000.50"}  # fmt: skip
    found = rules.check_window(drawers.values(raw))

    assert found["rate"] == Decimal("0.125")
    assert found["markets"] == ["China", "Vietnam"]
    assert found["opens_at"] == datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    assert found["closes_at"] == datetime(2026, 11, 4, tzinfo=UTC)
    assert found["budget_minor"] == 100_050


def test_the_year_ahead_names_seasons_quarter_ends_and_the_anniversary():
    shipped = policy.shipped()
    ahead = {w["code"]: w for w in windows_ahead(shipped["season"], shipped["offers"], make.TODAY, "UTC")}

    assert ahead["black_friday_2026"]["opens"] == datetime(2026, 11, 23)
    assert ahead["black_friday_2026"]["closes"] == datetime(2026, 12, 2)
    assert ahead["double_eleven_2027"]["apply_from"] == date(2027, 10, 2)
    assert ahead["quarter_end_2026_12"]["closes"] == datetime(2027, 1, 1)
    assert ahead["anniversary_2027"]["opens"] == datetime(2027, 6, 15)
    assert len([code for code in ahead if code.startswith("quarter_end")]) == 4


def test_the_next_window_is_told_on_the_day_of_its_own_zone():
    frame = pd.DataFrame([vars(WINDOW) | {"phase": "applying", "queued": 0}])
    tile = phrases.figures(frame, OPENS - timedelta(days=3), "en")[2]

    assert (tile["value"], tile["note"]) == ("1 Nov 2026", "November")

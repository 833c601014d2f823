"""What a change costs, when it takes effect, what comes back: the rules alone."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import Invalid
from lib.subscriptions import rules
from lib.subscriptions.rules import CONVENTIONS, Limits, Why

LIMITS = Limits(7, 30, 24, 5, 3, Decimal("0.995"))
BOUGHT = date(2026, 3, 1)
MONTH, YEAR = (rules.cycle_on(BOUGHT, billing, BOUGHT) for billing in ("monthly", "annual"))
BEGAN = datetime(2026, 11, 3, 6, 30, tzinfo=UTC)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def outage(hours: float, began: datetime = BEGAN) -> rules.Outage:
    return rules.Outage(began, began + timedelta(hours=hours))


@pytest.mark.trap("T15")
@pytest.mark.acceptance("C11")
def test_a_monthly_plan_comes_back_on_day_7_and_not_on_day_8():
    on = rules.refund(BOUGHT, "monthly", BOUGHT + days(7), 4_900, LIMITS)
    after = rules.refund(BOUGHT, "monthly", BOUGHT + days(8), 4_900, LIMITS)
    assert (on.eligible, on.why, on.amount_minor, on.last_day) == (
        True,
        Why.UNCONDITIONAL,
        4_900,
        date(2026, 3, 8),
    )
    assert (after.eligible, after.why, after.amount_minor) == (False, Why.TOO_LATE, 0)


@pytest.mark.trap("T15")
@pytest.mark.acceptance("C11")
def test_an_annual_plan_comes_back_on_day_30_and_not_on_day_31():
    on = rules.refund(BOUGHT, "annual", BOUGHT + days(30), 99_900, LIMITS)
    after = rules.refund(BOUGHT, "annual", BOUGHT + days(31), 99_900, LIMITS)
    assert (on.eligible, on.why, on.amount_minor) == (True, Why.GUARANTEE, 99_900)
    assert not after.eligible


@pytest.mark.parametrize(
    ("asked", "paid", "first", "why"),
    [(-1, 100, True, Why.BEFORE), (1, 0, True, Why.NOTHING_PAID), (1, 100, False, Why.RENEWAL)],
)
def test_nothing_comes_back_before_the_purchase_unpaid_or_for_a_renewal(asked, paid, first, why):
    found = rules.refund(BOUGHT, "annual", BOUGHT + days(asked), paid, LIMITS, first=first)
    assert (found.eligible, found.why, found.amount_minor) == (False, why, 0)


@pytest.mark.acceptance("C11")
def test_an_upgrade_in_mid_cycle_charges_the_exact_difference_for_the_days_left():
    """199 to 499 a month with 10 of 30 days left: 300 × 10 ÷ 30."""
    cycle = rules.cycle_on(date(2026, 4, 1), "monthly", date(2026, 4, 21))
    made = rules.upgrade(19_900 * 12, 49_900 * 12, cycle, date(2026, 4, 21))
    assert (made.part.numerator, made.part.denominator) == (10, 30)
    assert (made.credit_minor, made.charge_minor, made.due_minor) == (-6_633, 16_633, 10_000)


def test_conventions_differ_and_say_what_they_counted():
    cycle = rules.cycle_on(date(2026, 1, 31), "annual", date(2026, 7, 1))
    parts = [rules.part_left(c, cycle, date(2026, 7, 1)) for c in CONVENTIONS]
    assert [(p.numerator, p.denominator) for p in parts] == [(214, 365), (209, 360), (7, 12)]
    assert parts[0].factor == Decimal("0.586301369863")


def test_a_cycle_counts_from_its_start_so_that_the_31st_comes_back():
    starts = date(2026, 1, 31)
    assert rules.cycle_on(starts, "monthly", date(2026, 3, 1)).starts_on == date(2026, 2, 28)
    assert rules.cycle_on(starts, "monthly", date(2026, 3, 31)).starts_on == date(2026, 3, 31)
    leap = rules.cycle_on(date(2024, 2, 29), "annual", date(2025, 2, 28))
    assert (leap.starts_on, leap.ends_on) == (date(2025, 2, 28), date(2026, 2, 28))


@pytest.mark.trap("T15")
@pytest.mark.acceptance("C11")
def test_a_downgrade_waits_for_the_end_of_the_cycle_and_is_recalled_5_and_3_days_before():
    cycle = rules.cycle_on(date(2026, 4, 1), "monthly", date(2026, 4, 10))
    made = rules.downgrade(600_000, 240_000, cycle, LIMITS)
    assert made.effective_on == date(2026, 5, 1)
    assert made.reminders == (date(2026, 4, 26), date(2026, 4, 28))


@pytest.mark.trap("T19")
@pytest.mark.acceptance("C11")
def test_an_outage_of_25_hours_extends_the_term_and_one_of_24_does_not():
    assert rules.extension_days(outage(25), LIMITS) == 2  # the whole outage, a day begun counting
    assert rules.extension_days(outage(24), LIMITS) == 0
    assert rules.extension_days(outage(48), LIMITS) == 2  # not 1, the excess over 24 hours


def test_availability_below_the_promise_is_reported_though_nothing_is_extended():
    """3.6 hours of a 30-day month are 99.5 %; four are a breach, far below the 24 that extend."""
    kept = rules.uptime(date(2026, 11, 1), [outage(3.6)], LIMITS)
    missed = rules.uptime(date(2026, 11, 1), [outage(4)], LIMITS)
    assert (kept.share, kept.kept) == (Decimal("0.995000"), True)
    assert not missed.kept
    assert rules.extension_days(outage(4), LIMITS) == 0


def test_overlapping_outages_count_once_and_only_inside_the_month():
    twice = [outage(5), outage(3)]
    assert rules.uptime(date(2026, 11, 1), twice, LIMITS).down == timedelta(hours=5)
    over = outage(10, datetime(2026, 10, 31, 20, tzinfo=UTC))
    assert rules.uptime(date(2026, 11, 1), [over], LIMITS).down == timedelta(hours=6)
    assert rules.uptime(date(2026, 10, 1), [over], LIMITS).down == timedelta(hours=4)


def test_a_quota_below_the_peak_is_named_the_worst_first():
    quotas = {"api": Decimal(100), "storage": Decimal(50), "exports": Decimal(9)}
    found = rules.shortfalls(quotas, {"api": Decimal(120), "storage": Decimal(200)})
    assert [s.name for s in found] == ["storage", "api"]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: rules.cycle_on(BOUGHT, "weekly", BOUGHT), "change_billing"),
        (lambda: rules.cycle_on(BOUGHT, "monthly", BOUGHT - days(1)), "change_before_start"),
        (lambda: rules.part_left("moon", YEAR, BOUGHT), "proration_unknown"),
        (lambda: rules.part_left("actual", YEAR, BOUGHT), "proration_unknown"),
        (lambda: rules.part_left("days", MONTH, date(2027, 1, 1)),
         "change_outside_cycle"),
        (lambda: rules.upgrade(100, 100, YEAR, BOUGHT), "change_not_up"),
        (lambda: rules.downgrade(100, 100, YEAR, LIMITS), "change_not_down"),
        (lambda: rules.check_outage(BEGAN, BEGAN, BEGAN), "outage_order"),
        (lambda: rules.check_outage(BEGAN, BEGAN + days(1), BEGAN), "outage_future"),
        (lambda: rules.check_outage(None, BEGAN, BEGAN), "outage_instant"),
        (lambda: rules.check_outage(BEGAN.replace(tzinfo=None), BEGAN, BEGAN), "outage_instant"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(call, error):
    with pytest.raises(Invalid, match=error):
        call()


CYCLES = st.builds(
    lambda start, billing, skip: (rules.cycle_on(start, billing, start + days(skip)), start + days(skip)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(sorted(rules.CYCLE_MONTHS)),
    st.integers(0, 1500),
)  # fmt: skip
MINOR = st.integers(0, 10**9)


@given(CYCLES)
def test_every_day_lies_in_its_cycle(made):
    cycle, day = made
    assert cycle.starts_on <= day < cycle.ends_on
    assert 28 * cycle.months <= cycle.days <= 31 * cycle.months


@given(CYCLES, MINOR, st.integers(1, 10**9), st.sampled_from(CONVENTIONS))
def test_credit_and_charge_add_up_to_the_exact_difference(made, old, more, convention):
    cycle, day = made
    found = rules.upgrade(old, old + more, cycle, day, convention)
    exact = (
        Decimal(found.new_cycle_minor - found.old_cycle_minor) * found.part.numerator / found.part.denominator
    )
    assert abs(found.due_minor - exact) <= Decimal("0.5")
    assert found.credit_minor + found.charge_minor == found.due_minor >= 0
    assert 0 < found.part.factor <= 1


@given(CYCLES, MINOR, st.integers(1, 10**9))
def test_the_later_the_upgrade_the_less_is_due(made, old, more):
    cycle, day = made
    dues = [rules.upgrade(old, old + more, cycle, d, "days").due_minor for d in {cycle.starts_on, day}]
    first = rules.upgrade(old, old + more, cycle, cycle.starts_on, "days")
    assert max(dues) == first.due_minor == first.new_cycle_minor - first.old_cycle_minor


def test_the_policy_of_changes_is_read_out_of_two_areas():
    lifecycle = {"refund": {"monthly_days": 1, "annual_days": 2}, "outage": {"credit_above_hours": 3},
                 "downgrade": {"remind_from": 4, "remind_to": 5}}  # fmt: skip

    assert rules.limits_of(lifecycle, {"uptime": {"month": "0.9"}}) == Limits(1, 2, 3, 4, 5, Decimal("0.9"))


def test_each_billing_has_its_cycle_and_several_years_are_billed_by_the_year():
    assert rules.CYCLE_MONTHS == {
        "monthly": 1, "two_monthly": 2, "quarterly": 3, "half_year": 6, "annual": 12, "biennial": 24,
        "triennial": 36, "multi_year": 12,
    }  # fmt: skip
    later = rules.cycle_on(date(2024, 11, 15), "quarterly", date(2026, 6, 1))
    assert (later.starts_on, later.ends_on) == (date(2026, 5, 15), date(2026, 8, 15))


def test_a_price_and_a_part_are_rounded_once():
    assert [rules.cycle_price(1_990, months) for months in (1, 3)] == [166, 498]
    assert rules.Part("days", 1, 3).factor == Decimal("0.333333333333")


def test_the_first_day_of_the_next_cycle_is_outside_and_the_last_day_is_named():
    with pytest.raises(Invalid, match="change_outside_cycle") as refusal:
        rules.part_left("days", MONTH, MONTH.ends_on)

    assert refusal.value.values == {"start": date(2026, 3, 1), "end": date(2026, 3, 31)}


def test_a_level_may_fall_to_nothing_and_no_further():
    assert rules.downgrade(1, 0, MONTH, LIMITS).effective_on == date(2026, 4, 1)
    with pytest.raises(Invalid, match="change_not_down"):
        rules.downgrade(100, -1, MONTH, LIMITS)


def test_the_smallest_amount_comes_back_on_the_day_of_the_purchase():
    found = rules.refund(BOUGHT, "monthly", BOUGHT, 1, LIMITS)

    assert (found.eligible, found.why, found.amount_minor) == (True, Why.UNCONDITIONAL, 1)


def test_an_outage_may_have_ended_this_moment_and_is_kept_in_utc():
    here = timezone(timedelta(hours=8))
    found = rules.check_outage(BEGAN.astimezone(here), (BEGAN + days(1)).astimezone(here), BEGAN + days(1))

    assert (found.started_at, found.length) == (BEGAN, days(1))
    assert found.started_at.tzinfo is found.ended_at.tzinfo is UTC
    with pytest.raises(Invalid, match="outage_instant"):
        rules.check_outage(BEGAN, (BEGAN + days(1)).replace(tzinfo=None), BEGAN + days(1))


def test_availability_has_six_places():
    """One hour of 720 is 0.13889 %."""
    assert rules.uptime(date(2026, 11, 1), [outage(1)], LIMITS).share == Decimal("0.998611")


def test_a_quota_that_just_holds_the_peak_is_none_and_the_worst_is_a_matter_of_shares():
    quotas = {"api": Decimal(100), "users": Decimal(5), "storage": Decimal(7)}
    found = rules.shortfalls(quotas, {"api": Decimal(1000), "users": Decimal(10), "storage": Decimal(7)})

    assert [s.name for s in found] == ["api", "users"]

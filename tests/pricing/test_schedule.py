"""Payments: dates, amounts, and that they add up."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lib.pricing.choices import RampYear
from lib.pricing.proration import span
from lib.pricing.schedule import last_day, schedule
from lib.pricing.terms import TermPolicy, TermRate
from tests.pricing.made import D, ask, item, priced

START = date(2026, 1, 31)


def test_periods_are_counted_from_the_first_day_and_one_off_lines_come_first() -> None:
    found = schedule(priced(ask(), ask(item(unit="once")), months=3), START, 1, tax_minor=2_400)

    assert [(p.starts_on, p.ends_on) for p in found] == [
        (date(2026, 1, 31), date(2026, 2, 27)), (date(2026, 2, 28), date(2026, 3, 30)),
        (date(2026, 3, 31), date(2026, 4, 29)),
    ]  # fmt: skip
    assert [p.net_minor for p in found] == [20_000, 10_000, 10_000]
    assert [p.tax_minor for p in found] == [1_200, 600, 600]
    assert found[0].amount_minor == 21_200


def test_the_last_period_may_be_short() -> None:
    common = span("actual", date(2026, 1, 1), date(2026, 5, 15))

    found = schedule(priced(ask(), months=12, span=common), date(2026, 1, 1), 3)

    assert [(p.ends_on, p.net_minor) for p in found] == [
        (date(2026, 3, 31), 30_000), (date(2026, 5, 15), 14_839),
    ]  # fmt: skip


def test_a_ramp_is_paid_in_the_year_it_is_used() -> None:
    ramp = (RampYear(1, D(1)), RampYear(2, D(3)))

    found = schedule(priced(ask(ramp=ramp), months=24), date(2026, 1, 1), 12)

    assert [p.net_minor for p in found] == [97_200, 291_600]
    assert [p.net_minor for p in schedule(priced(ask(ramp=ramp), months=24), date(2026, 1, 1), 6)] == [
        48_600, 48_600, 145_800, 145_800,
    ]  # fmt: skip


def test_a_line_with_a_period_of_its_own_is_paid_within_it() -> None:
    later = span("actual", date(2026, 7, 1), date(2026, 12, 31))

    found = schedule(priced(ask(span=later), months=12), date(2026, 1, 1), 3)

    assert [p.net_minor for p in found] == [0, 0, 27_000, 27_000]


def test_the_common_period_ends_with_the_term_or_as_agreed() -> None:
    common = span("actual", date(2026, 1, 1), date(2026, 5, 15))

    assert last_day(priced(ask(), months=12), date(2026, 1, 1)) == date(2026, 12, 31)
    assert last_day(priced(ask(), months=12, span=common), date(2026, 1, 1)) == date(2026, 5, 15)


@given(
    st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.sampled_from([1, 3, 12, 24]),
    st.sampled_from([1, 3, 6, 12]), st.integers(0, 10**6), st.dates(date(2024, 1, 1), date(2027, 12, 31)),
)  # fmt: skip
def test_payments_add_up_to_net_and_tax(cents, months, step, tax, start) -> None:
    quote = priced(*[ask(item(price=str(D(c) / 100))) for c in cents], months=months)
    found = schedule(quote, start, step, tax)

    assert sum(p.net_minor for p in found) == quote.net_minor
    assert sum(p.tax_minor for p in found) == tax
    assert found[0].starts_on == start and found[-1].ends_on == last_day(quote, start)


def test_without_tax_no_period_carries_any() -> None:
    assert [p.tax_minor for p in schedule(priced(ask(), months=3), date(2026, 1, 1), 3)] == [0]


def test_a_last_day_may_be_a_period_of_its_own() -> None:
    common = span("actual", date(2026, 1, 1), date(2026, 2, 1))

    found = schedule(priced(ask(), months=12, span=common), date(2026, 1, 1), 1)

    assert [(p.starts_on, p.ends_on) for p in found][1] == (date(2026, 2, 1), date(2026, 2, 1))
    assert [p.net_minor for p in found] == [10_000, 357]


def test_a_short_last_year_of_a_ramp_weighs_by_the_month() -> None:
    eighteen = TermPolicy((TermRate(18, D(0)),), D(0), 12)
    ramp = (RampYear(1, D(1)), RampYear(2, D(4)))
    quote = priced(ask(ramp=ramp), months=18, policy=eighteen)

    assert [p.net_minor for p in schedule(quote, date(2026, 1, 1), 9)] == [90_000, 30_000 + 240_000]


def test_what_ran_before_the_first_day_is_paid_in_the_first_period() -> None:
    earlier = span("actual", date(2025, 7, 1), date(2026, 3, 31))

    found = schedule(priced(ask(span=earlier), months=12), date(2026, 1, 1), 3)

    assert [p.net_minor for p in found] == [81_000, 0, 0, 0]

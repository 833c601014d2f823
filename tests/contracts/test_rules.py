"""Joining periods into contracts: each shape by hand, then properties over random periods."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.contracts.rules import Kind, Period, add_months, join_periods, next_boundary

TODAY = date(2026, 11, 20)


def period(id: int = 1, starts: str = "2026-01-01", ends: str | None = "2027-01-01", **over) -> Period:
    values = {
        "account_id": 1, "product_line": "", "currency": "USD", "billing": "annual", "arr_minor": 1_200_000,
    } | over  # fmt: skip
    return Period(
        id, starts_on=date.fromisoformat(starts), ends_on=ends and date.fromisoformat(ends), **values
    )


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_counted_from_the_start_date(start, months, expected):
    assert add_months(start, months) == expected


@pytest.mark.parametrize(
    ("start", "today", "expected"),
    [
        (date(2025, 11, 20), date(2026, 11, 20), date(2027, 11, 20)),
        (date(2025, 11, 21), date(2026, 11, 20), date(2026, 11, 21)),
        (date(2024, 2, 29), date(2026, 3, 1), date(2027, 2, 28)),
        (date(2024, 2, 29), date(2027, 12, 1), date(2028, 2, 29)),
        (date(2027, 5, 1), date(2026, 11, 20), date(2028, 5, 1)),
    ],
)
def test_an_anniversary_lies_after_today_and_keeps_the_leap_day(start, today, expected):
    assert next_boundary(start, 12, today) == expected


def test_a_gap_of_thirty_days_still_joins():
    joined = join_periods([period(1, ends="2026-03-01"), period(2, starts="2026-03-31")], TODAY)

    assert [c.period_ids for c in joined] == [(1, 2)]
    assert joined[0].starts_on == date(2026, 1, 1)


def test_a_gap_of_thirty_one_days_is_churn_and_return():
    joined = join_periods([period(1, ends="2026-03-01"), period(2, starts="2026-04-01")], TODAY)

    assert [(c.period_ids, c.reactivates) for c in joined] == [((1,), False), ((2,), True)]
    assert joined[0].kind == Kind.ENDED


def test_overlapping_periods_are_one_contract_to_the_last_end():
    joined = join_periods([period(1, ends="2027-06-01"), period(2, starts="2026-05-01")], TODAY)

    assert (joined[0].kind, joined[0].ends_on) == (Kind.FIXED, date(2027, 6, 1))
    assert joined[0].arr_minor == 2_400_000


@pytest.mark.parametrize("known", [True, False, None])
def test_an_open_annual_period_runs_to_its_next_anniversary_whatever_is_known(known):
    joined = join_periods([period(starts="2024-02-29", ends=None, auto_renews=known)], TODAY)

    assert (joined[0].kind, joined[0].ends_on) == (Kind.EVERGREEN, date(2027, 2, 28))
    assert joined[0].auto_renews is known


def test_a_monthly_period_has_no_end_but_a_day_to_leave():
    joined = join_periods([period(starts="2026-01-31", ends=None, billing="monthly")], TODAY)

    assert (joined[0].kind, joined[0].ends_on) == (Kind.MONTH_TO_MONTH, None)
    assert joined[0].can_leave_on == date(2026, 11, 30)


def test_a_monthly_addition_does_not_take_the_end_from_an_annual_contract():
    joined = join_periods([period(1), period(2, starts="2026-05-01", ends=None, billing="monthly")], TODAY)

    assert (joined[0].kind, joined[0].ends_on) == (Kind.FIXED, date(2027, 1, 1))


def test_product_lines_and_currencies_make_contracts_of_their_own():
    periods = [period(1), period(2, product_line="Ads"), period(3, currency="CNY")]

    joined = join_periods(periods, TODAY)

    assert sorted((c.product_line, c.currency) for c in joined) == [("", "CNY"), ("", "USD"), ("Ads", "USD")]


def test_a_trial_belongs_to_the_contract_it_led_to_and_adds_no_revenue():
    trial = period(1, starts="2025-12-15", ends="2026-01-01", is_trial=True, arr_minor=99)

    joined = join_periods([trial, period(2)], TODAY)

    assert (joined[0].period_ids, joined[0].arr_minor) == ((1, 2), 1_200_000)
    assert joined[0].starts_on == date(2026, 1, 1)


def test_a_trial_does_not_bridge_a_churn():
    trial = period(2, starts="2025-02-01", ends=None, is_trial=True)

    joined = join_periods([period(1, starts="2024-03-01", ends="2025-03-01"), trial, period(3)], TODAY)

    assert [c.reactivates for c in joined] == [False, True]


def test_trials_alone_are_no_contract_to_renew():
    joined = join_periods([period(is_trial=True, ends=None, arr_minor=0)], TODAY)

    assert joined[0].kind == Kind.TRIAL


days = st.dates(date(2023, 1, 1), date(2028, 12, 31))


@st.composite
def periods(draw) -> list[Period]:
    made = []
    for i in range(draw(st.integers(0, 12))):
        start = draw(days)
        length = draw(st.one_of(st.none(), st.integers(0, 800)))
        made.append(
            Period(
                id=i + 1,
                account_id=draw(st.integers(1, 2)),
                product_line=draw(st.sampled_from(["", "Ads"])),
                currency=draw(st.sampled_from(["USD", "CNY"])),
                starts_on=start,
                ends_on=None if length is None else start + timedelta(days=length),
                billing=draw(st.sampled_from(["monthly", "quarterly", "annual", "multi_year"])),
                arr_minor=draw(st.integers(0, 10**9)),
                is_trial=draw(st.booleans()),
            )
        )
    return made


@given(periods(), days)
def test_every_period_is_in_exactly_one_contract(some, today):
    joined = join_periods(some, today)

    assert sorted(p for c in joined for p in c.period_ids) == sorted(p.id for p in some)
    assert len({c.key for c in joined}) == len(joined)


@given(periods(), days, st.randoms())
def test_the_order_of_the_periods_does_not_matter(some, today, random):
    shuffled = random.sample(some, len(some))

    assert join_periods(shuffled, today) == join_periods(some, today)


@given(periods(), days)
def test_joining_the_periods_of_one_contract_gives_that_contract(some, today):
    by_id = {p.id: p for p in some}
    for contract in join_periods(some, today):
        again = join_periods([by_id[i] for i in contract.period_ids], today)

        assert [c.period_ids for c in again] == [contract.period_ids]
        assert (again[0].kind, again[0].ends_on) == (contract.kind, contract.ends_on)


@given(periods(), days)
@settings(max_examples=50)
def test_a_running_contract_ends_after_today(some, today):
    for contract in join_periods(some, today):
        if contract.kind in (Kind.FIXED, Kind.EVERGREEN):
            assert contract.ends_on > today
        if contract.kind == Kind.MONTH_TO_MONTH:
            assert contract.ends_on is None
            assert contract.can_leave_on > today

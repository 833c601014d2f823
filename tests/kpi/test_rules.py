"""Key figures against fixtures computed by hand, and properties over random ledgers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.kpi import rules
from lib.kpi.ledger import make_ledger
from lib.kpi.rules import Bridge, Cause, RenewalRate, Span, Step

OPENING, CLOSING = date(2025, 11, 20), date(2026, 11, 20)
OLD = date(2024, 1, 1)
IN_BETWEEN = date(2026, 5, 1)

# One account per case, amounts in cents: what the bridge must make of each.
ROWS = [
    (1, OLD, None, 100_00, False),  # unchanged
    (2, OLD, IN_BETWEEN, 200_00, False),  # grew from 200 to 350
    (2, IN_BETWEEN, None, 350_00, False),
    (3, OLD, None, 300_00, False),  # gave up one of two subscriptions
    (3, OLD, IN_BETWEEN, 80_00, False),
    (4, OLD, IN_BETWEEN, 400_00, False),  # left
    (5, IN_BETWEEN, None, 500_00, True),  # new
    (6, OLD, date(2025, 3, 1), 60_00, False),  # had left before and came back
    (6, IN_BETWEEN, None, 70_00, False),
    (7, OLD, date(2025, 3, 1), 999_00, False),  # left before, stays away
]


@pytest.fixture
def ledger():
    return make_ledger(ROWS)


@pytest.fixture
def moves(ledger):
    return rules.movements(ledger, OPENING, CLOSING)


def test_arr_counts_what_covers_the_day_start_included_end_excluded():
    ledger = make_ledger([(1, date(2026, 1, 1), date(2026, 2, 1), 5, False)])
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]

    assert [rules.arr(ledger, day) for day in days] == [0, 5, 5, 0]


def test_nobody_pays_nothing_at_all():
    ledger = make_ledger([])
    moves = rules.movements(ledger, OPENING, CLOSING)

    assert rules.arr(ledger, CLOSING) == 0
    assert rules.arr_bridge(moves) == Bridge(0, 0, 0, 0, 0, 0, 0)
    assert rules.nrr(rules.retained(ledger, OPENING, CLOSING)).value is None
    assert rules.at_risk(ledger, {}, CLOSING).empty


def test_each_account_has_its_step(moves):
    assert dict(zip(moves.account_id, moves.step, strict=True)) == {
        1: Step.SAME, 2: Step.EXPANSION, 3: Step.CONTRACTION, 4: Step.CHURN, 5: Step.NEW,
        6: Step.REACTIVATION,
    }  # fmt: skip


def test_the_bridge_is_the_one_computed_by_hand(moves):
    assert rules.arr_bridge(moves) == Bridge(
        opening=1080_00, new=500_00, expansion=150_00, reactivation=70_00, contraction=80_00, churn=400_00,
        closing=1320_00,
    )  # fmt: skip


@pytest.mark.acceptance("C30")
def test_retention_is_the_one_computed_by_hand(ledger):
    """Start set 100 + 200 + 380 + 400; today 100 + 350 + 300 + 0; capped 100 + 200 + 300."""
    found = rules.retained(ledger, OPENING, CLOSING)

    assert rules.nrr(found).value == Decimal(750_00) / Decimal(1080_00)
    assert rules.grr(found).value == Decimal(600_00) / Decimal(1080_00)
    assert rules.logo_retention(found).value == Decimal(3) / 4
    assert rules.nrr(found).count == 4


@pytest.mark.acceptance("C30")
def test_retention_agrees_with_the_published_example():
    """Start 10.0, contraction 0.6, churn 0.9, expansion 1.8 give GRR 85% and NRR 103%."""
    rows = [
        (1, OLD, IN_BETWEEN, 50, False), (1, IN_BETWEEN, None, 68, False),
        (2, OLD, IN_BETWEEN, 41, False), (2, IN_BETWEEN, None, 35, False),
        (3, OLD, IN_BETWEEN, 9, False), (4, IN_BETWEEN, None, 77, False),
    ]  # fmt: skip
    found = rules.retained(make_ledger(rows), OPENING, CLOSING)

    assert rules.grr(found).value == Decimal("0.85")
    assert rules.nrr(found).value == Decimal("1.03")


def test_risk_counts_each_account_once_under_its_first_cause(ledger):
    found = rules.at_risk(ledger, {1: "critical", 2: "high", 5: "high", 7: "critical"}, CLOSING)

    assert dict(zip(found.account_id, found.cause, strict=True)) == {
        1: Cause.CRITICAL, 2: Cause.HIGH, 5: Cause.HIGH,
    }  # fmt: skip
    assert found.arr_minor.sum() == 100_00 + 350_00 + 500_00


def test_who_pays_month_by_month_can_leave_any_month(ledger):
    found = rules.at_risk(ledger, {}, CLOSING)

    assert list(zip(found.account_id, found.cause, strict=True)) == [(5, Cause.MONTH_TO_MONTH)]


def test_an_alert_counts_from_its_opening_until_it_is_resolved():
    alerts = [
        (1, "high", date(2026, 1, 5), date(2026, 2, 1)),
        (1, "critical", date(2026, 1, 10), None),
        (2, "medium", date(2026, 1, 1), None),
    ]

    assert rules.levels_on(alerts, date(2026, 1, 4)) == {}
    assert rules.levels_on(alerts, date(2026, 1, 5)) == {1: "high"}
    assert rules.levels_on(alerts, date(2026, 1, 31)) == {1: "critical"}


@pytest.mark.acceptance("C30")
def test_renewals_count_at_most_what_came_due():
    found = rules.renewal_rate(
        [("signed", 100, 130), ("signed", 100, 80), ("lost", 50, 0), ("proposal", 50, 50)]
    )

    assert found == RenewalRate(
        due=300, renewed=210, kept=180, lost=50, late=50, contracts=4, contracts_renewed=2
    )
    assert found.gross.value == Decimal("0.6")
    assert found.net.value == Decimal("0.7")
    assert found.logo.value == Decimal("0.5")


@pytest.mark.parametrize(
    ("grain", "expected"),
    [
        ("month", Span(date(2026, 11, 1), CLOSING, date(2026, 10, 31), date(2026, 9, 30))),
        ("quarter", Span(date(2026, 10, 1), CLOSING, date(2026, 9, 30), date(2026, 6, 30))),
        ("year", Span(date(2026, 1, 1), CLOSING, date(2025, 12, 31), date(2024, 12, 31))),
    ],
)
def test_a_period_to_date_knows_the_day_before_it(grain, expected):
    assert rules.span_of(CLOSING, grain) == expected


def test_trends_run_over_finished_months_to_today():
    days = rules.month_ends(date(2026, 3, 15), 3)

    assert days == [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15)]


days = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@st.composite
def ledgers(draw) -> list[tuple]:
    made = []
    for _ in range(draw(st.integers(0, 25))):
        start = draw(days)
        length = draw(st.one_of(st.none(), st.integers(0, 900)))
        end = None if length is None else start + timedelta(days=length)
        made.append((draw(st.integers(1, 6)), start, end, draw(st.integers(0, 10**14)), draw(st.booleans())))
    return made


@given(ledgers(), days, days)
def test_the_bridge_closes_to_the_cent(rows, one, other):
    opening, closing = sorted((one, other))
    ledger = make_ledger(rows)
    moves = rules.movements(ledger, opening, closing)

    found = rules.arr_bridge(moves)

    steps = found.new + found.expansion + found.reactivation - found.contraction - found.churn
    assert found.opening + steps == found.closing
    assert found.opening == rules.arr(ledger, opening)
    assert found.closing == rules.arr(ledger, closing)
    assert sum(found.steps.values()) == found.change == int(moves.change_minor.sum())
    assert min(found.new, found.expansion, found.reactivation, found.contraction, found.churn) >= 0


@given(ledgers(), days, days)
def test_gross_retention_never_exceeds_one_nor_net_retention(rows, one, other):
    opening, closing = sorted((one, other))
    ledger = make_ledger(rows)
    moves = rules.movements(ledger, opening, closing)
    bridge, start = rules.arr_bridge(moves), rules.start_set(moves)
    found = rules.retained(ledger, opening, closing)

    gross, net = rules.grr(found), rules.nrr(found)

    assert gross.part <= gross.whole
    assert gross.part <= net.part
    assert gross.part == bridge.opening - bridge.contraction - bridge.churn
    assert net.part == bridge.opening + bridge.expansion - bridge.contraction - bridge.churn
    assert (gross.part, net.part) == (start.kept_minor.sum(), start.closing_minor.sum())
    assert found.still == (start.closing_minor > 0).sum()


@given(ledgers(), days)
def test_arr_is_the_plain_sum_in_whole_numbers(rows, day):
    expected = sum(r[3] for r in rows if r[1] <= day and (r[2] is None or day < r[2]))

    assert rules.arr(make_ledger(rows), day) == expected


@given(ledgers(), days, st.dictionaries(st.integers(1, 6), st.sampled_from(["critical", "high"])))
def test_arr_at_risk_is_the_sum_of_its_rows(rows, day, levels):
    ledger = make_ledger(rows)

    assert rules.arr_at_risk(ledger, levels, day) == rules.at_risk(ledger, levels, day).arr_minor.sum()


def test_days_may_come_as_text():
    dates = [(1, date(2026, 1, 1), date(2026, 2, 1), 5, False), (2, date(2026, 1, 5), None, 7, True)]
    texts = [(1, "2026-01-01", "2026-02-01", 5, False), (2, "2026-01-05", None, 7, True)]

    for day in (date(2025, 12, 31), date(2026, 1, 10), date(2026, 3, 1)):
        assert rules.arr(make_ledger(texts), day) == rules.arr(make_ledger(dates), day)

"""Dates, moves, fates and sums of renewals."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.contracts.rules import add_months
from lib.errors import Conflict, Invalid
from lib.renewals import rules
from lib.renewals.rules import Fate, Stage

DEFAULTS = {
    "to_contact": "pipeline", "informed": "pipeline", "proposal": "best_case", "intent_confirmed": "commit",
    "terms_confirmed": "commit", "paperwork": "commit", "signed": "closed", "lost": "omitted",
}  # fmt: skip


@pytest.mark.trap("T13")
@pytest.mark.acceptance("C08")
@pytest.mark.parametrize(
    ("last_day", "expected"),
    [
        (date(2027, 3, 31), date(2027, 2, 28)),  # by days it would be 1 March
        (date(2027, 3, 1), date(2027, 1, 30)),  # by month it would be 1 February
        (date(2027, 1, 31), date(2026, 12, 31)),
        (date(2028, 3, 30), date(2028, 2, 29)),
    ],
)
def test_the_lead_date_is_the_earlier_of_thirty_days_and_a_calendar_month(last_day, expected):
    assert rules.lead_date(last_day + timedelta(days=1)) == expected


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_the_lead_date_is_never_later_than_either_rule(due_on):
    last_day = due_on - timedelta(days=1)

    assert rules.lead_date(due_on) <= last_day - timedelta(days=30)
    assert rules.lead_date(due_on) <= add_months(last_day, -1)
    assert last_day - rules.lead_date(due_on) <= timedelta(days=31)


def test_notice_is_counted_from_the_last_day():
    assert rules.notice_date(date(2027, 1, 1), 30) == date(2026, 12, 1)


@pytest.mark.parametrize("current", list(Stage))
@pytest.mark.parametrize("target", list(Stage))
def test_moves_follow_the_table(current, target):
    open_move = current in rules.OPEN and target in rules.OPEN and current != target
    allowed = (
        open_move
        or (current in rules.OPEN and target == Stage.LOST)
        or (current in (Stage.TERMS_CONFIRMED, Stage.PAPERWORK) and target == Stage.SIGNED)
        or (current == Stage.LOST and target == Stage.TO_CONTACT)
    )

    if allowed:
        assert rules.move(current, target, "price") == target
    else:
        with pytest.raises(Conflict):
            rules.move(current, target, "price")


@pytest.mark.parametrize("reason", [None, "", "because"])
def test_a_loss_needs_a_known_reason(reason):
    with pytest.raises(Invalid):
        rules.move("proposal", "lost", reason)


def test_an_unknown_stage_is_a_refusal():
    with pytest.raises(Conflict):
        rules.move("proposal", "won")


@pytest.mark.parametrize(
    ("stage", "category", "target", "expected"),
    [
        ("to_contact", "pipeline", "proposal", "best_case"),
        ("to_contact", "commit", "proposal", "commit"),  # somebody had chosen it
        ("proposal", "omitted", "paperwork", "omitted"),
        ("paperwork", "best_case", "signed", "closed"),
        ("proposal", "commit", "lost", "omitted"),
        ("lost", "omitted", "to_contact", "pipeline"),
    ],
)
def test_the_category_follows_the_stage_unless_a_person_chose_it(stage, category, target, expected):
    assert rules.category_after(stage, category, target, DEFAULTS) == expected


TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("stage", "opens_on", "last_touch", "expected"),
    [
        ("to_contact", TODAY, None, True),
        ("to_contact", TODAY + timedelta(days=1), None, False),
        ("to_contact", TODAY, TODAY - timedelta(days=31), True),
        ("to_contact", TODAY, TODAY - timedelta(days=30), False),
        ("proposal", TODAY, None, True),
        ("signed", TODAY, None, False),
        ("lost", TODAY, None, False),
    ],
)
def test_a_lead_date_without_contact_is_overdue(stage, opens_on, last_touch, expected):
    assert rules.is_overdue(stage, opens_on, last_touch, TODAY, 30) is expected


@pytest.mark.parametrize(
    ("due_on", "kind", "ends_on", "goes_on", "expected"),
    [
        (date(2027, 1, 1), "fixed", date(2027, 1, 1), False, Fate.STAYS),
        (date(2027, 1, 1), "fixed", date(2027, 3, 1), False, Fate.REDATED),
        (date(2027, 1, 1), "fixed", date(2026, 12, 1), False, Fate.REDATED),
        (date(2027, 1, 1), "fixed", date(2028, 1, 1), True, Fate.RENEWED),
        (TODAY, "evergreen", date(2027, 11, 20), False, Fate.RENEWED),
        (TODAY, "evergreen", TODAY, False, Fate.RENEWED),
        (TODAY, "month_to_month", None, False, Fate.RENEWED),
        (TODAY, "ended", TODAY, False, Fate.STAYS),
        (TODAY - timedelta(days=29), "ended", TODAY - timedelta(days=29), False, Fate.STAYS),
        (TODAY - timedelta(days=30), "ended", TODAY - timedelta(days=30), False, Fate.LAPSED),
        (date(2027, 1, 1), "ended", date(2026, 11, 1), False, Fate.ENDED_EARLY),
        (date(2027, 1, 1), "void", date(2027, 1, 1), False, Fate.MERGED),
    ],
)
def test_the_contract_decides_what_becomes_of_an_open_renewal(due_on, kind, ends_on, goes_on, expected):
    assert rules.fate(due_on, kind, ends_on, TODAY, goes_on=goes_on, grace_days=30) == expected


@pytest.mark.acceptance("C08")
@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Stage)),
            st.sampled_from(["pipeline", "best_case", "commit", "omitted"]),
            st.just(1),
            st.integers(0, 10**12),
            st.integers(0, 10**12),
        )
    )
)
def test_the_open_total_is_the_sum_of_the_open_opportunities(rows):
    total = rules.forecast(rows)

    assert total.open == sum(r[4] for r in rows if r[0] in rules.OPEN)
    assert total.closed == sum(r[4] for r in rows if r[0] == Stage.SIGNED)
    assert total.base == sum(r[3] for r in rows)
    assert total.open_count == sum(r[0] in rules.OPEN for r in rows)


def test_the_forecast_counts_closed_commit_and_best_case():
    total = rules.forecast(
        [
            ("signed", "closed", 1, 50, 50),
            ("paperwork", "commit", 2, 90, 100),
            ("proposal", "best_case", 1, 150, 150),
            ("informed", "pipeline", 1, 70, 70),
        ]
    )

    assert (total.forecast, total.open, total.base) == (300, 320, 360)


@pytest.mark.parametrize(
    ("day", "code", "work"),
    [
        (date(2026, 11, 20), "2026-Q4", "2027-Q1"),
        (date(2026, 10, 1), "2026-Q4", "2026-Q4"),
        (date(2026, 11, 17), "2026-Q4", "2026-Q4"),
        (date(2026, 1, 1), "2026-Q1", "2026-Q1"),
    ],
)
def test_quarters_have_codes_and_work_moves_on_before_they_end(day, code, work):
    assert rules.quarter_code(rules.quarter_of(day)[0]) == code
    assert rules.quarter_to_work_on(day) == work


def test_the_quarters_to_choose_from_follow_each_other():
    spans = rules.quarters_around(date(2026, 11, 20))

    assert list(spans) == ["2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3"]
    assert all(a[1] == b[0] for a, b in zip(list(spans.values()), list(spans.values())[1:], strict=False))

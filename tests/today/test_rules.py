"""The ranked list of what needs somebody today."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import Invalid
from lib.store.policy import shipped
from lib.today import ranking, rules
from lib.today.ranking import Scales
from lib.today.rules import Kind, Reason, Row, Scope, Severity, Worth, at_stake, counts, scopes

TODAY = date(2026, 11, 20)
WEIGHTS = {"USD": Decimal(1), "CNY": Decimal("0.14"), "JPY": Decimal("0.0067")}

SCALES = Scales.of(shipped()["today"])
SOURCE = {Kind.RENEWAL: "renewal"} | {kind: str(kind) for kind in Kind if kind is not Kind.RENEWAL}


def rank(found, worth, weights) -> list[Row]:
    return rules.rank(found, worth, weights, SCALES, TODAY)


def reason(
    account_id: int = 1, kind: Kind = Kind.ALERT, severity: Severity = Severity.WATCH, days: int = 0, **over
):
    values = {"code": "alert-drop", "clock": "opened", "action": "alert", "page": "alerts"} | over
    values.setdefault("when", TODAY + timedelta(days=days))
    values.setdefault("source", SOURCE[kind])
    return Reason(account_id, kind, severity, **values)


reasons = st.lists(
    st.builds(
        reason, st.integers(1, 6), st.sampled_from(Kind), st.sampled_from(Severity), st.integers(-40, 40),
        code=st.sampled_from(["a", "b"]), values=st.just((("count", 2),)),
    ),
    max_size=25,
)  # fmt: skip
worths = st.dictionaries(
    st.integers(1, 6), st.builds(Worth, st.integers(0, 10**9), st.sampled_from(["USD", "CNY", "JPY"]))
)


@given(reasons, worths, st.randoms())
def test_the_order_does_not_depend_on_the_order_of_the_input(found, worth, chance):
    shuffled = chance.sample(found, len(found))

    assert rank(shuffled, worth, WEIGHTS) == rank(found, worth, WEIGHTS)


@given(reasons, worths)
def test_every_account_has_one_row_with_all_its_reasons_worst_first(found, worth):
    rows = rank(found, worth, WEIGHTS)

    assert [row.account_id for row in rows] == list(dict.fromkeys(row.account_id for row in rows))
    assert sorted(map(repr, found)) == sorted(repr(r) for row in rows for r in (row.lead, *row.others))
    order = list(Severity)
    assert [order.index(row.severity) for row in rows] == sorted(order.index(row.severity) for row in rows)
    for row in rows:
        assert all(order.index(row.severity) <= order.index(other.severity) for other in row.others)


def test_arr_decides_inside_one_severity_when_nothing_else_differs():
    found = [
        reason(1, severity=Severity.WATCH), reason(2, severity=Severity.CRITICAL, days=3),
        reason(3, severity=Severity.CRITICAL, days=1), reason(4, severity=Severity.WATCH),
        reason(5, severity=Severity.NO_DATA),
    ]  # fmt: skip
    worth = {1: Worth(100, "USD"), 4: Worth(200, "USD"), 5: Worth(10**9, "USD")}

    assert [row.account_id for row in rank(found, worth, WEIGHTS)] == [3, 2, 4, 1, 5]


def test_currencies_are_weighed_for_the_order_and_summed_apart():
    found = [reason(1), reason(2), reason(3)]
    worth = {1: Worth(100_000, "CNY"), 2: Worth(100_000, "USD"), 3: Worth(50_000, "JPY")}
    rows = rank(found, worth, WEIGHTS)

    assert [row.account_id for row in rows] == [2, 3, 1]  # 1,000 USD, 50,000 JPY, 1,000 CNY
    assert at_stake(rows) == {"CNY": 100_000, "USD": 100_000, "JPY": 50_000}


def test_an_account_without_known_arr_stands_last_in_its_severity():
    assert [row.account_id for row in rank([reason(1), reason(2)], {2: Worth(1, "USD")}, WEIGHTS)] == [2, 1]


def test_an_alert_borrows_the_clock_of_the_renewal():
    renewal = reason(kind=Kind.RENEWAL, days=12, clock="notice", code="renewal-notice")
    row = rank([renewal, reason(severity=Severity.CRITICAL, days=-6)], {}, WEIGHTS)[0]

    assert (row.lead.kind, row.clock, row.when) == (Kind.ALERT, "notice", TODAY + timedelta(days=12))


def test_each_account_counts_once_per_kind():
    found = [reason(1), reason(1), reason(2), reason(1, kind=Kind.PROMISE)]

    assert counts(found)[Kind.ALERT] == 2
    assert counts(found)[Kind.PROMISE] == 1
    assert counts(found)[Kind.TASK] == 0


def test_reasons_of_one_severity_are_ordered_by_kind_then_date():
    first = reason(kind=Kind.PROMISE, days=2)
    row = rank([reason(kind=Kind.RENEWAL, days=-1), first, replace(first, when=TODAY)], {}, WEIGHTS)[0]

    assert [(r.kind, r.when) for r in (row.lead, *row.others)] == [
        (Kind.PROMISE, TODAY),
        (Kind.PROMISE, TODAY + timedelta(days=2)),
        (Kind.RENEWAL, TODAY - timedelta(days=1)),
    ]


def test_only_who_sees_every_account_has_a_choice_of_scope():
    assert scopes(False) == (Scope.MINE,)
    assert scopes(False, leads=True) == (Scope.MINE, Scope.TEAM)
    assert scopes(True) == (Scope.MINE, Scope.TEAM, Scope.ALL)


@pytest.mark.parametrize(
    ("choice", "sells", "begins"),
    [((Scope.MINE,), False, Scope.MINE), ((Scope.MINE, Scope.TEAM), True, Scope.TEAM),
     (tuple(Scope), True, Scope.MINE), (tuple(Scope), False, Scope.ALL)],
)  # fmt: skip
def test_where_a_viewer_begins(choice, sells, begins):
    assert rules.usual_scope(choice, sells) is begins


urgencies = st.tuples(st.sampled_from(Severity), st.integers(-40, 400))
kinds = st.dictionaries(
    st.sampled_from(Kind), st.lists(st.integers(0, 100).map(lambda n: Decimal(n) / 100), min_size=1),
    min_size=1, max_size=5,
)  # fmt: skip


@given(urgencies, st.integers(1, 60))
def test_what_lies_further_ahead_is_never_more_urgent(one, further):
    severity, days = one

    def at(ahead: int) -> Decimal:
        return ranking.urgency(severity, "due", TODAY + timedelta(days=ahead), TODAY, SCALES)

    assert at(days + further) <= at(days) <= SCALES.severity[severity]


@given(st.integers(-40, 400))
def test_a_worse_status_word_is_never_less_urgent(days):
    when = TODAY + timedelta(days=days)
    told = [ranking.urgency(severity, "notice", when, TODAY, SCALES) for severity in Severity]

    assert told == sorted(told, reverse=True)


@given(kinds, st.sampled_from(Kind), st.integers(0, 100))
def test_a_further_reason_never_lowers_the_chance_to_influence(found, kind, percent):
    more = found | {kind: [*found.get(kind, []), Decimal(percent) / 100]}

    assert 0 <= ranking.together(found) <= ranking.together(more) <= 1


@given(st.lists(st.builds(reason, st.just(1), st.sampled_from(Kind), st.sampled_from(Severity),
                          st.integers(-40, 40)), min_size=1, max_size=8),
       st.integers(1, 10**9), st.integers(1, 10**6))  # fmt: skip
def test_more_money_at_stake_never_moves_a_card_down(found, minor, more):
    (low,) = rank(found, {1: Worth(minor, "USD")}, WEIGHTS)
    (high,) = rank(found, {1: Worth(minor + more, "USD")}, WEIGHTS)

    assert low.priority.value < high.priority.value
    assert low.priority.push == high.priority.push


@given(st.integers(1, 200), st.integers(1, 200))
def test_more_effort_never_moves_a_card_up(minutes, more):
    light = replace(SCALES, minutes=dict.fromkeys(SCALES.minutes, minutes))
    heavy = replace(SCALES, minutes=dict.fromkeys(SCALES.minutes, minutes + more))
    values = [
        rules.rank([reason(1)], {1: Worth(100_000, "USD")}, WEIGHTS, scales, TODAY)[0].priority.value
        for scales in (light, heavy)
    ]

    assert values[0] > values[1]


def test_the_product_is_what_the_factors_say():
    found = reason(1, severity=Severity.CRITICAL, real=Decimal("0.8"))
    (row,) = rank([found], {1: Worth(12_000_000, "USD")}, WEIGHTS)

    made = row.priority
    assert (made.urgency, made.influence, made.minutes) == (Decimal(1), Decimal("0.6"), 30)
    assert made.shown == Decimal(120_000) * 1 * Decimal("0.6") / 30 == 2400


def test_no_amount_buries_what_is_critical():
    found = [reason(1, severity=Severity.CRITICAL, kind=Kind.DATA, clock="silent"), reason(2)]
    worth = {1: Worth(100, "USD"), 2: Worth(10**12, "USD")}

    assert [row.account_id for row in rank(found, worth, WEIGHTS)] == [1, 2]


def test_less_work_comes_first_among_equals():
    found = [reason(1, kind=Kind.ALERT), reason(2, kind=Kind.APPROVAL, action="decide", clock="waiting")]
    worth = {1: Worth(100_000, "USD"), 2: Worth(100_000, "USD")}

    assert [row.account_id for row in rank(found, worth, WEIGHTS)] == [2, 1]


def marked(mark: str, severity: Severity = Severity.WATCH) -> Reason:
    return reason(1, severity=severity, marks=(mark,))


@pytest.mark.parametrize(
    ("now", "sleeping"),
    [
        ([marked("alert:1")], True),
        ([], True),
        ([marked("alert:1"), marked("promise:2")], False),
        ([marked("alert:1", Severity.CRITICAL)], False),
    ],
    ids=["the same", "less", "something new", "something worse"],
)
def test_a_snoozed_card_sleeps_until_something_new_or_worse_arises(now, sleeping):
    seen = rules.seen_of([marked("alert:1")])

    assert rules.sleeps(now, seen, TODAY + timedelta(days=1), TODAY) is sleeping
    assert not rules.sleeps(now, seen, TODAY, TODAY), "its day has come"


@given(reasons, st.randoms())
def test_what_a_card_showed_does_not_depend_on_the_order(found, chance):
    marks = [replace(one, marks=(f"x:{place % 3}",)) for place, one in enumerate(found)]

    assert rules.seen_of(chance.sample(marks, len(marks))) == rules.seen_of(marks)


@pytest.mark.parametrize(("days", "code"), [(0, "today_snooze_past"), (15, "today_snooze_long")])
def test_a_snooze_has_to_end_after_today_and_soon(days, code):
    with pytest.raises(Invalid) as refused:
        rules.check_snooze(TODAY + timedelta(days=days), TODAY, 14)

    assert refused.value.code == code
    assert rules.check_snooze(TODAY + timedelta(days=14), TODAY, 14) == TODAY + timedelta(days=14)

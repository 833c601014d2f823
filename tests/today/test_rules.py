"""The ranked list of what needs somebody today."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lib.today.rules import Kind, Reason, Scope, Severity, Worth, at_stake, counts, rank, scopes

TODAY = date(2026, 11, 20)
WEIGHTS = {"USD": Decimal(1), "CNY": Decimal("0.14"), "JPY": Decimal("0.0067")}


def reason(
    account_id: int = 1, kind: Kind = Kind.ALERT, severity: Severity = Severity.WATCH, days: int = 0, **over
):
    values = {"code": "alert-drop", "clock": "opened", "action": "alert", "page": "alerts"} | over
    values.setdefault("when", TODAY + timedelta(days=days))
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


def test_arr_decides_inside_one_severity_and_the_nearer_date_after_it():
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
    assert scopes(True) == (Scope.MINE, Scope.TEAM, Scope.ALL)

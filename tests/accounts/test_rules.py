"""Status words, reasons and the checks of typed values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.accounts import fields, rules
from lib.accounts.rules import Reason, Signs, Spans, Standing
from lib.errors import Invalid
from lib.store.policy import shipped

LAST = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ({}, Standing.HEALTHY),
        ({"silent": True}, Standing.NO_DATA),
        ({"overdue": 1, "silent": True}, Standing.WATCH),
        ({"overdue": 1, "long_overdue": True}, Standing.CRITICAL),
        ({"notice_on": LAST}, Standing.WATCH),
        ({"notice_on": LAST, "near_on": LAST}, Standing.CRITICAL),
        ({"ended_on": LAST}, Standing.CRITICAL),
        ({"alert_level": "medium"}, Standing.WATCH),
        ({"alert_level": "high", "overdue": 2}, Standing.WATCH),
        ({"alert_level": "critical"}, Standing.CRITICAL),
        ({"alert_level": "critical", "alert_snoozed": True}, Standing.WATCH),
        ({"alert_level": "critical", "ended_on": LAST, "former": True}, Standing.FORMER),
    ],
)
def test_the_status_word_follows_the_worst_that_holds(signs, expected):
    assert rules.standing(Signs(**signs)) == expected


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ({}, [Reason.FINE]),
        ({"overdue": 1, "notice_on": LAST}, [Reason.PROMISE, Reason.NO_CONTACT]),
        ({"alert_level": "high", "overdue": 1}, [Reason.ALERT, Reason.PROMISE]),
        ({"alert_level": "high", "overdue": 1, "long_overdue": True}, [Reason.PROMISE, Reason.ALERT]),
        ({"overdue": 1, "notice_on": LAST, "near_on": LAST}, [Reason.NO_CONTACT, Reason.PROMISE]),
        ({"alert_level": "medium", "ended_on": LAST}, [Reason.ENDED, Reason.ALERT]),
        (
            {"alert_level": "high", "alert_snoozed": True, "notice_on": LAST},
            [Reason.NO_CONTACT, Reason.SNOOZED],
        ),
        ({"silent": True}, [Reason.NEVER]),
        ({"silent": True, "last_active_on": LAST}, [Reason.SILENT]),
        ({"former": True, "overdue": 1}, [Reason.LEFT]),
    ],
)
def test_what_makes_it_critical_stands_first_and_reasons_are_never_empty(signs, expected):
    assert [reason for reason, _, _ in rules.reasons(Signs(**signs))] == expected


def test_a_contract_that_ended_names_its_last_day():
    assert rules.reasons(Signs(ended_on=LAST)) == [(Reason.ENDED, 0, LAST - timedelta(days=1))]


@pytest.mark.parametrize(
    ("rule", "days", "holds"),
    [
        (rules.long_overdue, -7, False),
        (rules.long_overdue, -8, True),
        (rules.notice_near, -1, False),
        (rules.notice_near, 0, True),
        (rules.notice_near, 7, True),
        (rules.notice_near, 8, False),
    ],
)
def test_what_is_critical_turns_at_the_days_of_the_policy(rule, days, holds):
    assert rule(LAST + timedelta(days=days), LAST, Spans(**shipped()["standing"])) is holds


@pytest.mark.parametrize(
    ("table", "values", "code"),
    [
        ("account", {"name": ""}, "field_missing"),
        ("account", {"name": "   "}, "field_missing"),
        ("account", {"name": "x" * 256}, "field_too_long"),
        ("account", {"name": "a\u202eb"}, "field_characters"),
        ("account", {"name": "a\x00b"}, "field_characters"),
        ("account", {"name": "a\ud800"}, "field_characters"),
        ("account", {"city": "a\nb"}, "field_characters"),
        ("account", {"name": 7}, "field_format"),
        ("account", {"domain": "no domain"}, "field_format"),
        ("account", {"domain": "http://lumora.example"}, "field_format"),
        ("account", {"language": "de"}, "field_choice"),
        ("account", {"currency": "XXX"}, "field_choice"),
        ("account", {"seats": -1}, "field_range"),
        ("account", {"seats": True}, "field_format"),
        ("account", {"seats": 1.5}, "field_format"),
        ("account", {"stated_arr_minor": -1}, "field_negative"),
        ("account", {"stated_arr_minor": 10**16}, "amount_too_large"),
        ("account", {"signed_up_on": date(1969, 12, 31)}, "field_day_range"),
        ("account", {"is_vip": "yes"}, "field_format"),
        ("account", {"id": 1}, "field_not_open"),
        ("account", {"version": 9}, "field_not_open"),
        ("account", {"status": "churned"}, "field_not_open"),
        ("account", {"owner_id": 1}, "field_not_open"),
        ("contact", {"email": "not an address"}, "field_format"),
        ("contact", {"email": "a@b"}, "field_format"),
        ("contact", {"phone": "call me"}, "field_format"),
    ],
)
def test_a_value_outside_its_limits_is_refused_by_name(table, values, code):
    with pytest.raises(Invalid) as refusal:
        fields.clean(table, values)

    assert refusal.value.code == code
    if "field" in refusal.value.values:
        assert refusal.value.values["field"] in values


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("name", "  Lumora Home ", "Lumora Home"),
        ("name", "Cafe\u0301", "Café"),
        ("name", "<b>=1+1</b>'; DROP TABLE account;--", "<b>=1+1</b>'; DROP TABLE account;--"),
        ("name", "شركة النور", "شركة النور"),
        ("name", "\U0001f469\u200d\U0001f4bb 工作室", "\U0001f469\u200d\U0001f4bb 工作室"),
        ("name", "NULL", "NULL"),
        ("city", "", None),
        ("domain", "例子.中国", "例子.中国"),
        ("seats", 0, 0),
        ("signed_up_on", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_hostile_and_foreign_text_is_kept_as_it_is(field, value, kept):
    assert fields.clean("account", {field: value}) == {field: kept}


@given(st.text(max_size=300))
def test_any_text_is_either_kept_trimmed_or_refused_by_code(text):
    try:
        kept = fields.clean("account", {"city": text})["city"]
    except Invalid as refusal:
        assert refusal.code in {"field_characters", "field_too_long"}
    else:
        assert kept is None or (0 < len(kept) <= 255 and kept == kept.strip())


def test_amounts_arrive_as_text_and_leave_in_minor_units():
    raw = {"stated_arr_minor": "1234.565", "annual_revenue_minor": "  ", "name": "Lumora"}

    assert fields.from_form("account", raw, "USD") == {
        "stated_arr_minor": 123_457, "annual_revenue_minor": None, "name": "Lumora",
    }  # fmt: skip
    assert fields.from_form("account", {"stated_arr_minor": "1234"}, "JPY")["stated_arr_minor"] == 1234
    with pytest.raises(Invalid):
        fields.from_form("account", {"stated_arr_minor": "1,234"}, "USD")


def test_a_new_currency_needs_its_amounts_anew():
    old = {"currency": "USD", "stated_arr_minor": 100, "annual_revenue_minor": None}

    rules.check_currency(old, {"currency": "CNY", "stated_arr_minor": 700}, fields.MONEY)
    rules.check_currency(old, {"currency": "USD"}, fields.MONEY)
    with pytest.raises(Invalid, match="currency_needs_amounts"):
        rules.check_currency(old, {"currency": "CNY"}, fields.MONEY)


def test_names_that_read_the_same_are_the_same():
    assert rules.same_name("Ｌumora  HOME") == rules.same_name("lumora home")
    assert rules.same_name("Lumora Home") != rules.same_name("Lumora Homes")

"""From what the store knows to a reason, with the edges of every threshold, in both languages."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from lib.store.policy import shipped
from lib.today import reasons
from lib.today.phrases import action, clock, formula, sentence
from lib.today.reasons import Limits
from lib.today.rules import Severity, Worth, rank
from lib.words import LANGUAGES

TODAY = date(2026, 11, 20)
LIMITS = Limits.of(shipped()["today"], shipped()["standing"], shipped()["health"]["bands"])


def alert(**over):
    values = {
        "kind": "activity",
        "level": "high",
        "status": "new",
        "ratio": 0.54,
        "opened_on": date(2026, 11, 14),
    }
    return reasons.alert_reason(1, 9, **(values | over))


def renewal(notice: int | None, due: int, *, opened: int = -30, contacted: bool = False):
    day = lambda n: None if n is None else TODAY + timedelta(days=n)  # noqa: E731
    return reasons.renewal_reason(
        1, 5, opens_on=day(opened), notice_on=day(notice), due_on=day(due), contacted=contacted,
        spoken=contacted, today=TODAY, limits=LIMITS,
    )  # fmt: skip


def quote(status: str, days: int):
    return reasons.quote_reason(
        1, 7, label="Q-2026-0041", status=status, valid_until=TODAY + timedelta(days=days), today=TODAY,
        limits=LIMITS,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("level", "severity"),
    [("critical", Severity.CRITICAL), ("high", Severity.WATCH), ("medium", Severity.WATCH)],
)
def test_only_a_critical_alert_is_critical(level, severity):
    assert alert(level=level).severity is severity


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({}, "Activity 46% below its own range."),
        ({"status": "contacted"}, "Activity 46% below its range; contacted, not closed."),
        ({"ratio": None}, "Activity alert open since 14 Nov."),
        ({"ratio": 1.2}, "Activity alert open since 14 Nov."),
        ({"ratio": 0.0}, "Activity 100% below its own range."),
        ({"kind": "onboarding"}, "Onboarding stalled since 14 Nov."),
    ],
)
def test_an_alert_says_how_far_activity_fell(over, words):
    assert sentence(alert(**over), TODAY, "en") == words


@pytest.mark.parametrize(
    ("days", "severity", "words"),
    [
        ([-1], Severity.WATCH, "Promise overdue: Answer 0"),
        ([-7], Severity.WATCH, "Promise overdue: Answer 0"),
        ([-8], Severity.CRITICAL, "Promise overdue: Answer 0"),
        ([0], Severity.WATCH, "Promise due: Answer 0"),
        ([-2, -1, 0], Severity.WATCH, "2 promises overdue, the oldest since 18 Nov."),
        ([0, 1], Severity.WATCH, "2 promises due by 21 Nov."),
    ],
)
def test_promises_of_one_account_make_one_reason(days, severity, words):
    given = [(1, i, f"Answer {i}", TODAY + timedelta(days=d)) for i, d in enumerate(days)]
    (reason,) = reasons.promise_reasons(given, TODAY, LIMITS)

    assert reason.severity is severity
    assert sentence(reason, TODAY, "en") == words
    assert (reason.page, reason.params) == ("negotiation", (("account", 1),))


@pytest.mark.parametrize(
    ("notice", "due", "over", "code", "severity"),
    [
        (31, 61, {"contacted": True}, None, None),
        (30, 60, {"contacted": True}, "renewal-notice", Severity.WATCH),
        (30, 60, {}, "renewal-notice-silent", Severity.WATCH),
        (8, 38, {}, "renewal-notice-silent", Severity.WATCH),
        (7, 37, {}, "renewal-notice-silent", Severity.CRITICAL),
        (0, 30, {"contacted": True}, "renewal-notice", Severity.WATCH),
        (-1, 29, {"contacted": True}, "renewal-notice-passed", Severity.WATCH),
        (None, 90, {}, "renewal-silent", Severity.WATCH),
        (None, 90, {"contacted": True}, None, None),
        (60, 90, {"opened": 1}, None, None),
        (None, 1, {"contacted": True}, None, None),
        (None, 0, {"contacted": True}, "renewal-ended", Severity.CRITICAL),
        (-30, -1, {}, "renewal-ended", Severity.CRITICAL),
    ],
)
def test_a_renewal_speaks_up_at_its_dates(notice, due, over, code, severity):
    reason = renewal(notice, due, **over)

    assert (reason and reason.code, reason and reason.severity) == (code, severity)


def test_a_contract_that_ended_names_its_last_day():
    assert sentence(renewal(None, 0), TODAY, "en") == "Contract ended 19 Nov, outcome not recorded."


@pytest.mark.parametrize(
    ("status", "days", "code"),
    [
        ("sent", 8, None), ("sent", 7, "quote-expiring"), ("sent", 0, "quote-expiring"), ("sent", -1, None),
        ("approved", 30, "quote-approved"), ("approved", -1, None), ("rejected", 30, "quote-rejected"),
        ("draft", 3, None), ("accepted", 3, None),
    ],
)  # fmt: skip
def test_a_quote_speaks_up_when_it_waits_for_its_owner(status, days, code):
    reason = quote(status, days)

    assert (reason.code if reason else None) == code


def test_a_decision_that_waits_says_how_much_is_asked():
    reason = reasons.approval_reason(1, 7, discount=Decimal("0.27"), submitted_on=TODAY)

    assert reason.severity is Severity.WATCH
    assert sentence(reason, TODAY, "en") == "27.0% off list price waits for your decision."


def test_a_persons_own_words_are_cut_to_one_short_line():
    assert reasons.short("a\nb   c") == "a b c"
    assert len(reasons.short("报价" * 100)) == reasons.SHORT
    assert reasons.short("x" * 40).endswith("…")


def every_reason() -> list:
    return [
        alert(), alert(status="contacted"), alert(ratio=None), alert(kind="onboarding"), alert(kind="watch"),
        *reasons.promise_reasons([(1, 4, "W" * 90, TODAY - timedelta(days=1))], TODAY, LIMITS),
        *reasons.promise_reasons([(1, 4, "x", TODAY - timedelta(days=1))] * 2, TODAY, LIMITS),
        *reasons.promise_reasons([(1, 4, "x", TODAY)], TODAY, LIMITS),
        *reasons.promise_reasons([(1, 4, "x", TODAY)] * 3, TODAY, LIMITS),
        renewal(30, 60), renewal(30, 60, contacted=True), renewal(-1, 29), renewal(None, 90),
        renewal(None, -1),
        quote("sent", 3), quote("approved", 3), quote("rejected", 3),
        reasons.approval_reason(1, 7, discount=Decimal("0.27"), submitted_on=TODAY),
        reasons.task_reason(1, 3, 1, kind="check_in", title="Check in", due_on=TODAY, today=TODAY),
        reasons.task_reason(1, 3, 1, kind="check_in", title=None, due_on=TODAY, today=TODAY),
        reasons.stale_reason(1, TODAY - timedelta(days=20), may_import=False),
        reasons.vip_reason(1, 4, rule="big_name", proposed_on=TODAY),
        reasons.health_reason(1, 42.4, TODAY - timedelta(days=3)), reasons.health_reason(1, 42.4, None),
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", every_reason(), ids=lambda r: r.code)
def test_every_reason_fits_one_line_and_has_its_words(reason, language):
    row = rank([reason], {1: Worth(41_200_000, "USD")}, LIMITS.weights, LIMITS.scales, TODAY)[0]

    assert 0 < len(sentence(reason, TODAY, language)) <= 57
    assert clock(row, TODAY, language)
    assert 0 < len(action(reason, language)) <= 16
    assert "41" in formula(row, language) and str(row.priority.minutes) in formula(row, language)
    assert str(row.priority.minutes) in formula(replace(row, worth=None), language)

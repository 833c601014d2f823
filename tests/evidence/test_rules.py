"""Alerts held against losses: what counts as right, found, early or out of sight."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from lib.evidence import rules
from lib.store import policy

SHIPPED = policy.shipped()
LIMITS = rules.limits_of(SHIPPED["evidence"], SHIPPED["activity"])
TODAY = date(2026, 11, 20)
LONG_AGO = date(2024, 1, 1)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def alerts(*rows: tuple) -> pd.DataFrame:
    """(account, opened_on, resolved_on), kind activity."""
    made = [
        {"id": n, "account_id": a, "kind": "activity", "opened_on": o, "resolved_on": r, "verdict": None}
        for n, (a, o, r) in enumerate(rows, 1)
    ]
    return pd.DataFrame(made).astype({"resolved_on": object, "verdict": object})


def losses(*rows: tuple[int, date], active_from: date | None = LONG_AGO) -> pd.DataFrame:
    made = [{"account_id": a, "day": d, "began": LONG_AGO, "active_from": active_from} for a, d in rows]
    return pd.DataFrame(made, columns=["account_id", "day", "began", "active_from"]).astype(object)


@pytest.mark.parametrize(
    ("opened", "resolved", "lost", "outcome"),
    [
        (TODAY - days(200), TODAY - days(100), TODAY - days(20), "right"),  # exactly 180 days later
        (TODAY - days(200), TODAY - days(100), TODAY - days(19), "false"),  # one day too late
        (TODAY - days(300), None, TODAY - days(5), "right"),  # it was still open when they left
        (TODAY - days(200), TODAY - days(100), TODAY - days(200), "false"),  # lost the day it opened: no use
        (TODAY - days(200), TODAY - days(100), None, "false"),
        (TODAY - days(180), TODAY - days(100), None, "early"),  # its time ends today
        (TODAY - days(90), None, TODAY - days(30), "early_right"),
    ],
)
def test_an_alert_is_right_when_a_loss_followed_in_time(opened, resolved, lost, outcome):
    gone = losses((1, lost)) if lost else losses()
    found = rules.judged(alerts((1, opened, resolved)), gone, TODAY, LIMITS)

    assert found["outcome"].tolist() == [outcome]


def test_another_accounts_loss_proves_nothing():
    found = rules.judged(alerts((1, TODAY - days(300), TODAY - days(290))), losses((2, TODAY - days(250))),
                         TODAY, LIMITS)  # fmt: skip

    assert found["outcome"].tolist() == ["false"]


def test_quick_losses_alone_give_no_precision():
    """Half of young alerts have their loss already: counting only those would flatter the rule."""
    made = alerts((1, TODAY - days(60), None), (2, TODAY - days(60), None), (3, TODAY - days(300), TODAY))
    made.loc[2, "resolved_on"] = TODAY - days(290)
    gone = losses((1, TODAY - days(30)))
    judged = rules.judged(made, gone, TODAY, LIMITS).assign(delay=pd.NA)
    found = rules.figures(
        "activity", rules.seen(gone, judged, "activity", LONG_AGO, LIMITS), judged, 4.0, LIMITS
    )

    assert (found.precision.part, found.precision.of, found.early) == (0, 1, 2)
    assert (found.recall.part, found.recall.of, found.lead) == (1, 1, 30.0)
    assert found.false_a_year == 0.25


@pytest.mark.parametrize(
    ("rule", "looked_from", "active_from", "began", "state"),
    [
        ("activity", LONG_AGO, LONG_AGO, LONG_AGO, "miss"),
        ("activity", None, LONG_AGO, LONG_AGO, "not_looked"),
        ("activity", date(2026, 11, 1), LONG_AGO, LONG_AGO, "not_looked"),
        ("activity", LONG_AGO, None, LONG_AGO, "no_activity"),
        ("activity", LONG_AGO, date(2026, 9, 20), LONG_AGO, "no_activity"),  # 41 days: no baseline yet
        ("onboarding", LONG_AGO, LONG_AGO, LONG_AGO, "other_age"),
        ("onboarding", LONG_AGO, date(2026, 9, 20), date(2026, 9, 15), "miss"),
        ("bells", LONG_AGO, date(2026, 9, 20), date(2026, 9, 15), "miss"),
    ],
)
def test_a_loss_nobody_could_see_is_no_miss(rule, looked_from, active_from, began, state):
    loss = losses((1, date(2026, 10, 31)), active_from=active_from)
    loss["began"] = [began]
    none = rules.judged(alerts((9, TODAY - days(300), TODAY)), losses(), TODAY, LIMITS)

    assert rules.seen(loss, none, rule, looked_from, LIMITS)["state"].tolist() == [state]


def test_the_first_right_alert_gives_the_lead():
    made = alerts((1, TODAY - days(260), TODAY - days(250)), (1, TODAY - days(230), TODAY - days(220)))
    gone = losses((1, TODAY - days(200)))
    found = rules.seen(gone, rules.judged(made, gone, TODAY, LIMITS), "bells", LONG_AGO, LIMITS)

    assert (found["lead"].tolist(), found["alert_id"].tolist()) == ([60], [1])


def test_the_delay_counts_the_low_weeks_before_the_alert():
    opened = date(2026, 9, 1)
    daily = {opened - days(back): (1 if back <= 21 else 5) for back in range(1, 120)}

    assert rules.onset(daily, opened, expected=140.0, ratio=0.75) == 21
    assert rules.onset(daily, opened, expected=20.0, ratio=0.75) is None


def test_account_years_end_with_the_customer():
    spans = pd.DataFrame({"starts_on": [date(2025, 1, 1), date(2026, 7, 1), None],
                          "ends_on": [date(2026, 1, 1), None, None]}, dtype=object)  # fmt: skip

    found = rules.account_years(spans, date(2025, 7, 1), date(2026, 12, 31))

    assert found == pytest.approx((184 + 183) / 365.25)


def test_a_precision_counts_known_alerts_as_right():
    said = rules.Verdicts(real=5, known=2, false=3)

    assert (said.count, said.precision) == (10, 0.7)
    assert replace(said, real=0, known=0, false=0).precision is None

"""The back-test on third-party data that holds no signal: it must say so."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lib.flows import daily
from lib.flows.import_file import import_path
from lib.health import queries

pytestmark = pytest.mark.datasets
LAST_DAY = datetime(2024, 12, 31, 1, tzinfo=UTC)
FILES = {"accounts": "accounts", "subscriptions": "subscriptions", "churn_events": "churn_events",
         "tickets": "support_tickets", "feature_usage": "feature_usage"}  # fmt: skip


def test_usage_that_predicts_no_churn_is_called_no_better_than_chance(embedded, admin, technical, datasets):
    """500 accounts, 426 losses: on 180, 90 and 60 days the range of the AUC includes 0.5."""
    for kind, name in FILES.items():
        import_path(replace(admin, now=LAST_DAY), kind,
                    datasets / "ravenstack" / f"ravenstack_{name}.csv", preset="ravenstack")  # fmt: skip
    daily.past_health(replace(technical, now=LAST_DAY), date(2023, 3, 1), date(2024, 12, 30))

    found = queries.grades(replace(admin, now=LAST_DAY))

    assert [one.ahead for one in found] == [180, 90, 60]
    for one in found:
        assert one.lost > 80 and one.count - one.lost > 50
        assert one.score.low < 0.5 < one.score.high
        assert one.verdict == "none"

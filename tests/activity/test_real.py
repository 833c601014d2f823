"""The risk level and the watch list on real activity of people who come, stay and leave."""

import pytest

from lib.activity.rules import thresholds
from lib.store import policy
from tests.activity import real


@pytest.fixture(scope="module")
def found():
    from lib.settings import settings

    return real.measure(settings().datasets / "git-activity", thresholds(policy.shipped()["activity"]))


@pytest.mark.datasets
def test_the_risk_level_ranks_who_will_not_come_back(found):
    assert real.auc(found.risk, found.gone) >= 0.85
    assert real.auc(found.risk, found.gone) > real.auc(found.silent, found.gone)


@pytest.mark.datasets
def test_the_watch_list_of_one_person_accounts_beats_thirty_days_of_silence(found):
    precision, recall = real.precision_recall(found.watched[found.alone], found.gone[found.alone])

    assert precision > 0.48
    assert recall >= 0.67

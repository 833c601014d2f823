"""The risk level beside the alerts, and what is said once when a whole region is quiet, on both stores."""

from datetime import timedelta

import pytest

from lib.activity import levels, phrases, queries
from lib.activity.wording import sentence
from lib.errors import NotFound
from lib.flows import daily
from lib.store import models as m
from tests import make
from tests.activity import worlds
from tests.make import TODAY


def scored(name, owner, risk=50.0, mood=0.0, region="CN"):
    account = make.account(owner=owner, name=name, region=region)
    make.insert(m.ActivityScore(account_id=account, day=TODAY - timedelta(days=1), mood_7=mood, risk=risk,
                                risk_silence=20.0, risk_level=risk - 20.0, recorded_at=make.NOW))  # fmt: skip
    return account


def test_the_risk_level_of_an_account_is_its_newest_with_its_parts(database, manager, other_manager):
    account = scored("One", manager.person_id, risk=62.0)

    found = levels.risk_level(manager, account)

    assert (found.total, found.silence, found.level, found.fall) == (62.0, 20.0, 42.0, None)
    assert phrases.risk(found, "en").startswith("Risk level 62 of 100: days of silence 20")
    assert "满分 100" in phrases.risk(found, "zh-CN")
    with pytest.raises(NotFound):
        levels.risk_level(other_manager, account)


def test_accounts_are_ranked_by_risk_and_so_is_the_watch_list(database, manager):
    for name, risk in (("Low", 30.0), ("High", 70.0), ("Middle", 50.0)):
        make.alert(scored(name, manager.person_id, risk=risk), kind="watch", level="medium")
    scored("Somebody else's", None, risk=99.0)

    assert levels.risk_levels(manager)["risk"].tolist() == [70.0, 50.0, 30.0]
    assert queries.open_alerts(manager, view="watch")[0]["account"].tolist() == ["High", "Middle", "Low"]


def test_a_slump_of_everybody_is_said_once_and_by_region(database, manager):
    for n in range(4):
        scored(f"Away {n}", manager.person_id, mood=-1.2, region="CN")
        scored(f"Quiet {n}", manager.person_id, mood=-0.3, region="EMEA")
        scored(f"Usual {n}", manager.person_id, mood=0.02, region="AMER")

    found = levels.slumps(manager)

    assert [(s.region, s.accounts, s.away) for s in found] == [("CN", 4, True), ("EMEA", 4, False)]
    told = phrases.quiet(found, "en")
    assert "the whole region is away" in told and "70% below" in told
    assert phrases.quiet([], "en") is None
    assert "整个区域暂无人活跃" in phrases.quiet(found, "zh-CN")


def test_when_everybody_is_away_nobody_rings(embedded, technical, leader, today):
    worlds.neighbours(12, silent=2, since=worlds.LAST - timedelta(days=10))
    worlds.subject(silent=7, since=worlds.LAST - timedelta(days=10))
    daily.run_day(technical, today)

    assert queries.open_alerts(leader)[1] == 0
    assert levels.slumps(leader)[0].away


def test_an_account_whose_source_knows_no_users_rings_later_and_says_so(embedded, technical, leader, today):
    worlds.neighbours()
    for name, per_day in (("Fallen", 1), ("Half", 3)):
        account = make.account(name=name, region="CN", industry="fashion", signed_up_on=worlds.FIRST)
        since = worlds.LAST - timedelta(days=34)
        worlds.counted(account, 6, worlds.FIRST, since - timedelta(days=1))
        worlds.counted(account, per_day, since, worlds.LAST)
    for back in (1, 0):
        daily.run_day(technical, today - timedelta(days=back))

    rows, _ = queries.open_alerts(leader)

    assert rows["account"].tolist() == ["Fallen"]
    told = sentence("en", "activity", rows["numbers"][0])
    assert "Without names" in told and "regular users" not in told
    assert "无用户名单" in sentence("zh-CN", "activity", rows["numbers"][0])

"""Language, time zone and currency of a person: kept, on record, in effect at the next click."""

import pytest
from sqlalchemy import func, select

from lib.errors import Invalid
from lib.people import commands, identity, phrases
from lib.store import models as m
from lib.store.database import read_one
from tests.make import NOW, TODAY


def test_preferences_hold_at_the_next_click_and_today_stays_the_companys(database, manager):
    commands.choose_preferences(manager, "zh-CN", "America/Los_Angeles", "CNY")

    viewer = identity.viewer_of(manager.person_id, NOW)
    assert (viewer.language, viewer.clock_zone, viewer.currency) == ("zh-CN", "America/Los_Angeles", "CNY")
    assert (viewer.zone, viewer.today) == ("Asia/Shanghai", TODAY)
    entry = read_one(select(m.AuditEntry.old, m.AuditEntry.new))
    assert entry.old == {"language": "en", "zone": None, "currency": None}

    commands.choose_preferences(manager, "zh-CN", None, None)
    assert identity.viewer_of(manager.person_id, NOW).clock_zone == "Asia/Shanghai"


def test_the_same_preferences_again_write_nothing(embedded, manager):
    commands.choose_preferences(manager, "en", None, None)

    assert read_one(select(func.count()).select_from(m.AuditEntry))[0] == 0


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (("fr", None, None), "language_unknown"),
        (("en", "Mars/Base", None), "zone_unknown"),
        (("en", "../etc/passwd", None), "zone_unknown"),
        (("en", None, "XYZ"), "currency_unknown"),
    ],
)
def test_what_the_desk_does_not_know_is_refused(embedded, manager, chosen, code):
    with pytest.raises(Invalid) as refused:
        commands.choose_preferences(manager, *chosen)

    assert refused.value.code == code


@pytest.mark.parametrize(("language", "told"), [("en", "Shanghai"), ("zh-CN", "上海")])
def test_zones_are_named_in_the_readers_language_with_their_offset(language, told):
    zones = phrases.zones(language, TODAY)

    assert zones["Asia/Shanghai"].startswith(told)
    assert zones["Asia/Shanghai"].endswith("UTC+8")
    assert zones["Asia/Kolkata"].endswith("UTC+5:30")
    assert zones["America/New_York"].endswith("UTC−5")

"""Quiet hours, the hour of the digest and the waits between attempts, with their edges."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lib.errors import Invalid
from lib.notices import rules
from lib.notices.rules import Limits, Wishes
from lib.store import policy

LIMITS = Limits.of(policy.shipped()["notices"])
NIGHT = Wishes("mine", 8, 20, 7)
MINUTE = timedelta(minutes=1)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "until"),
    [
        (utc(2026, 11, 20, 11, 59), "Asia/Shanghai", None),  # 19:59 there
        (utc(2026, 11, 20, 12, 0), "Asia/Shanghai", utc(2026, 11, 20, 23, 0)),  # 20:00
        (utc(2026, 11, 20, 22, 59), "Asia/Shanghai", utc(2026, 11, 20, 23, 0)),  # 06:59 of the next day
        (utc(2026, 11, 20, 23, 0), "Asia/Shanghai", None),  # 07:00
        (utc(2026, 11, 20, 1, 0), "Europe/Berlin", utc(2026, 11, 20, 6, 0)),  # 02:00
        (utc(2026, 3, 28, 22, 0), "Europe/Berlin", utc(2026, 3, 29, 5, 0)),  # the hour that is missing
        (utc(2026, 10, 24, 22, 0), "Europe/Berlin", utc(2026, 10, 25, 6, 0)),  # the hour that comes twice
    ],
)
def test_the_quiet_time_is_the_persons_own_and_ends_at_its_hour(now, zone, until):
    assert rules.speaks_at(now, NIGHT, zone) == (until or now)


def test_a_quiet_time_within_a_day_and_none_at_all():
    lunch, noon = Wishes("mine", 8, 12, 14), utc(2026, 11, 20, 12, 30)

    assert rules.speaks_at(noon, lunch, "UTC") == utc(2026, 11, 20, 14)
    assert rules.speaks_at(noon, Wishes(), "UTC") == noon
    assert rules.speaks_at(noon, Wishes("mine", 8, 9, 9), "UTC") == noon


def test_a_digest_is_due_from_its_hour_on_for_some_hours_on_working_days():
    friday = utc(2026, 11, 20, 0, 0)  # eight in Shanghai

    def due(now: datetime, limits: Limits = LIMITS) -> date | None:
        return rules.digest_due(now, Wishes(), "Asia/Shanghai", limits)

    assert due(friday - MINUTE) is None
    assert due(friday) == date(2026, 11, 20)
    assert due(friday + timedelta(hours=6) - MINUTE) == date(2026, 11, 20)
    assert due(friday + timedelta(hours=6)) is None
    assert due(friday + timedelta(days=1)) is None
    weekends = replace(LIMITS, digest_weekends=True)
    assert due(friday + timedelta(days=1), weekends) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, None), (7, None)]
)
def test_waits_double_and_end(attempts, minutes):
    now = utc(2026, 11, 20, 1)
    again = rules.next_attempt(now, attempts, "refused", LIMITS)

    assert again == (None if minutes is None else now + timedelta(minutes=minutes))


def test_waits_have_a_longest_and_what_cannot_get_better_is_not_tried_again():
    now = utc(2026, 11, 20, 1)

    assert rules.next_attempt(now, 9, "slow", replace(LIMITS, attempts=20)) == now + timedelta(hours=1)
    for outcome in rules.LASTING:
        assert rules.next_attempt(now, 1, outcome, LIMITS) is None


def test_a_digest_has_one_key_a_person_channel_and_day_that_tells_nothing():
    day = date(2026, 11, 20)
    keys = {rules.digest_key(p, c, d) for p in (1, 2) for c in ("mail", "slack")
            for d in (day, day + timedelta(days=1))}  # fmt: skip

    assert len(keys) == 8
    assert rules.digest_key(1, "mail", day) in keys
    assert all(len(key) == 40 for key in keys)


@pytest.mark.parametrize(
    "wishes",
    [Wishes("mine", 24), Wishes("mine", -1), Wishes("mine", 8, 20, None), Wishes("mine", 8, None, 7),
     Wishes("mine", "8"), Wishes("everything", 8), Wishes("all", 8), Wishes("mine", None)],
)  # fmt: skip
def test_wishes_that_make_no_sense_are_refused(wishes):
    with pytest.raises(Invalid):
        rules.check_wishes(wishes, sees_all=False)


def test_whoever_sees_every_account_may_choose_them_all():
    rules.check_wishes(Wishes("all", 0, 23, 0), sees_all=True)

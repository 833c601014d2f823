"""Weights and loads at their edges, zones and hours in common, proposals with their ties."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from lib.errors import Conflict, Invalid
from lib.store import policy
from lib.teams import proposals, rules, zones
from lib.teams.proposals import Candidate, Need

SHIPPED = policy.shipped()
BY = rules.limits(SHIPPED["team"], SHIPPED["vip"])
MONDAY = date(2026, 11, 16)
OFFICE = zones.office(9, 18)


def candidate(number: int, name: str = "", points: str = "0", **over) -> Candidate:
    values = {"level": "senior", "speaks": frozenset({"en"}), "zone": "Europe/Berlin", "week": OFFICE} | over
    return Candidate(id=number, name=name or f"Person {number}", points=Decimal(points), **values)


def need(number: int = 1, **over) -> Need:
    values = {"name": "A", "tier": "diamond", "is_vip": True, "language": "en", "zone": "Europe/Berlin",
              "worth": 0, "owner": None, "backup": None} | over  # fmt: skip
    return Need(id=number, **values)


@pytest.mark.parametrize(
    ("tier", "is_vip", "weight"),
    [("diamond", True, "1"), ("Gold", True, "0.25"), ("Gold", False, "0.125"), ("unheard of", True, "0.25"),
     (None, True, "0.25")],
)  # fmt: skip
def test_an_account_weighs_what_its_tier_weighs(tier, is_vip, weight):
    assert rules.weight_of(tier, is_vip, BY) == Decimal(weight)


@pytest.mark.acceptance("C33")
@pytest.mark.parametrize(
    ("diamonds", "state"), [(0, "room"), (35, "room"), (36, "near"), (40, "near"), (41, "over")]
)
def test_a_manager_above_capacity_is_flagged_and_one_exactly_full_is_not(diamonds, state):
    held = [(7, "owner", "diamond", True, diamonds)] if diamonds else []

    assert rules.loads(held, BY).get(7, rules.NOBODY).state == state


def test_a_backup_carries_a_tenth_of_the_weight():
    load = rules.loads([(7, "owner", "diamond", True, 2), (7, "backup", "gold", True, 4)], BY)[7]

    assert (load.owned, load.backed_up, load.points) == (2, 4, Decimal("2.1"))
    assert load.share == Decimal("2.1") / 40


def test_the_lightest_and_least_worth_accounts_of_an_over_full_book_could_be_automated():
    book = [(1, Decimal(1), 10), (2, Decimal("0.25"), 900), (3, Decimal("0.25"), 100), (4, Decimal(1), 5)]

    assert rules.beyond(book, Decimal("40.3"), BY) == [3, 2]
    assert rules.beyond(book, Decimal(40), BY) == []


def test_an_account_is_where_its_zone_says_else_its_city_else_its_country():
    assert zones.zone_of("Asia/Tokyo", "US", "Seattle") == "Asia/Tokyo"
    assert zones.zone_of(None, "US", "Seattle") == "America/Los_Angeles"
    assert zones.zone_of(None, "de", "Hamburg") == "Europe/Berlin"
    assert zones.zone_of(None, "XX", "Nowhere") is None


@pytest.mark.parametrize(
    ("mine", "theirs", "hours"),
    [("Europe/Berlin", "Europe/Berlin", 45), ("Asia/Shanghai", "Europe/Berlin", 10),
     ("Asia/Shanghai", "America/Los_Angeles", 4), ("Europe/Berlin", "America/Los_Angeles", 0)],
)  # fmt: skip
def test_hours_in_common_are_counted_across_the_date_line(mine, theirs, hours):
    """Shanghai's Tuesday to Friday mornings are California's Monday to Thursday afternoons."""
    assert zones.overlap(OFFICE, mine, OFFICE, theirs, MONDAY) == hours


def test_summer_time_moves_the_hours_in_common():
    summer = zones.overlap(OFFICE, "Asia/Shanghai", OFFICE, "Europe/Berlin", date(2026, 7, 6))

    assert (summer, zones.overlap(OFFICE, "Asia/Shanghai", OFFICE, "Europe/Berlin", MONDAY)) == (15, 10)


def test_the_next_time_to_call_lies_where_both_work():
    friday_evening = datetime(2026, 11, 20, 12, tzinfo=UTC)  # 20:00 in Shanghai, 13:00 in Berlin

    slot = zones.next_slot(OFFICE, "Asia/Shanghai", OFFICE, "Europe/Berlin", friday_evening)

    assert slot == (datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC))
    assert zones.next_slot(OFFICE, "Europe/Berlin", OFFICE, "America/Los_Angeles", friday_evening) is None


def test_the_emptier_book_is_proposed_and_the_next_one_for_the_backup():
    made = proposals.propose([need()], [candidate(1, points="30"), candidate(2)], BY, MONDAY)

    assert (made[0].owner.id, made[0].backup.id) == (2, 1)
    # 100 × (0.5 × (1 − 1/40) + 0.2 × 1 + 0.15 × 1 + 0.15 × 1)
    assert made[0].owner.score == 98.8


def test_proposals_count_each_other_so_that_nobody_is_filled_by_all_at_once():
    needs = [need(i, backup=9) for i in range(1, 7)]

    made = proposals.propose(needs, [candidate(1), candidate(2), candidate(3)], BY, MONDAY)

    assert sorted(one.owner.id for one in made) == [1, 1, 2, 2, 3, 3]


def test_a_tie_goes_to_the_smaller_book_then_by_name_and_is_told():
    twins = [candidate(1, "Zoe"), candidate(2, "Ann"), candidate(3, "Mia", points="20")]

    owner = proposals.propose([need(backup=9)], twins, BY, MONDAY)[0].owner

    assert (owner.name, owner.tied) == ("Ann", ("Zoe",))


def test_language_and_hours_decide_between_equal_books():
    far = candidate(1, zone="Asia/Shanghai")
    mute = candidate(2, speaks=frozenset({"zh-CN"}))
    both = candidate(3)

    assert proposals.propose([need(backup=9)], [far, mute, both], BY, MONDAY)[0].owner.id == 3


def test_who_is_under_the_least_level_is_proposed_only_when_nobody_else_is_there():
    junior = candidate(1, level="junior")
    full = candidate(2, level="intermediate", points="60")

    assert proposals.propose([need(backup=9)], [junior, full], BY, MONDAY)[0].owner.id == 2
    alone = proposals.propose([need(backup=9)], [junior], BY, MONDAY)[0].owner
    assert (alone.id, alone.flags) == (1, ("below",))


def test_a_level_nobody_decided_and_a_book_above_capacity_are_said():
    one = candidate(1, level=None, points="40")

    assert proposals.propose([need(backup=9)], [one], BY, MONDAY)[0].owner.flags == ("over", "unrated")


def test_one_person_alone_is_never_owner_and_backup():
    made = proposals.propose([need()], [candidate(1)], BY, MONDAY)[0]

    assert (made.owner.id, made.backup) == (1, None)
    assert proposals.propose([need(owner=1)], [candidate(1)], BY, MONDAY)[0].backup is None


def test_an_account_outside_the_programme_needs_an_owner_alone():
    made = proposals.propose([need(is_vip=False)], [candidate(1), candidate(2)], BY, MONDAY)[0]

    assert (made.owner.id, made.backup) == (1, None)


@pytest.mark.parametrize(
    ("state", "target", "goes"),
    [("open", "working", True), ("open", "answered", True), ("answered", "open", True),
     ("answered", "closed", True), ("closed", "open", False), ("working", "open", False)],
)  # fmt: skip
def test_a_request_moves_along_its_states(state, target, goes):
    if goes:
        rules.check_move(state, target)
    else:
        with pytest.raises(Conflict, match="request_cannot_move"):
            rules.check_move(state, target)


def test_a_request_is_late_the_day_after_it_was_due_and_not_once_answered():
    due = date(2026, 11, 20)

    assert not rules.is_late("open", due, due)
    assert rules.is_late("working", due, due + timedelta(days=1))
    assert not rules.is_late("answered", due, due + timedelta(days=1))


def test_ageing_tells_the_days_in_each_step():
    start = datetime(2026, 11, 1, tzinfo=UTC)
    steps = [(1, "open", start), (1, "working", start + timedelta(days=2)),
             (1, "closed", start + timedelta(days=5)), (2, "open", start + timedelta(days=4))]  # fmt: skip

    spent = rules.ages(steps, start + timedelta(days=10))

    assert spent == {"open": [2.0, 6.0], "working": [3.0]}
    assert (rules.middle(spent["open"]), rules.middle([])) == (4.0, None)


@pytest.mark.parametrize("hours", [{"7": [0, 60]}, {"0": [60, 60]}, {"0": [0, 1441]}, {"0": ["9", 10]}])
def test_hours_that_are_no_hours_are_refused(hours):
    with pytest.raises(Invalid, match="team_hours"):
        rules.check_hours(hours)


def test_peaks_count_by_weekday_and_hour():
    grid = rules.peaks([(0, 9), (0, 9), (6, 23)])

    assert (grid[0][9], grid[6][23], sum(map(sum, grid))) == (2, 1, 3)

"""What an account's portrait says by rule: use of entitlements, tags, stickiness, coverage, size, sponsor."""

from datetime import date, timedelta

import pytest

from lib.accounts import brief, portrait_rules
from lib.accounts.brief import Signs
from lib.accounts.portrait_rules import Limits, Sold, Sponsor, Stickiness, Use
from lib.errors import Invalid

TODAY = date(2026, 11, 20)
LIMITS = Limits(nearly=0.8, small_below=50, large_from=250, interest_days=28, products_from=3, logins=22,
                referral_from=2,
                coverage=0.8)  # fmt: skip


@pytest.mark.parametrize(
    ("included", "consumed", "starts", "expires", "use"),
    [
        (100, 79, None, None, Use.RUNNING), (100, 80, None, None, Use.NEARLY),
        (100, 99, None, None, Use.NEARLY), (100, 100, None, None, Use.USED_UP),
        (100, 130, None, None, Use.USED_UP), (None, 5, None, None, Use.RUNNING),
        (100, None, None, None, Use.RUNNING), (0, 0, None, None, Use.USED_UP),
        (100, 100, None, TODAY - timedelta(days=1), Use.ENDED), (100, 100, None, TODAY, Use.USED_UP),
        (100, 0, TODAY + timedelta(days=1), None, Use.PLANNED), (100, 0, TODAY, None, Use.RUNNING),
    ],
)  # fmt: skip
def test_an_entitlement_stands_by_its_days_and_then_by_its_use(included, consumed, starts, expires, use):
    assert portrait_rules.use_of(included, consumed, starts, expires, TODAY, LIMITS.nearly) == use


@pytest.mark.parametrize(
    ("included", "consumed", "left"), [(10, 4, 6), (10, 12, 0), (None, 4, None), (10, None, None)]
)
def test_what_is_left_is_never_less_than_nothing(included, consumed, left):
    assert portrait_rules.remaining(included, consumed) == left


def test_seats_and_quotas_follow_from_what_is_paid_for():
    sold = [
        Sold("Suite", None, "professional", 40, date(2026, 1, 1), date(2027, 1, 1)),
        Sold("Ads", "Ads", None, None, date(2026, 3, 1), date(2027, 3, 1)),
    ]
    found = portrait_rules.derived(sold, None, 12, "Professional", {"professional_api_calls": 100_000})

    assert [(r["item"], r["included"], r["consumed"]) for r in found] == [
        ("seats", 40, 12), ("api_calls", 100_000, None),
    ]  # fmt: skip
    assert {(r["starts_on"], r["expires_on"]) for r in found} == {(date(2026, 1, 1), date(2027, 2, 28))}
    assert portrait_rules.derived([], 40, 12, "Professional", {}) == []


@pytest.mark.parametrize(
    ("text", "tags"),
    [("Peak season, board  watches", ["peak season", "board watches"]), ("a，b、A;b", ["a", "b"]), ("", []),
     (" , ,", [])],
)  # fmt: skip
def test_tags_are_parted_by_commas_and_stand_once(text, tags):
    assert portrait_rules.tags_of(text) == tags


@pytest.mark.parametrize(
    ("text", "code"), [("x" * 33, "tag_too_long"), (",".join(map(str, range(21))), "tags_too_many")]
)
def test_tags_have_limits(text, code):
    with pytest.raises(Invalid, match=code):
        portrait_rules.tags_of(text)


@pytest.mark.parametrize(
    "name",
    ["sk_live_51HxAbCdEf9GhIjKlMnOpQr", "AKIAIOSFODNN7EXAMPLE1234567", "Stripe eyJhbGciOiJIUzI1NiIsInR5cCI6"],
)
def test_a_key_is_refused_where_a_name_belongs(name):
    with pytest.raises(Invalid, match="integration_secret"):
        portrait_rules.check_no_secret({"name": name, "keeper": None})


@pytest.mark.parametrize("name", ["Stripe", "SAP Business One 10.0", "Ms. Wang, +86 20 1234 5678"])
def test_a_name_is_no_key(name):
    portrait_rules.check_no_secret({"name": name, "keeper": name})


def test_stickiness_is_the_sum_of_its_parts():
    assert Stickiness(integrations=3, terms=1, modules=4, years=2).total == 10


@pytest.mark.parametrize(
    ("since", "years"),
    [(date(2024, 11, 20), 2), (date(2024, 11, 21), 1), (None, 0), (date(2027, 1, 1), 0), (TODAY, 0)],
)
def test_years_are_full_ones(since, years):
    assert portrait_rules.full_years(since, TODAY) == years


def test_coverage_counts_the_four_main_systems_once_each():
    assert portrait_rules.coverage(["payment", "payment", "logistics", "other"]) == 0.5
    assert portrait_rules.coverage([]) == 0


@pytest.mark.parametrize(
    ("by_hand", "employees", "size"),
    [(None, 49, "small"), (None, 50, "medium"), (None, 249, "medium"), (None, 250, "large"),
     (None, None, None), ("large", 3, "large")],
)  # fmt: skip
def test_the_size_follows_the_employees_unless_a_person_says_so(by_hand, employees, size):
    assert portrait_rules.size_band(by_hand, employees, LIMITS) == size


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


@pytest.mark.parametrize(
    ("people", "state"),
    [
        ([], (Sponsor.UNKNOWN, 0)), ([(False, True, day(3))], (Sponsor.LOST, 0)),
        ([(True, False, day(3))], (Sponsor.LOST, 0)), ([(True, True, day(30))], (Sponsor.THERE, 30)),
        ([(True, True, day(31))], (Sponsor.QUIET, 31)), ([(True, True, None)], (Sponsor.QUIET, 0)),
        ([(True, True, day(90)), (True, True, day(2))], (Sponsor.THERE, 2)),
    ],
)  # fmt: skip
def test_a_sponsor_is_there_quiet_or_lost(people, state):
    assert portrait_rules.sponsor_of(people, TODAY, 30) == state


def test_the_heaviest_point_is_talked_about_first():
    quiet = Signs(urgent_cases=0, overdue_promises=0, sponsor_gone=False, notice_in=None, alert_open=False,
                  spent=[], unused_seats=0, goals_due=[], promised_requests=0)  # fmt: skip
    loud = Signs(urgent_cases=1, overdue_promises=2, sponsor_gone=True, notice_in=0, alert_open=True,
                 spent=["Seats"], unused_seats=3, goals_due=["Grow"], promised_requests=1)  # fmt: skip

    assert [code for code, _ in brief.points(quiet)] == ["fine"]
    assert [code for code, _ in brief.points(loud)] == [
        "cases", "promises", "alert", "notice", "sponsor", "spent", "seats", "goal", "requests",
    ]  # fmt: skip

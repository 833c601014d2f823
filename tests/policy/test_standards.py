"""The published standard: tiers, clauses that say the rule's own figure, seasons, categories."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from lib.policy import commands, library, log, season, standards, wording
from lib.pricing.price_book import Item
from lib.pricing.terms import read_terms
from lib.pricing.waterfall import LineRequest, Terms, price
from lib.quotes.approvals import decide, read_guardrails
from lib.store import policy
from tests import make

SHIPPED = policy.shipped()
CLAUSES, SEASON = SHIPPED["library_discount"], SHIPPED["season"]


def test_everybody_reads_the_same_standard_in_their_language(database, manager, seller, leader):
    chinese = replace(manager, language="zh-CN")

    assert standards.standard(manager) == standards.standard(seller) == standards.standard(leader)
    assert [one.name for one in standards.standard(manager).tiers] == [
        "Free", "Basic", "Premium", "Enterprise custom",
    ]  # fmt: skip
    assert standards.standard(chinese).tiers[1].fits == "月销售额低于 10,000 美元"


def test_a_tier_holds_the_rights_of_every_lower_one(database, manager):
    free, basic, premium, enterprise = standards.standard(manager).tiers

    assert set(free.rights) < set(basic.rights) < set(premium.rights) < set(enterprise.rights)
    assert "manager" in enterprise.rights and "manager" not in premium.rights
    assert standards.standard(manager).rights["uptime"] == "Availability of 99.5% a month"


def test_a_new_right_is_a_new_version_with_the_feedback_behind_it(database, admin, manager):
    right = {"code": "webinar", "from_tier": "premium", "name_en": "A webinar", "name_zh": "线上讲座"}

    commands.add_row(admin, "tiers", 1, "rights.0.code", right, make.TODAY, "Agreed", "Fourteen asked for it")

    found = standards.standard(manager)
    assert found.edition.number == 2 and "webinar" in found.tiers[2].rights
    line = wording.change_lines(log.log(manager, "tiers"), "en")[0]
    assert "Root Admin" in line and "Fourteen asked for it" in line


def test_a_clause_says_the_figure_the_rule_holds(database, admin, manager):
    """Also right after the rule changed: the text names the value, it does not repeat it."""

    def clause() -> str:
        _, found = standards.shelf(manager)["library_discount"]
        return next(one.text for one in found if one.number == "1.2")

    assert clause() == "Up to 20% off, whoever writes the quote may send it. Nobody is asked."
    commands.change(admin, "quotes", 1, {"limits[1].justify_above": "12.5%"}, make.TODAY, "Price round")
    year = {"from_months": "12", "justify_above": "0.15", "approve_above": "0.25"}
    commands.add_row(admin, "quotes", 2, "limits[1].from_months", year, make.TODAY, "A year differs")

    assert clause() == "Up to 12.5% off, whoever writes the quote may send it. Nobody is asked."
    assert (
        "For terms from 24 months, up to 30% off" in standards.shelf(manager)["library_discount"][1][4].text
    )


def test_the_library_holds_three_documents_in_both_languages(database, manager):
    for viewer in (manager, replace(manager, language="zh-CN")):
        shelf = standards.shelf(viewer)
        assert list(shelf) == list(library.LIBRARY)
        assert all(found and "{" not in one.text for _, found in shelf.values() for one in found)


@pytest.mark.parametrize(
    ("rule", "level", "number"),
    [
        ("D-20", "free", "1.2"), ("D-20", "justify", "1.3"), ("D-30", "approve", "1.4"),
        ("D-30/24", "approve", "1.5"), ("M-15", "approve", "1.6"), ("M-15", "free", "1.6"),
        ("D-12.5", "justify", "1.3"),
    ],
)  # fmt: skip
def test_a_guardrail_links_its_clause(rule, level, number):
    assert library.clause_for(rule, level, CLAUSES) == number


@pytest.mark.parametrize("discount", ["0", "0.15", "0.25", "0.45"])
@pytest.mark.parametrize("months", [1, 12, 24])
def test_every_guardrail_message_of_a_price_finds_a_clause(discount, months):
    item = Item("plan", "platform", "Plan", "版本", "month", True, Decimal(100), Decimal(20))
    terms = Terms(months=months, prepaid=False, discount=Decimal(discount))
    priced = price([LineRequest(item, Decimal(5))], terms, read_terms(SHIPPED["pricing"]), "USD")
    findings = decide(priced, read_guardrails(SHIPPED["quotes"])).findings

    assert all(library.clause_for(one.rule, one.level, CLAUSES) for one in findings)


def test_a_rule_no_clause_speaks_of_links_nothing():
    assert library.clause_for("M-15", "approve", {"clauses": []}) is None


@pytest.mark.parametrize(
    ("year", "day"), [(2023, 24), (2024, 29), (2025, 28), (2026, 27), (2027, 26), (2028, 24)]
)
def test_black_friday_is_the_day_after_the_fourth_thursday_of_november(year, day):
    assert season.black_friday(year) == date(year, 11, day)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 10, 31), None), (date(2026, 11, 1), "double_eleven"),
        (date(2026, 11, 11), "double_eleven"), (date(2026, 11, 14), "double_eleven"),
        (date(2026, 11, 15), None), (date(2026, 11, 22), None),
        (date(2026, 11, 23), "black_friday"), (date(2026, 12, 1), "black_friday"), (date(2026, 12, 2), None),
        (date(2026, 12, 25), "new_year"), (date(2027, 1, 3), "new_year"), (date(2027, 1, 4), None),
    ],
)  # fmt: skip
def test_a_season_holds_inside_its_window_only(day, code):
    found = season.season_on(SEASON, day)

    assert (found.window.code if found.window else None) == code
    assert found.short_term_weight + found.long_term_weight == 1
    if code is None:
        assert (found.budget, found.short_term_weight) == (None, Decimal("0.30"))
    else:
        assert found.budget[0] > 0 and found.short_term_weight > Decimal("0.30")


def test_the_day_to_apply_comes_before_the_window_and_the_next_window_is_named():
    nearest = season.coming(SEASON, date(2026, 11, 15))

    assert [one.code for one in nearest] == ["black_friday", "new_year", "double_eleven"]
    assert nearest[0].apply_from == nearest[0].starts_on - timedelta(days=30)
    assert nearest[2].starts_on == date(2027, 11, 1)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_seasons_levels_and_categories_are_worded(database, manager, language):
    viewer = replace(manager, language=language)
    found = standards.standard(viewer)
    title, rows = wording.seasons(found.season, found.windows, viewer.today, language)

    assert title and len(rows) == 3
    assert len(wording.loyalty(found.loyalty, language)) == 3
    assert len(wording.category_groups(found.categories, language)) == 4


def test_a_renamed_category_is_a_version_with_history(database, admin, manager):
    commands.change(admin, "categories", 1, {"faults[data].name_en": "Data loss"}, make.TODAY, "Plainer")

    names = [name for name, _ in standards.standard(manager).categories["faults"]]
    assert "Data loss" in names
    assert policy.values("categories", make.TODAY - timedelta(days=1))["faults"][2]["name_en"] == "Data fault"

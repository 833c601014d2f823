"""Rows of a policy come and go; the file carries them as TOML and JSON; texts name figures that exist."""

from datetime import timedelta
from decimal import Decimal

import pytest

from lib.errors import Conflict, DeskError, Invalid, NotAllowed
from lib.policy import commands, files, queries, rules, tables
from lib.policy import log as changes
from lib.policy.commands import entries
from lib.policy.rules import Change
from lib.store import policy
from tests import make

SHIPPED = policy.shipped()
TOMORROW = make.TODAY + timedelta(days=1)
LIMIT = {"from_months": "36", "justify_above": "30%", "approve_above": "0.35"}


def limits(day=make.TODAY) -> list[int]:
    return [row["from_months"] for row in policy.values("quotes", day)["limits"]]


def test_a_discount_limit_for_another_term_is_added_in_its_place_and_taken_out_again(database, admin):
    middle = LIMIT | {"from_months": "12"}

    number = commands.add_row(
        admin, "quotes", 1, "limits.0.from_months", middle, make.TODAY, "A year differs"
    )
    assert (number, limits()) == (2, [1, 12, 24])
    number = commands.remove_row(admin, "quotes", 2, "limits[12].approve_above", make.TODAY, "It does not")

    assert (number, limits()) == (3, [1, 24])


def test_a_row_is_previewed_by_its_name_and_nothing_is_stored(database, admin):
    more = queries.preview_row(admin, "quotes", "limits.0.from_months", LIMIT)
    less = queries.preview_row(admin, "quotes", "limits[24].from_months", None)

    assert Change("limits[36].approve_above", None, "0.35") in more and len(more) == 3
    assert [(one.path, one.new) for one in less] == [
        ("limits[24].from_months", None), ("limits[24].justify_above", None),
        ("limits[24].approve_above", None),
    ]  # fmt: skip
    assert limits() == [1, 24]


@pytest.mark.parametrize(
    ("path", "texts", "code"),
    [
        ("limits.0.from_months", LIMIT | {"from_months": "24"}, "policy_rows_order"),
        ("limits.0.from_months", LIMIT | {"approve_above": "120%"}, "policy_value_bounds"),
        ("limits.0.from_months", LIMIT | {"approve_above": "0.2"}, "policy_values_cross"),
        ("limits.0.from_months", {"from_months": "36"}, "policy_value_format"),
        ("validity.days", {"value": "3"}, "policy_path_unknown"),
        ("nothing.0.here", {}, "policy_path_unknown"),
        ("tax.CNY", {"key": "CNY", "value": "0.1"}, "policy_rows_twice"),
        ("tax.CNY", {"key": "U S", "value": "0.1"}, "policy_value_format"),
    ],
)
def test_a_wrong_row_is_refused(path, texts, code):
    with pytest.raises(Invalid) as refusal:
        tables.with_row(SHIPPED["quotes"], "quotes", path, texts, entries()["quotes"])

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("limits[1].from_months", "policy_rows_order"),  # the first limit covers every term
        ("limits[99].from_months", "policy_path_unknown"),
        ("limits.7.from_months", "policy_path_unknown"),
        ("validity.days", "policy_path_unknown"),
        ("tax.CNY", "policy_rows_last"),
    ],
)
def test_a_row_the_policy_needs_stays(path, code):
    with pytest.raises(Invalid) as refusal:
        tables.without_row(SHIPPED["quotes"], "quotes", path, entries()["quotes"])

    assert refusal.value.code == code


def test_a_tax_rate_of_another_currency_is_a_row_of_its_own():
    body = tables.with_row(SHIPPED["quotes"], "quotes", "tax.CNY", {"key": "SGD", "value": "9%"},
                           entries()["quotes"])  # fmt: skip

    assert body["tax"] == {"CNY": "0.06", "SGD": "0.09"}
    assert tables.without_row(body, "quotes", "tax.SGD", entries()["quotes"]) == SHIPPED["quotes"]


def test_a_tier_that_rights_belong_to_cannot_go_and_a_right_needs_a_tier():
    tiers, catalogue = SHIPPED["tiers"], entries()["tiers"]
    right = {"code": "x", "from_tier": "gold", "name_en": "X", "name_zh": "X"}

    for act in (
        lambda: tables.without_row(tiers, "tiers", "tiers[premium].code", catalogue),
        lambda: tables.with_row(tiers, "tiers", "rights.0.code", right, catalogue),
    ):
        with pytest.raises(Invalid) as refusal:
            act()
        assert refusal.value.code == "policy_row_unknown"


def test_a_value_is_found_by_name_after_rows_moved(database, admin):
    """A planned version took the first tier's neighbours away: the place of a row is not what it is."""
    commands.remove_row(admin, "categories", 1, "faults[system].code", TOMORROW, "Merged into application")

    commands.change(admin, "categories", 2, {"faults[data].name_en": "Data loss"}, TOMORROW, "Plainer")

    held = policy.values("categories", TOMORROW)["faults"]
    assert [(row["code"], row["name_en"]) for row in held][1] == ("data", "Data loss")
    assert policy.values("categories", make.TODAY)["faults"][2]["name_en"] == "Data fault"


def test_only_an_admin_adds_or_removes_rows_and_an_older_version_is_told(database, admin, leader):
    with pytest.raises(NotAllowed):
        commands.add_row(leader, "quotes", 1, "limits.0.from_months", LIMIT, make.TODAY, "Mine")
    with pytest.raises(NotAllowed):
        commands.remove_row(leader, "quotes", 1, "limits.1.from_months", make.TODAY, "Mine")
    commands.add_row(admin, "quotes", 1, "limits.0.from_months", LIMIT, make.TODAY, "Three years differ")
    with pytest.raises(Conflict):
        commands.remove_row(admin, "quotes", 1, "limits.1.from_months", make.TODAY, "Old view")


@pytest.mark.parametrize("kind", files.FORMATS)
def test_the_whole_policy_survives_either_file(kind):
    assert files.read_file(files.file_bytes(SHIPPED, kind)) == SHIPPED


@pytest.mark.parametrize("text", ['a "quoted" \\ word', "two\nlines", "中文，标点", "tab\there", "\x7f", ""])
def test_every_text_survives_a_toml_file(text):
    body = {"doc": {"text": text, "list": [text, "b"], "deep": {"flag": True, "rows": [{"a": 1, "t": text}]}}}

    assert files.read_file(files.file_bytes(body, "toml")) == body


def test_a_toml_file_is_previewed_and_taken(database, admin):
    text = queries.export_file(admin, "toml").decode()
    content = text.replace("days = 14\nlongest_days", "days = 21\nlongest_days").encode()
    shown = queries.preview_file(admin, content)

    commands.take_file(
        admin, content, shown.seen_numbers, shown.earliest, "Yearly review", "They read slowly"
    )

    assert shown.changes == {"quotes": [Change("validity.days", 14, 21)]}
    assert policy.values("quotes", make.TODAY)["validity"]["days"] == 21
    assert changes.log(admin).feedback.tolist() == ["They read slowly"]


def test_a_format_nobody_knows_is_not_there(database, admin):
    with pytest.raises(DeskError):
        queries.export_file(admin, "yaml")


def test_a_text_that_names_a_value_which_is_not_there_is_refused(database, admin):
    text = {"clauses[1.2].text_en": "Up to {quotes.limits.0.nothing} off."}

    for act in (lambda: queries.preview(admin, "library_discount", text),
                lambda: commands.change(admin, "library_discount", 1, text, make.TODAY, "So")):  # fmt: skip
        with pytest.raises(Invalid) as refusal:
            act()
        assert refusal.value.values["path"] == "quotes.limits.0.nothing"


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_shipped_text_names_values_that_hold(name):
    held = {name: rules.flatten(body) | rules.flatten(body, named=True) for name, body in SHIPPED.items()}

    assert all(path in held[document] for document, path in rules.figures_in(SHIPPED[name]))
    rules.check_figures(SHIPPED[name], entries())


def test_the_log_says_who_changed_which_value_from_what_to_what_since_when_and_why(database, admin, manager):
    commands.change(admin, "quotes", 1, {"limits[24].approve_above": "0.32"}, TOMORROW, "Agreed", "Won deals")
    commands.change(admin, "vip", 1, {"book.capacity": "35"}, make.TODAY, "Check-ins were missed")

    found = changes.log(manager)
    limit = found[found.document == "quotes"].iloc[0]

    assert (limit.author, limit.old, limit.new, limit.valid_from) == ("Root Admin", "0.30", "0.32", TOMORROW)
    assert (limit.row, limit.reason, limit.feedback) == ("from 24 months", "Agreed", "Won deals")
    assert changes.log(manager, "vip")["name"].tolist() == ["book.capacity"]
    assert changes.log(manager, "quotes", "validity.days").empty
    assert list(changes.log(manager, "kpi").columns) == changes.LOG_COLUMNS


@pytest.mark.parametrize(
    ("name", "path", "text", "fine"),
    [
        ("tiers", "loyalty[gold].priority_lane", "true", True),
        ("tiers", "loyalty[gold].priority_lane", "yes", False),
        ("plans", "fit.basic_below", "12500.50", True),
        ("plans", "fit.basic_below", "-1", False),
        ("tiers", "tiers[basic].code", "Basic", False),
        ("library_discount", "clauses[1.1].number", "1.a", False),
        ("library_discount", "clauses[1.1].text_en", "Two\nlines.", True),
        ("library_discount", "clauses[1.1].text_en", "x" * 2001, False),
        ("library_discount", "clauses[1.1].number", "1.2", False),
    ],
)
def test_every_kind_of_value_says_what_it_may_be(name, path, text, fine):
    try:
        body = rules.with_changes(SHIPPED[name], {path: text}, entries()[name])
        rules.validate(name, body, entries()[name])
    except Invalid:
        assert not fine
    else:
        assert fine


def test_a_share_is_kept_to_the_digit():
    body = rules.with_changes(SHIPPED["quotes"], {"limits[1].approve_above": "12.5%"}, entries()["quotes"])

    assert Decimal(body["limits"][0]["approve_above"]) == Decimal("0.125")

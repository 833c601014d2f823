"""Policy documents against their catalogue: every value described, wrong ones refused, differences named."""

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lib.errors import Invalid
from lib.policy import files, kinds, rules
from lib.policy.commands import entries
from lib.policy.rules import Change
from lib.store import policy
from lib.store.database import transaction
from lib.store.models import PolicyVersion
from lib.words import say
from tests import make

SHIPPED = policy.shipped()
QUOTES = entries()["quotes"]


@pytest.mark.acceptance("C37")
@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_shipped_value_is_described_and_lies_within_its_bounds(name):
    rules.validate(name, SHIPPED[name], entries()[name])


def test_the_catalogue_describes_nothing_that_is_not_shipped():
    idle = [
        f"{name}.{pattern}"
        for name, held in entries().items()
        for pattern in held
        if not any(rules.matches(pattern, path) for path in rules.flatten(SHIPPED[name]))
    ]

    assert not idle
    assert set(entries()) == set(SHIPPED)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_value_has_its_meaning_and_unit_in_words(language):
    for name, held in entries().items():
        assert say(language, f"policy-document-{name.replace('_', '-')}")
        for entry in held.values():
            assert entry.words[language] and entry.source
            assert say(language, f"policy-unit-{entry.unit.replace('_', '-')}")


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("validity.days", " 20 ", 20),
        ("limits.0.approve_above", "25%", "0.25"),
        ("limits.0.approve_above", "12.5%", "0.125"),
        ("limits.1.approve_above", "0.28", "0.28"),
        ("number.prefix", "VQ", "VQ"),
    ],
)
def test_typed_text_becomes_the_value_the_readers_expect(path, text, value):
    assert kinds.read_value(rules.entry_of(QUOTES, path), path, text) == value


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("validity.days", "0", "policy_value_bounds"),
        ("validity.days", "3.5", "policy_value_format"),
        ("validity.days", "٣", "policy_value_format"),
        ("validity.days", "", "policy_value_format"),
        ("limits.0.approve_above", "1.2", "policy_value_bounds"),
        ("limits.0.approve_above", "NaN", "policy_value_format"),
        ("limits.0.approve_above", "1e-1", "policy_value_format"),
        ("number.prefix", "=1+1", "policy_value_format"),
        ("validity.colour", "3", "policy_path_unknown"),
        ("limits.7.approve_above", "0.1", "policy_path_unknown"),
    ],
)
def test_a_wrong_text_is_refused_with_its_path(path, text, code):
    with pytest.raises(Invalid) as refusal:
        rules.with_changes(SHIPPED["quotes"], {path: text}, QUOTES)

    assert refusal.value.code == code
    assert refusal.value.values["path"] == path


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda body: body["limits"][0].update(justify_above="0.31"), "policy_values_cross"),
        (lambda body: body["validity"].update(longest_days=7), "policy_values_cross"),
        (lambda body: body["limits"].reverse(), "policy_rows_order"),
        (lambda body: body["limits"].pop(0), "policy_rows_order"),
        (lambda body: body.update(limits={"0": body["limits"][0]}), "policy_path_unknown"),
        (lambda body: body.update(limits=[]), "policy_path_unknown"),
        (lambda body: body["limits"][1].pop("approve_above"), "policy_path_missing"),
        (lambda body: body.pop("limits"), "policy_path_missing"),
        (lambda body: body.pop("tax"), "policy_path_missing"),
        (lambda body: body.pop("margin"), "policy_path_missing"),
        (lambda body: body.update(colour="red"), "policy_path_unknown"),
        (lambda body: body.update({"validity.days": 3}), "policy_path_unknown"),
        (lambda body: body["validity"].update(days=True), "policy_value_format"),
        (lambda body: body["validity"].update(days=14.0), "policy_value_format"),
        (lambda body: body["validity"].update(days=None), "policy_value_format"),
        (lambda body: body["margin"].update(approve_below=0.15), "policy_value_format"),
        (lambda body: body["tax"].update(CNY=[["0.06"]]), "policy_path_unknown"),
    ],
)
def test_a_spoilt_document_is_refused(spoil, code):
    body = deepcopy(SHIPPED["quotes"])
    spoil(body)

    with pytest.raises(Invalid) as refusal:
        rules.validate("quotes", body, QUOTES)

    assert refusal.value.code == code


def test_the_difference_names_path_old_and_new():
    new = rules.with_changes(SHIPPED["quotes"], {"validity.days": "21", "number.prefix": "Q"}, QUOTES)

    assert rules.diff(SHIPPED["quotes"], new) == [
        Change("validity.days", 14, 21), Change("number.prefix", "QT", "Q"),
    ]  # fmt: skip
    assert SHIPPED["quotes"]["validity"]["days"] == 14
    assert rules.diff(new, new) == []


@given(st.decimals(0, 1, places=4))
def test_a_share_typed_as_percent_or_as_decimal_is_the_same_share(share):
    entry = rules.entry_of(QUOTES, "limits.0.approve_above")
    typed = {kinds.read_value(entry, "x", text) for text in (f"{share * 100:f}%", f"{share:f}")}

    assert {Decimal(text) for text in typed} == {share}


def test_the_file_gives_back_what_went_in():
    assert files.read_file(files.file_bytes(SHIPPED)) == SHIPPED


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"[]", b"{}", b'{"file": "vip-desk-policy", "documents": [1]}',
                b"[" * 90_000, b"\xff\xfe", b"1" * 1_000_001,
                b'{"file": "vip-desk-policy", "documents": {"quotes": 1}}'],
)  # fmt: skip
def test_a_file_of_something_else_is_refused(content):
    with pytest.raises(Invalid) as refusal:
        files.read_file(content)

    assert refusal.value.code == "policy_file"


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 1, 1), "2026Q1"), (date(2026, 9, 30), "2026Q3"), (date(2026, 10, 1), "2026Q4")],
)
def test_a_day_lies_in_its_quarter(day, quarter):
    assert rules.quarter_of(day) == quarter


@pytest.mark.parametrize(
    ("path", "text", "fine"),
    [
        ("certificate.name", "ISO/IEC 27001:2022", True),
        ("certificate.name", "", True),
        ("certificate.name", "two\nlines", False),
        ("certificate.name", "x" * 121, False),
        ("certificate.valid_until", "2027-06-30", True),
        ("certificate.valid_until", "", True),
        ("certificate.valid_until", "2027-02-30", False),
        ("certificate.valid_until", "30.06.2027", False),
        ("rights.europe.en", "", False),
        ("rights.europe.zh", "欧洲：VAT 合规指引", True),
    ],
)
def test_texts_and_days_are_one_line_and_real_days(path, text, fine):
    compliance = entries()["compliance"]
    try:
        rules.with_changes(SHIPPED["compliance"], {path: text}, compliance)
    except Invalid as refusal:
        assert not fine and refusal.code == "policy_value_format"
    else:
        assert fine


def test_a_store_from_before_tables_came_and_went_gets_the_shipped_ones(embedded, now):
    """Also in a version somebody set: nobody could set what did not exist, and what is gone is refused."""
    with transaction() as session:
        version = session.execute(select(PolicyVersion).where(PolicyVersion.name == "quotes")).scalars().one()
        version.body = {k: v for k, v in version.body.items() if k != "approvers"}
        version.body |= {"tax": {"CNY": "0.09"}, "bygone": {"share": "0.5"}}
    with transaction() as session:
        assert policy.seed(session, now) == 0

    held = policy.values("quotes", make.TODAY)

    assert held["approvers"] == SHIPPED["quotes"]["approvers"]
    assert held["tax"] == {"CNY": "0.09"}
    assert "bygone" not in held

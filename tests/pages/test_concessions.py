"""The concession ledger as a person meets it, in both languages: list, library, what is empty."""

from dataclasses import replace

import pytest

from lib.concessions import queries
from lib.flows import concede
from tests import make, screen
from tests.screen import said


@pytest.mark.parametrize(
    ("language", "title", "bare"),
    [("en", "Concessions", "No return recorded"), ("zh-CN", "让步台账", "未记录回报")],
)
def test_the_ledger_flags_what_has_no_return(embedded, manager, language, title, bare):
    viewer = replace(manager, language=language)
    assert not screen.opened("concessions", viewer, view="library").exception
    assert screen.opened("concessions", viewer).title[0].value == title
    account = make.account(owner=manager.person_id)
    make.insert(
        make.m.QuoteConcession(
            account_id=account, quote_id=make.quote(account, manager.person_id), code="beta_access",
            currency="USD", list_minor=100_000, owner_id=manager.person_id, created_by=manager.person_id,
            created_at=make.NOW,
        )
    )  # fmt: skip

    at = screen.opened("concessions", viewer)

    assert not at.exception
    assert at.dataframe[0].value["gets"].tolist() == [bare]
    library = screen.opened("concessions", viewer, view="library").dataframe[0].value.set_index("concession")
    assert "35" in library["reference"].iloc[0]


def test_an_empty_ledger_points_to_the_library(embedded, manager):
    assert "The library says what can be given" in said(screen.opened("concessions", manager))


@pytest.mark.acceptance("C19")
def test_a_seller_puts_a_concession_on_a_draft_and_sees_its_value_beside_the_discount(embedded, manager):
    account = make.account(owner=manager.person_id)
    quote = make.quote(account, manager.person_id)
    at = screen.opened("quote", manager, id=quote)
    assert "Nothing is given beside the price." in said(at)
    key = f"concession-{quote}"
    at.selectbox(key=f"{key}-code").set_value("free_training")
    at.text_input(key=f"{key}-detail").set_value("Two days on site")
    at.text_input(key=f"{key}-worth").set_value("1500")
    at.text_input(key=f"{key}-competitor").set_value("Rival")
    at.button(key=f"send-{key}").click().run()

    assert not at.exception
    row = queries.of_quote(manager, quote).iloc[0]
    assert (row["code"], int(row["list_minor"]), row["give_status"]) == ("free_training", 150_000, "missing")
    text = said(screen.opened("quote", manager, id=quote))
    assert "$1,500.00 at list value beside" in text
    assert "1 without a return" in text

    at = screen.opened("quote", manager, id=quote)
    at.button(key=f"concession-{row['id']}").click().run()
    assert queries.of_quote(manager, quote).empty


def test_an_account_lists_the_betas_it_was_given(embedded, manager):
    account = make.account(owner=manager.person_id)
    assert "Concessions are added on a quote" in said(screen.opened("account", manager, id=account))
    quote = make.quote(account, manager.person_id)
    concede.add(manager, quote, "beta_access", {"note": "Demand forecast", "give_code": None})

    shown = screen.opened("account", manager, id=account)

    assert not shown.exception
    [given] = [d.value for d in shown.dataframe if "detail" in d.value]
    assert given[["concession", "detail", "value", "gets"]].iloc[0].tolist() == [
        "Beta access", "Demand forecast", "$1,000.00", "No return recorded",
    ]  # fmt: skip

"""The concession ledger as a person meets it, in both languages: list, library, what is empty."""

from dataclasses import replace

import pytest

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


def test_an_empty_ledger_points_to_the_library(embedded, manager):
    assert "The library says what can be given" in said(screen.opened("concessions", manager))

"""The entitlement statement says period, discounts, extras and expiry, in both languages."""

import io

import pytest
from pypdf import PdfReader

from lib.fulfilment import queries, statement
from lib.screens.fulfilment_statement import gather
from tests import make
from tests.fulfilment.test_fulfilling import accept


def read(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.acceptance("C10")
@pytest.mark.parametrize(
    ("spoken", "words"),
    [("en", ("Entitlement statement", "2 Discounts in force", "3 Extras", "Period", "Expires", "1 Jan 2027")),
     ("zh-CN", ("权益清单", "二、生效中的优惠", "三、附加权益", "期间", "到期", "2027年1月1日"))],
)  # fmt: skip
def test_the_statement_lists_period_discounts_extras_and_expiry(embedded, manager, spoken, words) -> None:
    account_id = make.account(owner=manager.person_id)
    accept(manager, account_id)
    order = queries.lines(manager, account_id)["order_number"].iloc[0]

    paper = gather(manager, account_id, order, spoken)
    first, again = statement.render(paper), statement.render(paper)

    assert first == again
    text = read(first)
    assert all(word in text for word in (*words, order)), text

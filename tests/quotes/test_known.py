"""What the desk points at when a quote disagrees with what it knows."""

from datetime import date
from decimal import Decimal

import pytest

from lib.flows.quote_known import known as known_of
from lib.quotes import queries
from lib.quotes.known import Known, hint_texts, hints, unused_texts
from lib.store import models as m
from tests import make
from tests.make import NOW, TODAY

JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


@pytest.mark.parametrize(
    ("line", "months", "codes"),
    [
        (("transactions", 1500), {"transactions": {JULY: 900, AUGUST: 2100}}, ["below-peak"]),
        (("transactions", 2100), {"transactions": {JULY: 900, AUGUST: 2100}}, []),
        (("seats", 7), {}, ["seats-short"]),
        (("seats", 8), {}, []),
        (("seats", 17), {}, ["seats-spare"]),
        (("api", 1), {"api": {JULY: 0}}, ["unused"]),
        (("api", 1), {"reports": {JULY: 5}}, []),
    ],
)
def test_seats_quotas_and_modules_are_held_beside_what_is_used(
    database, manager, draft, line, months, codes
) -> None:
    quote = queries.quote(manager, draft(lines=[make.quote_line(*line)]))

    found = hints(quote.form, quote.basis, Known(active=8, days=30, months=months))

    assert [hint.code for hint in found] == codes
    if codes == ["below-peak"]:
        assert found[0].values == {"quantity": Decimal(1500), "peak": 2100, "usual": 2100}


def test_a_plan_that_holds_less_than_the_peak_is_named_with_both(database, manager, draft) -> None:
    quote = queries.quote(manager, draft(lines=[make.quote_line("professional")]))
    holds = quote.basis.items["professional"].quota["api_calls"]

    def said(peak: int) -> list[str]:
        known = Known(active=0, days=30, peaks={"api_calls": peak})
        return hint_texts(hints(quote.form, quote.basis, known), quote.basis, "en")

    assert said(holds) == []
    assert len(said(holds + 1)) == 1
    assert f"{holds:,}" in said(holds + 1)[0]
    assert f"{holds + 1:,}" in said(holds + 1)[0]


@pytest.mark.acceptance("C10")
def test_what_an_account_holds_unused_and_partners_offer_stands_before_more_discount(
    database, manager, draft
) -> None:
    quote_id = draft(lines=[make.quote_line("professional")])
    account = queries.quote(manager, quote_id).account_id
    for item, included, consumed, day in (
        ("Analyses", 10, 4, TODAY), ("Workshops", 2, 2, TODAY), ("Old hours", 5, 0, date(2026, 1, 1))
    ):  # fmt: skip
        make.insert(m.Entitlement(external_id=item, account_id=account, item=item, included=included,
                                  consumed=consumed, expires_on=day, created_at=NOW,
                                  updated_at=NOW))  # fmt: skip
    make.insert(m.RightGrant(account_id=account, code="partner_freight", level="gold", proposed_at=NOW,
                             dedupe_key="x"))  # fmt: skip

    found = known_of(manager, quote_id)

    assert unused_texts(found.unused, "en") == [
        "Analyses: 6 unused (until 20 Nov 2026)",
        "Freight discount of a logistics partner: offered by a partner, not taken yet",
    ]
    assert found.peaks == {}

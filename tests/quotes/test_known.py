"""What the desk points at when a quote disagrees with what it knows."""

from datetime import date
from decimal import Decimal

import pytest

from lib.quotes import queries
from lib.quotes.known import Known, hints
from tests import make

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

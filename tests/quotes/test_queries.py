"""What the quote reads show, and what they leave out."""

from decimal import Decimal

import pytest

from lib.errors import NotFound
from lib.quotes import commands, issuing, queries
from tests import make

WHY = "They sign for three shops and give a public reference."


@pytest.mark.acceptance("C36")
def test_cost_and_margin_are_absent_without_the_right(database, manager, leader, draft, seen) -> None:
    quote_id = draft(discount=Decimal("0.3"), justification=WHY)

    mine, theirs = queries.quote(manager, quote_id), queries.quote(leader, quote_id)

    assert "cost_minor" not in queries.quote_list(manager)
    assert "cost_minor" in queries.quote_list(leader)
    assert mine.saved.cost_minor is None and theirs.saved.cost_minor == 166_800
    assert all(item.unit_cost == 0 for item in mine.basis.items.values())
    assert [f.found for f in mine.saved.decision.findings if f.kind == "margin"] == [None]
    assert mine.saved.priced.cost_minor == 0
    assert all(line.cost_minor == 0 for line in mine.saved.priced.lines)


def test_the_list_filters_searches_and_pages(database, manager, draft, seen) -> None:
    ids = [draft(title=f"Quote {n}") for n in range(3)]
    commands.withdraw_quote(manager, ids[0], seen(manager, ids[0]))

    assert queries.quote_count(manager, status=["draft"]) == 2
    assert queries.quote_list(manager, search="quote 2").id.tolist() == [ids[2]]
    assert queries.quote_list(manager, search="鹿茉").shape[0] == 3
    assert queries.quote_list(manager, search="%").empty
    assert queries.quote_list(manager, limit=1, offset=1, sort="account").shape[0] == 1
    assert list(queries.quote_list(manager, search="none").columns) == list(
        queries.quote_list(manager).columns
    )


def test_the_live_price_writes_nothing(database, manager, draft, seen) -> None:
    quote_id = draft()
    before = seen(manager, quote_id)

    live = queries.live_price(
        manager, quote_id, make.quote_form(discount=Decimal("0.12")), [make.quote_line()]
    )

    assert live.priced.net_minor == 474_250
    assert live.decision.level == "justify"
    assert [(way.kind, way.points, way.months) for way in live.ways] == [
        ("discount", Decimal("0.009"), None), ("term", None, 24),
    ]  # fmt: skip
    assert seen(manager, quote_id) == before


def test_the_paper_of_an_earlier_revision_stays(database, manager, other_manager, draft, seen) -> None:
    quote_id = draft()
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    first = queries.paper(manager, quote_id)
    issuing.revise_quote(manager, quote_id, seen(manager, quote_id))

    assert queries.paper(manager, quote_id, 1) == first
    assert queries.paper(manager, quote_id) != first
    for viewer, revision in ((manager, 3), (other_manager, 1)):
        with pytest.raises(NotFound):
            queries.paper(viewer, quote_id, revision)

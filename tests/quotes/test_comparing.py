"""Two versions side by side: what differs is told, what is equal is not."""

from decimal import Decimal

import pytest

from lib.errors import NotFound
from lib.quotes import commands, issuing, life_texts, versions
from lib.quotes.comparing import compare
from tests import make
from tests.quotes.test_document import paper_of


def by_name(found):
    return {pair.name: pair for pair in (*found.fields, *found.sums)}


def test_a_version_beside_itself_shows_no_difference():
    frozen = paper_of("en", "USD")

    assert not compare(frozen, frozen).differs


def test_what_differs_is_told_with_its_change():
    before = paper_of("en", "USD", lines=[make.quote_line("enterprise"), make.quote_line("seats", 60)])
    after = paper_of(
        "en", "USD", lines=[make.quote_line("seats", 80), make.quote_line("api")], term_months=12
    )

    found = compare(before, after)

    states = {(line.line["code"], line.state) for line in found.lines}
    assert states == {("seats", "changed"), ("api", "added"), ("enterprise", "removed")}
    assert sum(line.change for line in found.lines) == after["net_minor"] - before["net_minor"]
    names = by_name(found)
    assert names["months"].differs and names["ends_on"].differs and not names["currency"].differs
    assert names["net_minor"].change == after["net_minor"] - before["net_minor"]


def test_the_same_item_twice_meets_in_its_order():
    before = paper_of("en", "USD", lines=[make.quote_line("api"), make.quote_line("api", 2)], discount=0)
    after = paper_of("en", "USD", lines=[make.quote_line("api"), make.quote_line("api", 3)], discount=0)

    assert [line.state for line in compare(before, after).lines] == ["same", "changed"]


def test_two_currencies_are_never_subtracted():
    found = compare(paper_of("en", "USD"), paper_of("en", "CNY"))

    frame = life_texts.terms_frame(found, "en").set_index("item")
    assert frame.loc["Net, whole term", "change"] == "changed"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_revisions_of_a_quote_stand_side_by_side(database, manager, draft, seen, language):
    quote_id = draft(lines=[make.quote_line("seats", 60)])
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    issuing.revise_quote(manager, quote_id, seen(manager, quote_id))
    commands.save_draft(
        manager, quote_id, seen(manager, quote_id), values=make.quote_form(discount=Decimal("0.1")),
        lines=[make.quote_line("seats", 80)],
    )  # fmt: skip

    found = versions.compared(manager, quote_id, 1, 2)

    assert found.lines[0].state == "changed"
    frame = life_texts.lines_frame(found, language, only_changes=True)
    assert (frame.old_quantity[0], frame.new_quantity[0]) == ("60", "80")
    with pytest.raises(NotFound):
        versions.compared(manager, quote_id, 1, 3)

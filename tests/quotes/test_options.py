"""Three options on one paper: made with one act, listed together, one of them chosen."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from lib.errors import Conflict, Invalid, NotFound
from lib.flows.accept_quote import accept_quote
from lib.quotes import commands, issuing, options, queries
from lib.quotes.evaluation import Basis
from tests import make


@pytest.fixture
def quote_id(embedded, manager) -> int:
    account = make.account(owner=manager.person_id, name="Lumora Home", country="CN")
    made = commands.create_quote(manager, account)
    lines = [make.quote_line("professional"), make.quote_line("seats", 20)]
    commands.save_draft(manager, made, 1, values=make.quote_form(title="Growth"), lines=lines)
    return made


def offered(manager, quote_id: int, kind: str) -> list[int]:
    return options.offer_options(manager, quote_id, queries.quote(manager, quote_id).version, kind=kind)


def test_the_same_lines_stand_side_by_side_for_one_two_and_three_years(manager, quote_id):
    made = offered(manager, quote_id, "terms")

    found = options.options_of(manager, quote_id)
    assert sorted(found.term_months) == [12, 24, 36]
    assert sorted(found.id) == sorted([quote_id, *made])
    assert set(found.status) == {"draft"}


def test_the_richer_plan_is_listed_beside_the_one_that_is_asked_for(manager, quote_id):
    offered(manager, quote_id, "plans")

    found = options.options_of(manager, quote_id)
    plans = [queries.quote(manager, int(one)).form.lines[0].item_code for one in found.id]
    assert plans == ["enterprise", "professional", "basic"]  # the richest first
    assert len(set(found.net_minor)) == 3
    assert all(len(queries.quote(manager, int(one)).form.lines) == 2 for one in found.id)


def test_the_paper_of_one_lists_all_three_with_their_prices(manager, quote_id):
    offered(manager, quote_id, "plans")

    pages = PdfReader(BytesIO(queries.paper(manager, quote_id))).pages
    said = " ".join("".join(page.extract_text() for page in pages).split())

    for name in ("Enterprise", "Professional", "Basic"):
        assert name in said


def test_choosing_one_withdraws_the_others(manager, quote_id):
    first, second = offered(manager, quote_id, "terms")

    gone = options.choose_option(manager, first, queries.quote(manager, first).version)

    assert gone == 2
    assert queries.quote(manager, first).status == "draft"
    assert {queries.quote(manager, one).status for one in (quote_id, second)} == {"withdrawn"}


def test_an_accepted_option_takes_the_others_back(manager, quote_id):
    others = offered(manager, quote_id, "terms")
    version = queries.quote(manager, quote_id).version
    commands.submit_quote(manager, quote_id, version)
    issuing.issue_quote(manager, quote_id, version + 1)

    accept_quote(manager, quote_id, version + 2, evidence=make.evidence())

    assert queries.quote(manager, quote_id).status == "accepted"
    assert {queries.quote(manager, one).status for one in others} == {"withdrawn"}


def test_options_are_offered_once(manager, quote_id):
    offered(manager, quote_id, "terms")

    with pytest.raises(Conflict, match="quote_options_there"):
        offered(manager, quote_id, "plans")


def test_a_quote_without_a_plan_has_no_plans_to_choose_between(manager, quote_id):
    version = queries.quote(manager, quote_id).version
    commands.save_draft(manager, quote_id, version, values=make.quote_form(),
                        lines=[make.quote_line("seats", 5)])  # fmt: skip

    with pytest.raises(Invalid, match="quote_options_none"):
        offered(manager, quote_id, "plans")


def test_a_quote_that_stands_alone_has_nothing_to_choose(manager, quote_id):
    with pytest.raises(Conflict, match="quote_options_over"):
        options.choose_option(manager, quote_id, queries.quote(manager, quote_id).version)


def test_somebody_elses_options_are_not_there(seller, manager, quote_id):
    offered(manager, quote_id, "terms")

    with pytest.raises(NotFound):
        options.options_of(seller, quote_id)


def test_a_bundle_the_plan_was_part_of_is_dissolved(manager, quote_id):
    basis: Basis = queries.quote(manager, quote_id).basis
    form = queries.quote(manager, quote_id).form
    line = form.lines[0]
    bundled = replace(form, lines=(replace(line, more=replace(line.more, bundle_code="connected")),))

    found = dict(options.by_plan(bundled, basis, "en"))

    kept = [one.lines[0].more.bundle_code for one in found.values()]
    assert kept == ["connected", None, None]

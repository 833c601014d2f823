"""Quotes from draft to paper: what each step writes, refuses and remembers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.errors import Conflict, Invalid, NotFound
from lib.pricing.commands import publish_price_book
from lib.quotes import commands, document, issuing, queries
from lib.quotes.writing import expire_due
from lib.store.database import transaction
from lib.store.models import QuoteVersion
from tests import make

WHY = "They sign for three shops and give a public reference."


def test_a_saved_draft_is_priced_to_the_cent(database, manager, draft) -> None:
    quote_id = draft(lines=[make.quote_line("professional"), make.quote_line("transactions", 1500)])

    found = queries.quote(manager, quote_id)

    assert found.lines.net_minor.tolist() == [538_920, 5_400]  # 12 × 499 and 12 × 5.00, less 10%
    assert found.saved.priced.arr_minor == 544_320
    assert found.status == "draft"


def test_a_quote_without_account_number_or_right_is_not_found(
    database, manager, other_manager, draft
) -> None:
    quote_id = draft()

    for act in (
        lambda: queries.quote(other_manager, quote_id),
        lambda: queries.quote(manager, quote_id + 999),
        lambda: queries.paper(other_manager, quote_id),
        lambda: commands.submit_quote(other_manager, quote_id, 1),
        lambda: commands.create_quote(other_manager, queries.quote(manager, quote_id).account_id),
    ):
        with pytest.raises(NotFound):
            act()
    assert queries.quote_list(other_manager).empty
    assert queries.quote_count(other_manager) == 0


def test_the_same_new_quote_form_makes_one_quote(database, manager, account_id) -> None:
    first = commands.create_quote(manager, account_id, form_key="k1")
    again = commands.create_quote(manager, account_id, form_key="k1")

    assert first == again
    assert queries.quote_count(manager) == 1


@pytest.mark.parametrize(
    ("lines", "values", "code"),
    [
        ([make.quote_line("nothing")], {}, "quote_line_item"),
        ([make.quote_line(quantity=-1)], {}, "quote_line_quantity"),
        ([make.quote_line(quantity=float("nan"))], {}, "quote_line_quantity"),
        ([make.quote_line("seats", 1.5)], {}, "quote_line_whole"),
        ([make.quote_line(discount="1.01")], {}, "quote_line_discount"),
        ([make.quote_line()] * 501, {}, "quote_lines_many"),
        ([], {"discount": "-0.1"}, "quote_discount"),
        ([], {"discount": "0.00001"}, "quote_discount"),
        ([], {"term_months": 7}, "quote_field_term_months"),
        ([], {"valid_until": date(2026, 11, 19)}, "quote_validity"),
        ([], {"starts_on": "2027-01-01"}, "quote_field_starts_on"),
        ([], {"title": " "}, "quote_field_title"),
        ([], {"language": "fr"}, "quote_field_language"),
    ],
)
def test_forged_values_are_refused_and_nothing_is_saved(
    embedded, manager, draft, seen, lines, values, code
) -> None:
    quote_id = draft()
    before = seen(manager, quote_id)

    with pytest.raises(Invalid) as refusal:
        commands.save_draft(manager, quote_id, before, values=make.quote_form(**values), lines=lines)

    assert refusal.value.code == code
    assert seen(manager, quote_id) == before


@pytest.mark.parametrize(
    ("values", "lines", "code"),
    [
        ({}, [], "quote_needs_lines"),
        ({"discovery": {}}, None, "quote_needs_discovery"),
        ({"discount": Decimal("0.2")}, None, "quote_needs_justification"),
    ],
)
def test_an_incomplete_draft_cannot_be_submitted(embedded, manager, draft, seen, values, lines, code) -> None:
    quote_id = draft(lines=lines, **values)

    with pytest.raises(Invalid) as refusal:
        commands.submit_quote(manager, quote_id, seen(manager, quote_id))

    assert refusal.value.code == code


@pytest.mark.acceptance("C15")
@pytest.mark.parametrize(
    ("discount", "why", "state"),
    [
        ("0.1111", None, "approved"),  # 1 − 0.9 × 0.8889 = 19.999%
        ("0.1112", WHY, "approved"),  # 20.008%, with a justification
        ("0.2222", WHY, "approved"),  # 29.998%
        ("0.2223", WHY, "pending_approval"),  # 30.007%
    ],
)
def test_the_effective_discount_decides_who_is_asked(
    database, manager, draft, seen, discount, why, state
) -> None:
    """The year's 10% and the discount multiply; just inside and just outside each limit."""
    quote_id = draft(discount=Decimal(discount), justification=why)

    assert commands.submit_quote(manager, quote_id, seen(manager, quote_id)) == state


@pytest.mark.acceptance("C15")
def test_a_margin_under_the_floor_asks_for_approval(database, manager, seller, draft, seen) -> None:
    """Support costs 180 of 299: 10% for the year and 5.5% on top leave 29%; 22.2% off is still inside 30%."""
    thin = [make.quote_line("onboarding", 1, Decimal("0.2"))]  # 1,200 for a cost of 900: 25%
    thinner = [make.quote_line("person_days", 10, Decimal("0.1"))]  # 58.50 for a cost of 50: 14.5%

    fine, low = draft(lines=thin), draft(lines=thinner, justification=WHY)

    assert commands.submit_quote(manager, fine, seen(manager, fine)) == "approved"
    assert commands.submit_quote(manager, low, seen(manager, low)) == "pending_approval"


def test_a_second_tab_with_an_old_version_is_refused(database, manager, draft, seen) -> None:
    quote_id = draft()
    old = seen(manager, quote_id)
    form = make.quote_form(discount=Decimal("0.05"))
    commands.save_draft(manager, quote_id, old, values=form, lines=[make.quote_line()])

    for act in (
        lambda: commands.save_draft(manager, quote_id, old, values=form, lines=[make.quote_line()]),
        lambda: commands.submit_quote(manager, quote_id, old),
        lambda: commands.withdraw_quote(manager, quote_id, old),
    ):
        with pytest.raises(Conflict) as refusal:
            act()
        assert refusal.value.code == "changed_meanwhile"


@pytest.mark.acceptance("C12")
def test_an_issued_quote_is_frozen(database, manager, draft, seen, admin) -> None:
    """New prices change nothing on what was sent."""
    quote_id = draft()
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    paper = queries.paper(manager, quote_id)

    publish_price_book(
        admin, "saas", "USD", list_prices={"professional": Decimal(599)}, valid_from=date(2026, 11, 20)
    )

    assert queries.paper(manager, quote_id) == paper
    assert queries.quote(manager, quote_id).saved.priced.net_minor == 538_920
    with pytest.raises(Conflict) as refusal:
        commands.save_draft(
            manager, quote_id, seen(manager, quote_id), values=make.quote_form(), lines=[make.quote_line()]
        )
    assert refusal.value.code == "quote_frozen"


def test_numbers_are_drawn_one_after_another_when_issued(database, manager, draft, seen) -> None:
    numbers = []
    for _turn in range(3):
        quote_id = draft()
        commands.submit_quote(manager, quote_id, seen(manager, quote_id))
        numbers.append(issuing.issue_quote(manager, quote_id, seen(manager, quote_id)))

    assert numbers == ["QT-2026-0001", "QT-2026-0002", "QT-2026-0003"]


def test_a_revision_keeps_the_number_and_replaces_the_earlier_one(database, manager, draft, seen) -> None:
    quote_id = draft()
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    number = issuing.issue_quote(manager, quote_id, seen(manager, quote_id))

    issuing.revise_quote(manager, quote_id, seen(manager, quote_id))
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    again = issuing.issue_quote(manager, quote_id, seen(manager, quote_id))

    assert again == number
    revisions = queries.quote(manager, quote_id).revisions
    assert revisions.status.tolist() == ["sent", "replaced"]


def test_a_quote_holds_through_the_end_of_its_last_day(database, manager, draft, seen, today) -> None:
    last = today + timedelta(days=3)
    quote_id = draft(valid_until=last)
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))

    with transaction() as session:
        assert expire_due(session, manager, last) == 0
        assert expire_due(session, manager, last + timedelta(days=1)) == 1
        assert expire_due(session, manager, last + timedelta(days=1)) == 0
    assert queries.quote(manager, quote_id).status == "expired"


@pytest.mark.parametrize("end", ["decline", "withdraw"])
def test_expiry_never_overwrites_how_a_quote_ended(database, manager, draft, seen, today, end) -> None:
    quote_id = draft(valid_until=today)
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    act = {"decline": commands.decline_quote, "withdraw": commands.withdraw_quote}[end]
    act(manager, quote_id, seen(manager, quote_id), reason="Budget is gone")
    before = queries.quote(manager, quote_id).status

    with transaction() as session:
        expire_due(session, manager, today + timedelta(days=30))

    assert queries.quote(manager, quote_id).status == before


@pytest.mark.acceptance("C13")
def test_a_custom_quote_of_every_kind_of_line(database, manager, leader, draft, seen) -> None:
    """Plan 1,499 + module 149 + 60 seats at 10.80 + 1,500 transactions at 5.00 + 3 person-days by cost at 65
    + 100 hours saved by value at 2.50, for one month."""
    lines = [
        make.quote_line("enterprise"), make.quote_line("api"), make.quote_line("seats", 60),
        make.quote_line("transactions", 1500), make.quote_line("person_days", 3),
        make.quote_line("value_hours", 100),
    ]  # fmt: skip
    quote_id = draft(lines=lines, term_months=1, discovery={})
    with pytest.raises(Invalid) as refusal:
        commands.submit_quote(manager, quote_id, seen(manager, quote_id))

    found = queries.quote(leader, quote_id)

    assert refusal.value.code == "quote_needs_discovery"
    assert found.lines.net_minor.tolist() == [149_900, 14_900, 64_800, 500, 19_500, 25_000]
    assert (found.saved.priced.net_minor, found.saved.cost_minor) == (274_600, 86_780)
    assert queries.quote(manager, quote_id).saved.cost_minor is None


@pytest.mark.acceptance("C13")
def test_the_paper_lists_every_term(database, manager, draft, seen) -> None:
    quote_id = draft(lines=[make.quote_line("seats", 60), make.quote_line("transactions", 1500)])
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    with transaction() as session:
        frozen = session.execute(
            select(QuoteVersion.snapshot).where(QuoteVersion.quote_id == quote_id)
        ).scalar_one()  # fmt: skip

    clauses = [title[0] for title, _text in document.Paper(frozen).layout()["clauses"]]

    assert clauses == ["Scope", "Limits", "Price lock", "Renewal", "More seats", "Usage", "Language"]


def test_quotes_issued_at_the_same_moment_never_share_a_number(database, manager, draft, seen) -> None:
    ids = [draft() for _turn in range(6)]
    for quote_id in ids:
        commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    versions = {quote_id: seen(manager, quote_id) for quote_id in ids}

    with ThreadPoolExecutor(max_workers=6) as pool:
        numbers = list(pool.map(lambda i: issuing.issue_quote(manager, i, versions[i]), ids))

    assert sorted(numbers) == [f"QT-2026-{n:04d}" for n in range(1, 7)]

"""Ways round an approval, tried at the command: each fails, and nothing leaves or is doubled."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from lib.access import Role, Viewer
from lib.errors import Conflict, DeskError, NotAllowed, NotFound
from lib.people.identity import technical_viewer
from lib.quotes import commands, issuing, queries
from lib.store import models as m
from lib.store.database import read_frame, transaction
from tests import make
from tests.quotes.conftest import version_of
from tests.quotes.test_document import pages

WHY = "They sign for three shops and give a public reference."
DEEP = Decimal("0.3")


@pytest.fixture
def pending(manager, draft) -> int:
    quote_id = draft(discount=DEEP, justification=WHY)
    commands.submit_quote(manager, quote_id, version_of(manager, quote_id))
    return quote_id


@pytest.fixture
def approved(leader, pending) -> int:
    commands.approve_quote(leader, pending, version_of(leader, pending))
    return pending


def saved(viewer: Viewer, quote_id: int, lines: list | None = None, **values) -> str:
    form = make.quote_form(**{"discount": DEEP, "justification": WHY} | values)
    commands.save_draft(viewer, quote_id, version_of(viewer, quote_id), values=form,
                        lines=lines or [make.quote_line()])  # fmt: skip
    return queries.quote(viewer, quote_id).status


def refused(viewer: Viewer, quote_id: int) -> str:
    """Issuing is refused and draws no number; the code says why."""
    with pytest.raises(DeskError) as refusal:
        issuing.issue_quote(viewer, quote_id, version_of(viewer, quote_id))
    assert read_frame(select(m.NumberSeries.last)).empty
    assert read_frame(select(m.QuoteVersion.pdf)).pdf.isna().all()
    return refusal.value.code


def test_a_second_tab_that_saw_the_approved_quote_sends_nothing_else(database, manager, approved):
    """One tab changes the price, the other issues what it still shows."""
    stale = version_of(manager, approved)
    assert saved(manager, approved, discount=Decimal("0.4")) == "draft"

    with pytest.raises(Conflict):
        issuing.issue_quote(manager, approved, stale)
    assert refused(manager, approved) == "quote_cannot_move"


def test_a_copy_of_an_approved_quote_starts_clean(database, manager, approved):
    copy = commands.copy_quote(manager, approved)

    assert refused(manager, copy) == "quote_cannot_move"
    assert commands.submit_quote(manager, copy, version_of(manager, copy)) == "pending_approval"


def test_an_edited_line_voids_the_approval(database, manager, approved):
    more = [make.quote_line(), make.quote_line()]

    assert saved(manager, approved, lines=more) == "draft"
    assert refused(manager, approved) == "quote_cannot_move"


def test_another_currency_is_another_content(database, manager, approved):
    """A row whose book was swapped past every command no longer gives what was approved."""
    with transaction() as session:
        other = session.execute(
            select(m.PriceBook).where(m.PriceBook.currency != "USD", m.PriceBook.code == "saas")
        ).scalars().first()  # fmt: skip
        session.execute(
            update(m.QuoteVersion)
            .where(m.QuoteVersion.quote_id == approved)
            .values(book_id=other.id, currency=other.currency)
        )

    assert refused(manager, approved) == "quote_content_changed"


def test_a_row_edited_past_every_command_no_longer_matches_its_approval(database, manager, approved):
    with transaction() as session:
        session.execute(update(m.QuoteLine).values(discount=Decimal("0.2")))

    assert refused(manager, approved) == "quote_content_changed"


@pytest.mark.parametrize("forged", ["1", None, -1, 10**9, 1.0, True])
def test_a_forged_id_finds_nothing(database, leader, approved, forged):
    stranger = Viewer(make.person("Nobody", [Role.ACCOUNT_MANAGER]), "Nobody",
                      frozenset({Role.ACCOUNT_MANAGER}), make.NOW)  # fmt: skip

    with pytest.raises(NotFound):
        issuing.issue_quote(stranger, forged, 1)
    with pytest.raises(NotFound):
        issuing.issue_quote(stranger, approved, version_of(leader, approved))


def test_a_stale_version_approves_nothing(database, manager, leader, pending):
    stale = version_of(leader, pending)
    saved(manager, pending, discount=Decimal("0.4"))
    commands.submit_quote(manager, pending, version_of(manager, pending))

    with pytest.raises(Conflict):
        commands.approve_quote(leader, pending, stale)
    assert queries.quote(leader, pending).status == "pending_approval"


def test_the_command_lines_person_neither_approves_nor_sends(database, leader, pending):
    technical = technical_viewer(make.NOW, acting_as="root")

    for act in (commands.approve_quote, issuing.issue_quote, commands.submit_quote):
        with pytest.raises(NotAllowed):
            act(technical, pending, version_of(leader, pending))


def test_a_late_double_click_counts_once(database, manager, leader, pending):
    seen = version_of(leader, pending)
    commands.approve_quote(leader, pending, seen)

    for version in (seen, version_of(leader, pending)):
        with pytest.raises(Conflict):
            commands.approve_quote(leader, pending, version)
    assert len(read_frame(select(m.QuoteDecision.id))) == 1


def test_an_approval_of_a_quote_that_was_withdrawn_does_nothing(database, manager, leader, pending):
    seen = version_of(leader, pending)
    commands.withdraw_quote(manager, pending, version_of(manager, pending))

    for version in (seen, version_of(leader, pending)):
        with pytest.raises(Conflict):
            commands.approve_quote(leader, pending, version)
    assert refused(manager, pending) == "quote_cannot_move"


def test_an_approver_who_edited_cannot_have_approved(database, manager, leader, approved):
    make.role(leader.person_id, Role.SALES)
    hand = replace(leader, roles=frozenset({Role.LEADERSHIP, Role.SALES}))
    assert saved(hand, approved, title="Another subject") == "draft"

    assert refused(manager, approved) == "quote_cannot_move"
    assert commands.submit_quote(manager, approved, version_of(manager, approved)) == "pending_approval"
    with pytest.raises(NotAllowed):
        commands.approve_quote(leader, approved, version_of(leader, approved))


def test_a_forged_state_is_seen_through_at_every_door(database, manager, leader, pending):
    for status in ("approved", "sent"):
        with transaction() as session:
            session.execute(update(m.QuoteVersion).values(status=status))
            session.execute(update(m.Quote).values(status=status))
        if status == "approved":
            assert refused(manager, pending) == "quote_needs_approval"
    assert "DRAFT" in "".join(pages(queries.paper(manager, pending)))


def test_a_revision_of_an_issued_quote_asks_anew(database, manager, leader, approved):
    issuing.issue_quote(manager, approved, version_of(manager, approved))
    issuing.revise_quote(manager, approved, version_of(manager, approved))

    assert commands.submit_quote(manager, approved, version_of(manager, approved)) == "pending_approval"
    with pytest.raises(Conflict):
        issuing.issue_quote(manager, approved, version_of(manager, approved))


def test_many_sessions_at_once_lose_and_double_nothing(database, manager, draft):
    """Eight approvers press the button for the same three quotes at the same moment."""
    roles = frozenset({Role.APPROVER_3})
    people = [Viewer(make.person(f"Approver {n}", list(roles)), f"Approver {n}", roles, make.NOW)
              for n in range(8)]  # fmt: skip
    waiting = []
    for n in range(3):
        quote_id = draft(discount=DEEP + Decimal(n) / 1000, justification=WHY)
        commands.submit_quote(manager, quote_id, version_of(manager, quote_id))
        waiting.append((quote_id, version_of(manager, quote_id)))

    def press(person: Viewer, quote_id: int, version: int) -> bool:
        try:
            commands.approve_quote(person, quote_id, version)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        acts = [pool.submit(press, p, *one) for one in waiting for p in people]
        counted = sum(act.result() for act in acts)

    assert counted == len(read_frame(select(m.QuoteDecision.id))) == len(waiting)
    assert len(read_frame(select(m.QuoteVote.id))) == len(waiting)
    assert set(read_frame(select(m.Quote.status)).status) == {"approved"}
    assert set(read_frame(select(m.QuoteApproval.state)).state) == {"approved"}

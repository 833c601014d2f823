"""Nothing above the limits leaves without another person's approval of exactly that content."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.access import Role
from lib.errors import Conflict, Invalid, NotAllowed
from lib.quotes import commands, issuing, queries
from lib.store.database import read_frame, transaction
from lib.store.models import AuditEntry, NumberSeries, QuoteVersion
from tests import make

WHY = "They sign for three shops and give a public reference."


def pending(manager, draft, seen) -> int:
    quote_id = draft(discount=Decimal("0.3"), justification=WHY)
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    return quote_id


def approved(manager, leader, draft, seen) -> int:
    quote_id = pending(manager, draft, seen)
    commands.approve_quote(leader, quote_id, seen(leader, quote_id))
    return quote_id


@pytest.mark.acceptance("C15")
def test_above_the_limit_nothing_leaves_before_another_person_agrees(
    database, manager, leader, draft, seen
) -> None:
    quote_id = pending(manager, draft, seen)
    with pytest.raises(Conflict):
        issuing.issue_quote(manager, quote_id, seen(manager, quote_id))

    commands.approve_quote(leader, quote_id, seen(leader, quote_id), reason="Reference is worth it")

    assert issuing.issue_quote(manager, quote_id, seen(manager, quote_id)) == "QT-2026-0001"
    assert queries.decided(leader).decision.tolist() == ["approved"]


def test_nobody_approves_what_they_had_a_hand_in(database, manager, leader, draft, seen) -> None:
    """Also with both roles, and also when another person submitted it last."""
    make.role(manager.person_id, Role.LEADERSHIP)
    both = replace(manager, roles=frozenset({Role.ACCOUNT_MANAGER, Role.LEADERSHIP}))
    quote_id = pending(manager, draft, seen)

    with pytest.raises(NotAllowed) as refusal:
        commands.approve_quote(both, quote_id, seen(both, quote_id))

    assert refusal.value.code == "quote_four_eyes"
    with pytest.raises(NotAllowed):
        commands.approve_quote(manager, quote_id, seen(manager, quote_id))


def test_an_approver_who_edits_can_no_longer_cover_the_quote(database, manager, leader, draft, seen) -> None:
    make.role(leader.person_id, Role.SALES)
    writes_too = replace(leader, roles=frozenset({Role.LEADERSHIP, Role.SALES}))
    quote_id = approved(manager, leader, draft, seen)
    form = make.quote_form(discount=Decimal("0.3"), justification=WHY, title="Another subject")
    commands.save_draft(writes_too, quote_id, seen(leader, quote_id), values=form, lines=[make.quote_line()])
    assert commands.submit_quote(manager, quote_id, seen(manager, quote_id)) == "pending_approval"
    make.change(QuoteVersion, queries.quote(manager, quote_id).id, status="approved")  # past every rule

    with pytest.raises(NotAllowed) as refusal:
        issuing.issue_quote(manager, quote_id, seen(manager, quote_id))

    assert refusal.value.code == "quote_four_eyes"


def test_a_change_after_the_approval_voids_it(database, manager, leader, draft, seen) -> None:
    quote_id = approved(manager, leader, draft, seen)
    form = make.quote_form(discount=Decimal("0.35"), justification=WHY)
    commands.save_draft(manager, quote_id, seen(manager, quote_id), values=form, lines=[make.quote_line()])

    with pytest.raises(Conflict):
        issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    assert commands.submit_quote(manager, quote_id, seen(manager, quote_id)) == "pending_approval"


def test_going_back_to_the_approved_content_needs_no_second_approval(
    database, manager, leader, draft, seen
) -> None:
    quote_id = approved(manager, leader, draft, seen)
    for discount in ("0.35", "0.3"):
        form = make.quote_form(discount=Decimal(discount), justification=WHY)
        commands.save_draft(
            manager, quote_id, seen(manager, quote_id), values=form, lines=[make.quote_line()]
        )

    assert commands.submit_quote(manager, quote_id, seen(manager, quote_id)) == "approved"


def test_a_forged_state_does_not_get_past_the_check_at_issue(database, manager, draft, seen) -> None:
    """Even a row somebody set to approved by other means has no decision for its content."""
    quote_id = pending(manager, draft, seen)
    with transaction() as session:
        row = session.execute(select(QuoteVersion).where(QuoteVersion.quote_id == quote_id)).scalars().one()
        row.status = "approved"

    with pytest.raises(NotAllowed) as refusal:
        issuing.issue_quote(manager, quote_id, seen(manager, quote_id))

    assert refusal.value.code == "quote_needs_approval"
    assert read_frame(select(NumberSeries.last)).empty


def test_a_copy_and_a_revision_inherit_no_approval(database, manager, leader, draft, seen) -> None:
    quote_id = approved(manager, leader, draft, seen)
    copy_id = commands.copy_quote(manager, quote_id)
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    issuing.revise_quote(manager, quote_id, seen(manager, quote_id))

    for changed in (copy_id, quote_id):
        assert queries.quote(manager, changed).status == "draft"
        assert commands.submit_quote(manager, changed, seen(manager, changed)) == "pending_approval"


def test_a_refusal_needs_a_reason_and_sends_the_quote_back(database, manager, leader, draft, seen) -> None:
    quote_id = pending(manager, draft, seen)
    with pytest.raises(Invalid):
        commands.reject_quote(leader, quote_id, seen(leader, quote_id), reason=" ")

    commands.reject_quote(leader, quote_id, seen(leader, quote_id), reason="No return for the third shop")

    found = queries.quote(manager, quote_id)
    assert found.status == "rejected"
    assert found.decisions.reason.tolist() == ["No return for the third shop"]


def test_every_step_leaves_an_audit_record(database, manager, leader, draft, seen) -> None:
    quote_id = approved(manager, leader, draft, seen)
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))

    entries = read_frame(
        select(AuditEntry.command, AuditEntry.person_id)
        .where(AuditEntry.table_name == "quote", AuditEntry.row_id == quote_id)
        .order_by(AuditEntry.id)
    )

    assert entries.command.tolist() == [
        "quotes.create", "quotes.save_draft", "quotes.submit", "costs.read", "quotes.approve", "quotes.issue",
    ]  # fmt: skip
    assert set(entries.person_id[3:5]) == {leader.person_id}


def test_roles_without_the_right_are_refused(database, manager, leader, admin, draft, seen) -> None:
    quote_id = pending(manager, draft, seen)

    for act in (
        lambda: commands.create_quote(leader, 1),
        lambda: commands.submit_quote(leader, quote_id, 1),
        lambda: issuing.issue_quote(leader, quote_id, 1),
        lambda: commands.approve_quote(admin, quote_id, seen(admin, quote_id)),
        lambda: queries.pending_approval(manager),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_only_what_was_handed_in_is_decided(database, manager, leader, draft, seen) -> None:
    quote_id = draft()

    with pytest.raises(Conflict):
        commands.approve_quote(leader, quote_id, seen(leader, quote_id))
    with pytest.raises(Conflict):
        commands.reject_quote(leader, quote_id, seen(leader, quote_id), reason="Too early")

    assert queries.quote(leader, quote_id).decisions.empty

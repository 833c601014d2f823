"""Rules that change under a quote: handed in again as it is, by nobody's edit; and what its paper prints."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.errors import Conflict, NotAllowed
from lib.quotes import commands, issuing, queries
from lib.quotes.circumstances import facts_of
from lib.quotes.clauses import clause_of
from lib.store import models as m
from lib.store import policy
from lib.store.database import read_frame, transaction
from tests import make
from tests.quotes.conftest import version_of
from tests.quotes.test_document import pages

WHY = "They sign for three shops and give a public reference."
DEEP = Decimal("0.3")


@pytest.fixture
def pending(manager, draft) -> int:
    quote_id = draft(discount=DEEP, justification=WHY)
    assert submitted(manager, quote_id) == "pending_approval"
    return quote_id


@pytest.fixture
def approved(leader, pending) -> int:
    commands.approve_quote(leader, pending, version_of(leader, pending))
    return pending


def submitted(viewer, quote_id: int) -> str:
    return commands.submit_quote(viewer, quote_id, version_of(viewer, quote_id))


def set_policy(name: str, **changed) -> None:
    """Another version of a policy from today on; each part by a function of what it was."""
    body = policy.shipped()[name]
    body |= {part: change(body[part]) for part, change in changed.items()}
    with transaction() as session:
        session.add(m.PolicyVersion(name=name, number=2, body=body, valid_from=make.TODAY,
                                    recorded_at=make.NOW))  # fmt: skip


def stricter(session_rules: list[dict]) -> list[dict]:
    """Every term of twelve months goes through the chain of large deals."""
    return [row | {"limit": "11", "from_months": 1} if row["code"] == "TERM60" else row
            for row in session_rules]  # fmt: skip


def test_what_was_approved_under_softer_rules_is_handed_in_again_without_an_edit(
    database, manager, leader, approved
):
    with pytest.raises(Conflict):
        submitted(manager, approved)
    set_policy("approvals", rules=stricter)
    assert queries.quote(manager, approved).again
    with pytest.raises(NotAllowed) as refusal:
        issuing.issue_quote(manager, approved, version_of(manager, approved))
    assert refusal.value.code == "quote_needs_approval"

    assert submitted(manager, approved) == "pending_approval"

    assert not queries.quote(manager, approved).again
    with pytest.raises(Conflict):
        submitted(manager, approved)


def test_what_waits_is_free_once_the_rules_ask_nobody(database, manager, pending):
    set_policy("quotes", limits=lambda rows: [row | {"justify_above": "0.5", "approve_above": "0.6"}
                                              for row in rows])  # fmt: skip
    assert queries.quote(manager, pending).again

    assert submitted(manager, pending) == "approved"

    assert set(read_frame(select(m.QuoteApproval.state)).state) == {"void"}
    assert not queries.quote(manager, pending).again
    assert issuing.issue_quote(manager, pending, version_of(manager, pending))


def test_what_waits_is_asked_anew_where_others_are_asked_now(database, manager, pending):
    set_policy("approvals", rules=stricter)

    assert submitted(manager, pending) == "pending_approval"

    assert read_frame(select(m.QuoteApproval.state).order_by(m.QuoteApproval.id)).state.tolist() == [
        "void", "open"]  # fmt: skip


def test_saving_an_untouched_form_prices_it_anew(database, manager, approved):
    with transaction() as session:
        held = session.execute(select(m.QuoteVersion)).scalars().one()
        held.content_hash = "0" * 64  # as if prices had moved on

    before = version_of(manager, approved)
    form = make.quote_form(discount=DEEP, justification=WHY)
    assert commands.save_draft(manager, approved, before, values=form, lines=[make.quote_line()]) > before
    assert issuing.issue_quote(manager, approved, version_of(manager, approved))


def test_a_paper_prints_only_approvals_of_its_very_content(database, manager, leader, approved):
    """A change that is better for us keeps the approval, whose name stands for another content."""
    assert leader.name in "".join(pages(queries.paper(manager, approved)))
    better = make.quote_form(discount=Decimal("0.29"), justification=WHY)
    commands.save_draft(manager, approved, version_of(manager, approved), values=better,
                        lines=[make.quote_line()])  # fmt: skip
    assert queries.quote(manager, approved).status == "approved"

    issuing.issue_quote(manager, approved, version_of(manager, approved))

    text = "".join(pages(queries.paper(manager, approved)))
    assert leader.name not in text and manager.name in text


def test_a_standard_clause_asks_nobody_and_another_one_does(database, manager, draft):
    free = draft(clauses=[clause_of("upgrade")])
    asks = draft(clauses=[clause_of("exit")], justification=WHY)

    assert (submitted(manager, free), submitted(manager, asks)) == ("approved", "pending_approval")


def test_open_invoices_count_against_the_credit_and_none_known_is_no_credit(
    database, manager, draft, account_id
):
    quote_id = draft()

    def owed() -> int | None:
        with transaction() as session:
            return facts_of(session, session.get(m.Quote, quote_id)).owed_minor

    assert owed() is None
    other = make.account(owner=manager.person_id, name="Other")
    invoice(other, 90_000)
    assert owed() == 0
    part = invoice(account_id, 50_000)
    invoice(account_id, 70_000, currency="CNY")
    invoice(account_id, 40_000, status="paid")
    make.insert(m.Payment(external_id="P-1", invoice_id=part, paid_on=make.TODAY, amount_minor=20_000))
    assert owed() == 30_000


def invoice(account_id: int, minor: int, **over: object) -> int:
    held = read_frame(select(m.Invoice.id))
    return make.insert(
        m.Invoice(external_id=f"I-{len(held)}", account_id=account_id, issued_on=make.TODAY,
                  recorded_at=make.NOW, amount_minor=minor, **over)
    )  # fmt: skip

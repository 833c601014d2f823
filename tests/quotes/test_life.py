"""The life of a quote in the store, against a small model: no state, paper or contract but the model's."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, text

from lib.access import Viewer
from lib.errors import DeskError
from lib.flows.accept_quote import accept_late, accept_quote
from lib.quotes import commands, issuing, queries
from lib.quotes.rules import EDITABLE, REVISABLE, QuoteStatus
from lib.quotes.writing import expire_due
from lib.store.database import read_frame, transaction
from lib.store.models import Contract, QuoteVersion
from tests import make

S = QuoteStatus
OPEN_DAYS = 5


class Life(RuleBasedStateMachine):
    """What the model knows: the state, what was approved, the last valid day, and today."""

    manager: Viewer
    leader: Viewer

    def __init__(self) -> None:
        super().__init__()
        self.account = make.account(owner=self.manager.person_id)
        self.quote = commands.create_quote(self.manager, self.account)
        self.days, self.content, self.over, self.approved = 0, 0, False, None
        self.state, self.revision, self.number = S.DRAFT, 1, None
        self.papers: dict[int, str] = {}
        self.valid: date = make.TODAY
        self.edit(False)

    @property
    def today(self) -> date:
        return make.TODAY + timedelta(days=self.days)

    def at(self, viewer: Viewer) -> Viewer:
        return replace(viewer, now=make.NOW + timedelta(days=self.days))

    def tried(
        self, allowed: bool, target: QuoteStatus, command: object, viewer: Viewer, **values: object
    ) -> bool:
        """The command goes through exactly when the model says so; else nothing moves."""
        version = queries.quote(self.manager, self.quote).version
        try:
            command(self.at(viewer), self.quote, version, **values)
        except DeskError:
            assert not allowed, f"{command.__name__} was refused in {self.state}"
            return False
        assert allowed, f"{command.__name__} went through in {self.state}"
        self.state = target
        return True

    @rule(over=st.booleans())
    def edit(self, over: bool) -> None:
        """Each edit is worse than the one before, so that no approval covers it."""
        self.content += 1
        discount = Decimal("0.45" if over else "0.01") + Decimal(self.content) / 10_000
        values = make.quote_form(
            discount=discount, valid_until=self.today + timedelta(days=OPEN_DAYS), language="en",
            justification="They add seats and sign before the end of the quarter.",
        )  # fmt: skip
        lines = [make.quote_line("professional")]
        if self.tried(
            self.state in EDITABLE, S.DRAFT, commands.save_draft, self.manager, values=values, lines=lines
        ):
            self.over, self.approved = over, None
            self.valid = self.today + timedelta(days=OPEN_DAYS)

    @rule()
    def submit(self) -> None:
        asks = self.over and self.approved != self.content
        target = S.PENDING if asks else S.APPROVED
        allowed = self.state is S.DRAFT and self.today <= self.valid
        self.tried(allowed, target, commands.submit_quote, self.manager)

    @rule()
    def approve(self) -> None:
        if self.tried(self.state is S.PENDING, S.APPROVED, commands.approve_quote, self.leader):
            self.approved = self.content

    @rule()
    def approve_ones_own(self) -> None:
        self.tried(False, S.APPROVED, commands.approve_quote, self.manager)

    @rule()
    def reject(self) -> None:
        self.tried(self.state is S.PENDING, S.REJECTED, commands.reject_quote, self.leader, reason="Too low")

    @rule()
    def issue(self) -> None:
        allowed = self.state is S.APPROVED and self.today <= self.valid
        if self.tried(allowed, S.SENT, issuing.issue_quote, self.manager):
            assert not self.over or self.approved == self.content, "nothing leaves without its approval"
            self.papers[self.revision] = self.digest(self.revision)
            number = queries.quote(self.manager, self.quote).number
            assert self.number in (None, number)
            self.number = number

    @rule()
    def revise(self) -> None:
        if self.tried(self.state in REVISABLE, S.DRAFT, issuing.revise_quote, self.manager):
            self.revision, self.approved = self.revision + 1, None
            self.valid = queries.quote(self.manager, self.quote).form.valid_until

    @rule()
    def decline(self) -> None:
        self.tried(self.state is S.SENT, S.DECLINED, commands.decline_quote, self.manager, reason="No budget")

    @rule()
    def withdraw(self) -> None:
        allowed = self.state in EDITABLE or self.state is S.SENT
        self.tried(allowed, S.WITHDRAWN, commands.withdraw_quote, self.manager)

    @rule()
    def accept(self) -> None:
        allowed = self.state is S.SENT and self.today <= self.valid
        self.tried(allowed, S.ACCEPTED, accept_quote, self.manager, evidence=self.proof())

    @rule()
    def accept_after_the_last_day(self) -> None:
        allowed = self.state is S.EXPIRED or (self.state is S.SENT and self.today > self.valid)
        self.tried(
            allowed, S.ACCEPTED, accept_late, self.leader, evidence=self.proof(), reason="Post was slow"
        )

    @rule()
    def accept_without_proof(self) -> None:
        self.tried(False, S.ACCEPTED, accept_quote, self.manager, evidence={})

    def proof(self) -> dict:
        return make.evidence(signed_on=self.today)

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.days += days
        with transaction() as session:
            expire_due(session, self.at(self.leader), self.today)
        if self.state is S.SENT and self.today > self.valid:
            self.state = S.EXPIRED

    def digest(self, revision: int) -> str:
        v = QuoteVersion
        wanted = v.quote_id == self.quote, v.revision == revision
        row = read_frame(select(v.pdf, v.snapshot, v.content_hash).where(*wanted)).iloc[0]
        return hashlib.sha256(row.pdf + repr(row.snapshot).encode() + row.content_hash.encode()).hexdigest()

    @invariant()
    def the_store_says_what_the_model_says(self) -> None:
        found = queries.quote_list(self.manager, account_id=self.account).iloc[0]
        assert (found.status, int(found.revision)) == (self.state, self.revision)

    @invariant()
    def what_was_issued_stays_as_it_was(self) -> None:
        assert {n: self.digest(n) for n in self.papers} == self.papers

    @invariant()
    def there_is_a_contract_exactly_when_it_was_accepted(self) -> None:
        made = read_frame(select(Contract.id).where(Contract.account_id == self.account))
        assert len(made) == (self.state is S.ACCEPTED)


def test_a_quote_lives_as_the_model_says(database, manager, leader):
    machine = type("LifeHere", (Life,), {"manager": manager, "leader": leader})

    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=12, stateful_step_count=20, deadline=None,
                          suppress_health_check=list(HealthCheck)),
    )  # fmt: skip


@pytest.fixture
def issued(manager, draft, seen):
    quote_id = draft(language="en")
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    return quote_id


@pytest.mark.parametrize(
    ("column", "value"),
    [("pdf", b"%PDF-1.7 other"), ("content_hash", "0" * 64), ("net_minor", 1), ("snapshot", {"lines": []}),
     ("valid_until", date(2030, 1, 1)), ("issued_at", make.NOW)],
)  # fmt: skip
def test_the_store_itself_keeps_an_issued_revision_as_it_is(database, issued, column, value):
    with pytest.raises(Exception, match="stays as it is"), transaction() as session:
        version = session.execute(select(QuoteVersion).where(QuoteVersion.quote_id == issued)).scalars().one()
        setattr(version, column, value if column != "issued_at" else value - timedelta(days=1))
        session.flush()


@pytest.mark.parametrize("statement", [
    "UPDATE quote_line SET quantity = 1", "DELETE FROM quote_line", "DELETE FROM quote_version",
])  # fmt: skip
def test_lines_of_an_issued_revision_stay_and_so_does_the_revision(database, issued, statement):
    with pytest.raises(Exception, match="stays as it is|foreign key|FOREIGN KEY"), transaction() as session:
        session.execute(text(statement))


def test_the_end_of_a_quote_is_never_overwritten_in_the_store(database, manager, issued, seen):
    accept_quote(manager, issued, seen(manager, issued), evidence=make.evidence())

    for state in ("expired", "sent", "withdrawn"):
        with pytest.raises(Exception, match="stays as it is"), transaction() as session:
            version = (
                session.execute(select(QuoteVersion).where(QuoteVersion.quote_id == issued)).scalars().one()
            )
            version.status = state
            session.flush()

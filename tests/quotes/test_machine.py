"""The quote machine against a small model: whatever people try, nothing leaves without what it needs."""

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from lib.errors import Conflict
from lib.quotes.rules import (
    EDITABLE,
    ISSUED,
    REVISABLE,
    QuoteStatus,
    holds_on,
    may_move,
    move,
    steps_for,
)

S = QuoteStatus
TERMINAL = {S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.REPLACED}
EVERYTHING = {"quote.write", "quote.submit", "quote.issue", "quote.approve", "quote.accept_late"}


class QuoteMachine(RuleBasedStateMachine):
    """Content is a number; an approval remembers the content it was given for."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.content, self.approved_content = S.DRAFT, 0, None
        self.issued_content, self.ended = None, None

    def go(self, target: QuoteStatus) -> bool:
        allowed = may_move(self.state, target)
        try:
            self.state = move(self.state, target)
        except Conflict:
            assert not allowed
            return False
        assert allowed
        return True

    @precondition(lambda self: self.state in EDITABLE)
    @rule()
    def edit(self) -> None:
        self.content += 1
        if self.state is not S.DRAFT:
            assert self.go(S.DRAFT)

    @rule()
    def submit_over_the_limit(self) -> None:
        if self.state is S.DRAFT:
            self.go(S.APPROVED if self.approved_content == self.content else S.PENDING)

    @rule()
    def approve(self) -> None:
        if self.state is S.PENDING and self.go(S.APPROVED):
            self.approved_content = self.content

    @rule()
    def reject(self) -> None:
        if self.go(S.REJECTED):
            self.approved_content = None

    @rule()
    def issue(self) -> None:
        if self.go(S.SENT):
            self.issued_content = self.content

    @rule()
    def expire(self) -> None:
        before = self.state
        assert self.go(S.EXPIRED) == (before is S.SENT)

    @rule()
    def accept(self) -> None:
        self.go(S.ACCEPTED)

    @rule()
    def withdraw(self) -> None:
        self.go(S.WITHDRAWN)

    @invariant()
    def nothing_left_without_its_approval(self) -> None:
        if self.issued_content is not None:
            assert self.issued_content == self.content == self.approved_content

    @invariant()
    def the_end_is_the_end(self) -> None:
        if self.ended is not None:
            assert self.state is self.ended
        if self.state in TERMINAL:
            self.ended = self.state
            assert not any(may_move(self.state, target) for target in S)

    @invariant()
    def steps_on_screen_can_be_taken(self) -> None:
        targets = {"submit": {S.PENDING, S.APPROVED}, "issue": {S.SENT}, "accept": {S.ACCEPTED},
                   "accept_late": {S.ACCEPTED}, "withdraw": {S.WITHDRAWN},
                   "decline": {S.DECLINED}}  # fmt: skip
        for step in steps_for(self.state, EVERYTHING):
            if step in targets:
                assert any(may_move(self.state, target) for target in targets[step])
        assert ("revise" in steps_for(self.state, EVERYTHING)) == (self.state in REVISABLE)


QuoteMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestQuoteMachine = QuoteMachine.TestCase


def test_nobody_without_a_right_is_offered_a_step() -> None:
    assert [steps_for(state, set()) for state in S] == [[] for _state in S]


def test_what_is_issued_is_never_editable() -> None:
    assert not EDITABLE & ISSUED


def test_a_quote_holds_on_its_last_day(today) -> None:
    assert holds_on(today, today)

"""What findings ask for together, and what a reader without the right to costs sees of them."""

from decimal import Decimal

from lib.quotes.findings import Decision, Finding, Level, together


def found(kind: str, level: Level, approver: int = 0) -> Finding:
    return Finding(f"R-{kind}", kind, level, Decimal("0.2"), Decimal("0.1"), approver)


DISCOUNT, MARGIN = found("discount", Level.JUSTIFY), found("margin", Level.APPROVE, 2)
TERM = found("term", Level.FREE)


def test_together_they_ask_what_the_strictest_asks() -> None:
    decision = together((DISCOUNT, TERM, MARGIN))

    assert (decision.level, decision.approver) == (Level.APPROVE, 2)
    assert decision.reasons == (MARGIN, DISCOUNT)
    assert together(()).approver == 0
    assert (decision.stop, together((TERM,)).approver, together(()).level) == (None, 0, Level.FREE)
    assert together((TERM, found("flags", Level.STOP))).stop.kind == "flags"


def test_only_the_figure_of_the_margin_is_hidden() -> None:
    hidden = Decision(Level.APPROVE, (DISCOUNT, MARGIN)).without_margin()

    assert [finding.found for finding in hidden.findings] == [Decimal("0.2"), None]
    assert (hidden.level, hidden.findings[1].rule) == (Level.APPROVE, "R-margin")


def test_a_finding_that_names_nobody_needs_nobody() -> None:
    assert Finding("R", "discount", Level.FREE, None, Decimal(0)).approver == 0

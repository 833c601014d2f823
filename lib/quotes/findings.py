"""What a rule found on a quote, and what a quote's findings ask for together. Pure."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

PRICE_KINDS = ("discount", "once", "margin")  # kinds whose figures are shares; the others carry a chain


class Level(StrEnum):
    FREE = "free"
    JUSTIFY = "justify"  # a written justification
    APPROVE = "approve"  # another person's approval
    STOP = "stop"  # nobody's approval helps


ORDER = (Level.FREE, Level.JUSTIFY, Level.APPROVE, Level.STOP)


@dataclass(frozen=True)
class Finding:
    """One rule that was looked at: its name, what it asks, the value found and the limit.

    Shares for PRICE_KINDS, whole units of `currency` for money, plain counts otherwise.
    """

    rule: str
    kind: str  # discount, once, margin, or another measure of the matrix
    level: Level
    found: Decimal | None
    limit: Decimal
    approver: int = 0  # the lowest approver level that may agree; 0 when nobody is asked
    chain: str = ""  # the chain of the matrix it leads to; empty: one approver of that level
    currency: str = ""


@dataclass(frozen=True)
class Decision:
    level: Level
    findings: tuple[Finding, ...]

    @property
    def approver(self) -> int:
        """The lowest approver level that may agree to everything; 0 when nobody is asked."""
        return max((finding.approver for finding in self.findings), default=0)

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """The findings that ask for more than nothing, the strictest first."""
        asking = (finding for finding in self.findings if finding.level is not Level.FREE)
        return tuple(sorted(asking, key=lambda finding: -ORDER.index(finding.level)))

    @property
    def stop(self) -> Finding | None:
        """The first finding nobody's approval helps against."""
        return next((finding for finding in self.findings if finding.level is Level.STOP), None)

    def without_margin(self) -> "Decision":
        """The same decision without the margin's figure, for people who may not see it."""
        hidden = tuple(replace(f, found=None) if f.kind == "margin" else f for f in self.findings)
        return replace(self, findings=hidden)


def together(findings: tuple[Finding, ...]) -> Decision:
    """What the findings ask for as a whole: what the strictest of them asks for."""
    return Decision(max((f.level for f in findings), key=ORDER.index, default=Level.FREE), findings)

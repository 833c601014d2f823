"""What a quote must meet before it may leave the desk's own hands; each raises the refusal a person reads."""

from lib.access import Viewer
from lib.errors import Invalid, NotAllowed
from lib.quotes.clearance import Rules
from lib.quotes.evaluation import Basis, Evaluation
from lib.quotes.findings import Decision, Level
from lib.quotes.rules import NEEDS, holds_on
from lib.store.models import QuoteVersion


def require_open(rules: Rules) -> None:
    """Raises NotAllowed for an account on the blacklist, with since when and why."""
    if rules.blocked_on is not None:
        raise NotAllowed("quote_account_blocked", day=str(rules.blocked_on), reason=rules.blocked_reason)


def require_passable(decision: Decision) -> None:
    """Raises NotAllowed for what leaves with nobody's approval, with the rule."""
    if (stop := decision.stop) is not None:
        raise NotAllowed("quote_hard_stop", rule=stop.rule)


def require_complete(version: QuoteVersion, result: Evaluation, basis: Basis, viewer: Viewer) -> None:
    """Raises Invalid unless a quote says everything it needs to leave draft."""
    if not result.priced.lines:
        raise Invalid("quote_needs_lines")
    if not any((version.discovery or {}).get(need) for need in NEEDS):
        raise Invalid("quote_needs_discovery")
    if not holds_on(version.valid_until, viewer.today):
        raise Invalid("quote_validity", days=basis.longest_days)
    short = len(version.justification or "") < basis.rails.least_characters
    if result.decision.level is not Level.FREE and short:
        raise Invalid("quote_needs_justification", least=basis.rails.least_characters,
                      rule=result.decision.reasons[0].rule)  # fmt: skip

"""Why a quote is refused and what would do instead. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from lib.errors import Invalid

ALTERNATIVE_MAX = 4000


class Reason(StrEnum):
    PRICE = "price"  # too much off for what comes back
    MARGIN = "margin"  # too little is left
    NOTHING_BACK = "nothing_back"  # the customer gives nothing in return
    TERMS = "terms"  # payment, term or clauses
    SCOPE = "scope"  # more than they need, or less
    TIMING = "timing"  # too early, or too late
    RULES = "rules"  # against a rule nobody sets aside
    OTHER = "other"


@dataclass(frozen=True)
class Refusal:
    code: str
    alternative: str


def read_refusal(code: str, alternative: str) -> Refusal | None:
    """The reason's code with the alternative that goes with it; None where neither is given. Raises
    Invalid."""
    said = alternative.strip() if isinstance(alternative, str) else ""
    if not code and not said:
        return None
    if code not in set(Reason):
        raise Invalid("approval_reason_code")
    if not said or len(said) > ALTERNATIVE_MAX:
        raise Invalid("approval_alternative", limit=ALTERNATIVE_MAX)
    return Refusal(str(code), said)

"""The same lines under every term on offer, so that the price of flexibility is seen. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lib.errors import Invalid
from lib.pricing.asked import LineRequest, Terms
from lib.pricing.terms import TermPolicy
from lib.pricing.waterfall import Priced, price


@dataclass(frozen=True)
class TermOption:
    """One term: what it comes to, a month and in all."""

    months: int
    priced: Priced

    @property
    def monthly_minor(self) -> int:
        return self.priced.monthly_minor


def by_term(
    requests: Sequence[LineRequest], terms: Terms, policy: TermPolicy, currency: str
) -> tuple[TermOption, ...]:
    """Every term the policy knows, shortest first; one these lines or choices cannot have is left out."""
    found = []
    for months in policy.months:
        try:
            priced = price(requests, replace(terms, months=months, span=None), policy, currency)
        except Invalid:
            continue
        found.append(TermOption(months, priced))
    return tuple(found)

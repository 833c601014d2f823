"""Which stored contract a joined one is, so that ids stay where nothing but the calendar moved. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lib.contracts.rules import FOREVER, Joined, Period


@dataclass(frozen=True)
class Stored:
    """What matching needs of a contract row; `joined` is false for imported, quoted and hand-made ones."""

    id: int
    account_id: int
    product_line: str
    currency: str
    starts_on: date
    ends_on: date | None
    joined: bool

    @property
    def key(self) -> tuple[int, str, str, date]:
        return (self.account_id, self.product_line, self.currency, self.starts_on)


def settled(periods: Sequence[Period], links: dict[int, int], contracts: Sequence[Stored]) -> dict[int, int]:
    """period id -> contract id for periods that belong to a contract nobody joined: linked to it already,
    or overlapping one of the same account, line and currency. The rest is free to be joined."""
    firm = {c.id: c for c in contracts if not c.joined}
    by_line: dict[tuple, list[Stored]] = {}
    for contract in firm.values():
        by_line.setdefault(contract.key[:3], []).append(contract)
    found = {}
    for period in periods:
        if links.get(period.id) in firm:
            found[period.id] = links[period.id]
            continue
        line = by_line.get((period.account_id, period.product_line, period.currency), ())
        home = next((c for c in line if _overlap(period, c)), None)
        if home is not None:
            found[period.id] = home.id
    return found


def _overlap(period: Period, contract: Stored) -> bool:
    return period.starts_on < (contract.ends_on or FOREVER) and contract.starts_on < period.end


def match(joined: Sequence[Joined], contracts: Sequence[Stored], links: dict[int, int]) -> dict[int, int]:
    """Position in `joined` -> id of the contract it continues.

    Same account, line, currency and start first; then the contract most of its periods are linked to.
    """
    free = {c.key: c.id for c in contracts if c.joined}
    found = {i: free.pop(contract.key) for i, contract in enumerate(joined) if contract.key in free}
    left = set(free.values())
    for i, contract in enumerate(joined):
        if i in found:
            continue
        votes = Counter(links.get(p) for p in contract.period_ids if links.get(p) in left)
        if votes:
            best = min(votes, key=lambda contract_id: (-votes[contract_id], contract_id))
            found[i] = best
            left.discard(best)
    return found

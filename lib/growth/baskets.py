"""Which product goes with which: how many holders of one also hold another; pure."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations


@dataclass(frozen=True)
class Baskets:
    """`holders` of each product, and for each ordered pair how many hold both."""

    holders: Mapping[str, int]
    together: Mapping[tuple[str, str], int]


def count(held: Mapping[int, Collection[str]]) -> Baskets:
    """Counted over accounts: account id -> its products."""
    holders, together = Counter(), Counter()
    for products in held.values():
        holders.update(products)
        together.update(permutations(sorted(products), 2))
    return Baskets(holders, together)


def nearest(
    products: Collection[str], baskets: Baskets, least_holders: int
) -> tuple[str, Decimal, int] | None:
    """The product an account lacks that the largest share of holders of one of its products have, with that
    share (three decimals) and the holders it is a share of; None when nobody has anything else.

    The account itself is no evidence: it holds the one and lacks the other, and so only lowers the share.
    Products held by fewer than `least_holders` say nothing.
    """
    best: tuple[Decimal, int, str] | None = None
    for one in products:
        holders = baskets.holders.get(one, 0)
        if holders < least_holders:
            continue
        for other in baskets.holders:
            if other not in products:
                share = Decimal(baskets.together.get((one, other), 0)) / holders
                found = (share.quantize(Decimal("0.001")), holders, other)
                best = max(best, found) if best else found
    return (best[2], best[0], best[1]) if best and best[0] > 0 else None

"""What a quantity costs under tiered prices: volume, graduated and package; exact, never rounded here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lib.errors import Invalid


@dataclass(frozen=True)
class Tier:
    """A price step. `first` is the first unit of the step; `flat` is charged once when it is reached."""

    first: Decimal
    unit: Decimal
    flat: Decimal = Decimal(0)


def check_tiers(tiers: Sequence[Tier]) -> None:
    """Raises Invalid unless the steps rise from 0 or 1 and no price is negative."""
    starts = [tier.first for tier in tiers]
    rising = all(a < b for a, b in zip(starts, starts[1:], strict=False))
    if not tiers or starts[0] > 1 or starts[0] < 0 or not rising:
        raise Invalid("tiers_not_rising")
    if any(tier.unit < 0 or tier.flat < 0 for tier in tiers):
        raise Invalid("price_negative")


def tier_reached(tiers: Sequence[Tier], quantity: Decimal) -> Tier:
    """The step a quantity falls into; below the first step counts as the first."""
    reached = tiers[0]
    for tier in tiers:
        if quantity >= tier.first:
            reached = tier
    return reached


def volume(tiers: Sequence[Tier], quantity: Decimal) -> Decimal:
    """The whole quantity at the price of the step reached."""
    tier = tier_reached(tiers, quantity)
    return tier.flat + tier.unit * quantity


def graduated(tiers: Sequence[Tier], quantity: Decimal) -> Decimal:
    """Each unit at the price of its own step; the flat amount of every step that was entered."""
    total = Decimal(0)
    for position, tier in enumerate(tiers):
        below = max(tier.first - 1, Decimal(0))
        following = tiers[position + 1].first - 1 if position + 1 < len(tiers) else quantity
        inside = max(min(quantity, following) - below, Decimal(0))
        total += inside * tier.unit + (tier.flat if inside else 0)
    return total


def package(quantity: Decimal, *, size: Decimal, price: Decimal, free: Decimal = Decimal(0)) -> Decimal:
    """A started package counts whole; `free` units come first."""
    if size <= 0:
        raise Invalid("package_size")
    charged = max(quantity - free, Decimal(0))
    started = charged // size + (1 if charged % size else 0)
    return started * price


def package_tiers(tiers: Sequence[Tier], quantity: Decimal, *, size: Decimal) -> Decimal:
    """Packages counted inside each step, whose price is that of a package; a started one counts whole."""
    total = Decimal(0)
    for position, tier in enumerate(tiers):
        below = max(tier.first - 1, Decimal(0))
        if quantity <= below:
            break
        end = tiers[position + 1].first - 1 if position + 1 < len(tiers) else quantity
        total += tier.flat + package(min(quantity, end) - below, size=size, price=tier.unit)
    return total


def one_more_is_cheaper(tiers: Sequence[Tier], quantity: Decimal) -> Tier | None:
    """The next step when buying up to it costs no more than staying below it (a volume cliff)."""
    for tier in tiers:
        if tier.first > quantity:
            return tier if volume(tiers, tier.first) <= volume(tiers, quantity) else None
    return None

"""What somebody asks a price for: lines and what holds for the whole quote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from lib.pricing.choices import Choices, Contracted, Cut, Names, RampYear, Span
from lib.pricing.price_book import Bundle, Item

ZERO = Decimal(0)


@dataclass(frozen=True)
class LineRequest:
    """What somebody asks for: an item, how many, and a discount on this line (share, 0 to 1).

    price: a price of its own per unit. contracted: takes the place of list price and volume steps. premium: a
    share on top. gift: at no price, shown with its list value. bundle: the code of the bundle it is part of.
    named: the lines a share is taken of. ramp: quantity and price by year. span: a period of its own. locked:
    the item as it was when its price was locked, before it rose.
    """

    item: Item
    quantity: Decimal
    discount: Decimal = ZERO
    price: Decimal | None = None
    contracted: Contracted | None = None
    premium: Decimal = ZERO
    gift: bool = False
    bundle: str | None = None
    offer: Cut | None = None
    named: Names | None = None
    ramp: tuple[RampYear, ...] = ()
    span: Span | None = None
    locked: Item | None = None

    @property
    def free(self) -> bool:
        return self.gift or self.item.kind == "gift"


@dataclass(frozen=True)
class Terms:
    """What holds for the whole quote. `discount` is discretionary, a share from 0 to 1.

    choices: see pricing.choices. bundles: those on offer, by code. span: all recurring lines end together,
    with a running contract. beside: what other departments of the parent hold of each item; it counts when a
    volume step is chosen, and costs nothing here.
    """

    months: int
    prepaid: bool = False
    discount: Decimal = ZERO
    choices: Choices = Choices()
    bundles: Mapping[str, Bundle] = field(default_factory=dict)
    span: Span | None = None
    beside: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def commitment(self) -> int:
        """Whole months the customer commits to: what a term table counts."""
        return self.months if self.span is None else self.span.numerator // self.span.denominator

    @property
    def period(self) -> Span:
        """The time recurring lines are charged for, in months."""
        return self.span or Span("term", self.months, 1)

"""From list price to net price, step by step: list, volume, term, prepay, line discount, quote discount.

Each step multiplies what the step before left over, exactly. A line is rounded once, half away from zero;
the discount on the whole quote is rounded once and spread over the lines by largest remainder, so that
lines add up to the total to the last minor unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from lib.money import from_minor, round_to, spread, to_minor
from lib.pricing.price_book import Item
from lib.pricing.terms import TermPolicy
from lib.pricing.tiers import graduated, tier_reached

ONE = Decimal(1)
SHARE_PLACES = 12


@dataclass(frozen=True)
class LineRequest:
    """What somebody asks for: an item, how many, and a discount on this line (share, 0 to 1)."""

    item: Item
    quantity: Decimal
    discount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Terms:
    """What holds for the whole quote. `discount` is discretionary, a share from 0 to 1."""

    months: int
    prepaid: bool = False
    discount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Step:
    """One step of the waterfall: the rule that ran, what went in and what came out (exact amounts)."""

    rule: str
    before: Decimal
    after: Decimal
    rate: Decimal | None = None  # the share this step took off


@dataclass(frozen=True)
class PricedLine:
    """Amounts cover the whole term. `exact_list` and `exact_net` are unrounded."""

    request: LineRequest
    steps: tuple[Step, ...]
    list_minor: int
    net_minor: int
    cost_minor: int
    exact_list: Decimal
    exact_net: Decimal

    @property
    def discount(self) -> Decimal:
        """The combined discount of the line as the paper shows it."""
        return share_off(self.exact_list, self.exact_net)


@dataclass(frozen=True)
class Priced:
    """A priced quote; minor units of `currency`, over the whole term unless said otherwise."""

    currency: str
    months: int
    lines: tuple[PricedLine, ...]
    list_minor: int
    net_minor: int
    cost_minor: int
    arr_minor: int

    def exact(self, *, recurring: bool) -> tuple[Decimal, Decimal]:
        """(list, net) before rounding, of recurring or of one-off lines."""
        chosen = [line for line in self.lines if line.request.item.recurring is recurring]
        with localcontext(prec=100):
            return (
                sum((line.exact_list for line in chosen), Decimal(0)),
                sum((line.exact_net for line in chosen), Decimal(0)),
            )

    @property
    def effective_discount(self) -> Decimal:
        """1 − net ÷ (list price × months × quantity) over the recurring lines, 12 places; 0 without any."""
        return share_off(*self.exact(recurring=True))

    @property
    def margin(self) -> Decimal | None:
        """(net − cost) ÷ net over all lines; None when nothing is charged."""
        return Decimal(self.net_minor - self.cost_minor) / self.net_minor if self.net_minor else None

    def without_cost(self) -> "Priced":
        """The same prices with every cost taken out, for people who may not see it."""
        lines = tuple(
            replace(line, cost_minor=0, request=replace(line.request, item=line.request.item.without_cost()))
            for line in self.lines
        )
        return replace(self, lines=lines, cost_minor=0)

    def arr_by_line(self) -> list[int]:
        """The ARR of each line; 0 for one-off lines; adds up to `arr_minor` exactly."""
        weights = [line.net_minor if line.request.item.recurring else 0 for line in self.lines]
        if not any(weights):
            return [0] * len(weights)
        return spread(self.arr_minor, weights)


def share_off(before: Decimal, after: Decimal) -> Decimal:
    """1 − after ÷ before, 12 places; 0 when there was nothing to take off."""
    return round_to(ONE - after / before, SHARE_PLACES) if before else Decimal(0)


def price(requests: Sequence[LineRequest], terms: Terms, policy: TermPolicy, currency: str) -> Priced:
    """The whole waterfall. Raises Invalid for a term the policy does not know."""
    with localcontext(prec=100):  # wide enough that no product of prices and factors is ever cut
        walks = [_walk(request, terms, policy) for request in requests]
        for position, request in enumerate(requests):
            if request.item.rule.share:
                walks[position] = _walk_share(request, requests, walks)
        subtotals = [to_minor(steps[-1].after, currency) for steps in walks]
        off = to_minor(from_minor(sum(subtotals), currency) * terms.discount, currency)
        taken = spread(off, subtotals) if subtotals else []
        lines = tuple(
            _finish(request, steps, subtotal, cut, terms, currency, _cost(request, terms, walks, requests))
            for request, steps, subtotal, cut in zip(requests, walks, subtotals, taken, strict=True)
        )
        recurring = sum(line.net_minor for line in lines if line.request.item.recurring)
        arr = to_minor(from_minor(recurring, currency) * 12 / terms.months, currency)
    return Priced(currency, terms.months, lines,
                  list_minor=sum(line.list_minor for line in lines),
                  net_minor=sum(line.net_minor for line in lines),
                  cost_minor=sum(line.cost_minor for line in lines), arr_minor=arr)  # fmt: skip


def _walk(request: LineRequest, terms: Terms, policy: TermPolicy) -> list[Step]:
    item, quantity = request.item, request.quantity
    times = terms.months if item.rule.monthly else 1
    if item.rule.tiers == "graduated":
        start = graduated(item.tiers, quantity) * times
    else:
        start = item.list_price * quantity * times
    steps = [Step("list", start, start)]
    if item.rule.tiers == "volume" and item.tiers:
        tier = tier_reached(item.tiers, quantity)
        after = tier.unit * quantity * times
        if after != start:
            steps.append(Step(f"volume-{int(tier.first)}", start, after, share_off(start, after)))
    if item.recurring:
        for rule, rate in policy.rates(terms.months, prepaid=terms.prepaid):
            _take(steps, rule, rate)
    _take(steps, "line-discount", request.discount)
    return steps


def _walk_share(
    request: LineRequest, requests: Sequence[LineRequest], walks: Sequence[list[Step]]
) -> list[Step]:
    """A share of what the other lines come to: at list from their list, then with their discounts."""
    others = [w for r, w in zip(requests, walks, strict=True) if not r.item.rule.share]
    factor = request.item.list_price * request.quantity
    start = factor * sum((w[0].before for w in others), Decimal(0))
    after = factor * sum((w[-1].after for w in others), Decimal(0))
    steps = [Step("list", start, start)]
    if after != start:
        steps.append(Step("follows-lines", start, after, share_off(start, after)))
    _take(steps, "line-discount", request.discount)
    return steps


def _take(steps: list[Step], rule: str, rate: Decimal) -> None:
    if rate:
        before = steps[-1].after
        steps.append(Step(rule, before, before * (ONE - rate), rate))


def _cost(
    request: LineRequest, terms: Terms, walks: Sequence[list[Step]], requests: Sequence[LineRequest]
) -> Decimal:
    item = request.item
    if item.rule.share:
        others = (w[0].before for r, w in zip(requests, walks, strict=True) if not r.item.rule.share)
        return item.unit_cost * request.quantity * sum(others, Decimal(0))
    return item.unit_cost * request.quantity * (terms.months if item.rule.monthly else 1)


def _finish(
    request: LineRequest, steps: list[Step], subtotal: int, cut: int, terms: Terms, currency: str,
    cost: Decimal,
) -> PricedLine:  # fmt: skip
    """Round the line once, take its part of the quote discount, close with the net price."""
    exact_list, unrounded = steps[0].before, steps[-1].after
    rounded = from_minor(subtotal, currency)
    done = list(steps)
    if rounded != unrounded:
        done.append(Step("rounding", unrounded, rounded))
    net = from_minor(subtotal - cut, currency)
    if terms.discount:
        done.append(Step("quote-discount", rounded, net, terms.discount))
    done.append(Step("net", net, net))
    return PricedLine(request, tuple(done), to_minor(exact_list, currency), subtotal - cut,
                      to_minor(cost, currency), exact_list, unrounded * (ONE - terms.discount))  # fmt: skip

"""The steps of one line of a quote, exact and unrounded, in the order stated in waterfall."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from lib.errors import Invalid
from lib.money import round_to
from lib.pricing.asked import LineRequest, Terms
from lib.pricing.choices import Contracted, Cut, Span
from lib.pricing.price_book import Bundle, Item
from lib.pricing.terms import TermPolicy
from lib.pricing.tiers import graduated, package, package_tiers, tier_reached

ZERO, ONE = Decimal(0), Decimal(1)
SHARE_PLACES = 12
ONCE = Span("once", 1, 1)
NOTHING: Mapping[str, Decimal] = {}


@dataclass(frozen=True)
class Step:
    """One step of the waterfall: the rule that ran, what went in and what came out (exact amounts)."""

    rule: str
    before: Decimal
    after: Decimal
    rate: Decimal | None = None  # the share this step took off; below zero where it added


@dataclass(frozen=True)
class Part:
    """A stretch of a line with one quantity: months as a fraction, and a price of its own or None."""

    quantity: Decimal
    price: Decimal | None
    months: int
    over: int

    def times(self, amount: Decimal) -> Decimal:
        return amount * self.months / self.over


@dataclass(frozen=True)
class Walk:
    """A line before rounding. `base` is what discounts are measured against."""

    request: LineRequest
    steps: tuple[Step, ...]
    base: Decimal
    gift: Decimal
    cost: Decimal
    span: Span
    by_year: tuple[tuple[int, Decimal], ...] = ()  # a ramp: months and amount of each year

    @property
    def after(self) -> Decimal:
        return self.steps[-1].after


def share_off(before: Decimal, after: Decimal) -> Decimal:
    """1 − after ÷ before, 12 places; 0 when there was nothing to take off."""
    if not before:
        return ZERO
    with localcontext(prec=100):
        return round_to(ONE - after / before, SHARE_PLACES)


def pools(requests: Sequence[LineRequest], beside: Mapping[str, Decimal] = NOTHING) -> dict[str, Decimal]:
    """How many of each item a quote holds over all its lines, and its sister departments `beside` it: they
    reach their volume together."""
    found: dict[str, Decimal] = defaultdict(Decimal, beside)
    for request in requests:
        if not request.free:
            found[request.item.code] += request.quantity
    return found


def bundle_factors(
    requests: Sequence[LineRequest], bundles: Mapping[str, Bundle]
) -> dict[str, tuple[Decimal, Decimal]]:
    """What each bundle on the quote leaves of a price, as numerator and denominator.

    Raises Invalid for an unknown bundle, or one whose parts are not there in their proportion.
    """
    held: dict[str, dict[str, Decimal]] = {}
    prices: dict[str, Decimal] = {}
    for request in requests:
        if request.bundle is not None:
            parts = held.setdefault(request.bundle, defaultdict(Decimal))
            parts[request.item.code] += request.quantity
            prices[request.item.code] = request.item.list_price
    factors = {}
    for code, parts in held.items():
        bundle = bundles.get(code)
        if bundle is None:
            raise Invalid("bundle_unknown", bundle=code)
        wanted = dict(bundle.parts)
        if set(parts) != set(wanted) or len({parts[item] / wanted[item] for item in wanted}) > 1:
            raise Invalid("bundle_incomplete", bundle=code)
        if bundle.fixed_price is None:
            factors[code] = (ONE - (bundle.saving or ZERO), ONE)
        else:
            apart = sum((prices[item] * quantity for item, quantity in wanted.items()), ZERO)
            factors[code] = (bundle.fixed_price, apart) if apart else (ONE, ONE)
    return factors


def walk(
    request: LineRequest, terms: Terms, policy: TermPolicy,
    cuts: Sequence[tuple[str, Decimal, Decimal]], pooled: Mapping[str, Decimal],
    factors: Mapping[str, tuple[Decimal, Decimal]],
) -> Walk:  # fmt: skip
    """All steps of a line that is not a share of others, up to its own discount."""
    item = request.item
    span = (request.span or terms.period) if item.rule.monthly else ONCE
    parts = _parts(request, terms, span)
    start = _over(parts, [_tariff(item, part.quantity) for part in parts])
    cost = _over(parts, [item.unit_cost * part.quantity for part in parts])
    steps = [Step("list", start, start)]
    if request.free:
        steps.append(Step("gift", start, ZERO, ONE if start else None))
        return Walk(request, tuple(steps), ZERO, start, cost, span)
    base, by_year = _own_prices(request, parts, steps, pooled)
    _add(steps, "value-premium", policy.premium(request.premium))
    if terms.choices.all_in:
        _add(steps, "all-in", policy.all_in(terms.choices.all_in))
    if item.recurring:
        for rule, above, below in cuts:
            _part_of(steps, rule, above, below)
    if request.bundle is not None:
        _part_of(steps, f"bundle-{request.bundle}", *factors[request.bundle])
    if request.offer is not None:
        _offer(steps, request.offer, span, request)
    _take(steps, "line-discount", request.discount)
    return Walk(request, tuple(steps), base, ZERO, cost, span, by_year if request.ramp else ())


def walk_share(request: LineRequest, at_list: Decimal, net: Decimal) -> tuple[list[Step], Decimal]:
    """The steps of a share of other lines, and its list value where it is a gift."""
    steps = [Step("list", at_list, at_list)]
    if request.free:
        steps.append(Step("gift", at_list, ZERO, ONE if at_list else None))
        return steps, at_list
    if net != at_list:
        steps.append(Step("follows-lines", at_list, net, share_off(at_list, net)))
    _take(steps, "line-discount", request.discount)
    return steps, ZERO


def _parts(request: LineRequest, terms: Terms, span: Span) -> list[Part]:
    """The line cut where its quantity or price changes; one-off lines have no length."""
    if not request.ramp:
        return [Part(request.quantity, None, span.numerator, span.denominator)]
    years = -(-terms.months // 12)
    if span.denominator != 1 or span.numerator != terms.months or not request.item.rule.monthly:
        raise Invalid("ramp_needs_whole_term", item=request.item.code)
    if [entry.year for entry in request.ramp] != list(range(1, years + 1)):
        raise Invalid("ramp_years", item=request.item.code, years=years)
    return [
        Part(entry.quantity, entry.price, min(12, terms.months - 12 * (entry.year - 1)), 1)
        for entry in request.ramp
    ]


def _tariff(item: Item, quantity: Decimal) -> Decimal:
    """What the price book asks for a quantity, for one month or once; volume steps come later."""
    mode = item.mode
    if mode == "graduated":
        return graduated(item.tiers, quantity)
    if mode == "package":
        size, free = item.package_size or ONE, item.free_units
        if item.tiers:
            return package_tiers(item.tiers, max(quantity - free, ZERO), size=size)
        return package(quantity, size=size, price=item.list_price, free=free)
    return item.list_price * quantity


def _own_prices(
    request: LineRequest, parts: Sequence[Part], steps: list[Step], pooled: Mapping[str, Decimal]
) -> tuple[Decimal, tuple[tuple[int, Decimal], ...]]:
    """Volume steps, a contracted price, a price of its own, prices by year. What discounts are measured
    against (the list price, or the contracted, worked-out or locked price in its place), and what each part
    is."""
    item = request.locked or request.item
    if request.contracted is not None:
        units = [_unit(request.contracted, part.quantity) * part.quantity for part in parts]
        base = _become(steps, "contracted", parts, units)
    elif request.price is not None and item.priced_by_seller:
        units = [request.price * part.quantity for part in parts]
        base = _become(steps, "worked-out", parts, units)
    else:
        base = steps[0].after
        units = [_tariff(item, part.quantity) for part in parts]
        if request.locked is not None:
            base = _become(steps, "price-lock", parts, units)
        if item.mode == "volume" and item.tiers:
            units = _volume(item, request, parts, steps, pooled)
        if request.price is not None:
            units = [request.price * part.quantity for part in parts]
            _become(steps, "own-price", parts, units)
    if any(part.price is not None for part in parts):
        units = [
            unit if part.price is None else part.price * part.quantity
            for part, unit in zip(parts, units, strict=True)
        ]
        _become(steps, "ramp", parts, units)
    return base, tuple((part.months, part.times(unit)) for part, unit in zip(parts, units, strict=True))


def _unit(agreed: Contracted, quantity: Decimal) -> Decimal:
    return tier_reached(agreed.tiers, quantity).unit if agreed.tiers else agreed.price


def _volume(
    item: Item, request: LineRequest, parts: Sequence[Part], steps: list[Step], pooled: Mapping[str, Decimal]
) -> list[Decimal]:
    """The whole quantity at the price of the step reached by everything the quote holds of the item."""
    others = pooled[item.code] - request.quantity
    reached = [tier_reached(item.tiers, part.quantity + others) for part in parts]
    units = [tier.unit * part.quantity + tier.flat for part, tier in zip(parts, reached, strict=True)]
    before, after = steps[-1].after, _over(parts, units)
    if after != before:
        first = int(max(tier.first for tier in reached))
        steps.append(Step(f"volume-{first}", before, after, share_off(before, after)))
    return units


def _become(steps: list[Step], rule: str, parts: Sequence[Part], amounts: Sequence[Decimal]) -> Decimal:
    before, after = steps[-1].after, _over(parts, amounts)
    steps.append(Step(rule, before, after, share_off(before, after) if before else None))
    return after


def _over(parts: Sequence[Part], amounts: Sequence[Decimal]) -> Decimal:
    """Monthly amounts of the parts over their months."""
    return sum((part.times(amount) for part, amount in zip(parts, amounts, strict=True)), ZERO)


def _offer(steps: list[Step], offer: Cut, span: Span, request: LineRequest) -> None:
    """The share off, then the months without charge: the rest of the period is what is paid."""
    _take(steps, f"offer-{offer.code}", offer.rate)
    if offer.free_months and request.item.rule.monthly:
        paid = span.numerator - offer.free_months * span.denominator
        if paid <= 0:
            raise Invalid("offer_months_short", months=offer.free_months, item=request.item.code)
        _part_of(steps, f"free-months-{offer.free_months}", Decimal(paid), Decimal(span.numerator))


def _take(steps: list[Step], rule: str, rate: Decimal) -> None:
    if rate:
        before = steps[-1].after
        steps.append(Step(rule, before, before * (ONE - rate), rate))


def _add(steps: list[Step], rule: str, premium: Decimal) -> None:
    _take(steps, rule, -premium)


def _part_of(steps: list[Step], rule: str, above: Decimal, below: Decimal) -> None:
    if above != below:
        before = steps[-1].after
        steps.append(Step(rule, before, before * above / below, round_to(ONE - above / below, SHARE_PLACES)))

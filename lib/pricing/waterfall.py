"""From list price to net price, step by step, in one stated order: list, volume, contracted, premium, term,
prepay, bundle, window offer, line discount, quote discount, coupon, net.

Each step multiplies what the step before left over, exactly. A line is rounded once, half away from zero;
the discount on the whole quote and a coupon are rounded once and spread over the lines by largest remainder,
so that lines add up to the total to the last minor unit. Shares of other lines come last, on their net.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from lib.errors import Invalid
from lib.money import from_minor, round_to, spread, to_minor
from lib.pricing.asked import LineRequest, Terms
from lib.pricing.choices import Choices, Names, Span
from lib.pricing.price_book import Bundle
from lib.pricing.terms import TermPolicy
from lib.pricing.walk import Step, Walk, bundle_factors, pools, share_off, walk, walk_share

ZERO, ONE = Decimal(0), Decimal(1)
EXACT_PLACES = 30  # compared to this many places: quotients are cut far behind them


@dataclass(frozen=True)
class PricedLine:
    """Amounts cover the whole term. `exact_list` and `exact_net` are unrounded; a gift has none, its list
    value stands in `gift_minor`."""

    request: LineRequest
    steps: tuple[Step, ...]
    list_minor: int
    net_minor: int
    cost_minor: int
    exact_list: Decimal
    exact_net: Decimal
    gift_minor: int
    span: Span
    by_year: tuple[tuple[int, Decimal], ...] = ()  # a ramp: months and amount of each year, before discounts

    @property
    def discount(self) -> Decimal:
        """The combined discount of the line as the paper shows it."""
        return share_off(self.exact_list, self.exact_net)

    @property
    def recurring(self) -> bool:
        """Counts as recurring revenue: not a gift, not one-off."""
        return self.request.item.recurring and not self.request.free


@dataclass(frozen=True)
class BundleView:
    """A bundle on a quote: what its parts come to before and with it, over the term."""

    bundle: Bundle
    apart_minor: int
    together_minor: int
    share: Decimal


@dataclass(frozen=True)
class Priced:
    """A priced quote; minor units of `currency`, over the whole term unless said otherwise.

    `months`: the commitment in whole months. `table_rate`: the share off that the term table gives by itself,
    approved in advance. `cashback_minor`: paid back later, part of the cost.
    """

    currency: str
    months: int
    lines: tuple[PricedLine, ...]
    list_minor: int
    net_minor: int
    cost_minor: int
    arr_minor: int
    period: Span
    table_rate: Decimal
    bundles: tuple[BundleView, ...]
    cashback_minor: int

    def exact(self, *, recurring: bool) -> tuple[Decimal, Decimal]:
        """(list, net) before rounding, of recurring or of one-off lines; gifts count in neither."""
        chosen = [line for line in self.lines if line.request.item.recurring is recurring]
        with localcontext(prec=100):
            return (
                round_to(sum((line.exact_list for line in chosen), ZERO), EXACT_PLACES),
                round_to(sum((line.exact_net for line in chosen), ZERO), EXACT_PLACES),
            )

    @property
    def effective_discount(self) -> Decimal:
        """1 − net ÷ (list price × months × quantity) over the recurring lines, 12 places; 0 without any."""
        return share_off(*self.exact(recurring=True))

    @property
    def gift_minor(self) -> int:
        """All gifts at list value."""
        return sum(line.gift_minor for line in self.lines)

    @property
    def monthly_minor(self) -> int:
        """What the whole quote comes to a month of its term."""
        net = from_minor(self.net_minor, self.currency)
        return to_minor(net * self.period.denominator / self.period.numerator, self.currency)

    @property
    def margin(self) -> Decimal | None:
        """(net − cost) ÷ net over all lines; None when nothing is charged."""
        return Decimal(self.net_minor - self.cost_minor) / self.net_minor if self.net_minor else None

    def without_cost(self) -> "Priced":
        """The same prices with every cost taken out, for people who may not see it."""
        items = {line.request.item.code: line.request.item.without_cost() for line in self.lines}
        lines = tuple(
            replace(line, cost_minor=0, request=replace(line.request, item=items[line.request.item.code]))
            for line in self.lines
        )
        return replace(self, lines=lines, cost_minor=0)

    def arr_by_line(self) -> list[int]:
        """The ARR of each line; 0 for one-off lines; adds up to `arr_minor` exactly."""
        weights = [
            Decimal(line.net_minor) * line.span.denominator / line.span.numerator if line.recurring else ZERO
            for line in self.lines
        ]
        if not any(weights):
            return [0] * len(weights)
        return spread(self.arr_minor, weights)


def price(requests: Sequence[LineRequest], terms: Terms, policy: TermPolicy, currency: str) -> Priced:
    """The whole waterfall. Raises Invalid for a term or choice the policy does not know."""
    with localcontext(prec=100):  # wide enough that no product of prices and factors is ever cut
        cuts = policy.cuts(terms.commitment, prepaid=terms.prepaid, choices=terms.choices,
                           odd=terms.span is not None)  # fmt: skip
        _require_service(requests, terms.choices)
        factors, pooled = bundle_factors(requests, terms.bundles), pools(requests, terms.beside)
        walks = [
            None if r.item.rule.share else walk(r, terms, policy, cuts, pooled, factors) for r in requests
        ]
        plain = [w for w in walks if w is not None]
        subtotals = [to_minor(w.after, currency) for w in plain]
        after_quote = _spread_discount(subtotals, terms, currency)
        nets = _spread_coupon(after_quote, terms, currency)
        done = iter(zip(plain, subtotals, after_quote, nets, strict=True))
        lines = [None if w is None else _finish(*next(done), terms, currency) for w in walks]
        ready = [line for line in lines if line is not None]
        for position, request in enumerate(requests):
            if lines[position] is None:
                lines[position] = _finish_share(request, ready, terms, currency)
        return _sum_up(tuple(lines), terms, policy, currency, factors)


def _require_service(requests: Sequence[LineRequest], choices: Choices) -> None:
    """A free service instead of the prepay discount stands on the quote as a gift."""
    wanted = choices.prepay_service
    if wanted and not any(r.free and r.item.code == wanted for r in requests):
        raise Invalid("prepay_service_missing", item=wanted)


def _spread_discount(subtotals: Sequence[int], terms: Terms, currency: str) -> list[int]:
    """What the discount on the whole quote leaves of each line."""
    if not subtotals or not terms.discount:
        return list(subtotals)
    off = to_minor(from_minor(sum(subtotals), currency) * terms.discount, currency)
    return [part - cut for part, cut in zip(subtotals, spread(off, subtotals), strict=True)]


def _spread_coupon(amounts: Sequence[int], terms: Terms, currency: str) -> list[int]:
    coupon = terms.choices.coupon_minor
    if not coupon:
        return list(amounts)
    if min(coupon, sum(amounts) - coupon) < 0:
        raise Invalid("coupon_too_large", amount=from_minor(coupon, currency))
    return [part - cut for part, cut in zip(amounts, spread(coupon, amounts), strict=True)]


def _finish(
    done: Walk, subtotal: int, discounted: int, net_minor: int, terms: Terms, currency: str
) -> PricedLine:
    """Round the line once, take its part of quote discount and coupon, close with the net price."""
    steps, unrounded = list(done.steps), done.after
    rounded = from_minor(subtotal, currency)
    if rounded != unrounded:
        steps.append(Step("rounding", unrounded, rounded))
    exact_net = unrounded
    after = from_minor(discounted, currency)
    if terms.discount:
        steps.append(Step("quote-discount", rounded, after, terms.discount))
        exact_net *= ONE - terms.discount
    net = from_minor(net_minor, currency)
    if terms.choices.coupon_minor:
        steps.append(Step("coupon", after, net, share_off(after, net)))
        exact_net = exact_net * net_minor / discounted if discounted else ZERO
    steps.append(Step("net", net, net))
    cost = done.cost + done.request.item.partner_share * net
    return PricedLine(done.request, tuple(steps), to_minor(done.base, currency), net_minor,
                      to_minor(cost, currency), done.base, exact_net,
                      to_minor(done.gift, currency), done.span, done.by_year)  # fmt: skip


def _finish_share(
    request: LineRequest, ready: Sequence[PricedLine], terms: Terms, currency: str
) -> PricedLine:
    """A share of the net of the lines it names; their discounts are in it already."""
    named = request.named or request.item.named or Names()
    held = [line for line in ready if named.hold(line.request.item.code, line.request.item.group)]
    factor = request.item.list_price * request.quantity
    at_list = factor * sum((line.exact_list for line in held), ZERO)
    net = factor * from_minor(sum(line.net_minor for line in held), currency)
    steps, gift = walk_share(request, at_list, net)
    kept = ZERO if request.free else ONE
    net_minor = to_minor(steps[-1].after, currency)
    rounded = from_minor(net_minor, currency)
    if rounded != steps[-1].after:
        steps.append(Step("rounding", steps[-1].after, rounded))
    steps.append(Step("net", rounded, rounded))
    base = request.item.unit_cost * request.quantity * sum((line.exact_list for line in held), ZERO)
    exact = factor * sum((line.exact_net for line in held), ZERO) * (ONE - request.discount) * kept
    return PricedLine(request, tuple(steps), to_minor(at_list * kept, currency), net_minor,
                      to_minor(base + request.item.partner_share * rounded, currency), at_list * kept, exact,
                      to_minor(gift, currency), terms.period)  # fmt: skip


def _sum_up(
    lines: tuple[PricedLine, ...], terms: Terms, policy: TermPolicy, currency: str,
    factors: Mapping[str, tuple[Decimal, Decimal]],
) -> Priced:  # fmt: skip
    by_period: dict[tuple[int, int], int] = defaultdict(int)
    for line in lines:
        if line.recurring:
            by_period[line.span.numerator, line.span.denominator] += line.net_minor
    yearly = sum((from_minor(net, currency) * 12 * below / above for (above, below), net
                  in by_period.items()), ZERO)  # fmt: skip
    cashback = terms.choices.cashback_minor
    return Priced(currency, terms.commitment, lines,
                  list_minor=sum(line.list_minor for line in lines),
                  net_minor=sum(line.net_minor for line in lines),
                  cost_minor=sum(line.cost_minor for line in lines) + cashback,
                  arr_minor=to_minor(yearly, currency), period=terms.period,
                  table_rate=policy.table_rate(terms.commitment, terms.choices),
                  bundles=tuple(_bundle_view(terms.bundles[code], lines, currency) for code in factors),
                  cashback_minor=cashback)  # fmt: skip


def _bundle_view(bundle: Bundle, lines: Sequence[PricedLine], currency: str) -> BundleView:
    """Apart and together, as the bundle's own step found and left its parts."""
    steps = [step for line in lines if line.request.bundle == bundle.code
             for step in line.steps if step.rule == f"bundle-{bundle.code}"]  # fmt: skip
    apart, together = (sum((getattr(step, side) for step in steps), ZERO) for side in ("before", "after"))
    return BundleView(
        bundle, to_minor(apart, currency), to_minor(together, currency), share_off(apart, together)
    )

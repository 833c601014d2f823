"""What an account should buy more of, less of, or differently: proposals with their numbers; pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from lib.errors import Conflict, Invalid

REASON_MAX = 1000


class Kind(StrEnum):
    RIGHT_SIZE = "right_size"  # fewer seats than are paid for are used
    NEAR_FULL = "near_full"  # nearly all seats are used
    PLAN_FIT = "plan_fit"  # monthly sales fit a higher plan
    UNUSED_MODULES = "unused_modules"  # key features of the plan that nobody touches
    NEXT_PRODUCT = "next_product"  # what accounts with the same products also have
    RISING_INTEREST = "rising_interest"  # one feature is used much more than before
    MULTI_YEAR = "multi_year"  # stays anyway: worth a longer term
    DEDICATED_TEAM = "dedicated_team"  # holds many products
    REFERRAL = "referral"  # holds several products and is well


class Status(StrEnum):
    OPEN = "open"
    HELD = "held"  # brings too little for what following it up costs
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    LAPSED = "lapsed"


DISMISSALS = ("not_now", "already_agreed", "customer_declined", "data_wrong", "other")
# The levels of the seller tools, low to high: the edges of monthly sales are theirs alone. The SaaS plans
# have names of their own and no such edges (T8).
LEVELS = ("free", "basic", "premium", "enterprise")


@dataclass(frozen=True)
class Limits:
    """The numbers of policy "growth", and those of "plans" and "segments" that say what fits whom."""

    headroom: Decimal
    tight_share: Decimal
    least_saved: int  # seats under which fewer are not worth a talk
    wasted_share: Decimal  # of seats in use, up to which a plan is too large: users_to / seats of the example
    unused_days: int
    quiet_days: int
    rising_ratio: Decimal
    rising_least: int
    next_least_share: Decimal
    next_least_holders: int
    years_least: int
    hold_least: int
    ahead_days: int
    premium_from: Decimal
    premium_signal: Decimal
    enterprise_above: Decimal
    fee_from: Decimal
    fee_to: Decimal
    team_products: int
    referral_products: int
    healthy_from: float
    rates: Mapping[str, Decimal]
    effort_usd: Decimal
    roi_floor: Decimal

    @classmethod
    def of(
        cls, growth: Mapping[str, Any], plans: Mapping[str, Any], segments: Mapping[str, Any], healthy: Any,
        roi_floor: Any,
    ) -> "Limits":  # fmt: skip
        """From the policy documents growth, plans and segments; `healthy` is health's bands.healthy_from,
        `roi_floor` monitoring's of a campaign."""
        seats, modules, after = growth["seats"], growth["modules"], growth["next_product"]
        fit, example, longer = plans["fit"], plans["seat_fit"], growth["multi_year"]
        return cls(
            Decimal(seats["headroom"]), Decimal(seats["tight_share"]), int(seats["least_saved"]),
            Decimal(example["users_to"]) / Decimal(example["seats"]),
            int(modules["unused_days"]), int(example["quiet_days"]),
            Decimal(modules["rising_ratio"]), int(modules["rising_least"]),
            Decimal(after["least_share"]), int(after["least_holders"]),
            int(longer["least_years"]), int(longer["least_hold"]), int(longer["ahead_days"]),
            Decimal(fit["premium_from"]), Decimal(fit["premium_signal"]), Decimal(fit["enterprise_above"]),
            Decimal(plans["affordability"]["from"]), Decimal(plans["affordability"]["to"]),
            int(segments["cross_product"]["classes_from"]), int(segments["referral"]["products_from"]),
            float(healthy), {code: Decimal(rate) for code, rate in growth["rate"].items()},
            Decimal(growth["offer"]["effort_usd"]), Decimal(roi_floor),
        )  # fmt: skip


@dataclass(frozen=True)
class Situation:
    """What is known of one account on `day`. Missing is None or empty, never 0.

    `active` and `active_before`: people seen in the last `quiet_days` and in as many days a quarter earlier;
    `sales_minor`: the customer's own sales a month. `features`: uses in the last days and in as many before;
    `seen_features`: those used within `unused_days`. `key_features`: what the plan is bought for.
    `nearest`: the product most holders of the same products also have, with share and holders.
    """

    day: date
    seats: int | None = None
    active: int | None = None
    active_before: int | None = None
    plan: str | None = None
    currency: str = "USD"
    arr_minor: int | None = None
    sales_minor: int | None = None
    products: frozenset[str] = frozenset()
    since: date | None = None
    features: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    seen_features: frozenset[str] = frozenset()
    key_features: tuple[str, ...] = ()
    nearest: tuple[str, Decimal, int] | None = None
    renews_on: date | None = None
    is_multi_year: bool = False
    health: float | None = None
    digits: int = 2  # decimals of the currency


@dataclass(frozen=True)
class Proposal:
    """One suggestion: what, towards what, the numbers behind it, and by how much ARR would change. `status`
    is open or held."""

    kind: Kind
    target: str
    evidence: dict[str, Any]
    change_minor: int | None = None
    status: Status = Status.OPEN


def propose(at: Situation, limits: Limits) -> list[Proposal]:
    """Every proposal that fits the account today, in the order of Kind."""
    return [_weighed(found, at, limits) for rule in _RULES for found in rule(at, limits)]


def _weighed(one: Proposal, at: Situation, limits: Limits) -> Proposal:
    """Held back where the ARR a year it would add is a smaller multiple of the cost of following it up than
    the floor (S1-30). What adds nothing, or nobody can say how much, is no campaign and passes."""
    rate = limits.rates.get(at.currency)
    if rate is None or not one.change_minor or one.change_minor < 0:
        return one
    times = Decimal(one.change_minor).scaleb(-at.digits) * rate / limits.effort_usd
    if times >= limits.roi_floor:
        return one
    told = {"roi": str(times.quantize(Decimal("0.1"), ROUND_FLOOR)), "floor": str(limits.roi_floor),
            "effort_usd": str(limits.effort_usd)}  # fmt: skip
    return replace(one, status=Status.HELD, evidence=one.evidence | told)


@dataclass(frozen=True)
class SeatPlan:
    """The seats a renewal starts with: the people active in the last `days` and how many more they became
    since the quarter before, with the headroom of the policy."""

    seats: int
    active: int
    before: int
    days: int
    headroom: Decimal


def seat_plan(active: int, before: int, limits: Limits) -> SeatPlan | None:
    """None where nobody was active: no number of seats follows from that."""
    if not active:
        return None
    wanted = seats_that_fit(active + max(0, active - before), limits.headroom)
    return SeatPlan(wanted, active, before, limits.quiet_days, limits.headroom)


def seats_that_fit(active: int, headroom: Decimal) -> int:
    """The people who use it and the free share above them, rounded up to whole seats; at least one."""
    return max(1, int((active * (1 + headroom)).to_integral_value(ROUND_CEILING)))


def _seats(at: Situation, limits: Limits) -> Iterable[Proposal]:
    if not at.seats or at.active is None or at.active == 0:
        return
    used = Decimal(at.active) / at.seats
    fits = seats_that_fit(at.active, limits.headroom)
    numbers = {"active": at.active, "seats": at.seats, "days": limits.quiet_days}
    if used <= limits.wasted_share and at.seats - fits >= limits.least_saved:
        yield Proposal(Kind.RIGHT_SIZE, str(fits), numbers, _per_seat(at, fits))
    elif used >= limits.tight_share:
        grown = max(0, at.active - at.active_before) if at.active_before is not None else 0
        wanted = max(fits, at.seats + 1, seats_that_fit(at.active + grown, limits.headroom))
        numbers |= {"before": at.active_before}
        yield Proposal(Kind.NEAR_FULL, str(wanted), numbers, _per_seat(at, wanted))


def _per_seat(at: Situation, seats: int) -> int | None:
    """The change of ARR at today's price a seat, rounded half away from zero once."""
    if at.arr_minor is None:
        return None
    change = Decimal(at.arr_minor) * (seats - at.seats) / at.seats
    return int(change.to_integral_value(ROUND_HALF_UP))


def _plan(at: Situation, limits: Limits) -> Iterable[Proposal]:
    rate = limits.rates.get(at.currency)
    if at.plan not in LEVELS or not at.sales_minor or rate is None:
        return
    sales = Decimal(at.sales_minor).scaleb(-at.digits) * rate
    target, edge = _fitting(sales, limits)
    if target is None or LEVELS.index(target) <= LEVELS.index(at.plan):
        return
    fee = Decimal(at.arr_minor) / 12 / at.sales_minor if at.arr_minor else None
    yield Proposal(Kind.PLAN_FIT, target, {
        "sales_minor": at.sales_minor, "currency": at.currency, "rate": str(rate), "plan": at.plan,
        "edge": str(edge), "early": edge == limits.premium_signal,
        "fee_share": None if fee is None else str(fee.quantize(Decimal("0.0001"))),
        "fee_from": str(limits.fee_from), "fee_to": str(limits.fee_to),
    })  # fmt: skip


def _fitting(sales: Decimal, limits: Limits) -> tuple[str | None, Decimal | None]:
    """The level that monthly sales (in USD) fit, and the edge they passed. At 5,000 Premium is worth
    mentioning, from 10,000 it fits, above 100,000 only Enterprise does (S2-28, S2-11, S2-12)."""
    if sales > limits.enterprise_above:
        return LEVELS[3], limits.enterprise_above
    for edge in (limits.premium_from, limits.premium_signal):
        if sales >= edge:
            return LEVELS[2], edge
    return None, None


def _modules(at: Situation, limits: Limits) -> Iterable[Proposal]:
    """Key features of the plan nobody used for long; only where the source names features at all."""
    if not at.seen_features or not at.key_features:
        return
    unused = [name for name in at.key_features if name not in at.seen_features]
    if unused:
        numbers = {"unused": unused, "of": len(at.key_features), "days": limits.unused_days}
        yield Proposal(Kind.UNUSED_MODULES, unused[0], numbers)


def _next_product(at: Situation, limits: Limits) -> Iterable[Proposal]:
    if at.nearest is None:
        return
    product, share, holders = at.nearest
    if share >= limits.next_least_share and holders >= limits.next_least_holders:
        numbers = {"share": str(share), "holders": holders, "held": sorted(at.products)}
        yield Proposal(Kind.NEXT_PRODUCT, product, numbers)


def _interest(at: Situation, limits: Limits) -> Iterable[Proposal]:
    """The feature whose use rose most; a feature that is new to the account counts from nothing."""
    rising = [
        (now - before, name, now, before)
        for name, (now, before) in at.features.items()
        if now >= limits.rising_least and now >= limits.rising_ratio * before
    ]
    if rising:
        _gain, name, now, before = max(rising, key=lambda one: (one[0], one[1]))
        yield Proposal(Kind.RISING_INTEREST, name, {"now": now, "before": before})


def _multi_year(at: Situation, limits: Limits) -> Iterable[Proposal]:
    """Long with us, deeply embedded, not shrinking, and a renewal near enough to talk about it."""
    if at.since is None or at.renews_on is None or at.is_multi_year:
        return
    years = (at.day - at.since).days // 365
    hold = len(at.products) + len(at.seen_features)
    grows = at.active is not None and at.active_before is not None and at.active >= at.active_before
    near = 0 <= (at.renews_on - at.day).days <= limits.ahead_days
    if near and grows and years >= limits.years_least and hold >= limits.hold_least:
        yield Proposal(Kind.MULTI_YEAR, at.renews_on.isoformat(), {
            "years": years, "products": len(at.products), "features": len(at.seen_features),
            "active": at.active, "before": at.active_before,
        })  # fmt: skip


def _many_products(at: Situation, limits: Limits) -> Iterable[Proposal]:
    held = len(at.products)
    if held >= limits.team_products:
        yield Proposal(Kind.DEDICATED_TEAM, "", {"products": held, "from": limits.team_products})
    if held >= limits.referral_products and (at.health or 0) >= limits.healthy_from:
        yield Proposal(Kind.REFERRAL, "", {"products": held, "health": round(at.health)})


_RULES: tuple[Callable[[Situation, Limits], Iterable[Proposal]], ...] = (
    _seats, _plan, _modules, _next_product, _interest, _multi_year, _many_products,
)  # fmt: skip


@dataclass(frozen=True)
class Hits:
    """How proposals of one kind were taken. `rate` = accepted ÷ (accepted + dismissed); None before the
    first decision. Those that lapsed undecided count as neither."""

    accepted: int
    dismissed: int
    open: int

    @property
    def decided(self) -> int:
        return self.accepted + self.dismissed

    @property
    def rate(self) -> Decimal | None:
        return Decimal(self.accepted) / self.decided if self.decided else None


def check_decision(status: str) -> None:
    """Only an open proposal is decided. Raises Conflict."""
    if status == Status.HELD:
        raise Conflict("growth_held")
    if status != Status.OPEN:
        raise Conflict("growth_decided")


def check_dismissal(code: str, note: str) -> str:
    """The stored reason of a dismissal: a code, and a note where the code alone says nothing. Invalid."""
    if code not in DISMISSALS:
        raise Invalid("growth_needs_reason")
    said = " ".join(note.split())
    if len(said) > REASON_MAX - 32 or not (said.isprintable() or not said):
        raise Invalid("growth_reason_long", limit=REASON_MAX - 32)
    if code == "other" and not said:
        raise Invalid("growth_needs_note")
    return f"{code}: {said}" if said else code


__all__ = [
    "DISMISSALS", "LEVELS", "Hits", "Kind", "Limits", "Proposal", "SeatPlan", "Situation", "Status",
    "check_decision", "check_dismissal", "propose", "seat_plan", "seats_that_fit",
]  # fmt: skip

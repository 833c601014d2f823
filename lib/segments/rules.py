"""Six independent views of an account: each axis is judged from inputs of its own. Pure.

A verdict is a value and its reason: a code, and the numbers its sentence needs. No axis reads the value of
another one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lib.contracts.rules import add_months
from lib.money import from_minor

UNKNOWN = "unknown"
YEAR, MONTH = timedelta(days=365), 12


class Axis(StrEnum):
    PLAN = "plan"
    VALUE = "value"
    LOYALTY = "loyalty"
    ACTIVITY = "activity"
    STAGE = "stage"
    PRICE = "price"


# Every value an axis can take, in the order readers meet them. Loyalty levels come from the policy.
VALUES: dict[Axis, tuple[str, ...]] = {
    Axis.PLAN: ("basic", "premium", "enterprise", UNKNOWN),
    Axis.VALUE: ("high", "mid", "low", UNKNOWN),
    Axis.LOYALTY: ("platinum", "gold", "silver"),
    Axis.ACTIVITY: ("high_active", "regular", "dormant", "new", UNKNOWN),
    Axis.STAGE: ("trial", "onboarding", "adoption", "mature", "at_risk", "lapsed"),
    Axis.PRICE: ("discount", "value", "urgency", UNKNOWN),
}
# The play that goes with a stage of life.
PLAYS = {"trial": "trial_checkins", "onboarding": "concierge", "adoption": "critical_days",
         "mature": "quarterly", "at_risk": "decline", "lapsed": "win_back"}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """`value` of an axis with its reason: `code` of the sentence and the numbers in it, JSON-ready."""

    value: str
    code: str
    numbers: dict[str, Any]

    @property
    def reason(self) -> dict[str, Any]:
        return {"code": self.code} | self.numbers


@dataclass(frozen=True)
class PlanInput:
    """What the customer sells a month, and its plan. `estimated`: a twelfth of its yearly revenue."""

    monthly_sales_minor: int | None = None
    currency: str = "USD"
    estimated: bool = False
    plan: str | None = None


@dataclass(frozen=True)
class ValueInput:
    arr_minor: int | None = None
    currency: str = "USD"


@dataclass(frozen=True)
class LoyaltyInput:
    """The last twelve months: what was paid (minor units by currency), two-way talks, active days."""

    paid: Mapping[str, int] | None = None
    touches: int = 0
    active_days: int = 0


@dataclass(frozen=True)
class ActivityInput:
    """Purchases and days of use: how many in the last quarter and in the months of dormancy, and the newest.

    `known`: the desk receives purchases or usage at all. `since`: first day as a customer. `paid_usd`: paid
    in the last twelve months.
    """

    purchases_quarter: int = 0
    purchases_span: int = 0
    used_quarter: int = 0
    used_span: int = 0
    last_on: date | None = None
    since: date | None = None
    known: bool = True
    paid_usd: Decimal = Decimal(0)


@dataclass(frozen=True)
class StageInput:
    """`alert` and `health` say whether an alert is open or the score is critical; `ended`: its contract is
    over or cancelled."""

    status: str = "active"
    trial: bool = False
    since: date | None = None
    alert: bool = False
    health: float | None = None
    ended: bool = False


@dataclass(frozen=True)
class Won:
    """An accepted quote: discount as a share, days from sending to acceptance, days its validity had left."""

    discount: Decimal
    days: int | None = None
    left: int | None = None


@dataclass(frozen=True)
class PriceInput:
    won: Sequence[Won] = ()


@dataclass(frozen=True)
class Inputs:
    """What each axis reads of one account; nothing is shared."""

    plan: PlanInput = PlanInput()
    value: ValueInput = ValueInput()
    loyalty: LoyaltyInput = LoyaltyInput()
    activity: ActivityInput = ActivityInput()
    stage: StageInput = StageInput()
    price: PriceInput = PriceInput()


@dataclass(frozen=True)
class Limits:
    """The policy of a morning; amounts in USD, `rates` USD for one unit of a currency."""

    rates: Mapping[str, Decimal]
    basic_below: Decimal
    enterprise_above: Decimal
    low_end: Decimal
    high_end: Decimal
    weights: tuple[Decimal, Decimal, Decimal]  # spend, interaction, active time
    usd_per_point: Decimal
    touch_points: int
    day_points: int
    ladder: tuple[tuple[str, int], ...]  # code and growth value it begins at, lowest first
    high_active_from: int
    dormant_months: int
    recent_days: int
    high_from: int
    low_to: int
    onboarding_days: int
    adoption_days: int
    watch_from: float
    least_quotes: int
    discount_from: Decimal
    urgent_days: int


def limits_of(held: Mapping[str, Mapping[str, Any]]) -> Limits:
    """From the documents "segments", "plans", "tiers", "vip" and "health"."""
    s, fit, growth = held["segments"], held["plans"]["fit"], held["segments"]["growth"]
    levels = sorted(((row["code"], row["growth_from"]) for row in held["tiers"]["loyalty"]),
                    key=lambda pair: pair[1])  # fmt: skip
    return Limits(
        rates={code: Decimal(rate) for code, rate in s["rates"].items()},
        basic_below=Decimal(fit["basic_below"]), enterprise_above=Decimal(fit["enterprise_above"]),
        low_end=Decimal(s["band"]["arr_low_below"]), high_end=Decimal(s["band"]["arr_high_above"]),
        weights=tuple(Decimal(growth[name]) for name in ("spend", "interaction", "active_time")),
        usd_per_point=Decimal(s["points"]["usd_per_point"]), touch_points=s["points"]["touch"],
        day_points=s["points"]["active_day"], ladder=tuple(levels),
        high_active_from=s["rfm"]["high_active_from"], dormant_months=s["rfm"]["dormant_months"],
        recent_days=s["response"]["recent_days"], high_from=s["response"]["high_from"],
        low_to=s["response"]["low_to"], onboarding_days=held["vip"]["onboarding"]["days"],
        adoption_days=s["stage"]["adoption_days"],
        watch_from=float(held["health"]["bands"]["watch_from"]), least_quotes=s["price"]["least_quotes"],
        discount_from=Decimal(s["price"]["discount_from"]), urgent_days=s["price"]["urgent_days"],
    )  # fmt: skip


def judged(inputs: Inputs, limits: Limits, day: date) -> dict[Axis, Verdict]:
    """The six verdicts of an account on a morning."""
    return {axis: rule(getattr(inputs, axis.value), limits, day) for axis, rule in _RULES.items()}


def usd(minor: int | None, currency: str, limits: Limits) -> Decimal | None:
    """An amount as compared with limits in USD; None without an amount or a rate."""
    rate = limits.rates.get(currency)
    return None if minor is None or rate is None else from_minor(minor, currency) * rate


def tier_by_sales(sales: Decimal, basic_below: Decimal, enterprise_above: Decimal) -> str:
    """The level of the published standard by what a customer sells a month, all in USD (S2-10 to S2-12): both
    edges belong to premium."""
    if sales > enterprise_above:
        return "enterprise"
    return "basic" if sales < basic_below else "premium"


def monthly_sales(month_minor: int | None, year_minor: int | None) -> tuple[int | None, bool]:
    """What a customer sells a month, and whether that is estimated: a twelfth of its revenue a year where
    the month is not known."""
    if month_minor is not None or year_minor is None:
        return month_minor, False
    return year_minor // MONTH, True


def plan_tier(given: PlanInput, limits: Limits, _day: date) -> Verdict:
    """The tier that fits by what the customer sells a month: below 10,000 basic, to 100,000 premium, above
    enterprise."""
    sales = usd(given.monthly_sales_minor, given.currency, limits)
    if sales is None:
        return Verdict(UNKNOWN, "plan_unknown", {"plan": given.plan})
    value = tier_by_sales(sales, limits.basic_below, limits.enterprise_above)
    told = {"amount": given.monthly_sales_minor, "currency": given.currency, "plan": given.plan}
    return Verdict(value, "plan_estimated" if given.estimated else "plan_sales", told | _rate(given, limits))


def value_band(given: ValueInput, limits: Limits, _day: date) -> Verdict:
    """Three bands of ARR; both ends belong to the middle one."""
    worth = usd(given.arr_minor, given.currency, limits)
    told = {"amount": given.arr_minor, "currency": given.currency} | _rate(given, limits)
    if worth is None:
        return Verdict(UNKNOWN, "value_unknown" if given.arr_minor is None else "value_no_rate", told)
    value = "low" if worth < limits.low_end else "high" if worth > limits.high_end else "mid"
    return Verdict(value, f"value_{value}", told)


def _rate(given: PlanInput | ValueInput, limits: Limits) -> dict[str, Any]:
    rate = limits.rates.get(given.currency)
    return {} if given.currency == "USD" or rate is None else {"rate": str(rate)}


def growth(given: LoyaltyInput, limits: Limits) -> tuple[int, int, int, int]:
    """The growth value of the last twelve months and its three parts: spend, interaction, active time."""
    spent = sum((usd(minor, code, limits) or Decimal(0)) for code, minor in (given.paid or {}).items())
    points = (spent / limits.usd_per_point, Decimal(given.touches * limits.touch_points),
              Decimal(given.active_days * limits.day_points))  # fmt: skip
    parts = [int(max(p, Decimal(0)) * w) for p, w in zip(points, limits.weights, strict=True)]
    return sum(parts), parts[0], parts[1], parts[2]


def loyalty(given: LoyaltyInput, limits: Limits, _day: date) -> Verdict:
    """The highest level whose growth value is reached, and how far the next one is."""
    total, spend, talks, active = growth(given, limits)
    reached = [level for level in limits.ladder if total >= level[1]] or [limits.ladder[0]]
    beyond = [level for level in limits.ladder if total < level[1] and level != reached[-1]]
    told = {"growth": total, "spend": spend, "interaction": talks, "active": active}
    if not beyond:
        return Verdict(reached[-1][0], "loyalty_top", told)
    following = {"next": beyond[0][0], "missing": beyond[0][1] - total}
    return Verdict(reached[-1][0], "loyalty_next", told | following)


def activity_class(given: ActivityInput, limits: Limits, day: date) -> Verdict:
    """High-active from five transactions in the last quarter, dormant without one in half a year.

    Transactions are purchases; where an account made none in that time, days on which it used the product
    count instead. A customer younger than that without either is new.
    """
    by_purchase = given.purchases_span > 0
    quarter = given.purchases_quarter if by_purchase else given.used_quarter
    span = given.purchases_span if by_purchase else given.used_span
    score, response = _response(given, quarter, span, limits, day)
    told = {"count": quarter, "span": span, "months": limits.dormant_months, "score": score,
            "response": response, "last": given.last_on and given.last_on.isoformat()}  # fmt: skip
    if span == 0:
        if not given.known:
            return Verdict(UNKNOWN, "activity_unknown", {})
        young = given.since is not None and given.since > add_months(day, -limits.dormant_months)
        return Verdict("new", "activity_new", told) if young else Verdict("dormant", "activity_dormant", told)
    value = "high_active" if quarter >= limits.high_active_from else "regular"
    return Verdict(value, "activity_purchases" if by_purchase else "activity_usage", told)


def _response(
    given: ActivityInput, quarter: int, span: int, limits: Limits, day: date
) -> tuple[int, str]:  # fmt: skip
    """Recency, frequency and monetary value with one to three points each, and the class of their sum."""
    age = None if given.last_on is None else (day - given.last_on).days
    recency = 1 if age is None or span == 0 else 3 if age <= limits.recent_days else 2
    frequency = 3 if quarter >= limits.high_active_from else 2 if span else 1
    money = 3 if given.paid_usd > limits.high_end else 2 if given.paid_usd >= limits.low_end else 1
    score = recency + frequency + money
    low, high = score <= limits.low_to, score >= limits.high_from
    return score, "low_response" if low else "high_potential" if high else "regular"


def stage(given: StageInput, limits: Limits, day: date) -> Verdict:
    """Where an account is in its life; a matched play goes with each stage."""
    age = None if given.since is None else (day - given.since).days
    told: dict[str, Any] = {"days": age}
    if given.status == "churned":
        return _staged("lapsed", "stage_lapsed", told)
    if given.status == "trial" or given.trial:
        return _staged("trial", "stage_trial", told)
    if given.ended:
        return _staged("at_risk", "stage_ended", told)
    if given.alert:
        return _staged("at_risk", "stage_alert", told)
    if given.health is not None and given.health < limits.watch_from:
        return _staged("at_risk", "stage_health", told | {"health": round(given.health, 1)})
    if age is not None and age < limits.onboarding_days:
        return _staged("onboarding", "stage_onboarding", told)
    if age is not None and age < limits.adoption_days:
        return _staged("adoption", "stage_adoption", told)
    return _staged("mature", "stage_mature" if age is not None else "stage_undated", told)


def _staged(value: str, code: str, told: dict[str, Any]) -> Verdict:
    return Verdict(value, code, told | {"play": PLAYS[value]})


def price_class(given: PriceInput, limits: Limits, _day: date) -> Verdict:
    """What won the accepted quotes: a discount of the effective zone, the running out of time, or neither.

    The most frequent class holds; of equals the one named first.
    """
    total = len(given.won)
    if total < limits.least_quotes or not total:
        return Verdict(UNKNOWN, "price_unknown", {"quotes": total, "least": limits.least_quotes})
    counts = {"discount": 0, "urgency": 0, "value": 0}
    for one in given.won:
        counts[_won_by(one, limits)] += 1
    value = max(counts, key=lambda name: counts[name])
    return Verdict(value, f"price_{value}", {"quotes": total, "of": counts[value]})


def _won_by(one: Won, limits: Limits) -> str:
    if one.discount >= limits.discount_from:
        return "discount"
    quick = one.days is not None and one.days <= limits.urgent_days
    late = one.left is not None and one.left <= limits.urgent_days
    return "urgency" if quick or late else "value"


_RULES: dict[Axis, Callable[[Any, Limits, date], Verdict]] = {
    Axis.PLAN: plan_tier, Axis.VALUE: value_band, Axis.LOYALTY: loyalty, Axis.ACTIVITY: activity_class,
    Axis.STAGE: stage, Axis.PRICE: price_class,
}  # fmt: skip

"""What the demo's customers bought: subscription periods with their renewals, invoices, payments, losses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from lib.contracts.rules import add_months
from lib.demo.activity import PAST_DAYS
from lib.demo.cast import Customer, dice, material
from lib.money import round_to
from lib.settings import settings

_BOUGHT = 20
# Term in months -> share of customers. 0: by the month, -12: annual and running on; both have an open end.
TERMS = {12: 0.56, 24: 0.09, 36: 0.06, 6: 0.09, 0: 0.10, -12: 0.10}
BILLING = {12: "annual", 24: "multi_year", 36: "multi_year", 6: "half_year", 0: "monthly", -12: "annual"}
INVOICED_EVERY = {"annual": 12, "multi_year": 12, "half_year": 6, "monthly": 1}
DISCOUNTS = {"0": 0.45, "0.05": 0.20, "0.10": 0.20, "0.15": 0.10, "0.20": 0.05}
UPLIFTS = {"1": 0.35, "1.03": 0.30, "1.05": 0.25, "1.08": 0.10}
# Monthly list price of the plan and of one seat: set prices, not converted ones.
PLANS = {
    "professional": {"USD": (899, 24), "EUR": (849, 23), "CNY": (5_800, 160)},
    "enterprise": {"USD": (2_390, 29), "EUR": (2_250, 28), "CNY": (15_800, 195)},
}
ADS = {"USD": 420, "EUR": 395, "CNY": 2_900}


@dataclass
class Books:
    """Rows to store, by table."""

    subscription: list[dict[str, Any]] = field(default_factory=list)
    invoice: list[dict[str, Any]] = field(default_factory=list)
    payment: list[dict[str, Any]] = field(default_factory=list)
    churn_event: list[dict[str, Any]] = field(default_factory=list)


def instant(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of a company day."""
    return datetime.combine(day, time(hour, minute), settings().zone_info)


def plan_of(customer: Customer) -> str:
    return "enterprise" if customer.tier == "Diamond" or customer.team >= 12 else "professional"


def books(customers: list[Customer], today: date, now: datetime) -> Books:
    """Everything the customers bought up to today; account ids are number + 1."""
    made = Books()
    for customer in customers:
        rng = dice(_BOUGHT, customer.number)
        rows = _periods(customer, today, rng)
        if rng.random() < 0.15 and not customer.left_on:
            rows += _ads(customer, today, rng)
        for row in rows:
            row["id"] = len(made.subscription) + 1
            row["external_id"] = f"SUB-{row['id']:05d}"
            row["recorded_at"] = min(instant(row["starts_on"] - timedelta(days=7)), now)
            made.subscription.append(row)
        _lose(customer, rows, made, rng)
        _bill(customer, rows, today, now, made, rng)
    return made


def _periods(customer: Customer, today: date, rng: np.random.Generator) -> list[dict[str, Any]]:
    """One row a term, each at the price and size of its day."""
    scripted = customer.story.due_in or customer.left_on or customer.story.code == "returned"
    months = 12 if scripted else int(drawn(TERMS, rng))
    discount = Decimal(drawn(DISCOUNTS, rng))
    seats, factor, mark = customer.team + int(rng.integers(1, 6)), Decimal(1), ""
    rows = []
    for starts_on, ends_on in _terms(customer, months, today, rng):
        if rows:
            seats, factor, mark = _at_renewal(seats, factor, rng)
        row = _row(customer, starts_on, ends_on, months, seats, factor, discount)
        rows.append(row | {"upgraded": mark == "up", "downgraded": mark == "down"})
    return rows


def _terms(
    customer: Customer, months: int, today: date, rng: np.random.Generator
) -> Iterator[tuple[date, date | None]]:
    """First day and first day after of each term, oldest first."""
    start, story = customer.signed_up_on, customer.story
    if story.code == "returned":
        yield start, today - timedelta(days=story.onset_ago - 40)
        back = today - timedelta(days=story.back_ago + 5)
        yield back, add_months(back, 12)
        return
    if months <= 0:
        grown = add_months(start, max(1, (today - start).days // 60))
        if months == 0 and grown < today and rng.random() < 0.5:
            yield start, grown
            start = grown
        yield start, None
        return
    for count in range(200):
        begins, ends = add_months(start, count * months), add_months(start, (count + 1) * months)
        if customer.left_on and ends >= customer.left_on - timedelta(days=5):
            yield begins, customer.left_on
            return
        yield begins, ends
        if ends > today:
            signed_early = (ends - today).days < 45 and rng.random() < 0.3
            if signed_early and not story.due_in:
                yield ends, add_months(start, (count + 2) * months)
            return


def _at_renewal(seats: int, factor: Decimal, rng: np.random.Generator) -> tuple[int, Decimal, str]:
    factor = factor * Decimal(drawn(UPLIFTS, rng))
    luck = rng.random()
    if luck < 0.18:
        return seats + max(2, int(seats * rng.uniform(0.2, 0.5))), factor, "up"
    if luck < 0.24 and seats > 4:
        return seats - max(1, seats // 5), factor, "down"
    return seats, factor, ""


def _row(
    customer: Customer, starts_on: date, ends_on: date | None, months: int, seats: int, factor: Decimal,
    discount: Decimal,
) -> dict[str, Any]:  # fmt: skip
    plan = plan_of(customer)
    base, seat = PLANS[plan][customer.currency]
    mrr_minor = int(round_to((base + seat * seats) * factor, 0)) * 100
    return {
        "account_id": customer.number + 1, "contract_id": None, "product": "Commerce suite",
        "product_line": "Commerce suite", "plan": plan, "starts_on": starts_on, "ends_on": ends_on,
        "seats": seats, "currency": customer.currency, "mrr_minor": mrr_minor,
        "arr_minor": int(round_to(12 * mrr_minor * (1 - discount), 0)), "discount": discount,
        "billing": BILLING[months], "auto_renews": {-12: True, 0: None}.get(months, False),
        "is_trial": False, "upgraded": False, "downgraded": False, "churned": False, "source": "demo",
        "version": 1,
    }  # fmt: skip


def _ads(customer: Customer, today: date, rng: np.random.Generator) -> list[dict[str, Any]]:
    """A second product line, bought some time after the first."""
    age = (today - customer.signed_up_on).days
    start = customer.signed_up_on + timedelta(days=int(rng.integers(10, max(11, age))))
    rows, count = [], 0
    while not rows or rows[-1]["ends_on"] <= today:
        begins, ends = add_months(start, 12 * count), add_months(start, 12 * (count + 1))
        row = _row(customer, begins, ends, 12, 0, Decimal(1), Decimal(0))
        mrr_minor = ADS[customer.currency] * 100
        rows.append(row | {"product": "Ads", "product_line": "Ads", "plan": "ads", "seats": None,
                           "mrr_minor": mrr_minor, "arr_minor": 12 * mrr_minor})  # fmt: skip
        count += 1
    return rows


def _lose(customer: Customer, rows: list[dict], made: Books, rng: np.random.Generator) -> None:
    """Losses, and the return of who came back, as the source would report them."""
    if not customer.left_on and customer.story.code != "returned":
        return
    lost = rows[-1] if customer.left_on else rows[0]
    lost["churned"] = True
    events = [(lost["ends_on"], False)] + ([] if customer.left_on else [(rows[1]["starts_on"], True)])
    reasons = material("texts")["churn_reasons"]
    for day, is_return in events:
        made.churn_event.append({
            "external_id": f"CHURN-{len(made.churn_event) + 1:04d}", "account_id": customer.number + 1,
            "happened_on": day, "reason": None if is_return else reasons[rng.integers(len(reasons))],
            "currency": customer.currency, "refund_minor": None, "is_reactivation": is_return,
            "comment": None,
        })  # fmt: skip


def _bill(
    customer: Customer, rows: list[dict], today: date, now: datetime, made: Books, rng: np.random.Generator
) -> None:
    """An invoice at the start of each billing interval of the past two years, and what was paid."""
    is_slow = rng.random() < 0.12
    for row in rows:
        every = INVOICED_EVERY[row["billing"]]
        count = 0
        while (day := add_months(row["starts_on"], count * every)) < min(row["ends_on"] or today, today):
            count += 1
            if (today - day).days <= PAST_DAYS:
                amount = int(round_to(Decimal(row["arr_minor"]) * every / 12, 0))
                _invoice(customer, day, amount, is_slow, today, now, made, rng)


def _invoice(
    customer: Customer, day: date, amount_minor: int, is_slow: bool, today: date, now: datetime,
    made: Books, rng: np.random.Generator,
) -> None:  # fmt: skip
    number = len(made.invoice) + 1
    after = int(rng.integers(34, 75)) if is_slow else int(rng.integers(5, 29))
    if (today - day).days < 110 and rng.random() < 0.06:
        after = 200  # still open, some of them overdue
    paid_on = day + timedelta(days=after)
    is_paid = paid_on < today
    made.invoice.append({
        "id": number, "external_id": f"INV-{day.year}-{number:05d}", "account_id": customer.number + 1,
        "issued_on": day, "due_on": day + timedelta(days=30), "currency": customer.currency,
        "amount_minor": amount_minor, "status": "paid" if is_paid else "open", "source": "demo",
        "recorded_at": min(instant(paid_on if is_paid else day), now), "version": 1,
    })  # fmt: skip
    if is_paid:
        made.payment.append({
            "external_id": f"PAY-{number:05d}", "invoice_id": number, "paid_on": paid_on,
            "currency": customer.currency, "amount_minor": amount_minor,
        })  # fmt: skip


def drawn(weights: dict, rng: np.random.Generator) -> Any:
    return list(weights)[rng.choice(len(weights), p=list(weights.values()))]

"""What the demo's customers report: support tickets and survey answers."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from lib.demo.activity import PAST_DAYS
from lib.demo.cast import Customer, dice, material
from lib.demo.commerce import instant

_CASES, _SURVEYS = 30, 31
PRIORITIES = {"low": 0.30, "normal": 0.45, "high": 0.18, "urgent": 0.07}
UNHAPPY = ("decline", "stalled", "lost", "alone")


def cases(customers: list[Customer], today: date) -> list[dict[str, Any]]:
    """Tickets of the past two years; unhappy customers write more often and wait longer."""
    rows: list[dict[str, Any]] = []
    for customer in customers:
        rng = dice(_CASES, customer.number)
        oldest = min(PAST_DAYS, (today - customer.signed_up_on).days)
        newest = customer.story.left_ago + 1
        if oldest <= newest:
            continue
        rate = 7.0 if customer.story.code in UNHAPPY else 3.5
        for age in sorted(rng.integers(newest, oldest, rng.poisson(rate * oldest / 365)), reverse=True):
            rows.append(case(customer, today - timedelta(days=int(age)), int(age), len(rows) + 1, rng))
    return rows


def case(customer: Customer, day: date, age: int, number: int, rng: np.random.Generator) -> dict[str, Any]:
    texts = material("texts")
    opened = instant(day, 9 + int(rng.integers(0, 9)), int(rng.integers(0, 60)))
    is_unhappy = customer.story.code in UNHAPPY
    hours = float(rng.lognormal(3.4 if is_unhappy else 2.7, 0.9))
    is_closed = age > 20 or rng.random() < 0.6
    return {
        "external_id": f"CASE-{number:05d}",
        "account_id": customer.number + 1,
        "subject": texts["cases"][rng.integers(len(texts["cases"]))][customer.speaks],
        "category": texts["categories"][rng.integers(len(texts["categories"]))],
        "priority": list(PRIORITIES)[rng.choice(4, p=list(PRIORITIES.values()))],
        "channel": texts["channels"][rng.integers(len(texts["channels"]))],
        "opened_at": opened,
        "closed_at": opened + timedelta(hours=min(hours, 24.0 * age - 1)) if is_closed else None,
        "first_response_minutes": int(rng.lognormal(3.6, 0.8)),
        "resolution_hours": Decimal(f"{min(hours, 24.0 * age - 1):.1f}") if is_closed else None,
        "satisfaction": Decimal(int(rng.integers(1, 4) if is_unhappy else rng.integers(3, 6)))
        if is_closed and rng.random() < 0.5
        else None,
        "escalated": bool(rng.random() < 0.05),
        "reopened": int(rng.random() < 0.06),
    }


def surveys(customers: list[Customer], today: date) -> list[dict[str, Any]]:
    """An NPS answer about every half year and a CSAT answer now and then."""
    rows: list[dict[str, Any]] = []
    for customer in customers:
        rng = dice(_SURVEYS, customer.number)
        age = int(rng.integers(5, 150))
        while age < min(PAST_DAYS, (today - customer.signed_up_on).days):
            if age > customer.story.left_ago:
                kind = "nps" if rng.random() < 0.75 else "csat"
                rows.append(_survey(customer, today - timedelta(days=age), age, kind, len(rows) + 1, rng))
            age += int(rng.integers(110, 210))
    return rows


def _survey(
    customer: Customer, day: date, age: int, kind: str, number: int, rng: np.random.Generator
) -> dict[str, Any]:
    is_low = customer.story.code in UNHAPPY and age < (customer.story.onset_ago or 400) + 30
    top = 10 if kind == "nps" else 5
    score = int(rng.integers(1, 6) if is_low else rng.integers(7, 11)) * top // 10
    words = material("texts")["complaint" if is_low else "praise"]
    comment = words[rng.integers(len(words))][customer.speaks] if rng.random() < 0.4 else None
    return {
        "external_id": f"SURVEY-{number:05d}", "account_id": customer.number + 1, "contact_id": None,
        "kind": kind, "score": Decimal(max(score, 1)), "comment": comment, "answered_at": instant(day, 11),
    }  # fmt: skip

"""What the demo's people know of each customer beside its contract: rights, systems, goals, team, profile."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import update
from sqlmodel import Session

from lib.demo.cast import Customer, dice, material
from lib.demo.commerce import instant
from lib.store.bulk import insert_dicts
from lib.store.models import Account, metadata

_PORTRAIT = 50
GROUPS = {1: (41, 42, 43), 3: (44, 45)}  # accounts below another one, by position
ROLES = ("engineer", "expert", "support", "trainer", "project")
Rows = dict[str, list[dict[str, Any]]]


def write(session: Session, customers: list[Customer], people: list[int], today: date) -> None:
    """Rows of every block, in bulk. `people` are ids of those who can be in a team."""
    rows: Rows = defaultdict(list)
    texts = material("portrait")
    for customer in customers:
        _of_one(rows, customer, people, texts, today)
    for name, found in rows.items():
        insert_dicts(session, metadata.tables[name], found)
    for parent, children in GROUPS.items():
        below = [number + 1 for number in children if number < len(customers)]
        session.execute(update(Account).where(Account.id.in_(below)).values(parent_id=parent))


def _of_one(rows: Rows, customer: Customer, people: list[int], texts: dict[str, Any], today: date) -> None:
    rng, zh = dice(_PORTRAIT, customer.number), customer.speaks
    written = instant(max(customer.signed_up_on, today - timedelta(days=int(rng.integers(3, 200)))))
    item = {"account_id": customer.number + 1, "updated_at": written, "removed_at": None, "version": 1}
    if customer.left_on is None:
        _rights(rows, item, customer, rng, today)
    for category, auth, *names in _some(texts["integrations"], rng, 5):
        rows["integration"].append(item | {
            "name": names[zh], "category": category, "auth": auth, "keeper": ("IT team", "信息部")[zh],
            "rotates": bool(rng.random() < 0.6), "live": bool(rng.random() < 0.9),
        })  # fmt: skip
    for goal in _some(texts["goals"], rng, 2):
        due_on, state = today + timedelta(days=int(rng.integers(-60, 180))), "open"
        if due_on < today:
            state = "reached" if rng.random() < 0.7 else "missed"
        rows["customer_goal"].append(item | {
            "what": goal[zh], "measure": goal[2 + zh], "target": goal[4 + zh], "due_on": due_on,
            "state": state,
        })  # fmt: skip
    for request in _some(texts["requests"], rng, 2):
        state = ("asked", "planned", "promised", "shipped")[rng.integers(4)]
        due_on = today + timedelta(days=int(rng.integers(20, 150))) if state == "promised" else None
        rows["roadmap_request"].append(item | {"what": request[zh], "due_on": due_on, "state": state})
    if customer.left_on is None and rng.random() < 0.2:
        state = ("invited", "talking", "won", "declined")[rng.integers(4)]
        rows["referral"].append(item | {
            "name": ("Amberline Home", "琥珀家居")[zh], "points": 100 if state == "won" else None,
            "referred_on": today - timedelta(days=int(rng.integers(5, 200))), "state": state,
        })  # fmt: skip
    if customer.tier == "Diamond" or rng.random() < 0.3:
        for role in _some(ROLES, rng, 2):
            person = people[int(rng.integers(len(people)))]
            rows["team_role"].append(item | {"person_id": person, "role": role})
    if customer.team > 12:
        for department in _some(texts["departments"], rng, 3):
            seats = max(1, customer.team // 4)
            rows["department"].append(item | {"name": department[zh], "led_by": None, "seats": seats})
    _profile(rows, item, customer, rng, texts)


def _rights(
    rows: Rows, item: dict[str, Any], customer: Customer, rng: np.random.Generator, today: date
) -> None:
    words = (("Support hours", "支持工时"), ("Product analyses", "选品分析"), ("Training seats", "培训名额"))
    units = (("hours", "小时"), ("analyses", "次"), ("seats", "个"))
    for place in sorted(rng.permutation(3)[: int(rng.integers(1, 4))]):
        included = int((20, 300, 10)[place] * (1 + rng.integers(3)))
        starts_on = today - timedelta(days=int(rng.integers(20, 300)))
        rows["entitlement"].append(item | {
            "external_id": f"RIGHT-{customer.number:04d}-{place}", "item": words[place][customer.speaks],
            "unit": units[place][customer.speaks], "included": included,
            "consumed": int(included * min(1.0, rng.beta(2, 2) * 1.3)), "starts_on": starts_on,
            "expires_on": starts_on + timedelta(days=364), "source": "demo", "created_at": item["updated_at"],
        })  # fmt: skip


def _profile(
    rows: Rows, item: dict[str, Any], customer: Customer, rng: np.random.Generator, texts: dict[str, Any]
) -> None:
    if rng.random() < 0.25:
        return
    zh = customer.speaks
    channels = ("wechat", "call", "visit") if zh else ("email", "call", "meeting")
    rows["account_profile"].append({
        "account_id": item["account_id"], "updated_at": item["updated_at"], "version": 1,
        "preferred_channel": channels[rng.integers(3)], "size_band": ("small", "medium", "large")[
            0 if customer.team < 10 else 1 if customer.team < 40 else 2],
        "market_risk": ("policy", "logistics", "currency", "demand")[rng.integers(4)],
        "competitor": texts["rivals"][rng.integers(3)] if rng.random() < 0.5 else None,
        "journey_pain": texts["pains"][rng.integers(3)][zh],
        "bespoke": "\n".join(term[zh] for term in _some(texts["bespoke"], rng, 2)) or None,
    })  # fmt: skip
    for tag in _some(texts["tags"], rng, 2):
        rows["account_tag"].append({"account_id": item["account_id"], "tag": tag})


def _some(choices: Any, rng: np.random.Generator, most: int) -> list[Any]:
    """Up to `most` of the choices, in their own order."""
    picked = sorted(rng.permutation(len(choices))[: int(rng.integers(0, most + 1))])
    return [choices[i] for i in picked]

"""Puts what the generators made into an empty store, in bulk and in one transaction."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Table, func, select
from sqlmodel import Session

from lib.contracts.rules import add_months
from lib.demo import activity, care, commerce, seasons, service
from lib.demo.activity import Days, Users
from lib.demo.cast import Customer, material
from lib.demo.commerce import instant, plan_of
from lib.store import models as m
from lib.store.bulk import insert_columns, insert_dicts, restart_numbers

ORIGIN = "demo"
REGIONS_WITH_SIZE = {"USD": 1, "EUR": 1, "CNY": 7}


def write_people(session: Session, day: date) -> dict[str, int]:
    """The vendor's people, those others report to first; their ids by key."""
    ids: dict[str, int] = {}
    first = ("leadership", "team_lead")
    leader = None
    for told in sorted(material("names")["desk"], key=lambda p: [p["role"] != role for role in first]):
        person = m.Person(
            external_id=f"demo-{told['key']}", name=told["name"], name_zh=told["name_zh"], team=told["team"],
            email=f"{told['key'].replace('-', '.')}@vendor.example", language=told["language"],
            manager_id=ids.get(told.get("lead"), leader), created_at=instant(day),
        )  # fmt: skip
        session.add(person)
        session.flush()
        leader = leader or person.id
        for role in (told["role"], *told.get("also", [])):
            session.add(m.PersonRole(person_id=person.id, role=role, origin=ORIGIN))
        ids[told["key"]] = person.id
    return ids


def of_role(ids: dict[str, int], role: str) -> list[int]:
    return [ids[told["key"]] for told in material("names")["desk"] if told["role"] == role]


def write_customers(
    session: Session, customers: list[Customer], duties: care.Book, today: date
) -> list[dict[str, Any]]:
    """Accounts, who looks after them, and their contacts; the contact rows."""
    people = care.contacts(customers)
    put(session, m.Account, [_account(c) for c in customers])
    put(session, m.Assignment, care.assignments(customers, duties, today))
    put(session, m.Contact, people)
    put(session, m.MarkedEvent, marked_rows(today - timedelta(days=activity.PAST_DAYS), today))
    return people


def marked_rows(first: date, last: date) -> list[dict[str, Any]]:
    """Promotions and holidays of the range and of the season after it."""
    return [
        {"code": code, "kind": kind, "starts_on": starts_on, "ends_on": ends_on, "label": None}
        for code, kind, starts_on, ends_on in seasons.marked_events(first, last + timedelta(days=120))
    ]


def _account(c: Customer) -> dict[str, Any]:
    at = instant(c.signed_up_on)
    return {
        "id": c.number + 1, "external_id": f"ACC-{c.number + 1:04d}", "name": c.name, "name_zh": c.name_zh,
        "legal_name": c.legal_name, "parent_id": None, "status": "churned" if c.left_on else "active",
        "is_vip": True, "tier": c.tier, "plan": plan_of(c), "region": c.region, "country": c.country,
        "city": c.city, "industry": c.industry, "domain": c.domain, "source_channel": None,
        "language": c.language, "currency": c.currency, "seats": c.team + 2, "employees": c.team * 6,
        "annual_revenue_minor": c.team * 45_000_000 * REGIONS_WITH_SIZE[c.currency],
        "stated_arr_minor": None, "signed_up_on": c.signed_up_on, "source": ORIGIN, "created_at": at,
        "updated_at": at, "version": 1,
    }  # fmt: skip


def write_users(session: Session, who: Users, customers: list[Customer], founded_on: date) -> None:
    """Users by position; the id is the position + 1."""
    created = [founded_on + timedelta(days=int(day)) for day in np.minimum(who.first, 0)]
    is_service = who.kind == "service"
    insert_columns(session, m.User.__table__, {
        "id": list(range(1, len(who) + 1)),
        "external_id": [f"USER-{n + 1:05d}" for n in range(len(who))],
        "account_id": (who.customer + 1).tolist(),
        "name": activity.names(who, customers),
        "kind": np.where(is_service, "service", "human").tolist(),
        "created_on": created,
        "version": [1] * len(who),
    })  # fmt: skip
    restart_numbers(session, m.User.__table__)


def write_days(session: Session, who: Users, days: Days, founded_on: date) -> int:
    """User-days, in the order of the table's key."""
    if not len(days.user):
        return 0
    order = np.lexsort((days.day, days.user))
    user, day = days.user[order], days.day[order]
    first = int(day.min())
    calendar = [founded_on + timedelta(days=first + i) for i in range(int(day.max()) - first + 1)]
    return insert_columns(session, m.UserDay.__table__, {
        "user_id": (user + 1).tolist(),
        "day": [calendar[i] for i in (day - first).tolist()],
        "account_id": (who.customer[user] + 1).tolist(),
        "events": days.events[order].tolist(),
    })  # fmt: skip


def write_books(session: Session, made: commerce.Books) -> None:
    put(session, m.Subscription, made.subscription)
    put(session, m.Invoice, made.invoice)
    put(session, m.Payment, made.payment)
    put(session, m.ChurnEvent, made.churn_event)


def write_care(
    session: Session, customers: list[Customer], duties: care.Book, people: list[dict],
    made: commerce.Books, today: date,
) -> None:  # fmt: skip
    put(session, m.Case, service.cases(customers, today))
    put(session, m.Survey, service.surveys(customers, today))
    told = care.care(customers, duties, people, next_ends(made, today), today)
    put(session, m.Touch, told.touch)
    put(session, m.Note, told.note)
    put(session, m.Promise, told.promise)


def next_ends(made: commerce.Books, today: date) -> dict[int, date]:
    """The nearest end of a running period, by account id."""
    ends: dict[int, date] = {}
    for row in made.subscription:
        if row["ends_on"] and row["starts_on"] <= today < row["ends_on"]:
            known = ends.get(row["account_id"], row["ends_on"])
            ends[row["account_id"]] = min(known, row["ends_on"])
    return ends


def write_past_renewals(session: Session, made: commerce.Books, today: date, person_of: Callable) -> None:
    """How the terms that ended within two years were renewed or lost; contracts are joined already."""
    homes = session.execute(select(m.Subscription.id, m.Subscription.contract_id))
    contracts = {row.id: row.contract_id for row in homes}
    followers = {(row["account_id"], row["product_line"], row["starts_on"]): row for row in made.subscription}
    rows, moves = [], []
    for row in made.subscription:
        due_on = row["ends_on"]
        if due_on is None or due_on > today or (today - due_on).days > activity.PAST_DAYS:
            continue
        after = followers.get((row["account_id"], row["product_line"], due_on))
        rows.append(_settled(len(rows) + 1, row, after, contracts[row["id"]]))
        moves.append({
            "renewal_id": len(rows), "from_stage": "paperwork" if after else "proposal",
            "to_stage": rows[-1]["stage"], "person_id": person_of(row["account_id"]),
            "moved_at": rows[-1]["recorded_at"], "comment": None, "details": None,
        })  # fmt: skip
    put(session, m.Renewal, rows)
    put(session, m.RenewalMove, moves)


def _settled(number: int, row: dict, after: dict | None, contract_id: int) -> dict[str, Any]:
    due_on = row["ends_on"]
    return {
        "id": number, "contract_id": contract_id, "account_id": row["account_id"], "due_on": due_on,
        "opens_on": add_months(due_on, -1), "notice_on": due_on - timedelta(days=31),
        "stage": "signed" if after else "lost", "category": "closed" if after else "omitted",
        "currency": row["currency"], "base_minor": row["arr_minor"],
        "expected_minor": after["arr_minor"] if after else 0, "lost_reason": None if after else "low_use",
        "closed_on": due_on, "recorded_at": instant(due_on), "version": 1,
    }  # fmt: skip


def put(session: Session, model: Any, rows: list[dict[str, Any]]) -> None:
    table: Table = model.__table__
    insert_dicts(session, table, rows)
    restart_numbers(session, table)


def is_store_empty(session: Session) -> bool:
    return session.execute(select(func.count()).select_from(m.Account)).scalar_one() == 0

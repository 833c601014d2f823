"""The demo's promo calendar and concessions: windows over, open and ahead, slots, rivals, give and get."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import func, select

from lib.access import Viewer
from lib.contracts.rules import add_months
from lib.demo.approvals import first
from lib.demo.cast import material
from lib.demo.writing import put
from lib.events import commands as events
from lib.flows import concede
from lib.money import to_minor
from lib.offers import commands
from lib.offers.rules import midnight
from lib.store.database import read_frame, reading, transaction
from lib.store.models import (
    Account,
    Assignment,
    Contact,
    EventGuest,
    Invoice,
    PromoClaim,
    PromoWindow,
    VipEvent,
    VolumeDeal,
)

# code, kind, days from today of the early application, of the first and of the last day, rate, slots, budget,
# and how many accounts hold a slot or wait in the queue.
WINDOWS = (
    ("autumn_sale", "season", -70, -50, -36, "0.10", None, "20000", 5, 0),
    ("early_birds", "custom", -20, -4, 5, "0.08", 12, None, 11, 4),
    ("year_end", "custom", -6, 9, 16, "0.12", 100, "30000", 0, 7),
)
GIVEN_MINOR = 61_200  # what a slot of the past window gave each account
WORTH = {"USD": 1, "EUR": 1, "GBP": 1, "CNY": 7, "JPY": 150}
# By the place of the scripted quote: the entry of the library, its worth and cost in USD, what comes back and
# in how many days from the start of the quote; None where nobody asked for a return.
GIVES: dict[int, tuple[tuple[str, str, str, str | None, int], ...]] = {
    0: (("co_marketing", "4000", "1500", "joint_marketing", 45), ("event_seats", "1200", "400", None, 0)),
    3: (("beta_access", "1000", "200", "data", 60),),
    9: (("free_training", "1800", "600", "reference", 40),),
    14: (("beta_access", "1000", "200", "reference", 8), ("partner_offer", "1500", "300", None, 0)),
    15: (("co_marketing", "4000", "1500", "case_study", 12), ("dedicated_team", "12000", "6000", "term", 90)),
}  # fmt: skip
# kind, days from today, seats, and the answers of its guests.
EVENTS = (
    ("golf", -24, None, ("attended",) * 5 + ("missed", "declined", "declined")),
    ("tax", 11, 12, ("accepted",) * 4 + ("declined", "invited", "invited")),
    ("summit", 47, 30, ("invited",) * 3),
)
# Committed as a share of what was billed in a year, months it runs, and how many of them are over.
VOLUMES = ((0.9, 12, 7), (1.3, 12, 4), (0.6, 6, 5))
RIVALS = (("watching", -3, 12), ("answered", -30, -5), ("over", -80, -60))  # state, first and last day


def give(viewer: Viewer, quote_id: int, place: int, currency: str) -> None:
    """What the scripted quote at this place gives beside its price."""
    words, zh = material("texts")["offers"], viewer.language == "zh-CN"
    for code, worth, cost, back, days in GIVES.get(place, ()):
        values = {
            "list_minor": to_minor(Decimal(worth) * WORTH[currency], currency), "note": words[code][zh],
            "cost_minor": to_minor(Decimal(cost) * WORTH[currency], currency),
            "competitor": words["rivals"][0][0] if code == "free_training" else None, "give_code": back,
        }  # fmt: skip
        if back is not None:
            values |= {"give_text": words["gives"][back][zh], "give_due_on": viewer.today + timedelta(days)}
        concede.add(viewer, quote_id, code, values)


def keep_calendar(now: datetime, today: date) -> None:
    """Windows of the season with their slots, the year ahead as drafts, and what rivals do."""
    leader, manager = first("leadership", now), first("account_manager", now)
    if leader is None or manager is None or not read_frame(select(PromoWindow.id).limit(1)).empty:
        return
    words = material("texts")["offers"]
    made = [_window(leader, row, words["windows"][row[0]], now, today) for row in WINDOWS]
    commands.prepare_year(leader)
    ahead = read_frame(select(PromoWindow.id).where(PromoWindow.kind == "quarter_end").limit(1))
    for window_id in ahead["id"]:  # fits in front of the year's other drafts
        commands.publish_window(leader, int(window_id), 1)
    for (state, *days), told in zip(RIVALS, words["rivals"], strict=True):
        starts_on, ends_on = (today + timedelta(d) for d in days)
        rival = commands.note_rival(manager, {
            "rival": told[0], "what": told[1 + (manager.language == "zh-CN")], "starts_on": starts_on,
            "ends_on": ends_on, "response": told[3 + (manager.language == "zh-CN")],
            "source": words["seen"][manager.language == "zh-CN"],
            "window_id": made[1] if state == "answered" else None,
        })  # fmt: skip
        if state != "watching":
            response = told[3 + (manager.language == "zh-CN")]
            commands.answer_rival(manager, rival, 1, state, response)


def keep_company(now: datetime, today: date) -> None:
    """Events with their guests, and the volumes some customers committed to."""
    leader = first("leadership", now)
    if leader is None or not read_frame(select(VipEvent.id).limit(1)).empty:
        return
    words, zh = material("texts")["offers"], leader.language == "zh-CN"
    contacts = read_frame(
        select(func.min(Contact.id).label("id"), Account.id.label("account_id"), Assignment.person_id)
        .join(Account, Account.id == Contact.account_id)
        .join(Assignment, Assignment.account_id == Account.id)
        .where(Account.is_vip, Contact.active, Account.status == "active")
        .where(Assignment.duty == "owner", Assignment.until.is_(None))
        .group_by(Account.id, Assignment.person_id).order_by(Account.id)
    )  # fmt: skip
    guests = []
    for place, (kind, days, seats, answers) in enumerate(EVENTS):
        name, where = (told[zh] for told in words["events"][kind])
        held_on = today + timedelta(days)
        event = events.add(leader, {"kind": kind, "name": name, "place": where, "held_on": held_on,
                                    "seats": seats})  # fmt: skip
        asked_on = today - timedelta(40 if days < 0 else 6)
        for row, status in zip(contacts.iloc[place * 3 :].itertuples(), answers, strict=False):
            guests.append({
                "event_id": event, "account_id": row.account_id, "contact_id": row.id, "status": status,
                "invited_on": asked_on, "invited_by": row.person_id, "version": 1,
                "answered_on": None if status == "invited" else asked_on + timedelta(3),
            })  # fmt: skip
    deals = [
        {"account_id": row.account_id, "owner_id": row.person_id, "currency": row.currency,
         "committed_minor": max(int(float(row.billed) * share), 1), "rate": Decimal("0.2"),
         "benefit": words["benefit"][zh], "starts_on": add_months(today, -gone),
         "ends_on": add_months(today, months - gone), "status": "running", "created_by": row.person_id,
         "created_at": now - timedelta(days=30 * gone), "version": 1}
        for row, (share, months, gone) in zip(_billed(today).itertuples(), VOLUMES, strict=False)
    ]  # fmt: skip
    with transaction() as session:
        session.info["command"] = "demo.fill"
        put(session, EventGuest, guests)
        put(session, VolumeDeal, deals)


def _billed(today: date) -> pd.DataFrame:
    """VIP accounts with the most invoices of the last year: account_id, person_id, currency, billed (minor
    units)."""
    i = Invoice
    return read_frame(
        select(i.account_id, Assignment.person_id, i.currency, func.sum(i.amount_minor).label("billed"))
        .join(Account, Account.id == i.account_id)
        .join(Assignment, Assignment.account_id == i.account_id)
        .where(Account.is_vip, Account.currency == i.currency, i.issued_on >= add_months(today, -12))
        .where(Assignment.duty == "owner", Assignment.until.is_(None), i.status != "void")
        .group_by(i.account_id, Assignment.person_id, i.currency)
        .order_by(func.count().desc(), i.account_id).limit(len(VOLUMES))
    )  # fmt: skip


def _window(leader: Viewer, row: tuple[Any, ...], names: list[str], now: datetime, today: date) -> int:
    code, kind, apply, opens, last, rate, slots, budget, taken, queued = row
    early = first("leadership", now + timedelta(apply - 3)) or leader
    first_day, last_day = today + timedelta(opens), today + timedelta(last)
    values = {
        "code": f"{code}_{first_day.year}", "kind": kind, "name_en": f"{names[0]} {first_day.year}",
        "name_zh": f"{first_day.year} {names[1]}", "zone": leader.zone,
        "apply_from": today + timedelta(apply),
        "opens": midnight(first_day), "closes": midnight(last_day + timedelta(1)), "rate": Decimal(rate),
        "slots": slots, "budget_minor": budget and to_minor(Decimal(budget), "USD"), "currency": "USD",
    }  # fmt: skip
    window_id = commands.add_window(early, values)
    commands.publish_window(early, window_id, 1)
    begins = now + timedelta(opens if taken else apply)
    _claims(window_id, begins, taken, queued, GIVEN_MINOR if budget else 0)
    return window_id


def _claims(window_id: int, begins: datetime, taken: int, queued: int, given_minor: int) -> None:
    with reading() as connection:
        owned = connection.execute(
            select(Assignment.account_id, Assignment.person_id)
            .where(Assignment.duty == "owner", Assignment.until.is_(None))
            .order_by((Assignment.account_id * (17 + window_id)) % 61, Assignment.account_id)
            .limit(taken + queued)
        ).all()
    rows = []
    for place, owner in enumerate(owned):
        at, holds = begins + timedelta(hours=3 * place), place < taken
        rows.append({
            "window_id": window_id, "account_id": owner.account_id, "applied_by": owner.person_id,
            "status": "taken" if holds else "queued", "applied_at": at, "taken_at": at if holds else None,
            "given_minor": given_minor if holds else 0, "version": 1,
        })  # fmt: skip
    with transaction() as session:
        session.info["command"] = "demo.fill"
        put(session, PromoClaim, rows)

"""What the demo's people did: contacts with customers, negotiation notes, promises kept and overdue."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from lib.demo.activity import PAST_DAYS
from lib.demo.cast import Customer, dice, material
from lib.demo.commerce import instant

_CONTACTS, _TOUCHES, _NOTES, _BOOK = 40, 41, 42, 43
RHYTHM = {"Diamond": 24, "Platinum": 38, "Gold": 60}  # days between two contacts


@dataclass(frozen=True)
class Book:
    """Who looks after each customer: person ids by customer position."""

    owner: list[int]
    backup: list[int]
    seller: list[int]


@dataclass
class Care:
    """Rows to store, by table."""

    touch: list[dict[str, Any]] = field(default_factory=list)
    note: list[dict[str, Any]] = field(default_factory=list)
    promise: list[dict[str, Any]] = field(default_factory=list)


def book(customers: list[Customer], managers: list[int], sellers: list[int]) -> Book:
    """Owners in turn, the backup from the same team of two, a seller for every customer."""
    owner = [managers[c.number % len(managers)] for c in customers]
    partner = {m: managers[i ^ 1] for i, m in enumerate(managers)}
    picks = dice(_BOOK).integers(0, len(sellers), len(customers))
    return Book(owner, [partner[m] for m in owner], [sellers[i] for i in picks])


def assignments(customers: list[Customer], duties: Book, today: date) -> list[dict[str, Any]]:
    """Current duties, and for some customers the owner they had before a handover."""
    rows = []
    for c in customers:
        since = max(c.signed_up_on, today - timedelta(days=PAST_DAYS))
        handed = today - timedelta(days=180)
        if c.number % 9 == 0 and since < handed:
            rows.append((c, duties.backup[c.number], "owner", since, handed))
            since = handed
        rows.append((c, duties.owner[c.number], "owner", since, None))
        rows.append((c, duties.backup[c.number], "backup", since, None))
        rows.append((c, duties.seller[c.number], "sales", since, None))
    return [
        {"account_id": c.number + 1, "person_id": person, "duty": duty, "since": since, "until": until,
         "recorded_at": instant(until or since), "version": 1}
        for c, person, duty, since, until in rows
    ]  # fmt: skip


def contacts(customers: list[Customer]) -> list[dict[str, Any]]:
    """Two to four people a customer; the first is the sponsor."""
    words, rows = material("names")["people"], []
    for customer in customers:
        rng = dice(_CONTACTS, customer.number)
        titles = rng.permutation(len(words["titles"]))[: int(rng.integers(2, 5))]
        for place, title in enumerate(titles):
            name, mail = _person(customer, rng)
            number = len(rows) + 1
            rows.append({
                "id": number, "external_id": f"CONTACT-{number:05d}", "account_id": customer.number + 1,
                "name": name, "title": words["titles"][title][customer.speaks],
                "email": f"{mail}@{customer.domain}", "phone": None, "language": customer.language,
                "is_sponsor": place == 0, "active": True, "source": "demo", "version": 1,
                "created_at": instant(customer.signed_up_on),
            })  # fmt: skip
    return rows


def _person(customer: Customer, rng: np.random.Generator) -> tuple[str, str]:
    words = material("names")["people"]
    if customer.speaks:
        family = words["family"][rng.integers(len(words["family"]))]
        given = words["given"][rng.integers(len(words["given"]))]
        return family[1] + given[1], f"{given[0]}.{family[0]}".lower()
    given = words["western_given"][rng.integers(len(words["western_given"]))]
    family = words["western_family"][rng.integers(len(words["western_family"]))]
    return f"{given} {family}", f"{given}.{family}".lower()


def care(
    customers: list[Customer], duties: Book, people: list[dict[str, Any]], ends: dict[int, date], today: date
) -> Care:
    """`people`: contact rows; `ends`: the next contract end by account id."""
    made = Care()
    sponsors = {row["account_id"]: row["id"] for row in people if row["is_sponsor"]}
    for customer in customers:
        _touches(customer, duties.owner[customer.number], sponsors[customer.number + 1], today, made)
        _notes(customer, duties, ends.get(customer.number + 1), today, made)
    return made


def _touches(customer: Customer, person_id: int, contact_id: int, today: date, made: Care) -> None:
    rng, texts = dice(_TOUCHES, customer.number), material("texts")
    rhythm = RHYTHM[customer.tier]
    age = int(rng.integers(2, rhythm + 10)) if rng.random() < 0.85 else int(rng.integers(70, 140))
    age = max(age, customer.story.left_ago - 20)
    while age < min(PAST_DAYS, (today - customer.signed_up_on).days):
        two_way = rng.random() < 0.82
        words = texts["touches" if two_way else "touches_one_way"]
        at = instant(today - timedelta(days=age), 9 + int(rng.integers(0, 9)), int(rng.integers(0, 60)))
        channel = ("call", "wechat", "meeting", "email") if customer.speaks else ("call", "email", "meeting")
        number = len(made.touch) + 1
        made.touch.append({
            "id": number, "external_id": f"TOUCH-{number:05d}", "account_id": customer.number + 1,
            "contact_id": contact_id, "person_id": person_id, "happened_at": at, "created_at": at,
            "channel": channel[rng.integers(len(channel))] if two_way else "email",
            "summary": words[rng.integers(len(words))][customer.speaks], "two_way": bool(two_way),
        })  # fmt: skip
        age += int(rhythm * rng.uniform(0.6, 1.6)) + 1


def _notes(customer: Customer, duties: Book, ends_on: date | None, today: date, made: Care) -> None:
    """Negotiations are noted in the months before a contract ends; each third note holds a promise."""
    rng, texts = dice(_NOTES, customer.number), material("texts")
    due_in = (ends_on - today).days if ends_on else 400
    ages = [int(a) for a in rng.integers(2, 60, rng.integers(1, 4))] if due_in < 120 else []
    ages += [int(rng.integers(150, 500))] if rng.random() < 0.5 else []
    for age in sorted(ages, reverse=True):
        if age >= (today - customer.signed_up_on).days or age < customer.story.left_ago:
            continue
        author = (duties.owner if rng.random() < 0.7 else duties.seller)[customer.number]
        at = instant(today - timedelta(days=age), 10 + int(rng.integers(0, 8)), int(rng.integers(0, 60)))
        number = len(made.note) + 1
        made.note.append({
            "id": number, "external_id": f"NOTE-{number:05d}", "account_id": customer.number + 1,
            "renewal_id": None, "author_id": author, "written_at": at,
            "text": texts["notes"][rng.integers(len(texts["notes"]))][customer.speaks], "shared": False,
        })  # fmt: skip
        if rng.random() < 0.4:
            _promise(customer, author, number, age, today, made, rng)


def _promise(
    customer: Customer, owner: int, note_id: int, age: int, today: date, made: Care, rng: np.random.Generator
) -> None:
    due_on = today - timedelta(days=age) + timedelta(days=int(rng.integers(5, 30)))
    late = (today - due_on).days
    is_kept = late > 0 and (rng.random() < 0.8 or late > 14)  # nobody lets one lie for months
    words = material("texts")["promises"]
    *texts, code = words[rng.integers(len(words))]
    made.promise.append({
        "account_id": customer.number + 1, "note_id": note_id, "owner_id": owner, "due_on": due_on,
        "what": texts[customer.speaks], "code": code or None, "status": "kept" if is_kept else "open",
        "proof": ("Sent by email.", "已通过邮件发送。")[customer.speaks] if is_kept else None,
        "closed_at": instant(due_on, 16) if is_kept else None, "version": 1,
        "created_at": instant(today - timedelta(days=age), 18, 59),
    })  # fmt: skip

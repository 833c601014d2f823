"""Plain functions that insert one valid row and return its id: a test states only what it is about."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import select

from lib.store import models as m
from lib.store.database import transaction

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
_serial = count(1)


def insert(row: m.Table) -> int:
    with transaction() as session:
        session.add(row)
        session.flush()
        return getattr(row, "id", 0)  # a table with a key of its own has no id


def _key(prefix: str) -> str:
    return f"{prefix}-{next(_serial)}"


def person(name: str = "Somebody", roles: tuple | list = (), **over: Any) -> int:
    values = {"external_id": _key("P"), "name": name, "created_at": NOW} | over
    person_id = insert(m.Person(**values))
    for role in roles:
        insert(m.PersonRole(person_id=person_id, role=str(role)))
    return person_id


def change(model: type[m.Table], row_id: int, **values: Any) -> None:
    """Set columns of a stored row, past every rule."""
    with transaction() as session:
        row = session.get(model, row_id)
        for name, value in values.items():
            setattr(row, name, value)


def delegation(from_id: int, to_id: int, **over: Any) -> int:
    """`to_id` stands in for `from_id` from today on, for a week."""
    values = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=7), "created_by": from_id,
              "created_at": NOW} | over  # fmt: skip
    return insert(m.Delegation(from_id=from_id, to_id=to_id, **values))


def role(person_id: int, role: str, origin: str = "hand") -> int:
    return insert(m.PersonRole(person_id=person_id, role=str(role), origin=origin))


def account(
    owner: int | None = None, backup: int | None = None, sales: int | None = None, **over: Any
) -> int:
    """An account; `owner`, `backup` and `sales` are person ids."""
    values = {"external_id": _key("A"), "name": "Lumora Home", "created_at": NOW, "updated_at": NOW} | over
    account_id = insert(m.Account(**values))
    for duty, person_id in (("owner", owner), ("backup", backup), ("sales", sales)):
        if person_id is not None:
            assignment(account_id=account_id, person_id=person_id, duty=duty)
    return account_id


def assignment(account_id: int, person_id: int, duty: str = "owner", **over: Any) -> int:
    values = {"since": date(2026, 1, 1), "recorded_at": NOW} | over
    return insert(m.Assignment(account_id=account_id, person_id=person_id, duty=duty, **values))


def contact(account_id: int, **over: Any) -> int:
    values = {"external_id": _key("K"), "name": "Wang Tao", "created_at": NOW} | over
    return insert(m.Contact(account_id=account_id, **values))


def subscription(account_id: int, **over: Any) -> int:
    """An annual USD subscription of 1,000.00 a month for 2026."""
    values = {
        "external_id": _key("S"), "starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1),
        "mrr_minor": 100_000, "arr_minor": 1_200_000, "recorded_at": NOW,
    } | over  # fmt: skip
    return insert(m.Subscription(account_id=account_id, **values))


def contract(account_id: int, **over: Any) -> int:
    """A fixed contract for 2026 written down by hand, so that joining periods leaves it alone."""
    values = {
        "starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1), "arr_minor": 1_200_000,
        "source": "hand", "recorded_at": NOW,
    } | over  # fmt: skip
    return insert(m.Contract(account_id=account_id, **values))


def renewal(account_id: int, contract_id: int, **over: Any) -> int:
    values = {
        "due_on": date(2027, 1, 1), "opens_on": date(2026, 10, 1), "notice_on": date(2026, 12, 2),
        "base_minor": 1_200_000, "expected_minor": 1_200_000, "recorded_at": NOW,
    } | over  # fmt: skip
    return insert(m.Renewal(account_id=account_id, contract_id=contract_id, **values))


def user(account_id: int, **over: Any) -> int:
    values = {"external_id": _key("U"), "name": "Li Wei", "created_on": date(2025, 1, 1)} | over
    return insert(m.User(account_id=account_id, **values))


def touch(account_id: int, person_id: int, **over: Any) -> int:
    values = {
        "channel": "call",
        "happened_at": NOW,
        "summary": "Spoke with the sponsor.",
        "created_at": NOW,
    } | over
    return insert(m.Touch(account_id=account_id, person_id=person_id, **values))


def note(account_id: int, author_id: int, **over: Any) -> int:
    values = {"written_at": NOW, "text": "They ask for three years."} | over
    return insert(m.Note(account_id=account_id, author_id=author_id, **values))


def promise(account_id: int, owner_id: int, **over: Any) -> int:
    values = {"what": "Send the security answers", "due_on": TODAY, "created_at": NOW} | over
    return insert(m.Promise(account_id=account_id, owner_id=owner_id, **values))


def alert(account_id: int, **over: Any) -> int:
    """An open activity alert; its evidence holds only what tests of other wings need."""
    values = {
        "level": "high", "severity": 60.0, "opened_on": date(2026, 11, 14), "recorded_at": NOW,
        "evidence": {"observed": 31, "expected": 60.0, "ratio": 0.52, "users": []},
    } | over  # fmt: skip
    return insert(m.ChurnAlert(account_id=account_id, **values))


def health(account_id: int, **over: Any) -> int:
    """A morning's score from two parts: 70 + 9.0 for activity − 3.0 for support = 76.0."""
    values = {
        "day": TODAY, "score": 76.0, "raw": 76.0, "coverage": 0.4, "activity": 82.0, "support": 58.0,
        "weights": {"activity": 30.0, "breadth": 20.0, "sentiment": 15.0, "commercial": 15.0, "support": 10.0,
                    "relationship": 10.0},
        "facts": {"observed": 30, "expected": 37.9, "ratio": 0.792, "urgent": 2, "others": 2, "seats": 20},
        "recorded_at": NOW,
    } | over  # fmt: skip
    return insert(m.HealthDay(account_id=account_id, **values))


def invoice(account_id: int, **over: Any) -> int:
    values = {
        "external_id": _key("I"), "issued_on": date(2026, 1, 1), "due_on": date(2026, 1, 31),
        "amount_minor": 1_200_000, "recorded_at": NOW,
    } | over  # fmt: skip
    return insert(m.Invoice(account_id=account_id, **values))


def case(account_id: int, **over: Any) -> int:
    values = {"external_id": _key("T"), "opened_at": NOW, "priority": "urgent"} | over
    return insert(m.Case(account_id=account_id, **values))


def survey(account_id: int, **over: Any) -> int:
    values = {"external_id": _key("V"), "kind": "nps", "score": Decimal(9), "answered_at": NOW} | over
    return insert(m.Survey(account_id=account_id, **values))


def request(account_id: int | None, owner_id: int, **over: Any) -> int:
    """An internal request to legal, raised by its owner unless somebody else is named."""
    values = {"department": "legal", "title": "Check the addendum", "due_on": TODAY, "raised_by": owner_id,
              "raised_at": NOW, "since": NOW} | over  # fmt: skip
    return insert(m.InternalRequest(account_id=account_id, owner_id=owner_id, **values))


def task(account_id: int | None, owner_id: int, **over: Any) -> int:
    values = {
        "kind": "check_in", "title": "Quarterly check-in", "due_on": TODAY, "dedupe_key": _key("task"),
        "created_at": NOW,
    } | over  # fmt: skip
    return insert(m.Task(account_id=account_id, owner_id=owner_id, **values))


def suggestion(account_id: int, **over: Any) -> int:
    """An open proposal of fewer seats."""
    values = {
        "kind": "right_size", "target": "8", "evidence": {"active": 6, "seats": 20, "days": 30},
        "opened_on": TODAY, "ends_on": TODAY + timedelta(days=30), "change_minor": -720_000,
    } | over  # fmt: skip
    return insert(m.Suggestion(account_id=account_id, **values))


def quote(account_id: int, created_by: int, status: str = "draft", revisions: int = 1, **version: Any) -> int:
    """A quote whose newest version has the quote's status; without lines."""
    with transaction() as session:
        book_id = session.execute(select(m.PriceBook.id).order_by(m.PriceBook.id).limit(1)).scalar_one()
    number = _key("Q") if status in ("sent", "accepted") else None
    quote_id = insert(
        m.Quote(account_id=account_id, number=number, title="Three-year renewal", status=status,
                created_by=created_by, created_at=NOW, updated_at=NOW)
    )  # fmt: skip
    values = {
        "book_id": book_id, "currency": "USD", "starts_on": TODAY, "valid_until": date(2026, 12, 20),
        "edited_by": created_by, "submitted_at": None if status == "draft" else NOW,
    } | version  # fmt: skip
    for revision in range(1, revisions + 1):
        state = status if revision == revisions else "withdrawn"
        insert(m.QuoteVersion(quote_id=quote_id, revision=revision, status=state, **values))
    return quote_id


def window_form(**over: Any) -> dict[str, Any]:
    """A window as its form sends it: 10% off for everybody, open the whole of November in Shanghai."""
    return {
        "code": "november", "kind": "custom", "name_en": "November", "name_zh": "十一月",
        "zone": "Asia/Shanghai", "apply_from": date(2026, 10, 20), "opens": datetime(2026, 11, 1),
        "closes": datetime(2026, 12, 1), "rate": Decimal("0.1"), "currency": "USD",
    } | over  # fmt: skip


def window(code: str, created_by: int, **over: Any) -> int:
    """A published window of 10% off, open around NOW."""
    values = {
        "kind": "custom", "name_en": code, "name_zh": code, "zone": "Asia/Shanghai",
        "apply_from": date(2026, 10, 20), "opens_at": NOW - timedelta(days=1),
        "closes_at": NOW + timedelta(days=5), "rate": Decimal("0.1"), "status": "published",
        "created_at": NOW, "published_at": NOW - timedelta(days=30), "published_by": created_by,
    } | over  # fmt: skip
    return insert(m.PromoWindow(code=code, created_by=created_by, **values))


def quote_form(**over: Any) -> dict[str, Any]:
    """The values of a quote form as the builder sends them: one year, no discount, a need written down."""
    return {
        "title": "Renewal of the enterprise plan", "language": "bilingual", "starts_on": date(2027, 1, 1),
        "term_months": 12, "prepaid": False, "discount": Decimal(0), "justification": None,
        "valid_until": date(2026, 12, 4), "discovery": {"efficiency": "One tool for all shops"},
    } | over  # fmt: skip


def quote_line(item_code: str = "professional", quantity: Any = 1, discount: Any = 0) -> dict[str, Any]:
    return {"item_code": item_code, "quantity": quantity, "discount": discount}


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def evidence(**over: Any) -> dict[str, Any]:
    """What proves an acceptance, as the form sends it: an order number, signed today."""
    return {
        "kind": "order_number", "signer": "Wang Tao", "signed_on": TODAY, "reference": "PO-2026-118",
        "file_name": "", "content": None,
    } | over  # fmt: skip

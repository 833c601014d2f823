"""Give and get: what a concession costs, on which condition it is given, what comes back for it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lib.errors import Conflict, Invalid
from lib.money import to_minor

GIVES = ("volume", "term", "prepayment", "reference", "case_study", "data", "joint_marketing", "referral")
REBATE = "reseller_rebate"
TEXT_MAX = 1000


@dataclass(frozen=True)
class Entry:
    """An entry of the library; amounts in USD."""

    code: str
    name_en: str
    name_zh: str
    cost: Decimal
    value: Decimal
    owner: str
    needs_competitor: bool
    cap: Decimal | None = None
    days: int | None = None
    reference: Decimal | None = None  # what others report of it, a share


@dataclass(frozen=True)
class Total:
    """The concessions of a quote together, in minor units of its currency; `bare`: how many without a
    return."""

    cost_minor: int
    list_minor: int
    bare: int


def read_library(body: Mapping[str, Any]) -> dict[str, Entry]:
    """The policy document "concessions" as values, by code."""
    return {
        row["code"]: Entry(
            row["code"], row["name_en"], row["name_zh"], Decimal(row["cost"]), Decimal(row["value"]),
            row["owner"], row["needs_competitor"], Decimal(row["cap"]) if row.get("cap") else None,
            row.get("days"), Decimal(row["reference"]) if row.get("reference") else None,
        )
        for row in body["entries"]
    }  # fmt: skip


def check(
    entry: Entry, values: Mapping[str, Any], currency: str, net_minor: int, rebate_cap: Decimal
) -> dict[str, Any]:
    """The columns of a concession from a form: cost_minor, list_minor, quantity (effort days), competitor,
    note, give_code, give_text, give_due_on. Amounts left open are those of the library, on a quote in USD;
    a cap is compared in USD alone.

    Raises Invalid.
    """
    usual = {"cost_minor": entry.cost, "list_minor": entry.value} if currency == "USD" else {}
    cost, worth = (
        to_minor(usual.get(name, Decimal(0)), currency) if values.get(name) is None else values[name]
        for name in ("cost_minor", "list_minor")
    )
    days = values.get("quantity") or 0
    if cost < 0 or worth < 0 or days < 0:
        raise Invalid("concession_amount")
    competitor = _text(values.get("competitor"))
    if entry.needs_competitor and not competitor:
        raise Invalid("concession_competitor", name=entry.name_en)
    over = entry.cap is not None and currency == "USD" and cost > to_minor(entry.cap, "USD")
    if over or (entry.days is not None and days > entry.days):
        raise Invalid("concession_cap", name=entry.name_en)
    if entry.code == REBATE and Decimal(cost) > rebate_cap * net_minor:
        raise Invalid("concession_cap", name=entry.name_en)
    code, text, due = values.get("give_code"), _text(values.get("give_text")), values.get("give_due_on")
    if code is not None and code not in GIVES:
        raise Invalid("concession_give")
    if code is not None and (text is None or not isinstance(due, date)):
        raise Invalid("concession_give")
    return {
        "cost_minor": cost, "list_minor": worth, "quantity": days or None, "competitor": competitor,
        "note": _text(values.get("note")), "give_code": code, "give_text": text if code else None,
        "give_due_on": due if code else None, "give_status": "open" if code else "missing",
    }  # fmt: skip


def total(rows: Iterable[Any]) -> Total:
    """Of rows with cost_minor, list_minor, give_code."""
    held = list(rows)
    return Total(
        sum(int(r.cost_minor) for r in held), sum(int(r.list_minor) for r in held),
        sum(not isinstance(r.give_code, str) for r in held),
    )  # fmt: skip


def settle(status: str, give_status: str, target: str) -> str:
    """The return came, or is waived. Raises Conflict where none is open."""
    if status != "granted" or give_status not in ("open", "missing"):
        raise Conflict("concession_settled")
    if target == "received" and give_status == "missing":
        raise Conflict("concession_settled")
    return target


def _text(value: Any) -> str | None:
    return " ".join(str(value or "").split())[:TEXT_MAX] or None

"""What a paper must say before it may leave: its clauses, and what would be missing. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lib.pricing.price_book import UNITS

SPOKEN = {"en": ("en",), "zh-CN": ("zh-CN",), "bilingual": ("en", "zh-CN")}  # languages of a paper


def clauses_of(snapshot: Mapping[str, Any]) -> list[str]:
    """The clauses every paper of these lines carries: scope, limits of use, price lock, renewal, and how
    seats and usage beyond the quote are charged, unless a clause of its own says how seats are."""
    units = {line["unit"] for line in snapshot["lines"]}
    names = ["scope", "limits", "lock", "renewal"]
    own = any(clause.get("code") == "topup" for clause in snapshot.get("priced", {}).get("clauses", ()))
    names += ["seats"] if "seat_month" in units and not own else []
    names += ["usage"] if "usage_month" in units else []
    return names + (["rights"] if any(line["group"] == "rights" for line in snapshot["lines"]) else [])


def gaps(snapshot: Mapping[str, Any]) -> list[str]:
    """What a paper has to say and this one would not (S2-06): term, validity, payment, renewal, limits,
    customer, language. Empty for a complete paper."""
    s, clauses = snapshot, clauses_of(snapshot)
    units = {line["unit"] for line in s["lines"]}
    paid = sum(part["amount_minor"] for part in s["payments"])
    there = {
        "term": bool(s["starts_on"] and s["ends_on"] > s["starts_on"] and s["months"]),
        "validity": bool(s["valid_until"]),
        "payment": bool(s["payments"]) and paid == s["total_minor"],
        "renewal": {"renewal", "lock"} <= set(clauses),
        "limits": "limits" in clauses and units <= set(UNITS)
        and all(Decimal(line["quantity"]) > 0 for line in s["lines"]),
        "customer": all(s["customer"]["names"].values()),
        "language": all(line[spoken].strip() for line in s["lines"] for spoken in SPOKEN[s["language"]]),
    }  # fmt: skip
    return [name for name, fine in there.items() if not fine]

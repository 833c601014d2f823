"""What each form of the VIP page asks for; nothing is drawn here and nothing is written."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lib.errors import Invalid
from lib.money import CURRENCIES, from_minor, parse_decimal, to_minor
from lib.vips.queries import Known, Standard
from lib.vips.rules import QUESTIONS, Advocacy, Mode
from lib.words import say

Asked = list[dict[str, Any]]


def _field(language: str, code: str, **more: Any) -> dict[str, Any]:
    """The arguments of an input: its code, its label, and whatever else it needs."""
    return {"code": code, "label": say(language, f"vips-field-{code.replace('_', '-')}")} | more


def accept(standard: Standard, levels: Mapping[str, str], language: str) -> Asked:
    """Reason, mode, and for a contractual SLA its level, the five answers, a reason to exceed capacity."""
    modes = {str(m): say(language, f"vips-mode-{m}") for m in Mode}
    yes_no = {code: say(language, f"vips-{code}") for code in ("yes", "no")}
    return [
        _field(language, "reason", long=True, limit=1000),
        _field(language, "mode", options=modes),
        _field(language, "level", options=dict(levels)),
        _field(language, "included", long=True, limit=1000),
        _field(language, "who", limit=255),
        _field(language, "months", value=str(standard.months), limit=2),
        _field(language, "levels", value=str(len(standard.levels)), limit=2),
        _field(language, "opt_in", options=yes_no),
        _field(language, "override", limit=1000),
    ]


def answers(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.get(name) for name in QUESTIONS}


def reason(language: str) -> Asked:
    return [_field(language, "reason", long=True, limit=1000)]


def profile(known: Known, language: str) -> Asked:
    """Big name with its reason, champion, advocacy with its note."""
    yes_no = {code: say(language, f"vips-{code}") for code in ("no", "yes")}
    people = {"": say(language, "vips-nobody")} | {str(i): name for i, name in known.contacts.items()}
    marks = [
        _field(language, f"advocacy_{code}", options=yes_no, value="yes" if code in known.advocacy else "no")
        for code in Advocacy
    ]
    return [
        _field(language, "big_name", options=yes_no, value="yes" if known.big_name else "no"),
        _field(language, "big_name_reason", value=known.big_name_reason, long=True, limit=1000),
        _field(language, "champion", options=people, value=str(known.champion_id or "")),
        *marks,
        _field(language, "advocacy_note", value=known.advocacy_note, long=True, limit=1000),
    ]


def profile_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the form holds, as the command takes it."""
    champion = values.get("champion") or ""
    return {
        "big_name": values["big_name"] == "yes", "big_name_reason": values["big_name_reason"],
        "champion_id": int(champion) if champion else None, "advocacy_note": values["advocacy_note"],
        "advocacy": [str(code) for code in Advocacy if values[f"advocacy_{code}"] == "yes"],
    }  # fmt: skip


def facts(known: Known, language: str) -> Asked:
    """Funding with currency, source and date, following, monthly sales."""
    held = known.facts
    currency = held["funding_currency"] or "USD"
    return [
        _field(language, "funding", value=_amount(held["funding_minor"], currency), limit=24),
        _field(language, "funding_currency", value=currency, options={c: c for c in CURRENCIES}),
        _field(language, "funding_source", value=held["funding_source"], limit=255),
        _field(language, "funding_on", value=_text(held["funding_on"]), limit=10),
        _field(language, "following", value=_text(held["following"]), limit=10),
        _field(language, "monthly_sales", value=_amount(held["monthly_sales_minor"], known.currency),
               limit=24),
    ]  # fmt: skip


def fact_values(values: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """What the form holds, as the command takes it; `currency` is the account's. Raises Invalid for what
    nobody can read."""
    own = values["funding_currency"] or "USD"
    funded = _minor(values["funding"], own)
    return {
        "funding_minor": funded, "funding_currency": own if funded is not None else None,
        "funding_source": values["funding_source"].strip() or None, "funding_on": _day(values["funding_on"]),
        "following": _whole(values["following"]),
        "monthly_sales_minor": _minor(values["monthly_sales"], currency),
    }  # fmt: skip


def _minor(text: str, currency: str) -> int | None:
    return to_minor(parse_decimal(text), currency) if text.strip() else None


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid("vip_day") from None


def _whole(text: str) -> int | None:
    said = text.strip().replace(",", "")
    if said and not (said.isascii() and said.isdigit()):
        raise Invalid("number_format", value=said[:40])
    return int(said) if said else None


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else format(from_minor(minor, currency), "f")


def _text(value: Any) -> str:
    return "" if value is None else str(value)

"""What the desk knows when a quote is written: people active, use of modules, peaks, prices so far. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.pricing.quotas import quota_name
from lib.quotes.approvals import Guardrails
from lib.quotes.evaluation import Basis
from lib.quotes.rules import RANKS, QuoteForm, ranked
from lib.subscriptions.rules import shortfalls
from lib.words import say, term

SEATS, USAGE, MODULE = "seat", "usage", "module"  # kinds of items
REMEDIES = {"must-missing": "add", "unused": "drop", "not-asked": "drop"}  # what a hint offers to do


@dataclass(frozen=True)
class Known:
    """active: people seen lately; months: uses of each feature by month, features by the code of their item.
    arr: what runs today, by currency. suggestion: see lib.quotes.suggesting. history: number, status,
    effective_discount, net_minor, currency, term_months, issued_at of the account's own papers. peaks: the
    most used of what plans hold a quota of, by its name. unused: what the account holds or was offered."""

    active: int
    days: int
    months: Mapping[str, Mapping[date, int]] = field(default_factory=dict)
    arr: Mapping[str, int] = field(default_factory=dict)
    suggestion: Any = None
    history: pd.DataFrame = field(default_factory=pd.DataFrame)
    peaks: Mapping[str, int] = field(default_factory=dict)
    unused: Sequence["Unused"] = ()


@dataclass(frozen=True)
class Unused:
    """Something that may make up for a discount: an entitlement with some of it left, or a right offered and
    not taken (`left` is None), perhaps by a partner."""

    name: Mapping[str, str]
    left: int | None
    expires_on: date | None
    partner: bool = False


@dataclass(frozen=True)
class Hint:
    """Something to look at: code and its figures; item is the line it speaks of."""

    code: str
    item: str | None
    values: Mapping[str, Any]


def hints(form: QuoteForm, basis: Basis, known: Known) -> list[Hint]:
    """Seats beside people, quotas below the peak, modules nobody uses (S0-04), and what discovery ranked
    beside what is quoted (S0-52)."""
    found, by_kind = [], _quantities(form, basis)
    seats = sum(by_kind.get(SEATS, {}).values())
    if known.active and seats:
        code = "seats-short" if seats < known.active else "seats-spare" if seats > known.active * 2 else None
        if code:
            found.append(Hint(code, None, {"seats": seats, "active": known.active}))
    usage = by_kind.get(USAGE, {})
    volumes = {code: known.months[code] for code in usage if known.months.get(code)}
    peaks = {code: Decimal(max(months.values())) for code, months in volumes.items()}
    for short in shortfalls(usage, peaks):
        values = {"quantity": short.quota, "peak": int(short.peak), "usual": usual(volumes[short.name])}
        found.append(Hint("below-peak", short.name, values))
    found += _short_quotas(form, basis, known)
    if known.months:
        for code in by_kind.get(MODULE, {}):
            if code in known.months and not sum(known.months[code].values()):
                found.append(Hint("unused", code, {}))
    return [*found, *_ranking(form, basis, by_kind.get(MODULE, {}))]


def _ranking(form: QuoteForm, basis: Basis, modules: Mapping[str, Decimal]) -> list[Hint]:
    """Functions the customer must have and would not get; modules nobody asked for, once any was ranked."""
    must, nice = (ranked(form.discovery, rank) for rank in RANKS)
    missing = [code for code in must if code in basis.items and code not in modules]
    spare = [code for code in modules if code not in (*must, *nice)] if must or nice else []
    return [Hint("must-missing", code, {}) for code in missing] + [Hint("not-asked", c, {}) for c in spare]


def used_texts(known: Known, language: str) -> dict[str, str]:
    """How much each function is used, in a few words, by the code of its item."""
    return {
        code: say(language, "builder-note-used", usual=fmt.number(usual(volumes), language))
        if sum(volumes.values()) else say(language, "builder-note-unused")
        for code, volumes in known.months.items() if volumes
    }  # fmt: skip


def _short_quotas(form: QuoteForm, basis: Basis, known: Known) -> list[Hint]:
    """Quotas of the quoted plans, all lines together, below what the account used at its peak (S0-24)."""
    held: dict[str, Decimal] = {}
    of: dict[str, str] = {}
    for line in form.lines:
        quota = basis.items[line.item_code].quota if line.item_code in basis.items else None
        for name, much in (quota or {}).items():
            if isinstance(much, int) and not isinstance(much, bool):
                held[name] = held.get(name, Decimal(0)) + much
                of.setdefault(name, line.item_code)
    peaks = {name: Decimal(peak) for name, peak in known.peaks.items()}
    return [
        Hint("short-quota", of[short.name], {"of": short.name, "quota": short.quota, "peak": int(short.peak)})
        for short in shortfalls(held, peaks)
    ]


def usual(volumes: Mapping[date, int]) -> int:
    """The middle of past months: what usage is estimated by (S1-53)."""
    ordered = sorted(volumes.values())
    return ordered[len(ordered) // 2]


def _quantities(form: QuoteForm, basis: Basis) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    for line in form.lines:
        item = basis.items.get(line.item_code)
        if item is not None:
            held = found.setdefault(item.kind, {})
            held[item.code] = held.get(item.code, Decimal(0)) + line.quantity
    return found


def hint_texts(found: Sequence[Hint], basis: Basis, language: str) -> list[str]:
    return [
        say(language, f"builder-hint-{hint.code}",
            **({"item": basis.items[hint.item].name(language)} if hint.item else {}),
            **{name: quota_name(value, language) if name == "of" else fmt.number(value, language)
               for name, value in hint.values.items()})
        for hint in found
    ]  # fmt: skip


def unused_texts(found: Sequence[Unused], language: str) -> list[str]:
    """What the account holds unused and what partners offer it: to be tried before more discount (S0-90)."""
    said = []
    for one in found:
        name = one.name["zh-CN" if language == "zh-CN" else "en"]
        code = "partner" if one.partner else "offered" if one.left is None else "left"
        text = say(language, f"builder-unused-{code}", name=name,
                   **({} if one.left is None else {"left": fmt.number(one.left, language)}))  # fmt: skip
        until = "" if one.expires_on is None else say(
            language, "builder-unused-until", day=fmt.day(one.expires_on, language))  # fmt: skip
        said.append(text + until)
    return said


def known_rows(known: Known, price: Any, language: str) -> list[tuple[str, str]]:
    """Label and value: people active, ARR today and what this quote makes of it, volume of each feature."""
    priced = price.priced
    rows = [("active", fmt.number(known.active, language) if known.active else fmt.MISSING,
             {"days": known.days})]  # fmt: skip
    today = known.arr.get(priced.currency)
    if today is not None:
        rows.append(("arr", fmt.money(today, priced.currency, language, whole=True), {}))
        change = priced.arr_minor - today
        sign = "+" if change > 0 else ""
        rows.append(("arr-change", sign + fmt.money(change, priced.currency, language, whole=True), {}))
    lasting = priced.arr_minor * priced.months // 12
    rows.append(("lifetime", fmt.money(lasting, priced.currency, language, whole=True), {}))
    for code, volumes in sorted(known.months.items()):
        line = say(language, "builder-known-volume", usual=fmt.number(usual(volumes), language),
                   peak=fmt.number(max(volumes.values()), language))  # fmt: skip
        rows.append(("feature", line, {"feature": term(language, "feature", code)}))
    return [(say(language, f"builder-known-{name}", **values), value) for name, value, values in rows]


def suggestion_text(found: Any, rails: Guardrails, months: int, language: str) -> str:
    """The smallest discount that won comparable deals, beside the largest nobody is asked about."""
    limit = fmt.percent(rails.for_term(months).justify_above, language, 0)
    values = {"won": found.won, "lost": found.lost, "months": found.months, "limit": limit}
    if found.share is None:
        return say(language, "builder-suggested-none", **values)
    return say(language, "builder-suggested", share=fmt.percent(found.share, language), **values)

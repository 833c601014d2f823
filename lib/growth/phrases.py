"""Proposals in words: the sentence with its numbers, the list, how they were taken; pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.growth.advice import Advice
from lib.growth.rules import DISMISSALS, Kind, SeatPlan, Status
from lib.words import say, term

EXPORTED = ["account", "kind", "finding", "change", "currency", "opened_on", "ends_on", "status", "reason",
            "decided_by", "decided_at"]  # fmt: skip
BENCHMARK = {Kind.NEXT_PRODUCT: "next_product"}


def kind_word(kind: str, language: str) -> str:
    return say(language, f"growth-kind-{kind.replace('_', '-')}")


def status_word(status: str, language: str) -> str:
    return say(language, f"growth-status-{status}")


def sentence(kind: str, target: str, numbers: Mapping[str, Any], language: str, currency: str) -> str:
    """What is proposed and why, with every number of the evidence."""
    worded = f"growth-says-{kind.replace('_', '-')}"
    told = say(language, worded, **_VALUES[Kind(kind)](target, numbers, language, currency))
    return told + _held_back(numbers, language) if "floor" in numbers else told


def _held_back(numbers: Mapping[str, Any], language: str) -> str:
    """Why nobody is asked: it brings too small a multiple of what following it up costs."""
    effort = fmt.money(int(Decimal(numbers["effort_usd"]) * 100), "USD", language, whole=True)
    roi, floor = (Decimal(numbers[name]) for name in ("roi", "floor"))
    told = fmt.number(floor, language, 0 if floor == int(floor) else 1)
    return say(language, "growth-says-held", effort=effort, roi=fmt.number(roi, language, 1), floor=told)


def _seats(target: str, held: Mapping[str, Any], language: str, _currency: str) -> dict[str, Any]:
    return {"target": int(target), "active": held["active"], "seats": held["seats"], "days": held["days"],
            "share": fmt.percent(Decimal(held["active"]) / held["seats"], language, 0)}  # fmt: skip


def _near_full(target: str, held: Mapping[str, Any], language: str, currency: str) -> dict[str, Any]:
    before = held.get("before")
    return _seats(target, held, language, currency) | {
        "before": fmt.MISSING if before is None else fmt.number(before, language)
    }


def _plan(target: str, held: Mapping[str, Any], language: str, _currency: str) -> dict[str, Any]:
    fee = held.get("fee_share")
    return {
        "plan": term(language, "plan", target), "now": term(language, "plan", held["plan"]),
        "sales": fmt.money(held["sales_minor"], held["currency"], language, whole=True),
        "edge": fmt.money(int(Decimal(held["edge"]) * 100), "USD", language, whole=True),
        "early": "yes" if held["early"] else "no",
        "fee": fmt.MISSING if fee is None else fmt.percent(Decimal(fee), language, 2),
        "low": fmt.percent(Decimal(held["fee_from"]), language, 0),
        "high": fmt.percent(Decimal(held["fee_to"]), language, 0),
    }  # fmt: skip


def _modules(_target: str, held: Mapping[str, Any], language: str, _currency: str) -> dict[str, Any]:
    unused = [term(language, "feature", name) for name in held["unused"]]
    return {
        "unused": fmt.names(unused, language),
        "count": len(unused),
        "of": held["of"],
        "days": held["days"],
    }


def _product(target: str, held: Mapping[str, Any], language: str, _currency: str) -> dict[str, Any]:
    return {"product": term(language, "product", target), "holders": held["holders"],
            "share": fmt.percent(Decimal(held["share"]), language, 0)}  # fmt: skip


def _interest(target: str, held: Mapping[str, Any], language: str, _currency: str) -> dict[str, Any]:
    return {"feature": term(language, "feature", target), "now": fmt.number(held["now"], language),
            "before": fmt.number(held["before"], language)}  # fmt: skip


def _multi_year(target: str, held: Mapping[str, Any], language: str, _currency: str) -> dict[str, Any]:
    return {"day": fmt.day(date.fromisoformat(target), language), "years": held["years"],
            "products": held["products"], "features": held["features"], "active": held["active"],
            "before": held["before"]}  # fmt: skip


def _held(_target: str, held: Mapping[str, Any], _language: str, _currency: str) -> dict[str, Any]:
    return dict(held)


_VALUES = {
    Kind.RIGHT_SIZE: _seats, Kind.NEAR_FULL: _near_full, Kind.PLAN_FIT: _plan, Kind.UNUSED_MODULES: _modules,
    Kind.NEXT_PRODUCT: _product, Kind.RISING_INTEREST: _interest, Kind.MULTI_YEAR: _multi_year,
    Kind.DEDICATED_TEAM: _held, Kind.REFERRAL: _held,
}  # fmt: skip


def seats_told(plan: SeatPlan, language: str) -> str:
    """The seats a renewal quote starts with, and where the number comes from."""
    numbers = {name: fmt.number(getattr(plan, name), language) for name in ("seats", "active", "before")}
    headroom = fmt.percent(plan.headroom, language, 0)
    return say(language, "growth-seats-told", **numbers, days=plan.days, headroom=headroom)


def reason_words(reason: str | None, language: str) -> str | None:
    """A stored dismissal: its code in words, and what somebody wrote beside it."""
    if not reason:
        return None
    code, _, note = reason.partition(": ")
    word = say(language, f"growth-why-{code.replace('_', '-')}") if code in DISMISSALS else code
    return say(language, "growth-why-note", why=word, note=note) if note else word


def listed(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """The rows of queries.suggestions with kind, finding, change (money as text), status and reason in
    words."""
    said = [
        sentence(r.kind, r.target, r.evidence, language, r.currency) for r in rows.itertuples()
    ]  # fmt: skip
    change = [change_words(r.change_minor, r.currency, language) for r in rows.itertuples()]
    return rows.assign(
        finding=said, change=change,
        kind=[kind_word(kind, language) for kind in rows["kind"]],
        status=[status_word(status, language) for status in rows["status"]],
        reason=[reason_words(reason, language) for reason in rows["reason"]],
    )  # fmt: skip


def change_words(minor: int | None, currency: str, language: str) -> str | None:
    """By how much ARR would change, with its sign; nothing where nothing can be said."""
    if minor is None:
        return None
    text = fmt.money(int(minor), currency, language, whole=True)
    return f"+{text}" if minor > 0 else text


def rate_words(rate: Decimal | None, decided: int, least: int, language: str) -> str:
    """The hit rate; below the least number of decisions it says so instead."""
    if rate is None or decided < least:
        return say(language, "growth-too-few", count=decided, least=least)
    return fmt.percent(rate, language, 0)


def hits_table(graded: Any, language: str) -> pd.DataFrame:
    """kind, open, accepted, dismissed, rate, benchmark; the kinds in order, all together last."""
    rows = []
    for kind, one in graded.kinds.items():
        mark = graded.benchmarks[BENCHMARK.get(Kind(kind), "acceptance")]
        rows.append((kind_word(kind, language), one, mark))
    rows.append((say(language, "growth-all"), graded.all, graded.benchmarks["match"]))
    least = graded.least_decided
    return pd.DataFrame(
        [
            (word, one.open, one.accepted, one.dismissed, rate_words(one.rate, one.decided, least, language),
             fmt.percent(mark, language, 0))
            for word, one, mark in rows
        ],
        columns=["kind", "open", "accepted", "dismissed", "rate", "benchmark"],
    )  # fmt: skip


def figures(graded: Any, language: str) -> list[dict[str, Any]]:
    """Tiles: open proposals, hit rate against the claimed one, what the open ones would add."""
    hits, least = graded.all, graded.least_decided
    claimed = fmt.percent(graded.benchmarks["acceptance"], language, 0)
    sums = [fmt.money(minor, code, language, compact=True) for code, minor in graded.gain.items() if minor]
    return [
        {"label": say(language, "growth-tile-open"), "value": fmt.number(hits.open, language),
         "note": say(language, "growth-tile-open-note"),
         "help": say(language, "figure-growth-open")},
        {"label": say(language, "growth-tile-rate"),
         "value": fmt.percent(hits.rate if hits.decided >= least else None, language, 0),
         "note": say(language, "growth-tile-rate-note", decided=hits.decided, claimed=claimed),
         "help": say(language, "growth-rate-help")},
        {"label": say(language, "growth-tile-gain"), "value": sums[0] if sums else fmt.MISSING,
         "note": say(language, "growth-tile-gain-note", others=" · ".join(sums[1:])) if sums[1:] else None,
         "help": say(language, "figure-growth-gain")},
    ]  # fmt: skip


__all__ = [
    "EXPORTED", "Status", "change_words", "figures", "hits_table", "kind_word", "listed", "rate_words",
    "reason_words", "seats_told", "sentence", "status_word",
]  # fmt: skip


def advised(found: Advice, language: str) -> list[tuple[str, str]]:
    """Label and text of what suits the customer's stage and category."""
    lines = []
    if found.stage and found.needs:
        sales = fmt.money(found.sales_minor, found.currency, language, whole=True)
        lines.append((say(language, "growth-advice-stage", stage=found.stage[language], sales=sales),
                      found.needs[language]))  # fmt: skip
    category = term(language, "industry", found.industry or "")
    lines += [(say(language, "growth-advice-content", category=category), text[language])
              for text in found.content]  # fmt: skip
    return lines

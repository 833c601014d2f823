"""What the quote pages say: findings, ways out, the waterfall's rows, totals. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from lib import format as fmt
from lib.money import from_minor, to_minor
from lib.policy.library import clause_for
from lib.pricing.waterfall import Priced, share_off
from lib.quotes.approvals import Way
from lib.quotes.evaluation import Basis
from lib.quotes.findings import ORDER, PRICE_KINDS, Decision, Finding, Level
from lib.quotes.rules import QuoteForm
from lib.quotes.steps import REBASED, SILENT, split
from lib.words import say

_STEP_ORDER = (
    "volume", "own-price", "ramp", "value-premium", "all-in", "annual-preset", "multi-year", "term", "prepay",
    "bundle", "offer", "free-months", "follows-lines", "line-discount", "quote-discount", "coupon",
)  # fmt: skip


def headline(account: str, number: str | None, revision: int, language: str) -> str:
    """Who the quote is for and under which number: Lumora Home, QT-2026-0042 revision 2."""
    shown = number or say(language, "quotes-draft-number")
    if revision > 1:
        shown += " " + say(language, "quotes-revision", revision=revision)
    return say(language, "quotes-headline", account=account, number=shown)


def subtitle(form: QuoteForm, basis: Basis, language: str) -> str:
    """Term, price book and validity in one line."""
    name = basis.book_name_zh if language == "zh-CN" else basis.book_name_en
    book = say(language, "quotes-book", name=name, currency=basis.currency, number=basis.book_number)
    days = {"start": fmt.day(form.starts_on, language), "valid": fmt.day(form.valid_until, language)}
    return say(language, "quotes-subtitle", months=form.term_months, book=book, **days)


def countdown(valid_until: date, zone: str, now: datetime, language: str) -> str:
    """Days and hours until the end of the last day in a zone, which is named; over once it has come."""
    end = datetime.combine(valid_until + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))
    hours = int((end - now).total_seconds() // 3600)
    if end <= now:
        return say(language, "quotes-left-none")
    return say(language, "quotes-left", days=hours // 24, hours=hours % 24, zone=zone)


def totals(priced: Priced, cost_minor: int | None, language: str) -> list[tuple[str, str]]:
    """Label and amount of what stands under the big number."""
    rows = [
        ("quotes-total-list", priced.list_minor),
        ("quotes-total-arr", priced.arr_minor),
        ("quotes-total-monthly", priced.monthly_minor),
    ]  # fmt: skip
    found = [(say(language, label), fmt.money(minor, priced.currency, language)) for label, minor in rows]
    if cost_minor is not None:
        found.append((say(language, "quotes-total-margin"), fmt.percent(priced.margin, language)))
    return found


def finding_text(finding: Finding, language: str) -> str:
    """The finding in one sentence, with its figures where the reader may know them."""
    hidden = "-hidden" if finding.kind == "margin" and finding.found is None else ""
    if finding.level is Level.STOP or finding.kind not in PRICE_KINDS:
        values = {} if hidden else {"found": value_text(finding, finding.found, language),
                                    "limit": value_text(finding, finding.limit, language)}  # fmt: skip
        return say(language, f"approvals-finding-{finding.kind.replace('_', '-')}{hidden}", **values)
    values = {} if hidden else {
        "found": fmt.percent(finding.found, language), "limit": _limit(finding.limit, language)}  # fmt: skip
    return say(language, f"quotes-finding-{finding.kind}{hidden}-{finding.level}", **values)


def value_text(finding: Finding, value: Decimal, language: str) -> Any:
    """A value or limit of a finding: a percentage, an amount, or a count as a number that plurals follow."""
    if finding.kind in PRICE_KINDS:
        return _limit(value, language)
    if finding.currency:
        return fmt.money(to_minor(value, finding.currency), finding.currency, language, whole=True)
    return int(value)


def rule_text(finding: Finding, language: str) -> str:
    return say(language, f"quotes-rule-{finding.level}", rule=finding.rule)


def _limit(share: Decimal, language: str) -> str:
    return fmt.percent(share, language, 0 if (share * 100) % 1 == 0 else 1)


def ways_text(ways: Sequence[Way], language: str) -> str:
    """The nearest way to need nobody: 2.0 pp less discount or a term of 24 months."""
    texts = [_way(way, language) for way in ways]
    if not texts:
        return ""
    whole = texts[0]
    for other in texts[1:]:
        whole = say(language, "quotes-way-or", one=whole, other=other)
    return say(language, "quotes-way", ways=whole)


def _way(way: Way, language: str) -> str:
    if way.kind == "discount":
        points = fmt.points(way.points, language).lstrip("+")
        return say(language, "quotes-way-discount", points=points)
    if way.kind == "term":
        return say(language, "quotes-way-term", months=way.months)
    return say(language, "quotes-way-no-prepay")


def waterfall_rows(priced: Priced, cost_minor: int | None, language: str) -> pd.DataFrame:
    """name, amount (signed step or level, for drawing), total, label, value (exact text).

    Steps of all lines are added up by rule; rounding belongs to the step before it. With `cost_minor` the
    cost and what is left follow the net price.
    """
    currency = priced.currency
    at_list, net = (from_minor(m, currency) for m in (priced.list_minor, priced.net_minor))
    rows = [("pricing-step-list", at_list, True, {})]
    steps = _steps(priced)
    for name in _STEP_ORDER:
        if steps.get(name):
            rows.append((f"pricing-step-{name}", steps[name], False, {"months": priced.months}))
    rows.append(("pricing-step-net", net, True, {}))
    if cost_minor is not None:
        cost = from_minor(cost_minor, currency)
        rows.append(("quotes-total-cost", -cost, False, {}))
        rows.append(("quotes-total-margin", net - cost, True, {}))
    return pd.DataFrame(
        [
            (say(language, name, **(values if name == "pricing-step-term" else {})), float(amount), total,
             _short(amount, language), fmt.number(amount, language, 2))
            for name, amount, total, values in rows
        ],
        columns=["name", "amount", "total", "label", "value"],
    )  # fmt: skip


def _steps(priced: Priced) -> dict[str, Decimal]:
    """What each rule took off over all lines; sums to net − list up to the rounding of list amounts."""
    found: dict[str, Decimal] = {}
    for line in priced.lines:
        last = "line-discount"
        for step in line.steps:
            name = split(step.rule)[0]
            last = name if name not in SILENT else last
            if step.after != step.before and name not in (*REBASED, "gift"):
                found[last] = found.get(last, Decimal(0)) + step.after - step.before
    return {name: amount for name, amount in found.items() if abs(amount) >= Decimal("0.005")}


def _short(amount: Decimal, language: str) -> str:
    """A figure short enough to stand on a bar: 116.9K, 532 or 11.7 万."""
    size = abs(amount)
    if language == "zh-CN":
        return (
            fmt.number(amount / 10_000, language, 1) + " 万"
            if size >= 10_000
            else fmt.number(amount, language)
        )
    if size >= 1_000_000:
        return fmt.number(amount / 1_000_000, language, 2) + "M"
    return fmt.number(amount / 1_000, language, 1) + "K" if size >= 10_000 else fmt.number(amount, language)


def combined(priced: Priced) -> Decimal:
    """The discount over everything, one-off lines included, as the paper prints it."""
    return share_off(Decimal(priced.list_minor), Decimal(priced.net_minor))


def waterfall_texts(priced: Priced, language: str) -> dict[str, Any]:
    """Title and note of the waterfall's card; `chart`: its takeaway as alt text, and a key."""
    amounts = {k: fmt.amount(v, priced.currency, language)
               for k, v in (("list", priced.list_minor), ("net", priced.net_minor))}  # fmt: skip
    return {
        "title": say(language, "quotes-waterfall", months=priced.months),
        "note": say(language, "quotes-waterfall-note", currency=priced.currency),
        "chart": {
            "alt_text": say(language, "quotes-waterfall-alt", currency=priced.currency, **amounts),
            "key": "waterfall",
        },
    }  # fmt: skip


def total_texts(
    priced: Priced, cost_minor: int | None, decision: Decision, live: bool, language: str
) -> dict[str, Any]:
    """The texts of the total card: the net price, how far it is off list, what explains it."""
    level = next(f.level for f in decision.findings if f.kind == "discount")
    share = fmt.percent(priced.effective_discount, language)
    return {
        "title": say(language, "quotes-total"),
        "note": say(language, "quotes-total-live" if live else "quotes-total-saved"),
        "label": say(language, "quotes-total-net"),
        "value": fmt.money(priced.net_minor, priced.currency, language),
        "level": str(level), "badge": say(language, "quotes-total-off", share=share),
        "rows": totals(priced, cost_minor, language),
    }  # fmt: skip


def rules_texts(
    decision: Decision, ways: Sequence[Way], library: Mapping[str, Any], language: str, *,
    open_still: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """The texts of the guardrail card, the strictest finding first, each with the clause of the policy
    library that speaks of it; `open_still`: it can yet be settled."""
    found = sorted(decision.findings, key=lambda f: -ORDER.index(f.level))
    return {
        "title": say(language, "quotes-guardrails"),
        "note": say(language, "quotes-guardrails-settle", count=len(decision.reasons)) if open_still else "",
        "rules": [
            (str(f.level), say(language, f"quotes-level-{f.level}"), finding_text(f, language),
             rule_text(f, language), clause_for(f.rule, f.level, library, f.kind))
            for f in found
        ],
        "way": ways_text(ways, language) if open_still else "",
    }  # fmt: skip


def decision_lines(decisions: pd.DataFrame, language: str, zone: str) -> list[str]:
    """One sentence a decision, the last first: who decided what, when, and why."""
    return [
        say(language, "quotes-decided-by", decision=say(language, f"quotes-decision-{row.decision}"),
            person=row.person, when=fmt.moment(row.decided_at, language, zone))
        + (f" · {row.reason}" if row.reason else "")
        for row in decisions.itertuples()
    ]  # fmt: skip


def decision_tiles(form: QuoteForm, price: Any, language: str) -> list[dict[str, str | None]]:
    """The figures a decision turns on, as the arguments of a tile."""
    priced = price.priced
    first = price.decision.reasons[0].rule if price.decision.reasons else None
    tone_of_discount = {"approve": "red", "justify": "yellow"}.get(price.decision.level, "off")
    rule = say(language, "approvals-rule", rule=first) if first else None
    term = say(language, "approvals-term", months=form.term_months, prepaid="yes" if form.prepaid else "no")
    money = {"currency": priced.currency, "language": language, "whole": True}

    def tile(name: str, value: str, delta: str | None, tone: str = "off") -> dict[str, str | None]:
        said = {"label": say(language, f"approvals-{name}"), "help": say(language, f"figure-quote-{name}")}
        return said | {"value": value, "delta": delta, "tone": tone}

    tiles = [
        tile("discount", fmt.percent(priced.effective_discount, language), rule, tone_of_discount),
        tile("net", fmt.money(priced.net_minor, **money), term),
        tile("arr", fmt.money(priced.arr_minor, **money), None),
    ]
    if price.cost_minor is not None:
        floor = next(f.limit for f in price.decision.findings if f.kind == "margin")
        text = say(language, "approvals-floor", limit=_limit(floor, language))
        tiles.insert(2, tile("margin", fmt.percent(priced.margin, language), text))
    return tiles


def queue_entries(waiting: pd.DataFrame, language: str) -> list[dict[str, Any]]:
    """Quotes that wait, as the queue shows them: id, name, amount, line, asks (the approver level)."""
    return [
        {
            "id": int(row.id), "name": row.account,
            "amount": fmt.money(int(row.net_minor), row.currency, language, whole=True),
            "line": say(language, "approvals-queue-line", share=fmt.percent(row.effective_discount, language),
                        number=row.number or say(language, "quotes-draft-number")),
            "asks": say(language, "compliance-level", level=int(row.approver_level))
            if row.approver_level and row.approver_level == row.approver_level else "",
        }
        for row in waiting.itertuples()
    ]  # fmt: skip

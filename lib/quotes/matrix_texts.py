"""The approval matrix and its simulation as tables and tiles in the reader's words. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.policy.kinds import as_text
from lib.quotes.approvals import people_text, rule_name
from lib.quotes.findings import PRICE_KINDS, Level
from lib.words import say

OUTCOMES = ("free", "justify", "level_1", "level_2", "level_3", "stop")


def rule_rows(drafts: Sequence[Any], language: str, *, invoices: bool = True) -> pd.DataFrame:
    """Every rule of the draft, those of the price first: name, measure, limit, result, chain, in use. A rule
    about credit is in use only where some `invoices` are known."""
    quotes, approvals = (one.drafted for one in drafts)
    names = {row["code"]: row["name_zh" if language == "zh-CN" else "name_en"] for row in approvals["chains"]}
    yes = say(language, "approvals-yes")
    desk = say(language, "guardrails-by-level")
    rows = []
    for limit in quotes["limits"]:
        for asked, part in (("justify", "justify_above"), ("approve", "approve_above")):
            where = say(language, "guardrails-from-months", months=limit["from_months"])
            name = rule_name("D", Decimal(limit[part]), limit["from_months"])
            rows.append((name, say(language, "guardrails-measure-discount"), _limit("discount", limit[part],
                         language), say(language, f"guardrails-result-{asked}"),
                         desk if asked == "approve" else fmt.MISSING, where, yes))  # fmt: skip
    floor = quotes["margin"]["approve_below"]
    rows.append((rule_name("M", Decimal(floor)), say(language, "guardrails-measure-margin"),
                 _limit("margin", floor, language),
                 say(language, "guardrails-result-approve"), desk, fmt.MISSING, yes))  # fmt: skip
    for row in approvals["rules"]:
        scope = [row.get(name) for name in ("tier", "currency")]
        rows.append((row["code"], say(language, f"guardrails-measure-{row['measure'].replace('_', '-')}"),
                     _limit(row["measure"], row["limit"], language),
                     say(language, f"guardrails-result-{row['result']}"),
                     names.get(row.get("chain", ""), fmt.MISSING),
                     people_text([part for part in scope if part], language) or fmt.MISSING,
                     _use(row, invoices, language)))  # fmt: skip
    heads = ("rule", "measure", "limit", "result", "chain", "scope", "active")
    return pd.DataFrame(rows, columns=[say(language, f"guardrails-col-{name}") for name in heads])


def _use(row: Mapping[str, Any], invoices: bool, language: str) -> str:
    if row["active"] and row["measure"] == "credit" and not invoices:
        return say(language, "guardrails-no-invoices")
    return say(language, "approvals-yes" if row["active"] else "approvals-no")


def _limit(measure: str, text: str, language: str) -> str:
    value = Decimal(text)
    if measure in PRICE_KINDS:
        return fmt.percent(value, language, 0 if (value * 100) % 1 == 0 else 1)
    return fmt.number(value, language)


def chain_rows(drafts: Sequence[Any], language: str) -> pd.DataFrame:
    """Every step of every chain: chain, place, who is asked, hours, and who decides after them."""
    approvals = drafts[1].drafted
    names = {row["code"]: row["name_zh" if language == "zh-CN" else "name_en"] for row in approvals["chains"]}
    rows = [
        (names[row["chain"]], str(row["place"]),
         say(language, f"approvals-step-{row['mode']}", level=row["level"], need=row["need"]),
         fmt.number(row["hours"], language), say(language, "guardrails-then", level=row["escalate"]))
        for row in sorted(approvals["steps"], key=lambda row: (row["chain"], row["place"]))
    ]  # fmt: skip
    heads = ("chain", "place", "who", "hours", "then")
    return pd.DataFrame(rows, columns=[say(language, f"guardrails-col-{name}") for name in heads])


def headline(found: Any, language: str) -> str:
    """What the draft would do, in one sentence."""
    if not found.found:
        return say(language, "guardrails-none-issued")
    if not any(one.changes for one in found.drafts):
        return say(language, "guardrails-no-draft", count=len(found.found))
    return say(language, "guardrails-effect", count=len(found.found), stricter=found.summary.stricter,
               looser=found.summary.looser)  # fmt: skip


def tiles(found: Any, language: str) -> list[dict[str, Any]]:
    """Per outcome how many quotes under the draft, against today's rules; then the money, by currency."""
    made = []
    for name in OUTCOMES:
        now, draft = found.summary.now[name], found.summary.draft[name]
        code = name.replace("_", "-")
        made.append({"label": say(language, f"guardrails-outcome-{code}"),
                     "value": fmt.number(draft, language), "tone": "off",
                     "delta": say(language, "guardrails-today", count=now),
                     "help": say(language, "figure-guardrails-outcome")})  # fmt: skip
    for currency, minor in sorted(found.summary.margin.items()):
        made.append({"label": say(language, "guardrails-margin", currency=currency),
                     "value": fmt.money(minor, currency, language, whole=True), "delta": None, "tone": "off",
                     "help": say(language, "figure-guardrails-margin")})  # fmt: skip
    return made


def case_rows(found: Any, language: str) -> pd.DataFrame:
    """The quotes whose treatment the draft changes first, then the others; what each matrix asks of them."""
    ordered = sorted(found.found, key=lambda one: not one.differs)
    rows = [
        (one.case.number, one.case.account, fmt.day(one.case.issued_on, language),
         fmt.percent(one.case.priced.effective_discount, language),
         fmt.money(one.case.priced.net_minor, one.case.priced.currency, language, whole=True),
         _asked(one.now, language), _asked(one.draft, language),
         fmt.money(one.draft.over_minor - one.now.over_minor, one.case.priced.currency, language, whole=True))
        for one in ordered
    ]  # fmt: skip
    heads = ("number", "account", "issued", "off", "net", "now", "draft", "margin")
    return pd.DataFrame(rows, columns=[say(language, f"guardrails-col-{name}") for name in heads])


def _asked(one: Any, language: str) -> str:
    code = f"level-{one.approver}" if one.level is Level.APPROVE else str(one.level)
    words = say(language, f"guardrails-outcome-{code}")
    return f"{words} · {people_text(one.rules, language)}" if one.rules else words


def change_lines(draft: Any, language: str) -> list[str]:
    """What the draft changes, one line a value."""
    return [
        say(language, "guardrails-change", name=f"{draft.name}.{change.path}",
            old=as_text(change.old) or fmt.MISSING, new=as_text(change.new) or fmt.MISSING)
        for change in draft.changes
    ]  # fmt: skip

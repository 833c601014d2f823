"""The same quote on other terms, prepaid or not, with and without its bundles, and what each is. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.errors import Invalid
from lib.money import from_minor
from lib.pricing.schedule import schedule
from lib.pricing.terms import Saving, saving
from lib.quotes.evaluation import Basis, Evaluation, evaluate
from lib.quotes.findings import Level
from lib.quotes.forms import LineMore
from lib.quotes.matrix import Facts
from lib.quotes.rules import LineForm, QuoteForm
from lib.quotes.snapshot import billing_months
from lib.words import say


@dataclass(frozen=True)
class Scenario:
    """A form and what it comes to. code: now, term or unbundled. off: the effective discount. level: what it
    needs. saved: against paying month by month for as long. first_minor: what the first bill asks, without
    tax."""

    code: str
    form: QuoteForm
    currency: str
    off: Decimal
    monthly_minor: int
    net_minor: int
    first_minor: int
    level: Level
    saved: Saving | None
    margin: Decimal | None

    def without_cost(self) -> "Scenario":
        """The same without its margin, for people who may not see costs."""
        return replace(self, margin=None)


def scenarios(form: QuoteForm, basis: Basis, account_id: int, facts: Facts) -> list[Scenario]:
    """The quote as it is, then every term with and without prepayment, then without its bundles; whatever
    these lines or choices cannot have is left out."""
    monthly = _monthly(form, basis, account_id, facts)
    found = []
    for code, other in _forms(form, basis):
        try:
            result = evaluate(other, basis, account_id, facts=facts)
        except Invalid:
            continue
        found.append(_scenario(code, other, result, monthly))
    return found


def _scenario(code: str, form: QuoteForm, result: Evaluation, monthly: Evaluation | None) -> Scenario:
    priced = result.priced
    bills = schedule(priced, form.starts_on, billing_months(form)) if priced.lines else ()
    return Scenario(
        code, form, priced.currency, priced.effective_discount, priced.monthly_minor, priced.net_minor,
        bills[0].net_minor if bills else 0, result.decision.level,
        None if monthly is None else _saved(monthly, result), priced.margin,
    )  # fmt: skip


def _forms(form: QuoteForm, basis: Basis) -> Iterator[tuple[str, QuoteForm]]:
    yield "now", form
    for months in basis.terms.months:
        for prepaid in (False, True) if months >= basis.terms.prepay_from else (False,):
            other = replace(form, term_months=months, prepaid=prepaid)
            if other != form:
                yield "term", other
    if any(line.more.bundle_code for line in form.lines):
        yield "unbundled", replace(form, lines=tuple(_alone(line) for line in form.lines))


def _alone(line: LineForm) -> LineForm:
    return replace(line, more=replace(line.more, bundle_code=None)) if line.more != LineMore() else line


def _monthly(form: QuoteForm, basis: Basis, account_id: int, facts: Facts) -> Evaluation | None:
    """The quote for one month at a time, in advance of nothing; None where these choices need longer."""
    choices = replace(form.more.choices, annual_preset=False)
    more = replace(form.more, choices=choices, ends_on=None, co_term_contract_id=None)
    plain = replace(form, term_months=basis.terms.months[0], prepaid=False, more=more)
    try:
        return evaluate(plain, basis, account_id, facts=facts)
    except Invalid:
        return None


def _recurring(result: Evaluation) -> Decimal:
    minor = sum(line.net_minor for line in result.priced.lines if line.recurring)
    return from_minor(minor, result.priced.currency)


def _saved(monthly: Evaluation, result: Evaluation) -> Saving:
    """The recurring lines against as many single months of them: 12 × 99 against 888 saves 300, 25.25%."""
    single = _recurring(monthly) / monthly.priced.months
    return saving(single * result.priced.months, _recurring(result))


def scenario_frame(found: list[Scenario], language: str, *, shows_cost: bool) -> pd.DataFrame:
    """The scenarios in words: scenario, off, monthly, total, change (against the first), saved, first, needs;
    and margin for whoever may see it."""
    rows = []
    for one in found:
        money = {"currency": one.currency, "language": language}
        rows.append({
            "scenario": name_of(one, language),
            "off": fmt.percent(one.off, language),
            "monthly": fmt.money(one.monthly_minor, **money),
            "total": fmt.money(one.net_minor, **money),
            "change": _signed(one.net_minor - found[0].net_minor, money) if one is not found[0] else "",
            "saved": _saved_text(one.saved, money),
            "first": fmt.money(one.first_minor, **money),
            "margin": fmt.percent(one.margin, language) if shows_cost else "",
            "needs": say(language, f"quotes-level-{one.level}"),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _signed(minor: int, money: dict[str, Any]) -> str:
    return ("+" if minor > 0 else "") + fmt.money(minor, **money)


def _saved_text(gain: Saving | None, money: dict[str, Any]) -> str:
    if gain is None or not gain.saved:
        return fmt.MISSING
    share = fmt.percent(gain.share, money["language"], 2)
    amount = fmt.number(gain.saved, money["language"], 2)
    return f"{amount} ({share})" if money["language"] == "en" else f"{amount}（{share}）"


def name_of(one: Scenario, language: str) -> str:
    """One year, prepaid; or what else makes it different."""
    paid = "prepaid" if one.form.prepaid else "plain"
    term = say(language, f"builder-scenario-{paid}", months=one.form.term_months)
    if one.code == "term":
        return term
    return say(language, f"builder-scenario-{one.code}", term=term)

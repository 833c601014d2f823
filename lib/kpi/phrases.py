"""What the KPI page says: tiles, findings, units, and the rows of charts. Pure."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.kpi.figures import Figures
from lib.kpi.rules import Grain, Ratio
from lib.money import from_minor
from lib.words import say


def period_name(day: date, grain: str, language: str) -> str:
    """Nov 2026, Q4 2026 or 2026: the period a day lies in."""
    if grain == Grain.MONTH:
        return fmt.month(day, language)
    if grain == Grain.YEAR:
        return say(language, "kpi-year", year=str(day.year))
    return say(language, "kpi-quarter", year=str(day.year), number=str((day.month + 2) // 3))


def short_name(day: date, grain: str, language: str) -> str:
    """The same where the year is clear: Q3."""
    if grain == Grain.QUARTER:
        return say(language, "kpi-quarter-short", number=str((day.month + 2) // 3))
    return period_name(day, grain, language)


def caption(found: Figures, grain: str, language: str) -> str:
    """Scope and freshness: customers, the period to date, what it is compared with."""
    span = found.span
    return say(
        language, "kpi-caption", count=found.customers, period=period_name(span.first, grain, language),
        day=fmt.short_day(span.last, language), before=period_name(span.opening, grain, language),
    )  # fmt: skip


def tiles(found: Figures, grain: str, language: str) -> list[dict[str, Any]]:
    """The four tiles, as lib.ui.widgets.Tile wants them."""
    before = say(language, "kpi-versus", period=short_name(found.span.opening, grain, language))
    compact = _money(found.currency, language)
    net, gross = found.nrr[-1].value, found.grr[-1].value
    risk, arr = found.at_risk[-1], found.arr[-1]
    grown = Decimal(arr - found.arr_before) / found.arr_before if found.arr_before else None
    risk_change = risk - found.at_risk_before
    share = fmt.percent(Decimal(risk) / arr if arr else None, language)
    logos = fmt.percent(found.logo.value, language)
    return [
        _tile("arr", compact(arr), fmt.signed_percent(grown, language), before, found.arr, language),
        _tile("nrr", fmt.percent(net, language), _points(found.nrr[-1], found.nrr_before, language),
              say(language, "kpi-versus-count", before=before, count=found.nrr[-1].count),
              [r.value for r in found.nrr], language),
        _tile("grr", fmt.percent(gross, language), _points(found.grr[-1], found.grr_before, language),
              say(language, "kpi-versus-logos", before=before, share=logos),
              [r.value for r in found.grr], language, _worse(gross, found.grr_before.value)),
        _tile("risk", compact(risk), _signed(risk_change, found.currency, language),
              say(language, "kpi-versus-share", before=before, share=share), found.at_risk, language,
              "red" if risk_change > 0 else "off"),
    ]  # fmt: skip


def _tile(
    name: str, value: str, delta: str, note: str, trend: list[Any], language: str, tone: str = "off"
) -> dict[str, Any]:
    drawn = [float(v) for v in trend if v is not None]
    return {
        "label": say(language, f"kpi-{name}"), "value": value, "note": note, "tone": tone,
        "delta": None if delta == fmt.MISSING else delta, "help": say(language, f"kpi-{name}-help"),
        "trend": drawn if len(drawn) > 1 else None,
        "trend_said": say(language, "kpi-trend-said", figure=say(language, f"kpi-{name}"), count=len(drawn)),
    }  # fmt: skip


def _points(now: Ratio, before: Ratio, language: str) -> str:
    if now.value is None or before.value is None:
        return fmt.MISSING
    return fmt.points(now.value - before.value, language)


def _worse(now: Decimal | None, before: Decimal | None) -> str:
    return "red" if now is not None and before is not None and now < before else "off"


def _money(currency: str, language: str) -> Any:
    return lambda minor: fmt.money(minor, currency, language, compact=True)


def _signed(minor: int, currency: str, language: str) -> str:
    return ("+" if minor > 0 else "") + fmt.money(minor, currency, language, compact=True)


def bridge_words(found: Figures, grain: str, language: str) -> tuple[str, str]:
    """Finding and unit of the bridge: what the period did to ARR, from which level to which."""
    bridge, money = found.bridge, _money(found.currency, language)
    word = "grew" if bridge.change > 0 else "fell" if bridge.change < 0 else "same"
    title = say(language, f"kpi-bridge-{word}", amount=money(abs(bridge.change)),
                period=period_name(found.span.first, grain, language))  # fmt: skip
    levels = say(language, "kpi-bridge-levels", opening=money(bridge.opening), closing=money(bridge.closing))
    return title, levels


def bridge_rows(found: Figures, language: str) -> pd.DataFrame:
    """name, amount (for drawing only), total, label: the changes from zero and their sum."""
    steps = [(str(step), minor, False) for step, minor in found.bridge.steps.items()]
    return pd.DataFrame(
        [
            {
                "name": say(language, f"kpi-step-{name}"), "total": total,
                "amount": float(from_minor(minor, found.currency)),
                "label": _signed(minor, found.currency, language) if minor else "0",
            }
            for name, minor, total in [*steps, ("net", found.bridge.change, True)]
        ]
    )  # fmt: skip


def trend_words(found: Figures, language: str) -> tuple[str, str]:
    """Finding of the trend, ARR today against a year ago, and the unit."""
    first, last = found.arr[0], found.arr[-1]
    change = fmt.signed_percent(Decimal(last - first) / first if first else None, language)
    title = say(language, "kpi-trend-title", change=change, day=fmt.month(found.days[0], language))
    unit = _scale(found, language)[1]
    return title, say(language, "kpi-trend-unit", currency=found.currency, unit=say(language, unit))


# What an axis counts in, per language: from the largest that the amounts reach.
_SCALES = {
    "en": ((10**6, "kpi-unit-million"), (10**3, "kpi-unit-thousand"), (1, "kpi-unit-one")),
    "zh-CN": ((10**8, "kpi-unit-yi"), (10**4, "kpi-unit-wan"), (1, "kpi-unit-one")),
}


def _scale(found: Figures, language: str) -> tuple[int, str]:
    most = from_minor(max(found.arr), found.currency)
    return next((s for s in _SCALES[language] if most >= s[0]), _SCALES[language][-1])


def trend_rows(found: Figures, language: str) -> pd.DataFrame:
    """month (text), arr (for drawing only, in the unit of `trend_words`): month ends, and the day itself."""
    names = [fmt.month(d, language) for d in found.days[:-1]] + [fmt.short_day(found.days[-1], language)]
    divisor = _scale(found, language)[0]
    return pd.DataFrame(
        {"month": names, "arr": [float(from_minor(a, found.currency) / divisor) for a in found.arr]}
    )


def trend_table(found: Figures, language: str) -> pd.DataFrame:
    """The months behind the trend and behind the small lines of the tiles, in words, the newest first."""
    series = {
        "arr": [_money(found.currency, language)(v) for v in found.arr],
        "nrr": [fmt.percent(one.value, language) for one in found.nrr],
        "grr": [fmt.percent(one.value, language) for one in found.grr],
        "risk": [_money(found.currency, language)(v) for v in found.at_risk],
    }
    said = {say(language, "kpi-trend-month"): trend_rows(found, language)["month"].tolist()}
    said |= {say(language, f"kpi-{name}"): values for name, values in series.items()}
    return pd.DataFrame(said).iloc[::-1]


def spoken(title: str, unit: str, table: pd.DataFrame, language: str) -> str:
    """A chart for a screen reader: its finding, its unit, and the first two columns of its table."""
    joint = "；" if language == "zh-CN" else "; "
    rows = joint.join(f"{a} {b}" for a, b in zip(table.iloc[:, 0], table.iloc[:, 1], strict=True))
    return say(language, "kpi-alt", title=title, unit=unit, rows=rows)


def cause_name(code: str, language: str) -> str:
    return say(language, "kpi-cause-" + code.replace("_", "-"))


def risk_words(found: Figures, language: str) -> tuple[str, str]:
    """Which cause puts most at risk, and the unit."""
    unit = say(language, "kpi-risk-unit", currency=found.currency)
    if found.risk.empty:
        return say(language, "kpi-risk-none"), unit
    return say(language, "kpi-risk-title", cause=cause_name(found.risk.cause[0], language)), unit


def risk_rows(found: Figures, language: str) -> pd.DataFrame:
    """name, amount (for drawing only), label with the number of accounts: a bar per cause."""
    money = _money(found.currency, language)
    rows = zip(found.risk.cause, found.risk["count"], found.risk.arr_minor, strict=True)
    return pd.DataFrame(
        [
            (cause_name(c, language), float(from_minor(a, found.currency)),
             say(language, "kpi-amount-count", amount=money(a), count=int(n)))
            for c, n, a in rows
        ],
        columns=["name", "amount", "label"],
    )  # fmt: skip


def due_words(found: Figures, language: str) -> tuple[str, str]:
    """Finding of what comes due, and the unit."""
    total, contracts = int(found.due.base_minor.sum()), int(found.due["count"].sum())
    money = fmt.money(total, found.currency, language, compact=True)
    title = say(language, "kpi-due-title", amount=money, count=contracts)
    return title, say(language, "kpi-due-unit", currency=found.currency)


def rate_words(found: Figures, grain: str, language: str) -> str:
    """What became of the contracts that came due in the period so far."""
    period, rate = period_name(found.span.first, grain, language), found.renewed
    if not rate.contracts:
        return say(language, "kpi-due-none", period=period)
    gross, logos = (fmt.percent(r.value, language) for r in (rate.gross, rate.logo))
    return say(language, "kpi-due-rate", period=period, gross=gross, logos=logos)


def due_rows(found: Figures, language: str) -> pd.DataFrame:
    """name, amount (for drawing only), label with the number of contracts: a bar per month."""
    money = _money(found.currency, language)
    rows = zip(found.due.month, found.due["count"], found.due.base_minor, strict=True)
    return pd.DataFrame(
        [
            (fmt.month(m, language), float(from_minor(a, found.currency)),
             say(language, "kpi-amount-count", amount=money(a), count=int(n)))
            for m, n, a in rows
        ],
        columns=["name", "amount", "label"],
    )  # fmt: skip


def in_words(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """The rows behind a figure with their codes as words and without ids."""
    words: dict[str, Any] = {
        "step": lambda code: say(language, f"kpi-step-{code}"),
        "cause": lambda code: cause_name(code, language),
        "stage": lambda code: say(language, "renewals-stage-" + code.replace("_", "-")),
    }
    made = {name: [maker(code) for code in rows[name]] for name, maker in words.items() if name in rows}
    return rows.assign(**made).drop(columns="account_id")


def largest(rows: pd.DataFrame) -> str | None:
    """The bar that carries the accent."""
    return None if rows.empty else str(rows["name"].iloc[rows.amount.to_numpy().argmax()])

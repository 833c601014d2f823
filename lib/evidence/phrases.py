"""The past of the alerts in words: tiles, the table of rules, how early losses were found, rows; pure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.evidence.rules import RIGHT, RULES, Figures, Share, Verdicts
from lib.words import has, say

STEPS = (0, 30, 60, 90)  # days before a loss
LOSS_COLUMNS = ("account", "day", "source", "state", "opened_on", "lead")
ALERT_COLUMNS = ("account", "rule", "opened_on", "outcome", "lost_on", "lead", "delay", "verdict")
DATES = frozenset({"day", "opened_on", "lost_on"})


def word(code: str) -> str:
    return code.replace("_", "-")


def rule_name(rule: str, language: str) -> str:
    return say(language, "evidence-rule-bells" if rule == "bells" else f"activity-kind-{rule}")


def caption(past: Any, language: str) -> str:
    first, last = (fmt.day(day, language) for day in (past.first, past.last))
    if past.looked_from is None:
        return say(language, "evidence-caption-none", accounts=past.accounts)
    looked = fmt.day(past.looked_from, language)
    return say(language, "evidence-caption", accounts=past.accounts, first=first, last=last, looked=looked)


def title(past: Any, language: str) -> str:
    """The finding of the two rules that ring."""
    bells = past.rules["bells"]
    if past.looked_from is None:
        return say(language, "evidence-none-looked")
    if not bells.recall.of:
        return say(language, "evidence-none-lost")
    if bells.recall.of < past.limits.least_losses:
        return say(language, "evidence-few", found=bells.recall.part, of=bells.recall.of)
    return say(language, "evidence-found", found=bells.recall.part, of=bells.recall.of)


def tiles(past: Any, language: str) -> list[dict[str, Any]]:
    """Five figures of the two rules that ring, each beside its aim."""
    bells, aim, limits = past.rules["bells"], past.limits.aim, past.limits
    days, share = (lambda v: _days(v, language)), (lambda v: fmt.percent(v, language, 0))
    told = [
        ("recall", share(bells.recall.value), share(aim["recall"]), _of(bells.recall, language), "least"),
        ("ahead", share(bells.ahead.value), share(aim["ahead"]), _of(bells.ahead, language), "least"),
        ("precision", share(bells.precision.value), share(aim["precision"]), _of(bells.precision, language),
         "least"),
        ("lead", days(bells.lead), days(aim["lead"]), None, "least"),
        ("false", fmt.number(bells.false_a_year, language, 2), fmt.number(aim["false_a_year"], language, 2),
         _years(bells, language), "most"),
    ]  # fmt: skip
    return [
        {"label": say(language, f"evidence-tile-{code}", days=limits.ahead_days), "value": value,
         "delta": say(language, f"evidence-aim-{end}", aim=goal), "note": note,
         "help": say(language, f"evidence-tile-{code}-help", days=limits.ahead_days,
                     back=limits.look_back_days)}
        for code, value, goal, note, end in told
    ]  # fmt: skip


def _of(share: Share, language: str) -> str:
    return say(language, "evidence-of", part=share.part, of=share.of)


def _years(one: Figures, language: str) -> str:
    wrong = one.precision.of - one.precision.part
    return say(language, "evidence-years", wrong=wrong, years=fmt.number(one.years, language, 0))


def _days(value: float | None, language: str) -> str:
    return fmt.MISSING if value is None else say(language, "evidence-days", count=round(value))


def table(past: Any, language: str) -> pd.DataFrame:
    """One row a rule, in words: rule, recall, ahead, precision, early, lead, delay, false."""
    rows = []
    for rule in (*RULES, "bells"):
        one = past.rules[rule]
        rows.append({
            "rule": rule_name(rule, language), "recall": _share(one.recall, language),
            "ahead": _share(one.ahead, language), "precision": _share(one.precision, language),
            "early": str(one.early), "lead": _days(one.lead, language), "delay": _days(one.delay, language),
            "false": fmt.number(one.false_a_year, language, 2),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _share(share: Share, language: str) -> str:
    if not share.of:
        return fmt.MISSING
    return say(language, "evidence-share", share=fmt.percent(share.value, language, 0), part=share.part,
               of=share.of)  # fmt: skip


def said(verdicts: Iterable[tuple[str, Verdicts]], least: int, language: str) -> pd.DataFrame:
    """What account managers said, one row a rule: rule, real, known, false, precision (or how many lack)."""
    rows = [
        {"rule": rule_name(rule, language), "real": str(v.real), "known": str(v.known), "false": str(v.false),
         "precision": verdict_precision(v, least, language)}
        for rule, v in verdicts
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["rule", "real", "known", "false", "precision"])


def verdict_precision(said: Verdicts, least: int, language: str) -> str:
    if said.count < least:
        return say(language, "evidence-verdicts-few", count=said.count, least=least)
    return fmt.percent(said.precision, language, 0)


def verdict_line(found: dict[str, Verdicts], least: int, language: str) -> str:
    """One sentence for the inbox: the precision of each rule by the verdicts, or that it is too early."""
    told = []
    for rule, one in found.items():
        if one.count >= least:
            share = fmt.percent(one.precision, language, 0)
            told.append(say(language, "evidence-line-rule", rule=rule_name(rule, language), share=share,
                            right=one.real + one.known, count=one.count))  # fmt: skip
        elif one.count:
            told.append(say(language, "evidence-line-few", rule=rule_name(rule, language), count=one.count))
    if not told:
        return say(language, "evidence-line-none", least=least)
    return say(language, "evidence-line", rules=fmt.names(told, language))


def early_bars(past: Any, language: str) -> pd.DataFrame:
    """How many losses were found at least so many days before: name, amount (share), label."""
    losses = past.losses["bells"]
    sight = int(losses["state"].isin(("found", "miss")).sum())
    if not sight:
        return pd.DataFrame(columns=["name", "amount", "label"])
    rows = []
    for step in STEPS:
        count = int((losses["lead"].dropna() >= max(step, 1)).sum())
        name = say(language, "evidence-step", days=step) if step else say(language, "evidence-step-any")
        rows.append({"name": name, "amount": count / sight, "label": _share(Share(count, sight), language)})
    return pd.DataFrame(rows)


def truth(past: Any, language: str) -> list[str]:
    """How truth is defined, in sentences."""
    limits = past.limits
    return [
        say(language, "evidence-truth-loss"),
        say(language, "evidence-truth-right", back=limits.look_back_days),
        say(language, "evidence-truth-sight", out=past.rules["bells"].out_of_sight),
        say(language, "evidence-truth-delay", share=fmt.percent(limits.onset_ratio, language, 0)),
    ]


def losses(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """Losses in words: account_id, account, day, source (with its reason), state, opened_on, lead."""
    made = rows.assign(
        source=[_why(r.source, r.reason, language) for r in rows.itertuples()],
        state=[say(language, f"evidence-state-{word(s)}") for s in rows["state"]],
    )
    return _spoken(made, ("account_id", *LOSS_COLUMNS), language)


def _why(source: str, reason: Any, language: str) -> str:
    told = say(language, f"evidence-source-{source}")
    if not isinstance(reason, str) or not reason:
        return told
    known = f"renewals-reason-{word(reason)}"
    return f"{told} · {say(language, known) if has(language, known) else reason}"


def alerts(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """Alerts in words: account_id, account, rule, opened_on, outcome, lost_on, lead, delay, verdict."""
    verdict = [
        say(language, f"activity-verdict-{v}") if isinstance(v, str) else None for v in rows["verdict"]
    ]
    made = rows.assign(
        rule=[rule_name(kind, language) for kind in rows["kind"]],
        outcome=[say(language, f"evidence-outcome-{word(o)}") for o in rows["outcome"]],
        verdict=pd.Series(verdict, index=rows.index, dtype="object"),
    )
    return _spoken(made, ("account_id", *ALERT_COLUMNS), language)


def _spoken(rows: pd.DataFrame, columns: tuple[str, ...], language: str) -> pd.DataFrame:
    """Whole numbers as text, so that a missing one is a dash and not a zero."""
    made = rows[list(columns)].reset_index(drop=True)
    for name in ("lead", "delay"):
        if name in made:
            made[name] = [fmt.MISSING if pd.isna(v) else fmt.number(int(v), language) for v in made[name]]
    return made


def exported(past: Any, language: str) -> pd.DataFrame:
    """The table of rules as a file, with what account managers said; headings in the reader's language."""
    names = {"rule": say(language, "evidence-rule")} | {
        name: say(language, f"evidence-col-{name}", days=past.limits.ahead_days)
        for name in ("recall", "ahead", "precision", "early", "lead", "delay", "false")
    }
    return table(past, language).rename(columns=names)


def miss_lines(past: Any, language: str) -> list[tuple[int, str, str]]:
    """The misses by name, the newest first: (account id, name, when and how it was lost)."""
    rows = past.rows("misses")
    told = []
    for row in rows.sort_values("day", ascending=False, kind="stable").itertuples():
        when = fmt.day(row.day, language) if isinstance(row.day, date) else fmt.MISSING
        told.append(
            (int(row.account_id), str(row.account), f"{when} · {_why(row.source, row.reason, language)}")
        )
    return told


__all__ = [
    "ALERT_COLUMNS", "DATES", "LOSS_COLUMNS", "RIGHT", "alerts", "caption", "early_bars", "exported",
    "losses", "miss_lines", "rule_name", "said", "table", "tiles", "title", "truth", "verdict_line",
]  # fmt: skip

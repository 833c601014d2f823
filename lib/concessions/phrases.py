"""Concessions in words: the ledger and its figures. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.concessions.rules import Entry
from lib.concessions.volume import attainment, state
from lib.words import say

VOLUMES = ("account", "committed", "attained", "share", "expected", "benefit", "from", "until", "state")
REFERRED = ("co-marketing", "event-seats", "partner-offer")
OF_ACCOUNT = ("concession", "detail", "value", "gets", "due", "return", "granted", "lapses", "quote")
LISTED = ("account", "quote", "concession", "value", "cost", "gets", "due", "return", "granted", "lapses",
          "owner")  # fmt: skip


def name(code: str, library: Mapping[str, Entry], language: str) -> str:
    entry = library.get(code)
    if entry is None:
        return code
    return entry.name_zh if language == "zh-CN" else entry.name_en


def give_word(code: str, language: str) -> str:
    return say(language, f"concessions-give-{code.replace('_', '-')}")


def gets(row: Any, language: str) -> str:
    """What the customer gives; the flag where nothing was agreed."""
    if not isinstance(row.give_code, str):
        return say(language, "concessions-bare")
    return fmt.labelled(give_word(row.give_code, language), row.give_text, language)


def task_title(row: Any, library: Mapping[str, Entry], language: str) -> str:
    """The work of asking for a return that is due."""
    return say(language, "concessions-task", gets=gets(row, language), name=name(row.code, library, language))


def listed(
    frame: pd.DataFrame, library: Mapping[str, Entry], language: str, columns: Sequence[str] = LISTED
) -> pd.DataFrame:
    shows = "cost_minor" in frame.columns
    made = [
        {"account": r.account, "quote": r.number, "concession": name(r.code, library, language),
         "detail": r.note,
         "value": fmt.money(int(r.list_minor), r.currency, language),
         "cost": fmt.money(int(r.cost_minor), r.currency, language) if shows else None,
         "gets": gets(r, language), "due": _day(r.give_due_on, language),
         "return": say(language, f"concessions-return-{r.give_status}"),
         "granted": _day(r.granted_on, language), "lapses": _day(r.lapses_on, language), "owner": r.owner}
        for r in frame.itertuples(index=False)
    ]  # fmt: skip
    told = pd.DataFrame(made, columns=list(columns), dtype="object")
    return told if shows or "cost" not in columns else told.drop(columns="cost")


def facts(row: Any, library: Mapping[str, Entry], language: str) -> list[tuple[str, str]]:
    told = listed(pd.DataFrame([row._asdict()]), library, language).iloc[0]
    effort = None if pd.isna(row.quantity) else fmt.number(int(row.quantity), language)
    more = {"detail": row.note, "days": effort, "evidence": row.evidence, "competitor": row.competitor,
            "entitlement": row.entitlement}  # fmt: skip
    values = {key: told[key] for key in told.index if key != "account"} | more
    return [(say(language, f"concessions-col-{key}"), value) for key, value in values.items()
            if isinstance(value, str) and value]  # fmt: skip


def deal_title(row: Any, came: int, language: str) -> str:
    """The work after a volume that was not reached."""
    amounts = [fmt.money(int(one), row.currency, language, whole=True) for one in (came, row.committed_minor)]
    return say(language, "concessions-volume-task", came=amounts[0], committed=amounts[1])


def volume_rows(frame: pd.DataFrame, today: date, language: str) -> pd.DataFrame:
    """Each deal with what came of it, beside what the calendar lets expect."""
    made = []
    for r in frame.itertuples(index=False):
        at = attainment(int(r.committed_minor), int(r.attained_minor), r.starts_on, r.ends_on, today)
        made.append({
            "account": r.account, "committed": fmt.money(int(r.committed_minor), r.currency, language),
            "attained": fmt.money(int(r.attained_minor), r.currency, language),
            "share": fmt.percent(at.reached, language, 0), "expected": fmt.percent(at.expected, language, 0),
            "benefit": r.benefit, "from": fmt.day(r.starts_on, language),
            "until": fmt.day(r.ends_on - timedelta(days=1), language),
            "state": say(language, f"concessions-volume-{state(r.status, at).replace('_', '-')}"),
        })  # fmt: skip
    return pd.DataFrame(made, columns=list(VOLUMES), dtype="object")


def volume_facts(row: Any, today: date, language: str) -> list[tuple[str, str]]:
    told = volume_rows(pd.DataFrame([row._asdict()]), today, language).iloc[0]
    values = {key: told[key] for key in told.index if key != "account"} | {"owner": row.owner}
    values |= {"rate": fmt.percent(row.rate, language, 0) if row.rate else None, "reason": row.reason}
    return [(say(language, f"concessions-col-{key}"), value) for key, value in values.items() if value]


def library_rows(library: Mapping[str, Entry], language: str) -> pd.DataFrame:
    made = [
        {"concession": name(e.code, library, language),
         "value": fmt.money(int(e.value * 100), "USD", language, whole=True),
         "owner": say(language, f"concessions-role-{e.owner.replace('_', '-')}"),
         "condition": say(language, "concessions-needs-competitor") if e.needs_competitor else None,
         "reference": reference(e, language),
         "cap": None if e.cap is None else fmt.money(int(e.cap * 100), "USD", language, whole=True)}
        for e in library.values()
    ]  # fmt: skip
    return pd.DataFrame(made, dtype="object")


def reference(entry: Entry, language: str) -> str | None:
    """What others report of an entry, beside which our own results can be held."""
    if entry.reference is None:
        return None
    share = fmt.percent(entry.reference, language, 0)
    code = entry.code.replace("_", "-")
    known = code if code in REFERRED else "other"
    return say(language, f"concessions-reference-{known}", share=share)


def _day(value: Any, language: str) -> str | None:
    return None if pd.isna(value) else fmt.day(value, language)

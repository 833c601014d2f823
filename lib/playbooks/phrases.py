"""Playbooks and tasks in words: states, triggers, evidence, milestones, what a step hangs on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.playbooks.plan import Playbook, Step
from lib.playbooks.portrait import Mark, Portrait
from lib.playbooks.rules import read_evidence
from lib.words import has, say, term

SIGNS = {"done": "check_circle", "dropped": "do_not_disturb_on", "overdue": "error", "blocked": "block",
         "snoozed": "snooze", "today": "today", "ahead": "radio_button_unchecked"}  # fmt: skip


def _code(code: str) -> str:
    return code.replace("_", "-")


def state(code: str, lang: str) -> str:
    return say(lang, f"playbooks-state-{_code(code)}")


def run_status(code: str, lang: str) -> str:
    return say(lang, f"playbooks-run-{_code(code)}")


def trigger(code: str, lang: str) -> str:
    return say(lang, f"playbooks-trigger-{_code(code)}")


def evidence(stored: str | None, lang: str) -> str:
    """What closed a step, as a sentence; empty where a person did."""
    kind, day, detail = read_evidence(stored)
    if not kind:
        return ""
    when = fmt.day(day, lang)
    if kind == "touch":
        channel = say(lang, f"negotiation-channel-{detail.partition(':')[0]}")
        return say(lang, "playbooks-seen-touch", channel=channel, day=when)
    if kind in ("demo", "trial"):
        return say(lang, f"playbooks-seen-{kind}", state=say(lang, f"playbooks-{kind}-{detail}"), day=when)
    if kind == "not_needed":
        return say(lang, f"playbooks-not-needed-{_code(detail)}", day=when)
    return say(lang, f"playbooks-seen-{_code(kind)}", day=when)


def detail(row: Any, today: date, lang: str) -> str:
    """The line below a step: owner, date, and how it stands."""
    who = row.owner if isinstance(row.owner, str) else say(lang, "playbooks-nobody")
    due = {"day": fmt.day(row.due_on, lang)}
    if row.status == "open":
        due["when"] = fmt.in_days(row.due_on, today, lang)
    parts = [who, say(lang, "playbooks-due-open" if "when" in due else "playbooks-due", **due)]
    if row.mode == "template" and row.status == "open":
        parts.append(say(lang, "playbooks-by-template"))
    if row.state == "snoozed":
        parts.append(say(lang, "playbooks-snoozed", day=fmt.day(row.snoozed_until, lang), why=row.reason))
    if row.state == "blocked":
        parts.append(say(lang, "playbooks-blocked", why=row.blocked_reason))
    seen = evidence(row.evidence if isinstance(row.evidence, str) else None, lang)
    if seen:
        parts.append(seen)
    elif row.status == "dropped" and isinstance(row.reason, str):
        parts.append(say(lang, "playbooks-skipped-why", why=row.reason))
    elif row.status == "done":
        parts.append(row.note if isinstance(row.note, str) else say(lang, "playbooks-by-hand"))
    return " · ".join(parts)


def hangs_on(step: Step, lang: str) -> str:
    """When a step is due: 7 days after the purchase, then every quarter."""
    anchor = say(lang, f"playbooks-anchor-{_code(step.anchor)}")
    way = "after" if step.after > 0 else "before" if step.after < 0 else "on"
    told = say(lang, f"playbooks-when-{way}", days=abs(step.after), anchor=anchor)
    return told if step.every == "once" else say(lang, f"playbooks-every-{_code(step.every)}", when=told)


def closes(step: Step, lang: str) -> str:
    names = [say(lang, f"playbooks-closes-{_code(code)}") for code in step.closes]
    return say(lang, "playbooks-or").join(names) if names else say(lang, "playbooks-closes-hand")


def definition(book: Playbook, lang: str) -> pd.DataFrame:
    """step, who, when, closes, only, text: the steps of a version in words."""
    rows = [
        (step.title(lang), say(lang, f"playbooks-owner-{step.owner}"), hangs_on(step, lang),
         closes(step, lang), say(lang, f"playbooks-only-{_code(step.only_if)}") if step.only_if else "",
         step.text(lang))
        for step in book.steps
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["step", "who", "when", "closes", "only", "text"])


def started_by(triggers: Sequence[str], lang: str) -> str:
    names = [trigger(code, lang) for code in triggers]
    return fmt.names(names, lang) if names else say(lang, "playbooks-by-hand-only")


def numbers(mark: Mark, lang: str) -> str:
    """The numbers behind a milestone, reached or not."""
    held, reads = mark.numbers, mark.milestone.reads
    if mark.reached_on is None:
        if reads == "events" and held:
            return say(lang, "playbooks-far-events", count=held["events"], of=held["of"])
        if reads in ("people", "seats") and held:
            if held.get("of") is None:
                return say(lang, "playbooks-far-seats-unknown")
            return say(lang, "playbooks-far-people", count=held["people"], of=held["of"], days=held["days"])
        return say(lang, "playbooks-far-none")
    if reads == "feature":
        named = held.get("feature")
        return say(lang, "playbooks-near-feature", name=term(lang, "feature", named)) if named else ""
    if reads == "events":
        return say(lang, "playbooks-near-events", count=held.get("events", 0))
    if held.get("seats"):
        return say(lang, "playbooks-near-seats", count=held["people"], seats=held["seats"])
    return say(lang, "playbooks-near-people", count=held.get("people", 0))


def milestone_lines(found: Portrait, lang: str) -> list[tuple[bool, str, str]]:
    """(reached, title, date and numbers) of every milestone."""
    lines = []
    for mark in found.marks:
        told = numbers(mark, lang)
        if mark.reached_on is not None:
            day = fmt.day(mark.reached_on, lang)
            told = say(lang, "playbooks-reached", day=day, numbers=told) if told else day
        lines.append((mark.reached_on is not None, mark.milestone.title(lang), told))
    return lines


def value_time(found: Portrait, lang: str) -> str:
    if found.value_days is not None:
        return say(lang, "playbooks-value-days", days=found.value_days)
    return say(lang, "playbooks-value-not-yet")


def listed(rows: pd.DataFrame, today: date, lang: str) -> pd.DataFrame:
    """The list of runs as it is shown: how each stands and how far it is, in words."""
    shown = rows.copy()
    pairs = zip(rows["done"], rows["steps"], strict=True)
    progress = [say(lang, "playbooks-progress", done=int(a), all=int(b)) for a, b in pairs]
    shown["progress"] = pd.Series(progress, rows.index, "object")
    stands = [_standing(row, today, lang) for row in rows.itertuples()]
    shown["stands"] = pd.Series(stands, rows.index, "object")
    return shown


def _standing(row: Any, today: date, lang: str) -> str:
    """overdue with how many, due today, ahead; a run without a next date waits for one."""
    if row.status != "running":
        return run_status(row.status, lang)
    if row.overdue:
        return say(lang, "playbooks-stands-overdue", count=int(row.overdue))
    if not row.next_step:
        return say(lang, "playbooks-waits")
    return state("today" if row.next_on <= today else "ahead", lang)


def exported(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The columns of the list of runs for a file, with words for codes."""
    found = rows[["account", "playbook", "number", "started_on", "owner", "done", "steps", "overdue",
                  "next_step", "next_on", "reason"]].copy()  # fmt: skip
    found.insert(3, "trigger", [trigger(code, lang) for code in rows["trigger"]])
    found.insert(2, "state", [run_status(code, lang) for code in rows["status"]])
    return found


_NAMES = ("name_en", "name_zh", "about_en", "about_zh", "triggers", "active", "step", "title_en", "title_zh",
          "owner", "anchor", "after", "every", "closes", "only_if", "automatic", "text_en", "text_zh",
          "early_days", "code")  # fmt: skip


def changes(rows: Iterable[tuple[str, str, str, str]], lang: str) -> pd.DataFrame:
    """step, what, before, after: what a new version changes, in words."""
    told = [
        (step or say(lang, "playbooks-whole"), value_name(name, lang), before or fmt.MISSING,
         after or fmt.MISSING)
        for step, name, before, after in rows
    ]  # fmt: skip
    return pd.DataFrame(told, columns=["step", "what", "before", "after"])


def value_name(name: str, lang: str) -> str:
    wanted = f"playbooks-value-{_code(name)}"
    return say(lang, wanted) if name in _NAMES and has(lang, wanted) else name


def names(held: Iterable[Any], lang: str) -> Mapping[str, str]:
    """code -> name of the playbooks, for menus."""
    return {one.book.code: one.book.name(lang) for one in held}

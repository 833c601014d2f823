"""A playbook as data: what a version says, when its steps are due, which of them is met; pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lib.contracts.rules import add_months
from lib.errors import Invalid

OWNERS = ("owner", "backup", "lead", "sales")
ANCHORS = ("start", "purchase", "trial_start", "trial_end", "conversion", "renewal_due", "notice")
RHYTHMS = ("once", "quarter", "half_year")
CLOSES = ("touch", "meeting", "demo_offered", "demo_held", "milestones", "quote_sent", "alert_closed",
          "renewal_closed", "trial_closed")  # fmt: skip
CONDITIONS = ("no_demo", "behind")
TRIGGERS = ("vip_designated", "trial_started", "converted", "renewal_opened", "alert_opened",
            "quote_rejected", "churned")  # fmt: skip
READS = ("people", "seats", "events", "feature")
MANUAL = "manual"
MOST_STEPS, FURTHEST = 40, 3_660
_TEXTS = ("title_en", "title_zh", "text_en", "text_zh", "name_en", "name_zh", "about_en", "about_zh")
Figure = Callable[[str], Any]


@dataclass(frozen=True)
class Step:
    """One step: due `after` days from its anchor (negative: before), again every quarter or half-year."""

    code: str
    title_en: str
    title_zh: str
    owner: str
    anchor: str
    after: int
    every: str
    closes: tuple[str, ...]
    only_if: str
    automatic: bool
    early_days: int | None
    text_en: str
    text_zh: str

    def title(self, language: str) -> str:
        return self.title_zh if language == "zh-CN" else self.title_en

    def text(self, language: str) -> str:
        return self.text_zh if language == "zh-CN" else self.text_en


@dataclass(frozen=True)
class Milestone:
    """Something use shows: people (at_least different ones within_days), seats (a share of them), events (so
    many in all), feature (one of `features`, or any)."""

    code: str
    title_en: str
    title_zh: str
    reads: str
    at_least: int
    within_days: int
    share: float
    features: tuple[str, ...]

    def title(self, language: str) -> str:
        return self.title_zh if language == "zh-CN" else self.title_en


@dataclass(frozen=True)
class Playbook:
    code: str
    name_en: str
    name_zh: str
    about_en: str
    about_zh: str
    triggers: tuple[str, ...]
    active: bool
    steps: tuple[Step, ...]
    milestones: tuple[Milestone, ...]

    def name(self, language: str) -> str:
        return self.name_zh if language == "zh-CN" else self.name_en

    def about(self, language: str) -> str:
        return self.about_zh if language == "zh-CN" else self.about_en

    def step(self, code: str) -> Step | None:
        return next((s for s in self.steps if s.code == code), None)


@dataclass(frozen=True)
class Planned:
    """A step on a date; `key` names it within its run, also when it comes again."""

    step: Step
    key: str
    due_on: date


def read(code: str, body: Mapping[str, Any], figure: Figure) -> Playbook:
    """A stored version as values; `figure("vip.trial.days")` gives a number of the policy."""
    return Playbook(
        code, *(body.get(name, "") for name in ("name_en", "name_zh", "about_en", "about_zh")),
        triggers=tuple(body.get("triggers", ())), active=bool(body.get("active", True)),
        steps=tuple(_step(raw, figure) for raw in body.get("steps", ())),
        milestones=tuple(_milestone(raw, figure) for raw in body.get("milestones", ())),
    )  # fmt: skip


def _step(raw: Mapping[str, Any], figure: Figure) -> Step:
    after = raw.get("after", 0)
    return Step(
        raw["code"], raw["title_en"], raw["title_zh"], raw.get("owner", "owner"), raw.get("anchor", "start"),
        int(figure(after) if isinstance(after, str) else after), raw.get("every", "once"),
        tuple(raw.get("closes", ())), raw.get("only_if", ""), bool(raw.get("automatic", False)),
        raw.get("early_days"), raw.get("text_en", ""), raw.get("text_zh", ""),
    )  # fmt: skip


def _milestone(raw: Mapping[str, Any], figure: Figure) -> Milestone:
    share = raw.get("share", 0)
    return Milestone(
        raw["code"], raw["title_en"], raw["title_zh"], raw["reads"], int(raw.get("at_least", 1)),
        int(raw.get("within_days", 1)), float(figure(share) if isinstance(share, str) else share),
        tuple(raw.get("features", ())),
    )  # fmt: skip


def planned(
    steps: Sequence[Step], anchors: Mapping[str, date], started_on: date, today: date, every_quarters: int = 1
) -> list[Planned]:
    """The steps with a date, earliest first. One whose anchor is not known yet waits; one that would have
    been due before the run began is left out. What comes again is planned one time ahead."""
    found = []
    for step in steps:
        anchor = anchors.get(step.anchor)
        if anchor is None:
            continue
        first = anchor + timedelta(days=step.after)
        if step.every == "once":
            if first >= started_on:
                found.append(Planned(step, step.code, first))
            continue
        months = 6 if step.every == "half_year" else 3 * every_quarters
        found += _again(step, first, months, started_on, today)
    return sorted(found, key=lambda one: (one.due_on, one.key))


def _again(step: Step, first: date, months: int, started_on: date, today: date) -> list[Planned]:
    """Every time since the run began, and the next one."""
    found, count = [], 1
    while not found or found[-1].due_on <= today:
        due_on = add_months(first, months * count)
        if due_on >= started_on:
            found.append(Planned(step, f"{step.code}:{count}", due_on))
        count += 1
    return found


def conversion(trial_start: date | None, converted_on: date | None, purchase: date | None) -> date | None:
    """When a customer began to pay: as written down, else the first paid period after the trial began."""
    if converted_on is not None:
        return converted_on
    if purchase is None or (trial_start is not None and purchase < trial_start):
        return None
    return purchase


def filled(text: str, values: Mapping[str, str]) -> str:
    """A template with its holes filled; a hole nobody knows is an error of the template."""
    try:
        return text.format_map(values)
    except (KeyError, ValueError, IndexError):
        raise Invalid("playbook_hole", text=text[:80]) from None


HOLES = dict.fromkeys(("account", "contact", "owner", "company", "feature"), "x")


def check(body: Mapping[str, Any]) -> None:
    """Raises Invalid for a version that could not run: a missing word, an unknown code, two equal steps."""
    steps = body.get("steps", [])
    if not 1 <= len(steps) <= MOST_STEPS:
        raise Invalid("playbook_steps", most=MOST_STEPS)
    for holder in (body, *steps):
        for name in _TEXTS:
            text = holder.get(name, "")
            needed = name in (("name_en", "name_zh") if holder is body else ("title_en", "title_zh"))
            if not isinstance(text, str) or (needed and not text.strip()) or len(text) > 2_000:
                raise Invalid("playbook_words", step=holder.get("code", "none"), name=name)
            if name.startswith("text_"):
                filled(text, HOLES)
    codes = [step["code"] for step in steps]
    if len(set(codes)) != len(codes):
        raise Invalid("playbook_twice", step=next(c for c in codes if codes.count(c) > 1))
    for step in steps:
        _check_step(step)
    if set(body.get("triggers", ())) - set(TRIGGERS):
        raise Invalid("playbook_code", step="triggers", name=", ".join(body["triggers"]))


def _check_step(step: Mapping[str, Any]) -> None:
    allowed = {"owner": OWNERS, "anchor": ANCHORS, "every": RHYTHMS}
    for name, codes in allowed.items():
        if step.get(name, codes[0]) not in codes:
            raise Invalid("playbook_code", step=step["code"], name=str(step.get(name)))
    if set(step.get("closes", ())) - set(CLOSES) or step.get("only_if", "") not in ("", *CONDITIONS):
        raise Invalid("playbook_code", step=step["code"], name=f"{step.get('closes')} {step.get('only_if')}")
    after = step.get("after", 0)
    if not isinstance(after, str) and not (type(after) is int and abs(after) <= FURTHEST):
        raise Invalid("playbook_days", step=step["code"])


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """(step or empty, name of the value, before, after) of everything that differs; whole steps by `step`."""
    found = [
        ("", name, _said(old.get(name)), _said(new.get(name)))
        for name in ("name_en", "name_zh", "about_en", "about_zh", "triggers", "active")
        if old.get(name) != new.get(name)
    ]
    before, after = ({s["code"]: s for s in body.get("steps", ())} for body in (old, new))
    for code in [*before, *(c for c in after if c not in before)]:
        one, other = before.get(code), after.get(code)
        if one is None or other is None:
            found.append((code, "step", one["title_en"] if one else "", other["title_en"] if other else ""))
            continue
        for name in sorted({*one, *other}):
            if _value(one, name) != _value(other, name):
                found.append((code, name, _said(one.get(name)), _said(other.get(name))))
    return found


_EMPTY: dict[str, Any] = {"closes": [], "only_if": "", "automatic": False, "every": "once", "text_en": "",
                          "text_zh": "", "after": 0}  # fmt: skip


def _value(step: Mapping[str, Any], name: str) -> Any:
    return step.get(name, _EMPTY.get(name))


def _said(value: Any) -> str:
    return (
        ", ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)
    )

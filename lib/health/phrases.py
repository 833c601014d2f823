"""Says a health score in words of the reader's language, every number with what it comes from; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from lib import format
from lib.health.rules import PARTS, Limits, Part, case_scale, in_tenths
from lib.words import say


@dataclass(frozen=True)
class Bar:
    """One part: its name with its value, what it adds to the score (also as text), why, and the day of the
    newest row behind it."""

    name: str
    points: float
    label: str
    fact: str
    fresh: str


@dataclass(frozen=True)
class Story:
    """The card in words, ready to be drawn. `lines` stand below the bars: the sum, the cap, missing data, the
    nearest way."""

    title: str
    caption: str
    alt: str
    bars: list[Bar] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def score(value: float | None, language: str) -> str:
    """63.4; scores always carry their decimal, so that 74.96 never looks healthy."""
    return format.number(value, language, 1)


def signed(points: float, language: str) -> str:
    """+4.2, −12.0, 0.0."""
    return ("+" if points > 0 else "") + format.number(points + 0.0, language, 1)


def part_name(part: str, language: str) -> str:
    return say(language, f"health-part-{part}")


def story(card: Any, standing: str, language: str) -> Story:
    """The health of an account. `standing` is its status word; when it is worse than the score alone would
    be, the card says that there is another reason."""
    if card.day is None:
        none = say(language, "health-none")
        return Story(
            say(language, "health-title-none"), say(language, "health-caption-none"), none, [], [none]
        )
    share = format.percent(card.coverage, language, 0)
    caption = say(language, "health-caption", day=format.day(card.day, language), share=share)
    missing = [_missing(name, card, language) for name in card.missing]
    if card.raw is None:
        least = format.percent(card.limits.least_coverage, language, 0)
        said = say(language, "health-too-little", share=share, least=least)
        return Story(say(language, "health-title-none"), caption, said, [], [said, *missing])
    bars = [_bar(p, card, language) for p in PARTS if p in card.points]
    told = format.names([f"{b.name} {b.label}" for b in bars], language)
    shown = score(card.score, language)
    lines = [_sum(card, language), *_cap(card, language), *missing, *_way(card, language)]
    if standing in ("critical", "watch") and card.band == "healthy" or (standing, card.band) == (
        "critical", "watch",
    ):  # fmt: skip
        word = say(language, f"status-{standing}")
        lines.append(say(language, "health-other-reason", status=word))
    title, alt = (say(language, f"health-{n}", score=shown, parts=told) for n in ("title", "alt"))
    return Story(title, caption, alt, bars, lines)


def table(told: Story, language: str) -> pd.DataFrame:
    """The parts behind the bars, in words."""
    names = {"part": "name", "points": "label", "fact": "fact", "fresh": "fresh"}
    return pd.DataFrame(
        {say(language, f"health-col-{c}"): [getattr(b, n) for b in told.bars] for c, n in names.items()}
    )


def _bar(part: str, card: Any, language: str) -> Bar:
    name = say(language, "health-bar", part=part_name(part, language),
               value=format.number(card.parts[part], language))  # fmt: skip
    points = card.points[part]
    fresh = format.day(card.fresh.get(part), language)
    return Bar(name, points, signed(points, language), fact(part, card.facts, card.limits, language), fresh)


def _sum(card: Any, language: str) -> str:
    points = sum(map(in_tenths, card.points.values())) / 10
    return say(language, "health-sum", neutral=card.limits.neutral, points=signed(points, language),
               raw=score(card.raw, language))  # fmt: skip


def _cap(card: Any, language: str) -> list[str]:
    if card.cap is None:
        return []
    reason = say(language, f"health-cap-{card.cap}")
    return [say(language, "health-capped", cap=card.limits.cap, reason=reason)]


def _missing(part: str, card: Any, language: str) -> str:
    why = say(language, f"health-missing-{part}", days=card.limits.gone_after_days)
    weight = format.number(card.limits.weights[part], language)
    return say(language, "health-missing", part=part_name(part, language), weight=weight, why=why)


def _way(card: Any, language: str) -> list[str]:
    if card.raw >= card.limits.healthy_from:
        return [say(language, "health-way-first-cap")] if card.cap else []
    first = [say(language, "health-way-first-cap")] if card.cap else []
    if card.way is None:
        return [*first, say(language, "health-way-none")]
    moves = format.names([_move(m, language) for m in card.way.moves], language)
    return [*first, say(language, f"health-way-{card.way.band}", moves=moves)]


def _move(move: Any, language: str) -> str:
    span = {"now": format.number(move.now, language), "to": format.number(_up(move.to), language)}
    aim = move.aim or 0.0
    more = {
        Part.ACTIVITY: {"ratio": format.percent(aim, language, 0)},
        Part.BREADTH: {"people": _up(aim)},
        Part.SUPPORT: {"cases": int(aim)},
        Part.RELATIONSHIP: {"rhythm": int(aim)},
    }.get(Part(move.part), {})
    return say(language, f"health-move-{move.part}", **span, **more)


def _up(value: float) -> int:
    """The next whole number: a wish rounded down would not be enough."""
    return -int(-(value - 1e-6) // 1)


def fact(part: str, facts: Mapping[str, Any], limits: Limits, language: str) -> str:
    """The numbers behind a part as one sentence."""
    said = _FACTS[Part(part)](facts, limits, language)
    return (", " if language == "en" else "，").join(said)


def _activity(facts: Mapping[str, Any], _limits: Limits, language: str) -> list[str]:
    observed, expected = (format.number(facts.get(n), language) for n in ("observed", "expected"))
    ratio = format.percent(facts.get("ratio"), language, 0)
    return [say(language, "health-fact-activity", observed=observed, expected=expected, ratio=ratio)]


def _breadth(facts: Mapping[str, Any], _limits: Limits, language: str) -> list[str]:
    found = []
    if "people" in facts:
        median = format.percent(facts.get("people_median"), language, 0)
        found.append(say(language, "health-fact-people", people=facts["people"], seats=facts["seats"],
                         median=median))  # fmt: skip
    if "features" in facts:
        used, of = facts["features"], facts["features_of"]
        found.append(say(language, "health-fact-features", used=used, of=of))
    return found


def _sentiment(facts: Mapping[str, Any], limits: Limits, language: str) -> list[str]:
    value = format.number(facts.get("answer_value"), language)
    found = [say(language, "health-fact-answers", count=facts["answers"], days=facts["answer_days"],
                 value=value)]  # fmt: skip
    if facts.get("answer_weight", 1) < 1:
        found.append(say(language, "health-fact-half", days=limits.half_after_days))
    return found


def _commercial(facts: Mapping[str, Any], limits: Limits, language: str) -> list[str]:
    found = []
    if days := facts.get("overdue"):
        points = _less(limits.per_day_overdue * days, language)
        found.append(say(language, "health-fact-overdue", days=days, points=points))
    if facts.get("downgraded"):
        found.append(say(language, "health-fact-downgraded", days=limits.downgrade_days,
                         points=_less(limits.downgrade, language)))  # fmt: skip
    if (days := facts.get("unquoted_days")) is not None:
        found.append(
            say(language, "health-fact-unquoted", days=days, points=_less(limits.no_quote, language))
        )
    return found or [say(language, "health-fact-commercial-fine")]


def _support(facts: Mapping[str, Any], limits: Limits, language: str) -> list[str]:
    scale = float(case_scale(facts.get("seats", 0), limits))
    costs = {"urgent": limits.urgent, "others": limits.open, "reopened": limits.reopened}
    found = [
        say(language, f"health-fact-{name}", count=count, days=limits.reopened_days,
            points=_less(cost * count * scale, language))
        for name, cost in costs.items() if (count := facts.get(name))
    ]  # fmt: skip
    return found or [say(language, "health-fact-support-fine")]


def _relationship(facts: Mapping[str, Any], limits: Limits, language: str) -> list[str]:
    rhythm = facts.get("rhythm", limits.rhythm_days)
    if facts.get("never_talked") or "talk_days" not in facts:
        found = [say(language, "health-fact-never", rhythm=rhythm)]
    else:
        found = [say(language, "health-fact-talk", days=facts["talk_days"], rhythm=rhythm)]
    if facts.get("sponsor_left"):
        found.append(say(language, "health-fact-sponsor", points=_less(limits.sponsor_left, language)))
    return found


_FACTS = {
    Part.ACTIVITY: _activity, Part.BREADTH: _breadth, Part.SENTIMENT: _sentiment,
    Part.COMMERCIAL: _commercial, Part.SUPPORT: _support, Part.RELATIONSHIP: _relationship,
}  # fmt: skip


def _less(points: float, language: str) -> str:
    whole = abs(points - round(points)) < 0.05
    return format.number(-points, language, 0 if whole else 1)


def change_title(change: Any, language: str) -> str:
    if change is None:
        return say(language, "health-history")
    return say(language, "health-change", points=signed(change.total, language),
               day=format.day(change.first, language))  # fmt: skip


def compared_title(change: Any, language: str) -> str:
    """The whole movement between two chosen days; the mornings are those the store holds."""
    if change is None:
        return say(language, "health-compare-none")
    first, last = (format.day(day, language) for day in (change.first, change.last))
    return say(language, "health-compare-sum", points=signed(change.total, language), first=first, last=last,
               before=score(change.before["score"], language),
               after=score(change.after["score"], language))  # fmt: skip


def changes(change: Any, limits: Limits, language: str) -> list[tuple[str, str]]:
    """Each part that moved with its points, and its facts on both days."""
    if change is None:
        return []
    found = []
    for step in change.steps:
        name = part_name(step.name, language)
        head = say(language, "health-change-steps", points=signed(step.points, language), part=name)
        found.append((head, _moved(step.name, change, limits, language)))
    return found or [(say(language, "health-change-same", day=format.day(change.first, language)), "")]


def _moved(part: str, change: Any, limits: Limits, language: str) -> str:
    if part == "cap":
        codes = (day["cap"] for day in (change.before, change.after))
        told = [say(language, f"health-cap-{code}") if code else format.MISSING for code in codes]
        return " → ".join(told)
    told = [
        format.MISSING if day[part] is None else fact(part, day["facts"], limits, language)
        for day in (change.before, change.after)
    ]
    return told[1] if told[0] == told[1] else " → ".join(told)


def history_alt(days: pd.DataFrame, language: str) -> str:
    known = days.dropna(subset=["score"])
    if known.empty:
        return say(language, "health-history-none")
    first, last = known.iloc[0], known.iloc[-1]
    return say(
        language, "health-history-alt", first=score(first["score"], language),
        last=score(last["score"], language), **{"from": format.day(first["day"], language)},
        to=format.day(last["day"], language),
    )  # fmt: skip


def history_caption(limits: Limits, language: str) -> str:
    return say(language, "health-history-caption", watch=limits.watch_from, healthy=limits.healthy_from)


def history_table(days: pd.DataFrame, language: str) -> pd.DataFrame:
    newest = days.iloc[::-1]
    return pd.DataFrame({
        say(language, "health-col-day"): [format.day(d, language) for d in newest["day"]],
        say(language, "health-col-score"): [score(s, language) for s in newest["score"]],
    })  # fmt: skip


def opinion(card: Any, language: str) -> tuple[str, str]:
    """What the account manager says in a word, and by whom, when and why."""
    held = card.opinion
    if held is None:
        return say(language, "health-opinion-none"), ""
    person = held.person_zh if language == "zh-CN" and held.person_zh else held.person
    by = say(language, "health-opinion-by", person=person, day=format.day(held.set_on, language))
    return say(language, f"health-opinion-{held.value}"), f"{by}: {held.note}" if language == "en" else (
        f"{by}：{held.note}"
    )

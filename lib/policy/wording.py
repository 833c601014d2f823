"""The published standards in words: editions, loyalty levels, seasons, categories, clauses, reviews."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from lib import format as fmt
from lib.policy.library import Level
from lib.policy.phrases import figure_words, log_in_words, since_words, value_words
from lib.policy.reviews import Signed, State
from lib.policy.season import Season, Window
from lib.words import say

DAY = date.resolution


def edition_words(number: int, since: date, language: str) -> str:
    """Which version of a document is published, and since when."""
    return say(language, "policy-edition", number=number, since=since_words(since, language))


def loyalty(levels: Sequence[Level], language: str) -> pd.DataFrame:
    """The loyalty levels as a table whose columns are named in the language."""
    rows = [
        (one.name, fmt.number(one.growth_from, language), f"× {one.multiplier}",
         figure_words("share", str(one.discount), language),
         say(language, f"policy-flag-{str(one.priority).lower()}"))
        for one in levels
    ]  # fmt: skip
    names = ("level", "from", "points", "discount", "lane")
    return pd.DataFrame(rows, columns=[say(language, f"standards-loyalty-{name}") for name in names])


def seasons(
    season: Season, windows: Sequence[Window], today: date, language: str
) -> tuple[str, pd.DataFrame]:
    """What holds today as a sentence, and the open or next windows as a table."""
    rows = [_window(window, today, language) for window in windows]
    names = [say(language, f"standards-season-{name}") for name in ("name", "days", "budget", "weight")]
    if season.window is None:
        title = say(language, "standards-season-none")
    else:
        title = say(language, "standards-season-now", name=_name(season.window, language))
    return title, pd.DataFrame(rows, columns=names)


def _name(window: Window, language: str) -> str:
    return window.name_zh if language == "zh-CN" else window.name_en


def _window(window: Window, today: date, language: str) -> tuple[str, str, str, str]:
    """Name, days, budget, weight; the last day is the one before `ends_on`."""
    code = "open" if window.starts_on <= today else "apply" if window.apply_from <= today else "later"
    days = say(
        language, f"standards-season-{code}", first=fmt.day(window.starts_on, language),
        last=fmt.day(window.ends_on - DAY, language), apply=fmt.day(window.apply_from, language),
    )  # fmt: skip
    budget = f"{window.currency} {value_words('amount', str(window.budget), language)}"
    return (
        _name(window, language),
        days,
        budget,
        figure_words("share", str(window.short_term_weight), language),
    )


def category_groups(
    found: Mapping[str, Sequence[tuple[str, str]]], language: str
) -> dict[str, Sequence[tuple[str, str]]]:
    """The lists of categories by what a reader calls them."""
    return {say(language, f"standards-{name.replace('_', '-')}"): rows for name, rows in found.items()}


def rule_words(rules: Sequence[str], language: str) -> list[str]:
    """The guardrails whose messages link a clause."""
    return [say(language, f"standards-rule-{rule.replace('_', '-')}") for rule in rules]


def change_lines(frame: pd.DataFrame, language: str) -> list[str]:
    """The change log in lines: day, who, what, from, to, why, and the feedback behind it."""
    lines = []
    for row in log_in_words(frame, language).itertuples():
        line = say(language, "standards-change", day=row.since, author=row.author, what=row.what, old=row.old,
                   new=row.new, reason=row.reason)  # fmt: skip
        heard = [say(language, "standards-feedback", feedback=row.feedback)] if row.feedback else []
        lines.append(" · ".join([line, *heard]))
    return lines


def state_words(state: State, zone: str, language: str) -> str:
    """Whether the running quarter waits for its review."""
    if state.is_signed:
        return signed_words(state.last, zone, language)
    if state.due_on is None:
        return say(language, "policy-review-asked", quarter=state.quarter)
    return say(language, "policy-review-due", quarter=state.quarter, day=fmt.day(state.due_on, language))


def signed_words(one: Signed, zone: str, language: str) -> str:
    return say(
        language, "policy-review-line", quarter=one.quarter, person=one.person,
        day=fmt.moment(one.signed_at, language, zone), next=fmt.day(one.next_on, language),
    )  # fmt: skip

"""What the renewals page says: words for a card, the strip and its finding. Pure."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.money import from_minor, preferred
from lib.renewals.rules import BOARD, LOST_REASONS, OPEN_CATEGORIES, Forecast, Stage, quarter_code, targets
from lib.words import say

# Segment of the strip -> tone and opacity; the order is the order on screen.
_SEGMENTS = {
    "closed": ("accent", 1.0),
    "commit": ("accent", 0.65),
    "best_case": ("accent", 0.4),
    "pipeline": ("neutral", 0.7),
    "omitted": ("neutral", 0.35),
    "lost": ("bad", 1.0),
}


def quarter_name(code: str, language: str) -> str:
    """2027-Q1 -> Q1 2027 / 2027 年第 1 季度."""
    year, number = code.split("-Q")
    return say(language, "renewals-quarter", year=year, number=number)


def stage_name(code: str, language: str) -> str:
    return say(language, "renewals-stage-" + code.replace("_", "-"))


def category_name(code: str, language: str) -> str:
    return say(language, "renewals-category-" + code.replace("_", "-"))


def reason_name(code: str, language: str) -> str:
    return say(language, "renewals-reason-" + code.replace("_", "-"))


def next_words(row: Any, today: date, language: str) -> str:
    """The one thing to know next about a renewal: contact overdue, notice, end, or how it closed."""
    if row.overdue:
        return say(language, "renewals-next-overdue")
    if row.stage == "signed":
        return _uplift(row.base_minor, row.expected_minor, language)
    if row.stage == "lost":
        return reason_name(row.lost_reason, language) if row.lost_reason else ""
    if row.notice_on is not None and row.notice_on >= today:
        return say(language, "renewals-next-notice", day=fmt.short_day(row.notice_on, language))
    word = "renewals-next-ends" if row.ends_on >= today else "renewals-next-late"
    return say(language, word, day=fmt.short_day(row.ends_on, language))


def _uplift(base: int, final: int, language: str) -> str:
    if not base or base == final:
        return say(language, "renewals-next-flat")
    change = Decimal(int(final) - int(base)) / int(base)
    return say(language, "renewals-next-uplift", change=fmt.signed_percent(change, language))


_SEGMENT_WORDS = {name: "renewals-category-" + name.replace("_", "-") for name in _SEGMENTS}
_SEGMENT_WORDS["lost"] = "renewals-stage-lost"  # no category: these are gone


def currencies(sums: pd.DataFrame, own: str | None) -> list[str]:
    """The currencies of the quarter's sums (currency, count): the reader's own first, then the most used."""
    used = dict.fromkeys(sums.sort_values("count", ascending=False).currency)
    return preferred(used, own) or [own or "USD"]


def strip_rows(total: Forecast, currency: str, language: str) -> pd.DataFrame:
    """name, amount (for drawing only), label, tone, opacity: the segments of the forecast strip; said and
    exact, its name and whole amount in words."""
    amounts = {name: int(getattr(total, name)) for name in _SEGMENTS}
    return pd.DataFrame(
        [
            {
                "name": name, "amount": float(from_minor(minor, currency)), "tone": _SEGMENTS[name][0],
                "label": say(language, "renewals-segment-" + name.replace("_", "-"),
                             amount=fmt.money(minor, currency, language, compact=True)),
                "opacity": _SEGMENTS[name][1],
                "said": say(language, _SEGMENT_WORDS[name]),
                "exact": fmt.money(minor, currency, language, whole=True),
            }
            for name, minor in amounts.items()
        ]
    )  # fmt: skip


def caption(total: Forecast, currency: str, start: date, late: int, language: str) -> str:
    """How many contracts end in the quarter, what they are worth, and how many contacts are overdue."""
    return say(
        language, "renewals-caption-late" if late else "renewals-caption", count=total.count, late=late,
        quarter=quarter_name(quarter_code(start), language),
        base=fmt.money(total.base, currency, language, compact=True),
    )  # fmt: skip


def finding(total: Forecast, currency: str, language: str) -> str:
    """The strip's title: how the forecast stands against what comes due."""

    def money(minor: int) -> str:
        return fmt.money(minor, currency, language, compact=True)

    if total.count == 0:
        return say(language, "renewals-finding-none")
    gap = total.base - total.forecast
    word = "renewals-finding-short" if gap > 0 else "renewals-finding-full"
    return say(language, word, forecast=money(total.forecast), base=money(total.base), gap=money(abs(gap)))


def export_frame(frame: pd.DataFrame, today: date, language: str) -> pd.DataFrame:
    """The list as a file holds it: codes as words, ids left out."""
    return in_words(frame, today, language).drop(
        columns=["id", "version", "account_id", "contract_id", "due_on", "touched_on"]
    )


def choices(stage: str, may_move: bool, language: str) -> dict[str, str]:
    """What the menu of a card offers, code -> words: stages it may go to, and its details."""
    open_ends = [s for s in targets(stage) if s != Stage.LOST] if may_move else []
    words = {str(s): say(language, "renewals-move-to", stage=stage_name(s, language)) for s in open_ends}
    return words | {"details": say(language, "renewals-act-details")}


def in_words(frame: pd.DataFrame, today: date, language: str) -> pd.DataFrame:
    """The list with its codes as words, `next`: what to know about each row, and `touch`: how long ago
    somebody was in contact."""
    return frame.assign(
        next=[next_words(row, today, language) for row in frame.itertuples()],
        touch=[recency(row.touched_on, today, language) for row in frame.itertuples()],
        stage=[stage_name(s, language) for s in frame.stage],
        category=[category_name(c, language) for c in frame.category],
        lost_reason=[reason_name(r, language) if r else None for r in frame.lost_reason],
    )


def recency(touched_on: date | None, today: date, language: str) -> str:
    """How long ago the last contact was."""
    if touched_on is None:
        return say(language, "renewals-recency-never")
    return fmt.in_days(touched_on, today, language)


def facts(row: Any, today: date, zone: str, language: str) -> list[tuple[str, str]]:
    """Label and value of what the drawer says about a renewal."""
    return [
        (say(language, "renewals-fact-ends"), fmt.day(row.ends_on, language)),
        (say(language, "renewals-fact-lead"), fmt.day(row.opens_on, language)),
        (say(language, "renewals-fact-notice"), fmt.day(row.notice_on, language)),
        (say(language, "renewals-fact-base"), fmt.money(row.base_minor, row.currency, language)),
        (say(language, "renewals-fact-touch"), _touch(row, today, zone, language)),
    ]


def _touch(row: Any, today: date, zone: str, language: str) -> str:
    ago = recency(row.touched_on, today, language)
    return ago if row.touched_on is None else f"{fmt.moment(row.last_touch_at, language, zone)} · {ago}"


def history(steps: pd.DataFrame, zone: str, language: str) -> list[str]:
    """A line per step, newest first: when, to which stage, by whom, and what was said."""
    lines = []
    for step in steps.itertuples():
        values = {
            "day": fmt.moment(step.moved_at, language, zone), "stage": stage_name(step.to_stage, language)
        }  # fmt: skip
        line = (
            say(language, "renewals-step-desk", **values)
            if step.how or not step.person
            else say(language, "renewals-step", **values, person=step.person)
        )
        lines.append(f"{line}: {step.comment}" if step.comment else line)
    return lines


def cards(frame: pd.DataFrame, today: date, may_move: bool, language: str) -> list[dict[str, Any]]:
    """The cards of one column of the board, as lib.ui.board.Card wants them."""
    return [
        {
            "id": int(row.id),
            "name": row.account,
            "figure": fmt.money(row.expected_minor, row.currency, language, whole=True),
            "remark": next_words(row, today, language),
            "status": row.status,
            "urgent": row.overdue,
            "note": say(language, "renewals-recency", when=recency(row.touched_on, today, language))
            if row.touched_on
            else recency(None, today, language),
            "params": {"id": row.account_id},
            "choices": choices(row.stage, may_move, language),
        }
        for row in frame.itertuples()
    ]


def forms(row: Any, language: str) -> list[tuple[str, list[dict[str, Any]], str]]:
    """The forms of the drawer of an open renewal: key, fields as lib.ui.drawer.Field wants them, button."""
    categories = {str(c): category_name(c, language) for c in OPEN_CATEGORIES}
    reasons = {code: reason_name(code, language) for code in LOST_REASONS}
    expected = str(from_minor(row.expected_minor, row.currency))
    amount = say(language, "renewals-expected", currency=row.currency)
    forecast_fields = [
        {"code": "category", "label": say(language, "renewals-forecast"), "value": row.category,
         "options": categories},
        {"code": "amount", "label": amount, "value": expected, "limit": 24},
    ]  # fmt: skip
    lost_fields = [
        {"code": "reason", "label": say(language, "renewals-lost-reason"), "options": reasons},
        {"code": "comment", "label": say(language, "renewals-comment"), "long": True, "limit": 2000},
    ]
    return [
        ("forecast", forecast_fields, say(language, "renewals-save-forecast")),
        ("lost", lost_fields, say(language, "renewals-mark-lost")),
    ]


def places(
    sums: pd.DataFrame, shown: pd.DataFrame, today: date, may_move: bool, language: str
) -> list[dict[str, Any]]:
    """The columns of the board, as lib.ui.board.Place wants them; `sums` and `shown` of one currency."""
    made = []
    for place, stages in BOARD.items():
        mine, some = sums[sums.stage.isin(stages)], shown[shown.place == place]
        count, worth = int(mine["count"].sum()), int(mine.expected_minor.sum())
        currency = mine.currency.iloc[0] if count else "USD"
        money = fmt.money(worth, currency, language, compact=True) if count else fmt.MISSING
        left = count - len(some)
        made.append(
            {
                "code": place,
                "name": say(language, "renewals-place-" + place.replace("_", "-")),
                "summary": f"{fmt.number(count, language)} · {money}",
                "cards": cards(some, today, may_move, language),
                "more": say(language, "renewals-more", count=left) if left > 0 else "",
            }
        )
    return made


def spoken(total: Forecast, currency: str, segments: pd.DataFrame, language: str) -> tuple[str, str, str]:
    """The strip's caption, its text for readers who do not see it, and the words at its tick."""
    opened, base = (fmt.money(m, currency, language, compact=True) for m in (total.open, total.base))
    title, parts = finding(total, currency, language), fmt.names(list(segments.label), language)
    return (
        say(language, "renewals-strip-caption", open=opened),
        say(language, "renewals-strip-alt", finding=title, segments=parts),
        say(language, "renewals-up-for-renewal", base=base),
    )

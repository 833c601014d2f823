"""How right past scores were, put into words for the page of key figures."""

from dataclasses import dataclass

import pandas as pd

from lib import format
from lib.access import Viewer
from lib.health import queries
from lib.health.grading import Grade, falls
from lib.health.phrases import part_name, score
from lib.words import say


@dataclass(frozen=True)
class Graded:
    """The section in words: `title` says the finding of the middle horizon, `lines` one sentence a horizon,
    `tenths` name, amount (share lost, 0 to 1) and label of each tenth of the scores, `bands` a table."""

    title: str
    caption: str
    lines: list[str]
    tenths: pd.DataFrame
    tenths_title: str
    bands: pd.DataFrame
    alt: str


def graded(viewer: Viewer, language: str) -> Graded:
    """The back-test over the viewer's past renewals. Shows the horizon of 90 days in full."""
    found = queries.grades(viewer)
    middle = found[len(found) // 2]
    tenths = _tenths(middle, language)
    told = format.names([f"{r['name']} {r['label']}" for r in tenths.to_dict("records")], language)
    return Graded(
        title=say(language, f"health-grade-{middle.verdict}"),
        caption=say(language, "health-grade-caption", count=middle.count, lost=middle.lost,
                    days=middle.ahead),
        lines=[_line(one, language) for one in found], tenths=tenths,
        tenths_title=say(language, "health-grade-tenths", rises=falls(middle.deciles), days=middle.ahead),
        bands=_bands(found, language), alt=say(language, "health-grade-alt", parts=told),
    )  # fmt: skip


def _line(one: Grade, language: str) -> str:
    if one.score is None or one.best is None:
        return say(language, "health-grade-line-few", days=one.ahead, count=one.count, lost=one.lost)
    auc, low, high, best = (
        format.number(v, language, 2) for v in (one.score.auc, one.score.low, one.score.high, one.best[1].auc)
    )
    return say(language, "health-grade-line", days=one.ahead, count=one.count, lost=one.lost, auc=auc,
               low=low, high=high, part=part_name(one.best[0], language), best=best,
               verdict=say(language, f"health-grade-word-{one.verdict}"))  # fmt: skip


def _tenths(one: Grade, language: str) -> pd.DataFrame:
    rows = [
        {
            "name": f"{score(low, language)}–{score(high, language)}",
            "amount": lost / count,
            "label": say(language, "health-grade-of", lost=lost, count=count),
        }
        for low, high, count, lost in one.deciles
    ]
    return pd.DataFrame(rows, columns=["name", "amount", "label"])


def _bands(found: list[Grade], language: str) -> pd.DataFrame:
    """One row a band, one column a horizon: how many of its renewals were lost."""
    words = [say(language, f"status-{b.band}") for b in found[0].bands]
    made = {say(language, "health-grade-band"): words}
    for one in found:
        cells = [
            say(language, "health-grade-cell", share=format.percent(b.lost / b.count, language, 0),
                lost=b.lost, count=b.count) if b.count else format.MISSING
            for b in one.bands
        ]  # fmt: skip
        made[say(language, "health-grade-days", days=one.ahead)] = cells
    return pd.DataFrame(made)

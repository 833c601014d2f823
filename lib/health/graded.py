"""How right past scores were, put into words for the page Evidence."""

from dataclasses import dataclass

import pandas as pd

from lib import format
from lib.access import Viewer
from lib.health import queries
from lib.health.grading import LEAST_KEPT, LEAST_LOST, Grade, falls
from lib.health.phrases import part_name, score
from lib.words import say


@dataclass(frozen=True)
class Graded:
    """The section in words: `title` says the finding of the chosen horizon and `because` the numbers it rests
    on, `lines` one sentence a horizon, `tenths` name, amount (share lost, 0 to 1) and label of each tenth of
    the scores, `bands` a table."""

    title: str
    caption: str
    because: list[str]
    lines: list[str]
    tenths: pd.DataFrame
    tenths_title: str
    bands: pd.DataFrame
    bands_title: str
    alt: str


def graded(viewer: Viewer, language: str, ahead: int = 90) -> Graded:
    """The back-test over the viewer's past renewals; `ahead` of AHEAD is the horizon shown in full."""
    found = queries.grades(viewer)
    shown = next((one for one in found if one.ahead == ahead), found[0])
    tenths = _tenths(shown, language)
    told = format.names([f"{r['name']} {r['label']}" for r in tenths.to_dict("records")], language)
    return Graded(
        title=say(language, f"health-grade-{shown.verdict}"),
        caption=say(language, "health-grade-caption", count=shown.count, lost=shown.lost, days=shown.ahead),
        because=_because(shown, language),
        lines=[_line(one, language) for one in found], tenths=tenths,
        tenths_title=say(language, "health-grade-tenths", rises=falls(shown.deciles), days=shown.ahead),
        bands=_bands(found, language), bands_title=say(language, "health-grade-bands"),
        alt=say(language, "health-grade-alt", parts=told),
    )  # fmt: skip


def _because(one: Grade, language: str) -> list[str]:
    """Why the verdict is what it is, with its numbers; and how the lowest band stands beside all."""
    if one.verdict == "few" or one.score is None:
        return [say(language, "health-grade-because-few", lost=one.lost, kept=one.count - one.lost,
                    least=max(LEAST_LOST, LEAST_KEPT))]  # fmt: skip
    low, high = (format.number(v, language, 2) for v in (one.score.low, one.score.high))
    told = [say(language, f"health-grade-because-{one.verdict}", low=low, high=high)]
    critical = next(b for b in one.bands if b.band == "critical")
    if critical.count and one.lost:
        base, mine = one.lost / one.count, critical.lost / critical.count
        told.append(say(language, "health-grade-times", share=format.percent(mine, language, 0),
                        base=format.percent(base, language, 0),
                        times=format.number(mine / base, language, 1)))  # fmt: skip
    return told


def rows(viewer: Viewer, language: str, ahead: int) -> pd.DataFrame:
    """The graded decisions in words, the lowest score first: account_id, account, due_on, source, score,
    band (code), result."""
    found = queries.graded_rows(viewer, ahead)
    made = found.assign(
        score=[score(value, language) for value in found["score"]],
        source=[say(language, f"health-grade-source-{code}") for code in found["source"]],
        result=[say(language, f"evidence-result-{'lost' if gone else 'kept'}") for gone in found["lost"]],
    )
    return made[["account_id", "account", "due_on", "source", "score", "band", "result"]]


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

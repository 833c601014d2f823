"""The brief for a meeting as paper: words that were gathered before, set by typst; same input, same bytes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typst

from lib.quotes import fonts

TEMPLATE = Path(__file__).resolve().parent / "brief.typ"
BOX = "\u25a1"


@dataclass(frozen=True)
class Section:
    """A list of the brief: a table with `columns`, or lines without; `empty` stands for no rows."""

    title: str
    rows: Sequence[Sequence[str]]
    empty: str
    columns: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class Brief:
    """Everything the paper shows, in words. `weeks`: (label, active users a day, expected); `activity`: the
    finding, its scope, what the bars are. `date` is the day of the data as YYYY-MM-DD."""

    lang: str
    date: str
    company: str
    internal: str
    title: str
    name: str
    subject: str
    now: str
    facts: Sequence[Sequence[str]]
    weeks: Sequence[tuple[str, float, float]]
    activity: Sequence[str]
    sections: Sequence[Section]
    notes: str
    foot: str
    page: str


def render(brief: Brief) -> bytes:
    """PDF bytes (PDF/UA-1). A character no font has is printed as a box: the paper is for ourselves, and it
    must come out on the way to the meeting."""
    text = json.dumps(asdict(brief), ensure_ascii=False, sort_keys=True)
    text = text.replace(" · ", "，" if brief.lang == "zh" else ", ")  # the dot is a whole square on paper
    text = text.translate(dict.fromkeys(map(ord, fonts.unprintable(text)), BOX))
    data: dict[str, Any] = json.loads(text) | {"latin": fonts.only_latin_font(text)}
    return typst.compile(
        str(TEMPLATE), format="pdf", font_paths=fonts.folders(), ignore_system_fonts=True,
        pdf_standards=["ua-1"], sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip


@dataclass(frozen=True)
class Signs:
    """What the points to talk about follow from: counts, and names where one is enough."""

    urgent_cases: int
    overdue_promises: int
    sponsor_gone: bool
    notice_in: int | None
    alert_open: bool
    spent: Sequence[str]
    unused_seats: int
    goals_due: Sequence[str]
    promised_requests: int


def points(signs: Signs) -> list[tuple[str, Mapping[str, Any]]]:
    """What to talk about, the heaviest first: (code, values) of its sentence."""
    found = [
        ("cases", signs.urgent_cases, {"count": signs.urgent_cases}),
        ("promises", signs.overdue_promises, {"count": signs.overdue_promises}),
        ("alert", signs.alert_open, {}),
        ("notice", signs.notice_in is not None, {"days": signs.notice_in or 0}),
        ("sponsor", signs.sponsor_gone, {}),
        ("spent", signs.spent, {"item": next(iter(signs.spent), "")}),
        ("seats", signs.unused_seats, {"count": signs.unused_seats}),
        ("goal", signs.goals_due, {"goal": next(iter(signs.goals_due), "")}),
        ("requests", signs.promised_requests, {"count": signs.promised_requests}),
    ]
    told = [(code, values) for code, holds, values in found if holds]
    return told or [("fine", {})]

"""The entitlement statement as paper: words gathered before, set by typst; same input, same bytes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from lib.quotes import fonts

TEMPLATE = Path(__file__).resolve().parent / "statement.typ"
BOX = "\u25a1"


@dataclass(frozen=True)
class Part:
    """One table: a title, the names of its columns, its rows; how far a row is used (0 to 1) or None."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[float | None]


@dataclass(frozen=True)
class Statement:
    """Everything the paper shows, in words. `facts`: label and value; `date` as YYYY-MM-DD."""

    lang: str
    date: str
    company: str
    title: str
    subject: str
    facts: Sequence[Sequence[str]]
    parts: Sequence[Part]
    ask: str
    help: str
    foot: str
    page: str


def render(statement: Statement) -> bytes:
    """PDF bytes (PDF/UA-1). A character no font has is printed as a box."""
    text = json.dumps(asdict(statement), ensure_ascii=False, sort_keys=True)
    text = text.translate(dict.fromkeys(map(ord, fonts.unprintable(text)), BOX))
    data = json.loads(text) | {"latin": fonts.only_latin_font(text)}
    return typst.compile(
        str(TEMPLATE), format="pdf", font_paths=fonts.folders(), ignore_system_fonts=True,
        pdf_standards=["ua-1"], sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip

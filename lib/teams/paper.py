"""The handover brief on paper: a card an account, set by typst in the reader's language; pure."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import typst

from lib.quotes import fonts
from lib.words import say

TEMPLATE = Path(__file__).resolve().parent / "brief.typ"
PARTS = ("step", "contract", "health", "alerts", "promises", "touch", "sponsor")


def brief_pdf(told: pd.DataFrame, title: str, subtitle: str, today: date, language: str) -> bytes:
    """PDF bytes (PDF/UA-1) of what phrases.brief_rows says; characters no font has become a question mark."""
    cards = [
        {"name": row["account"],
         "facts": [[say(language, f"team-col-{part}"), row[part]] for part in PARTS if row[part]]}
        for row in told.to_dict("records")
    ]  # fmt: skip
    data = {"title": title, "subtitle": subtitle, "cards": cards, "date": today.isoformat(),
            "lang": "zh" if language == "zh-CN" else "en"}  # fmt: skip
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for character in fonts.unprintable(text):
        text = text.replace(character, "?")
    data = json.loads(text)
    data["latin"] = fonts.only_latin_font(text)
    return typst.compile(
        str(TEMPLATE), format="pdf", font_paths=fonts.folders(), ignore_system_fonts=True,
        pdf_standards=["ua-1"], sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip

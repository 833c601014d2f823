"""Every page in a made-up language and in Chinese: no raw word, no English left over, no untranslated key."""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

import pytest
from sqlalchemy import JSON, String, inspect, select, text

from lib import format as fmt
from lib import words
from lib.money import CURRENCIES
from lib.settings import ROOT
from lib.store import database
from lib.store.models import PolicyVersion
from lib.ui.frame import SCREENS
from tests.reading import texts

POLICY_FOLDER = ROOT / "data" / "policy"
OPEN, CLOSE = "⟦", "⟧"
_LETTERS = re.compile(r"[A-Za-z\u4e00-\u9fff]")
# Digests; and what Babel writes by itself: months, the last link of a list, signs of currencies, letters of
# amounts. Rules of the price are called D-30 or M-15 in every language.
_FORMATS = re.compile(
    r"\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|and)\b|(?:US|CN|HK|A|CA)?[$¥]|\d[\d.,]*[KMB]?\b"
    r"|\b[DM]-\d+(?:/\d+)?\b"
)
# The same in every language: file types, the product's name, units of measure.
_FIXED = {"CSV", "XLSX", "PDF", "JSON", "Parquet", "VIP Desk", "UTC", "YYYY-MM-DD", "v", *CURRENCIES}
# Columns whose values go through the catalogues (lib.words.term), and codes; see `_Data`.
_TERMS = {"tier", "plan", "region", "industry", "city", "country", "product", "product_line", "status",
          "kind"}  # fmt: skip
_CODE = re.compile(r"[a-z][a-z_]*")
_POLICY = {"policy", "audit"}  # show names and codes of policy values as the policy files say them
_SEPARATORS = ("\n", "  ", " · ", " | ", "; ", "、", "，", ", ", ": ", "：", " v", " ", "/")


class _Data:
    """What a store's people and files wrote: names, titles, notes, numbers, addresses. Codes are not data:
    a page that shows `month_to_month` or `enterprise` as it is shows a raw word."""

    def __init__(self) -> None:
        self.values: set[str] = set()
        with database.reading() as connection:
            tables = inspect(connection)
            for table in tables.get_table_names():
                for column in tables.get_columns(table):
                    if column["name"] in _TERMS or not isinstance(column["type"], String | JSON):
                        continue
                    rows = connection.execute(text(f'SELECT DISTINCT "{column["name"]}" FROM "{table}"'))
                    self._take(rows.scalars(), isinstance(column["type"], JSON))
        for path in sorted(POLICY_FOLDER.glob("*.toml")):  # its words lie there in both languages
            self._take_inside(tomllib.loads(path.read_text(encoding="utf-8")))
        self.values |= {" ".join(value.split()) for value in self.values}
        self.values |= {fmt.place(zone, "en") for zone in available_timezones() if "/" in zone}  # Babel's
        self.blob = "\n".join(self.values)
        figures = [value for value in self.values if re.search(r"\{\w", value)]  # the policy fills them in
        filled = [re.sub(r"\\\{[^{}]*\\\}", ".+", re.escape(value)) for value in figures]
        self.filled = re.compile("|".join(filled) or r"(?!)")

    def _take(self, rows: Any, nested: bool) -> None:
        for one in rows:
            if nested and one is not None:
                self._take_inside(json.loads(one) if isinstance(one, str) else one)
            elif one and not _CODE.fullmatch(one):
                self.values.add(one)

    def _take_inside(self, value: Any) -> None:
        """Texts within a document, however deep."""
        if isinstance(value, str):
            self._take([value], nested=False)
        elif isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                self._take_inside(one)

    def holds(self, piece: str) -> bool:
        """Whether a piece of text is a value, or a longer part of one (an excerpt, a cut sentence)."""
        cut = piece.strip("…").strip()
        return (
            piece in self.values
            or (len(cut) >= 8 and cut in self.blob)
            or self.filled.fullmatch(piece) is not None
        )


def _is_data(piece: str, data: _Data, separators: tuple[str, ...] = _SEPARATORS) -> bool:
    left = _FORMATS.sub("", piece)
    if not _LETTERS.search(left) or piece.strip() in _FIXED or data.holds(piece.strip()):
        return True
    for place, separator in enumerate(separators):
        if separator in piece:
            rest = separators[place:]
            return all(_is_data(one, data, rest) for one in piece.split(separator))
    return False


def _outside(shown: str) -> str:
    """The text without what a message said; messages stand in messages."""
    while True:
        less = re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "\n", shown)
        if less == shown:
            return less
        shown = less


class _Pseudo:
    """A catalogue whose every message is marked; placeholders and plurals work as in English."""

    def __init__(self, real: Any) -> None:
        self.real = real
        self.has_message, self.get_message = real.has_message, real.get_message

    def format_pattern(self, pattern: Any, values: Any) -> tuple[str, list]:
        told, problems = self.real.format_pattern(pattern, values)
        return f"{OPEN}{told}{CLOSE}", problems


@pytest.fixture(scope="module")
def data(demo_book) -> _Data:
    return _Data()


@pytest.fixture(scope="module")
def policy_codes(demo_book) -> set[str]:
    """Names and codes of policy values, and their parts: what the stored documents say without a blank."""
    found: set[str] = set()

    def take(value: Any) -> None:
        if isinstance(value, dict):
            found.update(word for key in value for word in re.findall(r"\w+", key))
            for one in value.values():
                take(one)
        elif isinstance(value, list):
            for one in value:
                take(one)
        elif isinstance(value, str) and re.fullmatch(r"[\w.-]+", value):
            found.update(re.findall(r"\w+", value))

    with database.reading() as connection:
        for name, body in connection.execute(select(PolicyVersion.name, PolicyVersion.body)):
            take({name: body})
    return (
        found
        | {part for word in found for part in word.split("_")}
        | {letters for word in found for letters in _WORD.findall(word)}
    )


def _says(shown: str, codes: set[str]) -> bool:
    return {word for word in re.findall(r"\w+", shown) if not word.isdigit()} <= codes


@pytest.fixture
def pseudo(monkeypatch) -> None:
    real = words.bundle("en")
    monkeypatch.setattr(words, "bundle", lambda _language: _Pseudo(real))


def _opened(demo_book, screen: str, language: str) -> Iterator[tuple[str, Any]]:
    for stop in demo_book.stops:
        if stop.screen == screen:
            at = demo_book.open(stop, language)
            assert not at.exception, f"{stop.name}: {[e.message for e in at.exception]}"
            yield stop.name, at


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_shows_a_raw_word_in_a_made_up_language(demo_book, data, policy_codes, pseudo, screen):
    codes = policy_codes if screen in _POLICY else set()
    raw = [
        f"{name}: {where}: {_outside(shown).strip()!r}"
        for name, at in _opened(demo_book, screen, "en")
        for where, shown in texts(at)
        if not _is_data(_outside(shown), data) and not _says(_outside(shown), codes)
    ]

    assert not raw, "\n".join(sorted(set(raw)))


@pytest.fixture(scope="module")
def latin() -> set[str]:
    """The Latin words our own Chinese says: ARR, PDF, a command. `help-keys` quotes Streamlit's English."""
    said = [pattern for key, pattern in _messages("zh-CN") if key != "help-keys"]
    for path in POLICY_FOLDER.glob("*.toml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        said += [line for line in lines if "zh" in line.partition("=")[0]]
    return {word for text in said for word in _WORD.findall(re.sub(r"\{[^{}]*\}", "", text))}


def _messages(language: str) -> list[tuple[str, str]]:
    """(id, what follows the id) of every message."""
    lines = [
        line
        for path in sorted((words.LOCALE_FOLDER / language).glob("*.ftl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    pairs, key = [], ""
    for line in lines:
        if found := re.match(r"([a-z][\w-]*) =(.*)", line):
            key, line = found.groups()
        pairs.append((key, line))
    return pairs


_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,'’&@/_:+()–-]*")
_HALF = re.compile(r"[\u4e00-\u9fff][,;!?]|[\u4e00-\u9fff]:(?!\d)|[,;!?][\u4e00-\u9fff]")
_KEY = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
# A product is called by its own name, a person by theirs; what follows stands in fields the data filled.
_TYPED = (".default", ".value")


def _english(shown: str, data: _Data, latin: set[str]) -> list[str]:
    """Latin words of a Chinese text that neither data nor our own Chinese has."""
    if _is_data(shown, data):
        return []

    def without_data(found: re.Match[str]) -> str:
        return "\n" if _is_data(found.group().strip(" .,:-–/()"), data) else found.group()

    left = _RUN.sub(without_data, _FORMATS.sub(" ", _RUN.sub(without_data, shown)))
    return [word for word in _WORD.findall(left) if word not in latin | _FIXED]


@pytest.mark.acceptance("C38")
@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_leaves_english_or_a_key_in_chinese(demo_book, data, policy_codes, latin, screen):
    codes = policy_codes if screen in _POLICY else set()
    keys = {key for key, _ in _messages("en")}
    keyboard = words.say("zh-CN", "help-keys")  # names Streamlit's English, to say it in Chinese
    wrong = []
    for name, at in _opened(demo_book, screen, "zh-CN"):
        for where, shown in texts(at):
            if where.endswith(_TYPED) or shown == keyboard:
                continue
            left = [word for word in _english(shown, data, latin) if word not in codes]
            left += [key for key in _KEY.findall(shown) if key in keys]
            if left:
                wrong.append(f"{name}: {where}: {shown!r}: {', '.join(left)}")
            elif not _is_data(shown, data) and _HALF.search(shown):
                wrong.append(f"{name}: {where}: half-width punctuation: {shown!r}")

    assert not wrong, "\n".join(sorted(set(wrong)))


def test_a_discount_in_zhe_is_never_written_by_hand():
    """15% off is 优惠 15%; 折 reads as its opposite to some: a message carries it in other words alone."""
    by_hand = re.compile(r"[\d}一二三四五六七八九]\s*折")
    said = [(key, text) for key, text in _messages("zh-CN") if by_hand.search(text)]

    assert not said


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_choice_without_a_value_says_what_to_choose(demo_book, screen, language):
    """Streamlit's own words for an empty choice are English."""
    for name, at in _opened(demo_book, screen, language):
        for box in at.get("selectbox"):
            assert box.proto.HasField("default") or box.proto.placeholder, f"{name}: {box.label}"
        for box in at.get("multiselect"):
            assert box.proto.placeholder not in ("", "Choose options"), f"{name}: {box.label}"

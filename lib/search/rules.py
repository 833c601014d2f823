"""What a search means: the typed text made plain, its spellings, the pages it names and excerpts; pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from lib.words import LANGUAGES, say

LONGEST = 200  # characters of a search that count; nobody types more, and a pattern must stay cheap
BEFORE, EXCERPT = 40, 140  # characters of a note before the hit, and in all
# Full-width Latin letters, digits and signs as a Chinese keyboard types them, and the wide space.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_UNSEEN = dict.fromkeys(range(32))  # PostgreSQL keeps no NUL; the others are never typed on purpose


@dataclass(frozen=True)
class Place:
    """A page of the desk that a search names: `name` as in the address, `title` in the reader's language."""

    name: str
    title: str


def wanted(text: str) -> str:
    """The text as it is searched: NFC, half width, single spaces, without control characters."""
    return _tidy(text.translate(_HALF_WIDTH))


def _tidy(text: str) -> str:
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return spaced.translate(_UNSEEN).encode("utf-8", "ignore").decode("utf-8")[:LONGEST].strip()


def too_short(text: str) -> bool:
    """One letter or digit finds everything and so nothing; one Chinese character is a word already."""
    plain = wanted(text)
    return len(plain) < 2 and not _HAN.search(plain)


def spellings(text: str) -> tuple[str, ...]:
    """How the text may stand in the store: half width and as typed; and, because databases fold the case of
    ASCII letters only, words with other letters in large and in small."""
    found = [wanted(text), _tidy(text)]
    if not found[0].isascii():
        found += [case for one in found[:1] for case in (one.lower(), one.upper())]
    return tuple(dict.fromkeys(one for one in found if one))


def literal(text: str) -> str:
    r"""The text for a LIKE pattern with the escape sign \: % and _ are letters like any other."""
    return re.sub(r"([%_\\])", r"\\\1", text)


def places(text: str, names: Iterable[str], language: str) -> list[Place]:
    """The pages of `names` whose title holds the text in either language, exact titles and beginnings first.

    `names` are the pages the reader may open; titles are the messages frame-page-….
    """
    sought = wanted(text).casefold()
    found = []
    for position, name in enumerate(names):
        titles = [say(one, f"frame-page-{name}").casefold() for one in LANGUAGES]
        ranks = [rank(title, sought) for title in titles if sought and sought in title]
        if ranks:
            found.append((min(ranks), position, Place(name, say(language, f"frame-page-{name}"))))
    return [place for _, _, place in sorted(found, key=lambda one: one[:2])]


def rank(text: str, sought: str) -> int:
    """0 the whole text, 1 its beginning, 2 somewhere in it."""
    return 0 if text == sought else 1 if text.startswith(sought) else 2


def excerpt(text: str, sought: str) -> str:
    """One line of the text around the first hit, with … where something is left out; else its beginning."""
    line = " ".join(text.split())
    hits = [line.casefold().find(one.casefold()) for one in spellings(sought)]
    at = min((hit for hit in hits if hit >= 0), default=0)
    start = max(0, min(at - BEFORE, len(line) - EXCERPT))
    end = start + EXCERPT
    return ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")


def holds(text: str, sought: str) -> bool:
    """Whether the text holds the search in any spelling, large and small alike."""
    folded = text.casefold()
    return any(one.casefold() in folded for one in spellings(sought))

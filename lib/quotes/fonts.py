"""Which fonts papers are set in, and which characters they cannot print."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

CHINESE, LATIN = "Noto Sans SC", "DejaVu Sans"
_FILES = {
    CHINESE: ("zhplot", "fonts/NotoSansSC-Regular.ttf"),
    LATIN: ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"),
}


@lru_cache(maxsize=len(_FILES))
def font_file(family: str) -> Path:
    """The font's file inside the package that carries it; raises FileNotFoundError without it."""
    package, inside = _FILES[family]
    spec = find_spec(package)
    path = Path(spec.origin).parent / inside if spec and spec.origin else Path(inside)
    if not path.exists():
        raise FileNotFoundError(f"{package} does not carry {inside}")
    return path


def folders() -> list[str]:
    return [str(font_file(family).parent) for family in _FILES]


@lru_cache(maxsize=len(_FILES))
def _glyphs(family: str) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font  # late: the first paper needs it, no other page does

    return frozenset(FT2Font(str(font_file(family))).get_charmap())


def only_latin_font(text: str) -> str:
    """The characters the first font lacks and the second has, each once: their words are set in it."""
    return "".join(sorted({c for c in text if ord(c) not in _glyphs(CHINESE) and ord(c) in _glyphs(LATIN)}))


def unprintable(text: str) -> str:
    """The characters no font of ours has, each once; line breaks do not count."""
    known = _glyphs(CHINESE) | _glyphs(LATIN)
    return "".join(sorted({c for c in text if ord(c) not in known and c not in "\n\t"}))

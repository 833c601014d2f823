"""Countries by their two-letter code, however somebody wrote them: CN, CHN, China, 中国, P.R. China. Pure."""

import unicodedata
from functools import lru_cache

from babel import Locale
from babel.core import get_global

_SPOKEN = ("en", "zh", "zh_Hant", "de", "fr", "es", "ja")  # whose names are understood
_NO_COUNTRY = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
# What people write and no list of names holds.
_ALSO = {
    "prchina": "CN", "prc": "CN", "peoplesrepublicofchina": "CN", "mainlandchina": "CN", "中国大陆": "CN",
    "中华人民共和国": "CN", "中國大陸": "CN", "hongkong": "HK", "香港": "HK", "macao": "MO", "macau": "MO",
    "澳门": "MO", "澳門": "MO", "greatbritain": "GB", "britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northernireland": "GB", "america": "US", "unitedstatesofamerica": "US",
    "holland": "NL", "korea": "KR", "republicofkorea": "KR", "russianfederation": "RU", "uae": "AE",
    "turkey": "TR", "czechrepublic": "CZ", "vietnam": "VN", "越南": "VN", "uk": "GB",
}  # fmt: skip


@lru_cache(maxsize=4096)
def code_of(written: str | None) -> str | None:
    """The code of a country; None where nothing is written, or nothing that is known."""
    if not written:
        return None
    bare = _bare(written)
    return bare.upper() if bare.upper() in _known() else _codes().get(bare)


def _bare(text: str) -> str:
    """Letters alone: case, accents, dots and blanks tell no countries apart."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    codes = Locale("en").territories
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NO_COUNTRY


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Every known name of a country; names first, so that no alias takes the place of one."""
    known, found = _known(), {}
    for language in _SPOKEN:
        names = Locale.parse(language).territories
        found |= {_bare(names[code]): code for code in known if code in names}
    aliases = {old: new for old, (new, *more) in get_global("territory_aliases").items() if not more}
    others = {_bare(old): new for old, new in aliases.items() if new in known} | _ALSO
    return others | found

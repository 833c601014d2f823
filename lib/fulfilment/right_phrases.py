"""What the rights of loyalty levels say in lists; pure."""

from collections.abc import Mapping

import pandas as pd

from lib import format as fmt
from lib.fulfilment.rights import RightType
from lib.words import say

OFFERED = ("account", "right", "level", "given_by", "free", "proposed")
HELD = ("account", "right", "level", "expires_on", "decided", "person")


def right_name(code: str, types: Mapping[str, RightType], language: str) -> str:
    """Its name; a code that policy no longer has stands for itself."""
    return types[code].name(language) if code in types else code


def level_word(level: str, language: str) -> str:
    return say(language, f"segments-loyalty-{level}")


def offered_rows(
    found: pd.DataFrame, types: Mapping[str, RightType], free: Mapping[str, int | None], language: str,
    zone: str,
) -> pd.DataFrame:  # fmt: skip
    """The columns of OFFERED."""
    rows = [
        (r.account, right_name(r.code, types, language), level_word(r.level, language),
         say(language, "fulfilment-by-partner" if r.code in types and types[r.code].partner
             else "fulfilment-by-us"),
         free_text(free.get(r.code), types.get(r.code), language), fmt.moment(r.proposed_at, language, zone))
        for r in found.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(OFFERED))


def free_text(free: int | None, right: RightType | None, language: str) -> str:
    if right is None or free is None:
        return say(language, "fulfilment-no-quota")
    return say(language, "fulfilment-quota", left=fmt.number(free, language),
               quota=fmt.number(right.quota, language))  # fmt: skip


def held_rows(
    found: pd.DataFrame, types: Mapping[str, RightType], language: str, zone: str
) -> pd.DataFrame:  # fmt: skip
    """The columns of HELD: the holders of each right."""
    rows = [
        (r.account, right_name(r.code, types, language), level_word(r.level, language), r.expires_on,
         fmt.moment(r.decided_at, language, zone), r.person)
        for r in found.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(HELD))

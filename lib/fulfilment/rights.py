"""Rights that come with a loyalty level: what is offered to whom, for how long, and how many may hold it.
Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lib.errors import Conflict

LEVELS = ("silver", "gold", "platinum")  # the lowest first


@dataclass(frozen=True)
class RightType:
    """A right of policy "fulfilment"; `quota` 0: without limit."""

    code: str
    name_en: str
    name_zh: str
    level: str
    quota: int
    days: int
    partner: bool

    def name(self, language: str) -> str:
        return self.name_zh if language == "zh-CN" else self.name_en

    def last_day(self, starts_on: date) -> date:
        return starts_on + timedelta(days=self.days - 1)


def read_rights(body: Mapping[str, Any]) -> dict[str, RightType]:
    return {row["code"]: RightType(**row) for row in body["rights"]}


def belongs(right: RightType, level: str) -> bool:
    """A right belongs to its level and to every higher one."""
    return level in LEVELS and LEVELS.index(level) >= LEVELS.index(right.level)


def turn_key(right: RightType, account_id: int, since: date, day: date) -> str:
    """One offer while an account stays on its level, and again whenever the time it is held is over."""
    return f"{right.code}:{account_id}:{since.isoformat()}:{(day - since).days // right.days}"


def take(right: RightType, held: int) -> None:
    """Raises Conflict where every one of the quota is held."""
    if right.quota and held >= right.quota:
        raise Conflict("right_full", name=right.name_en, quota=right.quota)


def left(rights: Iterable[RightType], held: Mapping[str, int]) -> dict[str, int | None]:
    """How many of each right are free; None: without limit."""
    return {r.code: max(0, r.quota - held.get(r.code, 0)) if r.quota else None for r in rights}

"""How a paper says things: each text in the one or two languages of a snapshot, amounts in its currency."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from lib import format as fmt
from lib.pricing.waterfall import share_off
from lib.quotes.completeness import SPOKEN
from lib.words import say

BEIJING_TIME = ("Asia/Shanghai", "Asia/Chongqing", "PRC")  # what everybody there calls it


class Speaking:
    """The words and figures of one snapshot. Every text is a list: one entry a language, the first leads."""

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        self.s = snapshot
        self.spoken = SPOKEN[snapshot["language"]]
        self.lead = self.spoken[0]
        self.is_draft = snapshot["issued_at"] is None
        self.currency = snapshot["currency"]

    def words(self, message: str, **values: Any) -> list[str]:
        """A message in each language; a value that is a function of the language is called with it."""
        texts = []
        for spoken in self.spoken:
            filled = {name: value(spoken) if callable(value) else value for name, value in values.items()}
            texts.append(say(spoken, f"document-{message}", **filled))
        return texts

    def day(self, text: str) -> Any:
        return lambda spoken: fmt.day(date.fromisoformat(text), spoken)

    def moment(self, text: str) -> Any:
        return lambda spoken: fmt.moment(datetime.fromisoformat(text), spoken, self.s["zone"])

    def zone(self, spoken: str) -> str:
        """The paper's zone as a reader knows it, with how far it is from UTC when the paper is made."""
        at = datetime.fromisoformat(self.s["issued_at"] or self.s["saved_at"])
        minutes = int(at.astimezone(ZoneInfo(self.s["zone"])).utcoffset().total_seconds()) // 60
        hours, rest = divmod(abs(minutes), 60)
        sign = "−" if minutes < 0 else "+"
        offset = f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
        name = self.s["zone"]
        city = say(spoken, "document-beijing") if name in BEIJING_TIME else fmt.place(name, spoken)
        return say(spoken, "document-zone", place=name if spoken == "en" else city, offset=offset)

    @property
    def is_taxed(self) -> bool:
        return any(Decimal(part["rate"]) for part in self.s["tax"]["parts"])

    def money(self, minor: int) -> str:
        return fmt.amount(minor, self.currency, self.lead)

    def each(self, value: Any) -> list[str]:
        return [value(spoken) for spoken in self.spoken]

    def share(self, at_list: int, net: int) -> str:
        if not at_list:
            return fmt.MISSING
        return fmt.percent(share_off(Decimal(at_list), Decimal(net)), self.lead)

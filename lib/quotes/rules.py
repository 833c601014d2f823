"""The life of a quote: which state follows which, when it holds, and what a form may say."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from lib.errors import Conflict, Invalid
from lib.pricing.price_book import Item
from lib.quotes.forms import (
    QUANTITY_MAX,
    LineMore,
    QuoteMore,
    decimal_of,
    read_line_more,
    read_more,
)

LINES_MAX = 500
TITLE_MAX, TEXT_MAX = 255, 4000
DISCOUNT_PLACES = 4  # hundredths of a percent
LANGUAGES = ("en", "zh-CN", "bilingual")
NEEDS = ("cost", "efficiency", "technical")  # the headings of discovery
RANKS = ("must", "nice")  # beside them: codes of functions the customer must have, or would like to have


class QuoteStatus(StrEnum):
    DRAFT = "draft"
    PENDING = "pending_approval"
    APPROVED = "approved"
    REJECTED = "rejected"
    SENT = "sent"  # issued: number, snapshot and paper are frozen
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"  # an issued revision that a later one took the place of


S = QuoteStatus
_MOVES: dict[QuoteStatus, frozenset[QuoteStatus]] = {
    S.DRAFT: frozenset({S.PENDING, S.APPROVED, S.WITHDRAWN}),
    S.PENDING: frozenset({S.APPROVED, S.REJECTED, S.DRAFT, S.WITHDRAWN}),
    S.APPROVED: frozenset({S.SENT, S.PENDING, S.DRAFT, S.WITHDRAWN}),  # pending: the rules ask for more now
    S.REJECTED: frozenset({S.DRAFT, S.WITHDRAWN}),
    S.SENT: frozenset({S.ACCEPTED, S.DECLINED, S.EXPIRED, S.WITHDRAWN, S.REPLACED}),
    S.ACCEPTED: frozenset(),
    S.DECLINED: frozenset(),
    S.EXPIRED: frozenset({S.ACCEPTED}),  # by a named person with a reason; see flows.accept_quote
    S.WITHDRAWN: frozenset(),
    S.REPLACED: frozenset(),
}
EDITABLE = frozenset({S.DRAFT, S.PENDING, S.APPROVED, S.REJECTED})
REVISABLE = frozenset({S.SENT, S.DECLINED, S.EXPIRED})
ISSUED = frozenset({S.SENT, S.ACCEPTED, S.DECLINED, S.EXPIRED, S.REPLACED})


def move(current: str, target: QuoteStatus) -> QuoteStatus:
    """The new state. Raises Conflict where the current one does not lead there."""
    if target not in _MOVES[S(current)]:
        raise Conflict("quote_cannot_move", current=str(current), target=str(target))
    return target


def may_move(current: str, target: QuoteStatus) -> bool:
    return target in _MOVES[S(current)]


# What can be done in a state: step, permission; the first one a person may take is the main one.
_STEPS: dict[QuoteStatus, tuple[tuple[str, str], ...]] = {
    S.DRAFT: (("submit", "quote.submit"), ("copy", "quote.write"), ("withdraw", "quote.write")),
    S.PENDING: (("copy", "quote.write"), ("withdraw", "quote.write")),
    S.APPROVED: (("issue", "quote.issue"), ("copy", "quote.write"), ("withdraw", "quote.write")),
    S.REJECTED: (("copy", "quote.write"), ("withdraw", "quote.write")),  # a change makes it a draft again
    S.SENT: (("accept", "quote.issue"), ("accept_late", "quote.accept_late"), ("revise", "quote.write"),
             ("copy", "quote.write"), ("withdraw", "quote.write"), ("decline", "quote.issue")),
    S.DECLINED: (("revise", "quote.write"), ("copy", "quote.write")),
    S.EXPIRED: (("accept_late", "quote.accept_late"), ("revise", "quote.write"), ("copy", "quote.write")),
}  # fmt: skip
MAIN_STEPS = ("submit", "issue")
WITH_EVIDENCE = ("accept", "accept_late")  # a form of their own asks for the proof


def steps_for(status: str, permissions: Set[str], *, again: bool = False) -> list[str]:
    """The steps a person may take with a quote in this state, the main one first. `again`: the rules ask for
    others than those who were asked, so that it is handed in as it is before anything else."""
    steps = _STEPS.get(S(status), ())
    if again:
        steps = (_STEPS[S.DRAFT][0], *(step for step in steps if step[0] != "issue"))
    return [step for step, needed in steps if needed in permissions]


def beside(steps: Sequence[str]) -> list[str]:
    """The steps that stand in the menu: neither the main ones nor those with a form of their own."""
    return [step for step in steps if step not in MAIN_STEPS + WITH_EVIDENCE]


def holds_on(valid_until: date, day: date) -> bool:
    """A quote holds through the end of its last day, in the zone its paper names."""
    return day <= valid_until


def holds_at(valid_until: date, zone: str, now: datetime) -> bool:
    """The same at an instant: 24:00 of the last day in the zone is the first moment it no longer holds."""
    return holds_on(valid_until, now.astimezone(ZoneInfo(zone)).date())


@dataclass(frozen=True)
class LineForm:
    item_code: str
    quantity: Decimal
    discount: Decimal = Decimal(0)
    more: LineMore = LineMore()


@dataclass(frozen=True)
class QuoteForm:
    """Everything a person may set on a draft; shares from 0 to 1."""

    title: str
    language: str
    starts_on: date
    term_months: int
    prepaid: bool
    discount: Decimal
    justification: str | None
    valid_until: date
    discovery: Mapping[str, str]
    lines: tuple[LineForm, ...]
    contact_id: int | None = None  # the recipient; None: the account's sponsor
    more: QuoteMore = QuoteMore()


def read_form(
    values: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], items: Mapping[str, Item], *,
    months: Sequence[int], today: date, longest_days: int,
) -> QuoteForm:  # fmt: skip
    """Raw values of a form or table editor, checked one by one; raises Invalid naming the field or line."""
    form = QuoteForm(
        title=_text(values, "title", TITLE_MAX, needed=True),
        language=_one_of(values, "language", LANGUAGES),
        starts_on=_day(values, "starts_on"),
        term_months=int(_one_of(values, "term_months", months)),
        prepaid=bool(values.get("prepaid", False)),
        discount=_share(values.get("discount", 0), 0),
        justification=_text(values, "justification", TEXT_MAX) or None,
        valid_until=_day(values, "valid_until"),
        discovery=_needs(values.get("discovery") or {}, items),
        lines=tuple(_line(entry, n, items) for n, entry in enumerate(lines, 1) if not _is_blank(entry)),
        contact_id=_id(values, "contact_id"),
        more=read_more(values, _day(values, "starts_on")),
    )
    if len(form.lines) > LINES_MAX:
        raise Invalid("quote_lines_many", limit=LINES_MAX)
    if not today <= form.valid_until <= today + timedelta(days=longest_days):
        raise Invalid("quote_validity", days=longest_days)
    return form


def ranked(discovery: Mapping[str, Any], rank: str) -> list[str]:
    """The functions of a rank, in the order they were chosen."""
    return [code for code in str(discovery.get(rank) or "").split(",") if code]


def _is_blank(entry: Mapping[str, Any]) -> bool:
    return all(entry.get(name) in (None, "") for name in ("item_code", "quantity"))


def _line(entry: Mapping[str, Any], position: int, items: Mapping[str, Item]) -> LineForm:
    code = entry.get("item_code")
    if code not in items:
        raise Invalid("quote_line_item", line=position)
    quantity = decimal_of(entry.get("quantity"))
    if quantity is None or not 0 < quantity <= QUANTITY_MAX:
        raise Invalid("quote_line_quantity", line=position)
    whole = items[code].rule.whole
    if quantity != round(quantity, 0 if whole else DISCOUNT_PLACES):
        raise Invalid("quote_line_whole" if whole else "quote_line_quantity", line=position)
    discount = _share(entry.get("discount") or 0, position)
    return LineForm(code, quantity, discount, read_line_more(entry, position))


def _share(value: Any, line: int) -> Decimal:
    share = decimal_of(value)
    if share is None or not 0 <= share <= 1 or share != round(share, DISCOUNT_PLACES):
        raise Invalid("quote_discount" if line == 0 else "quote_line_discount", line=line)
    return share


def _text(values: Mapping[str, Any], field: str, longest: int, *, needed: bool = False) -> str:
    text = str(values.get(field) or "").strip()
    if len(text) > longest or (needed and not text) or any(ord(c) < 32 and c not in "\n\t" for c in text):
        raise Invalid(f"quote_field_{'discovery' if field in NEEDS else field}", limit=longest)
    return text


def _one_of(values: Mapping[str, Any], field: str, options: Sequence[Any]) -> Any:
    if values.get(field) not in options:
        raise Invalid(f"quote_field_{field}")
    return values[field]


def _id(values: Mapping[str, Any], field: str) -> int | None:
    found = values.get(field)
    if found is not None and type(found) is not int:
        raise Invalid(f"quote_field_{field}")
    return found


def _day(values: Mapping[str, Any], field: str) -> date:
    day = values.get(field)
    if type(day) is not date or not 2000 <= day.year <= 2100:
        raise Invalid(f"quote_field_{field}")
    return day


def _needs(entry: Mapping[str, Any], items: Mapping[str, Item]) -> dict[str, str]:
    found = {name: _text(entry, name, TEXT_MAX) for name in NEEDS}
    must, nice = (ranked(entry, rank) for rank in RANKS)
    found["must"] = ",".join(code for code in must if code in items)
    found["nice"] = ",".join(code for code in nice if code in items and code not in must)
    return {name: text for name, text in found.items() if text}

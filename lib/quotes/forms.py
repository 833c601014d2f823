"""What somebody typed about how a quote and its lines are priced, checked one by one. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from lib.errors import Invalid
from lib.money import MINOR_MAX
from lib.pricing.choices import STANDARD_TERMS, Choices, Names, RampYear
from lib.pricing.proration import CONVENTIONS

QUANTITY_MAX = PRICE_MAX = Decimal(10**9)
SHARE_PLACES = 4  # hundredths of a percent
PRICE_PLACES = 6
WORD_MAX, REASON_MAX, TEXT_MAX = 64, 255, 40_000
LIST_MAX = 100


@dataclass(frozen=True)
class LineMore:
    """What a line may carry beside item, quantity and discount; see waterfall.LineRequest.

    label: whose line it is. premium_reason: why the premium. offer_code: an open window.
    """

    price: Decimal | None = None
    premium: Decimal = Decimal(0)
    premium_reason: str | None = None
    gift: bool = False
    bundle_code: str | None = None
    offer_code: str | None = None
    named: Names | None = None
    ramp: tuple[RampYear, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    proration: str | None = None
    label: str | None = None


@dataclass(frozen=True)
class QuoteMore:
    """What a quote may carry beside term, prepayment and discount.

    ends_on: a common last day. co_term_contract_id: the contract it ends with; amends_contract_id: the one it
    changes. payment_terms, clauses: as they are printed. scenario_set: shared by scenarios side by side.
    """

    choices: Choices = Choices()
    ends_on: date | None = None
    co_term_contract_id: int | None = None
    amends_contract_id: int | None = None
    price_lock_until: date | None = None
    net_days: int | None = None
    payment_terms: Mapping[str, Any] | None = None
    clauses: Sequence[Mapping[str, Any]] | None = None
    industry: str | None = None
    size_band: str | None = None
    template_code: str | None = None
    scenario_set: str | None = None


def read_line_more(entry: Mapping[str, Any], line: int) -> LineMore:
    """Raises Invalid naming field and line."""
    more = LineMore(
        price=_amount(entry.get("price"), line),
        premium=_share(entry.get("premium") or 0, line),
        premium_reason=_word(entry, "premium_reason", REASON_MAX),
        gift=bool(entry.get("gift", False)),
        bundle_code=_word(entry, "bundle_code", WORD_MAX),
        offer_code=_word(entry, "offer_code", WORD_MAX),
        named=_names(entry.get("named"), line),
        ramp=_ramp(entry.get("ramp") or (), line),
        starts_on=_day(entry, "starts_on"),
        ends_on=_day(entry, "ends_on"),
        proration=_one_of(entry, "proration", CONVENTIONS),
        label=_word(entry, "label", REASON_MAX),
    )
    if more.premium and not more.premium_reason:
        raise Invalid("quote_line_premium", line=line)
    if (more.starts_on is None) != (more.ends_on is None) or (
        more.starts_on and more.ends_on and more.starts_on > more.ends_on
    ):
        raise Invalid("quote_line_period", line=line)
    return more


def read_more(values: Mapping[str, Any], starts_on: date) -> QuoteMore:
    """Raises Invalid naming the field."""
    more = QuoteMore(
        choices=_choices(values.get("choices")),
        ends_on=_day(values, "ends_on"),
        co_term_contract_id=_id(values, "co_term_contract_id"),
        amends_contract_id=_id(values, "amends_contract_id"),
        price_lock_until=_day(values, "price_lock_until"),
        net_days=_count(values, "net_days", 365),
        payment_terms=_printed(values, "payment_terms", {}) or None,
        clauses=tuple(_printed(values, "clauses", [])[:LIST_MAX]) or None,
        industry=_word(values, "industry", WORD_MAX),
        size_band=_word(values, "size_band", 16),
        template_code=_word(values, "template_code", WORD_MAX),
        scenario_set=_word(values, "scenario_set", 32),
    )
    if more.ends_on is not None and more.ends_on < starts_on:
        raise Invalid("quote_field_ends_on")
    return more


def _choices(entry: Any) -> Choices:
    """A Choices value goes on as it is; a mapping is read field by field."""
    if isinstance(entry, Choices):
        return entry
    held: Mapping[str, Any] = entry or {}
    return Choices(
        table=_word(held, "table", WORD_MAX) or STANDARD_TERMS,
        annual_preset=bool(held.get("annual_preset", False)),
        prepay_rate=_optional_share(held.get("prepay_rate")),
        prepay_service=_word(held, "prepay_service", WORD_MAX),
        all_in=_optional_share(held.get("all_in")),
        coupon_minor=_count(held, "coupon_minor", MINOR_MAX) or 0,
        cashback_minor=_count(held, "cashback_minor", MINOR_MAX) or 0,
        proration=_one_of(held, "proration", CONVENTIONS) or CONVENTIONS[0],
    )


def decimal_of(value: Any) -> Decimal | None:
    """A typed number; a float comes from a number field and stands for the digits it prints."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _share(value: Any, line: int) -> Decimal:
    share = decimal_of(value)
    if share is None or not 0 <= share <= 1 or share != round(share, SHARE_PLACES):
        raise Invalid("quote_line_share", line=line)
    return share


def _optional_share(value: Any) -> Decimal | None:
    if value is None:
        return None
    share = decimal_of(value)
    if share is None or not 0 <= share <= 1 or share != round(share, SHARE_PLACES):
        raise Invalid("quote_choice_share")
    return share


def _amount(value: Any, line: int) -> Decimal | None:
    if value is None:
        return None
    amount = decimal_of(value)
    if amount is None or not 0 <= amount <= PRICE_MAX or amount != round(amount, PRICE_PLACES):
        raise Invalid("quote_line_price", line=line)
    return amount


def _ramp(rows: Sequence[Any], line: int) -> tuple[RampYear, ...]:
    years = []
    for row in rows:
        if isinstance(row, RampYear):
            row = {"year": row.year, "quantity": row.quantity, "price": row.price}  # noqa: PLW2901
        quantity, year = decimal_of(row.get("quantity")), row.get("year")
        fits = quantity is not None and 0 <= quantity <= QUANTITY_MAX
        if type(year) is not int or not fits or quantity != round(quantity, SHARE_PLACES):
            raise Invalid("quote_line_ramp", line=line)
        years.append(RampYear(year, quantity, _amount(row.get("price"), line)))
    if [entry.year for entry in years] != list(range(1, len(years) + 1)):
        raise Invalid("quote_line_ramp", line=line)
    return tuple(years)


def _names(entry: Any, line: int) -> Names | None:
    if entry is None or isinstance(entry, Names):
        return entry
    items, groups = (tuple(entry.get(name) or ()) for name in ("items", "groups"))
    if any(not isinstance(code, str) or len(code) > WORD_MAX for code in (*items, *groups)):
        raise Invalid("quote_line_named", line=line)
    return Names(items[:LIST_MAX], groups[:LIST_MAX])


def _word(values: Mapping[str, Any], field: str, longest: int) -> str | None:
    text = " ".join(str(values.get(field) or "").split())
    if len(text) > longest or not (text.isprintable() or not text):
        raise Invalid("quote_field_word", field=field, limit=longest)
    return text or None


def _one_of(values: Mapping[str, Any], field: str, options: Sequence[str]) -> str | None:
    found = values.get(field)
    if found is not None and found not in options:
        raise Invalid("quote_field_word", field=field, limit=WORD_MAX)
    return found


def _day(values: Mapping[str, Any], field: str) -> date | None:
    day = values.get(field)
    if day is not None and (type(day) is not date or not 2000 <= day.year <= 2100):
        raise Invalid("quote_field_word", field=field, limit=WORD_MAX)
    return day


def _printed(values: Mapping[str, Any], field: str, empty: Any) -> Any:
    """What is only printed, as the store will give it back. Raises Invalid for what JSON has no word for."""
    held = values.get(field) or empty
    try:
        text = json.dumps(list(held) if isinstance(empty, list) else dict(held), allow_nan=False)
    except (TypeError, ValueError):
        raise Invalid("quote_field_word", field=field, limit=TEXT_MAX) from None
    if len(text) > TEXT_MAX:
        raise Invalid("quote_field_word", field=field, limit=TEXT_MAX)
    return json.loads(text)


def _id(values: Mapping[str, Any], field: str) -> int | None:
    return _count(values, field, 2**63 - 1)


def _count(values: Mapping[str, Any], field: str, most: int) -> int | None:
    found = values.get(field)
    if found is not None and (type(found) is not int or not 0 <= found <= most):
        raise Invalid("quote_field_word", field=field, limit=WORD_MAX)
    return found

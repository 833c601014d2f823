"""What a person may put into a contract by hand, and what must hold together. Pure."""

from collections.abc import Callable
from datetime import date
from typing import Any

from lib.contracts.rules import Kind
from lib.errors import Invalid
from lib.money import CURRENCIES, MINOR_MAX

BY_HAND = (Kind.FIXED, Kind.EVERGREEN, Kind.MONTH_TO_MONTH, Kind.ENDED)
SEATS_MAX = 10_000_000
NOTICE_MAX = 730


def _whole(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _day(value: Any) -> bool:
    return type(value) is date and 1990 <= value.year <= 2100


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "kind": lambda v: v in BY_HAND,
    "product_line": lambda v: isinstance(v, str) and len(v) <= 255,
    "currency": lambda v: v in CURRENCIES,
    "starts_on": _day,
    "ends_on": lambda v: v is None or _day(v),
    "can_leave_on": lambda v: v is None or _day(v),
    "signed_on": lambda v: v is None or _day(v),
    "auto_renews": lambda v: v is None or isinstance(v, bool),
    "notice_days": lambda v: _whole(v, NOTICE_MAX),
    "seats": lambda v: v is None or _whole(v, SEATS_MAX),
    "arr_minor": lambda v: _whole(v, MINOR_MAX),
}
EDITABLE = tuple(_CHECKS)


def check_contract(values: dict[str, object]) -> dict[str, object]:
    """The values a form may set, whole and consistent. Raises Invalid naming the field.

    A fixed or evergreen contract has an end after its start; a month-to-month one has none.
    """
    for field, value in values.items():
        if field not in _CHECKS or not _CHECKS[field](value):
            raise Invalid("contract_field", field=field)
    kind, start, end = values.get("kind"), values.get("starts_on"), values.get("ends_on")
    if kind in (Kind.FIXED, Kind.EVERGREEN, Kind.ENDED) and end is None:
        raise Invalid("contract_needs_end")
    if end is not None and start is not None and end <= start:
        raise Invalid("contract_end_before_start")
    if kind == Kind.MONTH_TO_MONTH and end is not None:
        raise Invalid("contract_month_has_no_end")
    return values

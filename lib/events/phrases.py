"""Events in words: the list, its figures, guests. Pure."""

from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.events.rules import Response
from lib.words import say

LISTED = ("event", "kind", "held", "place", "seats", "invited", "yes", "came", "rate")
GUESTS = ("account", "contact", "state", "invited_on", "answered", "by")


def kind_word(kind: str, language: str) -> str:
    return say(language, f"events-kind-{kind}")


def state_word(state: str, language: str) -> str:
    return say(language, f"events-state-{state}")


def _response(row: Any) -> Response:
    return Response(int(row.invited), int(row.said_yes), int(row.came))


def _share(rate: Decimal | None, language: str) -> str:
    return fmt.MISSING if rate is None else fmt.percent(rate, language, 0)


def seats(row: Any, language: str) -> str:
    if pd.isna(row.seats):
        return say(language, "events-seats-free")
    left = max(int(row.seats) - int(row.seated), 0)
    return say(language, "events-seats-left", left=left, seats=int(row.seats))


def name(row: Any, language: str) -> str:
    return say(language, "events-cancelled", name=row.name) if row.status == "cancelled" else row.name


def listed(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    made = [
        {"event": name(r, language), "kind": kind_word(r.kind, language),
         "held": fmt.day(r.held_on, language), "place": r.place,
         "seats": seats(r, language), "invited": fmt.number(int(r.invited), language),
         "yes": fmt.number(int(r.said_yes), language), "came": fmt.number(int(r.came), language),
         "rate": _share(_response(r).rate, language)}
        for r in frame.itertuples(index=False)
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(LISTED), dtype="object")


def guest_rows(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    made = [
        {"account": r.account, "contact": r.contact, "state": state_word(r.status, language),
         "invited_on": fmt.day(r.invited_on, language),
         "answered": None if pd.isna(r.answered_on) else fmt.day(r.answered_on, language), "by": r.by}
        for r in frame.itertuples(index=False)
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(GUESTS), dtype="object")


def facts(row: Any, reference: Decimal | None, language: str) -> list[tuple[str, str]]:
    """One event for its drawer; the rate of answers beside what others report."""
    rate = _share(_response(row).rate, language)
    if reference is not None:
        rate = say(language, "events-rate-beside", rate=rate, reference=fmt.percent(reference, language, 0))
    values = {"kind": kind_word(row.kind, language), "held": fmt.day(row.held_on, language),
              "place": row.place, "seats": seats(row, language), "rate": rate,
              "reason": row.reason}  # fmt: skip
    return [(say(language, f"events-col-{code}"), str(value)) for code, value in values.items() if value]


def figures(frame: pd.DataFrame, reference: Decimal | None, language: str) -> list[dict[str, Any]]:
    """The tiles: how many were invited, said yes and came, and the rate beside the reference."""
    held = frame[frame["status"] == "planned"]
    sums = {name: int(held[name].sum()) for name in ("invited", "said_yes", "came")}
    whole = Response(sums["invited"], sums["said_yes"], sums["came"])
    beside = None if reference is None else say(
        language, "events-tile-rate-note", reference=fmt.percent(reference, language, 0)
    )  # fmt: skip
    values = {
        "events": (fmt.number(len(held), language), None),
        "invited": (fmt.number(whole.invited, language), None),
        "came": (fmt.number(whole.came, language), None),
        "rate": (_share(whole.rate, language), beside),
    }
    return [
        {"label": say(language, f"events-tile-{code}"), "value": value, "note": note,
         "help": say(language, f"figure-events-{code}")}
        for code, (value, note) in values.items()
    ]  # fmt: skip

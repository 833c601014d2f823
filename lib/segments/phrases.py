"""The six axes in words: the name of a value, and its reason as a sentence with its numbers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.segments.queries import OfAccount
from lib.segments.rules import VALUES, Axis
from lib.words import say, term

Levels = Mapping[str, tuple[str, str]]


def axis_name(axis: str, language: str) -> str:
    return say(language, f"segments-axis-{axis}")


def value_name(axis: str, value: str, levels: Levels, language: str) -> str:
    """A value of an axis; loyalty levels are named by the policy."""
    if axis == Axis.LOYALTY and value in levels:
        return levels[value][language == "zh-CN"]
    if value not in VALUES[Axis(axis)]:
        return value
    return say(language, f"segments-{axis}-{value.replace('_', '-')}")


def reason(told: Mapping[str, Any], levels: Levels, language: str) -> str:
    """The sentence of a reason, as the morning stored it."""
    code = str(told.get("code", ""))
    values: dict[str, Any] = {}
    if "amount" in told:
        values["amount"] = fmt.money(told["amount"], told["currency"], language, whole=True)
    if "plan" in told:
        values["plan"] = term(language, "plan", told["plan"]) if told["plan"] else fmt.MISSING
    for name in ("growth", "spend", "interaction", "active", "missing"):
        if name in told:
            values[name] = fmt.number(told[name], language)
    if "next" in told:
        values["next"] = value_name(Axis.LOYALTY, told["next"], levels, language)
    if "last" in told:
        values["last"] = fmt.day(date.fromisoformat(told["last"]) if told["last"] else None, language)
    if "response" in told:
        values["response"] = say(language, f"segments-response-{told['response'].replace('_', '-')}")
    if "play" in told:
        values["play"] = say(language, f"segments-play-{told['play'].replace('_', '-')}")
    if "health" in told:
        values["health"] = fmt.number(told["health"], language, 1)
    for name in ("count", "span", "months", "score", "days", "quotes", "least", "of"):
        if isinstance(told.get(name), int):
            values[name] = told[name]
    sentence = say(language, f"segments-reason-{code.replace('_', '-')}", **values)
    if "rate" in told:
        rated = say(language, "segments-reason-rate", currency=told["currency"], rate=told["rate"])
        sentence = say(language, "segments-reason-and", first=sentence, second=rated)
    return sentence


def rows(found: OfAccount, language: str) -> list[tuple[str, str, str, str]]:
    """Axis, value, reason, and since when, for the account's page."""
    return [
        (axis_name(one.axis, language), value_name(one.axis, one.value, found.names, language),
         reason(one.reason, found.names, language),
         say(language, "segments-since", day=fmt.day(one.since, language)))
        for one in found.segments
    ]  # fmt: skip


def changes(found: OfAccount, language: str) -> list[str]:
    """The last changes as lines."""
    return [
        say(language, "segments-change", day=fmt.day(one.changed_on, language),
            axis=axis_name(one.axis, language),
            old=value_name(one.axis, one.old, found.names, language),
            new=value_name(one.axis, one.new, found.names, language))
        for one in found.changes
    ]  # fmt: skip


def computed(found: OfAccount, language: str) -> str:
    """The morning the axes were last confirmed."""
    newest = max((one.computed_on for one in found.segments), default=None)
    return "" if newest is None else say(language, "segments-computed", day=fmt.day(newest, language))


def worth(found: OfAccount, language: str) -> str:
    """What an account is worth over its lifetime, with the formula and what it was fitted on; empty without
    an amount or without past renewals to learn from."""
    told = next((one.reason for one in found.segments if one.axis == Axis.VALUE), {})
    held = told.get("worth")
    if not held or told.get("amount") is None:
        return ""
    return say(
        language, "segments-worth-own" if held["own"] else "segments-worth-all",
        amount=fmt.money(round(told["amount"] * held["times"]), told["currency"], language, whole=True),
        times=fmt.number(held["times"], language, 1), renewals=held["renewals"],
        next=fmt.percent(held["next"], language, 0), losses=held["losses"], dates=held["dates"],
        discount=fmt.percent(held["discount"], language, 0),
    )  # fmt: skip


def lifetimes(frame: pd.DataFrame, axis: str, levels: Levels, language: str) -> pd.DataFrame:
    """Lifetime value by segment, columns named in the language."""
    rows = [
        (value_name(axis, r.value, levels, language), fmt.number(r.accounts, language),
         fmt.percent(r.next, language, 0), "× " + fmt.number(r.times, language, 1),
         say(language, "segments-shape-own" if r.own else "segments-shape-all", losses=int(r.losses),
             dates=int(r.dates)))
        for r in frame.itertuples()
    ]  # fmt: skip
    names = ("value", "accounts", "next", "times", "shape")
    return pd.DataFrame(rows, columns=[say(language, f"segments-worth-{name}") for name in names])


def spread(counts: pd.DataFrame, levels: Levels, language: str) -> dict[str, list[tuple[str, str, int]]]:
    """axis -> (code, name, accounts) of each value, in the order of the axis; values nobody has are left
    out."""
    known = {(r.axis, r.value): int(r.accounts) for r in counts.itertuples()}
    told: dict[str, list[tuple[str, str, int]]] = {}
    for axis in Axis:
        held: Sequence[str] = [v for a, v in known if a == axis]
        order = [v for v in VALUES[axis] if v in held] + [v for v in held if v not in VALUES[axis]]
        told[str(axis)] = [(v, value_name(axis, v, levels, language), known[str(axis), v]) for v in order]
    return told


def listed(frame: pd.DataFrame, axis: str, levels: Levels, language: str) -> pd.DataFrame:
    """account, value, reason, since, arr_minor, currency, owner: the list in words."""
    told = frame.copy()
    told["value"] = [value_name(axis, v, levels, language) for v in frame["value"]]
    told["reason"] = [reason(r, levels, language) for r in frame["reason"]]
    return told[["account", "value", "reason", "since", "arr_minor", "currency", "owner"]]

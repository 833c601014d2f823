"""Puts messages, channels and outcomes into words; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.notices.message import Message
from lib.notices.rules import Kind, State
from lib.words import has, say

# Where each kind leads: page, and what names the record there.
PLACES: dict[str, tuple[str, str, str]] = {
    Kind.ALERT: ("alerts", "id", "row_id"),
    Kind.PROMISE: ("negotiation", "account", "account_id"),
    Kind.APPROVAL: ("approvals", "id", "row_id"),
    Kind.HANDOVER: ("account", "id", "account_id"),
    Kind.NOTICE_DATE: ("renewals", "id", "row_id"),
    Kind.TASK: ("negotiation", "account", "account_id"),
    Kind.WINDOW: ("promos", "id", "row_id"),
    Kind.POLICY: ("policy", "version", "row_id"),
}
# Characters that chat services read as markup, mentions or links, and what stands for them.
_INERT = str.maketrans({
    "<": "‹", ">": "›", "@": "＠", "*": "∗", "_": " ", "~": "-", "`": "'", "[": "(", "]": ")", "|": "/",
    "&": "＆", "#": "＃", "\\": "/", "\n": " ", "\r": " ", "\t": " ",
})  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One thing a message tells of; `account` is its name where policy lets names out, else None."""

    kind: str
    account_id: int | None
    row_id: int | None
    account: str | None = None


@dataclass(frozen=True)
class Morning:
    """One account of the digest: its severity and the kind of its first reason."""

    severity: str
    kind: str
    account_id: int
    account: str | None = None


def inert(name: str) -> str:
    """A name that no chat service takes for a mention, a link or markup."""
    return " ".join(name.translate(_INERT).replace("://", ": ").split())


def link(base: str | None, page: str, **params: int) -> str:
    """The page's address with opaque ids alone; empty where the desk has no public one."""
    if not base:
        return ""
    asked = "&".join(f"{name}={value}" for name, value in params.items())
    return f"{base}/{page}" + (f"?{asked}" if asked else "")


def _link_of(base: str | None, item: Item) -> str:
    page, name, field = PLACES[item.kind]
    target = getattr(item, field)
    return link(base, page, **{name: target}) if target is not None else link(base, "accounts")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def notices(items: Sequence[Item], key: str, base: str | None, most: int, language: str) -> Message:
    """What happened, one line each, up to `most` of them."""
    kinds = {item.kind for item in items}
    only = next(iter(kinds)) if len(kinds) == 1 else "several"
    title = say(language, f"notices-title-{only.replace('_', '-')}", count=len(items))
    lines = [
        _joined(kind_words(item.kind, language), inert(item.account) if item.account else "",
                _link_of(base, item))
        for item in items[:most]
    ]  # fmt: skip
    if len(items) > most:
        lines.append(_joined(say(language, "notices-more", count=len(items) - most), link(base, "today")))
    told = tuple(
        {"kind": item.kind, "account_id": item.account_id, "row_id": item.row_id, "account": item.account,
         "link": _link_of(base, item)}
        for item in items[:most]
    )  # fmt: skip
    return Message(key, title, "\n".join(lines), told, language)


def digest(
    rows: Sequence[Morning], day: date, key: str, base: str | None, most: int, language: str
) -> Message:
    """The morning: how many accounts need somebody, of which kind, and the first of them."""
    title = say(language, "notices-digest-title", day=fmt.day(day, language), count=len(rows))
    kinds = sorted({row.kind for row in rows}, key=[row.kind for row in rows].index)
    lines = [_counted(kind, sum(row.kind == kind for row in rows), language) for kind in kinds]
    shown = [row for row in rows if row.account or base][:most]
    lines += [""] * bool(shown)
    lines += [
        _joined(say(language, f"status-{row.severity.replace('_', '-')}"),
                inert(row.account) if row.account else _reason(row.kind, language),
                link(base, "account", id=row.account_id))
        for row in shown
    ]  # fmt: skip
    if base:
        lines += ["", _joined(say(language, "frame-page-today"), link(base, "today"))]
    told = tuple(
        {"kind": row.kind, "severity": row.severity, "account_id": row.account_id, "account": row.account,
         "link": link(base, "account", id=row.account_id)}
        for row in rows[:most]
    )  # fmt: skip
    return Message(key, title, "\n".join(lines), told, language)


def _counted(kind: str, count: int, language: str) -> str:
    known = kind if has(language, f"notices-digest-{kind}") else "other"
    return say(language, f"notices-digest-{known}", count=count)


def _reason(kind: str, language: str) -> str:
    known = kind if has(language, f"notices-reason-{kind}") else "other"
    return say(language, f"notices-reason-{known}")


def test(key: str, channel: str, base: str | None, language: str) -> Message:
    text = _joined(say(language, "notices-test-text", channel=channel), link(base, "channels"))
    return Message(key, say(language, "notices-test-title"), text, (), language)


def kind_words(kind: str, language: str) -> str:
    return say(language, f"notices-kind-{kind.replace('_', '-')}")


def channel_words(name: str, service: str, language: str) -> str:
    """mail (e-mail)"""
    return say(language, "notices-channel", name=name, service=service_words(service, language))


def service_words(service: str, language: str) -> str:
    return say(language, f"notices-service-{service}")


def outcome_words(state: str, outcome: str | None, language: str) -> str:
    """What became of a message: its state, and why where something went wrong."""
    told = say(language, f"notices-state-{state}")
    if not outcome or outcome == State.SENT:
        return told
    return say(language, "notices-state-why", state=told,
               why=say(language, f"notices-outcome-{outcome.replace('_', '-')}"))  # fmt: skip


def listed(frame: pd.DataFrame, services: Mapping[str, str], zone: str, language: str) -> pd.DataFrame:
    """The messages as a reader sees them: when, kind, person, channel, outcome, attempts; all text."""
    rows = [
        (
            fmt.moment(_none(row.sent_at) or row.created_at, language, zone),
            kind_words(row.kind, language), _none(row.person) or fmt.MISSING,
            channel_words(row.channel, services[row.channel], language)
            if row.channel in services else str(row.channel),
            outcome_words(row.state, _none(row.outcome), language), fmt.number(int(row.attempts), language),
        )
        for row in frame.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["when", "kind", "person", "channel", "outcome", "attempts"])


def _none(value: Any) -> Any:
    """pandas' several kinds of missing as None."""
    return None if value is None or value is pd.NaT or value != value else value

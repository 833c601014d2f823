"""The words around a quote's life: its way to the customer, proofs, and two versions side by side. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.quotes.comparing import Comparison, LinePair, Pair
from lib.quotes.evidence import Kind
from lib.quotes.funnel import stages
from lib.words import say


def way_rows(events: pd.DataFrame, revision: int, zone: str, language: str) -> list[tuple[str, str]]:
    """Each step of a revision's way with its first time."""
    mine = events[events.revision == revision]
    told = [(row.kind, row.happened_at) for row in mine.itertuples()]
    return [
        (say(language, f"quotes-step-{stage.step}"),
         fmt.moment(stage.at, language, zone) if stage.at else fmt.MISSING)
        for stage in stages(told)
    ]  # fmt: skip


def event_lines(events: pd.DataFrame, zone: str, language: str) -> list[str]:
    """What was told, newest first: when, what, by whom."""
    found = []
    for row in events.iloc[::-1].itertuples():
        said = say(
            language, "quotes-event", at=fmt.moment(row.happened_at, language, zone),
            what=say(language, f"quotes-step-{row.kind}"), revision=int(row.revision),
            by=row.person or say(language, f"quotes-source-{row.source}"),
        )  # fmt: skip
        found.append(said + (f" {row.note}" if row.note else ""))
    return found


def proof_lines(proofs: pd.DataFrame, zone: str, language: str) -> list[str]:
    found = []
    for row in proofs.itertuples():
        said = say(
            language, "quotes-proof", kind=say(language, f"quotes-proof-{row.kind.replace('_', '-')}"),
            signer=row.signer, day=fmt.day(row.signed_on, language), by=row.person,
            at=fmt.moment(row.recorded_at, language, zone),
        )  # fmt: skip
        more = [say(language, "quotes-proof-reference-of", reference=row.reference)] if row.reference else []
        more += [say(language, "quotes-proof-late", reason=row.late_reason)] if row.late_reason else []
        found.append(" ".join([said, *more]))
    return found


def kinds(language: str) -> dict[str, str]:
    return {str(kind): say(language, f"quotes-proof-{kind.replace('_', '-')}") for kind in Kind}


def terms_frame(found: Comparison, language: str) -> pd.DataFrame:
    """item, old, new, change: terms and sums of both versions, as text."""
    rows = [
        (say(language, f"quotes-compare-{pair.name.replace('_', '-')}"),
         _worded(pair, pair.old, found.currencies[0], language),
         _worded(pair, pair.new, found.currencies[1], language),
         _change(pair, found, language))
        for pair in (*found.fields, *found.sums)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["item", "old", "new", "change"])


def _worded(pair: Pair, value: Any, currency: str, language: str) -> str:
    if value is None:
        return fmt.MISSING
    match pair.kind:
        case "money":
            return fmt.money(value, currency, language)
        case "share":
            return fmt.percent(value, language)
        case "day":
            return fmt.day(date.fromisoformat(value), language)
        case "months":
            return say(language, "quotes-months", months=value)
        case "flag":
            return say(language, "quotes-yes" if value else "quotes-no")
        case "language":
            return say(language, f"quotes-language-{value.lower()}")
        case "book":
            name = value[1] if language == "zh-CN" else value[0]
            return say(language, "document-fact-book-value", name=name, number=value[2])
    return str(value)


def _change(pair: Pair, found: Comparison, language: str) -> str:
    if not pair.differs:
        return ""
    if pair.kind == "money" and found.same_currency:
        return _signed(pair.change, found.currencies[1], language)
    if pair.kind == "share":
        return fmt.points(pair.change, language)
    return say(language, "quotes-state-changed")


def lines_frame(found: Comparison, language: str, *, only_changes: bool = False) -> pd.DataFrame:
    """state, item, old_quantity, new_quantity, old_net, new_net, change: lines of both versions, as text."""
    shown = [line for line in found.lines if line.state != "same" or not only_changes]
    rows = [
        (say(language, f"quotes-state-{line.state}"), line.line[language],
         *(_side(line.old, "quantity", language), _side(line.new, "quantity", language)),
         _net(line.old, found.currencies[0], language), _net(line.new, found.currencies[1], language),
         _line_change(line, found, language))
        for line in shown
    ]  # fmt: skip
    columns = ["state", "item", "old_quantity", "new_quantity", "old_net", "new_net", "change"]
    return pd.DataFrame(rows, columns=columns)


def _side(line: Mapping[str, Any] | None, name: str, language: str) -> str:
    return fmt.MISSING if line is None else fmt.number(Decimal(line[name]), language)


def _net(line: Mapping[str, Any] | None, currency: str, language: str) -> str:
    return fmt.MISSING if line is None else fmt.amount(line["net_minor"], currency, language)


def _line_change(line: LinePair, found: Comparison, language: str) -> str:
    if line.state == "same" or not found.same_currency:
        return ""
    return _signed(line.change, found.currencies[1], language)


def _signed(minor: int, currency: str, language: str) -> str:
    return ("+" if minor > 0 else "") + fmt.amount(minor, currency, language)


def version_names(revisions: Sequence[int], language: str) -> dict[int, str]:
    return {n: say(language, "quotes-revision", revision=n) for n in revisions}

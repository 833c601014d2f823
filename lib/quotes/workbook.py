"""A quote as a workbook: what its paper says in cells, amounts as numbers. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from lib.money import from_minor
from lib.pricing.waterfall import share_off
from lib.quotes.document import Paper
from lib.sheet import workbook_bytes

Rows = list[tuple[Any, ...]]


def workbook(snapshot: Mapping[str, Any]) -> bytes:
    """XLSX bytes of what the paper says; the same snapshot gives the same bytes."""
    paper = Paper(snapshot)
    layout = paper.layout()
    amount = lambda minor: from_minor(minor, snapshot["currency"])  # noqa: E731 - one unit for the file
    sheets = {
        layout["title"][-1] if paper.lead == "zh-CN" else layout["title"][0]: _quote(layout),
        _one(paper.words("lines")): _lines(snapshot, layout, amount),
        _one(paper.words("payment")): _payments(snapshot, layout, amount),
        _one(paper.words("clauses")): _clauses(layout),
    }
    made = datetime.fromisoformat(snapshot["issued_at"] or snapshot["saved_at"])
    return workbook_bytes(sheets, made)


def _one(texts: list[str]) -> str:
    return " ".join(text for text in texts if text)


def _quote(layout: Mapping[str, Any]) -> pd.DataFrame:
    """Label and value: state, facts, both parties, totals, words."""
    rows: Rows = [(_one(layout["title"]), layout["subject"])]
    if layout["draft"]:
        rows.append((_one(layout["draft_box"]), ""))
    rows += [(_one(label), _one(value)) for label, value in layout["facts"]]
    for party in layout["parties"]:
        rows.append((_one(party["label"]), _one(party["names"])))
        rows += [(_one(label), _one(value)) for label, value in party["rows"]]
    rows += [(_one(label), _number(amount)) for label, amount, _bold in layout["totals"]]
    if layout["words"]:
        rows.append((_one(layout["words"][0]), layout["words"][1]))
    rows += [(_one(note), "") for note in (layout["tax_note"], *layout["measure"])]
    return _frame(["", " "], rows)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


def _lines(snapshot: Mapping[str, Any], layout: Mapping[str, Any], amount: Any) -> pd.DataFrame:
    """One row a line, with group and explanation, in the order of the paper."""
    order = list(dict.fromkeys(line["group"] for line in snapshot["lines"]))
    lines = sorted(snapshot["lines"], key=lambda line: order.index(line["group"]))
    shown = [(group, row) for group in layout["groups"] for row in group["rows"]]
    rows: Rows = [
        (int(row["no"]), _one(group["name"]), _one(row["names"]), _one(row["explain"]),
         Decimal(line["quantity"]), _one(row["unit"]), Decimal(line["list_price"]),
         _one(row["discount"]) if line.get("gift") else _share(line), amount(line["net_minor"]))
        for line, (group, row) in zip(lines, shown, strict=True)
    ]  # fmt: skip
    heads = [_one(head) for head in layout["columns"]]
    return _frame([heads[0], " ", heads[1], "  ", *heads[2:]], rows)


def _share(line: Mapping[str, Any]) -> Decimal | None:
    if not line["list_minor"]:
        return None
    return round(share_off(Decimal(line["list_minor"]), Decimal(line["net_minor"])), 4)


def _payments(snapshot: Mapping[str, Any], layout: Mapping[str, Any], amount: Any) -> pd.DataFrame:
    rows: Rows = [
        (n, *(date.fromisoformat(part[name]) for name in ("from", "to", "due_on")),
         amount(part["amount_minor"]))
        for n, part in enumerate(snapshot["payments"], 1)
    ]  # fmt: skip
    rows.append((_one(layout["total"]), None, None, None, amount(snapshot["total_minor"])))
    heads = [_one(layout[name]) for name in ("no", "period", "due", "amount")]
    return _frame([heads[0], heads[1], " ", heads[2], heads[3]], rows)


def _clauses(layout: Mapping[str, Any]) -> pd.DataFrame:
    rows: Rows = [(n, _one(title), _one(text)) for n, (title, text) in enumerate(layout["clauses"], 1)]
    return _frame([_one(layout["no"]), " ", "  "], rows)


def _frame(names: list[str], rows: Rows) -> pd.DataFrame:
    """Cells keep their types; pandas would make floats of them."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pd.DataFrame({n: pd.Series(c, dtype="object") for n, c in zip(names, columns, strict=True)})

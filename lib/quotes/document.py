"""The quote as paper: a snapshot laid out in one or two languages, set by typst; same input, same bytes."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst

from lib import format as fmt
from lib.errors import Invalid
from lib.money import round_to
from lib.quotes import fonts
from lib.quotes.chinese_amount import yuan_in_words
from lib.quotes.paper_clauses import Clauses
from lib.quotes.paper_lines import Lines
from lib.words import say

TEMPLATE = Path(__file__).resolve().parent / "paper.typ"
_NUMERALS = "一二三四五六七八九"
PARTY_FIELDS = (
    "address", "place", "tax_number", "bank", "bank_account", "contact", "email", "phone",
)  # fmt: skip


def render(snapshot: Mapping[str, Any]) -> bytes:
    """PDF bytes (PDF/UA-1). Raises Invalid naming the characters no font has."""
    return _set(snapshot, "pdf")


def pictures(snapshot: Mapping[str, Any]) -> list[bytes]:
    """The same pages as PNG, to be looked at."""
    return _set(snapshot, "png")


def missing_characters(snapshot: Mapping[str, Any]) -> str:
    """The characters of this paper that no font has, each once; empty when it can be printed."""
    return fonts.unprintable(json.dumps(Paper(snapshot).layout(), ensure_ascii=False))


def _set(snapshot: Mapping[str, Any], kind: str) -> Any:
    data = Paper(snapshot).layout()
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    if unknown := fonts.unprintable(text):
        raise Invalid("quote_character", characters=unknown[:10])
    data["latin"] = fonts.only_latin_font(text)
    standard = {"pdf_standards": ["ua-1"]} if kind == "pdf" else {}
    return typst.compile(
        str(TEMPLATE), format=kind, font_paths=fonts.folders(), ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, **standard,
    )  # fmt: skip


def _replaced(value: Any, substitutes: Mapping[str, str]) -> Any:
    """The same layout with each of these characters as somebody chose to print it."""
    if isinstance(value, str):
        for character, text in substitutes.items():
            value = value.replace(character, text)
        return value
    if isinstance(value, list):
        return [_replaced(inner, substitutes) for inner in value]
    if isinstance(value, dict):
        return {name: _replaced(inner, substitutes) for name, inner in value.items()}
    return value


class Paper(Lines, Clauses):
    """The words and figures of one paper. Every text is a list: one entry a language, the first leads."""

    def layout(self) -> dict[str, Any]:
        made = self._laid_out()
        held = self.s.get("substitutes")
        return _replaced(made, held) if held else made

    def _laid_out(self) -> dict[str, Any]:
        s = self.s
        there = {"lines": True, "options": s["options"], "years": len(s["years"]) > 1,
                 "give": s["concessions"], "payment": True, "clauses": True, "approval": True,
                 "acceptance": True}  # fmt: skip
        sections = [name for name, shown in there.items() if shown]
        return {
            "lang": "zh" if self.lead == "zh-CN" else "en",
            "two": len(self.spoken) == 2,
            "date": (s["issued_at"] or s["saved_at"])[:10],
            "draft": self.is_draft,
            "draft_box": self.words("draft-box"),
            "draft_word": self.words("draft-word"),
            "issuer": self._supplier_names(),
            "number": s["number"] or "",
            "foot": self._foot(),
            "page": self.words("page", page="@p", pages="@n"),
            "title": self.words("quote"),
            "subject": s["title"],
            "facts": self._facts(),
            "parties": [self._party("customer"), self._party("supplier")],
            "panel": self._panel(),
            "words": self._words(),
            "intro": self.words("intro-draft" if self.is_draft else "intro"),
            "sections": {name: self._heading(name, n) for n, name in enumerate(sections)},
            "columns": self._columns(),
            "groups": self.groups(),
            "totals": self._totals(),
            "measure": [self.words("measure"), *self.bundle_notes()],
            **(self._options() if s["options"] else {}), **(self._gives() if s["concessions"] else {}),
            "period": self.words("col-period"), "due": self.words("col-due"), "no": self.words("col-no"),
            "amount": self.words("col-amount", currency=self.currency), "total": self._total_word(),
            "net": self.words("col-net", currency=self.currency), "total_net": self.words("total"),
            "years": [[self._period(y), self.money(y["net_minor"])] for y in s["years"]],
            "payments": [
                [self._period(p), self.each(self.day(p["due_on"])), self.money(p["amount_minor"])]
                for p in s["payments"]
            ],
            "net_amount": self.money(s["net_minor"]),
            "total_amount": self.money(s["total_minor"]),
            "tax_note": self.words("payment-tax" if self.is_taxed else "payment-no-tax"),
            "clauses": self.clauses(),
            "approval_columns": [self.words(f"col-{c}") for c in ("decision", "person", "role", "time")],
            "approvals": [self._decision(a) for a in s["approvals"]],
            "bound": self.words("approval-bound", hash=s["hash"][:12]),
            "accept": self.words("acceptance-draft") if self.is_draft
            else self.words("acceptance-text", revision=s["revision"]),
            "sign": [self.words(f"sign-{f}") for f in ("signature", "name", self._date_field())],
            "seal": self.words("seal") if "zh-CN" in self.spoken else [],
            "carried": self.words("carried"), "subtotal": self.words("subtotal"),
        }  # fmt: skip

    def _heading(self, name: str, position: int) -> list[str]:
        words = self.words(name)
        marks = [
            f"{_NUMERALS[position]}、" if lang == "zh-CN" else f"{position + 1}  " for lang in self.spoken
        ]
        return [mark + word for mark, word in zip(marks, words, strict=True)]

    def _supplier_names(self) -> list[str]:
        return [self.s["supplier"]["names"][spoken] for spoken in self.spoken]

    def _date_field(self) -> str:
        return "date" if len(self.spoken) == 2 else "date-blank"

    def _foot(self) -> list[str]:
        mark = self.s["hash"][:12]
        if self.is_draft:
            return self.words("foot-draft", saved=self.moment(self.s["saved_at"]), hash=mark)
        return self.words("foot", number=self.s["number"], revision=self.s["revision"], hash=mark)

    def _facts(self) -> list[list[list[str]]]:
        s = self.s
        issued = self.words("fact-issued-none") if self.is_draft else self.each(self.day(s["issued_at"][:10]))
        valid = self.words("fact-valid-none") if self.is_draft else self.words(
            "fact-valid-to", date=self.day(s["valid_until"]), zone=self.zone)  # fmt: skip
        values = {
            "number": [s["number"]] if s["number"] else self.words("fact-number-none"),
            "revision": self._revision(),
            "issued": issued,
            "valid": valid,
            "currency": [self.currency],
            "term": self.words("fact-term-value", **{"from": self.day(s["starts_on"])},
                           to=self.day(s["ends_on"]), months=s["months"]),
            "billing": self.words(f"billing-{self._billing()}"),
            "book": self.words("fact-book-value", name=s["book"].get, number=s["book"]["number"]),
        }  # fmt: skip
        return [[self.words(f"fact-{name}"), value] for name, value in values.items()]

    def _billing(self) -> int:
        """Months between payments, as the payments themselves tell."""
        payments = self.s["payments"]
        if len(payments) < 2:
            return 12 if self.s["months"] >= 12 else self.s["months"] if self.s["months"] in (1, 3, 6) else 0
        first, second = (date.fromisoformat(part["from"]) for part in payments[:2])
        months = (second.year - first.year) * 12 + second.month - first.month
        return months if months in (1, 3, 6, 12) else 0

    def _revision(self) -> list[str]:
        earlier = self.s["replaces"]
        if not earlier:
            return [str(self.s["revision"])]
        return self.words("fact-replaces", revision=self.s["revision"], earlier=earlier["revision"],
                      date=self.day(earlier["issued_on"]))  # fmt: skip

    def _party(self, side: str) -> dict[str, Any]:
        party = self.s[side]
        names = list(dict.fromkeys(party["names"][spoken] for spoken in self.spoken))
        values = {field: self._said(party.get(field)) for field in PARTY_FIELDS}
        return {
            "label": self.words(side),
            "names": names,
            "rows": [[self.words(f"party-{field}".replace("_", "-")), value]
                     for field, value in values.items() if value],
        }  # fmt: skip

    def _said(self, value: Any) -> list[str]:
        """A value of a party: one text for all languages, or one each."""
        texts = [value.get(spoken) for spoken in self.spoken] if isinstance(value, Mapping) else [value]
        return list(dict.fromkeys(text for text in texts if text))

    def _panel(self) -> list[list[Any]]:
        s = self.s
        taxed = self.is_taxed
        label = "panel-total-tax" if taxed else "panel-total"
        note = self.words("panel-before-tax", amount=self.money(s["net_minor"])) if taxed else self.words(
            "panel-lines", count=len(s["lines"]))  # fmt: skip
        off = s["list_minor"] - s["net_minor"]
        return [
            [self.words(label, months=s["months"], currency=self.currency),
             self.money(s["total_minor"]), note],
            [self.words("panel-year"), self.money(s["years"][0]["net_minor"]),
             self.words("panel-lines", count=len(s["lines"]))],
            [self.words("panel-list"), self.money(s["list_minor"]), self.words("panel-list-note")],
            [self.words("panel-discount"), self.share(s["list_minor"], s["net_minor"]),
             self.words("panel-discount-note", amount=self.money(off))],
        ]  # fmt: skip

    def _words(self) -> list[Any] | None:
        if self.currency != "CNY" or "zh-CN" not in self.spoken:
            return None
        return [self.words("amount-in-words"), yuan_in_words(self.s["total_minor"])]

    def _columns(self) -> list[list[str]]:
        names = ("no", "item", "quantity", "unit", "list", "discount")
        return [*(self.words(f"col-{n}") for n in names), self.words("col-net", currency=self.currency)]

    def _totals(self) -> list[list[Any]]:
        """List value with gifts, discounts, gifts, net; each tax rate on its own; the sum with tax."""
        s, gifts = self.s, self.s["priced"]["gift_minor"]
        off = s["list_minor"] - s["net_minor"]
        rows = [
            [self.words("total-list"), self.money(s["list_minor"] + gifts), False],
            [self.words("total-discount"), self.money(-off), False],
            *([[self.words("total-gifts"), self.money(-gifts), False]] if gifts else []),
            [self.words("total-net"), self.money(s["net_minor"]), True],
        ]
        if self.is_taxed:
            rows += [[self._rate(part), self.money(part["tax_minor"]), False] for part in s["tax"]["parts"]]
            rows.append([self.words("total-with-tax"), self.money(s["total_minor"]), True])
        return rows

    def _rate(self, part: Mapping[str, Any]) -> list[str]:
        """One tax rate; with what it is charged on where there are several."""
        rate = Decimal(part["rate"])
        said = fmt.percent(rate, self.lead, 0 if (rate * 100) % 1 == 0 else 1)
        if len(self.s["tax"]["parts"]) == 1:
            return self.words("total-tax", rate=said)
        return self.words("total-tax-on", rate=said, base=self.money(part["base_minor"]))

    def _total_word(self) -> list[str]:
        return self.words("total-with-tax" if self.is_taxed else "total")

    def _options(self) -> dict[str, Any]:
        """Up to three offers side by side: what it is, term, discount, net, a month, with tax."""
        heads = ("option", "term", "discount", "net", "monthly", "option-total")
        rows = [
            [self._option_name(n, row), self.words("months", months=row["months"]),
             [self.share(row["list_minor"], row["net_minor"])], [self.money(row["net_minor"])],
             [self.money(int(round_to(Decimal(row["net_minor"]) / row["months"], 0)))],
             [self.money(row["net_minor"] + row["tax_minor"])]]
            for n, row in enumerate(self.s["options"], 1)
        ]  # fmt: skip
        columns = [self.words(f"col-{name}", currency=self.currency) for name in heads]
        return {"option_columns": columns, "options": rows}

    def _option_name(self, position: int, row: Mapping[str, Any]) -> list[str]:
        kind = "option-here" if row["here"] else "option-numbered" if row["number"] else "option-other"
        return self.words(kind, position=str(position), title=row["title"], number=row["number"] or "")

    def _gives(self) -> dict[str, Any]:
        """What we concede with its worth, and what the customer gives in return; their sum."""
        rows = self.s["concessions"]
        heads = ("concede", "worth", "return", "by")
        worth = sum(row["worth_minor"] or 0 for row in rows)
        return {
            "give_columns": [self.words(f"col-{name}", currency=self.currency) for name in heads],
            "gives": [self._give(row) for row in rows], "give_total": self.money(worth),
        }  # fmt: skip

    def _give(self, row: Mapping[str, Any]) -> list[list[str]]:
        """An empty cell shows that nothing is given in return."""
        worth = [fmt.MISSING if row["worth_minor"] is None else self.money(row["worth_minor"])]
        gives = [row["gives"][spoken] for spoken in self.spoken] if row.get("gives") else [""]
        by = self.each(self.day(row["by"])) if row.get("by") else [""]
        return [[row[spoken] for spoken in self.spoken], worth, gives, by]

    def _period(self, part: Mapping[str, Any]) -> list[str]:
        return self.words("period", **{"from": self.day(part["from"])}, to=self.day(part["to"]))

    def _decision(self, entry: Mapping[str, Any]) -> list[list[str]]:
        role = "frame-role-" + entry["role"].replace("_", "-")
        return [
            self.words(f"decision-{entry['decision']}"),
            [entry["person"]],
            [say(spoken, role) for spoken in self.spoken],
            [fmt.moment(datetime.fromisoformat(entry["at"]), self.lead, self.s["zone"])],
        ]

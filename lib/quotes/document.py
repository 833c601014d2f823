"""The quote as paper: a snapshot laid out in one or two languages, set by typst; same input, same bytes."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

import typst

from lib import format as fmt
from lib.errors import Invalid
from lib.pricing.waterfall import share_off
from lib.quotes import fonts, steps
from lib.quotes.chinese_amount import yuan_in_words
from lib.quotes.completeness import SPOKEN, clauses_of
from lib.words import say

TEMPLATE = Path(__file__).resolve().parent / "paper.typ"
_NUMERALS = "一二三四五六七八九"


def render(snapshot: Mapping[str, Any]) -> bytes:
    """PDF bytes (PDF/UA-1). Raises Invalid naming the characters no font has."""
    data = Paper(snapshot).layout()
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    if unknown := fonts.unprintable(text):
        raise Invalid("quote_character", characters=unknown[:10])
    data["latin"] = fonts.only_latin_font(text)
    return typst.compile(
        str(TEMPLATE), format="pdf", font_paths=fonts.folders(), ignore_system_fonts=True,
        pdf_standards=["ua-1"], sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip


class Paper:
    """The words and figures of one paper. Every text is a list: one entry a language, the first leads."""

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

    def money(self, minor: int) -> str:
        return fmt.amount(minor, self.currency, self.lead)

    def layout(self) -> dict[str, Any]:
        s = self.s
        sections = ["lines", *(["years"] if len(s["years"]) > 1 else []), "payment", "clauses", "approval",
                    "acceptance"]  # fmt: skip
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
            "groups": self._groups(),
            "totals": self._totals(),
            "measure": self.words("measure"),
            "period": self.words("col-period"), "due": self.words("col-due"), "no": self.words("col-no"),
            "amount": self.words("col-amount", currency=self.currency), "total": self._total_word(),
            "net": self.words("col-net", currency=self.currency), "total_net": self.words("total"),
            "years": [[self._period(y), self.money(y["net_minor"])] for y in s["years"]],
            "payments": [
                [self._period(p), self._each(self.day(p["from"])), self.money(p["amount_minor"])]
                for p in s["payments"]
            ],
            "net_amount": self.money(s["net_minor"]),
            "total_amount": self.money(s["total_minor"]),
            "tax_note": self._tax("payment-tax"),
            "clauses": self._clauses(),
            "approval_columns": [self.words(f"col-{c}") for c in ("decision", "person", "role", "time")],
            "approvals": [self._decision(a) for a in s["approvals"]],
            "bound": self.words("approval-bound", hash=s["hash"][:12]),
            "accept": self.words("acceptance-draft") if self.is_draft
            else self.words("acceptance-text", revision=s["revision"]),
            "sign": [self.words(f"sign-{f}") for f in ("signature", "name", self._date_field())],
            "seal": self.words("seal") if "zh-CN" in self.spoken else [],
            "carried": self.words("carried"), "subtotal": self.words("subtotal"),
        }  # fmt: skip

    def _each(self, value: Any) -> list[str]:
        return [value(spoken) for spoken in self.spoken]

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
        issued = (
            self.words("fact-issued-none") if self.is_draft else self._each(self.day(s["issued_at"][:10]))
        )
        valid = self.words("fact-valid-none") if self.is_draft else self.words(
            "fact-valid-to", date=self.day(s["valid_until"]), zone=s["zone"])  # fmt: skip
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
        return 12 if self.s["prepaid"] and self.s["months"] >= 12 else 3 if self.s["months"] >= 12 else 1

    def _revision(self) -> list[str]:
        earlier = self.s["replaces"]
        if not earlier:
            return [str(self.s["revision"])]
        return self.words("fact-replaces", revision=self.s["revision"], earlier=earlier["revision"],
                      date=self.day(earlier["issued_on"]))  # fmt: skip

    def _party(self, side: str) -> dict[str, Any]:
        party = self.s[side]
        fields = (f for f in ("place", "contact", "email", "phone") if party.get(f))
        names = list(dict.fromkeys(party["names"][spoken] for spoken in self.spoken))
        return {
            "label": self.words(side),
            "names": names,
            "rows": [[self.words(f"party-{field}"), party[field]] for field in fields],
        }

    def _panel(self) -> list[list[Any]]:
        s = self.s
        taxed = bool(s["tax_rate"])
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
            [self.words("panel-discount"), self._share(s["list_minor"], s["net_minor"]),
             self.words("panel-discount-note", amount=self.money(off))],
        ]  # fmt: skip

    def _share(self, at_list: int, net: int) -> str:
        if not at_list:
            return fmt.MISSING
        return fmt.percent(share_off(Decimal(at_list), Decimal(net)), self.lead)

    def _words(self) -> list[Any] | None:
        if self.currency != "CNY" or "zh-CN" not in self.spoken:
            return None
        return [self.words("amount-in-words"), yuan_in_words(self.s["total_minor"])]

    def _columns(self) -> list[list[str]]:
        names = ("no", "item", "quantity", "unit", "list", "discount")
        return [*(self.words(f"col-{n}") for n in names), self.words("col-net", currency=self.currency)]

    def _groups(self) -> list[dict[str, Any]]:
        """Lines by group in order of first appearance, each with the sum carried forward after it."""
        order = list(dict.fromkeys(line["group"] for line in self.s["lines"]))
        lines = sorted(self.s["lines"], key=lambda line: order.index(line["group"]))
        carried = list(accumulate(line["net_minor"] for line in lines))
        rows = [
            (line, self._line(line, n, total))
            for n, (line, total) in enumerate(zip(lines, carried, strict=True), 1)
        ]
        groups = []
        for name, members in groupby(rows, key=lambda pair: pair[0]["group"]):
            found = list(members)
            total = sum(line["net_minor"] for line, _row in found)
            groups.append({
                "name": [say(spoken, f"pricing-group-{name}") for spoken in self.spoken],
                "subtotal": self.money(total),
                "rows": [row for _line, row in found],
            })  # fmt: skip
        return groups

    def _line(self, line: Mapping[str, Any], number: int, carried: int) -> dict[str, Any]:
        quantity = Decimal(line["quantity"])
        price = Decimal(line["list_price"])
        digits = max(2, -price.as_tuple().exponent)
        return {
            "no": str(number),
            "names": [line[spoken] for spoken in self.spoken],
            "explain": self._explanation(line),
            "quantity": fmt.number(quantity, self.lead, max(0, -quantity.as_tuple().exponent)),
            "unit": self.words("unit-" + line["unit"].replace("_", "-")),
            "list": fmt.percent(price, self.lead) if line["unit"] == "share"
            else fmt.number(price, self.lead, digits),
            "discount": self._share(line["list_minor"], line["net_minor"]),
            "net": self.money(line["net_minor"]),
            "carried": self.money(carried),
        }  # fmt: skip

    def _explanation(self, line: Mapping[str, Any]) -> list[str]:
        parts = []
        if line["unit"].endswith("_month") or line["unit"] == "month":
            parts.append(self.words("explain-months", months=self.s["months"]))
        if line["unit"] == "usage_month":
            parts.append(self.words("explain-graduated"))
        for step in line["steps"]:
            if step["rule"] in steps.SILENT or not (line["list_minor"] or line.get("gift")):
                continue
            rate = None if step["rate"] is None else Decimal(step["rate"])
            parts.append([
                steps.sentence(step["rule"], rate, spoken, self._called(spoken)) for spoken in self.spoken
            ])  # fmt: skip
        joiner = {"en": ", ", "zh-CN": "；"}
        stop = {"en": ".", "zh-CN": "。"}
        texts = [joiner[spoken].join(part[n] for part in parts) for n, spoken in enumerate(self.spoken)]
        return [
            text[0].upper() + text[1:] + stop[spoken] if text else ""
            for text, spoken in zip(texts, self.spoken, strict=True)
        ]

    def _called(self, spoken: str) -> dict[str, str]:
        """Bundles and offers of the quote by code."""
        priced = self.s.get("priced", {})
        offers = {code: names[spoken] for code, names in priced.get("offers", {}).items()}
        return offers | {bundle["code"]: bundle[spoken] for bundle in priced.get("bundles", ())}

    def _tax(self, message: str) -> list[str]:
        if not self.s["tax_rate"]:
            return []
        return self.words(message, rate=fmt.percent(Decimal(self.s["tax_rate"]), self.lead, 0))

    def _totals(self) -> list[list[Any]]:
        s = self.s
        off = s["list_minor"] - s["net_minor"]
        rows = [
            [self.words("total-list"), self.money(s["list_minor"]), False],
            [self.words("total-discount"), self.money(-off), False],
            [self.words("total-net"), self.money(s["net_minor"]), True],
        ]
        if s["tax_rate"]:
            rows.append([self._tax("total-tax"), self.money(s["tax_minor"]), False])
            rows.append([self.words("total-with-tax"), self.money(s["total_minor"]), True])
        return rows

    def _total_word(self) -> list[str]:
        return self.words("total-with-tax" if self.s["tax_rate"] else "total")

    def _period(self, part: Mapping[str, Any]) -> list[str]:
        return self.words("period", **{"from": self.day(part["from"])}, to=self.day(part["to"]))

    def _clauses(self) -> list[list[list[str]]]:
        found = []
        for name in clauses_of(self.s):
            values = {"to": self.day(self.s["ends_on"])} if name in ("lock", "renewal") else {}
            found.append([self.words(f"clause-{name}"), self.words(f"clause-{name}-text", **values)])
        if self.s.get("pack"):
            found.append([self.words("clause-security"), self._security()])
        if self.s.get("promises"):
            found.append([self.words("clause-promises"), self._promises()])
        words = "clause-language-both" if len(self.spoken) == 2 else "clause-language-text"
        return [*found, [self.words("clause-language"), self.words(words)]]

    def _security(self) -> list[str]:
        """Which certificate stands behind the quote; an expired or missing one is said plainly."""
        pack = self.s["pack"]
        state = "valid" if pack["state"] == "soon" else pack["state"]
        if state == "missing":
            return self.words("clause-security-missing")
        values = {"name": pack["name"], "until": self.day(pack["valid_until"])}
        return self.words(f"clause-security-{state}", **values)

    def _promises(self) -> list[str]:
        texts = [""] * len(self.spoken)
        for number, promise in enumerate(self.s["promises"], 1):
            lines = [
                say(spoken, "document-promise", number=str(number), what=promise[spoken],
                    due=fmt.day(date.fromisoformat(promise["due_on"]), spoken))
                for spoken in self.spoken
            ]  # fmt: skip
            texts = [f"{text} {line}".strip() for text, line in zip(texts, lines, strict=True)]
        return texts

    def _decision(self, entry: Mapping[str, Any]) -> list[list[str]]:
        role = "frame-role-" + entry["role"].replace("_", "-")
        return [
            self.words(f"decision-{entry['decision']}"),
            [entry["person"]],
            [say(spoken, role) for spoken in self.spoken],
            [fmt.moment(datetime.fromisoformat(entry["at"]), self.lead, self.s["zone"])],
        ]

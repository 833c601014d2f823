"""The lines of a paper: groups with their sums, each line with the way from list price to net."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import accumulate, groupby
from typing import Any

from lib import format as fmt
from lib.money import minor_digits
from lib.quotes import steps
from lib.quotes.speaking import Speaking
from lib.words import say


class Lines(Speaking):
    """Lines, bundles and gifts of one snapshot."""

    def groups(self) -> list[dict[str, Any]]:
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
        return {
            "no": str(number),
            "names": [line[spoken] for spoken in self.spoken],
            "explain": self._explanation(line),
            "quantity": fmt.number(quantity, self.lead, max(0, -quantity.as_tuple().exponent)),
            "unit": self.words("unit-" + line["unit"].replace("_", "-")),
            "list": fmt.percent(Decimal(line["list_price"]), self.lead) if line["unit"] == "share"
            else self._price(line["list_price"]),
            "discount": self.words("gift") if line.get("gift")
            else [self.share(line["list_minor"], line["net_minor"])],
            "net": self.money(line["net_minor"]),
            "carried": self.money(carried),
        }  # fmt: skip

    def _price(self, text: str) -> str:
        """A price per unit: the currency's own decimals, more where it has more."""
        price = Decimal(text)
        digits = max(minor_digits(self.s["currency"]), -price.as_tuple().exponent)
        return fmt.number(price, self.lead, digits)

    def _explanation(self, line: Mapping[str, Any]) -> list[str]:
        parts = self._told_first(line)
        if line["unit"].endswith("month") and not line.get("period"):
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

    def _told_first(self, line: Mapping[str, Any]) -> list[list[str]]:
        """Whose line it is, whose product, its own period and the quantities of its years."""
        parts = []
        if line.get("label"):
            parts.append([line["label"]] * len(self.spoken))
        if line.get("partner"):
            parts.append(self.words("explain-partner", partner=line["partner"]))
        if period := line.get("period"):
            parts.append(self.words(
                "explain-period", **{"from": self.day(period["starts_on"])}, to=self.day(period["ends_on"]),
                factor=fmt.number(Decimal(period["factor"]), self.lead, 6),
            ))  # fmt: skip
        for year in line.get("ramp") or ():
            quantity = fmt.number(Decimal(year["quantity"]), self.lead)
            price = year.get("price")
            more = {} if price is None else {"price": self._price(price)}
            message = "explain-year" if price is None else "explain-year-price"
            parts.append(self.words(message, year=str(year["year"]), quantity=quantity, **more))
        return parts

    def bundle_notes(self) -> list[list[str]]:
        """What each bundle saves beside its parts bought apart."""
        return [
            self.words("bundle-note", name=bundle.get, apart=self.money(bundle["apart_minor"]),
                       together=self.money(bundle["together_minor"]),
                       share=fmt.percent(Decimal(bundle["share"]), self.lead))
            for bundle in self.s["priced"]["bundles"]
        ]  # fmt: skip

    def _called(self, spoken: str) -> dict[str, str]:
        """Bundles and offers of the quote by code."""
        priced = self.s.get("priced", {})
        offers = {code: names[spoken] for code, names in priced.get("offers", {}).items()}
        return offers | {bundle["code"]: bundle[spoken] for bundle in priced.get("bundles", ())}

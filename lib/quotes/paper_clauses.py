"""The clauses of a paper: those every paper carries, those chosen for this one, certificate and promises."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lib import format as fmt
from lib.quotes.completeness import clauses_of
from lib.quotes.speaking import Speaking
from lib.words import say


class Clauses(Speaking):
    """What binds beside the price."""

    def clauses(self) -> list[list[list[str]]]:
        found = []
        for name in clauses_of(self.s):
            ends = {"renewal": self.s["ends_on"], "lock": self._locked_until()}
            values = {"to": self.day(ends[name])} if name in ends else {}
            found.append([self.words(f"clause-{name}"), self.words(f"clause-{name}-text", **values)])
        for clause in self.s["priced"]["clauses"]:
            found.append(self._chosen(clause))
        if net_days := self.s["priced"]["net_days"]:
            found.append([self.words("clause-pay"), self.words("clause-pay-text", days=net_days)])
        if credit := (self.s["priced"].get("payment_terms") or {}).get("credit_limit_minor"):
            found.append([self.words("clause-credit"),
                          self.words("clause-credit-text", limit=self._sum(credit))])  # fmt: skip
        if self.s.get("pack"):
            found.append([self.words("clause-security"), self._security()])
        if self.s.get("promises"):
            found.append([self.words("clause-promises"), self._promises()])
        words = "clause-language-both" if len(self.spoken) == 2 else "clause-language-text"
        return [*found, [self.words("clause-language"), self.words(words)]]

    def _sum(self, minor: int) -> Any:
        return lambda spoken: fmt.money(minor, self.currency, spoken)

    def _locked_until(self) -> str:
        return self.s["priced"]["price_lock_until"] or self.s["ends_on"]

    def _chosen(self, clause: Mapping[str, Any]) -> list[list[str]]:
        """A clause of the library as it was put on this quote: title and text in each language."""

        def side(name: str) -> list[str]:
            ends = {"en": "en", "zh-CN": "zh"}
            return [str(clause.get(f"{name}_{ends[spoken]}") or "") for spoken in self.spoken]

        titles = side("title")
        return [titles if all(titles) else self.words("clause-special"), side("text")]

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

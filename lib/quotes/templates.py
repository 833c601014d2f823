"""Quote templates by industry (data/templates): the lines a quote of such a customer usually begins with."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from lib.quotes.evaluation import Basis
from lib.settings import ROOT

FOLDER = ROOT / "data" / "templates"


@dataclass(frozen=True)
class Template:
    """lines: (item code, quantity) by the code of the price book they are meant for."""

    code: str
    names: dict[str, str]  # by language
    industry: dict[str, str]
    lines: dict[str, tuple[tuple[str, int], ...]]

    def of_book(self, book_code: str) -> tuple[tuple[str, int], ...]:
        """The lines for a book; for one the template does not know all it has, so that what fits is used."""
        return self.lines.get(book_code) or tuple(line for rows in self.lines.values() for line in rows)

    def rows(self, basis: Basis) -> list[dict[str, Any]]:
        """The lines that the book of a quote has, as commands take them."""
        return [{"item_code": code, "quantity": quantity, "discount": 0}
                for code, quantity in self.of_book(basis.book_code) if _sold(code, basis)]  # fmt: skip

    def unknown(self, basis: Basis) -> list[str]:
        """Codes the template names and this book, or this customer's country, does not have."""
        return [code for code, _quantity in self.of_book(basis.book_code) if not _sold(code, basis)]


def _sold(code: str, basis: Basis) -> bool:
    return code in basis.items and basis.items[code].sold_in(basis.customer.country)


@cache
def shipped() -> dict[str, Template]:
    """Every template by its code (the file's stem)."""
    read = {p.stem: tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(FOLDER.glob("*.toml"))}
    return {
        code: Template(
            code, {"en": held["en"], "zh-CN": held["zh"]}, held["industry"],
            {book: tuple((line["item"], line["quantity"]) for line in rows)
             for book, rows in held["lines"].items()},
        )
        for code, held in read.items()
    }  # fmt: skip


def fitting(industry: str | None) -> str | None:
    """The template of an industry as the quote names it in either language; None where none is."""
    said = (industry or "").strip().casefold()
    for code, one in shipped().items():
        if said and said in [name.casefold() for name in one.industry.values()]:
            return code
    return None

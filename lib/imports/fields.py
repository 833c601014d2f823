"""What a column of a file can mean: its type, its limits, what it refers to, what it may be called. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from lib.money import CURRENCIES


class Type(StrEnum):
    TEXT = "text"
    LONG = "long"  # text of several lines
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    INSTANT = "instant"
    BOOL = "bool"
    CHOICE = "choice"


NAME_MAX, NOTE_MAX, WHOLE_MAX = 255, 10_000, 10_000_000
CURRENCY_WORDS = (("rmb", "CNY"), ("人民币", "CNY"), ("美元", "USD"), ("us$", "USD"), ("$", "USD"))


@dataclass(frozen=True)
class Field:
    """One field of a kind. `column` is its column in the store, empty where the field is kept elsewhere.

    `refers` names the kind whose key the text is. An unknown key is an error when `firm`, else the row is
    taken without it and the report says so. `needs` names fields of which at least one must be mapped.
    """

    name: str
    type: Type = Type.TEXT
    column: str = ""
    required: bool = False
    longest: int = NAME_MAX
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()  # what files say for a choice
    refers: str = ""
    firm: bool = True
    synonyms: tuple[str, ...] = ()

    def names(self) -> set[str]:
        return {plain_name(n) for n in (self.name, *self.synonyms)}


def plain_name(name: str) -> str:
    """A column name without case, blanks and punctuation: `Account ID` and `account_id` are one."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "", text)


def text(name: str, *synonyms: str, longest: int = NAME_MAX, required: bool = False) -> Field:
    return Field(name, Type.TEXT, name, required, longest, synonyms=synonyms)


def long(name: str, *synonyms: str, required: bool = False) -> Field:
    return Field(name, Type.LONG, name, required, NOTE_MAX, synonyms=synonyms)


def key(*synonyms: str) -> Field:
    return Field("key", Type.TEXT, "external_id", True, synonyms=synonyms)


def whole(name: str, *synonyms: str, required: bool = False, most: int = WHOLE_MAX) -> Field:
    return Field(name, Type.INTEGER, name, required, least=0, most=most, synonyms=synonyms)


def decimal(name: str, *synonyms: str, most: int = WHOLE_MAX, required: bool = False) -> Field:
    return Field(name, Type.DECIMAL, name, required, least=0, most=most, synonyms=synonyms)


def money(name: str, *synonyms: str, required: bool = False, signed: bool = False) -> Field:
    least = None if signed else 0
    return Field(name, Type.MONEY, f"{name}_minor", required, least=least, synonyms=synonyms)


def day(name: str, *synonyms: str, required: bool = False) -> Field:
    return Field(name, Type.DATE, name, required, synonyms=synonyms)


def instant(name: str, *synonyms: str, required: bool = False) -> Field:
    return Field(name, Type.INSTANT, name, required, synonyms=synonyms)


def flag(name: str, *synonyms: str) -> Field:
    return Field(name, Type.BOOL, name, synonyms=synonyms)


def choice(
    name: str,
    choices: tuple[str, ...],
    *synonyms: str,
    words: tuple[tuple[str, str], ...] = (),
    required: bool = False,
    column: str | None = None,
) -> Field:
    own = name if column is None else column
    return Field(name, Type.CHOICE, own, required, choices=choices, words=words, synonyms=synonyms)


def currency() -> Field:
    return choice("currency", CURRENCIES, "curr", "currency_code", "币种", "货币", words=CURRENCY_WORDS)


def ref(name: str, refers: str, *synonyms: str, required: bool = False, firm: bool = True) -> Field:
    return Field(name, Type.TEXT, f"{name}_id", required, refers=refers, firm=firm, synonyms=synonyms)


def account(*, required: bool = True, firm: bool = True) -> Field:
    names = ("account_id", "account_key", "company_id", "company", "customer_id", "customer",
             "客户编号", "客户")  # fmt: skip
    return ref("account", "accounts", *names, required=required, firm=firm)

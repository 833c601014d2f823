"""The closing confirmation: what was agreed, by when, and who answers for it, as a draft to send; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lib import format
from lib.words import say


@dataclass(frozen=True)
class Agreed:
    """One promise as the customer should read it: what, when, and our contact for it."""

    what: str
    due_on: date
    contact: str
    email: str | None = None


@dataclass(frozen=True)
class Draft:
    """A text ready to be copied into a mail or a chat; nothing is sent from here."""

    subject: str
    body: str


def closing_confirmation(
    language: str, *, account: str, addressee: str | None, agreed: Sequence[Agreed], sender: str, company: str
) -> Draft:
    """The draft in the account's language, promises by date. Amounts and notes never enter it."""
    ordered = sorted(agreed, key=lambda item: (item.due_on, item.what))
    hello = "negotiation-closing-hello" if addressee else "negotiation-closing-hello-all"
    values = {"name": addressee} if addressee else {"account": account}
    lines = [say(language, hello, **values), "", say(language, "negotiation-closing-intro"), ""]
    lines += [_line(language, number, item) for number, item in enumerate(ordered, 1)]
    lines += ["", say(language, "negotiation-closing-ask"), "", sender, company]
    return Draft(say(language, "negotiation-closing-subject", account=account), "\n".join(lines))


def _line(language: str, number: int, item: Agreed) -> str:
    contact = f"{item.contact} <{item.email}>" if item.email else item.contact
    return say(
        language, "negotiation-closing-line", number=str(number), what=item.what,
        when=format.day(item.due_on, language), contact=contact,
    )  # fmt: skip

"""The e-mail a quote goes out with: subject and text in the customer's language, the paper attached. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import Any

from lib import format as fmt
from lib.errors import Invalid
from lib.quotes.completeness import SPOKEN
from lib.quotes.speaking import Speaking
from lib.words import say


@dataclass(frozen=True)
class Letter:
    """What the customer reads. `to` is one plain address."""

    to: str
    subject: str
    text: str


def compose(snapshot: Mapping[str, Any], to: str, language: str | None) -> Letter:
    """The letter in the recipient's language; where that is unknown, in each language of the paper.

    It names number, total and last day as the paper does, and links nothing: no picture tells who opened it.
    """
    languages = (language,) if language else SPOKEN[snapshot["language"]]
    subject = say(languages[0], "quotes-mail-subject", number=snapshot["number"], title=snapshot["title"])
    return Letter(to, subject, "\n\n".join(_text(snapshot, spoken) for spoken in languages))


def _text(snapshot: Mapping[str, Any], spoken: str) -> str:
    paper, customer = Speaking(dict(snapshot) | {"language": spoken}), snapshot["customer"]
    return say(
        spoken, "quotes-mail-text", contact=customer["contact"] or customer["names"][spoken],
        number=snapshot["number"], title=snapshot["title"],
        total=fmt.money(snapshot["total_minor"], snapshot["currency"], spoken),
        day=fmt.day(date.fromisoformat(snapshot["valid_until"]), spoken), zone=paper.zone(spoken),
        seller=snapshot["supplier"]["contact"], company=snapshot["supplier"]["names"][spoken],
    )  # fmt: skip


def as_file(
    letter: Letter, *, sender: tuple[str, str], at: datetime, key: str, pdf: bytes, name: str
) -> bytes:
    """The letter as an .eml file, or as it goes to the mail server. `key` makes the same letter one message.

    Headers are built by the library: a line break in a name or title cannot begin another header. Raises
    Invalid for an address that is none.
    """
    return message(letter, sender=sender, at=at, key=key, pdf=pdf, name=name).as_bytes()


def message(
    letter: Letter, *, sender: tuple[str, str], at: datetime, key: str, pdf: bytes, name: str
) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    try:
        made["From"] = formataddr((_flat(sender[0]), sender[1]))
        made["To"] = letter.to
        made["Subject"] = _flat(letter.subject)
    except (ValueError, IndexError):
        raise Invalid("quote_mail_address") from None
    if len(made["To"].addresses) != 1 or made["To"].defects:
        raise Invalid("quote_mail_address")
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{key}@vip-desk.invalid>"
    made["X-VIP-Desk-Message"] = key
    made.set_content(letter.text)
    made.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    made.set_boundary(key)  # the same letter has the same bytes
    return made


def _flat(text: str) -> str:
    return " ".join(text.split())

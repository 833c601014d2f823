"""What shows a customer's yes: a signed file, an order number or an e-mail; each field checked. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from lib.errors import Invalid

FILE_MAX = 10 * 2**20  # bytes
TEXT_MAX, REASON_MAX = 255, 1000


class Kind(StrEnum):
    FILE = "signed_file"
    ORDER = "order_number"
    MAIL = "email"


@dataclass(frozen=True)
class Evidence:
    """One proof. A file comes with its type as its bytes tell it, never as its name does."""

    kind: Kind
    signer: str
    signed_on: date
    reference: str | None = None
    file_name: str | None = None
    media_type: str | None = None
    content: bytes | None = None

    @property
    def sha256(self) -> str | None:
        return hashlib.sha256(self.content).hexdigest() if self.content else None


# Type: how its files begin, how they end (within so many last bytes), the ending of a name.
_TYPES = {
    "application/pdf": (b"%PDF-", b"%%EOF", 1024, "pdf"),
    "image/png": (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82", 12, "png"),
    "image/jpeg": (b"\xff\xd8\xff", b"\xff\xd9", 64, "jpg"),
}


def media_type(content: bytes) -> str:
    """What a file is by its content. Raises Invalid for anything but a whole PDF, PNG or JPEG."""
    for name, (start, end, within, _suffix) in _TYPES.items():
        if content.startswith(start) and end in content[-within:]:
            return name
    raise Invalid("evidence_type")


def suffix_of(kind: str | None) -> str:
    return _TYPES[kind][3] if kind in _TYPES else "bin"


def read_evidence(values: Mapping[str, Any], *, issued_on: date, today: date) -> Evidence:
    """The proof as somebody entered it: kind, signer, signed_on, and reference or file_name with content.

    Raises Invalid naming what is missing: who signed, a day between issue and today, the file or reference.
    """
    if values.get("kind") not in set(Kind):
        raise Invalid("evidence_kind")
    kind, signer = Kind(values["kind"]), one_line(values.get("signer"), TEXT_MAX, "evidence_signer")
    day = values.get("signed_on")
    if type(day) is not date or not issued_on <= day <= today:
        raise Invalid("evidence_day", first=issued_on, last=today)
    if kind is not Kind.FILE:
        return Evidence(kind, signer, day, one_line(values.get("reference"), TEXT_MAX, "evidence_reference"))
    content = values.get("content")
    if not isinstance(content, bytes) or not content:
        raise Invalid("evidence_file")
    if len(content) > FILE_MAX:
        raise Invalid("evidence_size", limit=FILE_MAX // 2**20)
    said = str(values.get("reference") or "").strip()
    reference = one_line(said, TEXT_MAX, "evidence_reference") if said else None
    name = one_line(values.get("file_name"), TEXT_MAX, "evidence_file")
    return Evidence(kind, signer, day, reference, name, media_type(content), content)


def one_line(value: Any, longest: int, code: str) -> str:
    """One line of text, trimmed. Raises Invalid(code) for an empty, overlong or unprintable one."""
    said = " ".join(value.split()) if isinstance(value, str) else ""
    if not said or len(said) > longest or not said.isprintable():
        raise Invalid(code, limit=longest)
    return said

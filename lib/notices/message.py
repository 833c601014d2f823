"""A message ready to leave, and what the other end said; pure."""

from dataclasses import dataclass
from typing import Any

SENT = "sent"


@dataclass(frozen=True)
class Message:
    """`key` stays the same over every attempt, so that a receiver can tell a doubled one; `title` and `text`
    are what a person reads, `items` the same for a program: ids and links alone."""

    key: str
    title: str
    text: str
    items: tuple[dict[str, Any], ...] = ()
    language: str = "en"

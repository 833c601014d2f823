"""The record of changes in the reader's words. Pure."""

from typing import Any

from lib import format as fmt
from lib.words import say


def fault_words(fault: Any, language: str) -> str:
    """One broken record of the audit, by stream, position and id (a store.verify.Fault)."""
    named = {
        name: "–" if value is None else fmt.number(value, language)
        for name, value in (("stream", fault.stream), ("position", fault.position), ("id", fault.id),
                            ("number", fault.number))
    }  # fmt: skip
    return say(language, f"check-fault-{fault.code.replace('_', '-')}", what=fault.what or "–", **named)

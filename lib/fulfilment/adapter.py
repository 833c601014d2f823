"""How an instruction reaches the product: nowhere but this desk, a file in a folder, or a web address.

Folder and address are set by whoever runs the desk (VIP_DESK_FULFILMENT_FOLDER, or the channel that is called
FULFILMENT with its signing key). No name of a file comes from outside.
"""

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from lib.settings import Channel, channels, settings
from lib.store.models import Benefit

SENT = "sent"
CHANNEL_NAME = "fulfilment"


class Target(StrEnum):
    DESK = "desk"  # no product is connected: what the desk records is in force
    FILE = "file"
    HTTP = "http"


class Adapter(Protocol):
    """Hands one instruction over; "sent", or what went wrong. The key is the same over every attempt."""

    def deliver(self, key: str, payload: dict[str, Any]) -> str: ...


def target() -> Target:
    if channel() is not None:
        return Target.HTTP
    return Target.FILE if settings().fulfilment_folder is not None else Target.DESK


def channel() -> Channel | None:
    """The address set for instructions, if one is."""
    found = channels().get(CHANNEL_NAME)
    return found if found is not None and found.service == "webhook" else None


def instruction(benefit: Benefit) -> dict[str, Any]:
    """What the product is told, as plain values; no price, no contact."""
    return {
        "verb": "grant", "account": benefit.account_id, "order": benefit.order_number,
        "kind": str(benefit.kind), "code": benefit.code, "quantity": benefit.granted, "unit": benefit.unit,
        "share": benefit.share, "starts_on": str(benefit.starts_on),
        "expires_on": None if benefit.expires_on is None else str(benefit.expires_on),
    }  # fmt: skip


class Files:
    """Writes each instruction as a file of its own; a reader never meets a half-written one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, key: str, payload: dict[str, Any]) -> str:
        if not key.isalnum():
            return "rejected"
        done = self.folder / f"instruction-{key}.json"
        if done.exists():
            return SENT
        draft = self.folder / f".instruction-{key}.part"
        try:
            with draft.open("w", encoding="utf-8") as out:
                json.dump({"id": key} | payload, out, ensure_ascii=False, sort_keys=True)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(done)
        except OSError:
            return "not_writable"
        return SENT

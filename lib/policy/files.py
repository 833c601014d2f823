"""The whole policy as one file, TOML or JSON, written and read back. Pure."""

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from lib.errors import Invalid

FILE_MAX = 1_000_000
FILE_MARK = "vip-desk-policy"
FORMATS = ("toml", "json")
Documents = Mapping[str, Mapping[str, Any]]


def file_bytes(documents: Documents, kind: str = "json") -> bytes:
    """The whole policy as one file that `read_file` takes back; `kind` is one of FORMATS."""
    if kind == "toml":
        tables = [_table(["documents", name], body) for name, body in documents.items()]
        return "\n".join([f"file = {_plain(FILE_MARK)}\n", *tables]).encode()
    held = {"file": FILE_MARK, "documents": documents}
    return json.dumps(held, ensure_ascii=False, indent=2).encode() + b"\n"


def read_file(content: bytes) -> dict[str, dict[str, Any]]:
    """The documents of a policy file, not yet validated. Raises Invalid for anything else."""
    try:
        held = _read(content) if len(content) <= FILE_MAX else None
    except (ValueError, RecursionError):
        held = None
    documents = held.get("documents") if isinstance(held, dict) and held.get("file") == FILE_MARK else None
    if not isinstance(documents, dict) or not all(isinstance(body, dict) for body in documents.values()):
        raise Invalid("policy_file")
    return documents


def _read(content: bytes) -> Any:
    if content.lstrip().startswith((b"{", b"[")):
        return json.loads(content)
    return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))


def _table(path: list[str], body: Mapping[str, Any], *, row: bool = False) -> str:
    """A table with its plain values first, then the tables and lists of tables inside it."""
    name = ".".join(path)  # keys are letters, digits and underscores: none needs quotes
    lines = [f"[[{name}]]" if row else f"[{name}]"]
    inner = []
    for key, value in body.items():
        if isinstance(value, Mapping):
            inner.append(_table([*path, key], value))
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            inner += [_table([*path, key], item, row=True) for item in value]
        else:
            lines.append(f"{key} = {_plain(value)}")
    return "\n".join(lines) + "\n" + "".join(f"\n{text}" for text in inner)


def _plain(value: Any) -> str:
    """A plain value; JSON's escapes are TOML's too, but for the delete character."""
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

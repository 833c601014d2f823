"""Bytes or a path to a table of text: the type is decided by content, never by the file's name."""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import BinaryIO

from lib.errors import Invalid
from lib.imports.columnar import open_parquet
from lib.imports.source import Limits, Opened, Reading
from lib.imports.text_file import open_text
from lib.imports.workbook import open_workbook

# What a file begins with when it is something the desk does not read.
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "import_old_workbook",  # also workbooks with a password
    b"%PDF": "import_wrong_type",
    b"\x1f\x8b": "import_wrong_type",
    b"\x89PNG": "import_wrong_type",
    b"\xff\xd8\xff": "import_wrong_type",
    b"GIF8": "import_wrong_type",
    b"7z\xbc\xaf": "import_wrong_type",
    b"Rar!": "import_wrong_type",
    b"SQLite format 3": "import_wrong_type",
    b"<!DOCTYPE": "import_wrong_type",
    b"<html": "import_wrong_type",
    b"<?xml": "import_wrong_type",
    b"{": "import_wrong_type",
    b"[": "import_wrong_type",
}


def stream_of(content: bytes | Path, name: str) -> BinaryIO:
    """Raises Invalid when a path cannot be opened."""
    if isinstance(content, bytes):
        return io.BytesIO(content)
    try:
        return content.open("rb")
    except OSError:
        raise Invalid("import_unreadable", file=name) from None


def read_file(stream: BinaryIO, name: str, reading: Reading, limits: Limits) -> Opened:
    """The opened table. Raises Invalid: one sentence for one reason, before a single row is typed."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if limits.bytes is not None and size > limits.bytes:
        raise Invalid("import_too_large", file=name, limit=limits.bytes // 2**20)
    if not size:
        raise Invalid("import_empty", file=name)
    head = stream.read(16)
    stream.seek(0)
    for mark, code in _OTHERS.items():
        if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(mark.lower()):
            raise Invalid(code, file=name)
    if head.startswith(b"PAR1"):
        return open_parquet(name, stream, limits)
    if head.startswith(b"PK"):
        _refuse_other_archives(stream, name)
        return open_workbook(name, stream, reading, limits)
    return open_text(name, stream, reading, limits)


def _refuse_other_archives(stream: BinaryIO, name: str) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError):
        raise Invalid("import_damaged", file=name) from None
    if "xl/workbook.xml" not in parts:
        raise Invalid("import_wrong_type", file=name)
    stream.seek(0)


def digest(stream: BinaryIO) -> str:
    """SHA-256 of the whole file, so that a run can name exactly what it took."""
    stream.seek(0)
    found = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    return found

"""Delimited text: encoding and delimiter found or taken as told, rows with their line numbers."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from lib.errors import Invalid
from lib.imports.source import Chunk, Fault, Limits, Opened, Reading
from lib.sheet import restored

ENCODINGS = ("utf-8", "utf-16", "gb18030", "big5", "cp1252")
DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 4 * 2**20
_SCORED = 200_000
_CLEAR, _AHEAD = 0.8, 0.15  # share of frequent characters that decides, and its lead over the other guess


def open_text(name: str, stream: BinaryIO, reading: Reading, limits: Limits) -> Opened:
    """Raises Invalid with one sentence's code when the file is no readable table of text."""
    sample = stream.read(_SAMPLE)
    if not sample.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise Invalid("import_empty", file=name)
    encoding = reading.encoding or detect(name, sample)
    delimiter = reading.delimiter or sniff(_decoded(sample, encoding, name))
    header, _ = _header(name, stream, encoding, delimiter)
    return Opened(
        name, "csv", header, lambda size: _chunks(name, stream, encoding, delimiter, size, limits),
        encoding=encoding, delimiter=delimiter,
    )  # fmt: skip


def detect(name: str, sample: bytes) -> str:
    """The encoding of a text: by its mark, by being valid UTF-8, or by which Chinese encoding makes its
    characters frequent ones. Raises Invalid("import_encoding_unclear") rather than guess."""
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in sample:
        return _utf16_without_mark(name, sample)
    if _decodes(sample, "utf-8"):
        return "utf-8"
    simplified, traditional = _share(sample, 0xB0, 0xD7, 0xA1), _share(sample, 0xA4, 0xC6, 0x40)
    if _decodes(sample, "gb18030") and simplified >= max(_CLEAR, traditional + _AHEAD):
        return "gb18030"
    if _decodes(sample, "big5") and traditional >= max(_CLEAR, simplified + _AHEAD):
        return "big5"
    raise Invalid("import_encoding_unclear", file=name)


def _utf16_without_mark(name: str, sample: bytes) -> str:
    """ASCII letters in UTF-16 leave a zero in every second byte; zeros elsewhere are no text."""
    even, odd = sample[0:2000:2].count(0), sample[1:2000:2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        raise Invalid("import_wrong_type", file=name)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if not _decodes(sample[: len(sample) // 2 * 2], encoding):
        raise Invalid("import_wrong_type", file=name)
    return encoding


def _decodes(sample: bytes, encoding: str) -> bool:
    """Whether the bytes are valid, not counting a character that the sample's end cuts in two."""
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=len(sample) < _SAMPLE)
    except UnicodeDecodeError:
        return False
    return True


def _share(sample: bytes, first: int, last: int, trail: int) -> float:
    """Share of double-byte characters whose lead byte lies in the encoding's frequent rows."""
    start = next((i for i, b in enumerate(sample) if b >= 0x80), 0)
    window, position, pairs, frequent = sample[start : start + _SCORED], 0, 0, 0
    while position < len(window) - 1:
        if window[position] < 0x80:
            position += 1
            continue
        pairs += 1
        frequent += first <= window[position] <= last and window[position + 1] >= trail
        position += 2
    return frequent / pairs if pairs else 0.0


def _decoded(sample: bytes, encoding: str, name: str) -> str:
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=False)
    except (UnicodeDecodeError, UnicodeError):
        raise Invalid("import_encoding_wrong", file=name, encoding=encoding) from None


def sniff(text: str) -> str:
    """The delimiter that cuts the first lines into the most columns of equal number; comma for one column."""
    head = text[:65_536].splitlines(keepends=True)
    lines = [line for line in head if line.strip()][:25]
    best, width = ",", 1
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        usual = widths[0] if widths else 0
        if usual > width and widths.count(usual) >= 0.7 * len(widths):
            best, width = delimiter, usual
    return best


def named_header(name: str, cells: list[str]) -> list[str]:
    """Column names, trimmed; blank ones stay blank and are ignored. Raises Invalid for one name twice."""
    header = [unicodedata.normalize("NFC", restored(cell.strip("\ufeff \t\r\n"))) for cell in cells]
    while header and not header[-1]:
        header.pop()
    twice = sorted({cell for cell in header if cell and header.count(cell) > 1})
    if twice:
        raise Invalid("import_header_twice", file=name, column=twice[0])
    if not any(header):
        raise Invalid("import_empty", file=name)
    return header


def _rows(name: str, stream: BinaryIO, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line it starts on; a broken file ends in one refusal that names the line."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="strict", newline="")
    rows = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in rows:
            yield line, row
            line = rows.line_num + 1
    except UnicodeError:
        raise Invalid("import_encoding_broken", file=name, encoding=encoding, line=line) from None
    except csv.Error:
        raise Invalid("import_csv_broken", file=name, line=line) from None
    finally:
        text.detach()  # the stream belongs to the caller


def _header(name: str, stream: BinaryIO, encoding: str, delimiter: str) -> tuple[list[str], int]:
    for line, row in _rows(name, stream, encoding, delimiter):
        if any(cell.strip("\ufeff \t") for cell in row):
            return named_header(name, row), line
    raise Invalid("import_empty", file=name)


def _chunks(
    name: str, stream: BinaryIO, encoding: str, delimiter: str, size: int, limits: Limits
) -> Iterator[Chunk]:
    header, header_line = _header(name, stream, encoding, delimiter)
    width, total = len(header), 0
    lines: list[int] = []
    kept: list[list[str]] = []
    ragged: list[Fault] = []
    blank = 0
    for line, row in _rows(name, stream, encoding, delimiter):
        if line <= header_line:
            continue
        total += 1
        if limits.rows is not None and total > limits.rows:
            raise Invalid("import_too_many_rows", file=name, limit=limits.rows)
        if not row or (not row[0].strip() and not "".join(row).strip()):
            blank += 1
        elif len(row) == width:
            lines.append(line)
            kept.append(row)
        elif len(row) > width and not any(row[width:]):
            lines.append(line)
            kept.append(row[:width])
        else:
            ragged.append(Fault(line, "ragged", details={"found": len(row), "expected": width}))
        if len(kept) + len(ragged) + blank >= size:
            yield _chunk(header, lines, kept, ragged, blank)
            lines, kept, ragged, blank = [], [], [], 0
    if kept or ragged or blank:
        yield _chunk(header, lines, kept, ragged, blank)
    if not total:
        raise Invalid("import_no_rows", file=name)


def _chunk(
    header: list[str], lines: list[int], rows: list[list[str]], ragged: list[Fault], blank: int
) -> Chunk:
    columns = [list(c) for c in zip(*rows, strict=True)] if rows else [[] for _ in header]
    named = {n: c for n, c in zip(header, columns, strict=True) if n}
    return Chunk(lines, named, ragged=ragged, blank=blank)

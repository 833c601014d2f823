"""Parquet: typed columns as canonical text, batch by batch; nested columns are named and left out."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from lib.errors import Invalid
from lib.imports.source import Chunk, Limits, Opened, Typed
from lib.imports.text_file import named_header


def open_parquet(name: str, stream: BinaryIO, limits: Limits) -> Opened:
    """Raises Invalid for damage, too many rows, or more unpacked bytes than the limit."""
    try:
        file = pq.ParquetFile(stream)
        meta, schema = file.metadata, file.schema_arrow
        unpacked = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
    except (pa.ArrowException, OSError, ValueError):
        raise Invalid("import_damaged", file=name) from None
    if limits.rows is not None and meta.num_rows > limits.rows:
        raise Invalid("import_too_many_rows", file=name, limit=limits.rows)
    if unpacked > limits.unpacked:
        raise Invalid("import_zip_bomb", file=name, limit=limits.unpacked // 2**20)
    if not meta.num_rows:
        raise Invalid("import_no_rows", file=name)
    nested = tuple(f.name for f in schema if pa.types.is_nested(f.type) or pa.types.is_binary(f.type))
    flat = [n for n in schema.names if n not in nested]
    header = named_header(name, flat)
    return Opened(
        name, "parquet", header, lambda size: _chunks(name, file, flat, header, size), skipped=nested
    )


def _chunks(
    name: str, file: pq.ParquetFile, flat: list[str], header: list[str], size: int
) -> Iterator[Chunk]:
    """Rows are numbered from 1: the file has no lines."""
    line = 1
    try:
        for batch in file.iter_batches(batch_size=size, columns=flat):
            columns = {n: _texts(batch.column(flat.index(o))) for n, o in zip(header, flat, strict=True)}
            lines = list(range(line, line + batch.num_rows))
            line += batch.num_rows
            yield _without_blanks(lines, columns)
    except (pa.ArrowException, OSError):
        raise Invalid("import_damaged", file=name) from None


def _without_blanks(lines: list[int], columns: dict[str, list[str]]) -> Chunk:
    kept = [i for i, row in enumerate(zip(*columns.values(), strict=True)) if any(row)]
    if len(kept) == len(lines):
        return Chunk(lines, columns)
    narrowed = {n: [c[i] for i in kept] for n, c in columns.items()}
    return Chunk([lines[i] for i in kept], narrowed, blank=len(lines) - len(kept))


def _texts(column: pa.Array) -> list[str]:
    """Canonical texts; each distinct value is turned into text once."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    values = column.to_pylist()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return ["" if v is None else v for v in values]
    memo = {v: _text(v) for v in set(values)}
    return [memo[v] for v in values]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return Typed("true" if value else "false")
    if isinstance(value, float):
        whole = value == value and abs(value) < 1e15 and value == int(value)
        return Typed(str(int(value)) if whole else format(Decimal(repr(value)), "f"))
    if isinstance(value, Decimal):
        return Typed(format(value, "f"))
    return Typed(value.isoformat() if hasattr(value, "isoformat") else value)

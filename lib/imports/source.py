"""What reading a file yields, its limits, and the faults that travel with it. Pure values."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

MEGABYTE = 2**20
PAGE_BYTES = 20 * MEGABYTE  # also the server's own upload limit; see .streamlit/config.toml
PAGE_ROWS = 100_000
ROWS_AT_ONCE = 20_000  # what is held in memory while a file of any size streams through
EXCERPT = 80  # characters of a faulty value that a report shows

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Limits:
    """How much one import may bring; None is no limit. `unpacked` bounds what a compressed file becomes."""

    bytes: int | None
    rows: int | None
    unpacked: int


PAGE = Limits(PAGE_BYTES, PAGE_ROWS, 200 * MEGABYTE)
COMMAND = Limits(None, None, 4096 * MEGABYTE)


@dataclass(frozen=True)
class Reading:
    """What a person may say about how to read a file; empty means: find out."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


class Typed(str):
    """A cell that came with a type (XLSX, Parquet), as canonical text: plain number, ISO date.
    The formats chosen for a mapping do not apply to it."""

    __slots__ = ()


@dataclass(frozen=True)
class Fault:
    """A row or cell that was not taken (error), or taken with a remark (warning).

    `column` is the file's own name where it has one; `code` is the message imports-problem-<code>.
    """

    line: int
    code: str
    column: str | None = None
    value: str | None = None
    severity: Severity = "error"
    details: dict[str, Any] = field(default_factory=dict)


@dataclass
class Chunk:
    """Rows in file order as columns of text. `faults` name lines that are not among the rows (ragged ones)
    and cells that held a formula or an error. read = rows + ragged + blank."""

    lines: list[int]
    columns: dict[str, list[str]]
    ragged: list[Fault] = field(default_factory=list)
    cells: list[Fault] = field(default_factory=list)
    blank: int = 0

    @property
    def read(self) -> int:
        return len(self.lines) + len(self.ragged) + self.blank


@dataclass(frozen=True)
class Opened:
    """A file that could be read: its header, what was found out about it, and its rows in chunks."""

    name: str
    file_type: str
    header: list[str]
    chunks: Callable[[int], Iterator[Chunk]]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()  # columns no table has a cell for (nested ones)


def excerpt(value: str | None) -> str | None:
    """The start of a value, its control characters made visible."""
    if value is None:
        return None
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value[: EXCERPT + 1])
    return text if len(text) <= EXCERPT else text[:EXCERPT] + "…"

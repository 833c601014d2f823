"""What an import did or would do: counts that add up, problems with their reasons in words. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from lib.imports.source import Fault, Opened
from lib.words import say

FATES = ("new", "changed", "unchanged", "reported", "blank")


@dataclass
class ImportResult:
    """read = stored + changed + unchanged + reported + blank, in rows of the file. `stored` are new rows.

    `warnings` counts remarks on rows that were taken; `ignored` columns were not read; `absent` ones are in
    the mapping and not in the file; `refused` is true when a strict import took nothing.
    """

    kind: str
    file_name: str
    read: int = 0
    stored: int = 0
    changed: int = 0
    unchanged: int = 0
    reported: int = 0
    blank: int = 0
    warnings: int = 0
    problems: list[Fault] = field(default_factory=list)
    fates: list[tuple[int, str, str]] = field(default_factory=list)  # line, fate, key
    ignored: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    encoding: str | None = None
    sheet: str | None = None
    other_sheets: list[str] = field(default_factory=list)
    run_id: int | None = None
    refused: bool = False

    @property
    def to_take(self) -> int:
        """Rows that are written: new and changed ones."""
        return self.stored + self.changed

    def add(self, counts: Counter, faults: Sequence[Fault]) -> None:
        self.read += counts["read"]
        self.stored += counts["new"]
        self.changed += counts["changed"]
        self.unchanged += counts["unchanged"]
        self.reported += counts["reported"]
        self.blank += counts["blank"]
        self.warnings += sum(f.severity == "warning" for f in faults)
        self.problems += faults


def result_of(kind: str, opened: Opened, used: Iterable[str], absent: list[str]) -> ImportResult:
    """An empty result that already says what of the file is not read."""
    wanted = set(used)
    ignored = [c for c in (*opened.header, *opened.skipped) if c and c not in wanted]
    others = [s for s in opened.sheets if s != opened.sheet]
    return ImportResult(
        kind, opened.name, ignored=ignored, absent=absent, encoding=opened.encoding, sheet=opened.sheet,
        other_sheets=others,
    )  # fmt: skip


def reason(fault: Fault, language: str) -> str:
    """Why, as one sentence in the reader's language."""
    details = {k: v if isinstance(v, int) else str(v) for k, v in fault.details.items()}
    if "refers" in details:
        details["refers"] = say(language, f"imports-one-{details['refers'].replace('_', '-')}")
    return say(language, "imports-problem-" + fault.code.replace("_", "-"), **details)


def problem_frame(problems: Iterable[Fault], language: str) -> pd.DataFrame:
    """line (of the file), severity (error, warning), column, value, reason; in file order."""
    rows = sorted(problems, key=lambda f: (f.line, f.severity))
    cells = [(f.line, f.severity, f.column, f.value, reason(f, language)) for f in rows]
    return pd.DataFrame(cells, columns=["line", "severity", "column", "value", "reason"])


def fate_frame(result: ImportResult) -> pd.DataFrame:
    """line, fate (new, changed, unchanged, reported), key; in file order, ragged rows included."""
    ragged = [(f.line, "reported", "") for f in result.problems if f.code == "ragged"]
    rows = sorted([*result.fates, *ragged])
    return pd.DataFrame(rows, columns=["line", "fate", "key"])

"""What an embedded store says about itself before anything else is loaded: nobody should wait for the
tables' definitions to learn whether the desk is open.

`peek` therefore asks SQLite's own driver; everything else goes through lib/store/database.py.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from lib.store.address import url

DEMO, WANTS_DEMO = "demo", "wants_demo"  # the mark of a filled demo, and of one that is to follow
_MARKS = "SELECT name FROM desk_state WHERE name IN (?, ?)"


@dataclass(frozen=True)
class Peek:
    """`made`: the store has a schema. `marks`: DEMO and WANTS_DEMO, as far as they stand in it."""

    made: bool
    marks: frozenset[str] = frozenset()


def peek() -> Peek:
    """The embedded store in use. Raises sqlite3.Error where it is there and cannot be asked."""
    path = Path(url().removeprefix("sqlite:///")).absolute()
    if not path.exists():
        return Peek(made=False)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as opened:
        tables = {row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "desk_state" not in tables:
            versions = "alembic_version" in tables and opened.execute("SELECT 1 FROM alembic_version")
            return Peek(made=bool(versions and versions.fetchone()))
        return Peek(made=True, marks=frozenset(row[0] for row in opened.execute(_MARKS, (DEMO, WANTS_DEMO))))

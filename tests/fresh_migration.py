"""For maintainers: writes the newest, unreleased migration anew from what the tables in code have beyond the
one before it. A column added to a table with rows needs a server default or may be empty."""

import sys
import tempfile
from pathlib import Path
from pprint import pformat

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alembic import command  # noqa: E402

from lib.store import database, guards, migrate  # noqa: E402

NUMBER, BEFORE, NAME = "0005", "0004", "quotes"
GUARDS = """
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
"""


def main() -> None:
    versions = migrate.FOLDER / "versions"
    for old in versions.glob(f"{NUMBER}_*.py"):
        old.unlink()
    later = [p for p in versions.glob("*.py") if p.stem[:4] > NUMBER]
    for path in later:
        path.rename(path.with_suffix(".aside"))
    try:
        _write(versions)
    finally:
        for path in later:
            path.with_suffix(".aside").rename(path)


def _write(versions: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, database.use(f"sqlite:///{folder}/earlier.db") as engine:
        with engine.connect().execution_options(desk_writes=True) as connection, connection.begin():
            command.upgrade(migrate.configuration(connection), BEFORE)
        migrate.write_revision(
            "Quoting: catalogue, approval, fulfilment, subscription changes, offers, concessions", NUMBER
        )
    path = next(versions.glob(f"{NUMBER}_*.py"))
    body = path.read_text(encoding="utf-8")
    armed, gone = (
        pformat({name: made(name) for name in ("sqlite", "postgresql")}, width=108, sort_dicts=False)
        for made in (
            lambda name: guards.statements(name, guards.SINCE_0005) + guards.further_statements(name),
            guards.further_removals,
        )
    )  # fmt: skip
    listed = f"\nGUARDS = {armed}\n\nGONE = {gone}\n"
    body = body.replace("\ndef upgrade()", f"{listed}\n\ndef upgrade()", 1)
    head, tail = body.split("\ndef downgrade() -> None:\n", 1)
    back = GUARDS.replace("GUARDS", "GONE").lstrip("\n")
    body = f"{head.rstrip()}\n{GUARDS.rstrip()}\n\n\ndef downgrade() -> None:\n{back}{_in_place(tail)}"
    path.write_text(body, encoding="utf-8")
    path.rename(versions / f"{NUMBER}_{NAME}.py")


def _in_place(tail: str) -> str:
    """The way back without building tables anew: a new table would lose the guards of the old one, and
    SQLite drops no table that others refer to. Only a changed constraint needs a new table."""
    first, *blocks = tail.split("    with op.batch_alter_table(")
    made = [
        block if "_constraint(" in block else block.replace("schema=None", "schema=None, recreate='never'", 1)
        for block in blocks
    ]
    return first + "".join("    with op.batch_alter_table(" + b for b in made)


if __name__ == "__main__":
    main()

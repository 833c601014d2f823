"""For maintainers, while nothing is released: writes migration 0001 anew from the tables in code."""

import sys
import tempfile
from pathlib import Path
from pprint import pformat

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lib.store import database, guards, migrate  # noqa: E402

GUARDS = """
    dialect = op.get_bind().dialect.name
    for statement in GUARDS[dialect]:
        op.execute(statement)
"""


def main() -> None:
    versions = migrate.FOLDER / "versions"
    versions.mkdir(exist_ok=True)
    for old in versions.glob("0001_*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, database.use(f"sqlite:///{folder}/empty.db"):
        migrate.write_revision("The first tables", "0001")
    path = next(versions.glob("0001_*.py"))
    body = path.read_text(encoding="utf-8")
    armed = {name: guards.statements(name) for name in ("sqlite", "postgresql")}
    listed = pformat(armed, width=108, sort_dicts=False)
    body = body.replace("\ndef upgrade()", f"\nGUARDS = {listed}\n\n\ndef upgrade()", 1)
    head, tail = body.split("\ndef downgrade()", 1)
    body = head.rstrip() + "\n" + GUARDS.rstrip() + "\n\n\ndef downgrade()" + tail
    path.write_text(body, encoding="utf-8")
    path.rename(versions / "0001_first_tables.py")


if __name__ == "__main__":
    main()

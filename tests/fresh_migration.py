"""For maintainers: writes migration 0002 anew from what the tables in code have beyond 0001."""

import sys
import tempfile
from pathlib import Path
from pprint import pformat

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alembic import command  # noqa: E402

from lib.store import database, guards, migrate  # noqa: E402

NUMBER, BEFORE, NAME = "0002", "0001", "people_and_audit"
GUARDS = """
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
"""


def main() -> None:
    versions = migrate.FOLDER / "versions"
    for old in versions.glob(f"{NUMBER}_*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, database.use(f"sqlite:///{folder}/earlier.db") as engine:
        with engine.connect().execution_options(desk_writes=True) as connection, connection.begin():
            command.upgrade(migrate.configuration(connection), BEFORE)
        migrate.write_revision("People, sign-in and the chained audit", NUMBER)
    path = next(versions.glob(f"{NUMBER}_*.py"))
    body = path.read_text(encoding="utf-8")
    armed = {name: guards.statements(name, guards.SINCE_0002) for name in ("sqlite", "postgresql")}
    listed = pformat(armed, width=108, sort_dicts=False)
    body = body.replace("\ndef upgrade()", f"\nGUARDS = {listed}\n\n\ndef upgrade()", 1)
    head, tail = body.split("\ndef downgrade()", 1)
    body = head.rstrip() + "\n" + GUARDS.rstrip() + "\n\n\ndef downgrade()" + tail
    path.write_text(body, encoding="utf-8")
    path.rename(versions / f"{NUMBER}_{NAME}.py")


if __name__ == "__main__":
    main()

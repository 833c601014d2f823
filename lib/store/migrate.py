"""Brings a store to the newest schema with Alembic, without an ini file.

Whether a store is current is asked at every start, and Alembic is loaded only where it is not.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, DateTime, String, inspect, text
from sqlalchemy.engine import Connection
from sqlmodel import AutoString

from lib.errors import DeskError
from lib.store import roles
from lib.store.database import as_owner, engine, owner_url, url
from lib.store.models import metadata
from lib.store.types import ExactDecimal, UtcTime

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).resolve().parent / "migrations"
_LOCK = 7_301_944_120  # any constant: PostgreSQL's advisory lock that lets one process migrate at a time


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    """Own types are written as plain ones, so that a migration never imports lib."""
    if kind != "type":
        return False
    if isinstance(item, ExactDecimal):
        return "sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql')"
    if isinstance(item, UtcTime):
        return "sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql')"
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.Text()"
    return False


def _same_type(_context: Any, _there: Any, _here: Any, found: Any, wanted: Any) -> bool | None:
    """Our decorated types compare by what the dialect really stores."""
    if isinstance(wanted, UtcTime):
        return not isinstance(found, DateTime)
    if isinstance(wanted, ExactDecimal):
        return not isinstance(found, String) and found.__class__.__name__ != "NUMERIC"
    if isinstance(wanted, AutoString) and wanted.length is None:
        return found.__class__.__name__ not in ("TEXT", "VARCHAR")
    if isinstance(wanted, BigInteger):
        return found.__class__.__name__ not in ("BIGINT", "INTEGER")
    return None


COMPARE: dict[str, Any] = {"render_as_batch": True, "compare_type": _same_type, "render_item": _render}


def configuration(connection: Connection) -> "Config":
    """Alembic's configuration for the open connection."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["connection"] = connection
    return made


def upgrade() -> None:
    """Migrate the store in use to the newest version; a no-op on one that is there already.

    Where the tables belong to a role of their own, that role does it, and gives the desk's what it needs.
    """
    from alembic import command

    desk = url()
    with (
        as_owner() as opened,
        opened.connect().execution_options(desk_writes=True) as connection,
        connection.begin(),
    ):
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        command.upgrade(configuration(connection), "head")
        if owner_url() is None and url() != desk:
            roles.grant(connection, desk)


def current() -> str | None:
    """The version of the store in use; None while it is empty."""
    with engine().connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest() -> str:
    """The number the name of the last migration begins with; a test holds it to Alembic's own reading."""
    return max(path.name for path in (FOLDER / "versions").glob("[0-9]*.py")).partition("_")[0]


def ensure_current() -> None:
    """Raises DeskError("store_outdated") unless the store is at the newest version."""
    if current() != newest():
        raise DeskError("store_outdated")


def drift() -> list[Any]:
    """Differences between the migrated store and the tables in code; empty when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata, **COMPARE})
        return compare_metadata(context, metadata)


def write_revision(message: str, number: str) -> None:
    """For maintainers: write the next migration from the difference between store and code."""
    from alembic import command

    with engine().connect().execution_options(desk_writes=True) as connection, connection.begin():
        command.revision(configuration(connection), message=message, autogenerate=True, rev_id=number)

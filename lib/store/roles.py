"""PostgreSQL: the tables belong to one role, the desk works as another that cannot rewrite what is on record.

Without an owner's address (VIP_DESK_MIGRATE_URL) nothing of this happens: then the desk owns its tables, and
triggers alone keep the record.
"""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.engine import Connection, make_url

from lib.errors import DeskError
from lib.store.guards import FROZEN
from lib.store.models import metadata

_FRESH_STATISTICS = """CREATE OR REPLACE FUNCTION desk_analyze(names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE one text; BEGIN
FOREACH one IN ARRAY names LOOP EXECUTE 'ANALYZE ' || quote_ident(one); END LOOP;
END $$"""


def grant(connection: Connection, desk_url: str) -> None:
    """Give the desk's role rows to read and write, and of append-only tables none to change or remove.

    Run by the owner after each migration. Raises DeskError("role_unknown") when the server does not know the
    role, DeskError("role_owns") when it still owns tables.
    """
    role = make_url(desk_url).username or ""
    if not connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": role}).first():
        raise DeskError("role_unknown", role=role)
    if owned := owned_tables(connection, role):
        raise DeskError("role_owns", role=role, table=owned[0])
    for statement in _statements(connection.dialect.identifier_preparer.quote(role)):
        connection.exec_driver_sql(statement)


def _statements(role: str) -> Iterator[str]:
    names = sorted(metadata.tables)
    listed = ", ".join(f'"{name}"' for name in names)
    changing = ", ".join(f'"{name}"' for name in names if name not in FROZEN)
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"REVOKE ALL ON {listed}, alembic_version FROM {role}"
    yield f"GRANT SELECT ON {listed}, alembic_version TO {role}"
    yield f"GRANT INSERT ON {listed} TO {role}"
    yield f"GRANT UPDATE, DELETE ON {changing} TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield _FRESH_STATISTICS
    yield "REVOKE ALL ON FUNCTION desk_analyze(text[]) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION desk_analyze(text[]) TO {role}"


def owned_tables(connection: Connection, role: str) -> list[str]:
    """The desk's tables that belong to a role, by name."""
    wanted = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = :role")
    return sorted(set(connection.execute(wanted, {"role": role}).scalars()) & set(metadata.tables))


def excess(connection: Connection) -> Iterator[str]:
    """What the connected role may do to append-only tables, and should not where another role owns them."""
    if connection.dialect.name != "postgresql":
        return
    held = text("SELECT has_table_privilege(current_user, :table, :act)")
    for table in FROZEN:
        for act in ("UPDATE", "DELETE", "TRUNCATE"):
            if connection.execute(held, {"table": table, "act": act}).scalar():
                yield f"{table}: {act}"

"""Triggers that SQL constraints cannot say: the audit and issued papers never change."""

FROZEN = ("audit_entry", "note", "note_amendment", "quote_decision", "touch")

_SQLITE = """CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""

_FUNCTION = """CREATE FUNCTION desk_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""

_POSTGRES = """CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
FOR EACH ROW EXECUTE FUNCTION desk_append_only()"""


def statements(dialect: str) -> list[str]:
    """The statements that arm the append-only tables on one dialect."""
    pairs = [(table, act) for table in FROZEN for act in ("UPDATE", "DELETE")]
    if dialect == "sqlite":
        return [_SQLITE.format(table=t, act=a) for t, a in pairs]
    return [_FUNCTION, *(_POSTGRES.format(table=t, act=a) for t, a in pairs)]


def trigger_names() -> list[str]:
    """The triggers that must be there and armed, by name."""
    return [f"{table}_no_{act}" for table in FROZEN for act in ("UPDATE", "DELETE")]

"""Triggers that SQL constraints cannot say: the audit and issued papers never change."""

from collections.abc import Sequence

SINCE_0001 = ("audit_entry", "note", "note_amendment", "quote_decision", "touch")
SINCE_0002 = ("audit_seal", "compliance_review", "policy_review")
SINCE_0004: tuple[str, ...] = (
    "account_gift", "meeting", "playbook_version", "request_step", "staff_level", "team_meeting",
)  # fmt: skip
SINCE_0005: tuple[str, ...] = ("quote_question", "quote_refusal", "quote_vote")
FROZEN = SINCE_0001 + SINCE_0002 + SINCE_0004 + SINCE_0005

_SQLITE = """CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""

_FUNCTION = """CREATE FUNCTION desk_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""

_POSTGRES = """CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
FOR EACH ROW EXECUTE FUNCTION desk_append_only()"""


def statements(dialect: str, tables: Sequence[str] = FROZEN) -> list[str]:
    """The statements that arm append-only tables on one dialect; the function came with the first."""
    pairs = [(table, act) for table in tables for act in ("UPDATE", "DELETE")]
    if dialect == "sqlite":
        return [_SQLITE.format(table=t, act=a) for t, a in pairs]
    first = [_FUNCTION] if set(tables) >= set(SINCE_0001) else []
    return [*first, *(_POSTGRES.format(table=t, act=a) for t, a in pairs)]


def trigger_names() -> list[str]:
    """The triggers that must be there and armed, by name."""
    return [f"{table}_no_{act}" for table in FROZEN for act in ("UPDATE", "DELETE")]

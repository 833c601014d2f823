"""Triggers that SQL constraints cannot say: the audit and issued papers never change, and a packed day goes
when one of its rows does."""

from collections.abc import Sequence

from lib.store import issued

SINCE_0001 = ("audit_entry", "note", "note_amendment", "quote_decision", "touch")
SINCE_0002 = ("audit_seal", "compliance_review", "policy_review")
SINCE_0004: tuple[str, ...] = (
    "account_gift", "meeting", "playbook_version", "request_step", "staff_level", "team_meeting",
)  # fmt: skip
SINCE_0005: tuple[str, ...] = (
    "arr_movement", "quote_event", "quote_evidence", "quote_question", "quote_refusal", "quote_vote",
    "renewal_payment",
)  # fmt: skip
FROZEN = SINCE_0001 + SINCE_0002 + SINCE_0004 + SINCE_0005

_SQLITE = """CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""

_FUNCTION = """CREATE FUNCTION desk_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""

_POSTGRES = """CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
FOR EACH ROW EXECUTE FUNCTION desk_append_only()"""

SHEET_ACCOUNTS = 1024  # accounts on one sheet, by their ids; the triggers of stores out there say so too
SHEET_ACTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
_BLOCK = f"account_id / {SHEET_ACCOUNTS}"

_SQLITE_SHEET = """CREATE TRIGGER account_day_sheet_{act} AFTER {act} ON account_day
BEGIN {removals} END"""

_SHEET_FUNCTION = f"""CREATE FUNCTION desk_remove_sheets() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF TG_OP = 'TRUNCATE' THEN DELETE FROM activity_sheet; RETURN NULL; END IF;
DELETE FROM activity_sheet WHERE (day, block) IN (
SELECT s.day, s.block FROM activity_sheet s JOIN (SELECT DISTINCT day, {_BLOCK} AS block FROM changed) c
ON c.day = s.day AND c.block = s.block ORDER BY s.day, s.block FOR UPDATE OF s);
RETURN NULL; END $$"""

_POSTGRES_SHEET = """CREATE TRIGGER account_day_sheet_{act}_{side} AFTER {act} ON account_day
REFERENCING {side} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION desk_remove_sheets()"""

_POSTGRES_NO_SHEETS = """CREATE TRIGGER account_day_sheet_TRUNCATE AFTER TRUNCATE ON account_day
FOR EACH STATEMENT EXECUTE FUNCTION desk_remove_sheets()"""


def statements(dialect: str, tables: Sequence[str] = FROZEN) -> list[str]:
    """The statements that arm append-only tables on one dialect; the function came with the first."""
    pairs = [(table, act) for table in tables for act in ("UPDATE", "DELETE")]
    if dialect == "sqlite":
        return [_SQLITE.format(table=t, act=a) for t, a in pairs]
    first = [_FUNCTION] if set(tables) >= set(SINCE_0001) else []
    return [*first, *(_POSTGRES.format(table=t, act=a) for t, a in pairs)]


def sheet_statements(dialect: str) -> list[str]:
    """The statements that remove a sheet of activity with each change of a row on it."""
    if dialect == "sqlite":
        removal = f"DELETE FROM activity_sheet WHERE day = {{side}}.day AND block = {{side}}.{_BLOCK};"
        return [
            _SQLITE_SHEET.format(act=act, removals=" ".join(removal.format(side=side) for side in sides))
            for act, sides in SHEET_ACTS.items()
        ]
    return [
        _SHEET_FUNCTION,
        *(_POSTGRES_SHEET.format(act=act, side=side) for act, sides in SHEET_ACTS.items() for side in sides),
        _POSTGRES_NO_SHEETS,
    ]


def sheet_removals(dialect: str) -> list[str]:
    """The way back: the same triggers taken away."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER {name}" for name in _names(sheet_statements(dialect))]
    return ["DROP FUNCTION desk_remove_sheets() CASCADE"]


def further_statements(dialect: str) -> list[str]:
    """The triggers beside the append-only ones: sheets of activity, issued quotes."""
    return [*sheet_statements(dialect), *issued.statements(dialect)]


def further_removals(dialect: str) -> list[str]:
    return [*sheet_removals(dialect), *issued.removals(dialect)]


def trigger_names(dialect: str) -> list[str]:
    """The triggers that must be there and armed, by name."""
    return _names([*statements(dialect), *further_statements(dialect)])


def _names(made: Sequence[str]) -> list[str]:
    return [words[2] for words in map(str.split, made) if words[1] == "TRIGGER"]

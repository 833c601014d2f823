"""Triggers that keep an issued revision of a quote, its lines and its end as they are."""

from lib.store.models import QuoteVersion
from lib.store.types import Json

# What a revision says once it has its paper; only its state goes on, and never out of an end.
_GOES_ON = ("status", "version", "accepted_at")
FROZEN_COLUMNS = tuple(column.name for column in QuoteVersion.__table__.c if column.name not in _GOES_ON)
_AS_TEXT = {c.name for c in QuoteVersion.__table__.c if isinstance(c.type, Json)}  # no equality
_ENDED = """OLD.status <> NEW.status AND (OLD.status IN ('accepted', 'declined', 'withdrawn', 'replaced')
OR (OLD.status = 'expired' AND NEW.status <> 'accepted'))"""
_HAS_PAPER = "EXISTS (SELECT 1 FROM quote_version v WHERE v.id = OLD.quote_version_id AND v.pdf IS NOT NULL)"
_ISSUED_FUNCTION = """CREATE FUNCTION desk_issued() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what was issued stays as it is'; END $$"""
_LINES_FUNCTION = f"""CREATE FUNCTION desk_issued_line() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF {_HAS_PAPER} THEN RAISE EXCEPTION 'what was issued stays as it is'; END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW; END $$"""
_ON_ISSUED = {  # name: table, act
    "quote_version_issued": ("quote_version", "UPDATE"), "quote_version_ended": ("quote_version", "UPDATE"),
    "quote_version_kept": ("quote_version", "DELETE"), "quote_line_issued": ("quote_line", "UPDATE"),
    "quote_line_kept": ("quote_line", "DELETE"),
}  # fmt: skip


def statements(dialect: str) -> list[str]:
    """The statements that keep an issued revision, its lines and its end as they are."""
    return _sqlite() if dialect == "sqlite" else _postgres()


def _sqlite() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FROZEN_COLUMNS)
    when = {
        "quote_version_issued": f"OLD.pdf IS NOT NULL AND ({changed})", "quote_version_ended": _ENDED,
        "quote_version_kept": "OLD.pdf IS NOT NULL", "quote_line_issued": _HAS_PAPER,
        "quote_line_kept": _HAS_PAPER,
    }  # fmt: skip
    return [
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when[name]}\n"
        "BEGIN SELECT RAISE(ABORT, 'what was issued stays as it is'); END"
        for name, (table, act) in _ON_ISSUED.items()
    ]


def _postgres() -> list[str]:
    cast = {column: "::text" if column in _AS_TEXT else "" for column in FROZEN_COLUMNS}
    changed = " OR ".join(f"NEW.{c}{cast[c]} IS DISTINCT FROM OLD.{c}{cast[c]}" for c in FROZEN_COLUMNS)
    when = {
        "quote_version_issued": f"WHEN (OLD.pdf IS NOT NULL AND ({changed})) ",
        "quote_version_ended": f"WHEN ({_ENDED}) ", "quote_version_kept": "WHEN (OLD.pdf IS NOT NULL) ",
    }  # fmt: skip
    triggers = [
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW {when.get(name, '')}"
        f"EXECUTE FUNCTION {'desk_issued' if name in when else 'desk_issued_line'}()"
        for name, (table, act) in _ON_ISSUED.items()
    ]
    return [_ISSUED_FUNCTION, _LINES_FUNCTION, *triggers]


def removals(dialect: str) -> list[str]:
    """The way back."""
    on = "" if dialect == "sqlite" else " ON {table}"
    drops = [f"DROP TRIGGER {name}{on.format(table=table)}" for name, (table, _act) in _ON_ISSUED.items()]
    if dialect == "sqlite":
        return drops
    return [*drops, "DROP FUNCTION desk_issued()", "DROP FUNCTION desk_issued_line()"]

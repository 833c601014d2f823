"""Which store is in use, told without loading any of what reads it."""

from lib.settings import settings

# What `database.use` put on top, the newest last: the address, and the one of the role that owns the tables.
overrides: list[tuple[str, str | None]] = []


def url() -> str:
    """The store in use: the one `use` put on top (tests, command line), else the setting."""
    return overrides[-1][0] if overrides else settings().database_url


def owner_url() -> str | None:
    """The address of the same store for the role that owns its tables; None where it is the desk's own."""
    return overrides[-1][1] if overrides else settings().migrate_url

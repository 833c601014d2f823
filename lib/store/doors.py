"""The two doors: every read is a registered query, every write a registered command.

The register is what the access matrix test walks. A command runs in one transaction with its audit
record; a refused permission is written to the security log. Nothing here knows a wing.
"""

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from lib.access import Viewer, require
from lib.errors import Conflict, DeskError, NotAllowed
from lib.store import chain
from lib.store.database import transaction
from lib.store.standing import renewed

P = ParamSpec("P")
R = TypeVar("R")
log = logging.getLogger("vip_desk.store")
security = logging.getLogger("vip_desk.security")


@dataclass(frozen=True)
class Door:
    """One entry of the register. `subject` names what the first argument after the viewer identifies
    ("account", "quote", …; empty when it takes no row), so that tests can knock with a foreign id."""

    name: str
    kind: Literal["query", "command"]
    permission: str
    subject: str
    call: Callable[..., Any]


REGISTER: dict[str, Door] = {}


def _enter(
    name: str, kind: Literal["query", "command"], permission: str, subject: str, call: Callable
) -> None:
    if name in REGISTER and REGISTER[name].call.__module__ != call.__module__:
        raise ValueError(f"two doors are called {name}")
    REGISTER[name] = Door(name, kind, permission, subject, call)


def _admit(viewer: Viewer, permission: str, name: str) -> None:
    if not isinstance(viewer, Viewer):
        raise TypeError(f"{name} needs a viewer")
    try:
        require(viewer, permission)
    except NotAllowed:
        security.warning("refused person=%s door=%s permission=%s", viewer.person_id, name, permission)
        raise


def query(name: str, *, permission: str, subject: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a read: `fn(viewer, …)`. The body scopes its rows with store.scope."""

    def wrap(fn: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(fn)
        def call(viewer: Viewer, *args: Any, **values: Any) -> R:
            _admit(viewer, permission, name)
            return fn(viewer, *args, **values)

        _enter(name, "query", permission, subject, call)
        return call

    return wrap


def command(name: str, *, permission: str, subject: str = "") -> Callable[[Callable], Callable]:
    """Register a write: the body takes (session, viewer, …), callers call it as (viewer, …).

    The viewer may come from a page drawn a while ago: roles and books are read anew in the transaction.
    Raises NotAllowed, NotFound, Conflict, Invalid; a broken unique constraint is a Conflict, a store that
    cannot be written is DeskError("store_unavailable"). In each case nothing was saved.
    """

    def wrap(fn: Callable) -> Callable:
        @functools.wraps(fn)
        def call(viewer: Viewer, *args: Any, **values: Any) -> Any:
            _admit(viewer, permission, name)
            try:
                with transaction() as session:
                    session.info["command"] = name
                    standing = renewed(session, viewer)
                    _admit(standing, permission, name)
                    return fn(session, standing, *args, **values)
            except IntegrityError as error:
                log.warning("constraint person=%s door=%s", viewer.person_id, name, exc_info=error)
                raise Conflict("already_there") from error
            except OperationalError as error:
                log.error("store door=%s", name, exc_info=error)
                raise DeskError("store_unavailable") from error
            except DeskError as error:
                security.info("refused person=%s door=%s code=%s", viewer.person_id, name, error.code)
                raise

        _enter(name, "command", permission, subject, call)
        return call

    return wrap


def audit(
    session: Session,
    viewer: Viewer,
    table: str,
    row_id: int | None,
    *,
    account_id: int | None = None,
    old: dict | None = None,
    new: dict | None = None,
    reason: str | None = None,
) -> None:
    """Write the audit record of the running command; values must be JSON-ready (use `plain`)."""
    values = {
        "happened_at": viewer.now, "person_id": viewer.person_id, "acting_as": viewer.acting_as,
        "address": viewer.address, "command": session.info.get("command", "?"), "table_name": table,
        "row_id": row_id, "account_id": account_id, "old": plain(old), "new": plain(new), "reason": reason,
    }  # fmt: skip
    chain.note(session, [values])


def try_one(session: Session, act: Callable[[], Any]) -> DeskError | None:
    """One part of a batch under a savepoint: a refusal leaves nothing of it, its record included, and is
    given back; the rest of the transaction goes on."""
    kept = chain.waiting(session)
    try:
        with session.begin_nested():
            act()
    except DeskError as error:
        chain.forget_after(session, kept)
        return error
    return None


def plain(values: dict | None) -> dict | None:
    """Dates, decimals and enums as text, so that a record can be stored as JSON without losing digits."""
    if values is None:
        return None
    simple = (str, int, float, bool, type(None), list, dict)
    return {k: v if type(v) in simple else str(v) for k, v in values.items()}

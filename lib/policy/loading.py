"""Reads versions of the policy for the queries of this wing."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.policy.commands import entries
from lib.store.models import Person, PolicyVersion


def read_versions(connection: Connection, name: str | None = None) -> list[Any]:
    """All versions, oldest first, with the author's names; only of documents the catalogue describes."""
    statement = (
        select(PolicyVersion.name, PolicyVersion.number, PolicyVersion.body, PolicyVersion.valid_from,
               PolicyVersion.recorded_at, PolicyVersion.reason, PolicyVersion.feedback,
               Person.name.label("person"), Person.name_zh)
        .outerjoin(Person, Person.id == PolicyVersion.person_id)
        .where(PolicyVersion.name.in_([name] if name else list(entries())))
        .order_by(PolicyVersion.name, PolicyVersion.number)
    )  # fmt: skip
    return list(connection.execute(statement))


def documents(connection: Connection, day: date) -> dict[str, dict[str, Any]]:
    """Every document as it holds on a day, by name."""
    return {row.name: row.body for row in read_versions(connection) if row.valid_from <= day}


def author(viewer: Viewer, row: Any) -> str:
    """Who made a version, in the viewer's language; empty for what was shipped."""
    return (row.name_zh if viewer.language == "zh-CN" else None) or row.person or ""

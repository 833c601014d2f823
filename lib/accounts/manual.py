"""Marks of values corrected by hand: they outlive the next import, which only reports its own."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.accounts.fields import FIELDS
from lib.store.models import ManualValue


def mark(
    session: Session, viewer: Viewer, table: str, row_id: int, *, old: dict[str, Any], new: dict[str, Any]
) -> None:
    """Mark the changed fields of an imported row. The first mark keeps what the import held; a value set
    back to what the import says needs no mark and loses it."""
    marks = select(ManualValue).where(
        ManualValue.table_name == table, ManualValue.row_id == row_id, ManualValue.field.in_(list(new))
    )
    held = {found.field: found for found in session.execute(marks).scalars()}
    for name, value in new.items():
        known = held.get(name)
        imported = known.imported_text if known else text(old[name])
        if text(value) == imported:
            if known:
                session.delete(known)
            continue
        if known is None:
            known = ManualValue(table_name=table, row_id=row_id, field=name, imported_text=imported)
        known.person_id, known.set_at = viewer.person_id, viewer.now
        session.add(known)


def text(value: Any) -> str | None:
    """A stored value as the text a mark keeps."""
    return None if value is None else str(value)


def typed(table: str, name: str, value: Any) -> Any:
    """A value as the audit record keeps it (days are text there), back as the column takes it."""
    days = {field.name for field in FIELDS[table] if field.kind == "day"}
    return date.fromisoformat(value) if name in days and isinstance(value, str) else value

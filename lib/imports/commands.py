"""Keeping a mapping under a name."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Invalid
from lib.imports.fields import Field, Type
from lib.imports.intake import Bad, Formats, type_column
from lib.imports.kinds import KINDS
from lib.imports.mapping import plan_from
from lib.store.doors import audit, command
from lib.store.models import ImportPreset

_NAME = Field("name", Type.TEXT, required=True, longest=64)


@command("imports.save_preset", permission="import.run")
def save_preset(session: Session, viewer: Viewer, kind: str, name: str, mapping: dict[str, Any]) -> int:
    """Keep a mapping; an earlier one of the same name and kind is replaced, and the record keeps both.

    Raises Invalid for a name that is empty, too long or not printable, and for a mapping that says things
    a mapping has no place for.
    """
    if kind not in KINDS:
        raise Invalid("import_kind_unknown", kind=kind, kinds=", ".join(KINDS))
    values, bad, _ = type_column(_NAME, [name], Formats())
    if bad or values[0] is None:
        raise Invalid("import_preset_name", limit=_NAME.longest, reason=bad.get(0, Bad("missing")).code)
    body = plan_from(KINDS[kind], mapping).to_dict()
    known = session.execute(
        select(ImportPreset)
        .where(ImportPreset.name == values[0], ImportPreset.kind == kind)
        .with_for_update()
    ).scalar()
    old = known and dict(known.mapping)
    row = known or ImportPreset(name=values[0], kind=kind, mapping=body, saved_by=viewer.person_id,
                                saved_at=viewer.now)  # fmt: skip
    row.mapping, row.saved_by, row.saved_at = body, viewer.person_id, viewer.now
    row.version = row.version + 1 if known else 1
    session.add(row)
    session.flush()
    audit(session, viewer, "import_preset", row.id, old=old and {"mapping": old}, new={"mapping": body})
    return row.id

"""Import runs, their problems and differences, and saved column mappings."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, refers, row_id


class ImportRun(Table, table=True):
    """One accepted import. read = stored + changed + unchanged + reported + blank."""

    __tablename__ = "import_run"

    id: int | None = row_id()
    kind: str = Field(max_length=32)
    file_name: str = Field(max_length=255)
    file_sha256: str = Field(max_length=64)
    preset: str | None = Field(default=None, max_length=64)
    person_id: int = refers("person.id", index=False)
    imported_at: datetime = instant(index=True)
    rows_read: int
    rows_stored: int
    rows_changed: int
    rows_unchanged: int
    rows_reported: int
    rows_blank: int
    warnings: int = 0


class ImportProblem(Table, table=True):
    """A row (or cell) that was not taken, or taken with a remark; severity error or warning."""

    __tablename__ = "import_problem"

    id: int | None = row_id()
    run_id: int = refers("import_run.id")
    line: int
    field: str | None = Field(default=None, max_length=255)
    code: str = Field(max_length=64)
    value: str | None = Field(default=None, max_length=255)
    severity: str = Field(default="error", max_length=8)
    details: dict | None = json(default=None)


class ImportPreset(Versioned, Table, table=True):
    """A named column mapping for one kind of file."""

    __tablename__ = "import_preset"
    __table_args__ = (UniqueConstraint("name", "kind"),)

    id: int | None = row_id()
    name: str = Field(max_length=64)
    kind: str = Field(max_length=32)
    mapping: dict = json()
    saved_by: int = refers("person.id", index=False)
    saved_at: datetime = instant()

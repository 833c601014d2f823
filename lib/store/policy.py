"""Policy documents in the store: shipped defaults become version 1, changes the next ones.

Decimals are kept as text ("0.20"); the rules that need them make Decimals of them.
"""

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select, true
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.settings import ROOT
from lib.store.database import read_one
from lib.store.models import PolicyVersion

FOLDER = ROOT / "data" / "policy"
CATALOGUE = FOLDER / "catalogue.toml"  # what each value means; not a document itself
LONG_AGO = date(2000, 1, 1)


def shipped(folder: Path = FOLDER) -> dict[str, dict[str, Any]]:
    """Every shipped document by name (the file's stem); price books are catalogue data, not policy."""
    other = ("pricebook-", CATALOGUE.stem)
    found = sorted(p for p in folder.glob("*.toml") if not p.stem.startswith(other))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in found}


@cache
def catalogue() -> dict[str, dict[str, dict[str, Any]]]:
    """What each value of each document is: {document: {path: kind, unit, bounds, source, words}}."""
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


def seed(session: Session, now: datetime) -> int:
    """Store version 1 of every shipped document the store does not know yet; how many were added.

    Tables a document gained since get their shipped values in every stored version: nobody ever set them.
    Tables it lost since leave every version: nothing reads them, and no version with them could be saved.
    """
    ours, known = shipped(), set()
    for version in session.execute(select(PolicyVersion)).scalars():
        known.add(version.name)
        held = ours.get(version.name, version.body)
        if held.keys() != version.body.keys():
            version.body = held | {k: v for k, v in version.body.items() if k in held}
    missing = {name: body for name, body in ours.items() if name not in known}
    for name, body in missing.items():
        session.add(PolicyVersion(name=name, number=1, body=body, valid_from=LONG_AGO, recorded_at=now))
    return len(missing)


def values(
    name: str, on: date, connection: Connection | Session | None = None, known_at: datetime | None = None
) -> dict[str, Any]:
    """The document that holds on a day; with `known_at` as it was known then, whatever was stored later.

    Raises KeyError for a name nobody ever stored.
    """
    known = or_(PolicyVersion.number == 1, PolicyVersion.recorded_at <= known_at) if known_at else true()
    statement = (
        select(PolicyVersion.body)
        .where(PolicyVersion.name == name, PolicyVersion.valid_from <= on, known)
        .order_by(PolicyVersion.number.desc())
        .limit(1)
    )
    row = read_one(statement, connection)
    if row is None:
        raise KeyError(f"no policy document {name}")
    return dict(row[0])

"""Playbooks in the store: shipped ones become version 1, what people publish the next numbers."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.playbooks import plan
from lib.playbooks.plan import Figure, Playbook
from lib.policy.rules import flatten
from lib.settings import ROOT
from lib.store import policy
from lib.store.doors import audit
from lib.store.models import PlaybookVersion

FOLDER = ROOT / "data" / "playbooks"


def shipped() -> dict[str, dict[str, Any]]:
    """Every shipped playbook by its code (the file's stem)."""
    return {p.stem: tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(FOLDER.glob("*.toml"))}


def seed(session: Session, now: datetime) -> int:
    """Store version 1 of every shipped playbook the store does not know yet; how many were added."""
    known = set(session.execute(select(PlaybookVersion.code)).scalars())
    missing = {code: body for code, body in shipped().items() if code not in known}
    for code, body in missing.items():
        session.add(PlaybookVersion(code=code, number=1, body=body, published_at=now))
    return len(missing)


def figures(on: date, source: Connection | Session | None = None) -> Figure:
    """Numbers of the policy by document and path, as a playbook names them: `vip.onboarding.days`."""
    held = {
        name: flatten(policy.values(name, on, source), named=True)
        for name in ("vip", "training", "offers", "lifecycle", "playbooks")
    }

    def figure(path: str) -> Any:
        document, _, inside = path.partition(".")
        return held[document][inside]

    return figure


def current(source: Connection | Session, figure: Figure) -> dict[str, tuple[int, Playbook]]:
    """code -> number and playbook of every newest version, switched-off ones included."""
    v = PlaybookVersion
    newest = select(v.code, func.max(v.number).label("number")).group_by(v.code).subquery()
    rows = source.execute(
        select(v.code, v.number, v.body)
        .join(newest, (newest.c.code == v.code) & (newest.c.number == v.number))
        .order_by(v.code)
    )
    return {row.code: (row.number, plan.read(row.code, row.body, figure)) for row in rows}


class Versions:
    """Versions by code and number, each read once."""

    def __init__(self, source: Connection | Session, figure: Figure) -> None:
        self._source, self._figure = source, figure
        self._known: dict[tuple[str, int], Playbook] = {}

    def get(self, code: str, number: int) -> Playbook:
        if not self._known:
            v = PlaybookVersion
            for row in self._source.execute(select(v.code, v.number, v.body)):
                self._known[row.code, row.number] = plan.read(row.code, row.body, self._figure)
        return self._known[code, number]


def publish(
    session: Session, viewer: Viewer, code: str, number: int, body: Mapping[str, Any], reason: str | None
) -> int:
    """Store the next version; its number."""
    row = PlaybookVersion(code=code, number=number, body=dict(body), author_id=viewer.person_id,
                          published_at=viewer.now, reason=reason)  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "playbook_version", row.id, new={"code": code, "number": number}, reason=reason)
    return number

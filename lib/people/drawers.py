"""What each form of the people page asks for, and the command that takes the answer; nothing is drawn."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from lib.access import Viewer
from lib.accounts.fields import WHY, Field, Sheet
from lib.people import fields, phrases, queries, roles, staff, standins
from lib.people.queries import PersonView
from lib.people.rules import HAND_ROLES, MAPPED

Raw = dict[str, Any]


def add(viewer: Viewer, key: str) -> Sheet:
    def act(raw: Raw) -> int:
        role, lead = raw.pop("role"), _id(raw.pop("lead"))
        return staff.add(viewer, key, raw, [role] if role else [], lead)

    lead, names = _people("lead", queries.names(viewer))
    role = Field("role", "choice", choices=tuple(map(str, HAND_ROLES)))
    words = names | _role_words(viewer)
    start = {"language": viewer.language}
    return Sheet("people-add", "people-added", (*fields.PERSON, lead, role), start, act, words)


def edit(viewer: Viewer, person: PersonView) -> Sheet:
    def act(raw: Raw) -> int:
        lead = _id(raw.pop("lead"))
        return staff.edit(viewer, person.id, person.version, raw, lead)

    others = {i: name for i, name in queries.names(viewer).items() if i != person.id}
    if person.lead_id is not None:
        others.setdefault(person.lead_id, person.lead or "")
    lead, names = _people("lead", others)
    start = person.values | {"lead": str(person.lead_id)}
    return Sheet("people-edit", "people-saved", (*fields.PERSON, lead), start, act, names)


def give_role(viewer: Viewer, person: PersonView) -> Sheet:
    held = {role for role, origins in person.roles.items() if set(origins) != {MAPPED}}
    open_ones = tuple(str(role) for role in HAND_ROLES if str(role) not in held)
    role = Field("role", "choice", required=True, choices=open_ones)
    return Sheet(
        "people-give-role", "people-role-given", (role,), {},
        lambda raw: roles.give_role(viewer, person.id, person.version, raw["role"]), _role_words(viewer),
    )  # fmt: skip


def link(viewer: Viewer, person: PersonView) -> Sheet:
    """For a waiting person: whose record is theirs."""

    def act(raw: Raw) -> int:
        target = queries.person(viewer, int(raw["record"]))
        return staff.link(viewer, target.id, target.version, person.id)

    rows = queries.listed(viewer)
    known = {int(r.id): str(r.name) for r in rows.itertuples() if r.state != "waiting"}
    record, names = _people("record", known, required=True)
    return Sheet("people-link", "people-linked", (record,), {}, act, names)


def stand_in(viewer: Viewer, person_id: int, key: str) -> Sheet:
    """For the viewer's own book, or for somebody who reports to them."""

    def act(raw: Raw) -> int:
        start, last = raw["starts_on"], raw["last_day"]
        ends = last + timedelta(days=1) if last else last
        given = (int(raw["colleague"]), start, ends, raw["reason"], key)
        if person_id == viewer.person_id:
            return standins.lend_own(viewer, *given)
        return standins.lend_for(viewer, person_id, *given)

    found = standins.possible(viewer)
    others = {int(r.id): str(r.name) for r in found.itertuples() if int(r.id) != person_id}
    colleague, names = _people("colleague", others, required=True)
    asked = (colleague, Field("starts_on", "day"), Field("last_day", "day"), WHY)
    start = {"starts_on": viewer.today, "last_day": viewer.today + timedelta(days=6)}
    return Sheet("people-stand-in", "people-stand-in-set", asked, start, act, names)


def _id(code: str | None) -> int | None:
    return None if code is None else int(code)


def _people(name: str, people: Mapping[int, str], *, required: bool = False) -> tuple[Field, dict[str, str]]:
    """A choice of people and the names of its codes."""
    names = {str(i): told for i, told in people.items()}
    return Field(name, "choice", required=required, choices=tuple(names)), names


def _role_words(viewer: Viewer) -> dict[str, str]:
    return {str(role): phrases.role_name(str(role), viewer.language) for role in HAND_ROLES}

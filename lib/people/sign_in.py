"""Signing in with the company's provider: from an ID token's claims to a viewer, and out again.

It writes before there is a viewer with a permission, so it goes round the register of commands: the claims
come signed from the provider and nowhere else.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.people import claims as tokens
from lib.people.admins import active_admins
from lib.people.claims import Claims
from lib.people.identity import viewer_of
from lib.settings import settings
from lib.store.database import reading, transaction
from lib.store.doors import audit
from lib.store.models import Person, PersonRole, SignIn
from lib.store.standing import good

MAPPED, SETTING = "mapped", "setting"
SEEN_EVERY = timedelta(minutes=1)  # how exactly idleness is measured: a click a minute writes, the others not
AHEAD = timedelta(minutes=5)  # a provider's clock may run a little ahead
security = logging.getLogger("vip_desk.security")
Why = Literal["in", "expired", "switched_off", "no_role"]


@dataclass(frozen=True)
class Admission:
    """Whether somebody with a token is in, and why not. `viewer` is there only when they are."""

    why: Why
    viewer: Viewer | None = None
    name: str | None = None
    sign_in_id: int | None = None
    person_id: int | None = None


def admit(claims: Mapping[str, Any], now: datetime, address: str | None) -> Admission:
    """The viewer behind an ID token's claims, read from the store alone; the first time it also writes.

    The first time: the person by (issuer, subject), else the one record with the same verified e-mail
    address and no identity yet, else a new one; the roles the groups are mapped to; the sign-in.
    """
    said = tokens.read(claims, settings().oidc_groups_claim)
    if said is None:
        return Admission("expired")
    found = _known(said.digest)
    if found is None:
        if not _is_fresh(said, now):
            return Admission("expired", name=said.name)
        try:
            refused = _first_time(said, now, address)
        except IntegrityError:
            refused = None  # another tab with the same token was quicker
        if refused:
            return Admission(refused, name=said.name)
        found = _known(said.digest)
    if found is None or not found.active:
        return Admission("switched_off" if found else "expired", name=said.name)
    viewer = viewer_of(found.person_id, now, address=address, sign_in_id=found.id)
    if viewer is None:
        return Admission("expired", name=said.name)
    if now - found.seen_at >= SEEN_EVERY:
        _seen(found.id, now)
    if not viewer.roles:
        return Admission("no_role", None, viewer.name, found.id, found.person_id)
    return Admission("in", viewer, viewer.name, found.id, found.person_id)


def still_in(claims: Mapping[str, Any], now: datetime) -> bool:
    """Whether the token behind a cookie is one of an active person whose sign-in holds; reads only."""
    said = tokens.read(claims, settings().oidc_groups_claim)
    if said is None:
        return False
    holds = select(SignIn.id).join(Person, Person.id == SignIn.person_id)
    holds = holds.where(SignIn.digest == said.digest, Person.active, good(now))
    with reading() as connection:
        return connection.execute(holds).first() is not None


def sign_out(admission: Admission, now: datetime, address: str | None) -> None:
    """End a sign-in for good: a copied cookie is worth nothing afterwards."""
    if admission.sign_in_id is None or admission.person_id is None:
        return
    with transaction() as session:
        session.info["command"] = "people.sign_out"
        ended = update(SignIn).where(SignIn.id == admission.sign_in_id, SignIn.ended_at.is_(None))
        if session.execute(ended.values(ended_at=now, ended_by="person")).rowcount:
            who = _bare_viewer(admission.person_id, now, address)
            audit(session, who, "sign_in", admission.sign_in_id, new={"ended": True})


def _known(digest: str):  # noqa: ANN202 - a Row or None
    with reading() as connection:
        return connection.execute(
            select(SignIn.id, SignIn.person_id, SignIn.seen_at, Person.active)
            .join(Person, Person.id == SignIn.person_id)
            .where(SignIn.digest == digest)
        ).first()


def _is_fresh(said: Claims, now: datetime) -> bool:
    """A token nobody used until now counts as idle since it was issued."""
    limits = settings()
    longest = min(timedelta(hours=limits.session_hours), timedelta(minutes=limits.session_idle_minutes))
    return now - longest < said.issued_at <= now + AHEAD


def _first_time(said: Claims, now: datetime, address: str | None) -> Why | None:
    """Write what a new token brings. Why not, and nothing written, for somebody switched off, or with a
    token from before an admin ended their sign-ins."""
    with transaction() as session:
        session.info["command"] = "people.sign_in"
        person = _person_of(session, said, now, address)
        late = person.valid_after is not None and said.issued_at < person.valid_after
        if late or not person.active:
            security.warning("refused sign-in of person=%s", person.id)
            return "expired" if person.active else "switched_off"
        who = _bare_viewer(person.id, now, address)
        _follow_groups(session, who, person, said)
        if tokens.is_first_admin(said, settings().first_admin) and not active_admins(session):
            session.add(PersonRole(person_id=person.id, role=Role.ADMIN, origin=SETTING))
            audit(session, who, "person_role", person.id, new={"role": Role.ADMIN, "origin": SETTING})
        if person.verified_email != said.email:
            audit(session, who, "person", person.id, old={"verified_email": person.verified_email},
                  new={"verified_email": said.email})  # fmt: skip
            person.verified_email = said.email
        person.signed_in_at = now
        person.version += 1
        made = SignIn(person_id=person.id, digest=said.digest, started_at=min(said.issued_at, now),
                      seen_at=now, address=address)  # fmt: skip
        session.add(made)
        session.flush()
        audit(session, who, "sign_in", made.id, new={"person_id": person.id, "issuer": said.issuer})
    security.info("sign-in of person=%s", person.id)
    return None


def _person_of(session: Session, said: Claims, now: datetime, address: str | None) -> Person:
    known = select(Person).where(Person.issuer == said.issuer, Person.subject == said.subject)
    person = session.execute(known.with_for_update()).scalars().first()
    if person is not None:
        return person
    person = _by_email(session, said) or Person(
        external_id=f"{said.issuer}#{said.subject}"[-255:], name=said.name, email=said.email,
        language=said.language, created_at=now,
    )  # fmt: skip
    is_new = person.id is None
    person.issuer, person.subject = said.issuer, said.subject
    session.add(person)
    session.flush()
    linked = {"issuer": said.issuer, "subject": said.subject}
    who = _bare_viewer(person.id, now, address)
    audit(session, who, "person", person.id, new=linked | ({"name": said.name} if is_new else {}))
    return person


def _by_email(session: Session, said: Claims) -> Person | None:
    """The one record prepared for this person; two with the same address are an admin's to sort out."""
    if said.email is None:
        return None
    same = select(Person).where(func.lower(Person.email) == said.email, Person.issuer.is_(None))
    found = session.execute(same.with_for_update()).scalars().all()
    return found[0] if len(found) == 1 else None


def _follow_groups(session: Session, who: Viewer, person: Person, said: Claims) -> None:
    """Make the mapped roles what the groups say now; roles from elsewhere stay."""
    if not settings().oidc_roles:
        return
    wanted = tokens.mapped_roles(said.groups, settings().oidc_roles)
    mapped = select(PersonRole.role).where(PersonRole.person_id == person.id, PersonRole.origin == MAPPED)
    held = frozenset(Role(role) for role in session.execute(mapped).scalars())
    if Role.ADMIN in held - wanted and active_admins(session) == {person.id}:
        by_hand = select(PersonRole.id).where(
            PersonRole.person_id == person.id, PersonRole.role == Role.ADMIN, PersonRole.origin != MAPPED
        )
        if session.execute(by_hand).first() is None:
            security.warning("the groups of person=%s name no admin; kept as the last one", person.id)
            wanted |= {Role.ADMIN}
    if held == wanted:
        return
    table = PersonRole.__table__
    gone = delete(table).where(table.c.person_id == person.id, table.c.origin == MAPPED)
    session.execute(gone.where(table.c.role.in_(sorted(held - wanted))))
    if more := sorted(wanted - held):
        rows = [{"person_id": person.id, "role": role, "origin": MAPPED} for role in more]
        session.execute(insert(table), rows)
    old, new = {"mapped": sorted(held)}, {"mapped": sorted(wanted)}
    audit(session, who, "person_role", person.id, old=old, new=new)


def _seen(sign_in_id: int, now: datetime) -> None:
    with transaction() as session:
        later = update(SignIn).where(SignIn.id == sign_in_id, SignIn.seen_at < now, SignIn.ended_at.is_(None))
        session.execute(later.values(seen_at=now))


def _bare_viewer(person_id: int, now: datetime, address: str | None) -> Viewer:
    """Who the audit names for what signing in itself writes."""
    return Viewer(person_id=person_id, name="", roles=frozenset(), now=now, address=address)


__all__ = ["Admission", "admit", "sign_out", "still_in"]

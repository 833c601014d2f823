"""Which accounts lack an owner or a backup: one clause for the people's page, the lead's list and the day."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, or_, select

from lib.access import DUTY_ROLES
from lib.store.models import Account, Assignment, Person, PersonRole


def fit(duty: str) -> Subquery:
    """account_id, person_id, name, name_zh: who really holds the duty: active, with a role that fits."""
    roles = select(PersonRole.person_id).where(PersonRole.role.in_(sorted(map(str, DUTY_ROLES[duty]))))
    return (
        select(Assignment.account_id, Assignment.person_id, Person.name, Person.name_zh)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.until.is_(None), Assignment.duty == duty, Person.active, Person.id.in_(roles))
        .subquery(duty)
    )


def lacking(owner: Subquery, backup: Subquery, named_tiers: Sequence[str] = ()) -> list[ColumnElement[bool]]:
    """VIP accounts without an owner or a backup, and accounts of a tier that must have a named owner without
    one; those that left need nobody. For a select over Account with both outer joined."""
    vip = and_(Account.is_vip, or_(owner.c.account_id.is_(None), backup.c.account_id.is_(None)))
    if named_tiers:
        named = and_(func.lower(Account.tier).in_(list(named_tiers)), owner.c.account_id.is_(None))
        vip = or_(vip, named)
    return [vip, Account.status != "churned"]


def unheld() -> ColumnElement[bool]:
    """True for accounts nobody active owns or backs up: they stand in every lead's list."""
    held = (
        exists()
        .where(Assignment.account_id == Account.id, Assignment.until.is_(None))
        .where(Assignment.duty.in_(["owner", "backup"]), Assignment.person_id == Person.id, Person.active)
    )
    return ~held.correlate(Account)

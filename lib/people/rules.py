"""What may be done to people's records, decided from values alone."""

from collections.abc import Mapping
from datetime import date

from lib.access import Role
from lib.errors import Conflict, Invalid

MAPPED = "mapped"  # the origin of a role that follows the provider's groups
HAND_ROLES = tuple(role for role in Role if role is not Role.TECHNICAL)
STAND_INS = frozenset({Role.ACCOUNT_MANAGER, Role.TEAM_LEAD, Role.SALES, Role.ADMIN})


def check_role(role: str) -> Role:
    """A role that may be given by hand. Raises Invalid for any other."""
    if role not in set(map(str, HAND_ROLES)):
        raise Invalid("person_role_unknown", role=str(role)[:40])
    return Role(role)


def check_lead(person_id: int, lead_id: int | None, leads: Mapping[int, int | None]) -> None:
    """`leads` is everybody's lead before the change. Raises Invalid("lead_loop") when the new lead reports,
    over however many steps, to the person."""
    step, seen = lead_id, set()
    while step is not None and step not in seen:
        if step == person_id:
            raise Invalid("lead_loop")
        seen.add(step)
        step = leads.get(step)


def check_stand_in(
    from_id: int, to_id: int, starts_on: date, ends_on: date, today: date, longest_days: int
) -> None:
    """Two people, a period that is not over and not too long; `ends_on` is exclusive. Raises Invalid."""
    if from_id == to_id:
        raise Invalid("stand_in_self")
    if not (type(starts_on) is type(ends_on) is date):
        raise Invalid("stand_in_days")
    if starts_on < today or ends_on <= today:
        raise Invalid("stand_in_past")
    if ends_on <= starts_on:
        raise Invalid("stand_in_days")
    if (ends_on - starts_on).days > longest_days:
        raise Invalid("stand_in_too_long", days=longest_days)


def check_others(admins: set[int], losing: int) -> None:
    """Raises Conflict("last_admin") when nobody but the one who loses the role, or the desk, is left."""
    if losing in admins and not admins - {losing}:
        raise Conflict("last_admin")

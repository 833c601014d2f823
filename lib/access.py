"""Who may do what: roles, permissions and the viewer, pure values."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from lib.errors import NotAllowed


class Role(StrEnum):
    ACCOUNT_MANAGER = "account_manager"
    TEAM_LEAD = "team_lead"  # an account manager who also sees the books of those who report to them
    SALES = "sales"
    LEADERSHIP = "leadership"
    APPROVER_1 = "approver_1"  # decides on quotes up to the limits of level 1; beside any other role
    APPROVER_2 = "approver_2"
    APPROVER_3 = "approver_3"
    ADMIN = "admin"
    TECHNICAL = "technical"  # the command line: imports, days, backups; never approves or sends


_READ = frozenset(
    {"account.read", "alert.read", "renewal.read", "note.read", "quote.read", "today.read", "activity.read",
     "team.read", "request.write"}
)  # fmt: skip
_CARE = frozenset(
    {"account.write", "contact.write", "contract.write", "alert.work", "renewal.move", "note.write",
     "promise.write", "touch.write", "task.write"}
)  # fmt: skip
_SELL = frozenset({"quote.write", "quote.submit", "quote.issue", "compliance.mark"})
_RUN = frozenset({"import.read", "import.run", "day.run", "store.backup", "policy.read", "export.run"})
_REVIEW = frozenset({"compliance.mark", "compliance.review"})  # red flags: set them, decide about them

_MANAGE = _READ | _CARE | _SELL | {"kpi.read", "export.run", "policy.read", "book.lend"}
# Who decides on a quote reads the account it is for, whole: its alerts, renewals and talks too.
_APPROVE = _READ | {"quote.approve", "account.all", "policy.read", "cost.read"}

# What each role may do. `account.all` opens every book; without it the rows follow store.scope.
GRANTS: dict[Role, frozenset[str]] = {
    Role.ACCOUNT_MANAGER: _MANAGE,
    Role.TEAM_LEAD: _MANAGE | {"book.delegate", "book.hand_over", "person.read", "playbook.write",
                               "team.keep", "quote.accept_late", "offer.keep"},
    Role.SALES: _READ | _SELL | {"note.write", "promise.write", "touch.write", "contact.write", "task.write",
                                 "renewal.move", "kpi.read", "export.run", "policy.read", "cost.read",
                                 "book.lend"},
    Role.LEADERSHIP: _READ | {"kpi.read", "quote.approve", "cost.read", "export.run", "policy.read",
                              "note.write", "promise.write", "task.write", "renewal.move", "account.all",
                              "audit.read", "account.block", "team.keep", "quote.accept_late",
                              "price.agree", "offer.keep"} | _REVIEW,
    Role.APPROVER_1: _APPROVE,
    Role.APPROVER_2: _APPROVE,
    Role.APPROVER_3: _APPROVE | _REVIEW | {"price.agree"},
    Role.ADMIN: _READ | _CARE | _RUN | _REVIEW | {"account.block", "kpi.read", "account.all", "person.read",
                                                  "person.write", "policy.write", "audit.read", "cost.read",
                                                  "book.delegate", "contact.erase", "book.lend",
                                                  "book.hand_over", "person.keep", "playbook.write",
                                                  "team.keep", "channel.manage", "price.agree", "offer.keep"},
    Role.TECHNICAL: _RUN | {"account.read", "account.all", "alert.read", "renewal.read", "quote.read",
                            "kpi.read", "activity.read", "note.read", "today.read", "audit.read",
                            "person.read", "person.keep"},
}  # fmt: skip

# Whose role fits a duty on an account; an admin may hold one for a while.
DUTY_ROLES: dict[str, frozenset[Role]] = {
    "owner": frozenset({Role.ACCOUNT_MANAGER, Role.TEAM_LEAD, Role.ADMIN}),
    "backup": frozenset({Role.ACCOUNT_MANAGER, Role.TEAM_LEAD, Role.ADMIN}),
    "sales": frozenset({Role.SALES, Role.ACCOUNT_MANAGER, Role.TEAM_LEAD, Role.ADMIN}),
}

PERMISSIONS: frozenset[str] = frozenset().union(*GRANTS.values())


@dataclass(frozen=True)
class Viewer:
    """Who looks, and when. Built by the roof alone, once a run; never from a parameter or a widget.

    `now` is aware UTC; `today` is the company's calendar day in `zone`. Clock times are shown in
    `clock_zone`, the person's own. `books` are the people whose accounts the viewer sees beside their own:
    those who report to a team lead, and those they stand in for today. `address` is where the request came
    from; `acting_as` names the operating-system user behind the technical person of the command line.
    """

    person_id: int
    name: str
    roles: frozenset[Role]
    now: datetime
    language: str = "en"
    zone: str = "Asia/Shanghai"
    acting_as: str | None = None
    own_zone: str | None = None
    currency: str | None = None
    address: str | None = None
    sign_in_id: int | None = None
    books: frozenset[int] = frozenset()
    permissions: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("Viewer.now must be aware")
        granted = frozenset().union(*(GRANTS[role] for role in self.roles)) if self.roles else frozenset()
        object.__setattr__(self, "permissions", granted)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def clock_zone(self) -> str:
        return self.own_zone or self.zone

    def may(self, permission: str) -> bool:
        return permission in self.permissions


def require(viewer: Viewer, permission: str) -> None:
    """Raises NotAllowed when no role of the viewer grants the permission."""
    if permission not in PERMISSIONS:
        raise KeyError(f"unknown permission {permission}")
    if not viewer.may(permission):
        raise NotAllowed("not_allowed", permission=permission)


def at_utc(moment: datetime) -> datetime:
    """The same instant in UTC; naive values are refused, because their zone would be a guess."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return moment.astimezone(UTC)

"""What an entry of the record is about: its kind, its fields, and who may read which of them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

KINDS = (
    "create", "change", "approval", "export", "import", "sign-in", "cost-read", "policy", "people",
    "personal", "day", "keeping",
)  # fmt: skip
# Commands that are none: written by the desk itself, on the way of a read or of the command line.
BESIDE = (
    "costs.read", "store.restore", "people.sign_in", "people.sign_out", "renewals.open_due", "demo.fill",
)  # fmt: skip
_SPECIAL = {
    "costs.read": "cost-read", "audit.record_export": "export", "audit.record_paper": "export",
    "audit.export_contact": "personal", "audit.erase_contact": "personal", "audit.seal": "keeping",
    "audit.record_backup": "keeping", "store.restore": "keeping", "imports.run": "import",
    "imports.save_preset": "import", "quotes.review_fit": "change", "people.end_sign_ins": "sign-in",
    "people.sign_in": "sign-in", "people.sign_out": "sign-in", "notices.choose": "people",
    "notices.record_calendar": "export",
}  # fmt: skip
_APPROVING = ("approve", "decide", "reject", "refuse", "review")
_CREATING = ("create", "add", "write", "make", "log", "copy", "amend", "publish", "open", "ask", "request")

# Who reads entries about a table must hold its permission; what is not named here is the auditors' own.
NEEDS = {
    "account": "account.read", "assignment": "account.read", "contact": "account.read",
    "contract": "account.read", "subscription": "account.read", "opportunity": "account.read",
    "account_rule": "account.read", "service_case": "account.read", "survey": "account.read",
    "churn_event": "account.read", "seat_user": "account.read", "invoice": "account.read",
    "payment": "account.read", "churn_alert": "alert.read", "renewal": "renewal.read", "note": "note.read",
    "note_amendment": "note.read", "touch": "note.read", "promise": "note.read", "task": "today.read",
    **dict.fromkeys(
        ("entitlement", "integration", "department", "customer_goal", "roadmap_request", "referral",
         "team_role", "account_profile", "account_tag"), "account.read",
    ), "meeting": "note.read",
    "quote": "quote.read", "quote_version": "quote.read", "compliance_review": "quote.read",
    **dict.fromkeys(("quote_event", "quote_evidence", "quote_mail", "contracted_price"), "quote.read"),
    **dict.fromkeys(("suggestion", "rival_suppliers", "loss_reason"), "account.read"),
    **dict.fromkeys(("subscription_change", "outage", "term_extension"), "account.read"),
    "vip_proposal": "account.read", "vip_membership": "account.read", "vip_profile": "account.read",
    **dict.fromkeys(("vip_event", "event_guest"), "account.read"), "volume_deal": "quote.read",
    **dict.fromkeys(("promo_window", "promo_claim", "rival_promo", "quote_concession"), "quote.read"),
    **dict.fromkeys(("benefit", "benefit_problem", "arr_movement", "right_grant"), "account.read"),
    "renewal_payment": "renewal.read", "quote_request": "quote.read", "policy_version": "policy.read",
    "policy_draft": "policy.read", "policy_review": "policy.read",
}  # fmt: skip
PEOPLE = frozenset(
    ("person_id", "owner_id", "backup_id", "manager_id", "from_id", "to_id", "author_id", "edited_by",
     "created_by", "approved_by", "colleague", "lead_id", "by")
)  # fmt: skip
_COSTS = ("cost", "margin")
_TECHNICAL = frozenset(("_version",))


@dataclass(frozen=True)
class Change:
    """One field of an entry; None where that side says nothing of it."""

    field: str
    old: Any
    new: Any


def kind_of(command: str) -> str:
    """One of KINDS for a command's name."""
    if command in _SPECIAL:
        return _SPECIAL[command]
    wing, _, verb = command.partition(".")
    if wing == "policy":
        return "policy"
    if wing in ("people", "access"):
        return "people"
    if wing == "daily":
        return "day"
    if verb.startswith(_APPROVING):
        return "approval"
    return "create" if verb.startswith(_CREATING) else "change"


def of_kind(kind: str, commands: Iterable[str]) -> list[str]:
    """Those commands whose kind it is, with the ones that are no doors."""
    return sorted(c for c in {*commands, *BESIDE} if kind_of(c) == kind)


def is_cost(field: str) -> bool:
    return any(part in field for part in _COSTS)


def changes(old: dict | None, new: dict | None, *, with_costs: bool) -> Iterator[Change]:
    """What an entry says field by field; costs only for those who may see them."""
    before, after = old or {}, new or {}
    for name in dict.fromkeys((*before, *after)):
        if name in _TECHNICAL or (is_cost(name) and name != "cost_shown" and not with_costs):
            continue
        if name in before and name in after and before[name] == after[name]:
            continue
        yield Change(name, before.get(name), after.get(name))


def readable(permissions: Iterable[str]) -> set[str]:
    """The tables whose entries somebody with these permissions may read."""
    held = set(permissions)
    return {table for table, needed in NEEDS.items() if needed in held}

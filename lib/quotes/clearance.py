"""What must be settled before a quote may leave, beside its price: blocks, red flags, tendering, certificate,
promises. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from lib.errors import Invalid
from lib.words import parts

REASON_MAX, PROOF_MAX = 1000, 1000


class Flag(StrEnum):
    """Signs of somebody going round the rules (S0-76, S0-77). Any of them forces a compliance review."""

    BYPASS = "bypass"  # the request went round the account's people to somebody higher
    FALSE_URGENCY = "false_urgency"
    THREAT = "threat"  # threatens to leave
    SKIP_TENDER = "skip_tender"  # asks to do without the tender the customer owes
    PRIVATE_BENEFIT = "private_benefit"  # something for a person, not for the company


class Channel(StrEnum):
    """The way a discount request came."""

    ACCOUNT_MANAGER = "account_manager"
    SALES = "sales"
    LEADERSHIP = "leadership"
    WEBSITE = "website"
    SOCIAL = "social"
    OTHER = "other"


class State(StrEnum):
    OK = "ok"
    WARN = "warn"  # may leave, but somebody should know
    STOP = "stop"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. `code` ends the ids of its sentences, `values` fill them."""

    code: str
    state: State
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """What holds for an account."""

    tender_required: bool = False
    iso27001_required: bool = False
    blocked_on: date | None = None
    blocked_reason: str | None = None
    version: int = 0  # 0: nobody ever set anything


@dataclass(frozen=True)
class Request:
    """What is known of the request behind a quote."""

    owner_id: int
    channel: str | None = None
    flags: tuple[str, ...] = ()
    iso27001_required: bool = False
    tender_proof: str | None = None
    tender_proof_on: date | None = None
    fit_review_on: date | None = None
    promises: tuple[int, ...] = ()
    version: int = 0


@dataclass(frozen=True)
class Review:
    """The last review of a quote's red flags and the flags it looked at."""

    flags: frozenset[str]
    cleared: bool
    reason: str
    person: str


@dataclass(frozen=True)
class Pack:
    """The security and compliance pack: which certificate; its state is valid, soon, expired or missing."""

    name: str
    valid_until: date | None
    state: str


def read_flags(chosen: Iterable[str]) -> list[str]:
    """The flags in the order of `Flag`, each once. Raises Invalid for an unknown one."""
    wanted = set(chosen)
    if wanted - set(Flag):
        raise Invalid("quote_flag_unknown")
    return [str(flag) for flag in Flag if flag in wanted]


def pack_of(policy: Mapping[str, Any], items: Collection[str], required: bool, today: date) -> Pack | None:
    """The pack of a quote with these items; None where neither the product nor the customer asks for one."""
    products = set(parts(policy["pack"]["products"]))
    if not required and not products & set(items):
        return None
    held = policy["certificate"]
    until = date.fromisoformat(held["valid_until"]) if held["valid_until"] else None
    if not held["name"] or until is None:
        return Pack(held["name"], until, "missing")
    if until < today:
        return Pack(held["name"], until, "expired")
    soon = until - timedelta(days=held["warn_days"]) <= today
    return Pack(held["name"], until, "soon" if soon else "valid")


def rights_of(policy: Mapping[str, Any], region: str | None) -> list[dict[str, str]]:
    """The regional rights of an account's region (S2-35): code, en and zh-CN of each; at no price."""
    name = (region or "").casefold().strip()
    return [
        {"code": f"rights_{code}", "en": entry["en"], "zh-CN": entry["zh"]}
        for code, entry in policy["rights"].items()
        if name and name in {part.casefold() for part in parts(entry["matches"])}
    ]


def checks(
    rules: Rules, request: Request, review: Review | None, pack: Pack | None, gaps: Sequence[str],
    loose_promises: int = 0,
) -> list[Check]:  # fmt: skip
    """Everything that is looked at before a quote leaves, in the order it is settled."""
    found = [_block(rules), _flags(request, review)]
    if rules.tender_required:
        proof = bool(request.tender_proof and request.tender_proof_on)
        values = {"proof": request.tender_proof, "on": request.tender_proof_on} if proof else {}
        found.append(Check("tender" if proof else "tender_missing", _state(proof), values))
    if pack is not None:
        state = State.OK if pack.state == "valid" else State.WARN
        found.append(Check(f"pack_{pack.state}", state, {"name": pack.name, "until": pack.valid_until}))
    found += [Check("paper_gap", State.STOP, {"gap": gap}) for gap in gaps] or [Check("paper", State.OK)]
    if loose_promises:
        found.append(Check("promises_loose", State.WARN, {"count": loose_promises}))
    return found


def lead_time(due_on: date, today: date, lead_days: int) -> Check | None:
    """A warning where fewer days are left before the contract ends than an approval needs (S0-79)."""
    left = (due_on - today).days
    return Check("lead_short", State.WARN, {"days": left, "lead": lead_days}) if left < lead_days else None


def _state(fine: bool) -> State:
    return State.OK if fine else State.STOP


def _block(rules: Rules) -> Check:
    if rules.blocked_on is None:
        return Check("open", State.OK)
    return Check("blocked", State.STOP, {"day": rules.blocked_on, "reason": rules.blocked_reason or ""})


def _flags(request: Request, review: Review | None) -> Check:
    """A review holds for the flags it looked at; a flag set afterwards asks for another one."""
    flags = set(request.flags)
    if not flags:
        return Check("no_flags", State.OK)
    values = {"count": len(flags)}
    if review is None or not flags <= review.flags:
        return Check("flags_open", State.STOP, values)
    values |= {"person": review.person, "reason": review.reason}
    return Check("flags_cleared" if review.cleared else "flags_refused", _state(review.cleared), values)


def stop_of(found: Iterable[Check]) -> Check | None:
    """The first thing that stops a quote, or None."""
    return next((check for check in found if check.state is State.STOP), None)


def size_band(seats: int | None, policy: Mapping[str, Any]) -> str | None:
    """small, middle or large by seats; None where nobody knows."""
    if seats is None:
        return None
    if seats < policy["small_below"]:
        return "small"
    return "large" if seats >= policy["large_from"] else "middle"

"""Writes the promo calendar: windows drafted, published and withdrawn, applications, promotions of rivals."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.offers import rules, seasons
from lib.store import outbox, policy, promos
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, AccountSegment, PromoClaim, PromoWindow, RivalPromo
from lib.store.scope import load

TERMS = ("code", "kind", "name_en", "name_zh", "zone", "apply_from", "opens_at", "closes_at", "markets",
         "segments", "tiers", "rate", "items", "gift", "free_months", "budget_minor", "currency",
         "slots")  # fmt: skip
RIVAL = ("rival", "what", "starts_on", "ends_on", "response", "source", "window_id", "status")
WINDOW = "window"  # the kind of notice


@command("offers.add_window", permission="offer.keep")
def add_window(
    session: Session, viewer: Viewer, values: Mapping[str, Any], form_key: str | None = None
) -> int:
    """Draft a window from a form (see rules.check_window); its id. Raises Invalid, Conflict."""
    if earlier := earlier_result(session, viewer, form_key, dict(values)):
        return earlier["id"]
    made = _draft(session, viewer, rules.check_window(values))
    remember(session, viewer, form_key, dict(values), {"id": made})
    return made


@command("offers.change_window", permission="offer.keep")
def change_window(
    session: Session, viewer: Viewer, window_id: int, seen_version: int, values: Mapping[str, Any]
) -> int:
    """Change a draft; its version. What is published keeps its terms. Raises Conflict, Invalid, NotFound."""
    row = _locked(session, window_id, seen_version)
    if row.status != "draft":
        raise Conflict("offer_published")
    new = rules.check_window(values)
    old = {name: getattr(row, name) for name in TERMS}
    for name, value in new.items():
        setattr(row, name, value)
    row.version += 1
    session.flush()
    audit(session, viewer, "promo_window", row.id, old=old, new=new)
    return row.version


@command("offers.prepare_year", permission="offer.keep")
def prepare_year(session: Session, viewer: Viewer) -> int:
    """Draft the windows the policy foresees within a year that are not there yet; how many."""
    have = set(session.execute(select(PromoWindow.code)).scalars())
    season, offers = (policy.values(name, viewer.today, session) for name in ("season", "offers"))
    wanted = seasons.windows_ahead(season, offers, viewer.today, viewer.zone)
    fresh = [values for values in wanted if values["code"] not in have]
    for values in fresh:
        _draft(session, viewer, rules.check_window(values))
    return len(fresh)


@command("offers.publish_window", permission="offer.keep")
def publish_window(session: Session, viewer: Viewer, window_id: int, seen_version: int) -> int:
    """Publish a draft: its terms are fixed, and owners of eligible accounts are told; the version.

    Raises Conflict for one that is published or over, NotFound.
    """
    row = _locked(session, window_id, seen_version)
    if row.status != "draft":
        raise Conflict("offer_published")
    if row.closes_at <= viewer.now:
        raise Conflict("offer_over", offer=row.name_en)
    row.status, row.published_by, row.published_at = "published", viewer.person_id, viewer.now
    row.version += 1
    session.flush()
    audit(session, viewer, "promo_window", row.id, old={"status": "draft"},
          new={"status": "published", "code": row.code})  # fmt: skip
    outbox.put_owners(session, viewer, WINDOW, f"{row.id}", row_id=row.id, accounts=_eligible(row))
    return row.version


@command("offers.withdraw_window", permission="offer.keep")
def withdraw_window(session: Session, viewer: Viewer, window_id: int, seen_version: int, reason: str) -> int:
    """Take a window off the calendar with a reason: from now on nothing of it is offered. Papers that are out
    keep what they say. Raises Conflict, Invalid, NotFound."""
    told = " ".join(reason.split())[: rules.TEXT_MAX]
    if not told:
        raise Invalid("offer_value", field="reason")
    row = _locked(session, window_id, seen_version)
    if row.status == "withdrawn":
        raise Conflict("offer_withdrawn")
    old = {"status": row.status}
    row.status, row.withdrawn_at, row.reason = "withdrawn", viewer.now, told
    row.version += 1
    session.flush()
    audit(session, viewer, "promo_window", row.id, old=old, new={"status": "withdrawn"}, reason=told)
    return row.version


@command("offers.apply", permission="quote.write", subject="account")
def apply(session: Session, viewer: Viewer, account_id: int, window_id: int) -> int:
    """Queue an account for a window, from its early-application date on; the application's id. A second time
    gives the same one. Raises Conflict, Invalid, NotFound."""
    load(session, viewer, Account, account_id)
    found = [row for row in promos.windows(session, viewer.now) if row.id == window_id]
    if not found:
        raise NotFound()
    held = promos.standing(session, account_id) or {}
    rules.may_apply(rules.window_of(found[0]), rules.Customer(**held), viewer.now)
    c = PromoClaim
    row = session.execute(
        select(c).where(c.window_id == window_id, c.account_id == account_id).with_for_update()
    ).scalars().first()  # fmt: skip
    if row is not None and row.status != "withdrawn":
        return row.id
    old = {"status": row.status} if row else None
    if row is None:
        row = c(window_id=window_id, account_id=account_id, applied_at=viewer.now,
                applied_by=viewer.person_id, version=0)  # fmt: skip
        session.add(row)
    row.status, row.applied_at, row.applied_by = "queued", viewer.now, viewer.person_id
    row.version += 1
    session.flush()
    new = {"status": "queued", "window": found[0].code}
    audit(session, viewer, "promo_claim", row.id, account_id=account_id, old=old, new=new)
    return row.id


@command("offers.leave_queue", permission="quote.write", subject="promo_claim")
def leave_queue(session: Session, viewer: Viewer, promo_claim_id: int, seen_version: int) -> None:
    """Take an application back; applying again goes to the end. Raises Conflict once a slot is taken."""
    row = load(session, viewer, PromoClaim, promo_claim_id, seen_version)
    if row.status != "queued":
        raise Conflict("offer_not_queued")
    row.status, row.version = "withdrawn", row.version + 1
    audit(session, viewer, "promo_claim", row.id, account_id=row.account_id, old={"status": "queued"},
          new={"status": "withdrawn"})  # fmt: skip


@command("offers.note_rival", permission="note.write")
def note_rival(
    session: Session, viewer: Viewer, values: Mapping[str, Any], form_key: str | None = None
) -> int:
    """Note a competitor's promotion and the answer prepared for it; its id. Raises Invalid, Conflict."""
    if earlier := earlier_result(session, viewer, form_key, dict(values)):
        return earlier["id"]
    new = rules.check_rival(values)
    row = RivalPromo(noted_by=viewer.person_id, noted_at=viewer.now, **new)
    session.add(row)
    session.flush()
    audit(session, viewer, "rival_promo", row.id, new=new)
    remember(session, viewer, form_key, dict(values), {"id": row.id})
    return row.id


@command("offers.answer_rival", permission="note.write")
def answer_rival(
    session: Session, viewer: Viewer, rival_id: int, seen_version: int, status: str, response: str
) -> None:
    """Say what was done about a rival's promotion, or that it is over. Raises Invalid, Conflict, NotFound."""
    told = response.strip()[: rules.TEXT_MAX]
    if status not in rules.RIVAL_STATES or (status == "answered" and not told):
        raise Invalid("offer_value", field="response")
    found = select(RivalPromo).where(RivalPromo.id == rival_id).with_for_update()
    row = session.execute(found).scalars().first()
    if row is None:
        raise NotFound()
    if row.version != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=row.version)
    old = {"status": row.status, "response": row.response}
    row.status, row.response, row.version = status, told or row.response, row.version + 1
    audit(session, viewer, "rival_promo", row.id, old=old, new={"status": status, "response": row.response})


def _draft(session: Session, viewer: Viewer, values: Mapping[str, Any]) -> int:
    row = PromoWindow(created_by=viewer.person_id, created_at=viewer.now, **values)
    session.add(row)
    session.flush()
    audit(session, viewer, "promo_window", row.id, new=dict(values))
    return row.id


def _locked(session: Session, window_id: int, seen_version: int) -> PromoWindow:
    row = session.execute(
        select(PromoWindow).where(PromoWindow.id == window_id).with_for_update()
    ).scalars().first()  # fmt: skip
    if row is None:
        raise NotFound()
    if row.version != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=row.version)
    return row


def _eligible(row: PromoWindow) -> ColumnElement[bool]:
    """The accounts a window is for, as rules.is_for says it of one."""
    a, s = Account, AccountSegment
    parts = [a.id.is_not(None)]
    for named, columns in ((row.markets, (a.country, a.region)), (row.tiers, (a.tier, a.plan))):
        if named:
            wanted = [one.lower() for one in named]
            parts.append(or_(*(func.lower(column).in_(wanted) for column in columns)))
    if row.segments:
        pairs = [one.partition(":")[::2] for one in row.segments]
        fits = or_(*(and_(s.axis == axis, s.value == value) for axis, value in pairs))
        parts.append(exists().where(s.account_id == a.id, fits))
    return and_(*parts)

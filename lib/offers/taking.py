"""An accepted quote takes its slot in the windows it used, inside the transaction of the acceptance."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from lib.access import Viewer
from lib.money import to_minor
from lib.offers import rules
from lib.store.doors import audit
from lib.store.models import PromoClaim, PromoWindow


def take_slots(
    session: Session, viewer: Viewer, *, account_id: int, quote_id: int, currency: str,
    snapshot: Mapping[str, Any],
) -> list[str]:  # fmt: skip
    """One slot in each window the lines of an accepted version name; the codes. The window is locked, so of
    two acceptances at the same moment the one beyond the last slot is refused.

    An account that has a slot already keeps it and takes no second one. Raises Conflict: offer_full, or
    offer_spent where the budget does not reach.
    """
    lines = snapshot["lines"]
    codes = sorted({line["offer"] for line in lines if line.get("offer")})
    for code in codes:
        given = rules.given_by(code, lines)
        _take(session, viewer, code, account_id, quote_id, given, currency)
    return codes


def _take(
    session: Session, viewer: Viewer, code: str, account_id: int, quote_id: int, given: Decimal, currency: str
) -> None:
    w, c = PromoWindow, PromoClaim
    row = session.execute(select(w).where(w.code == code).with_for_update()).scalars().one()
    claim = session.execute(
        select(c).where(c.window_id == row.id, c.account_id == account_id)
    ).scalars().first()  # fmt: skip
    old = {"status": claim.status} if claim else None
    window = _standing(session, row)
    if claim is None or claim.status != "taken":
        rules.take_slot(window, viewer.now)
    given_minor = to_minor(given, currency) if currency == row.currency else 0
    rules.give(window, given_minor)
    if claim is None:
        claim = c(window_id=row.id, account_id=account_id, applied_at=viewer.now,
                  applied_by=viewer.person_id, version=0)  # fmt: skip
        session.add(claim)
    claim.status, claim.quote_id, claim.taken_at = "taken", quote_id, claim.taken_at or viewer.now
    claim.given_minor += given_minor
    claim.version += 1
    session.flush()
    new = {"status": "taken", "window": code, "quote_id": quote_id, "given_minor": claim.given_minor}
    audit(session, viewer, "promo_claim", claim.id, account_id=account_id, old=old, new=new)


def _standing(session: Session, row: PromoWindow) -> rules.Window:
    """The window with what was taken of it up to this moment."""
    c = PromoClaim
    taken, spent = session.execute(
        select(func.count(), func.coalesce(func.sum(c.given_minor), 0))
        .where(c.window_id == row.id, c.status == "taken")
    ).one()  # fmt: skip
    return rules.Window(row.id, row.code, row.name_en, row.name_zh, row.zone, row.apply_from, row.opens_at,
                        row.closes_at, budget_minor=row.budget_minor, slots=row.slots, taken=taken,
                        spent_minor=int(spent))  # fmt: skip

"""What the windows of the promo calendar stand at, for every wing that prices or shows them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.store.models import Account, AccountSegment, PromoClaim, PromoWindow


def windows(source: Session | Connection, at: datetime, *, published: bool = True) -> list[Row]:
    """Every window with `taken` and `spent_minor` before a moment, the one that opens first in front; drafts
    only without `published`, and of the published those not withdrawn by then."""
    w, c = PromoWindow, PromoClaim
    held = (c.window_id == w.id, c.status == "taken", c.taken_at < at)
    taken = select(func.count()).select_from(c).where(*held).correlate(w).scalar_subquery()
    spent = select(func.coalesce(func.sum(c.given_minor), 0)).where(*held).correlate(w).scalar_subquery()
    columns = (*w.__table__.columns, taken.label("taken"), spent.label("spent_minor"))
    wanted = select(*columns).order_by(w.opens_at, w.id)
    if published:
        gone = w.withdrawn_at.is_not(None) & (w.withdrawn_at <= at)
        wanted = wanted.where(w.published_at.is_not(None), w.published_at <= at, ~gone)
    return list(source.execute(wanted))


def standing(source: Session | Connection, account_id: int) -> dict[str, Any] | None:
    """What a window looks at: country, region, tier, plan and segments ("axis:value") of an account."""
    a, s = Account, AccountSegment
    found = source.execute(select(a.country, a.region, a.tier, a.plan).where(a.id == account_id)).first()
    if found is None:
        return None
    rows = source.execute(select(s.axis, s.value).where(s.account_id == account_id))
    return found._asdict() | {"segments": tuple(f"{axis}:{value}" for axis, value in rows)}

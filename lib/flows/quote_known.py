"""What the desk knows of an account when a quote is written for it, gathered from the wings that know it."""

from collections import defaultdict
from datetime import date

import pandas as pd
from sqlalchemy import func, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import NotFound
from lib.fulfilment.rights import read_rights
from lib.growth.gathering import seat_plan_of
from lib.growth.recording import limits_on
from lib.pricing.proration import add_months
from lib.quotes.known import Known, Unused
from lib.quotes.suggesting import suggestion
from lib.store import policy
from lib.store.database import engine, read_frame
from lib.store.doors import query
from lib.store.models import Entitlement, FeatureDay, Quote, QuoteVersion, RightGrant, Subscription
from lib.store.scope import of_visible_accounts

MONTHS = 12  # of past volume
UNUSED_MOST = 5


@query("quotes.known", permission="quote.read", subject="quote")
def known(viewer: Viewer, quote_id: int) -> Known:
    """People active, past volumes, ARR, what won comparable deals, and the account's own prices. NotFound."""
    with Session(engine()) as session:
        wanted = select(Quote).where(Quote.id == quote_id, of_visible_accounts(viewer, Quote.account_id))
        quote = session.execute(wanted).scalars().first() if type(quote_id) is int else None
        if quote is None:
            raise NotFound()
        limits = limits_on(session, viewer.today)
        plan = seat_plan_of(session.connection(), quote.account_id, viewer.today, limits)
        return Known(
            plan.active if plan else 0, limits.quiet_days, _volumes(session, quote.account_id, viewer.today),
            _arr(session, quote.account_id, viewer.today), suggestion(viewer, quote_id),
            _history(session, quote), _peaks(session, quote.account_id, plan.active if plan else 0),
            _unused(session, quote.account_id, viewer.today),
        )  # fmt: skip


def _volumes(session: Session, account_id: int, today: date) -> dict[str, dict[date, int]]:
    """Uses of each feature in each of the last whole months."""
    last = today.replace(day=1)
    rows = session.execute(
        select(FeatureDay.feature, FeatureDay.day, func.sum(FeatureDay.uses))
        .where(FeatureDay.account_id == account_id, FeatureDay.day >= add_months(last, -MONTHS))
        .where(FeatureDay.day < last)
        .group_by(FeatureDay.feature, FeatureDay.day)
    )
    found: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for feature, day, uses in rows:
        found[feature][day.replace(day=1)] += int(uses)
    return {feature: dict(months) for feature, months in found.items()}


def _arr(session: Session, account_id: int, today: date) -> dict[str, int]:
    s = Subscription
    rows = session.execute(
        select(s.currency, func.sum(s.arr_minor))
        .where(s.account_id == account_id, s.starts_on <= today, s.is_trial.is_(False))
        .where((s.ends_on > today) | s.ends_on.is_(None))
        .group_by(s.currency)
    )
    return {currency: int(arr) for currency, arr in rows if arr is not None}


def _history(session: Session, quote: Quote) -> pd.DataFrame:
    """number, revision, status, effective_discount, net_minor, currency, term_months, issued_at."""
    v = QuoteVersion
    return read_frame(
        select(Quote.number, v.revision, v.status, v.effective_discount, v.net_minor, v.currency,
               v.term_months, v.issued_at)
        .join(v, v.quote_id == Quote.id)
        .where(Quote.account_id == quote.account_id, Quote.id != quote.id, v.issued_at.is_not(None))
        .order_by(v.issued_at.desc(), v.id.desc())
        .limit(10),
        session.connection(),
    )  # fmt: skip


def _peaks(session: Session, account_id: int, active: int) -> dict[str, int]:
    """The most an entitlement of the account reports as used, by what it counts; and the people active."""
    e = Entitlement
    rows = session.execute(
        select(e.unit, func.max(e.consumed))
        .where(e.account_id == account_id, e.unit.is_not(None), e.consumed > 0)
        .group_by(e.unit)
    )
    found = {unit.removesuffix("_month"): int(most) for unit, most in rows}
    return found | ({"users": active} if active else {})


def _unused(session: Session, account_id: int, today: date) -> list[Unused]:
    """What is left of the account's entitlements, the nearest end first; then rights it was offered."""
    e, g = Entitlement, RightGrant
    left = e.included - func.coalesce(e.consumed, 0)
    held = session.execute(
        select(e.item, left, e.expires_on)
        .where(e.account_id == account_id, left > 0, e.expires_on >= today)
        .order_by(e.expires_on, e.id)
        .limit(UNUSED_MOST)
    )
    rights = read_rights(policy.values("fulfilment", today, session))
    offered = session.execute(
        select(g.code).where(g.account_id == account_id, g.status == "proposed").order_by(g.id)
    ).scalars()
    return [Unused({"en": item, "zh-CN": item}, int(much), day) for item, much, day in held] + [
        Unused({"en": rights[code].name_en, "zh-CN": rights[code].name_zh}, None, None, rights[code].partner)
        for code in offered
        if code in rights
    ]

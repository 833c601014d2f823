"""The smallest discount that won comparable deals (S0-34), beside the largest one nobody is asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import func, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import NotFound
from lib.pricing.proration import add_months
from lib.quotes.clearance import size_band
from lib.quotes.rules import QuoteStatus
from lib.store import policy
from lib.store.database import engine, read_frame
from lib.store.doors import query
from lib.store.models import Account, Quote, QuoteVersion
from lib.store.scope import of_visible_accounts

ENDED = (QuoteStatus.ACCEPTED, QuoteStatus.DECLINED, QuoteStatus.EXPIRED)


@dataclass(frozen=True)
class Suggestion:
    """`share`: the smallest discount with which a comparable deal was won, None where too few were; `won` and
    `lost` count the deals, `months` is how far back they were looked for."""

    share: Decimal | None
    won: int
    lost: int
    months: int


def smallest_that_won(
    deals: Sequence[tuple[int, Decimal, bool]], least_accounts: int, months: int
) -> Suggestion:
    """From (account, discount, won) of comparable deals. Too few accounts say nothing, and would tell one
    customer's price to another's seller."""
    won = [(account, share) for account, share, yes in deals if yes]
    lost = len(deals) - len(won)
    enough = len({account for account, _share in won}) >= least_accounts
    return Suggestion(min(share for _a, share in won) if enough else None, len(won), lost, months)


@query("quotes.suggestion", permission="quote.read", subject="quote")
def suggestion(viewer: Viewer, quote_id: int) -> Suggestion:
    """The smallest discount that won deals with other accounts of the same tier, region and size, of a term
    as long. NotFound."""
    with Session(engine()) as session:
        wanted = select(Quote).where(Quote.id == quote_id, of_visible_accounts(viewer, Quote.account_id))
        quote = session.execute(wanted).scalars().first() if type(quote_id) is int else None
        if quote is None:
            raise NotFound()
        held = policy.values("compliance", viewer.today, session)["like_for_like"]
        rows = _deals(session, viewer, quote, held)
    deals = [(int(r.account_id), Decimal(r.effective_discount), r.status == QuoteStatus.ACCEPTED)
             for r in rows.itertuples()]  # fmt: skip
    return smallest_that_won(deals, held["least_accounts"], held["months"])


def _deals(session: Session, viewer: Viewer, quote: Quote, held: dict[str, Any]) -> pd.DataFrame:
    """account_id, effective_discount, status of deals that ended, with like accounts."""
    v, a = QuoteVersion, Account
    own = session.execute(
        select(a.tier, a.region, a.seats, v.term_months)
        .join(Quote, Quote.account_id == a.id)
        .join(v, v.quote_id == Quote.id)
        .where(Quote.id == quote.id)
        .order_by(v.revision.desc())
        .limit(1)
    ).one()
    since = viewer.now - (viewer.today - add_months(viewer.today, -held["months"]))
    latest = select(func.max(v.revision)).where(v.quote_id == Quote.id).correlate(Quote).scalar_subquery()
    rows = read_frame(
        select(Quote.account_id, v.effective_discount, v.status, a.seats)
        .join(v, v.quote_id == Quote.id)
        .join(a, a.id == Quote.account_id)
        .where(v.status.in_(ENDED), v.revision == latest, v.issued_at >= since)
        .where(Quote.account_id != quote.account_id, v.term_months == own.term_months)
        .where(a.tier.is_not_distinct_from(own.tier), a.region.is_not_distinct_from(own.region)),
        session.connection(),
    )
    band = size_band(own.seats, held)
    like = rows.seats.map(lambda n: size_band(None if pd.isna(n) else int(n), held) == band).astype(bool)
    return rows[like]

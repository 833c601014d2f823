"""Reads what a quote is held against beside its price: sales, owner and lifetime value of the customer."""

from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.quotes.fit import Limits, Standing, read_limits
from lib.quotes.loading import seen_quote
from lib.store import policy
from lib.store.database import engine
from lib.store.doors import query
from lib.store.models import Account, AccountSegment, Assignment
from lib.store.worth import arr


@query("quotes.customer_fit", permission="quote.read", subject="quote")
def customer_fit(viewer: Viewer, quote_id: int) -> tuple[Standing, Limits]:
    """The customer of a quote, and the numbers of the policy it is held against. NotFound."""
    with Session(engine()) as session:
        quote = seen_quote(session, viewer, quote_id)
        account = session.execute(
            select(Account.monthly_sales_minor, Account.currency, arr(viewer.today).label("arr")).where(
                Account.id == quote.account_id
            )
        ).one()
        owner = select(Assignment.id).where(
            Assignment.account_id == quote.account_id, Assignment.duty == "owner", Assignment.until.is_(None)
        )
        s = AccountSegment
        reason = session.execute(
            select(s.reason).where(s.account_id == quote.account_id, s.axis == "value")
        ).scalar()
        times = ((reason or {}).get("worth") or {}).get("times")
        owned = session.execute(owner.limit(1)).first() is not None
        standing = Standing(
            account.monthly_sales_minor, account.currency, owned,
            None if times is None else Decimal(str(times)), int(account.arr or 0),
        )  # fmt: skip
        return standing, read_limits(policy.values("plans", viewer.today, session))

"""What an account is worth today, in SQL: its running paid subscriptions."""

from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from lib.store.models import Account, Subscription


def running(today: date) -> ColumnElement[bool]:
    """Subscriptions that are paid for today: begun, not ended, no trial."""
    return and_(
        Subscription.starts_on <= today,
        or_(Subscription.ends_on.is_(None), Subscription.ends_on > today),
        ~Subscription.is_trial,
    )


def arr(today: date) -> ColumnElement[int]:
    """ARR of the account in its own currency (minor units): of running subscriptions, else what a file or a
    person states. For a select over Account."""
    paid = (
        select(func.sum(Subscription.arr_minor))
        .where(
            Subscription.account_id == Account.id, Subscription.currency == Account.currency, running(today)
        )
        .correlate(Account)
        .scalar_subquery()
    )
    return func.coalesce(paid, Account.stated_arr_minor)

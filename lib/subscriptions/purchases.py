"""What is known of a purchase when its refund is asked for."""

from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import aliased

from lib.store.models import Contract, Invoice, Payment, Subscription
from lib.subscriptions import rules
from lib.subscriptions.rules import Limits, Refund


def refund_on(connection: Connection, subscription_id: int, day: date, limits: Limits) -> Refund:
    """What a purchase would give back on a day.

    The purchase is the signature, else the first day. Paid is the price of the first cycle, or what was paid
    of it where the account has invoices since; a trial paid nothing.
    """
    s, before = Subscription, aliased(Subscription)
    same_line = func.coalesce(before.product_line, "") == func.coalesce(s.product_line, "")
    earlier = exists().where(
        before.account_id == s.account_id, same_line,
        before.is_trial.is_(False), before.starts_on < s.starts_on,
    )  # fmt: skip
    row = connection.execute(
        select(s.account_id, s.currency, s.starts_on, s.billing, s.arr_minor, s.is_trial, Contract.signed_on,
               earlier.label("renewed"))
        .outerjoin(Contract, Contract.id == s.contract_id)
        .where(s.id == subscription_id)
    ).one()  # fmt: skip
    bought = min(row.signed_on or row.starts_on, row.starts_on)
    price = rules.cycle_price(row.arr_minor, rules.cycle_on(row.starts_on, row.billing, row.starts_on).months)
    since = Invoice.issued_on >= bought
    mine = (Invoice.account_id == row.account_id, Invoice.currency == row.currency, since)
    if connection.execute(select(Invoice.id).where(*mine).limit(1)).first():
        paid = select(func.coalesce(func.sum(Payment.amount_minor), 0))
        paid = paid.join(Invoice, Invoice.id == Payment.invoice_id).where(*mine)
        price = min(price, int(connection.execute(paid).scalar()))
    paid_minor = 0 if row.is_trial else price
    return rules.refund(bought, row.billing, day, paid_minor, limits, first=not row.renewed)

"""What counts towards a committed volume: the invoices of its account, in its time and currency."""

from sqlalchemy import ScalarSelect, func, select

from lib.store.models import Invoice, VolumeDeal


def attained() -> ScalarSelect[int]:
    """Beside a deal: minor units invoiced and not void, from its first day up to the first after it."""
    i, d = Invoice, VolumeDeal
    return (
        select(func.coalesce(func.sum(i.amount_minor), 0))
        .where(i.account_id == d.account_id, i.currency == d.currency, i.status != "void")
        .where(i.issued_on >= d.starts_on, i.issued_on < d.ends_on)
        .correlate(d)
        .scalar_subquery()
    )

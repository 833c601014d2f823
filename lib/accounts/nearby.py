"""What stands nearest to an account's status: the last contact, open cases, overdue invoices."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, case, func, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.store.database import reading
from lib.store.doors import query
from lib.store.models import Case, Invoice, Payment, Touch
from lib.store.scope import admit


@dataclass(frozen=True)
class Nearby:
    """contacted_at (UTC) and channel of the last contact, None without one; cases_open, of these
    cases_urgent; overdue: (currency, minor units still to pay) of open invoices past their due day, never
    added across currencies; overdue_since: the oldest such due day."""

    contacted_at: datetime | None
    channel: str | None
    cases_open: int
    cases_urgent: int
    overdue: list[tuple[str, int]]
    overdue_since: date | None


@query("accounts.nearby", permission="account.read", subject="account")
def nearby(viewer: Viewer, account_id: int) -> Nearby:
    """The facts a person wants beside the status. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        last = connection.execute(
            select(Touch.happened_at, Touch.channel)
            .where(Touch.account_id == account_id, Touch.happened_at <= viewer.now)
            .order_by(Touch.happened_at.desc(), Touch.id.desc())
            .limit(1)
        ).first()
        cases = connection.execute(
            select(func.count(Case.id), func.sum(case((Case.priority == "urgent", 1), else_=0))).where(
                Case.account_id == account_id, Case.closed_at.is_(None)
            )
        ).one()
        amounts, since = _overdue(viewer.today, account_id, connection)
    return Nearby(*(last or (None, None)), cases[0], int(cases[1] or 0), amounts, since)


def _overdue(
    today: date, account_id: int, connection: Connection
) -> tuple[list[tuple[str, int]], date | None]:
    """Open invoices due before today, less what was paid on them in their own currency."""
    paid = (
        select(func.coalesce(func.sum(Payment.amount_minor), 0))
        .where(and_(Payment.invoice_id == Invoice.id, Payment.currency == Invoice.currency))
        .correlate(Invoice)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(Invoice.currency, Invoice.due_on, (Invoice.amount_minor - paid).label("left")).where(
            Invoice.account_id == account_id, Invoice.status == "open", Invoice.due_on < today
        )
    )
    owed = [(currency, due_on, int(left)) for currency, due_on, left in rows if left > 0]
    totals: dict[str, int] = {}
    for currency, _due_on, left in owed:
        totals[currency] = totals.get(currency, 0) + left
    return sorted(totals.items(), key=lambda pair: -pair[1]), min((due for _c, due, _l in owed), default=None)

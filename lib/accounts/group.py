"""Reads the accounts below one: their status, ARR, seats and open alerts, to be summed per currency."""

import pandas as pd
from sqlalchemy import func, select

from lib.access import Viewer
from lib.accounts import listing
from lib.accounts.queries import spans
from lib.accounts.rules import BY_RANK
from lib.store.database import reading
from lib.store.doors import query
from lib.store.models import Account, ChurnAlert
from lib.store.naming import spoken_name
from lib.store.scope import admit, visible_accounts
from lib.store.worth import arr

COLUMNS = ["id", "account", "standing", "health", "arr_minor", "currency", "seats", "alerts"]


@query("accounts.group", permission="account.read", subject="account")
def group(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """COLUMNS of the accounts whose parent this is and that the viewer sees, the worst first; health is 0 to
    100 after caps, alerts are open ones. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        found = listing.flags(viewer, spans(viewer, connection))
        alerts = (
            select(func.count(ChurnAlert.id))
            .where(ChurnAlert.account_id == Account.id, ChurnAlert.resolved_on.is_(None))
            .correlate(Account)
            .scalar_subquery()
        )
        rows = connection.execute(
            found.joined(
                select(
                    Account.id, spoken_name(viewer, Account), found.rank, found.score, arr(viewer.today),
                    Account.currency, Account.seats, alerts,
                )
            )
            .where(Account.parent_id == account_id, visible_accounts(viewer))
            .order_by(found.rank, Account.name, Account.id)
        ).fetchall()  # fmt: skip
    told = [(row[0], row[1], str(BY_RANK[row[2]]), *row[3:]) for row in rows]
    frame = pd.DataFrame(told, columns=COLUMNS)
    return frame.astype({"id": "Int64", "arr_minor": "Int64", "seats": "Int64", "alerts": "Int64"})

"""Reads of rights by loyalty level: what is offered, who holds what, how many are left."""

import pandas as pd
from sqlalchemy import func, select

from lib.access import Viewer
from lib.fulfilment.rights import RightType, left, read_rights
from lib.store import policy
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import Account, Person, RightGrant
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts

G = RightGrant
MOST = 500


@query("fulfilment.right_types", permission="account.read")
def right_types(viewer: Viewer) -> tuple[dict[str, RightType], dict[str, int | None]]:
    """Every right by its code, and how many of each are free (None: without limit), counted over all
    accounts."""
    found = read_rights(policy.values("fulfilment", viewer.today))
    with reading() as connection:
        rows = connection.execute(
            select(G.code, func.count())
            .where(G.status == "granted", G.expires_on >= viewer.today)
            .group_by(G.code)
        )
        held = dict(tuple(row) for row in rows)
    return found, left(found.values(), held)


@query("fulfilment.rights", permission="account.read")
def rights(viewer: Viewer, status: str = "proposed", limit: int = MOST) -> pd.DataFrame:
    """id, version, account_id, account, code, level, status, proposed_at, decided_at, person, reason,
    expires_on of the rights in a state; held ones only while they last."""
    name = spoken_name(viewer, Account).label("account")
    found = (
        select(G.id, G.version, G.account_id, name, G.code, G.level, G.status, G.proposed_at, G.decided_at,
               spoken_name(viewer, Person).label("person"), G.reason, G.expires_on)
        .join(Account, Account.id == G.account_id)
        .outerjoin(Person, Person.id == G.decided_by)
        .where(G.status == status, of_visible_accounts(viewer, G.account_id))
    )  # fmt: skip
    if status == "granted":
        found = found.where(G.expires_on >= viewer.today)
    return read_frame(found.order_by(G.proposed_at, G.id).limit(limit))

"""An accepted quote grants its concessions: each becomes an entitlement, and its return falls due."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.concessions.rules import read_library
from lib.store import policy
from lib.store.doors import audit
from lib.store.models import Entitlement, QuoteConcession


def grant(
    session: Session,
    viewer: Viewer,
    *,
    quote_id: int,
    contract_id: int,
    starts_on: date,
    ends_on: date | None,
) -> list[int]:
    """Inside the transaction of an acceptance: the ids of what was granted. `ends_on` is the first day after
    the contract; with its renewal a concession lapses unless it is given anew."""
    c = QuoteConcession
    rows = session.execute(
        select(c).where(c.quote_id == quote_id, c.status == "offered").with_for_update().order_by(c.id)
    ).scalars().all()  # fmt: skip
    library = read_library(policy.values("concessions", viewer.today, session)) if rows else {}
    for row in rows:
        name = library[row.code].name_en if row.code in library else row.code
        promised = Entitlement(
            external_id=f"concession:{row.id}", account_id=row.account_id, item=name, source="concession",
            included=row.quantity, starts_on=starts_on, created_at=viewer.now, updated_at=viewer.now,
            expires_on=ends_on - timedelta(days=1) if ends_on else None,
        )  # fmt: skip
        session.add(promised)
        session.flush()
        row.status, row.granted_on, row.lapses_on = "granted", viewer.today, ends_on
        row.entitlement_id, row.contract_id, row.version = promised.id, contract_id, row.version + 1
        new = {"status": "granted", "entitlement_id": promised.id, "contract_id": contract_id}
        audit(session, viewer, "quote_concession", row.id, account_id=row.account_id,
              old={"status": "offered"}, new=new)  # fmt: skip
    return [row.id for row in rows]

"""Rights of loyalty levels: offered each morning to who reached the level, accepted or declined by people."""

from datetime import date

from sqlalchemy import func, select, text
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict
from lib.fulfilment import rules
from lib.fulfilment.rights import RightType, belongs, read_rights, take, turn_key
from lib.store import policy
from lib.store.bulk import insert_dicts
from lib.store.doors import audit, command
from lib.store.models import Account, AccountSegment, Entitlement, RightGrant
from lib.store.scope import load

G = RightGrant


@command("fulfilment.accept_right", permission="account.write", subject="right_grant")
def accept_right(session: Session, viewer: Viewer, right_grant_id: int, seen_version: int) -> int:
    """The account holds the right from today on, as an entitlement; its id.

    Of two at the same moment the one beyond the quota is refused. Raises NotFound, Conflict.
    """
    row = _offered(session, viewer, right_grant_id, seen_version)
    right = read_rights(policy.values("fulfilment", viewer.today, session)).get(row.code)
    if right is None:
        raise Conflict("right_gone")
    take(right, _held(session, right, viewer.today))
    account = session.get(Account, row.account_id)
    made = Entitlement(
        external_id=f"right:{row.id}", account_id=row.account_id, item=right.name(account.language),
        included=1, starts_on=viewer.today, expires_on=right.last_day(viewer.today), source="right",
        created_at=viewer.now, updated_at=viewer.now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    row.entitlement_id, row.expires_on = made.id, made.expires_on
    audit(session, viewer, "entitlement", made.id, account_id=row.account_id,
          new={"item": made.item, "included": 1, "expires_on": made.expires_on})  # fmt: skip
    _decide(session, viewer, row, "granted", None)
    return made.id


@command("fulfilment.decline_right", permission="account.write", subject="right_grant")
def decline_right(
    session: Session, viewer: Viewer, right_grant_id: int, seen_version: int, *, reason: str
) -> None:
    """The account does not take what it was offered, and why. Raises NotFound, Conflict, Invalid."""
    row = _offered(session, viewer, right_grant_id, seen_version)
    _decide(session, viewer, row, "declined", rules.clean(reason))


def _offered(session: Session, viewer: Viewer, right_grant_id: int, seen_version: int) -> RightGrant:
    row = load(session, viewer, RightGrant, right_grant_id, seen_version)
    if row.status != "proposed":
        raise Conflict("right_decided")
    return row


def _decide(session: Session, viewer: Viewer, row: RightGrant, status: str, reason: str | None) -> None:
    old = {"status": row.status}
    row.status, row.reason, row.version = status, reason, row.version + 1
    row.decided_at, row.decided_by = viewer.now, viewer.person_id
    audit(session, viewer, "right_grant", row.id, account_id=row.account_id, old=old,
          new={"status": status, "code": row.code}, reason=reason)  # fmt: skip


def _held(session: Session, right: RightType, today: date) -> int:
    """How many hold it today; counted behind a lock on its name, so that nobody else counts meanwhile."""
    session.execute(
        text(
            "INSERT INTO number_series (name, last) VALUES (:name, 1) "
            "ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1"
        ),
        {"name": f"right/{right.code}"[:32]},  # two rights may share a lock, never a count
    )
    held = select(func.count()).select_from(G).where(
        G.code == right.code, G.status == "granted", G.expires_on >= today
    )  # fmt: skip
    return session.execute(held).scalar_one()


def offer_rights(session: Session, viewer: Viewer, day: date) -> int:
    """Offer VIP accounts the rights of the loyalty level they are on, once a turn; offers of a level that was
    lost lapse. How many are new; a morning done again adds none."""
    rights = read_rights(policy.values("fulfilment", day, session))
    s = AccountSegment
    on_level = session.execute(
        select(s.account_id, s.value, s.since)
        .join(Account, Account.id == s.account_id)
        .where(s.axis == "loyalty", Account.is_vip, Account.status == "active")
        .order_by(s.account_id)
    ).all()
    known = set(session.execute(select(G.dedupe_key)).scalars())
    new = [
        {"account_id": account_id, "code": right.code, "level": level, "status": "proposed",
         "proposed_at": viewer.now, "dedupe_key": key, "version": 1}
        for account_id, level, since in on_level
        for right in rights.values()
        if belongs(right, level) and (key := turn_key(right, account_id, since, day)) not in known
    ]  # fmt: skip
    insert_dicts(session, G.__table__, new)
    lapsed = _lapse(session, rights, {account_id: level for account_id, level, _since in on_level})
    if new or lapsed:
        audit(session, viewer, "right_grant", None, new={"offered": len(new), "lapsed": lapsed})
    return len(new)


def _lapse(session: Session, rights: dict[str, RightType], levels: dict[int, str]) -> int:
    over = [
        row
        for row in session.execute(select(G).where(G.status == "proposed").order_by(G.id)).scalars()
        if row.code not in rights or not belongs(rights[row.code], levels.get(row.account_id, ""))
    ]
    for row in over:
        row.status, row.version = "lapsed", row.version + 1
    return len(over)

"""What a new day does to renewals: opens the ones in sight, closes those their contract has decided."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, insert, or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.contracts.rules import RENEWABLE
from lib.renewals.rules import OPEN, Category, Fate, Stage, fate, lead_date, notice_date
from lib.store import policy
from lib.store.doors import audit
from lib.store.models import Contract, Quote, Renewal, RenewalMove, Subscription

_CONTRACT, _RENEWAL = Contract.__table__, Renewal.__table__
_LOSSES = {Fate.LAPSED: "lapsed", Fate.ENDED_EARLY: "ended_early", Fate.MERGED: "merged"}


def open_due(session: Session, viewer: Viewer, today: date) -> int:
    """Make sure every fixed or evergreen contract whose end is in sight has its opportunity; how many were
    opened. Doing it again on the same day opens none.

    Also settles open ones: renewed when the contract runs on past its end, re-dated when the end was
    corrected, lost when nothing followed within the grace days. Run it after contracts were rolled.
    """
    session.flush()
    rules = policy.values("renewals", today, session)
    gap = int(policy.values("contracts", today, session)["max_gap_days"])
    _settle(session, viewer, today, rules, gap)
    rows = session.execute(_without_renewal(today, max(int(rules["horizon_days"]), 32))).fetchall()
    if not rows:
        return 0
    session.connection().execute(insert(_RENEWAL), [_opened(row, viewer, rules) for row in rows])
    _note_openings(session, viewer)
    audit(session, viewer, "renewal", None, new={"opened": len(rows), "day": today})
    return len(rows)


def _without_renewal(today: date, horizon_days: int) -> Select:
    """Contracts in sight without an opportunity for their end or another open one, and without a follower."""
    c = _CONTRACT.c
    r = _RENEWAL.c
    known = exists().where(r.contract_id == c.id, or_(r.due_on == c.ends_on, r.stage.in_(OPEN)))
    followed = exists().where(
        r.contract_id == c.id, Quote.renewal_id == r.id, Quote.status == "accepted"
    )  # its renewal was signed as a contract of its own, which has a renewal itself
    return select(c.id, c.account_id, c.ends_on, c.notice_days, c.currency, c.arr_minor).where(
        c.kind.in_(RENEWABLE),
        c.ends_on > today,
        c.ends_on <= today + timedelta(days=horizon_days),
        ~known,
        ~followed,
    )


def open_for(session: Session, viewer: Viewer, contract: Contract) -> int | None:
    """The next renewal of a contract that was just signed, however far away; its id, or None for one
    without an end. The daily look finds it there."""
    if contract.ends_on is None or contract.kind not in RENEWABLE:
        return None
    session.flush()
    rules = policy.values("renewals", viewer.today, session)
    row = Renewal(**_opened(contract, viewer, rules))
    session.add(row)
    session.flush()
    _note_openings(session, viewer)
    audit(session, viewer, "renewal", row.id, account_id=row.account_id, new={"due_on": row.due_on})
    return row.id


def follow_contract(session: Session, viewer: Viewer, contract: Contract) -> None:
    """The open renewal of an amended contract takes its end and ARR now; where none is open, it is opened."""
    session.flush()
    r, rules = Renewal, policy.values("renewals", viewer.today, session)
    mine = select(r).where(r.contract_id == contract.id, r.stage.in_(OPEN)).with_for_update()
    row = session.execute(mine).scalars().first()
    if row is not None:
        what = Fate.STAYS if row.due_on == contract.ends_on else Fate.REDATED
        _apply(session, viewer, viewer.today, rules, row, contract, what)
        return
    taken = select(r.id).where(r.contract_id == contract.id, r.due_on == contract.ends_on)
    if session.execute(taken).first() is None:
        open_for(session, viewer, contract)


def _dates(due_on: date, notice_days: int, rules: dict[str, Any]) -> dict[str, date]:
    return {
        "due_on": due_on,
        "opens_on": lead_date(due_on, int(rules["lead_days"]), int(rules["lead_months"])),
        "notice_on": notice_date(due_on, notice_days),
    }


def _opened(row: Any, viewer: Viewer, rules: dict[str, Any]) -> dict[str, Any]:
    return {
        "contract_id": row.id, "account_id": row.account_id, "currency": row.currency,
        "base_minor": row.arr_minor, "expected_minor": row.arr_minor, "stage": str(Stage.TO_CONTACT),
        "category": rules["category"][Stage.TO_CONTACT], "recorded_at": viewer.now, "version": 1,
        **_dates(row.ends_on, row.notice_days, rules),
    }  # fmt: skip


def _note_openings(session: Session, viewer: Viewer) -> None:
    """The first step of every renewal that has none yet."""
    noted = exists().where(RenewalMove.renewal_id == _RENEWAL.c.id)
    ids = session.execute(select(_RENEWAL.c.id).where(~noted)).scalars().all()
    steps = [
        {"renewal_id": i, "to_stage": str(Stage.TO_CONTACT), "person_id": viewer.person_id,
         "moved_at": viewer.now, "details": {"how": "opened"}}
        for i in ids
    ]  # fmt: skip
    if steps:
        session.connection().execute(insert(RenewalMove.__table__), steps)


def _settle(session: Session, viewer: Viewer, today: date, rules: dict[str, Any], gap: int) -> None:
    """Open renewals whose contract is no longer what they were opened for."""
    moved = or_(
        Contract.ends_on.is_(None), Contract.ends_on != Renewal.due_on, Renewal.due_on <= today,
        Contract.kind.not_in(RENEWABLE), Contract.arr_minor != Renewal.base_minor,
    )  # fmt: skip
    found = session.execute(
        select(Renewal, Contract)
        .join(Contract, Contract.id == Renewal.contract_id)
        .where(Renewal.stage.in_(OPEN), moved)
        .with_for_update(of=Renewal)
    ).fetchall()
    followed = _followed(session, gap, [renewal.id for renewal, _ in found])
    taken = _taken(session, [contract.id for _, contract in found])
    for renewal, contract in found:
        what = fate(
            renewal.due_on, contract.kind, contract.ends_on, today,
            goes_on=renewal.id in followed, grace_days=int(rules["grace_days"]),
        )  # fmt: skip
        if what == Fate.REDATED and (contract.id, contract.ends_on) in taken:
            what = Fate.MERGED  # that end has its renewal already
        _apply(session, viewer, today, rules, renewal, contract, what)
    session.flush()


def _taken(session: Session, contract_ids: list[int]) -> set[tuple[int, date]]:
    """Ends that have a renewal, by contract."""
    if not contract_ids:
        return set()
    wanted = set(contract_ids)
    rows = session.execute(select(Renewal.contract_id, Renewal.due_on))
    return {(row[0], row[1]) for row in rows if row[0] in wanted}


def _followed(session: Session, gap: int, renewal_ids: list[int]) -> set[int]:
    """Renewals with a further paid period that begins around their end."""
    if not renewal_ids:
        return set()
    s = Subscription
    statement = (
        select(Renewal.id, Renewal.due_on, s.starts_on, s.ends_on)
        .join(s, and_(s.contract_id == Renewal.contract_id, s.is_trial.is_(False)))
        .where(Renewal.stage.in_(OPEN))
    )
    near, wanted = timedelta(days=gap), set(renewal_ids)
    return {
        row.id
        for row in session.execute(statement)
        if row.id in wanted
        and abs(row.starts_on - row.due_on) <= near
        and (row.ends_on is None or row.ends_on > row.due_on + near)
    }


def _apply(
    session: Session, viewer: Viewer, today: date, rules: dict[str, Any], renewal: Renewal,
    contract: Contract, what: Fate,
) -> None:  # fmt: skip
    before, old = renewal.stage, {}
    values: dict[str, Any] = {}
    if what == Fate.RENEWED:
        values = {"stage": str(Stage.SIGNED), "category": str(Category.CLOSED),
                  "expected_minor": contract.arr_minor, "closed_on": min(today, renewal.due_on)}  # fmt: skip
    elif what in _LOSSES:
        values = {"stage": str(Stage.LOST), "category": str(Category.OMITTED), "expected_minor": 0,
                  "lost_reason": _LOSSES[what], "closed_on": today}  # fmt: skip
    else:
        values = _refreshed(renewal, contract, rules)
    if all(getattr(renewal, field) == value for field, value in values.items()):
        return
    for field, value in values.items():
        old[field] = getattr(renewal, field)
        setattr(renewal, field, value)
    renewal.version += 1
    renewal.recorded_at = viewer.now
    audit(session, viewer, "renewal", renewal.id, account_id=renewal.account_id, old=old, new=values,
          reason=str(what))  # fmt: skip
    session.add(
        RenewalMove(renewal_id=renewal.id, from_stage=before, to_stage=renewal.stage,
                    person_id=viewer.person_id, moved_at=viewer.now, details={"how": str(what)})
    )  # fmt: skip


def _refreshed(renewal: Renewal, contract: Contract, rules: dict[str, Any]) -> dict[str, Any]:
    """Dates and base follow the contract; an expected amount somebody chose stays."""
    due_on = contract.ends_on or renewal.due_on
    untouched = renewal.expected_minor == renewal.base_minor
    return {
        **_dates(due_on, contract.notice_days, rules),
        "base_minor": contract.arr_minor,
        "expected_minor": contract.arr_minor if untouched else renewal.expected_minor,
    }

"""The brief of a handover: what whoever takes an account over should know, one row an account, read anew."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Select, func, select

from lib.access import Viewer
from lib.errors import NotFound
from lib.store import policy
from lib.store.database import parts, read_one, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    BookHandover,
    ChurnAlert,
    Contact,
    Contract,
    HealthDay,
    Promise,
    Renewal,
    Task,
    Touch,
)
from lib.store.naming import spoken_name
from lib.store.scope import visible_accounts
from lib.teams import loading, zones
from lib.teams.guidance import next_step

COLUMNS = [
    "account_id", "account", "tier", "arr_minor", "currency", "contract", "ends_on", "notice_on", "score",
    "alerts", "promises", "first_promise", "first_due", "tasks", "touched_at", "touch", "sponsor", "zone",
    "step",
]  # fmt: skip
MOST = 500


@query("teams.brief_of", permission="team.read")
def brief_of(viewer: Viewer, account_ids: Sequence[int] = ()) -> pd.DataFrame:
    """COLUMNS for the accounts the viewer sees, those with something urgent first, then by name.

    arr_minor: of the contract that ends next; ends_on and notice_on: of the open renewal, else of the
    contract; score: the newest health; alerts: the level of each open one; first_promise and first_due: the
    promise due first; touch: what was said last; step: what to do next, see guidance.next_step.
    """
    return _read(viewer, sorted({int(i) for i in account_ids})[:MOST])


@query("teams.brief", permission="team.read", subject="book_handover")
def brief(viewer: Viewer, book_handover_id: int) -> pd.DataFrame:
    """The same for the accounts of one handover the viewer sees (loading.handovers). Raises NotFound."""
    found = select(BookHandover.accounts).where(BookHandover.id == book_handover_id)
    row = read_one(found.where(loading.handovers(viewer)))
    if row is None:
        raise NotFound()
    return _read(viewer, sorted(row.accounts)[:MOST])


def _read(viewer: Viewer, ids: list[int]) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    with reading() as connection:
        notice = int(policy.values("standing", viewer.today, connection)["notice_window_days"])
        for part in parts(ids):
            found = connection.execute(
                select(Account.id, spoken_name(viewer, Account).label("name"), Account.tier, Account.currency,
                       Account.zone, Account.country, Account.city)
                .where(Account.id.in_(part), visible_accounts(viewer))
            ).fetchall()  # fmt: skip
            there = [row.id for row in found]
            known = {name: _by_account(connection, one) for name, one in _selects(viewer, there).items()}
            rows += [_row(row, known, viewer.today, notice) for row in found]
    frame = pd.DataFrame(rows, columns=COLUMNS, dtype="object")
    urgent = {"alert": 0, "promise": 1, "notice": 2, "silent": 3, "greet": 4}
    order = [(urgent[step], str(name), int(i)) for step, name, i in
             zip(frame["step"], frame["account"], frame["account_id"], strict=True)]  # fmt: skip
    return frame.iloc[[place for _, place in sorted(zip(order, range(len(frame)), strict=True))]].reset_index(
        drop=True
    )


def _selects(viewer: Viewer, ids: list[int]) -> dict[str, Select]:
    """What is read of each account: the last row an account has in each select holds."""
    newest = (
        select(Touch.account_id, func.max(Touch.happened_at).label("at"))
        .where(Touch.account_id.in_(ids))
        .group_by(Touch.account_id)
        .subquery()
    )
    last_day = (
        select(HealthDay.account_id, func.max(HealthDay.day).label("day"))
        .where(HealthDay.account_id.in_(ids), HealthDay.day <= viewer.today)
        .group_by(HealthDay.account_id)
        .subquery()
    )
    return {
        "contract": select(Contract.account_id, Contract.kind, Contract.ends_on, Contract.arr_minor,
                           Contract.currency)
        .where(Contract.account_id.in_(ids), Contract.starts_on <= viewer.today,
               Contract.kind.not_in(["ended", "void"]))
        .order_by(Contract.ends_on.desc(), Contract.id),
        "renewal": select(Renewal.account_id, Renewal.due_on, Renewal.notice_on)
        .where(Renewal.account_id.in_(ids), Renewal.closed_on.is_(None))
        .order_by(Renewal.due_on.desc()),
        "health": select(HealthDay.account_id, HealthDay.score).join(
            last_day, (last_day.c.account_id == HealthDay.account_id) & (last_day.c.day == HealthDay.day)
        ),
        "alerts": select(ChurnAlert.account_id, ChurnAlert.level)
        .where(ChurnAlert.account_id.in_(ids), ChurnAlert.resolved_on.is_(None))
        .order_by(ChurnAlert.severity),
        "promises": select(Promise.account_id, Promise.what, Promise.due_on)
        .where(Promise.account_id.in_(ids), Promise.status == "open")
        .order_by(Promise.due_on.desc(), Promise.id.desc()),
        "tasks": select(Task.account_id, Task.id).where(Task.account_id.in_(ids), Task.status == "open"),
        "touch": select(Touch.account_id, Touch.happened_at, Touch.summary).join(
            newest,
            (newest.c.account_id == Touch.account_id) & (newest.c.at == Touch.happened_at),
        ),
        "sponsor": select(Contact.account_id, Contact.name)
        .where(Contact.account_id.in_(ids), Contact.is_sponsor, Contact.active)
        .order_by(Contact.id.desc()),
    }  # fmt: skip


def _by_account(connection: Any, statement: Select) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in connection.execute(statement):
        found.setdefault(row.account_id, []).append(row)
    return found


def _row(row: Any, known: dict[str, dict[int, list[Any]]], today: date, notice_days: int) -> dict[str, Any]:
    def last(name: str) -> Any:
        return known[name].get(row.id, [None])[-1]

    contract, renewal, promise, touch = (last(n) for n in ("contract", "renewal", "promises", "touch"))
    levels = [one.level for one in reversed(known["alerts"].get(row.id, []))]
    ends_on = renewal.due_on if renewal else contract.ends_on if contract else None
    notice_on = renewal.notice_on if renewal else None
    touched_at = touch.happened_at if touch else None
    return {
        "account_id": row.id, "account": row.name, "tier": row.tier,
        "arr_minor": contract.arr_minor if contract else None,
        "currency": contract.currency if contract else row.currency,
        "contract": contract.kind if contract else None, "ends_on": ends_on, "notice_on": notice_on,
        "score": getattr(last("health"), "score", None), "alerts": tuple(levels),
        "promises": len(known["promises"].get(row.id, [])), "first_promise": promise and promise.what,
        "first_due": promise and promise.due_on, "tasks": len(known["tasks"].get(row.id, [])),
        "touched_at": touched_at, "touch": touch and touch.summary,
        "sponsor": getattr(last("sponsor"), "name", None),
        "zone": zones.zone_of(row.zone, row.country, row.city),
        "step": next_step(
            alerts=len(levels), promise_due=promise and promise.due_on, notice_on=notice_on,
            touched_on=touched_at.date() if touched_at else None, today=today, notice_days=notice_days,
        ),
    }  # fmt: skip

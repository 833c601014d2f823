"""What a card shows of its account beside the reasons: name and ARR; and the ARR of a whole scope."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.store.database import parts
from lib.store.models import Account, Subscription, VipProfile
from lib.store.worth import running
from lib.today.rules import Worth


@dataclass(frozen=True)
class Known:
    """What a row shows of its account, beside the reasons."""

    name: str
    name_zh: str | None
    worth: Worth | None
    voice: tuple[str, ...] = ()  # marks of advocacy


def accounts_of(connection: Connection, account_ids: set[int], today: date) -> dict[int, Known]:
    """Names and today's ARR of accounts the caller has scoped already.

    ARR: running subscriptions without trials, else what the source states. An account with several
    currencies shows the one it bills in, else the largest figure.
    """
    found: dict[int, Known] = {}
    wanted = select(Account.id, Account.name, Account.name_zh, Account.currency, Account.stated_arr_minor)
    for chunk in parts(sorted(account_ids)):
        sums = _running(today).add_columns(Subscription.account_id).where(Subscription.account_id.in_(chunk))
        told = select(VipProfile.account_id, VipProfile.advocacy).where(VipProfile.account_id.in_(chunk))
        voices = {row.account_id: tuple(row.advocacy or ()) for row in connection.execute(told)}
        sums_of: dict[int, list[Worth]] = {}
        for row in connection.execute(sums.group_by(Subscription.account_id, Subscription.currency)):
            sums_of.setdefault(row.account_id, []).append(Worth(int(row.arr), row.currency))
        for row in connection.execute(wanted.where(Account.id.in_(chunk))):
            stated = None if row.stated_arr_minor is None else Worth(row.stated_arr_minor, row.currency)
            own = (row.currency, sums_of.get(row.id, []))
            found[row.id] = Known(row.name, row.name_zh, _shown(*own) or stated, voices.get(row.id, ()))
    return found


def _shown(billed: str, sums: list[Worth]) -> Worth | None:
    return max(sums, key=lambda w: (w.currency == billed, w.minor, w.currency), default=None)


def _running(today: date):  # noqa: ANN202 - a select
    return select(Subscription.currency, func.sum(Subscription.arr_minor).label("arr")).where(running(today))


def book_worth(
    connection: Connection, viewer: Viewer, book: Callable[[ColumnElement[int]], ColumnElement[bool]]
) -> dict[str, int]:
    """ARR of running subscriptions of the whole scope per currency, minor units."""
    sums = _running(viewer.today).where(book(Subscription.account_id))
    return {row.currency: int(row.arr) for row in connection.execute(sums.group_by(Subscription.currency))}

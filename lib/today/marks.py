"""The counts beside the page links: what waits for the viewer, cheap enough for every run."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.activity.rules import AlertKind, AlertStatus
from lib.quotes.approvals import level_of, may_decide
from lib.store.database import reading
from lib.store.doors import query
from lib.store.models import Account, ChurnAlert, Quote, QuoteVersion
from lib.store.scope import of_visible_accounts, visible_accounts
from lib.store.stand_ins import stood_in_for


@dataclass(frozen=True)
class Marks:
    """alerts: open ones of the viewer's book, as the inbox lists them. approvals: quotes that wait for a
    decision the viewer may take."""

    alerts: int = 0
    approvals: int = 0


@query("today.marks", permission="today.read")
def marks(viewer: Viewer) -> Marks:
    """The counts; zero where the viewer may not open the page."""
    with reading() as connection:
        return Marks(
            _alerts(connection, viewer) if viewer.may("alert.read") else 0,
            _approvals(connection, viewer) if viewer.may("quote.approve") else 0,
        )


def _alerts(connection: Connection, viewer: Viewer) -> int:
    """Asks the scope about the few accounts with alerts, not about all: most of them have none."""
    return connection.execute(
        select(func.count())
        .select_from(ChurnAlert)
        .join(Account, Account.id == ChurnAlert.account_id)
        .where(ChurnAlert.status.in_((AlertStatus.NEW, AlertStatus.CONTACTED)))
        .where(ChurnAlert.kind != AlertKind.WATCH, visible_accounts(viewer))
    ).scalar_one()


def _approvals(connection: Connection, viewer: Viewer) -> int:
    """Nobody decides about a quote they wrote in, or somebody they stand in for; those who did stand in a
    list that SQL cannot search. A quote above the viewer's approver level waits for somebody else."""
    away = stood_in_for(connection, [viewer.person_id], viewer.today).get(viewer.person_id, ())
    waiting = connection.execute(
        select(Quote.created_by, Quote.editors, QuoteVersion.edited_by)
        .join(QuoteVersion, QuoteVersion.quote_id == Quote.id)
        .where(Quote.status == "pending_approval", QuoteVersion.status == "pending_approval")
        .where(func.coalesce(QuoteVersion.approver_level, 1) <= level_of(viewer.roles))
        .where(of_visible_accounts(viewer, Quote.account_id))
    )
    return sum(
        may_decide(viewer.person_id, [row.created_by, row.edited_by, *(row.editors or ())], away)
        for row in waiting
    )

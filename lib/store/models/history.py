"""The `_history` twin of every dated table: its earlier states with the time they were believed.

A twin has the columns of its table, an own key and `superseded_at`. What the desk believed at an
instant T: current rows with recorded_at <= T, and history rows with recorded_at <= T < superseded_at.
"""

from sqlalchemy import Column, Index
from sqlalchemy import Table as SqlTable

from lib.store.models.accounts import Assignment
from lib.store.models.activity import ActivityScore, ChurnAlert
from lib.store.models.base import metadata
from lib.store.models.commerce import Contract, Invoice, Opportunity, Renewal, Subscription
from lib.store.types import RowId, UtcTime

DATED = (Assignment, Subscription, Contract, Invoice, Opportunity, Renewal, ActivityScore, ChurnAlert)


def _twin(table: SqlTable) -> SqlTable:
    """No constraints of the original travel along: history never refuses."""
    columns = [Column(c.name, c.type, nullable=c.nullable) for c in table.columns]
    keys = [c.name for c in table.primary_key.columns]
    name = f"{table.name}_history"
    return SqlTable(
        name,
        metadata,
        Column("history_id", RowId, primary_key=True, autoincrement=True),
        *columns,
        Column("superseded_at", UtcTime, nullable=False),
        Index(f"ix_{name}_{'_'.join(keys)}", *keys),
    )


HISTORY: dict[str, SqlTable] = {model.__table__.name: _twin(model.__table__) for model in DATED}

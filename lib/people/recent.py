"""What a person opened last: kept for the list beside the search box, shown while it is still theirs."""

import pandas as pd
from sqlalchemy import Select, delete, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import DeskError, Invalid, NotFound
from lib.store.database import reading
from lib.store.doors import command, query
from lib.store.models import Account, ChurnAlert, Quote, RecentItem
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts

KEPT, SHOWN = 20, 6
# Page -> its table and the permission without which its rows are not told.
PAGES = {
    "account": (Account, "account.read"), "quote": (Quote, "quote.read"), "alerts": (ChurnAlert, "alert.read")
}  # fmt: skip
COLUMNS = ["page", "row_id", "label", "opened_at"]


@query("people.recent", permission="account.read")
def items(viewer: Viewer) -> pd.DataFrame:
    """page, row_id, label, opened_at (UTC): the newest SHOWN the viewer still sees; label: the account's
    name, for a quote its title before it."""
    newest = select(RecentItem.page, RecentItem.row_id, RecentItem.opened_at).where(
        RecentItem.person_id == viewer.person_id
    )
    with reading() as connection:
        kept = connection.execute(newest.order_by(RecentItem.opened_at.desc(), RecentItem.id)).all()
        labels: dict[tuple[str, int], str] = {}
        for page in {row.page for row in kept} & set(PAGES):
            ids = [row.row_id for row in kept if row.page == page]
            found = connection.execute(_labels(viewer, page, ids))
            labels |= {(page, row.id): row.label for row in found}
    told = [
        (row.page, row.row_id, labels[row.page, row.row_id], row.opened_at)
        for row in kept
        if (row.page, row.row_id) in labels
    ]
    return pd.DataFrame(told[:SHOWN], columns=COLUMNS)


def _labels(viewer: Viewer, page: str, ids: list[int]) -> Select:
    """id, label of the rows the viewer sees and may read."""
    model, permission = PAGES[page]
    name = spoken_name(viewer, Account)
    label = Quote.title + " · " + name if page == "quote" else name
    statement = select(model.id, label.label("label"))
    if model is not Account:
        statement = statement.join(Account, Account.id == model.account_id)
    if not viewer.may(permission):
        ids = []
    return statement.where(model.id.in_(ids), of_visible_accounts(viewer, Account.id))


@command("people.opened", permission="account.read")
def opened(session: Session, viewer: Viewer, page: str, row_id: int) -> None:
    """Keep that the viewer opened a record now. It is a bookmark of their own, no change of a record, and so
    leaves no audit entry. Raises NotFound for what is not theirs, Invalid for an unknown page."""
    if page not in PAGES:
        raise Invalid("field_choice", field=page[:32])
    if session.execute(_labels(viewer, page, [row_id])).first() is None:
        raise NotFound()
    mine = select(RecentItem).where(RecentItem.person_id == viewer.person_id)
    held = session.execute(mine.order_by(RecentItem.opened_at.desc(), RecentItem.id)).scalars().all()
    same = next((one for one in held if (one.page, one.row_id) == (page, row_id)), None)
    if same is None:
        session.add(RecentItem(person_id=viewer.person_id, page=page, row_id=row_id, opened_at=viewer.now))
    else:
        same.opened_at = viewer.now
    if gone := [one.id for one in held if one is not same][KEPT - 1 :]:
        session.execute(delete(RecentItem).where(RecentItem.id.in_(gone)))


def visited(viewer: Viewer, page: str, row_id: int | None) -> pd.DataFrame:
    """The recent items, with the record that is open now kept as the newest; a record that is the newest
    already costs no write, one that is not the viewer's is left out."""
    shown = items(viewer)
    if page not in PAGES or row_id is None:
        return shown
    newest = shown.iloc[0] if len(shown) else None
    if newest is not None and (newest.page, int(newest.row_id)) == (page, row_id):
        return shown
    try:
        opened(viewer, page, row_id)
    except DeskError:
        return shown  # a list of links is not worth a refusal on the page that is being opened
    return items(viewer)

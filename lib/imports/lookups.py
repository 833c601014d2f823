"""Finds what rows refer to, by key and inside the viewer's scope, and remembers it for the next chunk."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, null, select

from lib.access import Viewer
from lib.imports.batch import Info
from lib.store.database import parts
from lib.store.models import Account, Contact, Invoice, Person, Subscription, User
from lib.store.scope import of_visible_accounts, visible_accounts


def _people(_viewer: Viewer) -> Select:
    return select(Person.external_id, Person.id)


def _accounts(viewer: Viewer) -> Select:
    return select(
        Account.external_id, Account.id, Account.id.label("account_id"), Account.currency,
        null().label("since"), null().label("until"), Account.signed_up_on,
    ).where(visible_accounts(viewer))  # fmt: skip


def _contacts(viewer: Viewer) -> Select:
    mine = of_visible_accounts(viewer, Contact.account_id)
    return select(Contact.external_id, Contact.id, Contact.account_id).where(mine)


def _invoices(viewer: Viewer) -> Select:
    mine = of_visible_accounts(viewer, Invoice.account_id)
    return select(Invoice.external_id, Invoice.id, Invoice.account_id, Invoice.currency).where(mine)


def _subscriptions(viewer: Viewer) -> Select:
    return (
        select(Subscription.external_id, Subscription.id, Subscription.account_id, Subscription.currency,
               Subscription.starts_on, Subscription.ends_on, Account.signed_up_on)
        .join(Account, Account.id == Subscription.account_id)
        .where(of_visible_accounts(viewer, Subscription.account_id))
    )  # fmt: skip


def _users(viewer: Viewer) -> Select:
    return (
        select(User.external_id, User.id, User.account_id, null().label("currency"), User.created_on,
               null().label("until"), Account.signed_up_on)
        .join(Account, Account.id == User.account_id)
        .where(of_visible_accounts(viewer, User.account_id))
    )  # fmt: skip


_SOURCES: dict[str, tuple[Callable[[Viewer], Select], Any]] = {
    "people": (_people, Person.external_id),
    "accounts": (_accounts, Account.external_id),
    "contacts": (_contacts, Contact.external_id),
    "invoices": (_invoices, Invoice.external_id),
    "subscriptions": (_subscriptions, Subscription.external_id),
    "users": (_users, User.external_id),
}


class Lookups:
    """Known keys of every kind that is referred to; each key is asked for once."""

    def __init__(self, connection: Connection, viewer: Viewer) -> None:
        self.connection, self.viewer = connection, viewer
        self._known: dict[str, dict[str, Info | None]] = {}

    def infos(self, kind: str, keys: Sequence[str | None]) -> list[Info | None]:
        """What each key found; None for an empty or unknown one."""
        known = self._known.setdefault(kind, {None: None})
        missing = set(keys) - known.keys()
        if missing:
            make, column = _SOURCES[kind]
            for wanted in parts(missing):
                rows = self.connection.execute(make(self.viewer).where(column.in_(wanted)))
                known.update((row[0], Info(*row[1:])) for row in rows)
            known.update((key, None) for key in missing - known.keys())
        return [known[key] for key in keys]

    def forget(self, kind: str) -> None:
        self._known.pop(kind, None)

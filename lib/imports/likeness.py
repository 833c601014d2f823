"""Flags account names that a reader would take for another account's."""

import re
import unicodedata

from sqlalchemy import Connection, select

from lib.access import Viewer
from lib.imports.batch import Batch
from lib.store.models import Account
from lib.store.scope import visible_accounts

# Letters of other alphabets that look like Latin ones.
_TWINS = str.maketrans("аеорсухівкмнтԁѕјɡΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxibkmhtdsjgABEZHIKMNOPTYX")  # noqa: RUF001 - the point
_SIGNS = re.compile(r"[\W_]+")


def skeleton(name: str) -> str:
    """A name without case, width, blanks, signs and foreign twins of Latin letters."""
    if name.isascii():
        return _SIGNS.sub("", name).casefold()
    text = unicodedata.normalize("NFKC", name).translate(_TWINS).casefold().translate(_TWINS)
    return _SIGNS.sub("", text)


class LookAlikes:
    """The names of the store, then of the file as far as it was read."""

    def __init__(self, connection: Connection, viewer: Viewer) -> None:
        rows = connection.execute(select(Account.external_id, Account.name).where(visible_accounts(viewer)))
        self._names: dict[str, tuple[str, str]] = {skeleton(name): (key, name) for key, name in rows}

    def flag(self, batch: Batch) -> None:
        rows = zip(batch.column("key"), batch.column("name"), strict=True)
        for position, (key, name) in enumerate(rows):
            if key is None or name is None or position in batch.errors:
                continue
            shape = skeleton(name)
            other = self._names.setdefault(shape, (key, name)) if shape else (key, name)
            if other[0] != key:
                batch.remark(position, "look_alike", "name", other=other[1], key=other[0])

"""Ids that come out of a frame find their row again, on both kinds of store."""

from sqlalchemy import select

from lib.store.database import read_frame, read_one
from lib.store.models import Account
from tests import make


def test_an_id_taken_from_a_frame_finds_its_row(database):
    make.account(name="Lumora Home")
    taken = read_frame(select(Account.id, Account.name)).set_index("id").index[0]

    assert read_one(select(Account.name).where(Account.id == taken)).name == "Lumora Home"

"""Rights of loyalty levels: offered without anybody applying, never more than the quota, answered once."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lib.errors import Conflict, DeskError, NotFound
from lib.fulfilment import daily, rights, rights_commands, rights_queries
from lib.store import policy
from lib.store.database import read_frame, transaction
from lib.store.models import AccountSegment, Entitlement, RightGrant, Task
from tests import make
from tests.make import NOW, TODAY

TYPES = rights.read_rights(policy.shipped()["fulfilment"])


def test_a_right_belongs_to_its_level_and_every_higher_one() -> None:
    of = {level: {r.code for r in TYPES.values() if rights.belongs(r, level)} for level in rights.LEVELS}
    assert of["silver"] == set()
    assert {"presale", "birthday_gift"} <= of["gold"] < of["platinum"] == set(TYPES)
    assert not rights.belongs(TYPES["presale"], "unknown")


def test_a_quota_counts_and_none_is_no_limit() -> None:
    seat = replace(TYPES["event_seat"], quota=2)
    rights.take(seat, 1)
    with pytest.raises(Conflict, match="right_full"):
        rights.take(seat, 2)
    rights.take(replace(seat, quota=0), 10_000)
    assert rights.left([seat, TYPES["support_lane"]], {"event_seat": 3}) == {
        "event_seat": 0, "support_lane": None
    }  # fmt: skip


def vip(viewer, level: str, since: date = TODAY) -> int:
    account = make.account(owner=viewer.person_id, is_vip=True, status="active")
    on_level(account, level, since)
    return account


def on_level(account: int, level: str, since: date = TODAY) -> None:
    with transaction() as session:
        row = session.get(AccountSegment, (account, "loyalty")) or AccountSegment(
            account_id=account, axis="loyalty", value=level, reason={}, since=since, computed_on=TODAY
        )
        row.value, row.since = level, since
        session.add(row)


def offer(technical, day: date = TODAY) -> int:
    with transaction() as session:
        session.info["command"] = "daily.segments"
        return daily.offer_rights(session, technical, day)


def test_reaching_a_level_offers_its_rights_once_and_a_lost_level_takes_them_back(
    database, manager, technical
) -> None:
    account = vip(manager, "silver")
    assert offer(technical) == 0

    on_level(account, "gold")
    gold = {r.code for r in TYPES.values() if rights.belongs(r, "gold")}
    assert (offer(technical), offer(technical)) == (len(gold), 0)
    assert set(rights_queries.rights(manager)["code"]) == gold

    on_level(account, "silver", TODAY + timedelta(days=1))
    offer(technical, TODAY + timedelta(days=1))
    assert rights_queries.rights(manager).empty
    assert len(rights_queries.rights(manager, "lapsed")) == len(gold)


def test_an_accepted_right_is_an_entitlement_and_a_declined_one_is_not_offered_again(
    database, manager, other_manager, technical
) -> None:
    account = vip(manager, "gold")
    offer(technical)
    found = rights_queries.rights(manager).set_index("code")
    first, second = (int(found.loc[code, "id"]) for code in ("presale", "birthday_gift"))

    with pytest.raises(NotFound):
        rights_commands.accept_right(other_manager, first, 1)
    made = rights_commands.accept_right(manager, first, 1)
    rights_commands.decline_right(manager, second, 1, reason="No gifts by their own rules")
    with pytest.raises(Conflict):
        rights_commands.accept_right(manager, first, 2)

    with transaction() as session:
        held = session.get(Entitlement, made)
    assert (held.account_id, held.included, held.source) == (account, 1, "right")
    assert held.expires_on == TODAY + timedelta(days=364)
    assert offer(technical, TODAY + timedelta(days=30)) == 0
    assert rights_queries.right_types(manager)[1]["presale"] == TYPES["presale"].quota - 1
    again = offer(technical, TODAY + timedelta(days=365))  # the time is over: its turn comes again
    assert again == len(found)


def test_two_who_take_the_last_one_at_once_never_hold_more_than_the_quota(
    database, manager, technical, monkeypatch
) -> None:
    accounts = [vip(manager, "gold") for _each in range(4)]
    offer(technical)
    found = rights_queries.rights(manager).query("code == 'presale'")
    last = {code: replace(one, quota=2) for code, one in TYPES.items()}
    monkeypatch.setattr(rights_commands, "read_rights", lambda _body: last)
    refused: list[str] = []
    together = threading.Barrier(len(accounts))

    def take(grant: int) -> None:
        together.wait()
        try:
            rights_commands.accept_right(manager, grant, 1)
        except DeskError as error:
            refused.append(error.code)

    threads = [threading.Thread(target=take, args=(int(i),)) for i in found["id"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    held = read_frame(select(RightGrant.id).where(RightGrant.status == "granted"))
    assert (len(held), refused) == (2, ["right_full", "right_full"])


def test_a_right_nobody_used_is_a_task_before_it_lapses(embedded, manager, technical) -> None:
    vip(manager, "gold")
    offer(technical)
    grant = int(rights_queries.rights(manager)["id"].iloc[0])
    rights_commands.accept_right(manager, grant, 1)
    near = replace(technical, now=NOW + timedelta(days=340))

    for _turn in range(2):
        with transaction() as session:
            session.info["command"] = "daily.quotes"
            daily.raise_benefit_tasks(session, near, near.today)

    tasks = read_frame(select(Task.title, Task.owner_id).where(Task.kind == "unused_benefit"))
    assert tasks["owner_id"].tolist() == [manager.person_id]
    assert "presales" in tasks["title"].iloc[0]

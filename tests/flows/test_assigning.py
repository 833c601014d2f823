"""The list of accounts to assign: who stands on it, what is proposed, many at once and back, by rule."""

import contextlib
import random

import pytest
from sqlalchemy import select

from lib.access import Role
from lib.accounts import commands as accounts
from lib.errors import Conflict, DeskError, Invalid, NotAllowed, NotFound
from lib.flows import assigning, daily, handover
from lib.people import identity, staff
from lib.people.queries import uncovered
from lib.policy import commands as policies
from lib.store import models as m
from lib.store.database import read_frame, read_one
from lib.teams import covering
from tests import make
from tests.make import NOW, TODAY


def duties(account_id: int) -> dict[str, int]:
    found = select(m.Assignment.duty, m.Assignment.person_id).where(
        m.Assignment.account_id == account_id, m.Assignment.until.is_(None), m.Assignment.duty != "sales"
    )
    return {str(duty): int(who) for duty, who in read_frame(found).itertuples(index=False, name=None)}


def listed(viewer) -> dict[int, str]:
    return {one.need.id: covering.missing_of(one.need) for one, _, _ in covering.to_assign(viewer)}


def picks(viewer) -> list:
    return covering.picks_of([one for one, _, _ in covering.to_assign(viewer)])


@pytest.fixture
def team(database, admin, manager, other_manager):
    """A lead with two managers."""
    lead = make.person(name="Lead", roles=[Role.TEAM_LEAD])
    for person_id in (manager.person_id, other_manager.person_id):
        make.change(m.Person, person_id, manager_id=lead)
    return identity.viewer_of(lead, NOW)


def test_accounts_without_owner_or_backup_stand_on_the_list(team, admin, manager, other_manager):
    me, other = manager.person_id, other_manager.person_id
    bare, half = make.account(), make.account(owner=me)
    make.account(owner=me, backup=other)
    make.account(status="churned")
    make.account(is_vip=False, tier="Gold")
    enterprise = make.account(is_vip=False, tier="Enterprise")

    assert listed(admin) == {bare: "both", half: "backup", enterprise: "owner"}
    assert listed(team) == listed(admin)
    assert covering.to_assign_count(team) == 3


def test_a_leads_list_holds_their_team_and_accounts_nobody_holds(team, admin, manager):
    foreign = make.person(name="Elsewhere", roles=[Role.ACCOUNT_MANAGER])
    theirs, nobodys, ours = make.account(owner=foreign), make.account(), make.account(owner=manager.person_id)

    assert set(listed(team)) == {nobodys, ours}
    assert set(listed(admin)) == {theirs, nobodys, ours}
    with pytest.raises(NotFound):
        assigning.assign_many(team, [(theirs, None, manager.person_id)], "form-1")
    with pytest.raises(NotAllowed):
        assigning.assign_many(manager, [(nobodys, manager.person_id, None)], "form-2")


@pytest.mark.acceptance("C33")
def test_accepting_all_proposals_gives_every_vip_account_one_owner_and_one_backup(
    team, manager, other_manager
):
    ids = [make.account() for _ in range(6)] + [make.account(owner=manager.person_id)]

    assigning.assign_many(team, picks(team), "form-1", "First books")

    for account_id in ids:
        held = duties(account_id)
        assert set(held) == {"owner", "backup"}
        assert held["owner"] != held["backup"]
    assert listed(team) == {}
    entries = select(m.AuditEntry.account_id, m.AuditEntry.reason).where(
        m.AuditEntry.command == assigning.NAME
    )
    told = read_frame(entries)
    assert sorted(told["account_id"]) == sorted(ids)
    assert set(told["reason"]) == {"First books"}


def test_one_undo_puts_them_all_back_on_the_list(team, manager):
    ids = {make.account(), make.account(owner=manager.person_id)}
    key = assigning.assign_many(team, picks(team), "form-1")
    assert key == assigning.assign_many(team, [(i, *pair) for i, *pair in _stored(key)], "form-1")

    assert assigning.undo_assign(team, key) == 2

    assert set(listed(team)) == ids
    with pytest.raises(Conflict, match="nothing_to_undo"):
        assigning.undo_assign(team, key)


def _stored(key: str) -> list:
    moves = read_one(select(m.FormKey.result).where(m.FormKey.key == key))[0]["moves"]
    return [(int(i), one["after"].get("owner"), one["after"].get("backup")) for i, one in moves.items()]


def test_what_somebody_switched_off_left_open_goes_to_who_takes_over_and_back(
    team, admin, manager, other_manager
):
    gone = make.person(name="Gone", roles=[Role.ACCOUNT_MANAGER])
    account = make.account(owner=gone, backup=manager.person_id)
    task, promise = make.task(account, gone), make.promise(account, gone)
    assert listed(team) == {}
    staff.switch_off(admin, gone, 1)
    assert listed(team) == {account: "owner"}

    key = assigning.assign_many(team, picks(team), "form-1")

    assert duties(account) == {"owner": duties(account)["owner"], "backup": manager.person_id}
    taker = duties(account)["owner"]
    assert taker not in (gone, manager.person_id)
    pairs = ((m.Task, task), (m.Promise, promise))
    assert [read_one(select(x.owner_id).where(x.id == i))[0] for x, i in pairs] == [taker, taker]
    assigning.undo_assign(team, key)
    assert duties(account) == {"owner": gone, "backup": manager.person_id}
    assert read_one(select(m.Task.owner_id).where(m.Task.id == task))[0] == gone


def test_a_duty_somebody_fit_holds_by_now_is_not_taken_from_them(team, manager, other_manager):
    account = make.account()
    asked = picks(team)
    assigning.assign_many(team, asked, "form-1")

    with pytest.raises(Conflict, match="assign_held"):
        assigning.assign_many(team, asked, "form-2")
    with pytest.raises(Invalid, match="handover_nothing"):
        assigning.assign_many(team, [(account, None, None)], "form-3")


def test_nobody_is_made_owner_and_backup_or_holds_a_duty_their_role_does_not_fit(team, manager, seller):
    account = make.account(owner=manager.person_id)

    with pytest.raises(Invalid, match="backup_is_owner"):
        assigning.assign_many(team, [(account, None, manager.person_id)], "form-1")
    with pytest.raises(Invalid, match="person_not_fit"):
        assigning.assign_many(team, [(account, None, seller.person_id)], "form-2")
    assert duties(account) == {"owner": manager.person_id}


def test_the_daily_run_assigns_by_itself_only_where_the_policy_says_so(team, admin, manager, other_manager):
    account = make.account()
    runner = identity.technical_viewer(NOW, "test")
    daily._tasks(runner, TODAY)
    assert duties(account) == {}

    policies.change(admin, "team", 1, {"auto.assign": "true"}, TODAY, "From today on")
    daily._tasks(runner, TODAY)

    assert set(duties(account)) == {"owner", "backup"}
    before = duties(account)
    daily._tasks(runner, TODAY)
    assert duties(account) == before


def working() -> set[int]:
    return set(read_frame(select(m.Person.id).where(m.Person.active))["id"].tolist())


def _act(rng: random.Random, admin, people: list[int], ids: list[int], number: int) -> None:
    """One thing somebody might do to books; refusals are part of it."""
    one, other, third = rng.sample(people, 3)
    account = rng.choice(ids)
    version = read_one(select(m.Account.version).where(m.Account.id == account))[0]
    standing = read_one(select(m.Person.version, m.Person.active).where(m.Person.id == one))
    book = [i for i in ids if one in duties(i).values()]
    acts = {
        "owner": lambda: accounts.set_owner(admin, account, version, one),
        "backup": lambda: accounts.set_owner(admin, account, version, one, "backup"),
        "assign": lambda: assigning.assign_many(admin, picks(admin), f"assign-{number}"),
        "move": lambda: handover.hand_over_book(admin, one, other, book, f"move-{number}"),
        "move_with": lambda: handover.hand_over_book(
            admin, one, other, book, f"with-{number}", backup_id=third
        ),
        "undo": lambda: handover.undo_handover(admin, f"with-{number - 1}"),
        "unassign": lambda: assigning.undo_assign(admin, f"assign-{number - 1}"),
        "switch": lambda: (staff.switch_off if standing.active else staff.switch_on)(
            admin, one, standing.version
        ),
        "new": lambda: ids.append(make.account(owner=other)),
    }  # fmt: skip
    with contextlib.suppress(DeskError):
        acts[rng.choice(list(acts))]()


@pytest.mark.acceptance("C33")
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_a_vip_account_has_one_owner_and_one_backup_or_stands_on_the_list(
    seed, database, admin
):
    """Any sequence of assignments, handovers, switch-offs and their undoings, on both stores."""
    rng = random.Random(seed)
    people = [make.person(name=f"M{i}", roles=[Role.ACCOUNT_MANAGER]) for i in range(4)]
    ids = [make.account(owner=people[i % 4], backup=people[(i + 1) % 4]) for i in range(4)]
    for number in range(40):
        covered = set(ids) - set(listed(admin))
        before = working()
        _act(rng, admin, people, ids, number)
        active = working()

        on_list = set(listed(admin))
        for account_id in ids:
            held = {duty: who for duty, who in duties(account_id).items() if who in active}
            complete = set(held) == {"owner", "backup"} and held["owner"] != held["backup"]
            assert complete is (account_id not in on_list)
        if active == before and number:  # nobody was switched off: nothing may have lost its cover
            undone = on_list & covered
            assert not undone or _taken_back(undone)
    assert set(uncovered(admin)["account_id"]) == set(listed(admin))


def _taken_back(accounts_: set[int]) -> bool:
    """Only an undo puts accounts back to how they were before, on the list."""
    last = read_one(
        select(m.AuditEntry.command).where(m.AuditEntry.account_id.in_(accounts_))
        .order_by(m.AuditEntry.id.desc()).limit(1)
    )  # fmt: skip
    return last[0] in ("teams.undo_assign", "people.undo_handover")

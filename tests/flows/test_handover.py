"""Handing a book over: all of it or chosen accounts, with what is open there, and back again."""

import pytest
from sqlalchemy import func, select

from lib.access import Role
from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.flows import handover, leaving, open_work
from lib.people import identity, staff
from lib.store import check
from lib.store import models as m
from lib.store.database import read_frame, read_one
from lib.today.marks import marks
from tests import make
from tests.make import NOW


def duties(account_id: int) -> dict[str, int]:
    found = select(m.Assignment.duty, m.Assignment.person_id).where(
        m.Assignment.account_id == account_id, m.Assignment.until.is_(None)
    )
    return dict(read_frame(found).itertuples(index=False, name=None))


def owner_of(model, row_id: int) -> int:
    return read_one(select(model.owner_id).where(model.id == row_id))[0]


def handed(admin, *arguments) -> str:
    """The handover with the admin as backup where the receiver cannot be both."""
    return handover.hand_over_book(admin, *arguments, backup_id=admin.person_id)


@pytest.fixture
def book(store, manager, other_manager, admin):
    """Three accounts of the manager: owned, owned with the receiver as backup, backed up for the admin."""
    me, other = manager.person_id, other_manager.person_id
    return {
        "owned": make.account(owner=me, backup=admin.person_id, name="A"),
        "shared": make.account(owner=me, backup=other, name="B"),
        "backed": make.account(owner=admin.person_id, backup=me, name="C"),
    }


@pytest.mark.acceptance("C33")
def test_a_whole_book_moves_with_open_tasks_and_promises_and_its_alerts(
    database, book, manager, other_manager, admin
):
    me, other = manager.person_id, other_manager.person_id
    task, done = make.task(book["owned"], me), make.task(book["owned"], me, status="done")
    promise, foreign = make.promise(book["backed"], me), make.promise(book["owned"], admin.person_id)
    elsewhere = make.task(make.account(owner=admin.person_id), me)
    make.alert(book["owned"])
    make.renewal(book["owned"], make.contract(book["owned"]))
    told = handover.preview(admin, me, other, list(book.values()))
    assert (told.accounts, told.owned, told.backed_up, told.tasks, told.promises, told.alerts, told.bare) == (
        3, 2, 1, 1, 1, 1, 1
    )  # fmt: skip
    assert (told.renewals, told.requests, told.opinions) == (1, 0, 0)

    handed(admin, me, other, list(book.values()), "form-1", "New territory")

    assert duties(book["owned"]) == {"owner": other, "backup": admin.person_id}
    assert duties(book["shared"]) == {"owner": other, "backup": admin.person_id}
    assert duties(book["backed"]) == {"owner": admin.person_id, "backup": other}
    assert (owner_of(m.Task, task), owner_of(m.Promise, promise)) == (other, other)
    assert (owner_of(m.Task, done), owner_of(m.Task, elsewhere)) == (me, me)
    assert owner_of(m.Promise, foreign) == admin.person_id
    entries = read_frame(
        select(m.AuditEntry.account_id, m.AuditEntry.reason).where(m.AuditEntry.command == handover.NAME)
    )
    assert sorted(entries["account_id"]) == sorted(book.values())
    assert set(entries["reason"]) == {"New territory"}


def test_the_receiver_sees_the_alerts_at_the_next_click(database, book, manager, other_manager, admin):
    make.alert(book["owned"])
    assert (marks(manager).alerts, marks(other_manager).alerts) == (1, 0)

    handover.hand_over_book(admin, manager.person_id, other_manager.person_id, [book["owned"]], "form-1")

    assert (marks(manager).alerts, marks(other_manager).alerts) == (0, 1)


def test_one_click_takes_the_whole_handover_back(database, book, manager, other_manager, admin):
    me, other = manager.person_id, other_manager.person_id
    before = {i: duties(i) for i in book.values()}
    task, promise = make.task(book["owned"], me), make.promise(book["backed"], me)
    closed = make.task(book["owned"], me)
    key = handed(admin, me, other, list(book.values()), "form-1")
    make.change(m.Task, closed, status="done")

    assert handover.undo_handover(admin, key) == 3

    assert {i: duties(i) for i in book.values()} == before
    assert (owner_of(m.Task, task), owner_of(m.Promise, promise)) == (me, me)
    assert owner_of(m.Task, closed) == other
    with pytest.raises(Conflict, match="nothing_to_undo"):
        handover.undo_handover(admin, key)


def test_a_handover_is_taken_back_to_somebody_switched_off_too(embedded, book, manager, other_manager, admin):
    staff.switch_off(admin, manager.person_id, 1)
    key = handover.hand_over_book(
        admin, manager.person_id, other_manager.person_id, [book["owned"]], "form-1"
    )

    handover.undo_handover(admin, key)

    assert duties(book["owned"])["owner"] == manager.person_id


def test_nothing_is_taken_back_once_one_account_changed(database, book, manager, other_manager, admin):
    me, other = manager.person_id, other_manager.person_id
    key = handed(admin, me, other, list(book.values()), "form-1")
    leaving.set_status(admin, book["owned"], 2, "paused")

    with pytest.raises(Conflict, match="nothing_to_undo"):
        handover.undo_handover(admin, key)
    assert duties(book["backed"])["backup"] == other


def test_only_who_did_it_takes_it_back(embedded, book, manager, other_manager, admin):
    other_admin = identity.viewer_of(make.person(roles=[Role.ADMIN]), NOW)
    key = handover.hand_over_book(
        admin, manager.person_id, other_manager.person_id, [book["owned"]], "form-1"
    )

    for viewer, which in ((other_admin, key), (admin, "no such key")):
        with pytest.raises(NotFound):
            handover.undo_handover(viewer, which)


def test_chosen_accounts_move_and_the_others_stay(embedded, book, manager, other_manager, admin):
    handover.hand_over_book(admin, manager.person_id, other_manager.person_id, [book["owned"]], "form-1")

    assert duties(book["owned"])["owner"] == other_manager.person_id
    assert duties(book["shared"])["owner"] == manager.person_id


def test_an_unfit_receiver_moves_nothing(database, book, manager, seller, leader, admin):
    off = make.person(roles=[Role.ACCOUNT_MANAGER], active=False)

    for to in (seller.person_id, leader.person_id, off, 987_654):
        with pytest.raises(Invalid, match="person_not_fit"):
            handover.hand_over_book(admin, manager.person_id, to, list(book.values()), f"form-{to}")
    with pytest.raises(Invalid, match="handover_self"):
        handover.hand_over_book(admin, manager.person_id, manager.person_id, [book["owned"]], "form-s")
    with pytest.raises(Invalid, match="handover_nothing"):
        handover.hand_over_book(admin, manager.person_id, admin.person_id, [], "form-n")
    assert duties(book["owned"])["owner"] == manager.person_id


def test_an_account_that_is_not_in_the_book_moves_nothing(database, book, manager, other_manager, admin):
    foreign = make.account(owner=other_manager.person_id)

    for stranger in (foreign, 987_654):
        with pytest.raises(NotFound):
            handover.hand_over_book(
                admin, manager.person_id, admin.person_id, [book["owned"], stranger], f"form-{stranger}"
            )
    assert duties(book["owned"])["owner"] == manager.person_id


def test_a_lead_hands_over_their_team_alone_and_a_manager_nothing(database, book, manager, other_manager):
    lead = identity.viewer_of(make.person(roles=[Role.TEAM_LEAD]), NOW)
    arguments = (manager.person_id, other_manager.person_id, [book["owned"]])
    with pytest.raises(NotFound):
        handover.hand_over_book(lead, *arguments, "form-1")
    with pytest.raises(NotAllowed):
        handover.hand_over_book(manager, *arguments, "form-2")

    make.change(m.Person, manager.person_id, manager_id=lead.person_id)
    assert handover.hand_over_book(identity.viewer_of(lead.person_id, NOW), *arguments, "form-3")


def test_a_form_sent_twice_moves_once(embedded, book, manager, other_manager, admin):
    sent = (manager.person_id, other_manager.person_id, [book["owned"]], "form-1")

    assert handover.hand_over_book(admin, *sent) == handover.hand_over_book(admin, *sent)
    assert read_one(select(func.count()).where(m.AuditEntry.command == handover.NAME))[0] == 1


def test_a_failure_in_the_middle_leaves_every_account_where_it_was(
    database, book, manager, other_manager, admin, monkeypatch
):
    def broken(*_args) -> None:
        raise RuntimeError("stopped in the middle")

    monkeypatch.setattr(open_work, "give", broken)
    make.task(book["owned"], manager.person_id)

    with pytest.raises(RuntimeError):
        handed(admin, manager.person_id, other_manager.person_id, list(book.values()), "form-1")
    assert duties(book["owned"])["owner"] == manager.person_id


def test_the_store_check_names_accounts_whose_owner_is_their_own_backup(database, manager, admin):
    fine = make.account(owner=manager.person_id, backup=admin.person_id)
    assert next(f for f in check.examine() if f.code == "duties").ok

    wrong = make.account(owner=manager.person_id, backup=manager.person_id)

    found = next(f for f in check.examine() if f.code == "duties")
    assert (found.ok, found.detail) == (False, str(wrong))
    assert str(fine) != found.detail


def test_a_covered_account_never_loses_its_backup_to_a_handover(
    database, book, manager, other_manager, admin
):
    """Either somebody is named for the place that falls empty, or nothing moves."""
    me, other = manager.person_id, other_manager.person_id

    with pytest.raises(Conflict, match="handover_uncovers") as refused:
        handover.hand_over_book(admin, me, other, list(book.values()), "form-1")
    assert refused.value.values["count"] == 1
    assert duties(book["shared"]) == {"owner": me, "backup": other}

    handover.hand_over_book(admin, me, other, [book["shared"]], "form-2", backup_id=me)
    assert duties(book["shared"]) == {"owner": other, "backup": me}


def test_the_new_owner_cannot_be_named_as_backup_too(embedded, book, manager, other_manager, admin):
    with pytest.raises(Invalid, match="backup_is_owner"):
        handover.hand_over_book(admin, manager.person_id, other_manager.person_id, [book["shared"]], "form-1",
                                backup_id=other_manager.person_id)  # fmt: skip


def test_what_the_former_owner_thought_is_withdrawn_and_comes_back_with_an_undo(
    database, book, manager, other_manager, admin
):
    me, other = manager.person_id, other_manager.person_id
    first, last = (
        make.insert(m.AccountSentiment(account_id=book["owned"], value=value, note="Their team changed",
                                       set_on=NOW.date(), person_id=me, set_at=NOW))
        for value in ("good", "poor")
    )  # fmt: skip
    kept = make.insert(
        m.AccountSentiment(account_id=book["backed"], value="good", note="Calm", set_on=NOW.date(),
                           person_id=admin.person_id, set_at=NOW)
    )  # fmt: skip
    assert handover.preview(admin, me, other, [book["owned"]]).opinions == 2

    key = handed(admin, me, other, list(book.values()), "form-1")

    opinions = select(m.AccountSentiment.id).where(m.AccountSentiment.withdrawn_at.is_(None))
    assert read_frame(opinions)["id"].tolist() == [kept]
    said = select(m.AuditEntry.row_id).where(m.AuditEntry.table_name == "account_sentiment")
    assert sorted(read_frame(said)["row_id"]) == [first, last]

    handover.undo_handover(admin, key)
    assert sorted(read_frame(opinions)["id"]) == [first, last, kept]


def test_open_internal_requests_go_along_and_answered_ones_stay(
    database, book, manager, other_manager, admin
):
    me = manager.person_id
    waiting, answered = (make.request(book["owned"], me, state=state) for state in ("working", "answered"))

    handover.hand_over_book(admin, me, other_manager.person_id, [book["owned"]], "form-1")

    assert owner_of(m.InternalRequest, waiting) == other_manager.person_id
    assert owner_of(m.InternalRequest, answered) == me


def test_a_handover_is_on_record_with_both_people(embedded, book, manager, other_manager, admin):
    me, other = manager.person_id, other_manager.person_id
    key = handover.hand_over_book(admin, me, other, [book["owned"]], "form-1")
    row = read_one(select(m.BookHandover.from_id, m.BookHandover.to_id, m.BookHandover.accounts))
    assert tuple(row) == (me, other, [book["owned"]])

    handover.undo_handover(admin, key)
    assert read_one(select(m.BookHandover.undone_at))[0] == NOW

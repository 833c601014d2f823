"""Accounts and contacts created, corrected, handed over and taken back, on both stores."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lib.access import Role
from lib.accounts import commands, overview, queries
from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.flows import leaving
from lib.store.database import reading
from lib.store.models import HISTORY, Account, Assignment, AuditEntry, Contact, ManualValue, Person
from tests import make

VALUES = {"name": "Lumora Home", "name_zh": "麓木家居", "currency": "CNY", "stated_arr_minor": 123_456}
HOSTILE = [
    "<script>alert(1)</script>", '=HYPERLINK("http://x")', "'; DROP TABLE account; --",
    "**bold** [x](y) $a$ :red[x]", "شركة النور",
    "\U0001f469\u200d\U0001f4bb 工作室", "{name} %s %(x)s", "x" * 255,
]  # fmt: skip


def rows(model, *where):
    with reading() as connection:
        return connection.execute(select(*model.__table__.columns).where(*where)).fetchall()


def one(model, row_id):
    return rows(model, model.id == row_id)[0]


def marks(table="account"):
    return {row.field: row.imported_text for row in rows(ManualValue, ManualValue.table_name == table)}


def last_change() -> int:
    with reading() as connection:
        return connection.execute(select(AuditEntry.id).order_by(AuditEntry.id.desc())).scalar()


@pytest.fixture
def imported(database, manager) -> int:
    return make.account(owner=manager.person_id, source="ravenstack", name="Kestrel", city="Berlin", seats=20)


def test_a_new_account_belongs_to_who_wrote_it_down(database, manager, today):
    made = commands.create_account(manager, "key-1", VALUES)

    row = one(Account, made)
    assert (row.name, row.name_zh, row.currency, row.stated_arr_minor, row.source) == (
        "Lumora Home", "麓木家居", "CNY", 123_456, "hand",
    )  # fmt: skip
    held = rows(Assignment, Assignment.account_id == made)
    assert [(a.person_id, a.duty, a.since, a.until) for a in held] == [
        (manager.person_id, "owner", today, None)
    ]
    assert rows(AuditEntry, AuditEntry.account_id == made)[0].new["name"] == "Lumora Home"


def test_the_same_form_sent_twice_makes_one_account(database, manager):
    first = commands.create_account(manager, "key-1", VALUES)
    again = commands.create_account(manager, "key-1", VALUES)

    assert first == again
    assert len(rows(Account)) == 1
    with pytest.raises(Conflict, match="form_used_already"):
        commands.create_account(manager, "key-1", VALUES | {"name": "Other"})


def test_a_name_the_book_has_already_asks_first_and_a_foreign_book_stays_secret(
    database, manager, other_manager
):
    commands.create_account(manager, "key-1", VALUES)

    with pytest.raises(Conflict, match="account_same_name"):
        commands.create_account(manager, "key-2", VALUES | {"name": " lumora  HOME"})
    assert commands.create_account(manager, "key-3", VALUES, same_name_is_fine=True)
    assert commands.create_account(other_manager, "key-4", VALUES)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_stored_and_found_letter_by_letter(database, manager, text):
    made = commands.create_account(manager, "key-1", {"name": text})
    frame, total = queries.account_page(manager, search=text)

    assert one(Account, made).name == text
    assert total == 1
    assert frame["name"].tolist() == [text]
    assert queries.account_page(manager, search="%_\\")[1] == ("%_\\" in text)


def test_a_refused_account_leaves_nothing_behind(database, manager, today):
    for values in ({}, {"name": "A\u202eB"}, VALUES | {"signed_up_on": today + timedelta(days=1)}):
        with pytest.raises(Invalid):
            commands.create_account(manager, "key-1", values)

    assert rows(Account) == []
    assert rows(AuditEntry) == []


def test_who_may_not_write_accounts_is_refused(database, leader, seller, imported):
    for viewer in (leader, seller):
        with pytest.raises(NotAllowed):
            commands.create_account(viewer, "key-1", VALUES)
        with pytest.raises(NotAllowed):
            commands.correct_account(viewer, imported, 1, {"city": "Paris"})


def test_a_correction_of_an_imported_value_is_marked_with_what_the_import_said(manager, imported):
    version = commands.correct_account(manager, imported, 1, {"city": "Paris", "seats": 20}, "They moved")

    row = one(Account, imported)
    assert (row.city, row.version, version, row.updated_at) == ("Paris", 2, 2, manager.now)
    assert marks() == {"city": "Berlin"}
    entry = rows(AuditEntry, AuditEntry.id == last_change())[0]
    assert (entry.old, entry.new["city"], entry.reason) == ({"city": "Berlin"}, "Paris", "They moved")


def test_a_second_correction_keeps_what_the_import_said_and_going_back_drops_the_mark(manager, imported):
    commands.correct_account(manager, imported, 1, {"city": "Paris", "domain": "kestrel.example"})
    commands.correct_account(manager, imported, 2, {"city": "Rome"})
    assert marks() == {"city": "Berlin", "domain": None}

    commands.correct_account(manager, imported, 3, {"city": "Berlin"})

    assert marks() == {"domain": None}


def test_what_a_person_wrote_down_needs_no_mark(database, manager):
    made = commands.create_account(manager, "key-1", VALUES)
    commands.correct_account(manager, made, 1, {"city": "Paris"})

    assert marks() == {}


def test_nothing_changed_is_no_change(manager, imported):
    assert commands.correct_account(manager, imported, 1, {"city": "Berlin"}) == 1
    assert rows(AuditEntry) == []


def test_who_saw_an_older_version_is_told_so(manager, imported):
    commands.correct_account(manager, imported, 1, {"city": "Paris"})

    with pytest.raises(Conflict, match="changed_meanwhile"):
        commands.correct_account(manager, imported, 1, {"city": "Rome"})
    assert one(Account, imported).city == "Paris"


def test_a_foreign_account_reads_like_one_that_does_not_exist(database, other_manager, imported):
    contact = make.contact(imported)
    for call in (
        lambda: commands.correct_account(other_manager, imported, 1, {"city": "Paris"}),
        lambda: commands.correct_account(other_manager, 10**9, 1, {"city": "Paris"}),
        lambda: commands.set_owner(other_manager, imported, 1, other_manager.person_id),
        lambda: leaving.set_status(other_manager, imported, 1, "churned"),
        lambda: commands.create_contact(other_manager, imported, "key-1", {"name": "X"}),
        lambda: commands.correct_contact(other_manager, contact, 1, {"name": "X"}),
        lambda: commands.undo_last(other_manager, 10**9),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_new_currency_does_not_turn_old_amounts_into_other_money(database, manager):
    made = commands.create_account(manager, "key-1", VALUES)

    with pytest.raises(Invalid, match="currency_needs_amounts"):
        commands.correct_account(manager, made, 1, {"currency": "USD"})
    commands.correct_account(manager, made, 1, {"currency": "USD", "stated_arr_minor": 17_000})

    assert one(Account, made).stated_arr_minor == 17_000


def test_the_last_change_can_be_taken_back_and_brought_again(manager, imported):
    day = date(2024, 2, 29)
    commands.correct_account(manager, imported, 1, {"city": "Paris", "signed_up_on": day, "is_vip": False})

    commands.undo_last(manager, last_change())
    row = one(Account, imported)
    assert (row.city, row.signed_up_on, row.is_vip, row.version) == ("Berlin", None, True, 3)
    assert marks() == {}

    commands.undo_last(manager, last_change())
    row = one(Account, imported)
    assert (row.city, row.signed_up_on, row.is_vip) == ("Paris", day, False)


def test_an_older_change_cannot_be_taken_back_past_a_newer_one(manager, imported):
    commands.correct_account(manager, imported, 1, {"city": "Paris"})
    first = last_change()
    commands.correct_account(manager, imported, 2, {"city": "Rome"})

    with pytest.raises(Conflict, match="nothing_to_undo"):
        commands.undo_last(manager, first)
    assert one(Account, imported).city == "Rome"


def test_a_creation_cannot_be_taken_back(database, manager):
    commands.create_account(manager, "key-1", VALUES)

    with pytest.raises(Conflict, match="nothing_to_undo"):
        commands.undo_last(manager, last_change())


def test_a_foreign_change_cannot_be_taken_back(manager, other_manager, imported):
    commands.correct_account(manager, imported, 1, {"city": "Paris"})

    with pytest.raises(NotFound):
        commands.undo_last(other_manager, last_change())


def test_the_state_changes_by_its_own_command_alone(manager, imported):
    with pytest.raises(Invalid, match="field_not_open"):
        commands.correct_account(manager, imported, 1, {"status": "churned"})
    with pytest.raises(Invalid, match="field_choice"):
        leaving.set_status(manager, imported, 1, "gone")

    leaving.set_status(manager, imported, 1, "paused", "Their wish")

    assert one(Account, imported).status == "paused"
    commands.undo_last(manager, last_change())
    assert one(Account, imported).status == "active"


def current(account_id: int) -> dict[str, int]:
    held = rows(Assignment, Assignment.account_id == account_id, Assignment.until.is_(None))
    assert len({a.duty for a in held}) == len(held)
    return {a.duty: a.person_id for a in held}


def test_a_handover_ends_one_assignment_and_adds_another(admin, manager, other_manager, imported, today):
    commands.set_owner(admin, imported, 1, other_manager.person_id, reason="Holidays")

    assert current(imported) == {"owner": other_manager.person_id}
    ended = rows(Assignment, Assignment.person_id == manager.person_id)[0]
    assert (ended.until, ended.version) == (today, 2)
    history = HISTORY["assignment"]
    with reading() as connection:
        assert [row.until for row in connection.execute(select(history))] == [None]
    with pytest.raises(NotFound):
        overview.account_head(manager, imported)


@pytest.mark.parametrize(
    ("over", "after"),
    [
        ({}, {"owner", "backup"}),
        ({"is_vip": False}, {"owner"}),
        ({"status": "churned"}, {"owner"}),
    ],
)
def test_a_backup_who_becomes_the_owner_of_a_vip_account_changes_places_with_them(
    over, after, admin, manager, other_manager, imported
):
    make.change(Account, imported, **over)
    commands.set_owner(admin, imported, 1, other_manager.person_id, "backup")
    assert current(imported) == {"owner": manager.person_id, "backup": other_manager.person_id}

    commands.set_owner(admin, imported, 2, other_manager.person_id)
    held = {"owner": other_manager.person_id, "backup": manager.person_id}
    assert current(imported) == {duty: held[duty] for duty in after}

    commands.undo_last(admin, last_change())
    assert current(imported) == {"owner": manager.person_id, "backup": other_manager.person_id}


def test_a_former_owner_who_is_switched_off_does_not_become_the_backup(
    admin, manager, other_manager, imported
):
    commands.set_owner(admin, imported, 1, other_manager.person_id, "backup")
    make.change(Person, manager.person_id, active=False)

    commands.set_owner(admin, imported, 2, other_manager.person_id)

    assert current(imported) == {"owner": other_manager.person_id}


def test_only_who_can_look_after_an_account_gets_one(admin, manager, seller, imported):
    idle = make.person(name="Gone", roles=[Role.ACCOUNT_MANAGER], active=False)
    for person_id in (seller.person_id, idle, 10**9):
        with pytest.raises(Invalid, match="person_not_fit"):
            commands.set_owner(admin, imported, 1, person_id)
    with pytest.raises(Conflict, match="already_responsible"):
        commands.set_owner(admin, imported, 1, manager.person_id)
    with pytest.raises(Invalid, match="backup_is_owner"):
        commands.set_owner(admin, imported, 1, manager.person_id, "backup")
    with pytest.raises(Invalid, match="duty_unknown"):
        commands.set_owner(admin, imported, 1, manager.person_id, "sales")

    assert current(imported) == {"owner": manager.person_id}
    assert one(Account, imported).version == 1


def test_two_handovers_at_once_meet_as_a_conflict(admin, other_manager, imported):
    commands.set_owner(admin, imported, 1, other_manager.person_id)

    with pytest.raises(Conflict, match="changed_meanwhile"):
        commands.set_owner(admin, imported, 1, admin.person_id)


def test_a_contact_is_added_once_and_corrected_with_a_mark(manager, imported):
    made = commands.create_contact(manager, imported, "key-1", {"name": "Wang Tao", "email": "wt@x.example"})
    assert commands.create_contact(
        manager, imported, "key-1", {"name": "Wang Tao", "email": "wt@x.example"}
    ) == made  # fmt: skip
    theirs = make.contact(imported, name="Li Na", source="hubspot")

    commands.correct_contact(manager, theirs, 1, {"title": "CEO", "is_sponsor": True})

    assert one(Contact, theirs).title == "CEO"
    assert marks("contact") == {"title": None, "is_sponsor": "False"}
    commands.undo_last(manager, last_change())
    assert (one(Contact, theirs).title, one(Contact, theirs).is_sponsor) == (None, False)


def test_a_sponsor_who_left_is_no_sponsor(manager, imported):
    theirs = make.contact(imported, is_sponsor=True)

    with pytest.raises(Invalid, match="sponsor_not_active"):
        commands.correct_contact(manager, theirs, 1, {"active": False})


def test_sales_takes_back_contacts_but_never_accounts(manager, seller, admin):
    made = make.account(owner=manager.person_id, sales=seller.person_id, source="import")
    theirs = make.contact(made, source="import")
    commands.correct_contact(seller, theirs, 1, {"title": "CEO"})
    commands.undo_last(seller, last_change())
    commands.correct_account(manager, made, 1, {"city": "Paris"})

    with pytest.raises(NotAllowed):
        commands.undo_last(seller, last_change())
    assert one(Account, made).city == "Paris"

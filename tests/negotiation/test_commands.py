"""Writing touches, notes and promises, on both stores."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from lib.access import Role
from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.flows import talking
from lib.negotiation import commands, ledger, queries
from lib.negotiation.tasks import raise_due_tasks
from lib.playbooks import register
from lib.playbooks.rules import Only
from lib.store.database import read_one, transaction
from lib.store.models import AuditEntry, Note, Promise, Task, Touch
from tests import make

HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "<script>alert(1)</script> **bold** [a](b) :red[x] $x^2$",
    "'; DROP TABLE note; -- %_\\",
    "{{7*7}} ${x} %s {0}",
    "价格太高😀👨‍👩‍👧,要求 3 年\n第二行\t制表",
    "مرحبا שלום",
    "A" * 10_000,
]


def row(statement):
    return read_one(statement)


def audit_of(table: str):
    wanted = select(AuditEntry).where(AuditEntry.table_name == table).order_by(AuditEntry.id.desc())
    with transaction() as session:
        return session.execute(wanted).scalars().first()


@pytest.fixture
def account_id(database, manager) -> int:
    return make.account(owner=manager.person_id, name="Nordwave Audio", name_zh="北浪音频")


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_note_is_stored_literally_with_author_and_time(database, manager, account_id, typed):
    note_id = commands.write_note(manager, account_id, typed)

    note = row(select(Note.text, Note.author_id, Note.written_at, Note.shared).where(Note.id == note_id))
    assert note == (typed, manager.person_id, manager.now, False)
    assert audit_of("note").row_id == note_id


@pytest.mark.acceptance("C21")
@pytest.mark.parametrize("table", ["note", "note_amendment", "touch"])
@pytest.mark.parametrize("act", ["UPDATE {table} SET text = 'x'", "DELETE FROM {table}"])
def test_a_saved_note_cannot_be_altered_not_even_by_the_database(database, manager, account_id, table, act):
    note_id = commands.write_note(manager, account_id, "They ask for 24%.")
    commands.amend_note(manager, note_id, "Meant 22%.")
    talking.log_touch(manager, account_id, "call", "Spoke.", manager.now)
    statement = act.format(table=table).replace("text =", "summary =" if table == "touch" else "text =")

    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(statement))

    assert row(select(Note.text).where(Note.id == note_id)).text == "They ask for 24%."


@pytest.mark.acceptance("C21")
def test_a_note_is_amended_below_it_by_a_colleague(database, manager, leader, account_id):
    note_id = commands.write_note(manager, account_id, "They ask for 24%.")
    commands.amend_note(leader, note_id, "Meant 22%.")

    thread = queries.notes(manager, account_id)
    assert thread["part"].tolist() == ["note", "amendment"]
    assert thread["text"].tolist() == ["They ask for 24%.", "Meant 22%."]
    assert thread["author"].tolist() == ["Lin Wei", "Ada Berg"]


def test_the_same_form_twice_writes_one_note(database, manager, account_id):
    first = commands.write_note(manager, account_id, "Once.", form_key="form-1")
    again = commands.write_note(manager, account_id, "Once.", form_key="form-1")

    assert again == first
    assert queries.note_count(manager, account_id) == 1
    with pytest.raises(Conflict, match="form_used_already"):
        commands.write_note(manager, account_id, "Other.", form_key="form-1")


def test_a_form_key_of_somebody_else_gives_nothing_away(database, manager, leader, account_id):
    commands.write_note(manager, account_id, "Once.", form_key="form-1")

    with pytest.raises(Conflict, match="form_used_already"):
        commands.write_note(leader, account_id, "Once.", form_key="form-1")


def test_refused_notes_leave_nothing_behind(database, manager, account_id):
    for typed in ("", "  \n", "a\x00b", "A" * 10_001, "\u202eabc"):
        with pytest.raises(Invalid):
            commands.write_note(manager, account_id, typed, form_key="form-2")

    assert queries.note_count(manager, account_id) == 0
    assert audit_of("note") is None


def test_a_foreign_account_is_not_found_for_every_write(database, manager, other_manager, account_id):
    note_id = commands.write_note(manager, account_id, "Ours.")
    promise_id = commands.make_promise(manager, account_id, "Answer", manager.person_id, manager.today)
    mine = make.account(owner=other_manager.person_id)
    foreign_contact = make.contact(account_id)
    acts = [
        lambda: commands.write_note(other_manager, account_id, "x"),
        lambda: commands.amend_note(other_manager, note_id, "x"),
        lambda: talking.log_touch(other_manager, account_id, "call", "x", other_manager.now),
        lambda: talking.log_touch(other_manager, mine, "call", "x", other_manager.now, foreign_contact),
        lambda: commands.make_promise(
            other_manager, account_id, "x", other_manager.person_id, other_manager.today
        ),
        lambda: commands.make_promise(
            other_manager, mine, "x", other_manager.person_id, other_manager.today, note_id
        ),
        lambda: commands.keep_promise(other_manager, promise_id, 1, "x"),
        lambda: commands.drop_promise(other_manager, promise_id, 1, "x"),
        lambda: queries.account(other_manager, account_id),
        lambda: ledger.closing_draft(other_manager, account_id),
        lambda: commands.write_note(other_manager, 10**9, "x"),
    ]

    for act in acts:
        with pytest.raises(NotFound):
            act()


def test_a_touch_keeps_channel_time_and_contact(database, manager, account_id):
    contact = make.contact(account_id, name="王涛")
    happened = manager.now - timedelta(hours=2)
    touch_id = talking.log_touch(manager, account_id, "wechat", "他们要三年价格。", happened, contact)

    stored = row(
        select(Touch.channel, Touch.happened_at, Touch.contact_id, Touch.two_way).where(Touch.id == touch_id)
    )
    assert stored == ("wechat", happened, contact, True)
    assert queries.touches(manager, account_id).iloc[0]["contact"] == "王涛"


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"channel": "pigeon"}, "negotiation_channel"),
        ({"summary": " "}, "negotiation_text_missing"),
        ({"summary": "A" * 4_001}, "negotiation_text_long"),
    ],
)
def test_a_bad_touch_is_refused(database, manager, account_id, over, code):
    values = {"channel": "call", "summary": "Spoke."} | over

    with pytest.raises(Invalid, match=code):
        talking.log_touch(manager, account_id, happened_at=manager.now, **values)
    with pytest.raises(Invalid, match="negotiation_touch_ahead"):
        talking.log_touch(manager, account_id, "call", "Spoke.", manager.now + timedelta(hours=1))


def test_a_touch_without_a_zone_is_refused(database, manager, account_id):
    with pytest.raises(ValueError, match="naive"):
        talking.log_touch(manager, account_id, "call", "Spoke.", datetime(2026, 11, 19, 12))


@pytest.mark.acceptance("C21")
def test_a_promise_has_owner_due_date_and_proof(database, manager, account_id):
    due = date(2026, 11, 21)
    promise_id = commands.make_promise(manager, account_id, "Security answers", manager.person_id, due)
    commands.keep_promise(manager, promise_id, 1, "Mail of 20 Nov, 14:02")

    kept = ledger.promises(manager, account_id).iloc[0]
    assert (kept["owner"], kept["due_on"], kept["proof"]) == ("Lin Wei", due, "Mail of 20 Nov, 14:02")
    assert (kept["status"], kept["state"], kept["closed_at"]) == ("kept", "kept", manager.now)
    entry = audit_of("promise")
    assert (entry.old, entry.new["status"]) == ({"status": "open"}, "kept")


def test_a_promise_is_closed_once_and_only_as_it_was_seen(database, manager, account_id):
    promise_id = make.promise(account_id, manager.person_id)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        commands.keep_promise(manager, promise_id, 7, "x")
    commands.drop_promise(manager, promise_id, 1, "The customer no longer needs it.")

    with pytest.raises(Conflict, match="negotiation_promise_closed"):
        commands.keep_promise(manager, promise_id, 2, "x")
    assert row(select(Promise.status, Promise.version).where(Promise.id == promise_id)) == ("dropped", 2)


@pytest.mark.parametrize("told", ["", "  ", "a\nb\x00"])
def test_a_promise_is_not_kept_without_proof(database, manager, account_id, told):
    promise_id = make.promise(account_id, manager.person_id)

    with pytest.raises(Invalid):
        commands.keep_promise(manager, promise_id, 1, told)
    assert row(select(Promise.status).where(Promise.id == promise_id)).status == "open"


def test_a_promise_belongs_to_somebody_who_sees_the_account(
    database, manager, other_manager, leader, account_id
):
    with pytest.raises(Invalid, match="negotiation_owner"):
        commands.make_promise(manager, account_id, "x", other_manager.person_id, manager.today)
    with pytest.raises(Invalid, match="negotiation_owner"):
        commands.make_promise(manager, account_id, "x", 10**9, manager.today)

    assert commands.make_promise(manager, account_id, "x", leader.person_id, manager.today)
    offered = ledger.promise_owners(manager, account_id)["name"].tolist()
    assert offered[0] == "Lin Wei"
    assert "Ada Berg" in offered
    assert "Zhao Min" not in offered


def test_a_promise_lies_ahead(database, manager, account_id):
    with pytest.raises(Invalid, match="negotiation_due_past"):
        commands.make_promise(manager, account_id, "x", manager.person_id, manager.today - timedelta(days=1))


def raised(technical, today) -> int:
    with transaction() as session:
        return raise_due_tasks(session, technical, today)


def test_an_overdue_promise_becomes_one_task_of_its_owner(database, manager, technical, account_id, today):
    promise_id = make.promise(account_id, manager.person_id, due_on=today - timedelta(days=1))
    make.promise(account_id, manager.person_id, due_on=today)

    assert raised(technical, today) == 1
    assert raised(technical, today) == 0
    assert raised(technical, today + timedelta(days=1)) == 1
    mine = register.tasks(manager, only=Only.DUE)
    assert mine["title"].tolist()[0] == "Send the security answers"
    commands.keep_promise(manager, promise_id, 1, "Sent.")
    states = row(select(Task.status).where(Task.dedupe_key.startswith(f"promise_overdue:{promise_id}:")))
    assert states.status == "done"


def test_roles_without_the_permission_are_refused(database, manager, account_id):
    stranger = replace(manager, roles=frozenset({Role.TECHNICAL}))

    for act in (
        lambda: commands.write_note(stranger, account_id, "x"),
        lambda: talking.log_touch(stranger, account_id, "call", "x", stranger.now),
        lambda: commands.make_promise(stranger, account_id, "x", stranger.person_id, stranger.today),
    ):
        with pytest.raises(NotAllowed):
            act()

"""One person's data can be handed over and erased: what goes, what stays, and a record that stays whole."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from lib.accounts import commands as accounts
from lib.audit import contact_data, erasure
from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.flows import talking
from lib.flows.import_file import run_import
from lib.imports import queries as imports
from lib.imports.results import reason as words_of
from lib.negotiation import commands as talks
from lib.store import verify
from lib.store.database import read_frame, read_one, reading, transaction
from lib.store.models import (
    AuditEntry,
    Contact,
    ErasedContact,
    ImportProblem,
    ManualValue,
    PersonalValue,
    QuoteVersion,
    metadata,
)
from tests import make

HEAD = "key,account,name,title,email,phone\n"
FIELDS = ("key", "account", "name", "title", "email", "phone")
MAPPING = {"columns": {name: name for name in FIELDS}}
NAME, MAIL, PHONE = "欧阳娜娜 Nana", "nana.ouyang@lumora.example", "+86 571 8888 0000"


def take(viewer, rows: str):
    return run_import(viewer, "contacts", (HEAD + rows).encode(), "contacts.csv", MAPPING)


def faults() -> list[verify.Fault]:
    with reading() as connection:
        return list(verify.faults(connection))


@pytest.fixture
def account_id(database, manager) -> int:
    return make.account(owner=manager.person_id, name="Lumora Home", external_id="A-1")


@pytest.fixture
def contact_id(account_id, manager, technical) -> int:
    """A contact who was imported, corrected, imported again, spoken to, and named in a quote in work."""
    take(technical, f"nana@old.example,A-1,{NAME},Buyer,{MAIL},\n")
    row = read_one(select(Contact.id).where(Contact.external_id == "nana@old.example"))[0]
    accounts.correct_contact(manager, row, 1, {"phone": PHONE, "title": "采购总监"})
    take(technical, f"nana@old.example,A-1,{NAME},Head buyer,{MAIL},+1 555\n")
    talking.log_touch(manager, account_id, "call", f"Spoke with {NAME}.", manager.now, row)
    talks.write_note(manager, account_id, "They ask for three years.")
    quote = make.quote(account_id, manager.person_id)
    with transaction() as session:
        session.execute(text(f"UPDATE quote_version SET contact_id = {row} WHERE quote_id = {quote}"))
    return row


def everything_stored() -> str:
    """Every cell of every table as text, but for what people wrote themselves."""
    with reading() as connection:
        return "\n".join(
            str(tuple(row))
            for table in metadata.sorted_tables
            if table.name != "touch"
            for row in connection.execute(select(*table.c))
        )


def test_the_record_of_changes_never_holds_what_names_a_contact(contact_id):
    entries = read_frame(select(AuditEntry.old, AuditEntry.new).where(AuditEntry.table_name == "contact"))
    said = json.dumps(entries.values.tolist(), ensure_ascii=False)

    assert len(entries) >= 2
    for personal in (NAME, MAIL, PHONE, "Buyer", "采购总监", "nana@old.example"):
        assert personal not in said
    assert "personal" in said


def test_a_change_of_a_contact_can_still_be_taken_back(contact_id, manager):
    accounts.correct_contact(manager, contact_id, 2, {"title": "Chief buyer"})
    last = read_one(select(AuditEntry.id).order_by(AuditEntry.id.desc()))[0]

    accounts.undo_last(manager, last)

    assert read_one(select(Contact.title).where(Contact.id == contact_id))[0] == "采购总监"


def test_all_that_the_desk_holds_is_handed_over(contact_id, admin):
    found = erasure.export_contact(admin, contact_id)

    assert found.record[0]["email"] == MAIL
    assert {row["text"] for row in found.history} >= {
        NAME,
        MAIL,
        PHONE,
        "Buyer",
        "采购总监",
        "nana@old.example",
    }
    assert [row["summary"] for row in found.touches] == [f"Spoke with {NAME}."]
    assert [(row["kind"], row["id"]) for row in found.mentions] == [("touch", found.touches[0]["id"])]
    assert {row["field"] for row in found.corrections} == {"phone", "title"}
    assert {row["value"] for row in found.problems} >= {"Head buyer"}
    assert len(found.drafts) == 1
    told = read_one(select(AuditEntry.new).where(AuditEntry.command == "audit.export_contact"))
    assert told[0] == {"exported": True}


@pytest.mark.acceptance("C36")
def test_an_erased_contact_is_nowhere_and_the_record_stays_whole(contact_id, admin):
    assert NAME in everything_stored()

    gone = erasure.erase_contact(admin, contact_id, 2, "Asked by mail on 19 November")

    stored = everything_stored()
    for personal in (NAME, MAIL, PHONE, "Head buyer", "采购总监", "nana@old.example"):
        assert personal not in stored
    assert gone >= 6
    row = read_one(select(Contact.name, Contact.active, Contact.erased_at).where(Contact.id == contact_id))
    assert row == ("–", False, admin.now)
    assert read_one(select(ManualValue.id)) is None
    assert read_one(select(QuoteVersion.contact_id))[0] is None
    assert faults() == []
    told = read_one(
        select(AuditEntry.new, AuditEntry.reason).where(AuditEntry.command == "audit.erase_contact")
    )
    assert told.new["erased"] is True and told.new["values"] == gone
    assert told.reason == "Asked by mail on 19 November"


def test_what_is_erased_stays_erased_while_the_chain_holds_its_tokens(contact_id, admin):
    erasure.erase_contact(admin, contact_id, 2, "Asked by mail")

    values = read_frame(select(PersonalValue.text, PersonalValue.salt, PersonalValue.erased_at))
    assert values.text.isna().all() and values.salt.isna().all() and values.erased_at.notna().all()
    with reading() as connection:
        assert contact_data.gather(connection, admin, contact_id).history == []


@pytest.mark.parametrize("again", [f"nana@old.example,A-1,{NAME},X,{MAIL},1\n",
                                   f"K-77,A-1,{NAME},X, {MAIL.upper()} ,1\n"])  # fmt: skip
def test_a_later_file_does_not_bring_an_erased_contact_back(contact_id, admin, technical, again):
    erasure.erase_contact(admin, contact_id, 2, "Asked by mail")

    result = take(technical, again + "K-78,A-1,Wang Tao,,,\n")

    assert (result.stored, result.reported) == (1, 1)
    [fault] = imports.problems(technical, result.run_id)
    assert (fault.line, fault.code, fault.value) == (2, "contact_erased", None)
    assert "erased at the person's request" in words_of(fault, "en")
    assert NAME not in everything_stored() and MAIL not in everything_stored().lower()


def test_the_report_of_an_import_can_still_be_read_after_an_erasure(contact_id, admin, technical):
    runs = imports.runs(technical)
    erasure.erase_contact(admin, contact_id, 2, "Asked by mail")

    for run_id in runs.id:
        for fault in imports.problems(technical, int(run_id)):
            assert words_of(fault, "en")
    assert read_one(select(ImportProblem.value).where(ImportProblem.code == "manual_kept"))[0] is None


def test_an_erasure_asks_for_a_reason_and_for_the_newest_version(contact_id, admin):
    with pytest.raises(Invalid, match="erase_reason"):
        erasure.erase_contact(admin, contact_id, 2, "  ")
    with pytest.raises(Conflict, match="changed_meanwhile"):
        erasure.erase_contact(admin, contact_id, 1, "Asked")
    erasure.erase_contact(admin, contact_id, 2, "Asked")
    with pytest.raises(Conflict, match="contact_erased"):
        erasure.erase_contact(admin, contact_id, 3, "Asked")
    assert read_frame(select(ErasedContact.contact_id)).contact_id.tolist() == [contact_id]


def test_who_may_not_erase_is_refused_and_finds_nobody(contact_id, manager, leader, technical, admin):
    for viewer in (manager, leader, technical):
        with pytest.raises(NotAllowed):
            erasure.erase_contact(viewer, contact_id, 2, "Asked")
        with pytest.raises(NotAllowed):
            contact_data.find_contacts(viewer, "nana")
    assert list(contact_data.find_contacts(admin, "娜娜")) == [contact_id]
    with pytest.raises(NotFound):
        erasure.erase_contact(admin, 987_654, 1, "Asked")


def test_issued_papers_that_name_the_contact_are_listed_as_staying(contact_id, account_id, admin, manager):
    make.quote(
        account_id, manager.person_id, "sent", issued_at=make.NOW - timedelta(days=1), content_hash="0" * 64,
        snapshot={"customer": {"contact": f"{NAME}, Buyer", "email": MAIL}},
    )  # fmt: skip

    papers = contact_data.contact_data(admin, contact_id).papers

    assert [row["revision"] for row in papers] == [1]

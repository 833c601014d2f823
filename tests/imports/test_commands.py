"""Importing on both stores: what is stored, what changes, what stays, and what is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.access import Role
from lib.accounts import commands as accounts
from lib.errors import Invalid, NotAllowed
from lib.flows.import_file import run_import
from lib.imports import commands, queries
from lib.imports.kinds import KINDS
from lib.imports.mapping import propose
from lib.store import database
from lib.store.models import (
    HISTORY,
    Account,
    AccountDay,
    Assignment,
    AuditEntry,
    Contract,
    Entitlement,
    ImportProblem,
    ImportRun,
    ManualValue,
    Note,
    Person,
    PersonRole,
    Subscription,
    UserDay,
)
from tests import make
from tests.imports import samples
from tests.imports.filling import FILES, fill


def take(viewer, kind: str, text: str, **over):
    """Import a CSV whose columns are named like the fields."""
    header = text.split("\n", 1)[0].split(",")
    mapping = propose(KINDS[kind], header).to_dict() | over
    return run_import(viewer, kind, text.encode(), f"{kind}.csv", mapping)


def rows(*columns, **equal):
    statement = select(*columns).order_by(*columns[:1])
    with database.reading() as connection:
        return [tuple(r) for r in connection.execute(statement)]


def codes(result) -> list[tuple[int, str]]:
    return sorted((f.line, f.code) for f in result.problems)


def assert_adds_up(result) -> None:
    parts = result.stored + result.changed + result.unchanged + result.reported + result.blank
    assert result.read == parts


@pytest.mark.parametrize("name", FILES)
def test_the_sample_sets_go_in_and_the_second_time_change_nothing(database, technical, tmp_path, name):
    samples.write(tmp_path)

    first = fill(technical, tmp_path, (name,))
    again = fill(technical, tmp_path, (name,))

    for kind, result in first.items():
        assert_adds_up(result)
        assert result.stored > 0, kind
        second = again[kind]
        assert (second.stored, second.changed) == (0, 0), kind
        assert second.unchanged == result.stored, kind
        assert len(second.problems) == len(result.problems), kind


def test_a_file_is_judged_row_by_row(database, technical):
    take(technical, "accounts", "key,name,seats\nA-1,One,1\nA-2,Two,2\n")

    result = take(
        technical, "accounts", "key,name,seats\nA-1,One,1\nA-2,Two,5\nA-3,Three,3\nA-3,Again,3\nA-4,,3\n"
    )

    assert (result.stored, result.changed, result.unchanged, result.reported) == (1, 1, 1, 2)
    assert codes(result) == [(5, "twice_in_file"), (6, "missing")]
    assert rows(Account.external_id, Account.seats) == [("A-1", 1), ("A-2", 5), ("A-3", 3)]
    assert_adds_up(result)


def test_a_run_keeps_its_counts_its_problems_and_its_record(database, technical):
    result = take(technical, "accounts", "key,name,seats\nA-1,One,1\nA-2,Two,-2\n")

    run = queries.runs(technical).iloc[0]
    assert (run.read, run.stored, run.reported, run.kind) == (2, 1, 1, "accounts")
    assert [(f.line, f.code, f.column, f.value) for f in queries.problems(technical, result.run_id)] == [
        (3, "negative", "seats", "-2")
    ]
    assert ("imports.run", result.run_id) in rows(AuditEntry.command, AuditEntry.row_id)


def test_the_preview_says_what_the_import_does(database, technical):
    content = b"key,name,seats\nA-1,One,1\nA-2,Two,-2\n\n"
    mapping = propose(KINDS["accounts"], ["key", "name", "seats"]).to_dict()

    seen = queries.preview(technical, "accounts", content, "x.csv", mapping)

    assert seen.fates == [(2, "new", "A-1"), (3, "reported", "A-2")]
    assert (seen.stored, seen.reported, seen.blank) == (1, 1, 1)
    assert rows(Account.id) == [] and rows(ImportRun.id) == []


def test_changes_of_accounts_leave_old_and_new_in_the_record(database, technical):
    take(technical, "accounts", "key,name,seats\nA-1,One,1\n")
    take(technical, "accounts", "key,name,seats\nA-1,One,4\n")

    with_values = [
        (o, n) for t, o, n in rows(AuditEntry.table_name, AuditEntry.old, AuditEntry.new) if t == "account"
    ]
    assert with_values == [
        (None, {"external_id": "A-1", "name": "One", "seats": 1}),
        ({"seats": 1}, {"seats": 4}),
    ]


def test_a_corrected_dated_fact_supersedes_the_earlier_one(database, technical):
    take(technical, "accounts", "key,name\nA-1,One\n")
    head = "key,account,starts_on,ends_on,mrr,currency\n"
    take(technical, "subscriptions", head + "S-1,A-1,2026-01-01,2027-01-01,100.00,USD\n")
    later = replace(technical, now=technical.now + timedelta(hours=1))

    take(later, "subscriptions", head + "S-1,A-1,2026-01-01,2027-01-01,120.50,USD\n")

    assert rows(Subscription.mrr_minor, Subscription.arr_minor, Subscription.version) == [(12050, 144600, 2)]
    old = HISTORY["subscription"].c
    assert rows(old.mrr_minor, old.superseded_at) == [(10000, later.now)]


def test_a_hand_made_correction_survives_and_the_difference_is_listed(database, technical, admin):
    head = "key,name,seats\n"
    take(technical, "accounts", head + "A-1,One,5\n")
    ((account_id, version),) = rows(Account.id, Account.version)
    accounts.correct_account(admin, account_id, version, {"seats": 9})

    result = take(technical, "accounts", head + "A-1,One,7\n")

    assert rows(Account.seats) == [(9,)]
    assert (result.changed, result.unchanged, result.warnings) == (0, 1, 1)
    assert (result.problems[0].code, result.problems[0].value) == ("manual_kept", "7")
    assert rows(ManualValue.field, ManualValue.imported_text) == [("seats", "7")]


def test_an_owner_given_by_hand_stays(database, technical, admin):
    take(technical, "people", "key,name,role\nP-1,Lin,account_manager\nP-2,Zhao,account_manager\n")
    take(technical, "accounts", "key,name,owner\nA-1,One,P-1\n")
    ((account_id, version),) = rows(Account.id, Account.version)
    zhao = dict(rows(Person.external_id, Person.id))["P-2"]
    accounts.set_owner(admin, account_id, version, zhao)

    result = take(technical, "accounts", "key,name,owner\nA-1,One,P-1\n")

    assert codes(result) == [(2, "manual_kept")] and result.unchanged == 1
    assert [p for p, until in rows(Assignment.person_id, Assignment.until) if until is None] == [zhao]


def test_accounts_come_with_parent_owner_and_backup(database, technical):
    take(technical, "people", "key,name,role\nP-1,Lin,account_manager\nP-2,Zhao,account_manager\n")

    result = take(technical, "accounts", "key,name,parent,owner,backup\nA-2,Child,A-1,P-1,P-2\n"
        "A-1,Mother,,P-1,P-1\n"
                                         "A-3,Stray,A-9,P-9,\n")  # fmt: skip

    assert codes(result) == [(3, "backup_is_owner"), (4, "unknown_reference"), (4, "unknown_reference")]
    ids = dict(rows(Account.external_id, Account.id))
    assert dict(rows(Account.external_id, Account.parent_id)) == {"A-1": None, "A-2": ids["A-1"], "A-3": None}
    duties = [d for d, _ in rows(Assignment.duty, Assignment.account_id)]
    assert duties == ["backup", "owner", "owner"]


def test_a_new_owner_ends_the_duty_of_the_former_one(database, technical):
    take(technical, "people", "key,name\nP-1,Lin\nP-2,Zhao\n")
    take(technical, "accounts", "key,name,owner\nA-1,One,P-1\n")

    result = take(technical, "accounts", "key,name,owner\nA-1,One,P-2\n")

    assert result.changed == 1
    assert [until for _, until in rows(Assignment.id, Assignment.until)] == [technical.today, None]


def test_an_import_gives_no_role_beyond_the_listed_ones(database, technical):
    result = take(technical, "people", "key,name,role\nP-1,Lin,admin\nP-2,Zhao,sales\n")

    assert codes(result) == [(2, "not_a_choice")]
    assert (str(Role.ADMIN),) not in rows(PersonRole.role)


def test_a_name_that_looks_like_another_accounts_is_flagged(database, technical):
    make.account(external_id="A-0", name="Lumora Home")

    result = take(technical, "accounts", "key,name\nA-1,lumora-home\nA-2,Lum\u043era Home\nA-3,Other\n")

    assert codes(result) == [(2, "look_alike"), (3, "look_alike")] and result.stored == 3


def test_subscriptions_join_into_contracts_in_the_same_transaction(database, technical):
    take(technical, "accounts", "key,name\nA-1,One\n")
    text = (
        "key,account,starts_on,ends_on,mrr,currency,billing,discount\n"
        "S-1,A-1,2025-12-01,2026-12-01,100.00,USD,annual,0.25\n"
        "S-2,A-1,2026-12-01,2027-12-01,100.00,USD,annual,0\n"
    )

    take(technical, "subscriptions", text)

    assert rows(Contract.starts_on, Contract.ends_on) == [(date(2025, 12, 1), date(2027, 12, 1))]
    assert rows(Subscription.arr_minor, Subscription.discount) == [
        (90000, Decimal("0.25")),
        (120000, Decimal(0)),
    ]


@pytest.mark.parametrize(
    ("kind", "head", "rest"),
    [("users", "key,account", ""), ("subscriptions", "key,account,starts_on,mrr", ",2026-01-01,5.00")],
)
def test_what_hangs_on_an_account_does_not_move_to_another(database, technical, kind, head, rest):
    take(technical, "accounts", "key,name\nA-1,One\nA-2,Two\n")
    take(technical, kind, f"{head}\nX-1,A-1{rest}\n")

    result = take(technical, kind, f"{head}\nX-1,A-2{rest}\n")

    assert codes(result) == [(2, "account_moved")]


def test_activity_per_user_is_rolled_up_to_account_days(database, technical):
    take(technical, "accounts", "key,name\nA-1,One\n")
    take(technical, "users", "key,account,created_on,kind\nU-1,A-1,2026-01-01,human\n"
        "U-2,A-1,2026-11-10,human\n"
                             "B-1,A-1,2026-01-01,bot\n")  # fmt: skip

    result = take(technical, "activity", "account,user,day,events\nA-1,U-1,2026-11-01,5\n"
        "A-1,U-2,2026-11-01,2\n"
                                         "A-1,B-1,2026-11-01,90\nA-1,U-9,2026-11-01,1\nA-1,U-1,2027-01-01,1\n"
                                         "A-1,U-1,2026-11-01,6\n")  # fmt: skip

    assert codes(result) == [
        (3, "before_user"),
        (5, "unknown_reference"),
        (6, "in_future"),
        (7, "twice_in_file"),
    ]
    assert rows(UserDay.events) == [(2,), (5,), (90,)]
    assert rows(AccountDay.active_users, AccountDay.events, AccountDay.named) == [(2, 97, True)]


def test_days_known_by_user_take_no_account_totals(database, technical):
    test = "account,day,events,active_users\nA-1,2026-11-01,50,9\nA-1,2026-11-02,7,\n"
    take(technical, "accounts", "key,name\nA-1,One\n")
    take(technical, "users", "key,account\nU-1,A-1\n")
    take(technical, "activity", "user,day,events\nU-1,2026-11-01,5\n")

    result = take(technical, "activity", test)

    assert codes(result) == [(2, "day_has_users")]
    assert rows(AccountDay.day, AccountDay.events, AccountDay.active_users) == [
        (date(2026, 11, 1), 5, 1), (date(2026, 11, 2), 7, 1),
    ]  # fmt: skip


def test_notes_and_touches_are_added_and_never_altered(database, technical):
    take(technical, "accounts", "key,name\nA-1,One\n")
    take(
        technical, "notes", "key,account,written_at,text\nN-1,A-1,2026-11-01 09:00,They ask for three years\n"
    )

    again = take(technical, "notes", "key,account,written_at,text\nN-1,A-1,2026-11-01 09:00,Rewritten\n")

    assert codes(again) == [(2, "append_only")]
    assert rows(Note.text, Note.author_id, Note.written_at) == [
        ("They ask for three years", technical.person_id, datetime(2026, 11, 1, 1, 0, tzinfo=UTC))
    ]


def test_invoices_payments_contracts_contacts_surveys_and_touches_go_in(database, technical):
    take(technical, "accounts", "key,name,currency\nA-1,One,JPY\n")

    files = {
        "contacts": "key,account,name,email\nK-1,A-1,Wang Tao,wang@example.com\n",
        "contracts": "key,account,starts_on,ends_on,arr,kind\nC-1,A-1,2026-01-01,2027-01-01,500000,fixed\n",
        "invoices": "key,account,issued_on,amount\nI-1,A-1,2026-01-01,500000\n",
        "payments": "key,invoice,paid_on,amount,currency\nY-1,I-1,2026-01-20,500000,JPY\n"
        "Y-2,I-1,2026-01-20,5,USD\n",
        "surveys": "key,account,contact,kind,score,answered_at\nV-1,A-1,K-1,nps,9,2026-11-01\n"
        "V-2,A-1,,csat,9,2026-11-01\n",
        "touches": "key,account,contact,channel,happened_at,summary\n"
        "T-1,A-1,K-1,wechat,2026-11-01 10:00,Spoke\n",
        "entitlements": "key,account,item,unit,included,consumed,starts_on,expires_on\n"
        "E-1,A-1,Support,hours,20,5,2026-01-01,2026-12-31\nE-2,A-1,Late,,1,0,2026-02-01,2026-01-01\n",
    }
    found = {kind: codes(take(technical, kind, text)) for kind, text in files.items()}

    assert found == {"contacts": [], "contracts": [], "invoices": [], "payments": [(3, "currency_differs")],
                     "surveys": [(3, "score_range")], "touches": [],
                     "entitlements": [(3, "ends_before_start")]}  # fmt: skip
    assert rows(Entitlement.item, Entitlement.consumed, Entitlement.source) == [("Support", 5, "import")]
    assert rows(Contract.arr_minor, Contract.currency, Contract.source) == [(500000, "JPY", "import")]


def test_decimal_commas_and_last_days_are_read_as_the_mapping_says(database, technical):
    take(technical, "accounts", "key,name\nA-1,One\n")
    text = 'key,account,starts_on,ends_on,mrr,currency\nS-1,A-1,01.01.2026,31.12.2026,"1.234,50",EUR\n'

    take(technical, "subscriptions", text, number_format="1.234,5", end_is_last_day=True)

    assert rows(Subscription.mrr_minor, Subscription.ends_on) == [(123450, date(2027, 1, 1))]


def test_a_mapping_is_kept_under_a_name_and_replaced(database, admin):
    commands.save_preset(admin, "accounts", "ours", {"columns": {"key": "Nr", "name": "Firma"}})
    commands.save_preset(admin, "accounts", "ours", {"columns": {"key": "Nr", "name": "Name"}})

    assert queries.mapping(admin, "accounts", [], "ours") == {"columns": {"key": "Nr", "name": "Name"}}
    assert queries.preset_names(admin, "accounts", ["Nr", "Name"])[1] == "ours"


@pytest.mark.parametrize(
    "body",
    [{"columns": {"id": "x"}}, {"version": 3}, {"number_format": "a"}, {"create": ["parent"]},
     {"templates": {"name": "{a.__class__}{"}}, {"choose": {"name": [{"if": "x"}]}}, {"zone": "Mars/Base"}],
)  # fmt: skip
def test_a_mapping_says_nothing_a_mapping_has_no_place_for(database, admin, body):
    with pytest.raises(Invalid, match="import_mapping"):
        commands.save_preset(admin, "accounts", "bad", body)


def test_nobody_imports_without_the_permission(database, manager):
    for act in (lambda: take(manager, "accounts", "key,name\nA-1,One\n"),
                lambda: queries.look(manager, b"a\n1\n", "x"), lambda: queries.runs(manager),
                lambda: commands.save_preset(manager, "accounts", "x", {})):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()

    assert rows(Account.id) == [] and rows(ImportProblem.id) == []

"""The record of changes as a person sees it: searched, opened, exported; and one person's data."""

import hashlib
from functools import partial

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from lib import sheet
from lib.access import Viewer
from lib.accounts import commands as accounts
from lib.audit import commands, history, phrases, queries
from lib.policy import commands as policy
from lib.quotes import commands as quotes
from lib.quotes import queries as queries_of_quotes
from lib.settings import ROOT
from lib.store.database import read_one
from lib.store.models import AuditEntry, Contact
from lib.ui import widgets
from tests import make

PAGE = str(ROOT / "pages" / "audit.py")


def opened(viewer: Viewer, language: str = "en", **asked: object) -> AppTest:
    at = AppTest.from_file(PAGE, default_timeout=30)
    at.session_state["viewer"] = Viewer(person_id=viewer.person_id, name=viewer.name, roles=viewer.roles,
                                        now=viewer.now, language=language)  # fmt: skip
    for key, value in asked.items():
        at.query_params[key] = str(value)
    at.run()
    assert not at.exception, at.exception
    return at


def words(at: AppTest) -> str:
    parts = [e.value for kind in ("markdown", "caption", "error", "text") for e in getattr(at, kind)]
    return "\n".join(map(str, [*parts, *(b.label for b in at.button)])).replace("\\", "")


@pytest.fixture
def account_id(store, manager, admin) -> int:
    row = make.account(owner=manager.person_id, name="Lumora Home")
    accounts.correct_account(manager, row, 1, {"seats": 12, "city": "杭州"}, "They told us")
    policy.change(admin, "quotes", 1, {"validity.days": "21"}, make.TODAY, "Agreed")
    return row


@pytest.mark.parametrize(
    ("language", "title", "what", "fields"),
    [("en", "Record of changes", "Corrected the account", "Seats, City"),
     ("zh-CN", "变更记录", "修改客户资料", "席位、城市")],
)  # fmt: skip
def test_entries_are_listed_newest_first_in_both_languages(account_id, leader, language, title, what, fields):
    at = opened(leader, language)

    assert at.title[0].value == title
    rows = at.dataframe[0].value
    assert len(rows) == 2
    assert (rows.what[1], rows.who[1], rows.about[1], rows.fields[1]) == (
        what,
        "Lin Wei",
        "Lumora Home",
        fields,
    )


def test_filters_stand_in_the_address(account_id, leader, manager, admin):
    assert opened(leader, person=manager.person_id).dataframe[0].value.what.tolist() == [
        "Corrected the account"
    ]
    assert opened(leader, kind="policy").dataframe[0].value.what.tolist() == ["Changed the policy"]
    assert opened(leader, account=account_id, period="7").dataframe[0].value.about.tolist() == ["Lumora Home"]

    at = opened(leader, kind="sign-in")
    assert not at.dataframe
    assert "No entry matches" in words(at)
    at.button[-1].click().run()
    assert len(at.dataframe[0].value) == 2


def test_an_entry_opens_field_by_field(account_id, leader):
    row = read_one(select(AuditEntry.id).where(AuditEntry.account_id == account_id))[0]

    found = next(queries.entries(leader, queries.Filters(account_id=account_id)).itertuples())
    assert found.id == row
    assert phrases.change_rows(found, "en", "Asia/Shanghai") == [
        ("Seats", "–", "12"), ("City", "–", "杭州")
    ]  # fmt: skip


def test_who_may_not_audit_finds_no_page(account_id, manager):
    at = AppTest.from_file(PAGE, default_timeout=30)
    at.session_state["viewer"] = manager
    at.run()

    assert not at.title


def test_one_persons_data_is_shown_and_erased_after_a_word_and_a_reason(account_id, admin):
    contact = accounts.create_contact(
        admin, account_id, "form", {"name": "Wang Tao", "email": "w@lumora.example"}
    )
    at = opened(admin, view="personal", contact=contact)
    shown = words(at)
    assert "Wang Tao · Lumora Home" in shown
    assert "2 texts in the record of changes" in shown
    button = at.button(key=f"contact-{contact}-erase")
    assert button.disabled

    at.checkbox(key=f"contact-{contact}-sure").check().run()
    at.button(key=f"contact-{contact}-erase").click().run()
    assert "Write the reason first" in words(at)
    at.text_area(key=f"contact-{contact}-reason").set_value("Asked by mail").run()
    at.button(key=f"contact-{contact}-erase").click().run()

    assert not at.exception and not at.error
    assert read_one(select(Contact.name).where(Contact.id == contact))[0] == "–"
    assert not [b for b in at.button if b.key == f"contact-{contact}-erase"]


def test_leadership_reads_the_record_and_erases_nobody(account_id, leader):
    at = opened(leader, view="personal")

    assert at.dataframe
    assert not at.text_area


def test_a_list_goes_on_record_before_it_leaves(account_id, leader):
    frame = queries.entries(leader, queries.Filters())[["id", "command"]]

    content = widgets._file("audit", "csv", sheet.csv_bytes, lambda: frame, partial(commands.leave, leader))

    e = AuditEntry
    told = read_one(select(e.command, e.person_id, e.new).order_by(e.id.desc()))
    digest = hashlib.sha256(content).hexdigest()
    said = {"what": "audit", "rows": 2, "format": "csv", "sha256": digest}
    assert tuple(told) == ("audit.record_export", leader.person_id, said)


def test_a_history_says_who_changed_what_field_by_field(account_id, manager, leader):
    [card] = history.of_account(manager, account_id, 10)
    assert (card["what"], card["who"], card["reason"]) == ("Corrected the account", "Lin Wei", "They told us")
    assert card["lines"] == ["Seats: 12", "City: 杭州"]

    quote = quotes.create_quote(manager, account_id, form_key="k")
    queries_of_quotes.quote(leader, quote)  # sees its cost
    assert [c["what"] for c in history.of_quote(manager, quote, 10)] == ["Created a quote"]
    assert [c["what"] for c in history.of_quote(leader, quote, 10)] == [
        "Saw cost and margin",
        "Created a quote",
    ]

"""The page Imports as a person sees it: a file in, its fate shown, stored on a word."""

import io
from dataclasses import replace

import openpyxl
import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from lib.store import database
from tests import screen
from tests.screen import words

GOOD = b"account_id,account_name,seats\nA-1,Lumora Home,5\nA-2,\xe6\xb5\xb7\xe8\x93\x9d,7\n"


def opened(viewer, language: str = "en") -> AppTest:
    return screen.opened("imports", viewer and replace(viewer, language=language))


def upload(at: AppTest, name: str, content: bytes) -> AppTest:
    return at.file_uploader(key="imports-file").upload(name, content, "application/octet-stream").run()


def accounts() -> int:
    with database.reading() as connection:
        return connection.execute(text("SELECT count(*) FROM account")).scalar()


def test_nobody_gets_in_without_a_viewer(embedded):
    at = opened(None)

    assert len(at.error) == 1 and not at.file_uploader


def test_an_account_manager_is_turned_away(manager):
    assert not opened(manager).file_uploader


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Larger files: python -m lib import"), ("zh-CN", "更大的文件：python -m lib import")],
)
def test_limit_and_way_out_stand_beside_the_upload_in_both_languages(admin, language, sentence):
    assert sentence in words(opened(admin, language))


def test_a_file_is_shown_before_it_is_stored_and_stored_on_a_word(admin):
    at = upload(opened(admin), "accounts.csv", GOOD)

    assert not at.exception
    assert accounts() == 0
    assert "New 2" in words(at) and "Every row can be taken as it is." in words(at)
    at.button(key="imports-run").click().run()
    assert not at.exception and not at.error
    assert accounts() == 2
    assert "Unchanged 2" in words(at)
    assert at.button(key="imports-run").disabled


def test_problems_are_listed_and_the_good_rows_offered(admin):
    at = upload(opened(admin), "accounts.csv", GOOD + b"A-3,Third,-4\nA-1,Again,3\n")

    assert "2 rows are not taken" in words(at)
    assert "Import 2 rows" in words(at)
    reasons = next(d.value for d in at.dataframe if "reason" in d.value)
    assert list(reasons.reason) == [
        "A negative number is not possible here.",
        "The file has a row with this key already; the first one counts.",
    ]  # fmt: skip


def test_of_several_sheets_one_is_asked_for_and_the_others_are_named(admin):
    book = openpyxl.Workbook()
    book.active.title = "2026"
    book.active.append(["id", "name"])
    book.active.append(["A-1", "Lumora"])
    book.create_sheet("旧数据").append(["id", "name"])
    content = io.BytesIO()
    book.save(content)

    at = upload(opened(admin), "book.xlsx", content.getvalue())

    assert "2026, 旧数据" in at.error[0].value
    sheet = next(s for s in at.selectbox if s.key.startswith("sheet-"))
    at = sheet.set_value("2026").run()
    assert not at.error and "New 1" in words(at)


def test_a_missing_column_is_named_and_can_be_mapped(admin):
    at = upload(opened(admin), "x.csv", b"number;firm\n1;Lumora\n")
    at = at.selectbox[1].set_value("accounts").run() if at.selectbox[0].key.startswith("encoding") else at
    kind = next(s for s in at.selectbox if s.key.startswith("kind-"))
    at = kind.set_value("accounts").run()
    assert "These columns are missing: key, name." in at.error[0].value.replace("\\", "")

    boxes = {s.label: s for s in at.selectbox if s.key.startswith("map-")}
    boxes["Key (required)"].set_value("col:number")
    boxes["Name (required)"].set_value("col:firm")
    at = at.run()

    assert not at.error and "New 1" in words(at)
    at.text_input(key="preset-name").set_value("firms").run()
    at.button(key="preset-save").click().run()
    with database.reading() as connection:
        assert connection.execute(text("SELECT name FROM import_preset")).scalar() == "firms"


def test_a_hostile_name_is_shown_as_text(admin):
    at = upload(opened(admin, "zh-CN"), "**x**![](http://e.example/a.png).csv", b"PK nothing")

    assert "![" not in at.error[0].value.replace("\\!\\[", "")

"""The main job in a real browser, on imported third-party data: from a file to an alert, a renewal, a quote
somebody else approves, its PDF, what the customer is entitled to, and the key figures that show it."""

import csv
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from sqlalchemy import select

from lib.flows.prepare import prepare
from lib.renewals.rules import quarter_to_work_on, quarters_around
from lib.settings import settings
from lib.store import database as stores
from lib.store import models as m
from lib.words import LANGUAGES, say
from tests.browser import files
from tests.browser.chromium import browser
from tests.browser.desk import Desk
from tests.imports import samples
from tests.servers import ROOT, DeskServer

pytestmark = [pytest.mark.browser, pytest.mark.server]
CHINESE_NAME = "北辰国际贸易有限公司"
OUTREACH = "Spoke with the sponsor: the export broke after the last update."
NOTE = "They ask for three years and a fixed price."


def w(message: str, **values: object) -> str:
    return say("en", message, **values)


@dataclass
class Subject:
    """The account the walk is about."""

    id: int
    key: str
    name: str


@pytest.fixture
def today() -> date:
    """The real day in the company's zone: the browser and the server live in it."""
    return datetime.now(UTC).astimezone(settings().zone_info).date()


@pytest.fixture
def third_party(tmp_path, today) -> Path:
    """The folder with RavenStack: the real one, else small files of the same layout."""
    return settings().datasets or samples.write(tmp_path / "samples", today - timedelta(days=1))


@pytest.fixture
def desk(database_url, tmp_path):
    """A visitor at a desk on an empty store with one person per role."""
    with stores.use(database_url):
        prepare(datetime.now(UTC), local_people=True)
    with DeskServer(database_url) as server, browser() as opened:
        context = opened.new_context(
            viewport={"width": 1440, "height": 1000}, locale="en-US", accept_downloads=True,
            timezone_id="Asia/Shanghai",
        )  # fmt: skip
        visitor = Desk(context.new_page(), server.url).come_in(server.url_with_key).wait_until_prepared()
        yield visitor
        visitor.page.screenshot(path=tmp_path / "end.png")  # what was on screen when a step failed
        assert not visitor.console, visitor.console


def test_from_a_file_to_an_accepted_quote(desk, database_url, third_party, tmp_path, today):
    desk.work_as_role("admin")
    for name in ("accounts", "subscriptions"):
        import_file(desk, third_party / "ravenstack" / f"ravenstack_{name}.csv")
    run_daily(database_url)
    subject, others = choose(database_url, today)
    for path in files.teams(tmp_path, [subject.key, *others], subject.key, today - timedelta(days=1)):
        import_file(desk, path)
    run_daily(database_url)

    hand_over(desk, subject)
    answer_alert(desk, subject)
    move_renewal(desk, subject)
    write_note(desk, subject)
    submit_quote(desk, subject, today)
    approve(desk)
    paper = issue_and_download(desk, subject, tmp_path)
    assert_paper(paper)
    accept(desk)
    desk.sees(re.compile(f"^{w('status-accepted')}$"), desk.main)  # the word alone: the state of the quote
    assert_entitled(desk, database_url, tmp_path)
    assert_kpi(desk, subject, database_url, tmp_path)


def accept(desk: Desk) -> None:
    """The customer's order number is the proof."""
    desk.press(w("quotes-accept"))
    desk.choose(w("quotes-proof-kind"), w("quotes-proof-order-number"))
    desk.fill(w("quotes-proof-order-number"), "PO-2026-118")
    desk.fill(w("quotes-proof-signer"), "Wang Tao")
    desk.press(w("quotes-accept-send"))


def import_file(desk: Desk, path: Path) -> None:
    """Upload, look at the preview, import on a word; the same file again has nothing to import."""
    desk.visit(w("frame-page-today"))
    desk.visit(w("frame-page-imports"))
    desk.upload(path)
    desk.press(re.compile(r"^Import [\d,]+ rows"))
    expect(desk.cells(path.name).first).to_be_attached()
    expect(desk.main.get_by_role("button", name=w("imports-run", count=0))).to_be_visible(timeout=60_000)


def run_daily(store_url: str) -> None:
    """What the command line does each morning; the app would by itself a few minutes later."""
    environment = {**os.environ, "VIP_DESK_DATABASE_URL": store_url}
    done = subprocess.run(
        [sys.executable, "-m", "lib", "daily"], cwd=ROOT, env=environment, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def choose(store_url: str, today: date) -> tuple[Subject, list[str]]:
    """An account whose contract ends in the quarter the renewals page opens with, and eleven others."""
    start, end = quarters_around(today)[quarter_to_work_on(today)]
    with stores.use(store_url), stores.reading() as connection:
        rows = connection.execute(
            select(m.Account.id, m.Account.external_id, m.Account.name)
            .join(m.Renewal, m.Renewal.account_id == m.Account.id)
            .where(m.Renewal.closed_on.is_(None), m.Renewal.due_on >= start, m.Renewal.due_on < end)
            .where(m.Renewal.base_minor > 0, m.Account.status == "active")
            .order_by(m.Renewal.due_on, m.Account.id)
        ).fetchall()
        several = connection.execute(
            select(m.Account.external_id).where(m.Account.id != rows[0].id).order_by(m.Account.id).limit(11)
        ).scalars()
        return Subject(rows[0].id, rows[0].external_id, rows[0].name), list(several)


def hand_over(desk: Desk, subject: Subject) -> None:
    """The admin opens the one alert, gives its account to an account manager and writes its Chinese name."""
    dialog = desk.page.get_by_role("dialog")
    desk.visit(w("frame-page-alerts"))
    desk.sees(re.compile(r"\b1 new this week"), desk.main)
    desk.pick_row(0)
    desk.follow(re.compile(re.escape(subject.name)))
    desk.menu(w("account-more"), w("account-hand-over"))
    desk.choose("To", "Local account manager", dialog)
    desk.press(w("account-hand-over"), dialog)
    desk.menu(w("account-more"), w("account-edit"))
    desk.fill(re.compile("Chinese name"), CHINESE_NAME, dialog)
    desk.press(w("account-edit"), dialog)
    desk.work_as_role("account_manager")


def answer_alert(desk: Desk, subject: Subject) -> None:
    """From Today to the alert, from there to the account; the logged outreach closes the alert."""
    dialog = desk.page.get_by_role("dialog")
    desk.visit(w("frame-page-today"))
    desk.press("Open alert")
    desk.follow(re.compile(re.escape(subject.name)))
    desk.press(w("account-log"))
    desk.fill("What was said, facts first", OUTREACH, dialog)
    desk.press(w("account-log"), dialog)
    desk.visit(w("frame-page-alerts"))
    desk.pick_row(0)
    expect(desk.page.get_by_label(w("alerts-form-summary"))).to_have_value(OUTREACH)
    desk.choose(w("alerts-form-cause"), w("activity-cause-product-fault"))
    desk.tick(w("activity-verdict-real"))
    desk.press(w("alerts-form-close"))
    desk.sees(w("alerts-done-close"))


def move_renewal(desk: Desk, subject: Subject) -> None:
    desk.visit(w("frame-page-renewals"))
    desk.sees(subject.name, desk.main)
    desk.main.get_by_test_id("stMenuButtonButton").first.click()
    desk.page.get_by_test_id("stMenuButtonBody").get_by_text(
        w("renewals-move-to", stage=w("renewals-stage-informed"))
    ).click()
    desk.settle()
    desk.sees(w("renewals-moved"))
    expect(desk.main.get_by_text(re.compile("^Informed 1"))).to_be_visible()


def write_note(desk: Desk, subject: Subject) -> None:
    desk.visit(w("frame-page-negotiation"))
    desk.choose(w("negotiation-account"), re.compile(re.escape(subject.name)))
    desk.page.get_by_placeholder(w("negotiation-note-hint")).fill(NOTE)
    desk.press(w("negotiation-save-note"))
    desk.sees(NOTE, desk.main)


def submit_quote(desk: Desk, subject: Subject, today: date) -> None:
    """A discount above what anybody may give alone, with its reason; it starts today."""
    desk.follow(w("negotiation-open-account"))
    desk.press(w("account-new-quote"))
    desk.choose(w("quotes-add-product"), re.compile("."))
    desk.fill(w("quotes-add-quantity"), "20")
    desk.press(w("quotes-add"))
    desk.type_day(w("quotes-field-starts-on"), today)
    desk.fill(w("quotes-field-discount"), "35")
    desk.main.get_by_role("tab", name=w("builder-tab-needs")).click()
    desk.fill(w("quotes-field-cost"), "They cut the tool budget by a tenth.")
    desk.fill(w("quotes-field-justification"), "Three years and a reference.")
    desk.press(w("quotes-submit"))
    desk.sees(w("status-pending-approval"), desk.main)


def approve(desk: Desk) -> None:
    """Somebody else decides; the author has no approvals page at all."""
    assert not desk.sidebar.get_by_role("link", name=w("frame-page-approvals")).count()
    desk.work_as_role("leadership")
    desk.visit(w("frame-page-approvals"))
    desk.fill(w("approvals-reason"), "A reference customer is worth it.")
    desk.press(re.compile("^Approve|check Approve"))
    desk.sees(w("approvals-none"), desk.main)


def issue_and_download(desk: Desk, subject: Subject, folder: Path) -> Path:
    desk.work_as_role("account_manager")
    desk.visit(w("frame-page-quotes"))
    desk.pick_row(0)
    desk.press(w("quotes-issue"))
    desk.sees(w("status-sent"), desk.main)
    return desk.download(w("quotes-pdf"), folder)


def assert_paper(paper: Path) -> None:
    """It speaks both languages."""
    text = read(paper)
    squeezed = re.sub(r"\s", "", text)

    assert all(say(spoken, "document-quote") in text for spoken in LANGUAGES)
    assert re.search(r"QT?-?\d{4}", squeezed), text
    assert CHINESE_NAME in squeezed
    assert "35" in text


def read(paper: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(paper).pages)


def assert_entitled(desk: Desk, store_url: str, folder: Path) -> None:
    """The order the acceptance made, and its statement in both languages, read back from the files."""
    with stores.use(store_url), stores.reading() as connection:
        row = connection.execute(
            select(m.QuoteVersion.snapshot, m.Quote.number)
            .join(m.Quote, m.Quote.id == m.QuoteVersion.quote_id)
            .where(m.QuoteVersion.status == "accepted")
        ).one()
    desk.visit(w("frame-page-fulfilment"))
    desk.tick(w("fulfilment-view-orders"), desk.main)
    desk.pick_row(0)
    desk.sees(re.compile(re.escape(row.number)), desk.main)
    desk.press(w("fulfilment-statement"), desk.main)
    papers = {"en": "English", "zh-CN": "中文"}
    said = {code: read(desk.download(name, folder, desk.page)) for code, name in papers.items()}

    assert all(row.number in said[code] and line[code] in said[code]
               for code in papers for line in row.snapshot["lines"])  # fmt: skip
    assert CHINESE_NAME in re.sub(r"\s", "", said["zh-CN"])


def assert_kpi(desk: Desk, subject: Subject, store_url: str, folder: Path) -> None:
    """The bridge of the key figures holds the account with the ARR of the quote, to the cent."""
    with stores.use(store_url), stores.reading() as connection:
        arr = connection.execute(select(m.QuoteVersion.arr_minor).where(m.QuoteVersion.status == "accepted"))
        expected = arr.scalar_one()
    desk.visit(w("frame-page-kpi"))
    desk.menu(w("kpi-open-rows"), w("kpi-metric-bridge"))
    dialog = desk.page.get_by_role("dialog")
    desk.press(re.compile("^download|Export"), dialog)
    exported = desk.download("CSV", folder, desk.page)
    with exported.open(encoding="utf-8-sig", newline="") as source:
        rows = [row for row in csv.DictReader(source) if subject.name in row.values()]

    assert rows, exported.read_text(encoding="utf-8-sig")[:500]
    assert f"{expected / 100:.2f}" in rows[0].values()

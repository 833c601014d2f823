"""Ways round an approval, tried in real windows: each fails with a sentence, and nothing leaves the house.

Lin writes quotes 35% below list, Amara of leadership approves, Song sees none of them. Each test has a quote
of its own; the store is looked at afterwards.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pypdf import PdfReader
from sqlalchemy import select, update
from typer.main import get_command

from lib.__main__ import app
from lib.access import Role, Viewer
from lib.flows.prepare import prepare
from lib.quotes import commands, queries
from lib.store import database
from lib.store import models as m
from lib.words import say
from tests import make
from tests.browser.chromium import browser
from tests.browser.desk import PATIENCE
from tests.browser.windows import Window, w
from tests.provider import PEOPLE, ROLES, provider
from tests.servers import ROOT, DeskServer

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.acceptance("C15")]
WHY = "They sign for three shops and give a public reference."
PEOPLE_ROLES = {"lin": Role.ACCOUNT_MANAGER, "amara": Role.LEADERSHIP, "song": Role.ACCOUNT_MANAGER}


@dataclass(frozen=True)
class Company:
    """A store, the desk on it, and its people: as they act outside a window, and each one's browser."""

    store: str
    account: int
    ids: dict[str, int]
    desk: str
    profiles: dict[str, BrowserContext]

    def viewer(self, who: str) -> Viewer:
        return Viewer(self.ids[who], PEOPLE[who]["name"], frozenset({PEOPLE_ROLES[who]}), datetime.now(UTC))

    def pending(self) -> int:
        """A quote of Lin's that waits for Amara."""
        lin, today = self.viewer("lin"), self.viewer("lin").today
        quote_id = commands.create_quote(lin, self.account)
        values = make.quote_form(discount=Decimal("0.35"), justification=WHY, starts_on=today,
                                 valid_until=today + timedelta(days=10), language="bilingual")  # fmt: skip
        seen = queries.quote(lin, quote_id).version
        seen = commands.save_draft(lin, quote_id, seen, values=values, lines=[make.quote_line()])
        assert commands.submit_quote(lin, quote_id, seen) == "pending_approval"
        return quote_id

    def approved(self) -> int:
        quote_id = self.pending()
        commands.approve_quote(self.viewer("amara"), quote_id, self.version(quote_id))
        return quote_id

    def version(self, quote_id: int) -> int:
        return queries.quote(self.viewer("lin"), quote_id).version

    def state(self, quote_id: int) -> tuple[str, str | None, int]:
        """Its state, its number, and how many approvals it was given."""
        with database.reading() as connection:
            row = connection.execute(
                select(m.Quote.status, m.Quote.number).where(m.Quote.id == quote_id)
            ).one()
            given = select(m.QuoteDecision.id).join(
                m.QuoteVersion, m.QuoteVersion.id == m.QuoteDecision.quote_version_id
            )
            found = connection.execute(given.where(m.QuoteVersion.quote_id == quote_id)).fetchall()
            return row.status, row.number, len(found)


@pytest.fixture(scope="module")
def company(tmp_path_factory) -> Iterator[Company]:
    url, now = f"sqlite:///{tmp_path_factory.mktemp('bypass')}/desk.db", datetime.now(UTC)
    with database.use(url):
        prepare(now)
        ids = {who: make.person(name=PEOPLE[who]["name"], email=PEOPLE[who]["email"]) for who in PEOPLE_ROLES}
        account = make.account(owner=ids["lin"], name="Lumora Home", name_zh="鹿茉家居")
        with (
            provider() as place,
            DeskServer(url, provider=place.metadata, VIP_DESK_OIDC_ROLES=ROLES) as server,
            browser() as opened,
        ):
            yield Company(url, account, ids, server.url, {who: profile(opened, server, who) for who in ids})
    database.forget(url)


def profile(opened: Browser, server: DeskServer, who: str) -> BrowserContext:
    """A browser of somebody who has signed in, which is what gives them their roles."""
    made = opened.new_context(viewport={"width": 1440, "height": 1000}, locale="en-US", accept_downloads=True)
    Window(made.new_page(), server.url).open("/").sign_in(who).page.close()
    return made


@pytest.fixture
def tab(company) -> Iterator[Callable[..., Window]]:
    """A tab of somebody at an address; two tabs of one person are two tabs of one browser."""
    opened = []

    def shown(who: str, page: str, quote_id: int) -> Window:
        opened.append(Window(company.profiles[who].new_page(), company.desk))
        return opened[-1].open(f"/{page}?id={quote_id}")

    yield shown
    for window in opened:
        window.page.close()


def send(window: Window) -> None:
    window.press(w("quotes-issue"))


def cannot_send(window: Window) -> None:
    expect(window.main.get_by_role("button", name=w("quotes-issue"))).to_have_count(0, timeout=PATIENCE)


def discount(window: Window, percent: str) -> None:
    window.fill(w("quotes-field-discount"), percent, window.main)


def test_a_second_tab_sends_nothing_but_what_was_approved(company, tab):
    quote_id = company.approved()
    first, second = tab("lin", "quote", quote_id), tab("lin", "quote", quote_id)
    discount(first, "40")
    first.press(w("quotes-save"))
    first.sees(w("status-draft"), first.main)

    send(second)

    second.sees(w("error-changed-meanwhile"))
    assert company.state(quote_id)[:2] == ("draft", None)


def test_a_copy_of_an_approved_quote_waits_again(company, tab):
    window = tab("lin", "quote", company.approved())
    window.press(w("quotes-more"))
    window.press(w("quotes-copy"), window.page.get_by_test_id("stPopoverBody"))
    window.sees(w("status-draft"), window.main)
    cannot_send(window)

    window.press(w("quotes-submit"))

    window.sees(w("status-pending-approval"), window.main)
    cannot_send(window)


def test_an_edited_line_sends_the_quote_back(company, tab):
    quote_id = company.approved()
    window = tab("lin", "quote", quote_id)
    discount(window, "45")

    send(window)

    window.sees(w("error-quote-cannot-move"))
    cannot_send(window)
    assert company.state(quote_id)[:2] == ("draft", None)


def test_another_currency_is_another_content(company, tab):
    """The row is swapped past every command while the page shows what was approved: sending prices it anew,
    which takes the approval away."""
    quote_id = company.approved()
    window = tab("lin", "quote", quote_id)
    with database.transaction() as session:
        other = select(m.PriceBook.id).where(m.PriceBook.currency == "CNY", m.PriceBook.code == "saas")
        swapped = update(m.QuoteVersion).where(m.QuoteVersion.quote_id == quote_id)
        session.execute(swapped.values(book_id=session.execute(other).scalars().first(), currency="CNY"))

    send(window)

    window.sees(w("error-quote-cannot-move"))
    cannot_send(window)
    assert company.state(quote_id)[:2] == ("draft", None)


def test_a_forged_id_in_the_address_opens_nothing(company, tab):
    quote_id = company.pending()
    for who, page in (("song", "quote"), ("song", "approvals"), ("lin", "approvals")):
        window = tab(who, page, quote_id)

        window.sees(w("frame-not-here-title"))
        expect(window.main.get_by_role("button", name=re.compile("Approve"))).to_have_count(0)
    assert company.state(quote_id) == ("pending_approval", None, 0)


def test_neither_a_stale_page_nor_the_back_button_approves_what_was_withdrawn(company, tab):
    quote_id = company.pending()
    amara, lin = tab("amara", "approvals", quote_id), tab("lin", "quote", quote_id)
    lin.press(w("quotes-more"))
    lin.press(w("quotes-withdraw"), lin.page.get_by_test_id("stPopoverBody"))
    lin.sees(w("status-withdrawn"), lin.main)

    amara.press(re.compile("Approve"))
    amara.sees(w("error-changed-meanwhile"))
    lin.visit(w("frame-page-today"))
    lin.page.go_back()
    lin.settle()

    lin.sees(w("status-withdrawn"), lin.main)
    cannot_send(lin)
    assert company.state(quote_id) == ("withdrawn", None, 0)


def test_a_late_double_click_counts_once(company, tab):
    """Approve is pressed twice in a row, Send in a tab that still shows it after the other one sent."""
    quote_id = company.pending()
    amara = tab("amara", "approvals", quote_id)
    amara.page.get_by_role("button", name=re.compile("Approve")).last.dblclick()
    amara.settle()
    assert company.state(quote_id) == ("approved", None, 1)
    first, late = tab("lin", "quote", quote_id), tab("lin", "quote", quote_id)
    first.page.get_by_role("button", name=w("quotes-issue")).dblclick()
    first.settle()
    first.sees(w("status-sent"), first.main)
    status, number, _given = company.state(quote_id)

    send(late)

    late.sees(w("error-changed-meanwhile"))
    assert (status, number) == company.state(quote_id)[:2] and status == "sent"


def test_the_paper_before_the_approval_says_draft_for_good(company, tab, tmp_path):
    """Also the link of the earlier download, kept until the quote is approved."""
    quote_id = company.pending()
    window = tab("lin", "quote", quote_id)
    with window.page.expect_download() as waiting:
        window.main.get_by_role("button", name=w("quotes-pdf-draft")).click()
    paper = Path(waiting.value.path())
    assert all("DRAFT" in page.extract_text() for page in PdfReader(paper).pages)
    commands.approve_quote(company.viewer("amara"), quote_id, company.version(quote_id))

    again = window.page.request.get(waiting.value.url)
    kept = tmp_path / "again.pdf"
    kept.write_bytes(again.body())

    refused = again.status == 404
    assert refused or all("DRAFT" in page.extract_text() for page in PdfReader(kept).pages)
    assert company.state(quote_id)[:2] == ("approved", None)


def test_the_author_does_not_approve_under_another_role(company, tab):
    quote_id = company.pending()
    held = make.role(company.ids["lin"], Role.APPROVER_3)
    lin = tab("lin", "approvals", quote_id)

    lin.sees(say("en", "compliance-bar-four-eyes"))
    expect(lin.main.get_by_role("button", name=re.compile("Approve"))).to_be_disabled()
    with database.transaction() as session:
        session.delete(session.get(m.PersonRole, held))
    assert company.state(quote_id) == ("pending_approval", None, 0)


def test_the_command_line_neither_approves_nor_sends(company):
    quote_id = company.pending()

    done = subprocess.run(
        [sys.executable, "-m", "lib", "approve", str(quote_id)], cwd=ROOT, capture_output=True, text=True,
        timeout=60, env={**os.environ, "VIP_DESK_DATABASE_URL": company.store}, check=False,
    )  # fmt: skip

    assert done.returncode == 2 and "No such command" in done.stderr
    assert not {"approve", "issue", "send", "accept", "quotes"} & set(get_command(app).commands)
    assert company.state(quote_id) == ("pending_approval", None, 0)

"""Signing in at a real OpenID Connect provider, in a real browser; each test has people of its own."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select, update

from lib.people import staff
from lib.people.identity import viewer_of
from lib.store import database
from lib.store.models import AuditEntry, Person, PersonRole, SignIn
from lib.words import say
from tests.browser import axe
from tests.browser.chromium import browser
from tests.browser.windows import Window, w
from tests.imports import samples
from tests.provider import ROLES, provider
from tests.servers import DeskServer

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.acceptance("C36")]


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A desk with a provider on a fresh store, and a browser."""
    url = f"sqlite:///{tmp_path_factory.mktemp('company')}/desk.db"
    with (
        provider() as place,
        DeskServer(url, provider=place.metadata, VIP_DESK_OIDC_ROLES=ROLES) as server,
        browser() as opened,
    ):
        server.store, server.browser = url, opened
        yield server
    database.forget(url)


@pytest.fixture
def profile(company) -> Iterator[Callable[..., BrowserContext]]:
    """A fresh browser profile, closed afterwards."""
    opened: list[BrowserContext] = []

    def fresh(**settings: object) -> BrowserContext:
        opened.append(company.browser.new_context(viewport={"width": 1440, "height": 1000}, **settings))
        return opened[-1]

    yield fresh
    for context in opened:
        context.close()


@pytest.fixture
def tab(company, profile) -> Callable[..., Window]:
    """A tab at an address of the desk, in a profile of its own or in a given one."""

    def opened(path: str = "/", within: BrowserContext | None = None) -> Window:
        return Window((within or profile(locale="en-US")).new_page(), company.url).open(path)

    return opened


@pytest.fixture
def change(company) -> Callable[..., None]:
    """Write to rows of one person past the desk, as time or an import would."""

    def write(sub: str, table: type, **values: object) -> None:
        person = select(Person.id).where(Person.subject == sub).scalar_subquery()
        mine = table.id == person if table is Person else table.person_id == person
        with database.use(company.store), database.transaction() as session:
            session.execute(update(table).where(mine).values(**values))

    return write


def test_a_person_signs_in_and_sees_the_pages_of_their_role(tab):
    manager = tab().sign_in("lin")
    manager.is_in_as("Lin Yue")
    admin = tab().sign_in("zhao")
    admin.is_in_as("Zhao Min")

    imports = w("frame-page-imports")
    expect(manager.sidebar.get_by_role("link", name=imports)).to_have_count(0)
    expect(admin.sidebar.get_by_role("link", name=imports)).to_have_count(1)
    manager.open("/imports")
    manager.sees(w("frame-not-here-title"))
    expect(manager.sidebar.get_by_text(w("frame-local"))).to_have_count(0)
    assert not manager.console
    assert not admin.console


@pytest.mark.parametrize("path", ["/accounts?search=harbour&view=all", "/renewals"])
def test_a_link_opened_before_sign_in_is_reached_afterwards(tab, company, path):
    desk = tab(path)
    desk.is_at_the_door()

    desk.sign_in("lin")

    assert desk.page.url == company.url + path
    desk.sees(w(f"frame-page-{path.strip('/').partition('?')[0]}"), desk.main)
    desk.open("/")
    assert desk.page.url.rstrip("/") == company.url


def test_somebody_in_hundreds_of_groups_brings_small_cookies(tab):
    """Servers and proxies refuse a request whose headers grow past some 8 kB."""
    desk = tab("/accounts").sign_in("amara")

    desk.is_in_as("Amara Osei")
    expect(desk.sidebar.get_by_role("link", name=w("frame-page-approvals"))).to_have_count(1)
    assert sum(len(c["name"] + c["value"]) for c in desk.page.context.cookies()) < 2000


def test_signing_out_ends_the_sign_in_and_any_copy_of_its_cookie(tab, profile, company):
    desk = tab().sign_in("lin")
    cookies = desk.page.context.cookies()
    held = [cookie for cookie in cookies if cookie["name"].startswith("_streamlit_user")]
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in held)
    other = tab("/accounts", within=desk.page.context)
    other.is_in_as("Lin Yue")
    copied = profile(locale="en-US")
    copied.add_cookies(cookies)

    desk.sign_out()

    desk.is_at_the_door()
    assert not [c for c in desk.page.context.cookies() if c["name"].startswith("_streamlit_user")]
    tab(within=copied).is_at_the_door("expired")
    other.visit(w("frame-page-alerts"))
    other.is_at_the_door("expired")
    with database.use(company.store), database.reading() as connection:
        told = connection.execute(select(AuditEntry.new, AuditEntry.address).order_by(AuditEntry.id.desc()))
        assert tuple(told.first()) == ({"ended": True}, "127.0.0.1")


def test_somebody_switched_off_loses_the_desk_at_the_next_click(tab, company, change):
    desk = tab().sign_in("amara")
    desk.is_in_as("Amara Osei")
    by_admin(company, tab, staff.switch_off, "amara")

    desk.visit(w("frame-page-accounts"))

    desk.is_at_the_door("switched-off")
    desk.sign_in("amara")
    desk.is_at_the_door("switched-off")
    change("amara", Person, active=True)


def test_an_admin_ends_every_sign_in_of_a_person(tab, company):
    desk = tab().sign_in("amara")
    by_admin(company, tab, staff.end_sign_ins, "amara")

    desk.visit(w("frame-page-accounts"))

    desk.is_at_the_door("expired")


@pytest.mark.parametrize(
    ("column", "ago"), [("started_at", timedelta(hours=12, minutes=1)), ("seen_at", timedelta(minutes=121))]
)
def test_a_sign_in_ends_by_itself(tab, change, column, ago):
    desk = tab().sign_in("lin")
    change("lin", SignIn, **{column: datetime.now(UTC) - ago})

    desk.visit(w("frame-page-accounts"))
    desk.is_at_the_door("expired")

    desk.sign_in("lin").is_in_as("Lin Yue")
    assert desk.page.url.endswith("/accounts")  # back where they were


def test_a_cookie_that_was_changed_opens_nothing(tab):
    desk = tab().sign_in("lin")
    context = desk.page.context
    for cookie in context.cookies():
        if cookie["name"] == "_streamlit_user":
            middle = len(cookie["value"]) // 2
            turned = "B" if cookie["value"][middle] == "A" else "A"
            value = cookie["value"][:middle] + turned + cookie["value"][middle + 1 :]
            context.add_cookies([{**cookie, "value": value}])

    desk.open("/accounts").is_at_the_door()


def test_two_people_in_two_tabs_of_one_profile_stay_themselves_until_reload(tab, profile, company):
    """The second sign-in replaces the cookie of both tabs; the first tab's session keeps its person."""
    shared = profile(locale="en-US")
    first, second = tab(within=shared), tab(within=shared)
    first.sign_in("lin")
    second.sign_in("zhao")

    for desk, name in ((first, "Lin Yue"), (second, "Zhao Min"), (first, "Lin Yue")):
        desk.visit(w("frame-page-accounts"))
        desk.is_in_as(name)
    expect(first.sidebar.get_by_role("link", name=w("frame-page-imports"))).to_have_count(0)
    first.speak("zh-CN")
    accounts = say("zh-CN", "frame-page-accounts")
    expect(first.sidebar.get_by_role("link", name=accounts, exact=True)).to_be_visible()
    second.visit(w("frame-page-today"))
    assert language_of(company, "lin") == "zh-CN"
    assert language_of(company, "zhao") == "en"
    first.open("/accounts").is_in_as("Zhao Min")
    with database.use(company.store), database.transaction() as session:
        session.execute(update(Person).where(Person.subject == "lin").values(language="en"))


def test_a_person_nobody_mapped_is_told_whom_to_ask_and_gets_in_once_they_have_a_role(tab, company):
    tab().sign_in("zhao")
    desk = tab("/accounts").sign_in("noor")

    desk.sees(w("entrance-no-role-title"))
    desk.sees(re.compile("Zhao Min"), desk.main)
    expect(desk.sidebar.get_by_role("link")).to_have_count(0)
    with database.use(company.store), database.transaction() as session:
        noor = session.execute(select(Person.id).where(Person.subject == "noor")).scalar_one()
        session.add(PersonRole(person_id=noor, role="leadership"))
    desk.open("/accounts").is_in_as("Noor Haddad")
    with database.use(company.store), database.transaction() as session:
        session.execute(PersonRole.__table__.delete().where(PersonRole.person_id == noor))
    desk.visit(w("frame-page-today"))
    desk.sees(w("entrance-no-role-title"))
    desk.page.get_by_role("button", name=w("entrance-leave")).click()
    desk.page.get_by_role("button", name="End session").click()
    desk.page.wait_for_url(f"{company.url}/**")
    desk.is_at_the_door()


def test_files_come_in_and_go_out_for_somebody_who_is_signed_in_alone(tab, profile, company, tmp_path):
    samples.write(tmp_path, datetime.now(UTC).date() - timedelta(days=1))
    desk = tab("/imports").sign_in("zhao")
    desk.upload(tmp_path / "ravenstack" / "ravenstack_accounts.csv")
    desk.press(re.compile(r"^Import [\d,]+ rows"))
    desk.visit(w("frame-page-accounts"))
    desk.press(re.compile("Export"), desk.main)
    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("button", name="CSV").first.click()

    address = waiting.value.url
    assert address.startswith(f"{company.url}/media/")
    assert desk.page.request.get(address).ok
    assert profile().request.get(address).status == 403


def test_the_door_speaks_the_browsers_language_and_the_other_one(tab, profile):
    desk = tab(within=profile(locale="zh-CN"))
    desk.sees(say("zh-CN", "entrance-title"))

    desk.tick(say("zh-CN", "frame-language-en"))

    desk.sees(w("entrance-title"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_doors_have_no_grave_violation_of_our_making(tab, profile, change, theme):
    def judge(desk: Window, name: str) -> list[str]:
        desk.page.mouse.move(0, 0)
        desk.page.wait_for_timeout(400)
        return [f"{name}: {one}" for one in axe.grave(desk.page) if one.kind not in axe.exceptions()]

    desk = tab(within=profile(locale="en-US", color_scheme=theme))
    wrong = judge(desk, "sign-in")
    desk.sign_in("lin")
    change("lin", SignIn, seen_at=datetime.now(UTC) - timedelta(hours=3))
    desk.visit(w("frame-page-accounts"))
    desk.is_at_the_door("expired")
    wrong += judge(desk, "expired")
    desk.open("/").sign_in("noor")
    wrong += judge(desk, "no role")

    assert not wrong, "\n".join(wrong)


def test_the_door_opens_by_keyboard(tab):
    desk = tab()
    button = desk.page.get_by_role("button", name=w("entrance-continue"))
    for _ in range(10):
        desk.page.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/oauth2/authorize?**")


def by_admin(company: DeskServer, tab: Callable[..., Window], act: Callable, sub: str) -> None:
    """An admin's command on a person, run beside the desk on the same store."""
    tab().sign_in("zhao")
    with database.use(company.store):
        with database.reading() as connection:
            found = select(Person.id, Person.version).where(Person.subject == sub)
            person = connection.execute(found).one()
            admin = connection.execute(select(Person.id).where(Person.subject == "zhao")).scalar_one()
        act(viewer_of(admin, datetime.now(UTC)), person.id, person.version)


def language_of(company: DeskServer, sub: str) -> str:
    with database.use(company.store), database.reading() as connection:
        return connection.execute(select(Person.language).where(Person.subject == sub)).scalar_one()

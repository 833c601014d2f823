"""With a provider, on the running server: its own name, who gets files, where a request comes from."""

import time
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import select, update
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from lib.store import database
from lib.store.models import Person, SignIn
from lib.words import say
from tests.provider import ROLES, claims, identity, provider, signed_in
from tests.servers import PROVIDER, DeskServer

pytestmark = pytest.mark.server

MEDIA, UPLOAD = "/media/x.csv", "/_stcore/upload_file/a/b"
SECRET = PROVIDER["VIP_DESK_OIDC_COOKIE_SECRET"]


class Company(DeskServer):
    """A desk with a provider; knocks as a browser at its public address does."""

    def see(self, said: dict, page: str = "today", **headers: str) -> list[str]:
        """The texts of a page for somebody with these claims."""
        with signed_in(self.port, self.url, identity(said, self.url), **headers) as visitor:
            return visitor.see(page).texts


@pytest.fixture
def store(tmp_path):
    url = f"sqlite:///{tmp_path}/desk.db"
    yield url
    database.forget(url)


@pytest.fixture
def desk(store):
    with Company(store, provider=PROVIDER["VIP_DESK_OIDC_METADATA_URL"], VIP_DESK_OIDC_ROLES=ROLES) as server:
        yield server


@pytest.fixture(scope="module")
def public():
    """A desk behind https, as its settings say."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        with DeskServer(f"sqlite:///{folder}/desk.db", **PROVIDER) as server:
            yield server
        database.forget(f"sqlite:///{folder}/desk.db")


def test_the_desk_answers_to_its_public_name_alone(public):
    name = "desk.harbourline.test"

    assert public.ask("/", Host=name).status == 200
    assert public.ask("/", Host=name.upper()).status == 200
    for other in ("127.0.0.1", f"{name}:8501", f"evil.{name}", f"{name}@evil.test", "localhost"):
        answer = public.ask("/", Host=other)
        assert answer.status == 421
        assert PROVIDER["VIP_DESK_PUBLIC_URL"] in answer.body.decode()
    assert public.ask("/_stcore/health", Host="10.0.0.7:8501").status == 200


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 101),
        ({"Origin": "https://desk.harbourline.test"}, 101),
        ({"Origin": "http://desk.harbourline.test"}, 403),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "http://localhost"}, 403),
        ({"Host": "localhost"}, 403),
    ],
)
def test_the_websocket_opens_for_the_desks_own_pages_alone(public, headers, expected):
    assert public.shake_hands(**{"Host": "desk.harbourline.test", **headers}) == expected


def test_behind_https_cookies_are_secure_and_transport_strict(public):
    answer = public.ask("/accounts?id=1", Host="desk.harbourline.test")

    assert answer.getheader("Strict-Transport-Security").startswith("max-age=")
    kept = answer.getheader("Set-Cookie")
    assert kept.startswith("vip_desk_link=")
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Max-Age=600"} <= set(kept.split("; "))


@pytest.mark.parametrize("path", ["/", "/start", "/admin", "/accounts.csv", "/static/x.js"])
def test_only_pages_of_the_desk_are_kept_for_after_sign_in(public, path):
    assert public.ask(path, Host="desk.harbourline.test").getheader("Set-Cookie") is None


@pytest.mark.acceptance("C36")
@pytest.mark.parametrize("path", [MEDIA, UPLOAD])
def test_files_are_for_people_whose_sign_in_holds(desk, store, path):
    said = claims("lin")
    cookie = identity(said, desk.url)
    assert refused(desk, path)
    assert refused(desk, path, cookie)  # signed, and yet nobody came in with it
    desk.see(said)

    assert not refused(desk, path, cookie)
    for wrong in (
        cookie[:-2] + "xx",
        identity(said, "https://elsewhere.test"),
        identity(said, desk.url, secret="another-key-of-thirty-two-letters"),
        identity(claims("lin", iat=said["iat"] + 1), desk.url),
        "_streamlit_user=chunks-3",
        "_streamlit_user=客".encode().decode("latin-1"),
    ):
        assert refused(desk, path, wrong), wrong
    change(store, SignIn, ended_at=datetime.now(UTC), ended_by="admin")
    assert refused(desk, path, cookie)


@pytest.mark.acceptance("C36")
@pytest.mark.parametrize(
    ("table", "values"),
    [
        (Person, {"active": False}),
        (SignIn, {"started_at": datetime(2026, 1, 1, tzinfo=UTC)}),
        (SignIn, {"seen_at": datetime(2026, 1, 1, tzinfo=UTC)}),
        (Person, {"valid_after": datetime(2999, 1, 1, tzinfo=UTC)}),
    ],
    ids=["switched off", "too old", "idle", "revoked"],
)
def test_neither_files_nor_pages_once_the_sign_in_no_longer_holds(desk, store, table, values):
    said = claims("lin")
    cookie = identity(said, desk.url)
    with signed_in(desk.port, desk.url, cookie) as visitor:
        assert "Today" in visitor.see("today").texts
        change(store, table, **values)
        shown = visitor.see("accounts").texts

    assert say("en", "entrance-title") in shown
    assert "Accounts" not in shown
    assert refused(desk, MEDIA, cookie)


def test_a_token_older_than_a_session_is_not_taken(desk):
    assert say("en", "entrance-title") in desk.see(claims("lin", age=13 * 3600))


def test_a_group_decides_the_role_and_none_leads_to_whom_to_ask(desk):
    assert "Today" in desk.see(claims("zhao"))
    shown = desk.see(claims("noor"))

    assert say("en", "entrance-no-role-title") in shown
    assert say("en", "entrance-ask", names="Zhao Min") in shown


@pytest.mark.parametrize("headers", [{"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https"}])
def test_forwarding_headers_of_strangers_change_nothing(store, headers):
    """uvicorn would believe them from this machine, and from everybody with this variable."""
    address = PROVIDER["VIP_DESK_OIDC_METADATA_URL"]
    over = {"VIP_DESK_OIDC_ROLES": ROLES, "FORWARDED_ALLOW_IPS": "*"}
    with Company(store, provider=address, **over) as server:
        server.see(claims("lin"), **headers)
        assert server.ask("/", **headers).getheader("Strict-Transport-Security") is None

    assert addresses(store) == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("hops", "expected"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first was said by the visitor
        ("203.0.113.9, 10.1.2.3", "203.0.113.9"),  # two proxies of ours
        ("not an address", "127.0.0.1"),
        ("2001:db8::7", "2001:db8::7"),
    ],
)
def test_a_named_proxy_says_where_a_visitor_comes_from(store, hops, expected):
    address = PROVIDER["VIP_DESK_OIDC_METADATA_URL"]
    over = {"VIP_DESK_OIDC_ROLES": ROLES, "VIP_DESK_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8"}
    with Company(store, provider=address, **over) as server:
        server.see(claims("lin"), X_Forwarded_For=hops)
        assert server.ask("/", X_Forwarded_Proto="https").getheader("Strict-Transport-Security")

    assert addresses(store) == [expected]


def test_a_header_that_names_a_person_is_nothing(desk):
    with signed_in(
        desk.port, desk.url, "_streamlit_user=x", X_User="zhao", X_Forwarded_User="zhao"
    ) as visitor:
        assert say("en", "entrance-title") in visitor.see("today").texts


@pytest.mark.acceptance("C36")
def test_a_link_from_before_sign_in_is_reached_afterwards_and_nothing_else_is(desk):
    cookie = identity(claims("lin"), desk.url)
    kept = desk.ask("/accounts?search=%E5%AE%A2&page=2").getheader("Set-Cookie").partition(";")[0]

    assert desk.ask("/", Cookie=kept).status == 200
    answer = desk.ask("/", Cookie=f"{kept}; {cookie}")
    assert (answer.status, answer.getheader("Location")) == (302, "/accounts?search=%E5%AE%A2&page=2")
    assert 'vip_desk_link=""' in answer.getheader("Set-Cookie")
    for forged in ("vip_desk_link=/accounts", "vip_desk_link=//evil.test", kept[:-2] + "xx"):
        assert desk.ask("/", Cookie=f"{forged}; {cookie}").status == 200
    for target in (
        "//evil.test",
        "https://evil.test",
        "/oauth2callback",
        "/admin?x=1",
        "accounts",
        "/accounts/x",
    ):
        signed = create_signed_value(SECRET, "vip_desk_link", target).decode()
        assert desk.ask("/", Cookie=f"vip_desk_link={signed}; {cookie}").status == 200, target


def test_a_sign_in_begun_at_one_process_ends_at_another(store, tmp_path):
    """Two processes behind one address share the cookie secret, and with it a sign-in under way."""
    with (
        provider() as place,
        Company(store, provider=place.metadata) as one,
        Company(store, provider=place.metadata, VIP_DESK_PUBLIC_URL=one.url) as other,
    ):
        token = jwt.encode(
            {"alg": "HS256"}, {"provider": "default", "exp": int(time.time()) + 60}, OctKey.import_key(SECRET)
        )
        begun = one.ask(f"/auth/login?provider={token}")
        asked = parse_qs(urlsplit(begun.getheader("Location")).query, keep_blank_values=True)
        assert asked["redirect_uri"] == [f"{one.url}/oauth2callback"]
        assert "prompt" not in asked  # optional, and not every provider takes Streamlit's own choice
        session = begun.getheader("Set-Cookie").partition(";")[0]
        back = urlsplit(authorise(begun.getheader("Location"), "lin"))
        assert set(parse_qs(back.query)) >= {"code", "state"}
        ended = other.ask(f"{back.path}?{back.query}", Host=urlsplit(one.url).netloc, Cookie=session)

        assert (ended.status, ended.getheader("Location")) == (302, "/")
        assert any("_streamlit_user=" in said for said in ended.headers.get_all("Set-Cookie"))


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def authorise(address: str, sub: str) -> str:
    """Press the person's button at the provider; where it sends them back to."""
    from urllib.error import HTTPError

    try:
        build_opener(_Stay).open(address, data=urlencode({"sub": sub}).encode(), timeout=10)
    except HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError("the provider did not send anybody back")


def refused(desk: DeskServer, path: str, cookie: str = "") -> bool:
    answer = desk.ask(path, Cookie=cookie)
    return answer.status == 403 and say("en", "edge-sign-in") in answer.body.decode()


def change(store: str, table: type, **values: object) -> None:
    with database.use(store), database.transaction() as session:
        wanted = table.external_id.like("%lin") if table is Person else True
        session.execute(update(table).where(wanted).values(**values))


def addresses(store: str) -> list[str]:
    with database.use(store), database.reading() as connection:
        return list(connection.execute(select(SignIn.address)).scalars())

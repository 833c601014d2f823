"""Without a provider: the four conditions of a visit, each on the running server."""

import re
import socket
from datetime import UTC, datetime

import pytest

from lib.edge import local, sockets, visitors
from lib.flows.prepare import prepare
from lib.store import database
from lib.words import say
from tests.servers import DeskServer
from tests.visitor import Visitor

pytestmark = pytest.mark.server

HTML, HEALTH = "/", "/_stcore/health"
PRIVATE = [
    "/",
    "/_stcore/host-config",
    "/accounts",
    "/media/x.csv",
    "/_stcore/upload_file/a/b",
    "/component/x",
    "/anything",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk on an own store, as people start it, and a visitor who brought the key."""
    folder = tmp_path_factory.mktemp("edge")
    with DeskServer(f"sqlite:///{folder}/desk.db") as server:
        server.visitor = server.cookie()
        yield server


@pytest.mark.acceptance("C36")
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_local_names_are_answered(desk, host):
    assert desk.ask(HTML, Host=f"{host}:{desk.port}", Cookie=desk.visitor).status == 200


@pytest.mark.acceptance("C36")
@pytest.mark.parametrize("path", [HTML, HEALTH, "/accounts", "/media/x.csv", "/_stcore/upload_file/a/b"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "desk.example.com"},
        {"Host": "localhost.example.com"},
        {"Host": "localhost@example.com"},
        {"X_Forwarded_For": "127.0.0.1"},
        {"X_Forwarded_Host": "localhost"},
        {"X_Forwarded_Proto": "https"},
        {"Forwarded": "for=127.0.0.1"},
        {"X_Real_IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
    ],
)
def test_other_names_and_proxies_are_refused_in_both_languages(desk, path, headers):
    answer = desk.ask(path, Cookie=desk.visitor, **headers)

    assert answer.status == 403
    assert "company sign-in" in answer.body.decode()
    assert "企业登录" in answer.body.decode()


@pytest.mark.acceptance("C36")
@pytest.mark.parametrize("path", PRIVATE)
def test_a_browser_without_the_key_is_told_where_it_stands(desk, path):
    answer = desk.ask(path)

    assert answer.status == 403
    assert say("en", "edge-key") in answer.body.decode()
    assert say("zh-CN", "edge-key") in answer.body.decode()


def test_the_key_is_used_once_and_leaves_the_address(desk):
    with_key = desk.url_with_key.removeprefix(desk.url)
    key = with_key.partition("key=")[2]

    first = desk.ask(f"/accounts?search=a%26b&key={key}&page=2")
    second = desk.ask(f"/accounts?key={key}")

    assert (first.status, first.getheader("Location")) == (302, "/accounts?search=a%26b&page=2")
    cookie = first.getheader("Set-Cookie")
    assert re.fullmatch(rf"vip_desk_visitor_{desk.port}=[\w-]{{43}}; Path=/; HttpOnly; SameSite=Lax", cookie)
    assert desk.ask(HTML, Cookie=cookie.partition(";")[0]).status == 200
    assert second.getheader("Set-Cookie") is None
    assert desk.ask(HTML).status == 403
    assert key not in desk.url_with_key


@pytest.mark.parametrize("address", ["/?key=guess", "/?key=", "/?key=%E5%AE%A2", "/?KEY=x"])
def test_another_key_lets_nobody_in(desk, address):
    answer = desk.ask(address)

    assert answer.getheader("Set-Cookie") is None
    assert answer.status in (302, 403)


def test_a_key_leads_to_no_other_site(desk):
    answer = desk.ask("//evil.example.com/?key=guess")

    assert answer.getheader("Location") == "/evil.example.com/"


def test_a_page_fetched_ahead_of_a_click_uses_no_key_up(desk):
    before = desk.url_with_key

    answer = desk.ask(before.removeprefix(desk.url), Sec_Purpose="prefetch;prerender")

    assert answer.status == 403
    assert desk.url_with_key == before


def test_a_cookie_nobody_was_given_opens_nothing(desk):
    assert desk.ask(HTML, Cookie=f"vip_desk_visitor_{desk.port}={'A' * 43}").status == 403


@pytest.mark.acceptance("C36")
@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 101),
        ({"Origin": "http://127.0.0.1:{port}"}, 101),
        ({"Cookie": ""}, 403),
        ({"Host": "desk.example.com"}, 403),
        ({"X_Forwarded_For": "127.0.0.1"}, 403),
        ({"Origin": "https://evil.example.com"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "http://localhost:{port}"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_the_websocket_opens_for_the_desks_own_pages_alone(desk, headers, expected):
    sent = {name: said.format(port=desk.port) for name, said in headers.items()}

    assert desk.shake_hands(**{"Cookie": desk.visitor, **sent}) == expected


@pytest.mark.acceptance("C36")
def test_a_server_that_others_can_reach_is_closed(tmp_path):
    """The configuration says loopback, the socket says otherwise: the socket counts."""
    listening = socket.create_server(("0.0.0.0", 0))  # noqa: S104
    with listening, socket.create_server(("127.0.0.1", 0)) as inside:
        port = listening.getsockname()[1]
        scope = {
            "type": "http", "path": "/", "client": ("127.0.0.1", 5), "server": ("127.0.0.1", port),
            "headers": [(b"host", b"localhost")], "query_string": b"", "method": "GET",
        }  # fmt: skip

        assert not local.is_local(scope)
        assert local.is_local({**scope, "server": ("127.0.0.1", inside.getsockname()[1])})
        assert not local.is_local({**scope, "server": inside.getsockname(), "client": ("192.0.2.7", 5)})
        assert sockets.reach_others(port)


def test_a_demo_opens_without_the_key_until_it_becomes_an_own_desk(tmp_path):
    url = f"sqlite:///{tmp_path}/desk.db"
    with DeskServer(url, VIP_DESK_DEMO="auto") as server:
        assert "key=" not in server.url_with_key
        first = server.ask(HTML)
        assert first.status == 200
        mine, other = (server.ask(HTML).getheader("Set-Cookie").partition(";")[0] for _ in range(2))
        assert mine != other
        with Visitor(server.port, Cookie=mine) as visitor:
            visitor.see("today")
            with database.use(url):
                from lib import demo

                demo.start_empty()
            database.forget(url)
            assert server.ask(HTML, Cookie=mine).status == 403
            assert visitor.see("today").texts[-1] == say("en", "edge-key")
        assert server.shake_hands(Cookie=other) == 403


def test_an_own_store_wants_the_key_whatever_was_before(tmp_path):
    url = f"sqlite:///{tmp_path}/desk.db"
    with database.use(url):
        prepare(datetime.now(UTC), local_people=True)
    database.forget(url)
    with DeskServer(url, VIP_DESK_DEMO="auto") as server:
        assert server.ask(HTML).status == 403


def test_a_key_lets_one_browser_in():
    found = visitors.Visitors()
    key = found.key

    token = found.use(key)

    assert found.knows(token)
    assert found.use(key) is None
    assert found.key != key
    assert not found.knows(None)
    assert not found.knows(visitors.new_token())

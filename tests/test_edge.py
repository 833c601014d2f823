"""The edge on a running server: headers, closed doors, and the options it is started with."""

import http.client
import socket
import tomllib

import pytest
from starlette.datastructures import MutableHeaders

from lib.edge import answers, callers, sockets
from tests.servers import PROVIDER, ROOT, DeskServer

pytestmark = pytest.mark.server

HTML, HEALTH = "/", "/_stcore/health"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edge")
    with DeskServer(f"sqlite:///{folder}/desk.db") as server:
        server.visitor = server.cookie()
        yield server


def ask(desk: DeskServer, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    """As a visitor who brought the key."""
    return desk.ask(path, method, Cookie=desk.visitor, **headers)


@pytest.mark.parametrize("path", [HTML, HEALTH, "/accounts", "/media/none.csv"])
def test_every_answer_carries_the_protective_headers(desk, path):
    answer = ask(desk, path)

    policy = answer.getheader("Content-Security-Policy")
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'self'" in policy
    assert "unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Referrer-Policy") == "no-referrer"
    assert answer.getheader("X-Frame-Options") == "DENY"


def test_the_policy_knows_the_inline_script_of_the_installed_page(desk):
    assert len(answers.script_hashes()) == 1
    assert answers.script_hashes()[0] in ask(desk, HTML).getheader("Content-Security-Policy")


def test_downloads_are_never_kept_by_caches(desk):
    assert ask(desk, "/media/none.csv").getheader("Cache-Control") == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent/openapi.json", "/_stcore/agent/interact",
     "/_stcore/agent/mcp", "/accounts/_stcore/agent/mcp", "/_stcore/script-health-check", "/auth/login",
     "/auth/logout", "/oauth2callback"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_doors_nobody_needs_are_closed(desk, path, method):
    assert ask(desk, path, method).status == 404


def test_the_page_may_be_steered_by_no_other_site(desk):
    answer = ask(desk, "/_stcore/host-config")

    assert b'"allowedOrigins":[]' in answer.body.replace(b" ", b"")


def test_the_server_listens_on_this_machine_alone():
    shipped = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert shipped["server"]["address"] == "127.0.0.1"
    assert shipped["server"]["allowedHosts"] == ["localhost", "127.0.0.1", "::1"]
    assert shipped["server"]["maxUploadSize"] == 20
    assert shipped["server"]["enableXsrfProtection"] and shipped["server"]["enableCORS"]
    assert not shipped["server"]["enableStaticServing"] and not shipped["server"]["enableAgentApi"]
    assert shipped["client"]["showErrorDetails"] == "none"
    assert shipped["client"]["toolbarMode"] == "minimal"
    assert shipped["client"]["disableDataExport"]
    assert not shipped["browser"]["gatherUsageStats"]
    assert "trustedUserHeaders" not in shipped["server"]


@pytest.mark.parametrize(
    ("host", "name"),
    [("localhost:8501", "localhost"), ("[::1]:8501", "::1"), ("127.0.0.1", "127.0.0.1"), ("a b", None),
     ("", None), (None, None), ("user@localhost", None), ("localhost/x", None), ("LOCALHOST", "localhost")],
)  # fmt: skip
def test_a_host_header_is_read_strictly(host, name):
    assert callers.host_name(host) == name


def test_cookies_are_secure_and_transport_strict_over_https():
    headers = MutableHeaders(raw=[(b"set-cookie", b"a=1; Path=/"), (b"set-cookie", b"b=2; Secure")])
    scope = {"type": "http", "path": "/", "scheme": "https", "headers": [(b"host", b"localhost")]}

    answers._protect(headers, scope)

    assert headers.getlist("set-cookie") == ["a=1; Path=/; Secure", "b=2; Secure"]
    assert headers["strict-transport-security"].startswith("max-age=")


def test_connections_send_small_messages_at_once():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        sockets.send_at_once()
        with socket.create_connection(listening.getsockname()):
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("SERVER_ADDRESS", "0.0.0.0", "server.address: without a sign-in provider"),  # noqa: S104
        ("SERVER_ENABLE_XSRF_PROTECTION", "false", "server.enableXsrfProtection: leave it"),
        ("SERVER_ENABLE_CORS", "false", "server.enableCORS: leave it"),
        ("SERVER_BASE_URL_PATH", "vip", "server.baseUrlPath: leave it"),
        ("SERVER_TRUSTED_USER_HEADERS", '{"X-User": "email"}', "server.trustedUserHeaders: leave it"),
    ],
)
def test_an_option_that_opens_the_desk_stops_the_start(tmp_path, option, value, sentence):
    server = DeskServer(f"sqlite:///{tmp_path}/desk.db", **{f"STREAMLIT_{option}": value})
    with pytest.raises(RuntimeError, match=f"VIP Desk does not start.*{sentence}"), server:
        pass


def test_a_public_address_without_a_provider_stops_the_start(tmp_path):
    public = {"VIP_DESK_PUBLIC_URL": PROVIDER["VIP_DESK_PUBLIC_URL"]}
    server = DeskServer(f"sqlite:///{tmp_path}/desk.db", **public)
    with pytest.raises(RuntimeError, match="a desk with a public address needs a sign-in provider"), server:
        pass


def test_a_provider_may_be_reached_from_elsewhere(tmp_path):
    """The server then listens wherever it is told to: people are known by their sign-in."""
    everywhere = {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}  # noqa: S104
    address = PROVIDER["VIP_DESK_OIDC_METADATA_URL"]
    with DeskServer(f"sqlite:///{tmp_path}/desk.db", provider=address, **everywhere) as server:
        assert server.ask("/").status == 200

"""The edge on a running server: headers, closed doors, and nobody but this machine."""

import http.client
import socket
import tomllib

import pytest

from lib import edge
from tests.servers import ROOT, DeskServer

pytestmark = pytest.mark.server

HTML, HEALTH = "/", "/_stcore/health"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edge")
    with DeskServer(f"sqlite:///{folder}/desk.db") as server:
        yield server


def ask(desk: DeskServer, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=sent)
    answer = connection.getresponse()
    answer.body = answer.read()
    return answer


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
    assert len(edge.script_hashes()) == 1
    assert edge.script_hashes()[0] in ask(desk, HTML).getheader("Content-Security-Policy")


def test_downloads_are_never_kept_by_caches(desk):
    assert ask(desk, "/media/none.csv").getheader("Cache-Control") == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent/openapi.json", "/_stcore/agent/interact",
     "/_stcore/agent/mcp", "/accounts/_stcore/agent/mcp", "/_stcore/script-health-check"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_doors_nobody_needs_are_closed(desk, path, method):
    assert ask(desk, path, method).status == 404


def test_the_page_may_be_steered_by_no_other_site(desk):
    answer = ask(desk, "/_stcore/host-config")

    assert b'"allowedOrigins":[]' in answer.body.replace(b" ", b"")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_local_names_are_answered(desk, host):
    assert ask(desk, HTML, Host=f"{host}:{desk.port}").status == 200


@pytest.mark.parametrize("path", [HTML, HEALTH, "/accounts", "/media/x.csv", "/_stcore/upload_file/a/b"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "desk.example.com"},
        {"Host": "localhost.example.com"},
        {"Host": "localhost@example.com"},
        {"Host": "localhost", "X_Forwarded_For": "127.0.0.1"},
        {"Host": "localhost", "X_Forwarded_Host": "localhost"},
        {"Host": "localhost", "Forwarded": "for=127.0.0.1"},
        {"Host": "localhost", "X_Real_IP": "127.0.0.1"},
        {"Host": "localhost", "Via": "1.1 proxy"},
    ],
)
def test_other_names_and_proxies_are_refused_in_both_languages(desk, path, headers):
    answer = ask(desk, path, **headers)

    assert answer.status == 403
    assert "company sign-in" in answer.body.decode()
    assert "企业登录" in answer.body.decode()


def _shake_hands(desk: DeskServer, **headers: str) -> int:
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec_WebSocket_Protocol": "streamlit",
    }  # fmt: skip
    return ask(desk, "/_stcore/stream", **{**upgrade, **headers}).status


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 101),
        ({"Host": "desk.example.com"}, 403),
        ({"X_Forwarded_For": "127.0.0.1"}, 403),
        ({"Origin": "https://evil.example.com"}, 403),
    ],
)
def test_the_websocket_opens_for_local_visits_alone(desk, headers, expected):
    assert _shake_hands(desk, **headers) == expected


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
    assert edge.host_name(host) == name


def test_cookies_are_secure_and_transport_strict_over_https():
    headers = edge.MutableHeaders(raw=[(b"set-cookie", b"a=1; Path=/"), (b"set-cookie", b"b=2; Secure")])
    scope = {"type": "http", "path": "/", "scheme": "https", "headers": [(b"host", b"localhost")]}

    edge._protect(headers, scope)

    assert headers.getlist("set-cookie") == ["a=1; Path=/; Secure", "b=2; Secure"]
    assert headers["strict-transport-security"].startswith("max-age=")


def test_connections_send_small_messages_at_once():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        edge.send_at_once()
        with socket.create_connection(listening.getsockname()):
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

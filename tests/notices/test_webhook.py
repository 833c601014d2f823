"""The sender of plain webhooks: signed, bounded, to public places alone, and honest about what went wrong."""

import hashlib
import hmac
import json
import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from lib.notices import webhook
from lib.notices.message import Message
from lib.settings import Channel
from tests import loopback
from tests.make import NOW

MESSAGE = Message("k" * 40, "VIP Desk：测试", "One line", ({"kind": "alert", "account_id": 7},), "zh-CN")


def channel(address: str) -> Channel:
    return Channel("hook", address.partition(":")[0], SecretStr(address), SecretStr(loopback.KEY))


@pytest.fixture
def server():
    with loopback.web_server() as running:
        yield running


def send(server, message: Message = MESSAGE) -> str:
    return webhook.send(channel(server.address), message, NOW, local=True)


def test_a_receiver_can_check_who_wrote_it_and_when(server):
    assert send(server) == "sent"

    path, headers, body = server.posted[0]
    stamp = headers["X-VIP-Desk-Timestamp"]
    right = hmac.new(loopback.KEY.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert path == "/hook?room=1"
    assert headers["X-VIP-Desk-Signature"] == f"v1={right}"
    assert int(stamp) == int(NOW.timestamp())
    assert headers["Idempotency-Key"] == MESSAGE.key
    assert json.loads(body) == {
        "id": MESSAGE.key, "title": MESSAGE.title, "text": "One line", "language": "zh-CN",
        "items": [{"kind": "alert", "account_id": 7}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "sent"), (204, "sent"), (301, "redirected"), (307, "redirected"), (400, "rejected"),
     (410, "rejected"), (408, "refused"), (429, "refused"), (500, "refused"), (503, "refused")],
)  # fmt: skip
def test_the_answer_says_whether_another_attempt_can_help(server, status, outcome):
    server.status = status
    server.headers = {"Location": "http://127.0.0.1:1/elsewhere"}

    assert send(server) == outcome
    assert len(server.posted) == 1, "no redirect is followed"


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.1/x", "https://localhost/x", "https://10.1.2.3/x", "https://192.168.0.9/x",
     "https://169.254.169.254/latest", "https://172.16.5.5/", "https://[::1]/x", "https://[fe80::1]/x",
     "https://[fc00::1]/", "https://[::ffff:10.0.0.1]/x", "https://[64:ff9b::7f00:1]/", "https://0.0.0.0/",
     "https://[2002:7f00:1::]/", "https://100.64.0.1/", "https://224.0.0.1/", "http://93.184.216.34/x"],
)  # fmt: skip
def test_no_message_goes_to_a_place_that_is_not_public(address):
    assert webhook.send(channel(address), MESSAGE, NOW) == "not_public"


def test_the_name_is_resolved_once_and_the_connection_goes_to_that_address(server, monkeypatch):
    """A name server that answers differently the second time leads nowhere else."""
    asked = []
    real = socket.getaddrinfo

    def once(host, *rest, **more):
        asked.append(host)
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    address = server.address.replace("127.0.0.1", "localhost")

    assert webhook.send(channel(address), MESSAGE, NOW, local=True) in ("sent", "unreachable")
    assert asked.count("localhost") == 1


def test_nobody_listening_is_unreachable_and_so_is_a_name_nobody_knows():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert webhook.send(channel(f"http://127.0.0.1:{port}/"), MESSAGE, NOW, local=True) == "unreachable"
    assert webhook.send(channel("https://no-such-host.invalid/"), MESSAGE, NOW) == "unreachable"


def test_a_slow_server_is_given_up_after_a_while(server, monkeypatch):
    monkeypatch.setattr(webhook, "STEP_SECONDS", 0.2)
    server.wait = 1.0

    assert send(server) == "slow"


def test_a_server_that_drips_is_cut_off_too(server, monkeypatch):
    """Each byte comes in time; all of them together do not."""
    monkeypatch.setattr(webhook, "WHOLE_SECONDS", 0.6)
    stop = threading.Event()

    def drip(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(200):
            if stop.wait(0.05):
                return
            handler.wfile.write(b"X-Drip: 1\r\n")

    server.answer = drip
    try:
        assert send(server) == "slow"
    finally:
        stop.set()


def test_a_server_that_answers_twice_counts_once(server):
    def twice(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" * 2)

    server.answer = twice

    assert send(server) == "sent"
    assert len(server.posted) == 1


def test_what_is_no_http_is_no_answer(server):
    server.answer = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n")

    assert send(server) == "unreachable"


def test_a_huge_answer_is_not_read_and_a_huge_message_is_cut(server):
    def huge(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n" + b"x" * 100_000)

    server.answer = huge
    long = Message("k", "t", "x" * 200_000, tuple({"kind": "alert", "n": i} for i in range(9000)))

    assert send(server, long) == "sent"
    assert len(server.posted[0][2]) <= webhook.MOST_SENT


def test_a_certificate_nobody_vouches_for_is_not_trusted(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begin = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(begin).not_valid_after(begin + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path / "self-signed.pem"
    private = serialization.PrivateFormat.PKCS8
    pem = serialization.Encoding.PEM
    file.write_bytes(key.private_bytes(pem, private, serialization.NoEncryption()) + made.public_bytes(pem))
    with loopback.web_server(file) as server:
        address = server.address.replace("http://127.0.0.1", "https://localhost")

        assert webhook.send(channel(address), MESSAGE, NOW, local=True) == "not_trusted"
        assert server.posted == []

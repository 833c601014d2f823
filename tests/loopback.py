"""Real servers on this machine that a message can be sent to: one that speaks SMTP, one that speaks HTTP."""

import contextlib
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

KEY = "k7Qp2vXw9RtLm4Zs8YbN3dHf6JgC1aEu"  # signs webhooks in tests; 32 random characters


@dataclass
class MailServer:
    """Keeps what it took; `refuse` answers with an error, `wait` seconds pass before it takes a mail."""

    port: int = 0
    refuse: bool = False
    wait: float = 0.0
    taken: list[tuple[list[str], str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"mailto://127.0.0.1:{self.port}/?from=desk@harbourline.test&cto=2"

    @property
    def mails(self) -> list[Message]:
        return [message_from_string(text, policy=default) for _, text in self.taken]

    @property
    def recipients(self) -> list[list[str]]:
        return [to for to, _ in self.taken]


def _talk(server: MailServer) -> type[socketserver.StreamRequestHandler]:
    class Talk(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            to: list[str] = []
            self.say("220 loopback")
            for raw in self.rfile:
                word = raw.decode().strip()
                if word.upper() == "DATA":
                    self.say("354 go on")
                    self._take(to)
                    to = []
                elif word.upper() == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    if word.upper().startswith("RCPT"):
                        to.append(word.partition("<")[2].rstrip(">"))
                    self.say("250 fine")

        def _take(self, to: list[str]) -> None:
            lines = []
            for raw in self.rfile:
                line = raw.decode().rstrip("\r\n")
                if line == ".":
                    break
                lines.append(line.removeprefix(".") if line.startswith("..") else line)
            time.sleep(server.wait)
            if server.refuse:
                self.say("451 not now")
                return
            server.taken.append((to, "\n".join(lines)))
            self.say("250 taken")

    return Talk


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    with _serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), _talk(server))) as running:
        server.port = running.server_address[1]
        yield server


@dataclass
class WebServer:
    """Keeps what was posted (path, headers, body); `answer` writes the reply itself, else it is `status`."""

    port: int = 0
    status: int = 204
    wait: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    answer: Callable[[BaseHTTPRequestHandler], None] | None = None
    posted: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?room=1"


def _reply(server: WebServer) -> type[BaseHTTPRequestHandler]:
    class Reply(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802 - the base class's own name
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            time.sleep(server.wait)
            server.posted.append((self.path, dict(self.headers), body))
            if server.answer is not None:
                server.answer(self)
                return
            self.send_response(server.status)
            for name, value in server.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    return Reply


@contextlib.contextmanager
def web_server(certificate: Path | None = None) -> Iterator[WebServer]:
    """With a certificate (a PEM file with its key) it speaks https."""
    server = WebServer()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _reply(server))
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        listening.socket = context.wrap_socket(listening.socket, server_side=True)
    with _serving(listening) as running:
        server.port = running.server_address[1]
        yield server


@contextlib.contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[socketserver.BaseServer]:
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

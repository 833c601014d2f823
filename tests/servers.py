"""A running desk for tests: started on a free loopback port with its own store, stopped by its own pid."""

import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 90
# A whole company sign-in, as settings; tests that speak to a provider replace the addresses.
PROVIDER = {
    "VIP_DESK_PUBLIC_URL": "https://desk.harbourline.test",
    "VIP_DESK_OIDC_METADATA_URL": "https://login.harbourline.test/.well-known/openid-configuration",
    "VIP_DESK_OIDC_CLIENT_ID": "vip-desk",
    "VIP_DESK_OIDC_CLIENT_SECRET": "Qd8fV2mZ7rT1",
    "VIP_DESK_OIDC_COOKIE_SECRET": "n5Xw0pLb7Jc2Rk9TgYv4Hs1Qe8Uz6MdA",
}


class DeskServer:
    """`streamlit run app.py` as the README starts it; use it as a context manager.

    `store_url` names the store, `over` more environment, `script` another app (the bench's bare page),
    which then runs with the same .streamlit/config.toml. With `provider`, the address of its metadata,
    people sign in there; without one, a visitor brings the key (`url_with_key`, `cookie()`).
    """

    def __init__(
        self, store_url: str, script: Path = ROOT / "app.py", provider: str | None = None, **over: str
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.script = script
        self._environment = {**os.environ, "VIP_DESK_DATABASE_URL": store_url, **over}
        self._environment.setdefault("VIP_DESK_DEMO", "off")
        if provider is not None:
            addresses = {"VIP_DESK_PUBLIC_URL": self.url, "VIP_DESK_OIDC_METADATA_URL": provider}
            self._environment = {**PROVIDER, **self._environment, **addresses, **over}
        self._log = tempfile.NamedTemporaryFile(prefix="vip-desk-", suffix=".log", delete=False)  # noqa: SIM115 - outlives this call
        self.process: subprocess.Popen | None = None
        self.seconds_to_health = 0.0

    def start(self) -> "DeskServer":
        began = time.perf_counter()
        command = [
            sys.executable, "-m", "streamlit", "run", str(self.script),
            "--server.port", str(self.port), "--server.headless", "true",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdout=self._log, stderr=subprocess.STDOUT
        )
        while time.perf_counter() - began < START_SECONDS:
            if self.process.poll() is not None:
                raise RuntimeError(f"the desk ended at start:\n{self.log()}")
            if status(f"{self.url}/_stcore/health") == 200:
                self.seconds_to_health = time.perf_counter() - began
                return self
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"the desk is not healthy after {START_SECONDS} s:\n{self.log()}")

    @property
    def url_with_key(self) -> str:
        """The newest address the desk printed: it lets one browser in. The plain address when none was."""
        printed = re.findall(r"VIP Desk: (http\S+)", self.log())
        return printed[-1] if printed else self.url

    def cookie(self) -> str:
        """A Cookie header of a visitor who brought the key; each call lets another one in."""
        answer = self.ask(self.url_with_key.removeprefix(self.url) or "/")
        return (answer.getheader("Set-Cookie") or "").partition(";")[0]

    def ask(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        """One request without a browser; `body` of the answer holds its bytes. X_Real_IP means X-Real-IP."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(
            method, path, headers={name.replace("_", "-"): said for name, said in headers.items()}
        )
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def shake_hands(self, **headers: str) -> int:
        """The status that a browser's request for the websocket gets; 101 opens it."""
        upgrade = {
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
            "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec_WebSocket_Protocol": "streamlit",
        }  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {name.replace("_", "-"): said for name, said in {**upgrade, **headers}.items()}
        connection.request("GET", "/_stcore/stream", headers=sent)
        status = connection.getresponse().status
        connection.close()
        return status

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=15)
        self.process = None

    def log(self) -> str:
        return Path(self._log.name).read_text(encoding="utf-8", errors="replace")

    def __enter__(self) -> "DeskServer":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._log.close()
        Path(self._log.name).unlink(missing_ok=True)


def status(url: str) -> int:
    """The HTTP status of a GET, 0 while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0

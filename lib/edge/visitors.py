"""Who may visit a desk without sign-in: browsers that brought the key printed at the start.

Kept in memory alone: a restart asks for a new key. All functions may be called from any thread.
"""

import re
import secrets
import threading
from urllib.parse import urlsplit

KEY = "key"  # the parameter of the address that carries it
_TOKEN = re.compile(r"[\w-]{43}")


class Visitors:
    """The current one-time key, and the tokens of browsers that were let in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key = secrets.token_urlsafe(32)
        self._let_in: set[str] = set()

    @property
    def key(self) -> str:
        return self._key

    def use(self, key: str) -> str | None:
        """A token for the browser that brought the current key, which is used up; None for any other."""
        with self._lock:
            if not secrets.compare_digest(key.encode(), self._key.encode()):
                return None
            self._key = secrets.token_urlsafe(32)
        token = new_token()
        self.let_in(token)
        return token

    def let_in(self, token: str) -> None:
        with self._lock:
            self._let_in.add(token)

    def knows(self, token: str | None) -> bool:
        return token in self._let_in


VISITORS = Visitors()


def new_token() -> str:
    return secrets.token_urlsafe(32)


def is_token(text: str | None) -> bool:
    return bool(text and _TOKEN.fullmatch(text))


def cookie_name(host: str | None) -> str:
    """Browsers share cookies between the ports of a machine; each desk has its own name for its own."""
    try:
        port = urlsplit(f"//{host}").port
    except ValueError:
        port = None
    return f"vip_desk_visitor_{port or 80}"

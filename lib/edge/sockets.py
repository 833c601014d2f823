"""The sockets this process listens on, as the system has them, whatever the configuration says."""

import ipaddress
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import suppress


def listening() -> Iterator[socket.socket]:
    """A handle on each listening TCP socket of this process, closed after use.

    Raises OSError where a process cannot list what it has open.
    """
    for number in map(int, os.listdir("/dev/fd")):
        with suppress(OSError):  # the listing's own descriptor is gone by now
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with socket.socket(fileno=os.dup(number)) as opened:
                is_tcp = opened.family in (socket.AF_INET, socket.AF_INET6)
                if is_tcp and opened.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    yield opened


def addresses() -> list[tuple[str, int]] | None:
    """Host and port of each, e.g. [("127.0.0.1", 8501)]; None where they cannot be listed."""
    try:
        return [opened.getsockname()[:2] for opened in listening()]
    except OSError:
        return None


def reach_others(port: int) -> bool:
    """Whether another machine can reach this process at the port."""
    found = addresses() or []
    return any(at == port and not ipaddress.ip_address(host).is_loopback for host, at in found)


def send_at_once() -> None:
    """Let small messages leave without waiting for an acknowledgement: some 40 ms less a rerun.

    asyncio asks for this only on sockets that spell out their protocol, which Streamlit's does not.
    Accepted connections inherit it from the listening socket; where a process cannot list what it has
    open, nothing changes.
    """
    with suppress(OSError):
        for opened in listening():
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

"""Speed and size in one run: `python -m tests.bench.run [--times 15] [--only pages,import]`.

At 10,000 accounts and 500,000 days of activity it prints, each beside a bare Streamlit page of 50 rows:
server time and bytes per page (one rerun over the real websocket, from asking to the end of the script),
cold start to healthy and to the first page, memory; and rows per second of the import beside what the bare
store takes of the same rows. The visitor sees all accounts, which is the worst case.
"""

import argparse
import statistics
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psutil

from tests.bench import loading, world
from tests.servers import ROOT, DeskServer
from tests.visitor import Answer, Visitor

PAGES = {
    "today": ("today", ""),
    "accounts": ("accounts", ""),
    "accounts, searched": ("accounts", "search=lumora+77"),
    "account": ("account", "id=2100"),
    "alerts": ("alerts", ""),
    "alert": ("alerts", "id=100"),
    "renewals": ("renewals", ""),
    "negotiation": ("negotiation", "account=2100"),
    "quotes": ("quotes", ""),
    "quote": ("quotes", "id=5"),
    "approvals": ("approvals", ""),
    "kpi": ("kpi", ""),
    "imports": ("imports", ""),
}
VISITORS = 20


def say(name: str, value: str, beside: str = "") -> None:
    print(f"{name:<34}{value:>22}   {beside}", flush=True)


def spread(answers: list[Answer]) -> str:
    times = sorted(a.milliseconds for a in answers)
    high = times[max(0, round(len(times) * 0.95) - 1)]
    return f"{statistics.median(times):7.0f} / {high:.0f} ms"


def size(answers: list[Answer]) -> str:
    return f"{statistics.median(a.bytes for a in answers) / 1000:.0f} kB"


def memory(server: DeskServer) -> float:
    """Resident MiB of the server process and its children."""
    process = psutil.Process(server.process.pid)
    return sum(p.memory_info().rss for p in [process, *process.children(recursive=True)]) / 2**20


def seconds(server: DeskServer, first: Answer) -> str:
    return f"{server.seconds_to_health + first.milliseconds / 1000:.2f} s"


def crowd(server: DeskServer, page: str) -> None:
    """Twenty sessions that each saw a page and stay open."""
    visitors = [Visitor(server.port, Cookie=server.cookie()).__enter__() for _ in range(VISITORS)]
    for visitor in visitors:
        visitor.see(page)
    say("memory, 20 open sessions", f"{memory(server):.0f} MiB")
    for visitor in visitors:
        visitor.__exit__()


def measure(visitor: Visitor, page: str, query: str, times: int) -> list[Answer]:
    visitor.see(page, query)  # the first run imports what the page needs
    return [visitor.see(page, query) for _ in range(times)]


def pages(store_url: str, times: int) -> None:
    bare_script = ROOT / "tests" / "bench" / "bare.py"
    print("\nBare Streamlit page of 50 rows")
    with DeskServer(store_url, script=bare_script) as server:
        say("cold start to healthy", f"{server.seconds_to_health:.2f} s")
        with Visitor(server.port, Cookie=server.cookie()) as visitor:
            say("cold start to the first page", seconds(server, visitor.see()))
            bare = measure(visitor, "", "", times)
            say("rerun, median / p95", spread(bare), size(bare))
        crowd(server, "")
    base = statistics.median(a.milliseconds for a in bare)
    print("\nVIP Desk")
    with DeskServer(store_url) as server:
        say("cold start to healthy", f"{server.seconds_to_health:.2f} s")
        with Visitor(server.port, Cookie=server.cookie()) as visitor:
            say("cold start to the first page", seconds(server, visitor.see("today")))
            for name, (page, query) in PAGES.items():
                found = measure(visitor, page, query, times)
                ratio = statistics.median(a.milliseconds for a in found) / base
                wrong = f"  DRAWN: {found[-1].errors[:2]}" if found[-1].errors else ""
                say(name, spread(found), f"{size(found):>7}  {ratio:4.1f} x bare{wrong}")
        crowd(server, "accounts")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--only", default="pages,import")
    parser.add_argument("--store", help="keep and reuse the bench store in this file")
    chosen = parser.parse_args()
    parts: dict[str, Callable[[str], None]] = {
        "pages": lambda url: pages(url, chosen.times),
        "import": loading.imports,
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(chosen.store or f"{folder}/bench.db").absolute()
        url = f"sqlite:///{path}"
        if not path.exists():
            began = datetime.now(UTC)
            world.fill(url, began)
            took = (datetime.now(UTC) - began).total_seconds()
            days = world.ACCOUNTS * world.ACTIVITY_DAYS
            size_mib = path.stat().st_size / 2**20
            print(f"{world.ACCOUNTS:,} accounts, {days:,} days of activity: {took:.0f} s, {size_mib:.0f} MiB")
        for name in chosen.only.split(","):
            parts[name](url)


if __name__ == "__main__":
    main()

"""What a change costs each page: `python -m tests.bench.growth EARLIER [--times 15]`.

EARLIER is a folder with an earlier state of the desk (`git worktree add EARLIER COMMIT`). Both fill a store
of 10,000 accounts with their own tests/bench/world.py, both serve the same person, who sees all accounts,
and each page is opened in turn: earlier, now on this machine, now signed in with a provider. Printed are
medians of server time in milliseconds and what signed in is above earlier.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from lib.store import database
from lib.store.models import Person
from tests import make
from tests.bench.run import PAGES
from tests.provider import claims, identity, signed_in
from tests.servers import ROOT, DeskServer
from tests.visitor import Visitor

FILL = "import sys; from datetime import UTC, datetime; from tests.bench import world; " \
       "world.fill(sys.argv[1], datetime.now(UTC))"  # fmt: skip
FIRST = 101  # the person of the bench's world who holds every role
EMAIL = "first@harbourline.test"


def filled(folder: Path, path: Path) -> str:
    """A big store made by the code in `folder`."""
    url = f"sqlite:///{path}"
    subprocess.run([sys.executable, "-c", FILL, url], cwd=folder, check=True)
    return url


def visitors(stack: ExitStack, earlier: Path, folder: Path) -> dict[str, Visitor]:
    """One open session each; the one who signs in is linked to the same person by their e-mail address."""
    before_url, now_url = filled(earlier, folder / "before.db"), filled(ROOT, folder / "now.db")
    with database.use(now_url):
        make.change(Person, FIRST, email=EMAIL)
    roles = '{"bench": ["account_manager", "sales", "leadership", "admin"]}'
    before = stack.enter_context(DeskServer(before_url, script=earlier / "app.py"))
    here = stack.enter_context(DeskServer(now_url))
    nobody_asks = "http://127.0.0.1:9/.well-known/openid-configuration"
    company = stack.enter_context(DeskServer(now_url, provider=nobody_asks, VIP_DESK_OIDC_ROLES=roles))
    cookie = identity(claims("lin", email=EMAIL, groups=["bench"]), company.url)
    opened = {
        "earlier": Visitor(before.port),
        "now": Visitor(here.port, Cookie=here.cookie()),
        "signed in": signed_in(company.port, company.url, cookie),
    }
    return {name: stack.enter_context(visitor) for name, visitor in opened.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("earlier", type=Path)
    parser.add_argument("--times", type=int, default=15)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        opened = visitors(stack, chosen.earlier.absolute(), Path(folder))
        print(f"{'page':<22}" + "".join(f"{name:>12}" for name in (*opened, "grown by")))
        for page, (name, query) in PAGES.items():
            times = {who: [] for who in opened}
            for visitor in opened.values():
                visitor.see(name, query)  # the first run imports what the page needs
            for _ in range(chosen.times):
                for who, visitor in opened.items():
                    times[who].append(visitor.see(name, query).milliseconds)
            medians = [statistics.median(found) for found in times.values()]
            grown = medians[-1] - medians[0]
            print(f"{page:<22}" + "".join(f"{value:12.1f}" for value in (*medians, grown)), flush=True)


if __name__ == "__main__":
    main()

"""How well the tests hold what decides about money: `python -m tests.mutants [file …] [--branches] [--list]`.

Branches: every condition of the files below has to come out both ways, every function and handler has to run.
Mutants: one small fault at a time is put into a file (a comparison turned, a sign, a number off by one, a
condition always true, a step left out …) and the tests of that file run; a fault no test notices survives.
Runs beside the ordinary tests, not within them; needs no store. Forks, so it wants Linux or macOS.
"""

import argparse
import ast
import importlib
import io
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.faults import Forge, Witness

ROOT = Path(__file__).resolve().parent.parent
P, Q = "tests/pricing/test_", "tests/quotes/test_"
# A file and the tests that hold it, the nearest first.
HELD: dict[str, tuple[str, ...]] = {
    "lib/money.py": ("tests/test_money.py", f"{P}walk.py"),
    "lib/countries.py": ("tests/test_countries.py",),
    "lib/pricing/tiers.py": (f"{P}tiers.py", f"{P}walk.py", f"{P}vectors.py"),
    "lib/pricing/proration.py": (f"{P}proration.py", f"{P}vectors.py", f"{P}walk.py"),
    "lib/pricing/totals.py": (f"{P}totals.py", f"{P}vectors.py"),
    "lib/pricing/terms.py": (f"{P}terms.py", f"{P}walk.py", f"{P}beside.py"),
    "lib/pricing/choices.py": (f"{P}choices.py", f"{P}terms.py", f"{P}beside.py", f"{P}walk.py"),
    "lib/pricing/price_book.py": (f"{P}price_book.py", f"{P}services.py", f"{P}walk.py", f"{P}beside.py"),
    "lib/pricing/asked.py": (f"{P}walk.py", f"{P}beside.py"),
    "lib/pricing/locks.py": (f"{P}locks.py",),
    "lib/pricing/walk.py": (f"{P}walk.py", f"{P}beside.py", f"{P}locks.py", f"{P}terms.py"),
    "lib/pricing/waterfall.py": (f"{P}beside.py", f"{P}walk.py", f"{P}waterfall.py"),
    "lib/pricing/tax.py": (f"{P}tax.py",),
    "lib/pricing/services.py": (f"{P}services.py",),
    "lib/pricing/schedule.py": (f"{P}schedule.py",),
    "lib/quotes/approvals.py": (
        f"{Q}approvals.py",
        f"{Q}levels.py",
        f"{Q}ways.py",
        f"{Q}chains.py",
        f"{Q}traps.py",
        f"{P}traps.py",
    ),
    "lib/quotes/findings.py": (f"{Q}findings.py", f"{Q}chains.py"),
    "lib/quotes/matrix.py": (f"{Q}matrix.py", f"{Q}chain_edges.py", f"{Q}chains.py"),
    "lib/quotes/chains.py": (f"{Q}chain_edges.py", f"{Q}chains.py"),
    "lib/subscriptions/rules.py": ("tests/subscriptions/test_rules.py",),
}
# Faults that change nothing anybody could see: file, line as it stands, fault; and why.
EQUAL: dict[tuple[str, str, str], str] = {
    ("lib/money.py", "return Decimal(1).scaleb(-places)", "1 -> 2"):
        "only the exponent of the quantum counts",
    ("lib/pricing/waterfall.py",
     "EXACT_PLACES = 30  # compared to this many places: quotients are cut far behind them", "30 -> 31"):
        "no product of prices and factors has a digit that far behind the point",
    ("lib/pricing/walk.py", "parts[request.item.code] += request.quantity", "Add= -> Sub="):
        "the parts are compared with each other alone, and all turn their sign",
    ("lib/pricing/proration.py",
     "if begins > target or (end is not None and begins >= end):", "GtE -> Gt"):
        "a period that begins at the end adds a part of no day",
    ("lib/pricing/proration.py", "short = end is not None and end < finishes", "Lt -> LtE"):
        "a period used to its last day has the ratio one, which is what a whole one counts",
    ("lib/pricing/schedule.py", "if runs not in weights:", "condition always True"):
        "the weights are only kept so as not to be counted again",
    ("lib/pricing/schedule.py", "return [(begins, ends, Decimal(1))]", "1 -> 2"):
        "a line of one stretch weighs the same against itself whatever its weight a month",
    ("lib/quotes/approvals.py", "return False", "returns nothing"):
        "who asks looks only whether it is true",
    ("lib/quotes/approvals.py", "if not terms.discount:", "condition always False"):
        "without a discount there is nothing to cut, which the last line finds as well, a price later",
    ("lib/subscriptions/rules.py", "if stop > start:", "Gt -> GtE"):
        "an outage of no length adds nothing, and the next begins no earlier",
}  # fmt: skip
PRELOADED = ("sqlmodel", "alembic.command", "lib.store.models", "lib.store.doors", "lib.store.policy")
STORES = {"database", "embedded", "store", "database_in_use", "database_url"}
SECONDS = 60  # a mutant that runs longer hangs, and counts as noticed
MOST_EXAMPLES = 10


class Planted(MetaPathFinder, Loader):
    """Imports one file from a changed tree."""

    def __init__(self, name: str, tree: ast.Module, path: Path, **given: object) -> None:
        self.name, self.tree, self.path, self.given = name, tree, path, given

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        del path, target
        return spec_from_loader(fullname, self, origin=str(self.path)) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__.update(self.given)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)  # noqa: S102 - our own source


def parsed(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


def faults(file: str) -> int:
    forge = Forge()
    forge.visit(parsed(file))
    return forge.count


def planted(file: str, number: int) -> tuple[ast.Module, Forge]:
    forge = Forge(number)
    return ast.fix_missing_locations(forge.visit(parsed(file))), forge


class Storeless:
    """Leaves out the tests that want a store, which is not there without the fixtures of conftest."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if not STORES & set(getattr(item, "fixturenames", ()))]


def pytest_of(paths: tuple[str, ...], *plugins: object) -> int:
    """The tests that need no store, until the first failure; pytest's exit code."""
    there = [path for path in paths if (ROOT / path).exists()]
    quiet = io.StringIO()
    with redirect_stdout(quiet), redirect_stderr(quiet):
        options = ["-x", "-q", "--noconftest", "-p", "no:cacheprovider", "-W", "ignore"]
        return int(pytest.main([*options, *there], [Storeless(), *plugins]))


class Quick:
    """Tries every fault inside a function on tests that were collected once: only the code is exchanged."""

    def __init__(self, file: str, numbers: Sequence[int]) -> None:
        self.file, self.numbers = file, numbers
        self.left: list[tuple[int, str]] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if in_child(lambda: self._run(session)) != 0:
            raise SystemExit(f"the tests of {self.file} fail by themselves")
        for number in self.numbers:
            tree, forge = planted(self.file, number)
            code = compile(tree, str(ROOT / self.file), "exec")

            def tried(code: CodeType = code) -> int:
                exchange(sys.modules[module_of(self.file)], code)
                return self._run(session)

            if in_child(tried) == 0:
                self.left.append((number, forge.what))
        return True

    def _run(self, session: pytest.Session) -> int:
        for item in session.items:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if session.testsfailed:
                return 1
        return 0


def exchange(module: ModuleType, code: CodeType) -> None:
    """Gives every function of a module the code of its namesake in newly compiled source."""
    fresh = {(found.co_qualname, found.co_firstlineno): found for found in _codes(code)}
    holders = [vars(module), *(vars(value) for value in vars(module).values() if isinstance(value, type))]
    for holder in holders:
        for value in list(holder.values()):
            for function in (
                value,
                *(getattr(value, name, None) for name in ("fget", "__func__", "__wrapped__")),
            ):
                own = isinstance(function, FunctionType) and function.__module__ == module.__name__
                if (
                    own
                    and (key := (function.__code__.co_qualname, function.__code__.co_firstlineno)) in fresh
                ):
                    function.__code__ = fresh[key]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for held in code.co_consts:
        if isinstance(held, CodeType):
            yield held
            yield from _codes(held)


def in_child(work: Callable[[], int], seconds: int = SECONDS) -> int:
    """What a forked copy of this process returns, 0 to 255; 255 when it takes too long."""
    child = os.fork()
    if child == 0:
        code = 254
        try:
            code = work()
        finally:
            os._exit(code)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) & 0xFF
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 255


def module_of(file: str) -> str:
    return file.removesuffix(".py").replace("/", ".")


def survivors(file: str, numbers: Sequence[int]) -> list[tuple[int, str]]:
    """The faults of a file that no test notices: those inside functions first, then those at import."""
    inside = [number for number in numbers if planted(file, number)[1].inside]
    quick = Quick(file, inside)
    told = Path(tempfile.mkdtemp()) / "left"

    def all_quick() -> int:
        pytest_of(HELD[file], quick)
        told.write_text("\n".join(f"{number} {what}" for number, what in quick.left))
        return 0

    if in_child(all_quick, seconds=SECONDS * len(numbers)) != 0:
        raise SystemExit(f"the tests of {file} could not be run")
    left = [(int(number), what) for number, _space, what in
            (row.partition(" ") for row in told.read_text().split("\n") if row)]  # fmt: skip
    shutil.rmtree(told.parent)
    doubtful, left = {number for number, _what in left}, []
    for number in sorted(doubtful | set(numbers) - set(inside)):  # once more, from the import on
        tree, forge = planted(file, number)

        def tried(tree: ast.Module = tree) -> int:
            sys.meta_path.insert(0, Planted(module_of(file), tree, ROOT / file))
            return pytest_of(HELD[file])

        if in_child(tried) == 0:
            left.append((number, forge.what))
    return left


def split_equal(file: str, left: Sequence[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[str]]:
    """The survivors that are none of EQUAL, and the entries of EQUAL for the file that a test noticed."""
    lines = (ROOT / file).read_text(encoding="utf-8").split("\n")
    open_, seen = [], set()
    for number, what in left:
        place, _colon, fault = what.removeprefix("line ").partition(": ")
        key = (file, lines[int(place) - 1].strip(), fault)
        if key in EQUAL:
            seen.add(key)
        else:
            open_.append((number, what))
    return open_, [
        f"{text}: {fault}" for one, text, fault in EQUAL if one == file and (one, text, fault) not in seen
    ]


def branches(file: str) -> tuple[int, list[str]]:
    """How many outcomes a file has, and which never came: a condition both ways, a function once."""
    witness, seen = Witness(), set()
    tree = ast.fix_missing_locations(witness.visit(parsed(file)))

    def came_out(name: str, value: object) -> object:
        seen.add((name, bool(value)))
        return value

    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "seen"

        def watched() -> int:
            sys.meta_path.insert(0, Planted(module_of(file), tree, ROOT / file, __came_out__=came_out))
            code = pytest_of(HELD[file])
            told.write_text("\n".join(f"{name} {value}" for name, value in seen))
            return code

        if in_child(watched) != 0:
            raise SystemExit(f"the tests of {file} fail by themselves")
        came = set(told.read_text().split("\n"))
    due = [f"{name} {value}" for name, kind in witness.places.items()
           for value in ((True,) if kind == "ran" else (True, False))]  # fmt: skip
    return len(due), [name for name in due if name not in came]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", default=[])
    parser.add_argument("--branches", action="store_true", help="only the branches")
    parser.add_argument("--every", type=int, default=1, help="only every n-th mutant")
    chosen = parser.parse_args()
    os.chdir(ROOT)
    settings.register_profile("mutants", max_examples=MOST_EXAMPLES, deadline=None, derandomize=True,
                              database=None, suppress_health_check=list(HealthCheck),
                              phases=(Phase.explicit, Phase.generate))  # fmt: skip
    settings.load_profile("mutants")
    for name in PRELOADED:
        importlib.import_module(name)
    total = gone = outcomes = open_ = stale = 0
    for file in chosen.files or HELD:
        count, missing = branches(file)
        outcomes, open_ = outcomes + count, open_ + len(missing)
        print(f"{file}: {count - len(missing)} of {count} branches", *missing, sep="\n  ", flush=True)
        if chosen.branches:
            continue
        numbers = range(0, faults(file), chosen.every)
        found = survivors(file, numbers)
        left, noticed = split_equal(file, found)
        tried = len(numbers) - (len(found) - len(left))
        total, gone = total + tried, gone + tried - len(left)
        noticed = [] if chosen.every > 1 else noticed
        stale += len(noticed)
        print(f"{file}: {tried - len(left)} of {tried} mutants killed",
              *(f"#{n} {what}" for n, what in left),
              *(f"no longer equal, so no longer in EQUAL: {one}" for one in noticed),
              sep="\n  ", flush=True)  # fmt: skip
    print(
        f"branches {(outcomes - open_) / outcomes:.1%}" + (f", mutants {gone / total:.1%}" if total else "")
    )
    return 0 if not open_ and not stale and gone >= 0.95 * total else 1


if __name__ == "__main__":
    sys.exit(main())

"""The house keeps its walls: arrows point down, pure files stay pure, pages stay thin."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOF = {
    "app", "lib.desk", "lib.person_menu", "lib.start", "lib.edge", "lib.__main__", "lib.commandline",
    "lib.demo",
}  # fmt: skip
BOTTOM = {"access", "format", "words", "money", "errors", "settings", "sheet", "clock"}
LAYERS = {"flows", "screens", "store", "ui"}  # every other folder under lib is a wing

# From which floor which floors may be reached. A wing reaches another wing's pure files only.
ALLOWED = {
    "roof": {"roof", "screens", "flows", "wing", "store", "ui", "bottom"},
    "page": {"screens", "flows", "wing", "ui", "bottom"},
    "screens": {"screens", "flows", "wing", "ui", "bottom"},  # parts of pages
    "flows": {"flows", "wing", "store", "bottom"},
    "wing": {"same wing", "pure wing", "store", "bottom"},
    "store": {"store", "bottom"},
    "ui": {"ui", "bottom"},
    "bottom": {"bottom"},
}
DATABASE = {"sqlalchemy", "sqlmodel", "alembic", "psycopg", "sqlite3"}
# These names promise that a file decides from values alone, whichever wing they stand in.
ALWAYS_PURE = {
    "rules", "pricing", "approvals", "intake", "price_book", "document", "waterfall", "tiers",
    "totals", "proration", "cohort",
}  # fmt: skip
CLOCK_CALLS = {"today", "now", "utcnow", "time"}
MOST_LINES, MOST_PAGE_LINES = 350, 120


def sources(*places: str) -> list[Path]:
    found = [ROOT / "app.py"] if "app.py" in places else []
    for place in places:
        found += sorted((ROOT / place).rglob("*.py"))
    return [p for p in found if "migrations/versions" not in p.as_posix()]


OURS = sources("app.py", "lib", "pages")


def label(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[str]:
    """Every imported module, wherever in the file; `from lib.x import y` counts as lib.x.y if that is one."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{label(path)} imports relatively"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if file_of(whole) else node.module or ""


def file_of(module: str) -> Path | None:
    place = ROOT / module.replace(".", "/")
    for candidate in (place.with_suffix(".py"), place / "__init__.py"):
        if candidate.exists():
            return candidate
    return None


def floor_of(module: str) -> str:
    parts = module.split(".")
    if module in ROOF or ".".join(parts[:2]) in ROOF:
        return "roof"
    if parts[0] == "pages":
        return "page"
    if len(parts) < 2:
        return "bottom"
    if parts[1] in BOTTOM:
        return "bottom"
    return parts[1] if parts[1] in LAYERS else "wing"


def is_pure(path: Path) -> bool:
    """Reads neither store, screen, clock nor file: decided by what it imports."""
    for module in imports(path):
        top = module.split(".")[0]
        if top in DATABASE or top == "streamlit" or module.startswith(("lib.store", "lib.ui", "lib.clock")):
            return False
        if top == "lib" and floor_of(module) == "wing" and (other := file_of(module)) and not is_pure(other):
            return False
    return True


def reach(here: str, there: str) -> str:
    """The floor an import reaches, seen from `here`."""
    floor = floor_of(there)
    if floor_of(here) != "wing" or floor != "wing":
        return floor
    if here.split(".")[1] == there.split(".")[1]:
        return "same wing"
    return "pure wing" if is_pure(file_of(there)) else "impure wing"


def test_arrows_point_down_only():
    wrong = [
        f"{module_of(path)} ({floor_of(module_of(path))}) -> {there} ({reach(module_of(path), there)})"
        for path in OURS
        for there in imports(path)
        if there.split(".")[0] in {"lib", "pages", "app", "tests"}
        and reach(module_of(path), there) not in ALLOWED[floor_of(module_of(path))]
    ]

    assert not wrong, "\n".join(wrong)


def test_nothing_imports_pages_or_tests():
    wrong = [label(p) for p in OURS for m in imports(p) if m.split(".")[0] in {"pages", "tests", "app"}]

    assert not wrong


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("streamlit", {"roof", "page", "screens", "ui"}),
        ("altair", {"page", "screens", "ui"}),
        ("typer", {"roof"}),
        ("rich", {"roof"}),
        ("starlette", {"roof"}),
        ("alembic", {"store"}),
    ],
)
def test_a_package_is_known_only_where_it_belongs(package, allowed):
    wrong = [
        label(path)
        for path in OURS
        for module in imports(path)
        if module.split(".")[0] == package and floor_of(module_of(path)) not in allowed
    ]

    assert not wrong


def test_the_roof_beside_the_script_knows_no_streamlit():
    # These read its options, its session and its cookies.
    to_it = {"server", "visit", "private", "links", "cookies"}
    walls = [path for path in (ROOT / "lib/edge").glob("*.py") if path.stem not in to_it]
    for path in [*walls, ROOT / "lib/__main__.py", *(ROOT / "lib/commandline").glob("*.py")]:
        assert "streamlit" not in {m.split(".")[0] for m in imports(path)}, label(path)


def _reads_clock(node: ast.AST) -> bool:
    """date.today(), datetime.now(), datetime.utcnow(), time.time() by whatever name they were imported."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_CALLS
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and (getattr(node.func.value, "id", "") or getattr(node.func.value, "attr", ""))
        in {"date", "datetime", "time", "dt", "pd", "Timestamp"}
    )


def test_only_the_roof_reads_the_clock():
    wrong = []
    for path in OURS:
        floor = floor_of(module_of(path))
        if floor not in {"roof", "page"}:
            wrong += [f"{label(path)} imports the clock" for m in imports(path) if m.startswith("lib.clock")]
        if label(path) != "lib/clock.py" and floor != "roof":
            wrong += [f"{label(path)}:{n.lineno}" for n in ast.walk(tree(path)) if _reads_clock(n)]

    assert not wrong, "\n".join(wrong)


def test_files_that_promise_to_be_pure_are():
    wings = [p for p in sources("lib") if floor_of(module_of(p)) == "wing"]
    wrong = [label(p) for p in wings if p.stem in ALWAYS_PURE and not is_pure(p)]

    assert not wrong


def _opens_files(path: Path) -> bool:
    readers = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
    return any(
        isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") == "open" or getattr(node.func, "attr", "") in readers)
        for node in ast.walk(tree(path))
    )


def test_pure_files_open_no_file():
    wings = [p for p in sources("lib") if floor_of(module_of(p)) == "wing"]
    wrong = [label(p) for p in wings if p.stem in ALWAYS_PURE and _opens_files(p)]

    assert not wrong


PAGES = sources("pages")


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_is_thin_and_holds_no_sql(path):
    text = path.read_text(encoding="utf-8")

    assert text.count("\n") <= MOST_PAGE_LINES
    assert not {m.split(".")[0] for m in imports(path)} & DATABASE
    assert ".execute(" not in text


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_opens_with_its_guard(path):
    """The first statement after the imports: a page reached past the main script must stop there."""
    body = [n for n in tree(path).body if not isinstance(n, ast.Import | ast.ImportFrom)]
    first = body[1]  # body[0] is the docstring

    assert ast.unparse(first) == f"viewer = frame.open_page('{path.stem}')"


@pytest.mark.parametrize("path", OURS + sources("tests"), ids=label)
def test_a_file_says_what_it_is_for_and_stays_short(path):
    text = path.read_text(encoding="utf-8")
    if text.strip():
        assert ast.get_docstring(tree(path)), "the first line says what the file is for"
    assert text.count("\n") <= MOST_LINES


def _comments_and_names(path: Path) -> str:
    """A file without its strings: comments, names and operators."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return " ".join(token.string for token in tokens if token.type != tokenize.STRING)


@pytest.mark.parametrize("path", OURS + sources("tests"), ids=label)
def test_nothing_is_left_for_later(path):
    found = re.findall(
        r"\bTODO\b|\bFIXME\b|\bXXX\b|\bNotImplementedError\b|\bxfail\b", _comments_and_names(path)
    )

    assert not found


def test_a_test_is_skipped_for_want_of_third_party_files_alone():
    """Everything else the tests need they find or bring; see tests/conftest.py for the one reason."""
    wrong = [
        label(p)
        for p in sources("tests")
        if re.search(r"\bskip(if)?\s*\(|importorskip", _comments_and_names(p))
        and "VIP_DESK_DATASETS" not in p.read_text(encoding="utf-8")
    ]

    assert not wrong


def test_the_project_names_no_machine_and_no_package_host():
    folders = ("lib", "pages", "tests", "data", ".ci", ".streamlit")
    files = [
        p for f in folders for p in (ROOT / f).rglob("*") if p.suffix in {".py", ".toml", ".ftl", ".txt", ""}
    ]
    files += [p for p in ROOT.iterdir() if p.suffix in {".py", ".md", ".txt", ".ini", ".toml"}]
    needles = ["/wo" + "rk/", "/tmp" + "/w/", "py" + "pi.org", "index" + "-url", "trusted" + "-host"]
    wrong = [
        f"{label(p)}: {needle}"
        for p in files
        if p.is_file() and "__pycache__" not in p.parts
        for needle in needles
        if needle in p.read_text(encoding="utf-8", errors="replace")
    ]

    assert not wrong

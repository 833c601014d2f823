"""What is installed is what is used: pinned, each direct package with its reason, nothing unused."""

import re
import sys

import pytest

from tests.test_architecture import OURS, ROOT, imports

# Named by a string, a file format or a grammar, and so never imported by the desk itself.
BY_NAME = {"altair", "authlib", "httpx", "psycopg", "pyarrow", "zhplot"}
IMPORTED_AS = {"python-calamine": "python_calamine", "fluent.runtime": "fluent"}


def lines(name: str) -> tuple[list[str], list[str]]:
    """The direct and the indirect requirements of a file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    direct, indirect = text.split("\n# What these need in turn.\n")
    return [line for line in direct.splitlines() if line[:1] not in {"#", "", "-"}], indirect.split("\n")[:-1]


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_every_package_is_pinned_and_direct_ones_say_why(name):
    direct, indirect = lines(name)

    for line in direct:
        assert re.fullmatch(r"[\w.\-\[\]]+==[\w.]+  # .+", line), line
    for line in indirect:
        assert re.fullmatch(r"[\w.\-]+==[\w.]+", line), line


def test_direct_packages_are_those_the_code_imports():
    direct, _ = lines("requirements.txt")
    named = {re.match(r"[\w.\-]+", line).group() for line in direct}
    promised = {IMPORTED_AS.get(name, name).replace("-", "_").lower() for name in named} - BY_NAME
    used = {m.split(".")[0].lower() for path in OURS for m in imports(path)}
    used -= {name.lower() for name in sys.stdlib_module_names} | {"lib", "pages", "tests", ""}

    assert used - promised - BY_NAME == set()
    assert promised - used == set()

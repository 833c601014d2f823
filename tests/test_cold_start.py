"""A start is quick: the server answers before anything heavy is loaded, and the rest follows beside it."""

import json
import subprocess
import sys

import pytest

from tests.servers import PROVIDER, ROOT

# Together most of a start: tables, migrations, data frames, charts, papers, messages.
HEAVY = {
    "sqlalchemy", "sqlmodel", "alembic", "mako", "pandas", "numpy", "pyarrow", "altair", "typst", "fitz",
    "apprise", "psycopg", "polars", "openpyxl",
}  # fmt: skip
BEFORE = """
import json, sys
import app  # what `streamlit run app.py` loads before the server listens
from lib.edge.opening import lifespan
import asyncio

async def standing():
    async with lifespan(open_browser=False)(None):
        print("LOADED", json.dumps(sorted(sys.modules)), flush=True)

from lib.edge import ahead
ahead.start = lambda: None  # what follows beside the visitors is not waited for
asyncio.run(standing())
"""
AFTER = """
import json, sys
from lib.edge import ahead
for script in ahead.SCRIPTS:
    ahead.load(script)
print("LOADED", json.dumps(sorted(sys.modules)), flush=True)
"""


def loaded(script: str, tmp_path, **settings: str) -> set[str]:
    """The modules a process has loaded at the end of the script, with a store that is a desk's own."""
    store = {"VIP_DESK_DATABASE_URL": f"sqlite:///{tmp_path / 'desk.db'}", "VIP_DESK_DEMO": "off"}
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={"PATH": "", **store, **settings},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    line = next(line for line in found.stdout.splitlines() if line.startswith("LOADED"))
    return set(json.loads(line.removeprefix("LOADED")))


@pytest.mark.parametrize("settings", [{}, PROVIDER], ids=["on one machine", "with a provider"])
def test_the_server_answers_before_tables_frames_and_charts_are_loaded(settings, tmp_path):
    found = loaded(BEFORE, tmp_path, **settings)

    assert "lib.edge.opening" in found
    assert not HEAVY & {name.partition(".")[0] for name in found}
    assert not {n for n in found if n.startswith(("lib.flows", "lib.screens", "lib.store.models"))}


def test_what_the_first_page_needs_is_loaded_beside_the_server(tmp_path):
    found = loaded(AFTER, tmp_path)

    assert {"lib.person_menu", "lib.today.queries", "lib.screens.today_card", "pandas"} <= found
    assert not {"alembic", "psycopg", "altair", "typst", "apprise"} & found

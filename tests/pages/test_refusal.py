"""Every page stays shut without a viewer and without its permission, however it is reached."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from lib.access import GRANTS, Role, Viewer
from lib.flows.prepare import prepare
from lib.store import database
from lib.store.models import Person
from lib.ui.frame import SCREENS
from lib.words import say
from tests.make import NOW
from tests.servers import ROOT, DeskServer
from tests.visitor import Visitor

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def run(name: str, viewer: Viewer | None) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=30)
    if viewer is not None:
        page.session_state["viewer"] = viewer
    return page.run()


def drawn(page: AppTest) -> int:
    """How many elements a person would see in the page."""
    return len(page.main)


def test_the_desk_lists_every_page_and_nothing_else():
    assert set(PAGES) == set(SCREENS)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reached_without_a_viewer_draws_its_refusal_alone(name, embedded):
    page = run(name, None)

    assert not page.exception
    assert [e.value for e in page.error] == [say("en", "frame-no-viewer")]
    assert drawn(page) == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stays_shut_without_its_permission(name, embedded):
    lacking = [role for role in Role if SCREENS[name].permission not in GRANTS[role]]
    for roles in [frozenset(), *(frozenset({role}) for role in lacking)]:
        page = run(name, Viewer(person_id=1, name="x", roles=roles, now=NOW))

        assert not page.exception
        assert say("en", "frame-not-here") in [m.value for m in page.markdown]
        assert not page.dataframe and not page.title and not page.metric


@pytest.fixture(scope="module")
def deserted(tmp_path_factory) -> str:
    """A store in which nobody is active: every visit is one without a viewer."""
    url = f"sqlite:///{tmp_path_factory.mktemp('deserted')}/desk.db"
    with database.use(url):
        prepare(datetime.now(UTC), local_people=True)
        with database.transaction() as session:
            session.execute(update(Person).values(active=False))
    database.forget(url)
    return url


@pytest.mark.server
@pytest.mark.parametrize("name", PAGES)
def test_the_first_request_of_a_fresh_process_meets_the_gate(name, deserted):
    """Streamlit would serve files of a `pages` folder itself until the main script has run once."""
    with DeskServer(deserted) as desk, Visitor(desk.port, Cookie=desk.cookie()) as visitor:
        first = visitor.see(name)

    waiting = {f"**{say('en', 'frame-preparing-title')}**", say("en", "frame-preparing-text")}
    assert set(first.texts) - waiting == {say("en", "frame-nobody")}
    assert not first.errors

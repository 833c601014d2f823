"""The visitor behind a session: nothing one person left in it is for the next."""

import pytest
from streamlit.testing.v1 import AppTest

from lib.edge.opening import lifespan
from lib.settings import settings
from tests.servers import PROVIDER


@pytest.fixture
def company(monkeypatch):
    for name, value in PROVIDER.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield
    settings.cache_clear()


def session() -> None:
    import streamlit as st

    from lib.edge import visit

    if visit.is_somebody_else():
        st.text("somebody else")
        assert visit.admission() is None
        visit.start_anew()
    st.session_state.setdefault("left", "by the first")
    st.text(st.session_state["left"])
    st.text(f"somebody else: {visit.is_somebody_else()}")


def person(subject: str) -> dict[str, object]:
    return {"is_logged_in": True, "iss": "https://login.harbourline.test", "sub": subject, "iat": 1}


def test_a_session_that_becomes_another_persons_is_emptied_first(company):
    at = AppTest.from_function(session)
    at.user = person("lin")
    assert [text.value for text in at.run().text] == ["by the first", "somebody else: False"]
    at.session_state["left"] = "by lin"

    at.user = person("zhao")
    shown = [text.value for text in at.run().text]

    assert shown == ["somebody else", "by the first", "somebody else: False"]


def test_a_session_kept_by_its_person_keeps_what_was_typed(company):
    at = AppTest.from_function(session)
    at.user = person("lin")
    at.run()
    at.session_state["left"] = "by lin"

    at.user = person("lin") | {"name": "Lin Yue"}

    assert [text.value for text in at.run().text] == ["by lin", "somebody else: False"]


def test_nobody_is_let_in_without_an_identity(company):
    at = AppTest.from_function(session)
    at.user = {"is_logged_in": False}

    assert [text.value for text in at.run().text] == ["by the first", "somebody else: False"]


async def _run(start) -> None:  # noqa: ANN001 - a lifespan
    async with start(None):
        pass


@pytest.mark.parametrize("opens", [True, False])
def test_the_start_prints_the_key_and_leads_the_browser_to_it_past_other_peoples_eyes(
    opens, embedded, monkeypatch, capsys
):
    """Everybody on a machine sees the arguments of its programs, so the key travels in a private file."""
    import asyncio
    import threading
    from pathlib import Path
    from urllib.request import url2pathname

    shown, told = [], threading.Event()
    monkeypatch.setattr("webbrowser.open", lambda address: (shown.append(address), told.set()))

    asyncio.run(_run(lifespan(open_browser=opens)))

    printed = capsys.readouterr().out
    assert "/?key=" in printed
    assert told.wait(5) is opens
    if opens:
        stone = Path(url2pathname(shown[0].removeprefix("file://")))
        assert stone.stat().st_mode & 0o077 == 0
        assert printed.split("key=")[1].strip() in stone.read_text(encoding="utf-8")
        assert "key=" not in shown[0]
        stone.unlink()

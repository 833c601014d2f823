"""An act asks who is there, and what time it is, at the click and not when its button was drawn."""

from functools import partial

from streamlit.testing.v1 import AppTest

from lib.access import Role, Viewer
from tests.make import NOW

DRAWN = Viewer(person_id=1, name="Lin Wei", roles=frozenset({Role.SALES}), now=NOW)


def page() -> None:
    """One button whose viewer is bound directly, and one where a partial holds it."""
    from functools import partial

    import streamlit as st

    from lib.ui.acts import attempt, show_refusal

    def act(viewer, word):  # noqa: ANN001, ANN202 - a command in small
        st.session_state["acted"] = (viewer, word)
        return 1

    show_refusal()
    drawn = st.session_state["drawn"]
    st.button("plain", on_click=attempt, args=(None, act, drawn, "a"))
    st.button("bound", on_click=attempt, args=(None, partial(partial(act, drawn), "b")))


def clicked(number: int, renew) -> AppTest:  # noqa: ANN001 - gives a viewer or None
    at = AppTest.from_function(page)
    at.session_state["drawn"] = DRAWN
    at.session_state["_renew"] = renew
    at.run()
    return at.button[number].click().run()


def test_the_act_gets_the_viewer_of_the_click() -> None:
    later = Viewer(person_id=1, name="Lin Wei", roles=frozenset({Role.ADMIN}), now=NOW)

    for number, word in enumerate("ab"):
        assert clicked(number, partial(lambda: later)).session_state["acted"] == (later, word)


def test_somebody_who_is_out_by_then_is_refused_with_a_sentence() -> None:
    at = clicked(1, lambda: None)

    assert "acted" not in at.session_state
    assert "signed out" in at.error[0].value

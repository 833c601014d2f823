"""The page of guardrails: the matrix in words, a draft, and its simulation."""

from lib.policy import drafts
from lib.store import policy
from tests import make
from tests.screen import opened, words


def test_the_matrix_is_shown_in_words(embedded, manager):
    at = opened("guardrails", manager)

    assert not at.exception
    rules = at.dataframe[0].value
    assert {"STOP90", "PAY60", "D-20", "D-30", "D-30/24", "M-15"} <= set(rules["Rule"])
    assert "Nothing is drafted." in words(at).replace("\\", "")
    assert not [b for b in at.button if b.key == "guardrails-try"]  # who may not write, drafts nothing


def test_an_admin_drafts_looks_and_publishes(embedded, admin):
    at = opened("guardrails", admin)
    at.selectbox(key="guardrails-path").set_value("quotes.validity.days").run()
    at.text_input(key="new-quotes.validity.days").set_value("20").run()
    at.button(key="guardrails-try").click().run()

    assert not at.exception
    assert "quotes.validity.days: 14 → 20" in words(at).replace("\\", "")
    at.text_input(key="why-quotes").set_value("Agreed").run()
    at.button(key="publish-quotes").click().run()

    assert not at.exception
    assert policy.values("quotes", make.TODAY)["validity"]["days"] == 20


def test_without_issued_quotes_the_simulation_says_so(embedded, admin):
    drafts.draft_value(admin, "quotes", 1, "limits.0.approve_above", "0.25")

    at = opened("guardrails", admin, view="simulation")

    assert not at.exception
    assert "No quote was issued in this time." in words(at).replace("\\", "")

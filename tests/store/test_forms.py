"""A form that is sent twice, on both stores."""

from datetime import date

import pytest

from lib.errors import Conflict
from lib.store.database import transaction
from lib.store.forms import earlier_result, remember

CONTENT = {"text": "三年", "due": date(2026, 11, 20), "tag": None}


def sent(viewer, key, content, result=None):
    """What the form gave before; with a result, that is remembered now."""
    with transaction() as session:
        session.info["command"] = "test.form"
        earlier = earlier_result(session, viewer, key, content)
        if earlier is None and result is not None:
            remember(session, viewer, key, content, result)
        return earlier


def test_the_same_key_and_content_give_the_first_result(database, manager):
    assert sent(manager, "k", CONTENT, {"id": 7}) is None

    assert sent(manager, "k", CONTENT) == {"id": 7}


def test_the_same_key_with_other_content_is_refused(database, manager):
    sent(manager, "k", CONTENT, {"id": 7})

    with pytest.raises(Conflict, match="form_used_already"):
        sent(manager, "k", CONTENT | {"text": "两年"})


def test_a_key_of_somebody_else_is_refused(database, manager, leader):
    sent(manager, "k", CONTENT, {"id": 7})

    with pytest.raises(Conflict, match="form_used_already"):
        sent(leader, "k", CONTENT)


def test_without_a_key_nothing_is_remembered(database, manager):
    sent(manager, None, CONTENT, {"id": 7})

    assert sent(manager, None, CONTENT) is None

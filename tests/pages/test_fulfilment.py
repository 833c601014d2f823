"""The page Fulfilment as a person sees it: queue, order with its compare, exception form."""

import pytest
from streamlit.testing.v1 import AppTest

from lib.fulfilment import queries, rights_queries
from lib.settings import ROOT
from tests import make
from tests.fulfilment.test_fulfilling import accept
from tests.fulfilment.test_rights import offer, vip


@pytest.fixture
def account_id(manager) -> int:
    return make.account(owner=manager.person_id)


def opened(viewer, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "fulfilment.py"), default_timeout=30)
    app.session_state["viewer"] = viewer
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_an_empty_desk_says_where_benefits_come_from(embedded, manager) -> None:
    app = opened(manager)

    assert not app.exception
    assert any("Nothing waits" in m.value for m in app.markdown)


@pytest.mark.parametrize("view", ["queue", "problems", "orders", "causes", "unused", "rights"])
def test_every_view_opens_with_benefits(embedded, manager, account_id, view) -> None:
    accept(manager, account_id)

    assert not opened(manager, view=view).exception


def test_an_order_is_compared_and_a_problem_reported_from_it(embedded, manager, account_id) -> None:
    accept(manager, account_id)
    line = queries.lines(manager, account_id).query("state == 'checking'").iloc[0]
    app = opened(manager, id=str(line["id"]))

    order = next(box for box in app.text_input if box.label == "Order")
    told = next(box for box in app.text_input if box.label.startswith("What is wrong"))
    assert order.value == line["order_number"]
    told.set_value("It is not there").run()
    next(b for b in app.button if b.label == "Report").click().run()

    assert not app.exception
    assert queries.problems(manager)["what"].tolist() == ["It is not there"]


def test_a_foreign_order_is_not_there(embedded, manager, other_manager, account_id) -> None:
    accept(manager, account_id)
    line = queries.lines(manager, account_id).iloc[0]

    app = opened(other_manager, id=str(line["id"]))

    assert not app.exception
    assert line["order_number"] not in " ".join(m.value for m in app.title)


def test_an_offered_right_is_accepted_from_its_row_and_stands_among_the_holders(
    embedded, manager, technical
) -> None:
    vip(manager, "gold")
    offer(technical)
    app = opened(manager, view="rights")
    table = next(one for one in app.dataframe if "Quota" in str(one.proto.columns))
    assert "50" in str(table.value["free"].tolist())

    app.session_state["fulfilment-rights"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    next(b for b in app.button if b.label == "Accept for the customer").click().run()

    assert not app.exception
    held = rights_queries.rights(manager, "granted")
    assert len(held) == 1
    assert len(app.dataframe[-1].value) == 1

"""What a decision turns on: changes since the last approval, the customer's past, who is left to decide."""

from decimal import Decimal

import pandas as pd
import pytest

from lib.quotes import commands, inbox, inbox_texts, issuing, queries
from lib.quotes.changes import Change, changes
from tests import make

WHY = "They sign for three shops and give a public reference."
OLD = {
    "currency": "USD", "book": "saas/USD/1", "starts_on": "2026-12-01", "months": 12, "prepaid": False,
    "discount": "0.1", "net": 900, "lines": [["seats", "10", "0", 1000, 900]],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [({}, []), ({"months": 24}, [("months", 12, 24, None)]),
     ({"lines": [["seats", "10", "0.05", 1000, 850]]}, [("line", "0", "0.05", -50)]),
     ({"lines": [["seats", "10", "0", 1000, 850]]}, [("price", 900, 850, -50)]),
     ({"lines": [["seats", "12", "0", 1200, 1080]]}, [("quantity", "10", "12", 180)]),
     ({"lines": [*OLD["lines"], ["seats", "1", "0", 100, 90]]}, [("quantity", None, "1", 90)]),
     ({"lines": []}, [("quantity", "10", None, -900)]),
     ({"more": [["net_days", "60"]]}, [("more", None, "60", None)])],
)  # fmt: skip
def test_every_difference_is_told_once(change, told):
    found = changes(OLD, OLD | change)

    assert [(one.kind, one.old, one.new, one.effect) for one in found] == told
    assert [(one.kind, one.old, one.new) for one in changes(OLD | change, OLD)] == [
        (kind, new, old) for kind, old, new, _effect in told
    ]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_both_sides_of_a_change_are_worded(language):
    told = [Change("line", "seats", "0", "0.05", -5000), Change("quantity", "seats", "10", None, -90000),
            Change("prepaid", "prepaid", False, True), Change("more", "net_days", None, "60"),
            Change("months", "months", 12, 24)]  # fmt: skip

    rows = inbox_texts.change_rows(told, {"seats": "Seats"}, "USD", language)

    assert rows.iloc[0].tolist()[1:3] == ["0.0%", "5.0%"]
    assert rows.iloc[1, 2] == rows.iloc[3, 1] == "–"
    assert "Seats" in rows.iloc[0, 0]


def test_the_past_of_the_customer_and_the_last_approval_stand_beside_it(
    database, manager, leader, draft, seen
) -> None:
    earlier = draft(discount=Decimal("0.1"), justification=WHY)
    commands.submit_quote(manager, earlier, seen(manager, earlier))
    issuing.issue_quote(manager, earlier, seen(manager, earlier))
    quote_id = draft(discount=Decimal("0.3"), justification=WHY)
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))

    view = inbox.request_view(leader, quote_id)

    assert view.past.status.tolist() == ["sent"]
    assert view.earlier is None and view.mine is not None and not view.lacking
    commands.approve_quote(leader, quote_id, seen(leader, quote_id))
    view = inbox.request_view(manager, quote_id)
    assert view.earlier.changes == () and view.places == () and view.mine is None
    assert inbox_texts.changes_title(view, "en", "UTC") == "Nothing changed since the last approval"


def test_where_nobody_is_left_the_request_says_whom_to_appoint(database, manager, admin, draft, seen) -> None:
    quote_id = draft(discount=Decimal("0.3"), justification=WHY)
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))

    view = inbox.request_view(manager, quote_id)

    assert view.lacking == ((3, 1),)
    assert inbox_texts.appoint_text(view, "en") == (
        "Nobody is left for 1 vote of level 3. Root Admin can appoint somebody under People."
    )
    assert "lacking" in inbox_texts.step_lines(view, make.NOW, "en")[0][1]
    assert queries.quote(manager, quote_id).desk.able == ()


def test_a_suggestion_is_worded_beside_the_largest_free_discount():
    class Found:
        share, won, months = Decimal("0.12"), 4, 12

    assert inbox_texts.suggestion_text(Found, Decimal("0.2"), "en").startswith("Suggested: 12.0%")
    assert not pd.isna(inbox_texts.suggestion_text(Found, Decimal("0.2"), "zh-CN"))

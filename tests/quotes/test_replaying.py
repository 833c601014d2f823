"""A draft of the matrix over quotes that were issued: who would have been asked, and the money between."""

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.errors import Conflict, Invalid, NotFound
from lib.policy import drafts
from lib.quotes import commands, issuing, matrix_texts, replaying, simulation
from lib.quotes.approvals import read_guardrails
from lib.quotes.matrix import Facts
from lib.quotes.suggesting import smallest_that_won
from lib.store import policy
from lib.store.database import read_frame
from lib.store.models import AuditEntry, PolicyDraft, PolicyVersion
from tests import make
from tests.quotes.test_chains import priced

SHIPPED = policy.shipped()
NOW = read_guardrails(SHIPPED["quotes"], SHIPPED["approvals"])


def rails(approve_above: str):
    body = deepcopy(SHIPPED["quotes"])
    body["limits"][0]["approve_above"] = approve_above
    return read_guardrails(body, SHIPPED["approvals"])


def case(discount: str) -> replaying.Case:
    """0.9 × (1 − discount) of 12,000 at list."""
    return replaying.Case(1, "QT-1", "Lumora", date(2026, 11, 1), priced(discount=discount), Facts())


def test_a_stricter_limit_asks_more_and_says_what_it_would_have_brought():
    cases = [case("0"), case("0.2"), case("0.3")]  # 10%, 28% and 37% off

    found = replaying.replay(cases, NOW, rails("0.25"))
    told = replaying.summary(found)

    assert told.now == {"free": 1, "justify": 1, "level_1": 0, "level_2": 0, "level_3": 1, "stop": 0}
    assert told.draft == {"free": 1, "justify": 0, "level_1": 1, "level_2": 0, "level_3": 1, "stop": 0}
    assert (told.stricter, told.looser) == (1, 0)
    assert told.margin == {"USD": 36_000 + 60_000}  # 3 points of 12,000, and 5 points more of the deep one
    assert [one.differs for one in found] == [False, True, False]


def test_a_looser_limit_turns_the_signs_and_the_same_one_says_nothing():
    cases = [case("0.3")]

    looser = replaying.summary(replaying.replay(cases, NOW, rails("0.40")))
    same = replaying.summary(replaying.replay(cases, NOW, NOW))

    assert (looser.looser, looser.margin) == (1, {"USD": -84_000})
    assert (same.stricter, same.looser, same.margin) == (0, 0, {"USD": 0})


def test_a_draft_binds_nobody_until_it_is_published(database, admin, manager, draft, seen):
    quote_id = draft(discount=Decimal("0.1"), justification="They sign for three shops at once.")
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    version = drafts.draft_value(admin, "quotes", 1, "limits.0.justify_above", "0.05")
    version = drafts.draft_value(admin, "quotes", 1, "limits.0.approve_above", "15%")

    found = simulation.simulate(admin)

    assert policy.values("quotes", make.TODAY)["limits"][0]["approve_above"] == "0.30"
    assert (found.summary.now["free"], found.summary.draft["level_1"]) == (1, 1)
    assert found.summary.margin == {"USD": 239_52}  # 19% off: 4 points of 5,988 at list
    assert all(not line.cost_minor for one in found.found for line in one.case.priced.lines)
    assert "1 more strictly" in matrix_texts.headline(found, "en")

    number = drafts.publish_draft(admin, "quotes", version, make.TODAY, "Agreed in the price round")

    assert (number, read_frame(select(PolicyDraft.id)).empty) == (2, True)
    assert policy.values("quotes", make.TODAY)["limits"][0]["approve_above"] == "0.15"
    kept = read_frame(select(AuditEntry.command).where(AuditEntry.command.like("policy.%")))
    assert kept.command.tolist() == ["policy.draft_value", "policy.draft_value", "policy.publish_draft"]


def test_what_a_draft_refuses(database, admin):
    with pytest.raises(Invalid):
        drafts.draft_value(admin, "quotes", 1, "limits.0.approve_above", "0.10")  # below the reason's limit
    with pytest.raises(Invalid):
        drafts.draft_value(admin, "quotes", 1, "validity.days", "14")  # what holds anyway
    with pytest.raises(NotFound):
        drafts.publish_draft(admin, "quotes", 1, make.TODAY, "Nothing there")
    version = drafts.draft_value(admin, "quotes", 1, "validity.days", "20")
    with pytest.raises(Conflict):
        drafts.drop_draft(admin, "quotes", version + 1)
    make.insert(PolicyVersion(name="quotes", number=2, body=SHIPPED["quotes"], valid_from=make.TODAY,
                              recorded_at=make.NOW))  # fmt: skip
    for overtaken in (
        lambda: drafts.draft_value(admin, "quotes", 2, "validity.days", "30"),
        lambda: drafts.publish_draft(admin, "quotes", version, make.TODAY, "Late"),
    ):
        with pytest.raises(Conflict):
            overtaken()
    drafts.drop_draft(admin, "quotes", version)
    assert read_frame(select(PolicyDraft.id)).empty


def test_the_smallest_discount_that_won_needs_several_accounts():
    deals = [(1, Decimal("0.2"), True), (2, Decimal("0.12"), True), (3, Decimal("0.15"), True),
             (4, Decimal("0.05"), False)]  # fmt: skip

    found = smallest_that_won(deals, 3, 12)

    assert (found.share, found.won, found.lost) == (Decimal("0.12"), 3, 1)
    assert smallest_that_won(deals[:2], 3, 12).share is None
    assert smallest_that_won([(1, Decimal("0.1"), True)] * 5, 3, 12).share is None

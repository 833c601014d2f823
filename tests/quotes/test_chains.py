"""The chain a quote's findings ask for, who decides which step, and what an approval still covers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.pricing.price_book import Item
from lib.pricing.terms import TermPolicy, TermRate
from lib.pricing.waterfall import LineRequest, Terms, price
from lib.quotes import chains
from lib.quotes.approvals import Holder, decide, priced_content, read_guardrails
from lib.quotes.chains import Done, Standing, Step, Vote, chain_of, no_worse, standing, uncovered
from lib.quotes.findings import Decision, Finding, Level, together
from lib.quotes.matrix import ChainStep, Facts, Matrix, Mode, read_matrix, stacked_offers, weigh
from lib.store import policy

SHIPPED = policy.shipped()
RAILS = read_guardrails(SHIPPED["quotes"], SHIPPED["approvals"])
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SEAT = Item("seat", "seats", "Seat", "席位", "seat_month", True, Decimal(100), Decimal(20), ())
SETUP = Item("setup", "services", "Setup", "实施", "once", False, Decimal(1000), Decimal(400), ())
TERMS = TermPolicy((TermRate(12, Decimal("0.1")), TermRate(24, Decimal("0.1"), Decimal("0.1")),
                    TermRate(72, Decimal("0.1"), Decimal("0.1"))), Decimal("0.1"), 12)  # fmt: skip


def priced(*, months: int = 12, prepaid: bool = False, discount: str = "0", lines: tuple = (("0", SEAT),)):
    requests = [LineRequest(item, Decimal(10), Decimal(off)) for off, item in lines]
    return price(requests, Terms(months, prepaid, Decimal(discount)), TERMS, "USD")


def judged(facts: Facts = Facts(), **terms) -> Decision:  # noqa: B008 - frozen
    return decide(priced(**terms), RAILS, facts)


def rules_of(decision: Decision) -> list[str]:
    return [finding.rule for finding in decision.reasons]


@pytest.mark.acceptance("C15")
@pytest.mark.parametrize(
    ("discount", "level"),
    [("0.1111", "free"), ("0.1112", "justify"), ("0.2222", "justify"), ("0.2223", "approve"),
     ("0.95", "stop")],
)  # fmt: skip
def test_the_shipped_matrix_asks_what_the_sentence_says(discount, level):
    """0.9 × (1 − d): 20% is passed at d = 0.1111…, 30% at 0.2222…; a stop names its own rule."""
    decision = judged(discount=discount)

    assert decision.level == level
    assert (decision.stop is not None) == (level == "stop")


def test_each_rule_beside_the_price_names_value_and_limit():
    found = {f.kind: f for f in judged(Facts(net_days=90, clauses=2)).reasons}

    assert (found["net_days"].found, found["net_days"].limit, found["net_days"].rule) == (90, 60, "PAY60")
    assert (found["clauses"].found, found["clauses"].limit) == (2, 0)
    assert rules_of(judged(Facts(net_days=60))) == []
    assert rules_of(judged(months=72)) == ["TERM60"]


def test_a_rule_that_is_off_says_nothing_and_a_sum_speaks_of_its_currency():
    body = {**SHIPPED["approvals"], "rules": [
        {"code": "ACV", "measure": "acv", "limit": "100", "currency": "USD", "result": "approve",
         "chain": "big", "active": True},
        {"code": "OTHER", "measure": "acv", "limit": "100", "currency": "EUR", "result": "approve",
         "chain": "big", "active": True},
        {"code": "NONE", "measure": "acv", "limit": "100", "result": "approve", "chain": "big",
         "active": True},
        {"code": "OFF", "measure": "acv", "limit": "1", "currency": "USD", "result": "approve",
         "chain": "big", "active": False},
        {"code": "GOLD", "measure": "term", "limit": "6", "tier": "Gold", "result": "justify",
         "active": True},
        {"code": "LONG", "measure": "term", "limit": "6", "from_months": 24, "result": "justify",
         "active": True},
        {"code": "THIN", "measure": "margin", "limit": "0.99", "result": "stop", "active": True},
    ]}  # fmt: skip
    matrix = read_matrix(body)

    found = weigh(priced(), Facts(), matrix)

    assert [(f.rule, f.currency, f.approver) for f in found] == [("ACV", "USD", 3), ("THIN", "", 0)]
    assert [f.rule for f in weigh(priced(), Facts(tier="gold"), matrix)] == ["ACV", "GOLD", "THIN"]
    assert "LONG" in [f.rule for f in weigh(priced(months=24), Facts(), matrix)]


def test_offers_on_top_of_each_other_are_counted_and_gifts_by_hand_are_not():
    assert stacked_offers(priced(discount="0.1", lines=(("0.1", SEAT),))) == 1  # the term alone
    assert stacked_offers(priced(prepaid=True)) == 2
    assert stacked_offers(priced(lines=())) == 0


def finding(rule: str, approver: int = 1, chain: str = "") -> Finding:
    return Finding(rule, "discount", Level.APPROVE, Decimal("0.4"), Decimal("0.3"), approver, chain)


MATRIX = Matrix(chains={
    "both": (ChainStep(1, 1, hours=10), ChainStep(2, 3, Mode.COUNT, 2, 20, 3)),
    "all": (ChainStep(1, 2, Mode.ALL),),
})  # fmt: skip


def test_steps_of_several_rules_become_one_chain():
    decision = together((finding("D-30", 2), finding("BIG", chain="both"), finding("ALL", chain="all")))

    assert [(s.place, s.level, s.mode, s.need, s.hours, s.rules) for s in chain_of(decision, MATRIX)] == [
        (1, 2, Mode.ANY, 1, 10, ("BIG", "D-30")), (1, 2, Mode.ALL, 1, 48, ("ALL",)),
        (2, 3, Mode.COUNT, 2, 20, ("BIG",)),
    ]  # fmt: skip
    price_too = chain_of(together((finding("D-30", 2), finding("ALL", chain="all"))), MATRIX)
    assert [(s.mode, s.rules) for s in price_too] == [(Mode.ALL, ("ALL", "D-30"))]  # they are asked anyway
    assert chain_of(together(()), MATRIX) == ()
    assert [s.level for s in chain_of(together((finding("X", 2, chain="gone"),)), MATRIX)] == [2]


ANN, BOB, CEE, DAN = (Holder(n, name, level, own_level=level) for n, name, level in
                      [(1, "Ann", 1), (2, "Bob", 2), (3, "Cee", 3), (4, "Dan", 2)])  # fmt: skip
HOLDERS = [ANN, BOB, CEE, DAN]


def step(mode: Mode = Mode.ANY, level: int = 2, need: int = 1) -> Step:
    return Step(1, level, mode, need, 48, 3, ("X",))


def stand(one: Step, votes=(), *, elsewhere=(), holders=HOLDERS, editors=(), late=False) -> Standing:
    opened = NOW - timedelta(hours=48 if late else 1)
    return standing(one, votes, elsewhere, holders, editors, NOW, opened)


def test_any_of_a_level_or_above_decides_and_never_the_author():
    assert [h.name for h in stand(step()).able] == ["Bob", "Cee", "Dan"]
    assert [h.name for h in stand(step(), editors=[3]).able] == ["Bob", "Dan"]
    assert stand(step(), [Vote(2, 2)]).done
    assert [h.name for h in stand(step(), elsewhere=[2, 3]).able] == ["Dan"]  # one step a person


def test_as_many_as_needed_and_everybody():
    count = step(Mode.COUNT, need=2)
    assert (stand(count).missing, stand(count, [Vote(2, 2)]).missing) == (2, 1)
    assert stand(count, [Vote(2, 2), Vote(3, 3)]).done
    assert stand(step(Mode.COUNT, level=3, need=2)).lacking == 1  # Cee alone holds level 3

    everybody = step(Mode.ALL)
    assert not stand(everybody, [Vote(2, 2)]).done
    assert stand(everybody, [Vote(2, 2), Vote(4, 2)]).done
    assert stand(everybody, [Vote(2, 2)], editors=[4]).done  # Dan may not, so nobody waits for him


def test_a_stand_in_decides_for_whoever_is_away():
    away = [replace(DAN, away=True), replace(ANN, level=2, stands_in_for=frozenset({4})), BOB]

    assert [h.name for h in stand(step(), holders=away).able] == ["Dan", "Ann", "Bob"]
    assert stand(step(Mode.ALL), [Vote(2, 2)], holders=away).done  # nobody waits for Dan
    assert [h.name for h in stand(step(), holders=away, editors=[4]).able] == ["Bob"]  # nor for his stand-in


def test_after_its_time_one_person_of_the_level_above_decides_alone():
    everybody = step(Mode.ALL)

    assert not stand(everybody, [Vote(3, 3)]).done
    late = stand(everybody, [Vote(3, 3)], late=True)
    assert late.done and late.escalated
    assert not stand(everybody, [Vote(2, 2)], late=True).done
    assert stand(step(Mode.COUNT, level=3, need=2), late=True).lacking == 0


def test_a_decided_step_answers_what_is_no_stricter():
    high = Done(step(level=3), (Vote(3, 3),))
    low = Done(step(level=1), (Vote(3, 3),))

    assert uncovered([step()], [high]) == []
    assert uncovered([step()], [low]) == []  # somebody of level 3 agreed
    assert uncovered([step(level=3)], [Done(step(), (Vote(2, 2),))]) == [step(level=3)]
    assert uncovered([step(), step(Mode.ALL)], [high]) == [step(Mode.ALL)]
    assert uncovered([step(Mode.COUNT, need=2)], [Done(step(Mode.ALL), (Vote(2, 2),))]) == []
    two = Done(step(Mode.COUNT, need=2), (Vote(2, 2), Vote(4, 2)))
    assert uncovered([step(Mode.COUNT, need=3)], [two]) == [step(Mode.COUNT, need=3)]
    assert uncovered([step(Mode.COUNT, need=2)], [replace(two, step=step(level=1))]) == []


def content(one, terms: Terms) -> dict:
    return priced_content(one, terms, account_id=1, book="saas/USD/1", starts_on="2026-12-01")


def asked(discount: Decimal, line: Decimal, months: int = 12, facts: Facts = Facts()):  # noqa: B008 - frozen
    terms = Terms(months, False, discount)
    one = price([LineRequest(SEAT, Decimal(10), line), LineRequest(SETUP, Decimal(1))], terms, TERMS, "USD")
    decision = decide(one, RAILS, facts)
    more = [["net_days", str(facts.net_days)]] if facts.net_days else []
    more += [["clauses", f"({facts.clauses})"]] if facts.clauses else []
    return content(one, terms) | ({"more": more} if more else {}), decision


SHARES = st.decimals(0, "0.9", places=2)


@settings(max_examples=300, deadline=None)
@given(SHARES, SHARES, SHARES, SHARES, st.sampled_from([0, 30, 90]), st.sampled_from([0, 30, 90]),
       st.integers(0, 2), st.integers(0, 2))  # fmt: skip
def test_an_approval_outlives_only_what_is_better_in_everything(d1, d2, l1, l2, p1, p2, c1, c2):
    """Held against a slow, plain statement of the rule: compare each tested value on its own."""
    old, before = asked(d1, l1, facts=Facts(net_days=p1, clauses=c1))
    new, now = asked(d2, l2, facts=Facts(net_days=p2, clauses=c2))

    kept = no_worse(old, new, chains.tested_values(before), now)

    better = d2 <= d1 and l2 <= l1 and p2 <= p1 and c2 in (0, c1)
    lines = all(b[-1] >= a[-1] for a, b in zip(old["lines"], new["lines"], strict=True))
    assert kept == (better and new["net"] >= old["net"] and lines)
    if kept:
        assert {f.kind for f in now.reasons} <= {f.kind for f in before.reasons}
    if old == new:
        assert kept


@pytest.mark.parametrize(
    "change",
    [{"account": 2}, {"book": "saas/EUR/1"}, {"currency": "EUR"}, {"months": 24}, {"starts_on": "2027-01-01"},
     {"prepaid": True}, {"lines": []}, {"net": 1}, {"arr": 1}, {"discount": "0.5"}, {"something": "new"},
     {"more": [["clauses", "c9"]]}, {"more": [["net_days", "120"]]}, {"more": [["ends_on", "2027-06-30"]]}],
)  # fmt: skip
def test_any_other_change_voids_an_approval(change):
    old, decision = asked(Decimal("0.3"), Decimal(0))
    tested = chains.tested_values(decision)

    assert no_worse(old, old, tested, decision)
    assert not no_worse(old, old | change, tested, decision)


def test_a_rule_that_did_not_speak_before_voids_an_approval():
    old, decision = asked(Decimal("0.3"), Decimal(0))
    tested = chains.tested_values(decision)
    flagged = together((*decision.findings, finding("NEW")))

    assert not no_worse(old, old, tested, replace_kind(flagged))
    assert not no_worse(old, old, {}, decision)
    hidden = together(tuple(replace(f, found=None) for f in decision.findings))
    assert no_worse(old, old, tested, hidden)


def replace_kind(decision: Decision) -> Decision:
    last = replace(decision.findings[-1], kind="flags")
    return replace(decision, findings=(*decision.findings[:-1], last))

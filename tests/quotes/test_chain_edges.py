"""Chains and matrix at their edges: what lies exactly on a limit, defaults, merged and escalated steps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from lib.quotes import chains
from lib.quotes.approvals import Holder
from lib.quotes.chains import (
    Done,
    Standing,
    Step,
    Vote,
    chain_of,
    due,
    escalated,
    no_worse,
    short_of,
    standing,
    uncovered,
)
from lib.quotes.findings import Decision, Finding, Level, together
from lib.quotes.matrix import (
    MEASURES,
    NO_FACTS,
    ChainStep,
    Facts,
    Matrix,
    Mode,
    Rule,
    read_matrix,
    weigh,
)
from tests.pricing.made import ask, item, priced

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
ONE = Step(1, 2, Mode.ANY, 1, 48, 3, ("A",))


def finding(rule: str, level: Level = Level.APPROVE, approver: int = 1, chain: str = "") -> Finding:
    return Finding(rule, "discount", level, Decimal("0.4"), Decimal("0.3"), approver, chain)


def people(*levels: int) -> list[Holder]:
    return [Holder(n, f"Person {n}", level) for n, level in enumerate(levels, 1)]


# The matrix


def test_what_a_step_and_a_customer_are_when_nothing_is_said() -> None:
    assert ChainStep(1, 2) == ChainStep(1, 2, Mode.ANY, 1, 48, 3)
    assert (Facts(), NO_FACTS) == (Facts(None, False, 0, 0, 0, None),) * 2
    assert Matrix() == Matrix((), None, 48)
    assert Rule("A", "term", Decimal(1), Level.APPROVE).from_months == 1
    assert Matrix().steps("any") == ()


def test_a_chain_is_read_in_the_order_of_its_places_and_levels() -> None:
    def row(place: int, level: int, **more: object) -> dict:
        return {"chain": "c", "place": place, "level": level, "mode": "any", "need": 1, "hours": 5,
                "escalate": 3} | more  # fmt: skip

    held = read_matrix({
        "steps": [row(2, 1), row(1, 3), row(1, 2, mode="count", need=2)], "desk": {"hours": 7},
        "rules": [{"code": "T", "measure": "term", "limit": "6", "result": "approve", "active": True}],
    })  # fmt: skip

    assert [(s.place, s.level, s.mode, s.need, s.hours) for s in held.steps("c")] == [
        (1, 2, Mode.COUNT, 2, 5), (1, 3, Mode.ANY, 1, 5), (2, 1, Mode.ANY, 1, 5),
    ]  # fmt: skip
    assert (held.desk_hours, held.rules[0].from_months, held.rules[0].chain) == (7, 1, "")


@pytest.mark.parametrize(
    ("measure", "limit", "speaks"),
    [("term", "12", False), ("term", "11.9", True), ("margin", "0.5", False), ("margin", "0.51", True),
     ("discount", "0.1", False), ("discount", "0.0999", True), ("once", "0", False)],
)  # fmt: skip
def test_exactly_at_a_limit_nobody_is_asked(measure, limit, speaks) -> None:
    quote = priced(ask(item(unit_cost=Decimal(45))), months=12)
    rule = Rule("R", measure, Decimal(limit), Level.APPROVE)

    assert bool(weigh(quote, NO_FACTS, Matrix((rule,)))) is speaks


@pytest.mark.parametrize(
    ("result", "chain", "approver", "told"),
    [(Level.APPROVE, "big", 2, "big"), (Level.APPROVE, "unknown", 3, "unknown"), (Level.APPROVE, "", 3, ""),
     (Level.JUSTIFY, "big", 0, ""), (Level.STOP, "big", 0, "")],
)  # fmt: skip
def test_only_what_asks_for_approval_names_a_chain_and_its_highest_level(
    result, chain, approver, told
) -> None:
    matrix = Matrix((Rule("R", "term", Decimal(6), result, chain),),
                    {"big": (ChainStep(1, 1), ChainStep(2, 2))})  # fmt: skip

    found = weigh(priced(ask(), months=12), NO_FACTS, matrix)[0]

    assert (found.approver, found.chain, found.level) == (approver, told, result)


def test_a_rule_speaks_from_its_shortest_term_on_and_of_its_currency() -> None:
    def spoken(**narrow: object) -> bool:
        rule = Rule("R", "term", Decimal(1), Level.APPROVE, **narrow)
        return bool(weigh(priced(ask(), months=12), Facts(tier="Gold"), Matrix((rule,))))

    assert spoken(from_months=12) and not spoken(from_months=13)
    assert spoken(currency="USD") and not spoken(currency="EUR")
    assert spoken(tier="GOLD") and not spoken(tier="silver")
    assert not weigh(
        priced(ask()), NO_FACTS, Matrix((Rule("R", "term", Decimal(0), Level.STOP, tier="gold"),))
    )


def test_each_measure_reads_its_own_figure() -> None:
    quote = priced(ask(item(unit_cost=Decimal(45))), months=12)
    facts = Facts(None, True, 2, 30, 3, 5_000)
    found = {name: read(quote, facts) for name, read in MEASURES.items()}

    assert found == {
        "discount": Decimal("0.1"), "once": None, "margin": Decimal("0.5"), "acv": 1080, "term": 12,
        "net_days": 30, "credit": 1130, "clauses": 3, "offers": 1, "tender": 1, "flags": 2,
    }  # fmt: skip


# The chain


def test_only_what_asks_for_approval_makes_a_step() -> None:
    decision = together((finding("J", Level.JUSTIFY), finding("F", Level.FREE)))

    assert chain_of(decision, Matrix()) == ()


def test_a_price_finding_asks_its_level_and_escalates_one_above() -> None:
    steps = [chain_of(together((finding("D", approver=n),)), Matrix(desk_hours=9))[0] for n in (0, 1, 2, 3)]

    assert [(s.place, s.level, s.escalate, s.hours, s.need) for s in steps] == [
        (1, 3, 3, 9, 1), (1, 1, 2, 9, 1), (1, 2, 3, 9, 1), (1, 3, 3, 9, 1),
    ]  # fmt: skip


def test_a_price_finding_joins_a_step_that_asks_somebody_as_high_anyway() -> None:
    matrix = Matrix(
        chains={"c": (ChainStep(2, 2, Mode.COUNT, 2, 10, 2),), "low": (ChainStep(2, 1, Mode.ALL),)}
    )

    joined = chain_of(together((finding("D", approver=2), finding("C", chain="c"))), matrix)
    apart = chain_of(together((finding("D", approver=2), finding("L", chain="low"))), matrix)

    assert [(s.place, s.level, s.mode, s.need, s.hours, s.escalate, s.rules) for s in joined] == [
        (2, 2, Mode.COUNT, 2, 10, 3, ("C", "D")),
    ]  # fmt: skip
    assert [(s.place, s.level, s.rules) for s in apart] == [(1, 2, ("D",)), (2, 1, ("L",))]


def test_what_an_escalated_step_asks_for() -> None:
    step = replace(ONE, mode=Mode.COUNT, need=2, level=1)

    assert escalated(step) == Step(1, 3, Mode.ANY, 1, 48, 3, ("A",))
    assert due(ONE, NOW) == NOW + timedelta(hours=48)


def test_steps_that_lack_people_are_named_with_how_many() -> None:
    full = Standing((), 0, False, 0)

    assert short_of([(ONE, full), (replace(ONE, place=2), replace(full, lacking=2))]) == [
        (replace(ONE, place=2), 2)
    ]  # fmt: skip
    assert full.done and not replace(full, missing=1).done


@pytest.mark.parametrize(("hours", "missing"), [(47, 1), (48, 0), (49, 0)])
def test_once_the_time_is_over_one_person_above_decides_alone(hours, missing) -> None:
    two = replace(ONE, mode=Mode.COUNT, need=2)

    found = standing(two, [Vote(9, 3)], (), people(2, 2), (), NOW + timedelta(hours=hours), NOW)

    assert (found.missing, found.escalated) == (missing, hours >= 48)
    assert standing(two, [Vote(9, 2)], (), people(2), (), NOW + timedelta(hours=50), NOW).missing == 1
    assert not standing(two, [], (), people(2), (), NOW, None).escalated


def test_a_step_lacks_whom_nobody_is_left_for() -> None:
    three = replace(ONE, mode=Mode.COUNT, need=3)
    late = NOW + timedelta(hours=50)

    assert standing(three, [], (), people(2, 1), (), NOW, NOW).lacking == 2
    assert standing(three, [], {1}, people(2, 2), (), NOW, NOW).lacking == 2
    assert standing(three, [], (), people(2, 3), (), late, NOW).lacking == 0
    assert standing(three, [], (), people(2, 2), (), late, NOW).lacking == 1
    assert standing(ONE, [Vote(1, 2), Vote(2, 2)], (), people(2, 2), (), NOW, NOW).missing == 0


@pytest.mark.parametrize(
    ("done", "asked", "covered"),
    [
        ((Mode.ANY, 2, 1), (Mode.ANY, 2, 1), True), ((Mode.ANY, 1, 1), (Mode.ANY, 2, 1), False),
        ((Mode.ALL, 2, 1), (Mode.COUNT, 2, 5), True), ((Mode.COUNT, 2, 2), (Mode.COUNT, 2, 2), True),
        ((Mode.COUNT, 2, 1), (Mode.COUNT, 2, 2), False), ((Mode.COUNT, 2, 2), (Mode.ALL, 2, 1), False),
        ((Mode.ANY, 3, 1), (Mode.ALL, 1, 1), False),
    ],
)  # fmt: skip
def test_a_decided_step_answers_one_that_is_no_stricter(done, asked, covered) -> None:
    def step(mode: Mode, level: int, need: int) -> Step:
        return Step(1, level, mode, need, 48, 3, ())

    missing = uncovered([step(*asked)], [Done(step(*done), ())])

    assert (missing == []) is covered


def test_people_of_a_high_level_answer_a_step_theirs_does_not() -> None:
    low = Step(1, 1, Mode.ANY, 1, 48, 3, ())
    votes = (Vote(1, 2), Vote(2, 2), Vote(2, 2))

    assert uncovered([replace(low, level=2)], [Done(low, votes)]) == []
    assert uncovered([replace(low, level=2, mode=Mode.COUNT, need=2)], [Done(low, votes)]) == []
    assert len(uncovered([replace(low, level=2, mode=Mode.COUNT, need=3)], [Done(low, votes)])) == 1
    assert len(uncovered([replace(low, level=3)], [Done(low, votes)])) == 1
    two = [replace(low, place=2, level=2), replace(low, level=2)]
    assert uncovered(two, [Done(low, votes)]) == [replace(low, level=2)]


def test_values_that_were_not_found_are_not_kept() -> None:
    none = replace(finding("N"), found=None)

    assert chains.tested_values(together((finding("D"), none))) == {"discount:D": "0.4"}


CONTENT = {"account": 1, "discount": "0.1", "net": 100, "arr": 100, "lines": [["a", "1", "0.1", 120, 100]]}


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        ({}, True), ({"net": 101, "arr": 101}, True), ({"net": 99}, False), ({"arr": 99}, False),
        ({"discount": "0.05"}, True), ({"discount": "0.11"}, False), ({"account": 2}, False),
        ({"lines": [["a", "1", "0.1", 120, 100]] * 2}, False),
        ({"lines": [["a", "1", "0.05", 120, 101]]}, True),
        ({"lines": [["a", "1", "0.11", 120, 100]]}, False), ({"lines": [["a", "1", "0.1", 120, 99]]}, False),
        ({"lines": [["a", "2", "0.1", 120, 100]]}, False), ({"lines": [["a", "1", "0.1", 121, 100]]}, False),
        ({"more": [["net_days", "0"]]}, True), ({"more": [["net_days", "30"]]}, False),
        ({"more": [["clauses", "x"]]}, False), ({"more": [["industry", "x"]]}, False),
        ({"line_more": [[1, "gift"]]}, False),
    ],
)  # fmt: skip
def test_only_what_is_better_for_us_keeps_an_approval(change, holds) -> None:
    assert no_worse(CONTENT, CONTENT | change, {}, Decision(Level.FREE, ())) is holds


@pytest.mark.parametrize(
    ("before", "after", "holds"),
    [
        ([["net_days", "60"]], [["net_days", "30"]], True),
        ([["net_days", "30"]], [["net_days", "30"]], True),
        ([["net_days", "30"]], [["net_days", "31"]], False), ([["clauses", "x"]], [["clauses", "x"]], True),
        ([["clauses", "x"]], None, True), ([["clauses", "x"]], [["clauses", "y"]], False),
        ([["industry", "x"]], [], False),
    ],
)  # fmt: skip
def test_sooner_payment_and_fewer_clauses_keep_an_approval(before, after, holds) -> None:
    now = CONTENT if after is None else CONTENT | {"more": after}

    assert no_worse(CONTENT | {"more": before}, now, {}, Decision(Level.FREE, ())) is holds


FREE_GIFT = ["beta_access", "100", "0", "", "", "", "", "", ""]
DEAL = ["co_marketing", "400", "0", "", "", "", "reference", "A public one", "2026-12-01"]


@pytest.mark.parametrize(
    ("before", "after", "holds"),
    [
        ([], [FREE_GIFT], False), ([FREE_GIFT], [], True), ([FREE_GIFT, DEAL], [DEAL], True),
        ([FREE_GIFT, DEAL], [FREE_GIFT], False), ([DEAL], [DEAL, DEAL], False),
        ([DEAL], [["co_marketing", "500", *DEAL[2:]]], False), ([DEAL], [DEAL], True),
    ],
)  # fmt: skip
def test_fewer_concessions_keep_an_approval_unless_their_return_goes_too(before, after, holds) -> None:
    now = CONTENT | ({"given": after} if after else {})

    assert no_worse(CONTENT | {"given": before}, now, {}, Decision(Level.FREE, ())) is holds


@pytest.mark.parametrize(
    ("kind", "old", "now", "holds"),
    [
        ("discount", "0.4", "0.4", True), ("discount", "0.4", "0.41", False), ("margin", "0.1", "0.1", True),
        ("margin", "0.1", "0.09", False), ("margin", "0.1", "0.11", True), ("discount", None, "0.4", False),
        ("discount", None, None, True),
    ],
)  # fmt: skip
def test_no_rule_may_be_missed_by_more_than_was_approved(kind, old, now, holds) -> None:
    asking = Finding("R", kind, Level.APPROVE, now and Decimal(now), Decimal("0.3"), 1)
    tested = {} if old is None else {f"{kind}:R": old}

    assert no_worse(CONTENT, CONTENT, tested, Decision(Level.APPROVE, (asking,))) is holds

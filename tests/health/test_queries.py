"""The card, the list and the opinion: one word per account, numbers that say where they come from."""

from datetime import timedelta

import pytest

from lib.accounts import overview
from lib.accounts.queries import account_page
from lib.errors import Conflict, Invalid, NotFound
from lib.health import commands, phrases, queries
from lib.health.shown import shown
from lib.store import models as m
from tests import make
from tests.make import TODAY

DAY = timedelta(days=1)
PARTS = {"activity": 20.0, "breadth": None, "sentiment": 90.0, "commercial": 100.0, "support": 85.0,
         "relationship": 100.0}  # fmt: skip
FACTS = {"observed": 25, "expected": 60.0, "ratio": 0.42, "answers": 1, "answer_days": 9, "answer_value": 90,
         "urgent": 1, "others": 0, "seats": 20, "talk_days": 4, "rhythm": 45}  # fmt: skip


@pytest.fixture
def account_id(database, manager) -> int:
    account_id = make.account(owner=manager.person_id, name="Lumora Home")
    for back in range(3):
        make.insert(
            m.AccountDay(account_id=account_id, day=TODAY - (back + 1) * DAY, active_users=2, events=5)
        )
    return account_id


def score(account_id: int, raw: float, **over) -> None:
    make.health(account_id, **{"raw": raw, "score": raw, "coverage": 0.8, **PARTS, "facts": FACTS, **over})


def test_the_card_adds_up_and_says_every_number(account_id, manager):
    score(account_id, 68.1)

    card = queries.card(manager, account_id)
    told = phrases.story(card, "watch", "en")

    assert round(sum(card.points.values()), 1) == round(68.1 - 70, 1)
    assert told.title == "Health 68.1 of 100"
    assert told.lines[0] == "Starts at 70, parts −1.9: 68.1"
    facts = {bar.name: bar.fact for bar in told.bars}
    assert facts["Support 85"] == "1 open urgent case: −15"
    assert "25 active user-days in 28 days, 60 expected (42%)" in facts["Activity 20"]
    assert any(line.startswith("No data: Breadth (weight 20)") for line in told.lines)
    assert any(line.startswith("Nearest way to Healthy: activity at") for line in told.lines)


@pytest.mark.parametrize(
    ("raw", "standing"),
    [(80.0, "healthy"), (75.0, "healthy"), (74.9, "watch"), (50.0, "watch"), (49.9, "critical")],
)
def test_the_status_word_is_never_milder_than_the_score(account_id, manager, raw, standing):
    score(account_id, raw)

    row = account_page(manager)[0].iloc[0]
    head = overview.account_head(manager, account_id)

    assert row["standing"] == head.standing == standing
    assert row["health"] == raw
    assert (row["reason"] == "health") is (standing != "healthy")


def test_an_alert_of_this_moment_caps_at_once_and_its_end_frees(account_id, manager):
    score(account_id, 88.0)
    alert = make.alert(account_id, level="critical")

    row, card = account_page(manager)[0].iloc[0], queries.card(manager, account_id)
    assert (row["health"], row["standing"]) == (40.0, "critical")
    assert (card.score, card.raw, card.cap, card.band) == (40.0, 88.0, "alert", "critical")
    assert "Capped at 40 because a critical alert is open" in phrases.story(card, "critical", "en").lines

    make.change(m.ChurnAlert, alert, status="resolved", resolved_on=TODAY)
    row, card = account_page(manager)[0].iloc[0], queries.card(manager, account_id)
    assert (row["health"], row["standing"], card.score, card.cap) == (88.0, "healthy", 88.0, None)


def test_the_list_filters_and_orders_by_score(account_id, manager):
    score(account_id, 62.0)
    for name, raw in (("low", 30.0), ("fine", 91.0), ("none", None)):
        other = make.account(owner=manager.person_id, name=name)
        if raw is not None:
            score(other, raw)

    ordered = account_page(manager, sort="health")[0]["name"].tolist()
    assert ordered == ["low", "Lumora Home", "fine", "none"]
    for band, name in (
        ("critical", "low"),
        ("watch", "Lumora Home"),
        ("healthy", "fine"),
        ("no_data", "none"),
    ):
        assert account_page(manager, health=band)[0]["name"].tolist() == [name]


def test_a_change_between_two_days_adds_up(account_id, manager):
    score(
        account_id, 86.4, day=TODAY - 30 * DAY, activity=80.0, facts=FACTS | {"ratio": 0.78, "observed": 47}
    )
    score(account_id, 68.1)

    found = queries.change(manager, account_id, TODAY - 10 * DAY, TODAY)

    assert (found.first, found.last) == (TODAY - 30 * DAY, TODAY)
    assert found.total == round(68.1 - 86.4, 1) == round(sum(s.points for s in found.steps), 1)
    told = phrases.changes(found, queries.card(manager, account_id).limits, "en")[0][1]
    assert told.split(" → ") == [
        "47 active user-days in 28 days, 60 expected (78%)",
        "25 active user-days in 28 days, 60 expected (42%)",
    ]
    assert queries.change(manager, account_id, TODAY - 60 * DAY, TODAY) is None
    assert len(queries.history(manager, account_id)) == 2


def test_an_opinion_stands_beside_the_score_and_can_be_taken_back(account_id, manager):
    score(account_id, 68.1)
    before = queries.card(manager, account_id)
    first = commands.set_opinion(manager, account_id, "good", "They renewed early")
    commands.set_opinion(manager, account_id, "poor", "The sponsor is angry", TODAY - DAY, seen=first)

    card = queries.card(manager, account_id)
    assert (card.opinion.value, card.opinion.note, card.opinion.set_on) == (
        "poor", "The sponsor is angry", TODAY - DAY,
    )  # fmt: skip
    assert (card.score, card.points) == (before.score, before.points)

    commands.undo_opinion(manager, account_id, card.opinion.id)
    assert queries.card(manager, account_id).opinion.value == "good"
    with pytest.raises(Conflict):
        commands.set_opinion(manager, account_id, "mixed", "I saw none", seen=None)
    with pytest.raises(Invalid):
        commands.set_opinion(manager, account_id, "mixed", "", seen=first)


def test_a_stranger_reads_and_writes_nothing(account_id, other_manager):
    for act in (queries.card, queries.history, commands.undo_opinion):
        with pytest.raises(NotFound):
            act(other_manager, account_id)


def test_everything_is_said_in_chinese_too(account_id, manager):
    score(account_id, 45.0, day=TODAY - 28 * DAY)
    score(account_id, 38.0, cap="alert")
    make.alert(account_id, level="critical")
    found = shown(manager, account_id, "critical", "zh-CN")

    assert found.story.title == "健康度 38.0，满分 100"
    assert "上限 40，原因：存在未关闭的严重预警" in found.story.lines
    assert found.past_title.startswith("自 ")
    assert not any("health-" in line for line in (*found.story.lines, *(f for _, f in found.steps)))


def test_before_the_first_morning_the_card_says_so(account_id, manager):
    told = shown(manager, account_id, "healthy", "en").story

    assert (told.title, told.lines) == (
        "Health: no data",
        ["No score yet. It appears after the next morning run."],
    )

"""Windows in the store: drafted, published, offered on quotes, taken slot by slot, withdrawn."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.flows.accept_quote import accept_quote
from lib.offers import commands, queries
from lib.quotes import commands as quotes
from lib.quotes import issuing
from lib.quotes import queries as quoted
from lib.store.database import reading
from lib.store.models import Notice, PromoClaim
from tests import make
from tests.make import NOW

MINUTE = timedelta(minutes=1)
CLOSES = NOW + timedelta(days=5)


def offered_line(code: str) -> dict:
    return make.quote_line("professional") | {"offer_code": code}


def saved(viewer, account, code):  # noqa: ANN001, ANN201 - a viewer; a quote's id
    quote = quotes.create_quote(viewer, account)
    seen = quoted.quote(viewer, quote).version
    quotes.save_draft(viewer, quote, seen, values=make.quote_form(), lines=[offered_line(code)])
    return quote


def issued(viewer, account, code, before=lambda _quote: None):  # noqa: ANN001, ANN201
    quote = saved(viewer, account, code)
    before(quote)
    quotes.submit_quote(viewer, quote, quoted.quote(viewer, quote).version)
    issuing.issue_quote(viewer, quote, quoted.quote(viewer, quote).version)
    return quote


def accept(viewer, quote):  # noqa: ANN001, ANN201
    return accept_quote(viewer, quote, quoted.quote(viewer, quote).version, evidence=make.evidence())


def customer(manager, **over):  # noqa: ANN001, ANN003, ANN201
    values = {"legal_name": "Lumora Home Co., Ltd.", "city": "Shenzhen", "country": "China"} | over
    account = make.account(owner=manager.person_id, **values)
    make.contact(account, is_sponsor=True)
    return account


@pytest.mark.acceptance("C18")
def test_months_and_the_gift_of_a_window_count_into_what_it_gave(database, manager):
    account = customer(manager)
    make.window(
        "winter", manager.person_id, rate=Decimal(0), free_months=2, gift="上线与数据迁移", currency="USD"
    )
    quote = quotes.create_quote(manager, account)
    lines = [offered_line("winter"), make.quote_line("onboarding") | {"offer_code": "winter", "gift": True}]
    asked = make.quote_form(justification="Two months free in the winter window.")
    quotes.save_draft(manager, quote, 1, values=asked, lines=lines)
    priced = quoted.quote(manager, quote).saved.priced
    free = next(step for step in priced.lines[0].steps if step.rule == "free-months-2")

    quotes.submit_quote(manager, quote, quoted.quote(manager, quote).version)
    issuing.issue_quote(manager, quote, quoted.quote(manager, quote).version)
    accept(manager, quote)

    with reading() as connection:
        given = connection.execute(select(PromoClaim.given_minor)).scalar_one()
    assert given == 100 * (free.before - free.after) + priced.gift_minor


@pytest.mark.acceptance("C18")
def test_inside_a_window_its_terms_are_offered_and_a_minute_after_its_end_they_are_not(database, manager):
    account, other = customer(manager), customer(manager, country="Germany")
    make.window("november", manager.person_id, markets=["China"])
    last = replace(manager, now=CLOSES - MINUTE)
    after = replace(manager, now=CLOSES + MINUTE)

    quote = saved(last, account, "november")

    assert [o.window.code for o in queries.of_account(last, account)] == ["november"]
    assert quoted.quote(last, quote).saved.priced.net_minor == round(499 * 12 * 0.9 * 0.9 * 100)
    assert queries.of_account(last, other) == []
    with pytest.raises(Invalid):
        saved(last, other, "november")
    assert queries.of_account(after, account) == []
    with pytest.raises(Invalid) as closed:
        saved(after, account, "november")
    assert closed.value.code == "offer_closed"
    left = quoted.quote(after, quote)  # a draft stays open to read, at the price without the offer
    assert left.form.lines[0].more.offer_code is None
    assert left.saved.priced.net_minor == round(499 * 12 * 0.9 * 100)


@pytest.mark.acceptance("C18")
def test_the_early_application_date_shows_beforehand_and_queues_in_order(embedded, manager):
    first, second = customer(manager), customer(manager)
    early = replace(manager, now=NOW - timedelta(days=10))
    window = make.window("november", manager.person_id, slots=100)

    shown = queries.calendar(early, "coming").iloc[0]
    assert (shown.phase, str(shown.apply_from)) == ("applying", "2026-10-20")
    commands.apply(early, first, window)
    again = commands.apply(early, first, window)
    commands.apply(replace(early, now=early.now + MINUTE), second, window)

    found = queries.queue(manager, window)
    assert found["account_id"].tolist() == [first, second]
    assert found["id"].iloc[0] == again
    commands.leave_queue(manager, again, 1)
    assert queries.queue(manager, window)["account_id"].tolist() == [second]
    assert queries.calendar(manager).iloc[0].queued == 1


@pytest.mark.acceptance("C18")
def test_the_hundredth_acceptance_closes_a_hundred_slot_offer(database, manager):
    window = make.window("november", manager.person_id, slots=100)
    for _ in range(99):
        other = make.account(owner=manager.person_id)
        make.insert(
            make.m.PromoClaim(window_id=window, account_id=other, status="taken", applied_at=NOW,
                              applied_by=manager.person_id, taken_at=NOW)
        )  # fmt: skip
    accounts = [customer(manager) for _ in range(3)]
    ids = [issued(manager, account, "november") for account in accounts[:2]]

    def act(quote):  # noqa: ANN001, ANN202
        try:
            return accept(manager, quote)
        except Conflict as refused:
            return refused.code

    with ThreadPoolExecutor(max_workers=2) as pool:
        done = list(pool.map(act, ids))

    assert done.count("offer_full") == 1
    later = replace(manager, now=NOW + MINUTE)
    shown = queries.calendar(later).iloc[0]
    assert (shown.taken, shown.phase) == (100, "full")
    with pytest.raises(Invalid):
        saved(later, accounts[2], "november")
    lost = quoted.quote(manager, ids[done.index("offer_full")])
    assert lost.status == "sent"


GIVEN = round(499 * 12 * 0.9 * 0.1 * 100)  # what the window takes off one quote


def test_one_account_takes_one_slot_and_the_budget_counts_what_was_given(embedded, manager):
    account = customer(manager)
    window = make.window("november", manager.person_id, slots=2, budget_minor=2 * GIVEN)
    for _ in range(2):
        accept(manager, issued(manager, account, "november"))

    found = queries.queue(manager, window)
    assert found["status"].tolist() == ["taken"]
    assert found["given_minor"].tolist() == [2 * GIVEN]
    assert queries.calendar(replace(manager, now=NOW + MINUTE)).iloc[0].phase == "spent"


def test_an_acceptance_beyond_the_budget_is_refused_though_a_paper_is_out(database, manager):
    window = make.window("november", manager.person_id, budget_minor=2 * GIVEN - 1)
    first, second = (issued(manager, customer(manager), "november") for _ in range(2))
    accept(manager, first)

    with pytest.raises(Conflict) as refused:
        accept(manager, second)

    assert refused.value.code == "offer_spent"
    assert len(queries.queue(manager, window)) == 1
    assert quoted.quote(manager, second).status == "sent"


def test_publishing_tells_the_owners_of_eligible_accounts_once(database, leader, manager, other_manager):
    make.account(owner=manager.person_id, country="China")
    make.account(owner=manager.person_id, country="china")
    make.account(owner=other_manager.person_id, country="Germany")
    window = commands.add_window(leader, make.window_form(markets=["China"]))
    commands.publish_window(leader, window, 1)

    with reading() as connection:
        told = connection.execute(
            select(Notice.person_id, Notice.row_id).where(Notice.kind == "window")
        ).all()
    assert [tuple(row) for row in told] == [(manager.person_id, window)]
    with pytest.raises(Conflict):
        commands.publish_window(leader, window, 2)
    with pytest.raises(Conflict):
        commands.change_window(leader, window, 2, make.window_form(rate=Decimal("0.5")))


def test_a_withdrawn_window_offers_nothing_and_says_why(embedded, leader, manager):
    account = customer(manager)
    window = commands.add_window(leader, make.window_form())
    commands.change_window(leader, window, 1, make.window_form(rate=Decimal("0.2")))
    assert queries.calendar(manager).empty, "drafts are for those who keep the calendar"
    commands.publish_window(leader, window, 2)
    assert queries.of_account(manager, account)[0].window.rate == Decimal("0.2")

    commands.withdraw_window(leader, window, 3, "Budget was cut")

    assert queries.of_account(manager, account) == []
    assert queries.calendar(leader, "past").iloc[0].reason == "Budget was cut"
    with pytest.raises(Conflict):
        commands.withdraw_window(leader, window, 4, "Again")


def test_only_who_keeps_the_calendar_changes_it_and_only_own_accounts_apply(embedded, manager, other_manager):
    window = make.window("november", manager.person_id)
    foreign = customer(other_manager)

    for act in (commands.publish_window, commands.change_window):
        with pytest.raises((NotAllowed, TypeError)):
            act(manager, window, 1)
    with pytest.raises(NotFound):
        commands.apply(manager, foreign, window)
    with pytest.raises(NotFound):
        queries.of_account(manager, foreign)


def test_the_year_is_drafted_once(embedded, leader):
    made = commands.prepare_year(leader)

    assert made >= 8
    assert commands.prepare_year(leader) == 0
    assert [str(day) for day in queries.peaks(leader)[:2]] == ["2026-12-31", "2027-03-31"]
    assert set(queries.calendar(leader)["phase"]) == {"draft"}


def test_a_rivals_promotion_keeps_its_prepared_answer(embedded, manager):
    values = {"rival": "Rival", "what": "Buy one, get one", "starts_on": make.TODAY, "response": "Gift plan"}
    first = commands.note_rival(manager, values, "k1")

    assert commands.note_rival(manager, values, "k1") == first
    with pytest.raises(Invalid):
        commands.answer_rival(manager, first, 1, "answered", "")
    commands.answer_rival(manager, first, 1, "answered", "Gift plan begun")
    found = queries.rivals(manager).iloc[0]
    assert (found.status, found.response) == ("answered", "Gift plan begun")

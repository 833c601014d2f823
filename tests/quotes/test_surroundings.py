"""What stands around a quote: fit reviews, second requests, like accounts, promises; no hint at the cost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lib.errors import Invalid, NotAllowed
from lib.flows.accept_quote import accept_quote
from lib.negotiation import commands as talks
from lib.quotes import commands, compliance_texts, queries, requests, surroundings
from lib.store.database import transaction
from lib.today import queries as today
from tests import make
from tests.quotes.test_clearance import issue, ready, request_version
from tests.quotes.test_document import pages

TODAY = make.TODAY


def test_the_fit_of_a_deal_is_reviewed_from_the_account_managers_today(
    database, manager, technical, draft, seen
) -> None:
    quote_id = ready(manager, draft, seen, language="en")
    issue(manager, quote_id, seen)
    accept_quote(manager, quote_id, seen(manager, quote_id), evidence=make.evidence())
    found = surroundings.surroundings(manager, quote_id).request
    assert found.fit_review_on == date(2027, 7, 1)  # six months from the start of the term

    requests.set_request(manager, quote_id, found.version, fit_review_on=TODAY - timedelta(days=3))
    for raised in (1, 0):
        with transaction() as session:
            session.info["command"] = "daily.tasks"
            assert requests.raise_fit_reviews(session, technical, TODAY) == raised
    (reason,) = [r for r in today.queue(manager).reasons if r.kind == "task"]
    assert dict(reason.values)["title"].startswith("Fit review: Renewal of the enterprise plan")

    version = request_version(manager, quote_id)
    requests.review_fit(manager, quote_id, version, reason="Two shops more", next_on=date(2027, 5, 1))
    assert not [r for r in today.queue(manager).reasons if r.kind == "task"]


def test_a_second_request_of_the_same_account_is_noticed_with_owner_and_path(
    database, manager, seller, leader, account_id, draft
) -> None:
    make.assignment(account_id, seller.person_id, duty="sales")
    first = draft()
    second = commands.create_quote(seller, account_id, title="Asked on the fair")
    requests.set_request(seller, second, 0, channel="social")

    here, there = (surroundings.surroundings(manager, n) for n in (first, second))

    assert here.duplicates.owner.tolist() == ["Chen Yu"]
    assert here.duplicates.channel.tolist() == ["social"]
    assert there.duplicates.id.tolist() == [first]
    assert here.escalation == ("Lin Wei", "Ada Berg")
    assert there.escalation == ("Chen Yu", "Lin Wei", "Ada Berg")


def given(manager, owner, discount: str, **over) -> int:
    """Another account with a quote that is out at a discount."""
    account = make.account(owner=owner, **({"tier": "gold", "region": "Europe", "seats": 100} | over))
    return make.quote(account, manager.person_id, status="sent", effective_discount=Decimal(discount),
                      issued_at=make.NOW - timedelta(days=30))  # fmt: skip


def test_like_accounts_are_named_to_whom_they_belong_and_a_figure_to_others(
    database, manager, other_manager, leader
) -> None:
    account_id = make.account(owner=manager.person_id, tier="gold", region="Europe", seats=60)
    quote_id = commands.create_quote(manager, account_id)
    given(manager, manager.person_id, "0.10")
    for discount in ("0.20", "0.25", "0.30"):
        given(manager, other_manager.person_id, discount)
    for unlike in ({"tier": "silver"}, {"region": "US"}, {"seats": 10}, {"seats": None}):
        given(manager, manager.person_id, "0.5", **unlike)

    mine, all_of_them = (surroundings.like_for_like(v, quote_id) for v in (manager, leader))

    assert mine.seen.effective_discount.tolist() == [Decimal("0.10")]
    assert (mine.others, mine.others_median, mine.band) == (3, Decimal("0.25"), "middle")
    assert len(all_of_them.seen) == 4 and all_of_them.others_median is None


def test_few_accounts_of_others_give_no_figure(database, manager, other_manager) -> None:
    account_id = make.account(owner=manager.person_id, tier="gold", region="Europe", seats=60)
    quote_id = commands.create_quote(manager, account_id)
    given(manager, other_manager.person_id, "0.20")
    given(manager, other_manager.person_id, "0.22")

    found = surroundings.like_for_like(manager, quote_id)

    assert (found.others, found.others_median) == (0, None)


@pytest.mark.acceptance("C36")
def test_the_way_out_of_a_thin_margin_does_not_tell_the_cost(database, manager, leader, draft, seen) -> None:
    """So many points less discount up to the floor would be the cost in other words."""
    lines = [make.quote_line("person_days", 10)]
    form = make.quote_form(discount=Decimal("0.15"))
    quote_id = draft(lines=lines, discount=Decimal("0.15"))

    mine = queries.live_price(manager, quote_id, form, lines)
    theirs = queries.live_price(leader, quote_id, form, lines)

    assert [way.kind for way in theirs.ways] == ["discount"]
    assert mine.ways == ()


def test_only_catalogue_or_approved_promises_can_be_printed(
    database, manager, leader, account_id, draft, seen
) -> None:
    quote_id = ready(manager, draft, seen, language="en")
    kept = talks.make_promise(manager, account_id, "", manager.person_id, TODAY, code="training_date")
    loose = talks.make_promise(manager, account_id, "A free year", manager.person_id, TODAY)
    with pytest.raises(Invalid) as refusal:
        requests.choose_promises(manager, quote_id, 0, **{f"promise_{loose}": True})
    assert refusal.value.code == "quote_promise_loose"
    with pytest.raises(NotAllowed):
        talks.approve_promise(manager, loose, 1, "I like it")

    talks.approve_promise(leader, loose, 1, "Agreed with finance")
    ticks = {f"promise_{n}": True for n in (kept, loose)}
    requests.choose_promises(manager, quote_id, 0, **ticks)

    text = " ".join("".join(pages(queries.paper(manager, quote_id))).split())
    assert "1. Confirm the training date, by 20 Nov 2026." in text
    assert "2. A free year, by 20 Nov 2026." in text


@pytest.mark.parametrize(("days", "deep", "warned"), [(2, True, True), (3, True, False), (2, False, False)])
def test_a_contract_that_ends_before_an_approval_can_be_had_is_warned_of(
    embedded, manager, account_id, days, deep, warned
) -> None:
    """S0-79: three days are kept for an approval; a quote that needs none has time enough."""
    contract = make.contract(account_id)
    renewal = make.renewal(account_id, contract, due_on=TODAY + timedelta(days=days))
    quote_id = commands.create_quote(manager, account_id, renewal_id=renewal)
    form = make.quote_form(discount=Decimal("0.3") if deep else Decimal(0), valid_until=TODAY)
    commands.save_draft(manager, quote_id, 1, values=form, lines=[make.quote_line()])

    found = surroundings.surroundings(manager, quote_id).checks

    late = [check for check in found if check.code == "lead_short"]
    assert [check.values for check in late] == ([{"days": days, "lead": 3}] if warned else [])
    said = [compliance_texts.check_text(check, spoken) for check in late for spoken in ("en", "zh-CN")]
    assert all(str(days) in text and "3" in text for text in said)

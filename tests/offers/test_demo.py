"""What the demo puts on the promo calendar and beside its quotes."""

from lib.concessions import queries as given
from lib.demo import offers
from lib.events import queries as events
from lib.offers import queries
from lib.store import models as m
from tests import make
from tests.make import NOW, TODAY


def test_the_calendar_has_a_window_of_every_phase_and_one_nearly_full_with_a_queue(embedded, leader, manager):
    for _ in range(20):
        make.account(owner=manager.person_id)

    offers.keep_calendar(NOW, TODAY)
    offers.keep_calendar(NOW, TODAY)

    calendar = queries.calendar(leader)
    assert {"closed", "open", "applying", "announced", "draft"} <= set(calendar["phase"])
    nearly = calendar[calendar["phase"] == "open"].iloc[0]
    assert (nearly.slots - nearly.taken) == 1
    assert calendar["code"].is_unique
    assert sorted(queries.rivals(manager)["status"]) == ["answered", "over", "watching"]


def test_a_scripted_quote_gives_and_gets_in_the_currency_of_its_book(embedded, manager):
    quote = make.quote(make.account(owner=manager.person_id), manager.person_id)

    offers.give(manager, quote, 0, "USD")

    found = given.of_quote(manager, quote)
    assert found["code"].tolist() == ["co_marketing", "event_seats"]
    assert found["give_status"].tolist() == ["open", "missing"]


def test_events_have_guests_and_customers_have_committed_to_volumes(embedded, leader, manager):
    for number in range(9):
        account = make.account(owner=manager.person_id, is_vip=True, currency="USD")
        make.contact(account)
        make.insert(m.Invoice(external_id=f"D-{number}", account_id=account, issued_on=TODAY,
                              amount_minor=90_000, recorded_at=NOW))  # fmt: skip

    offers.keep_company(NOW, TODAY)
    offers.keep_company(NOW, TODAY)

    calendar = events.calendar(manager)
    assert len(calendar) == 3
    assert (calendar["invited"] > 0).all()
    assert len(given.volumes(manager)) == 3

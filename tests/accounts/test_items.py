"""The blocks of an account's page written, corrected, removed and taken back, on both stores."""

import pytest
from sqlalchemy import select

from lib.accounts import blocks, commands, group, item_commands, overview, portrait, tables, timeline
from lib.accounts.fields import ITEMS
from lib.accounts.portrait_phrases import referral
from lib.errors import Conflict, Invalid, NotFound
from lib.store.database import reading
from lib.store.models import AccountProfile, AccountTag, FeatureDay, Meeting, Payment
from tests import make
from tests.make import NOW, TODAY

SAMPLES = {
    "entitlement": ({"item": "Support", "unit": "hours", "included": 20, "consumed": 5}, {"consumed": 20}),
    "integration": (
        {"name": "Stripe", "category": "payment", "auth": "oauth", "rotates": True, "live": True},
        {"auth": "api_key"},
    ),
    "department": ({"name": "Design", "seats": 4}, {"seats": 5}),
    "customer_goal": (
        {"what": "Grow", "measure": "shops", "target": "6", "due_on": TODAY, "state": "open"},
        {"state": "reached"},
    ),
    "roadmap_request": ({"what": "Forecast", "state": "asked"}, {"state": "promised", "due_on": TODAY}),
    "referral": (
        {"name": "Velora", "referred_on": TODAY, "state": "invited"},
        {"state": "won", "points": 50},
    ),
    "team_role": ({"role": "trainer"}, {"role": "engineer"}),
}


@pytest.fixture
def account_id(database, manager) -> int:
    return make.account(owner=manager.person_id, seats=10)


def values(block, manager):
    first, change = SAMPLES[block]
    return (first | {"person_id": manager.person_id} if block == "team_role" else first), change


def held(block, manager, account_id):
    frame = portrait.portrait(manager, account_id).blocks[block]
    return frame[frame["id"].notna()].to_dict("records")


def undo(manager, account_id):
    commands.undo_last(manager, overview.account_head(manager, account_id).undo_id)


def test_every_block_has_a_sample():
    assert set(SAMPLES) == set(ITEMS)


@pytest.mark.parametrize("block", ITEMS)
def test_a_row_is_added_corrected_removed_and_each_step_taken_back(block, account_id, manager):
    first, change = values(block, manager)
    row_id = item_commands.add_item(manager, account_id, block, "key-1", first)
    assert item_commands.add_item(manager, account_id, block, "key-1", first) == row_id
    assert blocks.freshness(manager, account_id)[block] == manager.now

    assert item_commands.correct_item(manager, account_id, block, row_id, 1, change) == 2
    row = held(block, manager, account_id)[0]
    assert {name: row[name] for name in change} == change
    undo(manager, account_id)
    row = held(block, manager, account_id)[0]
    assert {name: row[name] for name in change if name in first} == {
        n: first[n] for n in change if n in first
    }

    item_commands.remove_item(manager, account_id, block, row_id, 3)
    assert held(block, manager, account_id) == []
    undo(manager, account_id)
    assert len(held(block, manager, account_id)) == 1


def test_adding_is_taken_back_too(account_id, manager):
    item_commands.add_item(manager, account_id, "department", "key-1", {"name": "Design"})
    undo(manager, account_id)

    assert held("department", manager, account_id) == []


def test_a_stale_version_a_foreign_account_and_an_unknown_block_are_refused(
    account_id, manager, other_manager
):
    row_id = item_commands.add_item(manager, account_id, "department", "key-1", {"name": "Design"})
    other = make.account(owner=manager.person_id)

    with pytest.raises(Conflict):
        item_commands.correct_item(manager, account_id, "department", row_id, 9, {"seats": 1})
    with pytest.raises(NotFound):
        item_commands.correct_item(manager, other, "department", row_id, 1, {"seats": 1})
    with pytest.raises(NotFound):
        item_commands.remove_item(other_manager, account_id, "department", row_id, 1)
    with pytest.raises(Invalid):
        item_commands.add_item(manager, account_id, "person", "key-2", {"name": "x"})


@pytest.mark.parametrize(
    ("block", "wrong", "code"),
    [
        ("entitlement", {"item": ""}, "field_missing"),
        ("entitlement", {"item": "x", "included": -1}, "field_range"),
        ("entitlement", {"item": "x", "starts_on": TODAY, "expires_on": NOW.date().replace(day=1)},
         "entitlement_ends_first"),
        ("integration", {"name": "key51HxAbCdEf9GhIjKlMnOpQr", "category": "payment", "auth": "oauth",
                         "rotates": False, "live": True}, "integration_secret"),
        ("team_role", {"person_id": 987_654, "role": "trainer"}, "field_choice"),
        ("department", {"name": "x", "account_id": 1}, "field_not_open"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(block, wrong, code, account_id, manager):
    with pytest.raises(Invalid, match=code):
        item_commands.add_item(manager, account_id, block, "key-1", wrong)


def test_a_profile_with_its_tags_is_written_and_taken_back(account_id, manager):
    item_commands.set_profile(manager, account_id, 0, {"competitor": "Rival", "tags": "a, b"})
    item_commands.set_profile(manager, account_id, 1, {"competitor": None, "tags": "b, c"})
    found = portrait.portrait(manager, account_id)
    assert (found.profile["competitor"], found.tags) == (None, ["b", "c"])

    undo(manager, account_id)
    found = portrait.portrait(manager, account_id)
    assert (found.profile["competitor"], found.tags) == ("Rival", ["a", "b"])
    assert portrait.tags(manager) == ["a", "b"]
    with pytest.raises(Conflict):
        item_commands.set_profile(manager, account_id, 0, {"competitor": "x"})
    with reading() as connection:
        assert len(connection.execute(select(AccountProfile.id)).all()) == 1
        assert len(connection.execute(select(AccountTag.id)).all()) == 2


def test_the_portrait_counts_what_would_have_to_be_done_anew(account_id, manager):
    make.subscription(account_id, product="Suite", product_line="Suite", seats=10)
    make.subscription(account_id, product="Ads", product_line="Ads", seats=None)
    for number, (category, live) in enumerate([("payment", True), ("logistics", True), ("analytics", False)]):
        sample = {"name": f"System {number}", "category": category, "auth": "oauth", "rotates": False,
                  "live": live}  # fmt: skip
        item_commands.add_item(manager, account_id, "integration", f"key-{number}", sample)
    item_commands.set_profile(manager, account_id, 0, {"bespoke": "Own region\n\nTwo invoices"})
    for feature, uses, ago in (("listing", 5, 3), ("listing", 2, 40), ("ads", 9, 1)):
        make.insert(FeatureDay(external_id=f"{feature}-{ago}", account_id=account_id, feature=feature,
                               uses=uses, day=TODAY.fromordinal(TODAY.toordinal() - ago)))  # fmt: skip
    found = portrait.portrait(manager, account_id)

    parts = found.stickiness
    assert (parts.integrations, parts.terms, parts.modules) == (2, 2, 2)
    assert found.coverage == 0.5
    assert (found.classes, found.classes_sold) == (["Ads", "Suite"], 2)
    assert found.interest == [("ads", 9, 0), ("listing", 5, 2)]
    seats = found.blocks["entitlement"].iloc[0]
    assert (seats["item"], seats["included"], seats["consumed"], seats["left"]) == ("seats", 10, 0, 10)


def test_the_group_below_is_summed_per_account_the_viewer_sees(account_id, manager, other_manager):
    child = make.account(owner=manager.person_id, parent_id=account_id, name="Child", seats=5)
    make.subscription(child)
    make.alert(child, level="critical")
    make.account(owner=other_manager.person_id, parent_id=account_id, name="Hidden")
    frame = group.group(manager, account_id)

    assert frame[["account", "standing", "arr_minor", "seats", "alerts"]].values.tolist() == [
        ["Child", "critical", 1_200_000, 5, 1]
    ]


def test_payments_and_surveys_stand_on_the_timeline_and_are_narrowed(account_id, manager):
    invoice = make.invoice(account_id)
    make.insert(Payment(external_id="P-1", invoice_id=invoice, paid_on=TODAY, amount_minor=600_000))
    make.survey(account_id, comment="Fine")
    make.touch(account_id, manager.person_id)

    kinds = timeline.timeline(manager, account_id)["kind"].tolist()
    assert {"payment", "survey", "touch"} <= set(kinds)
    deals = timeline.timeline(manager, account_id, group="deals")
    assert deals["kind"].tolist() == ["payment"]
    assert (deals["code"].iloc[0], deals["text"].iloc[0]) == ("USD", "600000")
    assert "payment" not in timeline.timeline(manager, account_id, group="talks")["kind"].tolist()


def test_a_contact_was_last_spoken_with_in_a_touch_or_a_meeting(account_id, manager):
    alone, met, never = (make.contact(account_id, name=name) for name in ("Alone", "Met", "Never"))
    make.touch(account_id, manager.person_id, contact_id=alone)
    touch = make.touch(account_id, manager.person_id)
    make.insert(Meeting(account_id=account_id, touch_id=touch, contacts=[met], staff=[], promises=[],
                        recorded_at=NOW))  # fmt: skip
    frame = blocks.contacts(manager, account_id)

    known = dict(zip(frame["id"], frame["touched_at"].notna(), strict=True))
    assert known == {alone: True, met: True, never: False}


def test_a_customer_with_two_products_may_be_asked_to_recommend_us_and_earns_points(account_id, manager):
    make.subscription(account_id, product="Analytics")
    one = portrait.portrait(manager, account_id)
    assert "Holds 1 of the 2 products" in referral(one, "en")

    make.subscription(account_id, product="Logistics")
    item_commands.add_item(manager, account_id, "referral", "key-9", {
        "name": "Velora", "referred_on": TODAY, "state": "won", "points": 50,
    })  # fmt: skip
    two = portrait.portrait(manager, account_id)
    assert referral(two, "en") == "Holds 2 products: may be asked to recommend us. 50 points earned."
    assert referral(two, "zh-CN").startswith("持有 2 个产品：可邀请其推荐。")


def test_a_partner_is_a_contact_of_its_own_kind_and_never_the_sponsor(account_id, manager):
    commands.create_contact(manager, account_id, "key-p", {
        "name": "Pan Yi", "kind": "partner", "is_sponsor": False, "active": True,
    })  # fmt: skip
    row = blocks.contacts(manager, account_id).iloc[0]
    assert row["kind"] == "partner"
    assert tables.said("contacts", blocks.contacts(manager, account_id), "en")["kind"].iloc[0] == "Partner"

    with pytest.raises(Invalid) as refused:
        commands.correct_contact(manager, int(row["id"]), int(row["version"]), {"is_sponsor": True})
    assert refused.value.code == "contact_partner_sponsor"

"""What a person chooses: among the channels that are theirs, seen and changed by themselves alone."""

from dataclasses import replace

import pytest

from lib.access import Role
from lib.errors import Conflict, Invalid
from lib.notices import choices, queries
from lib.notices.rules import Wishes
from lib.people.identity import viewer_of
from lib.store import models as m
from tests import make
from tests.make import NOW


def test_nobody_is_told_of_anything_before_they_chose(embedded, ann, mail):
    found = choices.chosen(ann)

    assert found.channels == {"mail": "email"}
    assert found.address == "ann@harbourline.test"
    assert set(found.picked.values()) == {()}
    assert found.wishes == Wishes("mine", 8, None, None)


def test_what_was_chosen_is_kept_and_can_be_taken_back(database, ann, mail):
    wishes = Wishes("mine", 7, 20, 8)
    choices.choose(ann, wishes, {"alert": ("mail",), "digest": ("mail",)}, 0)
    found = choices.chosen(ann)
    assert (found.wishes, found.version) == (wishes, 1)
    assert found.picked["alert"] == found.picked["digest"] == ("mail",)

    choices.choose(ann, Wishes(), {"alert": ()}, 1)

    assert set(choices.chosen(ann).picked.values()) == {()}
    with pytest.raises(Conflict):
        choices.choose(ann, wishes, {}, 1)


def test_a_channel_nobody_set_up_and_mail_without_a_vouched_address_cannot_be_chosen(embedded, ann, mail):
    with pytest.raises(Invalid) as refused:
        choices.choose(ann, Wishes(), {"alert": ("slack",)}, 0)
    assert refused.value.code == "notice_channel"

    make.change(m.Person, ann.person_id, verified_email=None, email="typed@harbourline.test")
    assert choices.chosen(ann).channels == {}
    with pytest.raises(Invalid):
        choices.choose(ann, Wishes(), {"alert": ("mail",)}, 0)


def test_an_address_counts_only_while_the_provider_knows_the_person(embedded, ann, mail):
    make.change(m.Person, ann.person_id, issuer=None)

    assert choices.chosen(ann).address is None


def test_a_room_needs_no_address(embedded, manager, hook):
    assert choices.chosen(manager).channels == {"hook": "webhook"}


@pytest.mark.parametrize(
    ("role", "scopes", "decides"),
    [(Role.ACCOUNT_MANAGER, ("mine",), False), (Role.TEAM_LEAD, ("mine", "team"), False),
     (Role.LEADERSHIP, ("mine", "team", "all"), True)],
)  # fmt: skip
def test_scopes_and_kinds_are_those_the_role_may_see(embedded, mail, role, scopes, decides):
    viewer = viewer_of(make.person(roles=[role]), NOW)
    found = choices.chosen(viewer)

    assert found.scopes == scopes
    assert ("approval" in found.kinds) is decides
    if not decides:
        with pytest.raises(Invalid):
            choices.choose(viewer, Wishes("all"), {}, 0)
        with pytest.raises(Invalid):
            choices.choose(viewer, Wishes(), {"approval": ()}, 0)


def test_a_scope_that_was_lost_with_a_role_falls_back(embedded, leader, mail):
    choices.choose(leader, Wishes("all"), {}, 0)

    assert choices.chosen(replace(leader, roles=frozenset({Role.SALES}))).wishes.scope == "mine"


def test_the_page_counts_people_and_shows_no_address(embedded, admin, ann, mail, hook):
    choices.choose(ann, Wishes(), {"alert": ("mail", "hook"), "digest": ("mail",)}, 0)
    ways = queries.ways(admin)

    assert [(way.name, way.service, way.people) for way in ways] == [
        ("hook", "webhook", 1),
        ("mail", "email", 1),
    ]
    assert "127.0.0.1" not in repr(ways)

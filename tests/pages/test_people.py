"""The people page and the handover as a person sees them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Role, Viewer
from lib.people import identity, queries, staff, standins
from lib.settings import ROOT
from tests import make
from tests.make import NOW, TODAY

HOSTILE = "<img src=x> **b** [x](http://x) $a$ =1+1"


def opened(viewer: Viewer, page: str = "people", **params: object) -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
    at.session_state["viewer"] = viewer
    for name, value in params.items():
        at.query_params[name.rstrip("_")] = str(value)
    return at.run()


def words(at: AppTest) -> str:
    kinds = ("markdown", "caption", "error", "info", "warning", "text")
    return "\n".join(e.value for kind in kinds for e in getattr(at, kind)).replace("\\", "")


def press(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


@pytest.fixture
def team(embedded, admin, manager, other_manager):
    """A lead with one report, and a colleague of another team."""
    lead = make.person(name="Lead", roles=[Role.TEAM_LEAD], team="Harbour")
    staff.edit(admin, manager.person_id, 1, {"team": "Harbour"}, lead_id=lead)
    return identity.viewer_of(lead, NOW)


def test_the_list_names_roles_lead_state_and_accounts(team, admin, manager):
    make.account(owner=manager.person_id)

    at = opened(admin)

    assert not at.exception
    row = at.dataframe[0].value.set_index("name").loc["Lin Wei"]
    assert row[["roles", "team", "lead", "state", "owned", "stand_in"]].tolist() == [
        "Account manager", "Harbour", "Lead", "Active", "1", None
    ]  # fmt: skip


def test_filters_live_in_the_address(team, admin):
    assert opened(admin, role="team_lead").dataframe[0].value["name"].tolist() == ["Lead"]
    assert opened(admin, team="Harbour").dataframe[0].value["name"].tolist() == ["Lead", "Lin Wei"]
    assert opened(admin, who="zhao").dataframe[0].value["name"].tolist() == ["Zhao Min"]
    assert "No person matches" in words(opened(admin, who="nobody like it"))


def test_a_team_lead_reads_their_team_and_finds_no_way_to_change_it(team, manager):
    at = opened(team, id=manager.person_id)

    assert at.dataframe[0].value["name"].tolist() == ["Lead", "Lin Wei"]
    keys = {b.key for b in at.button}
    assert "way-stand-in" in keys
    assert not keys & {"way-give-role", "way-edit", "switch-off-yes", "take-account_manager"}


def test_waiting_people_stand_on_top_with_what_to_do(embedded, admin):
    make.person(name="new.face", issuer="https://id.example", subject="1")

    at = opened(admin)

    assert "1 person signed in and waits for a role" in words(at)
    assert at.dataframe[0].value["name"].tolist()[0] == "new.face"


def test_a_role_is_given_and_taken_in_the_drawer(team, admin, manager):
    at = opened(admin, id=manager.person_id)
    assert "Account manager" in words(at)
    at = press(at, "way-give-role")
    at.selectbox(key="people-give-role-role").set_value("approver_1")
    at = at.button[-1].click().run()
    assert identity.viewer_of(manager.person_id, NOW).roles == {Role.ACCOUNT_MANAGER, Role.APPROVER_1}

    press(opened(admin, id=manager.person_id), "take-approver_1")
    assert identity.viewer_of(manager.person_id, NOW).roles == {Role.ACCOUNT_MANAGER}


def test_somebody_switched_off_who_holds_accounts_leads_to_the_handover(team, admin, manager):
    make.account(owner=manager.person_id)
    at = opened(admin, id=manager.person_id)
    assert "1 account stays with them until you hand it over" in words(at)

    press(at, "switch-off-yes")

    assert identity.viewer_of(manager.person_id, NOW) is None
    assert "Lin Wei is switched off and still looks after 1 account" in words(opened(admin))


def test_the_last_admin_reads_why_they_stay(embedded, admin):
    at = press(opened(admin, id=admin.person_id), "switch-off-yes")

    assert "last active admin" in words(at)
    assert identity.viewer_of(admin.person_id, NOW)


def test_names_are_text_wherever_they_stand(embedded, admin):
    person = make.person(name=HOSTILE, roles=[Role.SALES])

    at = opened(admin, id=person)

    assert not at.exception
    assert HOSTILE in at.dataframe[0].value["name"].tolist()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("view", ["people", "stand-ins", "uncovered"])
def test_every_view_speaks_both_languages(team, admin, manager, view, language):
    standins.lend_for(admin, manager.person_id, team.person_id, TODAY, TODAY + timedelta(days=3), "Holiday")
    make.account(owner=manager.person_id)

    at = opened(replace(admin, language=language), view=view)

    assert not at.exception
    assert at.title[0].value == {"en": "People", "zh-CN": "人员"}[language]


@pytest.mark.acceptance("C33")
def test_a_vip_account_without_owner_or_backup_is_listed_until_it_has_both(team, admin, manager):
    bare = make.account(name="Bare Ltd")
    make.account(name="Half Ltd", owner=manager.person_id)
    make.account(name="Whole Ltd", owner=manager.person_id, backup=admin.person_id)
    make.account(name="Small Ltd", is_vip=False)
    gone = make.person(name="Gone", roles=[Role.ACCOUNT_MANAGER], active=False)
    make.account(name="Orphan Ltd", owner=gone, backup=manager.person_id)

    listed = opened(admin, view="uncovered").dataframe[0].value.set_index("account")["missing"].to_dict()

    assert listed == {"Bare Ltd": "Owner and backup", "Orphan Ltd": "Owner", "Half Ltd": "Backup"}
    make.assignment(bare, manager.person_id)
    make.assignment(bare, admin.person_id, "backup")
    assert queries.uncovered_count(admin) == 2


@pytest.mark.acceptance("C33")
def test_a_book_is_handed_over_with_the_figures_in_sight_and_taken_back(team, admin, manager, other_manager):
    one = make.account(owner=manager.person_id, backup=other_manager.person_id)
    make.account(backup=manager.person_id, owner=other_manager.person_id)
    make.task(one, manager.person_id)
    make.promise(one, manager.person_id)
    make.alert(one)
    at = opened(admin, "handover", from_=manager.person_id, to=other_manager.person_id)
    assert not at.exception
    assert [m.value for m in at.metric] == ["2", "1", "1", "1", "1", "0", "1", "0", "0"]
    assert "2 accounts are left without a backup" in words(at)
    at.selectbox(key="_backup").select(str(admin.person_id)).run()

    at = press(at, f"handover-{manager.person_id}-run")
    assert not at.exception and not at.error
    assert queries.person(admin, manager.person_id).held == 0
    assert queries.person(admin, other_manager.person_id).owned == 2

    press(at, "handover-undo")
    assert queries.person(admin, manager.person_id).held == 2
    assert queries.person(admin, other_manager.person_id).held == 2


def test_a_lead_hands_over_books_of_their_team_alone(team, manager, other_manager):
    make.account(owner=manager.person_id)
    make.account(owner=other_manager.person_id)

    at = opened(team, "handover", from_=other_manager.person_id)

    assert at.selectbox(key="_from").options[1:] == ["Lin Wei"]
    assert "Choose whose accounts" in words(at)

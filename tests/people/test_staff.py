"""People's records: added, changed, switched off and on, signed out, linked; the last admin stays."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lib.access import Role, Viewer
from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.people import identity, queries, roles, staff
from lib.store import models as m
from lib.store.database import read_one, transaction
from tests import make
from tests.make import NOW


def stored(person_id: int) -> m.Person:
    with transaction() as session:
        return session.get(m.Person, person_id)


def last_audit(command: str):  # noqa: ANN201 - a Row
    statement = select(m.AuditEntry).where(m.AuditEntry.command == command).order_by(m.AuditEntry.id.desc())
    with transaction() as session:
        return session.execute(statement).scalars().first()


def sign_in(person_id: int, **over) -> int:
    values = {"digest": f"{person_id}-{over.get('digest', 'x')}", "started_at": NOW, "seen_at": NOW}
    return make.insert(m.SignIn(person_id=person_id, **values | over))


def test_a_person_is_added_with_roles_and_a_lead_and_once_per_form(database, admin, manager):
    values = {"name": " Gao Ling ", "name_zh": "高玲", "email": "gao@vendor.example", "language": "zh-CN"}

    first = staff.add(admin, "form-1", values, ["account_manager", "approver_1"], manager.person_id)
    again = staff.add(admin, "form-1", values, ["account_manager", "approver_1"], manager.person_id)

    assert first == again
    person = stored(first)
    assert (person.name, person.manager_id, person.language) == ("Gao Ling", manager.person_id, "zh-CN")
    assert identity.viewer_of(first, NOW).roles == {Role.ACCOUNT_MANAGER, Role.APPROVER_1}
    assert last_audit("people.add").new["roles"] == ["account_manager", "approver_1"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": ""}, "field_missing"),
        ({"name": "A\u202eB"}, "field_characters"),
        ({"name": "A", "email": "no address"}, "field_format"),
        ({"name": "A", "language": "fr"}, "field_choice"),
        ({"name": "A", "active": False}, "field_not_open"),
        ({"name": "A", "manager_id": 1}, "field_not_open"),
    ],
)
def test_a_wrong_value_is_refused_and_nobody_is_added(embedded, admin, values, code):
    before = read_one(select(func.count()).select_from(m.Person))[0]

    with pytest.raises(Invalid) as refused:
        staff.add(admin, "form-1", values)

    assert refused.value.code == code
    assert read_one(select(func.count()).select_from(m.Person))[0] == before


def test_the_technical_role_is_not_given_by_hand(embedded, admin, manager):
    with pytest.raises(Invalid, match="person_role_unknown"):
        staff.add(admin, "form-1", {"name": "A"}, ["technical"])
    with pytest.raises(Invalid, match="person_role_unknown"):
        roles.give_role(admin, manager.person_id, 1, "technical")


def test_two_active_people_do_not_share_an_address(embedded, admin):
    staff.add(admin, "form-1", {"name": "A", "email": "a@vendor.example"})

    with pytest.raises(Conflict, match="person_same_email"):
        staff.add(admin, "form-2", {"name": "B", "email": "A@vendor.example"})


def test_an_edit_keeps_what_was_there_and_refuses_what_was_seen_too_long_ago(database, admin, manager):
    version = staff.edit(admin, manager.person_id, 1, {"name": "Lin Wei", "team": "Harbour"})

    assert version == 2
    assert last_audit("people.edit").old == {"team": None}
    with pytest.raises(Conflict, match="changed_meanwhile"):
        staff.edit(admin, manager.person_id, 1, {"team": "Other"})
    assert staff.edit(admin, manager.person_id, 2, {"team": "Harbour"}) == 2


def test_leads_never_form_a_ring(database, admin, manager, other_manager, seller):
    one, two, three = manager.person_id, other_manager.person_id, seller.person_id
    staff.edit(admin, two, 1, {}, lead_id=one)
    staff.edit(admin, three, 1, {}, lead_id=two)

    for lead in (three, two, one):
        with pytest.raises(Invalid, match="lead_loop"):
            staff.edit(admin, one, 1, {}, lead_id=lead)
    assert stored(one).manager_id is None


def test_a_lead_is_an_active_person(embedded, admin, manager, technical):
    gone = make.person(active=False)

    for lead in (gone, technical.person_id, 987_654):
        with pytest.raises(Invalid, match="lead_unknown"):
            staff.edit(admin, manager.person_id, 1, {}, lead_id=lead)


def test_switching_off_closes_the_desk_and_every_sign_in(database, admin, manager):
    sign_in_id = sign_in(manager.person_id)
    assert identity.viewer_of(manager.person_id, NOW, sign_in_id=sign_in_id)

    version = staff.switch_off(admin, manager.person_id, 1, "Left the company")

    assert identity.viewer_of(manager.person_id, NOW) is None
    ended = read_one(select(m.SignIn.ended_at, m.SignIn.ended_by).where(m.SignIn.id == sign_in_id))
    assert tuple(ended) == (NOW, "admin")
    entry = last_audit("people.switch_off")
    assert (entry.reason, entry.new["sign_ins_ended"]) == ("Left the company", 1)
    with pytest.raises(Conflict, match="person_is_off"):
        staff.switch_off(admin, manager.person_id, version)

    assert staff.switch_on(admin, manager.person_id, version) == version + 1
    assert identity.viewer_of(manager.person_id, NOW).roles == {Role.ACCOUNT_MANAGER}
    assert identity.viewer_of(manager.person_id, NOW, sign_in_id=sign_in_id) is None


def test_what_somebody_switched_off_has_open_is_refused_at_the_next_command(database, admin, manager):
    account = make.account(owner=manager.person_id)
    staff.switch_off(admin, manager.person_id, 1)

    from lib.flows import leaving

    with pytest.raises(NotAllowed, match="signed_out"):
        leaving.set_status(manager, account, 1, "paused")


def test_ending_sign_ins_leaves_the_person_their_roles(database, admin, manager):
    old = sign_in(manager.person_id)

    staff.end_sign_ins(admin, manager.person_id, 1)

    assert identity.viewer_of(manager.person_id, NOW, sign_in_id=old) is None
    new = sign_in(manager.person_id, digest="later", started_at=NOW + timedelta(seconds=5))
    assert identity.viewer_of(manager.person_id, NOW + timedelta(seconds=5), sign_in_id=new)


def test_the_last_active_admin_is_neither_switched_off_nor_loses_the_role(database, admin):
    make.person(roles=[Role.ADMIN], active=False)

    with pytest.raises(Conflict, match="last_admin"):
        staff.switch_off(admin, admin.person_id, 1)
    with pytest.raises(Conflict, match="last_admin"):
        roles.take_role(admin, admin.person_id, 1, "admin")
    assert identity.viewer_of(admin.person_id, NOW).roles == {Role.ADMIN}


def _at_once(*acts) -> list[str]:
    """Each act in a thread of its own, begun together; "done" or the refusal's code."""
    ready, outcomes = threading.Barrier(len(acts)), [""] * len(acts)

    def work(place: int) -> None:
        ready.wait()
        try:
            acts[place]()
            outcomes[place] = "done"
        except (Conflict, NotAllowed) as refusal:
            outcomes[place] = refusal.code

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize("act", ["switch_off", "take_role"])
def test_two_admins_who_remove_each_other_at_once_leave_one(database, admin, act):
    other_id = make.person(name="Second", roles=[Role.ADMIN])
    other = Viewer(person_id=other_id, name="Second", roles=frozenset({Role.ADMIN}), now=NOW)

    def remove(viewer: Viewer, person_id: int) -> None:
        if act == "switch_off":
            staff.switch_off(viewer, person_id, 1)
        else:
            roles.take_role(viewer, person_id, 1, "admin")

    outcomes = _at_once(lambda: remove(admin, other_id), lambda: remove(other, admin.person_id))

    assert outcomes.count("done") == 1
    alive = [identity.viewer_of(i, NOW) for i in (admin.person_id, other_id)]
    assert [Role.ADMIN in (v.roles if v else ()) for v in alive].count(True) == 1


def test_two_admins_who_give_up_their_own_role_at_once_leave_one(database, admin):
    other_id = make.person(name="Second", roles=[Role.ADMIN])
    other = Viewer(person_id=other_id, name="Second", roles=frozenset({Role.ADMIN}), now=NOW)

    outcomes = _at_once(
        lambda: roles.take_role(admin, admin.person_id, 1, "admin"),
        lambda: roles.take_role(other, other_id, 1, "admin"),
    )

    assert sorted(outcomes) == ["done", "last_admin"]


def test_a_role_by_hand_is_given_and_taken_and_a_mapped_one_is_not(database, admin, manager):
    make.insert(m.PersonRole(person_id=manager.person_id, role="sales", origin="mapped"))

    assert roles.give_role(admin, manager.person_id, 1, "sales") == 2
    with pytest.raises(Conflict, match="role_held"):
        roles.give_role(admin, manager.person_id, 2, "sales")
    assert roles.take_role(admin, manager.person_id, 2, "sales") == 3
    with pytest.raises(Conflict, match="role_mapped"):
        roles.take_role(admin, manager.person_id, 3, "sales")
    with pytest.raises(Conflict, match="role_not_held"):
        roles.take_role(admin, manager.person_id, 3, "leadership")

    assert identity.viewer_of(manager.person_id, NOW).roles == {Role.ACCOUNT_MANAGER, Role.SALES}


def test_a_waiting_identity_is_linked_to_the_record_that_was_there(database, admin, manager):
    waiting = make.person(name="lin.wei", issuer="https://id.example", subject="77", signed_in_at=NOW)
    sign_in_id = sign_in(waiting)
    assert list(queries.listed(admin)["state"])[0] == "waiting"

    staff.link(admin, manager.person_id, 1, waiting)

    person = stored(manager.person_id)
    assert (person.issuer, person.subject, person.signed_in_at) == ("https://id.example", "77", NOW)
    assert read_one(select(m.SignIn.person_id).where(m.SignIn.id == sign_in_id))[0] == manager.person_id
    assert waiting not in set(queries.listed(admin)["id"])
    assert identity.viewer_of(waiting, NOW) is None
    with pytest.raises(NotFound):
        staff.link(admin, manager.person_id, 2, waiting)


def test_only_a_waiting_identity_is_linked_and_only_to_a_record_without_one(embedded, admin, manager, seller):
    waiting = make.person(name="x", issuer="https://id.example", subject="1")
    known = make.person(name="y", issuer="https://id.example", subject="2", roles=[Role.SALES])

    with pytest.raises(Conflict, match="person_not_waiting"):
        staff.link(admin, manager.person_id, 1, seller.person_id)
    with pytest.raises(Conflict, match="person_not_waiting"):
        staff.link(admin, waiting, 1, waiting)
    with pytest.raises(Conflict, match="person_has_identity"):
        staff.link(admin, known, 1, waiting)


def test_nobody_touches_the_technical_person(embedded, admin, technical):
    for act in (staff.switch_off, staff.switch_on, staff.end_sign_ins):
        with pytest.raises(NotFound):
            act(admin, technical.person_id, 1)
    with pytest.raises(NotFound):
        roles.give_role(admin, technical.person_id, 1, "sales")
    with pytest.raises(NotFound):
        staff.edit(admin, technical.person_id, 1, {"name": "Other"})
    assert technical.person_id not in set(queries.listed(admin)["id"])


def test_a_team_lead_sees_who_reports_to_them_and_changes_nobody(database, admin, manager, other_manager):
    lead_id = make.person(name="Lead", roles=[Role.TEAM_LEAD])
    staff.edit(admin, manager.person_id, 1, {}, lead_id=lead_id)
    lead = identity.viewer_of(lead_id, NOW)

    assert set(queries.listed(lead)["id"]) == {lead_id, manager.person_id}
    assert queries.person(lead, manager.person_id).lead == "Lead"
    with pytest.raises(NotFound):
        queries.person(lead, other_manager.person_id)
    with pytest.raises(NotAllowed):
        roles.give_role(lead, manager.person_id, 2, "sales")


def test_the_list_tells_roles_by_origin_and_the_book(database, admin, manager, seller):
    make.insert(m.PersonRole(person_id=manager.person_id, role="leadership", origin="mapped"))
    make.account(owner=manager.person_id, backup=admin.person_id)
    make.account(owner=manager.person_id)

    row = queries.listed(admin).set_index("id").loc[manager.person_id]

    assert (row.by_hand, row.mapped) == (("account_manager",), ("leadership",))
    assert (row.owned, row.backed_up) == (2, 0)

"""From an ID token's claims to a viewer: who is found, who is made, which roles follow, who stays out."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from lib.access import Role
from lib.people import claims as tokens
from lib.people.sign_in import admit, sign_out, still_in
from lib.settings import settings
from lib.store.database import reading, transaction
from lib.store.models import AuditEntry, Person, PersonRole, SignIn
from tests import make
from tests.make import NOW

ISSUER = "https://id.harbourline.test"
ROLES = {"vip-am": ["account_manager"], "vip-admins": ["admin"], "vip-lead": ["leadership", "approver_2"]}


@pytest.fixture(autouse=True)
def provider(monkeypatch):
    values = {
        "PUBLIC_URL": "https://desk.harbourline.test",
        "OIDC_METADATA_URL": f"{ISSUER}/.well-known/openid-configuration",
        "OIDC_CLIENT_ID": "vip-desk", "OIDC_CLIENT_SECRET": "mV7qTz0rJx2LbN9s",
        "OIDC_COOKIE_SECRET": "kq8ZrT2mWx5VbY7nHc3JdF6gLs9PaE4u", "OIDC_ROLES": json.dumps(ROLES),
    }  # fmt: skip
    for name, value in values.items():
        monkeypatch.setenv(f"VIP_DESK_{name}", value)
    settings.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()


def token(subject="s-1", at=NOW, **over):
    made = {"iss": ISSUER, "sub": subject, "iat": int(at.timestamp()), "nonce": f"n-{subject}-{at}",
            "name": "Song Jie", "groups": ["vip-am"]}  # fmt: skip
    return made | over


def roles_of(person_id: int) -> set[tuple[str, str]]:
    with reading() as connection:
        rows = connection.execute(
            select(PersonRole.role, PersonRole.origin).where(PersonRole.person_id == person_id)
        )
        return {(row.role, row.origin) for row in rows}


def commands_on_record() -> list[str]:
    with reading() as connection:
        return list(connection.execute(select(AuditEntry.table_name).order_by(AuditEntry.id)).scalars())


def test_a_first_sign_in_makes_the_person_with_the_roles_of_their_groups(database):
    found = admit(token(), NOW, "10.0.0.7")

    assert found.why == "in"
    assert found.viewer.roles == {Role.ACCOUNT_MANAGER}
    assert found.viewer.name == "Song Jie"
    assert found.viewer.address == "10.0.0.7"
    assert roles_of(found.person_id) == {("account_manager", "mapped")}
    assert commands_on_record() == ["person", "person_role", "sign_in"]


def test_the_same_token_signs_in_once_however_many_clicks(database):
    first = admit(token(), NOW, None)
    second = admit(token(), NOW + timedelta(seconds=30), None)

    assert second.sign_in_id == first.sign_in_id
    assert commands_on_record().count("sign_in") == 1


def test_groups_replace_the_mapped_roles_and_leave_those_given_by_hand(embedded):
    person_id = admit(token(), NOW, None).person_id
    make.role(person_id, Role.SALES)
    later = NOW + timedelta(hours=1)

    found = admit(token(at=later, groups=["vip-lead", "unknown"]), later, None)

    assert roles_of(person_id) == {
        ("leadership", "mapped"), ("approver_2", "mapped"), ("sales", "hand"),
    }  # fmt: skip
    assert found.viewer.roles == {Role.LEADERSHIP, Role.APPROVER_2, Role.SALES}


def test_a_token_without_groups_takes_the_mapped_roles_away(embedded):
    person_id = admit(token(), NOW, None).person_id
    later = NOW + timedelta(hours=1)
    without = token(at=later)
    del without["groups"]

    assert admit(without, later, None).why == "no_role"
    assert roles_of(person_id) == set()


def test_without_a_mapping_nothing_is_touched(embedded, provider):
    provider.setenv("VIP_DESK_OIDC_ROLES", "{}")
    settings.cache_clear()

    found = admit(token(), NOW, None)

    assert found.why == "no_role"
    assert found.name == "Song Jie"


def test_a_verified_address_finds_the_prepared_record(embedded):
    prepared = make.person(name="宋洁", email="Song.Jie@Harbourline.test", roles=[Role.SALES])

    found = admit(token(email="song.jie@harbourline.test", email_verified=True), NOW, None)

    assert found.person_id == prepared
    assert found.viewer.roles == {Role.SALES, Role.ACCOUNT_MANAGER}


@pytest.mark.parametrize("verified", [False, None, "no"])
def test_an_address_nobody_vouches_for_finds_nobody(embedded, verified):
    prepared = make.person(email="song.jie@harbourline.test", roles=[Role.ADMIN])

    found = admit(token(email="song.jie@harbourline.test", email_verified=verified), NOW, None)

    assert found.person_id != prepared


def test_two_records_with_one_address_are_left_to_an_admin(embedded):
    both = {make.person(email="a@b.test"), make.person(email="a@b.test")}

    assert admit(token(email="a@b.test", email_verified=True), NOW, None).person_id not in both


def test_an_identity_once_linked_does_not_move_with_the_address(embedded):
    first = admit(token(email="a@b.test", email_verified=True), NOW, None).person_id

    assert admit(token("s-2", email="a@b.test", email_verified=True), NOW, None).person_id != first
    assert admit(token("s-1", iss="https://else.test"), NOW, None).person_id != first


@pytest.mark.parametrize("setting", [f"{ISSUER} s-1", "Song.Jie@harbourline.test"])
def test_the_first_admin_comes_from_the_setting_and_only_as_the_first(embedded, provider, setting):
    provider.setenv("VIP_DESK_FIRST_ADMIN", setting)
    settings.cache_clear()
    claims = token(email="song.jie@harbourline.test", email_verified=True, groups=[])

    found = admit(claims, NOW, None)
    assert found.viewer.roles == {Role.ADMIN}

    with transaction() as session:
        for role in session.execute(select(PersonRole).where(PersonRole.role == Role.ADMIN)).scalars():
            session.delete(role)
    make.person(roles=[Role.ADMIN], issuer=ISSUER, subject="another")
    later = NOW + timedelta(hours=1)
    assert admit(claims | {"iat": int(later.timestamp())}, later, None).why == "no_role"


def test_groups_never_take_the_last_admin_away(embedded):
    person_id = admit(token(groups=["vip-admins"]), NOW, None).person_id
    later = NOW + timedelta(hours=1)

    assert admit(token(at=later), later, None).viewer.roles == {Role.ADMIN, Role.ACCOUNT_MANAGER}
    make.person(roles=[Role.ADMIN], issuer=ISSUER, subject="another")
    again = later + timedelta(hours=1)
    assert admit(token(at=again), again, None).viewer.roles == {Role.ACCOUNT_MANAGER}
    assert roles_of(person_id) == {("account_manager", "mapped")}


def test_a_signed_out_token_is_worth_nothing(database):
    found = admit(token(), NOW, None)
    assert still_in(token(), NOW)

    sign_out(found, NOW, None)

    assert admit(token(), NOW, None).why == "expired"
    assert not still_in(token(), NOW)


def test_a_person_switched_off_is_out_at_the_next_click(embedded):
    found = admit(token(), NOW, None)
    with transaction() as session:
        session.get(Person, found.person_id).active = False

    assert admit(token(), NOW, None).why == "switched_off"
    assert not still_in(token(), NOW)
    assert admit(token(at=NOW + timedelta(minutes=5)), NOW + timedelta(minutes=5), None).why == "switched_off"


def test_sign_ins_from_before_valid_after_are_over(embedded):
    found = admit(token(), NOW, None)
    later = NOW + timedelta(minutes=10)
    with transaction() as session:
        session.get(Person, found.person_id).valid_after = later

    assert admit(token(), later, None).why == "expired"
    assert admit(token(at=NOW + timedelta(minutes=1)), later, None).why == "expired"
    assert admit(token(at=later), later, None).why == "in"


def test_the_longest_time_ends_a_sign_in_that_was_used_all_along(embedded, provider):
    provider.setenv("VIP_DESK_SESSION_HOURS", "8")
    settings.cache_clear()
    for minutes in range(0, 8 * 60, 60):
        assert admit(token(), NOW + timedelta(minutes=minutes), None).why == "in"

    assert admit(token(), NOW + timedelta(hours=8), None).why == "expired"


def test_idleness_ends_a_sign_in_and_a_click_prolongs_it(embedded):
    idle = timedelta(minutes=settings().session_idle_minutes)
    admit(token(), NOW, None)

    assert admit(token(), NOW + idle - timedelta(minutes=1), None).why == "in"
    assert admit(token(), NOW + 2 * idle - timedelta(minutes=2), None).why == "in"
    assert admit(token(), NOW + 3 * idle, None).why == "expired"
    assert not still_in(token(), NOW + 3 * idle)


def test_an_old_token_that_nobody_used_is_too_old(embedded):
    assert admit(token(), NOW + timedelta(hours=11), None).why == "expired"
    assert admit(token(at=NOW + timedelta(hours=1)), NOW, None).why == "expired"
    with reading() as connection:
        assert connection.execute(select(SignIn.id)).first() is None


@pytest.mark.parametrize(
    "broken", [{}, {"iss": "", "sub": "s", "iat": 1}, {"iss": "i", "sub": "s", "iat": "soon"},
               {"iss": "i", "sub": None, "iat": 1}, {"iss": "i", "sub": "s" * 256, "iat": 1},
               {"iss": "i", "sub": "s", "iat": 10**30}, {"iss": "i", "sub": "s", "iat": True}],
)  # fmt: skip
def test_claims_that_are_none_open_nothing(embedded, broken):
    assert admit(broken, NOW, None).why == "expired"
    assert not still_in(broken, NOW)


@pytest.mark.parametrize(
    ("claims", "path", "groups"),
    [
        ({"groups": ["a", "b"]}, "groups", ("a", "b")),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", ("a",)),
        ({"https://harbourline.test/groups": ["a"]}, "https://harbourline.test/groups", ("a",)),
        ({"groups": "a"}, "groups", ("a",)),
        ({"groups": {"a": 1}}, "groups", ()),
        ({}, "groups", ()),
        ({"realm_access": "x"}, "realm_access.roles", ()),
    ],
)
def test_groups_are_found_where_each_provider_puts_them(claims, path, groups):
    read = tokens.read({"iss": "i", "sub": "s", "iat": 1} | claims, path)

    assert read.groups == groups

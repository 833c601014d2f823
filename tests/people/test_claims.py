"""Of an ID token's claims the desk keeps those it reads."""

from lib.access import Role
from lib.people import claims

TOKEN = {
    "iss": "https://login.harbourline.test", "sub": "42", "iat": 1_790_000_000, "nonce": "n",
    "name": "Lin Yue", "email": "lin@harbourline.test", "email_verified": True, "picture": "x" * 4000,
}  # fmt: skip
ROLES = {"vip": (Role.ACCOUNT_MANAGER,)}


def test_what_is_kept_reads_as_the_whole_token_does():
    whole = claims.read({**TOKEN, "groups": ["vip"]}, "groups")

    assert claims.read(claims.needed({**TOKEN, "groups": ["vip"]}, "groups", ROLES), "groups") == whole


def test_groups_without_a_role_are_left_out_wherever_they_stand():
    nested = {**TOKEN, "realm_access": {"roles": ["canteen", "vip", "garage"]}}

    kept = claims.needed(nested, "realm_access.roles", ROLES)

    assert claims.read(kept, "realm_access.roles").groups == ("vip",)
    assert "picture" not in kept
    assert "realm_access" not in kept
    assert "groups" not in claims.needed({**TOKEN, "groups": ["canteen"]}, "groups", ROLES)

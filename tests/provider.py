"""An identity provider on this machine, for tests: real OpenID Connect, with people made up for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from oidc_provider_mock import User, run_server_in_thread

PEOPLE = {
    "lin": {"name": "Lin Yue", "email": "lin@harbourline.test", "groups": ["vip-managers"]},
    "amara": {"name": "Amara Osei", "email": "amara@harbourline.test", "groups": ["vip-leaders"]},
    "zhao": {"name": "Zhao Min", "email": "zhao@harbourline.test", "groups": ["vip-admins"]},
    "noor": {"name": "Noor Haddad", "email": "noor@harbourline.test", "groups": ["canteen"]},
}
ROLES = '{"vip-managers": ["account_manager"], "vip-leaders": ["leadership"], "vip-admins": ["admin"]}'


@dataclass(frozen=True)
class Provider:
    """Where it runs; `metadata` is what a desk is told."""

    url: str

    @property
    def metadata(self) -> str:
        return f"{self.url}/.well-known/openid-configuration"


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that knows PEOPLE and puts their groups into the ID token, for a desk with ROLES."""
    people = [User(sub=sub, claims={**claims, "email_verified": True}) for sub, claims in PEOPLE.items()]
    with run_server_in_thread(user_claims=people) as server:
        yield Provider(f"http://localhost:{server.server_port}")

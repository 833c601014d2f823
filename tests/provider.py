"""An identity provider on this machine, for tests: real OpenID Connect, with people made up for it."""

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from oidc_provider_mock import User, run_server_in_thread
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string

from tests.servers import PROVIDER
from tests.visitor import Visitor

MANY_GROUPS = [str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{n}.harbourline.test")) for n in range(300)]
PEOPLE = {
    "lin": {"name": "Lin Yue", "email": "lin@harbourline.test", "groups": ["vip-managers"]},
    "amara": {
        "name": "Amara Osei",
        "email": "amara@harbourline.test",
        "groups": [*MANY_GROUPS, "vip-leaders"],
    },
    "song": {"name": "Song Jie", "email": "song@harbourline.test", "groups": ["vip-managers"]},
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


def claims(sub: str, *, age: float = 0, **over: object) -> dict[str, Any]:
    """What an ID token of one of PEOPLE says, issued `age` seconds ago."""
    issued = int(time.time() - age)
    told = {"iss": "http://localhost:9", "sub": sub, "aud": "vip-desk", "iat": issued, "exp": issued + 3600}
    return {**told, "nonce": f"{sub}-{issued}", "email_verified": True, **PEOPLE[sub], **over}


def identity(said: dict[str, Any], origin: str, secret: str | None = None) -> str:
    """The identity cookie of somebody who signed in, as Streamlit signs it: a Cookie header."""
    text = json.dumps({**said, "origin": origin, "is_logged_in": True, "provider": "default"})
    key = secret or PROVIDER["VIP_DESK_OIDC_COOKIE_SECRET"]
    return f"_streamlit_user={create_signed_value(key, '_streamlit_user', text).decode()}"


def signed_in(port: int, origin: str, cookie: str, **headers: str) -> Visitor:
    """A visitor without a browser whose websocket brings an identity, and the mark against forgery."""
    mark = generate_xsrf_token_string()
    cookies = f"{cookie}; _streamlit_xsrf={mark}"
    return Visitor(port, xsrf=mark, Cookie=cookies, Origin=origin, **headers)

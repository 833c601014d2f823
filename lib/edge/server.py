"""Streamlit's own options where they follow from ours, and the ones that would open the desk."""

import ipaddress

import streamlit as st
from streamlit import config

from lib.edge.callers import believe_no_headers, host_name
from lib.settings import LOCAL_NAMES, settings

# Options a start with another value would turn against the desk; each stops the start.
NEEDED = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,  # true protects: foreign origins are refused
    "server.trustedUserHeaders": {},  # a header would name the person, past the sign-in
    "server.baseUrlPath": "",  # the desk lives at the root of its address
    "global.developmentMode": False,
}


def settle() -> dict[str, dict]:
    """Bring the server's options into line before the app is built; the secrets Streamlit's sign-in needs.

    Raises SystemExit with one sentence per option that does not go with a safe desk.
    """
    problems = [f"{name}: leave it at {value!r}." for name, value in NEEDED.items() if _differs(name, value)]
    if not settings().has_provider and not _is_loopback(st.get_option("server.address")):
        problems.append(
            "server.address: without a sign-in provider the desk serves this machine alone; use 127.0.0.1."
        )
    if problems:
        raise SystemExit("VIP Desk does not start. " + " ".join(problems))
    believe_no_headers()
    return _company_sign_in() if settings().has_provider else {}


def _differs(name: str, value: object) -> bool:
    found = st.get_option(name)
    return (found or value) != value if not isinstance(value, bool) else found is not value


def _is_loopback(address: str | None) -> bool:
    if address in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def _company_sign_in() -> dict[str, dict]:
    """Streamlit keys the cookie of a sign-in under way before it knows these secrets: two processes behind
    one address agree on it only when the option says it too."""
    found = settings()
    secret = found.oidc_cookie_secret.get_secret_value()
    config.set_option("server.cookieSecret", secret)
    config.set_option("server.allowedHosts", [host_name(found.public_url.partition("://")[2])])
    # Without a prompt of ours Streamlit asks for select_account, which some providers refuse; [] asks none.
    asked = {"scope": found.oidc_scope, "prompt": found.oidc_prompt or []}
    return {
        "auth": {
            "redirect_uri": f"{found.public_url}/oauth2callback",
            "cookie_secret": secret,
            "client_id": found.oidc_client_id,
            "client_secret": found.oidc_client_secret.get_secret_value(),
            "server_metadata_url": found.oidc_metadata_url,
            "client_kwargs": asked,
        }
    }

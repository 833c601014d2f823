"""What an ID token says about a person, read from its claims alone; pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lib.access import Role

# What tells one token from the next of the same person in the same second, where the provider sends it.
_UNIQUE = ("iss", "sub", "iat", "nonce", "sid", "jti", "auth_time")
_LABELS = ("name", "preferred_username", "email", "email_verified", "locale")


@dataclass(frozen=True)
class Claims:
    """A person as the provider names them: identity is issuer and subject, everything else is a label.

    `email` is kept only when the provider vouches for it. `digest` names this one token.
    """

    issuer: str
    subject: str
    issued_at: datetime
    name: str
    email: str | None
    language: str
    groups: tuple[str, ...]
    digest: str


def read(claims: Mapping[str, Any], groups_claim: str) -> Claims | None:
    """The claims as values; None where a claim that every ID token carries is missing or malformed.

    OpenID Connect Core 1.0, section 2: iss, sub and iat are always there; section 5.1: the others.
    """
    issuer, subject, issued = claims.get("iss"), claims.get("sub"), claims.get("iat")
    if not _is_text(issuer) or not _is_text(subject) or isinstance(issued, bool):
        return None
    try:
        issued_at = datetime.fromtimestamp(int(issued), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    email = claims.get("email")
    vouched = claims.get("email_verified") in (True, "true") and _is_text(email)
    called = (claims.get(key) for key in ("name", "preferred_username", "email"))
    spoken = str(claims.get("locale") or "")
    token = "\n".join(f"{key}={claims.get(key)}" for key in _UNIQUE)
    return Claims(
        issuer, subject, issued_at,
        name=next((value.strip() for value in called if _is_text(value) and value.strip()), subject),
        email=email.strip().lower() if vouched else None,
        language="zh-CN" if spoken.lower().startswith("zh") else "en",
        groups=_groups(claims, groups_claim),
        digest=hashlib.sha256(token.encode()).hexdigest(),
    )  # fmt: skip


def needed(claims: Mapping[str, Any], groups_claim: str, mapping: Mapping[str, Sequence[Role]]) -> dict:
    """The claims that are read here, with no group but the mapped ones: the same token, small enough for a
    cookie. Somebody may be in hundreds of groups, and a request's headers have an end."""
    kept = {name: claims[name] for name in (*_UNIQUE, *_LABELS) if name in claims}
    groups = [group for group in _groups(claims, groups_claim) if group in mapping]
    return kept | ({groups_claim: groups} if groups else {})


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 255


def _groups(claims: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """The groups at a dotted path (Keycloak: realm_access.roles); a single text counts as one group."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for step in path.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return (found,)
    return tuple(str(group) for group in found) if isinstance(found, list | tuple) else ()


def mapped_roles(groups: Sequence[str], mapping: Mapping[str, Sequence[Role]]) -> frozenset[Role]:
    """The roles the groups stand for; a group without an entry gives none."""
    return frozenset(role for group in groups for role in mapping.get(group, ()))


def is_first_admin(claims: Claims, setting: str | None) -> bool:
    """Whether the setting "ISSUER SUBJECT", or a verified e-mail address, names this person."""
    if not setting:
        return False
    if setting.split() == [claims.issuer, claims.subject]:
        return True
    return claims.email is not None and claims.email == setting.strip().lower()

"""Settings from the environment (VIP_DESK_…), read once; a wrong value stops the start with a sentence."""

import ipaddress
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from lib.access import Role

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_STORE = f"sqlite:///{ROOT / 'data' / 'vip-desk.db'}"
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
COOKIE_SECRET_CHARACTERS = 32
CLIENT_SECRET_CHARACTERS = 8
# A secret with one of these in it was copied from a page of instructions.
EXAMPLE_WORDS = (
    "change", "example", "secret", "password", "placeholder", "your-", "your_", "12345678", "xxxx",
)  # fmt: skip
PROVIDER = ("public_url", "oidc_metadata_url", "oidc_client_id", "oidc_client_secret", "oidc_cookie_secret")
CHANNEL, WEBHOOK_KEY = "VIP_DESK_CHANNEL_", "VIP_DESK_WEBHOOK_KEY_"
# What a channel's address may begin with, and the service behind it; nothing else carries a message.
SCHEMES = {
    "mailto": "email", "mailtos": "email", "slack": "slack", "workflows": "teams", "feishu": "feishu",
    "lark": "lark", "dingtalk": "dingtalk", "wecombot": "wecom", "https": "webhook",
}  # fmt: skip
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Channel:
    """A way out for messages: VIP_DESK_CHANNEL_<NAME> with its address, and for a plain webhook
    VIP_DESK_WEBHOOK_KEY_<NAME> that signs it. Both are secrets: the name and the scheme alone are shown."""

    name: str
    scheme: str
    address: SecretStr = field(repr=False)
    key: SecretStr | None = field(default=None, repr=False)

    @property
    def service(self) -> str:
        return SCHEMES.get(self.scheme, "webhook")

    @property
    def is_personal(self) -> bool:
        """It reaches one person, at the address the identity provider vouches for; else a shared room."""
        return self.service == "email"


class Settings(BaseSettings):
    """Everything somebody may change about a running desk; see the table in the README.

    `public_url` is the origin people open, without a path; the provider sends them back to it. `oidc_roles`
    maps a group of the provider to role names. `first_admin` is "ISSUER SUBJECT" or a verified e-mail
    address. `trusted_proxies` are the addresses whose X-Forwarded headers count.
    """

    model_config = SettingsConfigDict(env_prefix="VIP_DESK_", extra="ignore")

    database_url: str = DEFAULT_STORE
    migrate_url: str | None = None  # PostgreSQL: the role that owns the tables; the desk's own then may not
    demo: Literal["auto", "off"] = "auto"  # auto: an embedded store that does not exist yet gets demo data
    zone: str = "Asia/Shanghai"  # the company's time zone: what "today" means
    company_en: str = "Harbourline Systems"
    company_zh: str = "海岸线软件"
    fulfilment_folder: Path | None = None  # where instructions to the product are left as files
    datasets: Path | None = None  # folder with third-party files for tests and trials
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    public_url: str | None = None
    oidc_metadata_url: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_cookie_secret: SecretStr | None = None
    oidc_groups_claim: str = "groups"  # a dotted path reaches into nested claims: realm_access.roles
    oidc_roles: Annotated[dict[str, tuple[Role, ...]], NoDecode] = {}
    oidc_scope: str = "openid profile email"
    oidc_prompt: Literal["none", "login", "consent", "select_account"] | None = None
    first_admin: str | None = None
    session_hours: int = Field(default=12, ge=1, le=720)  # the identity cookie lives 30 days at most
    session_idle_minutes: int = Field(default=120, ge=1, le=43_200)
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = ()
    quote_smtp: SecretStr | None = None  # smtps://USER:PASSWORD@HOST or smtp:// with STARTTLS: sends quotes
    quote_hook_key: SecretStr | None = None  # signs what a mail or signing tool tells of quotes
    webhook_local: bool = False  # for trials: plain webhooks may go to this very machine, also by http

    @field_validator("database_url", "migrate_url")
    @classmethod
    def _known_store(cls, value: str | None) -> str | None:
        if value is None or value.startswith("sqlite:///"):
            return value
        for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
            if value.startswith(prefix):
                return "postgresql+psycopg://" + value.removeprefix(prefix)
        raise ValueError("use sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is no time zone; example: Asia/Shanghai")
        return value

    @field_validator(*PROVIDER, "first_admin", "oidc_prompt", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: Any) -> Any:
        return (value.strip() or None) if isinstance(value, str) else value

    @field_validator("public_url")
    @classmethod
    def _origin(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = _web_address(value)
        if parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ValueError("give the address without a path, such as https://desk.harbourline.com")
        usual = {"https": 443, "http": 80}[parts.scheme]
        name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return f"{parts.scheme}://{name}" + (f":{parts.port}" if parts.port not in (None, usual) else "")

    @field_validator("oidc_metadata_url")
    @classmethod
    def _metadata(cls, value: str | None) -> str | None:
        if value is not None and len(_web_address(value).path) < 2:
            raise ValueError("give the whole address; it ends in /.well-known/openid-configuration")
        return value

    @field_validator("oidc_cookie_secret")
    @classmethod
    def _long_secret(cls, value: SecretStr | None) -> SecretStr | None:
        return _no_example(value, COOKIE_SECRET_CHARACTERS)

    @field_validator("oidc_client_secret")
    @classmethod
    def _real_secret(cls, value: SecretStr | None) -> SecretStr | None:
        return _no_example(value, CLIENT_SECRET_CHARACTERS)

    @field_validator("quote_hook_key")
    @classmethod
    def _long_key(cls, value: SecretStr | None) -> SecretStr | None:
        return _no_example(value, COOKIE_SECRET_CHARACTERS) if value and value.get_secret_value() else None

    @field_validator("quote_smtp")
    @classmethod
    def _mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        parts = urlsplit(value.get_secret_value())
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/"):
            raise ValueError("use smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST")
        return value

    @field_validator("oidc_scope")
    @classmethod
    def _asks_for_identity(cls, value: str) -> str:
        if "openid" not in value.split():
            raise ValueError("it must contain openid")
        return " ".join(value.split())

    @field_validator("oidc_groups_claim")
    @classmethod
    def _claim_path(cls, value: str) -> str:
        if not all(part.strip() for part in value.split(".")):
            raise ValueError("name a claim, or a path such as realm_access.roles")
        return value

    @field_validator("oidc_roles", mode="before")
    @classmethod
    def _groups_to_roles(cls, value: Any) -> Any:
        mapping = _json(value) if isinstance(value, str) else value
        lists = mapping.values() if isinstance(mapping, dict) else [None]
        if not all(isinstance(roles, list | tuple) for roles in lists):
            raise ValueError('use a JSON object of lists, such as {"vip-managers": ["account_manager"]}')
        known = {str(role) for role in Role} - {Role.TECHNICAL}
        for role in (role for roles in lists for role in roles):
            if role not in known:
                raise ValueError(f"{role!r} is no role; roles are {', '.join(sorted(known))}")
        return mapping

    @field_validator("first_admin")
    @classmethod
    def _person(cls, value: str | None) -> str | None:
        if value is None or (len(value.split()) == 1 and 0 < value.find("@") < len(value) - 1):
            return value
        if len(value.split()) == 2 and value.startswith(("https://", "http://")):
            return " ".join(value.split())
        raise ValueError("use an e-mail address, or the issuer's address, a blank and the subject")

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _proxies(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return tuple(_network(item.strip()) for item in value.split(",") if item.strip())

    @model_validator(mode="after")
    def _whole_provider(self) -> "Settings":
        missing = [name for name in PROVIDER if getattr(self, name) is None]
        asked = [n for n in self.model_fields_set if n.startswith("oidc_") and getattr(self, n) is not None]
        if self.public_url and len(missing) == len(PROVIDER) - 1 and not asked:
            raise ValueError(
                "VIP_DESK_PUBLIC_URL: a desk with a public address needs a sign-in provider; set "
                + ", ".join(_variable(name) for name in missing)
            )
        if (asked or self.public_url) and missing:
            raise ValueError(" ".join(f"{_variable(n)}: missing; company sign-in needs it." for n in missing))
        return self

    @property
    def is_embedded(self) -> bool:
        return self.database_url.startswith("sqlite:")

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def has_provider(self) -> bool:
        """People sign in with the company's provider; without one the desk serves this machine alone."""
        return self.oidc_metadata_url is not None

    @property
    def may_be_demo(self) -> bool:
        """A store made by the desk itself may be filled with demo data: never behind company sign-in."""
        return self.demo == "auto" and self.is_embedded and not self.has_provider


def _variable(name: str) -> str:
    return f"VIP_DESK_{name.upper()}"


def _web_address(value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        named = False
    if not named or parts.username is not None or not value.isascii() or " " in value:
        raise ValueError("this is no web address")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL_NAMES):
        raise ValueError("use https; plain http is for localhost alone")
    if parts.hostname.split(".")[-1] == "example" or parts.hostname.split(".")[-2:-1] == ["example"]:
        raise ValueError("this is an address from an example")
    return parts


def _no_example(value: SecretStr | None, length: int) -> SecretStr | None:
    if value is None:
        return None
    text = value.get_secret_value()
    if len(text) < length:
        raise ValueError(f"too short; use at least {length} random characters")
    if len(set(text)) < min(length, 8) or any(word in text.lower() for word in EXAMPLE_WORDS):
        raise ValueError("this is an example; use random characters")
    return value


def _json(text: str) -> Any:
    try:
        return json.loads(text or "{}")
    except ValueError:
        return None


def _network(text: str) -> Network:
    try:
        network = ipaddress.ip_network(text)
    except ValueError:
        raise ValueError(f"{text!r} is no address; use addresses such as 10.0.0.5 or 10.0.0.0/28") from None
    if network.prefixlen == 0:
        raise ValueError(f"{text!r} is everybody; name your proxies")
    return network


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Exits with one sentence per wrong setting."""
    try:
        found = Settings()
    except ValidationError as error:
        raise SystemExit("VIP Desk does not start. " + " ".join(map(_sentence, error.errors()))) from None
    channels()
    return found


@lru_cache(maxsize=1)
def channels() -> dict[str, Channel]:
    """The channels for messages by name (small letters). Exits with one sentence per wrong one, which never
    holds the address."""
    found, wrong = read_channels(os.environ)
    if wrong:
        raise SystemExit("VIP Desk does not start. " + " ".join(wrong))
    return found


def read_channels(environment: Mapping[str, str]) -> tuple[dict[str, Channel], list[str]]:
    """The channels of an environment, and what is wrong with it."""
    found: dict[str, Channel] = {}
    wrong: list[str] = []
    here = environment.get("VIP_DESK_WEBHOOK_LOCAL", "").strip().lower() in ("1", "true", "yes", "on")
    for variable in sorted(v for v in environment if v.startswith(CHANNEL) and environment[v].strip()):
        name, address = variable.removeprefix(CHANNEL), environment[variable].strip()
        scheme = address.partition("://")[0].lower() if "://" in address else ""
        key = environment.get(WEBHOOK_KEY + name, "").strip()
        if reason := _wrong_channel(name, scheme, address, key, here):
            wrong.append(f"{variable}: {reason}.")
            continue
        secret = SecretStr(key) if key else None
        found[name.lower()] = Channel(name.lower(), scheme, SecretStr(address), secret)
    for variable in sorted(v for v in environment if v.startswith(WEBHOOK_KEY)):
        if CHANNEL + variable.removeprefix(WEBHOOK_KEY) not in environment:
            wrong.append(f"{variable}: there is no {CHANNEL}{variable.removeprefix(WEBHOOK_KEY)}.")
    return found, wrong


def _wrong_channel(name: str, scheme: str, address: str, key: str, here: bool) -> str:
    """What is wrong with a channel; empty when nothing is."""
    if not re.fullmatch(r"[A-Z][A-Z0-9_]{0,31}", name):
        return "call it by up to 32 capital letters, digits and underscores, such as VIP_DESK_CHANNEL_MAIL"
    local = here and scheme == "http" and urlsplit(address).hostname in LOCAL_NAMES
    if scheme not in SCHEMES and not local:
        return "use an address that begins with " + ", ".join(f"{one}://" for one in SCHEMES)
    if scheme not in ("https", "http"):
        return "" if len(address) <= 1000 and address.isprintable() else "this is no address"
    if not key:
        return f"set {WEBHOOK_KEY}{name}, the key its messages are signed with"
    try:
        _web_address(address)
        _no_example(SecretStr(key), COOKIE_SECRET_CHARACTERS)
    except ValueError as error:
        return f"{error}" if "web address" in str(error) else f"{WEBHOOK_KEY}{name} or the address: {error}"
    return ""


def _sentence(error: dict) -> str:
    said = error["msg"].removeprefix("Value error, ").rstrip(".") + "."
    return f"{_variable(error['loc'][0])}: {said}" if error["loc"] else said

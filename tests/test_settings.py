"""Settings: each wrong, missing, half-given, short or example value stops the start with its sentence."""

import pytest

from lib.settings import channels, read_channels, settings
from tests.servers import PROVIDER


@pytest.fixture
def read(monkeypatch):
    """Reads the settings as a start would, from the variables given and no others."""

    def reading(**given: str):
        for name in PROVIDER:
            monkeypatch.delenv(name, raising=False)
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        return settings()

    yield reading
    settings.cache_clear()


def test_without_any_setting_there_is_no_provider(read):
    assert not read().has_provider
    assert read().trusted_proxies == ()
    assert (read().session_hours, read().session_idle_minutes) == (12, 120)


def test_a_whole_provider_is_read(read):
    found = read(
        **PROVIDER, VIP_DESK_OIDC_ROLES='{"vip": ["account_manager", "approver_1"]}',
        VIP_DESK_FIRST_ADMIN="https://login.harbourline.test 42",
        VIP_DESK_TRUSTED_PROXIES="10.0.0.5, fd00::/8",
    )  # fmt: skip

    assert found.has_provider
    assert found.public_url == "https://desk.harbourline.test"
    assert found.oidc_roles == {"vip": ("account_manager", "approver_1")}
    assert found.first_admin == "https://login.harbourline.test 42"
    assert [str(network) for network in found.trusted_proxies] == ["10.0.0.5/32", "fd00::/8"]


def test_a_desk_with_company_sign_in_is_never_filled_with_a_demo(read):
    assert read().may_be_demo
    assert not read(**PROVIDER).may_be_demo


def test_secrets_are_in_no_text_of_the_settings(read):
    found = read(**PROVIDER)

    assert PROVIDER["VIP_DESK_OIDC_COOKIE_SECRET"] not in repr(found)
    assert PROVIDER["VIP_DESK_OIDC_CLIENT_SECRET"] not in repr(found)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Desk.Harbourline.com/", "https://desk.harbourline.com"),
        ("https://desk.harbourline.com:443", "https://desk.harbourline.com"),
        ("https://desk.harbourline.com:8443", "https://desk.harbourline.com:8443"),
        ("http://localhost:8501", "http://localhost:8501"),
        ("http://[::1]:8501", "http://[::1]:8501"),
    ],
)
def test_the_public_address_is_kept_as_browsers_write_an_origin(read, address, origin):
    assert read(**{**PROVIDER, "VIP_DESK_PUBLIC_URL": address}).public_url == origin


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PUBLIC_URL", "http://desk.harbourline.com", "use https"),
        ("PUBLIC_URL", "desk.harbourline.com", "no web address"),
        ("PUBLIC_URL", "https://desk.harbourline.com/vip", "without a path"),
        ("PUBLIC_URL", "https://me@desk.harbourline.com", "no web address"),
        ("PUBLIC_URL", "https://desk.example.com", "from an example"),
        ("OIDC_METADATA_URL", "https://login.harbourline.com", "whole address"),
        ("OIDC_METADATA_URL", "http://login.harbourline.com/.well-known/openid-configuration", "use https"),
        ("OIDC_METADATA_URL", "https://idp.example/.well-known/openid-configuration", "from an example"),
        ("OIDC_CLIENT_SECRET", "abc", "too short"),
        ("OIDC_CLIENT_SECRET", "your-client-secret", "this is an example"),
        ("OIDC_COOKIE_SECRET", "kZ3", "too short"),
        ("OIDC_COOKIE_SECRET", "a" * 40, "this is an example"),
        ("OIDC_COOKIE_SECRET", "change-me-change-me-change-me-change-me", "this is an example"),
        ("OIDC_SCOPE", "email", "must contain openid"),
        ("OIDC_GROUPS_CLAIM", "realm_access.", "name a claim"),
        ("OIDC_PROMPT", "always", "Input should be"),
        ("OIDC_ROLES", "vip=admin", "JSON object"),
        ("OIDC_ROLES", '{"vip": "admin"}', "JSON object"),
        ("OIDC_ROLES", '{"vip": ["boss"]}', "'boss' is no role"),
        ("OIDC_ROLES", '{"vip": ["technical"]}', "'technical' is no role"),
        ("FIRST_ADMIN", "zhao.min", "use an e-mail address"),
        ("SESSION_HOURS", "0", "greater than or equal to 1"),
        ("SESSION_HOURS", "1000", "less than or equal to 720"),
        ("SESSION_IDLE_MINUTES", "soon", "valid integer"),
        ("TRUSTED_PROXIES", "proxy.local", "no address"),
        ("TRUSTED_PROXIES", "0.0.0.0/0", "is everybody"),
    ],
)
def test_a_wrong_value_stops_the_start_with_its_sentence(read, name, value, sentence):
    with pytest.raises(SystemExit, match=f"does not start. VIP_DESK_{name}: .*{sentence}") as stopped:
        read(**{**PROVIDER, f"VIP_DESK_{name}": value})

    if "SECRET" in name:
        assert value not in str(stopped.value)


@pytest.mark.parametrize("name", sorted(PROVIDER))
def test_a_half_given_provider_stops_the_start_and_names_what_is_missing(read, name):
    with pytest.raises(SystemExit, match=f"{name}: missing; company sign-in needs it"):
        read(**{other: value for other, value in PROVIDER.items() if other != name})


def test_an_empty_value_counts_as_missing(read):
    with pytest.raises(SystemExit, match="VIP_DESK_OIDC_CLIENT_SECRET: missing"):
        read(**{**PROVIDER, "VIP_DESK_OIDC_CLIENT_SECRET": " "})


def test_a_public_address_without_a_provider_stops_the_start(read):
    with pytest.raises(SystemExit, match="a desk with a public address needs a sign-in provider"):
        read(VIP_DESK_PUBLIC_URL="https://desk.harbourline.test")


def test_groups_mapped_to_roles_without_a_provider_stop_the_start(read):
    with pytest.raises(SystemExit, match="VIP_DESK_OIDC_METADATA_URL: missing"):
        read(VIP_DESK_OIDC_ROLES='{"vip": ["admin"]}')


KEY = "k7Qp2vXw9RtLm4Zs8YbN3dHf6JgC1aEu"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"VIP_DESK_CHANNEL_A": "gopher://host/x"}, "VIP_DESK_CHANNEL_A: use an address that begins with"),
        ({"VIP_DESK_CHANNEL_A": "http://host.test/x"}, "VIP_DESK_CHANNEL_A: use an address that begins with"),
        ({"VIP_DESK_CHANNEL_A": "no address"}, "VIP_DESK_CHANNEL_A: use an address that begins with"),
        ({"VIP_DESK_CHANNEL_a": "slack://x"}, "VIP_DESK_CHANNEL_a: call it by up to 32 capital letters"),
        ({"VIP_DESK_CHANNEL_A": "https://host.test/x"}, "VIP_DESK_CHANNEL_A: set VIP_DESK_WEBHOOK_KEY_A"),
        ({"VIP_DESK_CHANNEL_A": "https://host.test/x", "VIP_DESK_WEBHOOK_KEY_A": "k7Qp2"}, "too short"),
        ({"VIP_DESK_CHANNEL_A": "https://user@host.test/", "VIP_DESK_WEBHOOK_KEY_A": KEY}, "no web address"),
        ({"VIP_DESK_WEBHOOK_KEY_B": KEY}, "VIP_DESK_WEBHOOK_KEY_B: there is no VIP_DESK_CHANNEL_B"),
    ],
)
def test_a_wrong_channel_stops_the_start_with_a_sentence_that_holds_no_address(given, said, monkeypatch):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    channels.cache_clear()
    with pytest.raises(SystemExit) as stopped:
        channels()
    channels.cache_clear()

    assert said in str(stopped.value)
    assert not any(value in str(stopped.value) for value in given.values())


def test_channels_go_by_small_letters_and_keep_their_secrets():
    found, wrong = read_channels(
        {"VIP_DESK_CHANNEL_TEAM_ROOM": "feishu://abcd-token", "VIP_DESK_CHANNEL_EMPTY": " ",
         "VIP_DESK_CHANNEL_HOOK": "https://hooks.harbourline.test/x", "VIP_DESK_WEBHOOK_KEY_HOOK": KEY,
         "VIP_DESK_CHANNEL_TRIAL": "http://localhost:9/x", "VIP_DESK_WEBHOOK_KEY_TRIAL": KEY[::-1],
         "VIP_DESK_WEBHOOK_LOCAL": "true"}
    )  # fmt: skip

    assert wrong == []
    assert {name: one.service for name, one in found.items()} == {
        "hook": "webhook", "team_room": "feishu", "trial": "webhook"
    }  # fmt: skip
    assert not any(secret in repr(found) for secret in ("abcd-token", "hooks.harbourline", KEY))

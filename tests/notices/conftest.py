"""Channels of a test's own environment, servers on this machine behind them, and people who chose them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from lib.access import Role, Viewer
from lib.flows import notices as flow
from lib.notices import choices, services
from lib.notices.rules import Kind, Wishes
from lib.people.identity import viewer_of
from lib.policy import commands
from lib.settings import channels, settings
from lib.store import models as m
from lib.store import outbox
from lib.store.database import reading, transaction
from tests import loopback, make
from tests.make import NOW, TODAY


@pytest.fixture
def environment(monkeypatch) -> Callable[..., None]:
    """Sets VIP_DESK_… variables by the rest of their name, as a start would read them."""

    def given(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"VIP_DESK_{name}", value)
        settings.cache_clear()
        channels.cache_clear()

    yield given
    monkeypatch.undo()
    settings.cache_clear()
    channels.cache_clear()


@pytest.fixture
def mail(environment):
    """A channel "mail" to a server on this machine."""
    with loopback.mail_server() as server:
        environment(CHANNEL_MAIL=server.address)
        yield server


@pytest.fixture
def hook(environment):
    """A channel "hook" to a web server on this machine, by the setting for trials."""
    with loopback.web_server() as server:
        environment(CHANNEL_HOOK=server.address, WEBHOOK_KEY_HOOK=loopback.KEY, WEBHOOK_LOCAL="true")
        yield server


def reachable(person_id: int, name: str = "ann", **more: object) -> None:
    """The provider knows the person and vouches for an address."""
    make.change(m.Person, person_id, issuer="https://login.harbourline.test", subject=name,
                verified_email=f"{name}@harbourline.test", **more)  # fmt: skip


def choose(viewer: Viewer, channel: str, *kinds: Kind, **wishes: object) -> None:
    """The person wants these kinds on the channel, and nothing else."""
    now = choices.chosen(viewer)
    picked = {str(kind): (channel,) for kind in kinds}
    choices.choose(viewer, Wishes(**wishes), picked, now.version)


@pytest.fixture
def ann(store) -> Viewer:
    """An account manager with a vouched-for address."""
    person_id = make.person(name="Ann Bell", roles=[Role.ACCOUNT_MANAGER], external_id="ann")
    reachable(person_id)
    return viewer_of(person_id, NOW)


@pytest.fixture
def look(technical) -> Callable[..., dict[str, int]]:
    """One look of the sender at an instant (default: NOW), or so long after it."""

    def looked(later: timedelta = timedelta(0), send=services.send) -> dict[str, int]:
        at = NOW + later
        return flow.send_waiting(replace(technical, now=at), lambda: at, send)

    return looked


def at(hour: int, minute: int = 0) -> datetime:
    """An instant of the test's day by the clock in Shanghai, where the company is."""
    return NOW.replace(hour=(hour - 8) % 24, minute=minute) - timedelta(days=1 if hour < 8 else 0)


def happened(viewer: Viewer, kind: str, key: str, **values: int) -> None:
    """An act left its row."""
    with transaction() as session:
        outbox.put(session, viewer, kind, key, **values)


def critical(account: int) -> int:
    return make.alert(account, level="critical")


def rows(**wanted: object) -> list:
    """The messages there are, oldest first."""
    o = m.Outbox
    with reading() as connection:
        found = select(o.id, o.state, o.outcome, o.attempts, o.payload, o.message_key, o.due_at, o.version)
        return connection.execute(found.filter_by(**wanted).order_by(o.id)).fetchall()


def policy(admin: Viewer, **changes: str) -> None:
    commands.change(admin, "notices", 1, changes, TODAY, "for the test")

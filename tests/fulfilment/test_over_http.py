"""Instructions over HTTP to a product on this machine: in time, again after a failure, past a killed one."""

import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from lib.access import Role, Viewer
from lib.flows import fulfilling
from lib.fulfilment import queries
from lib.fulfilment.rules import State
from lib.people.identity import technical_viewer
from lib.settings import ROOT, channels, settings
from lib.store import database as stores
from tests import loopback, make
from tests.fulfilment.test_fulfilling import accept
from tests.make import NOW


@pytest.fixture
def product(monkeypatch):
    """A product that takes instructions, at the address whoever runs the desk has set."""
    with loopback.web_server() as server:
        for name, value in (("CHANNEL_FULFILMENT", server.address), ("WEBHOOK_LOCAL", "true"),
                            ("WEBHOOK_KEY_FULFILMENT", loopback.KEY)):  # fmt: skip
            monkeypatch.setenv(f"VIP_DESK_{name}", value)
        settings.cache_clear()
        channels.cache_clear()
        yield server
    monkeypatch.undo()
    settings.cache_clear()
    channels.cache_clear()


@pytest.fixture
def account_id(manager, product) -> int:
    return make.account(owner=manager.person_id)


def keys(server: loopback.WebServer) -> list[str]:
    return [headers["Idempotency-Key"] for _path, headers, _body in server.posted]


def deliver(technical, now: datetime) -> dict[str, int]:
    return fulfilling.deliver_waiting(replace(technical, now=now), lambda: now)


@pytest.mark.acceptance("C10")
def test_automatic_benefits_are_in_force_within_a_minute_and_the_product_was_told_each_once(
    database, manager, technical, account_id, product
) -> None:
    accept(manager, account_id)
    soon = manager.now + timedelta(seconds=10)  # the next look at the outbox

    deliver(technical, soon)
    deliver(technical, soon)

    lines = queries.lines(manager, account_id).query("automatic")
    told = [json.loads(body) for _path, _headers, body in product.posted]
    assert len(keys(product)) == len(set(keys(product))) == len(lines) == len(told)
    assert all((at - manager.now).total_seconds() <= 60 for at in lines["in_force_at"])
    assert all(headers["X-VIP-Desk-Signature"].startswith("v1=") for _p, headers, _b in product.posted)
    assert "net_minor" not in json.dumps(told)


def test_a_product_that_fails_is_asked_again_with_the_same_keys(
    database, manager, technical, account_id, product
) -> None:
    accept(manager, account_id)
    product.status = 503
    deliver(technical, manager.now)
    asked = keys(product)
    states = set(queries.lines(manager, account_id).query("automatic")["state"])

    product.status = 204
    deliver(technical, manager.now + timedelta(seconds=5))
    early = keys(product)
    deliver(technical, manager.now + timedelta(minutes=1))

    assert states == {State.WAITING}
    assert early == asked, "not before its time"
    assert sorted(keys(product)[len(asked) :]) == sorted(asked)
    assert State.WAITING not in set(queries.lines(manager, account_id)["state"])


def another_process() -> None:
    """What a sender of its own does until somebody kills it."""
    with stores.use(sys.argv[1]):
        fulfilling.deliver_waiting(technical_viewer(NOW, "another process"), lambda: NOW)


def test_a_process_killed_in_the_middle_neither_loses_nor_doubles_an_instruction(
    database_url, product
) -> None:
    with stores.use(database_url):
        person = make.person(name="Lin Wei", roles=[Role.ACCOUNT_MANAGER])
        manager = Viewer(person, "Lin Wei", frozenset({Role.ACCOUNT_MANAGER}), NOW)
        account_id = make.account(owner=manager.person_id)
        accept(manager, account_id)
        stores.forget(database_url)
        product.wait = 0.4
        run = "from tests.fulfilment.test_over_http import another_process; another_process()"
        sender = subprocess.Popen([sys.executable, "-c", run, database_url], cwd=ROOT)
        give_up = time.monotonic() + 60
        while len(product.posted) < 2 and time.monotonic() < give_up:
            time.sleep(0.02)
        sender.kill()
        sender.wait()
        product.wait = 0

        deliver(technical_viewer(NOW, "the next process"), NOW + timedelta(minutes=3))

        lines = queries.lines(manager, account_id).query("automatic")
        assert sender.returncode != 0
        assert len(set(keys(product))) == len(lines)
        assert len(keys(product)) <= len(lines) + 1  # the one it died over comes again under its key
        assert State.WAITING not in set(lines["state"])

"""What mail and signing tools tell: a file with every row stored or reported, a webhook only when signed."""

import json
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from lib import clock
from lib.edge.hooks import PATH, QuoteHook
from lib.errors import Invalid
from lib.quotes import hook, proving
from lib.quotes.event_file import FILE_MAX, read_events
from lib.quotes.following import import_events, known_events
from lib.settings import settings
from tests.make import NOW

KEY = "kV7pQm2ZxT9wLr4YbN6sHd3JfGc8Ae5U"
HEADER = "id,number,kind,happened_at,note\n"
GOOD = f"e1,QT-2026-0001,viewed,{NOW.isoformat()},by mail\n"


def test_every_row_of_a_file_is_an_event_or_is_reported_with_its_line():
    content = (
        HEADER
        + GOOD
        + "\n,,,,\n"
        + "e2,QT-1,paid,2026-11-20T01:00:00+00:00,\n"
        + "e3,QT-1,viewed,yesterday,\n"
    )

    rows = read_events(content.encode(), NOW)

    assert [(row.line, row.fault and row.fault.code) for row in rows] == [
        (2, None), (5, "quote_event_kind"), (6, "quote_event_time"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff\xfe\x00", "events_file_text"), (b"a,b\n1,2\n", "events_file_header"),
     (b"", "events_file_header"), (b"0" * (FILE_MAX + 1), "events_file_size")],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_whole(content, code):
    with pytest.raises(Invalid) as refusal:
        read_events(content, NOW)

    assert refusal.value.code == code


def test_importing_again_changes_nothing_and_foreign_quotes_stay_untouched(
    database, manager, other_manager, issued
):
    rows = [dict(row.values) for row in read_events((HEADER + GOOD).encode(), NOW)]

    assert import_events(other_manager, rows) == {"stored": 0, "known": 0, "refused": 1}
    assert import_events(manager, rows) == {"stored": 1, "known": 0, "refused": 0}
    assert import_events(manager, rows) == {"stored": 0, "known": 1, "refused": 0}

    assert known_events(manager, ["e1", "e2"]) == {"e1"}
    assert known_events(other_manager, ["e1"]) == set()
    assert proving.life(manager, issued).events.kind.tolist() == ["sent", "viewed"]


@pytest.fixture
def client(monkeypatch, database) -> TestClient:
    monkeypatch.setenv("VIP_DESK_QUOTE_HOOK_KEY", KEY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.cache_clear()
    app = Starlette(routes=[Route("/other", lambda _request: PlainTextResponse("the desk"))])
    yield TestClient(QuoteHook(app))
    settings.cache_clear()


def post(client: TestClient, body: bytes, *, at=NOW, key: str = KEY, **headers: str):
    stamp = str(int(at.timestamp()))
    signed = {hook.STAMP: stamp, hook.SIGNATURE: hook.signature(key, stamp, body)}
    return client.post(PATH, content=body, headers=signed | headers)


def event(**over: object) -> bytes:
    told = {"id": "sig-1", "number": "QT-2026-0001", "kind": "viewed", "happened_at": NOW.isoformat()}
    return json.dumps(told | over).encode()


def test_a_signed_event_is_stored_once(client, manager, issued):
    assert post(client, event()).status_code == 200
    assert post(client, event()).status_code == 409, "a replay is refused"
    assert post(client, event(id="sig-2", number="QT-9")).status_code == 404
    assert post(client, event(id="sig-3", kind="paid")).status_code == 422
    assert post(client, b"[]").status_code == 422

    found = proving.life(manager, issued).events
    assert found.kind.tolist() == ["sent", "viewed"]
    assert found.source.tolist() == ["desk", "webhook"]


@pytest.mark.parametrize("broken", ["key", "late", "early", "body", "stamp", "nothing"])
def test_nothing_gets_in_without_a_fitting_signature_of_these_minutes(client, manager, issued, broken):
    body, stamp = event(), str(int(NOW.timestamp()))
    answer = {
        "key": lambda: post(client, body, key=KEY[::-1]),
        "late": lambda: post(client, body, at=NOW - timedelta(seconds=301)),
        "early": lambda: post(client, body, at=NOW + timedelta(seconds=301)),
        "body": lambda: client.post(PATH, content=body + b" ", headers={
            hook.STAMP: stamp, hook.SIGNATURE: hook.signature(KEY, stamp, body)}),
        "stamp": lambda: client.post(PATH, content=body, headers={
            hook.STAMP: stamp + ".0", hook.SIGNATURE: hook.signature(KEY, stamp + ".0", body)}),
        "nothing": lambda: client.post(PATH, content=body),
    }[broken]()  # fmt: skip

    assert answer.status_code == 401
    assert proving.life(manager, issued).events.kind.tolist() == ["sent"]


def test_a_large_body_is_cut_off_and_other_ways_go_on(client):
    assert post(client, b"0" * (hook.BODY_MAX + 1)).status_code == 413
    assert client.get(PATH).status_code == 405
    assert client.get("/other").text == "the desk"


def test_without_a_key_there_is_no_such_door(monkeypatch, database):
    monkeypatch.delenv("VIP_DESK_QUOTE_HOOK_KEY", raising=False)
    settings.cache_clear()
    app = Starlette(routes=[Route("/other", lambda _request: PlainTextResponse("the desk"))])

    assert TestClient(QuoteHook(app)).post(PATH, content=event()).status_code == 404

"""Each message exactly once: several senders at once, threads and processes, and one that died."""

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lib.access import Role, Viewer
from lib.flows import messenger
from lib.flows import notices as flow
from lib.notices import sending, services
from lib.notices.message import SENT
from lib.notices.rules import Kind
from lib.people.identity import technical_viewer, viewer_of
from lib.settings import ROOT, channels
from lib.store import database
from lib.store import models as m
from tests import make
from tests.make import NOW
from tests.notices.conftest import choose, happened, reachable, rows

PEOPLE = 12


def told(admin: Viewer) -> list[str]:
    """Everybody of a dozen has one message waiting; their addresses."""
    for number in range(PEOPLE):
        person_id = make.person(name=f"P{number}", roles=[Role.ACCOUNT_MANAGER])
        reachable(person_id, f"p{number}")
        choose(viewer_of(person_id, NOW), "mail", Kind.HANDOVER)
        happened(admin, "handover", str(number), person_id=person_id)
    return sorted(f"p{number}@harbourline.test" for number in range(PEOPLE))


def test_several_senders_at_once_send_each_message_once(database, admin, technical, mail):
    wanted = told(admin)
    mail.wait = 0.02
    begin = threading.Barrier(4)

    def work() -> None:
        begin.wait()
        while flow.send_waiting(technical, lambda: NOW) or sending.due(technical) is not None:
            pass

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(to for tos in mail.recipients for to in tos) == wanted
    assert {row.state for row in rows()} == {"sent"}
    assert {row.attempts for row in rows()} == {1}


def another_process() -> None:
    """What a process of its own runs: it says that it is there, waits for a line, and sends what waits."""
    channels.cache_clear()
    with database.use(sys.argv[1]):
        print("there", flush=True)
        sys.stdin.readline()
        flow.send_waiting(technical_viewer(NOW, "another process"), lambda: NOW)


def test_several_processes_at_once_send_each_message_once(database_url, mail):
    with database.use(database_url):
        admin = viewer_of(make.person(name="Root", roles=["admin"]), NOW)
        wanted = told(admin)
        database.forget(database_url)
        run = "from tests.notices.test_once import another_process; another_process()"
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
        command = [sys.executable, "-c", run, database_url]
        senders = [subprocess.Popen(command, **pipes) for _ in range(3)]
        assert [sender.stdout.readline() for sender in senders] == ["there\n"] * 3
        for sender in senders:
            sender.stdin.write("begin\n")
            sender.stdin.flush()
        for sender in senders:
            sender.communicate(timeout=60)

        assert [sender.returncode for sender in senders] == [0, 0, 0]
        assert sorted(to for tos in mail.recipients for to in tos) == wanted
        assert {row.attempts for row in rows()} == {1}


def test_a_sender_killed_after_its_claim_is_followed_by_another_after_a_while(
    database, admin, technical, ann, mail, look
):
    choose(ann, "mail", Kind.HANDOVER)
    happened(admin, "handover", "1", person_id=ann.person_id)
    flow.take_up(technical)
    dead = sending.claim(technical)

    assert look(timedelta(minutes=9)) == {}
    assert mail.taken == []
    assert look(timedelta(minutes=10)) == {"sent": 1}
    assert mail.mails[0]["X-VIP-Desk-Message"] == dead.key
    late = replace(technical, now=NOW + timedelta(minutes=11))
    assert sending.finish(late, dead.id, dead.claim, SENT) == "lost", "the first one comes too late to say so"


def test_a_sender_killed_before_it_could_say_so_sends_again_with_the_same_key(
    embedded, admin, technical, ann, hook, look
):
    """At least once: the receiver tells the second one by its key."""
    choose(ann, "hook", Kind.HANDOVER)
    happened(admin, "handover", "1", person_id=ann.person_id)

    def dies(channel, message, to, now):
        services.send(channel, message, to, now)
        raise SystemExit

    with pytest.raises(SystemExit):
        look(send=dies)
    assert rows()[0].state == "sending"
    look(timedelta(minutes=10))

    assert len(hook.posted) == 2
    assert len({headers["Idempotency-Key"] for _, headers, _ in hook.posted}) == 1


def test_one_that_keeps_dying_is_given_up_and_not_sent_for_ever(embedded, admin, technical, ann, mail, look):
    choose(ann, "mail", Kind.HANDOVER)
    happened(admin, "handover", "1", person_id=ann.person_id)
    flow.take_up(technical)
    for again in range(6):
        assert sending.claim(replace(technical, now=NOW + again * timedelta(minutes=10))) is not None

    assert look(timedelta(minutes=60)) == {}
    assert [(row.state, row.outcome) for row in rows()] == [("failed", "sender_died")]
    assert mail.taken == []


def test_taking_up_what_happened_twice_at_once_makes_one_message(database, admin, technical, ann, mail):
    choose(ann, "mail", Kind.HANDOVER)
    happened(admin, "handover", "1", person_id=ann.person_id)
    begin, made = threading.Barrier(3), []

    def work() -> None:
        begin.wait()
        made.append(flow.take_up(technical))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(made) == 1
    assert len(rows()) == 1


def test_the_thread_beside_the_visitors_sends_and_ends(embedded, admin, ann, mail):
    choose(ann, "mail", Kind.HANDOVER)
    happened(admin, "handover", "1", person_id=ann.person_id)

    assert messenger.start(lambda: NOW, "test", pause=0.05)
    assert not messenger.start(lambda: NOW, "test")
    waited = threading.Event()
    for _ in range(200):
        if mail.taken:
            break
        waited.wait(0.05)
    messenger.stop()

    assert mail.recipients == [["ann@harbourline.test"]]
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(m.Outbox)).scalar_one() == 1


def test_a_desk_without_channels_starts_no_thread(embedded, environment):
    environment()

    assert not messenger.start(lambda: NOW, "test")

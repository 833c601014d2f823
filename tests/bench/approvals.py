"""Approving from many sessions at once, on either kind of store: python -m tests.bench.approvals.

Makes an embedded store and one on PostgreSQL, each with quotes that wait for two people, lets 20 sessions
press the button for all of them at the same moment, and counts. Ends with 1 where one was lost or doubled.
"""

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from lib.access import Role, Viewer
from lib.errors import DeskError
from lib.flows.prepare import prepare
from lib.quotes import commands
from lib.store import database, policy
from lib.store import models as m
from lib.store.database import read_frame, read_one, transaction
from tests import make
from tests.postgres import PostgresServer

WHY = "They sign for three shops and give a public reference."
NEED = 2
AGAIN = ("changed_meanwhile", "store_unavailable")  # somebody else was quicker, or the store is busy


def fill(quotes: int, sessions: int) -> tuple[list[Viewer], list[int]]:
    """The approvers, and quotes that wait for two of them."""
    body = policy.shipped()["approvals"]
    body["rules"] = [{"code": "TWO", "measure": "discount", "limit": "0.30", "result": "approve",
                      "chain": "big", "active": True}]  # fmt: skip
    body["steps"] = [{"code": "two", "chain": "big", "place": 1, "level": 3, "mode": "count", "need": NEED,
                      "hours": 48, "escalate": 3}]  # fmt: skip
    with transaction() as session:
        session.add(m.PolicyVersion(name="approvals", number=2, body=body, valid_from=make.TODAY,
                                    recorded_at=make.NOW))  # fmt: skip
    manager = person("Lin Wei", Role.ACCOUNT_MANAGER)
    account = make.account(owner=manager.person_id)
    waiting = []
    for n in range(quotes):
        made = commands.create_quote(manager, account)
        form = make.quote_form(discount=Decimal("0.3") + Decimal(n) / 10_000, justification=WHY)
        version = commands.save_draft(manager, made, 1, values=form, lines=[make.quote_line()])
        commands.submit_quote(manager, made, version)
        waiting.append(made)
    return [person(f"Approver {n}", Role.APPROVER_3) for n in range(sessions)], waiting


def person(name: str, role: Role) -> Viewer:
    return Viewer(make.person(name, [role]), name, frozenset({role}), make.NOW)


def press(viewer: Viewer, quote_id: int) -> int:
    """Approve as somebody would who reads again after each conflict; how many approvals were confirmed."""
    for _try in range(60):
        version, status = read_one(select(m.Quote.version, m.Quote.status).where(m.Quote.id == quote_id))
        if status != "pending_approval":
            return 0
        try:
            commands.approve_quote(viewer, quote_id, version)
        except DeskError as refusal:
            if refusal.code not in AGAIN:
                return 0
            continue
        return 1
    return 0


def run(name: str, url: str, quotes: int, sessions: int) -> bool:
    """One store; whether every confirmed approval is there once."""
    with database.use(url):
        prepare(make.NOW)
        people, waiting = fill(quotes, sessions)
        began = time.perf_counter()
        with ThreadPoolExecutor(sessions) as pool:
            acts = [pool.submit(press, viewer, quote_id) for quote_id in waiting for viewer in people]
            confirmed = sum(act.result() for act in acts)
        took = time.perf_counter() - began
        stored = len(read_frame(select(m.QuoteDecision.id)))
        twice = read_frame(select(m.QuoteVote.step_id, m.QuoteVote.person_id)).duplicated().sum()
        done = (read_frame(select(m.Quote.status)).status == "approved").sum()
    database.forget(url)
    sound = confirmed == stored == NEED * quotes and not twice and done == quotes
    print(f"{name}: {sessions} sessions, {quotes} quotes of {NEED} people each: {confirmed} confirmed, "
          f"{stored} stored, {twice} double, {done} approved in {took:.1f} s"
          f"{'' if sound else ' - NOT SOUND'}")  # fmt: skip
    return sound


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quotes", type=int, default=10)
    parser.add_argument("--sessions", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = [run("SQLite", f"sqlite:///{Path(folder) / 'desk.db'}", asked.quotes, asked.sessions)]
    server = PostgresServer()
    server.start()
    try:
        found.append(run("PostgreSQL", server.create("approvals"), asked.quotes, asked.sessions))
    finally:
        server.stop()
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main())

"""The weekly task to look up the funding of new customers."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import Session

from lib import format as fmt
from lib.access import Viewer
from lib.store import policy
from lib.store.bulk import insert_dicts
from lib.store.doors import audit
from lib.store.models import Account, Assignment, Person, Task
from lib.vips.rules import is_business, words
from lib.words import LANGUAGES, say

FUNDING_REVIEW = "funding_review"
NAMED = 3  # so many customers stand in the title


def raise_funding_reviews(session: Session, viewer: Viewer, day: date) -> int:
    """One task a period for each account manager with new customers on a business domain whose funding nobody
    looked up yet; how many are new.

    Called by the daily run inside its transaction; the key holds person and period, so that a second run adds
    nothing.
    """
    body = policy.values("vip", day, session)
    every, free = body["funding"]["check_days"], frozenset(words(body["rules"]["free_mail"]))
    since = day - timedelta(days=body["later"]["new_days"])
    rows = session.execute(
        select(Assignment.person_id, Account.name, Account.name_zh, Account.domain)
        .join(Account, Account.id == Assignment.account_id)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.duty == "owner", Assignment.until.is_(None), Person.active)
        .where(Account.status != "churned", Account.funding_on.is_(None))
        .where(Account.signed_up_on > since, Account.signed_up_on <= day)
        .order_by(Assignment.person_id, Account.signed_up_on.desc(), Account.id)
    ).all()
    found: dict[int, list] = {}
    for row in rows:
        if is_business(row.domain, free):
            found.setdefault(row.person_id, []).append(row)
    period = day.toordinal() // every
    keys = {person: f"{FUNDING_REVIEW}:{person}:{every}:{period}" for person in found}
    have = select(Task.dedupe_key).where(Task.kind == FUNDING_REVIEW, Task.owner_id.in_(list(found)))
    known = set(session.execute(have).scalars()) if found else set()
    new = [_task(person, key, found[person], day, viewer) for person, key in keys.items() if key not in known]
    if new:
        insert_dicts(session, Task.__table__, new)
        audit(session, viewer, "task", None, new={"kind": FUNDING_REVIEW, "raised": len(new)})
    return len(new)


def _task(person: int, key: str, rows: list, day: date, viewer: Viewer) -> dict:
    title, title_zh = (_title(rows, language) for language in LANGUAGES)
    return {"account_id": None, "owner_id": person, "kind": FUNDING_REVIEW, "title": title,
            "title_zh": title_zh, "due_on": day, "status": "open", "dedupe_key": key,
            "created_at": viewer.now, "closed_at": None, "version": 1}  # fmt: skip


def _title(rows: list, language: str) -> str:
    names = [(row.name_zh if language == "zh-CN" else None) or row.name for row in rows[:NAMED]]
    return say(language, "vips-task-funding", count=len(rows), names=fmt.names(names, language))

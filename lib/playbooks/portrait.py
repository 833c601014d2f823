"""What playbooks know of one account: milestones with the numbers of its use, trial, demos, gifts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import select

from lib.access import Viewer
from lib.errors import NotFound
from lib.playbooks import facts, milestones
from lib.playbooks.care import budget_left
from lib.playbooks.definitions import current, figures
from lib.playbooks.plan import Milestone
from lib.playbooks.potential import is_high
from lib.store import policy
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, AccountDemo, AccountGift, AccountTrial, Person
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts, visible_accounts

ONBOARDING = "onboarding"


@dataclass(frozen=True)
class Mark:
    """A milestone of an account: when it was reached, by which numbers, or how far it is."""

    milestone: Milestone
    reached_on: date | None
    numbers: dict


@dataclass(frozen=True)
class Portrait:
    """`since` is the first day that counts; `value_days` from there to the first value, where reached.
    `potential`: milestones reached inside the running trial where they are enough to show high potential,
    else 0."""

    account: str
    marks: tuple[Mark, ...]
    since: date | None
    value_days: int | None
    trial_days: int
    budget_left_minor: int
    potential: int = 0


@query("playbooks.portrait", permission="account.read", subject="account")
def account_portrait(viewer: Viewer, account_id: int) -> Portrait:
    """The milestones of onboarding with what use says today, also where no playbook runs. Raises NotFound."""
    with reading() as connection:
        held = select(spoken_name(viewer, Account).label("name"), Account.signed_up_on)
        account = read_one(held.where(Account.id == account_id, visible_accounts(viewer)), connection)
        if account is None:
            raise NotFound()
        found = current(connection, figures(viewer.today, connection)).get(ONBOARDING)
        wanted = found[1].milestones if found else ()
        stored = milestones.reached_of(connection, [account_id])[account_id]
        missing = [m for m in wanted if m.code not in stored]
        stored |= milestones.read(connection, {account_id: missing}, viewer.today)[account_id]
        left = [m for m in missing if m.code not in stored]
        so_far = milestones.progress(connection, account_id, left, viewer.today)
        dates = facts.dates_of(connection, [account_id])[account_id]
        trial_days = policy.values("vip", viewer.today, connection)["trial"]["days"]
        budget = budget_left(connection, account_id, viewer.today)
        least = policy.values("playbooks", viewer.today, connection)["trial"]["high_potential_from"]
    marks = tuple(
        Mark(m, stored[m.code].day, stored[m.code].numbers) if m.code in stored
        else Mark(m, None, so_far.get(m.code, {}))
        for m in wanted
    )  # fmt: skip
    days = [d for d in (dates.trial_start, dates.purchase, account.signed_up_on) if d is not None]
    since = min(days, default=None)
    value = stored.get("first_value")
    value_days = max(0, (value.day - since).days) if value and since else None
    early = (
        sum(m.reached_on is not None and m.reached_on >= dates.trial_start for m in marks)
        if (dates.in_trial(viewer.today))
        else 0
    )
    potential = early if is_high(early, least) else 0
    return Portrait(account.name, marks, since, value_days, trial_days, budget, potential)


@query("playbooks.trials", permission="account.read", subject="account")
def trials(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """id, version, starts_on, ends_on, criteria, outcome, converted_on, note, author: newest first."""
    a = AccountTrial
    shown = (a.id, a.version, a.starts_on, a.ends_on, a.criteria, a.outcome, a.converted_on, a.note)
    return _noted(viewer, a, shown, a.starts_on, account_id)


@query("playbooks.demos", permission="account.read", subject="account")
def demos(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """id, version, status, offered_on, held_on, attendees, author: newest first."""
    a = AccountDemo
    shown = (a.id, a.version, a.status, a.offered_on, a.held_on, a.attendees)
    return _noted(viewer, a, shown, a.offered_on, account_id)


@query("playbooks.gifts", permission="account.read", subject="account")
def gifts(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """kind, what, given_on, cost_minor, currency, author: newest first."""
    a = AccountGift
    shown = (a.kind, a.what, a.given_on, a.cost_minor, a.currency)
    return _noted(viewer, a, shown, a.given_on, account_id)


def _noted(viewer: Viewer, model: Any, shown: Sequence[Any], day: Any, account_id: int) -> pd.DataFrame:
    """What people wrote down about one account, with the author, the newest day first."""
    return read_frame(
        select(*shown, spoken_name(viewer, Person).label("author"))
        .join(Person, Person.id == model.person_id)
        .where(model.account_id == account_id, of_visible_accounts(viewer, model.account_id))
        .order_by(day.desc(), model.id.desc())
    )

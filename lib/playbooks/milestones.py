"""Milestones of onboarding, read from use: when each was reached, and how far an account is from the rest."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from sqlalchemy import func, insert, select
from sqlmodel import Session

from lib.access import Viewer
from lib.playbooks.facts import Source
from lib.playbooks.plan import Milestone
from lib.store.database import parts
from lib.store.models import Account, AccountDay, AccountMilestone, FeatureDay, UserDay

BACK = 120  # so many days of single users are read to date a milestone


@dataclass(frozen=True)
class Reached:
    day: date
    numbers: dict[str, Any]


def reached_of(source: Source, account_ids: Iterable[int]) -> dict[int, dict[str, Reached]]:
    """account -> milestone -> when it was reached, of what is on record."""
    found: dict[int, dict[str, Reached]] = {i: {} for i in account_ids}
    m = AccountMilestone
    for part in parts(sorted(found)):
        rows = select(m.account_id, m.code, m.reached_on, m.numbers).where(m.account_id.in_(part))
        for row in source.execute(rows):
            found[row.account_id][row.code] = Reached(row.reached_on, row.numbers)
    return found


def record(
    session: Session, viewer: Viewer, wanted: Mapping[int, Sequence[Milestone]], day: date
) -> dict[int, dict[str, Reached]]:
    """Store what was reached before the morning of `day` and is not on record; everything reached."""
    known = reached_of(session, wanted)
    missing = {
        i: [m for m in milestones if m.code not in known[i]]
        for i, milestones in wanted.items()
        if any(m.code not in known[i] for m in milestones)
    }
    new = []
    for account_id, found in read(session, missing, day).items():
        for code, one in found.items():
            known[account_id][code] = one
            new.append({"account_id": account_id, "code": code, "reached_on": one.day,
                        "numbers": one.numbers, "recorded_at": viewer.now})  # fmt: skip
    if new:
        session.execute(insert(AccountMilestone), new)
    return known


def read(
    source: Source, wanted: Mapping[int, Sequence[Milestone]], day: date
) -> dict[int, dict[str, Reached]]:
    """account -> milestone -> the first day its use reached it, from the days before `day`."""
    found: dict[int, dict[str, Reached]] = {i: {} for i in wanted}
    every = {m.code: m for milestones in wanted.values() for m in milestones}
    for milestone in every.values():
        ids = [i for i, milestones in wanted.items() if any(m.code == milestone.code for m in milestones)]
        for account_id, one in _first(source, milestone, ids, day).items():
            found[account_id][milestone.code] = one
    return found


def _first(source: Source, milestone: Milestone, ids: Sequence[int], day: date) -> dict[int, Reached]:
    if milestone.reads == "feature":
        return _feature(source, milestone, ids, day)
    if milestone.reads == "events":
        return _events(source, milestone.at_least, ids, day)
    if milestone.reads == "people" and milestone.within_days <= 1:
        return _present(source, milestone.at_least, ids, day)
    return _together(source, milestone, ids, day)


def _present(source: Source, at_least: int, ids: Sequence[int], day: date) -> dict[int, Reached]:
    found = {}
    for part in parts(ids):
        rows = source.execute(
            select(AccountDay.account_id, func.min(AccountDay.day))
            .where(AccountDay.account_id.in_(part), AccountDay.day < day,
                   AccountDay.active_users >= at_least)
            .group_by(AccountDay.account_id)
        )  # fmt: skip
        found |= {account_id: Reached(first, {"people": at_least}) for account_id, first in rows}
    return found


def _events(source: Source, at_least: int, ids: Sequence[int], day: date) -> dict[int, Reached]:
    found, d = {}, AccountDay
    for part in parts(ids):
        so_far = func.sum(d.events).over(partition_by=d.account_id, order_by=d.day)
        inner = select(d.account_id, d.day, so_far.label("so_far")).where(d.account_id.in_(part), d.day < day)
        inner = inner.subquery()
        rows = source.execute(
            select(inner.c.account_id, func.min(inner.c.day))
            .where(inner.c.so_far >= at_least)
            .group_by(inner.c.account_id)
        )
        found |= {account_id: Reached(first, {"events": at_least}) for account_id, first in rows}
    return found


def _feature(source: Source, milestone: Milestone, ids: Sequence[int], day: date) -> dict[int, Reached]:
    """The first function used, of the named ones where some are named; without any records of functions the
    first day of use counts, because then nothing tells them apart."""
    found, f = {}, FeatureDay
    for part in parts(ids):
        used = select(f.account_id, f.day, f.feature).where(f.account_id.in_(part), f.day < day, f.uses > 0)
        if milestone.features:
            used = used.where(f.feature.in_(milestone.features))
        for row in source.execute(used.order_by(f.day.desc(), f.id.desc())):
            found[row.account_id] = Reached(row.day, {"feature": row.feature})
    if milestone.features:
        return found
    known = set(found)
    for part in parts(ids):
        known |= set(source.execute(select(f.account_id).where(f.account_id.in_(part)).distinct()).scalars())
    return found | _present(source, 1, [i for i in ids if i not in known], day)


def _together(source: Source, milestone: Milestone, ids: Sequence[int], day: date) -> dict[int, Reached]:
    """The first day on which so many different people had been there within the days before."""
    need, found = _needed(source, milestone, ids), {}
    for account_id, by_day in _days(source, ids, day - timedelta(days=BACK), day).items():
        target = need.get(account_id)
        if target and (one := _when(by_day, milestone.within_days, target[0])):
            found[account_id] = Reached(one[0], {"people": one[1], "seats": target[1]})
    return found


def _needed(source: Source, milestone: Milestone, ids: Sequence[int]) -> dict[int, tuple[int, int | None]]:
    """account -> how many people it takes, and the seats that is counted from."""
    if milestone.reads == "people":
        return dict.fromkeys(ids, (milestone.at_least, None))
    found = {}
    for part in parts(ids):
        for row in source.execute(select(Account.id, Account.seats).where(Account.id.in_(part))):
            if row.seats:
                found[row.id] = (max(1, ceil(round(row.seats * milestone.share, 6))), row.seats)
    return found


def _days(source: Source, ids: Sequence[int], first: date, day: date) -> dict[int, dict[date, list[Any]]]:
    """account -> day -> its people; where no person is known, as many strangers as the day counts."""
    found: dict[int, dict[date, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for part in parts(ids):
        u, d = UserDay, AccountDay
        people = select(u.account_id, u.day, u.user_id).where(
            u.account_id.in_(part), u.day >= first, u.day < day
        )
        for row in source.execute(people):
            found[row.account_id][row.day].append(row.user_id)
        unnamed = select(d.account_id, d.day, d.active_users).where(
            d.account_id.in_(part), d.day >= first, d.day < day, d.named.is_(False)
        )
        for row in source.execute(unnamed):
            found[row.account_id][row.day] += [f"stranger {n}" for n in range(row.active_users)]
    return found


def _when(by_day: Mapping[date, list[Any]], within: int, target: int) -> tuple[date, int] | None:
    """The first day whose window holds so many different people, and how many it holds."""
    there: Counter[Any] = Counter()
    order = sorted(by_day)
    left = 0
    for day in order:
        there.update(by_day[day])
        while order[left] <= day - timedelta(days=within):
            there.subtract(by_day[order[left]])
            left += 1
        count = sum(1 for seen in there.values() if seen > 0)
        if count >= target:
            return day, count
    return None


def progress(source: Source, account_id: int, milestones: Sequence[Milestone], day: date) -> dict[str, dict]:
    """How far an account is today from milestones it has not reached: the numbers of each."""
    found: dict[str, dict] = {}
    for milestone in milestones:
        if milestone.reads == "events":
            total = select(func.sum(AccountDay.events)).where(
                AccountDay.account_id == account_id, AccountDay.day < day
            )
            found[milestone.code] = {"events": int(source.execute(total).scalar() or 0),
                                     "of": milestone.at_least}  # fmt: skip
        elif milestone.reads in ("people", "seats"):
            since = day - timedelta(days=max(milestone.within_days, 1))
            days = _days(source, [account_id], since, day).get(account_id, {})
            need = _needed(source, milestone, [account_id]).get(account_id)
            found[milestone.code] = {"people": len({p for people in days.values() for p in people}),
                                     "of": need[0] if need else None,
                                     "days": milestone.within_days}  # fmt: skip
        else:
            found[milestone.code] = {}
    return found


def neglected(source: Source, account_id: int, day: date) -> str | None:
    """The function most other accounts used in the last four weeks and this one did not."""
    f, since = FeatureDay, day - timedelta(days=28)
    used = select(f.feature).where(f.account_id == account_id, f.uses > 0)
    others = (
        select(f.feature)
        .where(f.day >= since, f.day < day, f.uses > 0, f.account_id != account_id, f.feature.not_in(used))
        .group_by(f.feature)
        .order_by(func.count(func.distinct(f.account_id)).desc(), f.feature)
        .limit(1)
    )
    return source.execute(others).scalar()

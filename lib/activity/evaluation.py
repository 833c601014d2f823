"""One evaluation of the store for a range of mornings: reads facts and alerts, decides, writes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import exists, select
from sqlalchemy.engine import Connection

from lib.activity.detector import Breaches, breaches, candidates, lonely, noise, read_history, run_length
from lib.activity.evidence import collect, collect_newcomer, of_kind
from lib.activity.facts import Team
from lib.activity.history import History
from lib.activity.lifecycle import Ending, Known, Opening, walk
from lib.activity.loading import load_facts, load_team, team_reach
from lib.activity.rules import OF_ACTIVITY, AlertKind, AlertStatus, Thresholds
from lib.store.integers import among
from lib.store.models import Account, AlertEvent, ChurnAlert, User


@dataclass(frozen=True)
class Found:
    """An alert the evaluation opened; `current` is set while it is open on the last morning."""

    account_id: int
    kind: str
    opened_on: date
    evidence: dict[str, Any]
    resolved_on: date | None
    status: str
    current: dict[str, Any] | None


@dataclass
class Evaluation:
    """What follows from the facts on the mornings first … last.

    `endings` close stored alerts, `currents` are new numbers of stored open ones, `dropped` are stored
    alerts a replay sets aside, `scores` the rows of the last data day.
    """

    last: date
    found: list[Found] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    currents: dict[int, dict[str, Any]] = field(default_factory=dict)
    set_aside: dict[tuple[int, str, date], int] = field(default_factory=dict)
    scores: list[dict[str, Any]] = field(default_factory=list)


def evaluate(
    connection: Connection, first: date, last: date, limits: Thresholds, *, replay: bool = False,
    tell: Callable[[float], None] | None = None,
) -> Evaluation:  # fmt: skip
    """Decide the mornings first … last. A replay sets aside alerts of that range which nobody touched, and
    finds them anew; a plain day keeps every stored alert where it is. `tell` hears the share walked."""
    day = timedelta(days=1)
    facts = load_facts(connection, first - day, last - day, limits)
    known, aside = _known(connection, facts.accounts.ids, (first, last) if replay else None)
    later = {(k.account, k.kind) for k in known if not replay and k.opened >= first.toordinal()}
    start = first.toordinal() - 1 - facts.first
    back = max(limits.watch_evaluations, limits.risk_watch_evaluations, limits.risk_calm_evaluations)
    made = read_history(facts, limits, start - back, tell)
    days, accounts = _in_time(*candidates(made, start - back, limits), start)
    alone = _in_time(*lonely(made, start - back, limits), start)
    standing = [k for k in known if k.resolved is None]
    needed = np.concatenate([accounts, alone[1], [k.account for k in standing]])
    team = load_team(connection, facts, needed.astype(int), start - back - team_reach(limits))
    holds, _ = breaches(made, team, days, accounts, limits, alone)
    openings, endings = walk(made, holds, known, first.toordinal(), last.toordinal(), limits)
    openings = [o for o in openings if (o.account, o.kind) not in later]
    result = Evaluation(last=last, endings=endings, set_aside=aside)
    ended = {e.id for e in endings}
    reader = _Reader(made, team, limits)
    final = last.toordinal() - 1 - facts.first
    result.found = _openings(reader, openings, final)
    open_ones = [k for k in standing if k.id not in ended]
    if not made.silent[final]:
        records = reader.read([(k.kind, final, k.account) for k in open_ones])
        result.currents = {k.id: r for k, r in zip(open_ones, records, strict=True) if r.get("ratio")}
    result.scores = _scores(made, holds, final, limits)
    where = {k.id: int(facts.accounts.ids[k.account]) for k in open_ones}
    records = [(f.account_id, r) for f in result.found for r in (f.evidence, f.current) if r]
    records += [(where[alert_id], r) for alert_id, r in result.currents.items()]
    _name_users(connection, [r for _, r in records])
    _name_cohorts(connection, records)
    return result


def _in_time(days: np.ndarray, accounts: np.ndarray, first: int) -> tuple[np.ndarray, np.ndarray]:
    """Only accounts that hold on the day index `first` or later: what held before can open nothing now."""
    kept = np.isin(accounts, accounts[days >= first])
    return days[kept], accounts[kept]


@dataclass(frozen=True)
class _Reader:
    made: History
    team: Team
    limits: Thresholds

    def read(self, wanted: Sequence[tuple[str, int, int]]) -> list[dict[str, Any]]:
        """The evidence of (kind, day index, account position)."""
        plain = [w for w in wanted if w[0] != AlertKind.ONBOARDING]
        whole = collect(self.made, self.team, [w[1] for w in plain], [w[2] for w in plain], self.limits)
        ready = iter(whole)
        return [
            collect_newcomer(self.made, at, account) if kind == AlertKind.ONBOARDING
            else of_kind(kind, next(ready))
            for kind, at, account in wanted
        ]  # fmt: skip


def _openings(reader: _Reader, openings: Sequence[Opening], final: int) -> list[Found]:
    first, ids = reader.made.facts.first, reader.made.facts.accounts.ids
    evidence = reader.read([(o.kind, o.day - 1 - first, o.account) for o in openings])
    latest = {o: dict(e) for o, e in zip(openings, evidence, strict=True) if o.day - 1 - first == final}
    older = [o for o in openings if o.closes is None and o not in latest]
    latest |= zip(older, reader.read([(o.kind, final, o.account) for o in older]), strict=True)
    return [
        Found(
            account_id=int(ids[o.account]),
            kind=o.kind,
            opened_on=date.fromordinal(o.day),
            evidence=record,
            resolved_on=None if o.closes is None else date.fromordinal(o.closes),
            status=o.closes_as or AlertStatus.NEW,
            current=latest.get(o),
        )
        for o, record in zip(openings, evidence, strict=True)
    ]


def _known(
    connection: Connection, ids: np.ndarray, replayed: tuple[date, date] | None
) -> tuple[list[Known], dict[tuple[int, str, date], int]]:
    """Stored alerts as the walk needs them, and those a replay of the range finds anew."""
    worked_on = exists().where(AlertEvent.alert_id == ChurnAlert.id, AlertEvent.person_id.is_not(None))
    rows = connection.execute(
        select(ChurnAlert.id, ChurnAlert.account_id, ChurnAlert.kind, ChurnAlert.opened_on,
               ChurnAlert.resolved_on, ChurnAlert.quiet_until, worked_on.label("touched"))
        .where(ChurnAlert.kind.in_(OF_ACTIVITY))
        .order_by(ChurnAlert.id)
    )  # fmt: skip
    known, aside = [], {}
    place = {account_id: n for n, account_id in enumerate(ids.tolist())}
    for row in rows:
        if row.account_id not in place:
            continue  # a trial or paused: its alerts wait as they are
        if replayed and not row.touched and replayed[0] <= row.opened_on <= replayed[1]:
            aside[row.account_id, row.kind, row.opened_on] = row.id
        else:
            known.append(
                Known(row.id, place[row.account_id], row.kind, row.opened_on.toordinal(),
                      row.resolved_on.toordinal() if row.resolved_on else None,
                      row.quiet_until.toordinal() if row.quiet_until else None)
            )  # fmt: skip
    return known, aside


def _scores(made: History, holds: Breaches, final: int, limits: Thresholds) -> list[dict[str, Any]]:
    """The rows of the last data day, for every customer; without a baseline the risk level alone."""
    level = made.risks.get(final)
    if level is None:
        return []
    known = np.flatnonzero(~np.isnan(level.total))
    at = np.full(len(known), final)
    accounts = made.facts.accounts
    columns = {
        "observed_28": made.observed(at, known),
        "expected_28": made.expected_28[final, known],
        "ratio_28": made.ratio_28[final, known],
        "ratio_7": made.ratio_7[final, known],
        "expected_7": made.expected_7(at, known),
        "mood_7": made.mood_7[final, accounts.segment[known]],
        "sigma": noise(made, at, known, limits),
        "risk": level.total[known],
        "risk_silence": level.silence[known],
        "risk_level": level.level[known],
        "risk_fall": level.fall[known],
    }
    empty = np.isnan(columns["ratio_28"])
    columns["sigma"], columns["mood_7"] = (np.where(empty, np.nan, columns[n]) for n in ("sigma", "mood_7"))
    rounded = {
        name: [None if value != value else value for value in np.round(values.astype(float), 4).tolist()]
        for name, values in columns.items()
    }
    calm = run_length(holds.calm)[known].tolist()
    breach = holds.activity[final, known].tolist()
    day = date.fromordinal(made.facts.last)
    names = list(rounded)
    return [
        {"account_id": account_id, "day": day, "breaches": b, "calm_days": c,
         **dict(zip(names, values, strict=True))}
        for account_id, b, c, *values in zip(
            accounts.ids[known].tolist(), breach, calm, *rounded.values(), strict=True
        )
    ]  # fmt: skip


def _name_users(connection: Connection, records: Sequence[dict[str, Any]]) -> None:
    """Write the source's id, name and role beside each user, so that the record stands by itself."""
    people = [user for record in records for user in record["users"]]
    wanted = among(User.id, sorted({user["user_id"] for user in people}), connection)
    rows = connection.execute(select(User.id, User.external_id, User.name, User.role).where(wanted)).all()
    names = {
        user_id: {"id": external_id, "name": name or external_id, "role": role}
        for user_id, external_id, name, role in rows
    }
    for user in people:
        user |= names[user["user_id"]]


def _name_cohorts(connection: Connection, records: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Write with whom the account was compared: region and industry as they were."""
    wanted = among(Account.id, sorted({account_id for account_id, _ in records}), connection)
    rows = connection.execute(select(Account.id, Account.region, Account.industry).where(wanted)).all()
    cohorts = {account_id: {"region": region, "industry": industry} for account_id, region, industry in rows}
    for account_id, record in records:
        record |= cohorts[account_id]

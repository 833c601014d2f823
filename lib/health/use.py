"""Who used what, what was answered, which cases came and when somebody last spoke: sources of the score."""

from datetime import timedelta

import numpy as np
import pandas as pd
from sqlalchemy import func, or_, select

from lib.health.reading import NEVER, Asked, Rows, days, local_days, number, placed
from lib.health.rules import Limits, Numbers
from lib.store.integers import integers, numbered
from lib.store.models import AuditEntry, Case, Contact, FeatureDay, Survey, Touch, User, UserDay

URGENT = ("urgent", "critical", "p0")


def people(ask: Asked, ids: Numbers, limits: Limits) -> Rows:
    """Who was there on which day; scripts are left out from the day they were found out. One morning needs no
    days: then one row for each person."""
    begin = ask.first - timedelta(days=limits.breadth_days)
    day = numbered(UserDay.day, ask.connection)
    found_out = func.coalesce(numbered(User.automated_since, ask.connection), NEVER)
    statement = (
        select(UserDay.account_id, UserDay.user_id, day, found_out)
        .join(User, User.id == UserDay.user_id)
        .where(User.kind == "human", UserDay.day >= begin, UserDay.day < ask.last)
        .where(*ask.mine(UserDay.account_id))
    )
    if ask.first == ask.last:
        statement = statement.with_only_columns(UserDay.account_id, UserDay.user_id, func.max(day), found_out)
        statement = statement.group_by(UserDay.account_id, UserDay.user_id, User.automated_since)
    rows = integers(ask.connection, statement, 4)
    rows = rows[np.isin(rows[:, 0], ids)]
    at = np.searchsorted(ids, rows[:, 0])
    return {"at": at, "user": rows[:, 1], "day": rows[:, 2], "script": rows[:, 3]}


def features(ask: Asked, ids: Numbers, limits: Limits) -> Rows:
    begin = ask.first - timedelta(days=max(limits.feature_days, limits.breadth_days))
    f = FeatureDay
    found, at = placed(ids, ask.frame(
        select(f.account_id, f.feature, f.day).where(f.day >= begin, f.day < ask.last, f.uses > 0)
    ))  # fmt: skip
    return {
        "at": at,
        "feature": found["feature"].str.lower().to_numpy(dtype=object),
        "day": days(found["day"]),
    }


def answers(ask: Asked, ids: Numbers, limits: Limits) -> Rows:
    """Survey answers and the stars of closed cases, each as 0 to 100."""
    since = ask.start(ask.first - timedelta(days=limits.gone_after_days + 1))
    until = ask.start(ask.last)
    told = ask.frame(
        select(Survey.account_id, Survey.kind, Survey.score, Survey.answered_at.label("moment")).where(
            Survey.answered_at >= since, Survey.answered_at < until, *ask.mine(Survey.account_id)
        )
    )
    stars = ask.frame(
        select(Case.account_id, Case.satisfaction.label("score"), Case.closed_at.label("moment")).where(
            Case.satisfaction.is_not(None), Case.closed_at >= since, Case.closed_at < until,
            *ask.mine(Case.account_id),
        )
    ).assign(kind="csat")  # fmt: skip
    found, at = placed(ids, pd.concat([told, stars], ignore_index=True))
    score = number(found["score"].astype(float) if len(found) else found["score"])
    shares = np.where(found["kind"] == "nps", score / 10, (score - 1) / 4)
    return {"at": at, "day": local_days(found["moment"], ask.zone), "value": np.clip(100 * shares, 0, 100)}


def cases(ask: Asked, ids: Numbers, limits: Limits) -> Rows:
    begin = ask.start(ask.first - timedelta(days=limits.reopened_days))
    found, at = placed(ids, ask.frame(
        select(Case.account_id, Case.opened_at, Case.closed_at, Case.priority, Case.reopened)
        .where(Case.account_id.is_not(None), Case.opened_at < ask.start(ask.last), *ask.mine(Case.account_id))
        .where(or_(Case.closed_at.is_(None), Case.closed_at >= ask.start(ask.first), Case.opened_at >= begin))
    ))  # fmt: skip
    return {
        "at": at, "opened": local_days(found["opened_at"], ask.zone),
        "closed": local_days(found["closed_at"], ask.zone),
        "urgent": found["priority"].fillna("").str.lower().isin(URGENT).to_numpy(dtype=bool),
        "reopened": number(found["reopened"]),
    }  # fmt: skip


def talks(ask: Asked, ids: Numbers) -> Rows:
    """Two-way contacts; for one morning only the last of each account."""
    t = Touch
    statement = select(t.account_id, t.happened_at.label("moment"))
    if ask.first == ask.last:
        statement = select(t.account_id, func.max(t.happened_at).label("moment")).group_by(t.account_id)
    statement = statement.where(t.two_way, t.happened_at < ask.start(ask.last), *ask.mine(t.account_id))
    found, at = placed(ids, ask.frame(statement))
    return {"at": at, "day": local_days(found["moment"], ask.zone)}


def sponsors(ask: Asked, ids: Numbers) -> Rows:
    """`gone`: the day since which a sponsor is not there any more, NEVER for one who is. A sponsor who was
    brought in as gone was gone from the start."""
    c, e = Contact, AuditEntry
    found, at = placed(ids, ask.frame(
        select(c.id, c.account_id, c.active, c.created_at).where(c.is_sponsor, *ask.mine(c.account_id))
    ))  # fmt: skip
    gone = np.where(found["active"].to_numpy(dtype=bool), NEVER, local_days(found["created_at"], ask.zone))
    wanted = found["id"][gone < NEVER].tolist()
    if wanted:
        told = ask.frame(
            select(e.row_id, func.max(e.happened_at).label("moment"))
            .where(e.table_name == "contact", e.command == "accounts.correct_contact")
            .where(e.new["active"].as_boolean().is_(False))
            .group_by(e.row_id)
        )
        since = dict(zip(told["row_id"].tolist(), local_days(told["moment"], ask.zone).tolist(), strict=True))
        gone = np.array([since.get(i, g) if g < NEVER else g for i, g in zip(found["id"], gone, strict=True)])
    return {"at": at, "gone": gone.astype(np.int64)}

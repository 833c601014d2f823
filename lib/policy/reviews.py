"""Reads of the reviews: whether one is due, what was signed before, and what service and renewals say now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.policy.inputs import Input, from_stored
from lib.policy.rules import REVIEW_TASK, quarter_of
from lib.store.database import reading
from lib.store.doors import query
from lib.store.models import (
    Case,
    Person,
    PolicyReview,
    Quote,
    QuoteDecision,
    QuoteVersion,
    Renewal,
    Survey,
    Task,
)
from lib.store.scope import of_visible_accounts

SPAN = timedelta(days=90)


@dataclass(frozen=True)
class Signed:
    """A signed review. `inputs` are empty for whom company figures are not open; `changes`: versions made
    between it and the one before."""

    quarter: str
    person: str
    signed_at: datetime
    next_on: date
    note: str
    changes: int
    inputs: list[Input]


@dataclass(frozen=True)
class State:
    """Whether the running quarter waits for its review: `due_on` from the open task, None without one."""

    quarter: str
    due_on: date | None
    last: Signed | None

    @property
    def is_signed(self) -> bool:
        return self.last is not None and self.last.quarter == self.quarter


def sees_figures(viewer: Viewer) -> bool:
    """Company-wide figures are for whom every account and the key figures are open."""
    return viewer.may("account.all") and viewer.may("kpi.read")


@query("policy.reviews", permission="policy.read")
def reviews(viewer: Viewer) -> list[Signed]:
    """Every signed review, newest first."""
    statement = (
        select(PolicyReview.quarter, PolicyReview.signed_at, PolicyReview.next_on, PolicyReview.note,
               PolicyReview.changes, PolicyReview.figures, Person.name, Person.name_zh)
        .join(Person, Person.id == PolicyReview.person_id)
        .order_by(PolicyReview.signed_at.desc())
    )  # fmt: skip
    open_to = sees_figures(viewer)
    with reading() as connection:
        return [
            Signed(
                row.quarter, (row.name_zh if viewer.language == "zh-CN" else None) or row.name,
                row.signed_at, row.next_on, row.note, len(row.changes),
                from_stored(row.figures) if open_to else [],
            )
            for row in connection.execute(statement)
        ]  # fmt: skip


@query("policy.review_state", permission="policy.read")
def review_state(viewer: Viewer) -> State:
    """The running quarter, the day its task is due, and the last signed review."""
    due = select(func.min(Task.due_on)).where(Task.kind == REVIEW_TASK, Task.status == "open")
    with reading() as connection:
        due_on = connection.execute(due).scalar()
    return State(quarter_of(viewer.today), due_on, next(iter(reviews(viewer)), None))


@query("policy.review_inputs", permission="kpi.read")
def voices(viewer: Viewer) -> list[Input]:
    """What the last 90 days say beside the key figures, of the accounts the viewer sees: NPS and CSAT with
    their answers, cases opened, losses by reason, decisions on quotes by verdict. Empty where nothing is
    known."""
    since = viewer.now - SPAN
    with reading() as connection:
        return [
            *_surveys(connection, viewer, since), *_cases(connection, viewer, since),
            *_losses(connection, viewer), *_decisions(connection, viewer, since),
        ]  # fmt: skip


def _surveys(connection: Connection, viewer: Viewer, since: datetime) -> list[Input]:
    """NPS: percent of 9 and 10 less percent of 0 to 6; CSAT: the mean of 1 to 5."""
    answers = (
        select(Survey.kind, Survey.score)
        .where(Survey.answered_at > since, of_visible_accounts(viewer, Survey.account_id))
    )  # fmt: skip
    scores: dict[str, list[Decimal]] = {"nps": [], "csat": []}
    for kind, score in connection.execute(answers):
        scores.setdefault(kind, []).append(Decimal(score))
    found = []
    if nps := scores["nps"]:
        balance = sum((s >= 9) - (s <= 6) for s in nps)
        found.append(Input("nps", "", "score", str(Decimal(100 * balance) / len(nps)), len(nps)))
    if csat := scores["csat"]:
        found.append(Input("csat", "", "score", str(sum(csat) / len(csat)), len(csat)))
    return found


def _cases(connection: Connection, viewer: Viewer, since: datetime) -> list[Input]:
    opened = select(func.count()).where(
        Case.opened_at > since, of_visible_accounts(viewer, Case.account_id)
    )  # fmt: skip
    count = connection.execute(opened).scalar_one()
    return [Input("cases", "", "count", str(count))] if count else []


def _losses(connection: Connection, viewer: Viewer) -> list[Input]:
    since = viewer.today - SPAN
    lost = (
        select(Renewal.lost_reason, func.count().label("times"))
        .where(Renewal.stage == "lost", Renewal.lost_reason.is_not(None), Renewal.lost_reason != "merged")
        .where(Renewal.closed_on > since, of_visible_accounts(viewer, Renewal.account_id))
        .group_by(Renewal.lost_reason)
        .order_by(func.count().desc(), Renewal.lost_reason)
    )
    return [Input("lost", row.lost_reason, "count", str(row.times)) for row in connection.execute(lost)]


def _decisions(connection: Connection, viewer: Viewer, since: datetime) -> list[Input]:
    decided = (
        select(QuoteDecision.decision, func.count().label("times"))
        .join(QuoteVersion, QuoteVersion.id == QuoteDecision.quote_version_id)
        .join(Quote, Quote.id == QuoteVersion.quote_id)
        .where(QuoteDecision.decided_at > since, of_visible_accounts(viewer, Quote.account_id))
        .group_by(QuoteDecision.decision)
        .order_by(QuoteDecision.decision)
    )
    return [Input("decided", row.decision, "count", str(row.times)) for row in connection.execute(decided)]

"""Reads for Today: the queue, its figures, what others owe the viewer, and what happened since yesterday."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, partial

import pandas as pd
from sqlalchemy import and_, case, func, literal, or_, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.store import policy
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    Assignment,
    CardSnooze,
    ChurnAlert,
    Note,
    Person,
    Promise,
    Quote,
    QuoteDecision,
    QuoteVersion,
    Renewal,
    RenewalMove,
)
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts, visible_accounts
from lib.today import known, sources
from lib.today.figures import Figures
from lib.today.phrases import formula, sentence
from lib.today.reasons import Limits
from lib.today.rules import Kind, Reason, Row, Scope, Worth, joined, rank, sleeps


@dataclass(frozen=True)
class Snooze:
    """A card that its owner put aside; `words` is the reason they gave."""

    id: int
    until: date
    words: str
    seen: dict[str, str]


@dataclass(frozen=True)
class Queue:
    """What needs somebody in one scope on one day, and what is known of the accounts. `whose` is the person
    whose queue it is, where it is not the viewer's; `snoozes` those of whoever it belongs to."""

    reasons: tuple[Reason, ...]
    accounts: dict[int, known.Known]
    limits: Limits
    today: date
    snoozes: dict[int, Snooze] = field(default_factory=dict)
    whose: str | None = None

    def rows(self, kind: Kind | None = None) -> list[Row]:
        """The ranked rows; with a kind, only its reasons count and lead. Cards that sleep are left out."""
        hidden = {row.account_id for row in self.asleep}
        ranked = self._whole if kind is None else self._ranked(r for r in self.reasons if r.kind is kind)
        return [row for row in ranked if row.account_id not in hidden]

    @cached_property
    def asleep(self) -> list[Row]:
        """The cards that were put aside and stay so, ranked alike."""
        return [
            row for row in self._whole
            if (held := self.snoozes.get(row.account_id))
            and sleeps(row.reasons, held.seen, held.until, self.today)
        ]  # fmt: skip

    @property
    def awake(self) -> list[Reason]:
        """The reasons of the cards that are shown."""
        hidden = {row.account_id for row in self.asleep}
        return [reason for reason in self.reasons if reason.account_id not in hidden]

    @cached_property
    def _whole(self) -> list[Row]:
        return self._ranked(self.reasons)

    def _ranked(self, reasons: Iterable[Reason]) -> list[Row]:
        voices = {key: one.voice for key, one in self.accounts.items() if one.voice}
        return rank(reasons, self.worth, self.limits.weights, self.limits.scales, self.today, voices)

    @property
    def worth(self) -> dict[int, Worth]:
        """ARR of the accounts that have any."""
        return {key: one.worth for key, one in self.accounts.items() if one.worth is not None}

    def name(self, account_id: int, language: str) -> str:
        one = self.accounts[account_id]
        return one.name_zh if one.name_zh and language == "zh-CN" else one.name


def limits_of(viewer: Viewer, connection: Connection) -> Limits:
    """The numbers of the policy that holds today."""
    own, standing, health = (
        policy.values(name, viewer.today, connection) for name in ("today", "standing", "health")
    )
    return Limits.of(own, standing, health["bands"])


@query("today.queue", permission="today.read")
def queue(viewer: Viewer, scope: str = Scope.MINE, whose: int | None = None) -> Queue:
    """Every reason of the scope with ARR and names of its accounts; `Queue.rows()` ranks them.

    `whose`: the queue of somebody the viewer stands in for or leads, as that person sees it but for the
    decisions that wait for them. Raises NotFound for anybody else.
    """
    wanted = Scope(scope)
    with reading() as connection:
        name = None if whose is None else sources.person_of(connection, viewer, whose)
        limits = limits_of(viewer, connection)
        found = joined(sources.all_reasons(connection, viewer, wanted, limits, whose))
        ids = {reason.account_id for reason in found}
        shown = known.accounts_of(connection, ids, viewer.today)
        snoozes = _snoozes(connection, whose or viewer.person_id, viewer.today)
        return Queue(found, shown, limits, viewer.today, snoozes, name)


def _snoozes(connection: Connection, person_id: int, today: date) -> dict[int, Snooze]:
    """The running ones of a person, by account."""
    rows = connection.execute(
        select(CardSnooze.account_id, CardSnooze.id, CardSnooze.until, CardSnooze.reason, CardSnooze.seen)
        .where(CardSnooze.person_id == person_id, CardSnooze.ended_at.is_(None), CardSnooze.until > today)
        .order_by(CardSnooze.id)
    )
    return {row.account_id: Snooze(row.id, row.until, row.reason, row.seen) for row in rows}


@query("today.list", permission="today.read")
def listed(
    viewer: Viewer, scope: str = Scope.MINE, kind: str | None = None, whose: int | None = None
) -> pd.DataFrame:
    """The ranked rows for a file: account, severity, kind, reason (in the viewer's language), others (the
    further reasons), clock, date, reasons (how many), currency, arr_minor, urgency, influence, minutes,
    formula; best first."""
    found, spoken = queue(viewer, scope, whose), viewer.language
    columns = ["account", "severity", "kind", "reason", "others", "clock", "date", "reasons", "currency",
               "arr_minor", "urgency", "influence", "minutes", "formula"]  # fmt: skip
    rows = [
        (
            found.name(row.account_id, spoken), str(row.severity), str(row.lead.kind),
            sentence(row.lead, viewer.today, spoken),
            " ".join(sentence(one, viewer.today, spoken) for one in row.others), row.clock, row.when,
            1 + len(row.others), row.worth and row.worth.currency, row.worth and row.worth.minor,
            float(row.priority.urgency), float(round(row.priority.influence, 4)), row.priority.minutes,
            formula(row, spoken),
        )
        for row in found.rows(Kind(kind) if kind else None)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype({"arr_minor": "Int64"})


@query("today.figures", permission="today.read")
def figures(viewer: Viewer, scope: str = Scope.MINE, whose: int | None = None) -> Figures:
    """The figures above the queue. The week ends on Sunday; notice dates: the next and the last 30 days.
    Raises NotFound as `queue` does."""
    wanted, today = Scope(scope), viewer.today
    book = partial(sources.in_book, viewer, wanted, whose=whose)
    sunday = today + timedelta(days=6 - today.weekday())
    with reading() as connection:
        if whose is not None:
            sources.person_of(connection, viewer, whose)
        limits = limits_of(viewer, connection)
        month = timedelta(days=limits.spans.notice_window_days)
        own = wanted is Scope.MINE or whose is not None
        mine = Promise.owner_id == (whose or viewer.person_id) if own else book(Promise.account_id)
        late = case((Promise.due_on < today, 1), else_=0)
        promised = connection.execute(
            select(func.count(), func.coalesce(func.sum(late), 0), func.min(Promise.due_on))
            .where(Promise.status == "open", Promise.due_on <= sunday, mine)
            .where(of_visible_accounts(viewer, Promise.account_id))
        ).one()
        ahead = and_(Renewal.notice_on >= today, Renewal.closed_on.is_(None))
        notices = connection.execute(
            select(
                func.coalesce(func.sum(case((ahead, 1), else_=0)), 0),
                func.coalesce(func.sum(case((Renewal.notice_on < today, 1), else_=0)), 0),
            )
            .where(Renewal.notice_on >= today - month, Renewal.notice_on <= today + month)
            .where(book(Renewal.account_id))
        ).one()
        accounts = connection.execute(
            select(func.count()).select_from(Account)
            .where(Account.status != "churned", book(Account.id))
        ).scalar_one()  # fmt: skip
        newest = sources.newest_activity(connection)
        return Figures(
            accounts=accounts, promises_week=promised[0], promises_overdue=int(promised[1]),
            oldest_overdue=promised[2] if promised[1] else None, notices_ahead=int(notices[0]),
            notices_before=int(notices[1]), book=known.book_worth(connection, viewer, book),
            newest_activity=newest,
            feed_stopped=newest is not None and newest < today - timedelta(days=limits.feed_days),
        )  # fmt: skip


@query("today.waiting", permission="today.read")
def waiting(viewer: Viewer, limit: int = 5) -> pd.DataFrame:
    """kind (approval, promise), account_id, account, label, who, since (UTC, approvals), due_on (promises).

    label: the quote's number, before it has one the account's name; or the promise's own words.
    What others owe the viewer: decisions on quotes the viewer wrote or looks after, and open promises of
    others to accounts assigned to the viewer. Oldest first.
    """
    assigned = select(Assignment.account_id).where(
        Assignment.person_id == viewer.person_id, Assignment.until.is_(None)
    )
    account = spoken_name(viewer, Account)
    approvals = read_frame(
        select(
            literal("approval").label("kind"), Quote.account_id, account.label("account"),
            func.coalesce(Quote.number, account).label("label"), literal("").label("who"),
            QuoteVersion.submitted_at.label("since"),
        )
        .join(QuoteVersion, QuoteVersion.quote_id == Quote.id)
        .join(Account, Account.id == Quote.account_id)
        .where(Quote.status == "pending_approval", QuoteVersion.status == "pending_approval")
        .where(or_(Quote.created_by == viewer.person_id, Quote.account_id.in_(assigned)))
        .where(visible_accounts(viewer))
        .order_by(QuoteVersion.submitted_at, Quote.id)
        .limit(limit)
    )  # fmt: skip
    promises = read_frame(
        select(
            literal("promise").label("kind"), Promise.account_id, account.label("account"),
            Promise.what.label("label"), spoken_name(viewer, Person).label("who"), Promise.due_on,
        )
        .join(Person, Person.id == Promise.owner_id)
        .join(Account, Account.id == Promise.account_id)
        .where(Promise.status == "open", Promise.owner_id != viewer.person_id)
        .where(Promise.account_id.in_(assigned), visible_accounts(viewer))
        .order_by(Promise.due_on, Promise.id)
        .limit(limit)
    )  # fmt: skip
    columns = ["kind", "account_id", "account", "label", "who", "since", "due_on"]
    frames = [frame.reindex(columns=columns).astype("object") for frame in (approvals, promises)]
    whole = pd.concat(frames, ignore_index=True).head(limit)
    return whole.where(whole.notna(), None)


@query("today.news", permission="today.read")
def news(viewer: Viewer, scope: str = Scope.MINE, limit: int = 6) -> pd.DataFrame:
    """kind, account_id, account, who, code, happened_at (UTC): what others did since yesterday's midnight.

    kind: note (code empty), alert_closed (code: status), decision (approved, rejected), renewal_moved
    (code: the new stage). Newest first; the viewer's own acts are left out.
    """
    wanted = Scope(scope)
    since = sources.day_start(viewer.today - timedelta(days=1), viewer.zone)
    with reading() as connection:
        frames = [
            read_frame(statement.limit(limit), connection)
            for statement in _news(viewer, wanted, since)
        ]  # fmt: skip
    whole = pd.concat([frame.astype("object") for frame in frames], ignore_index=True)
    whole = whole.where(whole.notna(), None)
    return whole.sort_values("happened_at", ascending=False, kind="stable").head(limit).reset_index(drop=True)


def _news(viewer: Viewer, scope: Scope, since: datetime) -> list:
    """The four selects of `news`, each with the same columns."""
    decided = QuoteDecision
    account = (Account.id.label("account_id"), spoken_name(viewer, Account).label("account"))

    def told(kind: str, code: object, at: object, source: type, by: object) -> object:
        return (
            select(literal(kind).label("kind"), *account, spoken_name(viewer, Person).label("who"),
                   code.label("code"), at.label("happened_at"))
            .select_from(source)
            .outerjoin(Person, Person.id == by)
            .where(at >= since, sources.in_book(viewer, scope, Account.id))
            .where(or_(by.is_(None), by != viewer.person_id))
            .order_by(at.desc())
        )  # fmt: skip

    return [
        told("note", literal(""), Note.written_at, Note, Note.author_id)
        .join(Account, Account.id == Note.account_id),
        told("alert_closed", ChurnAlert.status, ChurnAlert.closed_at, ChurnAlert, ChurnAlert.closed_by)
        .join(Account, Account.id == ChurnAlert.account_id),
        told("decision", decided.decision, decided.decided_at, decided, decided.person_id)
        .join(QuoteVersion, QuoteVersion.id == decided.quote_version_id)
        .join(Quote, Quote.id == QuoteVersion.quote_id)
        .join(Account, Account.id == Quote.account_id),
        told("renewal_moved", RenewalMove.to_stage, RenewalMove.moved_at, RenewalMove, RenewalMove.person_id)
        .join(Renewal, Renewal.id == RenewalMove.renewal_id)
        .join(Account, Account.id == Renewal.account_id),
    ]  # fmt: skip

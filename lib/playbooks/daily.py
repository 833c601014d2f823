"""What a new day brings to playbooks: new runs, moved dates, milestones, steps closed by what was seen."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, null, or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.playbooks.facts import PAID
from lib.playbooks.proof import close_by_evidence
from lib.playbooks.running import Desk, Start, desk, lay_out, read_runs, start_many, triggered
from lib.playbooks.settling import settle
from lib.store import policy
from lib.store.doors import audit
from lib.store.models import (
    Account,
    AccountTrial,
    ChurnAlert,
    ChurnEvent,
    Contract,
    PlaybookRun,
    Quote,
    Renewal,
    Subscription,
)

ALERTS = ("activity", "onboarding")


def play_day(session: Session, viewer: Viewer, day: date) -> int:
    """Bring every playbook up to the morning of `day`; how many runs and steps changed.

    Done again it changes nothing: runs have keys, steps stand under their run, dates are computed.
    """
    known = desk(session, day)
    started = start_many(session, viewer, known, list(_begun(session, viewer, known, day)), day)
    running = read_runs(session, PlaybookRun.status == "running")
    made, moved = lay_out(session, viewer, known, running, day)
    running = read_runs(session, PlaybookRun.status == "running")
    closed = close_by_evidence(session, viewer, known, running, day)
    ended = settle(session, viewer, [run.id for run in running])
    told = {"started": len(started), "made": made, "moved": moved, "closed": len(closed), "ended": ended}
    if any(told.values()):
        audit(session, viewer, "playbook_run", None, new={"day": day, **told})
    return sum(told.values())


def _begun(session: Session, viewer: Viewer, known: Desk, day: date) -> Iterator[Start]:
    """What happened within the look-back and starts a playbook, for VIP accounts alone."""
    held = policy.values("playbooks", day, session)
    long, short = held["look_back_days"], held["alert_look_back_days"]
    sources: dict[str, Select] = {
        "vip_designated": _designated(viewer, day, long),
        "trial_started": _trials(day, long),
        "converted": _converted(day, long),
        "renewal_opened": select(Renewal.account_id, Renewal.opens_on, Renewal.id).where(
            Renewal.closed_on.is_(None), *_within(Renewal.opens_on, day, short)
        ),
        "alert_opened": select(ChurnAlert.account_id, ChurnAlert.opened_on, ChurnAlert.id).where(
            ChurnAlert.resolved_on.is_(None), ChurnAlert.kind.in_(ALERTS),
            *_within(ChurnAlert.opened_on, day, short),
        ),
        "quote_rejected": select(Quote.account_id, Quote.updated_at, Quote.id).where(
            Quote.status == "rejected", Quote.updated_at >= _moment(day - timedelta(days=short), viewer)
        ),
        "churned": select(ChurnEvent.account_id, ChurnEvent.happened_on, ChurnEvent.id).where(
            ChurnEvent.is_reactivation.is_(False), *_within(ChurnEvent.happened_on, day, short)
        ),
    }  # fmt: skip
    for trigger, found in sources.items():
        codes = triggered(known, trigger)
        if not codes:
            continue
        columns = list(found.selected_columns)
        of_vip = found.where(columns[0].in_(select(Account.id).where(Account.is_vip)))
        for account_id, on, subject_id in session.execute(of_vip):
            on = on.date() if isinstance(on, datetime) else on
            yield from (Start(account_id, code, trigger, on, subject_id) for code in codes)


def _within(column, day: date, back: int):  # noqa: ANN001, ANN202 - bounds of a date column
    return column >= day - timedelta(days=back), column <= day


def _moment(day: date, viewer: Viewer) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(viewer.zone))


def _designated(viewer: Viewer, day: date, back: int) -> Select:
    """New customers; without a day of sign-up those entered by hand, never a whole import at once."""
    fresh = _moment(day - timedelta(days=back), viewer)
    by_hand = and_(Account.signed_up_on.is_(None), Account.source == "hand", Account.created_at >= fresh)
    signed = and_(*_within(Account.signed_up_on, day, back))
    on = func.coalesce(Account.signed_up_on, day)
    return select(Account.id, on, null()).where(Account.status.in_(["active", "trial"]), or_(signed, by_hand))


def _trials(day: date, back: int) -> Select:
    first = func.max(Subscription.starts_on)
    tried = select(Subscription.account_id.label("account_id"), first.label("first")).where(
        Subscription.is_trial, *_within(Subscription.starts_on, day, back)
    )
    written = select(AccountTrial.account_id, AccountTrial.starts_on).where(
        *_within(AccountTrial.starts_on, day, back)
    )
    both = tried.group_by(Subscription.account_id).union_all(written).subquery()
    return select(both.c.account_id, func.min(both.c.first), null()).group_by(both.c.account_id)


def _converted(day: date, back: int) -> Select:
    first = func.min(Contract.starts_on)
    return (
        select(Contract.account_id, first, null())
        .where(Contract.kind.in_(PAID))
        .group_by(Contract.account_id)
        .having(and_(first >= day - timedelta(days=back), first <= day))
    )

"""Beside the plays: trials with their success criteria, one-to-one demos, surprise gifts within a budget."""

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid
from lib.money import parse_decimal, to_minor
from lib.negotiation.rules import clean_text
from lib.playbooks import rules
from lib.store import policy
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, AccountDemo, AccountGift, AccountTrial
from lib.store.scope import load

OUTCOMES = ("met", "missed")
DEMO_MOVES = {"offered": ("accepted", "declined", "held"), "accepted": ("held", "declined"), "declined": (),
              "held": ()}  # fmt: skip
GIFTS = ("feature", "expert", "event", "other")
LONGEST_TRIAL = 365


@command("playbooks.write_trial", permission="account.write", subject="account")
def write_trial(
    session: Session, viewer: Viewer, account_id: int, starts_on: date, ends_on: date, criteria: str,
    form_key: str | None = None,
) -> int:  # fmt: skip
    """A trial with what the customer wants to see in it; its id. Raises Invalid, Conflict while one runs."""
    content = {"account": account_id, "start": starts_on, "end": ends_on, "criteria": criteria}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    load(session, viewer, Account, account_id)
    if not 0 < (ends_on - starts_on).days <= LONGEST_TRIAL:
        raise Invalid("trial_days", most=LONGEST_TRIAL)
    running = select(AccountTrial.id).where(
        AccountTrial.account_id == account_id, AccountTrial.outcome == "open"
    )
    if session.execute(running).first():
        raise Conflict("trial_runs")
    said = clean_text(criteria, "note", 2_000, lines=True)
    trial = AccountTrial(account_id=account_id, starts_on=starts_on, ends_on=ends_on, criteria=said,
                         person_id=viewer.person_id, created_at=viewer.now)  # fmt: skip
    session.add(trial)
    session.flush()
    audit(session, viewer, "account_trial", trial.id, account_id=account_id,
          new={"starts_on": starts_on, "ends_on": ends_on, "criteria": said})  # fmt: skip
    remember(session, viewer, form_key, content, {"id": trial.id})
    return trial.id


@command("playbooks.close_trial", permission="account.write", subject="trial")
def close_trial(
    session: Session, viewer: Viewer, trial_id: int, seen_version: int, outcome: str,
    converted_on: date | None = None, note: str | None = None,
) -> None:  # fmt: skip
    """Write down how a trial ended: criteria met or missed, and when the customer began to pay, if so."""
    trial = load(session, viewer, AccountTrial, trial_id, seen_version)
    if outcome not in OUTCOMES:
        raise Invalid("trial_outcome")
    if converted_on is not None and converted_on < trial.starts_on:
        raise Invalid("trial_converted")
    old = {"outcome": trial.outcome, "converted_on": trial.converted_on}
    trial.outcome, trial.converted_on, trial.note = outcome, converted_on, rules.note(note)
    trial.version += 1
    audit(session, viewer, "account_trial", trial.id, account_id=trial.account_id, old=old,
          new={"outcome": outcome, "converted_on": converted_on, "_version": trial.version})  # fmt: skip


@command("playbooks.offer_demo", permission="task.write", subject="account")
def offer_demo(
    session: Session, viewer: Viewer, account_id: int, offered_on: date, form_key: str | None = None
) -> int:
    """Note that a one-to-one demo was offered; its id."""
    content = {"account": account_id, "on": offered_on}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    load(session, viewer, Account, account_id)
    if offered_on > viewer.today:
        raise Invalid("demo_ahead")
    demo = AccountDemo(account_id=account_id, offered_on=offered_on, person_id=viewer.person_id,
                       created_at=viewer.now)  # fmt: skip
    session.add(demo)
    session.flush()
    audit(session, viewer, "account_demo", demo.id, account_id=account_id,
          new={"status": "offered", "offered_on": offered_on})  # fmt: skip
    remember(session, viewer, form_key, content, {"id": demo.id})
    return demo.id


@command("playbooks.move_demo", permission="task.write", subject="demo")
def move_demo(
    session: Session, viewer: Viewer, demo_id: int, seen_version: int, status: str,
    held_on: date | None = None, attendees: str | None = None,
) -> None:  # fmt: skip
    """A demo was accepted, held (with whom) or declined. Raises Invalid, Conflict."""
    demo = load(session, viewer, AccountDemo, demo_id, seen_version)
    if status not in DEMO_MOVES.get(demo.status, ()):
        raise Conflict("demo_moved")
    if status == "held":
        held_on = held_on or viewer.today
        if held_on > viewer.today or not (attendees or "").strip():
            raise Invalid("demo_ahead" if held_on > viewer.today else "demo_attendees")
        demo.held_on, demo.attendees = held_on, clean_text(attendees, "note", 1_000)
    old, demo.status = {"status": demo.status}, status
    demo.version += 1
    audit(session, viewer, "account_demo", demo.id, account_id=demo.account_id, old=old,
          new={"status": status, "held_on": demo.held_on, "attendees": demo.attendees,
               "_version": demo.version})  # fmt: skip


@command("playbooks.give_gift", permission="task.write", subject="account")
def give_gift(
    session: Session, viewer: Viewer, account_id: int, kind: str, what: str, cost: str, given_on: date,
    form_key: str | None = None,
) -> int:  # fmt: skip
    """Log a surprise for an account, in USD within the year's budget; its id.

    Raises Invalid, Conflict("gift_over_budget") with what is left.
    """
    content = {"account": account_id, "kind": kind, "what": what, "cost": cost, "on": given_on}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    load(session, viewer, Account, account_id)
    minor = to_minor(parse_decimal(cost.strip() or "0"), "USD")
    if kind not in GIFTS or minor < 0 or given_on > viewer.today:
        raise Invalid("gift_values")
    left = budget_left(session, account_id, given_on)
    if minor > left:
        raise Conflict("gift_over_budget", left=f"{Decimal(left) / 100:,.2f}")
    gift = AccountGift(account_id=account_id, kind=kind, what=clean_text(what, "note", 500),
                       given_on=given_on, cost_minor=minor, person_id=viewer.person_id,
                       created_at=viewer.now)  # fmt: skip
    session.add(gift)
    session.flush()
    audit(session, viewer, "account_gift", gift.id, account_id=account_id,
          new={"kind": kind, "what": gift.what, "cost_minor": minor, "given_on": given_on})  # fmt: skip
    remember(session, viewer, form_key, content, {"id": gift.id})
    return gift.id


def budget_left(source, account_id: int, on: date) -> int:  # noqa: ANN001 - a session or a connection
    """USD cents left of the account's budget in the calendar year of `on`."""
    whole = to_minor(Decimal(policy.values("playbooks", on, source)["gift"]["year_budget_usd"]), "USD")
    spent = select(func.coalesce(func.sum(AccountGift.cost_minor), 0)).where(
        AccountGift.account_id == account_id, AccountGift.given_on >= on.replace(month=1, day=1),
        AccountGift.given_on <= on.replace(month=12, day=31),
    )  # fmt: skip
    return whole - int(source.execute(spent).scalar())

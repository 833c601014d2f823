"""Reads concessions: those of a quote, and the ledger of what was given and what came back."""

from decimal import Decimal

import pandas as pd
from sqlalchemy import Select, select

from lib.access import Viewer
from lib.concessions import rules
from lib.concessions.attained import attained
from lib.concessions.rules import Entry
from lib.store import policy
from lib.store.costs import on_record
from lib.store.database import read_frame
from lib.store.doors import query
from lib.store.models import Account, Entitlement, Person, Quote, QuoteConcession, VolumeDeal
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts

VIEWS = ("open", "bare", "settled", "offered", "all")


@query("concessions.library", permission="quote.read")
def library(viewer: Viewer) -> dict[str, Entry]:
    """What can be given, by code."""
    return rules.read_library(policy.values("concessions", viewer.today))


@query("concessions.of_quote", permission="quote.read", subject="quote")
def of_quote(viewer: Viewer, quote_id: int) -> pd.DataFrame:
    """The columns of `ledger`, of one quote; rules.total adds them up."""
    return _shown(viewer, read_frame(_rows(viewer).where(QuoteConcession.quote_id == quote_id)))


@query("concessions.of_account", permission="quote.read", subject="account")
def of_account(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """The columns of `ledger`, of one account: what it was given, and what is offered to it now; the newest
    first."""
    frame = read_frame(_rows(viewer).where(QuoteConcession.account_id == account_id))
    return _shown(viewer, frame.sort_values("id", ascending=False, ignore_index=True))


@query("concessions.ledger", permission="quote.read")
def ledger(viewer: Viewer, view: str = "all") -> pd.DataFrame:
    """id, version, account_id, account, quote_id, number, code, currency, cost_minor (for those who may see
    costs), list_minor, competitor, owner, give_code, give_text, give_due_on, give_status, status, granted_on,
    lapses_on, settled_on, evidence, note, quantity (effort days), entitlement (what it became); due first.

    view: open (a return is due), bare (granted or offered without one), settled, offered, all.
    """
    c = QuoteConcession
    wanted = {
        "open": (c.status == "granted") & (c.give_status == "open"), "bare": c.give_status == "missing",
        "settled": c.give_status.in_(["received", "waived", "lapsed"]), "offered": c.status == "offered",
    }  # fmt: skip
    rows = _rows(viewer)
    return _shown(viewer, read_frame(rows.where(wanted[view]) if view in wanted else rows))


@query("concessions.volumes", permission="quote.read")
def volumes(viewer: Viewer) -> pd.DataFrame:
    """id, version, account_id, account, owner, currency, committed_minor, attained_minor (invoiced in its
    time and currency), rate, benefit, starts_on, ends_on, status, reason; running ones by their end, then
    the rest."""
    d = VolumeDeal
    return read_frame(
        select(d.id, d.version, d.account_id, spoken_name(viewer, Account).label("account"),
               spoken_name(viewer, Person).label("owner"), d.currency, d.committed_minor,
               attained().label("attained_minor"), d.rate, d.benefit, d.starts_on, d.ends_on, d.status,
               d.reason)
        .join(Account, Account.id == d.account_id)
        .join(Person, Person.id == d.owner_id)
        .where(of_visible_accounts(viewer, d.account_id))
        .order_by(d.status != "running", d.ends_on, d.id)
    )  # fmt: skip


@query("concessions.deal_accounts", permission="promise.write")
def deal_accounts(viewer: Viewer, most: int = 500) -> dict[int, tuple[str, str]]:
    """The viewer's customers: id -> (name, currency)."""
    rows = read_frame(
        select(Account.id, spoken_name(viewer, Account).label("name"), Account.currency)
        .where(of_visible_accounts(viewer, Account.id), Account.status != "churned")
        .order_by(Account.name).limit(most)
    )  # fmt: skip
    return {int(r.id): (r.name, r.currency) for r in rows.itertuples()}


@query("concessions.usual_rate", permission="quote.read")
def usual_rate(viewer: Viewer) -> Decimal:
    """The share off that a committed volume is worth."""
    return Decimal(policy.values("offers", viewer.today)["commitment"]["discount"])


def _shown(viewer: Viewer, frame: pd.DataFrame) -> pd.DataFrame:
    """Costs for those who may see them; the reading goes on record."""
    if viewer.may("cost.read") and on_record(viewer, QuoteConcession, frame["id"].astype(int)):
        return frame
    return frame.drop(columns="cost_minor")


def _rows(viewer: Viewer) -> Select:
    c = QuoteConcession
    return (
        select(c.id, c.version, c.account_id, spoken_name(viewer, Account).label("account"), c.quote_id,
               Quote.number, c.code, c.currency, c.cost_minor, c.list_minor, c.competitor,
               spoken_name(viewer, Person).label("owner"), c.give_code, c.give_text, c.give_due_on,
               c.give_status, c.status, c.granted_on, c.lapses_on, c.settled_on, c.evidence, c.note,
               c.quantity, Entitlement.item.label("entitlement"))
        .join(Account, Account.id == c.account_id)
        .join(Quote, Quote.id == c.quote_id)
        .join(Person, Person.id == c.owner_id)
        .outerjoin(Entitlement, Entitlement.id == c.entitlement_id)
        .where(of_visible_accounts(viewer, c.account_id))
        .order_by(c.give_due_on.is_(None), c.give_due_on, c.id)
    )  # fmt: skip

"""What holds for every quote to an account: tendering, ISO 27001, and whether it is blocked."""

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, NotAllowed, NotFound
from lib.quotes.circumstances import rules_of
from lib.quotes.clearance import Rules
from lib.quotes.requests import told
from lib.store.database import reading
from lib.store.doors import audit, command, query
from lib.store.models import Account, AccountRule
from lib.store.scope import load, of_visible_accounts


@query("quotes.account_rules", permission="quote.read", subject="account")
def account_rules(viewer: Viewer, account_id: int) -> Rules:
    """The rules of an account. Raises NotFound when it is not there or not the viewer's."""
    with reading() as connection:
        wanted = select(Account.id).where(Account.id == account_id, of_visible_accounts(viewer, Account.id))
        if not isinstance(account_id, int) or connection.execute(wanted).first() is None:
            raise NotFound()
        return rules_of(connection, viewer, account_id)


def _row(session: Session, viewer: Viewer, account_id: int, seen: int) -> AccountRule:
    load(session, viewer, Account, account_id)
    row = session.execute(
        select(AccountRule).where(AccountRule.account_id == account_id).with_for_update()
    ).scalars().first()  # fmt: skip
    now = row.version if row else 0
    if seen != now:
        raise Conflict("changed_meanwhile", seen=seen, now=now)
    if row is None:
        row = AccountRule(account_id=account_id, version=0)
        session.add(row)
    return row


@command("quotes.set_account_rules", permission="compliance.mark", subject="account")
def set_account_rules(
    session: Session, viewer: Viewer, account_id: int, seen_version: int, *, tender_required: bool = False,
    iso27001_required: bool = False, form_key: str | None = None,
) -> None:  # fmt: skip
    """Whether the customer owes a tender, and whether it asks for ISO 27001.

    Both may be set by whoever sells; lifting one is a reviewer's matter. Raises NotAllowed, NotFound,
    Conflict.
    """
    del form_key
    row = _row(session, viewer, account_id, seen_version)
    old = {"tender_required": row.tender_required, "iso27001_required": row.iso27001_required}
    new = {"tender_required": bool(tender_required), "iso27001_required": bool(iso27001_required)}
    if any(old[name] and not new[name] for name in new) and not viewer.may("compliance.review"):
        raise NotAllowed("quote_rule_stays")
    if old == new:
        return
    row.tender_required, row.iso27001_required = new["tender_required"], new["iso27001_required"]
    row.version += 1
    audit(session, viewer, "account_rule", account_id, account_id=account_id, old=old, new=new)


@command("quotes.block_account", permission="account.block", subject="account")
def block_account(
    session: Session, viewer: Viewer, account_id: int, seen_version: int, *, reason: str,
    form_key: str | None = None,
) -> None:  # fmt: skip
    """Put the account on the blacklist: from now on no quote to it is submitted or issued."""
    del form_key
    row = _row(session, viewer, account_id, seen_version)
    if row.blocked_at is not None:
        raise Conflict("account_blocked_already")
    row.blocked_at, row.blocked_by, row.blocked_reason = viewer.now, viewer.person_id, told(reason)
    row.version += 1
    audit(session, viewer, "account_rule", account_id, account_id=account_id, old={"blocked": False},
          new={"blocked": True}, reason=row.blocked_reason)  # fmt: skip


@command("quotes.unblock_account", permission="account.block", subject="account")
def unblock_account(
    session: Session, viewer: Viewer, account_id: int, seen_version: int, *, reason: str,
    form_key: str | None = None,
) -> None:  # fmt: skip
    """Take the account off the blacklist, with the reason."""
    del form_key
    row = _row(session, viewer, account_id, seen_version)
    if row.blocked_at is None:
        raise Conflict("account_not_blocked")
    old = {"blocked": True, "reason": row.blocked_reason}
    row.blocked_at = row.blocked_by = row.blocked_reason = None
    row.version += 1
    audit(session, viewer, "account_rule", account_id, account_id=account_id, old=old,
          new={"blocked": False}, reason=told(reason))  # fmt: skip


# The command behind each small form of an account; see compliance_texts.account_forms.
BY_FORM = {"rules": set_account_rules, "block": block_account, "unblock": unblock_account}

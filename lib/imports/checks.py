"""What must hold between the values of one row, and what is worth a remark. Pure, one function a kind."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from lib.contracts.rules import next_boundary
from lib.imports.batch import Batch
from lib.money import MINOR_MAX, minor_digits, round_to


def to_store(batch: Batch) -> None:
    """Fill `batch.store` with what the table takes, after the checks of the kind."""
    for item in batch.kind.fields:
        if item.name not in batch.values:
            continue
        if item.type == "money":
            batch.store[item.column] = _minor(batch, item.name)
        elif item.refers:  # links (parent, owner, …) have no infos here: they are written by key, later
            if item.name in batch.infos:
                batch.store[item.column] = [i.id if i else None for i in batch.infos[item.name]]
        elif item.column:
            batch.store[item.column] = batch.values[item.name]
    if batch.kind.in_row_currency(batch.values):
        batch.store["currency"] = _currencies(batch)
    if "funding" in batch.values:  # its currency stands beside it, whatever becomes of the account's own
        pairs = zip(batch.values["funding"], _currencies(batch, "funding"), strict=True)
        batch.store["funding_currency"] = [c if amount is not None else None for amount, c in pairs]
    for name, allowed in batch.plan.known.items():
        _remark_unknown(batch, name, frozenset(allowed))
    check = _CHECKS.get(batch.kind.name)
    if check:
        check(batch)


def _currencies(batch: Batch, name: str = "") -> list[str]:
    """The currency of an amount: one of its own (`funding_currency`), else the row's, else the one of its
    account or invoice."""
    owner = "invoice" if batch.kind.name == "payments" else "account"
    own = batch.column("currency")
    found = [c or (i.currency if i else None) or "USD" for c, i in zip(own, batch.found(owner), strict=True)]
    if f"{name}_currency" not in batch.values:
        return found
    return [c or other for c, other in zip(batch.values[f"{name}_currency"], found, strict=True)]


def _minor(batch: Batch, name: str) -> list[int | None]:
    """Whole minor units; more decimals than the currency has are refused, not rounded away."""
    factor = Decimal(batch.plan.scale.get(name, "1"))
    memo: dict[tuple[Decimal, str], int | str] = {}
    amounts: list[int | None] = []
    for position, pair in enumerate(zip(batch.values[name], _currencies(batch, name), strict=True)):
        if pair[0] is None:
            amounts.append(None)
            continue
        if pair not in memo:
            memo[pair] = _units(pair[0] * factor, pair[1])
        found = memo[pair]
        if isinstance(found, str):
            batch.report(position, found, name, currency=pair[1])
        amounts.append(None if isinstance(found, str) else found)
    return amounts


def _units(amount: Decimal, currency: str) -> int | str:
    units = amount.scaleb(minor_digits(currency))
    if units != units.to_integral_value():
        return "too_precise"
    return int(units) if abs(units) <= MINOR_MAX else "amount_too_large"


def _remark_unknown(batch: Batch, name: str, allowed: frozenset[str]) -> None:
    for position, value in enumerate(batch.column(name)):
        if value is not None and value not in allowed:
            batch.remark(position, "unknown_value", name)


def _accounts(batch: Batch) -> None:
    for position, (own, parent) in enumerate(zip(batch.column("key"), batch.column("parent"), strict=True)):
        if own is not None and own == parent:
            batch.report(position, "own_parent", "parent")


def _contacts(batch: Batch) -> None:
    for position, value in enumerate(batch.column("email")):
        if value is not None and ("@" not in value or " " in value):
            batch.remark(position, "not_an_email", "email")


def _shift_last_day(batch: Batch) -> None:
    """A file whose end dates are the last day covered: the store keeps the first day after it."""
    if batch.plan.end_is_last_day and "ends_on" in batch.store:
        batch.store["ends_on"] = [d and d + timedelta(days=1) for d in batch.store["ends_on"]]


def _ends_after_start(batch: Batch, *, strictly: bool) -> None:
    pairs = zip(batch.column("starts_on"), batch.store.get("ends_on", []), strict=False)
    for position, (start, end) in enumerate(pairs):
        if start and end and (end < start or (strictly and end == start)):
            batch.report(position, "ends_before_start", "ends_on")


def _contracts(batch: Batch) -> None:
    _shift_last_day(batch)
    _ends_after_start(batch, strictly=True)
    batch.store["product_line"] = [p or "" for p in batch.column("product_line")]
    ends = batch.store.get("ends_on") or [None] * batch.size
    said = zip(batch.column("kind"), ends, strict=True)
    kinds = [k or ("fixed" if e else "month_to_month") for k, e in said]
    for position, (kind, end) in enumerate(zip(kinds, ends, strict=True)):
        if (kind == "month_to_month") == (end is not None):
            batch.report(position, "month_has_no_end" if end else "contract_needs_end", "ends_on")
    starts = zip(kinds, batch.column("starts_on"), strict=True)
    batch.store["kind"] = kinds
    batch.store["can_leave_on"] = [
        next_boundary(s, 1, batch.today) if k == "month_to_month" and s else None for k, s in starts
    ]


def _subscriptions(batch: Batch) -> None:
    _shift_last_day(batch)
    _ends_after_start(batch, strictly=False)
    stated = batch.store.get("arr_minor") or [None] * batch.size
    discounts = batch.column("discount")
    computed = [
        None if m is None else int(round_to(Decimal(12 * m) * (1 - (d or 0)), 0))
        for m, d in zip(batch.store["mrr_minor"], discounts, strict=True)
    ]
    for position, (said, meant) in enumerate(zip(stated, computed, strict=True)):
        if said is not None and meant is not None and said != meant:
            batch.remark(position, "arr_differs", "arr")
    batch.store["arr_minor"] = [c if s is None else s for s, c in zip(stated, computed, strict=True)]


def _invoices(batch: Batch) -> None:
    for position, (issued, due) in enumerate(
        zip(batch.column("issued_on"), batch.column("due_on"), strict=True)
    ):
        if issued and due and due < issued:
            batch.remark(position, "due_before_issue", "due_on")


def _payments(batch: Batch) -> None:
    pairs = zip(batch.column("currency"), batch.found("invoice"), strict=True)
    for position, (currency, invoice) in enumerate(pairs):
        if currency and invoice and currency != invoice.currency:
            batch.report(position, "currency_differs", "currency", currency=invoice.currency)


def _account_of(batch: Batch, through: str) -> None:
    """Rows that name a user or a subscription: the account is theirs; a file that says otherwise is wrong."""
    owners = []
    for position, (link, account) in enumerate(
        zip(batch.found(through), batch.found("account"), strict=True)
    ):
        if link and account and link.account_id != account.id:
            batch.report(position, "account_mismatch", "account")
        owner = link.account_id if link else account.id if account else None
        if owner is None and position not in batch.errors:
            batch.report(position, "missing", "account" if "account" in batch.texts else through)
        owners.append(owner)
    batch.store["account_id"] = owners


def _days(batch: Batch, through: str, before: str, after: str) -> None:
    """Remarks on days before the account, user or subscription began, or after it ended; a day that has not
    come yet is refused (one day is granted to zones ahead)."""
    latest = batch.today + timedelta(days=1)
    links, accounts = batch.found(through), batch.found("account")
    for position, day in enumerate(batch.values["day"]):
        if day is None:
            continue
        if day > latest:
            batch.report(position, "in_future", "day")
        link, account = links[position], accounts[position]
        if link is not None:
            if link.since and day < link.since:
                batch.remark(position, before, "day", since=link.since.isoformat())
            elif link.until and day >= link.until:
                batch.remark(position, after, "day", until=link.until.isoformat())
        signed = account.signed_up if account else link.signed_up if link else None
        if signed and day < signed:
            batch.remark(position, "before_signup", "day", since=signed.isoformat())


def _activity(batch: Batch) -> None:
    _account_of(batch, "user")
    _days(batch, "user", "before_user", "before_user")
    batch.store["events"] = [1 if e is None else e for e in batch.column("events")]
    if "user" in batch.values:
        batch.store.pop("active_users", None)
        return
    counts = zip(batch.column("active_users"), batch.store["events"], strict=True)
    batch.store["active_users"] = [int(e > 0) if a is None else a for a, e in counts]
    batch.store["named"] = [False] * batch.size


def _feature_usage(batch: Batch) -> None:
    _account_of(batch, "subscription")
    _days(batch, "subscription", "before_subscription", "after_subscription")


def _tickets(batch: Batch) -> None:
    rows = zip(batch.column("opened_at"), batch.column("closed_at"), batch.found("account"), strict=True)
    for position, (opened, closed, account) in enumerate(rows):
        if opened and closed and closed < opened:
            batch.remark(position, "closed_before_opened", "closed_at")
        if account is None and position not in batch.errors:
            batch.remark(position, "no_account", "account")


def _surveys(batch: Batch) -> None:
    for position, (kind, score) in enumerate(zip(batch.column("kind"), batch.column("score"), strict=True)):
        if kind == "csat" and score is not None and not 1 <= score <= 5:
            batch.report(position, "score_range", "score")


def _entitlements(batch: Batch) -> None:
    rows = zip(batch.column("starts_on"), batch.column("expires_on"), strict=True)
    for position, (starts_on, expires_on) in enumerate(rows):
        if starts_on and expires_on and expires_on < starts_on:
            batch.report(position, "ends_before_start", "expires_on")


def _touches(batch: Batch) -> None:
    for position, moment in enumerate(batch.column("happened_at")):
        if moment and moment > batch.now + timedelta(days=1):
            batch.report(position, "in_future", "happened_at")


def _opportunities(batch: Batch) -> None:
    rows = zip(batch.column("closed_on"), batch.found("account"), strict=True)
    for position, (closed, account) in enumerate(rows):
        if account is None and position not in batch.errors:
            batch.remark(position, "no_account" if closed else "open_without_account", "account")


_CHECKS: dict[str, Callable[[Batch], None]] = {
    "accounts": _accounts, "contacts": _contacts, "contracts": _contracts, "subscriptions": _subscriptions,
    "invoices": _invoices, "payments": _payments, "activity": _activity, "feature_usage": _feature_usage,
    "tickets": _tickets, "surveys": _surveys, "touches": _touches, "opportunities": _opportunities,
    "entitlements": _entitlements,
}  # fmt: skip

"""What a customer's yes makes of contracts: a new one, the follower of a renewed one, or a running one
amended; with the ARR before and after, so that every movement adds up."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.contracts.commands import rejoin
from lib.contracts.rules import RENEWABLE, Kind
from lib.errors import Conflict
from lib.flows.amend_periods import amend_periods
from lib.flows.periods import end_period, settle_contract, write_contract
from lib.money import round_to, spread
from lib.pricing.proration import add_months
from lib.store.doors import audit
from lib.store.models import Contract, Quote, QuoteVersion, Renewal, Subscription
from lib.store.scope import load

RATE_PLACES = 12
PLATFORM = "platform"


@dataclass(frozen=True)
class Closed:
    """The contract a quote ended in. `before` is the ARR it takes over, `after` what it brings from its first
    day on, both as the periods of the contracts say; `amends`: the contract ran already."""

    contract: Contract
    before: int
    after: int
    renews: bool = False
    amends: bool = False


def close(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, renewal: Renewal | None, day: date
) -> Closed:
    """Write the contract of an accepted version, signed on `day`, with its periods. Raises Conflict, NotFound
    where the contract it amends does not run on its first day."""
    if version.amends_contract_id is not None:
        return _amend(session, viewer, quote, version)
    earlier = session.get(Contract, renewal.contract_id) if renewal else None
    contract = _new_contract(session, viewer, quote, version, earlier, day)
    session.add_all(periods_of(viewer, quote, version, contract))
    before = 0
    if earlier is not None:
        before = _running_arr(session, earlier.id, version.starts_on, renewal.base_minor)
        _hand_over(session, viewer, earlier, version.starts_on)
    return Closed(contract, before, version.arr_minor, renews=earlier is not None)


def _amend(session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion) -> Closed:
    """The running contract holds the lines of the quote from its first day on; what the quote does not name
    runs on. A later end than the contract's moves the contract's."""
    contract = load(session, viewer, Contract, version.amends_contract_id)
    day, until = version.starts_on, ends_on(version)
    over = contract.ends_on is not None and day >= contract.ends_on
    foreign = contract.account_id != quote.account_id or contract.currency != version.currency
    if over or foreign or contract.kind not in RENEWABLE or day < contract.starts_on:
        raise Conflict("quote_amends")
    before = _running_arr(session, contract.id, day, contract.arr_minor)
    amend_periods(session, viewer, version, contract, periods_of(viewer, quote, version, contract))
    settle_contract(session, viewer, contract.id, quote.account_id, day)
    session.flush()
    session.refresh(contract)
    if contract.kind == Kind.FIXED and until is not None and contract.ends_on < until:
        write_contract(session, viewer, contract, {"ends_on": until})
    return Closed(contract, before, _running_arr(session, contract.id, day, 0), renews=True, amends=True)


def ends_on(version: QuoteVersion) -> date | None:
    """The first day after the quote's lines; None for a month that renews itself."""
    last = date.fromisoformat(version.snapshot["ends_on"]) + timedelta(days=1)
    monthly = version.term_months == 1 and last == add_months(version.starts_on, 1)
    return None if monthly else last


def _running_arr(session: Session, contract_id: int, day: date, otherwise: int) -> int:
    """ARR of the contract's periods that cover a day; of one without any period, as it says itself."""
    s = Subscription
    rows = session.execute(
        select(s.starts_on, s.ends_on, s.arr_minor).where(s.contract_id == contract_id, s.is_trial.is_(False))
    ).all()
    held = [r.arr_minor for r in rows if r.starts_on <= day and (r.ends_on is None or r.ends_on > day)]
    if not held:  # the last day before: a contract that ends where the next begins
        held = [r.arr_minor for r in rows if r.starts_on < day and r.ends_on == day]
    return sum(held) if rows else otherwise


def _new_contract(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, earlier: Contract | None, day: date
) -> Contract:
    line = earlier.product_line if earlier else _free_line(session, quote, version)
    until, lines = ends_on(version), version.snapshot["lines"]
    seats = sum(int(Decimal(x["quantity"])) for x in lines if x["unit"] == "seat_month")
    contract = Contract(
        external_id=f"quote:{quote.number}:{version.revision}", account_id=quote.account_id,
        product_line=line, kind="month_to_month" if until is None else "fixed", starts_on=version.starts_on,
        ends_on=until, can_leave_on=add_months(version.starts_on, 1) if until is None else None,
        auto_renews=until is None, currency=version.currency, arr_minor=version.arr_minor,
        seats=seats or None, signed_on=day, source="quote", recorded_at=viewer.now,
    )  # fmt: skip
    session.add(contract)
    session.flush()
    new = {"quote": quote.number, "arr_minor": version.arr_minor, "starts_on": version.starts_on}
    audit(session, viewer, "contract", contract.id, account_id=quote.account_id, new=new)
    return contract


def _free_line(session: Session, quote: Quote, version: QuoteVersion) -> str:
    """The book's name; with the quote's number where that line already has a contract from this day on."""
    name = version.snapshot["book"]["en"]
    same = select(Contract.id).where(
        Contract.account_id == quote.account_id, Contract.product_line == name,
        Contract.currency == version.currency, Contract.starts_on == version.starts_on,
    )  # fmt: skip
    return f"{name} {quote.number}" if session.execute(same).first() else name


def periods_of(viewer: Viewer, quote: Quote, version: QuoteVersion, contract: Contract) -> list[Subscription]:
    """One period per recurring line of the paper; their ARR adds up to the quote's exactly."""
    lines = [(n, x) for n, x in enumerate(version.snapshot["lines"], 1) if x["recurring"]]
    if not lines:
        return []
    told = [x.get("arr_minor") for _n, x in lines]
    arrs = told if None not in told else spread(version.arr_minor, [x["net_minor"] for _n, x in lines])
    return [
        _period(viewer, quote, version, contract, number, line, arr)
        for (number, line), arr in zip(lines, arrs, strict=True)
    ]


def _period(
    viewer: Viewer, quote: Quote, version: QuoteVersion, contract: Contract, number: int,
    line: dict[str, Any], arr: int,
) -> Subscription:  # fmt: skip
    own, until = line.get("period") or {}, ends_on(version)
    months = Decimal(version.term_months)
    if own:
        months = Decimal(own["numerator"]) / own["denominator"]
        until = until and date.fromisoformat(own["ends_on"]) + timedelta(days=1)
    mrr = int(round_to(Decimal(line["list_minor"]) / months, 0))
    off = round_to(1 - Decimal(arr) / (12 * mrr), RATE_PLACES) if mrr else Decimal(0)
    return Subscription(
        external_id=f"quote:{quote.number}:{version.revision}:{number}", account_id=quote.account_id,
        contract_id=contract.id, product=line["en"], product_line=contract.product_line,
        plan=line["code"] if line["group"] == PLATFORM else None, ends_on=until,
        starts_on=date.fromisoformat(own["starts_on"]) if own else version.starts_on,
        currency=version.currency, mrr_minor=mrr, arr_minor=arr,
        seats=int(Decimal(line["quantity"])) if line["unit"] == "seat_month" else None,
        discount=max(off, Decimal(0)), billing="monthly" if until is None else "annual",
        auto_renews=until is None, source="quote", recorded_at=viewer.now,
    )  # fmt: skip


def _hand_over(session: Session, viewer: Viewer, contract: Contract, day: date) -> None:
    """What the renewed contract would still give past the new start ends there: no ARR counts twice."""
    s = Subscription
    periods = select(s).where(
        s.contract_id == contract.id, s.starts_on <= day, or_(s.ends_on.is_(None), s.ends_on > day)
    )
    for period in session.execute(periods.order_by(s.id)).scalars().all():
        end_period(session, viewer, period, day)
    if contract.source == "joined":
        rejoin(session, viewer, [contract.account_id])
    elif contract.ends_on is None or contract.ends_on > day:
        over = {"kind": str(Kind.FIXED), "ends_on": day, "can_leave_on": None, "auto_renews": False}
        write_contract(session, viewer, contract, over)

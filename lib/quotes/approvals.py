"""Guardrails: what a quote may leave with, who must agree, and the nearest way to need nobody."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_UP, Decimal, localcontext
from typing import Any

from lib.access import Role
from lib.errors import Invalid
from lib.money import exact_text, parse_decimal
from lib.pricing.terms import TermPolicy
from lib.pricing.waterfall import LineRequest, Priced, Terms, price
from lib.quotes.findings import Decision, Finding, Level, together
from lib.quotes.matrix import NO_FACTS, Facts, Matrix, read_matrix, weigh

TENTH_OF_A_POINT = Decimal("0.001")
HIGHEST = 3  # this level decides about whatever the levels below it may not
LEVEL_OF = {Role.APPROVER_1: 1, Role.APPROVER_2: 2, Role.APPROVER_3: HIGHEST, Role.LEADERSHIP: HIGHEST}


@dataclass(frozen=True)
class Limits:
    """Shares off list from which a justification or an approval is asked, for terms from `from_months`."""

    from_months: int
    justify_above: Decimal
    approve_above: Decimal


@dataclass(frozen=True)
class Reach:
    """How far an approver level below the highest may go: largest discount, lowest margin (shares)."""

    most_discount: Decimal
    least_margin: Decimal


@dataclass(frozen=True)
class Guardrails:
    limits: tuple[Limits, ...]  # shortest term first
    margin_below: Decimal
    least_characters: int
    approvers: tuple[Reach, ...] = ()  # level 1 first; without any the highest level decides everything
    matrix: Matrix = field(default_factory=Matrix)  # what is asked beside the price

    def for_term(self, months: int) -> Limits:
        return [entry for entry in self.limits if entry.from_months <= months][-1]


@dataclass(frozen=True)
class Way:
    """A change after which nobody is asked: `points` (share) off the discount, or a term of `months`."""

    kind: str  # discount, term, no_prepay
    points: Decimal | None = None
    months: int | None = None


def read_guardrails(policy: Mapping[str, Any], approvals: Mapping[str, Any] | None = None) -> Guardrails:
    """The policy documents "quotes" and "approvals" as values."""
    limits = [
        Limits(e["from_months"], parse_decimal(e["justify_above"]), parse_decimal(e["approve_above"]))
        for e in policy["limits"]
    ]
    return Guardrails(tuple(sorted(limits, key=lambda entry: entry.from_months)),
                      parse_decimal(policy["margin"]["approve_below"]),
                      policy["justification"]["least_characters"], _reaches(policy["approvers"]),
                      read_matrix(approvals) if approvals else Matrix())  # fmt: skip


def _reaches(held: Mapping[str, Mapping[str, str]]) -> tuple[Reach, ...]:
    """Levels from the lowest on; a level never reaches less far than the one below it."""
    found: list[Reach] = []
    for name in sorted(held):
        wide, thin = (parse_decimal(held[name][key]) for key in ("most_discount", "least_margin"))
        if found:
            wide, thin = max(wide, found[-1].most_discount), min(thin, found[-1].least_margin)
        found.append(Reach(wide, thin))
    return tuple(found)


def decide(priced: Priced, rails: Guardrails, facts: Facts = NO_FACTS) -> Decision:
    """What this quote asks for. Discounts are compared before rounding: exactly at a limit passes.

    Recurring and one-off lines are held to the same limits, each on its own; the margin counts all lines.
    """
    limits = rails.for_term(priced.months)
    findings = [_discount(priced, limits, rails, recurring=True)]
    if any(not line.request.item.recurring for line in priced.lines):
        findings.append(_discount(priced, limits, rails, recurring=False))
    findings.append(_margin(priced, rails))
    return together((*findings, *weigh(priced, facts, rails.matrix)))


def _discount(priced: Priced, limits: Limits, rails: Guardrails, *, recurring: bool) -> Finding:
    at_list, net = priced.exact(recurring=recurring)
    level, limit, approver = Level.FREE, limits.justify_above, 0
    with localcontext(prec=100):
        if net < at_list * (1 - limits.approve_above):
            level, limit = Level.APPROVE, limits.approve_above
            approver = _lowest(net >= at_list * (1 - reach.most_discount) for reach in rails.approvers)
        elif net < at_list * (1 - limits.justify_above):
            level = Level.JUSTIFY
        found = 1 - net / at_list if at_list else Decimal(0)
    kind = "discount" if recurring else "once"
    return Finding(rule_name("D", limit, limits.from_months), kind, level, found, limit, approver)


def _margin(priced: Priced, rails: Guardrails) -> Finding:
    floor, left = rails.margin_below, priced.net_minor - priced.cost_minor
    if left >= floor * priced.net_minor:
        return Finding(rule_name("M", floor), "margin", Level.FREE, priced.margin, floor)
    approver = _lowest(left >= reach.least_margin * priced.net_minor for reach in rails.approvers)
    return Finding(rule_name("M", floor), "margin", Level.APPROVE, priced.margin, floor, approver)


def _lowest(reaches: Iterable[bool]) -> int:
    """The first level that reaches so far, else the highest."""
    return next((level for level, far in enumerate(reaches, 1) if far), HIGHEST)


def rule_name(letter: str, limit: Decimal, from_months: int = 1) -> str:
    """D-20, D-30 for discount limits, D-30/24 where the limit is that of long terms, M-15 for the margin."""
    percent = exact_text(limit * 100)
    return f"{letter}-{percent}" + (f"/{from_months}" if from_months > 1 else "")


def ways_out(
    requests: Sequence[LineRequest], terms: Terms, policy: TermPolicy, currency: str, rails: Guardrails,
    facts: Facts = NO_FACTS,
) -> list[Way]:  # fmt: skip
    """Single changes that make the quote free, nearest first: less discount, a longer term, no prepayment."""

    def passes(changed: Terms) -> bool:
        try:
            priced = price(requests, changed, policy, currency)
        except Invalid:  # a term these lines or choices cannot have
            return False
        return decide(priced, rails, facts).level is Level.FREE

    ways = []
    less = _less_discount(requests, terms, policy, currency, rails)
    if less is not None and passes(replace(terms, discount=less)):
        ways.append(Way("discount", points=terms.discount - less))
    longer = next((m for m in policy.months if m > terms.months and passes(replace(terms, months=m))), None)
    if longer is not None:
        ways.append(Way("term", months=longer))
    if terms.prepaid and passes(replace(terms, prepaid=False)):
        ways.append(Way("no_prepay"))
    return ways


def _less_discount(
    requests: Sequence[LineRequest], terms: Terms, policy: TermPolicy, currency: str, rails: Guardrails
) -> Decimal | None:
    """The largest quote discount, in tenths of a point, that stays inside the free limit and the margin."""
    if not terms.discount:
        return None
    bare = price(requests, replace(terms, discount=Decimal(0)), policy, currency)
    free = rails.for_term(terms.months).justify_above
    most = terms.discount
    with localcontext(prec=100):
        for recurring in (True, False):
            at_list, net = bare.exact(recurring=recurring)
            if net:
                most = min(most, 1 - (1 - free) * at_list / net)
        if bare.net_minor:
            most = min(most, 1 - bare.cost_minor / ((1 - rails.margin_below) * bare.net_minor))
        cut = (terms.discount - most).quantize(TENTH_OF_A_POINT, rounding=ROUND_UP)
    return terms.discount - cut if 0 < cut <= terms.discount else None


def content_hash(content: Mapping[str, Any]) -> str:
    """One number for everything that is priced; an approval holds for this number and no other."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def priced_content(
    priced: Priced, terms: Terms, *, account_id: int, book: str, starts_on: object
) -> dict[str, Any]:
    """The priced fields of a quote, in one fixed form."""
    return {
        "account": account_id, "book": book, "currency": priced.currency, "starts_on": str(starts_on),
        "months": terms.months, "prepaid": terms.prepaid, "discount": exact_text(terms.discount),
        "lines": [
            [line.request.item.code, exact_text(line.request.quantity), exact_text(line.request.discount),
             line.list_minor, line.net_minor]
            for line in priced.lines
        ],
        "list": priced.list_minor, "net": priced.net_minor, "arr": priced.arr_minor,
    }  # fmt: skip


def may_decide(person_id: int, editors: Sequence[int], stands_in_for: Collection[int] = ()) -> bool:
    """Four eyes: nobody who made or edited any version of a quote decides on it, nor whoever stands in for
    one of them today (`stands_in_for`: the people this person stands in for)."""
    return person_id not in editors and not set(stands_in_for) & set(editors)


def level_of(roles: Iterable[str]) -> int:
    """The approver level of a person's roles, 1 to 3; 0 for none. Leadership counts as the highest."""
    return max((LEVEL_OF.get(Role(role), 0) for role in roles), default=0)


def deciding_role(roles: Iterable[Role]) -> Role:
    """The role a decision is recorded under: the one that reaches furthest."""
    return max(sorted(roles), key=lambda role: LEVEL_OF.get(role, 0))


@dataclass(frozen=True)
class Holder:
    """Somebody with an approver role: who they are, how far they reach, and whom they stand in for today.

    `level` counts with that of the approvers they stand in for, `own_level` without; `away`: somebody stands
    in for them.
    """

    id: int
    name: str
    level: int
    stands_in_for: frozenset[int] = frozenset()
    own_level: int = 0
    away: bool = False


@dataclass(frozen=True)
class Desk:
    """Who may decide about one quote. `level` is what it needs, `able` may decide, `barred` hold the level
    but made the quote or stand in for somebody who did; `admins` can give somebody else the level."""

    level: int
    able: tuple[Holder, ...]
    barred: tuple[Holder, ...]
    admins: tuple[str, ...] = ()


def seats(level: int, holders: Sequence[Holder], editors: Sequence[int], admins: Sequence[str] = ()) -> Desk:
    """Who of the holders may decide about a quote of these editors that needs this level."""
    high = [holder for holder in holders if holder.level >= level]
    able = tuple(h for h in high if may_decide(h.id, editors, h.stands_in_for))
    return Desk(level, able, tuple(h for h in high if h not in able), tuple(admins))


def people_text(names: Sequence[str], language: str) -> str:
    """Names in a row, as a language separates them."""
    return ("、" if language == "zh-CN" else ", ").join(names)

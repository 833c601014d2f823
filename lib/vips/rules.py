"""Who is proposed as a VIP, what an acceptance needs, and whether there is room for one more SLA. Pure."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lib.errors import Conflict, Invalid, NotAllowed
from lib.money import from_minor

REASON_MAX, MONTHS_MAX, LEVELS_MAX = 1000, 60, 20


class Rule(StrEnum):
    TOP_PLAN = "top_plan"
    SPEND = "spend"
    BIG_NAME = "big_name"
    FUNDING = "funding"
    HAND = "hand"  # proposed by a person, with a reason


class Mode(StrEnum):
    CONTRACT = "contract"  # a contractual SLA
    INTERNAL = "internal"  # white-glove care that nobody promised


class Advocacy(StrEnum):
    REFERENCE = "reference"
    CASE_STUDY = "case_study"
    REVIEW = "review"
    AT_RISK = "at_risk"  # of a bad word


QUESTIONS = ("included", "who", "months", "levels", "opt_in")  # what every SLA answers before it is promised


@dataclass(frozen=True)
class Facts:
    """What the rules look at; amounts in minor units of the currency beside them."""

    plan: str | None = None
    arr_minor: int | None = None
    currency: str = "USD"
    big_name: bool = False
    big_name_reason: str | None = None
    following: int | None = None
    funding_minor: int | None = None
    funding_currency: str | None = None
    funding_source: str | None = None
    domain: str | None = None


@dataclass(frozen=True)
class Limits:
    """The policy of a day. `rates`: USD for one unit of a currency."""

    top_plans: frozenset[str]
    free_mail: frozenset[str]
    funding: Decimal
    spend: Decimal
    following: int
    rates: Mapping[str, Decimal]


@dataclass(frozen=True)
class Proposal:
    """A rule that holds, the numbers behind it, and the mark that has to change before it is said again."""

    rule: Rule
    mark: str
    evidence: dict[str, Any]


def limits_of(vip: Mapping[str, Any], rates: Mapping[str, str]) -> Limits:
    """From the documents "vip" and "segments" (its rates)."""
    return Limits(
        top_plans=frozenset(words(vip["rules"]["top_plans"])),
        free_mail=frozenset(words(vip["rules"]["free_mail"])),
        funding=Decimal(vip["funding"]["least"]), spend=Decimal(vip["value"]["spend_from"]),
        following=vip["value"]["following_from"], rates={c: Decimal(r) for c, r in rates.items()},
    )  # fmt: skip


def words(text: str) -> list[str]:
    """The parts of a list with commas, folded."""
    return [part.strip().casefold() for part in text.split(",") if part.strip()]


def host_of(domain: str | None) -> str | None:
    """The bare host of a domain, an address of a website, or an e-mail address; None without one."""
    text = (domain or "").strip().casefold()
    text = text.split("://")[-1].split("/")[0].split("@")[-1].split(":")[0].removeprefix("www.")
    return text if "." in text else None


def is_business(domain: str | None, free_mail: frozenset[str]) -> bool:
    """A company's own domain: known, and none of the free-mail services."""
    host = host_of(domain)
    if host is None:
        return False
    parts = host.split(".")
    return not any(".".join(parts[n:]) in free_mail for n in range(len(parts) - 1))


def in_usd(minor: int | None, currency: str, rates: Mapping[str, Decimal]) -> Decimal | None:
    """An amount as compared with limits in USD, at the rate of the policy; None without amount or rate."""
    rate = rates.get(currency)
    return None if minor is None or rate is None else from_minor(minor, currency) * rate


def proposals(facts: Facts, limits: Limits) -> list[Proposal]:
    """Every rule that holds for an account, the strongest evidence first."""
    found = (_top_plan(facts, limits), _spend(facts, limits), _big_name(facts, limits),
             _funding(facts, limits))  # fmt: skip
    return [one for one in found if one]


def _top_plan(facts: Facts, limits: Limits) -> Proposal | None:
    plan = (facts.plan or "").strip().casefold()
    return Proposal(Rule.TOP_PLAN, plan, {"plan": facts.plan}) if plan in limits.top_plans else None


def _spend(facts: Facts, limits: Limits) -> Proposal | None:
    worth = in_usd(facts.arr_minor, facts.currency, limits.rates)
    if worth is None or worth < limits.spend or not worth:
        return None
    times = int(worth / limits.spend) if limits.spend else 1  # said again when the next multiple is reached
    return Proposal(Rule.SPEND, str(times), _amount(facts.arr_minor, facts.currency, limits))


def _big_name(facts: Facts, limits: Limits) -> Proposal | None:
    by_hand = facts.big_name and bool((facts.big_name_reason or "").strip())
    followed = facts.following is not None and facts.following >= limits.following
    if not (by_hand or followed):
        return None
    why = facts.big_name_reason if by_hand else None
    steps = facts.following // max(limits.following, 1) if followed else 0
    return Proposal(
        Rule.BIG_NAME, f"{why or ''}|{steps}"[:255], {"reason": why, "following": facts.following}
    )


def _funding(facts: Facts, limits: Limits) -> Proposal | None:
    currency = facts.funding_currency or facts.currency
    worth = in_usd(facts.funding_minor, currency, limits.rates)
    if worth is None or worth < limits.funding or not is_business(facts.domain, limits.free_mail):
        return None
    told = _amount(facts.funding_minor, currency, limits)
    told |= {"source": facts.funding_source, "domain": host_of(facts.domain)}
    return Proposal(Rule.FUNDING, f"{facts.funding_minor} {currency}", told)


def _amount(minor: int | None, currency: str, limits: Limits) -> dict[str, Any]:
    rate = None if currency == "USD" else str(limits.rates[currency])
    return {"amount": minor, "currency": currency, "rate": rate}


def why(text: str | None, field: str = "vip_reason") -> str:
    """The trimmed reason of a decision. Raises Invalid when it is empty, too long or holds control marks."""
    said = " ".join(unicodedata.normalize("NFC", text).split()) if isinstance(text, str) else ""
    if not said:
        raise Invalid("vip_question_open" if field in QUESTIONS else "vip_reason_missing", field=field)
    if len(said) > REASON_MAX or not said.isprintable():
        raise Invalid("vip_text", field=field, limit=REASON_MAX)
    return said


def answers_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The five answers of an SLA, as they are stored: what is included, who gets it, for how many months, how
    many levels can be supported, may customers opt in. Raises Invalid naming the first open question."""
    made = {name: why(raw.get(name), name) for name in ("included", "who") if _said(raw, name)}
    for name, most in (("months", MONTHS_MAX), ("levels", LEVELS_MAX)):
        if not _said(raw, name):
            raise Invalid("vip_question_open", field=name)
        made[name] = _whole(raw[name], name, most)
    if raw.get("opt_in") not in ("yes", "no"):
        raise Invalid("vip_question_open", field="opt_in")
    return made | {"opt_in": raw["opt_in"]}


def _said(raw: Mapping[str, Any], name: str) -> bool:
    value = raw.get(name)
    empty = value is None or (isinstance(value, str) and not value.strip())
    if empty:
        raise Invalid("vip_question_open", field=name)
    return True


def _whole(value: Any, field: str, most: int) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= most:
        raise Invalid("vip_whole", field=field, most=most)
    return int(text)


def check_room(
    held: int, most: int, *, whose: str, may_exceed: bool, override: str | None
) -> str | None:  # fmt: skip
    """The reason for going over capacity, None where there is room. `held` SLAs are carried already.

    Raises Conflict with the figure; a lead may go over it with a reason where the policy says so, others get
    NotAllowed when they try.
    """
    if held < most:
        return None
    if not (override or "").strip():
        raise Conflict("vip_capacity_level" if whose == "level" else "vip_capacity_manager", held=held,
                       most=most)  # fmt: skip
    if not may_exceed:
        raise NotAllowed("vip_capacity_lead", held=held, most=most)
    return why(override, "override")

"""The VIP programme in words: evidence as sentences, rows of the lists, facts, clocks and terms."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.vips.lane import Lane
from lib.vips.queries import Known, Level, Standard
from lib.vips.terms import Clock, Terms
from lib.words import say, term

STATUS = {Clock.BREACHED: "critical", Clock.RUNNING: "watch", Clock.WITHIN: "healthy",
          Clock.UNKNOWN: "no_data"}  # fmt: skip
PROPOSED = ("account", "rule", "evidence", "arr_minor", "currency", "proposed_on", "owner")
INSIDE = ("account", "mode", "rule", "since", "until", "leaves", "advocacy", "arr_minor", "currency", "owner")


def rule_name(rule: str, language: str) -> str:
    return say(language, f"vips-rule-{rule.replace('_', '-')}")


def mode_name(mode: str, level: str | None, levels: Mapping[str, str], language: str) -> str:
    said, level = say(language, f"vips-mode-{mode}"), _none(level)
    return say(language, "vips-mode-level", mode=said, level=levels.get(level, level)) if level else said


def level_names(levels: Sequence[Level], language: str) -> dict[str, str]:
    return {one.code: one.name_zh if language == "zh-CN" else one.name_en for one in levels}


def evidence(rule: str, held: Mapping[str, Any], language: str) -> str:
    """The numbers a rule judged by, as a sentence; an amount in another currency names its rate."""
    if rule == "top_plan":
        return say(language, "vips-evidence-top-plan", plan=term(language, "plan", held["plan"]))
    if rule == "big_name":
        parts = []
        if held.get("reason"):
            parts.append(say(language, "vips-evidence-big-name", reason=held["reason"]))
        if held.get("following"):
            count = fmt.number(held["following"], language)
            parts.append(say(language, "vips-evidence-following", count=count))
        return " ".join(parts)
    if rule == "hand":
        return say(language, "vips-evidence-hand", person=held["by"], reason=held["reason"])
    amount = fmt.money(held["amount"], held["currency"], language, whole=True)
    if rule == "spend":
        told = say(language, "vips-evidence-spend", amount=amount)
    else:
        source = held.get("source") or fmt.MISSING
        told = say(language, "vips-evidence-funding", amount=amount, domain=held["domain"], source=source)
    if held.get("rate"):
        told += " " + say(language, "vips-evidence-rate", currency=held["currency"], rate=held["rate"])
    return told


def proposed(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """Open proposals as rows of a list: PROPOSED."""
    told = frame.copy()
    told["evidence"] = [evidence(r, e, language) for r, e in zip(frame.rule, frame.evidence, strict=True)]
    told["rule"] = [rule_name(r, language) for r in frame["rule"]]
    return told[list(PROPOSED)]


def decided(frame: pd.DataFrame, zone: str, language: str) -> pd.DataFrame:
    """Answered proposals: account, rule, answer, evidence, decided, decider, reason."""
    rows = [
        (r.account, rule_name(r.rule, language), _answer(r, language), evidence(r.rule, r.evidence, language),
         fmt.moment(_none(r.decided_at), language, zone), _none(r.decider) or fmt.MISSING,
         _none(r.reason) or fmt.MISSING)
        for r in frame.itertuples()
    ]  # fmt: skip
    names = ["account", "rule", "answer", "evidence", "decided", "decider", "reason"]
    return pd.DataFrame(rows, columns=names)


def _answer(row: Any, language: str) -> str:
    if row.status == "later":
        return say(language, "vips-answer-later", day=fmt.day(_none(row.again_on), language))
    return say(language, f"vips-answer-{row.status}")


def inside(frame: pd.DataFrame, levels: Mapping[str, str], language: str) -> pd.DataFrame:
    """Members as rows of a list: INSIDE."""
    told = frame.copy()
    told["mode"] = [mode_name(m, _none(v), levels, language)
                    for m, v in zip(frame["mode"], frame["level"], strict=True)]  # fmt: skip
    told["rule"] = [rule_name(r, language) for r in frame["rule"]]
    told["leaves"] = [leaves(r, language) for r in frame.itertuples()]
    told["advocacy"] = [advocacy(_none(a) if not isinstance(a, list) else a, language)
                        for a in frame["advocacy"]]  # fmt: skip
    return told[list(INSIDE)]


def leaves(row: Any, language: str) -> str:
    """Month-to-month customers are always at risk: the next day they can leave."""
    if not row.month_to_month:
        return fmt.MISSING
    return say(language, "vips-leaves", day=fmt.day(_none(row.can_leave_on), language))


def advocacy(codes: Sequence[str] | None, language: str) -> str:
    if not codes:
        return fmt.MISSING
    return fmt.names([say(language, f"vips-advocacy-{c.replace('_', '-')}") for c in codes], language)


def history(frame: pd.DataFrame, zone: str, language: str) -> list[str]:
    """What happened between an account and the programme, a line each."""
    lines = []
    for row in frame.itertuples():
        at = _none(row.at)
        when = fmt.moment(at, language, zone) if at is not None else fmt.day(row.day, language)
        what = say(language, f"vips-happened-{row.what}", rule=rule_name(row.rule, language),
                   mode=say(language, f"vips-mode-{row.mode}") if _none(row.mode) else "")  # fmt: skip
        who = _none(row.person)
        lines.append(" · ".join(filter(None, (when, what, who, _none(row.reason)))))
    return lines


def facts(known: Known, language: str) -> list[tuple[str, str]]:
    """What is known of a name: label and value."""
    held = known.facts
    currency = held["funding_currency"] or known.currency
    funding = fmt.money(held["funding_minor"], currency, language, whole=True)
    if held["funding_on"]:
        funding = say(language, "vips-fact-funded", amount=funding, source=held["funding_source"] or "–",
                      day=fmt.day(held["funding_on"], language))  # fmt: skip
    name = known.big_name_reason if known.big_name else say(language, "vips-no")
    sales = fmt.money(held["monthly_sales_minor"], known.currency, language, whole=True)
    return [
        (say(language, "vips-fact-big-name"), name or fmt.MISSING),
        (say(language, "vips-fact-following"), fmt.number(held["following"], language)),
        (say(language, "vips-fact-champion"), known.champion or fmt.MISSING),
        (say(language, "vips-fact-funding"), funding),
        (say(language, "vips-fact-domain"), held["domain"] or fmt.MISSING),
        (say(language, "vips-fact-sales"), sales),
        (say(language, "vips-fact-advocacy"), advocacy(known.advocacy, language)),
        *([(say(language, "vips-fact-note"), known.advocacy_note)] if known.advocacy_note else []),
    ]


def membership(row: Any, language: str) -> list[tuple[str, str]]:
    """Since when, by whom and why an account is in the programme; until when, and why over capacity."""
    pairs = [
        ("rule", rule_name(row.rule, language)), ("since", fmt.day(row.since, language)),
        ("until", fmt.day(_none(row.until), language)), ("decider", row.acceptor), ("reason", row.reason),
        ("override", _none(row.override_reason)), ("leaves", leaves(row, language)),
    ]  # fmt: skip
    return [(say(language, f"vips-col-{name}"), value) for name, value in pairs if value and value != "–"]


def answers(held: Mapping[str, Any] | None, language: str) -> list[tuple[str, str]]:
    """The five questions of an SLA with their answers."""
    if not isinstance(held, Mapping):
        return []
    said = {**held, "opt_in": say(language, f"vips-{held['opt_in']}")}
    return [(say(language, f"vips-field-{name.replace('_', '-')}"), str(said[name])) for name in said]


def caption(counts: Mapping[str, int], lane: Lane | None, language: str) -> str:
    """How many are in, how many wait, and how their clocks stand."""
    told = [say(language, "vips-caption", members=counts["members"], contract=counts["contract"]),
            say(language, "vips-caption-waiting", count=counts["proposals"])]  # fmt: skip
    if lane is not None:
        told.append(say(language, "vips-caption-late", count=lane.count(Clock.BREACHED)))
    return " · ".join(told)


def minutes(count: int | None, language: str) -> str:
    """45 min, 2 h, 1 d; a hyphen-free span for clocks."""
    if count is None:
        return fmt.MISSING
    for unit, size in (("days", 1440), ("hours", 60)):
        if count >= size:
            value = fmt.number(count / size, language, 0 if count % size == 0 else 1)
            return say(language, f"vips-span-{unit}", value=value)
    return say(language, "vips-span-minutes", value=fmt.number(count, language))


def cases(frame: pd.DataFrame, now: datetime, zone: str, language: str) -> pd.DataFrame:
    """Cases as rows: status, lane, account, case, target, clock, opened."""
    rows = [
        (STATUS[Clock(r.clock)], lane_name(r, language), r.account, _case(r), minutes(r.target, language),
         clock_words(r, now, language), fmt.moment(r.opened_at, language, zone))
        for r in frame.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["status", "lane", "account", "case", "target", "clock", "opened"])


def lane_name(row: Any, language: str) -> str:
    kind = "vip" if row.vip else "other"
    return say(language, f"vips-lane-{kind}-emergency" if row.emergency else f"vips-lane-{kind}")


def _case(row: Any) -> str:
    return " · ".join(str(v) for v in (row.key, _none(row.subject)) if v)


def clock_words(row: Any, now: datetime, language: str) -> str:
    """Where the clock stands: answered after, due in, or how long over."""
    clock, response = Clock(row.clock), _none(row.response)
    if clock is Clock.UNKNOWN:
        return say(language, "vips-clock-unknown")
    if response is not None:
        return say(language, f"vips-clock-answered-{clock}", span=minutes(int(response), language))
    if _none(row.closed_at) is not None:
        return say(language, "vips-clock-closed")
    apart = int(abs((row.due_at - now).total_seconds()) // 60)
    return say(language, f"vips-clock-{clock}", span=minutes(apart, language))


def terms(held: Standard, language: str) -> pd.DataFrame:
    """The terms of every tier as a table whose columns are named in the language."""
    rows = [
        (say(language, f"vips-tier-{one.code}") if one.code in _TIERS else one.code, *_terms(one, language))
        for one in held.terms
    ]
    names = ("tier", "urgent", "normal", "p0", "p1", "rhythm", "checkin", "approver", "alerts")
    return pd.DataFrame(rows, columns=[say(language, f"vips-terms-{name}") for name in names])


_TIERS = ("free", "basic", "premium", "enterprise", "vip")


def _terms(one: Terms, language: str) -> tuple[str, ...]:
    scale = say(language, "vips-terms-same") if one.alert_scale == 1 else f"× {one.alert_scale}"
    return (
        minutes(one.urgent, language), minutes(one.normal, language), minutes(one.peak_p0, language),
        minutes(one.peak_p1, language),
        say(language, "vips-terms-usual") if one.checkin_quarters is None
        else say(language, "vips-terms-quarters", quarters=one.checkin_quarters),
        say(language, "vips-terms-days", days=one.checkin_days),
        say(language, "vips-terms-level", level=one.approver_level), scale,
    )  # fmt: skip


def room(held: Standard, language: str) -> list[str]:
    """How much the programme carries and can carry, a line each."""
    names = level_names(held.levels, language)
    lines = [say(language, "vips-room-level", level=names[one.code], held=one.held, most=one.capacity)
             for one in held.levels]  # fmt: skip
    exceed = "vips-room-exceed" if held.lead_may_exceed else "vips-room-never"
    return [*lines, say(language, "vips-room-manager", most=held.per_manager), say(language, exceed)]


def _none(value: Any) -> Any:
    """pandas' kinds of missing as None."""
    if isinstance(value, list):
        return value
    return None if value is None or value is pd.NaT or value is pd.NA or value != value else value

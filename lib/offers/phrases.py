"""The promo calendar in words: windows with their terms, the queue, rivals. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from lib import format as fmt
from lib.offers.rules import Phase
from lib.words import say, term

LISTED = ("window", "phase", "terms", "eligible", "apply_from", "opens", "closes", "slots", "budget")
QUEUED = ("place", "account", "state", "applied", "given")
RIVALS = ("rival", "what", "period", "response", "window", "state", "by")


def name(row: Any, language: str) -> str:
    return row.name_zh if language == "zh-CN" else row.name_en


def phase_word(phase: str, language: str) -> str:
    return say(language, f"promos-phase-{phase}")


def kind_word(kind: str, language: str) -> str:
    return say(language, f"promos-kind-{kind.replace('_', '-')}")


def terms(row: Any, language: str) -> str:
    """What a window gives, in one line."""
    told = []
    if row.rate:
        told.append(say(language, "promos-term-rate", rate=fmt.percent(row.rate, language)))
    if row.free_months:
        told.append(say(language, "promos-term-months", count=int(row.free_months)))
    if row.gift:
        told.append(say(language, "promos-term-gift", gift=row.gift))
    return say(language, "promos-joint").join(told)


def eligible(row: Any, language: str) -> str:
    """Whom it is for; everybody where nothing is named."""
    told = [fmt.names(list(row.markets or ()), language)] if row.markets else []
    if row.segments:
        told.append(fmt.names([segment_word(one, language) for one in row.segments], language))
    if row.tiers:
        told.append(fmt.names([term(language, "tier", one) for one in row.tiers], language))
    return say(language, "promos-joint").join(told) or say(language, "promos-everybody")


def segment_word(segment: str, language: str) -> str:
    """ "price:discount" as axis and value."""
    axis, _, value = segment.partition(":")
    words = (say(language, f"segments-axis-{axis}"), segment_value(axis, value, language))
    return fmt.labelled(*words, language)


def segment_value(axis: str, value: str, language: str) -> str:
    return say(language, f"segments-{axis}-{value.replace('_', '-')}")


def slots(row: Any, language: str) -> str:
    """How many slots are left of how many, and how many accounts wait."""
    if row.slots is None or row.slots != row.slots:
        return say(language, "promos-slots-free")
    left = max(int(row.slots) - int(row.taken), 0)
    return say(language, "promos-slots-left", left=left, slots=int(row.slots), queued=int(row.queued))


def budget(row: Any, language: str) -> str | None:
    if row.budget_minor is None or row.budget_minor != row.budget_minor:
        return None
    left = max(int(row.budget_minor) - int(row.spent_minor), 0)
    said = [fmt.money(int(one), row.currency, language, whole=True) for one in (left, row.budget_minor)]
    return say(language, "promos-budget-left", left=said[0], whole=said[1])


def end(row: Any, language: str) -> str:
    """The last moment a window is open: one minute before its first moment out."""
    return fmt.moment(row.closes_at - timedelta(minutes=1), language, row.zone)


def first_day(row: Any) -> date:
    """The day a window opens, where it is told."""
    return row.opens_at.astimezone(ZoneInfo(row.zone)).date()


def listed(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    made = [
        {"window": name(r, language), "phase": phase_word(r.phase, language), "terms": terms(r, language),
         "eligible": eligible(r, language), "apply_from": fmt.day(r.apply_from, language),
         "opens": fmt.moment(r.opens_at, language, r.zone), "closes": end(r, language),
         "slots": slots(r, language), "budget": budget(r, language)}
        for r in frame.itertuples(index=False)
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(LISTED), dtype="object")


def facts(row: Any, language: str) -> list[tuple[str, str]]:
    """One window for its drawer: label and value."""
    values = {
        "kind": kind_word(row.kind, language), "phase": phase_word(row.phase, language),
        "terms": terms(row, language), "eligible": eligible(row, language),
        "items": fmt.names(list(row.items), language) if row.items else say(language, "promos-all-items"),
        "apply_from": fmt.day(row.apply_from, language),
        "opens": fmt.moment(row.opens_at, language, row.zone), "closes": end(row, language),
        "zone": fmt.place(row.zone, language), "slots": slots(row, language),
        "budget": budget(row, language), "reason": row.reason,
    }  # fmt: skip
    return [(say(language, f"promos-col-{code.replace('_', '-')}"), str(value))
            for code, value in values.items() if value]  # fmt: skip


def queue_rows(frame: pd.DataFrame, language: str, zone: str) -> pd.DataFrame:
    made = [
        {"place": fmt.number(r.place, language), "account": r.account,
         "state": say(language, f"promos-claim-{r.status}"),
         "applied": fmt.moment(r.taken_at if r.status == "taken" else r.applied_at, language, zone),
         "given": fmt.money(int(r.given_minor), r.currency, language) if r.status == "taken" else None}
        for r in frame.itertuples(index=False)
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(QUEUED), dtype="object")


def rival_rows(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    made = [
        {"rival": r.rival, "what": r.what, "period": _period(r, language), "response": r.response,
         "window": r.window, "state": say(language, f"promos-rival-{r.status}"), "by": r.by}
        for r in frame.itertuples(index=False)
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(RIVALS), dtype="object")


def _period(row: Any, language: str) -> str:
    first = fmt.day(row.starts_on, language)
    if row.ends_on is None or row.ends_on != row.ends_on:
        return say(language, "promos-period-from", first=first)
    return say(language, "promos-period", first=first, last=fmt.day(row.ends_on, language))


def figures(frame: pd.DataFrame, now: datetime, language: str) -> list[dict[str, Any]]:
    """The tiles: open now, open for applications, the next to open, slots left in what is open."""
    count = frame["phase"].value_counts()
    ahead = frame[frame["opens_at"].map(lambda at: at > now) & (frame["phase"] != str(Phase.DRAFT))
                  & (frame["phase"] != str(Phase.WITHDRAWN))]  # fmt: skip
    upcoming = min(ahead.itertuples(index=False), key=lambda r: r.opens_at, default=None)
    limited = [r for r in frame.itertuples(index=False) if r.phase == Phase.OPEN and r.slots]
    left = sum(max(r.slots - r.taken, 0) for r in limited)
    values: Mapping[str, tuple[str, str | None]] = {
        "open": (fmt.number(int(count.get("open", 0)), language), None),
        "applying": (fmt.number(int(count.get("applying", 0)), language), None),
        "next": (fmt.day(first_day(upcoming), language) if upcoming else fmt.MISSING,
                 name(upcoming, language) if upcoming else None),
        "slots": (fmt.number(left, language) if limited else fmt.MISSING, None),
    }  # fmt: skip
    return [
        {"label": say(language, f"promos-tile-{code}"), "value": value, "note": note or
         say(language, f"promos-tile-{code}-note"), "help": say(language, f"figure-promos-{code}")}
        for code, (value, note) in values.items()
    ]  # fmt: skip

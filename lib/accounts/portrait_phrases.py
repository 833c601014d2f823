"""Says an account's portrait in the reader's language: entitlements, the profile, what matters now, the group
below it; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from lib import format
from lib.accounts.phrases import amounts, choice_label, why
from lib.accounts.portrait_rules import Sponsor, Use, remaining, sponsor_of
from lib.words import say, term

SOON = 90  # days to a date from which on it is part of what matters now
_BETWEEN = {"en": "; ", "zh-CN": "；"}
_LOUD = {Use.USED_UP: "red", Use.NEARLY: "orange"}


@dataclass(frozen=True)
class Right:
    """One entitlement in words: its state with the colour of its badge, how far it is used (0 to 1, None
    where nobody counts), the sentence below, and where it comes from."""

    item: str
    state: str
    colour: str
    share: float | None
    text: str
    origin: str
    row: Mapping[str, Any]


def rights(frame: pd.DataFrame, language: str) -> list[Right]:
    return [_right(row, language) for row in frame.to_dict("records")]


def _right(row: Mapping[str, Any], language: str) -> Right:
    included, consumed = (None if pd.isna(row[n]) else int(row[n]) for n in ("included", "consumed"))
    ours = row["origin"] in ("seats", "plan")
    item = say(language, f"account-right-{row['item'].replace('_', '-')}") if ours else row["item"]
    unit = say(language, f"account-unit-{row['unit'].replace('_', '-')}") if ours else row["unit"] or ""
    told = {
        "unit": unit, "consumed": format.number(consumed, language),
        "included": format.number(included, language),
        "left": format.number(remaining(included, consumed), language),
    }  # fmt: skip
    known = "both" if None not in (included, consumed) else "included" if included is not None else (
        "consumed" if consumed is not None else "none")  # fmt: skip
    parts = [say(language, f"account-right-{known}", **told).strip()]
    if row["expires_on"] is not None and not pd.isna(row["expires_on"]):
        parts.append(say(language, "account-right-until", day=format.day(row["expires_on"], language)))
    return Right(
        item=item, state=say(language, f"account-use-{row['use'].replace('_', '-')}"),
        colour=_LOUD.get(row["use"], "gray"),
        share=min(1.0, consumed / included) if included and consumed is not None else None,
        text=" · ".join(part for part in parts if part),
        origin=say(language, f"account-origin-{row['origin']}") if ours else "", row=row,
    )  # fmt: skip


def integrations(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """With words: category, auth, rotates, live."""
    return frame.assign(
        category=[choice_label(code, language) for code in frame["category"]],
        auth=[choice_label(code, language) for code in frame["auth"]],
        rotates=[_yes(flag, language) for flag in frame["rotates"]],
        live=[_yes(flag, language) for flag in frame["live"]],
    )


def states(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """Goals and roadmap requests with their state in words."""
    return frame.assign(state=[choice_label(code, language) for code in frame["state"]])


def team(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    return frame.assign(role=[choice_label(code, language) for code in frame["role"]])


def _yes(flag: Any, language: str) -> str:
    return say(language, "accounts-yes" if flag else "accounts-no")


def coverage(found: Any, language: str) -> str:
    """How many of the main systems are connected, beside the target."""
    return say(
        language, "account-coverage", share=format.percent(found.coverage, language, 0),
        target=format.percent(found.limits.coverage, language, 0),
    )  # fmt: skip


def referral(found: Any, language: str) -> str:
    """Whether the customer holds enough products to be asked to recommend us, and the points earned."""
    held, least = found.stickiness.modules, found.limits.referral_from
    rows = found.blocks["referral"]
    points = int(rows.loc[rows["state"] == "won", "points"].fillna(0).sum())
    told = say(
        language,
        "account-referral-fit" if held >= least else "account-referral-unfit",
        held=held,
        least=least,
    )
    return f"{told} {say(language, 'account-referral-earned', points=points)}" if points else told


def facts(found: Any, language: str) -> list[tuple[str, str, str]]:
    """Label, value and colour of the profile's lines; what nobody told stands as missing."""
    profile = found.profile
    channel = profile["preferred_channel"]
    told = {
        "channel": say(language, f"negotiation-channel-{channel}") if channel else "",
        "logins": _logins(found, language),
        "sticky": _sticky(found.stickiness, language),
        "products": _products(found, language),
        "interest": _interest(found.interest, language),
        "size": choice_label(found.size, language) if found.size else "",
        "risk": choice_label(profile["market_risk"], language) if profile["market_risk"] else "",
        "competitor": profile["competitor"] or "",
        "pain": profile["journey_pain"] or "",
        "terms": format.names(found.terms, language) if found.terms else "",
        "tags": " · ".join(found.tags),
    }  # fmt: skip
    return [
        (say(language, f"account-fact-{name}"), text or format.MISSING, "gray") for name, text in told.items()
    ]


def _logins(found: Any, language: str) -> str:
    if found.logins is None:
        return ""
    return say(language, "account-fact-logins-value", days=format.number(found.logins, language, 1),
               reference=found.limits.logins)  # fmt: skip


def _sticky(found: Any, language: str) -> str:
    return say(language, "account-fact-sticky-value", total=found.total, integrations=found.integrations,
               terms=found.terms, modules=found.modules, years=found.years)  # fmt: skip


def _products(found: Any, language: str) -> str:
    held = len(found.classes)
    if not held:
        return ""
    share = held / max(held, found.classes_sold)
    key = (
        "account-fact-products-team" if held >= found.limits.products_from else "account-fact-products-value"
    )
    return say(language, key, held=held, sold=max(held, found.classes_sold),
               share=format.percent(share, language, 0))  # fmt: skip


def _interest(found: list[tuple[str, int, int]], language: str) -> str:
    parts = [
        say(language, "account-fact-interest-value", feature=term(language, "feature", feature),
            uses=format.number(uses, language), before=format.number(before, language))
        for feature, uses, before in found
    ]  # fmt: skip
    return " · ".join(parts)


def sponsor(head: Any, people: pd.DataFrame, today: date, zone: str, language: str) -> str:
    """What is wrong with the sponsor, in words; nothing when they are there and spoken with."""
    rows = [
        (bool(row["is_sponsor"]), bool(row["active"]), local_day(row["touched_at"], zone))
        for row in people.to_dict("records")
    ]
    state, days = sponsor_of(rows, today, head.contact_days)
    if state not in (Sponsor.LOST, Sponsor.QUIET):
        return ""
    names = [
        row["name"] for row in people.to_dict("records")
        if bool(row["is_sponsor"]) and (bool(row["active"]) or state == Sponsor.LOST)
    ]  # fmt: skip
    key = f"account-now-sponsor-{state}" + ("-never" if state == Sponsor.QUIET and not days else "")
    return say(language, key, name=names[0] if names else "", days=days)


def now(
    head: Any, alerts: pd.DataFrame, people: pd.DataFrame, found: Any, today: date, zone: str, language: str
) -> str:
    """What matters now, in one sentence: why the status, the next date, the sponsor, what ran out."""
    status = say(language, f"status-{str(head.standing).replace('_', '-')}")
    first = why(head, alerts, language)[0][0]
    parts = [say(language, "account-now-status", status=status, reason=first)]
    renewal = head.renewal or {}
    dates = {"notice": renewal.get("notice_on"), "renewal": renewal.get("due_on"), "leaves": head.leaves_on}
    coming = sorted((day, name) for name, day in dates.items() if day and 0 <= (day - today).days <= SOON)
    if coming:
        day, name = coming[0]
        told = {"day": format.day(day, language), "in": format.in_days(day, today, language)}
        parts.append(say(language, f"account-now-{name}", **told))
    parts.append(sponsor(head, people, today, zone, language))
    spent = sum(use == Use.USED_UP for use in found.blocks["entitlement"]["use"])
    if spent:
        parts.append(say(language, "account-now-spent", count=spent))
    text = _BETWEEN[language].join(part for part in parts if part)
    return say(language, "account-now", text=text)


def local_day(moment: datetime | None, zone: str) -> date | None:
    if moment is None or moment != moment:
        return None
    return moment.astimezone(ZoneInfo(zone)).date()


def group_caption(frame: pd.DataFrame, language: str) -> str:
    """The sums of the accounts below: ARR per currency, seats, open alerts, how many are critical."""
    worth = frame.dropna(subset=["arr_minor"]).groupby("currency")["arr_minor"].sum()
    return say(
        language, "account-group-caption", count=len(frame),
        arr=amounts({str(c): int(v) for c, v in worth.items()}, language) or format.MISSING,
        seats=format.number(int(frame["seats"].fillna(0).sum()), language),
        alerts=int(frame["alerts"].sum()), critical=int((frame["standing"] == "critical").sum()),
    )  # fmt: skip


def group_rows(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """health: the score as text."""
    scores = ["" if pd.isna(v) else format.number(v, language, 0) for v in frame["health"]]
    return frame.assign(health=scores)

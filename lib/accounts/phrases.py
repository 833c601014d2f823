"""Says an account's status, reasons and figures in words of the reader's language; pure."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import pandas as pd

from lib import format
from lib.accounts.rules import Reason, Standing
from lib.activity.band import Finding, Found
from lib.activity.rules import OF_ACTIVITY
from lib.money import preferred
from lib.words import bundle, say, term

_TONES = {Standing.CRITICAL: "red", Standing.WATCH: "yellow", Standing.HEALTHY: "blue"}


def name_of(name: str, name_zh: str | None, language: str) -> str:
    """The Chinese name for Chinese readers where there is one."""
    return name_zh if language == "zh-CN" and isinstance(name_zh, str) and name_zh else name


def reason(code: str, count: int, day: date | None, language: str) -> str:
    """The main reason as one sentence."""
    return say(language, f"accounts-reason-{_key(code)}", count=count, day=format.short_day(day, language))


def listed(frame: pd.DataFrame, today: date, language: str) -> pd.DataFrame:
    """The rows of `queries.account_page` with words: account, why, days (to the renewal), looked_after."""
    rows = frame.to_dict("records")
    return frame.assign(
        account=[name_of(r["name"], r["name_zh"], language) for r in rows],
        score=["" if pd.isna(r["health"]) else format.number(r["health"], language, 1) for r in rows],
        why=[reason(r["reason"], r["reason_count"], _day(r["reason_on"]), language) for r in rows],
        days=pd.Series(
            [(d - today).days if (d := _day(r["renews_on"])) else None for r in rows],
            index=frame.index, dtype="Int64",
        ),
        looked_after=[name_of(r["owner"], r["owner_zh"], language) for r in rows],
    )  # fmt: skip


EXPORTED = [
    "key", "name", "name_zh", "standing", "health", "why", "arr_minor", "currency", "renews_on", "owner",
    "tier", "region", "tags",
]  # fmt: skip


def _day(value: Any) -> date | None:
    return None if value is None or value != value else value


def amounts(totals: dict[str, int], language: str, own: str | None = None) -> str:
    """Totals per currency, the reader's own first, then the largest, never added up: $6.42M + CN¥3.10M."""
    shown = preferred(sorted(totals, key=lambda currency: -totals[currency]), own)
    return " + ".join(format.money(totals[one], one, language, compact=True) for one in shown)


def counted(status: str, count: int, language: str) -> str:
    """A status of the filter with how many accounts it holds."""
    return say(language, f"accounts-status-{_key(status)}", count=count)


def list_caption(counts: pd.DataFrame, through: date | None, language: str, own: str | None = None) -> str:
    """How many accounts are shown, their ARR per currency, and how fresh their activity is."""
    totals = counts.dropna(subset=["arr_minor"]).groupby("currency")["arr_minor"].sum()
    values = {
        "count": int(counts["accounts"].sum()),
        "arr": amounts({c: int(v) for c, v in totals.items()}, language, own)
        or say(language, "accounts-no-arr"),
    }
    if through is None:
        return say(language, "accounts-caption-silent", **values)
    return say(language, "accounts-caption", **values, day=format.day(through, language))


def field_label(field: str, language: str) -> str:
    """A field's name for readers; an unknown field is named by its code."""
    wanted = f"accounts-field-{_key(field)}"
    return say(language, wanted) if bundle(language).has_message(wanted) else field


def choice_label(code: str, language: str) -> str:
    """A choice for readers; currencies and the like stand for themselves."""
    wanted = f"accounts-choice-{code}"
    return say(language, wanted) if bundle(language).has_message(wanted) else code


def labels(language: str) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """The two words a form needs of this wing: of a field, and of a choice."""
    return partial(field_label, language=language), partial(choice_label, language=language)


def field_value(field: str, value: Any, currency: str, language: str) -> str:
    """A field's value as text: for the list of values corrected by hand."""
    if value is None:
        return format.MISSING
    if field.endswith("_minor"):
        return format.money(int(value), currency, language)
    if field in ("is_vip", "is_sponsor", "active"):
        return say(language, "accounts-yes" if str(value) == "True" else "accounts-no")
    if field in ("status", "language"):
        return choice_label(str(value), language)
    if field in ("tier", "plan", "region", "industry", "city"):
        return term(language, field, str(value))
    return format.day(value, language) if isinstance(value, date) else str(value)


def title(head: Any, language: str) -> str:
    return name_of(head.values["name"], head.values["name_zh"], language)


def badges(head: Any, language: str) -> list[str]:
    """Beside the status: the tier, and the state when it is not the usual one."""
    state = head.values["status"]
    tier = term(language, "tier", head.values["tier"] or "")
    found = [tier, None if state == "active" else choice_label(state, language)]
    return [text for text in found if text]


def kept_caption(head: Any, language: str) -> str:
    """How many promises are open and how many were kept."""
    return say(language, "account-promises-caption", open=head.promises_open, kept=head.promises_kept)


def head_caption(head: Any, language: str) -> str:
    """Who looks after the account, where it sits, how many seats are used, since when."""
    values = head.values
    place = term(language, "city", values["city"] or "") or term(language, "region", values["region"] or "")
    parts = [_people(head, language), place, term(language, "plan", values["plan"] or "")]
    if values["seats"]:
        parts.append(say(language, "account-seats", seen=head.people_seen, seats=values["seats"]))
    elif head.people_seen:
        parts.append(say(language, "account-seen", seen=head.people_seen))
    if values["signed_up_on"]:
        parts.append(say(language, "account-since", month=format.month(values["signed_up_on"], language)))
    if head.parent:
        parts.append(say(language, "account-part-of", name=head.parent[1]))
    return " · ".join(part for part in parts if part)


def _people(head: Any, language: str) -> str:
    owner, backup = head.duty("owner"), head.duty("backup")
    if owner is None:
        return say(language, "account-people-nobody")
    names = {"owner": name_of(owner.name, owner.name_zh, language)}
    if backup is None:
        return say(language, "account-people-alone", **names)
    return say(language, "account-people", **names, backup=name_of(backup.name, backup.name_zh, language))


def why(head: Any, alerts: pd.DataFrame, language: str) -> list[tuple[str, str]]:
    """(finding, detail) for everything that speaks for the status word, the main reason first."""
    return [_why(code, count, day, alerts, head.contact_days, language) for code, count, day in head.reasons]


def _why(
    code: Reason, count: int, day: date | None, alerts: pd.DataFrame, contact_days: int, language: str
) -> tuple[str, str]:
    shown = format.day(day, language)
    if code == Reason.ALERT:
        return _alert(alerts, language)
    detail = {
        "promise": {"day": shown}, "no_contact": {"days": contact_days},
    }.get(str(code), {})  # fmt: skip
    return reason(code, count, day, language), say(language, f"account-why-{_key(code)}-detail", **detail)


def _alert(alerts: pd.DataFrame, language: str) -> tuple[str, str]:
    """The open alert's own numbers; an alert of an older kind without numbers is named plainly."""
    awake = alerts[alerts["resolved_on"].isna()]
    first = awake.iloc[0] if len(awake) else None
    if first is not None and first["kind"] not in OF_ACTIVITY:
        return say(language, f"account-kind-{first['kind']}"), ""
    if first is None or pd.isna(first["ratio"]):
        return say(language, "account-why-alert-plain"), ""
    drop = format.percent(max(0.0, 1 - float(first["ratio"])), language, 0)
    detail = ""
    if not pd.isna(first["observed"]) and not pd.isna(first["expected"]):
        numbers = {k: format.number(float(first[k]), language) for k in ("observed", "expected")}
        detail = say(language, "account-why-alert-detail", **numbers)
    return say(language, "account-why-alert", drop=drop), detail


def why_title(head: Any, language: str) -> str:
    return say(language, "account-why", status=say(language, f"status-{_key(head.standing)}"))


def open_alerts(alerts: pd.DataFrame, language: str) -> list[tuple[int, str]]:
    """Id and name of the open alerts, for links."""
    rows = alerts[alerts["resolved_on"].isna()].to_dict("records")
    return [
        (int(row["id"]), say(language, "account-open-alert", day=format.day(row["opened_on"], language)))
        for row in rows
    ]


def activity_caption(head: Any, language: str) -> str:
    """How fresh the activity is, and what its range comes from."""
    if head.data_through is None:
        return say(language, "account-data-none")
    return say(language, "account-activity-caption", day=format.day(head.data_through, language))


def activity_alt(found: Found, language: str) -> str:
    """The chart's takeaway for readers who do not see it."""
    values = {
        "value": format.number(found.value, language),
        "expected": format.number(found.expected, language),
    }
    return say(language, "account-activity-alt", **values)


def activity_title(found: Found, language: str) -> str:
    """The finding of the activity chart."""
    if found.finding in (Finding.BELOW, Finding.ABOVE):
        return say(language, f"account-activity-{found.finding}", day=format.short_day(found.since, language))
    return say(language, f"account-activity-{found.finding}")


def line(kind: str, code: str | None, language: str) -> str:
    """What happened, for one line of the timeline."""
    plain = code if isinstance(code, str) else ""
    return say(
        language, f"account-line-{_key(kind)}", code=plain.replace(".", "_") if kind == "change" else plain
    )


def updated(name: str, fresh: dict[str, datetime | None], language: str, zone: str) -> str:
    """When a block last changed, nothing for an empty one; over values held by hand, what holding means."""
    if name == "held":
        return say(language, "account-held-help")
    moment = fresh.get(name)
    if moment is None:
        return ""
    return say(language, "account-updated", moment=format.moment(moment, language, zone))


def tone(standing: Standing) -> str:
    return _TONES.get(standing, "off")


def _key(code: str) -> str:
    return str(code).replace("_", "-")

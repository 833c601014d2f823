"""Puts an account's figures and short lists into words, ready to be drawn; pure."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from lib import format
from lib.accounts import portrait_phrases as portrait
from lib.accounts.phrases import amounts, choice_label, field_label, field_value, line, name_of, tone
from lib.words import bundle, say, term

# Which columns a block shows, and how.
COLUMNS = {
    "promises": {"what": "text", "due_on": "date", "owner": "text"},
    "quotes": {"quote": "text", "status": "status", "net_minor": "sum"},
    "contract": {"kind": "text", "product_line": "text", "starts_on": "date", "ends_on": "date",
                 "arr_minor": "money", "currency": "text", "seats": "number", "periods": "number",
                 "corrected": "text"},
    "periods": {"product": "text", "plan": "text", "starts_on": "date", "ends_on": "date",
                "arr_minor": "money", "currency": "text", "seats": "number"},
    "contacts": {"name": "text", "kind": "text", "title": "text", "is_sponsor": "text",
                 "touched_at": "moment", "email": "text", "phone": "text", "active": "text", "held": "text"},
    "alerts": {"level": "status", "kind": "text", "status": "text", "opened_on": "date",
               "resolved_on": "date", "observed": "number", "expected": "number"},
    "renewals": {"due_on": "date", "stage": "text", "notice_on": "date", "base_minor": "money",
                 "expected_minor": "money", "currency": "text"},
    "notes": {"written_at": "moment", "author": "text", "text": "text"},
    "cases": {"subject": "text", "priority": "text", "opened_at": "moment", "closed_at": "moment"},
    "held": {"field": "text", "now": "text", "imported": "text", "person": "text", "set_at": "moment"},
    "integration": {"name": "text", "category": "text", "auth": "text", "keeper": "text", "rotates": "text",
                    "live": "text"},
    "customer_goal": {"what": "text", "measure": "text", "target": "text", "due_on": "date", "state": "text"},
    "roadmap_request": {"what": "text", "due_on": "date", "state": "text"},
    "referral": {"name": "text", "referred_on": "date", "state": "text", "points": "number"},
    "team_role": {"person": "text", "role": "text"},
    "department": {"name": "text", "led_by": "text", "seats": "number"},
    "group": {"account": "text", "standing": "status", "health": "figure", "arr_minor": "sum",
              "seats": "number", "alerts": "number"},
    "activity": {"day": "date", "value": "number", "low": "number", "high": "number"},
}  # fmt: skip
_NEAR, _SOON = 30, 90  # days to a date from which on a figure is marked red, or amber


def figures(head: Any, today: date, language: str) -> list[dict[str, str | None]]:
    """Five figures as label, value, delta, tone, note: ARR, status, renewal, notice date, open promises."""
    arr, others = head.arr[:1], head.arr[1:]
    renewal = head.renewal or {}
    leaves = (
        say(language, "account-tile-leaves", day=format.day(head.leaves_on, language))
        if head.leaves_on
        else say(language, "account-tile-no-renewal")
    )
    return [
        {
            "label": say(language, "account-tile-arr"), "help": say(language, "figure-account-arr"),
            "value": format.money(arr[0][1], arr[0][0], language, whole=True) if arr else format.MISSING,
            "note": say(language, "account-stated") if head.stated
            else say(language, "account-tile-other-arr", amounts=amounts(dict(others), language)) if others
            else None,
        },
        {
            "label": say(language, "account-tile-standing"),
            "help": say(language, "figure-account-standing"),
            "value": say(language, f"status-{str(head.standing).replace('_', '-')}"),
            "delta": say(language, "account-tile-reasons", count=len(head.reasons)),
            "tone": tone(head.standing),
        },
        _dated("account-tile-renewal", renewal.get("due_on"), today, language)
        | ({} if renewal else {"note": leaves}),
        _dated("account-tile-notice", renewal.get("notice_on"), today, language),
        {
            "label": say(language, "account-tile-promises"),
            "help": say(language, "figure-account-promises"),
            "value": format.number(head.promises_open, language),
            "delta": say(language, "account-tile-overdue", count=head.promises_overdue)
            if head.promises_overdue else None,
            "tone": "red",
            "note": None if head.promises_overdue
            else say(language, "account-tile-kept", count=head.promises_kept),
        },
    ]  # fmt: skip


_DATED = {"account-tile-renewal": "figure-account-renewal", "account-tile-notice": "figure-account-notice"}


def _dated(label: str, day: date | None, today: date, language: str) -> dict[str, str | None]:
    """A date with the days to it; red when it is near or past, amber when it comes closer."""
    said = {
        "label": say(language, label),
        "help": say(language, _DATED[label]),
    }
    if day is None:
        return said | {"value": format.MISSING}
    left = (day - today).days
    tint = "red" if left <= _NEAR else "yellow" if left <= _SOON else "off"
    return said | {
        "value": format.day(day, language),
        "delta": format.in_days(day, today, language), "tone": tint,
    }  # fmt: skip


def facts(near: Any, head: Any, language: str, zone: str) -> list[tuple[str, str, str]]:
    """Label, value and colour of what stands nearest to the status: contact, renewal, cases, invoices."""
    renewal, owed = head.renewal or {}, amounts(dict(near.overdue), language)
    stage = worded(pd.DataFrame([{"stage": renewal.get("stage", "")}]), {"stage": "account-stage"}, language)
    met = near.contacted_at and format.day(_local_day(near.contacted_at, zone), language)
    told = {
        "contact": say(language, "account-near-contact-on", day=met, channel=near.channel) if met else "",
        "renewal": stage["stage"][0],
        "cases": near.cases_open
        and say(language, "account-near-cases-open", count=near.cases_open, urgent=near.cases_urgent),
        "invoices": owed
        and say(language, "account-near-invoices-since", amounts=owed,
                day=format.short_day(near.overdue_since, language)),
    }  # fmt: skip
    bad = {"contact": not met, "cases": near.cases_urgent, "invoices": near.overdue}
    return [
        (say(language, f"account-near-{name}"), text or say(language, "account-near-none"),
         "red" if bad.get(name) else "gray")
        for name, text in told.items()
    ]  # fmt: skip


def timeline_lines(frame: pd.DataFrame, language: str, zone: str) -> list[dict[str, str | None]]:
    """when, kind, what, who, text of each row of the timeline."""
    local = [moment.to_pydatetime() for moment in frame["happened_at"]] if len(frame) else []
    return [
        {
            "when": format.day(_local_day(moment, zone), language),
            "kind": row["kind"],
            "what": line(row["kind"], row["code"], language),
            "who": name_of(row["person"], row["person_zh"], language) if _is_text(row["person"]) else None,
            "text": _line_text(row["kind"], row["code"], row["text"], language),
        }
        for moment, row in zip(local, frame.to_dict("records"), strict=True)
    ]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _line_text(kind: str, code: Any, text: Any, language: str) -> str | None:
    """What was written, as it is; an alert's line says which day it is about, a payment's how much."""
    if not _is_text(text):
        return None
    if kind == "payment":
        return format.money(int(text), code, language)
    return format.day(date.fromisoformat(text), language) if kind == "alert" else text


def _local_day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def quotes(frame: pd.DataFrame, _language: str) -> pd.DataFrame:
    """quote: its number (before it has one, its title) with the revision."""
    names = [f"{row['label']} v{row['revision']}" for row in frame.to_dict("records")]
    return frame.assign(quote=names)


def contracts(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    kinds = worded(_to_last_day(frame), {"kind": "contracts-kind", "product_line": "term-product"}, language)
    return kinds.assign(corrected=marked(frame["corrected"], language))


def periods(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    return worded(_to_last_day(frame), {"plan": "term-plan", "product": "term-product"}, language)


def _to_last_day(frame: pd.DataFrame) -> pd.DataFrame:
    """Stored ends are the first day after; readers expect the last day that is covered."""
    ends = [day if day is None or day != day else day - timedelta(days=1) for day in frame["ends_on"]]
    return frame.assign(ends_on=pd.Series(ends, index=frame.index, dtype="object"))


def contacts(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    flags = {name: marked(frame[name], language) for name in ("is_sponsor", "active", "held")}
    kinds = [choice_label(code or "customer", language) for code in frame["kind"]]
    return frame.assign(kind=kinds, **flags)


def alerts(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    return worded(frame, {"kind": "account-kind", "status": "account-alert"}, language)


def cases(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    return worded(frame, {"priority": "term-priority"}, language)


def renewals(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    return worded(frame, {"stage": "account-stage"}, language)


# How a block's rows are put into words; the others show as they are.
SAID: dict[str, Callable[[pd.DataFrame, str], pd.DataFrame]] = {
    "quotes": quotes, "contract": contracts, "periods": periods, "contacts": contacts, "alerts": alerts,
    "renewals": renewals, "cases": cases, "integration": portrait.integrations,
    "customer_goal": portrait.states, "roadmap_request": portrait.states, "referral": portrait.states,
    "team_role": portrait.team, "group": portrait.group_rows,
}  # fmt: skip


def said(name: str, frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """The rows of a block in words."""
    return SAID[name](frame, language) if name in SAID else frame


def worded(frame: pd.DataFrame, codes: dict[str, str], language: str) -> pd.DataFrame:
    """The frame with the codes of some columns in words: column -> beginning of the message id."""

    def word(prefix: str, code: Any) -> str:
        if prefix.startswith("term-"):
            return term(language, prefix.removeprefix("term-"), code)
        wanted = f"{prefix}-{code.replace('_', '-')}"
        return say(language, wanted) if bundle(language).has_message(wanted) else str(code)

    return frame.assign(
        **{
            column: [word(prefix, code) if isinstance(code, str) and code else "" for code in frame[column]]
            for column, prefix in codes.items()
        }
    )


def marked(flags: pd.Series, language: str) -> list[str]:
    """yes where a flag holds, nothing where not."""
    return [say(language, "accounts-yes") if flag else "" for flag in flags]


def corrected(frame: pd.DataFrame, head: Any, contacts: pd.DataFrame, language: str) -> pd.DataFrame:
    """Values corrected by hand with words: field, now, imported, person, set_at."""
    people = {int(row["id"]): row for row in contacts.to_dict("records")}
    rows = []
    for row in frame.to_dict("records"):
        mine = row["table_name"] == "account"
        now = head.values.get(row["field"]) if mine else people.get(int(row["row_id"]), {}).get(row["field"])
        label = field_label(row["field"], language)
        rows.append(
            {
                "field": label if mine else f"{row['row']}: {label}",
                "now": field_value(row["field"], now, head.values["currency"], language),
                "imported": field_value(row["field"], row["imported"], head.values["currency"], language),
                "person": row["person"],
                "set_at": row["set_at"],
            }
        )
    return pd.DataFrame(rows, columns=["field", "now", "imported", "person", "set_at"])

"""What each drawer of the account's page asks for, and the command that takes the answer; nothing is drawn.

Commands of other wings are handed in by the page: a wing never calls another's.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from lib.access import Viewer
from lib.accounts import commands, fields, item_commands, overview
from lib.accounts.fields import Field, Sheet
from lib.accounts.overview import Head
from lib.accounts.phrases import name_of
from lib.renewals.phrases import reason_name
from lib.renewals.rules import LOST_REASONS
from lib.words import say

Raw = dict[str, Any]
_ZONES = {zone: zone for zone in fields.ZONES}  # a zone is called by its own name in either language


def add_account(viewer: Viewer, key: str) -> Sheet:
    def act(raw: Raw) -> int:
        values = fields.from_form("account", raw, raw["currency"])
        fine = values.pop("same_name")
        return commands.create_account(viewer, key, values, same_name_is_fine=fine)

    start = {"currency": viewer.currency or "USD", "language": viewer.language, "is_vip": True}
    return Sheet("accounts-add", "accounts-added", (*fields.ACCOUNT, fields.SAME_NAME), start, act, _ZONES)


def edit(viewer: Viewer, head: Head) -> Sheet:
    def act(raw: Raw) -> int:
        values = fields.from_form("account", raw, raw["currency"])
        return commands.correct_account(viewer, head.id, head.version, values)

    return Sheet("account-edit", "account-saved", fields.ACCOUNT, head.values, act, _ZONES)


def hand_over(viewer: Viewer, head: Head) -> Sheet:
    def act(raw: Raw) -> int:
        to = int(raw["to"])
        return commands.set_owner(viewer, head.id, head.version, to, raw["duty"], raw["reason"])

    found = overview.possible_owners(viewer)
    names = {str(row.id): name_of(row.name, row.name_zh, viewer.language) for row in found.itertuples()}
    asked = (fields.DUTY, Field("to", "choice", required=True, choices=tuple(names)), fields.WHY)
    return Sheet("account-hand-over", "account-handed-over", asked, {"duty": "owner"}, act, names)


def state(viewer: Viewer, head: Head, set_status: Callable[..., int]) -> Sheet:
    """The customer's state; whoever sets it to gone says why the customer left."""

    def act(raw: Raw) -> int:
        return set_status(viewer, head.id, head.version, raw["status"], raw["reason"], raw["loss_reason"],
                          raw["loss_comment"])  # fmt: skip

    names = {code: reason_name(code, viewer.language) for code in LOST_REASONS}
    asked = (fields.STATUS, Field("loss_reason", "choice", choices=LOST_REASONS),
             Field("loss_comment", longest=fields.WHY.longest), fields.WHY)  # fmt: skip
    start = {"status": head.values["status"]}
    intro = say(viewer.language, "account-state-intro")
    return Sheet("account-state", "account-state-changed", asked, start, act, names, intro=intro)


# The drawers of the account's own menu, in its order; `state` gets the act that sets it.
OWN: dict[str, Callable[..., Sheet]] = {"edit": edit, "hand-over": hand_over, "state": state}


def outreach(
    viewer: Viewer, head: Head, people: pd.DataFrame, log_touch: Callable[..., int], key: str
) -> Sheet:
    def act(raw: Raw) -> int:
        day = raw["day"] or viewer.today
        noon = datetime.combine(day, time(12), ZoneInfo(viewer.zone))
        return log_touch(
            viewer, head.id, raw["channel"], raw["summary"], viewer.now if day == viewer.today else noon,
            contact_id=int(raw["contact"]) if raw["contact"] else None, two_way=raw["two_way"], form_key=key,
        )  # fmt: skip

    there = people[people["active"].astype(bool)]
    names = {str(i): name for i, name in zip(there["id"], there["name"], strict=True)}
    ways = fields.OUTREACH[0].choices
    words = names | {way: say(viewer.language, f"negotiation-channel-{way}") for way in ways}
    asked = tuple(replace(f, choices=tuple(names)) if f.name == "contact" else f for f in fields.OUTREACH)
    start = {"channel": "call", "day": viewer.today, "two_way": True, "contact": next(iter(names), None)}
    return Sheet("account-log", "account-logged", asked, start, act, words)


def contact(viewer: Viewer, head: Head, row: Mapping[str, Any] | None, key: str) -> Sheet:
    """A new contact, or the correction of one."""
    if row is None:
        start = {"language": head.values["language"], "active": True, "kind": "customer"}
        return Sheet(
            "account-add-contact", "account-contact-added", fields.CONTACT, start,
            lambda raw: commands.create_contact(viewer, head.id, key, raw),
        )  # fmt: skip
    seen = (int(row["id"]), int(row["version"]))
    return Sheet(
        "account-correct-contact", "account-contact-corrected", fields.CONTACT, _typed(row),
        lambda raw: commands.correct_contact(viewer, *seen, raw),
    )  # fmt: skip


ITEM_START: dict[str, Raw] = {
    "integration": {"live": True, "auth": "oauth"}, "customer_goal": {"state": "open"},
    "roadmap_request": {"state": "asked"}, "referral": {"state": "invited"},
}  # fmt: skip


def item(
    viewer: Viewer, head: Head, block: str, row: Mapping[str, Any] | None, key: str, people: pd.DataFrame
) -> Sheet:
    """A new row of a block, or the correction of one. `people`: id and name of colleagues, for the team."""
    names = {str(i): name for i, name in zip(people["id"], people["name"], strict=True)}
    asked = tuple(
        replace(f, kind="choice", choices=tuple(names)) if f.name == "person_id" else f
        for f in fields.ITEMS[block]
    )

    def act(raw: Raw) -> int:
        values = raw | ({"person_id": int(raw["person_id"])} if raw.get("person_id") else {})
        if row is None:
            return item_commands.add_item(viewer, head.id, block, key, values)
        return item_commands.correct_item(viewer, head.id, block, int(row["id"]), int(row["version"]), values)

    name = block.replace("_", "-")
    if row is None:
        start = ITEM_START.get(block, {})
        return Sheet(f"account-add-{name}", "account-item-added", asked, start, act, names)
    known = _typed(row)
    known |= {"person_id": str(known["person_id"])} if "person_id" in known else {}
    return Sheet(f"account-correct-{name}", "account-item-corrected", asked, known, act, names)


def profile(viewer: Viewer, head: Head, held: Mapping[str, Any], tags: list[str]) -> Sheet:
    """The account's profile and its tags."""

    def act(raw: Raw) -> int:
        return item_commands.set_profile(viewer, head.id, int(held["version"]), raw)

    ways = {way: say(viewer.language, f"negotiation-channel-{way}") for way in fields.CHANNELS}
    start = {name: value for name, value in held.items() if name != "version"} | {"tags": ", ".join(tags)}
    asked = (*fields.PROFILE, fields.TAGS)
    return Sheet("account-profile-edit", "account-profile-saved", asked, start, act, ways)


def meeting(
    viewer: Viewer, head: Head, people: pd.DataFrame, staff: pd.DataFrame,
    record_meeting: Callable[..., int], key: str,
) -> Sheet:  # fmt: skip
    """A meeting as it went: who was there, what was said and promised, what comes next."""
    there = people[people["active"].astype(bool)]
    contacts = {f"contact-{i}": name for i, name in zip(there["id"], there["name"], strict=True)}
    colleagues = {f"staff-{i}": name for i, name in zip(staff["id"], staff["name"], strict=True)}
    choices = {"contacts": tuple(contacts), "staff": tuple(colleagues)}
    asked = tuple(replace(f, choices=choices.get(f.name, f.choices)) for f in fields.MEETING)

    def act(raw: Raw) -> int:
        ids = {name: [int(code.split("-")[1]) for code in raw[name]] for name in choices}
        return record_meeting(
            viewer, head.id, raw["day"] or viewer.today, raw["channel"], raw["summary"],
            contact_ids=ids["contacts"], staff_ids=ids["staff"], promises=raw["promises"].splitlines(),
            promised_for=raw["promised_for"], next_on=raw["next_on"], next_step=raw["next_step"],
            form_key=key,
        )  # fmt: skip

    ways = {way: say(viewer.language, f"negotiation-channel-{way}") for way in fields.CHANNELS}
    start = {"day": viewer.today, "channel": "meeting", "staff": [f"staff-{viewer.person_id}"]}
    return Sheet("account-meeting-record", "account-meeting-recorded", asked, start, act,
                 contacts | colleagues | ways)  # fmt: skip


def note(viewer: Viewer, head: Head, write_note: Callable[..., int], key: str) -> Sheet:
    def act(raw: Raw) -> int:
        return write_note(viewer, head.id, raw["text"], raw["shared"], form_key=key)

    return Sheet("account-add-note", "account-note-added", fields.NOTE, {}, act)


def contract(
    viewer: Viewer,
    head: Head,
    row: Mapping[str, Any] | None,
    create: Callable[..., int],
    correct: Callable[..., int],
    key: str,
) -> Sheet:
    """A contract written down by hand, or the correction of one."""

    def act(raw: Raw) -> int:
        values = fields.from_form("contract", raw, raw["currency"])
        values["product_line"] = raw["product_line"].strip()
        if row is None:
            return create(viewer, head.id, form_key=key, **values)
        return correct(viewer, int(row["id"]), int(row["version"]), **values)

    kinds = fields.CONTRACT[0].choices
    names = {kind: say(viewer.language, f"contracts-kind-{kind.replace('_', '-')}") for kind in kinds}
    start = {"kind": "fixed", "currency": head.values["currency"], "notice_days": 30, "seats": None}
    start["starts_on"] = viewer.today
    if row is None:
        return Sheet("contracts-create", "contracts-created", fields.CONTRACT, start, act, names)
    known = _typed(row)
    known["auto_renews"] = {True: "yes", False: "no"}.get(known["auto_renews"])
    return Sheet("contracts-correct", "contracts-was-corrected", fields.CONTRACT, known, act, names)


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """A frame's row with plain values: missing is None, whole numbers are Python's."""
    return {
        name: None if value is None or value is pd.NA or value != value
        else value.item() if hasattr(value, "item") else value
        for name, value in row.items()
    }  # fmt: skip

"""What the cards around a quote say and ask: checks, request, red flags, like accounts, deciders. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.access import Viewer
from lib.quotes.approvals import Desk, people_text
from lib.quotes.clearance import Channel, Check, Flag, Request, Rules, State
from lib.quotes.findings import Level
from lib.words import say, term

_LEVELS = {State.OK: "free", State.WARN: "justify", State.STOP: "approve"}
Asked = tuple[Any, ...]  # a field as ui.sending takes it: argument, kind, label, options, start, earliest


@dataclass(frozen=True)
class Form:
    """A small form: its name (which command), its fields, the labels of its opener and its button."""

    name: str
    fields: Sequence[Asked]
    behind: str
    button: str
    done: str


def settle_card(found: Sequence[Check], language: str) -> dict[str, Any]:
    """Title, note and rules of the card "before it leaves"; what stops the quote comes first."""
    order = [State.STOP, State.WARN, State.OK]
    rows = [
        (_LEVELS[c.state], say(language, f"compliance-state-{c.state}"), check_text(c, language), "", None)
        for c in sorted(found, key=lambda check: order.index(check.state))
    ]
    count = sum(check.state is State.STOP for check in found)
    return {
        "title": say(language, "compliance-settle"),
        "note": say(language, "compliance-settle-note", count=count), "rules": rows, "way": "",
    }  # fmt: skip


def check_text(check: Check, language: str) -> str:
    values = {name: fmt.day(v, language) if isinstance(v, date) else v for name, v in check.values.items()}
    if check.code == "paper_gap":
        values["gap"] = say(language, f"compliance-gap-{values['gap']}")
    return say(language, f"compliance-check-{check.code.replace('_', '-')}", **values)


def desk_text(desk: Desk, language: str) -> str:
    """Which approver level a quote needs and who may decide; whom to appoint when nobody is left."""
    if not desk.level:
        return ""
    values = {"level": desk.level, "admins": people_text(desk.admins, language)}
    if desk.able:
        people = people_text([h.name for h in desk.able], language)
        return say(language, "compliance-desk-able", people=people, **values)
    if desk.barred:
        people = people_text([h.name for h in desk.barred], language)
        return say(language, "compliance-desk-barred", people=people, **values)
    return say(language, "compliance-desk-nobody", **values)


def again_text(quote: Any, language: str) -> str:
    """Why a quote that waits or was approved is handed in again; empty for one that is not."""
    if not quote.again:
        return ""
    reasons = [f.rule for f in quote.saved.decision.reasons if f.level in (Level.APPROVE, Level.STOP)]
    if not reasons:
        return say(language, "quotes-again-free")
    return say(language, "quotes-again-asks", rules=people_text(reasons, language))


def bar_text(bar: str, desk: Desk, language: str) -> str:
    """Why this viewer does not decide."""
    if bar == "level":
        return say(language, "compliance-bar-level", level=desk.level)
    return say(language, f"compliance-bar-{bar.replace('_', '-')}")


def duplicate_text(around: Any, language: str, zone: str) -> str:
    """The notice of a second request: which, whose, since when, and who is asked next; empty without one."""
    if around.duplicates.empty:
        return ""
    first = around.duplicates.iloc[0]
    channel = first.channel if isinstance(first.channel, str) else "none"
    owner = around.owners.get(around.request.owner_id) or first.owner
    return say(
        language, "compliance-duplicate", count=len(around.duplicates),
        quote=first.number if isinstance(first.number, str) else first.title, owner=first.owner,
        way=say(language, f"compliance-channel-{channel.replace('_', '-')}"), mine=owner,
        since=fmt.moment(first.created_at, language, zone),
        path=say(language, "compliance-path-joiner").join(around.escalation),
    )  # fmt: skip


def request_rows(around: Any, language: str) -> list[tuple[str, str]]:
    """Label and value: who answers for the request, how it came, when the fit is looked at."""
    request = around.request
    channel = request.channel or "none"
    rows = [
        ("owner", around.owners.get(request.owner_id, fmt.MISSING)),
        ("channel", say(language, f"compliance-channel-{channel.replace('_', '-')}")),
        ("fit", fmt.day(request.fit_review_on, language) if request.fit_review_on else fmt.MISSING),
    ]
    flags = [say(language, f"compliance-flag-{flag.replace('_', '-')}") for flag in request.flags]
    rows += [("flags", people_text(flags, language))] if flags else []
    return [(say(language, f"compliance-row-{name}"), text) for name, text in rows]


def quote_forms(around: Any, viewer: Viewer, status: str, language: str) -> list[Form]:
    """The forms the viewer may use on this quote: flags, review, request, promises, fit."""
    forms = []
    if viewer.may("compliance.mark"):
        forms.append(_form("flags", _flag_fields(around.request, language), language))
    if around.may_review and around.request.flags:
        forms.append(_form("review", [
            ("reason", "area", say(language, "compliance-review-reason")),
            ("cleared", "tick", say(language, "compliance-review-cleared"), None, False),
        ], language))  # fmt: skip
    if viewer.may("quote.write") and (unknown := _unknown(around.checks)):
        forms.append(_form("characters", [
            (f"code_{ord(one)}", "text", say(language, "compliance-characters-of", character=one))
            for one in unknown
        ], language))  # fmt: skip
    if viewer.may("quote.write"):
        forms.append(_form("request", _request_fields(around, viewer.today, language), language))
        if around.promises:
            ticked = around.request.promises
            fields = [
                (f"promise_{n}", "tick", text, None, n in ticked) for n, text in around.promises.items()
            ]
            forms.append(_form("promises", fields, language))
        if status == "accepted":
            tomorrow, half = viewer.today + timedelta(days=1), viewer.today + timedelta(days=182)
            forms.append(_form("fit", [
                ("reason", "area", say(language, "compliance-fit-finding")),
                ("next_on", "day", say(language, "compliance-fit-next"), None, half, tomorrow),
            ], language))  # fmt: skip
    return forms


def _unknown(found: Sequence[Check]) -> str:
    """The characters the paper cannot print yet."""
    return next((c.values["characters"] for c in found if c.code == "characters"), "")


def _form(name: str, fields: Sequence[Asked], language: str) -> Form:
    words = (say(language, f"compliance-form-{name}{end}") for end in ("", "-save", "-done"))
    behind, button, _done = words
    return Form(name, fields, behind, button, f"compliance-form-{name}-done")


def _flag_fields(request: Request, language: str) -> list[Asked]:
    return [
        (str(flag), "tick", say(language, f"compliance-flag-{flag.replace('_', '-')}"), None,
         flag in request.flags)
        for flag in Flag
    ]  # fmt: skip


def _request_fields(around: Any, today: date, language: str) -> list[Asked]:
    request = around.request
    channels = {None: say(language, "compliance-channel-none")} | {
        str(c): say(language, f"compliance-channel-{c.replace('_', '-')}") for c in Channel
    }
    return [
        ("owner_id", "select", say(language, "compliance-row-owner"), around.owners, request.owner_id),
        ("channel", "select", say(language, "compliance-row-channel"), channels, request.channel),
        ("fit_review_on", "day", say(language, "compliance-row-fit"), None, request.fit_review_on),
        ("proof", "text", say(language, "compliance-proof"), None, request.tender_proof),
        ("proof_on", "day", say(language, "compliance-proof-on"), None, request.tender_proof_on, None, today),
        ("iso27001_required", "tick", say(language, "compliance-iso"), None, request.iso27001_required),
    ]  # fmt: skip


def rules_rows(rules: Rules, language: str) -> list[tuple[str, str, str]]:
    """Level, its word and the sentence of what holds for an account."""
    if rules.blocked_on is not None:
        values = {"day": fmt.day(rules.blocked_on, language), "reason": rules.blocked_reason or ""}
        first = ("approve", say(language, "compliance-check-blocked", **values))
    else:
        first = ("free", say(language, "compliance-check-open"))
    rows = [first]
    rows += [("justify", say(language, "compliance-rule-tender"))] if rules.tender_required else []
    rows += [("justify", say(language, "compliance-rule-iso"))] if rules.iso27001_required else []
    words = {level: say(language, f"compliance-state-{state}") for state, level in _LEVELS.items()}
    return [(level, words[level], text) for level, text in rows]


def account_forms(rules: Rules, viewer: Viewer, language: str) -> list[Form]:
    """The forms the viewer may use on an account: its rules, and the blacklist."""
    forms = []
    if viewer.may("compliance.mark"):
        forms.append(_form("rules", [
            ("tender_required", "tick", say(language, "compliance-rule-tender"), None,
             rules.tender_required),
            ("iso27001_required", "tick", say(language, "compliance-rule-iso"), None,
             rules.iso27001_required),
        ], language))  # fmt: skip
    if viewer.may("account.block"):
        name = "block" if rules.blocked_on is None else "unblock"
        forms.append(_form(name, [("reason", "area", say(language, f"compliance-{name}-reason"))], language))
    return forms


def alike_texts(alike: Any, own: Any, language: str) -> dict[str, str]:
    """Title, caption (what counts as alike), the sentence about accounts of others, the empty state."""
    parts = [
        term(language, "tier", alike.tier or ""),
        term(language, "region", alike.region or ""),
        say(language, f"compliance-band-{alike.band or 'none'}"),
    ]
    like = " · ".join(part for part in parts if part)
    others = ""
    if alike.others_median is not None:
        others = say(language, "compliance-alike-others", count=alike.others,
                     share=fmt.percent(alike.others_median, language))  # fmt: skip
    share = fmt.percent(own, language)
    return {
        "title": say(language, "compliance-alike-title", share=share),
        "caption": say(language, "compliance-alike-caption", like=like, months=alike.months),
        "others": others, "empty": say(language, "compliance-alike-none"),
    }  # fmt: skip


def alike_rows(alike: Any, language: str, zone: str) -> pd.DataFrame:
    """The visible like accounts as text under words: account, number, discount, net, issued."""
    rows = [
        (row.account, row.number, fmt.percent(row.effective_discount, language),
         say(language, "quotes-months", months=int(row.term_months)),
         fmt.money(int(row.net_minor), row.currency, language, whole=True),
         fmt.moment(row.issued_at, language, zone))
        for row in alike.seen.itertuples()
    ]  # fmt: skip
    heads = ("quotes-col-account", "quotes-col-number", "quotes-col-discount", "quotes-field-term-months",
             "quotes-col-net", "compliance-alike-issued")  # fmt: skip
    return pd.DataFrame(rows, columns=[say(language, head) for head in heads])


def rights_card(
    rights: Sequence[Mapping[str, str]], currency: str, language: str
) -> tuple[str, str, list[tuple[str, str]]]:
    """Title, note, and the regional rights with their price of nothing."""
    nothing = fmt.money(0, currency, language)
    title, note = (say(language, f"compliance-rights{end}") for end in ("", "-note"))
    return title, note, [(right[language], nothing) for right in rights]


def contact_names(contacts: Mapping[int, tuple[str, str | None]], language: str) -> dict[int | None, str]:
    """The people a paper can be addressed to, with the language they read; None stands for the sponsor."""
    found: dict[int | None, str] = {None: say(language, "compliance-contact-sponsor")}
    for contact_id, (name, spoken) in contacts.items():
        word = say(language, f"quotes-language-{spoken.lower()}") if spoken else ""
        found[contact_id] = f"{name} ({word})" if word else name
    return found

"""Every door of the register with arguments to knock with: a new door gets its samples here.

Most parameters are told by their name; what a name cannot tell stands under the door.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import lib
from lib.access import Viewer
from lib.accounts.listing import Filters
from lib.audit.queries import Filters as AuditFilters
from lib.exports.queries import EXPORTS
from lib.kpi.queries import METRICS
from lib.notices.rules import Wishes
from lib.notices.sending import Planned
from lib.playbooks.rules import Only
from lib.playbooks.rules import Scope as TaskScope
from lib.store.doors import REGISTER, Door
from lib.today.rules import Scope
from tests import make
from tests.make import NOW, TODAY

NOT_WINGS = {"desk", "person_menu", "commandline", "__main__", "demo", "edge", "start", "ui", "store"}
for _module in pkgutil.walk_packages(lib.__path__, "lib."):
    if _module.name.split(".")[1] not in NOT_WINGS:
        importlib.import_module(_module.name)

DOORS = sorted(REGISTER.values(), key=lambda door: door.name)
QUERIES = [door for door in DOORS if door.kind == "query"]
COMMANDS = [door for door in DOORS if door.kind == "command"]
NOWHERE = 987_654_321
LATER = TODAY + timedelta(days=5)

MAPPING = {"columns": {"key": "account_id", "name": "name"}}
# A valid value for each required parameter, by name; a door that needs another one names it below.
BY_NAME: dict[str, Any] = {
    "seen_version": 1, "text": "A thought", "reason": "They asked", "form_key": "key-1", "proof": "By mail",
    "happened_at": NOW, "until": TODAY, "due_on": TODAY, "channel": "call", "summary": "Spoke with them",
    "what": "Send it", "language": "en", "start": date(2026, 1, 1), "end": date(2027, 12, 31),
    "currency": "USD", "values": {}, "lines": [], "category": "commit", "expected_minor": 1,
    "target": "in_talk", "filters": Filters(), "as_of": TODAY, "day": TODAY, "status": "active",
    "book_id": 1, "runner": "here", "again": False, "reference": None, "first": TODAY, "last": TODAY,
    "step": "alerts", "share": 0.5, "metric": "bridge", "kind": "accounts",
    "content": b"account_id,name\nA-1,X\n",
    "valid_from": TODAY,
    "name": "accounts.csv", "header": ["account_id", "name"], "preset": None, "mapping": MAPPING,
}  # fmt: skip
# Per door: values for parameters, from the ids of a book and the viewer, where the name does not tell.
Sample = Callable[[dict[str, int], Viewer], dict[str, Any]]
BY_DOOR: dict[str, Sample] = {
    "audit.entries": lambda *_: {"filters": AuditFilters()},
    "audit.count": lambda *_: {"filters": AuditFilters()},
    "audit.find_accounts": lambda *_: {"search": "ltd"},
    "audit.find_contacts": lambda *_: {"search": "contact"},
    "audit.record_backup": lambda *_: {"file": "desk.zip", "rows": 1, "head": f"1:{'0' * 64}"},
    "audit.record_export": lambda *_: {
        "what": "accounts", "rows": 1, "file_format": "csv", "sha256": "0" * 64,
    },
    "audit.record_paper": lambda *_: {"revision": 1, "sha256": "0" * 64},
    "accounts.set_owner": lambda _ids, viewer: {"person_id": viewer.person_id},
    "accounts.add_item": lambda *_: {
        "block": "integration", "values": {"name": "Pay", "category": "payment", "auth": "oauth",
                                           "rotates": True, "live": True},
    },
    "accounts.correct_item": lambda ids, _viewer: {
        "block": "customer_goal", "row_id": ids["customer_goal"], "values": {"state": "reached"},
    },
    "accounts.remove_item": lambda ids, _viewer: {"block": "department", "row_id": ids["department"]},
    "accounts.record_meeting": lambda ids, viewer: {
        "held_on": TODAY, "contact_ids": [ids["contact"]], "staff_ids": [viewer.person_id],
        "promises": ["Send it"], "promised_for": LATER, "next_on": LATER, "next_step": "Call",
    },
    "accounts.set_profile": lambda *_: {"values": {"competitor": "Rival", "tags": "one, two"}},
    "bulk.assign": lambda ids, viewer: {
        "account_ids": [ids["account"]], "duty": "backup", "person_id": viewer.person_id,
    },
    "bulk.tag": lambda ids, _viewer: {"account_ids": [ids["account"]], "tags": "one"},
    "bulk.snooze": lambda ids, _viewer: {"account_ids": [ids["account"]], "until": LATER},
    "bulk.create_tasks": lambda ids, _viewer: {"account_ids": [ids["account"]], "title": "Call"},
    "bulk.undo": lambda *_: {"batch": "none"},
    "contracts.create": lambda *_: {"starts_on": date(2028, 1, 1), "ends_on": date(2029, 1, 1)},
    "contracts.correct": lambda *_: {"seats": 12},
    "fulfilment.correct": lambda *_: {"provisioned": 4},
    "fulfilment.tell": lambda *_: {"order_number": "QT-1"},
    "fulfilment.report": lambda *_: {"order_number": "QT-1"},
    "fulfilment.close_problem": lambda *_: {"cause": "product_fault", "mended": "Set anew"},
    "fulfilment.mark_paid": lambda *_: {"paid_on": TODAY},
    "fulfilment.finish": lambda ids, _: {"action_id": ids["action"], "claim": "mine", "outcome": "sent"},
    "fulfilment.rates": lambda *_: {"since": NOW - timedelta(days=30)},
    "renewals.move": lambda *_: {"target": "informed"},
    "negotiation.make_promise": lambda _ids, viewer: {"owner_id": viewer.person_id},
    "quotes.review_fit": lambda *_: {"next_on": date(2027, 6, 1)},
    **dict.fromkeys(("quotes.accept", "quotes.accept_late", "quotes.add_evidence"),
                    lambda *_: {"evidence": make.evidence()}),
    "quotes.replace_characters": lambda *_: {"seen_version": 0, "code_128722": "cart"},
    "quotes.finish_mail": lambda ids, _: {"mail_id": ids["mail"], "claim": "mine", "outcome": "sent"},
    "quotes.take_event": lambda *_: {"values": {"id": "1", "number": "QT-0", "kind": "viewed",
                                                "happened_at": NOW.isoformat()}},
    "quotes.import_events": lambda *_: {"rows": [{"id": "1", "number": "QT-0", "kind": "viewed",
                                                  "happened_at": NOW.isoformat()}]},
    "quotes.offer_options": lambda *_: {"kind": "terms"},
    "quotes.known_events": lambda *_: {"ids": ["1"]},
    "quotes.tell_step": lambda *_: {"kind": "viewed"},
    "quotes.proof": lambda ids, _: {"evidence_id": ids["evidence"]},
    "quotes.live_price": lambda *_: {"values": make.quote_form()},
    "policy.change": lambda *_: {"name": "quotes", "seen_number": 1, "changes": {"validity.days": "20"}},
    "policy.draft_value": lambda *_: {
        "name": "quotes", "seen_number": 1, "path": "validity.days", "text": "20",
    },
    **dict.fromkeys(("policy.drop_draft", "policy.publish_draft"), lambda *_: {"name": "quotes"}),
    "policy.revert": lambda *_: {"name": "quotes", "seen_number": 1, "to_number": 1},
    "policy.take_file": lambda *_: {"content": b"{}", "seen_numbers": {}},
    "policy.add_row": lambda *_: {
        "name": "quotes", "seen_number": 1, "path": "tax.CNY", "texts": {"key": "USD", "value": "0.05"},
    },
    "policy.remove_row": lambda *_: {"name": "quotes", "seen_number": 1, "path": "limits[24].approve_above"},
    "policy.sign_review": lambda *_: {"note": "Looked through", "inputs": []},
    "policy.preview_row": lambda *_: {"name": "quotes", "path": "limits[24].approve_above", "texts": None},
    "policy.versions": lambda *_: {"name": "quotes"},
    "policy.preview": lambda *_: {"name": "quotes", "changes": {"validity.days": "20"}},
    "policy.preview_file": lambda *_: {"content": b'{"file": "vip-desk-policy", "documents": {}}'},
    "people.called": lambda _ids, viewer: {"text": str(viewer.person_id)},
    "people.add": lambda *_: {"values": {"name": "Gao Ling"}},
    "people.link": lambda ids, _: {"waiting_id": ids["person"]},
    "people.give_role": lambda *_: {"role": "sales"},
    "people.change_roles": lambda *_: {"give": ["sales"], "take": []},
    "people.take_role": lambda *_: {"role": "sales"},
    "people.lend_own": lambda ids, _: {"colleague": ids["person"], "starts_on": TODAY, "ends_on": LATER},
    "people.lend_for": lambda _ids, viewer: {
        "colleague": viewer.person_id, "starts_on": TODAY, "ends_on": LATER,
    },
    "people.take_back": lambda *_: {"which": 987_654},
    "people.choose_preferences": lambda *_: {"zone": "Europe/Berlin"},
    "people.opened": lambda ids, _: {"page": "account", "row_id": ids["account"]},
    "people.hand_over_book": lambda ids, viewer: {"to_id": viewer.person_id, "account_ids": [ids["account"]]},
    "people.handover_preview": lambda ids, viewer: {
        "to_id": viewer.person_id, "account_ids": [ids["account"]],
    },
    "people.undo_handover": lambda *_: {"handover": "none"},
    "vips.designate": lambda *_: {"mode": "internal"},
    "vips.find": lambda *_: {"text": "ltd"},
    "segments.listed": lambda *_: {"axis": "plan"},
    "vips.set_facts": lambda *_: {"values": {"following": 5}},
    "playbooks.create_task": lambda *_: {"title": "Call them", "due_on": LATER},
    "playbooks.create_tasks": lambda ids, _: {
        "account_ids": [ids["account"]], "title": "Call them", "due_on": LATER,
    },
    "playbooks.versions": lambda *_: {"code": "welcome"},
    "playbooks.start": lambda *_: {"code": "first_90_days"},
    "playbooks.publish": lambda *_: {
        "code": "own", "seen_number": 0,
        "body": {"name_en": "Own", "name_zh": "自有",
                 "steps": [{"code": "call", "title_en": "Call", "title_zh": "致电"}]},
    },
    "playbooks.write_trial": lambda *_: {"starts_on": TODAY, "ends_on": LATER, "criteria": "Three users"},
    "playbooks.close_trial": lambda *_: {"outcome": "met"},
    "playbooks.offer_demo": lambda *_: {"offered_on": TODAY},
    "playbooks.move_demo": lambda *_: {"status": "accepted"},
    "playbooks.give_gift": lambda *_: {"kind": "expert", "what": "An hour", "cost": "80", "given_on": TODAY},
    "playbooks.snooze_task": lambda *_: {"until": LATER},
    "playbooks.finish_tasks": lambda ids, _: {"seen": [(ids["task"], 1)]},
    "playbooks.snooze_tasks": lambda ids, _: {"seen": [(ids["task"], 1)], "until": LATER},
    "playbooks.assign_tasks": lambda ids, _: {"seen": [(ids["task"], 1)], "person_id": ids["person"]},
    "playbooks.hand_over_task": lambda ids, _: {"person_id": ids["person"]},
    "playbooks.undo_tasks": lambda ids, _: {"seen": [(ids["task"], 1)]},
    "teams.assign_many": lambda ids, viewer: {"picks": [(ids["account"], None, viewer.person_id)]},
    "teams.undo_assign": lambda *_: {"assigned": "none"},
    "teams.set_level": lambda *_: {"level": "senior", "reason": "Annual review"},
    "teams.describe": lambda *_: {"languages": "en", "zone": "Europe/Berlin", "hours": {"0": [540, 1080]}},
    "teams.describe_own": lambda *_: {"languages": "en", "zone": "Europe/Berlin"},
    "teams.note_record": lambda *_: {
        "values": {"kind": "course", "title": "Negotiation", "on_day": TODAY, "hours": 8},
    },
    "teams.note_own_record": lambda *_: {
        "values": {"kind": "exchange", "title": "Trade fair", "on_day": TODAY, "hours": 8},
    },
    "teams.name_win": lambda *_: {
        "values": {"title": "Ten renewals in a row", "on_day": TODAY, "reason": "Nobody left"},
    },
    "teams.set_goal": lambda *_: {"values": {"title": "Renew nine of ten", "due_on": LATER}},
    "teams.settle_goal": lambda *_: {"state": "met"},
    "teams.raise_request": lambda ids, viewer: {
        "values": {"department": "legal", "title": "Check the addendum", "due_on": LATER},
        "owner": viewer.person_id, "account": ids["account"],
    },
    "teams.move_request": lambda *_: {"target": "answered", "comment": "Fine as it is"},
    "teams.reassign_request": lambda _ids, viewer: {"owner": viewer.person_id, "due_on": LATER},
    "teams.write_meeting": lambda *_: {
        "values": {"title": "Quarter", "held_on": TODAY, "attendees": "All", "decisions": "Go on"},
    },
    "teams.carried_after": lambda ids, viewer: {
        "to_id": viewer.person_id, "account_ids": [ids["account"]],
    },
    "teams.brief_of": lambda ids, _: {"account_ids": [ids["account"]]},
    "today.snooze_card": lambda *_: {"until": LATER, "seen": {"alert:1": "watch"}},
    "today.wake_card": lambda ids, _: {"snooze_id": ids["card_snooze"]},
    "today.hand_over_card": lambda _ids, viewer: {"to_id": viewer.person_id, "title": "Look into it"},
    "notices.about": lambda *_: {"notice_ids": [1, 2, 3, 4]},
    "notices.heard": lambda *_: {"notice_ids": [1, 2, 3, 4], "scope": "all"},
    "notices.accounts_in_scope": lambda *_: {"account_ids": [1, 2, 3, 4], "scope": "all"},
    "notices.planned": lambda *_: {"keys": ["none"]},
    "notices.take_up": lambda *_: {"notice_ids": [1], "planned": [Planned(1, "mail", NOW, (1,))]},
    "notices.plan_digests": lambda _ids, viewer: {
        "planned": [Planned(viewer.person_id, "mail", NOW, (), "digest", "key-1")],
    },
    "notices.finish": lambda *_: {"claim": "mine", "outcome": "sent"},
    "notices.choose": lambda *_: {"wishes": Wishes(), "picked": {}, "seen_version": 0},
    "notices.record_calendar": lambda *_: {"rows": 1, "sha256": "0" * 64},
    "notices.test_message": lambda *_: {"channel": "mail"},
    "offers.add_window": lambda *_: {"values": make.window_form(code="other")},
    "offers.change_window": lambda *_: {"window_id": 1, "values": make.window_form(code="other")},
    **dict.fromkeys(("offers.publish_window", "offers.withdraw_window"), lambda *_: {"window_id": 1}),
    "concessions.add": lambda *_: {"code": "co_marketing", "values": {"list_minor": 100}},
    "concessions.commit": lambda *_: {"values": {
        "committed_minor": 100_000, "benefit": "20% off", "starts_on": TODAY, "ends_on": LATER,
    }},
    "events.add": lambda *_: {"values": {"kind": "golf", "name": "Open day", "held_on": LATER}},
    **dict.fromkeys(("events.cancel", "events.guests", "events.invitable", "events.invite"),
                    lambda *_: {"event_id": 1}),
    "events.note_answer": lambda *_: {"status": "accepted"},
    "concessions.receive": lambda *_: {"evidence": "By mail"},
    "offers.apply": lambda *_: {"window_id": 1},
    "offers.note_rival": lambda *_: {
        "values": {"rival": "Rival", "what": "Buy one, get one", "starts_on": TODAY},
    },
    "offers.answer_rival": lambda *_: {"rival_id": 1, "status": "answered", "response": "Our gift plan"},
    "offers.queue": lambda *_: {"window_id": 1},
    "offers.applicants": lambda *_: {"window_id": 1},
    "pricing.publish_price_book": lambda *_: {
        "code": "standard", "currency": "USD", "list_prices": {}, "valid_from": TODAY,
    },
    "pricing.agree_price": lambda *_: {
        "book_code": "saas", "currency": "USD", "item_code": "api", "price": "120", "valid_from": TODAY,
        "reason": "Five years", "reference": "Contract 7",
    },
    "pricing.end_price": lambda *_: {"last_day": LATER},
    "pricing.book_changes": lambda *_: {"old_id": 1, "new_id": 2},
    "pricing.effect": lambda *_: {"code": "saas", "currency": "USD"},
    "pricing.locked_accounts": lambda *_: {"book_code": "saas", "currency": "USD"},
    "pricing.preview_file": lambda *_: {"content": b"code,list_price\nseats,15\n", "name": "prices.csv"},
    "pricing.preview_rows": lambda *_: {"rows": [(2, {"code": "seats", "list_price": "15"})]},
    "pricing.publish_version": lambda *_: {
        "rows": [(2, {"code": "seats", "list_price": "15"})], "valid_from": LATER, "reason": "Costs rose",
    },
    "pricing.publish_shipped": lambda *_: {"valid_from": LATER, "reason": "As shipped"},
    "signals.note_suppliers": lambda *_: {"seen": 1, "suppliers": 3},
    "signals.give_reason": lambda *_: {"lost_on": TODAY, "reason": "price"},
}  # fmt: skip
# Queries whose argument leads to other tables: each value is a case of its own.
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "exports.export": [{"kind": kind} for kind in EXPORTS],
    "kpi.rows": [{"metric": metric} for metric in METRICS],
    "playbooks.tasks": [{"scope": scope, "only": only} for scope in TaskScope for only in Only],
    "search.find": [{"text": text} for text in ("CANARY", "OWN", "contact", "ltd", "three")],
    "today.queue": [{"scope": scope} for scope in Scope],
    "today.figures": [{"scope": scope} for scope in Scope],
    "today.news": [{"scope": scope} for scope in Scope],
    "today.coming": [{"scope": scope} for scope in Scope],
    "today.team": [{"scope": scope} for scope in Scope],
}
# Rows everybody with the permission sees: not part of a book of business.
SHARED = {
    "events.cancel", "events.guests", "events.invitable",
    "offers.queue", "offers.applicants", "offers.answer_rival",
    "offers.change_window", "offers.publish_window", "offers.withdraw_window",
    "pricing.book_changes", "pricing.book_items", "pricing.book_versions", "pricing.contents",
    "pricing.current_books", "pricing.effect", "pricing.preview_file", "pricing.preview_rows",
    "pricing.preview_shipped", "pricing.publish_shipped", "pricing.publish_version",
    "pricing.withdraw_version",
}  # fmt: skip


def given(door: Door, ids: dict[str, int], viewer: Viewer, subject_id: int | None) -> dict[str, Any]:
    """Arguments for a door: the subject first, then samples for whatever has no default."""
    parameters = list(inspect.signature(inspect.unwrap(door.call)).parameters.values())
    skipped = 2 if door.kind == "command" else 1
    special = BY_DOOR.get(door.name, lambda *_: {})(ids, viewer)
    values: dict[str, Any] = {}
    for position, parameter in enumerate(parameters[skipped:]):
        if position == 0 and subject_of(door):
            values[parameter.name] = subject_id
        elif parameter.name in special:
            values[parameter.name] = special[parameter.name]
        elif parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        elif parameter.default is parameter.empty:
            assert parameter.name in BY_NAME, f"{door.name}: add a sample for {parameter.name!r} to this test"
            values[parameter.name] = BY_NAME[parameter.name]
    return values | {k: v for k, v in special.items() if k not in values}


def subject_of(door: Door) -> str:
    """What the first argument names: as registered, else told by a parameter like `alert_id`."""
    if door.subject or door.name in SHARED:
        return door.subject
    parameters = list(inspect.signature(inspect.unwrap(door.call)).parameters.values())
    first = parameters[2 if door.kind == "command" else 1 :][:1]
    if first and first[0].default is first[0].empty and first[0].name.endswith("_id"):
        return first[0].name.removesuffix("_id")
    return ""

"""Every command and every field of the record of changes has words in both languages."""

import ast

import pytest

from lib.audit import phrases, rules
from lib.store.models import metadata
from lib.words import LANGUAGES, has
from tests.knocking import COMMANDS
from tests.test_architecture import OURS, tree

# Tables whose rows' columns stand in entries: changed by hand or by an import.
AUDITED = ("account", "contact", "contract", "subscription", "opportunity", "service_case", "survey",
           "churn_event", "renewal", "promise", "task", "person", "person_role", "delegation", "quote",
           "invoice", "payment", "seat_user", "entitlement", "integration", "department", "customer_goal",
           "roadmap_request", "referral",
           "team_role", "account_profile", "account_tag", "meeting")  # fmt: skip
SAID = [
    "duty",
    "holder",
    "owner",
    "backup",
    "sales",
    "parent",
    "manager",
    "role",
    "revision",
    "hash",
    "decision",
    "replaces",
    "rules",
    "valid_from",
    "cost_shown",
    "exported",
    "erased",
    "values",
    "problems",
    "corrections",
    "drafts",
    "digest",
    "streams",
    "file",
    "rows",
    "head",
    "what",
    "format",
    "sha256",
    "paper",
    "read",
    "stored",
    "changed",
    "unchanged",
    "reported",
    "blank",
    "runner",
    "day",
    "first",
    "last",
    "joined",
    "accounts",
    "opened",
    "raised",
    "mapping",
    "shared",
    "tag",
    "step",
    "done",
    "note",
    "ended",
    "issuer",
    "origin",
]
FIELDS = sorted({c.name for t in AUDITED for c in metadata.tables[t].c} - {"version"} | set(SAID))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_words(language):
    names = [door.name for door in COMMANDS] + list(rules.BESIDE)

    assert [n for n in names if phrases.command_words(n, language) == n] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_words(language):
    assert [n for n in FIELDS if phrases.field_words(n, language) == n] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_kind_has_words(language):
    assert [t for t in rules.NEEDS if phrases.table_words(t, language) == t] == []
    assert [k for k in rules.KINDS if not has(language, f"audit-kind-{k}")] == []


def test_every_command_is_of_a_kind_and_every_kind_has_a_command():
    kinds = {rules.kind_of(name) for name in [door.name for door in COMMANDS] + list(rules.BESIDE)}

    assert kinds == set(rules.KINDS)


@pytest.mark.parametrize(
    ("field", "value", "english", "chinese"),
    [("amount_minor", 120050, "$1,200.50", "US$1,200.50"),
     ("status", "pending_approval", "waits for approval", "待审批"),
     ("due_on", "2026-11-20", "20 Nov 2026", "2026年11月20日"), ("active", True, "yes", "是"),
     ("name", {"erased": True}, "erased", "已删除"), ("seats", None, "–", "–"),
     ("seats", 1200, "1,200", "1,200"),
     ("approved_at", "2026-11-20 01:00:00+00:00", "20 Nov 2026, 09:00", "2026年11月20日 09:00"),
     ("hash", "0" * 64, "0" * 14 + "…", "0" * 14 + "…"),
     ("city", "杭州 %s {x}", "杭州 %s {x}", "杭州 %s {x}")],
)  # fmt: skip
def test_values_are_written_as_the_reader_does(field, value, english, chinese):
    said = [phrases.value_words(field, value, language, "Asia/Shanghai", "USD") for language in LANGUAGES]

    assert said == [english, chinese]


def test_costs_are_left_out_for_who_may_not_see_them():
    old, new = {"cost_minor": 1, "seats": 1, "_version": 1}, {"cost_minor": 2, "seats": 2, "_version": 2}

    assert [c.field for c in rules.changes(old, new, with_costs=False)] == ["seats"]
    assert [c.field for c in rules.changes(old, new, with_costs=True)] == ["cost_minor", "seats"]


def _tables_of_entries() -> set[str]:
    """The table each `audit(session, viewer, "table", …)` of the code names."""
    return {
        node.args[2].value
        for path in OURS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "audit" and len(node.args) > 2
        and isinstance(node.args[2], ast.Constant)
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_the_code_puts_on_record_has_words(language):
    assert [t for t in sorted(_tables_of_entries()) if phrases.table_words(t, language) == t] == []

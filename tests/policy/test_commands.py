"""Policy changes in the store: versions, dates, reverts, files, the quarterly review, and what they move."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from lib.activity import queries as alerts
from lib.errors import Conflict, DeskError, Invalid, NotAllowed, NotFound
from lib.flows import daily
from lib.notices import audience, phrases
from lib.policy import commands, queries
from lib.policy import log as changes
from lib.policy.review import raise_review_task
from lib.quotes import commands as quoting
from lib.quotes import issuing
from lib.quotes import queries as quotes
from lib.store import models as m
from lib.store import policy
from lib.store.database import reading, transaction
from lib.store.models import AuditEntry, PolicyVersion, Task
from tests import make

TOMORROW = make.TODAY + timedelta(days=1)
LIMIT = "limits.0.approve_above"


def set_values(viewer, number=1, name="quotes", on=make.TODAY, reason="Agreed in the price round", **over):
    changes = over.get("changes", {"validity.days": "20"})
    return commands.change(viewer, name, number, changes, on, reason)


def days(on=make.TODAY) -> int:
    return policy.values("quotes", on)["validity"]["days"]


def stored() -> int:
    with reading() as connection:
        return len(list(connection.execute(select(PolicyVersion.id))))


def test_a_change_is_the_next_version_with_author_day_reason_and_audit(database, admin):
    number = set_values(admin)

    assert (number, days()) == (2, 20)
    found = changes.versions(admin, "quotes").iloc[0]
    assert (found.author, found.reason, found.valid_from) == (
        "Root Admin", "Agreed in the price round", make.TODAY,
    )  # fmt: skip
    with reading() as connection:
        entry = connection.execute(
            select(AuditEntry.old, AuditEntry.new, AuditEntry.reason).where(
                AuditEntry.command == "policy.change"
            )
        ).one()
    assert entry.old == {"quotes.validity.days": 14}
    assert entry.new == {"quotes.validity.days": 20, "valid_from": "2026-11-20"}
    assert entry.reason == "Agreed in the price round"


def test_a_change_for_later_holds_from_its_day(database, admin):
    set_values(admin, on=TOMORROW)

    assert (days(), days(TOMORROW)) == (14, 20)
    row = queries.values(admin, "proposed when a quote").iloc[0]
    assert (row.value, row.planned, row.planned_from, row.number, row.newest) == ("14", "20", TOMORROW, 1, 2)


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"reason": "  "}, "policy_reason_missing"),
        ({"reason": "x" * 1001}, "policy_reason_too_long"),
        ({"on": date(2026, 11, 19)}, "policy_date_too_early"),
        ({"changes": {"validity.days": "14"}}, "policy_nothing_changed"),
        ({"changes": {}}, "policy_nothing_changed"),
        ({"changes": {"validity.days": "200"}}, "policy_values_cross"),
        ({"changes": {"validity.days": "0"}}, "policy_value_bounds"),
    ],
)
def test_a_wrong_change_is_refused_and_nothing_is_stored(database, admin, over, code):
    before = stored()

    with pytest.raises(Invalid) as refusal:
        set_values(admin, **over)

    assert refusal.value.code == code
    assert stored() == before


def test_who_saw_an_older_version_is_told(database, admin):
    set_values(admin)

    with pytest.raises(Conflict):
        set_values(admin, changes={"validity.days": "30"})
    assert days() == 20


def test_a_change_cannot_overtake_a_planned_one(database, admin):
    set_values(admin, on=TOMORROW)

    with pytest.raises(Invalid) as refusal:
        set_values(admin, number=2, changes={"number.prefix": "VQ"})

    assert refusal.value.values == {"earliest": "2026-11-21"}


def test_only_an_admin_changes_and_an_unknown_area_is_not_found(database, admin, manager, leader):
    for viewer in (manager, leader):
        with pytest.raises(NotAllowed):
            set_values(viewer)
    with pytest.raises(NotFound):
        set_values(admin, name="nothing")
    with pytest.raises(NotFound):
        changes.versions(manager, "nothing")


def test_a_revert_brings_the_old_values_back_as_a_new_version(database, admin):
    set_values(admin, on=TOMORROW)

    number = commands.revert(admin, "quotes", 2, 1, "Too early")

    assert (number, days(), days(TOMORROW)) == (3, 14, 14)


def test_a_revert_to_what_holds_or_to_nothing_is_refused(database, admin):
    with pytest.raises(Invalid):
        commands.revert(admin, "quotes", 1, 1, "No change")
    with pytest.raises(NotFound):
        commands.revert(admin, "quotes", 1, 9, "No such version")
    with pytest.raises(Conflict):
        commands.revert(admin, "quotes", 4, 1, "Seen another")


@pytest.mark.acceptance("C37")
def test_a_new_limit_judges_new_quotes_and_leaves_an_issued_one_as_it_was(database, admin, manager):
    account_id = make.account(owner=manager.person_id)
    issued = submitted(manager, account_id)
    issuing.issue_quote(manager, issued, quotes.quote(manager, issued).version)
    before = quotes.quote(manager, issued)

    afterwards = replace(admin, now=make.NOW + timedelta(minutes=1))
    set_values(afterwards, changes={"limits.0.justify_above": "5%", LIMIT: "0.10"})
    later = submitted(manager, account_id)

    assert quotes.quote(manager, later).status == "pending_approval"
    after = quotes.quote(manager, issued)
    assert (before.status, after.status) == ("sent", "sent")
    assert after.saved.decision == before.saved.decision
    assert after.saved.priced.net_minor == before.saved.priced.net_minor


@pytest.mark.acceptance("C37")
def test_an_alert_keeps_the_figures_it_was_opened_with(database, admin, manager, technical):
    """Also when the rule it was opened by is stricter now, and after the day was run again."""
    alert_id = make.alert(make.account(owner=manager.person_id))
    before = alerts.alert_of(manager, alert_id)

    changes_of = {"opening.ratio": "0.10", "watch.ratio": "0.05", "opening.unnamed_ratio": "0.10"}
    commands.change(admin, "activity", 1, changes_of, make.TODAY, "Fewer alerts")
    daily.run_day(technical, make.TODAY)

    after = alerts.alert_of(manager, alert_id)
    assert after.evidence == before.evidence and before.evidence["ratio"] == 0.52
    assert (after.level, after.opened_on) == (before.level, before.opened_on)


def submitted(viewer, account_id: int) -> int:
    """A quote with 15% off, submitted: free under the shipped limits."""
    made = quoting.create_quote(viewer, account_id)
    form = make.quote_form(discount=Decimal("0.15"), term_months=1, prepaid=False,
                           justification="They sign for three shops and give a reference.")  # fmt: skip
    version = quoting.save_draft(viewer, made, 1, values=form, lines=[make.quote_line()])
    quoting.submit_quote(viewer, made, version)
    return made


def changed_file(viewer, **spoil) -> bytes:
    held = json.loads(queries.export_file(viewer))
    held["documents"]["quotes"]["validity"]["days"] = spoil.get("days", 21)
    held["documents"]["contracts"]["max_gap_days"] = spoil.get("gap", 45)
    return json.dumps(held).encode()


def test_a_file_is_previewed_and_taken_whole(database, admin):
    content = changed_file(admin)
    shown = queries.preview_file(admin, content)

    count = commands.take_file(admin, content, shown.seen_numbers, shown.earliest, "Yearly review")

    assert {name: len(found) for name, found in shown.changes.items()} == {"contracts": 1, "quotes": 1}
    assert (count, days(), policy.values("contracts", make.TODAY)["max_gap_days"]) == (2, 21, 45)
    assert queries.preview_file(admin, content).changes == {}


def test_one_wrong_value_keeps_the_whole_file_out(database, admin):
    before, seen = stored(), queries.preview_file(admin, queries.export_file(admin)).seen_numbers

    for content in (changed_file(admin, days=0), queries.export_file(admin)):
        with pytest.raises(Invalid):
            commands.take_file(admin, content, seen, make.TODAY, "Yearly review")
        assert stored() == before


def test_a_file_previewed_before_somebody_elses_change_is_a_conflict(database, admin):
    content = changed_file(admin)
    seen = queries.preview_file(admin, content).seen_numbers
    set_values(admin)

    with pytest.raises(Conflict):
        commands.take_file(admin, content, seen, make.TODAY, "Yearly review")
    assert policy.values("contracts", make.TODAY)["max_gap_days"] == 30


def test_values_are_found_by_area_path_source_and_both_languages(database, manager):
    everything = queries.values(manager)

    assert len(everything) > 90 and (everything.author == "").all()
    assert set(queries.values(manager, "S0-35").path) >= {LIMIT, "limits.1.approve_above"}
    assert queries.values(manager, "毛利率低于此值").path.tolist() == ["margin.approve_below"]
    assert set(queries.values(manager, document="kpi").document) == {"kpi"}
    assert queries.values(manager, "no such thing").empty
    assert list(queries.values(manager, "no such thing").columns) == queries.VALUE_COLUMNS


def test_a_value_names_who_set_it_and_another_of_the_same_area_does_not(database, admin):
    set_values(admin)

    rows = queries.values(admin, document="quotes").set_index("path")
    assert (rows.author["validity.days"], rows.author["number.prefix"]) == ("Root Admin", "")


def test_a_preview_stores_nothing_and_refuses_like_the_change(database, admin):
    before = stored()

    assert [c.new for c in queries.preview(admin, "quotes", {"validity.days": "20"})] == [20]
    with pytest.raises(DeskError):
        queries.preview(admin, "quotes", {"validity.days": "200"})
    assert stored() == before


def test_the_review_is_asked_for_once_a_quarter(database, admin, technical):
    def raised(day: date) -> int:
        with transaction() as session:
            return raise_review_task(session, technical, day)

    assert [raised(day) for day in (date(2026, 11, 20), date(2026, 12, 31), date(2027, 1, 1))] == [1, 0, 1]
    with reading() as connection:
        tasks = connection.execute(select(Task.owner_id, Task.dedupe_key, Task.due_on)).all()
    assert tasks == [
        (admin.person_id, "policy-review-2026Q4", date(2026, 12, 4)),
        (admin.person_id, "policy-review-2027Q1", date(2027, 1, 15)),
    ]


def test_a_day_brings_the_review(embedded, admin, technical):
    daily.run_day(technical, make.TODAY)

    with reading() as connection:
        assert connection.execute(select(Task.kind)).scalars().all() == ["policy_review"]


def test_without_an_admin_nobody_is_asked(database, technical):
    with transaction() as session:
        assert raise_review_task(session, technical, make.TODAY) == 0


def test_the_owners_of_eligible_customers_hear_of_a_published_policy_once_each(admin, manager, other_manager):
    vip = make.account(owner=manager.person_id, is_vip=True)
    make.account(owner=manager.person_id, is_vip=True)
    make.account(owner=other_manager.person_id, is_vip=False)
    commands.change(admin, "quotes", 1, {"validity.days": "20"}, make.TODAY, "Shorter")
    assert told("policy") == {manager.person_id: 1, other_manager.person_id: 1}

    commands.change(admin, "vip", 1, {"book.capacity": "30"}, make.TODAY, "Fewer")
    assert told("policy") == {manager.person_id: 2, other_manager.person_id: 1}, "only who owns a VIP"

    commands.change(admin, "notices", 1, {"most_lines": "10"}, make.TODAY, "Shorter messages")
    assert told("policy") == {manager.person_id: 2, other_manager.person_id: 1}, "our own ways are no news"
    with reading() as connection:
        ids = list(connection.execute(select(m.Notice.id).where(m.Notice.kind == "policy")).scalars())
    assert len(audience.heard(manager, ids)) == 2
    assert phrases.kind_words("policy", "zh-CN") == "规则或标准已发布"
    assert vip


def told(kind: str) -> dict[int, int]:
    """person -> notices of a kind addressed to them."""
    n = m.Notice
    with reading() as connection:
        rows = connection.execute(
            select(n.person_id, func.count()).where(n.kind == kind).group_by(n.person_id)
        )
        return dict(rows.all())

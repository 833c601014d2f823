"""The list, its counts, one account's page and its timeline, on both stores."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lib.access import Role
from lib.accounts import blocks, commands, overview, queries, timeline
from lib.accounts.listing import ANY, Filters
from lib.accounts.queries import account_page, status_counts
from lib.accounts.rules import Reason, Spans, Standing
from lib.errors import NotAllowed, NotFound
from lib.store import models as m
from tests import make
from tests.make import NOW, TODAY


@pytest.fixture
def seen(database, manager):
    """Makes an account of the manager with activity yesterday."""

    def made(name: str, *, active: bool = True, **over) -> int:
        account_id = make.account(owner=manager.person_id, name=name, **over)
        if active:
            day = TODAY - timedelta(days=1)
            make.insert(m.AccountDay(account_id=account_id, day=day, active_users=4, events=9))
        return account_id

    return made


def names(viewer, **how) -> list[str]:
    return account_page(viewer, **how)[0]["name"].tolist()


@pytest.fixture
def one_of_each(seen, manager):
    """An account per status word and reason, named after what makes it so."""
    make.alert(seen("critical"), level="critical")
    make.alert(seen("high"), level="high")
    make.alert(seen("snoozed"), level="critical", status="snoozed", snoozed_until=TODAY + timedelta(days=9))
    make.alert(seen("awake"), level="critical", status="snoozed", snoozed_until=TODAY)
    make.alert(seen("resolved"), level="critical", resolved_on=TODAY, status="resolved")
    make.promise(seen("late"), manager.person_id, due_on=TODAY - timedelta(days=1))
    make.promise(seen("due"), manager.person_id, due_on=TODAY)
    make.promise(seen("long late"), manager.person_id, due_on=TODAY - timedelta(days=8))
    for name, notice, due in (("near", 7, 37), ("passed", -1, 29), ("ended", -31, 0)):
        account_id = seen(name)
        dates = {"notice_on": TODAY + timedelta(days=notice), "due_on": TODAY + timedelta(days=due)}
        make.renewal(account_id, make.contract(account_id), **dates)
    quiet, spoken, far = seen("quiet"), seen("spoken"), seen("far")
    for account_id in (quiet, spoken):
        make.renewal(account_id, make.contract(account_id), notice_on=TODAY + timedelta(days=30))
    make.renewal(far, make.contract(far), notice_on=TODAY + timedelta(days=31))
    make.touch(spoken, manager.person_id, happened_at=NOW - timedelta(days=29))
    make.touch(quiet, manager.person_id, happened_at=NOW - timedelta(days=31))
    make.touch(quiet, manager.person_id, happened_at=NOW, two_way=False)
    seen("never", active=False)
    silent, still = seen("silent", active=False), seen("still", active=False)
    for account_id, back in ((silent, 29), (still, 28)):
        day = TODAY - timedelta(days=back)
        make.insert(m.AccountDay(account_id=account_id, day=day, active_users=1, events=1))
    seen("left", status="churned")


EXPECTED = {
    "critical": ("critical", "alert"), "awake": ("critical", "alert"), "high": ("watch", "alert"),
    "snoozed": ("watch", "snoozed"), "late": ("watch", "promise"), "quiet": ("watch", "no_contact"),
    "long late": ("critical", "promise"), "near": ("critical", "no_contact"),
    "passed": ("watch", "no_contact"), "ended": ("critical", "ended"),
    "never": ("no_data", "never"), "silent": ("no_data", "silent"), "resolved": ("healthy", "fine"),
    "due": ("healthy", "fine"), "spoken": ("healthy", "fine"), "far": ("healthy", "fine"),
    "still": ("healthy", "fine"),
}  # fmt: skip


def test_each_account_gets_the_status_word_and_reason_of_its_state(one_of_each, manager):
    frame, total = account_page(manager)

    found = {row["name"]: (row["standing"], row["reason"]) for row in frame.to_dict("records")}
    assert found == EXPECTED
    assert total == len(EXPECTED)
    ranks = [list(Standing).index(code) for code in frame["standing"]]
    assert ranks == sorted(ranks)


def test_the_page_of_an_account_says_the_same_as_the_list(one_of_each, manager):
    frame, _ = account_page(manager, status=ANY)
    for row in frame.to_dict("records"):
        head = overview.account_head(manager, int(row["id"]))

        assert (head.standing, head.reasons[0][0]) == (row["standing"], row["reason"])


def test_counts_are_those_of_the_list_and_former_accounts_stand_apart(one_of_each, manager):
    counts = status_counts(manager, Filters()).set_index("standing")["accounts"].to_dict()

    assert counts == {"critical": 5, "watch": 5, "no_data": 2, "healthy": 5, "former": 1}
    for standing, number in counts.items():
        assert account_page(manager, status=standing)[1] == number
    assert names(manager, status="former") == ["left"]


def test_search_finds_names_in_both_languages_domain_number_and_contact(seen, manager):
    first = seen("Lumora Home", name_zh="麓木家居", domain="lumora.example", external_id="RS-001")
    seen("Kestrel 100%", name_zh="隼翼数码")
    make.contact(first, name="王涛", email="tao@partner.example")

    for text in ("lumora", "木家", "LUMORA.ex", "rs-00", "王涛", "tao@partner", " Home "):
        assert names(manager, search=text) == ["Lumora Home"], text
    assert names(manager, search="100%") == ["Kestrel 100%"]
    assert names(manager, search="_") == []
    assert account_page(manager, search="nothing")[1] == 0


def test_filters_narrow_together(seen, manager, other_manager):
    near = seen("near", tier="gold", region="CN")
    make.renewal(near, make.contract(near), due_on=TODAY + timedelta(days=30))
    late = seen("late", tier="gold", region="US")
    make.renewal(late, make.contract(late), due_on=TODAY - timedelta(days=3))
    seen("plain", region="CN")

    assert sorted(names(manager, tier="gold")) == ["late", "near"]
    assert names(manager, tier="gold", region="CN") == ["near"]
    assert sorted(names(manager, renews_within=30)) == ["late", "near"]
    assert names(manager, renews_within=29) == ["late"]
    assert len(names(manager, owner="mine")) == len(names(manager, owner=str(manager.person_id))) == 3
    assert names(manager, owner="1; DROP TABLE account") == []


def test_who_sees_all_can_look_at_their_own(seen, leader, admin):
    seen("theirs")
    make.account(owner=admin.person_id, name="own")

    assert sorted(names(admin)) == ["own", "theirs"]
    assert names(admin, owner="mine") == ["own"]
    assert names(leader, owner="mine") == []


def test_a_book_holds_what_its_person_looks_after_and_nothing_else(seen, manager, other_manager, seller):
    mine = seen("mine")
    make.account(owner=other_manager.person_id, backup=manager.person_id, name="backup")
    make.account(owner=other_manager.person_id, name="foreign", sales=seller.person_id)

    assert sorted(names(manager)) == ["backup", "mine"]
    assert names(seller) == ["foreign"]
    with pytest.raises(NotFound):
        overview.account_head(other_manager, mine)
    with pytest.raises(NotAllowed):
        queries.account_rows(replace(manager, roles=frozenset()), Filters())


def test_arr_is_what_is_paid_now_in_the_accounts_currency_else_what_is_stated(seen, manager):
    paid = seen("paid", stated_arr_minor=5)
    make.subscription(paid, arr_minor=100, starts_on=TODAY, ends_on=None)
    make.subscription(paid, arr_minor=20, ends_on=TODAY + timedelta(days=1))
    make.subscription(paid, arr_minor=999, ends_on=TODAY)  # ended yesterday
    make.subscription(paid, arr_minor=999, starts_on=TODAY + timedelta(days=1))
    make.subscription(paid, arr_minor=999, is_trial=True)
    make.subscription(paid, arr_minor=700, currency="CNY")
    seen("stated", stated_arr_minor=5)
    seen("none")

    frame, _ = account_page(manager, sort="name")
    assert dict(zip(frame["name"], frame["arr_minor"].astype(object), strict=True)) == {
        "none": frame["arr_minor"].dtype.na_value, "paid": 120, "stated": 5,
    }  # fmt: skip
    assert overview.account_head(manager, paid).arr == [("USD", 120), ("CNY", 700)]
    counts = status_counts(manager, Filters())
    assert counts["arr_minor"].tolist() == [125]


def test_amounts_of_different_currencies_are_never_compared_or_added(seen, manager):
    for name, currency, amount in (("a", "USD", 100), ("b", "JPY", 900), ("c", "USD", 300), ("d", "JPY", 50)):
        seen(name, currency=currency, stated_arr_minor=amount)

    assert names(manager, sort="arr", descending=True) == ["b", "d", "c", "a"]
    counts = status_counts(manager, Filters())
    assert dict(zip(counts["currency"], counts["arr_minor"], strict=True)) == {"JPY": 950, "USD": 400}


def test_pages_cut_the_ordered_list_and_a_page_past_the_end_knows_the_total(seen, manager):
    for number in range(7):
        seen(f"A{number}", active=False)

    assert names(manager, sort="name", size=3, page=2) == ["A3", "A4", "A5"]
    assert names(manager, sort="name", descending=True, size=2) == ["A6", "A5"]
    frame, total = account_page(manager, sort="name", size=3, page=9)
    assert (len(frame), total) == (0, 7)
    assert list(frame.columns) == [*queries.COLUMNS, "weekly"]


def test_missing_values_stand_last_in_both_directions(seen, manager):
    seen("none")
    due = seen("due")
    make.renewal(due, make.contract(due))

    assert names(manager, sort="renews_on") == ["due", "none"]
    assert names(manager, sort="renews_on", descending=True) == ["due", "none"]


def test_the_weekly_line_sums_twelve_weeks_up_to_the_last_day_with_data(seen, manager):
    made = seen("busy")
    for back, users in ((2, 3), (7, 5), (8, 1), (84, 9), (85, 100)):
        day = TODAY - timedelta(days=back)
        make.insert(m.AccountDay(account_id=made, day=day, active_users=users, events=1))
    seen("other", active=False)

    frame, _ = account_page(manager, sort="name")
    assert frame["weekly"].tolist() == [[9, *[0] * 9, 1, 12], []]


def test_an_empty_store_has_empty_frames_with_their_columns(database, manager):
    frame, total = account_page(manager)

    assert (total, list(frame.columns)) == (0, [*queries.COLUMNS, "weekly"])
    assert status_counts(manager, Filters()).empty
    assert queries.choices(manager) == {"tier": [], "region": []}
    assert queries.data_through(manager) is None


def test_the_policy_gives_the_day_counts(database, manager):
    assert queries.spans(manager) == Spans(
        notice_window_days=30, notice_critical_days=7, contact_days=30, promise_critical_days=7,
        silent_days=28,
    )  # fmt: skip


def test_the_head_knows_people_renewal_promises_seats_and_parent(seen, manager, other_manager):
    parent, hidden = seen("parent"), make.account(owner=other_manager.person_id)
    made = seen("child", parent_id=parent, seats=5)
    make.account(owner=manager.person_id, name="lost sight", parent_id=hidden)
    make.assignment(made, other_manager.person_id, "backup")
    make.renewal(made, make.contract(made, kind="month_to_month", can_leave_on=TODAY))
    for due, status in ((TODAY - timedelta(days=1), "open"), (TODAY, "open"), (TODAY, "kept")):
        make.promise(made, manager.person_id, due_on=due, status=status)
    user = make.user(made)
    for back in (1, 2):
        make.insert(m.UserDay(user_id=user, account_id=made, day=TODAY - timedelta(days=back), events=1))

    head = overview.account_head(manager, made)
    assert (head.duty("owner").name, head.duty("backup").name) == ("Lin Wei", "Zhao Min")
    assert (head.parent, head.renewal["due_on"].isoformat()) == ((parent, "parent"), "2027-01-01")
    assert (head.promises_open, head.promises_overdue, head.promises_kept) == (2, 1, 1)
    assert (head.people_seen, head.leaves_on, head.undo_id) == (1, TODAY, None)
    assert overview.account_head(manager, parent).children == 1


def test_the_timeline_merges_everything_newest_first(seen, manager, admin):
    made = seen("told", source="ravenstack", created_at=NOW - timedelta(days=90))
    make.touch(made, manager.person_id, happened_at=NOW - timedelta(days=1), summary="Spoke")
    note = make.note(made, manager.person_id, written_at=NOW - timedelta(days=2), text="They ask")
    make.insert(m.NoteAmendment(note_id=note, author_id=admin.person_id, written_at=NOW, text="More"))
    make.promise(made, manager.person_id, created_at=NOW - timedelta(days=3), status="kept",
                 closed_at=NOW - timedelta(hours=30))  # fmt: skip
    alert = make.alert(made)
    make.insert(m.AlertEvent(alert_id=alert, happened_at=NOW - timedelta(days=4), what="opened"))
    renewal = make.renewal(made, make.contract(made))
    make.insert(m.RenewalMove(renewal_id=renewal, to_stage="informed", person_id=manager.person_id,
                              moved_at=NOW - timedelta(days=5), comment="Called"))  # fmt: skip
    make.case(
        made, subject="Sync", opened_at=NOW - timedelta(days=6), closed_at=NOW - timedelta(days=5, hours=1)
    )
    make.insert(m.Quote(account_id=made, title="Three years", created_by=manager.person_id,
                        created_at=NOW - timedelta(days=7), updated_at=NOW))  # fmt: skip
    commands.correct_account(manager, made, 1, {"city": "Paris"}, "They moved")

    frame = timeline.timeline(manager, made, 50)
    assert frame["kind"].tolist() == [
        "amendment", "change", "touch", "promise_closed", "note", "promise", "alert", "renewal",
        "case_closed", "case", "quote", "imported",
    ]  # fmt: skip
    by_kind = frame.set_index("kind")
    assert by_kind.loc["touch", ["person", "code", "text"]].tolist() == ["Lin Wei", "call", "Spoke"]
    assert by_kind.loc["change", ["code", "text"]].tolist() == ["accounts.correct_account", "They moved"]
    assert len(timeline.timeline(manager, made, 3)) == 3


def test_the_short_lists_show_what_is_open_first(seen, manager):
    made = seen("lists", source="import")
    make.alert(made, opened_on=TODAY - timedelta(days=80), resolved_on=TODAY, kind="onboarding")
    make.alert(made, opened_on=TODAY - timedelta(days=90))
    theirs = make.contact(made, source="import")
    make.contact(made, name="Gone", active=False, is_sponsor=True)
    make.case(made, closed_at=NOW)
    make.case(made, subject="open", opened_at=NOW - timedelta(days=9))
    commands.correct_contact(manager, theirs, 1, {"title": "CEO"})

    assert blocks.alerts(manager, made)["resolved_on"].isna().tolist() == [True, False]
    assert blocks.alerts(manager, made)["ratio"].tolist() == [0.52, 0.52]
    assert blocks.contacts(manager, made)["held"].tolist() == [True, False]
    assert blocks.cases(manager, made)["subject"].tolist()[0] == "open"
    held = blocks.held_values(manager, made)
    assert held[["table_name", "row", "field"]].values.tolist() == [["contact", "Wang Tao", "title"]]
    fresh = blocks.freshness(manager, made)
    assert fresh["cases"] == NOW
    assert fresh["quotes"] is None


def test_who_an_account_can_be_handed_to(database, admin, manager, seller):
    make.person(name="Gone", roles=[Role.ACCOUNT_MANAGER], active=False)

    assert overview.possible_owners(admin)["name"].tolist() == ["Root Admin", "Lin Wei"]


def test_reasons_carry_what_their_sentence_needs(seen, manager):
    late = seen("late")
    for back in (3, 8):
        make.promise(late, manager.person_id, due_on=TODAY - timedelta(days=back))

    head = overview.account_head(manager, late)
    assert head.reasons == [(Reason.PROMISE, 2, TODAY - timedelta(days=8))]

"""What is kept of the team's people: levels with their past, certificates, goals, satisfaction, loads."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from lib.access import Role
from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.people import identity
from lib.store import models as m
from lib.store.database import read_frame
from lib.teams import brief, phrases, queries, staff
from lib.teams.paper import brief_pdf
from tests import make
from tests.make import NOW, TODAY


@pytest.fixture
def lead(database, manager):
    person_id = make.person(name="Lead", roles=[Role.TEAM_LEAD])
    make.change(m.Person, manager.person_id, manager_id=person_id)
    return identity.viewer_of(person_id, NOW)


def row_of(viewer, person_id: int) -> dict:
    return queries.listed(viewer).set_index("id").loc[person_id].to_dict()


def test_a_level_keeps_its_history_and_its_next_review(lead, manager):
    me = manager.person_id
    staff.set_level(lead, me, "junior", "annual", "First year")
    staff.set_level(lead, me, "intermediate", "project", "Led the move", date(2027, 1, 31))

    one = queries.member(lead, me)

    assert (one.row["level"], one.row["review_on"]) == ("intermediate", date(2027, 1, 31))
    assert one.levels[["level", "basis", "reason"]].values.tolist() == [
        ["intermediate", "project", "Led the move"], ["junior", "annual", "First year"]
    ]  # fmt: skip
    assert one.levels["review_on"].tolist()[1] == date(2027, 11, 20)
    assert queries.own(manager).row["level"] == "intermediate"


def test_nobody_decides_their_own_level_and_nobody_that_of_another_team(lead, manager, other_manager):
    with pytest.raises(Invalid, match="team_own_level"):
        staff.set_level(lead, lead.person_id, "senior", "annual", "Me")
    with pytest.raises(NotFound):
        staff.set_level(lead, other_manager.person_id, "senior", "annual", "Not mine")
    with pytest.raises(Invalid, match="team_review_past"):
        staff.set_level(lead, manager.person_id, "senior", "annual", "Late", TODAY)


@pytest.mark.parametrize(("level", "below"), [("junior", 2), ("intermediate", 0), (None, 0)])
def test_vip_accounts_of_somebody_under_the_least_level_are_flagged(lead, manager, level, below):
    make.account(owner=manager.person_id)
    make.account(backup=manager.person_id)
    make.account(owner=manager.person_id, is_vip=False)
    if level:
        staff.set_level(lead, manager.person_id, level, "annual", "Review")

    assert row_of(lead, manager.person_id)["below"] == below


def test_a_review_is_due_from_its_day_on(lead, manager):
    staff.set_level(lead, manager.person_id, "senior", "annual", "Review", TODAY + timedelta(days=1))
    assert not row_of(lead, manager.person_id)["is_due"]

    make.change(m.StaffProfile, 1, review_on=TODAY)
    assert row_of(lead, manager.person_id)["is_due"]


@pytest.mark.acceptance("C33")
def test_a_manager_above_capacity_is_flagged_on_the_staff_page(lead, manager):
    for _ in range(41):
        make.account(owner=manager.person_id, tier="Diamond")

    row = row_of(lead, manager.person_id)
    told = phrases.staff_rows(queries.listed(lead), 40, "en").set_index("name").loc["Lin Wei"]

    assert (row["owned"], row["points"], row["state"]) == (41, 41.0, "over")
    assert (told["load"], told["share"], told["state"]) == ("41.0 of 40", "102.5%", "Above capacity")


def test_satisfaction_counts_for_who_owned_the_account_when_it_was_answered(lead, manager, other_manager):
    account = make.account()
    make.assignment(account, other_manager.person_id, since=date(2026, 1, 1), until=date(2026, 10, 1))
    make.assignment(account, manager.person_id, since=date(2026, 10, 1))
    for score in (5, 4, 4, 3, 4):
        make.survey(account, kind="csat", score=Decimal(score), answered_at=NOW - timedelta(days=10))
    make.survey(account, kind="csat", score=Decimal(1), answered_at=NOW - timedelta(days=100))
    make.survey(account, kind="nps", score=Decimal(0))

    row = row_of(lead, manager.person_id)

    assert (row["csat"], row["answers"]) == (4.0, 5)


def test_too_few_answers_are_said_and_not_averaged(lead, manager):
    account = make.account(owner=manager.person_id)
    for _ in range(4):
        make.survey(account, kind="csat", score=Decimal(5))

    told = phrases.staff_rows(queries.listed(lead), 40, "en").set_index("name").loc["Lin Wei"]

    assert told["csat"] == "Too few: 4 answers"


def test_certificates_that_ran_out_and_learning_of_earlier_years_do_not_count(lead, manager):
    me = manager.person_id
    for key, values in enumerate((
        {"kind": "certificate", "title": "Cloud", "on_day": date(2024, 1, 1), "expires_on": TODAY},
        {"kind": "certificate", "title": "Service", "on_day": date(2024, 1, 1)},
        {"kind": "course", "title": "Talks", "on_day": TODAY, "hours": 6},
        {"kind": "exchange", "title": "Fair", "on_day": TODAY - timedelta(days=365), "hours": 9},
    )):  # fmt: skip
        staff.note_record(lead, me, f"form-{key}", values)
    own = staff.note_own_record(
        manager, "form-own", {"kind": "course", "title": "x", "on_day": TODAY, "hours": 1}
    )
    staff.withdraw_record(lead, own)

    row = row_of(lead, me)

    assert (row["certificates"], row["learning_hours"]) == (1, 6.0)
    with pytest.raises(Conflict, match="nothing_to_undo"):
        staff.withdraw_record(lead, own)
    with pytest.raises(Invalid, match="team_hours_missing"):
        staff.note_record(lead, me, "form-9", {"kind": "course", "title": "y", "on_day": TODAY})


def test_goals_are_set_settled_and_counted(lead, manager):
    goal = staff.set_goal(lead, manager.person_id, "form-1", {"title": "Nine of ten", "due_on": TODAY})
    assert goal == staff.set_goal(
        lead, manager.person_id, "form-1", {"title": "Nine of ten", "due_on": TODAY}
    )

    staff.settle_goal(lead, goal, 1, "met")

    row = row_of(lead, manager.person_id)
    assert (row["goals_open"], row["goals_met"]) == (0, 1)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        staff.settle_goal(lead, goal, 1, "open")


def test_contributions_are_touches_notes_kept_promises_and_answers_of_the_last_90_days(lead, manager):
    me, account = manager.person_id, make.account(owner=manager.person_id)
    make.touch(account, me)
    make.touch(account, me, happened_at=NOW - timedelta(days=91))
    make.note(account, me)
    make.promise(account, me, status="kept", closed_at=NOW)
    make.promise(account, me)

    assert row_of(lead, me)["contributions"] == 3


def test_own_hours_and_zone_make_the_hours_in_common(lead, manager):
    make.account(owner=manager.person_id, country="DE", name="Hanse")
    make.account(owner=manager.person_id, name="Nowhere")
    late = {str(day): [14 * 60, 22 * 60] for day in range(5)}

    staff.describe_own(manager, "en,zh-CN", "Asia/Shanghai", late)

    book = queries.own(manager).book.set_index("account")
    assert book.loc["Hanse", "overlap"] == 30.0  # 16:00 to 22:00 in Shanghai
    assert book.loc["Nowhere", "overlap"] is None
    start = book.loc["Hanse", "slot_start"]
    assert start.isoformat() == "2026-11-20T08:00:00+00:00"
    with pytest.raises(Invalid, match="team_hours"):
        staff.describe_own(manager, None, None, {"0": [600, 600]})
    with pytest.raises(Invalid, match="zone_unknown"):
        staff.describe_own(manager, None, "Mars/Base", None)


def test_everybody_sees_themselves_and_a_lead_their_people_alone(lead, manager, other_manager, leader):
    assert queries.listed(manager)["id"].tolist() == [manager.person_id]
    assert set(queries.listed(lead)["id"]) == {lead.person_id, manager.person_id}
    assert {manager.person_id, other_manager.person_id} <= set(queries.listed(leader)["id"])
    with pytest.raises(NotFound):
        queries.member(lead, other_manager.person_id)


def test_the_brief_names_what_whoever_takes_over_must_know(lead, manager):
    me = manager.person_id
    loud, quiet = make.account(owner=me, name="Loud"), make.account(owner=me, name="Quiet")
    make.alert(loud, level="critical")
    make.contact(loud, name="Wang Tao", is_sponsor=True)
    make.renewal(loud, make.contract(loud))
    make.health(loud)
    make.promise(loud, me, what="Send the plan", due_on=date(2026, 12, 1))
    make.touch(loud, me, summary="Spoke about seats")

    found = brief.brief_of(lead, [quiet, loud])
    told = phrases.brief_rows(found, queries.health_limits(lead), TODAY, "Asia/Shanghai", "en")

    first, second = told.to_dict("records")
    assert (first["account"], first["step"]) == ("Loud", "Answer the open alert")
    assert (first["health"], first["alerts"], first["sponsor"]) == ("Healthy · 76.0", "Critical", "Wang Tao")
    assert first["promises"] == "Send the plan, due 1 Dec 2026"
    assert "until 1 Jan 2027" in first["contract"] and "last day to leave 2 Dec 2026" in first["contract"]
    assert first["touch"].endswith("Spoke about seats")
    assert (second["account"], second["step"]) == ("Quiet", "Call: nobody spoke with them for 30 days")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_brief_goes_on_paper_in_both_languages(lead, manager, language):
    account = make.account(owner=manager.person_id, name="Lumora 麓木")

    found = brief.brief_of(lead, [account])
    told = phrases.brief_rows(found, queries.health_limits(lead), TODAY, "Asia/Shanghai", language)
    pdf = PdfReader(io.BytesIO(brief_pdf(told, "Brief", "1", TODAY, language)))
    paper = "".join(page.extract_text() for page in pdf.pages)

    assert "Lumora" in paper and "麓木" in paper
    assert ("Call: nobody" if language == "en" else "无人联系") in paper


def test_levels_are_append_only(lead, manager):
    staff.set_level(lead, manager.person_id, "junior", "annual", "First")
    kept = read_frame(select(m.StaffLevel.level))["level"].tolist()
    assert kept == ["junior"]
    with pytest.raises(Exception, match="append-only"):
        make.change(m.StaffLevel, 1, level="senior")


def test_a_win_is_named_with_its_day_and_reason_and_is_no_certificate(admin, manager, other_manager):
    values = {"title": "Kept Lumora Home", "on_day": TODAY, "reason": "Three visits in a week"}
    one = staff.name_win(admin, manager.person_id, "form-w", values)
    assert one == staff.name_win(admin, manager.person_id, "form-w", values)

    (record,) = queries.own(manager).records.itertuples()
    assert phrases.record(record, "en") == "Win: Kept Lumora Home · 20 Nov 2026: Three visits in a week"
    assert (queries.own(manager).row["certificates"], queries.own(manager).row["learning_hours"]) == (0, 0)
    with pytest.raises(Invalid, match="field_missing"):
        staff.name_win(admin, manager.person_id, "form-x", values | {"reason": " "})
    with pytest.raises(NotAllowed):
        staff.name_win(other_manager, manager.person_id, "form-y", values)

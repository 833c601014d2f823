"""From a morning's proposals to a member and out again, on a real store."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lib.access import Role, Viewer
from lib.errors import Conflict, Invalid, NotAllowed
from lib.flows import designate_vip
from lib.flows.daily import _segments, _vips
from lib.flows.import_file import run_import
from lib.imports.kinds import KINDS
from lib.imports.mapping import propose as propose_mapping
from lib.store import models as m
from lib.store.database import read_frame, read_one
from lib.vips import commands, lane, queries
from lib.vips.terms import Clock
from tests import make
from tests.make import NOW, TODAY

FUNDED = {"funding_minor": 50_000_000, "funding_currency": "USD", "funding_source": "Crunchbase",
          "funding_on": TODAY, "domain": "lumora.example"}  # fmt: skip
ANSWERS = {"included": "Own contact", "who": "Enterprise", "months": "12", "levels": "2", "opt_in": "no"}


def propose(technical: Viewer, day: date = TODAY) -> int:
    return _vips(replace(technical, now=NOW + (day - TODAY)), day)


def waiting(viewer: Viewer) -> list:
    """The open proposals as rows; a frame's ids are no whole numbers of Python."""
    found = queries.proposals(viewer)
    return [row._replace(id=int(row.id), account_id=int(row.account_id)) for row in found.itertuples()]


@pytest.mark.acceptance("C02")
def test_funding_of_500_000_on_a_business_domain_is_proposed_and_499_999_is_not(database, manager, technical):
    make.account(owner=manager.person_id, **FUNDED)
    make.account(owner=manager.person_id, **FUNDED | {"funding_minor": 49_999_900})
    make.account(owner=manager.person_id, **FUNDED | {"domain": "gmail.com"})
    make.account(owner=manager.person_id, plan="enterprise", name="Top Ltd")
    propose(technical)

    assert {(one.account, one.rule) for one in waiting(manager)} == {("Lumora Home", "funding"),
                                                                    ("Top Ltd", "top_plan")}  # fmt: skip


@pytest.mark.acceptance("C02")
def test_each_answer_is_stored_with_user_reason_and_mode(database, manager, technical):
    accepted = make.account(owner=manager.person_id, **FUNDED)
    refused = make.account(owner=manager.person_id, plan="enterprise", is_vip=False)
    propose(technical)
    rows = {one.account_id: one for one in waiting(manager)}
    designate_vip.designate(manager, rows[accepted].id, 1, "Strategic", mode="internal")
    commands.refuse(manager, rows[refused].id, 1, "Leftover of a trial")

    member = read_one(select(m.VipMembership.mode, m.VipMembership.reason, m.VipMembership.accepted_by))
    proposal = read_one(
        select(m.VipProposal.status, m.VipProposal.reason, m.VipProposal.decided_by).where(
            m.VipProposal.account_id == refused
        )
    )
    assert tuple(member) == ("internal", "Strategic", manager.person_id)
    assert tuple(proposal) == ("refused", "Leftover of a trial", manager.person_id)


def test_a_morning_done_again_proposes_nothing_twice(embedded, manager, technical):
    make.account(owner=manager.person_id, **FUNDED)

    assert (propose(technical), propose(technical), len(waiting(manager))) == (1, 0, 1)


def test_a_refusal_holds_until_the_evidence_changes(embedded, manager, technical):
    account = make.account(owner=manager.person_id, **FUNDED)
    propose(technical)
    commands.refuse(manager, waiting(manager)[0].id, 1, "Too early")
    silent = propose(technical, TODAY + timedelta(days=1))
    make.change(m.Account, account, funding_minor=90_000_000)

    assert (silent, propose(technical, TODAY + timedelta(days=2))) == (0, 1)


def test_not_ready_yet_comes_back_on_its_day(embedded, manager, technical):
    make.account(owner=manager.person_id, **FUNDED)
    propose(technical)
    again = commands.put_off(manager, waiting(manager)[0].id, 1, "Next year")
    before = propose(technical, again - timedelta(days=1))

    assert (before, propose(technical, again)) == (0, 1)


def test_a_rule_that_holds_no_more_takes_its_proposal_back(embedded, manager, technical):
    account = make.account(owner=manager.person_id, plan="enterprise")
    propose(technical)
    make.change(m.Account, account, plan="basic")
    propose(technical)

    assert waiting(manager) == []


def test_an_sla_needs_its_answers_and_a_reason(embedded, manager, technical):
    make.account(owner=manager.person_id, **FUNDED)
    propose(technical)
    one = waiting(manager)[0]
    with pytest.raises(Invalid) as silent:
        designate_vip.designate(manager, one.id, 1, " ", mode="internal")
    with pytest.raises(Invalid) as open_question:
        designate_vip.designate(manager, one.id, 1, "Why", mode="contract", level="priority",
                                answers=ANSWERS | {"opt_in": None})  # fmt: skip

    assert (silent.value.code, open_question.value.code) == ("vip_reason_missing", "vip_question_open")
    designate_vip.designate(manager, one.id, 1, "Why", mode="contract", level="priority", answers=ANSWERS)
    assert read_one(select(m.VipMembership.until))[0] == date(2027, 11, 20)


def test_over_capacity_is_refused_with_the_figure_and_a_lead_may_go_over_it(embedded, manager, technical):
    for n in range(13):
        make.account(owner=manager.person_id, **FUNDED | {"name": f"A{n}"})
    propose(technical)
    *first, last = waiting(manager)
    given = {"mode": "contract", "level": "priority", "answers": ANSWERS}
    for one in first:
        designate_vip.designate(manager, one.id, 1, "Why", **given)
    with pytest.raises(Conflict) as full:
        designate_vip.designate(manager, last.id, 1, "Why", **given)
    with pytest.raises(NotAllowed):
        designate_vip.designate(manager, last.id, 1, "Why", **given, override="Anyway")

    assert full.value.values == {"held": 12, "most": 12}
    lead = Viewer(make.person("Sun Li", [Role.TEAM_LEAD]), "Sun Li", frozenset({Role.TEAM_LEAD}), NOW,
                  books=frozenset({manager.person_id}))  # fmt: skip
    make.change(m.Person, manager.person_id, manager_id=lead.person_id)
    designate_vip.designate(lead, last.id, 1, "Why", **given, override="Agreed with the team")
    held = read_frame(select(m.VipMembership.override_reason).order_by(m.VipMembership.id.desc()))
    assert held["override_reason"].iloc[0] == "Agreed with the team"


def test_a_member_leaves_with_a_reason_and_is_taken_back_the_same_day(embedded, manager, technical):
    account = make.account(owner=manager.person_id, **FUNDED | {"is_vip": False, "source": "crm"})
    propose(technical)
    member = designate_vip.designate(manager, waiting(manager)[0].id, 1, "Why", mode="internal")
    joined = read_one(select(m.Account.is_vip))[0]
    designate_vip.withdraw(manager, member, 1, "Company closed")
    left = read_one(select(m.Account.is_vip))[0]
    designate_vip.reinstate(manager, member, 2)

    assert (joined, left, len(queries.members(manager))) == (True, False, 1)
    designate_vip.withdraw(manager, member, 3, "Company closed")
    assert propose(technical, TODAY + timedelta(days=1)) == 0
    assert list(queries.history(manager, account)["what"]) == ["left", "joined", "proposed"]


def test_a_mark_set_here_outlives_the_next_import(embedded, manager, technical):
    make.account(owner=manager.person_id, **FUNDED | {"is_vip": False, "source": "crm"})
    propose(technical)
    designate_vip.designate(manager, waiting(manager)[0].id, 1, "Why", mode="internal")

    assert tuple(read_one(select(m.ManualValue.field, m.ManualValue.imported_text))) == ("is_vip", "False")


def test_acceptance_settles_every_other_proposal_of_the_account(embedded, manager, technical):
    make.account(owner=manager.person_id, **FUNDED | {"plan": "enterprise"})
    propose(technical)
    designate_vip.designate(manager, waiting(manager)[0].id, 1, "Why", mode="internal")

    assert (waiting(manager), propose(technical)) == ([], 0)


def test_an_account_is_proposed_by_hand_and_answered_the_same_way(embedded, manager):
    account = make.account(owner=manager.person_id)
    proposal = commands.propose(manager, account, "Their chief executive sits on our board", "key")

    assert commands.propose(manager, account, "Their chief executive sits on our board", "key") == proposal
    assert waiting(manager)[0].rule == "hand"


def test_designation_starts_the_plays_of_a_new_vip(embedded, manager, technical):
    account = make.account(owner=manager.person_id, **FUNDED)
    propose(technical)
    designate_vip.designate(manager, waiting(manager)[0].id, 1, "Why", mode="internal")
    begun = read_frame(select(m.PlaybookRun.account_id, m.PlaybookRun.trigger, m.PlaybookRun.status))

    assert set(begun["account_id"]) == {account}
    assert set(begun["trigger"]) == {"vip_designated"}


def test_new_customers_raise_one_funding_review_a_week(embedded, manager, technical):
    make.account(owner=manager.person_id, signed_up_on=TODAY, domain="new.example", name="New Ltd")
    make.account(owner=manager.person_id, signed_up_on=TODAY, domain="qq.com", name="Free mail")
    for later in range(8):
        propose(technical, TODAY + timedelta(days=later))
    titles = list(read_frame(select(m.Task.title).where(m.Task.kind == "funding_review"))["title"])

    assert titles == ["Look up the funding of 1 new customer: New Ltd"] * 2


def test_figures_set_by_hand_need_their_source_and_date(embedded, manager):
    account = make.account(owner=manager.person_id)
    with pytest.raises(Invalid):
        designate_vip.set_facts(manager, account, 1, {"funding_minor": 1, "funding_currency": "USD"})
    values = {name: FUNDED[name] for name in FUNDED if name != "domain"}

    assert designate_vip.set_facts(manager, account, 1, values) == 2
    assert queries.known(manager, account).facts["funding_minor"] == 50_000_000


def test_vip_cases_stand_first_and_emergencies_before_them(embedded, manager, technical):
    vip = make.account(owner=manager.person_id, **FUNDED, name="Vip Ltd")
    other = make.account(owner=manager.person_id, name="Other Ltd", plan="professional")
    propose(technical)
    designate_vip.designate(manager, waiting(manager)[0].id, 1, "Why", mode="internal")
    for account, priority in ((other, "urgent"), (vip, "normal"), (vip, "urgent")):
        make.case(account, priority=priority, opened_at=NOW - timedelta(minutes=100))
    found = lane.lane(manager)

    told = list(zip(found.open["account"], found.open["priority"], found.open["clock"], strict=True))
    assert told == [("Vip Ltd", "urgent", "breached"), ("Vip Ltd", "normal", "running"),
                    ("Other Ltd", "urgent", "breached")]  # fmt: skip
    assert (found.count(Clock.BREACHED), found.count(Clock.RUNNING)) == (1, 1)


def test_a_month_to_month_member_shows_when_it_can_leave(embedded, manager, technical):
    account = make.account(owner=manager.person_id, **FUNDED)
    make.contract(account, kind="month_to_month", ends_on=None, can_leave_on=date(2026, 12, 1))
    propose(technical)
    designate_vip.designate(manager, waiting(manager)[0].id, 1, "Why", mode="internal")
    row = next(queries.members(manager).itertuples())

    assert (row.month_to_month, row.can_leave_on) == (1, date(2026, 12, 1))


def test_the_daily_run_judges_segments_before_it_proposes(embedded, manager, technical):
    make.account(owner=manager.person_id, **FUNDED)
    _segments(technical, TODAY)
    propose(technical)

    assert len(read_frame(select(m.AccountSegment.axis))) == 6


def test_an_import_brings_funding_in_its_own_currency(embedded, admin):
    text = ("account_id,name,currency,funding,funding_currency,funding_source,funding_on,following,"
            "monthly_sales\n"
            "A-1,One,CNY,500000,USD,Crunchbase,2026-11-01,1200,80000\n"
            "A-2,Two,CNY,4000000,,,,5,\n")  # fmt: skip
    mapping = propose_mapping(KINDS["accounts"], text.split("\n", 1)[0].split(",")).to_dict()
    run_import(admin, "accounts", text.encode(), "accounts.csv", mapping)
    a = m.Account
    held = read_frame(
        select(a.currency, a.funding_minor, a.funding_currency, a.funding_on, a.following,
               a.monthly_sales_minor).order_by(a.external_id)
    )  # fmt: skip

    assert held.to_dict("list") == {
        "currency": ["CNY", "CNY"], "funding_minor": [50_000_000, 400_000_000],
        "funding_currency": ["USD", "CNY"], "funding_on": [date(2026, 11, 1), None],
        "following": [1200, 5], "monthly_sales_minor": [8_000_000, None],
    }  # fmt: skip

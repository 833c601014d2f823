"""What keeps a quote in the house beside its price: blocks, red flags, tenders; what its paper adds."""

import pytest
from sqlalchemy import select

from lib.access import Role, Viewer
from lib.errors import Conflict, Invalid, NotAllowed
from lib.flows.accept_quote import accept_quote
from lib.quotes import account_rules, commands, issuing, queries, requests, surroundings
from lib.quotes.clearance import Flag, Pack, Request, Review, Rules, checks, pack_of, rights_of, stop_of
from lib.quotes.completeness import gaps
from lib.store import models as m
from lib.store import policy
from lib.store.database import read_frame, transaction
from tests import make
from tests.quotes.test_document import pages, paper_of

COMPLIANCE = policy.shipped()["compliance"]
TODAY = make.TODAY


def ready(manager, draft, seen, **values) -> int:
    """A quote that is approved and could leave."""
    quote_id = draft(**values)
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    return quote_id


def request_version(viewer, quote_id: int) -> int:
    return surroundings.surroundings(viewer, quote_id).request.version


def issue(viewer, quote_id, seen) -> str:
    return issuing.issue_quote(viewer, quote_id, seen(viewer, quote_id))


@pytest.mark.acceptance("C15")
@pytest.mark.parametrize("flag", list(Flag))
def test_any_red_flag_stops_a_quote_until_a_review_clears_it(
    embedded, manager, admin, draft, seen, flag
) -> None:
    quote_id = ready(manager, draft, seen)
    requests.set_flags(manager, quote_id, 0, **{flag: True})

    with pytest.raises(NotAllowed) as refusal:
        issue(manager, quote_id, seen)
    assert refusal.value.code == "quote_flags_open"

    requests.review_flags(admin, quote_id, 1, reason="Their buyer broke no rule", cleared=True)
    assert issue(manager, quote_id, seen) == "QT-2026-0001"


def test_a_review_that_refuses_keeps_the_quote_and_a_later_flag_asks_anew(
    database, manager, leader, draft, seen
) -> None:
    quote_id = ready(manager, draft, seen)
    requests.set_flags(manager, quote_id, 0, threat=True)
    requests.review_flags(leader, quote_id, 1, reason="They were told off", cleared=False)
    with pytest.raises(NotAllowed) as refusal:
        issue(manager, quote_id, seen)
    assert refusal.value.code == "quote_flags_refused"

    requests.review_flags(leader, quote_id, 1, reason="They apologised", cleared=True)
    requests.set_flags(manager, quote_id, 1, threat=True, bypass=True)
    with pytest.raises(NotAllowed) as refusal:
        issue(manager, quote_id, seen)
    assert refusal.value.code == "quote_flags_open"


def test_only_a_reviewer_with_free_eyes_reviews_or_takes_a_flag_away(
    database, manager, leader, admin, draft, seen
) -> None:
    quote_id = ready(manager, draft, seen)
    requests.set_flags(manager, quote_id, 0, bypass=True)
    low = Viewer(make.person("Low", [Role.APPROVER_2]), "Low", frozenset({Role.APPROVER_2}), make.NOW)

    with pytest.raises(NotAllowed):
        requests.review_flags(manager, quote_id, 1, reason="Fine", cleared=True)
    with pytest.raises(NotAllowed):
        requests.review_flags(low, quote_id, 1, reason="Fine", cleared=True)
    with pytest.raises(NotAllowed) as refusal:
        requests.set_flags(manager, quote_id, 1, threat=True)
    assert refusal.value.code == "quote_flag_stays"
    with pytest.raises(Invalid):
        requests.review_flags(leader, quote_id, 1, reason=" ", cleared=True)
    with pytest.raises(Conflict):
        requests.review_flags(leader, quote_id, 0, reason="Fine", cleared=True)
    requests.set_flags(leader, quote_id, 1)

    assert surroundings.surroundings(manager, quote_id).request.flags == ()


def test_a_review_stays_as_it_was_written_and_is_on_record(database, manager, leader, draft, seen) -> None:
    quote_id = ready(manager, draft, seen)
    requests.set_flags(manager, quote_id, 0, false_urgency=True)
    requests.review_flags(leader, quote_id, 1, reason="The date is real", cleared=True)

    with pytest.raises(Exception, match="append-only"), transaction() as session:  # noqa: PT011 - by trigger
        session.execute(select(m.ComplianceReview)).scalars().one().reason = "Changed"
    entries = read_frame(
        select(m.AuditEntry.command, m.AuditEntry.reason).where(m.AuditEntry.command == "quotes.review_flags")
    )
    assert entries.reason.tolist() == ["The date is real"]


def test_a_copy_is_no_way_round_a_review(embedded, manager, draft, seen) -> None:
    quote_id = ready(manager, draft, seen)
    requests.set_flags(manager, quote_id, 0, bypass=True)

    copied = commands.copy_quote(manager, quote_id)

    assert surroundings.surroundings(manager, copied).request.flags == ("bypass",)


@pytest.mark.acceptance("C15")
def test_a_blocked_account_gets_no_quote_until_the_block_is_lifted(
    database, manager, leader, account_id, draft, seen
) -> None:
    waiting, quote_id = draft(), ready(manager, draft, seen)
    with pytest.raises(NotAllowed):
        account_rules.block_account(manager, account_id, 0, reason="No")
    account_rules.block_account(leader, account_id, 0, reason="Forged tender papers")

    for act in (commands.submit_quote, issuing.issue_quote):
        with pytest.raises(NotAllowed) as refusal:
            act(manager, *{commands.submit_quote: (waiting, seen(manager, waiting))}.get(
                act, (quote_id, seen(manager, quote_id))))  # fmt: skip
        assert refusal.value.code == "quote_account_blocked"
        assert refusal.value.values["reason"] == "Forged tender papers"

    account_rules.unblock_account(leader, account_id, 1, reason="Cleared by legal")
    assert issue(manager, quote_id, seen)


def test_a_tender_needs_its_proof_of_process_with_a_date(
    database, manager, leader, account_id, draft, seen
) -> None:
    quote_id = ready(manager, draft, seen)
    account_rules.set_account_rules(manager, account_id, 0, tender_required=True)
    with pytest.raises(NotAllowed) as refusal:
        issue(manager, quote_id, seen)
    assert refusal.value.code == "quote_tender_missing"
    with pytest.raises(NotAllowed):
        account_rules.set_account_rules(manager, account_id, 1)
    with pytest.raises(Invalid):
        requests.set_request(manager, quote_id, 0, proof="Tender 2026-17")

    requests.set_request(manager, quote_id, 0, proof="Tender 2026-17, award notice", proof_on=TODAY)
    assert issue(manager, quote_id, seen)


@pytest.mark.parametrize(
    ("certificate", "state"),
    [
        ({}, "missing"), ({"name": "ISO/IEC 27001", "valid_until": "2026-11-19"}, "expired"),
        ({"name": "ISO/IEC 27001", "valid_until": "2026-11-20"}, "soon"),
        ({"name": "ISO/IEC 27001", "valid_until": "2027-06-30"}, "valid"),
    ],
)  # fmt: skip
def test_the_security_pack_says_how_the_certificate_stands(certificate, state) -> None:
    held = COMPLIANCE | {"certificate": COMPLIANCE["certificate"] | certificate}

    assert pack_of(held, {"enterprise"}, False, TODAY).state == state
    assert pack_of(held, {"professional"}, True, TODAY).state == state
    assert pack_of(held, {"professional"}, False, TODAY) is None


def test_enterprise_quotes_carry_the_pack_on_screen_and_paper(embedded, manager, draft, seen) -> None:
    quote_id = draft(lines=[make.quote_line("enterprise")], language="en")

    found = {check.code for check in surroundings.surroundings(manager, quote_id).checks}
    text = " ".join("".join(pages(queries.paper(manager, quote_id))).split())

    assert "pack_missing" in found
    assert "No security certificate is part of this quote." in text


@pytest.mark.acceptance("C38")
@pytest.mark.parametrize(
    ("region", "en", "zh"),
    [
        ("Europe", "Europe: VAT guidance", "欧洲：VAT合规指引"),
        ("North America", "United States: Amazon integration tools", "美国：亚马逊对接工具"),
        ("CN South", "Asia: local payment methods", "亚洲：本地支付方式"),
    ],
)
def test_the_rights_of_a_region_stand_on_the_quote_at_zero_price(
    embedded, manager, seen, region, en, zh
) -> None:
    account_id = make.account(owner=manager.person_id, region=region)
    quote_id = commands.create_quote(manager, account_id)
    commands.save_draft(
        manager, quote_id, 1, values=make.quote_form(), lines=[make.quote_line("professional")]
    )
    before = queries.quote(manager, quote_id).saved.priced.net_minor

    shown = surroundings.surroundings(manager, quote_id).rights
    text = "".join("".join(pages(queries.paper(manager, quote_id))).split())
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issue(manager, quote_id, seen)

    assert [right["en"] for right in shown] == [en]
    assert en.replace(" ", "") in text and zh in text
    frozen = read_frame(select(m.QuoteVersion.snapshot)).snapshot[0]
    right = frozen["lines"][-1]
    assert (right["en"], right["list_minor"], right["net_minor"]) == (en, 0, 0)
    assert frozen["net_minor"] == before
    accept_quote(manager, quote_id, seen(manager, quote_id), evidence=make.evidence())
    assert len(read_frame(select(m.Subscription.id))) == 1  # a right makes no subscription


def test_a_region_nobody_named_has_no_rights_of_its_own() -> None:
    assert rights_of(COMPLIANCE, "Mars") == rights_of(COMPLIANCE, None) == []
    assert [r["code"] for r in rights_of(COMPLIANCE, " europe ")] == ["rights_europe"]


@pytest.mark.parametrize(
    ("spoil", "gap"),
    [
        ({"ends_on": "2020-01-01"}, "term"), ({"valid_until": ""}, "validity"),
        ({"total_minor": 1}, "payment"),
        ({"customer": {"names": {"en": ""}}}, "customer"),
    ],
)  # fmt: skip
def test_a_paper_that_lacks_a_term_is_named(spoil, gap) -> None:
    whole = paper_of()

    assert gaps(whole) == []
    assert gaps(whole | spoil) == [gap]
    assert stop_of(checks(Rules(), Request(1), None, None, gaps(whole | spoil))).values == {"gap": gap}


def test_the_limits_of_every_unit_are_checked() -> None:
    whole = paper_of()
    strange = [line | {"unit": "parsec"} for line in whole["lines"][:1]] + whole["lines"][1:]
    unnamed = [line | {"zh-CN": " "} for line in whole["lines"][:1]] + whole["lines"][1:]

    assert gaps(whole | {"lines": strange}) == ["limits"]
    assert gaps(whole | {"lines": unnamed}) == ["language"]


def test_the_order_of_checks_is_the_order_they_are_settled() -> None:
    rules = Rules(tender_required=True, blocked_on=TODAY, blocked_reason="Why")
    review = Review(frozenset({"threat"}), True, "Fine", "Ada")
    found = checks(rules, Request(1, flags=("bypass",)), review, Pack("", None, "missing"), ["renewal"], 2)

    assert [check.code for check in found] == [
        "blocked", "flags_open", "tender_missing", "pack_missing", "paper_gap", "promises_loose",
    ]  # fmt: skip
    assert stop_of(found).code == "blocked"


def test_the_papers_language_follows_the_recipient(database, manager, account_id, draft, seen) -> None:
    wang = make.contact(account_id, name="Wang Tao", language="zh-CN")
    strange = make.contact(make.account(name="Another"))
    quote_id = draft(language="en")
    form = make.quote_form(language="en", contact_id=wang)

    commands.save_draft(manager, quote_id, seen(manager, quote_id), values=form, lines=[make.quote_line()])
    assert queries.quote(manager, quote_id).form.language == "zh-CN"
    assert "WangTao" in "".join("".join(pages(queries.paper(manager, quote_id))).split())

    commands.save_draft(manager, quote_id, seen(manager, quote_id), values=form, lines=[make.quote_line()])
    assert queries.quote(manager, quote_id).form.language == "en"  # chosen afterwards, by hand
    with pytest.raises(Invalid):
        commands.save_draft(manager, quote_id, seen(manager, quote_id), lines=[make.quote_line()],
                            values=make.quote_form(contact_id=strange))  # fmt: skip

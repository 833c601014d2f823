"""Two books of business side by side, each with a row of every kind: what the access matrix looks at."""

from dataclasses import replace
from datetime import date, timedelta

from lib.access import Role, Viewer
from lib.store import models as m
from lib.store import policy
from tests import books_price, make
from tests.make import NOW, TODAY

PEOPLE = {
    "manager": (Role.ACCOUNT_MANAGER, "Lin Wei"),
    "other_manager": (Role.ACCOUNT_MANAGER, "Zhao Min"),
    "seller": (Role.SALES, "Chen Yu"),
    "other_seller": (Role.SALES, "Xu Jing"),
    "leader": (Role.LEADERSHIP, "Ada Berg"),
    "admin": (Role.ADMIN, "Root Admin"),
    "approver": (Role.APPROVER_1, "Gao Lei"),
    "lead": (Role.TEAM_LEAD, "Sun Li"),  # the manager reports to them
    "stand_in": (Role.ACCOUNT_MANAGER, "Qian Bo"),  # for the manager, today
}


def people() -> dict[str, Viewer]:
    """One viewer per name of PEOPLE, stored."""
    made = {}
    for key, (role, name) in PEOPLE.items():
        person_id = make.person(name=name, roles=[role], external_id=key)
        made[key] = Viewer(person_id=person_id, name=name, roles=frozenset({role}), now=NOW)
    manager_id = made["manager"].person_id
    body = policy.shipped()["quotes"]
    body["validity"]["days"] = 21
    make.insert(m.PolicyDraft(name="quotes", based_on=1, body=body, person_id=made["admin"].person_id,
                              saved_at=NOW))  # fmt: skip
    make.change(m.Person, manager_id, manager_id=made["lead"].person_id)
    make.delegation(manager_id, made["stand_in"].person_id)
    for key in ("lead", "stand_in"):
        made[key] = replace(made[key], books=frozenset({manager_id}))
    return made


def book(owner: Viewer, seller: Viewer, mark: str) -> dict[str, int]:
    """An account with everything on it; texts carry `mark`. Ids by subject, as doors name them."""
    account = make.account(
        owner=owner.person_id, sales=seller.person_id, name=f"{mark} Ltd", external_id=mark
    )
    ids = {"account": account, "contact": make.contact(account, name=f"{mark} contact"),
           "person": owner.person_id}  # fmt: skip
    ids |= _commerce(account, owner.person_id)
    ids |= _activity(account, owner, mark) | _today(account, owner, mark)
    ids |= _care(account, owner, mark, ids["renewal"])
    ids |= _notices(account, owner, mark, ids)
    ids |= books_price.quote(account, seller, mark, ids["renewal"], ids["contact"])
    ids |= _team(account, owner, seller, mark)
    ids |= _programme(account, owner, mark, ids["contact"])
    ids |= _plays(account, owner, mark) | books_price.benefits(account, owner, mark, ids)
    ids |= books_price.offers(account, owner, mark, ids["quote"])
    ids |= books_price.guests(account, owner, ids["contact"])
    return ids | _portrait(account, owner, mark, ids)


def _commerce(account: int, owner: int) -> dict[str, int]:
    contract = make.contract(account)
    renewal = make.renewal(account, contract)
    subscription = make.subscription(account, contract_id=contract)
    invoice = make.invoice(account)
    make.insert(
        m.Payment(external_id=f"PAY-{account}", invoice_id=invoice, paid_on=TODAY, amount_minor=600_000)
    )
    make.insert(m.RenewalMove(renewal_id=renewal, to_stage="to_contact", moved_at=NOW - timedelta(hours=2)))
    make.insert(
        m.Opportunity(
            external_id=f"O-{account}", account_id=account, stage="Engaging", engaged_on=TODAY,
            value_minor=700_000, recorded_at=NOW,
        )
    )  # fmt: skip
    make.insert(m.ChurnEvent(external_id=f"C-{account}", account_id=account, happened_on=TODAY))
    change = make.insert(
        m.SubscriptionChange(
            account_id=account, subscription_id=subscription, kind="downgrade", status="planned",
            asked_on=TODAY, effective_on=TODAY + timedelta(days=30), cycle_starts_on=TODAY,
            cycle_ends_on=TODAY + timedelta(days=30), currency="USD", old_arr_minor=600_000, made_by=owner,
            made_at=NOW,
        )
    )  # fmt: skip
    outage = make.insert(
        m.Outage(account_id=account, started_at=NOW - timedelta(hours=30), ended_at=NOW, made_by=owner,
                 made_at=NOW)
    )  # fmt: skip
    return {"contract": contract, "renewal": renewal, "subscription": subscription, "invoice": invoice,
            "subscription_change": change, "outage": outage}  # fmt: skip


def _activity(account: int, owner: Viewer, mark: str) -> dict[str, int]:
    user = make.user(account, name=f"{mark} user")
    for back in range(1, 40):
        day = TODAY - timedelta(days=back)
        make.insert(m.AccountDay(account_id=account, day=day, active_users=3, events=9))
    make.insert(m.UserDay(user_id=user, day=TODAY - timedelta(days=1), account_id=account, events=3))
    make.insert(
        m.FeatureDay(
            external_id=f"F-{account}", account_id=account, day=TODAY - timedelta(days=1), feature="listing"
        )
    )
    make.insert(
        m.ActivityScore(
            account_id=account, day=TODAY - timedelta(days=1), observed_28=30.0, expected_28=60.0,
            ratio_28=0.5, ratio_7=0.5, breaches=True, recorded_at=NOW,
        )
    )  # fmt: skip
    for back in (30, 0):
        make.health(account, day=TODAY - timedelta(days=back))
    make.insert(
        m.AccountSentiment(account_id=account, value="mixed", note=f"{mark} opinion", set_on=TODAY,
                           person_id=owner.person_id, set_at=NOW)
    )  # fmt: skip
    make.insert(m.RivalSuppliers(account_id=account, suppliers=2, names=f"{mark} rivals", noted_on=TODAY,
                                 person_id=owner.person_id, updated_at=NOW))  # fmt: skip
    make.insert(m.LossReason(account_id=account, lost_on=TODAY - timedelta(days=1), reason="price",
                             comment=f"{mark} loss", person_id=owner.person_id, recorded_at=NOW))  # fmt: skip
    alert = make.alert(account)
    make.insert(m.AlertEvent(alert_id=alert, happened_at=NOW, what="opened"))
    make.case(account, subject=f"{mark} case")
    make.survey(account, comment=f"{mark} comment")
    entry = make.insert(
        m.AuditEntry(
            happened_at=NOW, person_id=owner.person_id, command="accounts.correct_account",
            table_name="account", row_id=account, account_id=account, old={"city": None},
            new={"city": mark, "_version": 1},
        )
    )  # fmt: skip
    run = make.insert(
        m.ImportRun(
            kind="accounts", file_name=f"{mark}.csv", file_sha256="0" * 64, person_id=owner.person_id,
            imported_at=NOW, rows_read=1, rows_stored=1, rows_changed=0, rows_unchanged=0, rows_reported=0,
            rows_blank=0,
        )
    )  # fmt: skip
    return {"user": user, "alert": alert, "audit_entry": entry, "run": run}


def _care(account: int, owner: Viewer, mark: str, renewal: int) -> dict[str, int]:
    touch = make.touch(account, owner.person_id, summary=f"{mark} touch")
    note = make.note(account, owner.person_id, text=f"{mark} note", renewal_id=renewal)
    make.insert(
        m.NoteAmendment(note_id=note, author_id=owner.person_id, written_at=NOW, text=f"{mark} amendment")
    )
    promise = make.promise(account, owner.person_id, what=f"{mark} promise", note_id=note, approved_at=NOW)
    task = make.insert(
        m.Task(
            account_id=account, owner_id=owner.person_id, kind="hand", title=f"{mark} task", due_on=TODAY,
            dedupe_key=f"task-{mark}", created_at=NOW,
        )
    )  # fmt: skip
    suggestion = make.suggestion(account, reason=f"other: {mark} reason")
    return {"touch": touch, "note": note, "promise": promise, "task": task, "suggestion": suggestion}


def _portrait(account: int, owner: Viewer, mark: str, ids: dict[str, int]) -> dict[str, int]:
    """A row in each block of the account's page, a profile, a tag and a meeting."""
    own = {"account_id": account, "updated_at": NOW}
    made = {
        "entitlement": make.insert(
            m.Entitlement(external_id=f"E-{account}", item=f"{mark} reports", included=10, consumed=4,
                          created_at=NOW, **own)
        ),
        "integration": make.insert(
            m.Integration(name=f"{mark} pay", category="payment", auth="oauth", **own)
        ),
        "department": make.insert(m.Department(name=f"{mark} design", seats=4, **own)),
        "customer_goal": make.insert(m.CustomerGoal(what=f"{mark} goal", due_on=TODAY, **own)),
        "roadmap_request": make.insert(m.RoadmapRequest(what=f"{mark} request", **own)),
        "referral": make.insert(m.Referral(name=f"{mark} friend", referred_on=TODAY, points=5, **own)),
        "team_role": make.insert(m.TeamRole(person_id=owner.person_id, role="trainer", **own)),
    }  # fmt: skip
    make.insert(m.AccountProfile(competitor=f"{mark} rival", bespoke=f"{mark} term", **own))
    make.insert(m.AccountTag(account_id=account, tag=f"{mark.casefold()} tag"))
    made["meeting"] = make.insert(
        m.Meeting(account_id=account, touch_id=ids["touch"], contacts=[ids["contact"]],
                  staff=[owner.person_id], promises=[ids["promise"]], recorded_at=NOW)
    )  # fmt: skip
    return made


def _programme(account: int, owner: Viewer, mark: str, contact: int) -> dict[str, int]:
    """What is known of the name, an open proposal, and a membership that has ended; its place on an axis."""
    make.insert(
        m.VipProfile(account_id=account, big_name=True, big_name_reason=f"{mark} fame", champion_id=contact)
    )
    proposal = make.insert(
        m.VipProposal(account_id=account, rule="top_plan", mark="enterprise", proposed_on=TODAY,
                      evidence={"plan": f"{mark} plan"})
    )  # fmt: skip
    member = make.insert(
        m.VipMembership(account_id=account, rule="hand", mode="internal", since=date(2026, 1, 5),
                        reason=f"{mark} why", accepted_by=owner.person_id, accepted_at=NOW,
                        ended_at=NOW, ended_by=owner.person_id, end_reason=f"{mark} end")
    )  # fmt: skip
    make.insert(
        m.AccountSegment(account_id=account, axis="plan", value="basic", since=TODAY, computed_on=TODAY,
                         reason={"code": "plan_unknown", "plan": f"{mark} plan"})
    )  # fmt: skip
    make.insert(
        m.SegmentChange(account_id=account, axis="plan", old="unknown", new="basic", changed_on=TODAY,
                        reason={"code": "plan_unknown", "plan": f"{mark} plan"})
    )  # fmt: skip
    return {"vip_proposal": proposal, "vip_membership": member}


def _today(account: int, owner: Viewer, mark: str) -> dict[str, int]:
    """A card the owner put aside; it showed nothing, so whatever there is keeps it awake."""
    row = m.CardSnooze(account_id=account, person_id=owner.person_id, until=TODAY + timedelta(days=3),
                       reason=f"{mark} snooze", seen={}, created_at=NOW)  # fmt: skip
    return {"card_snooze": make.insert(row)}


def _team(account: int, owner: Viewer, seller: Viewer, mark: str) -> dict[str, int]:
    """What the team keeps of the owner, a request about the account, and a handover to the owner."""
    me, day = owner.person_id, TODAY - timedelta(days=30)
    record = make.insert(
        m.StaffRecord(person_id=me, kind="certificate", title=f"{mark} certificate", on_day=day, noted_by=me,
                      noted_at=NOW)
    )  # fmt: skip
    goal = make.insert(m.StaffGoal(person_id=me, title=f"{mark} goal", due_on=TODAY, set_by=me, set_at=NOW))
    make.insert(
        m.StaffLevel(person_id=me, level="senior", basis="annual", decided_on=day, reason=f"{mark} level",
                     decided_by=me, recorded_at=NOW)
    )  # fmt: skip
    request = make.request(account, me, title=f"{mark} request", raised_by=me)
    make.insert(m.RequestStep(request_id=request, state="open", person_id=me, happened_at=NOW))
    make.insert(
        m.TeamMeeting(held_on=day, title=f"{mark} review", attendees=mark, decisions=mark, written_by=me,
                      written_at=NOW)
    )  # fmt: skip
    handed = make.insert(
        m.BookHandover(form_key=f"handed-{mark}", from_id=seller.person_id, to_id=me, by_id=me, handed_at=NOW,
                       accounts=[account])
    )  # fmt: skip
    return {"staff_record": record, "staff_goal": goal, "internal_request": request, "book_handover": handed}


def _notices(account: int, owner: Viewer, mark: str, ids: dict[str, int]) -> dict[str, int]:
    """Something somebody wants to hear of, a message that failed, and what the owner chose."""
    make.insert(
        m.Notice(kind="promise", account_id=account, row_id=ids["promise"], person_id=owner.person_id,
                 created_at=NOW, dedupe_key=f"promise:{mark}")
    )  # fmt: skip
    message = make.insert(
        m.Outbox(created_at=NOW, kind="notices", payload={"notices": []}, person_id=owner.person_id,
                 channel="mail", message_key=f"key-{mark}", state="failed", due_at=NOW, claim="mine")
    )  # fmt: skip
    make.insert(m.NoticePreference(person_id=owner.person_id, scope="mine", digest_hour=8))
    make.insert(m.NoticeChoice(person_id=owner.person_id, kind="promise", channel="mail"))
    return {"message": message}


def _plays(account: int, owner: Viewer, mark: str) -> dict[str, int]:
    """A running playbook with one open step, a milestone, a trial, a demo and a gift."""
    by = {"person_id": owner.person_id, "created_at": NOW}
    run = make.insert(
        m.PlaybookRun(account_id=account, code="welcome", number=1, trigger="vip_designated",
                      started_on=TODAY, dedupe_key=f"welcome:{mark}", started_at=NOW,
                      anchors={"start": TODAY.isoformat()})
    )  # fmt: skip
    make.task(account, owner.person_id, kind="playbook", title=f"{mark} welcome", run_id=run, step="welcome",
              origin="play", dedupe_key=f"play:{mark}", due_on=TODAY - timedelta(days=2))  # fmt: skip
    make.insert(m.AccountMilestone(account_id=account, code="first_login", reached_on=TODAY, recorded_at=NOW))
    trial = make.insert(
        m.AccountTrial(account_id=account, starts_on=TODAY, ends_on=TODAY + timedelta(days=14),
                       criteria=f"{mark} criteria", **by)
    )  # fmt: skip
    demo = make.insert(m.AccountDemo(account_id=account, offered_on=TODAY, attendees=f"{mark} people", **by))
    make.insert(m.AccountGift(account_id=account, kind="expert", what=f"{mark} gift", given_on=TODAY, **by))
    return {"play": run, "trial": trial, "demo": demo}

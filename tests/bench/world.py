"""A big made-up store for the bench: 10,000 accounts, 500,000 days of activity, two years of periods."""

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import insert, select

from lib.flows import daily
from lib.flows.prepare import prepare
from lib.people.identity import technical_viewer
from lib.settings import settings
from lib.store import database
from lib.store import models as m

ACCOUNTS, ACTIVITY_DAYS, MANAGERS, QUOTES, ALERTS = 10_000, 50, 200, 1_000, 300
REGIONS = ("CN", "EMEA", "AMER", "APAC")
TIERS = ("gold", "silver", "bronze")
ROLES = ("account_manager", "sales", "leadership", "admin")


def fill(store_url: str, now: datetime) -> None:
    """Everything a page looks at, on a morning that is done: a day still to come would run beside the
    measured pages. The first person holds every role and so sees all accounts."""
    dice = random.Random(11)
    today = now.astimezone(settings().zone_info).date()
    with database.use(store_url):
        prepare(now)
        with database.transaction() as session:
            write = Writer(session, now, today, dice)
            write.people()
            write.accounts()
            write.commerce()
            write.activity()
            write.care()
            write.quotes()
        daily.run_day(technical_viewer(now, "bench"), today)


class Writer:
    """Bulk inserts straight into the tables: the bench measures reading, not this."""

    def __init__(self, session, now: datetime, today: date, dice: random.Random) -> None:  # noqa: ANN001
        self.session, self.now, self.today, self.dice = session, now, today, dice
        self.ids = range(1, ACCOUNTS + 1)

    def put(self, model: type[m.Table], rows: Iterable[dict]) -> None:
        batch = list(rows)
        for start in range(0, len(batch), 20_000):
            self.session.execute(insert(model.__table__), batch[start : start + 20_000])

    def people(self) -> None:
        first = 101
        self.person_ids = range(first, first + MANAGERS)
        self.put(
            m.Person,
            ({"id": i, "external_id": f"P-{i}", "name": f"Manager {i}", "language": "en", "active": True,
              "created_at": self.now, "version": 1} for i in self.person_ids),
        )  # fmt: skip
        held = [(i, "account_manager") for i in self.person_ids] + [(first, role) for role in ROLES[1:]]
        self.put(m.PersonRole, ({"person_id": i, "role": r, "origin": "hand"} for i, r in held))

    def accounts(self) -> None:
        dice = self.dice
        self.put(
            m.Account,
            ({"id": i, "external_id": f"A-{i}", "name": f"Lumora {i}", "name_zh": f"海岸线 {i}",
              "status": "active", "is_vip": True, "tier": dice.choice(TIERS), "plan": "pro",
              "region": dice.choice(REGIONS),
              "country": "CN", "language": "en", "currency": "USD", "seats": 50, "source": "bench",
              "created_at": self.now, "updated_at": self.now, "version": 1} for i in self.ids),
        )  # fmt: skip
        self.put(
            m.Assignment,
            ({"account_id": i, "person_id": self.person_ids[i % MANAGERS], "duty": "owner",
              "since": date(2024, 1, 1), "recorded_at": self.now, "version": 1} for i in self.ids),
        )  # fmt: skip
        self.put(
            m.Contact,
            ({"external_id": f"K-{i}", "account_id": i, "name": f"Wang {i}", "is_sponsor": True,
              "active": True, "source": "bench", "created_at": self.now, "version": 1} for i in self.ids),
        )  # fmt: skip

    def commerce(self) -> None:
        ends = {i: self.today + timedelta(days=self.dice.randrange(1, 365)) for i in self.ids}
        arr = {i: self.dice.randrange(12_000_00, 240_000_00, 1200) for i in self.ids}
        self.put(
            m.Contract,
            ({"id": i, "account_id": i, "product_line": "", "kind": "fixed", "ends_on": ends[i],
              "starts_on": ends[i] - timedelta(days=730), "currency": "USD", "arr_minor": arr[i],
              "notice_days": 30, "reactivates": False, "source": "joined", "recorded_at": self.now,
              "version": 1} for i in self.ids),
        )  # fmt: skip
        periods = [
            {"external_id": f"S-{i}-{k}", "account_id": i, "contract_id": i, "product": "Suite",
             "plan": "pro", "starts_on": ends[i] - timedelta(days=365 * (2 - k)),
             "ends_on": ends[i] - timedelta(days=365 * (1 - k)), "seats": 50, "currency": "USD",
             "mrr_minor": arr[i] // 120 * (8 + 2 * k), "arr_minor": arr[i] // 120 * (8 + 2 * k) * 12,
             "discount": Decimal(0), "billing": "annual", "source": "bench", "is_trial": False,
             "upgraded": False, "downgraded": False, "churned": False, "recorded_at": self.now, "version": 1}
            for i in self.ids for k in (0, 1)
        ]  # fmt: skip
        self.put(m.Subscription, periods)
        self.put(
            m.Renewal,
            ({"id": i, "contract_id": i, "account_id": i, "due_on": ends[i], "stage": "to_contact",
              "opens_on": ends[i] - timedelta(days=120), "notice_on": ends[i] - timedelta(days=30),
              "category": "pipeline", "currency": "USD", "base_minor": arr[i], "expected_minor": arr[i],
              "recorded_at": self.now, "version": 1} for i in self.ids),
        )  # fmt: skip

    def activity(self) -> None:
        days = [self.today - timedelta(days=back) for back in range(1, ACTIVITY_DAYS + 1)]
        self.put(
            m.AccountDay,
            ({"account_id": i, "day": day, "active_users": self.dice.randrange(3, 30), "events": 90,
              "named": True} for i in self.ids for day in days),
        )  # fmt: skip
        self.put(
            m.ActivityScore,
            ({"account_id": i, "day": days[0], "observed_28": 300.0, "expected_28": 320.0, "ratio_28": 0.94,
              "ratio_7": 0.95, "expected_7": 80.0, "mood_7": 1.0, "sigma": 0.1, "breaches": i <= ALERTS,
              "calm_days": 0, "recorded_at": self.now, "version": 1} for i in self.ids),
        )  # fmt: skip
        evidence = {"observed": 120, "expected": 300.0, "ratio": 0.4, "users": []}
        self.put(
            m.ChurnAlert,
            ({"id": i, "account_id": i * 7, "kind": "activity", "status": "new", "level": "high",
              "severity": 50.0 + i / 10, "opened_on": days[i % 20], "evidence": evidence,
              "recorded_at": self.now, "version": 1} for i in range(1, ALERTS + 1)),
        )  # fmt: skip

    def care(self) -> None:
        at = self.now - timedelta(days=3)
        self.put(
            m.Note,
            ({"account_id": i, "author_id": 101, "written_at": at, "text": "They ask for three years.",
              "shared": False} for i in self.ids[:5000]),
        )  # fmt: skip
        self.put(
            m.Touch,
            ({"account_id": i, "person_id": self.person_ids[i % MANAGERS], "channel": "call",
              "happened_at": at, "summary": "Spoke with the sponsor.", "two_way": True,
              "created_at": at} for i in self.ids),
        )  # fmt: skip
        self.put(
            m.Promise,
            ({"account_id": i, "owner_id": self.person_ids[i % MANAGERS], "what": "Send the answers",
              "due_on": self.today + timedelta(days=i % 9 - 2), "status": "open", "created_at": at,
              "version": 1} for i in self.ids[:2000]),
        )  # fmt: skip

    def quotes(self) -> None:
        book_id, code = self.session.execute(select(m.PriceItem.book_id, m.PriceItem.code).limit(1)).one()
        states = ("draft", "pending_approval", "approved", "sent", "accepted")
        self.put(
            m.Quote,
            ({"id": i, "account_id": i * 3, "title": f"Renewal {i}", "status": states[i % 5],
              "created_by": 102 + i % 100, "created_at": self.now, "updated_at": self.now,
              "version": 1} for i in range(1, QUOTES + 1)),
        )  # fmt: skip
        self.put(
            m.QuoteVersion,
            ({"id": i, "quote_id": i, "revision": 1, "status": states[i % 5], "book_id": book_id,
              "currency": "USD", "language": "bilingual", "starts_on": self.today, "term_months": 12,
              "prepaid": False, "discount": Decimal("0.25"), "justification": "Three years, references.",
              "valid_until": self.today + timedelta(days=30), "edited_by": 102 + i % 100,
              "list_minor": 10_000_000, "net_minor": 7_500_000, "arr_minor": 7_500_000,
              "cost_minor": 2_000_000, "effective_discount": Decimal("0.25"), "submitted_at": self.now,
              "version": 1} for i in range(1, QUOTES + 1)),
        )  # fmt: skip
        self.put(
            m.QuoteLine,
            ({"quote_version_id": i, "position": k, "item_code": code, "quantity": Decimal(10),
              "discount": Decimal(0), "list_minor": 2_000_000, "net_minor": 1_500_000}
             for i in range(1, QUOTES + 1) for k in range(1, 6)),
        )  # fmt: skip

"""The demo vendor: the same for every same day, big enough, true to its stories, able to go on or to go."""

import shutil
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import func, select, update

from lib import demo
from lib.activity.rollup import roll_up
from lib.demo import activity, care, commerce, seasons, service
from lib.demo.cast import customers
from lib.demo.team import BARE
from lib.errors import Conflict
from lib.flows import daily
from lib.people import identity
from lib.store import backup, check, database
from lib.store import models as m
from lib.store.database import read_frame, read_one, transaction
from tests import make

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory, prepared_sqlite):
    """A store with the whole demo in it, made once; tests that write work on a copy."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copy(prepared_sqlite, path)
    url = f"sqlite:///{path}"
    steps = []
    with database.use(url) as engine:
        demo.fill(lambda step, share: steps.append((step, share)), NOW)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.forget(url)
    assert [share for _, share in steps] == sorted(share for _, share in steps)
    return path


@pytest.fixture(scope="module")
def shown(demo_file):
    """The demo, to be read only."""
    with database.use(f"sqlite:///{demo_file}") as engine:
        yield engine


@pytest.fixture
def own_demo(demo_file, tmp_path):
    """A copy of the demo that a test may change."""
    path = tmp_path / "own.db"
    shutil.copy(demo_file, path)
    with database.use(f"sqlite:///{path}") as engine:
        yield engine
    database.forget(f"sqlite:///{path}")


def count(model, *where) -> int:
    return read_one(select(func.count()).select_from(model).where(*where))[0]


def _everything(today: date, now: datetime) -> dict:
    cast = customers(today)
    who = activity.users(cast, today)
    days = activity.generate(who, cast, today, -activity.PAST_DAYS, -1)
    made = commerce.books(cast, today, now)
    duties = care.book(cast, [1, 2, 3, 4], [5, 6])
    contacts = care.contacts(cast)
    return {
        "customers": cast, "names": activity.names(who, cast),
        "days": [x.tolist() for x in vars(days).values()],
        "books": vars(made), "cases": service.cases(cast, today), "surveys": service.surveys(cast, today),
        "contacts": contacts, "care": vars(care.care(cast, duties, contacts, {}, today)),
    }  # fmt: skip


def test_the_same_day_gives_the_same_rows():
    assert _everything(TODAY, NOW) == _everything(TODAY, NOW)


@pytest.mark.parametrize(
    "today", [date(2024, 2, 29), date(2026, 2, 17), date(2027, 1, 1), date(2028, 2, 29), date(2030, 12, 31)]
)
def test_the_demo_can_be_made_on_any_day(today):
    now = datetime(today.year, today.month, today.day, 3, tzinfo=UTC)

    made = _everything(today, now)

    assert len({c.name for c in made["customers"]}) == len({c.name_zh for c in made["customers"]}) >= 320
    assert all(r["ends_on"] is None or r["ends_on"] > r["starts_on"] for r in made["books"]["subscription"])
    assert all(r["recorded_at"] <= now for r in made["books"]["subscription"] + made["books"]["invoice"])
    assert 300_000 < len(made["days"][0]) < 900_000


def test_a_day_comes_out_the_same_alone_and_in_a_range():
    cast = customers(TODAY)
    who = activity.users(cast, TODAY)

    whole = activity.generate(who, cast, TODAY, -30, 5)
    alone = activity.generate(who, cast, TODAY, 2, 2)

    mine = whole.day == 2
    assert sorted(alone.user) == sorted(whole.user[mine])
    assert alone.events.sum() == whole.events[mine].sum()


def test_the_demo_is_big_enough_and_speaks_both_languages(shown):
    assert count(m.Account, m.Account.is_vip) >= 320
    assert count(m.Account, m.Account.name_zh.is_(None)) == 0
    first, last = read_one(select(func.min(m.UserDay.day), func.max(m.UserDay.day)))
    assert (first, last) == (TODAY - timedelta(days=730), TODAY - timedelta(days=1))
    for model in (
        m.Subscription,
        m.Contract,
        m.Case,
        m.Survey,
        m.Note,
        m.Quote,
        m.Promise,
        m.Touch,
        m.Payment,
    ):
        assert count(model) > 10, model.__name__
    currencies = read_frame(select(m.Account.currency, func.count().label("n")).group_by(m.Account.currency))
    assert set(currencies["currency"]) == {"USD", "CNY", "EUR"}


def test_the_people_of_the_demo_fill_every_role(shown):
    people = identity.local_people()

    assert len(people) == 11
    assert people["role"].value_counts().to_dict() == {
        "account_manager": 4, "team_lead": 1, "sales": 2, "leadership": 1, "approver_1": 1, "approver_2": 1,
        "admin": 1,
    }  # fmt: skip
    assert people.iloc[0]["role"] == "account_manager"
    assert people["name_zh"].notna().all()


def test_every_account_has_one_owner_and_another_backup_but_for_those_to_assign(shown):
    current = read_frame(
        select(m.Assignment.account_id, m.Assignment.duty, m.Assignment.person_id)
        .where(m.Assignment.until.is_(None))
    )  # fmt: skip
    wide = current.pivot(index="account_id", columns="duty", values="person_id")

    assert len(wide) == count(m.Account)
    assert (wide["owner"] != wide["backup"]).all()
    assert wide[["owner", "sales"]].notna().all().all()
    assert wide["backup"].isna().sum() == BARE


def _active_on(day: date, country: str) -> int:
    statement = (
        select(func.count()).select_from(m.UserDay)
        .join(m.Account, m.Account.id == m.UserDay.account_id)
        .where(m.UserDay.day == day, m.Account.country == country)
    )  # fmt: skip
    return read_one(statement)[0]


def test_weekends_spring_festival_and_promotions_show_in_the_activity(shown):
    ordinary, sunday = _active_on(date(2026, 9, 16), "CN"), _active_on(date(2026, 9, 20), "CN")
    new_year, double_11 = _active_on(date(2026, 2, 17), "CN"), _active_on(date(2026, 11, 11), "CN")

    assert sunday < ordinary / 2
    assert new_year < ordinary / 3
    assert double_11 > ordinary * 1.1


def test_promotions_and_holidays_are_marked(shown):
    marks = read_frame(select(m.MarkedEvent.code, m.MarkedEvent.starts_on, m.MarkedEvent.ends_on))
    codes = marks.groupby("code").size().to_dict()

    assert set(codes) == {"double_11", "black_friday", "spring_festival"}
    assert all(n >= 2 for n in codes.values())


@pytest.mark.parametrize(("year", "friday"), [(2024, 29), (2025, 28), (2026, 27), (2027, 26), (2028, 24)])
def test_black_friday_follows_the_fourth_thursday(year, friday):
    assert seasons.black_friday(year) == date(year, 11, friday)


def _alerts(code: str, kind: str) -> set[int]:
    mine = [c.number + 1 for c in customers(TODAY) if c.story.code == code]
    alerts = select(m.ChurnAlert.account_id).where(
        m.ChurnAlert.account_id.in_(mine), m.ChurnAlert.kind == kind
    )
    return set(read_frame(alerts)["account_id"])


def test_fading_teams_ring_and_single_departures_do_not(shown):
    assert len(_alerts("decline", "activity")) >= 9
    assert len(_alerts("recovered", "activity")) >= 2
    assert len(_alerts("stalled", "onboarding")) >= 2
    for harmless in ("departure", "promotion", "script_stops", "starting"):
        assert _alerts(harmless, "activity") == set(), harmless


def test_the_account_days_are_those_the_roll_up_would_write(own_demo):
    days = select(m.AccountDay.account_id, m.AccountDay.day, m.AccountDay.active_users, m.AccountDay.events)
    marked = select(m.User.id, m.User.automated_since).where(m.User.automated_since.is_not(None))
    before, scripts = read_frame(days.order_by("account_id", "day")), read_frame(marked.order_by("id"))

    with transaction() as session:
        session.execute(update(m.User).values(automated_since=None))
        roll_up(session, None, None)

    assert read_frame(days.order_by("account_id", "day")).equals(before)
    assert read_frame(marked.order_by("id")).equals(scripts)
    assert len(scripts) >= 1


def test_hardly_any_ordinary_account_rings(shown):
    assert len(_alerts("steady", "activity")) <= 4


def test_quotes_stand_in_every_state_of_their_life(shown):
    states = set(read_frame(select(m.Quote.status).distinct())["status"])

    assert states >= {"draft", "pending_approval", "approved", "rejected", "sent", "accepted", "declined"}


def test_people_have_answered_alerts(shown):
    status = read_frame(select(m.ChurnAlert.status, m.ChurnAlert.closing_touch_id))["status"].value_counts()

    assert status["contacted"] >= 2
    assert status["snoozed"] == 1
    assert status["new"] >= 5


def test_some_promises_are_overdue_and_some_kept(shown):
    assert count(m.Promise, m.Promise.status == "open", m.Promise.due_on < TODAY) >= 3
    assert count(m.Promise, m.Promise.status == "kept") >= 10


def test_the_filled_store_is_sound_and_the_day_is_done(shown):
    assert [f for f in check.examine() if not f.ok] == []
    assert daily.latest_day() == TODAY
    assert demo.is_demo()


def test_a_store_with_accounts_is_not_filled(embedded):
    make.account()

    with pytest.raises(Conflict):
        demo.fill(print, NOW)

    assert count(m.Account) == 1


def test_a_fill_that_was_cut_off_is_finished_by_the_next_start(prepared_sqlite, tmp_path, monkeypatch):
    shutil.copy(prepared_sqlite, tmp_path / "cut.db")

    def stop(step: str, share: float) -> None:
        if share > 0.8:
            raise KeyboardInterrupt

    with database.use(f"sqlite:///{tmp_path / 'cut.db'}"):
        with pytest.raises(KeyboardInterrupt):
            demo.fill(stop, NOW)
        contacted = count(m.ChurnAlert, m.ChurnAlert.status == "contacted")
        demo.add_missing_days(NOW + timedelta(minutes=5))

        assert daily.latest_day() == TODAY
        assert count(m.Quote) > 10
        assert count(m.ChurnAlert, m.ChurnAlert.status == "contacted") == contacted > 0


def test_a_demo_opened_later_adds_the_days_it_missed(own_demo):
    before = count(m.UserDay)

    added = demo.add_missing_days(NOW + timedelta(days=3))
    again = demo.add_missing_days(NOW + timedelta(days=3))

    cast = customers(TODAY)
    expected = activity.generate(activity.users(cast, TODAY), cast, TODAY, 0, 2)
    assert (added, again) == (3, 0)
    assert count(m.UserDay) - before == len(expected.user)
    assert read_one(select(func.max(m.UserDay.day)))[0] == TODAY + timedelta(days=2)
    assert np.unique(expected.day).tolist() == [0, 1, 2]
    rolled = read_frame(select(m.AccountDay.day).where(m.AccountDay.day >= TODAY).distinct())
    assert len(rolled) == 3


def test_content_customers_renew_while_the_demo_was_closed(own_demo):
    later = NOW + timedelta(days=95)

    demo.add_missing_days(later)
    viewer = identity.technical_viewer(later, "test")
    daily.run_missing_days(viewer)

    steady = [c.number + 1 for c in customers(TODAY) if c.story.code == "steady"]
    ended = count(m.Contract, m.Contract.kind == "ended", m.Contract.account_id.in_(steady))
    renewed = count(m.Renewal, m.Renewal.stage == "signed", m.Renewal.due_on >= TODAY)
    lost = count(m.Renewal, m.Renewal.stage == "lost", m.Renewal.due_on >= TODAY)
    assert ended <= count(m.Quote, m.Quote.status == "accepted")
    assert renewed > 40 > lost > 0
    assert daily.latest_day() == viewer.today
    assert [f for f in check.examine() if not f.ok] == []


def test_starting_with_ones_own_leaves_an_empty_store_that_opens(own_demo):
    demo.start_empty()

    assert count(m.Account) == count(m.AuditEntry) == count(m.UserDay) == 0
    assert not demo.is_demo()
    assert len(identity.local_people()) == 4
    assert [f for f in check.examine() if not f.ok] == []


def test_a_store_that_is_no_demo_is_never_emptied(embedded):
    make.account()

    with pytest.raises(Conflict):
        demo.start_empty()

    assert count(m.Account) == 1


DRAWN = (
    "account", "assignment", "contact", "seat_user", "user_day", "account_day", "invoice", "payment", "note",
    "churn_event", "service_case", "survey", "promise", "marked_event",
)  # fmt: skip


def _digests() -> dict[str, tuple[int, str]]:
    with database.reading() as connection:
        return {name: backup.digest_of(connection, m.metadata.tables[name]) for name in DRAWN}


def test_both_kinds_of_store_get_the_same_rows(shown, postgres_server, prepared_postgres):
    expected = _digests()
    url = postgres_server.create(postgres_server.fresh_name(), template=prepared_postgres)

    with database.use(url):
        demo.fill(lambda *_: None, NOW)
        found = _digests()
        findings = check.examine()
        rings = len(_alerts("decline", "activity"))
    database.forget(url)
    postgres_server.drop(url)

    assert found == expected
    assert [f for f in findings if not f.ok] == []
    assert rings >= 9

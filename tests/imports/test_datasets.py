"""The published totals of the third-party data sets, reproduced from the store after an import."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

from lib.errors import Invalid
from lib.flows.import_file import import_path
from lib.imports.reader import read_file, stream_of
from lib.imports.source import COMMAND, Reading
from lib.store import database
from tests.imports.filling import fill

pytestmark = pytest.mark.datasets


def ask(statement: str, **values: object) -> list[tuple]:
    with database.reading() as connection:
        return [tuple(row) for row in connection.execute(text(statement), values)]


def one(statement: str, **values: object) -> object:
    return ask(statement, **values)[0][0]


def warned(result) -> Counter:
    return Counter(f.code for f in result.problems)


@pytest.fixture(scope="module")
def prepared(prepared_sqlite, tmp_path_factory):
    """A module's worth of stores: each data set goes in once and the tests only read."""
    folder = tmp_path_factory.mktemp("sets")
    made: dict[str, tuple[str, dict]] = {}

    def get(name: str, viewer, datasets: Path) -> dict:
        if name not in made:
            path = folder / f"{name}.db"
            path.write_bytes(prepared_sqlite.read_bytes())
            with database.use(f"sqlite:///{path}"):
                made[name] = (f"sqlite:///{path}", fill(viewer, datasets, (name,)))
        return made[name]

    yield get
    for url, _ in made.values():
        database.forget(url)


@pytest.fixture
def filled(prepared, technical, datasets):
    """`filled("ravenstack")`: the results of its files, its store in use until the test ends."""
    opened = []

    def use(name: str) -> dict:
        url, results = prepared(name, technical, datasets)
        context = database.use(url)
        context.__enter__()
        opened.append(context)
        return {key.split("/")[1]: result for key, result in results.items()}

    yield use
    for context in reversed(opened):
        context.__exit__(None, None, None)


def test_ravenstack_counts_and_recurring_revenue(filled):
    results = filled("ravenstack")

    read = {kind: result.read for kind, result in results.items()}
    assert read == {"accounts": 500, "subscriptions": 5000, "feature_usage": 25000, "tickets": 2000,
                    "churn_events": 600}  # fmt: skip
    assert one("SELECT sum(mrr_minor) FROM subscription") == 11_338_747_00
    assert one("SELECT sum(arr_minor) FROM subscription") == 136_064_964_00
    assert one("SELECT sum(mrr_minor) FROM subscription WHERE churned") == 1_179_139_00
    assert one("SELECT sum(mrr_minor) FROM subscription WHERE upgraded") == 1_262_997_00
    assert one("SELECT sum(mrr_minor) FROM subscription WHERE downgraded") == 459_366_00
    assert one("SELECT count(*) FROM subscription WHERE churned") == 486
    assert one("SELECT count(*) FROM subscription WHERE mrr_minor = 0") == 778
    assert one("SELECT count(*) FROM account WHERE status = 'churned'") == 110


def test_ravenstack_churn_events(filled):
    filled("ravenstack")

    assert ask("SELECT count(*), count(DISTINCT account_id) FROM churn_event") == [(600, 352)]
    assert one("SELECT count(*) FROM churn_event WHERE is_reactivation") == 61
    assert one("SELECT count(*) FROM churn_event WHERE strftime('%m', happened_on) = '12'") == 133
    assert ask("SELECT reason, count(*) FROM churn_event GROUP BY 1 ORDER BY 2 DESC LIMIT 1") == [
        ("features", 114)
    ]
    assert round(one("SELECT avg(refund_minor) / 100.0 FROM churn_event"), 2) == 14.42


def test_ravenstack_tickets(filled):
    filled("ravenstack")

    means = ask(
        "SELECT avg(resolution_hours), avg(first_response_minutes), avg(satisfaction) FROM service_case"
    )[0]
    assert [round(float(m), 2) for m in means] == [35.86, 88.48, 3.98]
    assert one("SELECT count(*) FROM service_case WHERE satisfaction IS NULL") == 825
    assert one("SELECT count(*) FROM service_case WHERE escalated") / 2000 == 0.0475


def test_ravenstack_usage_is_whole_and_its_dirt_is_told(filled, datasets):
    usage = filled("ravenstack")["feature_usage"]

    told = warned(usage)
    assert told["twice_in_file"] == 21 and usage.stored == 24_979 == one("SELECT count(*) FROM feature_day")
    lines = {f.line for f in usage.problems if f.severity == "error"}
    raw = pd.read_csv(datasets / "ravenstack" / "ravenstack_feature_usage.csv")
    left_out = int(raw.usage_count[[line - 2 for line in lines]].sum())
    assert one("SELECT sum(uses) FROM feature_day") + left_out == 250_525
    shares = {code: round(told[code] / 25_000 * 100, 1) for code in told}
    assert (shares["before_subscription"], shares["before_signup"], shares["after_subscription"]) == (
        76.6,
        52.8,
        1.2,
    )


def test_maven_deals_by_stage_quarter_manager_and_rep(filled):
    filled("maven-crm")

    assert dict(ask("SELECT stage, count(*) FROM opportunity GROUP BY 1")) == {
        "Won": 4238, "Lost": 2473, "Engaging": 1589, "Prospecting": 500,
    }  # fmt: skip
    assert one("SELECT sum(value_minor) FROM opportunity WHERE stage = 'Won'") == 10_005_534_00
    quarters = ask("SELECT (CAST(strftime('%m', closed_on) AS INT) + 2) / 3, sum(value_minor) / "
        "100, count(*) "
                   "FROM opportunity WHERE stage = 'Won' GROUP BY 1 ORDER BY 1")  # fmt: skip
    assert quarters == [(1, 1134672, 531), (2, 3086111, 1254), (3, 2982255, 1257), (4, 2802496, 1196)]
    managers = ask("SELECT m.name, sum(o.value_minor) / 100 FROM opportunity o JOIN person p ON "
        "p.id = o.person_id "
                   "JOIN person m ON m.id = p.manager_id WHERE o.stage = 'Won' GROUP BY 1 ORDER BY "
                       "2 DESC")  # fmt: skip
    assert [(name.split()[-1], value) for name, value in managers] == [
        ("Marxen", 2251930), ("Sewald", 1964750), ("Neubert", 1960545), ("Rouche", 1603897), ("Losch",
            1130049),
        ("Brinkmann", 1094363),
    ]  # fmt: skip
    top = (
        "SELECT {0}.name, sum(o.value_minor) / 100 FROM opportunity o JOIN {0} ON {0}.id = o.{0}_id "
        "GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
    )
    assert ask(top.format("person")) == [("Darcel Schlecht", 1153214)]
    assert ask(top.format("account")) == [("Kan-code", 341455)]


def test_maven_dirt_is_told(filled):
    results = filled("maven-crm")

    deals = Counter((f.code, f.value) for f in results["opportunities"].problems)
    assert deals[("unknown_value", "GTXPro")] == 1480
    assert warned(results["opportunities"])["open_without_account"] == 1425
    accounts = Counter(f.value for f in results["accounts"].problems)
    assert accounts == {"technolgy": 12, "Philipines": 1}
    assert one("SELECT count(*) FROM account WHERE parent_id IS NOT NULL") == 15
    assert one("SELECT count(*) FROM account") == 85


def test_fightchurn_counts_and_discounts(filled, datasets):
    results = filled("fightchurn-crm5")

    assert {kind: r.stored for kind, r in results.items()} == {
        "accounts": 296, "subscriptions": 4821, "activity": 58898, "feature_usage": 94665,
    }  # fmt: skip
    assert not any(r.reported for r in results.values())
    raw = pd.read_csv(datasets / "fightchurn-crm5" / "subscriptions.csv")
    assert one("SELECT sum(mrr_minor) FROM subscription") == int((raw.mrr * 100).round().sum())
    exact = (raw.mrr * 100 * 12 * (1 - raw.discount)).round().astype(int).sum()
    assert one("SELECT sum(arr_minor) FROM subscription") == exact
    usage = pd.read_csv(datasets / "fightchurn-crm5" / "daily_usage.csv")
    assert ask("SELECT sum(events), sum(active_users) FROM account_day") == [
        (int(usage.events.sum()), int(usage.active_users.sum()))
    ]


def test_git_activity_counts(filled):
    results = filled("git-activity")

    assert (results["accounts"].stored, results["activity"].stored) == (302, 15_966)
    assert one("SELECT count(*) FROM account WHERE tier = 'organisation'") == 13


def test_taiwan_companies_keep_their_names(filled, datasets):
    results = filled("taiwan-companies")

    assert results["accounts"].stored == 1045
    raw = (datasets / "taiwan-companies" / "twse_companies.csv").read_text(encoding="utf-8")
    names = {line.split(",")[1] for line in raw.splitlines()[1:]}
    assert {name for (name,) in ask("SELECT name FROM account")} == names


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16", "utf-8-sig"])
def test_taiwan_companies_in_other_encodings_are_the_same(embedded, technical, datasets, tmp_path, encoding):
    raw = (datasets / "taiwan-companies" / "twse_companies.csv").read_text(encoding="utf-8")
    path = tmp_path / "companies.csv"
    path.write_bytes(raw.encode(encoding, errors="replace"))
    if encoding == "gb18030":  # traditional characters are rare ones there: a person is asked
        with pytest.raises(Invalid, match="import_encoding_unclear"):
            import_path(technical, "accounts", path, "taiwan-companies")
        return

    assert import_path(technical, "accounts", path, "taiwan-companies").stored == 1045


def test_hubspot_tables_go_in_and_what_cannot_is_told(embedded, technical, datasets):
    folder = datasets / "hubspot-seeds"
    files = {"people": "owner", "accounts": "company", "contacts": "contact", "opportunities": "deal",
             "tickets": "ticket"}  # fmt: skip
    found = {k: import_path(technical, k, folder / f"{f}_data.csv", "hubspot") for k, f in files.items()}

    assert {k: (r.read, r.stored, r.reported) for k, r in found.items()} == {
        "people": (100, 100, 0), "accounts": (24, 24, 0), "contacts": (22, 0, 22), "opportunities": (44,
            44, 0),
        "tickets": (25, 25, 0),
    }  # fmt: skip
    assert warned(found["opportunities"]) == {"open_without_account": 44}
    assert "property_hs_all-funky-a9384-syntax" in found["accounts"].ignored


def test_hubspot_engagements_need_their_account_from_the_join(embedded, technical, datasets, tmp_path):
    meetings = datasets / "hubspot-seeds" / "engagement_meeting_data.csv"
    with pytest.raises(Invalid, match="import_missing_columns"):
        import_path(technical, "touches", meetings, "hubspot")
    import_path(technical, "accounts", datasets / "hubspot-seeds" / "company_data.csv", "hubspot")
    joined = pd.read_csv(meetings, dtype=str, keep_default_na=False).assign(company_id="2182162682")
    joined.to_csv(tmp_path / "joined.csv", index=False)

    result = import_path(technical, "touches", tmp_path / "joined.csv", "hubspot")

    assert (result.read, result.stored, result.reported) == (100, 100, 0)


def test_every_table_of_hubspot_can_be_read(datasets):
    files = sorted((datasets / "hubspot-seeds").glob("*.csv"))

    counted = {}
    for path in files:
        with stream_of(path, path.name) as stream:
            opened = read_file(stream, path.name, Reading(), COMMAND)
            rows = sum(chunk.read for chunk in opened.chunks(1000))
            counted[path.stem.removesuffix("_data")] = (rows, len(opened.header))
    assert len(counted) == 23
    assert counted["company"] == (24, 14) and counted["deal_pipeline_stage"] == (71, 12)
    assert counted["engagement_meeting"] == (100, 13) and counted["ticket"] == (25, 13)


@pytest.mark.parametrize("name", ["ravenstack", "maven-crm"])
def test_the_same_files_again_change_nothing(prepared, technical, datasets, tmp_path, name):
    url, first = prepared(name, technical, datasets)
    copy = tmp_path / "again.db"
    with database.use(url) as engine, engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    copy.write_bytes(Path(url.removeprefix("sqlite:///")).read_bytes())

    with database.use(f"sqlite:///{copy}"):
        again = fill(technical, datasets, (name,))
    database.forget(f"sqlite:///{copy}")

    assert {k: (r.stored, r.changed) for k, r in again.items()} == dict.fromkeys(first, (0, 0))
    assert {k: r.unchanged for k, r in again.items()} == {k: r.stored for k, r in first.items()}

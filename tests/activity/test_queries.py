"""The inbox, its figures and the file for judging, on both stores."""

from datetime import date, timedelta

from lib.activity import phrases, queries
from lib.activity.wording import sentence, short, title
from lib.flows import daily
from tests import make
from tests.activity import worlds


def test_the_inbox_is_sorted_by_level_then_by_what_is_at_stake(database, manager):
    def one(name, level, mrr):
        account = make.account(owner=manager.person_id, name=name)
        make.subscription(account, mrr_minor=mrr, arr_minor=12 * mrr)
        make.alert(account, level=level)

    one("small critical", "critical", 10)
    one("medium", "medium", 900)
    one("large critical", "critical", 500)
    one("high", "high", 20)
    make.alert(make.account(name="somebody else's"))

    rows, total = queries.open_alerts(manager)

    assert rows["account"].tolist() == ["large critical", "small critical", "high", "medium"]
    assert rows["arr_minor"].tolist() == [6000, 120, 240, 10800]
    assert total == 4


def test_views_filters_and_paging_narrow_the_inbox(database, manager, today):
    def one(name, **over):
        make.alert(make.account(owner=manager.person_id, name=name), **over)

    one("Open", level="critical")
    one("High", level="high")
    one("Snoozed", status="snoozed", snoozed_until=today)
    one("Closed", status="resolved", resolved_on=today)
    one("Alone", kind="watch", level="medium")

    def names(**values):
        return queries.open_alerts(manager, **values)[0]["account"].tolist()

    assert names() == ["Open", "High"]
    assert names(view="snoozed") == ["Snoozed"]
    assert names(view="closed") == ["Closed"]
    assert names(view="watch") == ["Alone"]
    assert names(search="hig") == ["High"]
    assert names(level="watch") == ["High"]
    assert names(size=1, page=2) == ["High"]
    counts = queries.alert_counts(manager)
    assert (counts.critical, counts.watch, counts.snoozed, counts.watch_list) == (1, 1, 1, 1)


def test_an_empty_inbox_keeps_its_columns(database, manager):
    rows, total = queries.open_alerts(manager)

    assert total == 0
    assert {"account", "level", "numbers", "arr_minor"} <= set(rows.columns)
    assert list(queries.alerts_export(manager).columns) == [
        "account_id", "alerted_on", "severity", "kind", "resolved_on", "who",
    ]  # fmt: skip


def test_the_file_names_imported_ids_worst_first_and_leaves_the_watch_list_out(database, leader, manager):
    account = make.account(external_id="ACME-1", owner=manager.person_id)
    users = [{"id": "u-2", "down": True}, {"id": "u-9", "down": True}, {"id": "u-5", "down": False}]
    make.alert(account, evidence={"users": users}, severity=71.5)
    make.alert(account, kind="watch", level="medium")

    rows = queries.alerts_export(leader)

    assert rows.values.tolist() == [["ACME-1", date(2026, 11, 14), 71.5, "activity", None, "u-2;u-9"]]


def test_the_sentence_says_what_the_evidence_holds(embedded, technical, leader, today):
    worlds.neighbours()
    account_id = worlds.subject(silent=8, since=worlds.LAST - timedelta(days=30))
    daily.run_day(technical, today)
    alert = queries.alert_of(leader, int(queries.alert_history(leader, account_id)["id"][0]))

    told = sentence("en", alert.kind, alert.evidence)

    assert "comparable customers (CN, fashion)" in told
    assert "40 active user-days instead of 200" in told
    assert "8 of 10 regular users are down by half or more (Person 0 0 of 20" in told
    assert "Low in 4 of the last 4 weeks." in told
    assert "8 名下降一半以上" in sentence("zh-CN", alert.kind, alert.evidence)
    assert short("en", alert.kind, alert.evidence).startswith("79% below")
    assert title("zh-CN", alert.kind, "客户", alert.evidence) == "客户：活跃度比自身水平低 79%"


def test_a_list_in_chinese_falls_back_to_the_only_name_there_is(database, manager):
    make.alert(make.account(owner=manager.person_id, name="Lumora", name_zh="鹿桥"))
    make.alert(make.account(name="Unowned", owner=None, backup=manager.person_id))
    make.alert(make.account(owner=manager.person_id, name="Velora"))

    shown = phrases.listed(queries.open_alerts(manager)[0], "zh-CN")

    assert set(shown["account"]) == {"鹿桥", "Unowned", "Velora"}
    assert set(shown["owner"].dropna()) == {"Lin Wei"}

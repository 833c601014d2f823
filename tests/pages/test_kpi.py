"""The page KPI as a person sees it."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from lib.kpi.queries import METRICS
from tests import make, screen
from tests.screen import said as words

opened = partial(screen.opened, "kpi")


@pytest.fixture
def book(embedded, manager) -> None:
    account = make.account(owner=manager.person_id, name="Lumora Home", name_zh="流明家居")
    make.subscription(account, starts_on=date(2025, 1, 1), ends_on=date(2026, 10, 15), arr_minor=100_000_000)
    make.subscription(account, starts_on=date(2026, 10, 15), ends_on=None, arr_minor=112_000_000)
    make.renewal(account, make.contract(account), base_minor=112_000_000)
    make.alert(account, level="critical")


def test_nobody_gets_in_without_a_viewer(embedded):
    at = opened(None)

    assert not at.metric
    assert len(at.error) == 1


def test_four_tiles_with_what_they_are_compared_with(manager, book):
    at = opened(manager)

    assert not at.exception
    assert [(m.label, m.value, m.delta) for m in at.metric] == [
        ("ARR", "$1.12M", "+12.0%"),
        ("Net revenue retention", "112.0%", "+12.0 pp"),
        ("Gross revenue retention", "100.0%", "0.0 pp"),
        ("ARR at risk", "$1.12M", "+$1.12M"),
    ]
    for part in ("ARR grew by $120K in Q4 2026 to date", "Critical alert puts most ARR at risk"):
        assert part in words(at)


def test_chinese_speaks_chinese(manager, book):
    at = opened(replace(manager, language="zh-CN"))

    assert not at.exception
    assert at.metric[0].label == "年度经常性收入（ARR）"
    assert "2026 年第 4 季度至今 ARR 增加 US$12 万" in words(at)


@pytest.mark.parametrize("metric", METRICS)
def test_each_figure_opens_its_rows(manager, book, metric):
    at = opened(manager)
    at.session_state["kpi-rows"] = metric
    at.run()

    assert not at.exception
    if metric == "renewal_rate":
        assert "No account counts here" in words(at)
    else:
        assert at.dataframe[0].value["account"].tolist() == ["Lumora Home"]


@pytest.mark.parametrize("grain", ["month", "quarter", "year", "decade"])
def test_the_period_comes_from_the_address(manager, book, grain):
    at = opened(manager, period=grain)

    assert not at.exception
    expected = {"month": "Nov 2026", "year": "· 2026 to date"}.get(grain, "Q4 2026 to date")
    assert expected in words(at)


def test_an_empty_desk_says_so_and_draws_no_figures(manager):
    at = opened(manager)

    assert not at.exception
    assert not at.metric
    assert "No paying account yet." in words(at)


def test_somebody_elses_revenue_is_not_there(other_manager, book):
    assert not opened(other_manager).metric

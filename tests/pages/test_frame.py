"""What every page owes its reader: how to read it, what figures count, words and a table for each chart."""

import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from lib.settings import ROOT
from lib.ui.frame import SCREENS
from lib.words import LANGUAGES, has, say
from tests.reading import texts

HELP_WORDS = 12  # a help text shorter than this says nothing


def opened(demo_book, screen: str, language: str = "en"):
    for stop in demo_book.stops:
        if stop.screen == screen:
            yield stop.name, demo_book.open(stop, language)


def popovers(at) -> list[str]:
    found = []

    def look(block) -> None:
        proto = getattr(block, "proto", None)
        if proto is not None and type(proto).__name__ == "Block" and proto.HasField("popover"):
            found.append(proto.popover.label)
        for child in (getattr(block, "children", None) or {}).values():
            look(child)

    look(at._tree)  # noqa: SLF001 - the public side does not show popovers
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_says_how_to_read_it(demo_book, screen, language):
    assert has(language, f"help-{screen}"), f"{screen} has no help-{screen} in {language}"

    told = say(language, f"help-{screen}")
    for name, at in opened(demo_book, screen, language):
        assert told in [m.value for m in at.markdown], name
        assert say(language, "help-button") in popovers(at), name
    assert len(told) > (HELP_WORDS if language == "zh-CN" else HELP_WORDS * 4)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_figure_says_what_it_counts(demo_book, screen):
    for name, at in opened(demo_book, screen):
        silent = [metric.label for metric in at.metric if not metric.proto.help]

        assert not silent, f"{name}: {silent}"


@pytest.mark.parametrize("screen", SCREENS)
def test_every_chart_has_words_and_a_table_behind_it(demo_book, screen):
    for name, at in opened(demo_book, screen):
        charts = [one.proto for one in at.get("vega_lite_chart")]
        tables = popovers(at).count(say("en", "chart-table"))
        small = sum('"height": 48' in chart.spec for chart in charts)  # lines below figures

        assert all(chart.alt for chart in charts), name
        assert tables == len(charts) - small, name
        assert not small or tables, name


def test_charts_are_drawn_in_one_place():
    """There, because that place demands the words and the table."""
    calls = re.compile(r"\w+_chart\(|chart_data=")
    ours = [path for folder in ("lib", "pages") for path in (ROOT / folder).rglob("*.py")]
    drawn = [str(p.relative_to(ROOT)) for p in ours if calls.search(p.read_text(encoding="utf-8"))]

    assert drawn == ["lib/ui/charts.py"]


# page, parameters of a link somebody sends, and what of the page shows that it was understood.
LINKS = [
    ("today", {"kind": "alert"}), ("accounts", {"status": "watch", "tier": "Gold", "sort": "arr"}),
    ("accounts", {"search": "lumi", "renews": "90", "owner": "mine"}),
    ("alerts", {"view": "closed", "level": "critical", "search": "a"}),
    ("renewals", {"view": "list", "stage": "to_contact", "find": "a"}),
    ("quotes", {"status": "pending_approval", "search": "a"}), ("approvals", {"view": "decided"}),
    ("kpi", {"period": "year", "region": "Europe", "currency": "EUR"}),
    ("policy", {"view": "values", "area": "quotes", "find": "margin"}), ("search", {"find": "lumi"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("screen", "asked"), LINKS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_link_opens_the_filtered_list(demo_book, screen, asked):
    """Every filter of the address is shown as chosen, and the page says something else than without it."""
    stop = next(one for one in demo_book.stops if one.name == screen)
    plain = demo_book.open(replace(stop, path=f"/{screen}"))
    linked = demo_book.open(replace(stop, path=f"/{screen}?{urlencode(asked)}"))
    held = {key: chosen(linked, key) for key in asked}

    assert not linked.exception
    assert held == asked
    assert [text for _, text in texts(plain)] != [text for _, text in texts(linked)]


def chosen(at, key: str) -> str | None:
    """What the filter of this name holds; the search page has a field of its own."""
    for held in (f"_{key}", f"_text-{key}"):
        if held in at.session_state:
            return str(at.session_state[held])
    return None


def test_choosing_a_filter_writes_the_link(demo_book):
    stop = next(one for one in demo_book.stops if one.name == "accounts")
    at = demo_book.open(stop)
    at.selectbox(key="_tier").set_value("Gold")
    at.text_input(key="_text-search").set_value("lumi")
    at.run()

    assert at.query_params["tier"] == "Gold"
    assert at.query_params["search"] == "lumi"

    at.selectbox(key="_tier").set_value("all").run()

    assert "tier" not in at.query_params

"""Every number that was given, and every default of ours, is a described value of the policy or a price.

`numbers.csv`: kind (given, or own for a default of ours), name, value and unit as given, the requirement
rows, and the places that hold it: `document:name=value` (a star: tuned elsewhere), where `list#` counts the
rows of a list and `pricebook-…` is a shipped price book.
"""

import ast
import csv
import tomllib
from pathlib import Path

import pytest

from lib.policy import rules
from lib.policy.commands import entries
from lib.policy.kinds import as_text
from lib.store import policy
from tests.test_architecture import OURS, ROOT, tree

SHIPPED = policy.shipped()
HERE = Path(__file__).parent
GIVEN, OWN = 135, 22
PUBLISHED = {
    "tiers",
    "library_discount",
    "library_season",
    "library_custom",
}  # shown on the page of standards


def places() -> list[tuple[str, str, str, str]]:
    """kind, rows, place, value"""
    with (HERE / "numbers.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["kind"], row["rows"], *place.rsplit("=", 1))
            for row in csv.DictReader(file)
            for place in row["places"].split(" ")
        ]


PLACES = places()


def held(place: str) -> str:
    name, _, path = place.partition(":")
    if name.startswith("pricebook-"):
        book = tomllib.loads((policy.FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        code, _, inside = path.partition(".")
        item = next(one for one in book["items"] if one["code"] == code)
        return as_text(rules.flatten(item)[inside])
    if path.endswith("#"):
        return str(len(SHIPPED[name][path.removesuffix("#")]))
    return as_text(rules.flatten(SHIPPED[name], named=True)[path])


@pytest.mark.parametrize(("kind", "rows", "place", "value"), PLACES, ids=[one[2] for one in PLACES])
def test_every_number_is_shipped_with_the_value_it_was_given(kind, rows, place, value):
    assert held(place) == value or value == "*"


def test_a_default_of_ours_says_so_and_a_given_number_names_its_row():
    wrong = []
    for kind, rows, place, _ in PLACES:
        name, _, path = place.partition(":")
        if name.startswith("pricebook-") or path.endswith("#"):
            continue
        entry = rules.entry_of(entries()[name], path)
        named = {entry.source, entry.row} & set(rows.split(", "))
        if not named and "[" not in path and name != "activity":
            wrong.append(place)
        if kind == "own" and entry.source != "own" and name not in {"activity", "quotes"}:
            wrong.append(place)
    assert not wrong


def test_the_table_is_whole():
    """As many numbers as were given, and the thresholds that were called for without a number."""
    with (HERE / "numbers.csv").open(encoding="utf-8", newline="") as file:
        kinds = [row["kind"] for row in csv.DictReader(file)]

    assert (kinds.count("given"), kinds.count("own")) == (GIVEN, OWN)


def readers() -> dict[str, set[str]]:
    """The folders of code that ask for a document by name: `policy.values("quotes", …)`, the name as a
    literal or from a loop over literals around the call."""
    found: dict[str, set[str]] = {}
    for path in OURS:
        for node in ast.walk(tree(path)):
            loops = getattr(node, "generators", []) if _calls(node) else []
            literals = [node.args[0]] if _is_call(node) else [loop.iter for loop in loops]
            for name in {n.value for part in literals for n in ast.walk(part) if isinstance(n, ast.Constant)}:
                if name in SHIPPED:
                    found.setdefault(name, set()).add(path.parent.as_posix())
    return found


def _named() -> set[str]:
    """Documents whose name stands in a file that asks for policy, or that have a capability of that name."""
    asking = [path for path in OURS if any(_is_call(node) for node in ast.walk(tree(path)))]
    texts = {n.value for path in asking for n in ast.walk(tree(path)) if isinstance(n, ast.Constant)}
    return {name for name in SHIPPED if name in texts or (ROOT / "lib" / name).is_dir()}


def _is_call(node: ast.AST) -> bool:
    place = getattr(getattr(node, "func", None), "value", None)
    named = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "values"
    return named and getattr(place, "id", "") == "policy"


def _calls(node: ast.AST) -> bool:
    return any(_is_call(inner) for inner in ast.walk(node)) if hasattr(node, "generators") else False


def _words(folder: str) -> set[str]:
    """Every name and text constant of the code in a folder."""
    nodes = [n for path in OURS if path.parent.as_posix() == folder for n in ast.walk(tree(path))]
    parts = [getattr(n, "value", None) if isinstance(n, ast.Constant) else getattr(n, "attr", None)
             for n in nodes]  # fmt: skip
    return {part for part in parts if isinstance(part, str)}


def test_a_value_that_code_reads_is_not_called_unread():
    read = readers()
    assert {"quotes", "activity", "governance", "today", "standing", "kpi"} <= set(read)
    wrong = [
        f"{name}.{pattern}"
        for name, folders in read.items()
        for pattern, entry in entries()[name].items()
        if entry.idle and any(set(pattern.replace(".*", "").split(".")) <= _words(f) for f in folders)
    ]

    assert not wrong


def test_a_value_of_a_document_nobody_asks_for_says_that_no_rule_reads_it():
    read = set(readers()) | PUBLISHED | _named()
    silent = [
        f"{name}.{pattern}"
        for name, catalogue in entries().items()
        for pattern, entry in catalogue.items()
        if name not in read and not entry.idle
    ]

    assert not silent


CONTESTED = {
    "T1": "quotes:limits[1].justify_above", "T2": "offers:pair.year", "T3": "offers:multi_year.extra_to",
    "T4": "service:clocks[peak_p0].response_minutes", "T5": "service:uptime.month",
    "T6": "plans:fit.premium_signal", "T7": "plans:affordability.to", "T8": "plans:levels.saas",
    "T10": "plans:saas.enterprise_service_hours", "T11": "feedback:nps.uplift", "T13": "renewals:lead_months",
    "T14": "value:margin.band_to", "T15": "lifecycle:refund.annual_days",
    "T16": "offers:early_renewal.discount", "T17": "segments:band.high_above",
    "T19": "lifecycle:outage.credit_above_hours",
}  # fmt: skip


@pytest.mark.parametrize("trap", CONTESTED)
def test_a_contested_number_says_how_it_is_read(trap):
    name, _, path = CONTESTED[trap].partition(":")

    assert all(trap in words for words in rules.entry_of(entries()[name], path).words.values())

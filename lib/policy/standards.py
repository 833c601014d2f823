"""Reads of the published standard: tiers with their rights, the library of clauses, seasons, categories."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from lib.access import Viewer
from lib.policy import library, phrases, rules, season
from lib.policy.commands import entries
from lib.policy.kinds import as_text
from lib.policy.library import LIBRARY, Clause, Figure, Level, Tier
from lib.policy.loading import documents, read_versions
from lib.policy.season import Season, Window
from lib.store.database import reading
from lib.store.doors import query


class Edition(NamedTuple):
    """Which version of a document is published: its number and first day."""

    number: int
    since: date


@dataclass(frozen=True)
class Standard:
    """The one published standard, in the viewer's language. `rights` words each right by its code."""

    edition: Edition
    tiers: list[Tier]
    rights: dict[str, str]
    loyalty: list[Level]
    categories: dict[str, list[tuple[str, str]]]
    season: Season
    windows: list[Window]


def _figure(held: dict[str, dict[str, Any]], language: str) -> Figure:
    flat = {name: rules.flatten(body) | rules.flatten(body, named=True) for name, body in held.items()}

    def figure(document: str, path: str) -> str:
        entry, value = rules.entry_of(entries().get(document, {}), path), flat.get(document, {}).get(path)
        return "–" if entry is None or value is None else phrases.figure_words(
            entry.kind, as_text(value), language
        )  # fmt: skip

    return figure


@query("policy.standard", permission="policy.read")
def standard(viewer: Viewer) -> Standard:
    """What every tier holds today, with loyalty levels, categories and seasons."""
    with reading() as connection:
        held = documents(connection, viewer.today)
        edition = _edition(connection, viewer.today, "tiers")
    figure, lang = _figure(held, viewer.language), viewer.language
    tiers, seasons = held["tiers"], held["season"]
    return Standard(
        edition, library.tiers(tiers, lang, figure), library.rights(tiers, lang, figure),
        library.loyalty(tiers, lang), library.categories(held["categories"], lang, figure),
        season.season_on(seasons, viewer.today), season.coming(seasons, viewer.today),
    )  # fmt: skip


@query("policy.library", permission="policy.read")
def shelf(viewer: Viewer) -> dict[str, tuple[Edition, list[Clause]]]:
    """Each document of the library with its edition and its clauses, in the viewer's language."""
    with reading() as connection:
        held = documents(connection, viewer.today)
        editions = {name: _edition(connection, viewer.today, name) for name in LIBRARY}
    figure = _figure(held, viewer.language)
    return {
        name: (editions[name], library.clauses(name, held[name], viewer.language, figure)) for name in LIBRARY
    }


def _edition(connection: Any, today: date, name: str) -> Edition:
    holding = [row for row in read_versions(connection, name) if row.valid_from <= today][-1]
    return Edition(holding.number, holding.valid_from)

"""People in words: rows of the list, facts of the drawer, stand-ins as both read them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pandas as pd
from babel import Locale
from babel.dates import get_timezone_location

from lib import format as fmt
from lib.access import Viewer
from lib.people.queries import STATES, PersonView
from lib.people.rules import HAND_ROLES, MAPPED
from lib.words import say, term

SHOWN = ("name", "roles", "team", "lead", "state", "signed_in_at", "owned", "backed_up", "stand_in")
_LOCALES = {"en": Locale.parse("en"), "zh-CN": Locale.parse("zh_Hans_CN")}


def role_name(role: str, language: str) -> str:
    return say(language, f"frame-role-{role.replace('_', '-')}")


def labels(language: str) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """The label of a form's field, and the words of a choice that is no person and no role: a language."""
    return (
        lambda name: say(language, f"people-field-{name.replace('_', '-')}"),
        lambda code: say(language, f"frame-language-{code.lower()}"),
    )


def still_holding(rows: pd.DataFrame, language: str) -> list[tuple[int, str]]:
    """Id and sentence of everybody who is switched off and still looks after accounts."""
    return [
        (int(r.id), say(language, "people-still-holds", name=r.name, count=int(r.owned + r.backed_up)))
        for r in rows[rows["state"] == "off"].itertuples()
        if r.owned + r.backed_up
    ]


def role_words(mapped: Iterable[str], by_hand: Iterable[str], language: str) -> str:
    """The roles of a person in one line; those that follow the provider's groups are marked."""
    told = [role_name(role, language) for role in by_hand]
    told += [say(language, "people-role-mapped", role=role_name(role, language)) for role in mapped]
    return fmt.names(told, language)


def in_words(rows: pd.DataFrame, stand_ins: pd.DataFrame, today: date, language: str) -> pd.DataFrame:
    """The list as a reader sees it: SHOWN; signed_in_at stays an instant, owned and backed_up numbers."""
    by_person: dict[int, list[str]] = {}
    for one in stand_ins.itertuples():
        by_person.setdefault(int(one.from_id), []).append(stand_in_of(one, today, language))
    made = rows.copy()
    roles = zip(rows["mapped"], rows["by_hand"], strict=True)
    told = {
        "roles": [role_words(mapped, by_hand, language) for mapped, by_hand in roles],
        "state": [say(language, f"people-state-{state}") for state in rows["state"]],
        "stand_in": ["; ".join(by_person.get(int(i), [])) or None for i in rows["id"]],
    }  # fmt: skip
    for name, column in told.items():
        made[name] = pd.Series(column, index=rows.index, dtype="object")
    return made[list(SHOWN)]


def matching(rows: pd.DataFrame, search: str, role: str, state: str, team: str) -> pd.DataFrame:
    """The rows whose name, e-mail or team holds the text and that fit the filters; "all" filters nothing."""
    wanted = search.strip().casefold()
    kept = [
        wanted in " ".join(str(v) for v in (r.name, r.email, r.team) if isinstance(v, str)).casefold()
        and role in ("all", *r.mapped, *r.by_hand)
        and state in ("all", r.state)
        and team in ("all", r.team)
        for r in rows.itertuples(index=False)
    ]
    return rows[kept]


def last_day(ends_on: date, language: str) -> str:
    """Ends are exclusive in the store and inclusive to readers."""
    return fmt.short_day(ends_on - timedelta(days=1), language)


def stand_in_of(row: Any, today: date, language: str) -> str:
    """ "Zhao Min until 3 Dec", or from when on; seen from the one who is away."""
    until = last_day(row.ends_on, language)
    if row.starts_on <= today:
        return say(language, "people-stand-in-until", name=row.taker, until=until)
    start = fmt.short_day(row.starts_on, language)
    return say(language, "people-stand-in-from", name=row.taker, start=start, until=until)


def stand_in_lines(rows: pd.DataFrame, viewer: Viewer) -> list[str]:
    """The running stand-ins of the viewer, as a line each for the side of the desk."""
    lines = []
    for row in rows.itertuples():
        if row.starts_on > viewer.today:
            continue
        until = last_day(row.ends_on, viewer.language)
        took = int(row.to_id) == viewer.person_id
        message = "people-you-stand-in" if took else "people-stands-in-for-you"
        lines.append(say(viewer.language, message, name=row.giver if took else row.taker, until=until))
    return lines


def stand_in_rows(rows: pd.DataFrame, today: date, language: str) -> pd.DataFrame:
    """giver, taker, starts_on, last_day (dates), state, reason: for an export."""
    made = rows[["giver", "taker", "starts_on", "reason"]].copy()
    last = [day - timedelta(days=1) for day in rows["ends_on"]]
    made["last_day"] = pd.Series(last, index=rows.index, dtype="object")
    told = [_running(day, today, language) for day in rows["starts_on"]]
    made["state"] = pd.Series(told, index=rows.index, dtype="object")
    return made[["giver", "taker", "starts_on", "last_day", "state", "reason"]]


def stand_in_cards(
    rows: pd.DataFrame, today: date, language: str
) -> list[tuple[str, str, str, tuple[int, int]]]:
    """Who for whom, when, why, and (id, version) for taking it back."""
    return [
        (
            say(language, "people-stand-in-who", taker=row.taker, giver=row.giver),
            say(
                language, "people-stand-in-when", state=_running(row.starts_on, today, language),
                start=fmt.day(row.starts_on, language),
                last=fmt.day(row.ends_on - timedelta(days=1), language),
            ),
            row.reason if isinstance(row.reason, str) else "",
            (int(row.id), int(row.version)),
        )
        for row in rows.itertuples()
    ]  # fmt: skip


def _running(starts_on: date, today: date, language: str) -> str:
    return say(language, "people-stand-in-running" if starts_on <= today else "people-stand-in-coming")


def caption(rows: pd.DataFrame, language: str) -> str:
    """How many people there are, and how many of them wait or are off."""
    told = [say(language, "people-count", count=len(rows))]
    for state in ("waiting", "off"):
        if count := int((rows["state"] == state).sum()):
            told.append(say(language, f"people-count-{state}", count=count))
    return " · ".join(told)


def filters(rows: pd.DataFrame, language: str) -> dict[str, dict[str, str]]:
    """The choices beside the search: code -> words, each with "all" first."""
    teams = sorted({team for team in rows["team"] if isinstance(team, str)})
    told = {
        "role": {str(role): role_name(str(role), language) for role in HAND_ROLES},
        "state": {state: say(language, f"people-state-{state}") for state in STATES},
        "team": {team: team for team in teams},
    }
    return {name: {"all": say(language, f"people-all-{name}")} | words for name, words in told.items()}


def facts(person: PersonView, language: str, zone: str) -> list[tuple[str, str]]:
    """Label and value of what the drawer tells about a person."""
    held = say(language, "people-fact-held-value", owned=person.owned, backed=person.backed_up)
    identity = say(language, "people-identity-none" if person.issuer is None else "people-identity-known")
    told = {
        "state": say(language, f"people-state-{person.state}"),
        "email": person.values["email"],
        "team": person.values["team"],
        "lead": person.lead,
        "language": say(language, f"frame-language-{person.values['language'].lower()}"),
        "signed-in": fmt.moment(person.signed_in_at, language, zone) if person.signed_in_at else None,
        "identity": identity,
        "held": held,
    }
    return [(say(language, f"people-fact-{key}"), value or fmt.MISSING) for key, value in told.items()]


def roles_of(person: PersonView, language: str) -> list[tuple[str, str, bool]]:
    """code, words, and whether it may be taken by hand."""
    return [
        (
            role,
            say(language, "people-role-mapped", role=role_name(role, language))
            if set(origins) == {MAPPED} else role_name(role, language),
            set(origins) != {MAPPED},
        )
        for role, origins in person.roles.items()
    ]  # fmt: skip


def uncovered_rows(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """account, tier, owner, backup, missing in words."""
    made = rows[["account", "tier", "owner", "backup"]].copy()
    told = [say(language, f"people-missing-{code}") for code in rows["missing"]]
    made["missing"] = pd.Series(told, index=rows.index, dtype="object")
    return made


def book_rows(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """The book to hand over with its duties in words."""
    made = rows.copy()
    told = [
        fmt.names([say(language, f"people-duty-{d}") for d in duties], language) for duties in rows.duties
    ]
    made["duties"] = pd.Series(told, index=rows.index, dtype="object")
    made["tier"] = [term(language, "tier", tier) if isinstance(tier, str) else None for tier in rows["tier"]]
    return made


@lru_cache(maxsize=4)
def zones(language: str, day: date) -> Mapping[str, str]:
    """zone -> "Shanghai · UTC+8" in the reader's language, by offset on the day, then by name."""
    noon = datetime(day.year, day.month, day.day, 12)
    found: dict[tuple[timedelta, str], str] = {}
    for name in sorted(available_timezones()):
        if "/" not in name or name.startswith(("Etc/", "SystemV/", "US/")):
            continue
        offset = noon.replace(tzinfo=ZoneInfo(name)).utcoffset() or timedelta()
        city = get_timezone_location(name, locale=_LOCALES[language], return_city=True)
        own = get_timezone_location(name, locale=_LOCALES["en"], return_city=True)
        if (offset, city) not in found or name.endswith("/" + own.replace(" ", "_")):
            found[offset, city] = (
                name  # an older name of the same place would be a second line of one wording
            )
    return {name: f"{city} · {_offset(offset)}" for (offset, city), name in sorted(found.items())}


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")

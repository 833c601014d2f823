"""Time zones: where an account is, which hours two places have in common, and when to call. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from lib.countries import code_of

Week = tuple[tuple[int, int, int], ...]  # (weekday, first minute, last minute)
LEAST = timedelta(minutes=30)  # a shorter overlap is no time for a talk

# The zone most companies of a country keep; a country with several is a guess, and said to be one.
COUNTRIES = {
    "AE": "Asia/Dubai", "AR": "America/Argentina/Buenos_Aires", "AT": "Europe/Vienna",
    "AU": "Australia/Sydney", "BE": "Europe/Brussels", "BR": "America/Sao_Paulo", "CA": "America/Toronto",
    "CH": "Europe/Zurich", "CL": "America/Santiago", "CN": "Asia/Shanghai", "CO": "America/Bogota",
    "CZ": "Europe/Prague", "DE": "Europe/Berlin", "DK": "Europe/Copenhagen", "EG": "Africa/Cairo",
    "ES": "Europe/Madrid", "FI": "Europe/Helsinki", "FR": "Europe/Paris", "GB": "Europe/London",
    "GR": "Europe/Athens", "HK": "Asia/Hong_Kong", "HU": "Europe/Budapest", "ID": "Asia/Jakarta",
    "IE": "Europe/Dublin", "IL": "Asia/Jerusalem", "IN": "Asia/Kolkata", "IT": "Europe/Rome",
    "JP": "Asia/Tokyo", "KE": "Africa/Nairobi", "KR": "Asia/Seoul", "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur", "NG": "Africa/Lagos", "NL": "Europe/Amsterdam", "NO": "Europe/Oslo",
    "NZ": "Pacific/Auckland", "PE": "America/Lima", "PH": "Asia/Manila", "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon", "RO": "Europe/Bucharest", "SA": "Asia/Riyadh", "SE": "Europe/Stockholm",
    "SG": "Asia/Singapore", "TH": "Asia/Bangkok", "TR": "Europe/Istanbul", "TW": "Asia/Taipei",
    "UA": "Europe/Kyiv", "US": "America/New_York", "VN": "Asia/Ho_Chi_Minh", "ZA": "Africa/Johannesburg",
}  # fmt: skip
WEST = ("America/Chicago", "America/Denver", "America/Los_Angeles", "America/Vancouver",
        "Australia/Perth", "Pacific/Honolulu")  # fmt: skip
# Cities whose country has several zones; others follow the country.
CITIES = {
    "seattle": "America/Los_Angeles", "los angeles": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles", "portland": "America/Los_Angeles",
    "san diego": "America/Los_Angeles", "dallas": "America/Chicago", "chicago": "America/Chicago",
    "houston": "America/Chicago", "austin": "America/Chicago", "denver": "America/Denver",
    "toronto": "America/Toronto", "vancouver": "America/Vancouver", "new york": "America/New_York",
    "boston": "America/New_York", "perth": "Australia/Perth",
}  # fmt: skip
CHOICES = tuple(sorted({*COUNTRIES.values(), *WEST}))


def zone_of(zone: str | None, country: str | None, city: str | None) -> str | None:
    """The account's own zone, else what its city or country suggests; None where nothing is known."""
    if zone:
        return zone
    by_city = CITIES.get((city or "").strip().lower())
    return by_city or COUNTRIES.get(code_of(country) or "")


def office(start: int, end: int) -> Week:
    """Monday to Friday between two hours."""
    return tuple((day, start * 60, end * 60) for day in range(5))


def week_of(hours: Mapping[str, Sequence[int]] | None, usual: Week) -> Week:
    """A person's stored hours; the usual ones where they gave none."""
    if not hours:
        return usual
    return tuple((int(day), int(span[0]), int(span[1])) for day, span in sorted(hours.items()))


@lru_cache(maxsize=4096)
def overlap(mine: Week, my_zone: str, theirs: Week, their_zone: str, monday: date) -> float:
    """Hours in common in the week that begins on a Monday; summer time is that of the week."""
    spans = _common(mine, my_zone, theirs, their_zone, monday, 7)
    return sum((end - start).total_seconds() for start, end in spans) / 3600


def next_slot(
    mine: Week, my_zone: str, theirs: Week, their_zone: str, after: datetime
) -> tuple[datetime, datetime] | None:
    """The next time from `after` on in which both work, at least half an hour of it, within two weeks."""
    day = after.astimezone(ZoneInfo(my_zone)).date()
    monday = day - timedelta(days=day.weekday())
    for start, end in _common(mine, my_zone, theirs, their_zone, monday, 21):
        begun = max(start, after)
        if end - begun >= LEAST:
            return begun, end
    return None


def _common(
    mine: Week, my_zone: str, theirs: Week, their_zone: str, monday: date, days: int
) -> list[tuple[datetime, datetime]]:
    """The instants in which both work, in order. Their week is walked a day further at both ends: across the
    date line a Friday there is a Saturday here."""
    ours = _spans(mine, my_zone, monday, 0, days)
    others = _spans(theirs, their_zone, monday, -1, days + 1)
    found = []
    for start, end in ours:
        for begin, stop in others:
            first, last = max(start, begin), min(end, stop)
            if first < last:
                found.append((first, last))
    return sorted(found)


def _spans(week: Week, zone: str, monday: date, first: int, last: int) -> list[tuple[datetime, datetime]]:
    place, utc = ZoneInfo(zone), ZoneInfo("UTC")
    by_day = {day: (start, end) for day, start, end in week}
    made = []
    for offset in range(first, last):
        day = monday + timedelta(days=offset)
        if day.weekday() in by_day:
            start, end = by_day[day.weekday()]
            noon = datetime.combine(day, time(), place)
            made.append(tuple((noon + timedelta(minutes=m)).astimezone(utc) for m in (start, end)))
    return made  # type: ignore[return-value]

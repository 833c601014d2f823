"""The windows the policy foresees: seasons, ends of fiscal quarters, the anniversary. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lib.money import to_minor
from lib.offers.rules import KINDS, midnight, next_day_of_year, quarter_ends
from lib.policy.season import coming


def windows_ahead(
    season: Mapping[str, Any], offers: Mapping[str, Any], today: date, zone: str
) -> list[dict[str, Any]]:
    """The next window of each kind, as a form would send it; ends are the midnight after the last day."""
    held, made = offers["calendar"], []
    shared = {"zone": zone, "rate": Decimal(held["usual_rate"])}
    for window in coming(season, today):
        kind = window.code if window.code in KINDS else "season"
        budget = to_minor(window.budget, window.currency)
        made.append(
            shared | {"code": f"{window.code}_{window.ends_on.year}", "kind": kind,
                      "name_en": f"{window.name_en} {window.ends_on.year}",
                      "name_zh": f"{window.ends_on.year} {window.name_zh}", "apply_from": window.apply_from,
                      "opens": midnight(window.starts_on), "closes": midnight(window.ends_on),
                      "budget_minor": budget, "currency": window.currency}
        )  # fmt: skip
    for last in quarter_ends(today, held["fiscal_first_month"]):
        number = (last.month - held["fiscal_first_month"]) % 12 // 3 + 1
        made.append(
            shared | _around(last, held["quarter_end_days"] - 1, 0, held["apply_days_before"]) |
            {"code": f"quarter_end_{last.year}_{last.month:02d}", "kind": "quarter_end",
             "name_en": f"Q{number} end, {last:%B %Y}",
             "name_zh": f"{last.year} 年 {last.month} 月季末（Q{number}）"}
        )  # fmt: skip
    day = next_day_of_year(today, held["anniversary_month"], held["anniversary_day"])
    made.append(
        shared | _around(day, held["anniversary_days"], held["anniversary_days"], held["apply_days_before"]) |
        {"code": f"anniversary_{day.year}", "kind": "anniversary", "name_en": f"Anniversary {day.year}",
         "name_zh": f"{day.year} 周年庆"}
    )  # fmt: skip
    return made


def _around(day: date, before: int, after: int, apply_before: int) -> dict[str, Any]:
    first = day - timedelta(days=before)
    return {"apply_from": first - timedelta(days=apply_before), "opens": midnight(first),
            "closes": midnight(day + timedelta(days=after + 1))}  # fmt: skip

"""What changes of subscriptions say: the lines of a preview, of the list, of availability; pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lib import format as fmt
from lib.subscriptions.rules import Downgrade, Preview, Proration, Refund, Running, Uptime
from lib.words import say


def reminder(effective_on: date, language: str) -> str:
    return say(language, "changes-reminder", day=fmt.day(effective_on, language))


def running_name(row: Running, language: str) -> str:
    """A running period in one line: product, plan, seats and ARR."""
    seats = say(language, "changes-seats", count=row.seats) if row.seats is not None else ""
    arr = say(language, "changes-arr", amount=fmt.money(row.arr_minor, row.currency, language))
    return " · ".join(part for part in (row.product, row.plan, seats, arr) if part)


def preview_lines(found: Preview, language: str) -> list[tuple[str, str]]:
    """Label and value of everything a change comes to, in the order it is worked out."""
    made, currency = found.made, found.running.currency
    said = _SAID[type(made)](made, currency, language)
    if not isinstance(made, Refund):
        said.insert(0, ("cycle", say(
            language, "changes-cycle-days", first=fmt.day(found.running.cycle.starts_on, language),
            end=fmt.day(found.running.cycle.ends_on, language), days=found.running.cycle.days,
        )))  # fmt: skip
    return [(say(language, f"changes-line-{name}"), value) for name, value in said]


def _proration(made: Proration, currency: str, language: str) -> list[tuple[str, str]]:
    part = say(
        language, f"changes-part-{made.part.convention.replace('_', '-')}", above=made.part.numerator,
        below=made.part.denominator, factor=fmt.number(made.part.factor, language, 6),
    )  # fmt: skip
    amounts = ("old-cycle", made.old_cycle_minor), ("new-cycle", made.new_cycle_minor)
    rest = ("credit", made.credit_minor), ("charge", made.charge_minor), ("due", made.due_minor)
    said = [(name, fmt.money(minor, currency, language)) for name, minor in amounts]
    return [*said, ("part", part), *((name, fmt.money(minor, currency, language)) for name, minor in rest)]


def _downgrade(made: Downgrade, currency: str, language: str) -> list[tuple[str, str]]:
    days = fmt.names([fmt.day(day, language) for day in made.reminders], language)
    return [("effective", fmt.day(made.effective_on, language)), ("reminders", days),
            ("due", fmt.money(0, currency, language))]  # fmt: skip


def _refund(made: Refund, currency: str, language: str) -> list[tuple[str, str]]:
    return [("why", say(language, f"changes-why-{str(made.why).replace('_', '-')}")),
            ("last-day", fmt.day(made.last_day, language)),
            ("back", fmt.money(made.amount_minor, currency, language))]  # fmt: skip


_SAID = {Proration: _proration, Downgrade: _downgrade, Refund: _refund}


def change_line(row: Mapping[str, Any], language: str) -> tuple[str, str]:
    """One change made or planned: what and when, and the money."""
    kind = say(language, f"changes-kind-{row['kind']}")
    status = say(language, f"changes-status-{row['status']}")
    day = fmt.day(row["effective_on"], language)
    what = say(language, "changes-row", kind=kind, product=row["product"] or "", day=day, status=status)
    arrs = [fmt.money(int(row[f"{age}_arr_minor"]), row["currency"], language) for age in ("old", "new")]
    if row["kind"] == "refund":
        return what, say(language, "changes-row-refund",
                         amount=fmt.money(-int(row["due_minor"]), row["currency"], language))  # fmt: skip
    due = fmt.money(int(row["due_minor"]), row["currency"], language)
    return what, say(language, "changes-row-arr", old=arrs[0], new=arrs[1], due=due)


def outage_line(row: Mapping[str, Any], language: str, zone: str) -> tuple[str, str]:
    """One outage: from when and for how long, and what it moved."""
    began = fmt.moment(row["started_at"], language, zone)
    hours = fmt.number(row["hours"], language, 1 if row["hours"] % 1 else 0)
    what = say(language, "changes-outage-row", began=began, hours=hours)
    days = int(row["days"])
    return what, say(language, "changes-outage-extended" if days else "changes-outage-reported", days=days)


def month_line(found: Uptime, language: str) -> tuple[str, str, bool]:
    """Month, availability, and whether the promise was kept."""
    share = fmt.percent(found.share, language, 2)
    said = say(language, "changes-uptime-kept" if found.kept else "changes-uptime-missed", share=share)
    return fmt.month(found.month, language), said, found.kept

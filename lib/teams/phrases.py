"""The team in words of the reader's language: rows of the lists, facts, reasons of a proposal."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from lib import format as fmt
from lib.health import rules as health
from lib.teams import fields, rules
from lib.teams.proposals import Pick, Proposal
from lib.words import say, term

STAFF = ("name", "roles", "level", "review", "load", "share", "state", "below", "csat", "goals",
         "contributions")  # fmt: skip
EXPORTED = (*STAFF, "team", "owned", "backed_up", "certificates", "learning", "hours", "zone")
ASSIGN = ("account", "tier", "missing", "now", "owner", "why_owner", "backup", "why_backup")
REQUESTS = ("title", "ask", "department", "account", "owner", "due", "state", "raiser")


def level(code: str | None, language: str) -> str:
    return say(language, f"team-level-{code}") if code in rules.LEVELS else say(language, "team-level-none")


def staff_rows(rows: pd.DataFrame, capacity: int, language: str) -> pd.DataFrame:
    """EXPORTED in words, one row a person."""
    made = [
        {
            "name": r.name, "roles": _roles(r.roles, language), "level": level(r.level, language),
            "review": _review(r, language), **_load(r, capacity, language),
            "below": say(language, "team-below", count=int(r.below)) if r.below else None,
            "csat": csat(r, language),
            "goals": say(language, "team-goals-told", open=int(r.goals_open), met=int(r.goals_met),
                         missed=int(r.goals_missed)),
            "contributions": fmt.number(r.contributions, language), "team": r.team,
            "owned": fmt.number(r.owned, language), "backed_up": fmt.number(r.backed_up, language),
            "certificates": fmt.number(r.certificates, language),
            "learning": fmt.number(r.learning_hours, language, 0),
            "hours": fmt.number(r.hours_a_week, language, 0), "zone": fmt.place(r.zone, language),
        }
        for r in rows.itertuples(index=False)
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(EXPORTED), dtype="object")


def _roles(roles: Any, language: str) -> str:
    return fmt.names([say(language, f"frame-role-{role.replace('_', '-')}") for role in roles], language)


def _load(row: Any, capacity: int, language: str) -> dict[str, str | None]:
    """Nothing for somebody who neither keeps a book nor could."""
    if not row.points and not row.keeps:
        return {"load": None, "share": None, "state": None}
    return {
        "load": say(language, "team-load", points=fmt.number(row.points, language, 1),
                    capacity=fmt.number(capacity, language)),
        "share": fmt.percent(row.share, language, 1), "state": say(language, f"team-state-{row.state}"),
    }  # fmt: skip


def load_line(load: rules.Load | None, language: str) -> str:
    """What somebody carries, in one line; nothing is said of people of another team."""
    if load is None:
        return fmt.MISSING
    return say(language, "team-load-share", points=fmt.number(float(load.points), language, 1),
               share=fmt.percent(float(load.share), language, 1),
               state=say(language, f"team-state-{load.state}"))  # fmt: skip


def _review(row: Any, language: str) -> str | None:
    if row.review_on is None or row.review_on != row.review_on:
        return None
    day = fmt.day(row.review_on, language)
    return say(language, "team-review-due", day=day) if row.is_due else day


def csat(row: Any, language: str) -> str:
    """4.3 of 5 from 12 answers, or that there are too few."""
    count = int(row.answers)
    if row.csat is None or row.csat != row.csat:
        return say(language, "team-csat-few", count=count)
    return say(language, "team-csat", score=fmt.number(row.csat, language, 1), count=count)


def caption(rows: pd.DataFrame, language: str) -> str:
    over = int((rows["state"] == "over").sum()) if len(rows) else 0
    told = [say(language, "team-count", count=len(rows))]
    if over:
        told.append(say(language, "team-count-over", count=over))
    return " · ".join(told)


def why(pick: Pick, language: str) -> str:
    """The parts a proposal's score was made of, ties and what speaks against it."""
    parts = [
        say(language, "team-why-score", score=fmt.number(pick.score, language, 1)),
        say(language, "team-why-share", share=fmt.percent(pick.share, language, 1)),
        say(language, "team-why-level", level=level(pick.level, language)),
        say(language, "team-why-speaks" if pick.speaks else "team-why-mute"),
        say(language, "team-why-zone-unknown") if pick.hours is None
        else say(language, "team-why-hours", hours=fmt.number(pick.hours, language, 0)),
    ]  # fmt: skip
    if pick.tied:
        parts.append(say(language, "team-why-tied", names=fmt.names(list(pick.tied), language)))
    parts += [say(language, f"team-flag-{flag}") for flag in pick.flags if flag != "unrated"]
    return say(language, "team-list-comma").join(parts)


def assign_rows(
    found: list[tuple[Proposal, str | None, str | None]], language: str, missing: Mapping[int, str]
) -> pd.DataFrame:
    """ASSIGN in words, one row an account that lacks somebody."""
    nobody = say(language, "team-nobody-fits")

    def told(pick: Pick | None, held: str | None, needed: bool) -> tuple[str | None, str | None]:
        if pick is not None:
            return pick.name, why(pick, language)
        return (None, None) if held or not needed else (nobody, None)

    made = []
    for one, owner, backup in found:
        first = told(one.owner, owner, True)
        second = told(one.backup, backup, one.need.is_vip)
        now = [say(language, f"team-held-{duty}", name=name)
               for duty, name in (("owner", owner), ("backup", backup)) if name]  # fmt: skip
        made.append({
            "account": one.need.name, "tier": term(language, "tier", one.need.tier or ""),
            "missing": say(language, f"people-missing-{missing[one.need.id]}"),
            "now": say(language, "team-list-comma").join(now) or None, "owner": first[0],
            "why_owner": first[1], "backup": second[0], "why_backup": second[1],
        })  # fmt: skip
    return pd.DataFrame(made, columns=list(ASSIGN), dtype="object")


def request_rows(rows: pd.DataFrame, today: date, language: str) -> pd.DataFrame:
    """REQUESTS in words."""
    made = [
        {
            "title": r.title, "ask": say(language, f"team-ask-{r.kind}"),
            "department": say(language, f"team-department-{r.department}"),
            "account": r.account, "owner": r.owner, "due": due(r, today, language),
            "state": say(language, f"team-request-{r.state}"), "raiser": r.raiser,
        }
        for r in rows.itertuples(index=False)
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(REQUESTS), dtype="object")


def answered(rows: pd.DataFrame, language: str) -> str:
    """How many suggestions have an answer; empty where there are none."""
    mine = rows[rows["kind"] == "suggestion"]
    if mine.empty:
        return ""
    done = int(mine["answer"].notna().sum())
    return say(language, "team-suggestions-answered", count=done, of=len(mine))


def request_line(row: Any, today: date, language: str) -> tuple[str, str]:
    """What was asked of whom, and its state with the due date."""
    what = say(language, "team-request-task", department=say(language, f"team-department-{row.department}"),
               title=row.title)  # fmt: skip
    state = say(language, f"team-request-{row.state}")
    return f"{what} · {row.owner}", f"{state} · {due(row, today, language)}"


def due(row: Any, today: date, language: str) -> str:
    day = fmt.day(row.due_on, language)
    if row.is_late:
        return say(language, "team-request-late", day=day, count=(today - row.due_on).days)
    return day


def request_facts(row: Any, today: date, language: str) -> list[tuple[str, str]]:
    told = {
        "ask": say(language, f"team-ask-{row.kind}"),
        "department": say(language, f"team-department-{row.department}"), "account": row.account,
        "raiser": row.raiser, "owner": row.owner, "due": due(row, today, language),
        "state": say(language, f"team-request-{row.state}"),
    }  # fmt: skip
    return [(say(language, f"team-col-{name}"), value or fmt.MISSING) for name, value in told.items()]


def _step(row: Any, language: str, zone: str) -> str:
    state, when = say(language, f"team-request-{row.state}"), fmt.moment(row.happened_at, language, zone)
    return say(language, "team-step", state=state, name=row.by, when=when)


def steps(rows: pd.DataFrame, language: str, zone: str) -> list[str]:
    return [
        fmt.labelled(told, r.comment, language) if isinstance(r.comment, str) else told
        for r, told in ((r, _step(r, language, zone)) for r in rows.itertuples(index=False))
    ]  # fmt: skip


def ageing_rows(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """state, now, median, longest, slow in words."""
    made = [
        {
            "state": say(language, f"team-request-{r.state}"), "now": fmt.number(r.now, language),
            "median": _days(r.median_days, language), "longest": _days(r.longest_days, language),
            "slow": fmt.number(r.slow, language),
        }
        for r in rows.itertuples(index=False, name="Step")
    ]  # fmt: skip
    return pd.DataFrame(made, columns=["state", "now", "median", "longest", "slow"], dtype="object")


def _days(value: float | None, language: str) -> str | None:
    if value is None or value != value:
        return None
    return say(language, "team-days", days=fmt.number(value, language, 1))


def facts(member: Any, language: str) -> list[tuple[str, str]]:
    """Label and value of what the drawer tells about somebody."""
    row = pd.Series(member.row)
    told = {
        "level": level(row.level, language),
        "review": _review(row, language),
        "load": say(language, "team-load-share", points=fmt.number(row.points, language, 1),
                    share=fmt.percent(row.share, language, 1),
                    state=say(language, f"team-state-{row.state}")),
        "csat": csat(row, language),
        "goals": say(language, "team-goals-told", open=int(row.goals_open), met=int(row.goals_met),
                     missed=int(row.goals_missed)),
        "learning": say(language, "team-learning-told", hours=fmt.number(row.learning_hours, language, 0),
                        count=int(row.certificates)),
        "contributions": fmt.number(row.contributions, language),
        "languages": say(language, f"team-languages-{_code(member.languages)}"),
        "zone": fmt.place(row.zone, language),
    }  # fmt: skip
    pairs = [(say(language, f"team-fact-{name}"), value or fmt.MISSING) for name, value in told.items()]
    return pairs + week(member.hours, language)


def _code(languages: str | None) -> str:
    return (languages or "none").replace(",", "-").lower()


def week(hours: Mapping[str, Any] | None, language: str) -> list[tuple[str, str]]:
    """Each weekday with its hours; that none were given is said in one line."""
    if not hours:
        return [(say(language, "team-fact-hours"), say(language, "team-hours-usual"))]
    return [
        (say(language, f"team-day-{day}"), fields.as_text(hours[day]).replace("-", "–"))
        for day in rules.DAYS
        if day in hours
    ]


def history(rows: pd.DataFrame, language: str) -> list[str]:
    return [
        say(language, "team-history-line", day=fmt.day(r.decided_on, language),
            level=level(r.level, language), basis=say(language, f"team-basis-{r.basis}"), by=r.by,
            reason=r.reason)
        for r in rows.itertuples(index=False)
    ]  # fmt: skip


def record(row: Any, language: str) -> str:
    kind = say(language, f"team-record-{row.kind}")
    told = say(language, "team-record-line", kind=kind, title=row.title, day=fmt.day(row.on_day, language))
    if row.kind == rules.WIN:
        return fmt.labelled(told, row.reason, language)
    if row.minutes and row.minutes == row.minutes:
        told += " · " + say(language, "team-hours-count", hours=fmt.number(row.minutes / 60, language, 0))
    if isinstance(row.expires_on, date):
        told += " · " + say(language, "team-record-until", day=fmt.day(row.expires_on, language))
    return told


def goal(row: Any, language: str) -> str:
    return say(language, "team-goal-line", title=row.title, state=say(language, f"team-goal-{row.state}"),
               day=fmt.day(row.due_on, language), measure=row.measure or fmt.MISSING)  # fmt: skip


def book_rows(
    book: pd.DataFrame, beyond: tuple[int, ...], zone: str, least: int, language: str
) -> pd.DataFrame:
    """account, zone, overlap, slot, template: the hours in common and the next time to call, in the person's
    own zone; template marks what an over-full book could leave to automated messages."""
    made = [
        {
            "account": r.account,
            "zone": fmt.place(r.zone, language) if r.zone else say(language, "team-zone-unknown"),
            "overlap": None if r.overlap is None else say(
                language, "team-overlap-few" if r.overlap < least else "team-overlap",
                hours=fmt.number(r.overlap, language, 0)),
            "slot": slot(r.slot_start, r.slot_end, zone, language),
            "template": say(language, "team-template") if r.account_id in beyond else None,
        }
        for r in book.itertuples(index=False)
    ]  # fmt: skip
    return pd.DataFrame(made, columns=["account", "zone", "overlap", "slot", "template"], dtype="object")


def slot(start: datetime | None, end: datetime | None, zone: str, language: str) -> str | None:
    if not isinstance(start, datetime):
        return None
    place = ZoneInfo(zone)
    return f"{fmt.moment(start, language, zone)}–{end.astimezone(place):%H:%M}"


def brief_rows(
    rows: pd.DataFrame, limits: health.Limits, today: date, zone: str, language: str
) -> pd.DataFrame:
    """account, contract, health, alerts, promises, touch, step in words: the handover brief."""
    made = []
    for r in rows.itertuples(index=False):
        band = health.band(r.score, limits)
        word = say(language, f"status-{str(band).replace('_', '-')}")
        made.append({
            "account": r.account, "contract": _contract(r, today, language),
            "health": word if r.score is None else f"{word} · {fmt.number(r.score, language, 1)}",
            "alerts": fmt.names([say(language, f"status-{one}") for one in r.alerts], language)
            if r.alerts else None,
            "promises": say(language, "team-brief-promise", count=int(r.promises), what=r.first_promise,
                            day=fmt.day(r.first_due, language)) if r.promises else None,
            "touch": f"{fmt.moment(r.touched_at, language, zone)} · {r.touch}" if r.touch else None,
            "sponsor": r.sponsor, "step": say(language, f"team-next-{r.step}"),
        })  # fmt: skip
    columns = ["account", "step", "contract", "health", "alerts", "promises", "touch", "sponsor"]
    return pd.DataFrame(made, columns=columns, dtype="object")


def _contract(row: Any, today: date, language: str) -> str | None:
    if row.ends_on is None:
        return None
    money = fmt.money(row.arr_minor, row.currency, language) if row.arr_minor else fmt.MISSING
    told = say(language, "team-brief-contract", arr=money, day=fmt.day(row.ends_on, language),
               left=fmt.in_days(row.ends_on, today, language))  # fmt: skip
    if row.notice_on is None:
        return told
    return told + " · " + say(language, "team-brief-notice", day=fmt.day(row.notice_on, language))

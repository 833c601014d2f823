"""What each form of the team's page asks for, and the command that takes the answer; nothing is drawn."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from lib.access import Viewer
from lib.accounts.fields import Field, Sheet
from lib.teams import fields, queries, records, requests, rules, staff
from lib.teams.queries import Member
from lib.words import say

Raw = dict[str, Any]


def _words(viewer: Viewer, **kinds: tuple[str, ...]) -> dict[str, str]:
    """code -> words of choices: `kind` is the middle of the message id."""
    return {
        code: say(viewer.language, f"team-{kind}-{code}") for kind, codes in kinds.items() for code in codes
    }


def set_level(viewer: Viewer, member: Member, key: str) -> Sheet:
    def act(raw: Raw) -> int:
        return staff.set_level(viewer, member.id, raw["level"], raw["basis"], raw["reason"] or "",
                               raw["review_on"], key)  # fmt: skip

    words = _words(viewer, level=rules.LEVELS, basis=rules.BASES)
    start = {"level": member.row["level"] or rules.LEVELS[0], "basis": rules.BASES[0]}
    return Sheet("team-set-level", "team-level-set", fields.LEVEL, start, act, words)


def describe(viewer: Viewer, member: Member, zones: Mapping[str, str]) -> Sheet:
    def act(raw: Raw) -> None:
        given = (raw["languages"], raw["zone"], fields.hours_of(raw))
        if member.id == viewer.person_id:
            return staff.describe_own(viewer, *given)
        return staff.describe(viewer, member.id, *given)

    asked = (
        Field("languages", "choice", choices=fields.LANGUAGES),
        Field("zone", "choice", choices=tuple(zones)),
        *fields.WEEK,
    )
    start = {f"day_{day}": fields.as_text(span) for day, span in (member.hours or {}).items()}
    words = {code: say(viewer.language, f"team-languages-{code.replace(',', '-').lower()}")
             for code in fields.LANGUAGES}  # fmt: skip
    values = start | {"languages": member.languages, "zone": member.zone}
    return Sheet("team-describe", "team-described", asked, values, act, words | dict(zones))


def note_record(viewer: Viewer, member: Member, key: str) -> Sheet:
    def act(raw: Raw) -> int:
        if member.id == viewer.person_id:
            return staff.note_own_record(viewer, key, raw)
        return staff.note_record(viewer, member.id, key, raw)

    words = _words(viewer, record=rules.RECORDS)
    return Sheet("team-note-record", "team-record-noted", fields.RECORD, {"on_day": viewer.today}, act, words)


def name_win(viewer: Viewer, member: Member, key: str) -> Sheet:
    return Sheet("team-name-win", "team-win-named", fields.WIN, {"on_day": viewer.today},
                 lambda raw: staff.name_win(viewer, member.id, key, raw))  # fmt: skip


def set_goal(viewer: Viewer, member: Member, key: str) -> Sheet:
    start = {"due_on": viewer.today + timedelta(days=90)}
    return Sheet("team-set-goal", "team-goal-set", fields.GOAL, start,
                 lambda raw: staff.set_goal(viewer, member.id, key, raw))  # fmt: skip


def settle_goal(viewer: Viewer, member: Member) -> Sheet:
    def act(raw: Raw) -> int:
        goal = next(g for g in member.goals.itertuples() if str(g.id) == raw["goal"])
        return staff.settle_goal(viewer, int(goal.id), int(goal.version), raw["state"])

    titles = {str(g.id): f"{g.title} · {say(viewer.language, f'team-goal-{g.state}')}"
              for g in member.goals.itertuples()}  # fmt: skip
    asked = (Field("goal", "choice", required=True, choices=tuple(titles)), fields.STATE)
    words = _words(viewer, goal=rules.GOAL_STATES)
    return Sheet("team-settle-goal", "team-goal-settled", asked, {"state": "met"}, act, titles | words)


def raise_request(viewer: Viewer, key: str, account: int | None = None) -> Sheet:
    """For an account with what it has of quotes and cases, or for none."""

    def act(raw: Raw) -> int:
        owner, source = int(raw.pop("owner")), raw.pop("source", None) or ""
        kind, _, row_id = source.partition(":")
        return requests.raise_request(
            viewer, key, raw, owner, account, **({kind: int(row_id)} if kind else {})
        )

    people = {str(i): name for i, name in records.possible_owners(viewer).items()}
    asked = [*fields.REQUEST, Field("owner", "choice", required=True, choices=tuple(people))]
    words = people | _words(viewer, department=rules.DEPARTMENTS, ask=rules.ASKS)
    if account is not None:
        found = records.sources(viewer, account)
        names = {f"{kind}:{i}": say(viewer.language, f"team-source-{kind}", title=title)
                 for kind, titles in found.items() for i, title in titles.items()}  # fmt: skip
        asked.append(Field("source", "choice", choices=tuple(names)))
        words |= names
    days = queries.due_days(viewer)
    start = {"due_on": viewer.today + timedelta(days=days), "ask": rules.ASKS[0]}
    return Sheet("team-raise-request", "team-request-raised", tuple(asked), start, act, words)


def move_request(viewer: Viewer, row: Any) -> Sheet:
    targets = rules.moves_from(row.state)
    target = Field("target", "choice", required=True, choices=targets)
    asked = (target, fields.ANSWER[1])
    words = {code: say(viewer.language, f"team-move-{code}") for code in targets}

    def act(raw: Raw) -> int:
        return requests.move_request(viewer, int(row.id), int(row.version), raw["target"], raw["comment"])

    start = {"target": targets[0] if targets else None}
    return Sheet("team-move-request", "team-request-moved", asked, start, act, words)


def reassign_request(viewer: Viewer, row: Any) -> Sheet:
    people = {str(i): name for i, name in records.possible_owners(viewer).items()}
    asked = (Field("owner", "choice", required=True, choices=tuple(people)), Field("due_on", "day"))
    start = {"owner": str(row.owner_id), "due_on": None if row.is_late else row.due_on}
    return Sheet(
        "team-reassign-request", "team-request-reassigned", asked, start,
        lambda raw: requests.reassign_request(viewer, int(row.id), int(row.version), int(raw["owner"]),
                                              raw["due_on"]),
        people,
    )  # fmt: skip


def write_meeting(viewer: Viewer, key: str) -> Sheet:
    return Sheet("team-write-meeting", "team-meeting-written", fields.MEETING, {"held_on": viewer.today},
                 lambda raw: requests.write_meeting(viewer, key, raw))  # fmt: skip

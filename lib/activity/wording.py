"""The sentences an account manager reads about an alert, built from its stored numbers; pure."""

from typing import Any

from lib import format as fmt
from lib.activity.rules import OF_ACTIVITY, AlertKind
from lib.signals import wording as signals
from lib.words import say, term

NAMED_PEOPLE = 2


def sentence(language: str, kind: str, numbers: dict[str, Any]) -> str:
    """The whole finding: fall against own past and cohort, who fell, the rest of the team, how long."""
    if kind not in OF_ACTIVITY:
        return signals.sentence(language, kind, numbers)
    if kind == AlertKind.ONBOARDING:
        return say(language, "activity-onboarding-sentence", **_onboarding(language, numbers))
    parts = [_team(language, numbers)]
    if numbers.get("named") and numbers.get("regular"):
        parts.append(_people(language, numbers))
    if kind == AlertKind.ACTIVITY and numbers.get("named") and numbers.get("users"):
        parts.append(_rest(language, numbers))
    if kind == AlertKind.ACTIVITY and numbers.get("named") is False:
        parts.append(say(language, "activity-without-names"))
    if numbers.get("weeks_low") is not None:
        parts.append(say(language, "activity-weeks-low", weeks=numbers["weeks_low"]))
    return ("" if language == "zh-CN" else " ").join(parts)


def short(language: str, kind: str, numbers: dict[str, Any]) -> str:
    """One line for a list."""
    if kind not in OF_ACTIVITY:
        return signals.short(language, kind, numbers)
    if kind == AlertKind.ONBOARDING:
        return say(language, "activity-onboarding-short", **_onboarding(language, numbers))
    values = {"below": below(language, numbers), "observed": _whole(language, numbers.get("observed")),
              "expected": _whole(language, numbers.get("expected"))}  # fmt: skip
    if numbers.get("named") and numbers.get("regular"):
        values |= {"down": numbers["down"], "regular": numbers["regular"]}
        return say(language, "activity-short-named", **values)
    return say(language, "activity-short", **values)


def title(language: str, kind: str, account: str, numbers: dict[str, Any]) -> str:
    """The finding as a page title."""
    if kind not in OF_ACTIVITY:
        return signals.title(language, kind, account)
    if kind == AlertKind.ONBOARDING:
        return say(language, "activity-title-onboarding", account=account)
    return say(language, "activity-title", account=account, below=below(language, numbers))


def below(language: str, numbers: dict[str, Any]) -> str:
    """How far below the expected activity: ratio 0.52 -> 48%."""
    ratio = numbers.get("ratio")
    return fmt.percent(None if ratio is None else max(1 - ratio, 0), language, 0)


def change(language: str, observed: float, expected: float) -> str:
    """A user's change against what was expected: −97%."""
    if not expected:
        return fmt.MISSING
    return fmt.signed_percent(observed / expected - 1, language, 0)


def _team(language: str, numbers: dict[str, Any]) -> str:
    cohort = [term(language, name, numbers[name]) for name in ("region", "industry") if numbers.get(name)]
    values = {
        "below": below(language, numbers),
        "observed": numbers.get("observed") or 0,
        "expected": _whole(language, numbers.get("expected")),
    }
    if not cohort:
        return say(language, "activity-team", **values)
    joint = "、" if language == "zh-CN" else ", "
    return say(language, "activity-team-cohort", cohort=joint.join(cohort), **values)


def _people(language: str, numbers: dict[str, Any]) -> str:
    fallen = [user for user in numbers.get("users", []) if user["down"]]
    values = {"down": numbers["down"], "regular": numbers["regular"]}
    if not fallen:
        return say(language, "activity-people", **values)
    told = [
        say(language, "activity-person", name=user["name"], observed=user["observed"],
            expected=_whole(language, user["expected"]))
        for user in fallen[:NAMED_PEOPLE]
    ]  # fmt: skip
    joint = "、" if language == "zh-CN" else ", "
    more = "…" if len(fallen) > NAMED_PEOPLE else ""
    listed = joint.join(told) + (joint + more if more else "")
    return say(language, "activity-people-named", names=listed, **values)


def _rest(language: str, numbers: dict[str, Any]) -> str:
    rest = fmt.percent(max(1 - numbers["rest"], 0), language, 0)
    return say(language, "activity-rest", name=numbers["users"][0]["name"], below=rest)


def _onboarding(language: str, numbers: dict[str, Any]) -> dict[str, Any]:
    return {
        "day": numbers.get("day_of_life", 0),
        "observed": _whole(language, numbers.get("observed")),
        "expected": _whole(language, numbers.get("expected")),
        "seats": numbers.get("seats", 0),
    }


def _whole(language: str, value: float | None) -> str:
    return fmt.number(value, language)

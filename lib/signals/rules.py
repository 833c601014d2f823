"""Signs of trouble beside activity, decided from values: when each holds, its level and its numbers. Pure.

Kinds: a VIP's case nobody answered, purchases at longer intervals, a rejected request, other suppliers
in play before a renewal, a downgrade asked for, features not taken up. None is a critical alert: only a
fading team is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from lib.activity.rules import AlertKind, Level
from lib.errors import Invalid
from lib.renewals.rules import LOST_REASONS

KINDS = (AlertKind.CASE, AlertKind.INTERVAL, AlertKind.REJECTION, AlertKind.RIVALS, AlertKind.DOWNGRADE,
         AlertKind.ACTIVATION)  # fmt: skip
NAMES_MAX, COMMENT_MAX, MOST_SUPPLIERS = 1000, 1000, 50
# The survey after a loss: what may be answered, each left out while nobody asked.
ANSWERS: dict[str, tuple[str, ...]] = {
    "kept_by": ("lower_price", "function", "service", "training", "nothing"),
    "returns": ("yes", "maybe", "no"), "rating": ("1", "2", "3", "4", "5"),
}  # fmt: skip
RIVAL_MAX = 255
_SEVERITY = {Level.HIGH: 60.0, Level.MEDIUM: 40.0}


@dataclass(frozen=True)
class Limits:
    """Policy "signals", and what stands in "service" (hours) and "lifecycle" (longer_by)."""

    unanswered_hours: int
    case_days: int
    longer_by: float
    least_intervals: int
    recent_intervals: int
    same_days: int
    least_days: int
    rejection_days: int
    watch_days: int
    rivals_from: int
    rivals_ahead: int
    activation_from: int
    activation_to: int
    activation_share: float
    peer_days: int
    peer_share: float
    peers_least: int
    cool_down_days: int
    ask_days: int
    reason_days: int


def limits_of(held: Mapping[str, Any], service: Mapping[str, Any], lifecycle: Mapping[str, Any]) -> Limits:
    """The stored documents as typed numbers. Raises KeyError for a missing value."""
    gap, young, loss = held["interval"], held["activation"], held["loss"]
    return Limits(
        unanswered_hours=service["vip"]["unanswered_hours"], case_days=held["case"]["look_back_days"],
        longer_by=float(lifecycle["interval"]["longer_by"]), least_intervals=gap["least"],
        recent_intervals=gap["recent"], same_days=gap["same_days"], least_days=gap["least_days"],
        rejection_days=held["rejection"]["days"], watch_days=held["rejection"]["task_days"],
        rivals_from=held["rivals"]["risk_from"], rivals_ahead=held["rivals"]["ahead_days"],
        activation_from=young["first_day"], activation_to=young["last_day"],
        activation_share=float(young["share"]), peer_days=young["peer_days"],
        peer_share=float(young["peer_share"]), peers_least=young["peers_least"],
        cool_down_days=held["closing"]["cool_down_days"],
        ask_days=loss["ask_days"], reason_days=loss["task_days"],
    )  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """A sign on an account. `about` names what it is about (a case, a quote, a purchase …): the same thing
    never opens a second alert; `numbers` are what the sentence is made of."""

    account_id: int
    kind: AlertKind
    level: Level
    about: tuple[str, ...]
    numbers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> float:
        return _SEVERITY[self.level]

    def record(self, day: date) -> dict[str, Any]:
        """The evidence as an alert keeps it."""
        return {"about": list(self.about), "level": str(self.level), "severity": self.severity, "users": [],
                "through": (day - timedelta(days=1)).isoformat(), **self.numbers}  # fmt: skip


def is_unanswered(
    opened_at: datetime, first_response_minutes: int | None, closed_at: datetime | None,
    moment: datetime, hours: int,
) -> bool:  # fmt: skip
    """Nobody answered for so many hours, as of a moment; a case closed without an answer was answered
    then."""
    answered = closed_at
    if first_response_minutes is not None:
        answered = opened_at + timedelta(minutes=first_response_minutes)
    waits_until = moment if answered is None or answered > moment else None
    return waits_until is not None and waits_until - opened_at >= timedelta(hours=hours)


def cases(account_id: int, waiting: Sequence[tuple[str, str | None, datetime]], moment: datetime) -> Finding:
    """`waiting`: key, subject and opening of each case nobody answered, the oldest first."""
    key, subject, opened_at = waiting[0]
    hours = int((moment - opened_at).total_seconds() // 3600)
    numbers = {"cases": len(waiting), "case": key, "subject": subject, "hours": hours}
    return Finding(account_id, AlertKind.CASE, Level.HIGH, tuple(k for k, _, _ in waiting), numbers)


def interval(account_id: int, days: Sequence[date], today: date, limits: Limits) -> Finding | None:
    """Purchases on `days` (ascending) come at longer intervals than usual: the running one, or the last."""
    bought: list[date] = []
    for day in days:
        if not bought or (day - bought[-1]).days > limits.same_days:
            bought.append(day)
    gaps = [(b - a).days for a, b in zip(bought, bought[1:], strict=False)]
    for gap, earlier in ((_days(bought, today), gaps), (gaps[-1] if gaps else 0, gaps[:-1])):
        if len(earlier) < limits.least_intervals:
            continue
        usual = median(earlier[-limits.recent_intervals :])
        if gap >= limits.longer_by * usual and gap - usual >= limits.least_days:
            numbers = {"days": gap, "usual": round(float(usual), 1), "last_on": bought[-1].isoformat(),
                       "intervals": len(earlier), "running": gap == _days(bought, today)}  # fmt: skip
            return Finding(account_id, AlertKind.INTERVAL, Level.MEDIUM, (bought[-1].isoformat(),), numbers)
    return None


def _days(bought: Sequence[date], today: date) -> int:
    return (today - bought[-1]).days if bought else 0


def rejection(
    account_id: int, rejected: Sequence[tuple[int, str, date, str]], rivals: int, names: str | None,
    limits: Limits,
) -> Finding:  # fmt: skip
    """`rejected`: id, label, day and by whom (us, customer) of each rejected quote, the newest first. With
    other suppliers in play it weighs more."""
    quote_id, label, day, by = rejected[0]
    level = Level.HIGH if rivals >= limits.rivals_from else Level.MEDIUM
    numbers = {"quote": label, "quote_id": quote_id, "on": day.isoformat(), "by": by, "count": len(rejected),
               "suppliers": rivals, "names": names}  # fmt: skip
    return Finding(account_id, AlertKind.REJECTION, level, tuple(f"quote-{q[0]}" for q in rejected), numbers)


def rivals(
    account_id: int, suppliers: int, names: str | None, renewal_id: int, due_on: date, limits: Limits
) -> Finding | None:
    """So many other suppliers in play before a contract ends."""
    if suppliers < limits.rivals_from:
        return None
    numbers = {"suppliers": suppliers, "names": names, "due_on": due_on.isoformat()}
    return Finding(account_id, AlertKind.RIVALS, Level.MEDIUM, (f"renewal-{renewal_id}",), numbers)


def downgrade(
    account_id: int, asked: Sequence[tuple[int, str | None, date, date, int, int]]
) -> Finding:  # fmt: skip
    """`asked`: id, product, day asked for, day of effect, old and new ARR of each planned downgrade, the
    next to take effect first (S2-34)."""
    _change, product, asked_on, effective_on, old, new = asked[0]
    numbers = {"product": product, "on": asked_on.isoformat(), "effective_on": effective_on.isoformat(),
               "less": round(1 - new / old, 4) if old else 0.0, "count": len(asked)}  # fmt: skip
    about = tuple(f"change-{one[0]}" for one in asked)
    return Finding(account_id, AlertKind.DOWNGRADE, Level.MEDIUM, about, numbers)


def activation(
    account_id: int, age: int, used: frozenset[str], key: Mapping[str, float], plan: str | None,
    limits: Limits,
) -> Finding | None:  # fmt: skip
    """Fewer of the plan's key features in use than planned at this age. `key`: each key feature with the
    share of comparable accounts that use it; the most neglected is the one most of them use."""
    missing = sorted((f for f in key if f not in used), key=lambda f: (-key[f], f))
    if not missing or not limits.activation_from <= age <= limits.activation_to:
        return None
    taken = len(key) - len(missing)
    if taken >= limits.activation_share * len(key):
        return None
    numbers = {"feature": missing[0], "peers": round(key[missing[0]], 4), "taken": taken, "of": len(key),
               "day_of_life": age, "plan": plan, "missing": missing}  # fmt: skip
    return Finding(account_id, AlertKind.ACTIVATION, Level.MEDIUM, (f"activation-{account_id}",), numbers)


def is_news(finding: Finding, earlier: Sequence[Mapping[str, Any]]) -> bool:
    """Is it about something that no earlier alert of this kind spoke of?"""
    known = {thing for record in earlier for thing in record.get("about", ())}
    return not set(finding.about) <= known


def check_suppliers(count: Any, names: str, today: date, noted_on: date) -> str | None:
    """The trimmed names. Raises Invalid."""
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST_SUPPLIERS:
        raise Invalid("suppliers_count", most=MOST_SUPPLIERS)
    if noted_on > today:
        raise Invalid("suppliers_future")
    told = " ".join(names.split())
    if len(told) > NAMES_MAX:
        raise Invalid("suppliers_names_long", limit=NAMES_MAX)
    if told and count == 0:
        raise Invalid("suppliers_names_without_count")
    return told or None


def check_loss(reason: str, comment: str, lost_on: date, today: date) -> str | None:
    """The trimmed comment of a loss with a known reason. Raises Invalid."""
    if reason not in LOST_REASONS:
        raise Invalid("loss_reason_unknown")
    if lost_on > today:
        raise Invalid("loss_future")
    told = comment.strip()
    if len(told) > COMMENT_MAX:
        raise Invalid("loss_comment_long", limit=COMMENT_MAX)
    if reason == "other" and not told:
        raise Invalid("loss_comment_missing")
    return told or None


def check_answers(given: Mapping[str, str | None]) -> dict[str, str | None]:
    """The answers of the survey as they are kept. Raises Invalid for one that is not offered."""
    told = {name: given.get(name) or None for name in ANSWERS}
    if set(given) - {*ANSWERS, "went_to"} or any(v and v not in ANSWERS[name] for name, v in told.items()):
        raise Invalid("loss_answer_unknown")
    rival = (given.get("went_to") or "").strip()
    if len(rival) > RIVAL_MAX:
        raise Invalid("loss_comment_long", limit=RIVAL_MAX)
    return told | {"went_to": rival or None}

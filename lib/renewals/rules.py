"""When renewals open, how they move, what a day does to them and what they add up to. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lib.contracts.rules import RENEWABLE, Kind, add_months
from lib.errors import Conflict, Invalid


class Stage(StrEnum):
    TO_CONTACT = "to_contact"
    INFORMED = "informed"
    PROPOSAL = "proposal"
    INTENT_CONFIRMED = "intent_confirmed"
    TERMS_CONFIRMED = "terms_confirmed"
    PAPERWORK = "paperwork"
    SIGNED = "signed"
    LOST = "lost"


class Category(StrEnum):
    PIPELINE = "pipeline"
    BEST_CASE = "best_case"
    COMMIT = "commit"
    CLOSED = "closed"
    OMITTED = "omitted"


OPEN = (
    Stage.TO_CONTACT, Stage.INFORMED, Stage.PROPOSAL, Stage.INTENT_CONFIRMED, Stage.TERMS_CONFIRMED,
    Stage.PAPERWORK,
)  # fmt: skip
_MOVES: dict[Stage, tuple[Stage, ...]] = {
    **{stage: (*(s for s in OPEN if s != stage), Stage.LOST) for stage in OPEN},
    Stage.TERMS_CONFIRMED: (*(s for s in OPEN if s != Stage.TERMS_CONFIRMED), Stage.SIGNED, Stage.LOST),
    Stage.PAPERWORK: (*(s for s in OPEN if s != Stage.PAPERWORK), Stage.SIGNED, Stage.LOST),
    Stage.SIGNED: (),
    Stage.LOST: (Stage.TO_CONTACT,),  # a customer may think again; the history keeps both
}
OPEN_CATEGORIES = (Category.PIPELINE, Category.BEST_CASE, Category.COMMIT, Category.OMITTED)
LOST_REASONS = ("price", "product_fit", "low_use", "rival", "service", "closed_down", "other")
BOARD: dict[str, tuple[Stage, ...]] = {
    "to_contact": (Stage.TO_CONTACT,),
    "informed": (Stage.INFORMED,),
    "proposal": (Stage.PROPOSAL,),
    "agreed": (Stage.INTENT_CONFIRMED, Stage.TERMS_CONFIRMED, Stage.PAPERWORK),
    "signed": (Stage.SIGNED,),
}


def targets(current: str) -> tuple[Stage, ...]:
    """Where a renewal may go from here: any other open stage, lost, and signed once terms are confirmed."""
    return _MOVES[Stage(current)]


def move(current: str, target: str, lost_reason: str | None = None) -> Stage:
    """The new stage. Raises Conflict for a step that is not allowed, Invalid for a loss without reason."""
    if target not in set(Stage) or Stage(target) not in targets(current):
        raise Conflict("renewal_cannot_move")
    if target == Stage.LOST and lost_reason not in LOST_REASONS:
        raise Invalid("renewal_lost_reason")
    return Stage(target)


def category_after(current_stage: str, category: str, target: str, defaults: Mapping[str, str]) -> str:
    """The target's usual category, unless a person had chosen another one for an open renewal."""
    chosen = category != defaults[current_stage] and current_stage in OPEN and target in OPEN
    return category if chosen else defaults[target]


def lead_date(due_on: date, lead_days: int = 30, lead_months: int = 1) -> date:
    """The day a renewal must have been opened and spoken about: the earlier of so many days and so many
    calendar months before the contract's last day (the day before `due_on`).

    A contract that ends on 31 March: 28 February by month, 1 March by days, so 28 February.
    """
    last_day = due_on - timedelta(days=1)
    return min(last_day - timedelta(days=lead_days), add_months(last_day, -lead_months))


def notice_date(due_on: date, notice_days: int) -> date:
    """The last day on which notice can be given."""
    return due_on - timedelta(days=1 + notice_days)


def is_overdue(stage: str, opens_on: date, last_touch: date | None, today: date, window_days: int) -> bool:
    """Open, the lead date has come, and no contact was logged since `window_days` before it."""
    if stage not in OPEN or today < opens_on:
        return False
    return last_touch is None or last_touch < opens_on - timedelta(days=window_days)


class Fate(StrEnum):
    """What the state of its contract makes of an open renewal."""

    STAYS = "stays"
    REDATED = "redated"  # the end was corrected
    RENEWED = "renewed"  # the contract runs on past the end
    LAPSED = "lapsed"  # nothing followed within the grace days
    ENDED_EARLY = "ended_early"
    MERGED = "merged"  # the contract's periods belong to another one now


def fate(
    due_on: date, kind: str, ends_on: date | None, today: date, *, goes_on: bool, grace_days: int
) -> Fate:
    """What becomes of an open renewal due on `due_on`, given its contract today.

    `goes_on`: a further period begins around the end. A late one stays open for the grace days.
    """
    if kind in (Kind.VOID, Kind.TRIAL):
        return Fate.MERGED
    if kind == Kind.MONTH_TO_MONTH or ends_on is None:
        return Fate.RENEWED
    if ends_on > due_on:
        return Fate.RENEWED if goes_on or due_on <= today else Fate.REDATED
    if ends_on < due_on:
        return Fate.REDATED if kind in RENEWABLE else Fate.ENDED_EARLY
    if kind == Kind.EVERGREEN and due_on <= today:
        return Fate.RENEWED  # it renews itself, also when its next anniversary is not yet written down
    return Fate.LAPSED if today >= due_on + timedelta(days=grace_days) else Fate.STAYS


@dataclass(frozen=True)
class Forecast:
    """Sums of one currency in minor units. Open ones by their category, closed ones by their result.

    `forecast` = closed + commit + best case (cumulative); `open` is the sum of every open opportunity;
    `base` is what came or comes due, whatever became of it.
    """

    base: int = 0
    closed: int = 0
    commit: int = 0
    best_case: int = 0
    pipeline: int = 0
    omitted: int = 0
    lost: int = 0
    count: int = 0
    open_count: int = 0

    @property
    def forecast(self) -> int:
        return self.closed + self.commit + self.best_case

    @property
    def open(self) -> int:
        return self.commit + self.best_case + self.pipeline + self.omitted


def forecast(rows: Iterable[tuple[str, str, int, int, int]]) -> Forecast:
    """Adds up (stage, category, count, base, expected) rows of one currency, all in minor units."""
    sums = dict.fromkeys(("base", *Category, "lost", "count", "open_count"), 0)
    for stage, category, count, base, expected in rows:
        sums["base"] += int(base)
        sums["count"] += int(count)
        if stage == Stage.LOST:
            sums["lost"] += int(base)
        elif stage == Stage.SIGNED:
            sums["closed"] += int(expected)
        else:
            sums[str(category)] += int(expected)
            sums["open_count"] += int(count)
    return Forecast(**{str(k): v for k, v in sums.items()})


def quarter_of(day: date) -> tuple[date, date]:
    """First day of the day's quarter, and first day of the next one."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, add_months(first, 3)


def quarter_code(first: date) -> str:
    """2027-Q1."""
    return f"{first.year}-Q{(first.month + 2) // 3}"


def quarters_around(today: date, before: int = 2, after: int = 3) -> dict[str, tuple[date, date]]:
    """Quarters by code, oldest first, with their first day and the first day after."""
    first = quarter_of(today)[0]
    spans = (quarter_of(add_months(first, 3 * step)) for step in range(-before, after + 1))
    return {quarter_code(span[0]): span for span in spans}


def quarter_to_work_on(today: date) -> str:
    """This quarter while at least 45 of its days are left, else the next: late in a quarter the work is
    in the coming one."""
    first, end = quarter_of(today)
    return quarter_code(first if (end - today).days >= 45 else end)

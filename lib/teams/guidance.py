"""What to do first with an account somebody has just taken over, from its dates alone. Pure."""

from datetime import date, timedelta

QUIET = timedelta(days=30)  # nobody spoke with them for so long


def next_step(
    *, alerts: int, promise_due: date | None, notice_on: date | None, touched_on: date | None, today: date,
    notice_days: int,
) -> str:  # fmt: skip
    """alert: answer it; promise: one is overdue or due within a week; notice: the last day to leave is near;
    silent: nobody spoke with them lately; greet: introduce yourself."""
    if alerts:
        return "alert"
    if promise_due is not None and promise_due <= today + timedelta(days=7):
        return "promise"
    if notice_on is not None and today <= notice_on <= today + timedelta(days=notice_days):
        return "notice"
    if touched_on is None or today - touched_on > QUIET:
        return "silent"
    return "greet"

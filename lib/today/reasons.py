"""Turns what the store knows (alerts, promises, renewals, quotes, tasks, data) into reasons; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lib.accounts.rules import Spans, has_ended, long_overdue, notice_near
from lib.activity.rules import REAL_SHARE, Level
from lib.today.ranking import Scales
from lib.today.rules import Kind, Reason, Severity

SHORT = 34  # characters of a person's own words inside a sentence; more would wrap at 1280 pixels


@dataclass(frozen=True)
class Limits:
    """The numbers of policy "today", and those of "standing" and "health" that say what is critical."""

    promise_ahead_days: int
    quote_expiry_days: int
    stale_days: int
    feed_days: int
    spans: Spans
    weights: Mapping[str, Decimal]
    scales: Scales
    snooze_days: int
    snooze_longest: int
    week_hours: int

    @classmethod
    def of(cls, policy: Mapping[str, Any], standing: Mapping[str, int], bands: Mapping[str, int]) -> "Limits":
        names = ("promise_ahead_days", "quote_expiry_days", "stale_days", "feed_days")
        ends = {name: int(bands[name]) for name in ("watch_from", "healthy_from")}
        return cls(
            *(int(policy[name]) for name in names), spans=Spans(**standing, **ends),
            weights={currency: Decimal(weight) for currency, weight in policy["weight"].items()},
            scales=Scales.of(policy), snooze_days=int(policy["snooze"]["usual_days"]),
            snooze_longest=int(policy["snooze"]["longest_days"]), week_hours=int(policy["week"]["hours"]),
        )  # fmt: skip


def short(text: str, limit: int = SHORT) -> str:
    """At most `limit` characters, cut with an ellipsis; line breaks become spaces."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def alert_reason(
    account_id: int,
    alert_id: int,
    *,
    kind: str,
    level: str,
    status: str,
    ratio: float | None,
    opened_on: date,
) -> Reason:
    """An open alert. `ratio` is activity as a share of the account's own expectation (0.54 = 46% below)."""
    if kind != "activity":
        code, values = f"alert-{kind}", (("day", opened_on),)
    elif ratio is None or not 0 <= ratio < 1:
        code, values = "alert-open", (("day", opened_on),)
    else:
        code = "alert-contacted" if status == "contacted" else "alert-drop"
        values = (("drop", Decimal(str(round(1 - ratio, 2)))),)
    return Reason(
        account_id, Kind.ALERT, Severity.CRITICAL if level == "critical" else Severity.WATCH, code,
        "opened", opened_on, "alert", "alerts", (("id", alert_id),), values,
        source="alert", real=proven(level), marks=(f"alert:{alert_id}",),
    )  # fmt: skip


def proven(level: str) -> Decimal:
    """The share of alerts of this level that prove real."""
    real, of = REAL_SHARE[Level(level)]
    return Decimal(real) / of


def promise_reasons(
    promises: Iterable[tuple[int, int, str, date]], today: date, limits: Limits
) -> list[Reason]:
    """One reason per account from open promises (account, id, what, due day): overdue ones first."""
    of_account: dict[int, list[tuple[date, str, int]]] = {}
    for account_id, promise_id, what, due_on in promises:
        of_account.setdefault(account_id, []).append((due_on, what, promise_id))
    return [_promise(account_id, sorted(found), today, limits) for account_id, found in of_account.items()]


def _promise(account_id: int, found: list[tuple[date, str, int]], today: date, limits: Limits) -> Reason:
    late = [item for item in found if item[0] < today]
    chosen, word = (late, "overdue") if late else (found, "due")
    due_on, what, _ = chosen[0]
    if len(chosen) == 1:
        code, values = f"promise-{word}", (("what", short(what)),)
    else:
        last = chosen[-1][0] if word == "due" else due_on
        code, values = f"promises-{word}", (("count", len(chosen)), ("day", last))
    critical = long_overdue(due_on, today, limits.spans)
    return Reason(
        account_id, Kind.PROMISE, Severity.CRITICAL if critical else Severity.WATCH, code, word, due_on,
        "promise", "negotiation", (("account", account_id),), values,
        source="promise", marks=tuple(f"promise:{one}" for *_, one in found),
    )  # fmt: skip


def renewal_reason(
    account_id: int, renewal_id: int, *, opens_on: date, notice_on: date | None, due_on: date,
    contacted: bool, spoken: bool, today: date, limits: Limits,
) -> Reason | None:  # fmt: skip
    """What an open renewal asks for, or None while it runs well.

    `contacted`: any touch since it opened; `spoken`: a talk both ways, as recent as policy "standing" asks.
    """
    here = (("id", renewal_id),)
    talk = (("account", account_id),)
    marks = (f"renewal:{renewal_id}",)
    if has_ended(due_on, today):
        ended = due_on - timedelta(days=1)  # the due day is the first one after the contract
        return Reason(account_id, Kind.RENEWAL, Severity.CRITICAL, "renewal-ended", "ended", ended,
                      "outcome", "renewals", here, (("day", ended),),
                      source="renewal_late", marks=marks)  # fmt: skip
    ahead = None if notice_on is None else (notice_on - today).days
    if ahead is not None and 0 <= ahead <= limits.spans.notice_window_days:
        if spoken:
            return Reason(account_id, Kind.RENEWAL, Severity.WATCH, "renewal-notice", "notice", notice_on,
                          "renewal", "renewals", here, (("day", notice_on),),
                          source="renewal", marks=marks)  # fmt: skip
        near = notice_near(notice_on, today, limits.spans)
        severity = Severity.CRITICAL if near else Severity.WATCH
        return Reason(account_id, Kind.RENEWAL, severity, "renewal-notice-silent", "notice", notice_on,
                      "contact", "negotiation", talk, source="renewal", marks=marks)  # fmt: skip
    if notice_on is not None and notice_on < today:
        return Reason(account_id, Kind.RENEWAL, Severity.WATCH, "renewal-notice-passed", "renews", due_on,
                      "renewal", "renewals", here, (("day", notice_on),),
                      source="renewal_late", marks=marks)  # fmt: skip
    if opens_on <= today and not contacted:
        return Reason(account_id, Kind.RENEWAL, Severity.WATCH, "renewal-silent", "renews", due_on,
                      "contact", "negotiation", talk, (("day", opens_on),),
                      source="renewal", marks=marks)  # fmt: skip
    return None


def quote_reason(
    account_id: int, quote_id: int, *, label: str, status: str, valid_until: date, today: date, limits: Limits
) -> Reason | None:
    """A quote of ours that waits for its owner: approved, refused, or sent and about to expire."""
    codes = {"approved": ("quote-approved", "issue"), "rejected": ("quote-rejected", "quote")}
    if status == "sent" and 0 <= (valid_until - today).days <= limits.quote_expiry_days:
        code, action, more = "quote-expiring", "quote", (("day", valid_until),)
    elif status in codes and valid_until >= today:
        (code, action), more = codes[status], ()
    else:
        return None
    return Reason(
        account_id, Kind.QUOTE, Severity.WATCH, code, "expires", valid_until, action, "quote",
        (("id", quote_id),), (("quote", short(label, 22)), *more),
        source="quote", marks=(f"quote:{quote_id}",),
    )  # fmt: skip


def approval_reason(account_id: int, quote_id: int, *, discount: Decimal, submitted_on: date) -> Reason:
    """A quote that waits for this viewer's decision."""
    return Reason(
        account_id, Kind.APPROVAL, Severity.WATCH, "approval", "waiting",
        submitted_on, "decide", "approvals", (("id", quote_id),), (("discount", discount),),
        source="approval", marks=(f"approval:{quote_id}",),
    )  # fmt: skip


def task_reason(
    account_id: int, task_id: int, version: int, *, kind: str, title: str | None, due_on: date, today: date
) -> Reason:
    """An open task that is due; tasks made from overdue promises speak through the promise instead."""
    code, values = (
        ("task", (("title", short(title, 55)),)) if title else ("task-untitled", (("day", due_on),))
    )
    return Reason(
        account_id, Kind.TASK, Severity.WATCH, code, "overdue" if due_on < today else "due", due_on,
        "task", "negotiation", (("account", account_id),), values + (("kind", kind),),
        source="task", marks=(f"task:{task_id}",), task=(task_id, version),
    )  # fmt: skip


def health_reason(account_id: int, score: float, since: date | None) -> Reason:
    """A health score that is critical by itself; `since` when it fell there, where that is known."""
    values = (("score", round(score)),)
    return Reason(
        account_id, Kind.HEALTH, Severity.CRITICAL, "health-fallen" if since else "health-low", "low", since,
        "health", "account", (("id", account_id),), values + ((("day", since),) if since else ()),
        source="health", marks=("health",),
    )  # fmt: skip


def vip_reason(account_id: int, proposal_id: int, *, rule: str, proposed_on: date) -> Reason:
    """An account that a rule proposes for the VIP programme, and nobody decided yet."""
    return Reason(
        account_id, Kind.VIP, Severity.WATCH, "vip", "waiting", proposed_on, "vip", "vips", (),
        (("rule", rule.replace("_", "-")),), source="vip", marks=(f"vip:{proposal_id}",),
    )  # fmt: skip


def stale_reason(account_id: int, last_day: date, *, may_import: bool) -> Reason:
    """Activity of this account stopped arriving while that of others did not."""
    page, params = ("imports", ()) if may_import else ("account", (("id", account_id),))
    return Reason(
        account_id, Kind.DATA, Severity.NO_DATA, "data-stale", "silent", last_day, "feed", page, params,
        (("day", last_day),), source="data", marks=("data",),
    )  # fmt: skip

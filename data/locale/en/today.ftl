today-title = Today
today-caption = { $scope ->
    [mine] { $accounts ->
        [one] Your { $accounts } account
       *[other] Your { $accounts } accounts
    }
    [team] { $accounts ->
        [one] { $accounts } account of your team
       *[other] { $accounts } accounts of your team
    }
   *[all] { $accounts ->
        [one] { $accounts } account in all
       *[other] All { $accounts } accounts
    }
} · { $activity }
today-activity-through = activity through { $day }
today-activity-none = no activity received yet
today-feed-stopped = No activity received since { $day }. Alerts are paused until the feed is back.
today-scope = Whose accounts
today-scope-mine = Mine
today-scope-team = Team
today-scope-all = All

today-tile-need = Need you today
today-tile-need-critical = { $count ->
    [0] none critical
   *[other] { $count } critical
}
today-tile-need-help = Accounts with at least one reason below. Each account is counted once.
today-tile-stake = ARR at stake
today-tile-stake-share = { $share } of this book
today-tile-stake-more = + { $others }
today-tile-stake-none = nothing at stake
today-tile-stake-help = ARR of the accounts in the list: running subscriptions, trials left out. Currencies are never added.
today-tile-promises = Promises due this week
today-tile-promises-overdue = { $count } overdue since { $day }
today-tile-promises-none = none overdue
today-tile-promises-help = Open promises due up to Sunday, overdue ones included.
today-tile-notices = Notice dates in 30 days
today-tile-notices-before = vs { $count } in the 30 days before
today-tile-notices-help = Renewals whose notice date falls into the next 30 days and that are still open.

today-queue = Queue, by severity, then ARR at stake
today-kind = Show
today-kind-all = All { $count }
today-kind-alert = Alerts { $count }
today-kind-promise = Promises { $count }
today-kind-renewal = Renewals { $count }
today-kind-approval = Approvals { $count }
today-kind-quote = Quotes { $count }
today-more = { $count ->
    [one] Show { $count } more
   *[other] Show { $count } more
}
today-clear = Nothing waits for you.
today-clear-filtered = Nothing of this kind waits for you.
today-no-accounts = No accounts yet. Import a file to begin.
today-to-imports = Import accounts

today-reason-alert-drop = Activity { $drop } below its own range.
today-reason-alert-contacted = Activity { $drop } below its range; contacted, not closed.
today-reason-alert-open = Activity alert open since { $day }.
today-reason-alert-onboarding = Onboarding stalled since { $day }.
today-reason-alert-watch = On the watch list since { $day }.
today-reason-promise-overdue = Promise overdue: { $what }
today-reason-promises-overdue = { $count } promises overdue, the oldest since { $day }.
today-reason-promise-due = Promise due: { $what }
today-reason-promises-due = { $count } promises due by { $day }.
today-reason-renewal-ended = Contract ended { $day }, outcome not recorded.
today-reason-renewal-notice = Notice date { $day }, renewal still open.
today-reason-renewal-notice-silent = Inside the notice window, no contact logged.
today-reason-renewal-notice-passed = Notice date { $day } has passed, renewal open.
today-reason-renewal-silent = Renewal open since { $day }, no contact logged.
today-reason-quote-expiring = Quote { $quote } unanswered, open until { $day }.
today-reason-quote-approved = Quote { $quote } approved, not issued yet.
today-reason-quote-rejected = Quote { $quote } refused: change or withdraw.
today-reason-approval = { $discount } off list price waits for your decision.
today-reason-task = { $title }
today-reason-task-untitled = Task due { $day }.
today-reason-data-stale = No activity received since { $day }.
today-others = { $count ->
    [one] +{ $count } more
   *[other] +{ $count } more
}

today-clock-opened = { $count ->
    [0] Opened today
    [one] Open { $count } day
   *[other] Open { $count } days
}
today-clock-overdue = { $count ->
    [one] Overdue { $count } day
   *[other] Overdue { $count } days
}
today-clock-due = { $count ->
    [0] Due today
    [one] Due in { $count } day
   *[other] Due in { $count } days
}
today-clock-notice = { $count ->
    [0] Notice today
    [one] Notice in { $count } day
   *[other] Notice in { $count } days
}
today-clock-renews = { $count ->
    [one] Renews in { $count } day
   *[other] Renews in { $count } days
}
today-clock-ended = { $count ->
    [one] Ended { $count } day ago
   *[other] Ended { $count } days ago
}
today-clock-expires = { $count ->
    [0] Expires today
    [one] Expires in { $count } day
   *[other] Expires in { $count } days
}
today-clock-waiting = { $count ->
    [0] Since today
    [one] Waits { $count } day
   *[other] Waits { $count } days
}
today-clock-silent = { $count ->
    [one] Silent { $count } day
   *[other] Silent { $count } days
}

today-act-alert = Open alert
today-act-promise = Answer promise
today-act-outcome = Record outcome
today-act-renewal = Open renewal
today-act-contact = Log contact
today-act-quote = Open quote
today-act-issue = Issue quote
today-act-decide = Decide
today-act-task = Open task
today-act-feed = Check feed

today-tasks = Your tasks
today-tasks-count = { $count } due this week
today-task-done = Done
today-task-finished = Task done
today-task-untitled = Task
today-waiting = Waiting on others
today-waiting-count = { $count } of yours
today-waiting-none = Nobody owes you an answer.
today-waiting-approval = Approval { $label }
today-waiting-promise = { $what }, { $who }
today-waiting-hours = { $count } h
today-waiting-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
today-waiting-late = { $count ->
    [one] { $count } day late
   *[other] { $count } days late
}
today-waiting-due = due { $day }
today-news = Since yesterday
today-news-none = Nothing new from colleagues.
today-news-note = Note by { $who } on
today-news-alert-closed = Alert closed:
today-news-decision-approved = Quote approved:
today-news-decision-rejected = Quote refused:
today-news-renewal-moved = Renewal moved by { $who }:
today-somebody = the desk

today-title = Today
today-caption = { $scope ->
    [mine] { $accounts ->
        [one] Your { $accounts } account
       *[other] Your { $accounts } accounts
    }
    [person] { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
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

today-queue = Queue, critical first, then by priority
today-kind = Show
today-kind-all = All { $count }
today-kind-alert = Alerts { $count }
today-kind-promise = Promises { $count }
today-kind-renewal = Renewals { $count }
today-kind-approval = Approvals { $count }
today-kind-quote = Quotes { $count }
today-kind-task = Tasks { $count }
today-kind-health = Health { $count }
today-kind-data = Data { $count }
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
today-reason-health-fallen = Health { $score }, critical since { $day }.
today-reason-health-low = Health { $score }, critical for over 4 weeks.
today-reason-vip = Proposed as VIP: { $rule ->
    [top-plan] top plan
    [spend] spend
    [big-name] big name
    [funding] funding
   *[hand] by a colleague
}.
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
today-clock-low = { $count ->
    [0] Fell today
    [one] Low { $count } day
   *[other] Low { $count } days
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
today-act-vip = Decide
today-act-health = Open account
today-act-feed = Check feed

today-tasks = Your tasks
today-tasks-count = { $count } due this week
today-task-done = Done
today-task-finished = Task done
today-task-untitled = Task
today-request-open = Open request
today-proposals = { $count ->
    [one] { $count } VIP proposal to decide
   *[other] { $count } VIP proposals to decide
}
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

today-title-of = { $person }’s Today
today-own = Back to your own
today-to-week = The week
today-log = Log a contact with this customer
today-rest = More
today-why = Why it stands here
today-formula = ARR { $arr } × urgency { $urgency } × influence { $influence }{ $advocacy ->
    [no] { "" }
   *[other] { " " }× advocacy { $advocacy }
} ÷ { $minutes } min = { $result } a minute
today-formula-unknown = ARR unknown · urgency { $urgency } × influence { $influence }{ $advocacy ->
    [no] { "" }
   *[other] { " " }× advocacy { $advocacy }
} ÷ { $minutes } min
today-snooze = Snooze
today-hand-over = Hand over
today-next = Next: { $what }, { $account }, { $day } ({ $when }).
today-next-none = Nothing else is due in the next 60 days.
today-no-customer = no customer

today-log-title = Log a contact: { $account }
today-channel = Channel
today-outcome = What came of it
today-outcome-short-spoke = Spoke
today-outcome-short-message = Left a message
today-outcome-short-no-answer = No answer
today-outcome-spoke = Spoke with the customer.
today-outcome-message = Left a message for the customer.
today-outcome-no-answer = Tried, nobody answered.
today-summary = In one line
today-summary-hint = May stay empty
today-closes-task = Done with it: { $task }
today-log-rule = A talk or a message marks the alert as contacted. A call nobody answered is logged and moves nothing.
today-log-save = Log contact
today-logged = Contact logged
today-done-touch = Contact logged. { $alerts ->
    [0] { "" }
    [one] The alert is marked as contacted.
   *[other] { $alerts } alerts are marked as contacted.
} { $tasks ->
    [0] { "" }
    [one] The task is done.
   *[other] { $tasks } tasks are done.
} { $plays ->
    [0] { "" }
    [one] A play went on.
   *[other] { $plays } plays went on.
}
today-request-done = Done, ticked off on Today.
today-back-touch = Alert and tasks open again
today-done-task = Done: { $task }
today-back-task = Task open again

today-snooze-title = Snooze: { $account }
today-snooze-until = Until
today-snooze-reason = Why
today-snooze-rule = It comes back before that day when something new arises on the account or gets worse.
today-snooze-save = Snooze card
today-snoozed = Card snoozed
today-done-snooze = { $account } snoozed until { $day }.
today-woken = Card is back
today-wake = Bring back
today-asleep = { $count } snoozed
today-asleep-until = until { $day }: { $reason }
error-today-snooze-past = Not snoozed. Choose a day after today.
error-today-snooze-long = Not snoozed. A card may sleep { $days } days at most.
error-today-awake = This card is back already. Reload the page.

today-hand-over-title = Hand over: { $account }
today-hand-over-to = To
today-hand-over-what = What is to be done
today-hand-over-due = By
today-hand-over-note = Note for them
today-hand-over-rule = They get a task, your due tasks of this customer go with it, and the card leaves your list until that day. The account stays yours.
today-hand-over-save = Hand over card
today-hand-over-nobody = Nobody else works on this customer. Give it a backup on its page first.
today-handed = Card handed over
today-done-handed = { $account } handed over to { $person }.
today-back-card = Card is yours again
today-handed-reason = Handed over to a colleague
today-handed-back = Handing over taken back

audit-command-today-snooze-card = Snoozed a card of Today
audit-command-today-wake-card = Brought a card of Today back
audit-command-today-log-touch = Logged a contact from Today
audit-command-today-take-back-touch = Took back what a contact moved
audit-command-today-finish-task = Ticked a task off on Today
audit-command-today-take-back-task = Took a ticked task back
audit-command-today-hand-over-card = Handed a card of Today over
audit-command-today-take-back-card = Took a card of Today back
audit-table-card-snooze = Snoozed card

error-task-closed = Not saved: this task is closed already. Reopen it first.
error-task-open = Not saved: this task is open already. Reload to see it.
error-task-day-past = Not saved: the date has passed. Choose a later day.
error-task-day-far = Not saved: the date is more than two years ahead. Check the year.
error-task-reason-missing = Not saved: the reason is missing. Write why.
error-task-receiver = Not saved: this person cannot see the account. Choose somebody who looks after it.
error-task-count = Not saved: choose between one and { $most } records at a time.

audit-command-playbooks-assign-tasks = Gave tasks to a colleague
audit-command-playbooks-block-task = Marked a task as blocked
audit-command-playbooks-create-task = Made a task
audit-command-playbooks-create-tasks = Made tasks
audit-command-playbooks-finish-task = Finished a task with a note
audit-command-playbooks-finish-tasks = Finished tasks
audit-command-playbooks-hand-over-task = Gave a task to a colleague
audit-command-playbooks-reopen-task = Took a task back onto the list
audit-command-playbooks-resume-task = Resumed a task
audit-command-playbooks-skip-task = Skipped a task
audit-command-playbooks-snooze-task = Snoozed a task
audit-command-playbooks-snooze-tasks = Snoozed tasks
audit-command-playbooks-undo-tasks = Took an act on tasks back
audit-field-before = State before
audit-field-evidence = Evidence
audit-field-done-by = Done by
audit-field-mode = Done in person or by template
audit-field-run-id = Playbook run
audit-field-title-zh = Title in Chinese

policy-document-playbooks = Playbooks

error-play-runs = Not started: this playbook runs on the account already. Open it, or cancel it first.
error-play-no-steps = Not started: none of its steps has a date on this account. Write down the trial or the contract first.
error-play-closed = Not saved: this run has ended already. Reload to see it.
error-playbook-hole = Not published: “{ $text }” has a placeholder the desk cannot fill. Use account, contact, owner, company or feature in braces.
error-playbook-steps = Not published: a playbook has between one and { $most } steps.
error-playbook-words = Not published: “{ $name }” is missing or too long{ $step ->
    [none] .
   *[other] {" "}in step { $step }.
}
error-playbook-twice = Not published: two steps have the code “{ $step }”. Give each its own.
error-playbook-code = Not published: “{ $name }” is not known in step { $step }. Choose one of the list.
error-playbook-days = Not published: the days of step { $step } are not a whole number within ten years.
error-playbook-name = Not published: the code needs lower-case letters, digits and underscores only.
error-playbook-same = Not published: nothing differs from the version that holds.
error-trial-days = Not saved: a trial ends after it begins, at most { $most } days later.
error-trial-runs = Not saved: a trial is open on this account already. Write down its outcome first.
error-trial-outcome = Not saved: say whether the criteria were met or missed.
error-trial-converted = Not saved: the customer cannot have begun to pay before the trial began.
error-demo-ahead = Not saved: the date lies in the future. Write it down once it took place.
error-demo-moved = Not saved: the demo is further on already. Reload to see it.
error-demo-attendees = Not saved: a demo that was held needs its attendees. Write who took part.
error-gift-values = Not saved: choose what kind of gift it was, a cost of zero or more, and a day that has come.
error-gift-over-budget = Not saved: USD { $left } of this year’s budget for the account is left.

daily-step-playbooks = Working on playbooks
cli-step-playbooks = Playbook changes

audit-command-daily-playbooks = Worked on playbooks
audit-command-playbooks-cancel-run = Cancelled a playbook run
audit-command-playbooks-close-trial = Closed a trial
audit-command-playbooks-give-gift = Logged a gift
audit-command-playbooks-move-demo = Moved a demo on
audit-command-playbooks-offer-demo = Offered a demo
audit-command-playbooks-publish = Published a playbook
audit-command-playbooks-resume-run = Took the cancelling of a run back
audit-command-playbooks-start = Started a playbook
audit-command-playbooks-write-trial = Wrote down a trial
audit-table-account-demo = Demo
audit-table-account-gift = Gift
audit-table-account-milestone = Milestone
audit-table-account-trial = Trial
audit-table-playbook-run = Playbook run
audit-table-playbook-version = Playbook version
audit-field-trigger = Trigger
audit-field-started = Started
audit-field-made = Steps made
audit-field-moved = Steps moved
audit-field-criteria = Success criteria
audit-field-outcome = Outcome
audit-field-converted-on = Converted on
audit-field-offered-on = Offered on
audit-field-held-on = Held on
audit-field-attendees = Attendees
audit-field-given-on = Given on
audit-field-tasks = Tasks

frame-page-playbooks = Playbooks
help-playbooks = A playbook says who does what when a customer becomes a VIP, pays, fades or renews. The desk starts it once, counts its dates from the contract and the trial, moves open steps when these move, and closes a step when it sees it done, naming what it saw. Select a run to work on its steps; “Playbooks” shows what each says and, for leads and admins, publishes a new version. Runs under way keep the version they began with.
playbooks-title = Playbooks
playbooks-caption = { $scope ->
    [mine] Your accounts
    [team] The accounts of your team
   *[all] Every account you see
} · { $running ->
    [one] { $running } run under way
   *[other] { $running } runs under way
}
playbooks-view = What is shown
playbooks-view-runs = Runs
playbooks-view-overdue = Overdue by owner
playbooks-view-books = Playbooks
playbooks-scope = Whose accounts
playbooks-scope-mine = Mine
playbooks-scope-team = Team
playbooks-scope-all = All
playbooks-status = State of the runs
playbooks-status-running = Under way
playbooks-status-done = Done
playbooks-status-cancelled = Cancelled
playbooks-status-all = Every state
playbooks-book = Playbook
playbooks-book-all = Every playbook
playbooks-search = Find an account
playbooks-tile-running = Runs under way
playbooks-tile-overdue = Steps overdue
playbooks-tile-overdue-note = snoozed left out
playbooks-tile-week = Due within a week
playbooks-tile-week-note = overdue ones included
playbooks-tile-template = Of these by template
playbooks-tile-template-help = Steps of accounts whose owner holds more VIP accounts than a book may: sent from the template instead of in person.
playbooks-col-account = Account
playbooks-col-playbook = Playbook
playbooks-col-owner = Owner
playbooks-col-next = Next step
playbooks-col-next-on = Due
playbooks-col-progress = Done
playbooks-col-overdue = Overdue
playbooks-col-state = State
playbooks-col-oldest = Oldest
playbooks-col-accounts = Accounts
playbooks-col-task = Task
playbooks-open-hint = Select a row to open the run.
playbooks-owner-hint = Select an owner to see what is overdue.
playbooks-empty-runs = No playbook runs yet. One starts by itself when a customer becomes a VIP, or by hand on an account.
playbooks-empty-filtered = No runs match these filters.
playbooks-empty-overdue = Nothing is overdue.
playbooks-empty-steps = This run has no step with a date yet.
playbooks-progress = { $done } of { $all }
playbooks-run-running = under way
playbooks-run-done = done
playbooks-run-cancelled = cancelled
playbooks-run-title = { $playbook }: { $account }
playbooks-run-caption = Version { $number } · started { $day } · { $trigger }
playbooks-back = All runs
playbooks-back-books = All playbooks
playbooks-to-account = Open account
playbooks-to-plays = Plays of this account
playbooks-steps = Steps
playbooks-steps-count = { $done } of { $all } done
playbooks-text = Text to send
playbooks-act-done = Done
playbooks-act-note = What came of it
playbooks-act-save = Mark as done
playbooks-act-later = Later
playbooks-act-until = Until
playbooks-act-why = Why
playbooks-act-snooze = Snooze step
playbooks-act-skip = Skip step
playbooks-act-block = Mark as blocked
playbooks-act-resume = Resume
playbooks-act-reopen = Reopen
playbooks-did-done = Step done
playbooks-did-snooze = Step snoozed
playbooks-did-skip = Step skipped
playbooks-did-block = Step blocked
playbooks-did-resume = Step resumed
playbooks-did-reopen = Step reopened
playbooks-cancel = Cancel run
playbooks-cancel-why = Why this run ends
playbooks-cancel-rule = Open steps go, done ones stay. It can be taken back.
playbooks-cancel-save = End this run
playbooks-cancelled = Run cancelled
playbooks-resume-run = Take the cancelling back
playbooks-resumed = Run goes on
playbooks-cancelled-why = Cancelled: { $why }
playbooks-start = Start a playbook
playbooks-start-save = Start playbook
playbooks-started = Playbook started
playbooks-nobody = Nobody
playbooks-due = due { $day }
playbooks-by-template = by template: the book is full
playbooks-snoozed = snoozed until { $day }: { $why }
playbooks-blocked = waits: { $why }
playbooks-skipped-why = skipped: { $why }
playbooks-by-hand = marked as done
playbooks-some-feature = the automatic reports
playbooks-state-overdue = overdue
playbooks-state-today = due today
playbooks-state-ahead = ahead
playbooks-state-snoozed = snoozed
playbooks-state-blocked = blocked
playbooks-state-done = done
playbooks-state-dropped = skipped
playbooks-seen-touch = seen: { $channel } on { $day }
playbooks-seen-demo = seen: demo { $state } on { $day }
playbooks-seen-trial = seen: trial ended { $day }, criteria { $state }
playbooks-seen-milestones = seen: every milestone reached by { $day }
playbooks-seen-quote = seen: quote sent on { $day }
playbooks-seen-alert = seen: alert closed on { $day }
playbooks-seen-renewal = seen: renewal closed on { $day }
playbooks-not-needed-no-demo = not needed any more on { $day }: the demo was held
playbooks-not-needed-behind = not needed on { $day }: every milestone was reached
playbooks-demo-offered = offered
playbooks-demo-accepted = accepted
playbooks-demo-held = held
playbooks-demo-declined = declined
playbooks-trial-open = open
playbooks-trial-met = met
playbooks-trial-missed = missed
playbooks-trigger-vip-designated = became a VIP
playbooks-trigger-trial-started = a trial began
playbooks-trigger-converted = began to pay
playbooks-trigger-renewal-opened = a renewal opened
playbooks-trigger-alert-opened = an activity alert opened
playbooks-trigger-quote-rejected = a quote was rejected
playbooks-trigger-churned = the customer left
playbooks-trigger-manual = started by hand
playbooks-by-hand-only = by hand only
playbooks-owner-owner = Owner
playbooks-owner-backup = Backup
playbooks-owner-lead = Lead
playbooks-owner-sales = Sales
playbooks-anchor-start = the start
playbooks-anchor-purchase = the purchase
playbooks-anchor-trial-start = the begin of the trial
playbooks-anchor-trial-end = the end of the trial
playbooks-anchor-conversion = the conversion
playbooks-anchor-renewal-due = the end of the contract
playbooks-anchor-notice = the notice date
playbooks-when-after = { $days ->
    [one] { $days } day after { $anchor }
   *[other] { $days } days after { $anchor }
}
playbooks-when-before = { $days ->
    [one] { $days } day before { $anchor }
   *[other] { $days } days before { $anchor }
}
playbooks-when-on = on { $anchor }
playbooks-every-quarter = every quarter from { $when }
playbooks-every-half-year = every half-year from { $when }
playbooks-or = , or{" "}
playbooks-closes-touch = a two-way talk
playbooks-closes-meeting = a meeting or visit
playbooks-closes-demo-offered = a demo on record
playbooks-closes-demo-held = a held demo
playbooks-closes-milestones = every milestone reached
playbooks-closes-quote-sent = a sent quote
playbooks-closes-alert-closed = the end of the alert
playbooks-closes-renewal-closed = the end of the renewal
playbooks-closes-trial-closed = the outcome of the trial
playbooks-closes-hand = by hand
playbooks-only-no-demo = while no demo was held
playbooks-only-behind = while a milestone is missing
playbooks-milestones = Milestones of onboarding
playbooks-reached = { $day } · { $numbers }
playbooks-near-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
playbooks-near-seats = { $count } of { $seats } seats
playbooks-near-events = { $count } events in all
playbooks-near-feature = { $name }
playbooks-far-none = not seen yet
playbooks-far-events = { $count } of { $of } events so far
playbooks-far-people = { $count } of { $of } people in { $days } days
playbooks-far-seats-unknown = the number of seats is not known
playbooks-value-days = { $days ->
    [one] First value after { $days } day
   *[other] First value after { $days } days
}
playbooks-value-not-yet = First value not reached yet
playbooks-plays = Plays
playbooks-plays-count = { $running ->
    [0] none under way
    [one] { $running } under way
   *[other] { $running } under way
}
playbooks-plays-none = No playbook runs on this account.
playbooks-next = Next: { $step }, { $when }
playbooks-waits = Waits for a date
playbooks-trial = Trial
playbooks-trial-none = No trial written down.
playbooks-trial-line = { $start } to { $end } · criteria { $state }
playbooks-trial-new = Write down a trial
playbooks-trial-start = Begins
playbooks-trial-ends = Ends
playbooks-trial-criteria = What the customer wants to see, one criterion a line
playbooks-trial-save = Save trial
playbooks-trial-saved = Trial saved
playbooks-trial-close = Outcome
playbooks-trial-outcome = Criteria
playbooks-trial-converted = Pays since
playbooks-trial-pays = The customer began to pay
playbooks-trial-finish = Save outcome
playbooks-trial-closed = Outcome saved
playbooks-demos = Demo
playbooks-demos-none = No demo offered yet.
playbooks-demo-line = { $state } · offered { $day }
playbooks-demo-held-line = held { $day } with { $who }
playbooks-demo-new = Note an offer
playbooks-demo-day = Offered on
playbooks-demo-save = Save offer
playbooks-demo-saved = Demo noted
playbooks-demo-move = Next
playbooks-demo-state = What happened
playbooks-demo-who = Who took part
playbooks-demo-finish = Save
playbooks-gifts = Surprise gifts
playbooks-gifts-left = { $left } of this year’s budget left
playbooks-gifts-none = No gift yet.
playbooks-gift-new = Log a gift
playbooks-gift-kind = Kind
playbooks-gift-feature = A function on trial
playbooks-gift-expert = A session with an expert
playbooks-gift-event = An event
playbooks-gift-other = Something else
playbooks-gift-what = What it was
playbooks-gift-cost = Cost in USD
playbooks-gift-day = Day
playbooks-gift-save = Save gift
playbooks-gift-saved = Gift saved
playbooks-def-caption = Version { $number } · starts when: { $triggers }
playbooks-def-off = switched off
playbooks-def-steps = Steps
playbooks-def-runs = { $count ->
    [0] no run under way
    [one] { $count } run under way
   *[other] { $count } runs under way
}
playbooks-def-who = Who
playbooks-def-when = Due
playbooks-def-closes = Closed by
playbooks-def-only = Only
playbooks-def-step = Step
playbooks-def-text = Texts to send
playbooks-def-milestones = Milestones: { $names }
playbooks-versions = Versions
playbooks-version-number = Version
playbooks-version-when = Published
playbooks-version-who = By
playbooks-version-why = Why
playbooks-version-running = Runs under way
playbooks-version-shipped = Shipped
playbooks-edit = Change this playbook
playbooks-edit-hint = Rows can be added and removed. Days may be negative (before the date). Runs under way keep their version.
playbooks-edit-new = New playbook
playbooks-edit-code = Code of the new playbook
playbooks-edit-preview = What changes
playbooks-edit-none = Nothing differs from version { $number }.
playbooks-edit-why = Why it changes
playbooks-edit-publish = Publish version { $number }
playbooks-published = Version published
playbooks-whole = the playbook
playbooks-value-name-en = Name in English
playbooks-value-name-zh = Name in Chinese
playbooks-value-about-en = Purpose in English
playbooks-value-about-zh = Purpose in Chinese
playbooks-value-triggers = Starts when
playbooks-value-active = Switched on
playbooks-value-step = Whole step
playbooks-value-title-en = Title in English
playbooks-value-title-zh = Title in Chinese
playbooks-value-owner = Who
playbooks-value-anchor = Counted from
playbooks-value-after = Days
playbooks-value-every = Again
playbooks-value-closes = Closed by
playbooks-value-only-if = Only while
playbooks-value-automatic = May go by template
playbooks-value-text-en = Text in English
playbooks-value-text-zh = Text in Chinese
playbooks-value-early-days = Days a talk counts before
playbooks-value-code = Code
playbooks-edit-before = Before
playbooks-edit-after = After
playbooks-rhythm-once = once
playbooks-rhythm-quarter = every quarter
playbooks-rhythm-half-year = every half-year
playbooks-stands-overdue = { $count ->
    [one] { $count } overdue
   *[other] { $count } overdue
}
playbooks-beside = Trial, demo and gifts
playbooks-view-staying = Milestones and staying
playbooks-staying-title = Do customers who get value early stay?
playbooks-staying-scope = accounts that signed up at least 90 days ago
playbooks-staying-finding = Of those who reached most milestones early, **{ $many }** are still customers; of those who reached one at most, **{ $few }**.
playbooks-staying-reached = Milestones in the first days
playbooks-staying-band = { $low } to { $high }
playbooks-staying-paying = Began to pay
playbooks-staying-staying = Still customers
playbooks-staying-none = No account has signed up long enough ago with its beginning on record.
playbooks-staying-note = They go together or not; this does not say that one brings the other. Small groups swing widely.
playbooks-due-open = due { $day } ({ $when })
figure-playbooks-running = Playbooks started for your accounts that are neither finished nor cancelled.
figure-playbooks-overdue = Open steps whose day has passed and that are neither snoozed nor blocked.
figure-playbooks-week = Open steps due within the next seven days, those overdue included.
playbooks-potential = { $count ->
    [one] High potential: { $count } milestone in the trial
   *[other] High potential: { $count } milestones in the trial
}
playbooks-gift-task = High potential in the trial ({ $count ->
    [one] { $count } milestone
   *[other] { $count } milestones
}): propose a care gift

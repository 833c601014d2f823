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

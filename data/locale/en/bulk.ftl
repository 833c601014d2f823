accounts-tag-label = Tag
accounts-tag-all = All tags
accounts-col-tags = Tags
accounts-several = Select several
accounts-several-end = Select one
accounts-tick = Tick accounts to act on them together.
accounts-ticked = { $count ->
    [one] { $count } ticked
   *[other] { $count } ticked
}
accounts-bulk-assign = Assign
accounts-bulk-tag = Tag
accounts-bulk-snooze = Snooze alerts
accounts-bulk-task = Create task
accounts-bulk-assign-do = { $count ->
    [one] Assign { $count } account
   *[other] Assign { $count } accounts
}
accounts-bulk-tag-do = { $count ->
    [one] Tag { $count } account
   *[other] Tag { $count } accounts
}
accounts-bulk-snooze-do = { $count ->
    [one] Snooze the alerts of { $count } account
   *[other] Snooze the alerts of { $count } accounts
}
accounts-bulk-task-do = { $count ->
    [one] Create a task for { $count } account
   *[other] Create a task for { $count } accounts
}
accounts-bulk-names = { $more ->
    [0] { $names }
   *[other] { $names } and { $more } more
}
accounts-bulk-saved = Done
accounts-bulk-done = { $refused ->
    [0] { $done } changed, none refused.
   *[other] { $done } changed, { $refused } refused:
}
accounts-bulk-undo = Undo the whole batch
accounts-bulk-undone = The whole batch is undone
accounts-field-until = Until
accounts-field-task-title = Task
error-bulk-tagged-already = Not tagged: the account has these tags already.
error-bulk-no-alert = Not snoozed: no alert is open and awake.
error-bulk-count = Not saved: tick between 1 and { $most } accounts.

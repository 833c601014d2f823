week-title = Week
week-caption = { $first } to { $last } · { $due ->
    [one] { $due } thing due
   *[other] { $due } things due
}
week-which = Week
week-which-this = This week
week-which-next = Next week
week-view = View
week-view-days = Days
week-view-people = People
week-day = { $name } { $day }
week-weekday = { $number ->
    [0] Mon
    [1] Tue
    [2] Wed
    [3] Thu
    [4] Fri
    [5] Sat
   *[6] Sun
}
week-day-counts = { $done } done · { $blocked } blocked
week-today = Today { $day }
week-tile-help = Everything due on this day: open, blocked and done.
week-kind-task = Task
week-kind-step = Playbook step
week-kind-check-in = Check-in
week-kind-promise = Promise
week-kind-notice = Notice date
week-kind-renewal = Contract end
week-kind-quote = Quote expires
week-what = { $kind }: { $label }
week-state-open = Open
week-state-blocked = Blocked
week-state-done = Done
week-col-day = Day
week-col-account = Account
week-col-what = What
week-col-owner = Whose
week-col-state = State
week-load = { $hours } h of { $available } h
week-load-title = { $hours } hours of open work, { $available } hours for it
week-load-over = More than fits: { $over } hours too many.
week-people = Who has what on their hands
week-people-hint = Tick a person to open their queue.
week-people-col-person = Person
week-people-col-accounts = Accounts
week-people-col-need = Need them today
week-people-col-critical = Critical
week-people-col-overdue = Overdue
week-people-col-due = Due
week-people-col-done = Done
week-people-col-blocked = Blocked
week-people-col-load = Open work
week-none = Nothing is due in this week.
week-people-none = Nobody is in this scope.
week-no-account = no customer

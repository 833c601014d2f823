account-meeting = Meeting
account-meeting-help = The brief for the way there, and the record of how it went.
account-meeting-brief = Brief, { $spoken }
account-meeting-record = Record meeting
account-meeting-recorded = Meeting recorded
accounts-field-contacts = From the customer
accounts-field-staff = From us
accounts-field-promises = Promised, one a line
accounts-field-promised-for = All promised for
accounts-field-next-step = Next step
accounts-field-next-on = Next date
error-meeting-people = Not saved: these are too many people. { $most } are the limit on each side.
error-meeting-promise-day = Not saved: say by when the promises are due.
error-meeting-promises = Not saved: these are too many promises. { $most } are the limit.
error-meeting-next = Not saved: a next step needs its words and its date. Enter both, or neither.
brief-title = Account brief
brief-internal = Internal, not for the customer
brief-notes = Notes
brief-weeks = Bars: active users a day, by week; the grey line: what its own past leads to expect.
brief-foot = As of { $moment }, made for { $name } · { $mark }
brief-points = To talk about
brief-point-cases = { $count ->
    [one] Begin with the urgent case that is open.
   *[other] Begin with the { $count } urgent cases that are open.
}
brief-point-promises = { $count ->
    [one] Say when the overdue promise will be kept.
   *[other] Say when the { $count } overdue promises will be kept.
}
brief-point-alert = Ask what changed: an alert is open on the account.
brief-point-notice = Ask for their intention: the notice date is { $days ->
    [0] today
    [one] in { $days } day
   *[other] in { $days } days
}.
brief-point-sponsor = Find out who speaks for us now, and get an introduction.
brief-point-spent = Offer more before it stops their work: { $item } is nearly or wholly used up.
brief-point-seats = { $count ->
    [one] Ask why { $count } seat is not in use.
   *[other] Ask why { $count } seats are not in use.
}
brief-point-goal = Ask how their goal stands: { $goal }
brief-point-requests = { $count ->
    [one] Report on the request that was promised.
   *[other] Report on the { $count } requests that were promised.
}
brief-point-fine = Nothing presses. Ask what they plan for the next half year.
brief-contacts = People
brief-contacts-none = No contact is known.
brief-promises = Open promises
brief-promises-none = Nothing is promised.
brief-alerts = Open alerts
brief-alerts-none = No alert is open.
brief-quotes = Newest quotes
brief-quotes-none = No quote yet.
brief-cases = Open cases
brief-cases-none = No case is open.
brief-customer-goal = Their goals
brief-customer-goal-none = No goal is known. Ask for it.
brief-entitlement = What they may use
brief-col-right = Entitlement
brief-col-use = Use
brief-col-state = State
brief-more = { $count } more in the desk

frame-page-team = Team
help-team = Who looks after how much, who lacks somebody, and what the team asked of each other. A load is the weight of the accounts somebody owns, plus a small share of those they back up, against the capacity of a book; weights and capacity are policy. The list to assign holds accounts without owner or backup with a proposed person: open “How the proposal is made” for the formula. Everybody sees their own record; leads see their people.
policy-document-team = Team
team-title = Team
team-title-own = My record
team-view = View
team-view-people = People { $count }
team-view-assign = To assign { $count }
team-view-requests = Requests { $count }
team-view-hours = Hours
team-view-meetings = Reviews { $count }
team-view-handovers = Handovers { $count }
team-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
team-count-over = { $count } above capacity
team-week-link = Team week
team-handover-link = Hand over a book
team-level-junior = Junior
team-level-intermediate = Intermediate
team-level-senior = Senior
team-level-none = Not assessed
team-basis-annual = Annual review
team-basis-project = Project assessment
team-basis-other = Other reason
team-record-certificate = Certificate
team-record-course = Training
team-record-exchange = Industry exchange
team-goal-open = Open
team-goal-met = Met
team-goal-missed = Missed
team-goal-dropped = Dropped
team-state-over = Above capacity
team-state-near = Nearly full
team-state-room = Has room
team-department-legal = Legal
team-department-finance = Finance
team-department-engineering = Engineering
team-department-product = Product
team-department-marketing = Marketing
team-department-delivery = Delivery
team-department-other = Other
team-request-open = Open
team-request-working = In work
team-request-answered = Answered
team-request-closed = Closed
team-request-task = { $department }: { $title }
team-request-late = { $count ->
    [one] { $day }, { $count } day overdue
   *[other] { $day }, { $count } days overdue
}
team-move-open = Send back
team-move-working = Take on
team-move-answered = Answer
team-move-closed = Close
team-source-quote = Quote: { $title }
team-source-case = Case: { $title }
team-languages-none = As the desk is used
team-languages-en = English
team-languages-zh-cn = Chinese
team-languages-en-zh-cn = English and Chinese
team-day-0 = Monday
team-day-1 = Tuesday
team-day-2 = Wednesday
team-day-3 = Thursday
team-day-4 = Friday
team-day-5 = Saturday
team-day-6 = Sunday
team-list-comma = , 
team-load = { $points } of { $capacity }
team-load-share = { $points }, { $share } of capacity. { $state }
team-below = { $count ->
    [one] { $count } VIP account, level too low
   *[other] { $count } VIP accounts, level too low
}
team-review-due = { $day }, review due
team-csat = { $count ->
    [one] { $score } of 5, { $count } answer
   *[other] { $score } of 5, { $count } answers
}
team-csat-few = { $count ->
    [0] No answers yet
    [one] Too few: { $count } answer
   *[other] Too few: { $count } answers
}
team-goals-told = { $open } open, { $met } met, { $missed } missed
team-learning-told = { $count ->
    [one] { $hours } hours in a year, { $count } certificate
   *[other] { $hours } hours in a year, { $count } certificates
}
team-hours-count = { $hours } hours
team-hours-usual = Not given: office hours count
team-zone-unknown = Unknown
team-overlap = { $hours } hours
team-overlap-few = { $hours } hours, few
team-template = Automated messages
team-col-name = Name
team-col-level = Level
team-col-review = Next review
team-col-load = Load
team-col-share = Share
team-col-state = State
team-col-below = Least level
team-col-csat = Satisfaction
team-col-goals = Goals
team-col-contributions = Contributions
team-col-team = Team
team-col-owned = Owns
team-col-backed-up = Backs up
team-col-certificates = Certificates
team-col-learning = Learning hours
team-col-hours = Hours a week
team-col-zone = Time zone
team-col-account = Account
team-col-tier = Tier
team-col-missing = Missing
team-col-now = Now
team-col-owner = Owner
team-col-why-owner = Why this owner
team-col-backup = Backup
team-col-why-backup = Why this backup
team-col-title = Request
team-col-department = Field
team-col-due = Due
team-col-raiser = Raised by
team-col-overlap = In common a week
team-col-slot = Next time to call
team-col-template = Beyond capacity
team-col-median = Middle
team-col-longest = Longest
team-col-slow = Slow now
team-col-step = Next
team-col-contract = Contract
team-col-health = Health
team-col-alerts = Alerts
team-col-promises = Promises
team-col-touch = Last touch
team-col-sponsor = Sponsor
team-col-held-on = Held on
team-col-meeting = Review
team-col-departments = Fields
team-col-attendees = Attendees
team-col-decisions = Decisions
team-col-award = Award
team-col-next-on = Next one
team-col-by = By
team-col-handed-at = Handed over
team-col-giver = From
team-col-taker = To
team-col-accounts = Accounts
team-col-weekday = Weekday
team-fact-level = Skill level
team-fact-review = Next review
team-fact-load = Load
team-fact-csat = Satisfaction
team-fact-goals = Goals
team-fact-learning = Learning
team-fact-contributions = Contributions in 90 days
team-fact-languages = Languages
team-fact-zone = Time zone
team-fact-hours = Working hours
team-why-score = score { $score }
team-why-share = { $share } full with it
team-why-speaks = speaks their language
team-why-mute = does not speak their language
team-why-hours = { $hours } hours a week in common
team-why-zone-unknown = their time zone is unknown
team-why-tied = tied with { $names }: the smaller book, then the name decides
team-flag-over = above capacity with it
team-flag-below = under the least level for VIP accounts
team-nobody-fits = Nobody fits
team-held-owner = Owner: { $name }
team-held-backup = Backup: { $name }
team-assign-text = Every VIP account has one owner and one backup; accounts of tiers with a named owner have an owner. Tick rows to accept their proposals.
team-assign-more = The first { $shown } of { $count } accounts. Accept these, and the next ones follow.
team-assign-none = Every account has its owner and backup.
team-assign-formula = How the proposal is made
team-assign-formula-text = score = 100 × (free × { $free } + level × { $level } + language × { $speech } + hours × { $hours }) ÷ sum of the weights. Free is what is left of the book with the account in it; level counts 0 for junior or not assessed, ½ for intermediate, 1 for senior; language counts 1 when they speak the account's; hours is the working week in common with the account, ½ where its time zone is unknown. Whoever is under the least level for VIP accounts ({ $least }) is proposed only when nobody else is there. Each proposal counts the ones above it as accepted. At equal scores the smaller book decides, then the name.
team-assign-accept = { $count ->
    [one] Accept { $count } proposal
   *[other] Accept { $count } proposals
}
team-assign-confirm = { $count ->
    [one] { $count } account gets the people proposed for it. What somebody switched off left open there goes along. One click takes it back.
   *[other] { $count } accounts get the people proposed for them. What somebody switched off left open there goes along. One click takes it all back.
}
team-assigned = Accounts assigned
team-assign-undo = Undo assigning
team-assign-undone = Assigning taken back
team-people-none = Nobody reports to you.
team-requests-none = No internal request is open. Raise one for legal, finance, engineering or another field.
team-requests-ageing = Ageing by step
team-meetings-none = No review is on record yet.
team-handovers-none = No book changed hands yet.
team-handover-undone = taken back
team-brief = Handover brief
team-brief-none = You see none of these accounts any more.
team-brief-contract = { $arr } until { $day }, { $left }
team-brief-notice = last day to leave { $day }
team-brief-promise = { $count ->
    [one] { $what }, due { $day }
   *[other] { $count } open, first: { $what }, due { $day }
}
team-brief-pdf = Brief as PDF
team-brief-title = Handover brief: { $giver } to { $taker }
team-brief-subtitle = { $count ->
    [one] { $count } account, read on { $day }
   *[other] { $count } accounts, read on { $day }
}
team-next-alert = Answer the open alert
team-next-promise = Keep the promise that is due
team-next-notice = Speak about the renewal before the last day to leave
team-next-silent = Call: nobody spoke with them for 30 days
team-next-greet = Introduce yourself
team-peaks-title = When cases come in
team-peaks-caption = Last 26 weeks, your time zone
team-peaks-none = No case came in during the last 26 weeks.
team-peaks-alt = Most cases come in on { $day } at { $hour } o'clock; { $outside } of { $total } fall outside office hours.
team-peaks-text = { $outside } of { $total } cases came in outside office hours ({ $start }–{ $end } o'clock, Monday to Friday). Busiest hour: { $day }, { $hour } o'clock, { $count } cases.
team-hours-title = Hours in common with the accounts
team-hours-caption = Of { $name }, in their own time zone
team-book-none = No account is owned.
team-days = { $days } days
team-step = { $state } · { $name } · { $when }
team-history = Skill level, its history
team-history-none = Nobody decided a level yet.
team-history-line = { $day } · { $level } · { $basis } · { $by }: { $reason }
team-records = Certificates and learning
team-record-line = { $kind }: { $title } · { $day }
team-record-until = until { $day }
team-withdraw = Withdraw
team-withdrawn = Withdrawn
team-goals = Goals
team-goal-line = { $state } · { $title } · by { $day } · { $measure }
team-goal-none = No goal is set.
team-records-none = Nothing is noted yet.
team-way = Steps
team-set-level = Decide the level
team-level-set = Level decided
team-describe = Hours and languages
team-described = Saved
team-note-record = Note certificate or learning
team-record-noted = Noted
team-set-goal = Set a goal
team-goal-set = Goal set
team-settle-goal = Settle a goal
team-goal-settled = Goal settled
team-raise-request = Raise request
team-request-raised = Request raised
team-move-request = Answer or move on
team-request-moved = Request moved on
team-reassign-request = Owner and due date
team-request-reassigned = Request changed
team-write-meeting = Record a review
team-meeting-written = Review recorded
team-field-level = Level
team-field-basis = Decided on
team-field-review-on = Next review (empty: after the policy's months)
team-field-reason = Reason
team-field-languages = Languages
team-field-zone = Time zone
team-field-day-0 = Monday, such as 9:00-18:00
team-field-day-1 = Tuesday
team-field-day-2 = Wednesday
team-field-day-3 = Thursday
team-field-day-4 = Friday
team-field-day-5 = Saturday
team-field-day-6 = Sunday
team-field-kind = Kind
team-field-title = Title
team-field-on-day = Day
team-field-expires-on = Valid until
team-field-hours = Hours spent
team-field-measure = Measured by
team-field-due-on = Due
team-field-goal = Goal
team-field-state = State
team-field-department = Field
team-field-detail = What is needed
team-field-owner = Who answers
team-field-source = From a quote or case
team-field-target = Next step
team-field-comment = Answer or comment
team-field-held-on = Held on
team-field-departments = Fields that took part
team-field-attendees = Attendees
team-field-decisions = Decisions
team-field-award = Award for cooperation
team-field-next-on = Next one
team-open-account = Open the account
team-open-person = Choose a person
people-moves-requests = Internal requests
people-moves-renewals = Open renewals
people-moves-opinions = Opinions withdrawn
people-handover-backup = Backup in their place
people-handover-stand-ins = Away or standing in
error-handover-uncovers = { $count ->
    [one] Not saved. { $count } VIP account would lose its backup, because the receiver cannot be owner and backup. Choose who becomes its backup.
   *[other] Not saved. { $count } VIP accounts would lose their backup, because the receiver cannot be owner and backup. Choose who becomes their backup.
}
error-assign-held = Not saved. Somebody else gave { $account } an owner or a backup meanwhile. Reload the list.
error-team-level-unknown = Not saved. There is no skill level { $level }.
error-team-basis-unknown = Not saved. Say on what the level was decided.
error-team-own-level = Not saved. Nobody decides their own skill level. Ask your lead.
error-team-review-past = Not saved. The next review lies after today.
error-team-hours = Not saved. A working day begins before it ends, between 0:00 and 24:00.
error-team-hours-text = Not saved. “{ $text }” is no time of work. Type it such as 9:00-18:00.
error-team-hours-missing = Not saved. Say how many hours were spent.
error-team-day-future = Not saved. This day has not come yet.
error-team-expires-before = Not saved. It would end before it began.
error-team-goal-state = Not saved. A goal is open, met, missed or dropped.
error-request-cannot-move = Not saved. The request is past this step. Reload the page.
error-request-due-past = Not saved. The due date is over already. Choose a later one.
error-request-answer-missing = Not saved. Write the answer.
error-request-not-waiting = Not saved. The request is answered already. Send it back first.
error-request-of-another = Not saved. Who owns the request works on it; who raised it sends it back or closes it.
error-request-two-accounts = Not saved. Quote and case belong to different accounts.
error-request-owner-unfit = Not saved. Choose an active colleague.
audit-table-staff-level = Skill level
audit-table-staff-profile = Hours and languages
audit-table-staff-record = Certificate or learning
audit-table-staff-goal = Goal
audit-table-internal-request = Internal request
audit-table-team-meeting = Review meeting
audit-command-teams-assign-many = Assigned accounts
audit-command-teams-undo-assign = Took an assignment back
audit-command-teams-set-level = Decided a skill level
audit-command-teams-describe = Changed somebody's hours or languages
audit-command-teams-describe-own = Changed own hours or languages
audit-command-teams-note-record = Noted a certificate or learning
audit-command-teams-note-own-record = Noted an own certificate or learning
audit-command-teams-withdraw-record = Withdrew a certificate or learning
audit-command-teams-set-goal = Set a goal
audit-command-teams-settle-goal = Settled a goal
audit-command-teams-raise-request = Raised an internal request
audit-command-teams-move-request = Moved an internal request on
audit-command-teams-reassign-request = Changed an internal request
audit-command-teams-write-meeting = Recorded a review meeting
accounts-field-zone = Time zone (empty: told from city or country)
audit-field-basis = Decided on
audit-field-review-on = Next review
audit-field-languages = Languages
audit-field-hours = Hours
audit-field-department = Field
audit-field-decisions = Decisions
account-requests-title = Internal requests
account-requests-none = Nothing was asked of other fields about this account.
account-requests-raise = Raise a request
account-call-next = Next time to call: { $slot }. { $hours } hours a week in common with { $zone }.
account-call-none = No working hour in common with { $zone } within two weeks.
account-call-unknown = The account's time zone is unknown. Set it under “Edit”.
people-handover-after = To whom, with these accounts: { $load }
team-col-roles = Roles
people-assign-link = Proposals for them

account-people = Owner { $owner }, backup { $backup }
account-people-alone = Owner { $owner }, no backup
account-people-nobody = No owner yet
account-seats = { $seen } of { $seats } seats active
account-seen = { $seen ->
    [one] { $seen } active user
   *[other] { $seen } active users
} in 28 days
account-since = customer since { $month }
account-part-of = part of { $name }
account-data-none = no activity received yet
account-stated = stated, not from subscriptions
account-tile-arr = ARR
account-tile-standing = Status
account-tile-renewal = Renewal
account-tile-notice = Notice date
account-tile-promises = Open promises
account-tile-no-renewal = none open
account-tile-leaves = can leave on { $day }
account-tile-overdue = { $count } overdue
account-tile-kept = { $count } kept
account-tile-other-arr = also { $amounts }
account-tile-reasons = { $count ->
    [one] { $count } reason
   *[other] { $count } reasons
}
account-why = Why { $status }
account-why-caption = by rule, today
account-why-alert = Activity { $drop } below its own range
account-why-alert-plain = Activity below its own range
account-why-alert-detail = { $observed } active user-days in 28 days instead of { $expected }
account-why-ended-detail = its renewal has no outcome yet
account-why-promise-detail = the oldest was due on { $day }
account-why-no-contact-detail = nobody was spoken to in { $days } days
account-why-fine-detail = no open alert, no overdue promise, no silent renewal
account-why-silent-detail = nothing can be judged without it
account-why-never-detail = import activity to see how the team is doing
account-why-left-detail = its history stays readable
account-why-snoozed-detail = it comes back by itself
account-activity-none = No activity received for this account yet
account-activity-unknown = Daily active users; too little past for a range
account-activity-below = Daily active users below their range since { $day }
account-activity-above = Daily active users above their range since { $day }
account-activity-inside = Daily active users inside their range
account-activity-caption = 12 weeks through { $day }, range from its own past
account-activity-empty = Nothing to draw. Activity appears here with the next import.
account-activity-alt = Daily active users over 12 weeks. Last day { $value }, expected { $expected }.
account-promises = Promises
account-promises-caption = { $open } open, { $kept } kept
account-promises-none = No open promises.
account-quotes-none = No quotes yet.
account-col-what = Promise
account-col-due-on = Due
account-col-owner = Owner
account-col-quote = Quote
account-col-status = State
account-col-net-minor = Net total
account-col-kind = Kind
account-col-level = Level
account-col-opened-on = Opened
account-col-resolved-on = Closed
account-col-observed = User-days
account-col-expected = Expected
account-col-cause = Cause
account-col-notice-on = Notice date
account-col-stage = Stage
account-col-base-minor = ARR due
account-col-expected-minor = ARR expected
account-col-starts-on = From
account-col-ends-on = To
account-col-product = Product
account-col-plan = Plan
account-col-seats = Seats
account-col-arr-minor = ARR
account-col-currency = Currency
account-col-product-line = Product line
account-col-corrected = By hand
account-col-subject = Subject
account-col-priority = Priority
account-col-opened-at = Opened
account-col-closed-at = Closed
account-col-name = Name
account-col-title = Role
account-col-email = E-mail
account-col-phone = Phone
account-col-is-sponsor = Sponsor
account-col-active = Still there
account-col-held = By hand
account-col-field = Field
account-col-now = Now
account-col-imported = The import says
account-col-person = By
account-col-set-at = When
account-col-author = Author
account-col-text = Note
account-col-written-at = Written
account-col-day = Day
account-col-value = Active users
account-col-low = Range from
account-col-high = Range to
account-col-periods = Periods
account-col-is-trial = Trial
account-updated = updated { $moment }
account-tab-timeline = Timeline
account-tab-contract = Contract { $count }
account-tab-contacts = Contacts { $count }
account-tab-alerts = Alerts { $count }
account-tab-renewals = Renewals { $count }
account-tab-notes = Notes { $count }
account-tab-cases = Cases { $count }
account-timeline-none = Nothing has happened yet. Log the first outreach.
account-timeline-more = Show more
account-contract-periods = Periods that made them
account-periods-none = No subscription periods. The contract was written down by hand.
account-held-none = No value is held by hand.
account-contract-none = No contract yet. Import subscriptions, or add one.
account-contacts-none = No contacts yet. Add the person you talk to.
account-alerts-none = No alerts so far.
account-renewals-none = No renewals yet. They appear once a contract has an end.
account-notes-none = No notes yet. Write them in the negotiation room.
account-cases-none = No cases.
account-held = Corrected by hand
account-held-help = These values outlive the next import, which only reports its own.
account-log = Log outreach
account-logged = Outreach logged
account-log-nobody = Not named
account-new-quote = New quote
account-quoted = Quote drafted
account-more = More
account-edit = Edit account
account-save = Save changes
account-saved = Changes saved
account-hand-over = Hand over
account-handed-over = Account handed over
account-state = Change state
account-state-intro = For “Left”, say why they left: the reason belongs to the loss.
account-state-changed = State changed
account-undo = Undo last change
account-undone = Last change undone
account-add-contact = Add contact
account-contact-added = Contact added
account-correct-contact = Correct contact
account-contact-corrected = Contact corrected
account-open-room = Open negotiation room
account-line-touch = { $code ->
    [call] Call
    [wechat] WeChat
    [email] E-mail
    [meeting] Online meeting
    [visit] Visit
   *[other] Contact
}
account-line-note = Note
account-line-amendment = Note amended
account-line-alert = { $code ->
    [opened] Alert opened
    [contacted] Alert: customer contacted
    [snoozed] Alert snoozed
    [woke] Alert back from snooze
    [reopened] Outreach of alert taken back
    [level] Alert changed level
    [resolved] Alert resolved
    [dismissed] Alert dismissed
    [lost] Alert closed: customer lost
   *[other] Alert updated
}
account-line-renewal = { $code ->
    [to_contact] Renewal: to contact
    [informed] Renewal: informed
    [proposal] Renewal: proposal
    [intent_confirmed] Renewal: intent confirmed
    [terms_confirmed] Renewal: terms confirmed
    [paperwork] Renewal: paperwork
    [signed] Renewal signed
    [lost] Renewal lost
   *[other] Renewal moved
}
account-line-quote = Quote drafted
account-line-decision = { $code ->
    [approved] Quote approved
    [rejected] Quote rejected
   *[other] Quote decided
}
account-line-issued = Quote { $code } issued
account-line-accepted = Quote { $code } accepted
account-line-promise = Promise made
account-line-promise-closed = { $code ->
    [kept] Promise kept
   *[other] Promise dropped
}
account-line-case = { $code ->
    [urgent] Urgent case opened
   *[other] Case opened
}
account-line-case-closed = Case closed
account-line-change = { $code ->
    [accounts_create_account] Account added
    [accounts_create_contact] Contact added
    [accounts_correct_contact] Contact corrected
    [accounts_set_owner] Account handed over
    [accounts_set_status] State changed
    [accounts_undo] Change undone
    [contracts_create] Contract added
    [contracts_correct] Contract corrected
    [contracts_undo] Contract correction undone
    [health_set_opinion] Opinion written
    [health_undo_opinion] Opinion taken back
   *[other] Account corrected
}
account-line-imported = First imported
account-stage-to-contact = To contact
account-stage-informed = Informed
account-stage-proposal = Proposal
account-stage-intent-confirmed = Intent confirmed
account-stage-terms-confirmed = Terms confirmed
account-stage-paperwork = Paperwork
account-stage-signed = Signed
account-stage-lost = Lost
account-kind-activity = Activity
account-kind-onboarding = Onboarding
account-kind-watch = Watch list
account-alert-new = New
account-alert-contacted = Contacted
account-alert-snoozed = Snoozed
account-alert-resolved = Resolved
account-alert-dismissed = Dismissed
account-alert-lost = Lost
account-tab-held = By hand { $count }
account-open-alert = Alert of { $day }
account-near-contact = Last contact
account-near-contact-on = { $day }, { $channel ->
    [call] call
    [wechat] WeChat
    [email] e-mail
    [meeting] online meeting
    [visit] visit
   *[other] another way
}
account-near-renewal = Renewal stage
account-near-cases = Open cases
account-near-cases-open = { $urgent ->
    [0] { $count }
   *[other] { $count }, { $urgent } urgent
}
account-near-invoices = Overdue invoices
account-near-invoices-since = { $amounts } since { $day }
account-near-none = none

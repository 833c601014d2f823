frame-page-vips = VIPs
help-vips = Rules propose accounts as VIP and show the numbers they judged by: top plan, spend, big name, funding on a business domain. A person accepts or refuses with a reason; a refused proposal stays silent until its evidence changes. Accepting chooses between a contractual SLA, which answers five questions and needs room, and white-glove care inside the house. Clocks count minutes to the first response of imported tickets, VIP cases first. Segments show six independent views of every account, recomputed each morning.
vips-title = VIP programme
vips-caption = { $members ->
    [one] { $members } VIP
   *[other] { $members } VIPs
}, { $contract } with a contractual SLA
vips-caption-waiting = { $count ->
    [one] { $count } proposal waits
   *[other] { $count } proposals wait
}
vips-caption-late = { $count ->
    [one] { $count } first response late in 90 days
   *[other] { $count } first responses late in 90 days
}
vips-view = View
vips-view-proposals = Proposals
vips-view-members = Members
vips-view-clocks = Clocks
vips-view-segments = Segments
vips-view-terms = Terms
vips-which = Proposals
vips-which-open = Open
vips-which-decided = Answered
vips-named = { $count ->
    [one] { $count } more account is called VIP by its source, without a decision of ours.
   *[other] { $count } more accounts are called VIP by their source, without a decision of ours.
}
vips-none-proposed = No account is proposed. The rules look at every account each morning.
vips-none-decided = Nothing was answered yet.
vips-none-inside = Nobody is in the programme yet. Accept a proposal to begin.
vips-none-cases = No open case. Import tickets to see their clocks.
vips-proposal = Proposal
vips-member = VIP
vips-history = History
vips-col-account = Account
vips-col-rule = Rule
vips-col-evidence = Evidence
vips-col-arr = ARR
vips-col-proposed-on = Proposed
vips-col-owner = Owner
vips-col-answer = Answer
vips-col-reason = Reason
vips-col-decider = Decided by
vips-col-decided = Decided
vips-col-mode = VIP mode
vips-col-since = Since
vips-col-until = SLA until
vips-col-leaves = Next exit
vips-col-advocacy = Advocacy
vips-col-override = Over capacity because
vips-col-status = Status
vips-col-lane = Lane
vips-col-case = Case
vips-col-target = Target
vips-col-clock = First response
vips-col-opened = Opened
vips-col-value = Value
vips-rule-top-plan = Top plan
vips-rule-spend = Spend
vips-rule-big-name = Big name
vips-rule-funding = Funding
vips-rule-hand = By hand
vips-evidence-top-plan = Holds the plan { $plan }.
vips-evidence-spend = Spends { $amount } a year.
vips-evidence-big-name = Big name: { $reason }
vips-evidence-following = { $count } followers.
vips-evidence-funding = Total funding { $amount }, business domain { $domain }, source: { $source }.
vips-evidence-hand = { $person }: { $reason }
vips-evidence-rate = Compared in USD at { $rate } for one { $currency }.
vips-mode-contract = Contractual SLA
vips-mode-internal = Internal white-glove
vips-mode-level = { $mode } · { $level }
vips-answer = Answer
vips-answer-accepted = Accepted
vips-answer-refused = Refused
vips-answer-later = Not ready yet, again on { $day }
vips-answer-lapsed = Rule holds no more
vips-do-accept = Accept as VIP
vips-do-refuse = Refuse
vips-do-later = Not ready yet
vips-do-accept-text = A contractual SLA needs a service level and all five answers. White-glove care needs the reason alone.
vips-do-refuse-text = The rule stays silent until its evidence changes.
vips-do-later-text = The proposal is kept and asked again later.
vips-accepted = VIP accepted
vips-refused = Proposal refused
vips-put-off = Kept for later
vips-proposed = Proposed
vips-undo = Take back
vips-undone = Open again
vips-propose = Propose an account
vips-find = Account name or key
vips-find-hint = Type a part of the name, then press Enter.
vips-find-none = No account outside the programme matches.
vips-withdraw = End VIP
vips-withdraw-text = The account leaves the programme today. Its history stays, and today the step can be taken back.
vips-withdrawn = VIP ended
vips-reinstate = Take the last end back
vips-reinstated = VIP again
vips-profile-edit = Big name, champion, advocacy
vips-profile-save = Save what is known
vips-profile-saved = Saved
vips-facts-edit = Funding, following, sales
vips-facts-save = Save figures
vips-facts-saved = Figures saved
vips-field-account = Account
vips-field-reason = Reason
vips-field-mode = VIP mode
vips-field-level = Service level (SLA)
vips-field-included = 1. What is included?
vips-field-who = 2. Who gets it: which plan or spend?
vips-field-months = 3. For how many months?
vips-field-levels = 4. How many levels can be supported?
vips-field-opt-in = 5. May customers opt in?
vips-field-override = Reason to go over capacity (team leads)
vips-field-big-name = Big name
vips-field-big-name-reason = Why the name is big
vips-field-champion = Champion at the customer
vips-field-advocacy-reference = Reference given
vips-field-advocacy-case-study = Case study published
vips-field-advocacy-review = Review given
vips-field-advocacy-at-risk = At risk of a bad word
vips-field-advocacy-note = Note on advocacy
vips-field-funding = Total funding
vips-field-funding-currency = Currency of the funding
vips-field-funding-source = Source of the funding figure
vips-field-funding-on = Looked up on (year-month-day)
vips-field-following = Followers
vips-field-monthly-sales = Monthly sales of the customer
vips-advocacy-reference = reference
vips-advocacy-case-study = case study
vips-advocacy-review = review given
vips-advocacy-at-risk = at risk of a bad word
vips-nobody = Nobody
vips-yes = Yes
vips-no = No
vips-fact-big-name = Big name
vips-fact-following = Followers
vips-fact-champion = Champion
vips-fact-funding = Funding
vips-fact-funded = { $amount } ({ $source }, { $day })
vips-fact-domain = Domain
vips-fact-sales = Monthly sales
vips-fact-advocacy = Advocacy
vips-fact-note = Note
vips-leaves = At risk at any time: can leave on { $day }
vips-happened-proposed = Proposed: { $rule }
vips-happened-refused = Refused: { $rule }
vips-happened-later = Kept for later: { $rule }
vips-happened-joined = VIP by { $rule }: { $mode }
vips-happened-left = VIP ended
vips-tile-breached = Late
vips-tile-running = Running
vips-tile-within = In time
vips-tile-note = VIP cases of 90 days
vips-peak = Peak season: VIP cases hold the P0 and P1 clocks of the season. Clocks run around the clock.
vips-no-peak = Outside the peak season VIP cases hold the clocks of paid tiers. Clocks run around the clock.
vips-lane-vip = VIP
vips-lane-vip-emergency = VIP · emergency
vips-lane-other = Standard
vips-lane-other-emergency = Emergency
vips-clock-running = due in { $span }
vips-clock-breached = late by { $span }
vips-clock-answered-within = after { $span }
vips-clock-answered-breached = after { $span }, late
vips-clock-closed = closed in time
vips-clock-unknown = response not noted
vips-span-minutes = { $value } min
vips-span-hours = { $value } h
vips-span-days = { $value } d
vips-tier-free = Free
vips-tier-basic = Basic
vips-tier-premium = Premium
vips-tier-enterprise = Enterprise
vips-tier-vip = VIP
vips-terms-title = What a tier switches
vips-terms-caption = read from the policy
vips-terms-tier = Tier
vips-terms-urgent = Urgent
vips-terms-normal = Normal
vips-terms-p0 = Peak P0
vips-terms-p1 = Peak P1
vips-terms-rhythm = Check-in
vips-terms-usual = as usual
vips-terms-quarters = { $quarters ->
    [one] every quarter
   *[other] every { $quarters } quarters
}
vips-terms-checkin = Talk at least
vips-terms-approver = Approver
vips-terms-alerts = Alert thresholds
vips-terms-same = as for all
vips-terms-days = every { $days } days
vips-terms-level = level { $level }
vips-room-title = What the programme can carry
vips-room-level = { $level }: { $held } of { $most } contractual SLAs
vips-room-manager = One account manager carries up to { $most } contractual SLAs.
vips-room-exceed = A team lead may go over it with a reason.
vips-room-never = Nobody may go over it.
vips-to-policy = Change in the policy
vips-task-funding = { $count ->
    [one] Look up the funding of { $count } new customer: { $names }
   *[other] Look up the funding of { $count } new customers: { $names }
}
policy-unit-usd-a-unit = USD a unit
imports-field-monthly-sales = Monthly sales
imports-field-funding = Total funding
imports-field-funding-currency = Currency of the funding
imports-field-funding-source = Source of the funding figure
imports-field-funding-on = Funding looked up on
imports-field-following = Followers
error-vip-reason-missing = Not saved. Write the reason: it stays on record with the decision.
error-vip-text = Not saved. A text holds up to { $limit } characters, without control marks.
error-vip-question-open = Not accepted. A contractual SLA answers five questions first. Still open: { $field ->
    [included] what is included.
    [who] who gets it.
    [months] for how many months.
    [levels] how many levels can be supported.
   *[other] may customers opt in.
}
error-vip-whole = Not saved. { $field ->
    [months] The months are
   *[other] The number of levels is
} a whole number from 1 to { $most }.
error-vip-capacity-manager = Not accepted. The account manager carries { $held } contractual SLAs already and { $most } are the limit. Choose white-glove care, or let a team lead go over it with a reason.
error-vip-capacity-level = Not accepted. This service level carries { $held } accounts already and { $most } are the limit. Choose another level, or let a team lead go over it with a reason.
error-vip-capacity-lead = Not accepted. { $held } of { $most } are taken, and only a team lead may go over capacity.
error-vip-left = Not proposed. The account has left.
error-vip-inside = Not saved. The account is in the VIP programme already.
error-vip-proposed = Not proposed. It is proposed by hand already; answer that proposal first.
error-vip-decided = Not saved. Somebody answered this proposal meanwhile. Reload to see the answer.
error-vip-nothing-to-undo = Not taken back. Something newer stands in its place. Reload to see it.
error-vip-mode = Not accepted. Choose the VIP mode: contractual SLA or internal white-glove.
error-vip-level = Not accepted. A contractual SLA needs its service level: choose one.
error-vip-advocacy = Not saved. Choose among the marks of advocacy shown.
error-vip-ended = Not saved. This membership has ended already. Reload to see it.
error-vip-funding-ahead = Not saved. The funding was looked up today or earlier: correct the date.
error-vip-day = Not saved. Write the date as year-month-day, like 2026-11-20.
audit-command-vips-propose = Proposed a VIP by hand
audit-command-vips-refuse = Refused a VIP proposal
audit-command-vips-put-off = Kept a VIP proposal for later
audit-command-vips-undo = Took the answer to a VIP proposal back
audit-command-vips-designate = Accepted a VIP
audit-command-vips-withdraw = Ended a VIP membership
audit-command-vips-reinstate = Took the end of a VIP membership back
audit-command-vips-set-profile = Wrote down what is known of a name
audit-command-vips-set-facts = Set funding, following or sales
audit-command-daily-vips = Looked for VIPs
audit-table-vip-proposal = VIP proposal
audit-table-vip-membership = VIP membership
audit-table-vip-profile = VIP profile
audit-field-monthly-sales-minor = Monthly sales
audit-field-funding-minor = Total funding
audit-field-funding-currency = Currency of the funding
audit-field-funding-source = Source of the funding figure
audit-field-funding-on = Funding looked up on
audit-field-following = Followers
audit-field-over-capacity = Over capacity
audit-field-lapsed = Lapsed
audit-field-big-name = Big name
audit-field-big-name-reason = Why the name is big
audit-field-champion-id = Champion
audit-field-advocacy = Advocacy
audit-field-advocacy-note = Note on advocacy
daily-step-vips = Looking for VIPs
cli-step-vips = VIP proposals
figure-vips-breached = Open cases of VIP accounts whose first answer is overdue by the clock of their tier.
figure-vips-running = Open cases of VIP accounts that wait for a first answer and have time left.
figure-vips-within = Cases of VIP accounts answered within the clock of their tier.
vips-claimed-leaving = Reference: { $share } of users leave when an answer is delayed over two hours (claimed, unverified).

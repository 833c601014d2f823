quotes-level-stop = Stops here
quotes-rule-stop = Rule { $rule }: nobody's approval helps. Change the quote.
approvals-finding-discount = Discount { $found } is over { $limit }.
approvals-finding-once = One-off lines: discount { $found } is over { $limit }.
approvals-finding-margin = Margin { $found } is under { $limit }.
approvals-finding-margin-hidden = Margin is under the limit.
approvals-finding-acv = { $found } a year is over { $limit }.
approvals-finding-term = A term of { $found } months is longer than { $limit }.
approvals-finding-net-days = Payment after { $found } days is later than { $limit }.
approvals-finding-credit = { $found } with open invoices is over the credit limit of { $limit }.
approvals-finding-clauses = { $found ->
    [one] { $found } clause is
   *[other] { $found } clauses are
} not standard; { $limit } pass.
approvals-finding-offers = { $found } offers lie on top of each other; { $limit } pass.
approvals-finding-tender = The customer owes a tender.
approvals-finding-flags = { $found ->
    [one] { $found } red flag is
   *[other] { $found } red flags are
} set; { $limit } pass.


approvals-task-question = Answer the approver's question about “{ $title }”

error-quote-hard-stop = Not saved. Rule { $rule } is a hard stop, and nobody's approval helps. The guardrails card shows the value and its limit: change the quote.
error-quote-not-released = Not saved. This quote was never issued by the desk, so it cannot be accepted. Issue it first.
error-approval-question-open = Not saved. A question to the author is open. Wait for the answer, or refuse the quote.
error-approval-no-question = Not saved. No question is open on this quote.
error-approval-nothing-open = Not saved. Nothing on this quote waits for a decision. Reload to see it.
error-approval-yours-is-given = Not saved. You agreed to this quote already; the next step is another person's.
error-approval-words = Not saved. Write 1 to { $limit } characters.
error-approval-reason-code = Not saved. Choose a reason from the list.
error-approval-alternative = Not saved. Name an alternative in 1 to { $limit } characters: a longer term, a smaller scope, or something of value that is not price.

audit-command-quotes-ask-back = Asked the author
audit-command-quotes-answer-question = Answered the approver
audit-field-question = Question
audit-field-answer = Answer
audit-field-alternative = Alternative

policy-document-approvals = Approval matrix
policy-unit-flag = yes or no
policy-unit-level = approver level

compliance-check-lead-short = { $days ->
    [one] { $days } day is
   *[other] { $days } days are
} left before the contract ends; an approval needs { $lead }.

approvals-step = Step { $place } of { $count }: { $who }, for { $rules }.
approvals-step-any = anybody of level { $level } or above
approvals-step-count = { $need ->
    [one] { $need } person
   *[other] { $need } people
} of level { $level } or above
approvals-step-all = everybody of level { $level }
approvals-step-agreed = { $count ->
    [one] { $count } person has
   *[other] { $count } people have
} agreed.
approvals-step-able = May decide: { $people }.
approvals-step-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
} left.
approvals-step-late = Its time is over: one person of level { $level } decides alone.
approvals-step-lacking = { $count ->
    [one] { $count } person
   *[other] { $count } people
} of level { $level } { $count ->
    [one] is
   *[other] are
} lacking.
approvals-appoint = Nobody is left for { $count ->
    [one] { $count } vote
   *[other] { $count } votes
} of level { $level }. { $admins } can appoint somebody under People.
approvals-questioned = { $person } asked, { $when }
approvals-answered = { $person } answered, { $when }
approvals-first-time = Lines of the first request
approvals-unchanged = Nothing changed since the last approval
approvals-changed-since = What changed since revision { $revision }, approved { $when }
approvals-col-what = What
approvals-col-before = Before
approvals-col-now = Now
approvals-col-effect = Effect on net
approvals-change-line = { $name }, discount
approvals-change-quantity = { $name }, quantity
approvals-change-price = { $name }, net
approvals-change-given = Concession: { $name }
approvals-change-currency = Currency
approvals-change-book = Price book
approvals-change-starts-on = Start
approvals-change-months = Term in months
approvals-change-prepaid = Prepaid
approvals-change-discount = Quote discount
approvals-change-more = Terms: { $name }
approvals-yes = yes
approvals-no = no
approvals-against = { $change } vs approved
approvals-col-number = Number
approvals-col-off = Off
approvals-col-net = Net
approvals-col-issued = Issued
approvals-col-state = State
approvals-suggested = Suggested: { $share }, the smallest discount that won { $count ->
    [one] { $count } comparable deal
   *[other] { $count } comparable deals
} in { $months } months. Up to { $most } nobody is asked.
approvals-suggested-none = Too few comparable deals were won to suggest a discount. Up to { $most } nobody is asked.
approvals-the-customer = The customer
approvals-customer = Health score { $score } · contract ends { $due } ({ $when })
approvals-no-past = This customer has had no quote yet.
approvals-waits-answer = A question to the author is open. The quote waits for the answer.
approvals-not-yours-now = The step that waits is another person's. You see the quote without deciding.
approvals-ask-back = Ask the author
approvals-asked-back = Question sent to the author
approvals-why-not = Reason
approvals-alternative = What would do instead
approvals-alternative-hint = A longer term, a smaller scope, or something of value that is not price
approvals-refuse-now = Refuse the quote
approvals-reason-price = Too much off for what comes back
approvals-reason-margin = Too little margin is left
approvals-reason-nothing-back = The customer gives nothing in return
approvals-reason-terms = Payment, term or clauses
approvals-reason-scope = The scope does not fit the need
approvals-reason-timing = Wrong time
approvals-reason-rules = Against a rule nobody sets aside
approvals-reason-other = Another reason

standards-rule-net-days = days to pay
standards-rule-credit = credit limit
standards-rule-clauses = clauses that are not standard
standards-rule-offers = stacked offers
standards-rule-term = very long terms
standards-rule-acv = large deals
standards-rule-tender = tender
standards-rule-flags = red flags
standards-rule-stop = hard stop

approvals-request = Request for approval
approvals-answer = Your answer to the approver
approvals-answer-send = Send the answer
approvals-answer-sent = Answer sent, the quote waits again
quotes-again-free = The rules changed since this quote was handed in: today nobody has to approve it. Submit it again as it is.
quotes-again-asks = The rules changed since this quote was handed in or approved: today { $rules } asks for other people. It cannot leave on the earlier approval; submit it again as it is.
approvals-try = Try a discount
approvals-try-discount = Discount on the whole quote, %
approvals-try-free = Nobody would be asked, and no reason is needed.
approvals-try-note = Only tried: the quote stays as it is.

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

approvals-measure-discount = discount
approvals-measure-once = discount on one-off lines
approvals-measure-margin = margin
approvals-measure-acv = value a year
approvals-measure-term = term
approvals-measure-net-days = days to pay
approvals-measure-credit = credit
approvals-measure-clauses = clauses that are not standard
approvals-measure-offers = offers on top of each other
approvals-measure-tender = tender
approvals-measure-flags = red flags

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

quotes-title = Quotes
quotes-caption = { $count ->
    [one] { $count } quote in your accounts
   *[other] { $count } quotes in your accounts
}
quotes-default-title = Quote for { $name }
quotes-none = No quotes yet. Choose an account and create the first one.
quotes-none-filtered = No quotes match these filters.
quotes-search = Search account, title or number
quotes-filter-status = State
quotes-filter-all = All
quotes-col-account = Account
quotes-col-status = State
quotes-col-number = Number
quotes-col-title = Subject
quotes-col-discount = Off list
quotes-col-net = Net, whole term
quotes-col-currency = Currency
quotes-col-valid = Valid to
quotes-col-updated = Changed
quotes-col-by = By
quotes-new = New quote
quotes-search-account = Find an account
quotes-new-account = Account
quotes-new-book = Price book
quotes-new-subject = Subject
quotes-create = Create quote
quotes-create-done = Quote created
quotes-book = { $name }, { $currency }, version { $number }
quotes-back = All quotes
quotes-headline = { $account }, { $number }
quotes-draft-number = no number yet
quotes-revision = revision { $revision }
quotes-subtitle = { $months ->
    [one] { $months } month
   *[other] { $months } months
} from { $start } · { $book } · valid to { $valid }
quotes-lines = Lines
quotes-lines-note = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}, { $amount } { $currency } list
quotes-line-product = Product
quotes-line-quantity = Quantity
quotes-line-unit = Unit
quotes-line-list = List, { $currency }
quotes-line-discount = Discount, %
quotes-line-net = Line net, { $currency }
quotes-add-product = Product
quotes-add-quantity = Quantity
quotes-add = Add line
quotes-terms = Terms
quotes-field-title = Subject
quotes-field-starts-on = Starts
quotes-field-term-months = Term
quotes-months = { $months ->
    [one] { $months } month
   *[other] { $months } months
}
quotes-field-prepaid = Prepaid
quotes-prepaid-help = Billed by year in advance, for the prepayment discount.
quotes-field-discount = Quote discount, %
quotes-field-valid-until = Valid to the end of
quotes-field-language = Paper
quotes-language-en = English
quotes-language-zh-cn = 中文
quotes-language-bilingual = English and 中文
quotes-discovery = What the customer needs
quotes-discovery-note = one is enough to leave draft
quotes-field-cost = Cost control
quotes-field-efficiency = Efficiency gain
quotes-field-technical = Technical fit
quotes-field-contact-id = For
quotes-fit-task = Fit review: { $quote }
quotes-field-justification = Justification
quotes-justification-hint = What do they give in return, and why is it worth it
quotes-save = Save
quotes-save-done = Quote saved
quotes-unsaved = Unsaved
quotes-submit = Submit quote
quotes-submit-done = Quote submitted
quotes-issue = Issue quote
quotes-issue-done = Quote issued
quotes-revise = New revision
quotes-revise-done = Revision opened
quotes-copy = Copy
quotes-copy-done = Quote copied
quotes-withdraw = Withdraw
quotes-withdraw-done = Quote withdrawn
quotes-accept = Customer accepted
quotes-accept-done = Contract written
quotes-decline = Customer declined
quotes-decline-done = Quote declined
quotes-decline-reason = Why they declined
quotes-more = More
quotes-pdf = Download PDF
quotes-pdf-draft = Draft PDF
quotes-pdf-revision = PDF of revision { $revision }
quotes-waterfall = From list price to net, { $months ->
    [one] { $months } month
   *[other] { $months } months
}
quotes-waterfall-note = { $currency }; each step names its rule
quotes-waterfall-alt = Waterfall from list { $list } to net { $net } { $currency }
quotes-total = Total
quotes-total-live = live
quotes-total-saved = as saved
quotes-total-net = Net, whole term
quotes-total-off = { $share } off list
quotes-total-list = At list price
quotes-total-arr = ARR
quotes-total-monthly = Monthly, effective
quotes-total-cost = Cost
quotes-total-margin = Margin
quotes-guardrails = Guardrails
quotes-guardrails-settle = { $count ->
    [0] nothing to settle
    [one] { $count } to settle
   *[other] { $count } to settle
}
quotes-level-free = Fine
quotes-level-justify = Reason needed
quotes-level-approve = Approval needed
quotes-finding-discount-free = Discount { $found }, limit { $limit }.
quotes-finding-discount-justify = Discount { $found } is over { $limit }.
quotes-finding-discount-approve = Discount { $found } is over { $limit }.
quotes-finding-once-free = One-off lines: discount { $found }, limit { $limit }.
quotes-finding-once-justify = One-off lines: discount { $found } is over { $limit }.
quotes-finding-once-approve = One-off lines: discount { $found } is over { $limit }.
quotes-finding-margin-free = Margin { $found }, floor { $limit }.
quotes-finding-margin-approve = Margin { $found } is under { $limit }.
quotes-finding-margin-hidden-free = Margin is above the floor.
quotes-finding-margin-hidden-approve = Margin is under the floor.
quotes-rule-free = Rule { $rule }.
quotes-rule-justify = Rule { $rule }: needs a written justification.
quotes-rule-approve = Rule { $rule }: needs another person's approval.
quotes-way = Nearest way to need none: { $ways }.
quotes-way-discount = { $points } less discount
quotes-way-term = a term of { $months } months
quotes-way-no-prepay = no prepayment discount
quotes-way-or = { $one } or { $other }
quotes-decision-approved = Approved
quotes-decision-rejected = Refused
quotes-decided-by = { $decision } by { $person }, { $when }

approvals-title = Approvals
approvals-caption = { $count ->
    [0] Nothing waits for a decision
    [one] { $count } quote waits for a decision
   *[other] { $count } quotes wait for a decision
}
approvals-view = View
approvals-waiting = Waiting
approvals-decided = Decided
approvals-none = Nothing waits for you.
approvals-none-decided = No quote has been decided yet.
approvals-queue-line = { $number } · { $share } off
approvals-open = Open
approvals-more = { $count } more
approvals-shown = Shown
approvals-asked = Asked by { $person }, { $when }
approvals-no-words = No justification was written.
approvals-discount = Effective discount
approvals-net = Net, whole term
approvals-margin = Margin
approvals-arr = ARR
approvals-rule = rule { $rule }
approvals-floor = floor { $limit }
approvals-term = { $months ->
    [one] { $months } month
   *[other] { $months } months
}, { $prepaid ->
    [yes] prepaid
   *[no] not prepaid
}
approvals-lines = Lines
approvals-reason = Your reason, kept with the quote
approvals-reason-hint = Needed to refuse, optional to approve
approvals-approve = Approve { $share }
approvals-refuse = Refuse with reason
approvals-approved = Quote approved
approvals-refused = Quote refused
approvals-open-quote = Open the quote
approvals-col-decision = Decision
approvals-col-reason = Reason
approvals-col-when = Decided

error-quote-cannot-move = Not saved. The quote is in a state that does not allow this step. Reload to see it.
error-quote-frozen = Not saved. This quote has left the house. Open a new revision to change it.
error-quote-not-revisable = Not saved. Only an issued quote that is still open, declined or expired gets a new revision.
error-quote-content-changed = Not saved. Prices or rules changed since this quote was saved. Save it again, then submit.
error-quote-expired = Not saved. The last day of this quote is over. Open a new revision.
error-quote-needs-lines = Not saved. The quote has no lines. Add one first.
error-quote-needs-discovery = Not submitted. Write down what the customer needs: cost, efficiency or technical fit.
error-quote-needs-justification = Not submitted. Rule { $rule } asks for a written justification of at least { $least } characters.
error-quote-needs-approval = Not issued. Rule { $rule } asks for another person's approval of exactly this content.
error-quote-needs-reason = Not saved. Write the reason first.
error-quote-four-eyes = Not saved. You made or changed this quote, so another person has to decide.
error-quote-four-eyes-stand-in = Not saved. You stand in for somebody who made or changed this quote, so another person has to decide.
error-quote-approver-level = Not approved. This quote needs an approver of level { $level }: { $people }.
error-quote-approver-none = Not approved. This quote needs an approver of level { $level }, and nobody is left who may decide. An admin can give somebody this level.
error-quote-character = Not issued. No font can print { $characters }. Replace these characters.
error-quote-validity = Not saved. The quote must be valid to a day from today, at most { $days } days ahead.
error-quote-lines-many = Not saved. A quote holds up to { $limit } lines.
error-quote-line-item = Not saved. Line { $line }: choose a product of this price book.
error-quote-line-quantity = Not saved. Line { $line }: the quantity must be above zero, with up to four decimals.
error-quote-line-whole = Not saved. Line { $line }: this product is sold in whole units.
error-quote-line-discount = Not saved. Line { $line }: the discount must be between 0 and 100%, with up to two decimals.
error-quote-discount = Not saved. The quote discount must be between 0 and 100%, with up to two decimals.
error-quote-field-title = Not saved. The subject needs 1 to 255 characters, without control characters.
error-quote-field-language = Not saved. Choose the language of the paper.
error-quote-field-starts-on = Not saved. Enter a start between 2000 and 2100.
error-quote-field-term-months = Not saved. Choose a term that is on offer.
error-quote-field-valid-until = Not saved. Enter the last day the quote is valid.
error-quote-field-justification = Not saved. The justification takes up to 4,000 characters.
error-quote-field-discovery = Not saved. Each need takes up to 4,000 characters.
error-quote-field-reason = Not saved. The reason takes up to 4,000 characters.
status-replaced = Replaced
quotes-clause = Clause { $number }
quotes-amends-title = Change of { $line }
audit-command-quotes-start-amendment = Began a quote that changes a contract

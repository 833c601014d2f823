# Concessions: what is given beside the price, what customers give for it.
frame-page-concessions = Concessions
help-concessions = Every concession on a quote says what it is worth, who answers for it and what the customer gives in return; one without a return is flagged. When the quote is accepted it becomes an entitlement, and what the customer gives falls due on its day. Mark a return as received with its proof; those who keep the calendar may waive it with a reason. A concession lapses with the renewal unless it is given anew.
concessions-title = Concessions
concessions-caption = { $count ->
    [one] One concession in your accounts
   *[other] { $count } concessions in your accounts
} · { $bare } without a return
concessions-view = What to show
concessions-view-open = Returns due
concessions-view-bare = Without a return
concessions-view-settled = Settled
concessions-view-offered = On quotes
concessions-view-all = All
concessions-view-library = Library
concessions-col-account = Account
concessions-col-quote = Quote
concessions-col-concession = Concession
concessions-col-value = List value
concessions-col-cost = Cost
concessions-col-gets = We get
concessions-col-due = Due
concessions-col-return = Return
concessions-col-granted = Given
concessions-col-lapses = Lapses
concessions-col-owner = Owner
concessions-col-condition = Condition
concessions-col-cap = Most it may cost
concessions-col-evidence = Evidence
concessions-col-competitor = Competitor
concessions-bare = No return recorded
concessions-needs-competitor = only when a competitor is named
concessions-return-missing = none agreed
concessions-return-open = due
concessions-return-received = received
concessions-return-waived = waived
concessions-return-lapsed = lapsed
concessions-give-volume = Volume
concessions-give-term = Longer term
concessions-give-prepayment = Prepayment
concessions-give-reference = Reference
concessions-give-case-study = Case study
concessions-give-data = Data
concessions-give-joint-marketing = Joint marketing
concessions-give-referral = Referral
concessions-role-account-manager = Account manager
concessions-role-team-lead = Team lead
concessions-role-sales = Sales
concessions-role-leadership = Leadership
concessions-empty-open = No return is due.
concessions-empty-bare = Every concession has a return.
concessions-empty-settled = No return has been settled yet.
concessions-empty-offered = No open quote carries a concession.
concessions-empty-all = No quote of your accounts carries a concession yet. The library says what can be given.
concessions-empty-library = The library is empty. Add entries on the policy page.
concessions-evidence = Proof of what came
concessions-receive = Mark as received
concessions-received = Return received
concessions-reason = Why it is waived
concessions-waive = Waive the return
concessions-waived = Return waived
error-concession-amount = Cost, value and days cannot be negative. Correct the amount.
error-concession-competitor = { $name } is given only when a competitor is named. Name one.
error-concession-cap = { $name } goes beyond what the policy allows. Lower it.
error-concession-give = Say what the customer gives, in words and by when.
error-concession-unknown = The library has no such concession. Choose one of its entries.
error-concession-not-draft = Concessions change while the quote is in the house. Revise the quote first.
error-concession-settled = Nothing of this return is open any more. Reload to see why.
error-concession-proof = Write down the proof or the reason.
policy-document-concessions = Concession library
audit-command-concessions-add = Put a concession on a quote
audit-command-concessions-remove = Took a concession off a quote
audit-command-concessions-receive = Marked a return as received
audit-command-concessions-waive = Waived a return
concessions-on-quote = Concessions
concessions-total = { $worth } at list value beside { $discount } off{ $bare ->
    [0] {""}
   *[other] ; { $bare } without a return
}
concessions-none-here = Nothing is given beside the price.
concessions-to-ledger = Concession ledger
concessions-remove = Take off
concessions-removed = Concession taken off
concessions-worth = List value ({ $currency })
concessions-cost = Cost to us ({ $currency })
concessions-what = What exactly
concessions-add = Add concession
concessions-added = Concession added
concessions-task = Ask for the return for “{ $name }”: { $gets }
concessions-col-detail = What exactly
concessions-col-days = Effort days
concessions-col-entitlement = Became entitlement
concessions-col-reference = Reference
concessions-detail = Which one exactly (a beta, an event, a service)
concessions-reference-co-marketing = { $share } lower cost of acquisition (cited)
concessions-reference-event-seats = { $share } answer to such offers (cited)
concessions-reference-partner-offer = { $share } growth with partners (cited)
concessions-reference-other = { $share } (cited)
concessions-on-account = Given beside the price
concessions-on-account-caption = betas, events and services from its quotes, and what comes back for them
concessions-none-account = Nothing was given beside the price yet. Concessions are added on a quote.
concessions-tenure = Tenure rebate for { $years ->
    [one] one year
   *[other] { $years } years
} with us, { $share }: { $worth }

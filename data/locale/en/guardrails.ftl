frame-page-guardrails = Guardrails
help-guardrails = What a quote is held to and whom each rule asks. The first rules are the limits of discount and margin; the others come from the approval matrix. An admin tries a change in a draft: nobody is bound by it. The simulation shows what the draft would have asked of the quotes issued in the last months, beside today's rules, and the money between them. Publishing makes the draft the next version of the policy, from a day on and with a reason.
guardrails-title = Guardrails
guardrails-caption = Rules, chains of approval, and what a change would have done
guardrails-view = View
guardrails-matrix = Matrix
guardrails-simulation = Simulation
guardrails-rules = What speaks
guardrails-rules-note = as drafted; without a draft as it holds
guardrails-no-rules = No rule is kept yet.
guardrails-chains = Who is asked
guardrails-chains-note = steps of one place side by side, later places after them
guardrails-col-rule = Rule
guardrails-col-measure = Measure
guardrails-col-limit = Limit
guardrails-col-result = Asks for
guardrails-col-chain = Chain
guardrails-col-scope = For
guardrails-col-active = In use
guardrails-col-place = Step
guardrails-col-who = Who
guardrails-col-hours = Hours
guardrails-col-then = After them
guardrails-col-number = Quote
guardrails-col-account = Account
guardrails-col-issued = Issued
guardrails-col-off = Off
guardrails-col-net = Net
guardrails-col-now = Today's rules
guardrails-col-draft = Draft
guardrails-col-margin = Money to the limit
guardrails-then = one person of level { $level }
guardrails-by-level = one, by level
guardrails-from-months = terms from { $months ->
    [one] { $months } month
   *[other] { $months } months
}
guardrails-measure-discount = Discount
guardrails-measure-once = Discount on one-off lines
guardrails-measure-margin = Margin
guardrails-measure-acv = Value a year
guardrails-measure-term = Term in months
guardrails-measure-net-days = Days to pay
guardrails-no-invoices = No: no invoices are known
guardrails-measure-credit = Credit with open invoices
guardrails-measure-clauses = Clauses that are not standard
guardrails-measure-offers = Offers on top of each other
guardrails-measure-tender = Tender owed
guardrails-measure-flags = Red flags
guardrails-result-justify = a written justification
guardrails-result-approve = an approval
guardrails-result-stop = never leaves
guardrails-months = Quotes issued in
guardrails-last-months = { $count ->
    [one] the last month
   *[other] the last { $count } months
}
guardrails-none-issued = No quote was issued in this time.
guardrails-no-draft = There is no draft: { $count ->
    [one] { $count } quote is
   *[other] { $count } quotes are
} shown as today's rules treat them.
guardrails-effect = Of { $count } issued { $count ->
    [one] quote
   *[other] quotes
} the draft would have treated { $stricter } more strictly and { $looser } less strictly.
guardrails-today = { $count } under today's rules
guardrails-outcome-free = Free
guardrails-outcome-justify = Reason
guardrails-outcome-level-1 = Level 1
guardrails-outcome-level-2 = Level 2
guardrails-outcome-level-3 = Level 3
guardrails-outcome-stop = Stopped
guardrails-margin = Margin effect, { $currency }
figure-guardrails-outcome = Quotes issued in the chosen time by what the draft asks of them; below, today's rules.
figure-guardrails-margin = What the quotes a matrix asks about would have brought more at its limit: draft less today. Quotes that would have been lost at that price are not taken off.
guardrails-cases = Quote by quote
guardrails-cases-note = treated differently first
guardrails-no-cases = No quote was issued in this time.
guardrails-to-draft = To the draft
guardrails-to-simulation = Replay past quotes
guardrails-draft = Draft
guardrails-draft-note = nobody is bound by it
guardrails-draft-none = Nothing is drafted.
guardrails-change = { $name }: { $old } → { $new }
guardrails-value = Value
guardrails-new = New value
guardrails-try = Put into the draft
guardrails-drafted = Draft saved
guardrails-why = Reason to publish “{ $document }”
guardrails-from = Holds from
guardrails-publish = Publish
guardrails-published = Draft published
guardrails-drop = Drop the draft
guardrails-dropped = Draft dropped
error-policy-draft-old = Not saved. Version { $number } came after this draft was begun. Drop the draft and begin anew.
audit-command-policy-draft-value = Drafted a policy value
audit-command-policy-drop-draft = Dropped a policy draft
audit-command-policy-publish-draft = Published a policy draft
audit-table-policy-draft = Policy draft

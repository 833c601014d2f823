builder-template = Begin with what this industry usually takes
builder-template-use = Fill in these lines
builder-template-unknown = Not in this price book, left out: { $codes }
builder-options = Three options on one paper
builder-options-offer-note = two drafts beside this one, all three listed on the paper
builder-options-terms = One, two and three years
builder-options-plans = Three plans, the richer ones listed
builder-options-made = Options offered
builder-options-count = { $count ->
    [one] { $count } option
   *[other] { $count } options
}
builder-options-none = The other options are withdrawn.
builder-options-note = Each option is a quote of its own with its own approval. An issued paper lists the options that have left the house, so issue the others first.
builder-options-choose = The customer takes this one
builder-options-chosen = Others withdrawn
builder-hint-must-missing = { $item }: a must-have for this customer, not on the quote.
builder-hint-not-asked = { $item }: on the quote, but ranked neither must-have nor nice to have.
builder-hint-add = Add line
builder-hint-drop = Drop line
builder-note-used = { $usual } uses a month
builder-note-unused = not used
builder-all-in-note = One price with no hidden line may be { $low } to { $high } above the sum of its parts.
builder-all-in-use = All-in at { $share }
builder-line-premium-use = High security, { $share }
builder-line-premium-security = High-security system: separate data, audited access
quotes-field-must = Must have
quotes-field-nice = Nice to have
audit-command-quotes-offer-options = Offered three options
audit-command-quotes-choose-option = Chose one of the options
audit-field-options = Options
audit-field-chosen = Chosen
error-quote-options-there = Not made. This quote has its options already; they stand under “Three options on one paper”.
error-quote-options-none = Not made. There is nothing to choose between: the quote needs a plan with others in its price book, or terms of several years on offer.
error-quote-options-over = Nothing changed. This quote has no open options to choose between.

builder-none = none
builder-yes = yes
builder-no = no
builder-saved = saved
builder-unsaved = not saved
builder-no-lines = No lines yet. Add the first product below; the price follows at once.
builder-undo = Undo
builder-undone = Last change undone
builder-add-gift = As a gift
builder-add-window = { $item }, gift of { $name }
builder-add-bundle = Bundle: { $name }
quotes-line-note = Note
builder-note-gift = gift, worth { $value }
builder-note-contracted = agreed price
builder-note-locked = locked at { $price }
builder-note-price = own price { $price }
builder-note-premium = { $share } premium
builder-note-offer = offer, { $share } off
builder-note-months = { $count ->
    [one] { $count } month free
   *[other] { $count } months free
}
builder-note-ramp = { $years ->
    [one] by year, { $years } year
   *[other] by year, { $years } years
}
builder-note-partner = from { $name }
builder-tab-terms = Terms
builder-tab-payment = Payment
builder-tab-clauses = Clauses
builder-tab-needs = Needs
builder-tab-clauses-note = Rights beyond the standard text; each is printed in the paper's language and asks for approval where the policy says so.
builder-tab-needs-note = One of the three headings is enough to leave draft.
builder-billing-monthly = Monthly
builder-billing-two_monthly = Every two months
builder-billing-quarterly = Quarterly
builder-billing-half_year = Half-yearly
builder-billing-annual = Yearly
builder-billing-biennial = Every two years
builder-billing-triennial = Every three years
builder-size-small = Small
builder-size-medium = Medium
builder-size-large = Large
builder-size-enterprise = Enterprise
builder-preset-help = Pay { $paid } of { $of } months instead of the term discount.
quotes-field-billing = Billed
quotes-field-net-days = Days to pay
quotes-field-prepay-rate = Prepayment discount, %
quotes-field-prepay-service = Or a free service
quotes-field-all-in = All-in premium, %
quotes-field-coupon = Coupon, taken off
quotes-field-cashback = Cashback, paid later
quotes-field-annual-preset = Annual preset
quotes-field-industry = Industry
quotes-field-size-band = Size
quotes-field-clause-upgrade = Upgrade right
quotes-field-clause-downgrade = Downgrade right
quotes-field-clause-exit = Exit right
quotes-field-price-lock-until = Prices locked until
builder-clause-upgrade = Right to upgrade
builder-clause-upgrade-text = The customer may move to a higher plan or add modules at any time at the prices of this quote; the unused part of what is replaced is credited by day.
builder-clause-downgrade = Right to downgrade
builder-clause-downgrade-text = The customer may move to a lower plan at the end of each contract year with 30 days' notice.
builder-clause-exit = Right to leave early
builder-clause-exit-text = The customer may end the contract at the end of each contract year with 60 days' notice; discounts for years not used are charged back.
builder-total-year = A year, effective
builder-total-bundle = { $name }: { $apart } apart, { $share } saved
builder-total-gifts = Gifts at list value
builder-total-rebate = Loyalty rebate, { $years ->
    [one] { $years } year
   *[other] { $years } years
}, { $share }
builder-total-cashback = Cashback, paid later
builder-total-tax = Tax { $rate } on { $base }
builder-total-gross = Gross, whole term
builder-tax-excluded = Prices exclude tax; the paper says so.
builder-tax-unread = Tax cannot be worked out: the country “{ $country }” is unknown. Correct it on the account; until then prices exclude tax, and the paper says so.
builder-bill-number = No.
builder-bill-from = From
builder-bill-to = To
builder-bill-due = Due
builder-bill-net = Net
builder-bill-tax = Tax
builder-bill-amount = Amount
builder-bill-none = The billing plan appears with the first line.
builder-conflict = { $person } changed this quote while you were typing. Your last change is not saved yet.
builder-take-theirs = Take theirs
builder-keep-mine = Keep mine
builder-changed-field = { $field }: { $old } became { $new }
builder-changed-line-removed = Line gone or changed: { $item }, { $quantity }, { $discount } off
builder-changed-line-added = Line now: { $item }, { $quantity }, { $discount } off
builder-group-more = Payment, clauses or choices
builder-group-discovery = What the customer needs
builder-line-more = More about a line
builder-line-which = Line
builder-line-gift = Gift, at no price
builder-line-price = Price per unit
builder-line-price-list = from the price book
builder-line-hours = Hours saved a year
builder-line-worth = Worth a year
builder-line-rate = { $rate } an hour; “Apply” takes the hours as quantity and this rate as price.
builder-line-premium = Value premium, %
builder-line-premium-reason = Why it is worth more
builder-line-premium-note = High-security systems carry { $low } to { $high }; the reason stays on record.
builder-line-offer = Offer of a window
builder-line-ramp = Quantity by year; leave at 0 to keep it the same
builder-line-year = Year { $year }
builder-line-apply = Apply
builder-scenarios = Scenarios
builder-scenarios-note = the quote as it is saved, and the same lines on other terms
builder-scenario-plain = { $months ->
    [one] { $months } month
   *[other] { $months } months
}
builder-scenario-prepaid = { $months ->
    [one] { $months } month
   *[other] { $months } months
}, prepaid
builder-scenario-now = This quote: { $term }
builder-scenario-unbundled = Without bundles: { $term }
builder-scenario-col-scenario = Scenario
builder-scenario-col-off = Off list
builder-scenario-col-monthly = A month
builder-scenario-col-total = Whole term
builder-scenario-col-change = Difference
builder-scenario-col-saved = Saved over monthly
builder-scenario-col-first = First bill
builder-scenario-col-margin = Margin
builder-scenario-col-needs = Approval
builder-scenario-choose = Scenario to use
builder-scenario-use = Make it the quote
builder-suggested = Comparable deals were won with { $share } off ({ $won } won, { $lost } lost in { $months } months); up to { $limit } passes without a reason.
builder-suggested-none = Too few comparable deals to suggest a discount ({ $won } won, { $lost } lost in { $months } months); up to { $limit } passes without a reason.
figure-quote-saved = The recurring lines against as many single months of them, each without a longer term or prepayment.
builder-known = What the desk knows
builder-known-note = beside the quote as it is saved
builder-known-active = People active in { $days } days
builder-known-arr = ARR today
builder-known-arr-change = ARR with this quote against today
builder-known-lifetime = Recurring value over the term
builder-known-feature = Use of { $feature } a month
builder-known-volume = usually { $usual }, peak { $peak }
builder-known-months = Months
builder-known-issued = Issued
builder-known-none = This account has no earlier papers.
builder-hint-seats-short = Seats on the quote: { $seats }; people active: { $active }. Some would have no seat.
builder-hint-seats-spare = { $seats } seats are quoted for { $active } active people; fewer would do, more can be added at the same price.
builder-hint-below-peak = { $item }: { $quantity } quoted is below the peak of { $peak } a month (usually { $usual }).
builder-hint-unused = { $item }: nobody used it lately. Consider leaving it out.
builder-hint-short-quota = { $item }: { $quota } of “{ $of }” a month is below the peak of { $peak } this account has used.
builder-unused = Before more discount
builder-unused-left = { $name }: { $left } unused
builder-unused-offered = { $name }: offered and not taken yet
builder-unused-partner = { $name }: offered by a partner, not taken yet
builder-unused-until = {" "}(until { $day })
builder-amends = This quote changes a running contract and ends with it on { $day }. A line takes over from what runs of its product; what is not named runs on.

document-quote = Quote
document-foot = { $number }, revision { $revision } / content { $hash }
document-foot-draft = Draft of { $saved } / content { $hash }
document-page = Page { $page } of { $pages }
document-draft-box = DRAFT: not an offer
document-draft-word = DRAFT
document-fact-number = Quote number
document-fact-number-none = drawn when issued
document-fact-revision = Revision
document-fact-replaces = { $revision }, replaces revision { $earlier } of { $date }
document-fact-issued = Date of issue
document-fact-issued-none = not issued
document-fact-valid = Valid
document-fact-valid-to = to the end of { $date } ({ $zone })
document-fact-valid-none = no validity: draft
document-fact-currency = Currency
document-fact-term = Term
document-fact-term-value = { $from } to { $to }, { $months ->
    [one] { $months } month
   *[other] { $months } months
}
document-fact-billing = Billing
document-billing-12 = yearly, in advance
document-billing-3 = quarterly, in advance
document-billing-1 = monthly, in advance
document-fact-book = Price list
document-fact-book-value = { $name }, version { $number }
document-supplier = Supplier
document-customer = Customer
document-party-contact = Contact
document-party-email = E-mail
document-party-phone = Phone
document-party-place = Place
document-panel-total = Total for { $months ->
    [one] { $months } month
   *[other] { $months } months
}, { $currency }, before tax
document-panel-total-tax = Total for { $months ->
    [one] { $months } month
   *[other] { $months } months
} with tax, { $currency }
document-panel-before-tax = before tax { $amount }
document-panel-lines = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
document-panel-year = Year 1 net
document-panel-list = At list price
document-panel-list-note = whole term
document-panel-discount = Discount
document-panel-discount-note = −{ $amount }
document-amount-in-words = Amount in words
document-intro = Prices hold until the end of validity. Each line can be rebuilt from list price, quantity, term and the discounts shown; discounts multiply, they are not added.
document-intro-draft = This draft shows prices for discussion. It binds nobody until a numbered quote is issued.
document-lines = Lines
document-col-no = No.
document-col-item = Item
document-col-quantity = Quantity
document-col-unit = Unit
document-col-list = List price
document-col-discount = Discount
document-col-net = Net, { $currency }
document-subtotal = Subtotal
document-carried = Carried forward
document-explain-months = { $months ->
    [one] for { $months } month
   *[other] for { $months } months
}
document-explain-volume = volume price from { $from }: −{ $rate }
document-explain-term = term of { $months } months: −{ $rate }
document-explain-prepay = prepaid: −{ $rate }
document-explain-line-discount = on this line: −{ $rate }
document-explain-quote-discount = on the quote: −{ $rate }
document-explain-follows-lines = follows the lines it is a share of
document-explain-graduated = each unit at the price of its step
document-total-list = At list price
document-total-discount = Discounts
document-total-net = Net
document-total-tax = Tax at { $rate }
document-total-with-tax = Total with tax
document-measure = The discount of a line is 1 − net ÷ list. Each line is rounded once, half away from zero; a discount on the whole quote is spread so that lines add up to the total.
document-years = Year by year
document-col-period = Period
document-period = { $from } to { $to }
document-total = Total
document-payment = Payment
document-col-due = Due
document-col-amount = Amount, { $currency }
document-payment-tax = Tax is computed on each invoice at the rate in force on that day; the rates shown are those of today.
document-clauses = Clauses
document-clause-scope = Scope
document-clause-scope-text = This quote covers the lines above and nothing else. Words in other messages do not add to it.
document-clause-limits = Limits
document-clause-limits-text = Each line holds for the quantity, the unit and the months shown in it. What goes beyond needs a line of its own.
document-clause-rights = Regional rights
document-clause-rights-text = The lines marked as regional rights belong to every plan sold in the region and cost nothing extra.
document-clause-security = Information security
document-clause-security-valid = The supplier holds { $name }, valid to { $until }. A copy is sent with this quote.
document-clause-security-expired = The supplier's { $name } was valid to { $until }. No valid certificate is part of this quote.
document-clause-security-missing = No security certificate is part of this quote.
document-clause-promises = Commitments
document-promise = { $number }. { $what }, by { $due }.
document-clause-lock = Price lock
document-clause-lock-text = The prices above stay as they are until { $to }.
document-clause-renewal = Renewal
document-clause-renewal-text = The term ends on { $to } and does not renew by itself.
document-clause-seats = More seats
document-clause-seats-text = Seats may be added at any time at the unit price of their step; they end with the term and are charged by day.
document-clause-usage = Usage
document-clause-usage-text = Usage above the quantity quoted is billed each quarter at the unit price of its step.
document-clause-language = Language
document-clause-language-text = This quote is made in English.
document-clause-language-both = Both texts are shown; where they differ, the Chinese text prevails.
document-approval = Approval
document-col-decision = Decision
document-col-person = Person
document-col-role = Role
document-col-time = Time
document-decision-submitted = Submitted
document-decision-approved = Approved
document-decision-released = Issued
document-approval-bound = The approval is bound to content { $hash }; a change of any priced field makes a new revision that is approved anew.
document-acceptance = Acceptance
document-acceptance-text = This quote takes effect as a whole when both parties have signed revision { $revision }.
document-acceptance-draft = A draft carries no signature.
document-seal = (seal)
document-sign-signature = Signature
document-sign-name = Name and title
document-sign-date = Date
document-sign-date-blank = Date
document-unit-month = month
document-unit-seat-month = seat/month
document-unit-usage-month = use/month
document-unit-hour-month = hour/year
document-unit-day = day
document-unit-once = once
document-unit-share = share
document-zone = { $place }, { $offset }
document-gift = Gift
document-months = { $months ->
    [one] { $months } month
   *[other] { $months } months
}
document-billing-0 = in advance
document-billing-6 = every half year, in advance
document-party-address = Address
document-party-tax-number = Tax number
document-party-bank = Bank
document-party-bank-account = Account
document-total-gifts = Gifts
document-total-tax-on = Tax at { $rate } on { $base }
document-payment-no-tax = Prices exclude tax; taxes that are due are added on the invoice.
document-explain-partner = product of { $partner }
document-explain-period = { $from } to { $to }, factor { $factor }
document-explain-year = year { $year }: { $quantity }
document-explain-year-price = year { $year }: { $quantity } at { $price }
document-bundle-note = { $name }: bought apart { $apart }, as a bundle { $together }, { $share } less.
document-options = Options
document-col-option = Option
document-col-term = Term
document-col-monthly = A month
document-col-option-total = Total, { $currency }
document-option-here = { $position }. { $title } (this quote)
document-option-numbered = { $position }. { $title }, { $number }
document-option-other = { $position }. { $title }
document-give = What we concede and what you give
document-col-concede = We concede
document-col-worth = Worth, { $currency }
document-col-return = You give in return
document-col-by = By
document-clause-special = Special term
document-clause-pay = Time to pay
document-clause-pay-text = { $days ->
    [one] Invoices are due { $days } day after the period they are for begins.
   *[other] Invoices are due { $days } days after the period they are for begins.
}
document-beijing = Beijing

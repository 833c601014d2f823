compliance-settle = Before it leaves
compliance-settle-note = { $count ->
    [0] nothing stops it
    [one] { $count } thing stops it
   *[other] { $count } things stop it
}
compliance-state-ok = Fine
compliance-state-warn = Look at it
compliance-state-stop = Stops
compliance-check-open = The account is not blocked.
compliance-check-blocked = Account blocked since { $day }: { $reason }
compliance-check-no-flags = No red flags.
compliance-check-flags-open = { $count ->
    [one] { $count } red flag waits for a compliance review.
   *[other] { $count } red flags wait for a compliance review.
}
compliance-check-flags-cleared = { $count ->
    [one] { $count } red flag cleared by { $person }: { $reason }
   *[other] { $count } red flags cleared by { $person }: { $reason }
}
compliance-check-flags-refused = { $person } reviewed the red flags and refused: { $reason }
compliance-check-tender = Proof of process of { $on }: { $proof }
compliance-check-tender-missing = The customer owes a tender: record the proof of process first.
compliance-check-pack-valid = Security pack: { $name }, valid to { $until }.
compliance-check-pack-soon = Security pack: { $name } ends on { $until }.
compliance-check-pack-expired = Security pack: { $name } expired on { $until }; the paper says so.
compliance-check-pack-missing = Security pack: the policy names no certificate; the paper says so.
compliance-check-paper = The paper lists every term, limit and renewal rule.
compliance-check-paper-gap = The paper would lack { $gap }.
compliance-check-promises-loose = { $count ->
    [one] { $count } promise in free words is not in the catalogue and is not printed.
   *[other] { $count } promises in free words are not in the catalogue and are not printed.
}
compliance-gap-term = its term
compliance-gap-validity = its validity
compliance-gap-payment = a payment plan that adds up
compliance-gap-renewal = the renewal rule
compliance-gap-limits = the limits of use
compliance-gap-customer = the customer's name
compliance-gap-language = words in its language
compliance-desk-able = Needs an approver of level { $level }: { $people }.
compliance-desk-barred = Nobody is left who may decide. { $people } reach level { $level }, but made this quote or stand in for somebody who did. { $admins } can appoint another approver of level { $level }.
compliance-desk-nobody = Nobody holds approver level { $level }. { $admins } can appoint one.
compliance-bar-four-eyes = You made or changed this quote, so somebody else decides on it.
compliance-bar-stand-in = You stand in for somebody who made or changed this quote, so somebody else decides on it.
compliance-bar-level = This quote needs level { $level }, which is above yours.
compliance-level = Level { $level }
compliance-duplicate = { $count ->
    [one] This account already asks under “{ $quote }” ({ $owner }, { $way }, since { $since }).
   *[other] This account has { $count } other open requests, the first under “{ $quote }” ({ $owner }, { $way }, since { $since }).
} { $mine } answers for this one; who is asked next: { $path }.
compliance-path-joiner = {" → "}
compliance-filter = Waits for compliance
compliance-request = Request and compliance
compliance-row-owner = Answers for it
compliance-row-channel = Came by
compliance-row-fit = Fit review
compliance-row-flags = Red flags
compliance-channel-none = not recorded
compliance-channel-account-manager = account manager
compliance-channel-sales = sales
compliance-channel-leadership = leadership
compliance-channel-website = website
compliance-channel-social = social network
compliance-channel-other = another way
compliance-flag-bypass = Goes round the channel
compliance-flag-false-urgency = False urgency
compliance-flag-threat = Threatens to leave
compliance-flag-skip-tender = Asks to skip a tender
compliance-flag-private-benefit = Private benefit
compliance-form-flags = Red flags
compliance-form-flags-save = Save flags
compliance-form-flags-done = Flags saved
compliance-form-review = Review flags
compliance-form-review-save = Record review
compliance-form-review-done = Review recorded
compliance-review-reason = What the review found, and why
compliance-review-cleared = The quote may leave
compliance-form-request = Request
compliance-form-request-save = Save request
compliance-form-request-done = Request saved
compliance-proof = Proof of process
compliance-proof-on = Dated
compliance-iso = Asks for ISO 27001
compliance-form-promises = Promises on the paper
compliance-form-promises-save = Save choice
compliance-form-promises-done = Promises chosen
compliance-form-fit = Fit review
compliance-form-fit-save = Record fit review
compliance-form-fit-done = Fit review recorded
compliance-fit-finding = Does the deal still fit, and what changes
compliance-fit-next = Next review
compliance-account = Rules for quotes
compliance-rule-tender = Tender required
compliance-rule-iso = ISO 27001 required
compliance-form-rules = Change rules
compliance-form-rules-save = Save rules
compliance-form-rules-done = Rules saved
compliance-form-block = Block account
compliance-form-block-save = Block
compliance-form-block-done = Account blocked
compliance-form-unblock = Lift the block
compliance-form-unblock-save = Lift
compliance-form-unblock-done = Block lifted
compliance-block-reason = Why no quote may be sent
compliance-unblock-reason = Why quotes may be sent again
compliance-alike-title = Discounts of like accounts, beside { $share } here
compliance-alike-caption = { $like }; quotes that are out or accepted, last { $months ->
    [one] { $months } month
   *[other] { $months } months
}
compliance-alike-others = { $count } accounts of others: { $share } in the middle.
compliance-alike-none = No like account of yours got a quote in this time.
compliance-alike-issued = Issued
compliance-band-small = small
compliance-band-middle = middle-sized
compliance-band-large = large
compliance-band-none = size unknown
compliance-rights = Regional rights, included
compliance-rights-note = printed as lines at no price
compliance-contact-sponsor = The sponsor
compliance-free-words = Not in the catalogue
compliance-promise-catalogue = Promise
compliance-promise-own-words = In own words
compliance-promise-allow = Approve for printing
compliance-promise-allowed = Promise approved

error-quote-account-blocked = Not saved. This account is blocked since { $day }: { $reason }. Leadership or an admin can lift the block.
error-quote-flags-open = Not issued. { $count ->
    [one] { $count } red flag is
   *[other] { $count } red flags are
} set; somebody of level 3 or an admin has to record a compliance review first.
error-quote-flags-refused = Not issued. { $person } reviewed the red flags and refused: { $reason }
error-quote-tender-missing = Not issued. This customer owes a tender. Record the proof of process with its date first.
error-quote-paper-gap = Not issued. The paper would lack { $gap ->
    [term] its term
    [validity] its validity
    [payment] a payment plan that adds up
    [renewal] the renewal rule
    [limits] the limits of use
    [customer] the customer's name
   *[other] words in its language
}.
error-quote-flag-unknown = Not saved. This red flag is not known.
error-quote-flag-stays = Not saved. A red flag that is set is taken away by a compliance reviewer.
error-quote-flags-none = Not saved. There is no red flag to review.
error-quote-rule-stays = Not saved. A rule that is set is lifted by a compliance reviewer.
error-quote-owner = Not saved. This person no longer works with the desk.
error-quote-channel = Not saved. Choose how the request came.
error-quote-field-proof = Not saved. This text takes up to { $limit } characters on one line.
error-quote-proof-date = Not saved. A proof of process needs its date, not after today.
error-quote-fit-date = Not saved. Choose a day ahead, within five years.
error-quote-promise-loose = Not saved. Only promises of the catalogue or approved ones can be printed.
error-quote-field-contact-id = Not saved. Choose an active contact of this account.
error-account-blocked-already = Not saved. This account is blocked already.
error-account-not-blocked = Not saved. This account is not blocked.

quotes-accept-late = Accept late
quotes-accept-late-done = Contract written
quotes-accept-send = Record and write the contract
quotes-accept-late-send = Record and write the contract
quotes-late-reason = Why it is accepted after its last day
quotes-proof-kind = Proof
quotes-proof-signed-file = Signed file
quotes-proof-order-number = Order number
quotes-proof-email = Reference of the e-mail
quotes-proof-file = Signed file: PDF, PNG or JPEG, up to { $limit } MB
quotes-proof-signer = Who said yes at the customer
quotes-proof-day = Date of their yes
quotes-proof = { $kind }: { $signer }, { $day }. Recorded by { $by }, { $at }.
quotes-proof-reference-of = Reference { $reference }.
quotes-proof-late = Accepted late: { $reason }
quotes-proof-download = Download proof { $hash }
quotes-proof-add = Add another proof
quotes-proof-add-send = Keep this proof
quotes-proof-added = Proof kept
quotes-proofs = Proof of acceptance
quotes-proofs-caption = beside revision { $revision } as it was accepted
quotes-way-title = Way to the customer
quotes-way-caption = first times
quotes-step-sent = Sent
quotes-step-opened = Opened
quotes-step-viewed = Viewed
quotes-step-accepted = Accepted
quotes-step-declined = Declined
quotes-source-desk = the desk
quotes-source-hand = somebody
quotes-source-file = an imported file
quotes-source-webhook = the signing tool
quotes-event = { $at }: { $what }, revision { $revision }, told by { $by }.
quotes-tell = They looked at it
quotes-tell-kind = What they did
quotes-tell-note = How you know
quotes-tell-save = Record
quotes-tell-done = Recorded
quotes-task-second-offer = Make a second offer: { $quote } was viewed and not accepted
quotes-task-quote-answer = Record the customer's answer with its proof: { $quote }
quotes-compare = Versions side by side
quotes-compare-caption = what changed for the customer
quotes-compare-old = This version
quotes-compare-new = Beside
quotes-compare-only = Only what differs
quotes-compare-none = Both versions say the same.
quotes-compare-terms-none = Terms and totals are the same.
quotes-compare-lines-none = The lines are the same.
quotes-compare-what = Term
quotes-compare-change = Change
quotes-compare-state = Line
quotes-compare-quantity = Quantity, { $version }
quotes-compare-net = Net, { $version }
quotes-compare-title = Subject
quotes-compare-language = Paper
quotes-compare-valid-until = Valid to the end of
quotes-compare-starts-on = Starts
quotes-compare-ends-on = Ends
quotes-compare-months = Term
quotes-compare-prepaid = Prepaid
quotes-compare-currency = Currency
quotes-compare-book = Price list
quotes-compare-payments = Payments
quotes-compare-list-minor = At list price
quotes-compare-discount = Off list
quotes-compare-net-minor = Net, whole term
quotes-compare-tax-minor = Tax
quotes-compare-total-minor = Total
quotes-compare-arr-minor = ARR
quotes-state-added = added
quotes-state-removed = removed
quotes-state-changed = changed
quotes-state-same = same
quotes-yes = yes
quotes-no = no
error-quote-not-late = Not accepted. The quote holds until the end of { $date }; record the acceptance the usual way.
error-quote-not-out = Not recorded. The quote is not with the customer (state: { $status }).
error-evidence-kind = Not accepted. Choose what proves the acceptance.
error-evidence-signer = Not accepted. Enter who said yes at the customer, in up to { $limit } characters.
error-evidence-day = Not accepted. The date must lie between the day of issue ({ $first }) and today ({ $last }).
error-evidence-reference = Not accepted. Enter the order number or the e-mail's reference, in up to { $limit } characters.
error-evidence-file = Not accepted. Choose the signed file.
error-evidence-size = Not accepted. The file is larger than { $limit } MB.
error-evidence-type = Not accepted. The file is neither a whole PDF nor a PNG or JPEG picture. Its content counts, not its name.
error-evidence-not-accepted = Not kept. Only an accepted quote takes another proof (state: { $status }).
error-quote-event-kind = Not recorded. A quote can be opened, viewed, accepted or declined.
error-quote-event-number = Not recorded. Give the quote's number.
error-quote-event-id = Not recorded. Give the event an own id of up to { $limit } characters.
error-quote-event-revision = Not recorded. The revision must be a whole number.
error-quote-event-time = Not recorded. Give the time with its zone, such as 2026-11-29T10:15:00+08:00, and not in the future.
error-quote-event-known = Not recorded again. The event { $id } is known already.
compliance-check-characters = No font can print { $characters }. Choose what the paper prints instead.
compliance-form-characters = Replace characters
compliance-form-characters-save = Replace on the paper
compliance-form-characters-done = Replaced on the paper
compliance-characters-of = Instead of { $character }
error-quote-substitute = Not saved. A replacement has up to { $limit } characters, all of them printable.
quotes-mail = E-mail
quotes-mail-to = To:
quotes-mail-subject = Quote { $number }: { $title }
quotes-mail-text = Dear { $contact },

    attached is our quote { $number }, { $title }.

    Total: { $total }
    Valid to the end of { $day } ({ $zone })

    To accept, return the signed paper or send us your order with its number.

    Kind regards
    { $seller }
    { $company }
quotes-mail-file = Download as e-mail file
quotes-mail-send = Send now
quotes-mail-again = Try again
quotes-mail-planned = E-mail on its way
quotes-mail-sent = The last e-mail is sent.
quotes-mail-waiting = Sending the e-mail …
quotes-mail-sending = Sending the e-mail …
quotes-mail-failed = The last e-mail was not sent: the mail server said no or did not answer. Try again, or download it as a file.
quotes-events-import = Import events
quotes-events-caption = CSV of a mail or signing tool: id, number, kind, happened_at; revision and note if known
quotes-events-file = File with events, up to { $limit } kB
quotes-events-found = { $good ->
    [one] { $good } event can be stored
   *[other] { $good } events can be stored
}, { $known } known already, { $bad } reported.
quotes-events-line = Line { $line }: { $reason }
quotes-events-run = Store { $count ->
    [one] { $count } event
   *[other] { $count } events
}
quotes-events-done = Events stored
error-quote-mail-address = Not sent. The recipient's e-mail address is none. Correct it at the contact.
error-quote-mail-nobody = Nobody at the customer has an e-mail address. Add one to a contact.
error-quote-mail-unset = Not sent. No mail server is set up (VIP_DESK_QUOTE_SMTP). Download the e-mail as a file.
error-events-file-size = Not read. The file is larger than { $limit } kB.
error-events-file-text = Not read. The file is no CSV text in UTF-8.
error-events-file-header = Not read. The first line must name the columns id, number, kind and happened_at.
error-events-file-rows = Not read. The file has more than { $limit } rows.
quotes-events-counted = Stored { $stored }, known already { $known }, of quotes you do not see { $refused }.
error-quote-event-json = Not recorded. The body must be one JSON object of plain values.
quotes-mail-over = The quote no longer holds; make a new revision first.

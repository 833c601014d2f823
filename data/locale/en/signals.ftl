activity-kind-case = Unanswered case
activity-kind-interval = Longer interval
activity-kind-rejection = Rejected request
activity-kind-rivals = Other suppliers
activity-kind-activation = Activation
account-kind-case = Case unanswered
account-kind-interval = Longer interval
account-kind-rejection = Request rejected
account-kind-rivals = Other suppliers
account-kind-activation = Activation behind plan
today-reason-alert-case = A case is unanswered since { $day }.
today-reason-alert-interval = Purchases come at longer intervals since { $day }.
today-reason-alert-rejection = A request was rejected; rivals are asked. Since { $day }.
today-reason-alert-rivals = Other suppliers are in play before the renewal.
today-reason-alert-activation = Activation is behind plan since { $day }.
signals-case-title = { $account }: a VIP case waits for an answer
signals-case-short = Unanswered for { $hours } hours: { $subject }
signals-case-sentence = { $cases ->
    [one] The case “{ $subject }” has had no answer for { $hours } hours.
   *[other] { $cases } cases have had no answer; the oldest, “{ $subject }”, for { $hours } hours.
} VIPs expect an answer within minutes, and most customers who wait over two hours think of leaving. It ends by itself with the first answer.
signals-interval-title = { $account }: purchases come at longer intervals
signals-interval-short = { $days } days instead of the usual { $usual }, last purchase { $day }
signals-interval-sentence = { $running ->
    [yes] The last purchase was on { $day }, { $days } days ago
   *[no] The purchase of { $day } came after { $days } days
}; usual are { $usual } days, the median of { $intervals } earlier intervals. It ends by itself when the interval is usual again.
signals-rejection-title = { $account }: a rejected request puts the account at risk
signals-rejection-short = { $quote } { $by ->
    [us] rejected by us
   *[customer] declined
} on { $day }
signals-rejection-sentence = { $by ->
    [us] We rejected { $quote } on { $day }.
   *[customer] The customer declined { $quote } on { $day }.
} { $count ->
    [one] {""}
   *[other] It is one of { $count } in these weeks.
} Buyers then ask two or three rivals at once and use the refusal as leverage. { $suppliers ->
    [0] No other supplier is noted yet.
    [one] One other supplier is noted in play.
   *[other] { $suppliers } other suppliers are noted in play.
} It ends by itself when a quote is accepted or the time of risk is over.
signals-rivals-title = { $account }: other suppliers are in play before the renewal
signals-rivals-short = { $suppliers } other suppliers in play, contract ends { $day }
signals-rivals-sentence = { $suppliers } other suppliers are in play ({ $names }) and the contract is due on { $day }. It ends by itself when the renewal is decided or fewer suppliers are left.
signals-activation-title = { $account }: activation is behind plan
signals-activation-short = { $taken } of { $of } key features in use on day { $day }; most neglected: { $feature }
signals-activation-sentence = On day { $day } after sign-up the account uses { $taken } of { $of } key features of its plan. Most neglected: { $feature }, which { $peers } of comparable accounts use. It ends by itself when enough of them are in use.
signals-note = Hello { $contact },
    one part of your plan you have not tried yet is worth a look: { $feature }. { $peers } of customers like you work with it, because it takes routine work off the team. A good start: pick one real case of this week and go through it once, together with the person who does it by hand today. It takes about ten minutes; I am glad to show it in a short demo, just name a time.
    Best regards, { $sender }
signals-note-nobody = there
signals-note-title = Note to send
signals-note-caption = filled for the most neglected feature; copy, change, send
signals-task-competitor-watch = Watch the competition: { $quote } was rejected on { $day }; find out which rivals are asked
signals-task-loss-reason = Ask why the customer left on { $day } and write the reason down
signals-block-title = Competition
signals-block-caption = other suppliers in play; they count into the renewal's risk
signals-block-none = Nobody noted other suppliers yet.
signals-block-zero = No other supplier in play.
signals-block-count = { $count ->
    [one] { $count } other supplier in play
   *[other] { $count } other suppliers in play
}
signals-block-by = { $person }, { $day }
signals-suppliers-set = Note suppliers
signals-suppliers-saved = Suppliers noted.
signals-loss-title = Lost on { $day }
signals-loss-none = Nobody wrote down why yet.
signals-loss-given = The source says: { $reason }
signals-loss-set = Write down why
signals-loss-saved = Reason saved.
accounts-field-suppliers = Other suppliers in play
accounts-field-supplier-names = Their names
accounts-field-suppliers-on = As of
accounts-field-loss-reason = Why they left
accounts-field-loss-comment = What they said
alerts-play-case = Play: unanswered case
alerts-play-interval = Play: save a buyer who comes less often
alerts-play-rejection = Play: after a rejection
alerts-play-rivals = Play: rivals before a renewal
alerts-play-activation = Play: a neglected feature
alerts-step-answer = Have the case answered, due { $day }
alerts-step-inform-lead = Inform the team lead, due { $day }
alerts-step-apology = Call and say when it will be fixed, due { $day }
alerts-step-confirm-answer = Confirm the customer is content, due { $day }
alerts-step-reasons = Ask why purchases have become rarer, due { $day }
alerts-step-welcome-back = Offer the welcome-back pack, due { $day }
alerts-step-one-to-one = Hold a one-to-one call, due { $day }
alerts-step-confirm-purchase = Confirm the next purchase, due { $day }
alerts-step-explain = Explain the rejection in person, due { $day }
alerts-step-rival-check = Find out which suppliers are asked, due { $day }
alerts-step-trade = Offer something in return for commitment, due { $day }
alerts-step-value-review = Go through the value reached so far, due { $day }
alerts-step-note = Send the personal note, due { $day }
alerts-step-demo = Hold a short demo, due { $day }
alerts-step-confirm-use = Confirm the feature is in use, due { $day }
error-suppliers-count = Not saved. Give a number of suppliers from 0 to { $most }.
error-suppliers-future = Not saved. The day lies in the future.
error-suppliers-names-long = Not saved. Names take at most { $limit } characters.
error-suppliers-names-without-count = Not saved. Names are given but the number is 0. Correct one of them.
error-loss-reason-unknown = Not saved. Choose why they left.
error-loss-future = Not saved. The day of the loss lies in the future.
error-loss-comment-long = Not saved. Use at most { $limit } characters.
error-loss-comment-missing = Not saved. With “Other”, say in a few words why they left.
policy-document-signals = Signs beside activity
daily-step-signals = Looking for other signs of trouble
alerts-step-next-step = Agree the next step with the sponsor, due { $day }
signals-what = What happened
audit-command-daily-signals = Looked for signs beside activity
audit-command-daily-waiting-cases = Looked for VIP cases that wait
audit-command-signals-note-suppliers = Noted other suppliers
audit-command-signals-give-reason = Wrote down why a customer left
audit-table-loss-reason = Reason of a loss
audit-table-rival-suppliers = Other suppliers
signals-kept-by-lower-price = A lower price
signals-kept-by-function = A missing function
signals-kept-by-service = Better service
signals-kept-by-training = More training
signals-kept-by-nothing = Nothing
signals-returns-yes = Yes
signals-returns-maybe = Perhaps
signals-returns-no = No
accounts-field-loss-kept-by = What would have kept them
accounts-field-loss-returns = Would they come back
accounts-field-loss-rating = Satisfaction, 1 to 5
accounts-field-loss-went-to = Where they went
audit-field-kept-by = What would have kept them
audit-field-returns = Would they come back
audit-field-rating = Satisfaction, 1 to 5
audit-field-went-to = Where they went
signals-survey-caption = { $count ->
    [0] What lost customers answer
    [one] { $count } answer of a lost customer
   *[other] { $count } answers of lost customers
}
signals-survey-none = No loss has an answer yet. A lost account raises a task; its answers are written on the account, in the block of rivals.
signals-survey-reasons = Why they left
signals-survey-count = { $reason }: { $count }
signals-survey-account = Account
signals-survey-lost-on = Lost on
signals-survey-reason = Reason
signals-survey-kept-by = What would have kept them
signals-survey-returns = Would they come back
signals-survey-rating = Satisfaction, 1 to 5
signals-survey-went-to = Where they went
signals-survey-comment = What they said
signals-survey-person = Asked by
error-loss-answer-unknown = Not saved. Choose among the answers shown.
activity-kind-downgrade = Downgrade asked for
account-kind-downgrade = Downgrade asked for
today-reason-alert-downgrade = A downgrade was asked for. Open since { $day }.
signals-downgrade-title = { $account }: the customer asked for less
signals-downgrade-short = { $product }: { $less } less from { $day }
signals-downgrade-sentence = On { $asked } the customer asked for a downgrade of { $product }: { $less } less ARR from { $day } on.{ $count ->
    [1] {""}
   *[other] {" "}{ $count } downgrades are planned.
} Who asks for less often leaves next; until that day it can be taken back. It ends by itself once the change took effect or was cancelled.
alerts-play-downgrade = Play: a downgrade asked for
